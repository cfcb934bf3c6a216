"""``round verify``: whether the database still holds what the chain of events says, row by row.

1. Every line of the chain follows from the one before, and what is not public fits its commitment.
2. Every digested row is as the last event that told of it left it; none is missing, none came from elsewhere.
3. Every sealed row carries its seal (needs the key; of a key that fits none of them, that alone is said).
4. The ballots in the box have the sealed root; before sealing, as many envelopes and voters as were counted in.

A purge deletes the private parts and begins 2 anew: its event tells of all rows that are left.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from borgerbudget.chain import Event, Forbidden, follow, freeze_hash
from borgerbudget.errors import Place, Problem, problem
from borgerbudget.leaves import box_root, leaf
from borgerbudget.profile import totals_root
from borgerbudget.rounds.words import PROBLEMS
from borgerbudget.store import tables
from borgerbudget.store.history import read_event, read_private
from borgerbudget.store.reading import rows
from borgerbudget.store.rows import row_digest, row_key, row_seal
from borgerbudget.words import Text

BROKEN = "hændelsen følger ikke af de forrige"

DIGEST = 64
"""Letters of one."""
AT_A_TIME = 1000
"""Rows that are fetched together where one that fits ends the search."""


@dataclass(frozen=True, slots=True)
class Findings:
    """``problems``: what is wrong; ``looked_at``: rows; ``purged``: events whose private part a purge deleted; ``sealed``:
    whether the seals could be checked; ``another_key``: the key that was given is not the one they were made with."""

    problems: tuple[Problem, ...]
    looked_at: int
    purged: int
    sealed: bool
    another_key: bool


def is_another_key(connection: Connection, key: bytes) -> bool:
    """Whether there are sealed rows and this key made none of them.  Then nothing may be written with it, and nothing that it
    says of rows means anything.  The first row tells, unless it was changed behind the program's back: then all are asked."""
    found = False
    for table in tables.SEALED:
        made = _made_any(connection, key, table, 1)
        if made:
            return False
        found |= made is not None
    return found and not any(_made_any(connection, key, table) for table in tables.SEALED)


def _made_any(connection: Connection, key: bytes, table: Table, most: int | None = None) -> bool | None:
    """Whether this key made one of the first rows of a table (``most``, or all of them, a few at a time); None without rows."""
    chosen = select(table).limit(most).execution_options(yield_per=AT_A_TIME)
    found = None
    with connection.execute(chosen) as result:
        for row in result.mappings():
            found = hmac.compare_digest(row["seal"], row_seal(key, table, dict(row)))
            if found:
                break
    return found


def look_through(connection: Connection, name: str, key: bytes | None) -> Findings:
    """Everything that is wrong with a round, in the order of the docstring."""
    another = key is not None and is_another_key(connection, key)
    inspection = _Inspection(connection, name, None if another else key)
    problems = (*([inspection.found("INT-014")] if another else []), *inspection.everything())
    return Findings(problems, inspection.looked_at, inspection.purged, inspection.key is not None, another)


class _Inspection:
    def __init__(self, connection: Connection, name: str, key: bytes | None) -> None:
        self.connection, self.name, self.key = connection, name, key
        self.looked_at = self.purged = 0
        self.chain: list[Event] = []
        self.expected: dict[tuple[str, str], str] = {}
        self.verdicts: dict[str, str] = {}

    def everything(self) -> Iterator[Problem]:
        yield from self._chain()
        yield from self._private()
        for table in tables.DIGESTED:
            yield from self._digested(table)
        if self.key is not None:
            for table in tables.SEALED:
                yield from self._sealed(table, self.key)
        yield from self._frozen()
        yield from self._decision()
        yield from self._box()

    def found(self, code: str, **values: Any) -> Problem:
        return problem(PROBLEMS, code, Place(self.name), **values)

    def rows(self, table: Table) -> list[dict[str, Any]]:
        chosen = {"round": self.name} if "round" in table.c else {"id": self.name} if table is tables.ROUNDS else {}
        found = rows(self.connection, table, **chosen)
        self.looked_at += len(found)
        return found

    def _chain(self) -> Iterator[Problem]:
        for number, row in enumerate(self.rows(tables.EVENTS), 1):
            try:
                event = read_event(row["line"])
                parts = (event.type, event.day, event.payload)
                frozen = event.freeze_hash if event.type == "frozen" else None
                again = follow(self.chain, *parts, frozen, event.private_sha256)
                if again != event or row["seq"] != number:
                    raise ValueError("it does not follow from the one before")
            except (ValueError, Forbidden) as error:
                yield self.found("INT-004", row=row["seq"], reason=Text(BROKEN, str(error)))
                return
            self.chain.append(event)

    def _private(self) -> Iterator[Problem]:
        purged_until = max((event.seq for event in self.chain if event.type == "purged"), default=0)
        kept = {row["seq"] for row in self.rows(tables.PRIVATE)}
        for event in self.chain:
            try:
                private = read_private(self.connection, self.name, event.seq)
                gone = private is None and event.seq < purged_until
                fits = gone or (private is not None and private.commitment() == event.private_sha256)
            except ValueError:
                fits, gone, private = False, False, None
            self.purged += gone
            kept.discard(event.seq)
            if not fits:
                yield self.found("INT-005", row=event.seq)
            elif private is not None:
                self._expect(event, private.words)
        for seq in sorted(kept):
            yield self.found("INT-003", table="private", row=seq)

    def _expect(self, event: Event, words: Mapping[str, Any]) -> None:
        if event.type == "purged":
            self.expected.clear()
        for table, key, digest in words["changes"]:
            if isinstance(key, list):
                for one, start in zip(key, range(0, len(digest), DIGEST), strict=True):
                    self.expected[table, one] = digest[start : start + DIGEST]
            elif digest is None:
                self.expected.pop((table, key), None)
            else:
                self.expected[table, key] = digest
        self.verdicts |= dict(words.get("rejected", ()))

    def _digested(self, table: Table) -> Iterator[Problem]:
        for row in self.rows(table):
            key = row_key(table, row)
            expected = self.expected.pop((table.name, key), None)
            if expected is None:
                yield self.found("INT-003", table=table.name, row=key)
            elif expected != row_digest(table, row):
                yield self.found("INT-001", table=table.name, row=key)
        for name, key in [place for place in self.expected if place[0] == table.name]:
            yield self.found("INT-002", table=name, row=key)

    def _sealed(self, table: Table, key: bytes) -> Iterator[Problem]:
        for row in self.rows(table):
            if not hmac.compare_digest(row["seal"], row_seal(key, table, row)):
                yield self.found("INT-001", table=table.name, row=row_key(table, row))

    def _frozen(self) -> Iterator[Problem]:
        events = {event.seq: event for event in self.chain if event.type == "frozen"}
        for row in self.rows(tables.FROZEN):
            event = events.pop(row["seq"], None)
            parts = (bytes(row["round_json"]), bytes(row["proposals_jsonl"]))
            if event is None or event.freeze_hash != freeze_hash(*parts):
                yield self.found("INT-006", row=row["seq"])
        for seq in events:
            yield self.found("INT-002", table="frozen", row=seq)

    def _decision(self) -> Iterator[Problem]:
        """The one that the final event tells of is there."""
        event = next((event for event in self.chain if event.type == "finalised"), None)
        found = self.rows(tables.DECISIONS)[-1:]
        if event is None:
            return
        told: dict[str, Any] = dict(event.payload)
        told = {**told, "amounts": json.dumps(dict(told["amounts"]), sort_keys=True)}
        if [{"decision": r["kind"], **{key: r[key] for key in ("reference", "day", "amounts")}} for r in found] != [
            told
        ]:
            yield self.found("INT-012")

    def _box(self) -> Iterator[Problem]:
        sealed = next((event for event in self.chain if event.type == "box-sealed"), None)
        ballots = self.rows(tables.BALLOTS)
        accepted = []
        for row in ballots:
            try:
                fits = leaf(self.name, bytes.fromhex(row["salt"]), row["content"]).hex() == row["leaf"]
            except ValueError:
                fits = False
            if not fits:
                yield self.found("INT-007", row=row["leaf"])
            if row["verdict"] == "accepted":
                accepted.append(row["leaf"])
            if row["verdict"] != self.verdicts.get(row["leaf"], "accepted"):
                yield self.found("INT-010", row=row["leaf"], found=row["verdict"])
        yield from self._intake(sealed is not None)
        yield from self._sheets(sealed is not None)
        totals = next((event.payload for event in self.chain if "votes" in event.payload), None)
        if sealed is not None and totals is not None:
            if ballots or not _sums_up(totals, sealed.payload):
                yield self.found("INT-008")
            return
        if sealed is None:
            if ballots:
                yield self.found("INT-008")
            return
        expected = (sealed.payload["ballots_root"], sealed.payload["accepted"], sealed.payload["rejected"])
        leaves = [bytes.fromhex(one) for one in accepted if _is_hex(one)]
        batched: set[Any] = set()
        for event in self.chain:
            if event.type == "batch-added":
                batched |= set(event.payload["leaves"])  # type: ignore[call-overload]
        same = {row["leaf"] for row in ballots} == batched
        if not same or (box_root(leaves), len(accepted), len(ballots) - len(accepted)) != expected:
            yield self.found("INT-008")

    def _intake(self, sealed: bool) -> Iterator[Problem]:
        """As many voters as were counted in, and before sealing as many envelopes."""
        if any(event.type == "purged" for event in self.chain):
            return
        intake = self.rows(tables.INTAKE)
        envelopes, voters = (intake[0]["envelopes"], intake[0]["voters"]) if intake else (0, 0)
        expected = (0 if sealed else envelopes, voters)
        found = (len(self.rows(tables.SPOOL)), len(self.rows(tables.PARTICIPATION)))
        if found != expected:
            yield self.found("INT-009", found="{}/{}".format(*found), expected="{}/{}".format(*expected))

    def _sheets(self, sealed: bool) -> Iterator[Problem]:
        """Every batch that the chain tells of is there, before sealing with each of its sheets."""
        if any(event.type == "purged" for event in self.chain):
            return
        expected: dict[int | str, int] = {}
        by_hand = False
        for event in self.chain:
            told: Any = event.payload
            if event.type == "hand-counted":
                by_hand, expected[told["urn"]] = True, self._figures()
            elif event.type == "adjudicated" and "sheets" in told:
                expected[told["batch"]] = told["sheets"]
            elif event.type == "adjudicated" and "dropped" in told:
                expected.pop(told.get("batch", told.get("urn")), None)
        readings: dict[int, dict[int, set[int]]] = {}
        for row in rows(self.connection, tables.READINGS, round=self.name):
            readings.setdefault(row["batch"], {}).setdefault(row["sheet"], set()).add(row["reading"])
        settled = {batch: sum(one in ({1, 2}, {3}) for one in read.values()) for batch, read in readings.items()}
        found: dict[int | str, int] = {
            row["urn" if by_hand else "number"]: row["sheets"] if sealed else settled.get(row["number"], 0)
            for row in rows(self.connection, tables.BATCHES, round=self.name)
            if row["status"] == "adopted"
        }
        for number in sorted(found.keys() | expected.keys(), key=str):
            if found.get(number) != expected.get(number):
                yield self.found("INT-013", row=number)

    def _figures(self) -> int:
        """How many there are on the tally sheet of an urn: of the frozen proposals, valid ballots and void ones."""
        frozen = rows(self.connection, tables.FROZEN, round=self.name)
        return 2 + bytes(frozen[-1]["proposals_jsonl"]).count(b"\n") if frozen else 0


def _sums_up(told: Mapping[str, Any], sealed: Mapping[str, Any]) -> bool:
    """Whether the totals of a hand count are those that the box was sealed with."""
    try:
        votes = sorted(((str(one), int(number)) for one, number in told["votes"]), key=lambda vote: vote[0].encode())
        found = (totals_root(*zip(*votes, strict=True)), told["ballots"], told["void"])
    except (KeyError, TypeError, ValueError):
        return False
    return found == tuple(sealed[key] for key in ("ballots_root", "accepted", "rejected"))


def _is_hex(text: str) -> bool:
    return len(text) == 64 and not set(text) - set("0123456789abcdef")
