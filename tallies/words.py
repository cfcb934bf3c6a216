"""What the tally says to people, in Danish and English: problems with plans, lots and ties."""

from __future__ import annotations

from borgerbudget.words import Catalogue, Entry, Text

COMPILED = Text(
    "Oversat: {path}. Fordelinger med lige andele bruger den fra nu af; resultaterne er de samme.",
    "Compiled: {path}. Counts of equal shares use it from now on; the results are the same.",
)
READS = Text(
    "Oversat: {path}. Filer med stemmer læses med den fra nu af; resultaterne er de samme.",
    "Compiled: {path}. Files of votes are read with it from now on; the results are the same.",
)
MERGES = Text(
    "Oversat: {path}. Ens stemmesedler lægges sammen med den fra nu af; resultaterne er de samme.",
    "Compiled: {path}. Equal ballots are merged with it from now on; the results are the same.",
)

PROBLEMS = Catalogue(
    {
        "CMP-001": Entry(
            Text("kernen kunne ikke oversættes med {compiler} i {folder}: {reason}",
                 "the kernel could not be compiled with {compiler} in {folder}: {reason}"),
            Text("installer en C-oversætter (eller sæt CC), og sørg for, at mappen kan skrives; alt virker også uden, men "
                 "langsommere",
                 "install a C compiler (or set CC) and see that the folder can be written; everything works without, "
                 "only slower"),
        ),
        "PLN-001": Entry(
            Text('planen "{name}" findes ikke', 'there is no plan "{name}"'),
            Text("vælg en af: {known}", "choose one of: {known}"),
        ),
        "PLN-002": Entry(
            Text('indstillingen "{key}" findes ikke', 'there is no setting "{key}"'),
            Text("vælg en af: {known}", "choose one of: {known}"),
        ),
        "PLN-003": Entry(
            Text('"{key}" kan ikke sættes for {name}', '"{key}" cannot be set for {name}'),
            Text("fjern indstillingen", "leave the setting out"),
        ),
        "PLN-004": Entry(
            Text("reglen {rule} kan ikke tælle stemmesedler af typen {method}",
                 "the rule {rule} cannot count {method} ballots"),
            Text("vælg en anden regel, for eksempel greedy", "choose another rule, greedy for instance"),
        ),
        "PLN-005": Entry(
            Text('"{ties}" er ikke en rækkefølge for lige stemmer', '"{ties}" is not a tie policy'),
            Text("skriv nogle af cheapest, most-votes, og til sidst lot eller refuse",
                 "write some of cheapest, most-votes, and last lot or refuse"),
        ),
        "PLN-006": Entry(
            Text("nytten {utility} passer ikke til stemmesedler af typen {method}",
                 "the utility {utility} does not suit {method} ballots"),
            Text("brug cost eller count til sæt (approval, knapsack) og points til resten",
                 "use cost or count for sets (approval, knapsack) and points for the others"),
        ),
        "PLN-007": Entry(
            Text('{key} kan ikke være "{value}"', '{key} cannot be "{value}"'),
            Text("vælg en af: {known}", "choose one of: {known}"),
        ),
        "PLN-008": Entry(
            Text('{key} kan ikke være "{value}"', '{key} cannot be "{value}"'),
            Text("{mend}", "{mend}"),
        ),
        "PLN-009": Entry(
            Text('"{value}" er ikke en pointtabel', '"{value}" is not a points table'),
            Text("skriv borda eller hele tal som 5,3,1", "write borda or whole numbers such as 5,3,1"),
        ),
        "PLN-010": Entry(
            Text('filens egen regel "{rule}" kan ikke tælles her',
                 'the file\'s own rule "{rule}" cannot be counted here'),
            Text("vælg selv en plan med --plan", "choose a plan yourself with --plan"),
        ),
        "PLN-011": Entry(
            Text("planfilen kan ikke læses: {reason}", "the plan file cannot be read: {reason}"),
            Text("{mend}", "{mend}"),
        ),
        "PLN-012": Entry(
            Text('"{text}" er ikke en indstilling', '"{text}" is not a setting'),
            Text("skriv {option}navn=værdi", "write {option}name=value"),
        ),
        "PLN-013": Entry(
            Text('reglen {rule} kan ikke bære betingelsen "{kind}": {why_da}',
                 'the rule {rule} cannot carry the constraint "{kind}": {why}'),
            Text("vælg greedy, greedy-per-cost, residual eller rate-bands, eller fjern betingelsen",
                 "choose greedy, greedy-per-cost, residual or rate-bands, or leave the constraint out"),
        ),
        "PLN-014": Entry(
            Text('{key} kan ikke være "{value}"', '{key} cannot be "{value}"'),
            Text("skriv et beløb over 0 uden tusindtalsmærker, højst med to decimaler, som 12000 eller 6534.61",
                 "write an amount above 0 without marks for thousands, with at most two decimals, such as 12000 or 6534.61"),
        ),
        "PLN-015": Entry(
            Text('{key} kan ikke være "{value}"', '{key} cannot be "{value}"'),
            Text("skriv et helt tal over 0", "write a whole number above 0"),
        ),
        "PLN-016": Entry(
            Text('{key} kan ikke være "{value}"', '{key} cannot be "{value}"'),
            Text('skriv id\'er med + imellem, i en planfil en liste af tekster',
                 "write ids with + between them, in a plan file a list of texts"),
        ),
        "PLN-017": Entry(
            Text('{key}: det samme forslag står to gange i "{value}"', '{key}: a proposal stands twice in "{value}"'),
            Text("skriv hvert forslag én gang", "write every proposal once"),
        ),
        "PLN-018": Entry(
            Text("grænsen for stemmer er givet to gange som andel", "the vote threshold is given twice as a share"),
            Text("brug threshold eller threshold_share", "use threshold or threshold_share"),
        ),
        "PLN-019": Entry(
            Text("planen {name} kræver {key}", "the plan {name} needs {key}"),
            Text("prizes skrives som 12000+10000+rest, bands som 15000:100%+*:50%",
                 "write prizes as 12000+10000+rest, bands as 15000:100%+*:50%"),
        ),
        "PLN-020": Entry(
            Text('"{key}" kan ikke sættes, når mødet selv har afgjort, hvem der får penge ({name})',
                 '"{key}" cannot be set when the meeting itself decided who gets money ({name})'),
            Text("fjern indstillingen", "leave the setting out"),
        ),
        "PLN-021": Entry(
            Text("leftover={value} kan ikke sættes for {name}: den betaler altid hele prisen",
                 "leftover={value} cannot be set for {name}: it always pays the whole price"),
            Text("vælg carry-over, return eller next", "choose carry-over, return or next"),
        ),
        "PLN-022": Entry(
            Text("leftover=redistribute kan ikke holde lofter (at-most)",
                 "leftover=redistribute cannot hold ceilings (at-most)"),
            Text("vælg en anden brug af resten", "choose another use of the rest"),
        ),
        "PLN-023": Entry(
            Text("en andel som turnout kræver, at electorate er sat", "a percentage as turnout needs electorate"),
            Text("skriv electorate=ANTAL, eller turnout som et tal", "write electorate=NUMBER, or turnout as a number"),
        ),
        "PLN-024": Entry(
            Text("{key}: findes ikke i runden: {unknown}", "{key}: not in the round: {unknown}"),
            Text("skriv id'erne, som de står i filen", "write the ids as they stand in the file"),
        ),
        "PLN-025": Entry(
            Text('"{value}" er ikke en række præmier', '"{value}" is not a list of prizes'),
            Text("skriv beløb som 12000+10000+rest; kun den sidste må være rest",
                 "write amounts such as 12000+10000+rest; only the last may be rest"),
        ),
        "PLN-026": Entry(
            Text('"{value}" er ikke satser', '"{value}" are not rates'),
            Text("skriv stigende grænser med en sats fra 0 til 100 %, den sidste uden grænse: 15000:100%+*:50%",
                 "write rising limits with a rate from 0 to 100 %, the last without a limit: 15000:100%+*:50%"),
        ),
        "PLN-027": Entry(
            Text("betingelser er ikke skrevet som tabeller", "constraints are not written as tables"),
            Text("skriv dem i en planfil som [[constraint]]", "write them in a plan file as [[constraint]]"),
        ),
        "PLN-028": Entry(
            Text('to betingelser hedder "{name}"', 'two constraints are called "{name}"'),
            Text("giv hver sit navn", "give each its own name"),
        ),
        "PLN-029": Entry(
            Text("unused har ingen mening uden pot eller earmark", "unused means nothing without a pot or an earmark"),
            Text("fjern indstillingen", "leave the setting out"),
        ),
        "PLN-030": Entry(
            Text('betingelsen "{name}" har en nøgle, der ikke findes, eller intet navn',
                 'the constraint "{name}" has an unknown key or no name'),
            Text("nøglerne er: {known}", "the keys are: {known}"),
        ),
        "PLN-031": Entry(
            Text('betingelsen "{name}" ({kind}) skal have ét beløb', 'the constraint "{name}" ({kind}) needs one amount'),
            Text('skriv amount = 12000 eller share = "1/2"', 'write amount = 12000 or share = "1/2"'),
        ),
        "PLN-032": Entry(
            Text('betingelsen "{name}" ({kind}) har intet beløb', 'the constraint "{name}" ({kind}) has no amount'),
            Text("fjern amount og share", "leave amount and share out"),
        ),
        "PLN-033": Entry(
            Text('betingelsen "{name}" ({kind}) siger ikke klart, hvilke forslag den gælder',
                 'the constraint "{name}" ({kind}) does not say clearly which proposals it is about'),
            Text("skriv enten proposals, category eller area; needs skal have mindst to proposals",
                 "write either proposals, category or area; needs wants at least two proposals"),
        ),
        "PLN-034": Entry(
            Text('betingelsen "{name}": intet forslag har {key} "{value}"',
                 'the constraint "{name}": no proposal has the {key} "{value}"'),
            Text("{mend}", "{mend}"),
        ),
        "PLN-035": Entry(
            Text('{key}: "{value}" kan læses på to måder: med tusinder eller med tre decimaler',
                 '{key}: "{value}" can be read in two ways: with thousands or with three decimals'),
            Text("skriv {digits} uden mærke, eller højst to decimaler",
                 "write {digits} without a mark, or at most two decimals"),
        ),
        "PLN-036": Entry(
            Text('{key} kan ikke være "{value}": ingen kan få stemmer fra mere end alle stemmesedler',
                 '{key} cannot be "{value}": nobody can have votes from more than all ballots'),
            Text("skriv en andel fra 0 til 100 %, som 10% eller 1/3; et antal stemmer skrives threshold=10",
                 "write a share from 0 to 100 %, such as 10% or 1/3; a number of votes is written threshold=10"),
        ),
        "PLN-037": Entry(
            Text('threshold kan ikke være "{value}": ingen kan få under 0 stemmer eller point',
                 'threshold cannot be "{value}": nobody can have fewer than 0 votes or points'),
            Text("skriv et tal over 0, eller fjern indstillingen", "write a number above 0, or leave the setting out"),
        ),
        "PLN-038": Entry(
            Text('betingelsen "{name}" (at-most) på 0 lader ingen af forslagene få penge',
                 'the constraint "{name}" (at-most) of 0 lets none of its proposals have money'),
            Text("skriv et beløb over 0, eller tag forslagene ud med withdrawn",
                 "write an amount above 0, or take the proposals out with withdrawn"),
        ),
        "PLN-040": Entry(
            Text("ties kan ikke sættes med --set", "ties cannot be set with --set"),
            Text("skriv --ties {value}", "write --ties {value}"),
        ),
        "PLN-041": Entry(
            Text("unused=resplit deler en pot ud til de andre, men planen har ingen pot",
                 "unused=resplit shares a pot among the others, but the plan has no pot"),
            Text("vælg common eller leave, eller skriv en betingelse af typen pot",
                 "choose common or leave, or write a constraint of the kind pot"),
        ),
        "PLN-042": Entry(
            Text("reglen {rule} kræver de enkelte stemmesedler, men en optælling i hånden har kun summerne",
                 "the rule {rule} needs the single ballots, but a count by hand has totals only"),
            Text("vælg en af: {known}", "choose one of: {known}"),
        ),
        "CON-001": Entry(
            Text("{names} kræver {amount}, men der er kun {pool} at dele ud",
                 "{names} need {amount}, but only {pool} is there to share out"),
            Text("sænk beløbene eller øg puljen", "lower the amounts or enlarge the pool"),
        ),
        "CON-002": Entry(
            Text("præmierne er {amounts} tilsammen, men der er kun {pool} at dele ud",
                 "the prizes are {amounts} together, but only {pool} is there to share out"),
            Text("sænk præmierne, eller skriv rest som den sidste", "lower the prizes, or write rest as the last"),
        ),
        "CON-003": Entry(
            Text('"{proposal}" er trukket tilbage og kan ikke få penge på forhånd (pre_funded)',
                 '"{proposal}" is withdrawn and cannot be given money beforehand (pre_funded)'),
            Text("fjern det fra pre_funded", "take it out of pre_funded"),
        ),
        "CON-004": Entry(
            Text("{proposals} (pre_funded) koster {given}, mere end puljen på {pool}",
                 "{proposals} (pre_funded) cost {given}, more than the pool of {pool}"),
            Text("fjern nogle af dem, eller øg puljen", "take some of them out, or enlarge the pool"),
        ),
        "CON-005": Entry(
            Text("{names} modsiger hinanden: mindst {amount}, men højst {most} til de samme forslag",
                 "{names} contradict each other: at least {amount}, but at most {most} for the same proposals"),
            Text("ændr et af beløbene", "change one of the amounts"),
        ),
        "CON-006": Entry(
            Text("{names}: mindst {amount} kan ikke nås, for forslagene kan tilsammen kun få {asked}",
                 "{names}: at least {amount} cannot be reached, for the proposals may get only {asked} together"),
            Text("sænk beløbet", "lower the amount"),
        ),
        "CON-007": Entry(
            Text("{names} modsiger hinanden: {proposals} gennemføres kun sammen, men udelukker hinanden",
                 "{names} contradict each other: {proposals} are carried out only together, but exclude each other"),
            Text("fjern en af betingelserne", "leave one of the constraints out"),
        ),
        "CON-008": Entry(
            Text("{names} tillader højst {most}, men pre_funded giver allerede {given}",
                 "{names} allows at most {most}, but pre_funded already gives {given}"),
            Text("hæv loftet, eller fjern et forslag fra pre_funded",
                 "raise the ceiling, or take a proposal out of pre_funded"),
        ),
        "CON-009": Entry(
            Text("{names} tillader kun ét af forslagene, men pre_funded giver {proposals} penge",
                 "{names} allows only one of the proposals, but pre_funded gives money to {proposals}"),
            Text("fjern et af dem fra pre_funded", "take one of them out of pre_funded"),
        ),
        "CON-010": Entry(
            Text("{names} gælder begge for {proposals}", "{names} are both about {proposals}"),
            Text("lad hvert forslag stå i højst én pot og én earmark", "let every proposal stand in one pot and one earmark"),
        ),
        "CON-011": Entry(
            Text("acclamation er uden afstemning, men der er {ballots} stemmesedler",
                 "acclamation is without a vote, but there are {ballots} ballots"),
            Text("vælg en plan, der tæller dem", "choose a plan that counts them"),
        ),
        "CON-012": Entry(
            Text("{proposals} koster {asked} tilsammen, men der er kun {pool} at dele ud",
                 "{proposals} cost {asked} together, but only {pool} is there to share out"),
            Text("hold en afstemning, eller øg puljen", "hold a vote, or enlarge the pool"),
        ),
        "CON-013": Entry(
            Text("{names} modsiger hinanden: {amount} er kun til forslag, som tilsammen højst må få {most}",
                 "{names} contradict each other: {amount} is only for proposals that may get {most} together at most"),
            Text("ændr et af beløbene", "change one of the amounts"),
        ),
        "CON-014": Entry(
            Text("{names}: {proposals} hører sammen og koster {asked} tilsammen, men der er kun {pool} at dele ud",
                 "{names}: {proposals} belong together and cost {asked}, but only {pool} is there to share out"),
            Text("fjern betingelsen, eller øg puljen", "leave the constraint out, or enlarge the pool"),
        ),
        "CON-015": Entry(
            Text("{names}: ingen forslag, der kan betales tilsammen af {pool}, når op på det, der mindst skal gives",
                 "{names}: no proposals that {pool} can pay for together reach what must be given at least"),
            Text("sænk et af beløbene, øg puljen, eller fjern en af betingelserne",
                 "lower one of the amounts, enlarge the pool, or leave one of the constraints out"),
        ),
        "LOT-001": Entry(
            Text('"{proposal}" er ikke et forslag i runden', '"{proposal}" is not a proposal of the round'),
            Text("skriv et id pr. linje, som i filen", "write one id per line, as in the file"),
        ),
        "LOT-002": Entry(
            Text('"{proposal}" står allerede i linje {first}', '"{proposal}" already stands in line {first}'),
            Text("hvert forslag skal stå præcis én gang", "every proposal must stand exactly once"),
        ),
        "LOT-003": Entry(
            Text("lodtrækningen mangler: {missing}", "the draw lacks: {missing}"),
            Text("træk lod om alle forslag, også dem uden støtte", "draw lots for all proposals, unsupported ones too"),
        ),
        "LOT-004": Entry(
            Text('"{digits}" er ikke terningkast', '"{digits}" are not dice digits'),
            Text("skriv kastene som cifre, f.eks. 4261534", "write the throws as digits, such as 4261534"),
        ),
        "LOT-005": Entry(
            Text("lodtrækningen bruges ikke: planen ender med refuse", "the draw has no use: the plan ends in refuse"),
            Text("skriv --ties cheapest,most-votes,lot", "write --ties cheapest,most-votes,lot"),
        ),
        "LOT-006": Entry(
            Text("der er givet både en trukket rækkefølge og terninger", "both a drawn order and dice are given"),
            Text("brug kun --lot-order eller --lot-dice", "use only --lot-order or only --lot-dice"),
        ),
        "LOT-007": Entry(
            Text("lodtrækningen er ikke tekst i UTF-8", "the draw is not text in UTF-8"),
            Text("skriv en UTF-8-fil med et id pr. linje", "write a UTF-8 file with one id per line"),
        ),
        "LOT-008": Entry(
            Text("lodtrækningen har {count:terning|terninger}: {outcomes} udfald, og de kan alle prøves i forvejen",
                 "the lot has {count:die|dice}: {outcomes} outcomes, and all of them can be tried beforehand"),
            Text("bekendtgør mindst {least} terninger, kast dem, så alle kan se det, og skriv dem i rækkefølge; eller giv en "
                 "rækkefølge, som et udvalg trak: --lot-order FIL",
                 "announce at least {least} dice, throw them in public and write them in order; or give an order that a "
                 "committee drew: --lot-order FILE"),
        ),
        "LOT-009": Entry(
            Text("lodtrækningen har {count:terning|terninger}: {outcomes} udfald, men der er flere måder at ordne dem på, "
                 "som loddet afgjorde imellem",
                 "the lot has {count:die|dice}: {outcomes} outcomes, but there are more orders of those whom the lot decided "
                 "between"),
            Text("bekendtgør før næste kast mindst {least} terninger, så hver rækkefølge kan komme ud",
                 "announce at least {least} dice before the next throw, so that each order can come out"),
        ),
        "LOT-010": Entry(
            Text('lodtrækningen "{dice}" har cifre, som ingen terning har', 'the lot "{dice}" has digits that are on no die'),
            Text("en terning har 1 til 6: se efter, hvad der blev kastet", "a die has 1 to 6: look up what was thrown"),
        ),
        "EXP-001": Entry(
            Text('"{proposal}" er ikke et forslag i runden', '"{proposal}" is not a proposal of the round'),
            Text("forslagene er: {known}", "the proposals are: {known}"),
        ),
        "EXP-002": Entry(
            Text(
                "{proposal} kan kun gennemføres sammen med {needed}, som trækkes tilbage",
                "{proposal} can only be carried out together with {needed}, which withdraws",
            ),
            Text("træk også det tilbage: --withdraw {proposal}", "withdraw it, too: --withdraw {proposal}"),
        ),
        "RUL-001": Entry(
            Text("planen passer ikke til det opdigtede eksempel: {why_da}",
                 "the plan does not suit the invented example: {why}"),
            Text("giv runden med: borgerbudget rules explain {plan} FIL",
                 "name the round as well: borgerbudget rules explain {plan} FILE"),
        ),
        "TRC-001": Entry(
            Text("her ligger allerede en anden fil, som ikke er et spor", "another file that is not a trace stands here"),
            Text("skriv et andet navn efter --trace", "write another name after --trace"),
        ),
        "TIE-001": Entry(
            Text("lige stemmer i trin {step}{run}: {tied} - rækkefølgen afgør resultatet, og der er ikke trukket lod",
                 "a tie at step {step}{run}: {tied} - their order decides the outcome, and no lot has been drawn"),
            Text("træk lod om alle forslag og tæl igen: --ties {ties} --lot-order FIL (eller --lot-dice TAL); "
                 "se alle udfald med tally --all-ties",
                 "draw lots for all proposals and count again: --ties {ties} --lot-order FILE (or --lot-dice DIGITS); "
                 "see every outcome with tally --all-ties"),
        ),
        "TIE-002": Entry(
            Text("lige stemmer i trin {step}{run}: {tied} - der er for mange mulige rækkefølger til at følge dem alle",
                 "a tie at step {step}{run}: {tied} - there are too many possible orders to follow them all"),
            Text("træk lod om alle forslag og tæl igen: --ties {ties} --lot-order FIL (eller --lot-dice TAL)",
                 "draw lots for all proposals and count again: --ties {ties} --lot-order FILE (or --lot-dice DIGITS)"),
        ),
        "TIE-003": Entry(
            Text("lige stemmer om, hvem der rykker op: {tied} - de kan ikke alle få plads, og der er ikke trukket lod",
                 "a tie about who moves up: {tied} - there is not room for all of them, and no lot has been drawn"),
            Text("resultatet står fast; træk lod om alle forslag og spørg igen: --ties {ties} --lot-order FIL "
                 "(eller --lot-dice TAL)",
                 "the result stands; draw lots for all proposals and ask again: --ties {ties} --lot-order FILE "
                 "(or --lot-dice DIGITS)"),
        ),
        "USE-001": Entry(
            Text("der er givet flere planer: {names}", "several plans are given: {names}"),
            Text("giv én --plan, eller brug compare til flere", "give one --plan, or use compare for several"),
        ),
        "USE-002": Entry(
            Text("--all-ties viser alle udfald, men {options} handler om ét",
                 "--all-ties shows every outcome, but {options} is about one"),
            Text("kør kommandoen to gange: med --all-ties, og med resten",
                 "run the command twice: with --all-ties, and with the rest"),
        ),
        "USE-003": Entry(
            Text('"{key}" er sat to gange', '"{key}" is set twice'),
            Text("skriv hver indstilling én gang", "write every setting once"),
        ),
    }
)  # fmt: skip
