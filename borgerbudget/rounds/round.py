"""A round as it stands: everything that a guard, a screen or the count looks at, read in one go and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from borgerbudget.ballots import HAND_COUNT
from borgerbudget.chain import Event
from borgerbudget.pool import Area, Source
from borgerbudget.rounds.deadlines import kept_moment
from borgerbudget.rounds.policies import POLICIES

ROLL_COMPLETE = "roll-complete"


@dataclass(frozen=True, slots=True)
class MoneySource:
    """A source of the pool with what a clerk notes besides: left over from an earlier round, set aside for a category."""

    source: Source
    carried_over: bool = False
    earmark: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A proposal in its latest version.  Amounts in minor units; ``status``: proposed, accepted, rejected, withdrawn, merged.

    ``cost`` is the amount applied for, which is what counts; the rest of the money are facts for the reader.
    """

    id: str
    version: int
    status: str
    title: str
    cost: int
    summary: str = ""
    min_cost: int | None = None
    total_price: int | None = None
    own_financing: int | None = None
    other_financing: int | None = None
    vat: str | None = None
    quote: str | None = None
    responsible: str | None = None
    area: str | None = None
    category: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    ballot_number: int | None = None
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class Voter:
    """An entry of the roll: an opaque id; ``status`` is ``on`` or ``struck``."""

    id: str
    area: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are, and never of what: shown while a round is open.

    ``entries``: of the roll; ``roll``: those not struck; ``coded``: of these, how many hold a code that is not void; ``holders``:
    entries that ever held a code or took part; ``voters``: of the roll, who took part in time with a code that is not
    void, at the meeting or on paper; ``envelopes``: in the spool.
    """

    entries: int = 0
    roll: int = 0
    coded: int = 0
    holders: int = 0
    voters: int = 0
    envelopes: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What the council decided about a result: ``confirm``, or ``deviate`` with other amounts and the grounds."""

    kind: str
    day: str
    decider: str
    reference: str
    grounds: str
    amounts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Round:
    """One round.  Moments are UTC; ``appeals``: number -> ``upheld``, ``rejected`` or None; ``decision``: the one that stands."""

    id: str
    title: str
    area: Area
    zone: str
    currency: str
    rerun_of: str | None
    chain: tuple[Event, ...]
    sources: tuple[MoneySource, ...] = ()
    policies: Mapping[str, str] = field(default_factory=dict)
    opens: datetime | None = None
    closes: datetime | None = None
    proposals: tuple[Entry, ...] = ()
    signers: tuple[tuple[str, str, str], ...] = ()
    tally: Tally = Tally()
    results: int = 0
    appeals: Mapping[int, str | None] = field(default_factory=dict)
    decision: Decision | None = None
    frozen: tuple[bytes, bytes] | None = None
    last_moment: datetime | None = None

    @property
    def state(self) -> str:
        return self.chain[-1].after

    @property
    def pool(self) -> int:
        """In minor units."""
        return sum(source.source.amount for source in self.sources)

    @property
    def sealed(self) -> bool:
        return self.happened("box-sealed") is not None

    @property
    def listed(self) -> tuple[Entry, ...]:
        """The proposals on the ballot: withdrawn ones stay on it once it is frozen."""
        frozen_off = {str(event.payload["proposal"]) for event in self.chain if event.type == "withdrawn"}
        return tuple(p for p in self.proposals if p.status == "accepted" or p.id in frozen_off)

    @property
    def withdrawn(self) -> tuple[str, ...]:
        """What was withdrawn after freezing, in order."""
        return tuple(str(event.payload["proposal"]) for event in self.chain if event.type == "withdrawn")

    @property
    def roll_complete(self) -> bool:
        """Somebody has said that nobody is missing."""
        return any(event.type == "amended" and event.payload.get("what") == ROLL_COMPLETE for event in self.chain)

    @property
    def unanswered(self) -> tuple[int, ...]:
        """Appeals that were upheld and that neither a recount nor a deviation has answered."""
        if self.decision is not None and self.decision.kind == "deviate":
            return ()  # one from before the ruling was set aside by it
        found: list[int] = []
        for event in self.chain:
            if event.type == "appeal-decided" and event.payload["verdict"] == "upheld":
                found.append(int(str(event.payload["number"])))
            elif event.type == "recounted":
                found.clear()
        return tuple(found)

    @property
    def extended(self) -> tuple[tuple[datetime, datetime], ...]:
        """From when to when the deadline was moved after interruptions, in order."""
        told = [event.payload for event in self.chain if event.type == "resumed" and "closes" in event.payload]
        return tuple((kept_moment(str(one["closed"])), kept_moment(str(one["closes"]))) for one in told)

    @property
    def attendance(self) -> bool:
        """Whoever comes may vote: the roll is the attendance list, written while people come."""
        return "meeting" in (self.policy("channels") or "") or "attendance" in (self.policy("eligibility") or "")

    @property
    def by_hand(self) -> bool:
        """Whether the ballots are counted by hand, so that only totals are known."""
        return self.policy("ballot") == HAND_COUNT.name

    @property
    def counted_by_hand(self) -> tuple[int, Mapping[str, int]] | None:
        """How many ballots were valid, and the votes of each proposal: what the box holds, once it is sealed."""
        told: Any = next((e.payload for e in self.chain if e.type == "adjudicated" and "votes" in e.payload), None)
        return None if told is None else (told["ballots"], dict(told["votes"]))

    @property
    def urns(self) -> tuple[str, ...]:
        """Where ballots on paper are put; none where there are none."""
        return tuple(filter(None, (self.policy("urns") or "").split("+")))

    def happened(self, kind: str) -> Event | None:
        """The last event of this type."""
        return next((event for event in reversed(self.chain) if event.type == kind), None)

    def policy(self, key: str) -> str | None:
        """As set, else its default; None for one that must be set and is not."""
        return self.policies.get(key) or POLICIES.defaults.get(key)

    def day(self, moment: datetime) -> date:
        """The day there where the round is held."""
        return moment.astimezone(ZoneInfo(self.zone)).date()
