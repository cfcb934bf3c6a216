"""One run of equal shares at one endowment: the middle of the rule, which its completions repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache, partial
from typing import Any

from tallies.barring import bars_of, open_at_first
from tallies.contest import Contest
from tallies.numerics.market import Market
from tallies.numerics.purses import Purses
from tallies.steps import Funded, Payers, Skipped, Unaffordable
from tallies.ties import Decision


def market_of(contest: Contest) -> Market:
    """Who can be bought under the plan's utility: the factor f in u_i(p) = f(p) * value_i(p)."""
    count = len(contest.costs)
    factors = contest.costs if contest.plan.utility == "cost" else (1,) * count
    sets = contest.plan.utility != "points"
    bars = bars_of(contest)
    proposals = open_at_first(contest, bars)
    return Market(contest.support, contest.costs, factors, proposals, contest.exact_only, sets, bars)


def run(
    contest: Contest, market: Market, endowment: Fraction, number: int | None = None, like: Purses | None = None
) -> Purses:
    """Buys until nothing is affordable; ``number`` is the k of a run of add1, ``like`` a run near by."""
    found = run_after(contest, market, endowment, (), number, like)
    assert found is not None
    return found


def run_after(
    contest: Contest,
    market: Market,
    endowment: Fraction,
    first: Sequence[int],
    number: int | None = None,
    like: Purses | None = None,
) -> Purses | None:
    """The same after ``first`` are bought, whatever is cheaper; None when they cannot be."""
    purses = Purses(market, endowment, like)
    before = contest.first_step if number is None else 1

    def choose(tied: Sequence[int], place: int) -> Decision:
        return contest.ties.choose(tied, place + before, number)

    certain = purses.advance(choose, first)
    for p in first[certain:]:
        if not purses.buy(p):
            return None
    while tied := purses.cheapest():
        choice = choose(tied, len(purses.bought))
        bought = purses.buy(choice.chosen, tied if len(tied) > 1 else (), choice.decided_by)
        assert bought
        purses.advance(choose)
    contest.diagnostics.runs += 1
    contest.diagnostics.decisions += len(sequence(purses)) + 1
    contest.diagnostics.fallbacks += purses.fallbacks
    return purses


def sequence(purses: Purses) -> tuple[int, ...]:
    return purses.sequence


def steps_of(contest: Contest, purses: Purses) -> Iterator[Funded | Skipped | Unaffordable]:
    """The run as steps: what was funded, then what was barred or what nobody could afford."""
    left = contest.pool
    for k, bought in enumerate(purses.bought):
        p = bought.proposal
        left -= contest.costs[p]
        payers = Payers(partial(_paid_in_full, purses, k), partial(_ran_out, purses, k + 1))
        rho = partial(purses.rho, k)
        yield Funded("rule", p, contest.costs[p], left, rho, bought.tied, bought.decided_by, payers=payers)
    funded = set(sequence(purses))
    rest = [p for p in contest.eligible if p not in funded]
    money = cache(lambda: dict(zip(rest, purses.ledger.money_of_each(rest), strict=True)))
    bars = purses.market.bars
    for p in rest:
        held, because = partial(_held, money, p), bars and bars.reason(p, funded)
        yield Skipped("rule", p, left, held, because=because) if because else Unaffordable("rule", p, left, held)


def _held(money: Callable[[], dict[int, Fraction]], p: int) -> Fraction:
    return money()[p]


def _paid_in_full(purses: Purses, k: int) -> Fraction:
    return Fraction(purses.ledger.purchases[k].rich_value, purses.market.support.denominator)


def _ran_out(purses: Purses, number: int) -> list[tuple[Fraction, list[object]]]:
    """The groups that ran out in purchase ``number``, merged by the rounds they had paid in full."""
    support = purses.market.support
    sets = purses.market.sets
    merged: dict[tuple[Any, ...], int] = {}
    for group in purses.ledger.purchases[number - 1].ran_out.tolist():
        paid = purses.ledger.rounds_paid(group, number)
        key: tuple[Any, ...] = tuple(r for r, _ in paid) if sets else tuple(paid)
        merged[key] = merged.get(key, 0) + int(support.weights[group])
    return [
        (Fraction(merged[key], support.denominator), [k if sets else list(k) for k in key]) for key in sorted(merged)
    ]
