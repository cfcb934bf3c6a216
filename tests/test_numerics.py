"""Floats may filter but never decide: certified intervals, near ties, affordability to the last øre, and that the filter
leaves nothing but true ties to exact arithmetic."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borgerbudget import Election, Proposal, make_election
from tallies import Lot, count, make_plan, trace_bytes
from tallies.completions import add1
from tallies.contest import Diagnostics, make_contest
from tallies.numerics import compiled
from tallies.numerics.clocks import Clocks
from tallies.numerics.ledger import Ledger
from tallies.numerics.market import EPS, Market, sum_error
from tallies.numerics.purses import Purses, Root
from tallies.numerics.repeat import Line, repeated
from tallies.outcome import Outcome
from tallies.rationals import integer, integer_text, number, rational, rational_text
from tallies.shares import market_of, run, sequence
from tallies.steps import Funded, Unaffordable
from tallies.support import LARGEST_EXACT, exact_sums, per_voter, support_of
from tests.agree import engine, reference
from tests.small import Case, random_election


@cache
def middling(method: str, seed: int = 0, voters: int = 250) -> Election:
    """Proposals of costs from 2,000 to 40,000 kr. to the øre and a few hundred voters: no ties but by wonder."""
    rng = random.Random(f"{method}/{seed}")
    ids = [f"p{i:02}" for i in range(14)]
    proposals = [Proposal(i, rng.randrange(200_000, 4_000_000)) for i in ids]
    popularity = [rng.random() ** 2 + 0.03 for _ in ids]
    ballots: list[object] = []
    for _ in range(voters):
        chosen = [i for i, share in zip(ids, popularity, strict=True) if rng.random() < share]
        ballots.append({i: rng.randint(1, 9) for i in chosen} if method == "points" else chosen)
    return make_election(21_000_019, proposals, ballots, method, round="middling")


def market(election: Election, utility: str | None = None, exact_only: bool = False) -> Market:
    settings = {} if utility is None else {"utility": utility}
    plan = make_plan("equal-shares/none", election, settings)
    return market_of(make_contest(election, plan, exact_only=exact_only))


def rho(market: Market, purses: Purses, p: int) -> Fraction | None:
    price = purses.ledger.price(p)
    return None if price is None else Fraction(price.numerator, price.denominator * market.factors[p])


def first_bound(m: Market, p: int) -> float:
    return next(bound for bound, q in m.bounds if q == p)


def undercut(purses: Purses, paid: Fraction, goes_after: Callable[[int], bool]) -> bool:
    """Whether any open proposal has rho < ``paid``, or rho = ``paid`` without going after in the tie order."""
    about = float(paid)
    for q, overlap in purses.up_to(Root(0.0, 0.0, about * (1 - 2 * EPS), about * (1 + 2 * EPS))):
        rho = purses.rho_of(q) if overlap else None
        if not overlap or (rho is not None and (rho < paid or (rho == paid and not goes_after(q)))):
            return True
    return False


SHAPES = [("approval", "cost"), ("approval", "count"), ("points", None)]


# --- money and intervals


def money_in_the_ledger(purses: Purses) -> list[Fraction]:
    """What each group has, exactly."""
    ledger, rounds = purses.ledger, len(purses.bought) + 1
    prices = [Fraction(b.numerator, b.denominator) for b in ledger.purchases]
    return [
        Fraction(0)
        if ledger._out[group]
        else purses.endowment - sum((s * prices[r - 1] for r, s in ledger.rounds_paid(group, rounds)), Fraction(0))
        for group in range(purses.market.support.weights.size)
    ]


def collected(m: Market, p: int, money: Sequence[Fraction | float], unit: Fraction) -> Fraction:
    """What the supporters of p pay at a unit price out of ``money``: F of docs/exactness.md."""
    groups, values = m.columns[p]
    each = [1] * groups.size if values is None else values.tolist()
    weights = m.support.weights[groups].tolist()
    pairs = zip(groups.tolist(), weights, each, strict=True)
    return sum((w * min(Fraction(money[g]), unit * s) for g, w, s in pairs), Fraction(0))


def check_money(purses: Purses) -> None:
    weights = purses.market.support.weights.tolist()
    exact, floats = money_in_the_ledger(purses), purses._money.tolist()
    off = sum((w * abs(Fraction(f) - e) for w, f, e in zip(weights, floats, exact, strict=True)), Fraction(0))
    assert off <= Fraction(purses._error)


def check_root(purses: Purses, p: int) -> None:
    """The root misses the cost by no more than it says, in floats' money or (made by the ledger) in exact money."""
    m, root = purses.market, purses._roots[p]
    unit, cost = Fraction(root.unit), m.scaled_costs[p]
    exact, floats = money_in_the_ledger(purses), purses._money.tolist()
    assert min(abs(collected(m, p, money, unit) - cost) for money in (exact, floats)) <= Fraction(root.missed)
    price = rho(m, purses, p)
    assert price is not None
    assert Fraction(root.low) <= price <= Fraction(root.high)


@pytest.mark.parametrize(("method", "utility"), SHAPES)
def test_money_in_floats_stays_within_its_error(method: str, utility: str | None) -> None:
    """Whatever is bought, in whatever order, by purses that look at other prices in between."""
    m = market(middling(method), utility)
    eps = Fraction(1, 2**52)
    for seed in range(3):
        purses = Purses(m, Fraction(84_000 * (3 * seed + 2), 3))
        check_money(purses)
        due = eps * Fraction(purses._b0) * m.support.total
        assert Fraction(purses._error) >= due * (1 - eps)
        for p in random.Random(seed).sample(m.proposals, len(m.proposals)):
            purses.cheapest()
            if purses._interval(p, 0.0, math.inf) is None:
                continue
            check_root(purses, p)
            missed = Fraction(purses._roots[p].missed)
            assert missed >= 4 * eps * m.scaled_costs[p]
            assert purses.buy(p)
            check_money(purses)
            due += missed + 2 * eps * (m.scaled_costs[p] + Fraction(purses._b0) * m.support.supporters[p])
            assert Fraction(purses._error) >= due * (1 - 4 * eps)
        assert purses._error < 1e-6
        assert len(purses.bought) > 3 * seed


@given(
    st.integers(0, 10**9), st.sampled_from(["approval", "points"]), st.fractions(Fraction(1, 3), 9, max_denominator=7)
)
@settings(max_examples=60)
def test_money_in_floats_stays_within_its_error_where_much_ties(seed: int, method: str, share: Fraction) -> None:
    """Ties and last øres are decided by the ledger, whose roots the floats then pay by."""
    rng = random.Random(seed)
    election = random_election(rng, method)
    if not election.profile.total:
        return
    m = market(election, None if method == "points" else rng.choice(["cost", "count"]))
    purses = Purses(m, per_voter(election.pool.amount, m.support) * share)
    while first := purses.cheapest():
        p = rng.choice(first)
        check_root(purses, p)
        assert purses.buy(p)
        check_money(purses)


@pytest.mark.parametrize("exact_only", [False, True])
@pytest.mark.parametrize(("method", "utility"), SHAPES)
def test_an_interval_holds_the_exact_price(method: str, utility: str | None, exact_only: bool) -> None:
    """Purchases in random order: whatever state the purses are in, and wherever the search starts, rho lies between
    the two floats."""
    rng = random.Random(f"{method}/{utility}")
    seen = unaffordable = 0
    for seed in range(1 if exact_only else 2):
        m = market(middling(method, seed), utility, exact_only)
        for share in (Fraction(1, 3), Fraction(7, 2)) if exact_only else (Fraction(1, 3), 1, Fraction(7, 2)):
            purses = Purses(m, Fraction(21_000_019, 250) * share)
            still_open = list(m.proposals)
            rng.shuffle(still_open)
            while still_open:
                for p in still_open:
                    exact = rho(m, purses, p)
                    near = math.inf if exact is None else float(exact) * rng.choice((0.01, 0.9, 1, 1.1, 9, math.inf))
                    interval = purses._interval(p, first_bound(m, p), math.inf, near)
                    assert (interval is None) == (exact is None)
                    if interval is None or exact is None:
                        unaffordable += 1
                        continue
                    low, high = map(Fraction, interval)
                    assert low <= exact <= high
                    assert high - low < exact / 10**8
                    seen += 1
                purses.buy(still_open.pop())
    assert seen > 80
    assert unaffordable > 20


@pytest.mark.parametrize(("method", "utility"), SHAPES)
def test_an_interval_above_what_is_sought_is_still_a_lower_bound(method: str, utility: str | None) -> None:
    m = market(middling(method), utility)
    purses = Purses(m, Fraction(84_000, 1))
    while first := purses.cheapest():
        best = rho(m, purses, first[0])
        assert best is not None
        for p in m.proposals:
            exact = rho(m, purses, p)
            if p in sequence(purses) or exact is None:
                continue
            interval = purses._interval(p, first_bound(m, p), float(best))
            assert interval is not None
            assert Fraction(interval[0]) <= exact
            assert interval[1] == math.inf or Fraction(interval[1]) >= exact
        purses.buy(first[0])


@pytest.mark.parametrize(("method", "utility"), SHAPES)
def test_an_interval_is_as_wide_as_its_proof_demands(method: str, utility: str | None) -> None:
    """docs/exactness.md: money's own error, the sums' rounding of the poor's money, and 4 eps of the cost and that
    money, divided by the slope."""
    eps = Fraction(1, 2**52)
    m = market(middling(method), utility)
    purses = Purses(m, Fraction(84_000))
    still_open = list(m.proposals)
    seen = with_poor = 0
    while still_open:
        for p in still_open:
            price = purses.ledger.price(p)
            if price is None:
                continue
            cost, factor, slope = m.scaled_costs[p], m.factors[p], price.rich_value
            exact = Fraction(price.numerator, price.denominator)
            poor = cost - exact * slope
            slack = Fraction(sum_error(m.columns[p][0].size)) * poor + 4 * eps * (cost + poor)
            off = Fraction(purses._error)
            rounding = 6 * eps * cost
            near = float(exact / factor) * (1 - 1e-12)
            bound = purses._estimate(p, near, 0.0, math.inf)
            assert bound is not None
            assert bound[1] == math.inf
            assert (exact - Fraction(bound[0]) * factor) * slope >= slack + off + 8 * eps * exact * slope - rounding
            interval = purses._estimate(p, near, math.inf, math.inf)
            assert interval is not None
            assert Fraction(purses._roots[p].missed) >= slack * (1 - Fraction(1, 10**6))
            low, high = Fraction(interval[0]) * factor, Fraction(interval[1]) * factor
            assert (high - low) * slope / 2 >= slack + off + 16 * eps * exact * slope - rounding
            seen += 1
            with_poor += poor > cost / 4
        purses.buy(still_open.pop())
    assert seen > 30
    assert with_poor > 5


@pytest.mark.parametrize(("method", "utility"), SHAPES)
def test_a_root_that_was_not_quite_reached_says_by_how_much(method: str, utility: str | None) -> None:
    """The search ends a 10**10th part too far right: the interval still holds the price, and the root what it missed."""
    m = market(middling(method), utility)
    purses = Purses(m, Fraction(84_000))
    for p in m.proposals:
        exact = rho(m, purses, p)
        if exact is not None:
            estimate = purses._estimate(p, float(exact) * (1 + 1e-10), math.inf, math.inf)
            assert estimate is not None
            assert Fraction(estimate[0]) <= exact <= Fraction(estimate[1])
            check_root(purses, p)
            purses.buy(p)
            check_money(purses)
    assert len(purses.bought) > 3


@given(st.integers(1, 100_000), st.integers(0, 10**9))
@settings(max_examples=20)
def test_sums_of_floats_are_off_by_less_than_half_of_what_is_said(terms: int, seed: int) -> None:
    """Magnitudes that lose most when they are added one after the other."""
    rng = np.random.default_rng(seed)
    scale = 10.0 ** rng.integers(0, 17, terms) if seed % 2 else np.sort(rng.random(terms))[::-1]
    weights, money = np.ceil(rng.random(terms) * 9), rng.random(terms) * scale
    exact = sum(
        (Fraction(int(w)) * Fraction(b) for w, b in zip(weights.tolist(), money.tolist(), strict=True)), Fraction(0)
    )
    assert abs(Fraction(float(np.add.reduce(weights * money))) - exact) * 2 <= Fraction(sum_error(terms)) * exact


def test_where_hardly_anybody_could_pay_more_the_slope_is_not_trusted() -> None:
    """All supporters are left with a 10**12th part: the price is certain only as far as they can pay, so it stays open."""
    ballots = [{"a": 1}, {"a": 3}]
    election = make_election(10**15, [Proposal("a", 10**14), Proposal("b", 1)], ballots, "points")
    m = market(election)
    purses = Purses(m, Fraction(10**14 * 3, 4) * (1 + Fraction(1, 10**12)))
    purses._money[0] /= 3  # as if the first had paid before
    assert purses._estimate(0, first_bound(purses.market, 0), math.inf, math.inf) is None


def test_where_the_poor_pay_nearly_everything_floats_do_not_tell_the_price() -> None:
    """A million voters give a million each; one voter pays the last five øres: 5 is lost in the rounding of 10**12."""
    ballots = [{"a": 10**6}, {"a": 1}]
    election = make_election(2 * 10**12, [Proposal("a", 10**12 + 5)], ballots, "points", weights=[10**6, 1])
    purses = Purses(market(election), Fraction(10**6))
    assert purses.market.filtered
    assert purses._estimate(0, first_bound(purses.market, 0), math.inf, math.inf) is None
    assert purses.cheapest() == [0]
    assert purses.fallbacks == 1
    assert rho(purses.market, purses, 0) == 5
    for last, is_open in (
        (17, True),
        (17_000, False),
    ):  # an error of some 10**-7 is too much for the one, and little for the other
        election = make_election(10**9, [Proposal("a", 10**8 + last)], [{"a": 10**8}, {"a": 1}], "points")
        purses = Purses(market(election), Fraction(10**8))
        assert (purses._estimate(0, first_bound(purses.market, 0), math.inf, math.inf) is None) is is_open


@pytest.mark.parametrize(("method", "utility"), SHAPES)
def test_where_the_ledger_starts_changes_no_price(method: str, utility: str | None) -> None:
    """Newton from any unit price and Newton from the left end in the same integers."""
    election = middling(method)
    filtered, exact = market(election, utility), market(election, utility, exact_only=True)
    ours, theirs = Ledger(filtered, Fraction(84_000)), Ledger(exact, Fraction(84_000))
    rng = random.Random(5)
    seen = 0
    for p in rng.sample(filtered.proposals, 9):
        ours.buy(p)
        theirs.buy(p)
        for q in filtered.proposals[::2]:
            b = theirs.price(q)
            near = None if b is None else b.numerator / b.denominator * rng.choice((0.001, 0.5, 1, 1.5, 1000))
            a = ours.price(q, near)
            assert (a is None) == (b is None)
            if a is not None and b is not None:
                assert Fraction(a.numerator, a.denominator) == Fraction(b.numerator, b.denominator)
                assert a.rich_value == b.rich_value
                assert a.poor.tolist() == b.poor.tolist()
                seen += 1
        assert [ours.money_of(q) for q in filtered.proposals] == [theirs.money_of(q) for q in filtered.proposals]
    assert seen > 10


def test_the_ledgers_floats_stay_within_their_error() -> None:
    m = market(middling("points"))
    purses = Purses(m, Fraction(84_000))
    ledger = purses.ledger
    assert ledger._error > 0
    for p in m.proposals:
        purses.buy(p)
        exact = money_in_the_ledger(purses)
        assert min(exact) >= 0
        for group, money in enumerate(exact):
            assert abs(Fraction(float(ledger._money[group])) - money) <= (0 if ledger._out[group] else ledger._error)
    assert ledger._error < 1e-6
    due = 2 * Fraction(1, 2**52) * 84_000 * (len(ledger.purchases) + 1)  # once, and for each purchase
    assert Fraction(ledger._error) >= due * (1 - Fraction(1, 10**9))


def test_loads_in_floats_hold_the_exact_load() -> None:
    election = middling("approval")
    contest = make_contest(election, make_plan("phragmen", election))
    clocks = Clocks(Market(contest.support, contest.costs, (1,) * len(contest.costs), contest.eligible))
    bought = 0
    waiting = list(contest.eligible)
    while waiting:
        for p in waiting:
            low, high = map(Fraction, clocks._interval(p))
            assert low <= clocks.load(p) <= high
            assert high - low < clocks.load(p) / 10**10
        least = clocks.least()
        assert least is not None
        assert least[1] == min(clocks.load(p) for p in waiting)
        clocks.buy(least[0][0], least[1])
        waiting.remove(least[0][0])
        bought += 1
    assert clocks.least() is None
    assert bought == 14
    assert clocks.fallbacks == 0


# --- the filter decides everything but ties


@pytest.mark.parametrize(("method", "utility"), SHAPES)
@pytest.mark.parametrize("seed", range(3))
def test_where_nothing_ties_the_filter_leaves_nothing_open(method: str, utility: str | None, seed: int) -> None:
    election = middling(method, seed)
    settings = {} if utility is None else {"utility": utility}
    for name in ("equal-shares/none", "equal-shares/utilitarian"):
        outcome = count(election, make_plan(name, election, settings))
        assert len(outcome.funded) > 2
        assert outcome.contest.diagnostics.fallbacks == 0
    if method == "approval":
        assert count(election, make_plan("phragmen", election)).contest.diagnostics.fallbacks == 0


@pytest.mark.parametrize(("method", "utility"), SHAPES)
def test_most_runs_of_add1_are_never_made(method: str, utility: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of endowments, few of them counted: a handful of runs and of proofs for each sequence."""
    monkeypatch.setattr(compiled, "compiled", lambda: None)  # which proves other things
    election = middling(method)
    settings = {"start": "exact", "increment": "1/10"} | ({} if utility is None else {"utility": utility})
    plan = make_plan("equal-shares/add1", election, settings)
    outcome = count(election, plan)
    found = outcome.contest.diagnostics
    endowments = outcome.intervals[-1].last
    assert endowments > 1000
    assert len(outcome.intervals) > 3
    assert found.runs <= 5 * len(outcome.intervals)
    assert 4 * len(outcome.intervals) < found.jumps <= 8 * len(outcome.intervals)
    assert found.fallbacks == 0
    contest, start = outcome.contest, per_voter(outcome.contest.pool, outcome.contest.support)
    for interval in outcome.intervals:
        for k in {interval.first, interval.last, (interval.first + interval.last) // 2}:
            assert sequence(run(contest, market_of(contest), start + 10 * k)) == interval.funded
    assert all(a.funded != b.funded and a.last + 1 == b.first for a, b in pairwise(outcome.intervals))


def test_diagnostics_count_what_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Floats leave open the tie, and then whether the second can be paid: its supporters hold exactly its cost."""
    election = make_election(300, [Proposal(i, 100) for i in "ab"] + [Proposal("c", 300)], [["a", "b"], ["a", "b"], []])
    monkeypatch.setattr(compiled, "compiled", lambda: None)  # compiled code sees more
    outcome = count(election, make_plan("equal-shares", election, ties=["lot"], lot=Lot(("b", "a", "c"))))
    assert [a.proposal for a in outcome.funded] == ["b", "a"]
    assert outcome.contest.diagnostics == Diagnostics(decisions=3, fallbacks=2, runs=1, jumps=0, counts=1)
    assert outcome.contest.diagnostics.as_json() == {
        "counts": 1,
        "decisions": 3,
        "fallbacks": 2,
        "jumps": 0,
        "runs": 1,
    }
    assert outcome.as_json(diagnostics=True)["diagnostics"] == outcome.contest.diagnostics.as_json()
    assert "diagnostics" not in outcome.as_json()
    loads = count(election, make_plan("phragmen", election, ties=["lot"], lot=Lot(("b", "a", "c"))))
    assert [a.proposal for a in loads.funded] == ["b", "a"]
    assert loads.contest.diagnostics == Diagnostics(decisions=2, fallbacks=1, runs=1, jumps=0, counts=1)
    exact = count(election, make_plan("phragmen", election, ties=["lot"], lot=Lot(("b", "a", "c"))), exact_only=True)
    assert trace_bytes(exact) == trace_bytes(loads)


def test_every_tie_is_counted_as_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "compiled", lambda: None)  # compiled code sees more
    proposals = [Proposal(i, 100) for i in "ab"] + [Proposal(i, 300) for i in "cd"]
    election = make_election(800, proposals, [["a"], ["b"], ["c"], ["d"]])
    outcome = count(election, make_plan("phragmen", election, ties=["lot"], lot=Lot(tuple("abcd"))))
    assert funded(outcome) == list("abcd")
    assert outcome.contest.diagnostics.fallbacks == 2
    shares = make_plan("equal-shares", election, {"utility": "count"}, ["lot"], Lot(tuple("abcd")))
    assert count(election, shares).contest.diagnostics.fallbacks == 1  # 200 each: c and d cannot be paid
    richer = make_election(1600, proposals, [["a"], ["b"], ["c"], ["d"]])
    assert count(richer, shares).contest.diagnostics.fallbacks == 2


@pytest.mark.parametrize("name", ["phragmen", "equal-shares/none"])
def test_without_the_filter_only_ties_are_close(name: str) -> None:
    election = middling("approval")
    assert count(election, make_plan(name, election), exact_only=True).contest.diagnostics.fallbacks == 0


# --- near ties and last øres


def funded(outcome: Outcome) -> list[str]:
    return [award.proposal for award in outcome.funded]


@pytest.mark.parametrize("exact_only", [False, True])
@pytest.mark.parametrize("first", ["a", "b"])
@pytest.mark.parametrize("name", ["equal-shares/none", "phragmen", "greedy-per-cost"])
def test_one_part_in_ten_to_the_fifteenth_decides(name: str, first: str, exact_only: bool) -> None:
    cost = 10**15
    proposals = [Proposal(i, cost + (i != first)) for i in "ab"]
    election = make_election(2 * cost + 1, proposals, [["a"]] * 3 + [["b"]] * 3)
    settings = {"utility": "count"} if name.startswith("equal") else {}
    plan = make_plan(name, election, settings, ["refuse"])
    outcome = count(election, plan, exact_only=exact_only)
    assert funded(outcome)[0] == first
    assert outcome.ties == ()


def test_prices_that_differ_only_beyond_floats_are_not_tied() -> None:
    """After the first purchase a's supporters have paid thirds: 1/3 of an øre in 10^14 parts them from b's."""
    big = 3 * 10**13
    proposals = [Proposal("x", 3 * big + 1), Proposal("a", 10 * big), Proposal("b", 10 * big)]
    ballots = [["x", "a"], ["x", "a"], ["x", "a"], ["b", "a"], ["b"], ["b"], ["b"]]
    election = make_election(40 * big, proposals, ballots)
    plan = make_plan("equal-shares", election, {"utility": "count"}, ["refuse"])
    outcome = count(election, plan)
    assert trace_bytes(outcome) == trace_bytes(count(election, plan, exact_only=True))
    assert outcome.ties[:1] == () or outcome.ties[0].step > 1


@pytest.mark.parametrize("voters", [3, 7, 11, 49, 142, 997])
@pytest.mark.parametrize("short", [0, 1])
def test_supporters_pay_what_they_have_to_the_last_ore(voters: int, short: int) -> None:
    """The whole pool less what those who voted blank hold, exactly; and one øre more is out of reach."""
    pool = voters * 100_001
    election = make_election(pool, [Proposal("a", 100_001 * (voters - 1) + short)], [["a"]] * (voters - 1) + [[]])
    for exact_only in (False, True):
        outcome = count(election, make_plan("equal-shares", election), exact_only=exact_only)
        assert funded(outcome) == ([] if short else ["a"])


def test_what_is_left_after_many_purchases_is_exact() -> None:
    """Seven thirds of an øre paid seven times: the rest buys exactly what it can buy, and not one øre more."""
    for short in (0, 1):
        proposals = [Proposal(f"p{i}", 100) for i in range(7)] + [Proposal("z", 3 * 1000 - 700 + short)]
        election = make_election(3000, proposals, [[p.id for p in proposals]] * 3)
        plan = make_plan("equal-shares", election, {"utility": "count"}, ["lot"], Lot(tuple(p.id for p in proposals)))
        assert len(funded(count(election, plan))) == 8 - short


# --- undercutting and repeating a run


@pytest.mark.parametrize("exact_only", [False, True])
def test_undercut_is_strict_and_asks_who_goes_after_at_equality(exact_only: bool) -> None:
    m = market(middling("approval"), exact_only=exact_only)
    purses = Purses(m, Fraction(84_000))
    while first := purses.cheapest():
        p = first[0]
        paid = rho(m, purses, p)
        assert paid is not None
        tiny = Fraction(1, 10**40)
        for price, goes_after, expected in (
            (paid, True, False),
            (paid, False, True),
            (paid - tiny, False, False),
            (paid + tiny, True, True),
            (paid * 2, True, True),
            (paid / 2, False, False),
        ):
            assert undercut(purses, price, {p: goes_after}.__getitem__) is expected  # nobody else is asked about
            assert purses.cheapest() == [p]
        purses.buy(p)
        assert not undercut(purses, paid / 2, lambda q: False)
    assert not undercut(purses, paid * 10**9, lambda q: False)


def test_undercut_counts_what_floats_left_open() -> None:
    m = market(middling("approval"))
    purses = Purses(m, Fraction(84_000))
    first = purses.cheapest()[0]
    paid = rho(m, purses, first)
    assert paid is not None
    for times in (1, 2, 3):
        assert not undercut(purses, paid, lambda q: True)
        assert purses.fallbacks == times
    assert not undercut(purses, paid * (1 - Fraction(1, 10**6)), lambda q: False)
    assert purses.fallbacks == 3  # far enough below: floats are sure


def test_what_cannot_quite_be_paid_does_not_hide_what_can() -> None:
    """One øre in 10**15 is missing for the one that would be cheapest; floats cannot see that, the next one undercuts."""
    money = 10**15
    proposals = [Proposal("a", 3 * money + 1), Proposal("b", money)]
    election = make_election(9 * money, proposals, [["a"]] * 3 + [["b"]] * 2)
    purses = Purses(market(election), Fraction(money))
    assert undercut(purses, Fraction(1), lambda q: False)
    assert purses.fallbacks > 0
    assert Purses(market(election), Fraction(money)).cheapest() == [1]
    assert Purses(market(election), money + Fraction(1, 3)).cheapest() == [0]


@pytest.mark.parametrize(("method", "utility"), SHAPES)
def test_a_repeated_run_is_the_run(method: str, utility: str | None) -> None:
    """Where the certificate is given every endowment in between gives the sequence; where the sequence changes it is not."""
    election = middling(method)
    settings = {} if utility is None else {"utility": utility}
    contest = make_contest(election, make_plan("equal-shares/none", election, settings))
    m = market_of(contest)
    given = refused = 0
    for start in (60_000, 84_000, 121_500):
        before = run(contest, m, Fraction(start))
        for more in (1, 10, 100, 1_000, 10_000, 100_000):
            further = repeated(m, before, Fraction(start + more), contest.ties.goes_before)
            real = run(contest, m, Fraction(start + more))
            if further is None:
                refused += 1
                continue
            given += 1
            assert sequence(further) == sequence(real) == sequence(before)
            assert [b.rho(1) for b in further.ledger.purchases] == [b.rho(1) for b in real.ledger.purchases]
            assert sequence(run(contest, m, Fraction(start) + Fraction(more, 2))) == sequence(before)
    assert given >= 6
    assert refused >= 3


@pytest.mark.parametrize(("method", "utility"), SHAPES)
@pytest.mark.parametrize(("start", "more"), [(60_000, 300), (84_000, 2_000), (121_500, 9_000)])
def test_money_on_the_way_strays_no_further_from_the_line_than_is_said(
    method: str, utility: str | None, start: int, more: int
) -> None:
    """The same purchases forced at both ends and in between, after each of them, in fractions."""
    m = market(middling(method), utility)
    eighths = (0, 1, 4, 7, 8)
    before = Purses(m, Fraction(start))
    near, far, *between = (Purses(m, Fraction(start) + Fraction(more * t, 8)) for t in (0, 8, *eighths))
    line = Line(near, far)
    straying = 0
    while first := before.cheapest():
        before.buy(first[0])
        bought = before.bought[-1]
        root = far.root(bought.proposal, bought.root.high)
        assert root is not None
        if not line.aim(bought, root):
            break
        aim = line._aim
        for t, real in zip(eighths, between, strict=True):
            price = rho(m, real, bought.proposal)
            assert price is not None
            dearer = price - (Fraction(aim.near) * (8 - t) + Fraction(aim.far) * t) / 8
            assert dearer <= Fraction(aim.dearer.fixed) + min(
                Fraction(aim.dearer.near) * t / 8, Fraction(aim.dearer.far) * (8 - t) / 8
            )
            for q in m.proposals:
                exact = rho(m, real, q)
                if q not in [b.proposal for b in before.bought] and exact is not None and exact <= price:
                    assert not line.compared(q)[0]
            assert real.buy(bought.proposal)
        line.pay(bought, root)
        strays = [[Fraction(x) for x in row] for row in line._strays.tolist()]
        fixed = Fraction(line._fixed)
        for t, real in zip(eighths, between, strict=True):
            for i, money in enumerate(money_in_the_ledger(real)):
                straight = (Fraction(float(near._money[i])) * (8 - t) + Fraction(float(far._money[i])) * t) / 8
                up, down = (fixed + min(strays[k][i] * t / 8, strays[k + 1][i] * (8 - t) / 8) for k in (0, 2))
                assert -down <= money - straight <= up
        straying += any(map(any, strays))
    assert len(before.bought) >= 5
    assert straying or more < 1000


@pytest.mark.parametrize("few", [1, 8])
@pytest.mark.parametrize("method", ["approval", "points", "ranked"])
def test_jumping_gives_the_table_of_stepping(method: str, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small elections full of ties, and every jump tried."""
    monkeypatch.setattr(add1, "FEW", few)
    jumps = 0
    for seed in range(30):
        rng = random.Random(f"{method}/{seed}")
        few_voters = seed % 10 == 0 and method != "ranked"
        election = middling(method, seed, 30) if few_voters else random_election(rng, method)
        increment = "20" if few_voters else rng.choice(("1/100", "1/300"))
        settings = {"start": "exact", "increment": increment}
        plan = make_plan("equal-shares/add1e", election, settings, ["cheapest", "lot"], Lot(election.ids))
        outcome = count(election, plan)
        jumps += outcome.contest.diagnostics.jumps
        contest, m = outcome.contest, market_of(outcome.contest)
        if not contest.support.total:
            continue
        start = per_voter(contest.pool, contest.support)
        assert [a.last + 1 for a in outcome.intervals[:-1]] == [b.first for b in outcome.intervals[1:]]
        for interval in outcome.intervals:
            for k in range(interval.first, min(interval.last, interval.first + 4) + 1):
                real = sequence(run(contest, m, start + k * plan.increment_amount()))
                assert real == interval.funded, (seed, k)
    assert jumps > 1


def test_a_repeat_needs_to_know_the_order_of_a_tie() -> None:
    election = make_election(400, [Proposal(i, 100) for i in "ab"], [["a", "b"]] * 2)
    contest = make_contest(election, make_plan("equal-shares/none", election, ties=["lot"], lot=Lot(("a", "b"))))
    m = market_of(contest)
    before = run(contest, m, Fraction(150))
    assert sequence(before) == (0, 1)
    assert repeated(m, before, Fraction(151), lambda p, q: p < q) is not None
    assert repeated(m, before, Fraction(151), lambda p, q: False) is None


def test_a_repeat_fails_where_more_becomes_affordable_or_less_is_bought() -> None:
    election = make_election(1000, [Proposal("a", 100), Proposal("b", 500)], [["a", "b"]] * 2)
    contest = make_contest(election, make_plan("equal-shares/none", election))
    m = market_of(contest)
    before = run(contest, m, Fraction(200))
    assert sequence(before) == (0,)
    assert repeated(m, before, Fraction(299), contest.ties.goes_before) is not None
    assert repeated(m, before, Fraction(300), contest.ties.goes_before) is None
    assert repeated(m, before, Fraction(49), contest.ties.goes_before) is None


def test_nobody_buys_what_cannot_be_paid() -> None:
    election = make_election(1000, [Proposal("a", 100)], [["a"]] * 2)
    m = market(election)
    poor = Purses(m, Fraction(49))
    assert not poor.buy(0)
    assert poor.ledger.buy(0) is None
    assert (poor.bought, poor.ledger.purchases, poor.ledger.money_of(0)) == ([], [], 98)
    assert poor.cheapest() == []
    rich = Purses(m, Fraction(50))
    assert rich.buy(0, [0, 1], "lot")
    (bought,) = rich.ledger.purchases
    assert (bought.rho(2), bought.tied, bought.decided_by) == (25, (0, 1), "lot")
    assert bought.ran_out.tolist() == []  # they had exactly enough: that is not running out
    assert rich.ledger.money_of(0) == 0


# --- sums and texts of any size


def test_sums_are_exact_on_both_sides_of_what_floats_hold() -> None:
    index = np.array([0, 1, 0, 2], np.int32)
    assert exact_sums(index, np.array([1, 2, 3, -4], np.int64), 4) == (4, 2, -4, 0)
    for top in (LARGEST_EXACT // 4 - 1, LARGEST_EXACT // 4, LARGEST_EXACT - 1, 2**61):
        assert exact_sums(index, np.array([top, 1, 1, top], np.int64), 3) == (top + 1, 1, top)
    huge = np.array([10**40, 1, 1, -(10**40)], object)
    assert exact_sums(index, huge, 4) == (10**40 + 1, 1, -(10**40), 0)
    assert exact_sums(np.zeros(0, np.int32), np.zeros(0, np.int64), 2) == (0, 0)


@pytest.mark.parametrize(
    ("weights", "exact"), [([2**52 - 2, 1], True), ([2**52 - 1, 1], False), ([2**53, 1], False), ([1, 1], True)]
)
def test_floats_filter_only_while_every_sum_stays_below_two_to_the_53(weights: list[int], exact: bool) -> None:
    """Two entries on the longest ballot: total weight times two must stay below 2**53."""
    election = make_election(10, [Proposal("a", 1), Proposal("b", 2)], [["a", "b"], ["b"]], weights=weights)
    support = support_of(election)
    assert support.exact_in_floats is exact
    assert Market(support, (1, 2), (1, 2), (0, 1)).filtered is exact
    assert not Market(support, (1, 2), (1, 2), (0, 1), exact_only=True).filtered
    assert support.supporters == (weights[0], sum(weights))
    assert per_voter(10, support) == Fraction(10, sum(weights))


def test_points_that_are_all_one_are_no_points() -> None:
    for points, plain in ((1, True), (2, False)):
        election = make_election(10, [Proposal(i, 1) for i in "ab"], [{"a": 1, "b": points}, {"a": 1}], "points")
        assert (support_of(election).value is None) is plain


def test_points_count_in_what_floats_can_hold() -> None:
    for points, exact in ((2**51, True), (2**52, False)):
        election = make_election(10, [Proposal("a", 1)], [{"a": points}, {"a": 1}, {}], "points")
        assert support_of(election).exact_in_floats is exact


@pytest.mark.parametrize("method", ["approval", "points"])
@pytest.mark.parametrize("big", [2**31, 2**50, 2**60, 10**25])
def test_weights_times_anything_give_the_same_purchases_at_prices_divided_by_it(method: str, big: int) -> None:
    """Some pay in full, some run out in each of several purchases; the small weights are the reference's."""
    rng = random.Random(f"big/{method}")
    ids = "abcdef"
    proposals = [Proposal(i, rng.randrange(50, 400)) for i in ids]
    for _ in range(3):
        ballots: list[object] = []
        for _ in range(7):
            chosen = rng.sample(ids, 3)
            ballots.append({i: rng.randint(1, 9) for i in chosen} if method == "points" else chosen)
        weights = [rng.randint(1, 4) for _ in ballots]
        case = Case(
            make_election(900, proposals, ballots, method, weights), "equal-shares/none", {}, ("lot",), Lot(tuple(ids))
        )
        assert engine(case) == reference(case)
        small = count(case.election, case.plan)
        election = make_election(900, proposals, ballots, method, [big * w for w in weights])
        huge = count(election, case.plan)
        assert funded(huge) == funded(small)
        assert len(huge.funded) > 2
        assert trace_bytes(huge) == trace_bytes(count(election, case.plan, exact_only=True))
        for a, b in zip(small.steps, huge.steps, strict=True):
            if isinstance(a, Funded) and isinstance(b, Funded) and a.payers and b.payers:
                assert b.value * big == a.value
                assert b.payers.paid_in_full() == a.payers.paid_in_full() * big
                assert b.payers.ran_out() == [(voters * big, rounds) for voters, rounds in a.payers.ran_out()]
            elif isinstance(a, Unaffordable) and isinstance(b, Unaffordable):
                assert b.value == a.value


def test_reach_is_weight_times_points() -> None:
    for big in (1, 2**60):
        election = make_election(
            10, [Proposal("a", 1), Proposal("b", 1)], [{"a": 3, "b": 5}, {"a": 1}], "points", weights=[2 * big, big]
        )
        assert market(election).reach == (7 * big, 10 * big)


@pytest.mark.parametrize("digits", [1, 3999, 4000, 4001, 4300, 4301, 9001, 30_000])
def test_integers_of_any_length_are_written_and_read(digits: int) -> None:
    for text in ("9" * digits, "1" + "0" * (digits - 1), "8" + "0" * (digits // 2) + "1" * (digits - 1 - digits // 2)):
        text = text[:digits]
        value = integer(text)
        assert value % (10**9 + 7) == _remainder(text, 10**9 + 7)
        assert integer_text(value) == text
        assert integer_text(-value) == "-" + text


def _remainder(text: str, modulus: int) -> int:
    left = 0
    for digit in text:
        left = (left * 10 + int(digit)) % modulus
    return left


def test_rationals_are_written_in_lowest_terms_with_a_denominator() -> None:
    assert rational_text(Fraction(6, 4)) == "3/2"
    assert rational_text(5) == "5/1"
    assert number(Fraction(4, 2)) == 2
    assert number(3) == 3
    assert number(Fraction(1, 3)) == "1/3"


def test_rationals_are_read_back_and_nothing_else_is() -> None:
    for value in (Fraction(3, 2), Fraction(-7, 5), Fraction(0), Fraction(10**5000, 10**4500 + 1)):
        assert rational(rational_text(value)) == value
    for text in ("", "1", "1/", "/2", "+1/2", "1/-2", " 1/2", "1/2\n", "1.0/2", "１/2", "--1/2"):
        with pytest.raises(ValueError, match="not a rational"):
            rational(text)
    with pytest.raises(ValueError, match=r"not a rational: '(x{40})'$"):
        rational("x" * 60)
