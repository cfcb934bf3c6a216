"""The events of a round in the database: read back and appended, each with what is not public about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, insert, select

from borgerbudget import canonical
from borgerbudget.chain import Event, commitment
from borgerbudget.store.tables import EVENTS, PRIVATE


@dataclass(frozen=True)
class Private:
    """Who, why, when to the second, and the digests of the rows that came with an event."""

    salt: bytes
    words: Mapping[str, Any]

    @cached_property
    def line(self) -> bytes:
        """The words as they are kept: of a large import, megabytes."""
        return canonical.write(dict(self.words))

    def commitment(self) -> str:
        return commitment(self.salt, self.line)


def read_event(line: str) -> Event:
    """ValueError for a line that is no event."""
    found = canonical.read(line.encode("utf-8", "surrogatepass") + b"\n")
    try:
        event = Event(
            found["seq"], found["prev"], found["type"], found["from"], found["to"], found["day"], found["payload"],
            found["freeze_hash"], found["payload_sha256"],
        )  # fmt: skip
        same = event.line() == line.encode()
    except (KeyError, TypeError):
        same = False
    if not same:
        raise ValueError("not an event")
    return event


def read_chain(connection: Connection, round: str) -> tuple[Event, ...]:
    """ValueError for a line that is no event."""
    lines = connection.execute(select(EVENTS.c.line).where(EVENTS.c.round == round).order_by(EVENTS.c.seq))
    return tuple(read_event(line) for line in lines.scalars())


def read_private(connection: Connection, round: str, seq: int) -> Private | None:
    """None when it was purged; ValueError when it is not what was written."""
    chosen = select(PRIVATE.c.salt, PRIVATE.c.words).where(PRIVATE.c.round == round, PRIVATE.c.seq == seq)
    row = connection.execute(chosen).one_or_none()
    return None if row is None else Private(bytes.fromhex(row.salt), canonical.read(row.words.encode() + b"\n"))


def append(connection: Connection, round: str, event: Event, private: Private) -> None:
    connection.execute(insert(EVENTS).values(round=round, seq=event.seq, line=event.line().decode()))
    words = private.line[:-1].decode()
    connection.execute(insert(PRIVATE).values(round=round, seq=event.seq, salt=private.salt.hex(), words=words))
