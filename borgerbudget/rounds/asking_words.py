"""What cannot be asked for so: ids, names, policies, moments, amounts, files of names."""

from __future__ import annotations

from collections.abc import Mapping

from borgerbudget.words import Entry, Text

ENTRIES: Mapping[str, Entry] = {
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
    "RND-027": Entry(
        Text("{reason}", "{reason}"),
        Text(
            "gem filen igen som “CSV UTF-8” eller som ren tekst i UTF-8; intet er gemt",
            "save the file again as “CSV UTF-8” or as plain text in UTF-8; nothing was saved",
        ),
    ),
    "RND-030": Entry(
        Text("der mangler et navn på den, der gør det", "it must be said who does this"),
        Text("giv --actor NAVN eller sæt BORGERBUDGET_ACTOR", "give --actor NAME or set BORGERBUDGET_ACTOR"),
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
    "RND-042": Entry(
        Text("det er ikke klart, hvilken runde der skal oprettes", "it is not clear which round to make"),
        Text(
            "giv RUNDE og --area, eller --areas FIL med --from-template og --title",
            "give ROUND and --area, or --areas FILE with --from-template and --title",
        ),
    ),
    "RND-044": Entry(
        Text(
            "en gemt runde tælles kun efter den plan, den blev låst med: {options} hører til filer",
            "a stored round is counted only by the plan it was frozen with: {options} belong to files",
        ),
        Text("kør igen uden", "run again without"),
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
    "RND-086": Entry(
        Text("{what} er tom", "{what} is empty"),
        Text("skriv, hvad der skal stå", "write what is to stand there"),
    ),
}
