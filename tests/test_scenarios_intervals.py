"""The intervals of a swept pool or price are what every single value gives, for every plan of the books."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from borgerbudget import Proposal, make_election
from borgerbudget.election import Election
from borgerbudget.errors import InputRejected, UsageError
from borgerbudget.pool import Pool
from scenarios.intervals.held import Found, Held
from scenarios.intervals.sweeping import LOOK, PlanOf, Range, _swept, pools, prices
from tallies.counting import MOST_LEAVES, leaves
from tallies.many import Changed
from tallies.plan import Plan
from tallies.planning import known_plans, make_plan
from tallies.rules import RULES
from tests.small import FIRST_BOOK, Case, random_case, random_village_case

CASES = 12
"""Random elections for each rule; a mistake in a certificate shows in far fewer."""


def plainly(election: Election, plan: Plan) -> tuple[int, ...] | str:
    """Who is funded in a plain count of one election: the same in every way of breaking ties, or ``lot``."""
    sets = set()
    try:
        for number, leaf in enumerate(leaves(election, plan)):
            if number == MOST_LEAVES:
                return "lot"
            sets.add(leaf.won)
    except InputRejected as error:
        return error.problems[0].code
    return tuple(sorted(*sets)) if len(sets) == 1 else "lot"


def said(parts: tuple[Held, ...], value: int) -> tuple[int, ...] | str:
    [part] = [part for part in parts if part.low <= value <= part.high]
    if part.found.refused is not None:
        return part.found.refused.code
    return "lot" if part.found.funded is None else part.found.funded


def seamless(parts: tuple[Held, ...], asked: Range) -> bool:
    ends = parts[0].low == asked.low and parts[-1].high == asked.high
    return ends and all(a.high + 1 == b.low for a, b in pairwise(parts))


def check(case: Case, rng: random.Random, parameter: str, length: int = 60, plan_of: PlanOf | None = None) -> bool:
    """True when all of it was certified."""
    election, plan = case.election, case.plan
    plan_of = plan_of or (lambda _: plan)
    low = rng.randint(1, max(1, election.pool.amount + length // 2))
    p = rng.randrange(len(election.ids))
    if parameter == "price":
        low = max(1, election.costs[p] - rng.randint(0, length))
    asked = Range(low, low + length - 1, 1)
    if parameter == "price":
        parts = prices(election, plan_of, p, asked).parts
        changed = [Changed(costs=((p, value),)) for value in range(asked.low, asked.high + 1)]
    else:
        parts = pools(election, plan_of, asked).parts
        changed = [Changed(pool=value) for value in range(asked.low, asked.high + 1)]
    assert seamless(parts, asked)
    for value, change in zip(range(asked.low, asked.high + 1), changed, strict=True):
        there = change.election(election)
        assert said(parts, value) == plainly(there, plan_of(there)), (case, parameter, p, value, parts)
    assert all(a.same != b.same for a, b in pairwise(parts))
    return all(part.certified for part in parts)


def drawn(rng: random.Random, name: str, village: bool) -> Case | None:
    """A random case with this plan."""
    rule = name.partition("/")[0]
    for _ in range(40):
        try:
            case = random_village_case(rng, rule) if village else random_case(rng)
            case = replace(case, name=name)
            assert case.plan
        except (UsageError, InputRejected, AssertionError):
            continue
        return case
    return None


@pytest.mark.parametrize("parameter", ["pool", "price"])
@pytest.mark.parametrize("name", FIRST_BOOK)
def test_every_value_is_counted_the_same_alone(name: str, parameter: str) -> None:
    rng = random.Random(f"{name} {parameter}")
    certified = 0
    for _ in range(CASES):
        case = drawn(rng, name, village=False)
        if case is not None:
            certified += check(case, rng, parameter)
    assert certified


@pytest.mark.parametrize("parameter", ["pool", "price"])
@pytest.mark.parametrize("rule", RULES)
def test_so_it_is_with_all_that_villages_add(rule: str, parameter: str) -> None:
    rng = random.Random(f"{rule} {parameter}")
    names = [name for name in known_plans() if name.partition("/")[0] == rule]
    for _ in range(CASES // 2):
        case = drawn(rng, rng.choice(names), village=True)
        if case is not None:
            check(case, rng, parameter, 30)


@pytest.mark.parametrize("parameter", ["pool", "price"])
@pytest.mark.parametrize("name", [name for name in FIRST_BOOK if name.startswith("equal-shares")])
def test_equal_shares_with_terms_that_only_say_who_takes_part_are_proven_too(name: str, parameter: str) -> None:
    rng = random.Random(f"{name} {parameter} terms")
    for terms in ({"threshold_share": "1/4"}, {"turnout": "3"}, {"threshold_share": "1/5", "leftover": "carry-over"}):
        case = drawn(rng, name, village=False)
        while case is None or case.election.method.has_points:
            case = drawn(rng, name, village=False)
        case = replace(case, settings=case.settings | terms)
        assert check(case, rng, parameter, 40)


@pytest.mark.parametrize("kind", ["earmark", "pot", "at-most", "at-least"])
def test_where_a_plan_keeps_a_share_of_the_pool_the_share_grows_with_it(kind: str) -> None:
    rng, certified = random.Random(kind), 0
    for share in ("1/2", "1/3", "20%"):
        case = drawn(rng, "greedy", village=False)
        assert case is not None
        members = sorted(rng.sample(case.election.ids, rng.randint(1, len(case.election.ids))))
        constraint = {"kind": kind, "name": "k", "proposals": members, "share": share}
        case = replace(case, name=rng.choice(("greedy", "greedy-per-cost")), settings={"constraints": [constraint]})
        ties, lot = case.ties, case.lot
        name, settings = case.name, case.settings
        proposals = tuple(replace(p, cost=7 * p.cost + 20) for p in case.election.proposals)
        case = replace(case, election=replace(case.election, proposals=proposals, pool=Pool(60)))

        def plan_of(election: Election) -> Plan:
            return make_plan(name, election, settings, ties, lot)  # noqa: B023  (used at once)

        certified += check(case, rng, "pool", 60, plan_of)
    assert certified


class Stopping:
    """Goes on so often; then somebody presses Ctrl-C."""

    def __init__(self, times: int) -> None:
        self.times = times

    def __call__(self, behind: int) -> bool:
        self.times -= 1
        if self.times < 0:
            raise KeyboardInterrupt
        return True


@pytest.mark.parametrize("parameter", ["pool", "price"])
def test_ctrl_c_keeps_what_was_found(parameter: str) -> None:
    election = make_election(100, [Proposal(i, c) for i, c in (("a", 30), ("b", 50), ("c", 70))], [["a", "b"], ["c"], ["b"]],
                             "approval", round="r")  # fmt: skip
    asked = Range(20, 170, 10)

    def swept(goes_on: Stopping | None) -> tuple[Held, ...]:
        def plan_of(_: Election) -> Plan:
            return make_plan("greedy", election)

        if parameter == "pool":
            return pools(election, plan_of, asked, goes_on).parts
        return prices(election, plan_of, 1, asked, goes_on).parts

    whole, some = swept(None), swept(Stopping(1))
    assert all(any(w.low <= part.low <= part.high <= w.high and w.found == part.found for w in whole) for part in some)
    ends = (some[0].low, some[-1].high)
    assert ends[0] == 20 if parameter == "pool" else ends[1] == 170  # a price falls
    assert ends != (20, 170)


def test_ctrl_c_before_anything_is_found_ends_it() -> None:
    def counted(_: int) -> Found:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _swept(Range(21, 30, 1), "terms", counted, None, [])


def test_a_range_that_would_take_far_too_many_certificates_is_sampled_and_the_value_that_was_named_is_among_the_samples() -> (
    None
):
    values: list[int] = []

    def counted(value: int) -> Found:
        values.append(value)
        return Found(())

    def single(value: int, most: int) -> tuple[Found, int]:
        return Found((value % 2,)), 1  # two values each

    parts: list[Held] = []
    why = _swept(Range(1, 10_000_000, 2_000_000, 777_777), single, counted, None, parts)
    assert why == "too-many"
    assert len([part for part in parts if part.certified]) == LOOK
    assert values == [101, 777_777, 2_000_101, 4_000_101, 6_000_101, 8_000_101, 10_000_000]
