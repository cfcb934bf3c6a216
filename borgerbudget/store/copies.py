"""Where copies of the database lie that a person made: one line each in a list beside the backups.

    MOMENT (UTC) <TAB> PATH

A copy holds what the database held: it must be destroyed when the link between voters and ballots is, and when people's data are
deleted.  The list is a memo for whoever must do that: a copy made with other means is not on it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from borgerbudget.files.disk import unwritable
from borgerbudget.rounds.deadlines import kept_moment, moment_text
from borgerbudget.store import tables
from borgerbudget.store.backup import backup_folder

PEOPLE = (
    tables.ROLL, tables.CODES, tables.APPEALS, tables.PARTICIPATION, tables.SPOOL, tables.BATCHES, tables.READINGS,
)  # fmt: skip
"""Tables that a purge empties of a round."""
LIST = "copies.txt"
FIRST = datetime.min.replace(tzinfo=UTC)


def note_copy(engine: Engine, path: Path, moment: datetime) -> None:
    """Noted before it is made, so that there is none that is not noted.  BorgerbudgetError when the list cannot be written."""
    folder = backup_folder(engine)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / LIST).open("a", encoding="utf-8", errors="surrogateescape") as file:
            file.write(f"{moment_text(moment)}\t{path.absolute()}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise unwritable(folder / LIST, error) from None


def noted_copies(engine: Engine, since: datetime = FIRST) -> list[Path]:
    """Those made at or after a moment (to the second); a line that cannot be read counts as one of them."""
    try:
        text = (backup_folder(engine) / LIST).read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return []
    found = []
    for line in text.splitlines():
        moment, _, path = line.partition("\t")
        try:
            late = kept_moment(moment) >= since.replace(microsecond=0)
        except (ValueError, TypeError):
            late = True
        if late:
            found.append(Path(path or line))
    return found


def holds_people(path: Path, name: str, purged: int) -> bool | None:
    """Whether a copy of the database has rows about the people of a round, or who did what before its event ``purged``; None
    for a file that is no such copy.  The file is not written to, nor is anything put beside it."""
    asked = [(f"SELECT 1 FROM {table.name} WHERE round = ? LIMIT 1", (name,)) for table in PEOPLE]
    return _any(path, *asked, ("SELECT 1 FROM private WHERE round = ? AND seq < ? LIMIT 1", (name, purged)))


def reaches(path: Path, name: str, seq: int) -> bool:
    """Whether a copy was made after this event of a round."""
    return bool(_any(path, ("SELECT 1 FROM events WHERE round = ? AND seq = ?", (name, seq))))


def _any(path: Path, *asked: tuple[str, tuple[object, ...]]) -> bool | None:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            return any(copy.execute(*one).fetchone() for one in asked)
    except sqlite3.Error:
        return None
