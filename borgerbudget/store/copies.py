"""Where copies of the database lie that a person made: one line each in a list beside the backups.

    MOMENT (UTC) <TAB> PATH

A copy holds what the database held: it must be destroyed when the link between voters and ballots is, and when people's data are
deleted.  The list is a memo for whoever must do that: a copy made with other means is not on it.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from borgerbudget.files.disk import unwritable
from borgerbudget.rounds.deadlines import kept_moment, moment_text
from borgerbudget.store.backup import backup_folder

LIST = "copies.txt"


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


def noted_copies(engine: Engine, since: datetime) -> list[Path]:
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
