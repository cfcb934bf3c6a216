"""What ``round verify`` finds."""

from __future__ import annotations

from collections.abc import Mapping

from borgerbudget.words import Entry, Text

ENTRIES: Mapping[str, Entry] = {
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
    "INT-011": Entry(
        Text("rundens rækker kan ikke forstås: {reason}", "the rows of the round cannot be understood: {reason}"),
        Text(
            "se hvad der er ændret med borgerbudget round verify {round}; hent en sikkerhedskopi med borgerbudget restore",
            "see what was changed with borgerbudget round verify {round}; bring back a backup with borgerbudget restore",
        ),
    ),
    "INT-012": Entry(
        Text(
            "decisions: den beslutning, som det endelige resultat bygger på, er der ikke",
            "decisions: the decision that the final result rests on is not there",
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
}
