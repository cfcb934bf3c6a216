"""What happens in the demo: chapter by chapter, each step with the command that a clerk would write.

In a command ``{v01}`` is the code that this voter holds, and a key of ``FILES`` in braces the file's name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from borgerbudget.words import Language, Text
from tallies.demo.village import BY_CODE, LOST, MISREAD, ROLL, ballot, write_answers

PAPER_VOTERS = ROLL[12:21]
VETTED = ("bro", "bus", "fest", "have", "hjerte", "lys")

Prepare = Callable[[Path, Language], None]


@dataclass(frozen=True, slots=True)
class Act:
    """``words``: why; ``command``: as it is typed, perhaps with ``> FILE``; ``code``: how it ends; ``prepare``: what somebody
    in the village does before it."""

    words: Text
    command: Text
    code: int = 0
    prepare: Prepare | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """``begins``: when, in UTC."""

    title: Text
    begins: datetime
    acts: tuple[Act, ...]


def _same(command: str) -> Text:
    return Text(command, command)


def _at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


NOTHING = Text("", "")
"""Of a step that goes on with the one before."""

MONEY = Chapter(
    Text("Byrådet sætter penge af", "The council sets money aside"),
    _at(2, 2, 9),
    (
        Act(Text("Anna på kommunen skriver området og runden ned. Den første kommando laver databasen og en nøgle.",
                 "Anna at the municipality writes down the area and the round. The first command makes the database and a key."),
            _same("borgerbudget area add lillevig --name Lillevig --population 240")),
        Act(NOTHING, _same('borgerbudget round new lillevig-2026 --area lillevig --title "Lillevig 2026"')),
        Act(Text("Pengene har to kilder, hver med sin sag.", "The money has two sources, each with its case."),
            _same('borgerbudget round pool lillevig-2026 --source Byrådet --amount 100000 --reference "sag 26/117"')),
        Act(NOTHING, _same('borgerbudget round pool lillevig-2026 --source Solparken --amount 20000 --reference "andel 2025"')),
        Act(Text("Hun spørger, om runden kan låses. Det kan den ikke: programmet siger alt, der mangler, på én gang.",
                 "She asks whether the round can be frozen. It cannot: the program says everything that is missing, at once."),
            _same("borgerbudget round check lillevig-2026"), 4),
    ),
)  # fmt: skip
RULES = Chapter(
    Text("Byen vedtager sine regler", "The village agrees on its rules"),
    _at(2, 10, 17),
    (
        Act(Text("Beboerne kan stemme med en kode fra et brev eller på papir i hallen. Flest stemmer først; står to forslag "
                 "lige, går det billigste først, og ellers afgør loddet.",
                 "Residents can vote with a code from a letter or on paper in the hall. Most votes first; of two that are tied "
                 "the cheaper goes first, and else the lot decides."),
            _same("borgerbudget rules set lillevig-2026 eligibility=residents channels=code+paper urns=hallen "
                  "secrecy=pseudonymous ballot=approval ballot.max_length=3 plan=greedy ties=cheapest,most-votes,lot "
                  "leftover=carry-over double_vote=first withdrawal=keep-votes reserve=yes appeal_days=7")),
    ),
)  # fmt: skip
PROPOSALS = Chapter(
    Text("Forslagene kommer ind", "Proposals come in"),
    _at(3, 2, 9),
    (
        Act(NOTHING, _same("borgerbudget round call lillevig-2026")),
        Act(Text("Bylauget har samlet forslagene i et regneark. Det første har fejl, og alle siges på én gang, med celle. "
                 "Intet er gemt.",
                 "The village guild has gathered the proposals in a spreadsheet. The first one has faults, and all are told at "
                 "once, with their cells. Nothing is kept."),
            _same("borgerbudget proposal import lillevig-2026 {wrong}"), 3),
        Act(Text("Arket er rettet. Først en prøve, så for alvor.", "The sheet is mended. First a rehearsal, then in earnest."),
            _same("borgerbudget proposal import lillevig-2026 {proposals} --dry-run")),
        Act(NOTHING, _same("borgerbudget proposal import lillevig-2026 {proposals}")),
        Act(NOTHING, _same("borgerbudget round vet lillevig-2026")),
        *(Act(NOTHING, _same(f"borgerbudget proposal vet lillevig-2026 {one} --accept")) for one in VETTED),
        Act(Text("Banen til motocross ligger i et fredet område.", "The motocross track would lie in a nature reserve."),
            Text('borgerbudget proposal vet lillevig-2026 bane --reject --reason "fredet område"',
                 'borgerbudget proposal vet lillevig-2026 bane --reject --reason "nature reserve"')),
        Act(NOTHING, _same("borgerbudget proposal number lillevig-2026")),
    ),
)  # fmt: skip
FREEZING = Chapter(
    Text("Alt låses, og der trykkes", "All is frozen, and printed"),
    _at(3, 16, 9),
    (
        Act(Text("Hvem må stemme, og hvornår. Af listen gemmes kun numrene.",
                 "Who may vote, and when. Of the list only the numbers are kept."),
            _same("borgerbudget roll import lillevig-2026 {roll}")),
        Act(NOTHING, _same("borgerbudget roll freeze lillevig-2026")),
        Act(NOTHING, _same('borgerbudget round dates lillevig-2026 --opens "2026-04-01 08:00" --closes "2026-04-14 20:00"')),
        Act(Text("Anna og Bo laver hver en nøgle, som de siden skriver under med.",
                 "Anna and Bo each make a key, with which they will sign."),
            _same("borgerbudget audit keygen anna --passphrase-file {phrase-anna}")),
        Act(NOTHING, _same("borgerbudget audit keygen bo --passphrase-file {phrase-bo}")),
        Act(NOTHING, _same("borgerbudget round signer lillevig-2026 anna.pub --role clerk")),
        Act(NOTHING, _same("borgerbudget round signer lillevig-2026 bo.pub --role auditor")),
        Act(Text("Den side, som mødet godkender: reglerne i almindelige ord.",
                 "The page that the meeting approves: the rules in plain words."),
            Text("borgerbudget rules explain lillevig-2026 --out regler.pdf",
                 "borgerbudget rules explain lillevig-2026 --out rules.pdf")),
        Act(Text("To mennesker låser. Herefter kan hverken regler, forslag eller beløb ændres, uden at det ses.",
                 "Two people freeze. From here on neither rules nor proposals nor amounts can change unseen."),
            _same("borgerbudget round freeze lillevig-2026 --actor anna --second bo --yes")),
        Act(Text("Det, der skal trykkes.", "What is to be printed."),
            Text("borgerbudget round print lillevig-2026 ballots --out stemmesedler.pdf",
                 "borgerbudget round print lillevig-2026 ballots --out ballots.pdf")),
        Act(NOTHING, Text("borgerbudget round print lillevig-2026 poster --out plakat.pdf",
                          "borgerbudget round print lillevig-2026 poster --out poster.pdf")),
        Act(NOTHING, Text("borgerbudget round print lillevig-2026 catalogue --out katalog.html",
                          "borgerbudget round print lillevig-2026 catalogue --out catalogue.html")),
        Act(NOTHING, Text("borgerbudget round print lillevig-2026 attendance --out vaelgerliste.pdf",
                          "borgerbudget round print lillevig-2026 attendance --out voter-list.pdf")),
        Act(Text("Tretten henter selv deres kode på kontoret; de andre får et brev.",
                 "Thirteen fetch their code at the office; the others are sent a letter."),
            _same(f"borgerbudget codes issue lillevig-2026 {' '.join([*BY_CODE])} v22 --out {{codes}}")),
        Act(NOTHING, Text("borgerbudget codes letters lillevig-2026 --names {names} --out breve.pdf",
                          "borgerbudget codes letters lillevig-2026 --names {names} --out letters.pdf")),
    ),
)  # fmt: skip
VOTING = Chapter(
    Text("Der stemmes", "People vote"),
    _at(4, 1, 6, 5),
    (
        Act(NOTHING, _same("borgerbudget round open lillevig-2026 --yes")),
        Act(Text("Ane er den første. Kvitteringen viser, at sedlen er i kassen, og ikke hvad der står på den.",
                 "Ane is the first. The receipt shows that the ballot is in the box, and not what it says."),
            _same(f"borgerbudget ballot cast lillevig-2026 {ballot(BY_CODE['v01'])} --code {{v01}}")),
        Act(NOTHING, _same(f"borgerbudget ballot cast lillevig-2026 {ballot(BY_CODE['v02'])} --code {{v02}}")),
        Act(Text("Ane kommer igen og har fortrudt. Her gælder den første seddel; den anden noteres og tælles ikke.",
                 "Ane comes back and has changed her mind. Here the first ballot counts; the other is noted and does not."),
            _same("borgerbudget ballot cast lillevig-2026 4 --code {v01}"), 4),
        Act(Text("Erik har mistet sin kode og får en ny. Den gamle er spærret.",
                 "Erik has lost his code and is given another. The old one is void."),
            Text(f'borgerbudget codes reissue lillevig-2026 {LOST} --out {{new-code}} --reason "koden blev væk"',
                 f'borgerbudget codes reissue lillevig-2026 {LOST} --out {{new-code}} --reason "the code was lost"')),
        Act(Text("Ti andre har sendt deres sedler ind; de tages ind som én fil, alle eller ingen.",
                 "Ten others have sent their ballots in; they are taken in as one file, all or none."),
            _same("borgerbudget ballot import lillevig-2026 {answers}"), prepare=write_answers),
        Act(Text("Festudvalget trækker sit forslag. Sedlen er trykt og bliver, som den er; forslaget får intet.",
                 "The party committee withdraws its proposal. The ballot is printed and stays as it is; it gets nothing."),
            Text('borgerbudget proposal withdraw lillevig-2026 fest --reason "holdes på anden vis"',
                 'borgerbudget proposal withdraw lillevig-2026 fest --reason "held in another way"')),
        Act(Text("En nysgerrig vil se, hvem der fører. Det kan ingen, før kassen er forseglet.",
                 "Somebody curious wants to see who leads. Nobody can before the box is sealed."),
            _same("borgerbudget result show lillevig-2026"), 4),
        Act(NOTHING, _same("borgerbudget round show lillevig-2026")),
        Act(Text("I hallen får ni en seddel på papir.", "In the hall nine are given a ballot on paper."),
            _same(f"borgerbudget ballot hand-out lillevig-2026 {' '.join(PAPER_VOTERS)} --urn hallen")),
    ),
)  # fmt: skip
CLOSING = Chapter(
    Text("Kassen lukkes, og papiret tastes", "The box is closed, and the paper is keyed"),
    _at(4, 14, 18, 10),
    (
        Act(Text("Ti minutter over otte kommer en med sin kode. For sent: sedlen noteres og tælles ikke.",
                 "Ten past eight somebody comes with her code. Too late: the ballot is noted and does not count."),
            _same("borgerbudget ballot cast lillevig-2026 5 --code {v22}"), 4),
        Act(NOTHING, _same("borgerbudget round close lillevig-2026 --yes")),
        Act(Text("Ni sedler ligger i urnen. Anna og Bo taster dem, hver for sig.",
                 "Nine sheets lie in the urn. Anna and Bo key them, each alone."),
            _same("borgerbudget ballot batch lillevig-2026 --urn hallen --sheets 9")),
        Act(NOTHING, _same("borgerbudget ballot key lillevig-2026 1 --file {anna} --actor anna")),
        Act(NOTHING, _same("borgerbudget ballot key lillevig-2026 1 --file {bo} --actor bo")),
        Act(Text(f"De er uenige om seddel {MISREAD}: Bo har tastet forkert. Begge taster den igen.",
                 f"They differ on sheet {MISREAD}: Bo has keyed it wrongly. Both key it again."),
            _same("borgerbudget ballot compare lillevig-2026 1"), 6),
        Act(NOTHING, _same("borgerbudget ballot key lillevig-2026 1 --file {again} --actor anna")),
        Act(NOTHING, _same("borgerbudget ballot key lillevig-2026 1 --file {again} --actor bo")),
        Act(NOTHING, _same("borgerbudget ballot compare lillevig-2026 1")),
        Act(Text("Urnen stemmes af: 14 sedler kom til hallen, en blev ødelagt, fire er tilbage.",
                 "The urn is balanced: 14 ballots came to the hall, one was spoiled, four are left."),
            _same("borgerbudget reconcile lillevig-2026 --urn hallen --issued 14 --spoiled 1 --unused 4")),
        Act(Text("Kassen forsegles. Når filerne på listen er destrueret, kan ingen se, hvem der stemte hvad. (I demoen bliver de "
                 "liggende, så du kan se på dem.)",
                 "The box is sealed. Once the files on the list are destroyed nobody can see who cast what. (In the demo they "
                 "stay, for you to look at.)"),
            _same("borgerbudget round seal lillevig-2026 --yes")),
    ),
)  # fmt: skip
COUNTING = Chapter(
    Text("Der tælles", "The count"),
    _at(4, 14, 19, 30),
    (
        Act(Text("To forslag til samme pris står lige, og der er kun til det ene. Tællingen stopper: her skal trækkes lod.",
                 "Two proposals of the same price are tied, and there is money for one. The count stops: a lot must be drawn."),
            _same("borgerbudget tally lillevig-2026"), 6),
        Act(Text("Sedler med alle forslag trækkes op af en hat, mens alle ser på. Rækkefølgen skrives i en fil.",
                 "Slips with all proposals are drawn from a hat while everybody looks on. The order is written in a file."),
            _same('borgerbudget round lot lillevig-2026 --order {lot} --witness "Carl Dam" --witness "Bo Bæk" --yes')),
        Act(NOTHING, _same("borgerbudget tally lillevig-2026")),
        Act(Text("Hvorfor fik den, der tabte lodtrækningen, ikke penge?", "Why did the one that lost the draw get no money?"),
            _same("borgerbudget explain lillevig-2026 lys")),
        Act(NOTHING, Text("borgerbudget round print lillevig-2026 protocol --out protokol.pdf",
                          "borgerbudget round print lillevig-2026 protocol --out minutes.pdf")),
    ),
)  # fmt: skip
DECIDING = Chapter(
    Text("Foreløbigt: der kan klages", "Provisional: time for appeals"),
    _at(4, 15, 8),
    (
        Act(NOTHING, _same("borgerbudget round publish lillevig-2026 --yes")),
        Act(NOTHING, Text("borgerbudget result page lillevig-2026 --out foreloebigt-resultat.html",
                          "borgerbudget result page lillevig-2026 --out provisional-result.html")),
        Act(Text("En vil have sin sene seddel talt med. Klagen afvises: fristen stod på plakaten.",
                 "Somebody wants her late ballot counted. The appeal is rejected: the deadline stood on the poster."),
            Text('borgerbudget appeal add lillevig-2026 "Min seddel kom kun ti minutter for sent"',
                 'borgerbudget appeal add lillevig-2026 "My ballot was only ten minutes late"')),
        Act(NOTHING, Text('borgerbudget appeal decide lillevig-2026 1 --reject --grounds "fristen stod på plakaten"',
                          'borgerbudget appeal decide lillevig-2026 1 --reject --grounds "the deadline stood on the poster"')),
    ),
)  # fmt: skip
ENDING = Chapter(
    Text("Endeligt, og til at regne efter", "Final, and for all to check"),
    _at(4, 24, 8),
    (
        Act(Text("Byrådet har haft sagen på sit møde, og klagefristen er gået.",
                 "The council has had it at its meeting, and the time for appeals is over."),
            Text('borgerbudget decide confirm lillevig-2026 --reference "byrådet 22. april, punkt 7"',
                          'borgerbudget decide confirm lillevig-2026 --reference "council 22 April, item 7"')),
        Act(NOTHING, _same("borgerbudget round finalise lillevig-2026 --actor anna --second bo --yes")),
        Act(NOTHING, Text('borgerbudget award lillevig-2026 hjerte --amount 18000 --reference "tilsagn 1"',
                          'borgerbudget award lillevig-2026 hjerte --amount 18000 --reference "grant 1"')),
        Act(Text("Revisionspakken: alt, hvad der skal til for at regne efter. Anna og Bo skriver under.",
                 "The audit bundle: all that it takes to check. Anna and Bo sign it."),
            _same("borgerbudget audit bundle lillevig-2026 --out lillevig-2026.bba")),
        Act(NOTHING, _same("borgerbudget audit sign lillevig-2026.bba --key anna.pem --passphrase-file {phrase-anna}")),
        Act(NOTHING, _same("borgerbudget audit sign lillevig-2026.bba --key bo.pem --passphrase-file {phrase-bo}")),
        Act(Text("Et selvstændigt program prøver pakken og tæller om.",
                 "An independent program checks the bundle and counts again."),
            _same("borgerbudget audit verify lillevig-2026.bba --key {key-anna} --key {key-bo}")),
        Act(Text("Resultatet til hjemmeside, opslagstavle og avis.", "The result for website, notice board and newspaper."),
            Text("borgerbudget result page lillevig-2026 --bundle lillevig-2026.bba --out resultat.html",
                 "borgerbudget result page lillevig-2026 --bundle lillevig-2026.bba --out result.html")),
        Act(NOTHING, Text("borgerbudget result page lillevig-2026 --bundle lillevig-2026.bba --out resultat.pdf",
                          "borgerbudget result page lillevig-2026 --bundle lillevig-2026.bba --out result.pdf")),
        Act(Text("Hvad er lært til næste gang?",
                 "What is learnt for next time?"), _same("borgerbudget round evaluate lillevig-2026")),
        Act(Text("Er alt, som hændelserne siger?",
                 "Is everything as the events say?"), _same("borgerbudget round verify lillevig-2026")),
        Act(NOTHING, Text("borgerbudget privacy report lillevig-2026 > persondata.txt",
                          "borgerbudget privacy report lillevig-2026 > personal-data.txt")),
        Act(NOTHING, Text("borgerbudget backup sikkerhedskopi.db", "borgerbudget backup copy.db")),
    ),
)  # fmt: skip
STORY = (MONEY, RULES, PROPOSALS, FREEZING, VOTING, CLOSING, COUNTING, DECIDING, ENDING)
SHOWN = (
    (Text("resultat.html", "result.html"), Text("resultatet, som alle får det at se", "the result as everybody is shown it")),
    (Text("foreloebigt-resultat.html",
          "provisional-result.html"), Text("det samme, mens der kunne klages", "the same while appeals could be made")),
    (Text("regler.pdf", "rules.pdf"), Text("reglerne, som mødet godkendte dem", "the rules as the meeting approved them")),
    (Text("stemmesedler.pdf",
          "ballots.pdf"),
            Text("stemmesedlen; ved siden af: plakat, katalog, vælgerliste, breve",
                 "the ballot; beside it: poster, catalogue, voter list, letters")),
    (Text("protokol.pdf", "minutes.pdf"), Text("protokollen til underskrift", "the minutes to sign")),
    (Text("lillevig-2026.bba",
          "lillevig-2026.bba"), Text("revisionspakken, underskrevet af to", "the audit bundle, signed by two")),
    (Text("borgerbudget.db",
          "borgerbudget.db"), Text("databasen: prøv selv videre i mappen", "the database: go on yourself in the folder")),
)  # fmt: skip
"""What to look at afterwards."""
