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
        "SCN-009": Entry(
            Text("bundtet viser ikke stemmesedlerne, så der er intet at regne på",
                 "the bundle does not show the ballots, so there is nothing to work with"),
            Text("brug et bundt med niveauet open eller sealed, eller rundens .pb-fil",
                 "use a bundle of the tier open or sealed, or the round's .pb file"),
        ),
        "SCN-011": Entry(
            Text("{key} skal være {allowed}, ikke {given}", "{key} must be {allowed}, not {given}"),
            Text("ret det og prøv igen", "correct it and try again"),
        ),
        "SCN-012": Entry(
            Text("scenariefilen kan ikke læses: {reason}", "the scenario file cannot be read: {reason}"),
            Text("{mend}", "{mend}"),
        ),
        "SCN-013": Entry(
            Text("filen er ikke et bundt", "the file is not a bundle"),
            Text("brug en fil fra: borgerbudget audit bundle", "use a file from: borgerbudget audit bundle"),
        ),
        "SCN-014": Entry(
            Text("stemmesedler af typen {cast} kan ikke tælles som {method}",
                 "{cast} ballots cannot be counted as {method}"),
            Text("alt kan tælles som approval, karakterer som points, begge dele som ranked, approval som knapsack; til andet "
                 "kan en runde prøves med rehearse",
                 "all can be counted as approval, grades as points, both as ranked, approval as knapsack; for anything else "
                 "rehearse a round"),
        ),
        "SCN-020": Entry(
            Text("{count:stemmeseddel|stemmesedler} kan ikke læses som {method}: {reason}",
                 "{count:ballot|ballots} cannot be read as {method}: {reason}"),
            Text("sammenlign med approval, eller prøv en runde med rehearse", "compare with approval, or rehearse a round"),
        ),
        "SCN-015": Entry(
            Text("intervaller kan kun regnes for én slags stemmesedler ad gangen",
                 "intervals can only be worked out for one kind of ballots at a time"),
            Text("udelad --runs eller giv kun én --ballots", "leave out --runs or give one --ballots only"),
        ),
        "SCN-016": Entry(
            Text("{option} kan ikke gives til {question}", "{option} cannot be given to {question}"),
            Text("udelad den; se: borgerbudget scenario {question} --help",
                 "leave it out; see: borgerbudget scenario {question} --help"),
        ),
        "SCN-017": Entry(
            Text("scenariefilen spørger om {asked}, ikke om {question}", "the scenario file asks {asked}, not {question}"),
            Text("skriv: borgerbudget scenario {asked} {file}", "write: borgerbudget scenario {asked} {file}"),
        ),
        "SCN-018": Entry(
            Text("scenariefilen siger ikke, hvilken runde der spørges om",
                 "the scenario file does not say which round it asks about"),
            Text('skriv en linje som: source = "lillevig-2026.pb"', 'write a line such as: source = "lillevig-2026.pb"'),
        ),
        "SCN-019": Entry(
            Text("runden {source} er ikke den, der blev regnet på (SHA-256 passer ikke)",
                 "the round {source} is not the one it was worked out on (its SHA-256 differs)"),
            Text("slet linjen source_sha256, hvis det er meningen", "delete the line source_sha256 if that is meant"),
        ),
    }
)  # fmt: skip
