"""The least changes under the completions that raise the endowment, against every price, number and pool tried one by one."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from pathlib import Path

import pytest

from borgerbudget.files import read_round
from tallies import Plan, TieMatters, count, drawn_lot, make_plan
from tallies.contest import make_contest
from tallies.explain import pushed, raised, sentences, why
from tallies.explain.least_change import Change, votes_change
from tallies.explain.trials import Trials
from tallies.numerics.reach import Reach
from tallies.shares import market_of, run, sequence
from tests.test_explain import Round, random_round, single, wins

RAISED = ("add1", "add1e", "add1u", "add1eu")
SETTINGS = (
    # start and increment, and what the small amounts of ``random_round`` are multiplied by
    ("integral", "1/100", 1),
    ("exact", "1/100", 1),
    ("exact", "1/30", 7),
    ("integral", "1", 60),
    ("integral", "1/2", 90),
)
MOST_VOTES, MOST_POOLS = 18, 40


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushed, "MOST_RUNS", 20_000)
    monkeypatch.setattr(raised, "FEW_BALLOTS", 0)


def raised_plan(chance: random.Random, completion: str, small: Round, start: str, increment: str) -> Plan:
    election = small.election()
    settings: dict[str, object] = {"start": start, "increment": increment}
    if chance.random() < 0.2:
        settings["threshold"] = chance.randint(0, 3)
    if small.method == "approval" and chance.random() < 0.5:
        settings["utility"] = "count"
    ties = chance.choice((("cheapest", "most-votes", "refuse"), ("most-votes", "refuse"), ("refuse",), ("lot",)))
    order = list(election.ids)
    chance.shuffle(order)
    lot = drawn_lot(election, order) if ties == ("lot",) else None
    return make_plan(f"equal-shares/{completion}", election, settings, ties, lot)


def least_of(change: Change | None, what: object) -> int | None:
    assert change is not None
    assert change.kind in ("least", "none"), what
    return change.value


@pytest.mark.parametrize(("start", "increment", "times"), SETTINGS)
@pytest.mark.parametrize("completion", RAISED)
def test_least_changes_equal_those_found_by_trying_everything(
    completion: str, start: str, increment: str, times: int
) -> None:
    tried = 0
    for seed in range(5):
        chance = random.Random(f"{completion} {start} {increment} {seed}")
        method = chance.choice(("approval", "approval", "points", "ranked"))
        small = random_round(chance, method)
        small = replace(small, pool=small.pool * times, costs={i: c * times for i, c in small.costs.items()})
        plan = raised_plan(chance, completion, small, start, increment)
        election = small.election()
        try:
            outcome = count(election, plan)
        except TieMatters:
            continue
        for proposal in election.ids:
            told = why(election, plan, proposal, outcome=outcome)
            changes, cost = told.changes, small.costs[proposal]
            assert changes is not None
            here = (small, plan, proposal)

            def at_price(price: int, small: Round = small, plan: Plan = plan, proposal: str = proposal) -> bool:
                return wins(replace(small, costs={**small.costs, proposal: price}).election(), plan, proposal)

            found = least_of(changes.cost, here)
            tried += 1
            # above what is found nothing wins; it does itself, and wherever it is said to
            above = range(small.pool if told.funded else cost - 1, (found or 0), -1)
            looked = above if len(above) < 60 else sorted(chance.sample(above, 40) + list(above[-20:]))
            assert not any(map(at_price, looked)), here
            if found is not None:
                assert at_price(found), here
                assert changes.cost.holds is not None or found == cost
                if changes.cost.holds is not None:
                    low, high = changes.cost.holds
                    assert low <= found <= high
                    assert at_price(low)
                    assert at_price((low + high) // 2)
            if told.funded:
                continue
            pools = range(small.pool + 1, small.pool + MOST_POOLS)
            found = least_of(changes.pool, here)
            first = next((b for b in pools if wins(replace(small, pool=b).election(), plan, proposal)), None)
            assert found == first or (first is None and (found is None or found >= pools.stop)), here
            if found is not None:
                assert wins(replace(small, pool=found).election(), plan, proposal), here
            found = least_of(changes.votes, here)
            ballot = single(small, plan, proposal)
            more = range(1, MOST_VOTES)
            first = None if ballot is None else next(
                (k for k in more if wins(small.election([ballot] * k), plan, proposal)), None
            )  # fmt: skip
            assert found == first or (first is None and (found is None or found >= MOST_VOTES)), here
            if changes.votes is not None and changes.votes.holds is not None:
                for k in islice(range(changes.votes.holds[0], changes.votes.holds[1] + 1), 4):
                    assert wins(small.election([ballot] * k), plan, proposal)
    assert tried > 5


def test_what_is_out_of_reach_is_not_bought() -> None:
    """The bounds of ``tallies.numerics.reach`` against runs at prices and numbers of voters within them."""
    close = 0
    for seed in range(150):
        chance = random.Random(seed)
        small = random_round(chance, chance.choice(("approval", "points")))
        small = replace(
            small, withdrawn=None, pool=small.pool * 100, costs={i: c * 100 for i, c in small.costs.items()}
        )
        election = small.election()
        plan = make_plan("equal-shares/add1", election, ties=("lot",), lot=drawn_lot(election, election.ids))
        p = chance.randrange(len(election.ids))
        contest = make_contest(election, plan)
        out = tuple("excluded" if q == p else code for q, code in enumerate(contest.out))
        without = replace(contest, out=out)
        if not contest.support.total or not contest.support.supporters[p]:
            continue
        market, endowment = market_of(without), Fraction(chance.randint(50, 900))
        purses = run(without, market, endowment, 0)
        prices = Reach(market, p).price(purses, purses, plan.utility == "cost")
        voters = Reach(market, p).voters(purses, purses, 2)
        assert len(prices) == len(voters) == len(purses.bought) + 1
        for price in {max(prices) + 1, max(prices) - 3, max(prices) // 2}:
            if not 0 < price <= election.pool.amount:
                continue
            costs = {**small.costs, election.ids[p]: price}
            other = make_contest(replace(small, costs=costs).election(), plan)
            bought = p in sequence(run(other, market_of(other), endowment, 0))
            assert not bought or price <= max(prices)
            close += bought and price == max(prices) - 3
    assert close > 10


def test_where_ballots_are_few_the_first_numbers_of_new_voters_are_counted(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    election = read_round(root / "examples" / "lillevig-2026.pb").election
    plan = make_plan("equal-shares/add1u", election)
    outcome = count(election, plan)
    for few in (0, 1_000):
        monkeypatch.setattr(raised, "FEW_BALLOTS", few)
        trial = Trials(election, plan, election.index["L07"], outcome.contest.support)
        found = votes_change(trial, outcome)
        assert (found.kind, found.value) == ("least", 5)


def test_a_price_that_wins_is_told_with_how_far_down_it_certainly_does(root: Path) -> None:
    election = read_round(root / "examples" / "lillevig-2026.pb").election
    told = why(election, make_plan("equal-shares/add1u", election), "L07")
    assert told.changes is not None
    assert told.changes.cost.holds is not None
    low, high = told.changes.cost.holds
    assert high == told.changes.cost.value == 926_287
    assert low < high
    assert "hvis det havde kostet 9.262,87 kr. (eller mindre, i hvert fald ned til" in " ".join(sentences(told, "da"))
    assert "højst" not in " ".join(sentences(told, "da"))
