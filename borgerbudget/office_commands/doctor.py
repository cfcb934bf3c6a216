"""``doctor``: whether everything is in order where the rounds are kept."""

from __future__ import annotations

import typer

from borgerbudget.office_commands.desk import Desk, reads
from borgerbudget.words import Text

MARKS = {"ok": Text("i orden", "ok"), "warning": Text("pas på", "beware"), "error": Text("FEJL", "ERROR")}


def mount(root: typer.Typer) -> None:
    reads(root, "doctor")(doctor)


def doctor(desk: Desk) -> None:
    """Look at database, key, rounds, backups, clock and disk; each finding with its mend.  Exit 1 when something is wrong.

    \b
    borgerbudget doctor
    """
    from borgerbudget.office.health import examine
    from borgerbudget.store.keys import key_path

    found = examine(desk.office, key_path(desk.address))
    danish = desk.language == "da"
    width = max(len(mark.say(desk.language)) for mark in MARKS.values())
    lines = []
    for one in found:
        sentence, mend = (one.sentence.da, one.mend.da) if danish else (one.sentence.en, one.mend.en)
        lines.append(f"{MARKS[one.status].say(desk.language):<{width}}  {sentence}" + (f" -> {mend}" if mend else ""))
    rows: list[object] = [
        {
            "status": one.status,
            "da": one.sentence.da,
            "en": one.sentence.en,
            "mend_da": one.mend.da,
            "mend_en": one.mend.en,
        }
        for one in found
    ]
    desk.show({"schema": "borgerbudget.health/1", "findings": rows}, lines)
    if any(one.status == "error" for one in found):
        raise typer.Exit(1)
