"""``doctor``: whether the place where rounds are kept is in order, each finding with its mend.

That the database is ours, of this version's schema and safely set is looked at when it is opened; this looks at the rest.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Literal

import sqlalchemy

from borgerbudget.errors import BorgerbudgetError, Problem
from borgerbudget.office.copies import copies_with_people
from borgerbudget.rounds.deadlines import say_moment
from borgerbudget.store.backup import backup_folder
from borgerbudget.store.copies import noted_copies, reaches
from borgerbudget.store.database import SCHEMA, file_of, reading
from borgerbudget.store.history import read_private
from borgerbudget.store.integrity import is_another_key, look_through
from borgerbudget.store.reading import read_round, round_names
from borgerbudget.store.work import Office
from borgerbudget.words import Text

LEAST_FREE = 200_000_000
"""Bytes: every transition copies the whole database."""
OTHERS = 0o077
"""Of a file's mode: whoever is not its owner."""
COPIES_FREE = 10
"""So many copies of the database should fit on the disk."""


Status = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``mend`` says what to do where it is not well.  The texts are filled: they are not to be
    formatted again."""

    status: Status
    sentence: Text
    mend: Text


def _found(status: Status, da: str, en: str, mend_da: str = "", mend_en: str = "") -> Finding:
    return Finding(status, Text(da, en), Text(mend_da, mend_en or mend_da))


def examine(office: Office, key_file: Path) -> list[Finding]:
    """Everything, in the order of the functions below."""
    path = file_of(office.engine) or Path()
    another = cache(lambda: _is_another(office))
    rounds = _rounds(office, another)
    copies = (_backups(office), _purged(office))
    parts = (_versions(), _database(office), _key(office, key_file, another), rounds, *copies, _disk(path))
    return [finding for part in parts for finding in _as_far_as_it_goes(part)]


def examine_closed(path: Path, refusal: BorgerbudgetError) -> list[Finding]:
    """What can be looked at beside a database that cannot be opened."""
    return [*_versions(), *unusable(refusal.problems), *_disk(path)]


def unusable(problems: Sequence[Problem]) -> Iterator[Finding]:
    """What keeps the program from looking further."""
    for one in problems:
        yield Finding("error", one.sentence, one.mend)


def _as_far_as_it_goes(part: Iterator[Finding]) -> Iterator[Finding]:
    """One part that cannot be looked at does not keep the others from it."""
    try:
        yield from part
    except BorgerbudgetError as error:
        yield from unusable(error.problems)


def _versions() -> Iterator[Finding]:
    try:
        ours = f"borgerbudget {metadata.version('borgerbudget')}"
    except metadata.PackageNotFoundError:
        ours = "borgerbudget"
    others = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, SQLAlchemy {sqlalchemy.__version__}"
    yield _found("ok", f"udgaver: {ours}, {others}; skema {SCHEMA}", f"versions: {ours}, {others}; schema {SCHEMA}")


def _database(office: Office) -> Iterator[Finding]:
    path = file_of(office.engine)
    if path is None:
        yield _found("ok", "databasen svarer (PostgreSQL)", "the database answers (PostgreSQL)")
        return
    with reading(office.engine) as connection:
        wrong = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
        wrong += [str(row[0]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    if wrong:
        yield _found(
            "error",
            f"databasefilen er skadet: {wrong[0]}",
            f"the database file is damaged: {wrong[0]}",
            "hent den sidste sikkerhedskopi: borgerbudget restore KOPI --db NY.db",
            "bring back the last backup: borgerbudget restore COPY --db NEW.db",
        )
    else:
        yield _found("ok", "databasen er hel og sat sikkert op", "the database is whole and safely set")
    if path.stat().st_mode & OTHERS:
        yield _found("warning", f"andre kan læse {path}", f"others can read {path}", f"chmod 600 {path}")


def _key(office: Office, path: Path, another: Callable[[], bool]) -> Iterator[Finding]:
    if office.key is None:
        yield _found(
            "error",
            f"nøglefilen {path} er der ikke: ingen kan stemme med kode, og kassen kan ikke forsegles",
            f"the key file {path} is not there: nobody can vote with a code and the box cannot be sealed",
            "læg kopien af den tilbage, eller sig hvor den er med BORGERBUDGET_KEY",
            "put back its copy, or say where it is with BORGERBUDGET_KEY",
        )
    elif another():
        yield _found(
            "error",
            f"nøglefilen {path} er ikke den, denne database er lavet med: intet kan skrives, og koder passer ikke",
            f"the key file {path} is not the one that this database was made with: nothing can be written, and no code fits",
            "læg den rigtige tilbage, eller sig hvor den er med BORGERBUDGET_KEY",
            "put the right one back, or say where it is with BORGERBUDGET_KEY",
        )
    elif path.stat().st_mode & OTHERS:
        yield _found("warning", f"andre kan læse nøglen {path}", f"others can read the key {path}", f"chmod 600 {path}")
    else:
        yield _found(
            "ok", "nøglefilen er der; hav en kopi et andet sted", "the key file is there; keep a copy elsewhere"
        )


def _is_another(office: Office) -> bool:
    with reading(office.engine) as connection:
        return office.key is not None and is_another_key(connection, office.key)


def _rounds(office: Office, another: Callable[[], bool]) -> Iterator[Finding]:
    """Without seals where the key is another one: that is told already."""
    now, key = office.clock(), None if another() else office.key
    with reading(office.engine) as connection:
        for name in round_names(connection):
            round = read_round(connection, name)
            broken = len(look_through(connection, name, key).problems)
            if broken:
                yield _found(
                    "error",
                    f"{name}: ændret uden om programmet, steder: {broken}",
                    f"{name}: changed behind the program's back, places: {broken}",
                    f"borgerbudget round verify {name}",
                )
            else:
                yield _found(
                    "ok", f"{name}: rækkerne er, som hændelserne siger", f"{name}: the rows are as the events say"
                )
            if round.last_moment is not None and now < round.last_moment:
                shown = say_moment(round.last_moment, round.zone)
                yield _found(
                    "error",
                    f"{name}: uret går efter det sidste, der skete ({shown})",
                    f"{name}: the clock is behind the last thing that happened ({shown})",
                    "stil computerens ur",
                    "set the computer's clock",
                )


def _backups(office: Office) -> Iterator[Finding]:
    """Of each round the last copy made before a transition, or one that a person made since."""
    folder = backup_folder(office.engine)
    with reading(office.engine) as connection:
        for name in round_names(connection):
            kept = {
                event.seq: read_private(connection, name, event.seq) for event in read_round(connection, name).chain
            }
            made = {seq: told.words["backup"] for seq, told in kept.items() if told and told.words.get("backup")}
            if not made:
                continue
            last, (file, sha256) = max(made.items())
            path = folder / str(file)
            if any(reaches(copy, name, last) for copy in noted_copies(office.engine)):
                yield _found("ok", f"{name}: der er en nyere kopi", f"{name}: there is a newer copy")
            elif path.is_file() and _sha256(path) == sha256:
                yield _found("ok", f"{name}: den sidste sikkerhedskopi er hel", f"{name}: the last backup is whole")
            else:
                yield _found(
                    "warning",
                    f"{name}: den sidste sikkerhedskopi {path} er der ikke, eller den er ændret",
                    f"{name}: the last backup {path} is not there, or it was changed",
                    "lav en ny, et andet sted: borgerbudget backup FIL",
                    "make another, elsewhere: borgerbudget backup FILE",
                )


def _purged(office: Office) -> Iterator[Finding]:
    """Copies in which the people of a purged round still stand."""
    with reading(office.engine) as connection:
        for name in round_names(connection):
            held = copies_with_people(connection, office.engine, name)
            if held:
                number, first = len(held), held[0].path.name
                yield _found(
                    "warning",
                    f"{name}: de slettede personer står endnu i kopier af databasen: {number} (bl.a. {first})",
                    f"{name}: the deleted people still stand in copies of the database: {number} (such as {first})",
                    f"se, hvad der skal gøres: borgerbudget privacy report {name}",
                    f"see what is to be done: borgerbudget privacy report {name}",
                )


def _disk(path: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(path.absolute().parent).free
    needed = max(LEAST_FREE, COPIES_FREE * (path.stat().st_size if path.is_file() else 0))
    megabytes = f"{free // 10**6} MB"
    if free >= needed:
        yield _found("ok", f"plads på disken: {megabytes}", f"space on the disk: {megabytes}")
    else:
        yield _found(
            "warning",
            f"der er kun {megabytes} tilbage på disken",
            f"only {megabytes} are left on the disk",
            "gør plads: hele databasen kopieres før hvert skridt",
            "make room: the whole database is copied before each step",
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
