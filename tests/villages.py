"""A village that runs a round, for tests: two people at the desk, a clock that can be set, and every step a function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from borgerbudget.office import afterwards, lifecycle, proposing, sealing, setting_up, voters, voting
from borgerbudget.pool import Area
from borgerbudget.rounds.round import Entry, Round
from borgerbudget.store.database import reading
from borgerbudget.store.integrity import Findings, look_through
from borgerbudget.store.work import Office
from tallies.stored_round import CHECKER, counter

ROUND = "lillevig-2026"
COSTS = (40_000_00, 35_000_00, 30_000_00, 20_000_00)
POLICIES = {
    "eligibility": "residents", "secrecy": "pseudonymous", "ballot": "approval", "plan": "greedy",
    "ties": "cheapest,most-votes,lot", "leftover": "carry-over", "double_vote": "first", "withdrawal": "keep-votes",
}  # fmt: skip
BY_HAND = {"ballot": "hand-count", "channels": "paper", "urns": "hallen+brugsen", "ballot.max_length": "2"}
ON_THE_WAY = ("ready", "open", "closed", "sealed", "counted", "provisional", "final", "archived")
BALLOTS = (("1", "3"), ("1", "3"), ("2", "3"), ("1", "4"), ("3",), ("1", "2"), (), ("4", "3"))


@dataclass
class Village:
    """A database with one area, and at most one round that the tests play."""

    engine: Engine
    address: str = ""
    key: bytes | None = bytes(range(32))
    now: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC)
    codes: dict[str, str] = field(default_factory=dict)

    def office(self, actor: str = "anna", **more: Any) -> Office:
        return Office(self.engine, actor, lambda: self.now, self.key, **more)

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    def round(self, name: str = ROUND) -> Round:
        return setting_up.show_round(self.office(), name)

    def found(self, name: str = ROUND) -> Findings:
        with reading(self.engine) as connection:
            return look_through(connection, name, self.key)

    def whole(self, name: str = ROUND) -> None:
        assert self.found(name).problems == ()

    def start(self, **policies: str) -> None:
        """A draft with everything but policies that are given as empty."""
        setting_up.add_area(self.office(), Area("lillevig", "Lillevig", population=120))
        setting_up.new_round(self.office(), ROUND, "lillevig", "Lillevig 2026", "Europe/Copenhagen")
        chosen = {key: value for key, value in {**POLICIES, **policies}.items() if value}
        setting_up.set_policies(self.office(), ROUND, chosen)
        setting_up.set_source(self.office(), ROUND, setting_up.money_source("Byrådet", 100_000_00, "sag 1"))
        setting_up.set_dates(self.office(), ROUND, self.now + timedelta(days=1), self.now + timedelta(days=8))
        for number, cost in enumerate(COSTS, 1):
            self.propose(f"p{number}", cost)
        proposing.number_proposals(self.office(), ROUND)
        if "meeting" not in chosen.get("channels", ""):
            voters.add_voters(self.office(), ROUND, [f"v{i:03}" for i in range(12)])

    def propose(self, proposal: str, cost: int = 10_000_00) -> None:
        proposing.add_proposal(self.office(), ROUND, Entry(proposal, 0, "", f"Forslag {proposal}", cost))
        proposing.vet_proposal(self.office(), ROUND, proposal, accept=True)

    def move(self, verb: str, name: str = ROUND, **more: Any) -> bool:
        return lifecycle.move(self.office(**more), name, verb, CHECKER)

    def issue(self) -> None:
        file = Path(self.address).with_name("koder.csv") if self.address else None
        voters.issue_codes(self.office(), ROUND, self.codes.update, file=file)

    def cast(self, voter: str, choices: Sequence[str]) -> voting.Cast:
        return voting.cast(self.office(), ROUND, choices, code=self.codes[voter])

    def tally(self) -> bool:
        return lifecycle.tally(self.office(), ROUND, counter)

    def seal(self) -> bool:
        return sealing.seal(self.office(), ROUND) is not None

    def confirm(self) -> None:
        afterwards.decide(self.office(), ROUND, None, "punkt 4")

    def play(self, until: str, ballots: Sequence[Sequence[str]] = BALLOTS, **policies: str) -> Village:
        """From nothing to one of ``ON_THE_WAY``, with these ballots."""
        self.start(**policies)
        for state in ON_THE_WAY[: ON_THE_WAY.index(until) + 1]:
            getattr(self, f"_{state}")(ballots)
        return self

    def _ready(self, ballots: Sequence[Sequence[str]]) -> None:
        self.move("freeze", second="bo")

    def _open(self, ballots: Sequence[Sequence[str]]) -> None:
        self.issue()
        self.wait(days=2)
        self.move("open")

    def _closed(self, ballots: Sequence[Sequence[str]]) -> None:
        for number, ballot in enumerate(ballots):
            self.wait(seconds=1)
            self.cast(f"v{number:03}", ballot)
        self.wait(days=8)
        self.move("close")

    def _sealed(self, ballots: Sequence[Sequence[str]]) -> None:
        self.seal()

    def _counted(self, ballots: Sequence[Sequence[str]]) -> None:
        self.tally()

    def _provisional(self, ballots: Sequence[Sequence[str]]) -> None:
        self.move("publish")

    def _final(self, ballots: Sequence[Sequence[str]]) -> None:
        self.confirm()
        self.wait(days=9)
        self.move("finalise", second="bo")

    def _archived(self, ballots: Sequence[Sequence[str]]) -> None:
        self.wait(days=400)
        self.move("archive")


def crowded(village: Village, number: int) -> None:
    """So many more on the roll, before freezing."""
    voters.add_voters(village.office(), ROUND, [f"v{i:03}" for i in range(number)])


def backups(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []
