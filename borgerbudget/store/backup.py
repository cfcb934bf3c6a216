"""Backups: a whole database copied row by row into a new SQLite file, read back, and only then put in its place.

The copy is the same from SQLite and from PostgreSQL, and its pages follow the rows' keys, so they do not tell in which order rows
came.  It holds no key: that has a backup of its own.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, select

from borgerbudget.errors import BorgerbudgetError, Place, UsageError, problem
from borgerbudget.files.disk import sync_folder
from borgerbudget.store.database import backups_of, file_of, is_url, open_database, reading, writing
from borgerbudget.store.tables import EVENTS, METADATA
from borgerbudget.store.words import PROBLEMS

AT_A_TIME = 10_000
"""Rows."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy: where it lies and the hex SHA-256 of its bytes."""

    path: Path
    sha256: str


def backup_folder(engine: Engine) -> Path:
    """Beside the database file; for a server in the current folder."""
    path = file_of(engine)
    return Path("borgerbudget-backups") if path is None else backups_of(path)


def back_up(source: Connection, path: Path) -> Backup:
    """Copies what ``source`` sees to ``path``; BorgerbudgetError when the copy does not read back the same."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _beside(path) as temporary:
        target = open_database(str(temporary), create=True)
        try:
            with writing(target) as copy:
                _copy(source, copy)
            with reading(target) as copy:
                _compare(source, copy, path)
                checked = [row[0] for row in copy.exec_driver_sql("PRAGMA integrity_check")]
            if checked != ["ok"]:
                raise BorgerbudgetError(problem(PROBLEMS, "DB-007", Place(path.name), path=path, reason=checked[0]))
        finally:
            target.dispose()
        temporary.chmod(0o600)
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        temporary.replace(path)
        sync_folder(path.parent)
    return Backup(path, digest)


def restore(backup: Path, address: str) -> None:
    """A new database with everything a backup holds; UsageError when something is there already."""
    source = open_database(str(backup))
    try:
        if is_url(address):
            _bring_back(source, address, backup)
            return
        path = Path(address)
        if path.exists():
            raise UsageError(problem(PROBLEMS, "DB-008", path=address))
        with _beside(path) as temporary:
            _bring_back(source, str(temporary), backup)
            temporary.replace(path)
            sync_folder(path.parent)
    finally:
        source.dispose()


def _bring_back(source: Engine, address: str, backup: Path) -> None:
    target = open_database(address, create=True)
    try:
        with reading(source) as kept, writing(target) as fresh:
            if any(fresh.execute(select(table).limit(1)).first() for table in METADATA.sorted_tables):
                raise UsageError(problem(PROBLEMS, "DB-008", path=address))
            _copy(kept, fresh)
            _compare(kept, fresh, backup)
    finally:
        target.dispose()


def _copy(source: Connection, target: Connection) -> None:
    for table in METADATA.sorted_tables:
        ordered = select(table).order_by(*table.primary_key)
        for part in source.execute(ordered).mappings().partitions(AT_A_TIME):
            target.execute(insert(table), [dict(row) for row in part])


def _compare(source: Connection, copy: Connection, path: Path) -> None:
    """Every table has as many rows, and every event is the same."""
    for table in METADATA.sorted_tables:
        number = select(func.count()).select_from(table)
        if source.execute(number).scalar_one() != copy.execute(number).scalar_one():
            raise BorgerbudgetError(problem(PROBLEMS, "DB-007", Place(path.name), path=path, reason=table.name))
    lines = select(EVENTS).order_by(EVENTS.c.round, EVENTS.c.seq)
    if sorted(source.execute(lines).all()) != sorted(copy.execute(lines).all()):
        raise BorgerbudgetError(problem(PROBLEMS, "DB-007", Place(path.name), path=path, reason="events"))


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A name for an unfinished file, which is gone afterwards with what SQLite puts beside it."""
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
        yield Path(folder, path.name)
