"""Hypothesis plays whole lives of a round: all that two people may try, in any order, at any time, with crashes in between.

After every step: no ballot is lost and none stands twice, what is frozen is unchanged, the chain and every row hold, and nothing
shows a count while voting is open.  ``python -m pytest --nightly`` plays longer.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import event

from borgerbudget.chain import Event
from borgerbudget.errors import DecisionNeeded, InputRejected, StateForbids, UsageError
from borgerbudget.office import (
    afterwards,
    hand_counts,
    hand_outs,
    importing,
    lifecycle,
    paper_batches,
    proposing,
    setting_up,
    voters,
)
from borgerbudget.office.importing import Imported, read_returned
from borgerbudget.office.reconciling import reconcile
from borgerbudget.rounds.round import Round
from borgerbudget.rounds.transitions import TRANSITIONS
from borgerbudget.sheets.mapping import BallotManner
from borgerbudget.sheets.opening import new_findings, open_sheets
from borgerbudget.store import tables
from borgerbudget.store.database import open_database, reading
from borgerbudget.store.reading import rows
from tallies.stored_round import counter
from tests import servers
from tests.villages import BY_HAND, ROUND, Village

LIFE = ("draft", "ready", "open", "closed", "counted", "provisional", "final")
SHEETS = st.lists(
    st.sampled_from(["1", "2 3", "4", "-", "?", "1 ?", "!kendemærke", "1 2 3 4", "9"]), min_size=1, max_size=4
)
BALANCED = tuple("201120")
FIGURES = st.sampled_from([BALANCED, *map(tuple, ("310321", "000000", "121001", "301110", "201220", "12100x"))])
"""Valid ballots, void ones, votes for each of the four; the last two nobody can have counted."""
URNS = st.sampled_from(["hallen", "brugsen"])
VERBS = sorted(set(TRANSITIONS) - {"tally", "recount"})
PEOPLE = st.sampled_from(["anna", "bo"])
CHOICES = st.lists(st.integers(1, 4), max_size=3, unique=True)
REASON = st.sampled_from([None, "fordi"])


class Crash(BaseException):
    """The process is gone; what it had not committed is too."""


class Life(RuleBasedStateMachine):
    """``receipts``: those that were handed out; ``sealed``: the ballots in the box once it was; ``waiting``: envelopes before;
    ``figures``: what the urns that are counted by hand gave, figure by figure, before sealing."""

    address: str

    def __init__(self) -> None:
        super().__init__()
        self.receipts: dict[str, str] = {}
        self.sealed: list[tuple[str, str]] | None = None
        self.chain: tuple[Event, ...] = ()
        self.deadly: int | None = None
        self.waiting: int | None = None
        self.figures = [0] * 6
        self.observer: sqlite3.Connection | None = None
        self.version: int | None = None
        self.closes: datetime | None = None

    @initialize(
        double=st.sampled_from(["first", "last", "all-void", "first+paper", "paper-wins+paper", "first+hand"]),
        plan=st.sampled_from(["greedy", "equal-shares/add1u"]),
        longest=st.sampled_from(["", "2"]),
        until=st.sampled_from(["draft", "ready", "open", "open", "open", "closed", "counted", "provisional", "final"]),
    )
    def found(self, double: str, plan: str, longest: str, until: str) -> None:
        """A life begins anywhere, so that its end is within reach."""
        self.address = self.fresh()
        engine = open_database(self.address, create=True)
        event.listen(engine, "before_cursor_execute", self._perhaps_die)
        if engine.dialect.name == "sqlite":
            self.observer = sqlite3.connect(self.address)
        self.village = Village(engine, self.address)
        policies = {"double_vote": double.partition("+")[0], "plan": plan, "appeal_days": "1", "retention_days": "1"}
        policies["ballot.max_length"] = longest
        self.paper = double.endswith("+paper")
        if self.paper:
            policies |= {"channels": "code+paper", "urns": "hallen"}
            until = min(until, "closed", key=LIFE.index)  # nobody balances the urn of a life that is played in one go
        self.by_hand = double.endswith("+hand")
        if self.by_hand:
            policies |= {**BY_HAND, "plan": "greedy"}
            self.found_by_hand(until, policies)
        elif until == "draft":
            self.village.start(**policies)
        else:
            self.village.play(until, **policies)

    def found_by_hand(self, until: str, policies: dict[str, str]) -> None:
        village = self.village
        village.start(**policies)
        for state in LIFE[1 : LIFE.index(min(until, "closed", key=LIFE.index)) + 1]:
            if state == "ready":
                village.move("freeze", second="bo")
            elif state == "open":
                village.wait(days=2)
                village.move("open")
            else:
                for urn, people in (("hallen", ["v001", "v002", "v003"]), ("brugsen", ["v004"])):
                    hand_outs.hand_out(village.office(), ROUND, people, urn)
                village.wait(days=8)
                village.move("close")

    def fresh(self) -> str:
        """The address of an empty database."""
        raise NotImplementedError

    def _perhaps_die(self, *_: object) -> None:
        if self.deadly is not None:
            self.deadly -= 1
            if self.deadly < 0:
                self.deadly = None
                raise Crash

    def try_to(self, act: Callable[[], Any]) -> Any:
        """What it gives, or None when it was refused or the process died."""
        try:
            return act()
        except (StateForbids, UsageError, InputRejected, DecisionNeeded):
            return None
        except Crash:
            return None
        finally:
            self.deadly = None

    @rule(statements=st.integers(0, 120), truly=st.integers(0, 2))
    def the_next_step_dies(self, statements: int, truly: int) -> None:
        self.deadly = statements if truly == 2 else None

    @rule(hours=st.sampled_from([1, 23, 24 * 3, 24 * 8]))
    def wait(self, hours: int) -> None:
        self.village.wait(hours=hours)

    @rule()
    def set_dates(self) -> None:
        opens, closes = (self.village.now + timedelta(hours=hours) for hours in (0, 30))
        self.try_to(lambda: setting_up.set_dates(self.village.office(), ROUND, opens, closes))

    @rule(verb=st.sampled_from(VERBS), actor=PEOPLE, second=st.sampled_from([None, "anna", "bo"]), reason=REASON)
    def move(self, verb: str, actor: str, second: str | None, reason: str | None) -> None:
        if verb in ("cancel", "annul") and reason is not None and self.village.now.hour % 5:
            return  # or few lives would be long
        self.try_to(lambda: self.village.move(verb, actor=actor, second=second, reason=reason))

    @rule(hours=st.integers(-30, 60), second=st.sampled_from([None, "bo", "bo"]))
    def the_light_comes_back(self, hours: int, second: str | None) -> None:
        closes = self.closes
        later = closes and closes + timedelta(hours=hours)
        office = self.village.office(second=second, reason="strømsvigt")
        if self.try_to(lambda: lifecycle.resume(office, ROUND, later)):
            assert later is None or hours >= 0
            assert second is not None or later == closes

    @rule(actor=PEOPLE)
    def the_usual_next_step(self, actor: str) -> None:
        """So that lives reach their ends."""
        state, village = self.village.round().state, self.village
        other = "bo" if actor == "anna" else "anna"
        steps: dict[str, tuple[str, ...]] = {
            "draft": ("freeze",), "vetting": ("freeze",), "proposals": ("vet",), "ready": ("open",), "open": ("close",),
            "suspended": ("resume",), "counted": ("publish",), "provisional": ("finalise",), "final": ("archive",),
        }  # fmt: skip
        if state == "closed":
            if self.paper:
                self.balance()
            if self.by_hand:
                self.count_the_rest()
                self.everything_holds()  # to know what the urns gave before they are added up
            self.try_to(village.seal)
            self.try_to(lambda: lifecycle.draw_lot(village.office(), ROUND, "426153", None, ("carl",)))
            self.try_to(village.tally)
        for verb in steps.get(state, ()):
            if verb == "open":
                self.try_to(village.issue)
            self.try_to(lambda verb=verb: village.move(verb, actor=actor, second=other, reason="det er tid"))  # type: ignore[misc]

    @rule(voter=st.integers(0, 11), choices=CHOICES)
    def cast(self, voter: int, choices: list[int]) -> None:
        name = f"v{voter:03}"
        if name not in self.village.codes:
            return
        found = self.try_to(lambda: self.village.cast(name, [str(choice) for choice in choices]))
        if found is not None:
            self.receipts[found.receipt] = name

    @rule(votes=st.lists(st.tuples(st.integers(0, 11), CHOICES), min_size=2, max_size=5))
    def several_vote(self, votes: list[tuple[int, list[int]]]) -> None:
        for voter, choices in votes:
            self.cast(voter, choices)

    @rule(first=CHOICES, second=CHOICES, voter=st.integers(0, 11))
    def somebody_votes_twice(self, voter: int, first: list[int], second: list[int]) -> None:
        self.cast(voter, first)
        self.cast(voter, second)

    @rule(votes=st.lists(st.tuples(st.integers(0, 11), CHOICES), min_size=1, max_size=6), wrong=st.booleans())
    def import_ballots(self, votes: list[tuple[int, list[int]]], wrong: bool) -> None:
        codes, before = self.village.codes, self.envelopes()
        lines = [f"{codes.get(f'v{voter:03}', 'X')};{' '.join(map(str, choices))}" for voter, choices in votes]
        data = "\n".join(["kode;stemmer", *lines, *(["X;1"] if wrong else [])]).encode()

        def take_in() -> Imported:
            findings = new_findings()
            sheets = open_sheets(data, "svar", None, findings)
            found = read_returned(self.village.round(), sheets, BallotManner(), findings)
            assert found is not None
            return importing.import_ballots(self.village.office(), ROUND, found, findings)

        done = self.try_to(take_in)
        assert self.envelopes() - before == (done.ballots if done else 0)
        assert not (done and wrong)

    def envelopes(self) -> int:
        waiting, self.deadly = self.deadly, None
        try:
            return self.village.round().tally.envelopes
        finally:
            self.deadly = waiting

    @rule(people=st.lists(st.integers(0, 13), min_size=1, max_size=3, unique=True))
    def hand_out_sheets(self, people: list[int]) -> None:
        ids = [f"v{number:03}" for number in people]
        self.try_to(lambda: hand_outs.hand_out(self.village.office(), ROUND, ids, "hallen"))

    @rule(sheets=SHEETS, other=SHEETS, alike=st.integers(0, 3))
    def a_batch_is_keyed_by_two(self, sheets: list[str], other: list[str], alike: int) -> None:
        village = self.village
        number = self.try_to(lambda: paper_batches.new_batch(village.office(), ROUND, "hallen", len(sheets)))
        if number is None:
            return
        second = sheets if alike else (other * 4)[: len(sheets)]
        for actor, keyed in (("anna", sheets), ("bo", second)):
            for sheet, text in enumerate(keyed, 1):
                self.try_to(lambda a=actor, s=sheet, t=text: self.key(a, number, s, t))  # type: ignore[misc]
        self.try_to(lambda: paper_batches.compare(village.office(), ROUND, number))

    def key(self, actor: str, batch: int, sheet: int, text: str) -> None:
        paper_batches.key_sheets(self.village.office(actor), ROUND, batch, {sheet: text})

    @rule(batch=st.integers(1, 3), sheet=st.integers(1, 4), text=SHEETS, actor=st.sampled_from(["anna", "bo", "carl"]))
    def a_sheet_is_decided(self, batch: int, sheet: int, text: list[str], actor: str) -> None:
        office = self.village.office(actor, reason="tydeligt")
        self.try_to(lambda: paper_batches.resolve(office, ROUND, batch, sheet, text[0]))
        self.try_to(lambda: paper_batches.compare(office, ROUND, batch))

    @rule(batch=st.integers(1, 3), second=st.sampled_from([None, "bo"]))
    def a_batch_is_dropped(self, batch: int, second: str | None) -> None:
        office = self.village.office(second=second, reason="tastet to gange")
        self.try_to(lambda: paper_batches.drop(office, ROUND, batch))

    @rule()
    def balance(self) -> None:
        """Batches that nobody finishes are keyed again, blank, and what is missing is signed for."""
        office = self.village.office(second="bo", reason="én blev væk")
        for batch in self.try_to(lambda: paper_batches.list_batches(office, ROUND)) or ():
            for actor in ("anna", "bo") if batch.status == "open" else ():
                left = self.try_to(lambda a=actor, b=batch: self.left(a, b.number)) or []  # type: ignore[misc]
                for sheet in left:
                    self.try_to(lambda a=actor, b=batch, s=sheet: self.key(a, b.number, s, "-"))  # type: ignore[misc]
            self.try_to(lambda b=batch: paper_batches.compare(office, ROUND, b.number))  # type: ignore[misc]
        self.try_to(lambda: reconcile(office, ROUND, "hallen", 20, 0, 0))

    def left(self, actor: str, batch: int) -> list[int]:
        return paper_batches.sheets_to_key(self.village.office(actor), ROUND, batch)

    @rule(urn=URNS, figures=FIGURES, other=FIGURES, alike=st.integers(0, 3))
    def an_urn_is_counted_by_two(self, urn: str, figures: tuple[str, ...], other: tuple[str, ...], alike: int) -> None:
        for actor, entered in (("anna", figures), ("bo", figures if alike else other)):
            self.try_to(lambda a=actor, e=entered: self.enter(a, urn, e))  # type: ignore[misc]
        self.try_to(lambda: hand_counts.compare(self.village.office(), ROUND, urn))

    def enter(self, actor: str, urn: str, figures: tuple[str, ...]) -> None:
        office = self.village.office(actor)
        missing = hand_counts.to_enter(office, ROUND, urn)
        hand_counts.enter(office, ROUND, urn, [figures[place - 1] for place in missing])

    @rule(urn=URNS, figure=st.integers(1, 7), value=st.integers(0, 3), actor=st.sampled_from(["anna", "bo", "carl"]))
    def a_figure_is_decided(self, urn: str, figure: int, value: int, actor: str) -> None:
        office = self.village.office(actor, reason="talt igen af en tredje")
        self.try_to(lambda: hand_counts.resolve(office, ROUND, urn, figure, str(value)))
        self.try_to(lambda: hand_counts.compare(office, ROUND, urn))

    @rule(urn=URNS, second=st.sampled_from([None, "bo"]))
    def a_hand_count_is_dropped(self, urn: str, second: str | None) -> None:
        office = self.village.office(second=second, reason="talt den forkerte bunke")
        self.try_to(lambda: hand_counts.drop(office, ROUND, urn))

    @rule()
    def count_the_rest(self) -> None:
        """Urns that nobody has finished are counted to the end, and what does not balance is signed for."""
        office = self.village.office(second="bo", reason="én blev væk")
        for urn in ("hallen", "brugsen"):
            self.an_urn_is_counted_by_two(urn, BALANCED, BALANCED, 1)
            self.try_to(lambda u=urn: reconcile(office, ROUND, u, 20, 0, 0))  # type: ignore[misc]

    @rule(voter=st.integers(0, 13), reason=REASON)
    def enrol(self, voter: int, reason: str | None) -> None:
        self.try_to(lambda: voters.add_voters(self.village.office(reason=reason), ROUND, [f"v{voter:03}"]))

    @rule(voter=st.integers(0, 13), reason=REASON)
    def strike(self, voter: int, reason: str | None) -> None:
        self.try_to(lambda: voters.strike_voter(self.village.office(reason=reason), ROUND, f"v{voter:03}"))

    @rule(voter=st.integers(0, 13))
    def reissue(self, voter: int) -> None:
        office = self.village.office(reason="tabt")
        self.try_to(lambda: voters.reissue_code(office, ROUND, f"v{voter:03}", self.village.codes.update))

    @rule(proposal=st.integers(1, 5), reason=REASON)
    def withdraw(self, proposal: int, reason: str | None) -> None:
        self.try_to(lambda: proposing.withdraw_proposal(self.village.office(reason=reason), ROUND, f"p{proposal}"))

    @rule(proposal=st.integers(1, 6), cost=st.integers(1, 50))
    def amend(self, proposal: int, cost: int) -> None:
        office = self.village.office()
        self.try_to(lambda: proposing.amend_proposal(office, ROUND, f"p{proposal}", cost=cost * 1000_00))

    @rule()
    def seal(self) -> None:
        self.try_to(self.village.seal)

    @rule()
    def tally(self) -> None:
        self.try_to(self.village.tally)

    @rule()
    def recount(self) -> None:
        self.try_to(lambda: lifecycle.tally(self.village.office(reason="klage"), ROUND, counter, again=True))

    @rule(upheld=st.booleans())
    def appeal(self, upheld: bool) -> None:
        number = self.try_to(lambda: afterwards.receive_appeal(self.village.office(), ROUND, "klage"))
        if number:
            self.try_to(lambda: afterwards.decide_appeal(self.village.office(), ROUND, number, upheld, "grunde"))

    @rule()
    def deviate(self) -> None:
        office = self.village.office()
        self.try_to(lambda: afterwards.decide(office, ROUND, {"p1": 0}, "punkt 5", "klagen fik medhold"))

    @rule()
    def confirm(self) -> None:
        self.try_to(self.village.confirm)

    @rule()
    def purge(self) -> None:
        self.try_to(lambda: afterwards.purge(self.village.office(second="bo"), ROUND))

    @invariant()
    def everything_holds(self) -> None:
        if not hasattr(self, "village") or self._as_it_was():
            return
        waiting, self.deadly = self.deadly, None
        try:
            self._look()
        finally:
            self.deadly = waiting

    def _as_it_was(self) -> bool:
        """Whether SQLite says that nobody has written since the last look; half of all steps are refused."""
        if self.observer is None:
            return False
        before, (self.version,) = self.version, self.observer.execute("PRAGMA data_version").fetchone()
        return before == self.version

    def _look(self) -> None:
        found = self.village.found()
        assert found.problems == (), found.problems
        round = self.village.round()
        assert round.chain[: len(self.chain)] == self.chain, "history was rewritten"
        if round.happened("opened") is not None and self.closes is not None and round.closes is not None:
            moved = [event for event in round.chain[len(self.chain) :] if "closes" in event.payload]
            assert round.closes > self.closes if moved else round.closes == self.closes
        self.chain, self.closes = round.chain, round.closes
        with reading(self.village.engine) as connection:
            spool = rows(connection, tables.SPOOL, round=ROUND)
            box = rows(connection, tables.BALLOTS, round=ROUND)
            batches = rows(connection, tables.BATCHES, round=ROUND)
            readings = rows(connection, tables.READINGS, round=ROUND)
        self._no_ballot_is_lost(round, spool, box)
        if self.by_hand:
            self._the_sum_is_what_the_urns_gave(round, batches, readings)
        else:
            self._every_sheet_is_in_the_box(round, box, batches)
        if round.state == "final":
            assert not round.unanswered
        self._nothing_shows_a_count(round, box)

    def _no_ballot_is_lost(self, round: Round, spool: list[dict[str, Any]], box: list[dict[str, Any]]) -> None:
        from borgerbudget.leaves import read_receipt

        if round.happened("purged") and not round.sealed:
            return  # a cancelled round's envelopes are destroyed with everything else
        kept = {bytes.fromhex(row["leaf"])[:10] for row in [*spool, *box]}
        assert {read_receipt(receipt).prefix for receipt in self.receipts} <= kept
        assert not spool or not box
        if round.sealed:
            now = [(row["leaf"], row["verdict"]) for row in box]
            assert self.sealed in (None, now)
            self.sealed = now
            accepted = sum(verdict == "accepted" for _, verdict in now)
            if round.counted_by_hand is not None:
                accepted = round.counted_by_hand[0]
            event = round.happened("closed")
            assert event is not None
            codes, roll = event.payload["codes"], event.payload["roll"]
            assert isinstance(codes, int)
            assert isinstance(roll, int)
            assert accepted <= codes <= roll
            longest = int(round.policy("ballot.max_length") or 9)
            assert all(row["content"].count(",") < longest for row in box if row["verdict"] == "accepted")

    def _every_sheet_is_in_the_box(
        self, round: Round, box: list[dict[str, Any]], batches: list[dict[str, Any]]
    ) -> None:
        """Besides every envelope."""
        if not round.sealed:
            self.waiting = round.tally.envelopes
        elif not round.happened("purged"):
            adopted = sum(row["sheets"] for row in batches if row["status"] == "adopted")
            assert self.waiting is None or len(box) == self.waiting + adopted

    def _the_sum_is_what_the_urns_gave(
        self, round: Round, batches: list[dict[str, Any]], readings: list[dict[str, Any]]
    ) -> None:
        if not round.sealed:
            adopted = {row["number"] for row in batches if row["status"] == "adopted"}
            self.figures = [0] * 6
            for row in readings:  # the first of two that agree, or the one that decided
                if row["batch"] in adopted and row["reading"] in (1, paper_batches.THIRD):
                    self.figures[row["sheet"] - 1] += int(row["content"])
        else:
            assert readings == []
            listed = sorted(round.listed, key=lambda entry: entry.ballot_number or 0)
            votes = {entry.id: number for entry, number in zip(listed, self.figures[2:], strict=False)}
            assert round.counted_by_hand == (self.figures[0], votes)
            box = round.happened("box-sealed")
            assert box is not None
            assert (box.payload["accepted"], box.payload["rejected"]) == (self.figures[0], self.figures[1])

    def _nothing_shows_a_count(self, round: Round, box: list[dict[str, Any]]) -> None:
        if round.state in ("open", "suspended", "ready"):
            assert round.results == 0
            assert box == []

    def teardown(self) -> None:
        if hasattr(self, "village"):
            self.village.engine.dispose()
        if self.observer is not None:
            self.observer.close()


def play(address: Callable[[], str], examples: int, steps: int) -> None:
    class Here(Life):
        def fresh(self) -> str:
            return address()

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.fixture
def sqlite(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    monkeypatch.chdir(tmp_path)

    def address() -> str:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        os.chdir(folder)
        shutil.copy(empty_database, folder / "borgerbudget.db")
        return str(folder / "borgerbudget.db")

    return address


def test_lives_on_sqlite(sqlite: Callable[[], str]) -> None:
    play(sqlite, 12, 30)


@pytest.mark.nightly
def test_two_thousand_lives_on_sqlite(sqlite: Callable[[], str]) -> None:
    play(sqlite, 2000, 50)


def test_lives_on_postgresql(postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    play(lambda: servers.new_database(postgresql, f"t{uuid.uuid4().hex}"), 2, 30)


@pytest.mark.nightly
def test_fifty_lives_on_postgresql(postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    play(lambda: servers.new_database(postgresql, f"t{uuid.uuid4().hex}"), 50, 50)
