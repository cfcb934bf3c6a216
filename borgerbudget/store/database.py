"""The database: opening it, how it must be set, and its transactions.

SQLite: WAL and ``synchronous=FULL`` (what was committed outlives a power cut), foreign keys, overwritten when deleted, and every
writing transaction begun as ``IMMEDIATE``, so that two clerks wait for each other instead of failing half-way.  All settings are
read back at each connection.  PostgreSQL: by URL; there, too, one writes at a time, after the one before has ended.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, exc, inspect, text

from borgerbudget.errors import BorgerbudgetError, Busy, InputRejected, Place, UsageError, problem
from borgerbudget.store.words import PROBLEMS

FILE_NAME = "borgerbudget.db"
SCHEMA = "0002"
"""The migration that ``store.tables`` describes."""
SETTINGS = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "secure_delete": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "busy_timeout": ("10000", 10000),
}
"""SQLite's setting -> how it is set, and what it must read as afterwards."""


def find_database(asked: str | None, start: Path) -> str:
    """The database asked for, that of ``BORGERBUDGET_DB``, or the nearest file upwards.  UsageError when there is none."""
    named = asked or os.environ.get("BORGERBUDGET_DB")
    if named:
        return named
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return str(folder / FILE_NAME)
    raise UsageError(problem(PROBLEMS, "DB-001"))


def is_url(address: str) -> bool:
    return "://" in address


def open_database(address: str, create: bool = False) -> Engine:
    """The database at a path or a PostgreSQL URL, its schema brought up to date.

    ``create``: make it when it is not there.  InputRejected for what is not ours, BorgerbudgetError for what cannot be used.
    """
    if is_url(address):
        engine = _server(address)
    else:
        _look_at(Path(address), create)
        if create and not Path(address).exists():
            Path(address).touch(mode=0o600)  # who may read it may read what lies in the spool
        url = URL.create("sqlite", database=address)
        engine = create_engine(url, creator=lambda: _connect(address), poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    try:
        with told(engine), engine.connect() as connection:
            found = _schema(connection)
            empty = not inspect(connection).get_table_names()
        if found != SCHEMA:
            if found is None and not (create and empty):
                raise InputRejected(problem(PROBLEMS, "DB-002", Place(shown(engine)), path=shown(engine)))
            from borgerbudget.store.migrate import migrate  # Alembic is slow to load and seldom needed

            migrate(engine, found)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _server(address: str) -> Engine:
    kind, _, rest = address.partition("://")
    try:
        if kind not in ("postgresql", "postgres"):
            raise ValueError
        return create_engine(f"postgresql+psycopg://{rest}")
    except ModuleNotFoundError:
        raise UsageError(problem(PROBLEMS, "DB-011")) from None
    except (ValueError, exc.ArgumentError):
        raise UsageError(problem(PROBLEMS, "DB-012", kind=kind[:20])) from None


def _look_at(path: Path, create: bool) -> None:
    """Before SQLite opens a file, which it would make one of its own if it can."""
    if not path.is_file():
        if not create:
            raise UsageError(problem(PROBLEMS, "DB-013", path=path))
        return
    with path.open("rb") as file:
        start = file.read(16)
    if start != b"SQLite format 3\x00" and not (create and not start):
        raise InputRejected(problem(PROBLEMS, "DB-002", Place(path.name), path=path))


def backups_of(path: Path) -> Path:
    """The folder of the copies made before transitions, beside the database file."""
    return path.with_name(f"{path.stem}-backups")


def is_new(path: Path) -> bool:
    """Whether a database is made at this path.  InputRejected for one that is empty now and has backups beside it."""
    if path.exists() and path.stat().st_size:
        return False
    folder = backups_of(path)
    if path.exists() and folder.is_dir() and any(folder.iterdir()):
        raise InputRejected(problem(PROBLEMS, "DB-020", Place(path.name), path=path, folder=folder))
    return True


def shown(engine: Engine) -> str:
    """The database's name for people: never with a password."""
    path = file_of(engine)
    return engine.url.render_as_string() if path is None else path.name


def file_of(engine: Engine) -> Path | None:
    """The SQLite file, None on PostgreSQL."""
    return Path(engine.url.database or "") if engine.dialect.name == "sqlite" else None


def _connect(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, isolation_level=None, check_same_thread=False)
    for name, (value, wanted) in SETTINGS.items():
        connection.execute(f"PRAGMA {name}={value}").fetchall()
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != wanted:
            connection.close()
            place = Place(Path(address).name)
            raise BorgerbudgetError(
                problem(PROBLEMS, "DB-004", place, path=address, setting=name, found=found, wanted=wanted)
            )
    return connection


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        return
    writing = connection.get_execution_options().get("writing", False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
        return
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ" + ("" if writing else " READ ONLY"))
    if writing:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
        if not connection.get_execution_options().get("empty", False):
            # before anything is read, so that what is read is what the writer before has left
            connection.exec_driver_sql("LOCK TABLE rounds IN SHARE ROW EXCLUSIVE MODE")


def _schema(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the database."""
    with told(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, keep: bool = True, empty: bool = False) -> Iterator[Connection]:
    """One transaction; nothing is kept when an error leaves it, nor without ``keep`` (a dry run).  ``empty``: no tables yet."""
    with told(engine), engine.connect() as plain:
        connection = plain.execution_options(writing=True, empty=empty)
        with connection.begin() as transaction:
            yield connection
            if not keep:
                transaction.rollback()


def rewrite(engine: Engine) -> None:
    """Every page written anew in the order of its keys and the log emptied, so that nothing deleted is left in the file.

    Busy while somebody else reads: then the log cannot be emptied.
    """
    with told(engine), engine.connect() as plain:
        connection = plain.execution_options(isolation_level="AUTOCOMMIT")
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("VACUUM")
            if connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one():
                raise Busy(problem(PROBLEMS, "DB-014", Place(shown(engine))))
            # or a power cut brings the log back: SQLite has no need to sync a file that is empty
            with Path(f"{file_of(engine)}-wal").open("rb") as log:
                os.fsync(log.fileno())
        else:
            connection.exec_driver_sql("VACUUM FULL")


@contextmanager
def told(engine: Engine) -> Iterator[None]:
    """What the database refuses, as a sentence: Busy when somebody else is writing."""
    try:
        yield
    except exc.IntegrityError:
        raise  # a bug, or a race that the caller knows how to tell
    except (exc.DBAPIError, sqlite3.Error) as error:
        reason = str(getattr(error, "orig", None) or error).partition("\n")[0]
        place = Place(engine.url.database or None)
        if "locked" in reason or "lock timeout" in reason or "busy" in reason:
            raise Busy(problem(PROBLEMS, "DB-005", place)) from None
        if "not a database" in reason:
            raise InputRejected(problem(PROBLEMS, "DB-002", place, path=place.source or "")) from None
        if isinstance(error, (exc.OperationalError, exc.DatabaseError, sqlite3.Error)) and not isinstance(
            error, (exc.ProgrammingError, exc.InternalError)
        ):
            raise BorgerbudgetError(
                problem(PROBLEMS, "DB-006", place, path=place.source or "", reason=reason)
            ) from None
        raise
