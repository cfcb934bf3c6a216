"""What stands in the way of a result and of what follows it: the box, the lot, the count, decisions, appeals, awards."""

from __future__ import annotations

from collections.abc import Mapping

from borgerbudget.words import Entry, Text

ENTRIES: Mapping[str, Entry] = {
    "RND-029": Entry(
        Text("der er ingen klage nummer {number}", "there is no appeal number {number}"),
        Text("se dem med borgerbudget appeal list {round}", "see them with borgerbudget appeal list {round}"),
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
    "RND-040": Entry(
        Text("runden er ikke talt op", "the round is not counted"),
        Text("{way}", "{way}"),
    ),
    "RND-043": Entry(
        Text("et lod er enten terninger eller en rækkefølge", "a lot is either dice or an order"),
        Text("giv --dice eller --order", "give --dice or --order"),
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
    "STA-035": Entry(
        Text("stemmekassen er allerede forseglet", "the box is sealed already"),
        Text("borgerbudget tally {round}", "borgerbudget tally {round}"),
    ),
    "STA-036": Entry(
        Text("stemmekassen er ikke forseglet", "the box is not sealed"),
        Text("borgerbudget round seal {round}", "borgerbudget round seal {round}"),
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
}
