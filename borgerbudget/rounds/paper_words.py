"""What is said about ballots on paper: why a sheet does not count, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping

from borgerbudget.words import Catalogue, Entry, Text

SEEN: Mapping[str, Text] = {
    "unreadable": Text("ulæselig", "unreadable"),
    "marked": Text("kendemærke", "marked"),
    "foreign": Text("fremmed", "foreign"),
    "several": Text("flere", "several"),
    "late": Text("forsent", "late"),
}
"""Why somebody who reads a sheet lays it aside, as it is keyed: ``!ulæselig`` or ``!unreadable``."""

REASONS: Mapping[str, Text] = {
    "unreadable": Text("ulæselig", "unreadable"),
    "marked": Text("har et kendemærke", "carries a mark by which it can be known"),
    "foreign": Text("er ikke udleveret i denne runde", "was not handed out in this round"),
    "several": Text("flere sedler i samme kuvert", "several ballots in one envelope"),
    "late": Text("modtaget efter fristen", "received after the deadline"),
    "unclear": Text("et kryds er uklart", "a mark is unclear"),
    "repeats": Text("samme forslag står flere gange", "a proposal stands on it more than once"),
    "max-length": Text("for mange forslag", "too many proposals"),
    "min-length": Text("for få forslag", "too few proposals"),
    "max-sum-cost": Text("for dyr i alt", "costs too much in all"),
    "min-sum-cost": Text("for billig i alt", "costs too little in all"),
    "max-points": Text("for mange point til ét forslag", "too many points for one proposal"),
    "min-points": Text("for få point til ét forslag", "too few points for one proposal"),
    "max-sum-points": Text("for mange point i alt", "too many points in all"),
    "min-sum-points": Text("for få point i alt", "too few points in all"),
    "positive-points": Text("et forslag med nul point eller færre", "a proposal with no points or fewer"),
}
"""Why a sheet does not count, in the minutes: the first five are judged by people, the rest follows from the rules."""

PROBLEMS = Catalogue(
    {
        "PAP-001": Entry(
            Text('urnen "{urn}" hører ikke til runden', 'the urn "{urn}" does not belong to the round'),
            Text("en af: {known}", "one of: {known}"),
        ),
        "PAP-002": Entry(
            Text("der stemmes ikke på papir i denne runde", "there is no voting on paper in this round"),
            Text("se rundens regler med borgerbudget rules show {round}", "see the rules with borgerbudget rules show {round}"),
        ),
        "PAP-003": Entry(
            Text('"{voter}" har fået en stemmeseddel i forvejen', '"{voter}" was given a ballot before'),
            Text(
                "er den ødelagt, så byt den: læg den ødelagte fra, og tæl den med under --spoiled, når urnen afstemmes",
                "if it is spoiled, change it: lay the spoiled one aside and count it under --spoiled when the urn is reconciled",
            ),
        ),
        "PAP-004": Entry(
            Text('der er stemt med kode for "{voter}"', 'a vote by code was cast for "{voter}"'),
            Text(
                "den gælder; udlever ingen seddel (er koden misbrugt: borgerbudget codes void {round} {voter} --reason GRUND)",
                "it stands; hand out no ballot (if the code was misused: borgerbudget codes void {round} {voter} --reason WHY)",
            ),
        ),
        "PAP-005": Entry(
            Text("fristen er udløbet ({closes})", "the deadline has passed ({closes})"),
            Text(
                "hvem der stod i kø før fristen, får en seddel med --reason",
                "whoever stood in line before it is given a ballot with --reason",
            ),
        ),
        "PAP-006": Entry(
            Text("en bunke har 1-{most} sedler, ikke {found}", "a batch has 1-{most} sheets, not {found}"),
            Text("del urnens sedler i bunker af højst {most}", "divide the urn's sheets into batches of {most} at most"),
        ),
        "PAP-007": Entry(
            Text("bunke {batch} findes ikke", "there is no batch {batch}"),
            Text("se bunkerne med borgerbudget ballot batches {round}", "see them with borgerbudget ballot batches {round}"),
        ),
        "PAP-008": Entry(
            Text("bunke {batch} er talt med", "batch {batch} was adopted"),
            Text(
                "er den forkert, så tag den ud: borgerbudget ballot drop {round} {batch} --second NAVN --reason GRUND",
                "if it is wrong take it out: borgerbudget ballot drop {round} {batch} --second NAME --reason WHY",
            ),
        ),
        "PAP-009": Entry(
            Text(
                "bunke {batch} er indtastet af to andre, eller du har tastet alt ind",
                "batch {batch} was keyed by two other people, or you have keyed all of it",
            ),
            Text(
                "sammenlign: borgerbudget ballot compare {round} {batch}; den anden indtaster er en anden person end den første",
                "compare: borgerbudget ballot compare {round} {batch}; the second who keys is another person than the first",
            ),
        ),
        "PAP-010": Entry(
            Text("seddel {sheet} skal ikke tastes nu", "sheet {sheet} is not to be keyed now"),
            Text("mangler: {missing}", "missing: {missing}"),
        ),
        "PAP-011": Entry(
            Text("seddel {sheet} er nævnt to gange", "sheet {sheet} is named twice"),
            Text("hver seddel én gang", "each sheet once"),
        ),
        "PAP-012": Entry(
            Text("bunke {batch} mangler indtastning: {missing}", "batch {batch} is not keyed yet: {missing}"),
            Text(
                "to personer taster hver for sig: borgerbudget ballot key {round} {batch} --actor NAVN",
                "two people key it apart: borgerbudget ballot key {round} {batch} --actor NAME",
            ),
        ),
        "PAP-013": Entry(
            Text(
                "seddel {sheet} i bunke {batch} er ikke til tredje læsning",
                "sheet {sheet} of batch {batch} needs no third reading",
            ),
            Text("til tredje læsning: {known}", "for a third reading: {known}"),
        ),
        "PAP-014": Entry(
            Text('"{actor}" har selv tastet bunke {batch}', '"{actor}" keyed batch {batch}'),
            Text("den tredje læsning er en tredje persons (--actor)", "the third reading is a third person's (--actor)"),
        ),
        "PAP-015": Entry(
            Text('"{value}" kan ikke læses som en seddel: {why}', '"{value}" cannot be read as a sheet: {why}'),
            Text(
                "skriv sedlens numre, fx {example}; ? er et uklart kryds, - en blank seddel, !{seen} en ugyldig",
                "write the sheet's numbers, e.g. {example}; ? is an unclear mark, - a blank sheet, !{seen} an invalid one",
            ),
        ),
        "PAP-016": Entry(
            Text("bunke {batch} er ikke talt med", "batch {batch} is not adopted"),
            Text(
                "borgerbudget ballot key {round} {batch} og ballot compare {round} {batch}",
                "borgerbudget ballot key {round} {batch} and ballot compare {round} {batch}",
            ),
        ),
        "PAP-017": Entry(
            Text('urnen "{urn}" er ikke afstemt', 'the urn "{urn}" is not reconciled'),
            Text(
                "borgerbudget reconcile {round} --urn {urn} --issued N --spoiled N --unused N",
                "borgerbudget reconcile {round} --urn {urn} --issued N --spoiled N --unused N",
            ),
        ),
        "PAP-040": Entry(
            Text(
                '{count:vælger|vælgere} fik en seddel ved urnen "{urn}", og ingen seddel fra den er tastet',
                '{count:voter was|voters were} given a ballot at the urn "{urn}", and no ballot from it is keyed',
            ),
            Text(
                "tæl urnens sedler: borgerbudget ballot batch {round} --urn {urn} --sheets N; lå der ingen, så afstem urnen",
                "count the urn's ballots: borgerbudget ballot batch {round} --urn {urn} --sheets N; if it held none reconcile it",
            ),
        ),
        "PAP-018": Entry(
            Text(
                'urnen "{urn}" går ikke op: udleveret til urnen {issued}, men talt {counted} + ugyldige {void} + ødelagte '
                "{spoiled} + ubrugte {unused} er {sum} ({difference:+d})",
                'the urn "{urn}" does not balance: issued to it {issued}, but counted {counted} + void {void} + spoiled '
                "{spoiled} + unused {unused} is {sum} ({difference:+d})",
            ),
            Text(
                "tæl igen; kan det ikke forklares, så skriv hvorfor under to navne: --second NAVN --reason GRUND",
                "count again; if it cannot be explained say why under two names: --second NAME --reason WHY",
            ),
        ),
        "PAP-019": Entry(
            Text(
                'i urnen "{urn}" lå {found} sedler, men kun {handed} fik en',
                'the urn "{urn}" held {found} ballots, but only {handed} people were given one',
            ),
            Text(
                "find dem, der ikke er krydset af; ellers skriv hvorfor under to navne: --second NAVN --reason GRUND",
                "find who was not ticked off; else say why under two names: --second NAME --reason WHY",
            ),
        ),
        "PAP-030": Entry(
            Text(
                'ved urnen "{urn}" fik {handed} en seddel, men kun {used} af dens sedler er brugt '
                "(udleveret til urnen {issued} - ubrugte {unused})",
                'at the urn "{urn}" {handed} people were given a ballot, but only {used} of its ballots were used '
                "(issued to it {issued} - unused {unused})",
            ),
            Text(
                "tæl de ubrugte og urnen igen; kan det ikke forklares, så skriv hvorfor under to navne: "
                "--second NAVN --reason GRUND",
                "count the unused and the urn again; if it cannot be explained say why under two names: "
                "--second NAME --reason WHY",
            ),
        ),
        "PAP-020": Entry(
            Text(
                'bunkerne fra urnen "{urn}" er ændret, siden den blev afstemt',
                'the batches of the urn "{urn}" have changed since it was reconciled',
            ),
            Text(
                "afstem igen: borgerbudget reconcile {round} --urn {urn} --issued N --spoiled N --unused N",
                "reconcile again: borgerbudget reconcile {round} --urn {urn} --issued N --spoiled N --unused N",
            ),
        ),
        "PAP-021": Entry(
            Text("{what} er et antal, ikke {found}", "{what} is a number of sheets, not {found}"),
            Text("giv et helt tal, 0 eller flere", "give a whole number, 0 or more"),
        ),
        "PAP-022": Entry(
            Text(
                "efter rundens regel tælles sedler, der kommer efter fristen",
                "by the round's rule ballots that come after the deadline count",
            ),
            Text("tast den som en anden seddel", "key it like any other ballot"),
        ),
        "PAP-024": Entry(
            Text(
                "{count:linje|linjer} mere, end bunke {batch} har sedler",
                "{count:line|lines} more than batch {batch} has sheets",
            ),
            Text("en linje pr. seddel; tæl sedlerne i bunken igen", "one line per sheet; count the sheets of the batch again"),
        ),
        "PAP-023": Entry(
            Text("bunke {batch} er ikke talt med endnu", "batch {batch} is not adopted yet"),
            Text("tast den om i stedet: borgerbudget ballot key {round} {batch}",
                 "key it again instead: borgerbudget ballot key {round} {batch}"),
        ),
    }
)  # fmt: skip
