"""What the database says to people, in Danish and English."""

from __future__ import annotations

from borgerbudget.words import Catalogue, Entry, Text

PROBLEMS = Catalogue(
    {
        "DB-001": Entry(
            Text("der er ingen database i denne mappe eller over den", "there is no database in this folder or above it"),
            Text("lav en med borgerbudget area add, eller giv --db FIL",
                 "make one with borgerbudget area add, or give --db FILE"),
        ),
        "DB-013": Entry(
            Text("databasen {path} findes ikke", "the database {path} is not there"),
            Text("se efter stavemåde og mappe i --db eller BORGERBUDGET_DB; en ny laves med borgerbudget area add",
                 "look at spelling and folder in --db or BORGERBUDGET_DB; a new one is made with borgerbudget area add"),
        ),
        "DB-002": Entry(
            Text("{path} er ikke en database fra borgerbudget", "{path} is not a database of borgerbudget"),
            Text("giv den rigtige fil med --db", "give the right file with --db"),
        ),
        "DB-003": Entry(
            Text("databasen {path} er skrevet af en nyere udgave af borgerbudget (skema {found})",
                 "the database {path} was written by a newer borgerbudget (schema {found})"),
            Text("brug den udgave eller en nyere; intet er ændret", "use that version or a newer one; nothing was changed"),
        ),
        "DB-004": Entry(
            Text("databasen {path} vil ikke køre sikkert: {setting} er {found}, ikke {wanted}",
                 "the database {path} will not run safely: {setting} is {found}, not {wanted}"),
            Text("læg filen på en lokal disk, ikke på et netværksdrev", "put the file on a local disk, not on a network drive"),
        ),
        "DB-005": Entry(
            Text("en anden skriver i databasen lige nu", "somebody else is writing in the database just now"),
            Text("prøv igen om lidt; intet er ændret", "try again in a moment; nothing was changed"),
        ),
        "DB-006": Entry(
            Text("databasen {path} kan ikke bruges: {reason}", "the database {path} cannot be used: {reason}"),
            Text("se efter plads og rettigheder; er filen skadet, så hent den sidste kopi med borgerbudget restore",
                 "look at space and permissions; if the file is damaged, take the last copy with borgerbudget restore"),
        ),
        "DB-007": Entry(
            Text("sikkerhedskopien {path} holder ikke: {reason}", "the backup {path} does not hold: {reason}"),
            Text("se efter plads på disken og prøv igen; runden er ikke flyttet",
                 "look at the space on the disk and try again; the round was not moved"),
        ),
        "DB-008": Entry(
            Text("{path} findes allerede", "{path} is there already"),
            Text("vælg et andet navn; restore skriver aldrig over en database",
                 "choose another name; restore never overwrites a database"),
        ),
        "DB-009": Entry(
            Text("nøglefilen {path} kan ikke læses som en nøgle", "the key file {path} cannot be read as a key"),
            Text("hent nøglen fra dens egen sikkerhedskopi; uden den kan koder og kuverter ikke efterprøves",
                 "take the key from its own backup; without it codes and envelopes cannot be checked"),
        ),
        "DB-016": Entry(
            Text("nøglefilen {path} er ikke den, denne database er lavet med",
                 "the key file {path} is not the one that this database was made with"),
            Text("læg den rigtige tilbage, eller sig hvor den er med BORGERBUDGET_KEY; intet er ændret",
                 "put the right one back, or say where it is with BORGERBUDGET_KEY; nothing was changed"),
        ),
        "DB-011": Entry(
            Text("PostgreSQL kan ikke bruges her: driveren mangler", "PostgreSQL cannot be used here: the driver is missing"),
            Text("installer borgerbudget[postgresql]", "install borgerbudget[postgresql]"),
        ),
        "DB-012": Entry(
            Text('"{kind}" er ikke en adresse på en database, der kan bruges',
                 '"{kind}" is no address of a database that can be used'),
            Text("giv en fil, eller postgresql://BRUGER@VÆRT/NAVN", "give a file, or postgresql://USER@HOST/NAME"),
        ),
        "DB-020": Entry(
            Text("databasen {path} er tom, men der ligger sikkerhedskopier i {folder}",
                 "the database {path} is empty, but there are backups in {folder}"),
            Text("giv den tomme fil et andet navn, og hent den sidste kopi: borgerbudget restore KOPI --db {path}",
                 "rename the empty file and bring back the last copy: borgerbudget restore COPY --db {path}"),
        ),
        "DB-014": Entry(
            Text("en anden læser i databasen, så dens log kan ikke tømmes; det er gjort, men loggen viser endnu det slettede",
                 "somebody else is reading the database, so its log cannot be emptied; it is done, but the log still shows what "
                 "was deleted"),
            Text("luk de andre programmer, der har databasen åben, og giv den samme kommando igen",
                 "close the other programs that have the database open, and give the same command again"),
        ),
    }
)  # fmt: skip
