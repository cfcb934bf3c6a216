"""Equal shares at many endowments: stretches of endowments with the same purchases, found once and used again.

A run at one endowment does not know the pool; the pool only says who takes part, where add1 begins and where it ends.  So
the counts of one election with other pools are walks along the same line of endowments.  A stretch is certified for every
endowment between its ends (the lemma of ``tallies.numerics.repeat``), on whatever raster a walk steps.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol

from borgerbudget.election import Election
from borgerbudget.money import ONE_UNIT
from borgerbudget.pool import Pool
from tallies.contest import Contest, make_contest
from tallies.numerics.market import Market
from tallies.numerics.purses import Purses
from tallies.numerics.repeat import repeated
from tallies.plan import Plan
from tallies.shares import market_of, run, sequence
from tallies.support import Support, per_voter
from tallies.ties import FixedOrder

EXHAUSTIVE = ("add1e", "add1eu")
"""Completions that end with the first run after which nothing more fits."""
UTILITARIAN = ("utilitarian", "add1u", "add1eu")
"""Completions that give out the rest by votes."""

MOST_REMEMBERED = 128
"""Stretches of one line of which the runs at their ends are kept in memory."""


class Spot(Protocol):
    """What a walk must know about the runs from here to ``high``: who is funded, at what cost together, and the least
    cost of who takes part and is not funded (None: nobody); ``by_order``: whether the plan left a tie open on the way."""

    @property
    def high(self) -> Fraction: ...
    @property
    def funded(self) -> tuple[int, ...]: ...
    @property
    def spent(self) -> int: ...
    @property
    def cheapest_out(self) -> int | None: ...
    @property
    def by_order(self) -> bool: ...


@dataclass(eq=False, slots=True)
class Stretch:
    """Every endowment from ``low`` to ``high`` gives the purchases ``funded``.  ``first`` and ``last``: the runs at the ends,
    while they are remembered.  ``stride``: how many steps the next certificate reaches."""

    low: Fraction
    high: Fraction
    funded: tuple[int, ...]
    spent: int
    cheapest_out: int | None
    first: Purses | None
    last: Purses | None
    by_order: bool
    stride: int = 0


class Line:
    """All runs of ``contest`` (its ties in a FixedOrder) that were ever asked for; the pool is not looked at."""

    def __init__(self, contest: Contest, like: Market | None = None) -> None:
        self.contest, self.market = contest, market_of(contest)
        if like is not None:
            share_columns(like, self.market)
        assert isinstance(contest.ties, FixedOrder)
        self._order = contest.ties
        self._lows: list[float] = []  # rounded, so that they are quick to compare
        self._stretches: list[Stretch] = []
        self._remembered: deque[Stretch] = deque()
        self.runs = 0

    def at(self, endowment: Fraction, step: Fraction) -> Stretch:
        """The stretch that holds ``endowment``; ``step`` is what is looked ahead in."""
        rounded = _rounded(endowment)  # which keeps the order, but for equals
        place = bisect_right(self._lows, rounded)
        while place and self._lows[place - 1] == rounded and self._stretches[place - 1].low > endowment:
            place -= 1
        below = self._stretches[place - 1] if place else None
        if below is not None and endowment <= below.high:
            return below
        above = self._stretches[place] if place < len(self._stretches) else None
        if below is not None and below.stride and self._gallop(below, above, endowment, step):
            return below
        self._order.asked = False
        purses = self._run(endowment, None if below is None else below.last)
        funded, asked = sequence(purses), self._order.asked  # which every certificate that is tried below begins anew
        if below is not None and below.funded == funded and self._again(self.last(below), endowment, below) is not None:
            below.high, below.last, below.stride, below.by_order = endowment, purses, 2, below.by_order or asked
            return below
        if above is not None and above.funded == funded and self._again(purses, above.low, above) is not None:
            self._lows[place], above.low = _rounded(endowment), endowment
            above.first, above.by_order = purses, above.by_order or asked
            return above
        costs, won = self.contest.costs, set(funded)
        out = [costs[p] for p in self.contest.eligible if p not in won]
        found = Stretch(
            endowment, endowment, funded, sum(costs[p] for p in funded), min(out, default=None), purses, purses,
            asked,
        )  # fmt: skip
        self._lows.insert(place, _rounded(endowment))
        self._stretches.insert(place, found)
        self._remembered.append(found)
        if len(self._remembered) > MOST_REMEMBERED:
            forgotten = self._remembered.popleft()
            forgotten.first = forgotten.last = None
        return found

    def first(self, stretch: Stretch) -> Purses:
        """The run at its low end."""
        if stretch.first is None:
            stretch.first = self._run(stretch.low)
            self._remembered.append(stretch)
        return stretch.first

    def last(self, stretch: Stretch) -> Purses:
        """The run at its high end."""
        if stretch.last is None:
            stretch.last = self._run(stretch.high)
            self._remembered.append(stretch)
        return stretch.last

    def _run(self, endowment: Fraction, like: Purses | None = None) -> Purses:
        self.runs += 1
        return run(self.contest, self.market, endowment, 0, like)

    def _gallop(self, stretch: Stretch, above: Stretch | None, goal: Fraction, step: Fraction) -> bool:
        """Whether ``stretch`` could be drawn out as far as ``goal``, or farther, in strides that double and halve."""
        while stretch.stride:
            aim = max(goal, stretch.high + stretch.stride * step)
            if above is not None and aim >= above.low:
                aim = above.low if above.funded == stretch.funded else goal
            further = self._again(self.last(stretch), aim, stretch)
            if further is None:
                if aim == goal:
                    stretch.stride = 0
                stretch.stride //= 2
                continue
            stretch.high, stretch.last, stretch.stride = aim, further, stretch.stride * 2
            if above is not None and aim == above.low:
                self._join(stretch, above)
            if stretch.high >= goal:
                return True
        return False

    def _join(self, stretch: Stretch, above: Stretch) -> None:
        place = self._stretches.index(above)
        del self._stretches[place], self._lows[place]
        stretch.high, stretch.last, stretch.stride = above.high, above.last, above.stride
        stretch.by_order |= above.by_order

    def _again(self, purses: Purses, endowment: Fraction, noted: Stretch) -> Purses | None:
        self.runs += 1
        self._order.asked = False
        found = repeated(self.market, purses, endowment, self._order.goes_before)
        noted.by_order |= found is not None and self._order.asked
        return found


def _rounded(endowment: Fraction) -> float:
    return endowment.numerator / endowment.denominator


MOST_LINES = 64
"""Sets of proposals that take part for which a line is kept."""


class Lines:
    """The lines of one election under one full order of ties, by who takes part in a pool."""

    def __init__(
        self,
        election: Election,
        plan: Plan,
        support: Support,
        order: Sequence[int] | None = None,
        settled: dict[int, set[int]] | None = None,
    ) -> None:
        holds_each = Pool(max([1, *election.costs]), election.pool.currency, (), election.pool.area)
        contest = make_contest(replace(election, pool=holds_each), plan, support=support)
        self.contest = in_order(contest, order, settled)  # in a pool that holds the dearest
        self._levels = sorted({contest.costs[p] for p in contest.eligible})
        self._lines: dict[int, Line] = {}

    def next_level(self, pool: int) -> int | None:
        """The least larger pool in which somebody begins to take part."""
        place = bisect_right(self._levels, pool)
        return self._levels[place] if place < len(self._levels) else None

    def in_pool(self, pool: int) -> Line:
        level = bisect_right(self._levels, pool)
        if level not in self._lines:
            if len(self._lines) >= MOST_LINES:
                del self._lines[next(iter(self._lines))]
            whole, costs = self.contest, self.contest.costs
            out = tuple("over-pool" if code is None and costs[p] > pool else code for p, code in enumerate(whole.out))
            like = next((line.market for line in self._lines.values()), None)
            assert isinstance(whole.ties, FixedOrder)
            ties = whole.ties.unasked()
            self._lines[level] = Line(replace(whole, out=out, ties=ties), like)
        return self._lines[level]

    @property
    def runs(self) -> int:
        return sum(line.runs for line in self._lines.values())


@dataclass(frozen=True, slots=True)
class Passed:
    """The runs ``first``..``last`` of a walk, all of them at ``spot``."""

    first: int
    last: int
    spot: Spot


@dataclass(frozen=True, slots=True)
class Climb:
    """A whole search of add1: what it passed, the stretch that ended it last; the kept run and its spot."""

    path: tuple[Passed, ...]
    reason: str
    kept: int
    spot: Spot

    @property
    def end(self) -> Spot:
        return self.path[-1].spot


def climb(at: Callable[[Fraction], Spot], pool: int, start: Fraction, increment: Fraction, exhaustive: bool) -> Climb:
    """The search of ``tallies.completions.add1``, (1) to (4), along runs that ``at`` finds."""
    path: list[Passed] = []
    k, endowment = 0, start
    while True:
        spot = at(endowment)
        reason = stop(spot, pool, exhaustive)
        if reason == "over-pool" and k:  # (2)
            return Climb((*path, Passed(k, k, spot)), reason, k - 1, path[-1].spot)
        if reason is not None and reason != "over-pool":  # (3), (4)
            return Climb((*path, Passed(k, k, spot)), reason, k, spot)
        last = k + (spot.high - endowment) // increment
        path.append(Passed(k, last, spot))
        k = last + 1
        endowment = start + k * increment


def stop(spot: Spot, pool: int, exhaustive: bool) -> str | None:
    """Why a search ends with a run, None when it goes on."""
    if spot.spent > pool:
        return "over-pool"
    if spot.cheapest_out is None:
        return "exhaustive" if exhaustive else "all-funded"
    return "exhaustive" if exhaustive and spot.cheapest_out > pool - spot.spent else None


def start_of(plan: Plan, pool: int, support: Support) -> Fraction:
    """The endowment of the first run."""
    share = per_voter(pool, support)
    return Fraction(share // ONE_UNIT * ONE_UNIT) if plan.start == "integral" else share


def in_order(
    contest: Contest, order: Sequence[int] | None = None, settled: dict[int, set[int]] | None = None
) -> Contest:
    """``contest`` with a full order for the ties that its plan leaves open: the plan's lot, else ``order``, else by id.
    ``settled``: what of it need not be noted."""
    ties = contest.ties
    rank = ties.lot
    if rank is None:
        place = {p: i for i, p in enumerate(range(len(contest.costs)) if order is None else order)}
        rank = tuple(place[p] for p in range(len(contest.costs)))
    return replace(contest, ties=FixedOrder(ties.criteria, rank, settled=settled or {}))


def share_columns(old: Market, new: Market) -> None:
    """What ``old`` knows of its ballots, for another market with the same ones."""
    if new.support is old.support:
        # cached on the frozen value: costs, factors and who takes part have no say in these
        vars(new).update({name: known for name, known in vars(old).items() if name in _OF_BALLOTS})


def share_all_but(old: Market, new: Market, p: int) -> None:
    """The same where the ballots differ in the weight of one, which holds only ``p`` and stands last."""
    more = int(new.support.weights[-1]) - int(old.support.weights[-1])
    values, reach = old.columns[p][1], list(old.reach)
    reach[p] += more * (1 if values is None else int(values[-1]))
    others = {q: known for q, known in old.payers.items() if q != p}
    # cached on the frozen value, as above
    vars(new).update(columns=old.columns, payers=others, reach=tuple(reach))
    if old.kernel is not None:
        vars(new).update(pieces=old.pieces)


_OF_BALLOTS = ("columns", "payers", "pieces", "reach")
