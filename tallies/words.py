"""What the tally says to people, in Danish and English: problems with plans, lots and ties."""

from __future__ import annotations

from borgerbudget.words import Catalogue, Entry, Text

PROBLEMS = Catalogue(
    {
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
            Text("vælg greedy eller equal-shares", "choose greedy or equal-shares"),
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
            Text("skriv et tal som 3, 2.5 eller 1/3 (increment over 0)",
                 "write a number such as 3, 2.5 or 1/3 (increment above 0)"),
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
            Text("skriv TOML med plan, ties og indstillinger, se docs/plans.md",
                 "write TOML with plan, ties and settings, see docs/plans.md"),
        ),
        "PLN-012": Entry(
            Text('"{text}" er ikke en indstilling', '"{text}" is not a setting'),
            Text("skriv --set navn=værdi", "write --set name=value"),
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
            Text("skriv kastene som cifre, f.eks. 4261538", "write the throws as digits, such as 4261538"),
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
            Text("lodtrækningen kan ikke læses: {reason}", "the draw cannot be read: {reason}"),
            Text("skriv en UTF-8-fil med et id pr. linje", "write a UTF-8 file with one id per line"),
        ),
        "EXP-001": Entry(
            Text('"{proposal}" er ikke et forslag i runden', '"{proposal}" is not a proposal of the round'),
            Text("forslagene er: {known}", "the proposals are: {known}"),
        ),
        "TRC-001": Entry(
            Text("her ligger allerede en anden fil, som ikke er et spor", "another file that is not a trace stands here"),
            Text("skriv et andet navn efter --trace", "write another name after --trace"),
        ),
        "TIE-001": Entry(
            Text("lige stemmer i trin {step}{run}: {tied} - rækkefølgen afgør resultatet, og der er ikke trukket lod",
                 "a tie at step {step}{run}: {tied} - their order decides the outcome, and no lot has been drawn"),
            Text("træk lod om alle forslag og tæl igen: --ties {ties} --lot-order FIL (eller --lot-dice TAL); "
                 "se alle udfald med --all-ties",
                 "draw lots for all proposals and count again: --ties {ties} --lot-order FILE (or --lot-dice DIGITS); "
                 "see every outcome with --all-ties"),
        ),
        "TIE-002": Entry(
            Text("lige stemmer i trin {step}{run}: {tied} - der er for mange mulige rækkefølger til at følge dem alle",
                 "a tie at step {step}{run}: {tied} - there are too many possible orders to follow them all"),
            Text("træk lod om alle forslag og tæl igen: --ties {ties} --lot-order FIL (eller --lot-dice TAL)",
                 "draw lots for all proposals and count again: --ties {ties} --lot-order FILE (or --lot-dice DIGITS)"),
        ),
    }
)  # fmt: skip
