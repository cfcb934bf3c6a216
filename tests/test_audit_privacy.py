"""What a `totals` bundle gives away: every small round that could lie behind one is tried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, combinations_with_replacement
from typing import Any

import pytest

from borgerbudget import Election, Proposal, make_election
from tallies import Lot, count, make_plan
from tallies.audit.bundle import manifest, members
from tallies.audit.members import Terms
from tallies.audit.published import FROM_TOTALS
from tallies.outcome import Outcome
from tallies.steps import Funded
from tests.histories import play

IDS = "abc"
PROPOSALS = (Proposal("a", 30), Proposal("b", 45), Proposal("c", 50))
SUBSETS = [subset for size in range(4) for subset in combinations(IDS, size)]
VOTERS = 4
TOTALS = Terms(tier="totals", witnesses=("Anna",))


def profiles(method: str) -> Iterator[Election]:
    """Every round of four voters and three proposals, up to the order of the ballots."""
    ballots: list[Any] = list(SUBSETS)
    if method == "points":
        ballots = [{}, {"a": 1}, {"a": 2}, {"b": 1}, {"c": 1}, {"a": 1, "b": 1}, {"a": 1, "c": 2}, {"b": 2, "c": 1}]
    for chosen in combinations_with_replacement(ballots, VOTERS):
        yield make_election(100, PROPOSALS, chosen, method, round="r")


def published(outcome: Outcome) -> bytes:
    """All that the bundle says, the verifier's text aside."""
    found = members(outcome, TOTALS, "totals")
    found["manifest.json"] = manifest(outcome, "totals", found)
    return b"".join(found[name] for name in sorted(found) if name != "verify.py")


def classes(method: str, plan_name: str) -> tuple[list[list[int]], list[list[int]], list[list[int]]]:
    """The profiles by number, grouped by what is published, by the totals, and by totals and what has to be announced: who got
    what in which order, from the rule or its completion, and the endowment at which the rule ended."""
    shown: dict[bytes, list[int]] = defaultdict(list)
    totals: dict[bytes, list[int]] = defaultdict(list)
    announced: dict[Any, list[int]] = defaultdict(list)
    for place, election in enumerate(profiles(method)):
        plan = make_plan(plan_name, election, ties=("cheapest", "most-votes", "lot"))
        outcome = count(election, replace(plan, lot=Lot(tuple(IDS))))
        known = members(outcome, TOTALS, "totals")["totals.tsv"]
        shown[published(outcome)].append(place)
        totals[known].append(place)
        phases = [step.phase for step in outcome.steps if isinstance(step, Funded)]
        got = tuple((award.proposal, award.amount) for award in outcome.funded)
        announced[known, got, tuple(phases), outcome.endowment].append(place)
    return sorted(shown.values()), sorted(totals.values()), sorted(announced.values())


@pytest.mark.parametrize(
    ("plan", "method"),
    [
        *(("greedy", method) for method in ("approval", "points")),
        *((plan, "approval") for plan in ("greedy-stop", "greedy-80", "greedy-per-cost", "residual", "equal-split")),
    ],
)
def test_a_totals_bundle_of_a_counting_rule_tells_the_totals_and_nothing_else(plan: str, method: str) -> None:
    """Whoever tries all rounds that fit is left with exactly those that have these totals."""
    shown, totals, _ = classes(method, plan)
    assert plan in FROM_TOTALS
    assert shown == totals
    assert sum(len(group) > 1 for group in totals) > 20


@pytest.mark.parametrize(
    ("plan", "method"),
    [
        *(
            (f"equal-shares{add}", method)
            for add in ("", "/add1u", "/utilitarian")
            for method in ("approval", "points")
        ),
        ("phragmen", "approval"),
        ("everyones-share", "points"),
    ],
)
def test_with_other_rules_it_tells_what_is_announced_too_and_nothing_else(plan: str, method: str) -> None:
    """That the result has to be announced can single out a round that its totals hide (here 9 or 10 of 330 rounds of approval
    ballots, besides the 44 that the totals fix): the steps add nothing to it."""
    shown, _, announced = classes(method, plan)
    assert shown == announced
    if plan == "everyones-share":  # what each gets, to the øre, tells every one of these small rounds
        assert all(len(group) == 1 for group in announced)
    else:
        assert sum(len(group) > 1 for group in announced) > 20


@pytest.mark.parametrize("plan", ["greedy", "equal-shares/add1u"])
def test_the_totals_bundle_of_a_round_hides_salts_and_ballots(plan: str) -> None:
    made = play(plan)
    found = made.members("totals")
    assert {"leaves.txt", "events.jsonl"} <= set(found)
    text = b"".join(data for name, data in found.items() if name != "verify.py")
    for opening in made.box.openings:
        assert opening.leaf.encode() in text
        assert opening.salt.hex().encode() not in text
        assert "," not in opening.ballot or opening.ballot.encode() not in text
