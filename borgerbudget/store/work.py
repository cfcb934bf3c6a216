"""One transaction of one person on one round: rows and the event that tells of them are written together or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Table, delete, insert, update

from borgerbudget.chain import Event, follow
from borgerbudget.errors import StateForbids
from borgerbudget.rounds.deadlines import moment_text
from borgerbudget.rounds.guards import Attempt, clock, found
from borgerbudget.rounds.round import Round
from borgerbudget.rounds.transitions import wrong_state
from borgerbudget.sheets.uncollected import sweep
from borgerbudget.states import MOVES
from borgerbudget.store.backup import back_up, backup_folder
from borgerbudget.store.database import writing
from borgerbudget.store.history import Private, append
from borgerbudget.store.reading import read_round, rows
from borgerbudget.store.rows import row_digest, row_key, row_keys_and_digests, row_seal, row_seals
from borgerbudget.store.tables import DIGESTED, SEALED


@dataclass(frozen=True)
class Office:
    """Who works where: the database, the key outside it (None: not at hand), the clock, and the person at the desk.

    ``second``: the other person, ``reason``: why, where that is asked for.  ``dry_run``: all checks, nothing kept.
    """

    engine: Engine
    actor: str
    clock: Callable[[], datetime]
    key: bytes | None = None
    second: str | None = None
    reason: str | None = None
    dry_run: bool = False

    def attempt(self, name: str, **more: Any) -> Attempt:
        return Attempt(name, self.actor, self.clock(), self.second, self.reason, self.key is not None, **more)


AT_ONCE = 10_000
MANY = 1000
"""From so many rows on, what SQLAlchemy does to each before it is inserted takes longer than inserting it."""


Change = tuple[str, str, str | None] | tuple[str, list[str], str]
"""Table, key and digest of a row (None: deleted); of many new ones all keys, and all digests one after the other."""


@dataclass
class Work:
    """A transaction under way.  ``round`` is as it stood when the transaction began, ``chain`` grows with each event."""

    office: Office
    connection: Connection
    name: str
    round: Round | None
    now: datetime
    zone: str
    chain: list[Event] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def known(self) -> Round:
        """The round; only while it is made there is none."""
        assert self.round is not None
        return self.round

    def day(self) -> str:
        """Today, there where the round is held."""
        return self.now.astimezone(ZoneInfo(self.zone)).date().isoformat()

    def insert(self, table: Table, **row: Any) -> None:
        self.insert_all(table, [row])

    def insert_all(self, table: Table, found: Iterable[dict[str, Any]]) -> None:
        """New rows, the round filled in and sealed where they carry one; so many at a time that they need little room."""
        rows = iter(found)
        while several := list(islice(rows, AT_ONCE)):
            columns = {column.name: [row.get(column.name) for row in several] for column in table.columns}
            if "round" in columns:
                columns["round"] = [row.get("round", self.name) for row in several]
            self._insert(table, columns)

    def insert_columns(self, table: Table, number: int, same: Mapping[str, Any], **several: list[Any]) -> None:
        """So many new rows, column by column: what is the ``same`` in all, and what differs."""
        same = {column.name: None for column in table.columns} | {"round": self.name, **same}
        for start in range(0, number, AT_ONCE):
            part = {name: values[start : start + AT_ONCE] for name, values in several.items()}
            length = min(AT_ONCE, number - start)
            self._insert(table, {c.name: part.get(c.name) or [same[c.name]] * length for c in table.columns})
            sweep()

    def _insert(self, table: Table, columns: dict[str, list[Any]]) -> None:
        if table in DIGESTED:
            keys, digests = row_keys_and_digests(table, columns)
            if len(keys) < MANY:
                self.changes += [(table.name, *bound) for bound in zip(keys, digests, strict=True)]
            else:
                self.changes.append((table.name, keys, "".join(digests)))
        if table in SEALED:
            assert self.office.key is not None, "the key is asked for before anything is sealed"
            columns["seal"] = row_seals(self.office.key, table, columns)
        names, rows = list(columns), list(zip(*columns.values(), strict=True))
        if len(rows) < MANY:
            self.connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])
        else:  # the same statement, given to the driver as it is
            made: Any = insert(table).values(dict.fromkeys(names)).compile(dialect=self.connection.dialect)
            in_order = made.positiontup in (None, names)
            assert in_order, "a dialect that takes columns in its own order"
            by_name = [dict(zip(names, row, strict=True)) for row in rows] if made.positiontup is None else rows
            self.connection.exec_driver_sql(str(made), by_name)

    def update(self, table: Table, row: Mapping[str, Any], **values: Any) -> None:
        """``row`` as it was read, with these values instead."""
        new = {**row, **values}
        self._bind(table, new)
        changed = {name: new[name] for name in (*values, *(["seal"] if "seal" in table.c else []))}
        self.connection.execute(update(table).where(*_same(table, row)).values(changed))

    def delete(self, table: Table, row: Mapping[str, Any]) -> None:
        if table in DIGESTED:
            self.changes.append((table.name, row_key(table, row), None))
        self.connection.execute(delete(table).where(*_same(table, row)))

    def rows(self, table: Table, **chosen: object) -> list[dict[str, Any]]:
        return rows(self.connection, table, round=self.name, **chosen)

    def note(
        self, kind: str, payload: Mapping[str, object] | None = None, freeze_hash: str | None = None, **private: object
    ) -> Event:
        """Appends the event that tells of all changes so far."""
        words: dict[str, object] = {
            "actor": self.office.actor,
            "second": self.office.second,
            "reason": self.office.reason,
            "moment": moment_text(self.now),
            "changes": self.changes,
            **private,
        }
        told = Private(secrets.token_bytes(32), words)
        event = follow(self.chain, kind, self.day(), payload, freeze_hash, told.commitment())
        append(self.connection, self.name, event, told)
        self.chain.append(event)
        self.changes = []
        return event

    def back_up(self, kind: str) -> list[str] | None:
        """A verified copy of everything as it stands, before an event of this type: its name, which tells the round, the states
        before and after, and the moment (UTC), and its SHA-256.  None in a dry run."""
        if self.office.dry_run:
            return None
        before = self.chain[-1].after
        after = "sealed" if kind == "adjudicated" else MOVES[kind][1]
        name = f"{self.name}_{len(self.chain) + 1:03d}_{before}-to-{after}_{self.now:%Y%m%dT%H%M%SZ}.db"
        made = back_up(self.connection, backup_folder(self.office.engine) / name)
        return [made.path.name, made.sha256]

    def again(self) -> Round:
        """The round as it stands now."""
        return read_round(self.connection, self.name)

    def _bind(self, table: Table, row: dict[str, Any]) -> None:
        if table in DIGESTED:
            self.changes.append((table.name, row_key(table, row), row_digest(table, row)))
        if table in SEALED:
            assert self.office.key is not None, "the key is asked for before anything is sealed"
            row["seal"] = row_seal(self.office.key, table, row)


@contextmanager
def work(office: Office, name: str, new_in: str | None = None) -> Iterator[Work]:
    """A writing transaction on a round, or on one that is made in it, in this time zone.  Whoever comes first goes first.

    Raises StateForbids when the clock runs behind the last event and no reason is given.
    """
    with writing(office.engine, keep=not office.dry_run) as connection:
        round, now = None, office.clock()
        if new_in is None:
            round = read_round(connection, name)
            behind = clock(round, office.attempt("clock"))
            if behind:
                raise StateForbids(behind)
        zone = round.zone if round else new_in or ""
        under_way = Work(office, connection, name, round, now, zone, list(round.chain) if round else [])
        yield under_way
        assert not under_way.changes, "a change without an event"


def demand(work: Work, name: str, *states: str) -> Round:
    """The round, when it is in one of these states; StateForbids otherwise."""
    if work.known.state not in states:
        raise StateForbids(wrong_state(work.known, name, states))
    return work.known


def refuse(work: Work, code: str, **values: object) -> StateForbids:
    return StateForbids(found(work.known, code, **values))


def _same(table: Table, row: Mapping[str, Any]) -> list[Any]:
    return [column == row[column.name] for column in table.primary_key]
