"""``doctor``: whether everything is in order where the rounds are kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from borgerbudget.console import emit, emit_json
from borgerbudget.office_commands.desk import Db, Json, Lang
from borgerbudget.words import Text, preferred_language

if TYPE_CHECKING:
    from borgerbudget.office.health import Finding

MARKS = {"ok": Text("i orden", "ok"), "warning": Text("pas på", "beware"), "error": Text("FEJL", "ERROR")}


def mount(root: typer.Typer) -> None:
    root.command("doctor")(doctor)


def doctor(db: Db = None, json: Json = False, lang: Lang = None) -> None:
    """Look at database, key, rounds, backups, clock and disk; each finding with its mend.  Exit 1 when something is wrong.

    \b
    borgerbudget doctor
    """
    found, language = _found(db), preferred_language(lang)
    danish = language == "da"
    width = max(len(mark.say(language)) for mark in MARKS.values())
    lines = []
    for one in found:
        sentence, mend = (one.sentence.da, one.mend.da) if danish else (one.sentence.en, one.mend.en)
        lines.append(f"{MARKS[one.status].say(language):<{width}}  {sentence}" + (f" -> {mend}" if mend else ""))
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
    if json:
        emit_json({"schema": "borgerbudget.health/1", "findings": rows})
    else:
        emit("\n".join(lines))
    if any(one.status == "error" for one in found):
        raise typer.Exit(1)


def _found(db: str | None) -> list[Finding]:
    """What is not well must not keep the doctor from looking at the rest.  UsageError when there is no database."""
    from borgerbudget.errors import BorgerbudgetError, Problem, UsageError
    from borgerbudget.office.health import examine, examine_closed, unusable
    from borgerbudget.office_commands.desk import at_desk
    from borgerbudget.store.database import find_database
    from borgerbudget.store.keys import key_path

    address = find_database(db, Path.cwd())
    of_key: list[Problem] = []
    try:
        with at_desk({"db": address, "lang": None}, forgiven=of_key) as desk:
            return [*unusable(of_key), *examine(desk.office, key_path(desk.address))]
    except UsageError:
        raise
    except BorgerbudgetError as error:
        return [*unusable(of_key), *examine_closed(Path(address), error)]
