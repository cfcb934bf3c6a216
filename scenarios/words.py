"""What scenarios say to people when something cannot be done, in Danish and English."""

from __future__ import annotations

from borgerbudget.words import Catalogue, Entry, Text

PROBLEMS = Catalogue(
    {
        "SCN-001": Entry(
            Text("det kræver {library}, som ikke er installeret", "that needs {library}, which is not installed"),
            Text("installér det med: pip install 'borgerbudget[{extra}]'",
                 "install it with: pip install 'borgerbudget[{extra}]'"),
        ),
        "SCN-002": Entry(
            Text("ingen Dask-planlægger svarer på {address}", "no Dask scheduler answers at {address}"),
            Text("start en med: dask scheduler, og skriv dens adresse efter --dask, eller regn her med --workers",
                 "start one with: dask scheduler, and write its address after --dask, or count here with --workers"),
        ),
        "SCN-003": Entry(
            Text('"{given}" er ikke et område for {option}', '"{given}" is not a range for {option}'),
            Text("skriv fra:til eller fra:til:skridt i hele kroner, som 50000:500000:10000",
                 "write from:to or from:to:step in whole units, such as 50000:500000:10000"),
        ),
        "SCN-004": Entry(
            Text('"{given}" er ikke et forslag og en pris', '"{given}" is not a proposal and a price'),
            Text("skriv ID=beløb, som {example}", "write ID=amount, such as {example}"),
        ),
        "SCN-005": Entry(
            Text("der er intet at spørge om: {asked}", "there is nothing to ask: {asked}"),
            Text("giv mindst en af {options}", "give at least one of {options}"),
        ),
        "SCN-006": Entry(
            Text("{option} kan kun gives én gang her", "{option} can be given only once here"),
            Text("vælg ét af dem", "choose one of them"),
        ),
        "SCN-007": Entry(
            Text('forslaget "{proposal}" findes ikke', 'there is no proposal "{proposal}"'),
            Text("vælg et af: {known}", "choose one of: {known}"),
        ),
        "SCN-008": Entry(
            Text("runden {round} har ingen talt kasse endnu", "the round {round} has no counted box yet"),
            Text("tæl den først: borgerbudget tally {round}", "count it first: borgerbudget tally {round}"),
        ),
        "SCN-009": Entry(
            Text("bundtet viser ikke stemmesedlerne ({tier}), så der er intet at tælle om med",
                 "the bundle does not show the ballots ({tier}), so there is nothing to count again with"),
            Text("brug et bundt af typen open eller totals, eller rundens .pb-fil",
                 "use a bundle of the tier open or totals, or the round's .pb file"),
        ),
        "SCN-010": Entry(
            Text("planen kan ikke tælles her: {reason}", "the plan cannot be counted here: {reason}"),
            Text("{mend}", "{mend}"),
        ),
        "SCN-011": Entry(
            Text("{key} skal være {allowed}, ikke {given}", "{key} must be {allowed}, not {given}"),
            Text("ret det og prøv igen", "correct it and try again"),
        ),
        "SCN-012": Entry(
            Text("scenariefilen kan ikke læses: {reason}", "the scenario file cannot be read: {reason}"),
            Text("{mend}", "{mend}"),
        ),
    }
)  # fmt: skip
