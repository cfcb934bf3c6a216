"""The rules against the plain oracle, and against themselves with the filter switched off; properties of every outcome."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borgerbudget import Limits, Proposal, make_election
from borgerbudget.election import Election
from tallies import Lot, TieMatters, count, reachable, trace_bytes
from tallies.outcome import Outcome
from tallies.planning import make_plan
from tests.plain import Open, Plain
from tests.small import FIRST_BOOK, METHODS, Case, random_case

seeds = st.integers(0, 2**48)


def counted(case: Case, exact_only: bool = False) -> Outcome | None:
    try:
        return count(case.election, case.plan, exact_only=exact_only)
    except TieMatters:
        return None


@given(seed=seeds, method=st.sampled_from(METHODS))
@settings(max_examples=600, deadline=None)
def test_the_plain_oracle_agrees(seed: int, method: str) -> None:
    case = random_case(random.Random(seed), method)
    try:
        expected = Plain(case.election, case.plan).outcome()
    except Open:
        return
    outcome = counted(case)
    assert outcome is not None
    assert {a.proposal: a.amount for a in outcome.funded} == expected
    if not any(tie.decided_by == "no-difference" for tie in outcome.ties):
        assert [a.proposal for a in outcome.funded] == list(expected)


@given(seed=seeds)
@settings(max_examples=300, deadline=None)
def test_every_lot_leads_to_a_reachable_outcome_and_refusal_means_they_differ(seed: int) -> None:
    case = random_case(random.Random(seed))
    open_case = Case(case.election, case.name, case.settings, (*case.ties[:-1], "refuse"), None)
    found = reachable(open_case.election, open_case.plan)
    order = list(case.election.ids)
    random.Random(seed).shuffle(order)
    drawn = make_plan(case.name, case.election, case.settings, (*case.ties[:-1], "lot"), Lot(tuple(order)))
    with_lot = count(case.election, drawn)
    if found.complete:
        assert with_lot.key in {o.key for o in found.outcomes}
    outcome = counted(open_case)
    if outcome is None:
        assert not found.complete or len(found.outcomes) > 1
    else:
        assert [o.key for o in found.outcomes] == [outcome.key]
        assert with_lot.key == outcome.key


@given(seed=seeds)
@settings(max_examples=400, deadline=None)
def test_without_the_filter_the_same_bytes(seed: int) -> None:
    case = random_case(random.Random(seed))
    filtered, exact = counted(case), counted(case, exact_only=True)
    assert (filtered is None) == (exact is None)
    if filtered is not None and exact is not None:
        assert trace_bytes(filtered) == trace_bytes(exact)
        assert filtered.as_json() == exact.as_json()


@given(seed=seeds)
@settings(max_examples=300, deadline=None)
def test_what_holds_for_every_outcome(seed: int) -> None:
    case = random_case(random.Random(seed))
    outcome = counted(case)
    if outcome is None:
        return
    election, support = case.election, outcome.contest.support
    assert outcome.spent <= election.pool.amount
    ids = [a.proposal for a in outcome.funded]
    assert len(ids) == len(set(ids))
    assert sorted([*ids, *(i for i, _ in outcome.not_funded)]) == sorted(election.ids)
    for award in outcome.funded:
        p = election.index[award.proposal]
        assert not election.proposals[p].withdrawn
        assert support.supporters[p] > 0
        assert award.amount + (award.topped_up or 0) == election.costs[p]
    assert [i for i, _ in outcome.not_funded] == sorted((i for i, _ in outcome.not_funded), key=str.encode)


@given(seed=seeds)
@settings(max_examples=300, deadline=None)
def test_neither_the_order_of_ballots_nor_of_proposals_matters(seed: int) -> None:
    rng = random.Random(seed)
    ids = ["a", "b", "c", "d"]
    proposals = [Proposal(i, rng.choice((100, 200, 300))) for i in ids]
    ballots = [rng.sample(ids, rng.randint(0, 3)) for _ in range(6)]
    name = rng.choice(FIRST_BOOK)

    def result() -> object:
        election = make_election(400, proposals, ballots)
        try:
            return trace_bytes(count(election, make_plan(name, election)))
        except TieMatters as tie:
            return tie.as_json()

    first = result()
    rng.shuffle(proposals)
    rng.shuffle(ballots)
    for ballot in ballots:
        rng.shuffle(ballot)
    assert result() == first


@given(seed=seeds)
@settings(max_examples=200, deadline=None)
def test_ids_never_decide(seed: int) -> None:
    """Renaming the proposals renames the outcome, whatever the byte order of the new names."""
    rng = random.Random(seed)
    ids = ["a", "b", "c", "d", "e"]
    names = dict(zip(ids, rng.sample(["z", "y", "1", "02", "æ", "B", "k"], 5), strict=True))
    costs = {i: rng.choice((100, 200, 300)) for i in ids}
    ballots = [rng.sample(ids, rng.randint(0, 3)) for _ in range(7)]
    plan_name = rng.choice(FIRST_BOOK)

    def funded(rename: dict[str, str]) -> object:
        election = make_election(
            500, [Proposal(rename[i], costs[i]) for i in ids], [[rename[i] for i in b] for b in ballots]
        )
        try:
            outcome = count(election, make_plan(plan_name, election))
        except TieMatters:
            return None
        return {a.proposal for a in outcome.funded}

    before, after = funded({i: i for i in ids}), funded(names)
    assert (before is None) == (after is None)
    if isinstance(before, set):
        assert {names[i] for i in before} == after


@given(seed=seeds, method=st.sampled_from(METHODS))
@settings(max_examples=200, deadline=None)
def test_a_weight_counts_as_so_many_voters(seed: int, method: str) -> None:
    rng = random.Random(seed)
    case = random_case(rng, method)
    election = case.election
    if election.profile.denominator != 1:
        return
    one_by_one = _again(election, [1] * election.profile.total, by_voter=True)
    weighted = _again(election, election.profile.weights.tolist(), by_voter=False)
    results = []
    for version in (one_by_one, weighted):
        outcome = counted(Case(version, case.name, case.settings, case.ties, case.lot))
        results.append(None if outcome is None else trace_bytes(outcome))
    assert results[0] == results[1]


def _again(election: Election, weights: list[int], by_voter: bool) -> Election:
    """The election from its own profile, a ballot a voter or a ballot a group."""
    ballots = []
    for group, weight in enumerate(election.profile.weights.tolist()):
        proposals, points = election.profile.ballot(group)
        ids = [election.ids[p] for p in proposals]
        ballot = ids if points is None else dict(zip(ids, points, strict=True))
        ballots += [ballot] * (weight if by_voter else 1)
    limits = Limits(default_score=election.limits.default_score)
    return make_election(
        election.pool, election.proposals, ballots, election.method.name, weights, limits, election.round
    )


def test_fractional_weights_scale_out() -> None:
    proposals = [Proposal("a", 300), Proposal("b", 200), Proposal("c", 200)]
    ballots = [["a", "b"], ["b"], ["c", "a"], []]
    from fractions import Fraction

    whole = make_election(500, proposals, ballots, weights=[3, 2, 4, 1])
    halves = make_election(500, proposals, ballots, weights=[Fraction(w, 2) for w in (3, 2, 4, 1)])
    for name in FIRST_BOOK:
        plan = make_plan(name, whole, {"start": "exact", "increment": "1/10"} if "add1" in name else {})
        other = make_plan(name, halves, {"start": "exact", "increment": "1/5"} if "add1" in name else {})
        assert count(whole, plan).key == count(halves, other).key, name


@pytest.mark.parametrize("weights", [[2**60, 2**60, 3], [10**30, 10**30 + 1, 7]])
def test_weights_beyond_every_machine_number_are_counted_exactly(weights: list[int]) -> None:
    proposals = [Proposal("a", 300), Proposal("b", 300), Proposal("c", 300)]
    election = make_election(600, proposals, [["a", "c"], ["b"], ["c"]], weights=weights)
    for name in FIRST_BOOK:
        case = Case(election, name, {}, ("cheapest", "most-votes", "refuse"), None)
        if name.startswith("equal-shares/add1"):
            continue  # the endowment would have to climb from less than an øre
        outcome = counted(case)
        try:
            expected = Plain(election, case.plan).outcome()
        except Open:
            continue
        assert outcome is not None
        assert {a.proposal: a.amount for a in outcome.funded} == expected


@pytest.mark.parametrize("points", [2**52, 2**53 - 1])
def test_points_beyond_float_precision_are_counted_exactly(points: int) -> None:
    proposals = [Proposal("a", 300), Proposal("b", 300)]
    ballots = [{"a": points, "b": points - 1}] * 40 + [{"b": 39}]
    election = make_election(300, proposals, ballots, "points")
    assert [a.proposal for a in count(election, make_plan("greedy", election)).funded] == ["a"]
    more = make_election(300, proposals, [*ballots, {"b": 2}], "points")
    assert [a.proposal for a in count(more, make_plan("greedy", more)).funded] == ["b"]
    for e in (election, more):
        plan = make_plan("equal-shares", e)
        assert count(e, plan).key == count(e, plan, exact_only=True).key


def test_a_tie_that_lasts_for_ever_does_not_shorten_the_jumps_of_add1() -> None:
    proposals = [Proposal("x", 100), Proposal("y", 100), Proposal("z", 100_000)]
    election = make_election(150_000, proposals, [["x"], ["y"], ["z"], []], "approval", round="r")
    plan = make_plan("equal-shares/add1", election, {"increment": "1/100"}, ("lot",), Lot(("y", "x", "z")))
    outcome = count(election, plan)
    assert [award.proposal for award in outcome.funded] == ["y", "x", "z"]
    assert outcome.contest.diagnostics.runs < 200  # 62,500 endowments
