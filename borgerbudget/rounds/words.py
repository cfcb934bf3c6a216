"""What rounds say to people, in Danish and English: problems (RND), guards (STA) and what ``round verify`` finds (INT)."""

from __future__ import annotations

from collections.abc import Mapping

from borgerbudget.words import Catalogue, Entry, Text

STATE_WORDS: Mapping[str, Text] = {
    "draft": Text("kladde", "draft"),
    "proposals": Text("åben for forslag", "open for proposals"),
    "vetting": Text("under behandling", "vetting"),
    "ready": Text("låst", "frozen"),
    "open": Text("åben", "open"),
    "suspended": Text("afbrudt", "suspended"),
    "closed": Text("lukket", "closed"),
    "counted": Text("talt op", "counted"),
    "provisional": Text("foreløbig", "provisional"),
    "final": Text("endelig", "final"),
    "archived": Text("arkiveret", "archived"),
    "cancelled": Text("aflyst", "cancelled"),
    "annulled": Text("annulleret", "annulled"),
}
VERBS: Mapping[str, Text] = {
    "freeze": Text("at låse", "freezing"),
    "open": Text("at åbne", "opening"),
    "close": Text("at lukke", "closing"),
    "seal": Text("at forsegle", "sealing"),
    "publish": Text("at offentliggøre", "publishing"),
    "finalise": Text("at gøre endelig", "finalising"),
    "archive": Text("at arkivere", "archiving"),
    "cancel": Text("at aflyse", "cancelling"),
    "annul": Text("at annullere", "annulling"),
    "purge": Text("at slette de personlige oplysninger om", "deleting the personal data of"),
}
"""What cannot be undone, as in: this cannot be undone: freezing the round."""
VERDICTS: Mapping[str | None, Text] = {
    "upheld": Text("medhold", "upheld"),
    "rejected": Text("afvist", "rejected"),
    None: Text("ikke afgjort", "not decided"),
}
"""Of appeals."""
AMOUNT = Text(
    "skriv kroner med punktum eller komma før øre og uden tusindtegn, fx 12500,50",
    "write kroner with a point or comma before øre and no grouping, e.g. 12500.50",
)

PROBLEMS = Catalogue(
    {
        "RND-001": Entry(
            Text('der er ingen runde "{round}"', 'there is no round "{round}"'),
            Text("se dem, der er, med borgerbudget round list", "see those there are with borgerbudget round list"),
        ),
        "RND-002": Entry(
            Text('der er intet lokalområde "{area}"', 'there is no area "{area}"'),
            Text(
                "opret det med borgerbudget area add {area} --name NAVN",
                "add it with borgerbudget area add {area} --name NAME",
            ),
        ),
        "RND-003": Entry(
            Text('"{value}" kan ikke være et id', '"{value}" cannot be an id'),
            Text("skriv 1 til 64 af A-Z a-z 0-9 . _ -", "write 1 to 64 of A-Z a-z 0-9 . _ -"),
        ),
        "RND-004": Entry(
            Text('"{value}" findes allerede', '"{value}" is there already'),
            Text("vælg et andet id", "choose another id"),
        ),
        "RND-005": Entry(
            Text('der er intet forslag "{value}" i runden', 'there is no proposal "{value}" in the round'),
            Text("se dem med borgerbudget round show {round}", "see them with borgerbudget round show {round}"),
        ),
        "RND-006": Entry(
            Text("{what} kan ikke være {value}", "{what} cannot be {value}"),
            Text("{mend}", "{mend}"),
        ),
        "RND-007": Entry(
            Text('"{value}" står ikke på vælgerlisten', '"{value}" is not on the roll'),
            Text(
                "se listen efter, eller tilføj med borgerbudget roll add {round} {value} --reason GRUND",
                "look at the roll, or add with borgerbudget roll add {round} {value} --reason WHY",
            ),
        ),
        "RND-008": Entry(
            Text(
                "{value} ligner et CPR-nummer, og de hører ikke hjemme her",
                "{value} looks like a CPR number, and those have no place here",
            ),
            Text(
                "giv vælgerne egne id'er, fx v001; intet er gemt",
                "give voters ids of their own, e.g. v001; nothing was saved",
            ),
        ),
        "RND-009": Entry(
            Text("{name} spørger ingen med --no-input", "{name} asks nobody with --no-input"),
            Text("giv --yes, når det skal ske", "give --yes when it is to happen"),
        ),
        "RND-010": Entry(
            Text('politikken "{key}" findes ikke', 'there is no policy "{key}"'),
            Text("vælg en af: {known}, eller plan.INDSTILLING", "choose one of: {known}, or plan.SETTING"),
        ),
        "RND-011": Entry(
            Text('{key} kan ikke være "{value}"', '{key} cannot be "{value}"'),
            Text("værdier: {known}", "values: {known}"),
        ),
        "RND-012": Entry(
            Text('forvalget "{name}" findes ikke', 'there is no preset "{name}"'),
            Text("vælg et af: {known}", "choose one of: {known}"),
        ),
        "RND-013": Entry(
            Text(
                'forvalget "{name}" bruger reglen {rule}, som ikke kan tælles her',
                'the preset "{name}" uses the rule {rule}, which cannot be counted here',
            ),
            Text("vælg et andet, se borgerbudget rules presets", "choose another, see borgerbudget rules presets"),
        ),
        "RND-014": Entry(
            Text('tidszonen "{value}" findes ikke', 'there is no time zone "{value}"'),
            Text("skriv for eksempel Europe/Copenhagen", "write Europe/Copenhagen, for instance"),
        ),
        "RND-015": Entry(
            Text('"{value}" er ikke et tidspunkt', '"{value}" is not a moment'),
            Text('skriv dag og klokkeslæt, fx "2026-04-30 18:00"', 'write day and hour, e.g. "2026-04-30 18:00"'),
        ),
        "RND-016": Entry(
            Text(
                '"{value}" findes ikke i {zone}: uret stilles frem',
                '"{value}" does not exist in {zone}: the clock goes forward',
            ),
            Text("vælg et tidspunkt før eller efter", "choose a moment before or after"),
        ),
        "RND-017": Entry(
            Text('"{value}" sker to gange: uret stilles tilbage', '"{value}" happens twice: the clock goes back'),
            Text("skriv {first} eller {second}", "write {first} or {second}"),
        ),
        "RND-018": Entry(
            Text("der er ikke givet noget at skrive ned", "nothing was given to write down"),
            Text("giv mindst én ting, se --help", "give at least one thing, see --help"),
        ),
        "RND-019": Entry(
            Text('der er ingen skabelon "{name}"', 'there is no template "{name}"'),
            Text(
                "gem en med borgerbudget round template RUNDE --save {name}",
                "save one with borgerbudget round template ROUND --save {name}",
            ),
        ),
        "RND-020": Entry(
            Text(
                'koden "{value}" er ikke rigtig: et bogstav er forkert',
                'the code "{value}" is not right: a letter is wrong',
            ),
            Text("læs den igen fra brevet: elleve tegn", "read it again from the letter: eleven characters"),
        ),
        "RND-021": Entry(
            Text("koden hører ikke til denne runde", "the code does not belong to this round"),
            Text(
                "se efter, om brevet er til denne runde; ellers spørg den, der kører runden (borgerbudget codes reissue)",
                "see whether the letter is for this round; else ask who runs the round (borgerbudget codes reissue)",
            ),
        ),
        "RND-022": Entry(
            Text(
                "koden er spærret og kan ikke bruges; sedlen er ikke afgivet",
                "the code is void and cannot be used; the ballot was not cast",
            ),
            Text(
                "brug koden i et nyere brev, hvis der er et; ellers spørg den, der kører runden (borgerbudget codes reissue)",
                "use the code in a newer letter, if there is one; else ask who runs the round (borgerbudget codes reissue)",
            ),
        ),
        "RND-023": Entry(
            Text('"{value}" er ikke på stemmesedlen', '"{value}" is not on the ballot'),
            Text("skriv numre eller id'er (nummer = id): {known}", "write numbers or ids (number = id): {known}"),
        ),
        "RND-024": Entry(
            Text(
                "sedlen holder ikke grænsen: {limit} er {allowed}, her er {found}",
                "the ballot breaks a limit: {limit} is {allowed}, and here are {found}",
            ),
            Text("ret sedlen; den er ikke afgivet", "mend the ballot; it was not cast"),
        ),
        "RND-025": Entry(
            Text('point skrives FORSLAG:POINT, ikke "{value}"', 'points are written PROPOSAL:POINTS, not "{value}"'),
            Text("skriv for eksempel 3:2", "write 3:2, for instance"),
        ),
        "RND-026": Entry(
            Text("vælgeren er slettet fra listen", "the voter was struck from the roll"),
            Text("se begrundelsen med borgerbudget round log {round}", "see why with borgerbudget round log {round}"),
        ),
        "RND-027": Entry(
            Text("{reason}", "{reason}"),
            Text(
                "gem filen igen som “CSV UTF-8” eller som ren tekst i UTF-8; intet er gemt",
                "save the file again as “CSV UTF-8” or as plain text in UTF-8; nothing was saved",
            ),
        ),
        "RND-028": Entry(
            Text("der stemmes ikke {channel} i denne runde", "nobody votes {channel} in this round"),
            Text("her stemmes {known}: giv {option}", "here people vote {known}: give {option}"),
        ),
        "RND-029": Entry(
            Text("der er ingen klage nummer {number}", "there is no appeal number {number}"),
            Text("se dem med borgerbudget appeal list {round}", "see them with borgerbudget appeal list {round}"),
        ),
        "RND-030": Entry(
            Text("der mangler et navn på den, der gør det", "it must be said who does this"),
            Text("giv --actor NAVN eller sæt BORGERBUDGET_ACTOR", "give --actor NAME or set BORGERBUDGET_ACTOR"),
        ),
        "RND-031": Entry(
            Text(
                "{amount} er mere, end der er til rådighed i puljen: {left}",
                "{amount} is more than is at hand in the pool: {left}",
            ),
            Text("giv et mindre beløb", "give a smaller amount"),
        ),
        "RND-032": Entry(
            Text(
                '"{value}" er ikke finansieret af resultatet eller byrådet',
                '"{value}" is not funded by the result or the decision',
            ),
            Text(
                "brug --reserve, når det rykker op fra reservelisten",
                "use --reserve when it moves up from the reserve list",
            ),
        ),
        "RND-035": Entry(
            Text(
                "det, der blev låst, passer ikke længere til reglerne i denne udgave",
                "what was frozen no longer fits the rules of this version",
            ),
            Text(
                "brug den udgave af borgerbudget, som runden blev låst med",
                "use the version of borgerbudget with which the round was frozen",
            ),
        ),
        "RND-036": Entry(
            Text(
                "version {version} kan ikke tælles igen med samme udfald",
                "version {version} cannot be counted again with the same outcome",
            ),
            Text("se efter med borgerbudget round verify {round}", "look with borgerbudget round verify {round}"),
        ),
        "RND-037": Entry(
            Text("{what} er {amount}, og det er under nul", "{what} is {amount}, and that is below zero"),
            Text(
                "skriv 0, hvis det er ingenting; ellers beløbet uden minus",
                "write 0 for nothing, or else the amount without the minus",
            ),
        ),
        "RND-038": Entry(
            Text(
                "rækkefølgen nævner ikke hvert godkendt forslag én gang",
                "the order does not name each accepted proposal once",
            ),
            Text("skriv dem alle: {known}", "write all of them: {known}"),
        ),
        "RND-039": Entry(
            Text("forslaget kan ikke se sådan ud: {reason}", "the proposal cannot be so: {reason}"),
            Text("ret beløb eller mål", "mend amounts or goals"),
        ),
        "RND-050": Entry(
            Text(
                "svaret er fra {value}, før afstemningen åbnede ({opens})",
                "the answer is from {value}, before voting opened ({opens})",
            ),
            Text(
                "slet rækken, hvis den var en prøve; ellers se efter order i tilpasningsfilen",
                "delete the row if it was a trial; else look at order in the mapping file",
            ),
        ),
        "RND-051": Entry(
            Text(
                "svaret er fra {value}, og klokken er kun {now}",
                "the answer is from {value}, and it is only {now}",
            ),
            Text(
                "se efter order i tilpasningsfilen og tidszonen i regnearket; her er den {zone}",
                "look at order in the mapping file and at the spreadsheet's time zone; here it is {zone}",
            ),
        ),
        "RND-052": Entry(
            Text(
                "{value} kan være både før og efter fristen ({closes})",
                "{value} may be before and after the deadline ({closes})",
            ),
            Text(
                "skriv tidspunktet med klokkeslæt og zone, fx 2026-10-25 02:30 GMT+1",
                "write the time of day and the zone, for instance 2026-10-25 02:30 GMT+1",
            ),
        ),
        "RND-070": Entry(
            Text(
                "{count:vælger|vælgere} har et andet område i filen end på listen (bl.a. {voter}), og der stemmes allerede",
                "{count:voter has|voters have} another area in the file than on the roll (such as {voter}), and voting has begun",
            ),
            Text("ret områderne i filen, så de er som på listen", "correct the areas in the file to those on the roll"),
        ),
        "RND-040": Entry(
            Text("runden er ikke talt op", "the round is not counted"),
            Text("{way}", "{way}"),
        ),
        "RND-041": Entry(
            Text("det er ikke klart, hvem der stemmer", "it is not clear who votes"),
            Text(
                "giv --code KODE (stemme med kode) eller --voter VÆLGER (på et møde)",
                "give --code CODE (a vote by code) or --voter VOTER (at a meeting)",
            ),
        ),
        "RND-042": Entry(
            Text("det er ikke klart, hvilken runde der skal oprettes", "it is not clear which round to make"),
            Text(
                "giv RUNDE og --area, eller --areas FIL med --from-template og --title",
                "give ROUND and --area, or --areas FILE with --from-template and --title",
            ),
        ),
        "RND-043": Entry(
            Text("et lod er enten terninger eller en rækkefølge", "a lot is either dice or an order"),
            Text("giv --dice eller --order", "give --dice or --order"),
        ),
        "RND-044": Entry(
            Text(
                "en gemt runde tælles kun efter den plan, den blev låst med: {options} hører til filer",
                "a stored round is counted only by the plan it was frozen with: {options} belong to files",
            ),
            Text("kør igen uden", "run again without"),
        ),
        "RND-045": Entry(
            Text(
                "lige stemmer i trin {step}: {tied} - rækkefølgen afgør resultatet, og der er ikke trukket lod",
                "a tie at step {step}: {tied} - their order decides the outcome, and no lot has been drawn",
            ),
            Text(
                "borgerbudget round lot {round} --dice TAL --witness NAVN (eller --order FIL)",
                "borgerbudget round lot {round} --dice DIGITS --witness NAME (or --order FILE)",
            ),
        ),
        "RND-046": Entry(
            Text(
                "niveauet {tier} viser mere end det, runden blev låst med: {settled}",
                "the tier {tier} shows more than the round settled when it was frozen: {settled}",
            ),
            Text("brug --tier {option}", "use --tier {option}"),
        ),
        "RND-047": Entry(
            Text("et lod skal have vidner", "a lot needs witnesses"),
            Text("giv --witness NAVN, gerne flere gange", "give --witness NAME, several times for several"),
        ),
        "RND-048": Entry(
            Text(
                'bevillingen {amount} er mere, end "{value}" har fået ({most})',
                'the award {amount} is more than "{value}" was given ({most})',
            ),
            Text(
                "giv højst {most}; et andet beløb besluttes, før runden er endelig, med borgerbudget decide deviate",
                "award {most} at most; another amount is decided before the round is final, with borgerbudget decide deviate",
            ),
        ),
        "RND-049": Entry(
            Text(
                '"{value}" og "{other}" kan ikke begge være her: de skiller sig kun ved store og små bogstaver',
                '"{value}" and "{other}" cannot both be here: they differ only in capital letters',
            ),
            Text(
                "er det den samme, så skriv {other}; ellers vælg et andet id",
                "if it is the same write {other}; else choose another id",
            ),
        ),
        "RND-053": Entry(
            Text("sedlen er tom: intet forslag er valgt", "the ballot is empty: no proposal is chosen"),
            Text(
                "skriv numrene på forslagene; skal den være blank, så giv --blank",
                "write the numbers of the proposals; if it is to be blank give --blank",
            ),
        ),
        "RND-054": Entry(
            Text("--blank og valg på samme seddel: {choices}", "--blank and choices on one ballot: {choices}"),
            Text("giv enten numrene eller --blank", "give either the numbers or --blank"),
        ),
        "RND-080": Entry(
            Text("runden har ingen reserveliste", "the round has no reserve list"),
            Text(
                "det, der er til overs, følger rundens regel om resten; en reserveliste besluttes før låsningen (reserve=yes)",
                "what is left goes by the round's rule for the rest; a reserve list is settled before freezing (reserve=yes)",
            ),
        ),
        "RND-081": Entry(
            Text('"{value}" står ikke på reservelisten', '"{value}" is not on the reserve list'),
            Text(
                "på listen: {known}; et forslag, som beslutningen giver penge, bevilges uden --reserve",
                "on the list: {known}; a proposal to which the decision gives money is awarded without --reserve",
            ),
        ),
        "RND-082": Entry(
            Text(
                "intet forslag har givet penge fra sig, så ingen rykker op",
                "no proposal has given up money, so nobody moves up",
            ),
            Text(
                "når et forslag trækker sig: borgerbudget award {round} FORSLAG --amount 0 --reference SAG",
                "when a proposal gives up: borgerbudget award {round} PROPOSAL --amount 0 --reference CASE",
            ),
        ),
        "RND-083": Entry(
            Text(
                "før det på reservelisten står {before}, som der er penge nok til",
                "before it on the reserve list stands {before}, for which there is money enough",
            ),
            Text(
                "bevil først {first} (0, hvis det siger nej); spring kun over under to navne: --second NAVN --reason GRUND",
                "award {first} first (--amount 0 if it declines), or pass over it under two names: --second NAME --reason WHY",
            ),
        ),
        "RND-084": Entry(
            Text("en klage får enten medhold eller bliver afvist", "an appeal is either upheld or rejected"),
            Text("giv --uphold eller --reject", "give --uphold or --reject"),
        ),
        "RND-085": Entry(
            Text('"{value}" har fået to beløb', '"{value}" was given two amounts'),
            Text("giv hvert forslag ét beløb", "give each proposal one amount"),
        ),
        "RND-086": Entry(
            Text("{what} er tom", "{what} is empty"),
            Text("skriv, hvad der skal stå", "write what is to stand there"),
        ),
        "RND-090": Entry(
            Text(
                '"{dice}" er ikke mindst {least} kast med en terning (1 til 6)',
                '"{dice}" is not at least {least} throws of a die (1 to 6)',
            ),
            Text(
                "kast {least} terninger eller flere, så alle kan se det, og skriv dem i rækkefølge, fx 426153; eller træk en "
                "rækkefølge: --order FIL",
                "throw {least} dice or more in public and write them in order, e.g. 426153; or draw an order: --order FILE",
            ),
        ),
        "STA-001": Entry(
            Text("{name} går ikke: runden er {state}", "{name} cannot be done: the round is {state}"),
            Text(
                "det kan ske, når den er {allowed}; vejen dertil: {way}",
                "it can when it is {allowed}; the way there: {way}",
            ),
        ),
        "STA-006": Entry(
            Text(
                "{name} går ikke mere: runden er {state}, og det skulle være sket, mens den var {allowed}",
                "{name} can no longer be done: the round is {state}, and it was possible while it was {allowed}",
            ),
            Text(
                "lad det være, som det er; runden går videre med {way}",
                "leave it as it is; the round goes on with {way}",
            ),
        ),
        "STA-002": Entry(
            Text(
                "uret viser {now}, før det sidste, der skete ({last})",
                "the clock says {now}, before the last thing that happened ({last})",
            ),
            Text(
                "stil uret, eller giv --reason, hvis det er rigtigt", "set the clock, or give --reason if it is right"
            ),
        ),
        "STA-003": Entry(
            Text("{name} kræver en begrundelse", "{name} needs a reason"),
            Text('giv --reason "..."', 'give --reason "..."'),
        ),
        "STA-004": Entry(
            Text("{name} kræver to personer", "{name} takes two people"),
            Text("giv den andens navn med --second NAVN", "give the other's name with --second NAME"),
        ),
        "STA-005": Entry(
            Text(
                "den anden person er den samme som den første ({actor})", "the second person is the first one ({actor})"
            ),
            Text("giv en anden med --second NAVN", "give another with --second NAME"),
        ),
        "STA-010": Entry(
            Text("ikke afgjort: {asks}", "not settled: {asks}"),
            Text(
                "borgerbudget rules set {round} {key}=...   {values}",
                "borgerbudget rules set {round} {key}=...   {values}",
            ),
        ),
        "STA-011": Entry(
            Text("puljen er tom", "the pool is empty"),
            Text(
                "borgerbudget round pool {round} --source NAVN --amount BELØB",
                "borgerbudget round pool {round} --source NAME --amount AMOUNT",
            ),
        ),
        "STA-013": Entry(
            Text(
                "double_vote={value} kræver kuverter, og dem har kun koder",
                "double_vote={value} needs envelopes, which only codes have",
            ),
            Text(
                "borgerbudget rules set {round} double_vote=first, eller channels=code",
                "borgerbudget rules set {round} double_vote=first, or channels=code",
            ),
        ),
        "STA-014": Entry(
            Text(
                "withdrawal=void-choice ville flytte de andre valg på rangordnede sedler",
                "withdrawal=void-choice would move the other choices on ranked ballots",
            ),
            Text(
                "borgerbudget rules set {round} withdrawal=keep-votes",
                "borgerbudget rules set {round} withdrawal=keep-votes",
            ),
        ),
        "STA-015": Entry(
            Text("på et møde ser den, der taster, hvad der stemmes", "at a meeting whoever keys the ballot sees it"),
            Text(
                "borgerbudget rules set {round} secrecy=open, eller channels=code",
                "borgerbudget rules set {round} secrecy=open, or channels=code",
            ),
        ),
        "STA-016": Entry(
            Text(
                "revisionspakkens niveau {tier} viser mere end stemmetal og kræver en begrundelse",
                "the audit bundle's tier {tier} shows more than totals and needs a reason",
            ),
            Text(
                'borgerbudget rules set {round} tier_reason="..."', 'borgerbudget rules set {round} tier_reason="..."'
            ),
        ),
        "STA-017": Entry(
            Text(
                "{signers} nøgler kan ikke give {threshold} underskrifter",
                "{signers} keys cannot give {threshold} signatures",
            ),
            Text(
                "borgerbudget round signer {round} NØGLE.pub, eller rules set {round} threshold=...",
                "borgerbudget round signer {round} KEY.pub, or rules set {round} threshold=...",
            ),
        ),
        "STA-018": Entry(
            Text(
                "en runde skal kunne afgøre stemmelighed: ties skal ende i lot",
                "a round must be able to settle ties: ties must end in lot",
            ),
            Text(
                "borgerbudget rules set {round} ties=cheapest,most-votes,lot",
                "borgerbudget rules set {round} ties=cheapest,most-votes,lot",
            ),
        ),
        "STA-020": Entry(
            Text("der er ingen godkendte forslag", "there are no accepted proposals"),
            Text(
                "borgerbudget proposal add {round} ID ..., og proposal vet {round} ID --accept",
                "borgerbudget proposal add {round} ID ..., and proposal vet {round} ID --accept",
            ),
        ),
        "STA-021": Entry(
            Text("ikke alle forslag er behandlet: {proposals}", "not every proposal has been decided on: {proposals}"),
            Text(
                "borgerbudget proposal vet {round} ID --accept eller --reject --reason GRUND",
                "borgerbudget proposal vet {round} ID --accept or --reject --reason WHY",
            ),
        ),
        "STA-022": Entry(
            Text(
                "forslagene har ikke hver sit nummer på stemmesedlen",
                "the proposals do not each have a number on the ballot",
            ),
            Text("borgerbudget proposal number {round}", "borgerbudget proposal number {round}"),
        ),
        "STA-090": Entry(
            Text(
                'id\'et "{proposal}" er også nummeret på et andet forslag på stemmesedlen',
                'the id "{proposal}" is also the number of another proposal on the ballot',
            ),
            Text(
                "giv forslagene samme numre som id'er: borgerbudget proposal number {round} {order}; eller brug id'er med et "
                "bogstav, fx p{proposal}",
                "let numbers and ids agree: borgerbudget proposal number {round} {order}; or use ids with a letter, e.g. "
                "p{proposal}",
            ),
        ),
        "STA-023": Entry(
            Text(
                "det er ikke sagt, hvornår afstemningen åbner og lukker", "it is not said when voting opens and closes"
            ),
            Text(
                'borgerbudget round dates {round} --opens "..." --closes "..."',
                'borgerbudget round dates {round} --opens "..." --closes "..."',
            ),
        ),
        "STA-024": Entry(
            Text("afstemningen lukker {closes}, før den åbner", "voting closes {closes}, before it opens"),
            Text('borgerbudget round dates {round} --closes "..."', 'borgerbudget round dates {round} --closes "..."'),
        ),
        "STA-091": Entry(
            Text("afstemningen lukker {closes}: den tid er gået", "voting closes {closes}: that is past"),
            Text('borgerbudget round dates {round} --closes "..."', 'borgerbudget round dates {round} --closes "..."'),
        ),
        "STA-025": Entry(
            Text("vælgerlisten er tom", "the roll is empty"),
            Text(
                "borgerbudget roll add {round} ID ..., eller rules set {round} channels=meeting",
                "borgerbudget roll add {round} ID ..., or rules set {round} channels=meeting",
            ),
        ),
        "STA-030": Entry(
            Text("nøglefilen er ikke til stede", "the key file is not there"),
            Text(
                "læg den tilbage, eller sig hvor den er med BORGERBUDGET_KEY",
                "put it back, or say where it is with BORGERBUDGET_KEY",
            ),
        ),
        "STA-031": Entry(
            Text("afstemningen åbner først {opens}", "voting does not open until {opens}"),
            Text(
                'vent; skal det være før: borgerbudget round thaw {round} --reason GRUND, så round dates --opens "..."',
                'wait; if it must be sooner: borgerbudget round thaw {round} --reason WHY, then round dates --opens "..."',
            ),
        ),
        "STA-032": Entry(
            Text("{count:vælger har|vælgere har} ingen kode", "{count:voter has|voters have} no code"),
            Text("borgerbudget codes issue {round} --out FIL.csv", "borgerbudget codes issue {round} --out FILE.csv"),
        ),
        "STA-033": Entry(
            Text("afstemningen lukker først {closes}", "voting does not close until {closes}"),
            Text("vent, eller giv --reason", "wait, or give --reason"),
        ),
        "STA-034": Entry(
            Text("der er allerede stemt: listen og reglerne ligger fast", "people have voted: list and rules stand"),
            Text(
                "træk et forslag med proposal withdraw, eller aflys med round cancel {round} --reason ...",
                "withdraw a proposal with proposal withdraw, or cancel with round cancel {round} --reason ...",
            ),
        ),
        "STA-035": Entry(
            Text("stemmekassen er allerede forseglet", "the box is sealed already"),
            Text("borgerbudget tally {round}", "borgerbudget tally {round}"),
        ),
        "STA-036": Entry(
            Text("stemmekassen er ikke forseglet", "the box is not sealed"),
            Text("borgerbudget round seal {round}", "borgerbudget round seal {round}"),
        ),
        "STA-037": Entry(
            Text(
                "{count:række er|rækker er} ændret uden om programmet",
                "{count:row was|rows were} changed behind the program's back",
            ),
            Text(
                "se dem med borgerbudget round verify {round}; hent en sikkerhedskopi eller aflys",
                "see them with borgerbudget round verify {round}; restore a backup or cancel",
            ),
        ),
        "STA-038": Entry(
            Text(
                "{count:seddel venter|sedler venter}, for få til en portion på en dag, der allerede har en",
                "{count:ballot waits|ballots wait}, too few for a batch on a day that already has one",
            ),
            Text("forsegl i morgen", "seal tomorrow"),
        ),
        "STA-039": Entry(
            Text("loddet er trukket", "the lot has been drawn"),
            Text("borgerbudget tally {round}", "borgerbudget tally {round}"),
        ),
        "STA-040": Entry(
            Text("rundens regel for stemmelighed bruger ikke lod", "the round's rule for ties uses no lot"),
            Text("borgerbudget tally {round}", "borgerbudget tally {round}"),
        ),
        "STA-041": Entry(
            Text("{voters} har stemt, og mindst {least} skal", "{voters} have voted, and at least {least} must"),
            Text(
                "giv --reason, eller aflys med round cancel {round} --reason ...",
                "give --reason, or cancel with round cancel {round} --reason ...",
            ),
        ),
        "STA-042": Entry(
            Text("fristen er udløbet: listen er lukket", "the deadline has passed: the roll is closed"),
            Text("borgerbudget round close {round}", "borgerbudget round close {round}"),
        ),
        "STA-043": Entry(
            Text(
                "der er allerede {count:kuvert|kuverter} fra denne vælger",
                "there are already {count:envelope|envelopes} from this voter",
            ),
            Text(
                "giv vælgeren en ny kode: borgerbudget codes reissue {round} VÆLGER --out FIL.csv --reason GRUND",
                "give the voter another code: borgerbudget codes reissue {round} VOTER --out FILE.csv --reason WHY",
            ),
        ),
        "STA-044": Entry(
            Text(
                "med filen ville der være flere kuverter fra denne vælger end de {most}, der må være",
                "with the file there would be more envelopes of this voter than the {most} that there may be",
            ),
            Text("fjern de linjer, der står flere gange", "take out the lines that stand there several times"),
        ),
        "STA-054": Entry(
            Text("en afvigelse fra resultatet kræver grunde", "deviating from the result needs grounds"),
            Text('giv --grounds "..."', 'give --grounds "..."'),
        ),
        "STA-055": Entry(
            Text(
                "klage nummer {number} fik medhold, og intet er gjort ved det endnu",
                "appeal number {number} was upheld, and nothing has been done about it yet",
            ),
            Text(
                "tæl igen: borgerbudget round recount {round} --reason GRUND; eller annuller: borgerbudget round annul {round} "
                "--second NAVN --reason GRUND; eller beslut noget andet: borgerbudget decide deviate {round} ...",
                "count again: borgerbudget round recount {round} --reason WHY; or annul: borgerbudget round annul {round} "
                "--second NAME --reason WHY; or decide otherwise: borgerbudget decide deviate {round} ...",
            ),
        ),
        "STA-056": Entry(
            Text(
                "klage nummer {number} er afgjort ({verdict}), og en afgørelse står fast",
                "appeal number {number} is decided ({verdict}), and a ruling stands",
            ),
            Text(
                'er der nyt, er det en ny klage: borgerbudget appeal add {round} "..."',
                'what is new is a new appeal: borgerbudget appeal add {round} "..."',
            ),
        ),
        "STA-060": Entry(
            Text(
                "runden er låst: {kind} er {before} og kan kun flyttes til senere",
                "the round is frozen: {kind} is {before} and can only move later",
            ),
            Text("vælg et senere tidspunkt", "choose a later moment"),
        ),
        "STA-061": Entry(
            Text(
                "der stemmes: tiderne ligger fast, og fristen kan kun forlænges efter en afbrydelse",
                "people are voting: the times stand, and the deadline can be extended only after an interruption",
            ),
            Text(
                "borgerbudget round suspend {round} --reason GRUND, og når der kan stemmes igen: "
                'borgerbudget round resume {round} --closes "..." --second NAVN --reason GRUND',
                "borgerbudget round suspend {round} --reason WHY, and when people can vote again: "
                'borgerbudget round resume {round} --closes "..." --second NAME --reason WHY',
            ),
        ),
        "STA-062": Entry(
            Text(
                "afstemningen er afbrudt: fristen kan forlænges, når den går videre",
                "voting is interrupted: the deadline can be extended when it goes on",
            ),
            Text(
                'borgerbudget round resume {round} --closes "..." --second NAVN --reason GRUND',
                'borgerbudget round resume {round} --closes "..." --second NAME --reason WHY',
            ),
        ),
        "STA-063": Entry(
            Text(
                "fristen ({closes}) er udløbet: en seddel, der kommer nu, er for sen",
                "the deadline ({closes}) has passed: a ballot that comes now is late",
            ),
            Text(
                "skal de have tiden igen: borgerbudget round suspend {round} --reason GRUND, og så round resume {round} --closes "
                '"..." --second NAVN --reason GRUND; ellers borgerbudget round close {round}',
                "if they are to have the time back: borgerbudget round suspend {round} --reason WHY, then round resume {round} "
                '--closes "..." --second NAME --reason WHY; else borgerbudget round close {round}',
            ),
        ),
        "STA-050": Entry(
            Text("klagefristen løber til og med {until}", "appeals are open until {until} inclusive"),
            Text("vent, eller giv --reason", "wait, or give --reason"),
        ),
        "STA-051": Entry(
            Text("klage nummer {number} er ikke afgjort", "appeal number {number} is not decided"),
            Text(
                "borgerbudget appeal decide {round} {number} --uphold eller --reject --grounds ...",
                "borgerbudget appeal decide {round} {number} --uphold or --reject --grounds ...",
            ),
        ),
        "STA-052": Entry(
            Text("{decider} har ikke bekræftet resultatet", "{decider}: the result is not confirmed"),
            Text(
                "borgerbudget decide confirm {round} --reference SAG",
                "borgerbudget decide confirm {round} --reference CASE",
            ),
        ),
        "STA-053": Entry(
            Text("oplysningerne skal gemmes til {until}", "the data must be kept until {until}"),
            Text("vent, eller giv --reason", "wait, or give --reason"),
        ),
        "STA-070": Entry(
            Text(
                "double_vote=paper-wins gælder kun, hvor der stemmes både med kode og på papir",
                "double_vote=paper-wins is only for voting both with codes and on paper",
            ),
            Text(
                "borgerbudget rules set {round} double_vote=first", "borgerbudget rules set {round} double_vote=first"
            ),
        ),
        "STA-071": Entry(
            Text(
                "der stemmes på papir, men ingen stemmekasse er nævnt", "there is voting on paper, but no urn is named"
            ),
            Text(
                "borgerbudget rules set {round} urns=hallen (flere med +: urns=hallen+brugsen)",
                "borgerbudget rules set {round} urns=hall (several with +: urns=hall+shop)",
            ),
        ),
        "STA-072": Entry(
            Text(
                "der er nævnt stemmekasser, men der stemmes ikke på papir",
                "urns are named, but there is no voting on paper",
            ),
            Text(
                "borgerbudget rules set {round} channels=paper (eller code+paper), eller rules set {round} --unset urns",
                "borgerbudget rules set {round} channels=paper (or code+paper), or rules set {round} --unset urns",
            ),
        ),
        "STA-074": Entry(
            Text(
                "sedler kan kun tælles i hånden, hvor alle stemmer på papir",
                "ballots can be counted by hand only where everybody votes on paper",
            ),
            Text(
                "borgerbudget rules set {round} channels=paper urns=hallen (på et møde også eligibility=attendance)",
                "borgerbudget rules set {round} channels=paper urns=hall (at a meeting also eligibility=attendance)",
            ),
        ),
        "STA-075": Entry(
            Text(
                "en runde, der tælles i hånden, har ingen sedler at vise",
                "a round that is counted by hand has no ballots to show",
            ),
            Text("borgerbudget rules set {round} tier=totals", "borgerbudget rules set {round} tier=totals"),
        ),
        "STA-073": Entry(
            Text(
                "{accepted} sedler skulle tælles, men kun {codes} kunne stemme, da der blev lukket",
                "{accepted} ballots would count, but only {codes} could vote when voting closed",
            ),
            Text(
                "find de overskydende sedler (borgerbudget reconcile {round}), eller aflys med round cancel {round} --reason ...",
                "find the ballots too many (borgerbudget reconcile {round}), or cancel with round cancel {round} --reason ...",
            ),
        ),
        "STA-080": Entry(
            Text(
                "ingen nøgle er nævnt, så rundens revisionspakke aldrig kan skrives under",
                "no key is named, so that the round's audit bundle can never be signed",
            ),
            Text(
                "før låsningen: borgerbudget audit keygen NAVN, og borgerbudget round signer {round} NAVN.pub",
                "before freezing: borgerbudget audit keygen NAME, and borgerbudget round signer {round} NAME.pub",
            ),
        ),
        "STA-081": Entry(
            Text("runden har ingen titel", "the round has no title"),
            Text(
                "på stemmesedlen står der intet øverst; borgerbudget round new laver en anden",
                "nothing stands at the head of the ballot; borgerbudget round new makes another",
            ),
        ),
        "STA-082": Entry(
            Text('forslaget "{value}" har ingen titel', 'the proposal "{value}" has no title'),
            Text(
                'borgerbudget proposal amend {round} {value} --title "..."',
                'borgerbudget proposal amend {round} {value} --title "..."',
            ),
        ),
        "STA-083": Entry(
            Text(
                'forslaget "{value}" koster {cost}, mere end hele puljen ({pool}): det kan ikke få penge',
                'the proposal "{value}" costs {cost}, more than the whole pool ({pool}): it cannot be funded',
            ),
            Text(
                "borgerbudget proposal amend {round} {value} --cost BELØB, eller "
                "borgerbudget proposal vet {round} {value} --reject --reason GRUND",
                "borgerbudget proposal amend {round} {value} --cost AMOUNT, or "
                "borgerbudget proposal vet {round} {value} --reject --reason WHY",
            ),
        ),
        "STA-084": Entry(
            Text(
                "afstemningen er hemmelig, men kun {count:seddel tælles|sedler tælles}: resultatet røber, hvad der står på",
                "voting is secret, but only {count:ballot counts|ballots count}: the result gives away what was voted",
            ),
            Text(
                "spørg {decider}, før nogen ser det, om runden hellere skal opgives: {way}",
                "ask {decider}, before anybody sees it, whether the round is better given up: {way}",
            ),
        ),
        "INT-001": Entry(
            Text("{table} {row}: ændret uden om programmet", "{table} {row}: changed behind the program's back"),
            Text("", ""),
        ),
        "INT-002": Entry(
            Text("{table} {row}: slettet uden om programmet", "{table} {row}: deleted behind the program's back"),
            Text("", ""),
        ),
        "INT-003": Entry(
            Text("{table} {row}: tilføjet uden om programmet", "{table} {row}: added behind the program's back"),
            Text("", ""),
        ),
        "INT-004": Entry(
            Text("events {row}: kæden er brudt: {reason}", "events {row}: the chain is broken: {reason}"),
            Text("", ""),
        ),
        "INT-005": Entry(
            Text("private {row}: passer ikke til hændelsen", "private {row}: does not fit the event"),
            Text("", ""),
        ),
        "INT-006": Entry(
            Text("frozen {row}: passer ikke til låsens fingeraftryk", "frozen {row}: does not fit the freeze hash"),
            Text("", ""),
        ),
        "INT-007": Entry(
            Text(
                "ballots {row}: salt og indhold giver ikke bladet",
                "ballots {row}: salt and content do not give the leaf",
            ),
            Text("", ""),
        ),
        "INT-008": Entry(
            Text(
                "ballots: roden eller antallet passer ikke til den forseglede kasse",
                "ballots: root or number do not fit the sealed box",
            ),
            Text("", ""),
        ),
        "INT-009": Entry(
            Text(
                "intake: {found} står i kassen, {expected} er talt ind",
                "intake: {found} are there, {expected} were counted in",
            ),
            Text("", ""),
        ),
        "INT-010": Entry(
            Text(
                "ballots {row}: dommen {found} passer ikke til optegnelsen",
                "ballots {row}: the verdict {found} does not fit the record",
            ),
            Text("", ""),
        ),
        "INT-013": Entry(
            Text(
                "batches {row}: en bunke, der er talt med, mangler eller har ikke alle sine sedler",
                "batches {row}: a batch that was adopted is gone or has not all of its sheets",
            ),
            Text("", ""),
        ),
        "INT-014": Entry(
            Text(
                "nøglefilen er en anden end den, rækkerne blev forseglet med; ingen af dem kan efterprøves",
                "the key file is another than the one that sealed the rows; none of them can be checked",
            ),
            Text(
                "læg den rigtige nøgle tilbage, eller sig hvor den er med BORGERBUDGET_KEY; intet er ændret",
                "put the right key back, or say where it is with BORGERBUDGET_KEY; nothing was changed",
            ),
        ),
        "INT-012": Entry(
            Text(
                "decisions: den beslutning, som det endelige resultat bygger på, er der ikke",
                "decisions: the decision that the final result rests on is not there",
            ),
            Text("", ""),
        ),
        "INT-011": Entry(
            Text("rundens rækker kan ikke forstås: {reason}", "the rows of the round cannot be understood: {reason}"),
            Text(
                "se hvad der er ændret med borgerbudget round verify {round}; hent en sikkerhedskopi med borgerbudget restore",
                "see what was changed with borgerbudget round verify {round}; bring back a backup with borgerbudget restore",
            ),
        ),
    }
)
