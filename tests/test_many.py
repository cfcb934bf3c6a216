"""Many counts of one election: each equal to a plain count of the changed election, for every plan of the books."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from borgerbudget import Proposal, make_election
from borgerbudget.election import Election
from borgerbudget.errors import InputRejected, UsageError
from borgerbudget.files import read_round
from tallies import Plan, TieMatters, count, drawn_lot, make_plan
from tallies.counting import leaves
from tallies.many import Changed, Counted, Many, count_all
from tallies.planning import known_plans
from tests.small import FIRST_BOOK, Case, random_case, random_village_case

NAMES = tuple(known_plans())


def plainly(changed: Changed, election: Election, plan: Plan) -> tuple[tuple[tuple[int, int], ...], ...] | None:
    """The outcome of a plain count of the changed election, None when only a lot may decide."""
    other = changed.election(election)
    try:
        outcome = count(other, plan)
    except TieMatters:
        return None
    return tuple(sorted((other.index[award.proposal], award.amount) for award in outcome.funded))


def in_short(counted: Counted) -> tuple[tuple[int, int], ...] | None:
    return None if counted.tie else tuple(zip(counted.funded, counted.amounts, strict=True))


def random_change(rng: random.Random, election: Election) -> Changed:
    pool, costs, weights, denominator = None, [], None, 1
    kind = rng.choice(("pool", "pool", "costs", "weights", "all"))
    if kind in ("pool", "all"):
        pool = rng.choice((rng.randint(1, 2 * election.pool.amount), sum(election.costs), max(election.costs)))
    if kind in ("costs", "all"):
        chosen = rng.sample(range(len(election.costs)), rng.randint(1, len(election.costs)))
        costs = [(p, max(1, election.costs[p] + rng.choice((-50, -1, 0, 1, 100)))) for p in chosen]
    if kind in ("weights", "all") and election.totals is None:
        weights = np.array([rng.choice((0, 1, 1, 2, 5)) for _ in election.profile.weights], np.int64)
        denominator = rng.choice((1, 1, 2, 3))
    return Changed(pool, tuple(costs), weights, denominator)


def cases(name: str) -> Iterator[Case]:
    rule = name.partition("/")[0]
    for seed in range(60):
        rng = random.Random(f"{name} {seed}")
        case = random_case(rng) if seed % 2 else random_village_case(rng, rule)
        if not case.village:
            if name not in FIRST_BOOK or (rule == "phragmen" and not case.election.method.has_points):
                continue
            case = replace(case, name=name, settings=case.settings if rule == "equal-shares" else {})
        if case.name == name:
            yield case


@pytest.mark.parametrize("name", NAMES)
def test_every_count_equals_a_plain_count_of_the_changed_election(name: str) -> None:
    compared = 0
    for case in cases(name):
        try:
            plan = case.plan
        except UsageError:  # settings of another plan of the same rule
            continue
        many = Many(case.election, plan)
        rng = random.Random(repr(case.settings))
        for _ in range(6):
            changed = random_change(rng, case.election)
            try:
                expected = plainly(changed, case.election, plan)
            except InputRejected:
                with pytest.raises(InputRejected):
                    many.count(changed)
                continue
            compared += 1
            assert in_short(many.count(changed)) == expected, (case, changed)
    assert compared > 20


@pytest.mark.parametrize("name", ["greedy", "greedy-stop", "greedy-per-cost"])
def test_what_holds_for_an_interval_of_pools_is_counted_once_and_for_no_pool_beyond(name: str) -> None:
    again = 0
    for seed in range(12):
        rng = random.Random(seed)
        election = random_case(rng).election
        many = Many(election, make_plan(name, election, {}))
        pools = [rng.randint(1, sum(election.costs) + 9) for _ in range(25)]
        ends = [election.pool.amount + cost + by for cost in (0, *election.costs) for by in (-1, 0)]
        for pool in (*pools, *filter(None, ends)):
            changed = Changed(pool=pool)
            again += many._base is not None and many._base._known.at(pool) is not None
            assert in_short(many.count(changed)) == plainly(changed, election, many.plan), (seed, pool)
    assert again > 100


def test_a_tie_that_a_plan_leaves_open_is_broken_by_id_and_marked_when_asked_for() -> None:
    marked = 0
    for seed in range(1000):
        rng = random.Random(seed)
        case = random_case(rng)
        many = Many(case.election, case.plan, "order")
        found = many.count()
        try:
            outcome = count(case.election, case.plan)
        except TieMatters:
            assert found.tie
            by_id = drawn_lot(case.election, case.election.ids)
            ties = (*case.plan.ties[:-1], "lot")
            outcome = count(case.election, replace(case.plan, ties=ties, lot=by_id))
            marked += 1
        assert set(found.funded) == outcome.won
        assert found.spent == outcome.spent
    assert marked > 10


def test_the_whole_outcome_can_be_asked_for(root: Path) -> None:
    election = read_round(root / "examples" / "lillevig-2026.pb").election
    plan = make_plan("equal-shares/add1u", election)
    many = Many(election, plan)
    changed = Changed(pool=10_000_000)
    assert many.outcome(changed).won == set(many.count(changed).funded)


def robust(root: Path, runs: int) -> tuple[Election, Plan, list[Changed]]:
    election = read_round(root / "examples" / "lillevig-2026.pb").election
    plan = make_plan("equal-shares/add1eu", election, ties=("lot",), lot=drawn_lot(election, election.ids))
    share = election.profile.weights / election.profile.total
    drawn = np.random.default_rng(1).multinomial(election.profile.total, share, size=runs)
    return election, plan, [Changed(weights=weights) for weights in drawn]


def test_the_number_of_workers_changes_nothing(root: Path) -> None:
    election, plan, changes = robust(root, 150)
    told: list[int] = []
    here = count_all(election, plan, changes, progress=told.append)
    assert told == list(range(1, 151))
    assert here.complete
    assert count_all(election, plan, iter(changes), workers=2) == here


def test_what_is_done_is_kept_when_somebody_stops_it(root: Path) -> None:
    election, plan, changes = robust(root, 200)

    def enough(done: int) -> None:
        if done >= 70:
            os.kill(os.getpid(), signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a program started in the background ignores it
    try:
        runs = [count_all(election, plan, changes, workers=workers, progress=enough) for workers in (1, 2)]
    finally:
        signal.signal(signal.SIGINT, before)
    for run in runs:
        assert not run.complete
        assert 70 <= len(run.counts) < 200
        assert run.counts == count_all(election, plan, changes[: len(run.counts)]).counts


@pytest.mark.parametrize(
    "wrong", [{"pool": 0}, {"costs": ((0, 0),)}, {"weights": np.array([-1]), "denominator": 1}, {"denominator": 0}]
)
def test_what_no_election_can_have_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must be"):
        Changed(**wrong)


def test_weights_must_be_those_of_the_ballots(root: Path) -> None:
    election = read_round(root / "examples" / "lillevig-2026.pb").election
    with pytest.raises(ValueError, match="every distinct ballot"):
        Many(election, make_plan("greedy", election)).count(Changed(weights=np.array([1])))


def test_a_weight_over_a_denominator_is_a_part_of_a_vote(root: Path) -> None:
    election = read_round(root / "examples" / "lillevig-2026.pb").election
    plan = make_plan("greedy", election)
    halved = Changed(weights=election.profile.weights, denominator=2).election(election)
    assert halved.profile.voters == election.profile.voters * Fraction(1, 2)
    assert next(leaves(halved, plan)).won == set(
        Many(election, plan).count(Changed(weights=election.profile.weights, denominator=2)).funded
    )


def test_an_open_tie_is_met_whatever_was_counted_before() -> None:
    # x and y tie in the greater pool; in the smaller one the same three are bought, x dearer and y out of reach
    ballots = [["a", "d", "y"], ["x", "y"], ["a", "x"], ["a", "d"], ["a", "d"], ["a", "d"], ["a"]]
    proposals = [Proposal("a", 60), Proposal("d", 8), Proposal("x", 100), Proposal("y", 100)]
    election = make_election(62 * len(ballots), proposals, ballots, "approval", round="r")
    plan = make_plan("equal-shares/none", election, {"utility": "cost", "comparison": "none"}, ("refuse",))
    many, in_order = Many(election, plan), Many(election, plan, "order")
    smaller = Changed(pool=55 * len(ballots))
    assert many.count(smaller).funded == in_order.count(smaller).funded == (0, 1, 2)
    assert plainly(Changed(), election, plan) is None
    assert many.count().tie
    assert in_order.count() == Many(election, plan, "order").count() == Counted((0, 1, 2), (60, 8, 100), True)
