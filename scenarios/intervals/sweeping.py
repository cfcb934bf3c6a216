"""A pool or a price swept over every whole øre of a range: the intervals on which the same proposals are funded.

Nothing is monotone: more money can push a proposal out, and a lower price that of another in.  So no boundary is looked for
by halving; each interval is certified from its beginning as far as its certificate reaches, and the next begins one øre
later.  Where no certificate is known for a plan, or the search grows too long, single values are counted and said to be so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

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
            raise ValueError("a range begins at one øre or more, ends where it began or later, and goes by positive steps")


def pools(
    election: Election, plan_of: Callable[[Election], Plan], asked: Range, progress: Progress | None = None
) -> tuple[Held, ...]:
    """Who is funded with every pool in the range.  ``plan_of``: the plan for an election (constraints may be shares of the
    pool)."""
    changed = lambda value: Changed(pool=value).election(election)  # noqa: E731
    plan = plan_of(changed(asked.low))
    support = support_of(election, plan.points_table)

    def tracked(value: int, most: int) -> tuple[Found, int]:
        track = Track(most)
        pool = Pool(track.number(value), election.pool.currency, (), election.pool.area)  # type: ignore[arg-type]
        return turns.found_at(replace(election, pool=pool), plan, support), track.reach

    certify: Certify | None = tracked
    if plan.rule == "equal-shares" and support.total:
        walk = shares.LargerPool(election, plan, support)
        certify = (lambda value, most: shares.found_at(walk, value, most)) if plan.terms.plain else None
    if plan_of(changed(asked.high)) != plan:
        certify = None  # another plan at every pool
    counted = lambda value: _counted(changed(value), plan_of, support)  # noqa: E731
    return tuple(joined(_swept(asked, certify, counted, progress)))


def prices(
    election: Election, plan_of: Callable[[Election], Plan], p: int, asked: Range, progress: Progress | None = None
) -> tuple[Held, ...]:
    """Who is funded with every price of proposal ``p`` (an index) in the range."""
    changed = lambda value: Changed(costs=((p, value),)).election(election)  # noqa: E731
    plan = plan_of(changed(asked.low))
    support = support_of(election, plan.points_table)

    def tracked(value: int, most: int) -> tuple[Found, int]:
        track = Track(most)
        there = changed(-value)
        cost = track.number(-value, -1)
        least = there.proposals[p].min_cost
        proposals = list(there.proposals)
        least = None if least is None else min(least, cost)  # type: ignore[type-var]
        proposals[p] = replace(proposals[p], cost=cost, total_price=None, min_cost=least)  # type: ignore[arg-type]
        return turns.found_at(replace(there, proposals=tuple(proposals)), plan, support), track.reach

    certify: Certify | None = tracked
    if plan.rule == "equal-shares" and support.total:
        certify = _price_in_shares(election, plan, support, p) if plan.terms.plain else None
    if plan_of(changed(asked.high)) != plan:
        certify = None
    counted = lambda value: _counted(changed(-value), plan_of, support)  # noqa: E731
    falling = Range(1, asked.high - asked.low + 1, asked.step)
    shift = asked.high + 1  # a step further is an øre less
    parts = _swept(
        falling,
        None if certify is None else lambda value, most: certify(value - shift, most),
        lambda value: counted(value - shift),
        progress,
    )
    turned = [replace(part, low=shift - part.high, high=shift - part.low) for part in parts]
    return tuple(joined(reversed(turned)))


def _price_in_shares(election: Election, plan: Plan, support: Support, p: int) -> Certify:
    pool = election.pool.amount
    walk = shares.LowerPrice(election, plan, support, p)

    def certify(value: int, most: int) -> tuple[Found, int]:
        price = -value
        code = out_codes(walk.election(value), plan, support)[p]
        if code == "over-pool":  # for the others all these prices are the same
            return turns.found_at(walk.election(value), plan, support), min(most, price - pool - 1)
        if code is not None:
            return turns.found_at(walk.election(value), plan, support), most
        return shares.found_at(walk, value, most)

    return certify


def _counted(election: Election, plan_of: Callable[[Election], Plan], support: Support) -> Found:
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
