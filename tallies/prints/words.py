"""What stands on printed pages, in Danish and English."""

from __future__ import annotations

from collections.abc import Mapping

from borgerbudget.words import Catalogue, Entry, Text

PAGE = Text("Side {page} af {pages}", "Page {page} of {pages}")
MONTHS = (
    Text("januar", "January"), Text("februar", "February"), Text("marts", "March"), Text("april", "April"),
    Text("maj", "May"), Text("juni", "June"), Text("juli", "July"), Text("august", "August"),
    Text("september", "September"), Text("oktober", "October"), Text("november", "November"),
    Text("december", "December"),
)  # fmt: skip
MOMENT = Text("{day}. {month} {year} kl. {hour}.{minute}", "{day} {month} {year} at {hour}:{minute}")
FOOT = Text("{round} · {area} · fingeraftryk {hash}", "{round} · {area} · freeze hash {hash}")
DRAFT = Text(
    "UDKAST: runden er ikke låst, må ikke bruges til at stemme", "DRAFT: the round is not frozen, not for voting"
)

BALLOT = Text("Stemmeseddel", "Ballot")
_CROSSES = Text("Sæt kryds ved de forslag, du støtter.", "Put a cross beside the proposals that you support.")
FILL: Mapping[str, Text] = {
    "approval": _CROSSES, "hand-count": _CROSSES,
    "knapsack": Text(
        "Sæt kryds ved forslag for højst {pool} i alt.", "Put a cross beside proposals worth {pool} at most in all."
    ),
    "points": Text("Giv dine point til forslagene: skriv hvor mange i boksen.",
                   "Give your points to the proposals: write how many in the box."),
    "scoring": Text("Skriv en karakter i boksen ud for forslagene.", "Write a grade in the box beside the proposals."),
    "ranked": Text("Skriv 1 ved det bedste forslag, 2 ved det næstbedste, og så videre.",
                   "Write 1 beside the best proposal, 2 beside the second best, and so on."),
}  # fmt: skip
MARK: Mapping[str, Text] = {
    "approval": Text("Kryds", "Cross"), "hand-count": Text("Kryds", "Cross"), "knapsack": Text("Kryds", "Cross"),
    "points": Text("Point", "Points"),
    "scoring": Text("Karakter", "Grade"), "ranked": Text("Plads", "Rank"),
}  # fmt: skip
SECRET = Text("Skriv ikke navn eller andet på sedlen. Fold den, og læg den i stemmekassen.",
              "Write neither your name nor anything else on it. Fold it and put it in the urn.")  # fmt: skip
OPEN = Text(
    "Der stemmes åbent: resultatet kan vise, hvem der stemte hvad.",
    "This is an open vote: who voted for what may show.",
)
SPOILED = Text("Skriver du forkert, så bed om en ny seddel.", "If you make a mistake ask for another ballot.")
CHOOSE_NONE = Text("En tom seddel er en blank stemme.", "An empty ballot is a blank vote.")

ATTENDANCE = Text("Vælgerliste", "Voter list")
ATTENDANCE_OPEN = Text("Fremmødeliste", "Attendance list")
ATTENDANCE_HOW = Text(
    "Kryds af, når vælgeren får en stemmeseddel, og tast listen ind, før afstemningen lukkes: "
    "borgerbudget ballot hand-out {round} VÆLGER... --urn URNE",
    "Tick off when the voter is given a ballot, and key the list before voting closes: borgerbudget ballot hand-out {round} "
    "VOTER... --urn URN",
)
ATTENDANCE_MEETING = Text(
    "Skriv hver deltager på en linje med et nummer eller navn, som tastes ind: borgerbudget roll add {round} ...",
    "Write everybody who comes on a line with a number or name, which is keyed: borgerbudget roll add {round} ...",
)
COLUMNS_ROLL = (Text("Nr.", "No."), Text("Vælger", "Voter"), Text("Område", "Area"), Text("Fik seddel", "Given"),
                Text("Bemærkning", "Remark"))  # fmt: skip
COLUMNS_MEETING = (
    Text("Nr.", "No."),
    Text("Vælger", "Voter"),
    Text("Fik seddel", "Given"),
    Text("Underskrift", "Signature"),
)
STRUCK = Text("slettet", "struck")

TALLY_SHEET = Text("Optælling i hånden", "Count by hand")
TALLY_HOW = Text(
    "Til en efterprøve ved bordet: en streg for hver stemme, hver femte på tværs. Det, der tælles, er de indtastede sedler.",
    "For a check at the table: a stroke for every vote, every fifth across. What is counted is the ballots that are keyed.",
)
COLUMNS_TALLY = (Text("Nr.", "No."), Text("Forslag", "Proposal"), Text("Streger", "Strokes"), Text("I alt", "Total"))
TALLY_FIELDS = (Text("Urne", "Urn"), Text("Bunke nr.", "Batch no."), Text("Sedler i bunken", "Ballots in the batch"),
                Text("Blanke", "Blank"), Text("Ugyldige", "Invalid"))  # fmt: skip
TALLY_FIELDS_BY_HAND = (Text("Urne", "Urn"), Text("I alt", "In all"), Text("Gyldige, også blanke", "Valid, blank ones too"),
                        Text("heraf blanke", "of these blank"), Text("Ugyldige", "Void"))  # fmt: skip

POSTER_POOL = Text("{pool} skal fordeles", "{pool} to be shared")
POSTER_WHEN = Text("Stem fra {opens} til {closes}", "Vote from {opens} to {closes}")
POSTER_WHO = Text("Hvem kan stemme: {who}", "Who may vote: {who}")
POSTER_AGE = Text("fra {age} år", "aged {age} and over")
POSTER_HOW = Text("Sådan stemmer du: {how}", "How to vote: {how}")
ELIGIBLE: Mapping[str, Text] = {
    "residents": Text("beboere", "residents"), "second-home-owners": Text("fritidshusejere", "owners of second homes"),
    "household": Text("en stemme pr. husstand", "one vote per household"),
    "attendance": Text("alle, der møder op", "everybody who comes"),
}  # fmt: skip
CHANNELS: Mapping[str, Text] = {
    "code": Text("med den kode, du får", "with the code that you are given"),
    "meeting": Text("på mødet", "at the meeting"),
    "paper": Text("på papir ({urns})", "on paper ({urns})"),
}
OR = Text(" eller ", " or ")
PROPOSALS = Text("Forslagene", "The proposals")
RULES = Text("Reglerne", "The rules")
COLUMNS_LIST = (Text("Nr.", "No."), Text("Forslag", "Proposal"), Text("Beløb", "Amount"))
WITHDRAWN = Text("{title} (trukket tilbage)", "{title} (withdrawn)")
HASH = Text("Låsens fingeraftryk", "Freeze hash")
HASH_MEANS = Text(
    "Det samme tal står på stemmesedlerne og i revisionspakken: så er hverken regler, forslag eller beløb ændret, "
    "siden de blev låst.",
    "The same number stands on the ballots and in the audit bundle: then neither rules nor proposals nor amounts "
    "have changed since.",
)

CATALOGUE = Text("Forslagskatalog", "The proposals in full")
FACTS: Mapping[str, Text] = {
    "cost": Text("Søger om", "Applies for"), "min_cost": Text("Kan gennemføres for", "Can be done for"),
    "total_price": Text("Pris i alt", "Total price"), "own_financing": Text("Egen finansiering", "Own money"),
    "other_financing": Text("Anden finansiering", "Other money"), "vat": Text("Moms", "VAT"),
    "quote": Text("Tilbud", "Quote"), "responsible": Text("Ansvarlig", "Responsible"), "area": Text("Område", "Area"),
    "category": Text("Kategori", "Category"), "goals": Text("Verdensmål", "UN goals"),
}  # fmt: skip
COLUMNS_FACTS = (Text("", ""), Text("", ""))

LETTER_DEAR = Text("Til {name}", "To {name}")
LETTER = Text(
    "Du kan være med til at bestemme, hvordan {pool} skal bruges i {area}. Herunder står din kode. Den er kun din, "
    "og den kan bruges til én stemme. Hvad du stemmer, kan ikke ses af den, når stemmerne er talt.",
    "You can help decide how {pool} is spent in {area}. Below is your code. It is yours alone and good for "
    "one vote. What you vote cannot be seen from it once the votes are counted.",
)
LETTER_CODE = Text("Din kode", "Your code")
LETTER_WHEN = Text("Der kan stemmes fra {opens} til {closes}.", "Voting is open from {opens} to {closes}.")
LETTER_HOW = Text("Sådan gør du", "What to do")
LETTER_STEPS = (
    Text("Vælg på listen herunder. {fill}", "Choose from the list below. {fill}"),
    Text("Sig eller skriv numrene og koden der, hvor der stemmes. Du får en kvittering.",
         "Say or write the numbers and the code where votes are taken. You are given a receipt."),
    Text("Pas på brevet. Er det blevet væk, så sig til: du kan få en ny kode, og den gamle spærres.",
         "Keep this letter safe. If it is lost say so: you can be given another code, and the old one is void."),
)  # fmt: skip
NO_CODE_KEPT = Text(
    "Koden står kun i dette brev. Ingen kan slå den op.", "The code stands in this letter only. Nobody can look it up."
)

PROTOCOL = Text("Protokol for afstemningen", "Minutes of the vote")
PROTOCOL_FACTS = Text("Runden", "The round")
PROTOCOL_ROWS: Mapping[str, Text] = {
    "round": Text("Runde", "Round"), "area": Text("Område", "Area"), "pool": Text("Pulje", "Pool"),
    "opens": Text("Skal åbne", "To open"), "opened": Text("Åbnede", "Opened"), "closes": Text("Frist", "Deadline"),
    "closed": Text("Lukkede", "Closed"), "roll": Text("På vælgerlisten", "On the roll"),
    "voters": Text("Har taget del", "Took part"), "state": Text("Tilstand", "State"),
    "hash": Text("Låsens fingeraftryk", "Freeze hash"),
}  # fmt: skip
EXTENDED = Text("{closes}; forlænget fra {before}", "{closes}; extended from {before}")
EXTENDED_BECAUSE = Text(f"{EXTENDED.da}: {{reason}}", f"{EXTENDED.en}: {{reason}}")
URNS = Text("Papirsedler, urne for urne", "Ballots on paper, urn by urn")
COLUMNS_URNS = (Text("Urne", "Urn"), Text("Udleveret", "Issued"), Text("Talt", "Counted"), Text("Ugyldige", "Void"),
                Text("Ødelagte", "Spoiled"), Text("Ubrugte", "Unused"), Text("Difference", "Difference"),
                Text("Vælgere", "Voters"))  # fmt: skip
URNS_SUM = Text("I alt", "Total")
URNS_MEAN = Text(
    "Udleveret = talt + ugyldige + ødelagte + ubrugte. Vælgere: så mange fik en seddel ved urnen.",
    "Issued = counted + void + spoiled + unused. Voters: so many were given a ballot at the urn.",
)
NO_PAPER = Text("Der er ikke stemt på papir.", "Nobody voted on paper.")
VOID = Text("Hvorfor sedler ikke tæller", "Why ballots do not count")
COLUMNS_VOID = (Text("Grund", "Reason"), Text("Antal", "Number"))
VOID_BY_HAND = Text("ugyldig ved optællingen i hånden", "void when counted by hand")
BY_HAND = Text(
    "Sedlerne er talt i hånden, og kun tallene er tastet ind, af to personer hver for sig. De kan tælles om på papiret, "
    "ikke i programmet.",
    "The ballots were counted by hand, and only the figures were entered, by two people each alone. They can be counted again "
    "on paper, not in the program.",
)
TALLY_BY_HAND = Text(
    "Tallene tastes ind af to personer, hver for sig, i denne orden: gyldige sedler, ugyldige sedler, og så stemmerne for hvert "
    "forslag efter nummer. Hver urne har sin egen optællingsseddel.",
    "Two people enter the figures, each alone, in this order: valid ballots, void ballots, then the votes of each proposal by "
    "number. Each urn has a tally sheet of its own.",
)
NO_VOID = Text("Alle sedler tæller.", "Every ballot counts.")
BOX = Text("Stemmekassen", "The box")
SEALED = Text(
    "Forseglet {day}: {accepted} stemmer tælles, {rejected} ikke.",
    "Sealed {day}: {accepted} ballots count, {rejected} do not.",
)
ROOT = Text("Rod: {root}", "Root: {root}")
NOT_SEALED = Text("Kassen er ikke forseglet endnu.", "The box is not sealed yet.")
LOT = Text("Lodtrækning", "Draw of lots")
LOT_DICE = Text(
    "Terninger {dice}, kastet {day}. Vidner: {witnesses}.", "Dice {dice}, thrown {day}. Witnesses: {witnesses}."
)
LOT_ORDER = Text("Trukket {day} i denne rækkefølge: {order}. Vidner: {witnesses}.",
                 "Drawn {day} in this order: {order}. Witnesses: {witnesses}.")  # fmt: skip
NO_LOT = Text("Der er ikke trukket lod.", "No lot was drawn.")
NOTES = Text("Bemærkninger", "Remarks")
BESIDES = Text("Desuden gælder", "Besides")
SIGN = (Text("Ordstyrer, dato", "Chair, date"), Text("Stemmetæller, dato", "Teller, date"),
        Text("Stemmetæller, dato", "Teller, date"), Text("Vidne, dato", "Witness, date"))  # fmt: skip
VERDICTS: Mapping[str, Text] = {
    "double-vote": Text("stemt mere end én gang", "voted more than once"),
    "late": Text("modtaget efter fristen", "received after the deadline"),
    "struck": Text("vælgeren er slettet fra listen", "the voter was struck from the roll"),
    "void-code": Text("koden var spærret", "the code was void"),
}
"""Of ballots that were cast with a code; those of paper stand with their sheets."""

PROBLEMS = Catalogue(
    {
        "PRT-001": Entry(
            Text('"{path}" er hverken .pdf eller .html', '"{path}" is neither .pdf nor .html'),
            Text("giv filen et navn, der ender på .pdf eller .html", "give the file a name that ends in .pdf or .html"),
        ),
        "PRT-002": Entry(
            Text("runden har ingen forslag at trykke", "the round has no proposals to print"),
            Text("borgerbudget proposal add {round} ... og proposal vet {round} ID --accept",
                 "borgerbudget proposal add {round} ... and proposal vet {round} ID --accept"),
        ),
        "PRT-003": Entry(
            Text("der er ikke sagt, hvordan der stemmes", "it is not said how votes are cast"),
            Text("borgerbudget rules set {round} ballot=approval (eller en anden)",
                 "borgerbudget rules set {round} ballot=approval (or another)"),
        ),
        "PRT-004": Entry(
            Text("skrifttypen mangler disse tegn, som bliver til tomme felter: {letters}",
                 "the typeface lacks these letters, which are printed as empty boxes: {letters}"),
            Text("skriv dem om, eller brug .html, hvor computerens egne skrifttyper tages i brug",
                 "write them otherwise, or use .html, which takes the computer's own typefaces"),
        ),
        "PRT-005": Entry(
            Text("listen over navne mangler {count:vælger|vælgere}: {voters}",
                 "the list of names lacks {count:voter|voters}: {voters}"),
            Text("giv hver vælger en linje: id;navn;vej;post", "give every voter a line: id;name;street;town"),
        ),
        "PRT-006": Entry(
            Text("linje {line} i listen over navne er ikke id;navn;...", "line {line} of the list of names is not id;name;..."),
            Text("første linje er overskrifter; derefter én vælger pr. linje, adskilt af semikolon",
                 "the first line holds headings; then one voter per line, separated by semicolons"),
        ),
        "PRT-011": Entry(
            Text('den første linje i listen over navne er vælgeren "{voter}" og ikke overskrifter',
                 'the first line of the list of names is the voter "{voter}" and not the headings'),
            Text("skriv en linje med overskrifter over den: id;navn;vej;post",
                 "write a line of headings above it: id;name;street;town"),
        ),
        "PRT-008": Entry(
            Text("--again er for én vælger ad gangen", "--again is for one voter at a time"),
            Text('borgerbudget codes letters {round} VÆLGER --again --reason "..." --out brev.pdf',
                 'borgerbudget codes letters {round} VOTER --again --reason "..." --out letter.pdf'),
        ),
        "PRT-007": Entry(
            Text("alle har en kode: der er ingen breve at skrive", "everybody has a code: there are no letters to write"),
            Text('et tabt brev: borgerbudget codes letters {round} VÆLGER --again --reason "..." --out brev.pdf',
                 'a lost letter: borgerbudget codes letters {round} VOTER --again --reason "..." --out letter.pdf'),
        ),
        "PRT-009": Entry(
            Text('"{path}" er hverken .html, .pdf eller .txt', '"{path}" is neither .html, .pdf nor .txt'),
            Text("giv filen et navn, der ender på .html, .pdf eller .txt",
                 "give the file a name that ends in .html, .pdf or .txt"),
        ),
        "PRT-010": Entry(
            Text('"{path}" er ikke en revisionspakke af rundens resultat', '"{path}" is no audit bundle of the round\'s result'),
            Text("lav den med borgerbudget audit bundle {round} --out NAVN.bba",
                 "make it with borgerbudget audit bundle {round} --out NAME.bba"),
        ),
    }
)  # fmt: skip
