"""The chain of events: each line names the hash of the line before, so nothing in between can change unseen.

A line is canonical JSON with the keys of ``Event``.  ``prev`` is the hex SHA-256 of the previous line without its LF, 64
zeros in the first.  ``freeze_hash`` binds what may not change after freezing:

    SHA-256("bb/freeze/1\\n" hex(SHA-256(round.json)) "\\n" hex(SHA-256(proposals.jsonl)) "\\n")       (1)

``payload`` is public.  ``private_sha256`` commits to what is not (who did it, reasons in words):

    SHA-256("bb/private/1\\n" hex(salt) "\\n" canonical JSON)                                         (2)

so that text and salt can be deleted later without breaking the chain.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from borgerbudget import canonical
from borgerbudget.payloads import misfit
from borgerbudget.states import AFTER_SEALING, BEFORE_SEALING, ONCE, next_state

NOTHING = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the chain; ``seq`` counts from 1, ``day`` is ``YYYY-MM-DD`` and informs only."""

    seq: int
    prev: str
    type: str
    before: str | None
    after: str
    day: str
    payload: Mapping[str, object] = field(default_factory=dict)
    freeze_hash: str | None = None
    private_sha256: str | None = None

    def line(self) -> bytes:
        """Without its LF."""
        document = {
            "seq": self.seq,
            "prev": self.prev,
            "type": self.type,
            "from": self.before,
            "to": self.after,
            "day": self.day,
            "payload": dict(self.payload),
            "freeze_hash": self.freeze_hash,
            "payload_sha256": self.private_sha256,
        }
        return canonical.write(document)[:-1]

    def sha256(self) -> str:
        return hashlib.sha256(self.line()).hexdigest()


class Forbidden(ValueError):
    """The round's state does not allow this event, or it does not say what an event of its type says."""


def follow(
    chain: Sequence[Event],
    kind: str,
    day: str,
    payload: Mapping[str, object] | None = None,
    freeze_hash: str | None = None,
    private_sha256: str | None = None,
) -> Event:
    """The event of type ``kind`` that may come next.  ``freeze_hash`` is given when freezing; ``payload`` has the keys that
    ``payloads`` says.  Raises Forbidden."""
    last = chain[-1] if chain else None
    state = last.after if last else None
    after = next_state(kind, state)
    happened = {event.type for event in chain}
    sealed = "box-sealed" in happened
    if after is None:
        raise Forbidden(f"{kind} cannot happen in state {state}")
    if (kind in ONCE and kind in happened) or (sealed and kind in BEFORE_SEALING):
        raise Forbidden(f"{kind} cannot happen any more")
    if kind in AFTER_SEALING and not sealed:
        raise Forbidden(f"{kind} cannot happen before the box is sealed")
    if (kind == "frozen") != (freeze_hash is not None):
        raise Forbidden("the freeze hash is given when freezing and only then")
    wrong = misfit(kind, payload or {})
    if wrong is not None:
        raise Forbidden(f"{kind}: {wrong} is missing or wrong in its payload")
    if not is_day(day):
        raise Forbidden(f"{kind}: {day!r} is no day of the calendar")
    if kind != "frozen" and kind != "thawed" and last:
        freeze_hash = last.freeze_hash
    prev = last.sha256() if last else NOTHING
    return Event(len(chain) + 1, prev, kind, state, after, day, payload or {}, freeze_hash, private_sha256)


def is_day(text: str) -> bool:
    """Whether ``text`` is ``YYYY-MM-DD`` and the calendar has it."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def chain_bytes(chain: Sequence[Event]) -> bytes:
    """``events.jsonl``."""
    return b"".join(event.line() + b"\n" for event in chain)


def freeze_hash(round_json: bytes, proposals_jsonl: bytes) -> str:
    parts = "".join(hashlib.sha256(part).hexdigest() + "\n" for part in (round_json, proposals_jsonl))
    return hashlib.sha256(("bb/freeze/1\n" + parts).encode()).hexdigest()  # (1)


def private_sha256(salt: bytes, private: Mapping[str, object]) -> str:
    return commitment(salt, canonical.write(dict(private)))


def commitment(salt: bytes, line: bytes) -> str:
    """``line``: the private part as it is spelt."""
    return hashlib.sha256(f"bb/private/1\n{salt.hex()}\n".encode() + line).hexdigest()  # (2)
