"""A pool or a price swept over every whole øre of a range: the intervals on which the same proposals are funded.

Nothing is monotone: more money can push a proposal out, and a lower price that of another in.  So no boundary is looked for
by halving; each interval is certified from its beginning as far as its certificate reaches, and the next begins one øre
later.  Where no certificate is known for a plan, or the search grows too long, single values are counted and said to be so.
Whoever waits may stop it: what was found so far is kept, and nothing is said of the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from borgerbudget.election import Election
from borgerbudget.errors import InputRejected
from borgerbudget.pool import Pool
from scenarios.intervals import shares, turns
from scenarios.intervals.held import Found, Held, joined, rejected
from scenarios.intervals.tracked import Track, Untracked
from tallies.eligibility import out_codes
from tallies.many.changes import Changed
from tallies.plan import Plan
from tallies.support import Support, support_of

MOST_COUNTS = 20_000
"""Certificates after which the rest of a range is counted at single values only."""

PlanOf = Callable[[Election], Plan]
Certify = Callable[[int, int], tuple[Found, int]]
"""A value and how far is asked: who is funded there, and for how many øre more that holds."""
GoesOn = Callable[[int], bool]
"""Is told how many values are behind, and says whether to go on."""
LOOK, HOPELESS = 50, 4
"""After every so many certificates it is asked whether at their pace more than so many times ``MOST_COUNTS`` would be needed."""
MOST_SINGLE = 200
"""Certificates in a row that reach no farther than the value they are made at, after which a count is given up as one that
cannot be followed."""
Why = Literal["terms", "by-cost", "too-many", "untracked"]
"""Why values were counted one by one: terms of equal shares, or shares in proportion to costs, that no certificate knows; more
than ``MOST_COUNTS`` certificates, as it is or would be; something in a count that cannot be followed."""


@dataclass(frozen=True)
class Range:
    """From ``low`` to ``high`` in minor units; ``step``: the distance of single values where they must do, ``named``: a value
    that is then one of them where it is in the range."""

    low: int
    high: int
    step: int
    named: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.low <= self.high or self.step < 1:
            raise ValueError(
                "a range begins at one øre or more, ends where it began or later, and goes by positive steps"
            )


@dataclass(frozen=True)
class Swept:
    """``parts`` ascending and side by side, all of the range unless it was stopped; ``why`` some have only samples."""

    parts: tuple[Held, ...]
    why: Why | None = None


def pools(election: Election, plan_of: PlanOf, asked: Range, goes_on: GoesOn | None = None) -> Swept:
    """Who is funded with every pool in the range; where it is stopped, with those from its beginning.  ``plan_of``: the plan for
    an election (constraints may be shares of the pool)."""

    def changed(value: int) -> Election:
        return Changed(pool=value).election(election)

    plan = plan_of(changed(asked.low))
    support = support_of(election, plan.points_table)

    def tracked(value: int, most: int) -> tuple[Found, int]:
        track = Track(most)
        number: Any = track.number(value)
        there = replace(election, pool=Pool(number, election.pool.currency, (), election.pool.area))
        return turns.found_at(there, plan if fixed else plan_of(there), support), track.reach

    fixed = (
        plan_of(changed(asked.high)) == plan
    )  # else something in it is a share of the pool, which is tracked as well
    certify: Certify | Why = tracked
    if plan.rule == "equal-shares" and support.total:
        certify = _walking(shares.LargerPool(election, plan, support)) if _known(plan) else "terms"
    parts = list[Held]()
    why = _swept(asked, certify, lambda value: _counted(changed(value), plan_of, support), goes_on, parts)
    return Swept(tuple(joined(parts)), why)


def prices(election: Election, plan_of: PlanOf, p: int, asked: Range, goes_on: GoesOn | None = None) -> Swept:
    """Who is funded with every price of proposal ``p`` (an index) in the range; where it is stopped, with those from its end.

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

    top = asked.high + 1  # the price after so many steps is this less the steps
    certify: Certify | Why = _falling(tracked, top)
    if plan.rule == "everyones-share" and not election.method.has_points:
        certify = "by-cost"
    elif plan.rule == "equal-shares" and support.total:
        certify = _falling(_price_in_shares(election, plan, support, p), top) if _known(plan) else "terms"
    named = None if asked.named is None else top - asked.named
    parts = list[Held]()
    why = _swept(
        Range(1, top - asked.low, asked.step, named),
        certify,
        lambda steps: _counted(changed(top - steps), plan_of, support),
        goes_on,
        parts,
    )
    turned = [
        Held(top - part.high, top - part.low, part.found, tuple(top - value for value in reversed(part.samples)))
        for part in reversed(parts)
    ]
    return Swept(tuple(joined(turned)), why)


def _known(plan: Plan) -> bool:
    """Whether the certificates of equal shares know all of its terms: besides words those that only say who takes part, and say
    the same with every pool and price."""
    return replace(plan.terms, threshold_share=None, turnout=None, electorate=None, withdrawn=()).plain


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
    asked: Range, certify: Certify | Why, counted: Callable[[int], Found], goes_on: GoesOn | None, parts: list[Held]
) -> Why | None:
    """Fills ``parts``; why some have only samples.  Raises KeyboardInterrupt where there is nothing yet."""
    value, why, single = asked.low, None if callable(certify) else certify, 0
    try:
        while value <= asked.high and callable(certify) and why is None:
            try:
                found, reach = certify(value, asked.high - value)
            except Untracked:
                why = "untracked"
                break
            parts.append(Held(value, value + reach, found))
            value += reach + 1
            if goes_on is not None and not goes_on(value - asked.low):
                return None
            single = 0 if reach else single + 1
            if single >= MOST_SINGLE:
                why = "untracked"
            elif len(parts) >= MOST_COUNTS or (len(parts) % LOOK == 0 and _hopeless(len(parts), value, asked)):
                why = "too-many"
        for sample in _samples(value, asked):
            parts.append(Held(sample, sample, counted(sample), (sample,)))
            if goes_on is not None and not goes_on(sample + 1 - asked.low):
                break
    except KeyboardInterrupt:
        if not parts:
            raise
    return why if any(part.samples for part in parts) else None


def _hopeless(certificates: int, value: int, asked: Range) -> bool:
    """Whether at the pace of the certificates so far the range needs far more than there may be."""
    whole, behind = asked.high + 1 - asked.low, value - asked.low
    return certificates * whole > HOPELESS * MOST_COUNTS * behind


def _samples(first: int, asked: Range) -> list[int]:
    """The values that are counted from ``first`` on: so many steps apart, the last of the range, and the one that was named."""
    ends = [asked.high] if asked.named is None else [asked.high, asked.named]
    return sorted({*range(first, asked.high + 1, asked.step), *(end for end in ends if first <= end <= asked.high)})
