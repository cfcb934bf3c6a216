"""A pool or a price swept over every whole øre of a range: the intervals on which the same proposals are funded.

Nothing is monotone: more money can push a proposal out, and a lower price that of another in.  So no boundary is looked for
by halving; each interval is certified from its beginning as far as its certificate reaches, and the next begins one øre
later.  Where no certificate is known for a plan, or the search grows too long, single values are counted and said to be so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from borgerbudget.election import Election
from borgerbudget.errors import InputRejected
from borgerbudget.pool import Pool
from scenarios.intervals import shares, turns
from scenarios.intervals.held import Found, Held, joined, rejected
from scenarios.intervals.tracked import Track
from tallies.eligibility import out_codes
from tallies.many.changes import Changed
from tallies.plan import Plan
from tallies.support import Support, support_of

MOST_COUNTS = 20_000
"""Certificates after which the rest of a range is counted at single values only."""

PlanOf = Callable[[Election], Plan]
Certify = Callable[[int, int], tuple[Found, int]]
"""A value and how far is asked: who is funded there, and for how many øre more that holds."""
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Range:
    """From ``low`` to ``high`` in minor units; ``step``: the distance of single values where they must do."""

    low: int
    high: int
    step: int

    def __post_init__(self) -> None:
        if not 1 <= self.low <= self.high or self.step < 1:
            raise ValueError(
                "a range begins at one øre or more, ends where it began or later, and goes by positive steps"
            )


def pools(election: Election, plan_of: PlanOf, asked: Range, progress: Progress | None = None) -> tuple[Held, ...]:
    """Who is funded with every pool in the range.  ``plan_of``: the plan for an election (constraints may be shares of the
    pool)."""

    def changed(value: int) -> Election:
        return Changed(pool=value).election(election)

    plan = plan_of(changed(asked.low))
    support = support_of(election, plan.points_table)

    def tracked(value: int, most: int) -> tuple[Found, int]:
        track = Track(most)
        number: Any = track.number(value)
        there = replace(election, pool=Pool(number, election.pool.currency, (), election.pool.area))
        return turns.found_at(there, plan, support), track.reach

    certify: Certify | None = tracked
    if plan_of(changed(asked.high)) != plan:
        certify = None  # another plan at every pool
    elif plan.rule == "equal-shares" and support.total:
        walk = shares.LargerPool(election, plan, support)
        certify = _walking(walk) if plan.terms.plain else None
    return tuple(joined(_swept(asked, certify, lambda value: _counted(changed(value), plan_of, support), progress)))


def prices(
    election: Election, plan_of: PlanOf, p: int, asked: Range, progress: Progress | None = None
) -> tuple[Held, ...]:
    """Who is funded with every price of proposal ``p`` (an index) in the range.

    A price falls øre by øre, for what a certificate of equal shares knows is what a lower price does."""

    def changed(price: int) -> Election:
        return Changed(costs=((p, price),)).election(election)

    plan = plan_of(changed(asked.low))
    support = support_of(election, plan.points_table)

    def tracked(price: int, most: int) -> tuple[Found, int]:
        track = Track(most)
        there = changed(price)
        cost: Any = track.number(price, -1)
        least = there.proposals[p].min_cost
        proposals = list(there.proposals)
        proposals[p] = replace(
            proposals[p], cost=cost, total_price=None, min_cost=None if least is None else min(least, cost)
        )
        return turns.found_at(replace(there, proposals=tuple(proposals)), plan, support), track.reach

    certify: Certify | None = tracked
    if plan_of(changed(asked.high)) != plan:
        certify = None
    elif plan.rule == "equal-shares" and support.total:
        certify = _price_in_shares(election, plan, support, p) if plan.terms.plain else None
    top = asked.high + 1  # the price after so many steps is this less the steps
    parts = _swept(
        Range(1, top - asked.low, asked.step),
        None if certify is None else _falling(certify, top),
        lambda steps: _counted(changed(top - steps), plan_of, support),
        progress,
    )
    turned = [replace(part, low=top - part.high, high=top - part.low) for part in parts]
    return tuple(joined(reversed(turned)))


def _falling(certify: Certify, top: int) -> Certify:
    def of_steps(steps: int, most: int) -> tuple[Found, int]:
        return certify(top - steps, most)

    return of_steps


def _walking(walk: shares.Walk) -> Certify:
    def certify(value: int, most: int) -> tuple[Found, int]:
        return shares.found_at(walk, value, most)

    return certify


def _price_in_shares(election: Election, plan: Plan, support: Support, p: int) -> Certify:
    walk, pool = shares.LowerPrice(election, plan, support, p), election.pool.amount

    def certify(price: int, most: int) -> tuple[Found, int]:
        there = walk.election(-price)
        code = out_codes(there, plan, support)[p]
        if code is None:
            return shares.found_at(walk, -price, most)
        # it takes no part, so that for the others all these prices are the same
        same = price - pool - 1 if code == "over-pool" else most
        return turns.found_at(there, plan, support), min(most, same)

    return certify


def _counted(election: Election, plan_of: PlanOf, support: Support) -> Found:
    try:
        return turns.found_at(election, plan_of(election), support)
    except InputRejected as error:
        return rejected(error)


def _swept(
    asked: Range, certify: Certify | None, counted: Callable[[int], Found], progress: Progress | None
) -> Iterator[Held]:
    value, counts = asked.low, 0
    while value <= asked.high and certify is not None and counts < MOST_COUNTS:
        counts += 1
        try:
            found, reach = certify(value, asked.high - value)
        except TypeError:  # a rule that does with a tracked number what has no certificate
            break
        yield Held(value, value + reach, found)
        value += reach + 1
        if progress is not None:
            progress(value)
    while value <= asked.high:
        yield Held(value, min(value + asked.step - 1, asked.high), counted(value), certified=False)
        value += asked.step
        if progress is not None:
            progress(value)
