"""Voters' purses under equal shares in floats, with a certified bound of their error; what that leaves open is decided
by the exact ledger (``tallies.numerics.ledger``, where (1) and (2) stand).

``_error`` bounds the sum over all voters of |money in floats - money|.  A purchase passes errors on but adds none beyond
its own rounding, and the sum of what any voters pay at any price is off by at most ``_error`` (docs/exactness.md).  So a
root of (1) found in floats is trusted within an interval that this error and the slope of (1) certify.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from borgerbudget.ballots.method import Ints
from tallies.numerics.ledger import Ledger
from tallies.numerics.market import EPS, Floats, Market
from tallies.ties import Decision

if TYPE_CHECKING:
    from tallies.numerics.compiled import Course, Kernel

A_LITTLE = 1e-300
WIDE = 1e-8
"""Relative width within which the slope of (1) must be certified for an interval to be trusted."""


class Root(NamedTuple):
    """A certified root of (1): the unit price, by how much it misses the cost, and an interval that holds rho.  ``sure``:
    the weight times value of those who pay in full, where all others certainly have nothing at all; 0 where not."""

    unit: float
    missed: float
    low: float
    high: float
    sure: float = 0.0


@dataclass(frozen=True, slots=True)
class Bought:
    """One purchase as floats know it."""

    proposal: int
    root: Root
    tied: tuple[int, ...]
    decided_by: str | None


class Paid(NamedTuple):
    """Purchases as arrays: who, the unit price, an upper bound of rho, and what the price missed."""

    proposals: Ints
    unit: Floats
    high: Floats
    missed: Floats


class Purses:
    """The money of all ballot groups in one run with endowment ``endowment`` (minor units per voter)."""

    def __init__(self, market: Market, endowment: Fraction, like: Purses | None = None) -> None:
        """``like``: a run that may have come out nearly the same; only where to start looking."""
        self.market = market
        self.endowment = endowment
        self._bought: list[Bought] = []
        self._course: Course | None = None  # purchases of compiled code that are not told in ``_bought`` yet
        self._decided: Mapping[
            int, tuple[tuple[int, ...], str | None]
        ] = {}  # among them: who was tied, and what decided
        self.fallbacks = 0
        self._ledger: Ledger | None = None
        if market.filtered:
            self._b0 = endowment.numerator / endowment.denominator
            self._money: Floats = np.full(market.support.weights.size, self._b0)
            self._error = EPS * self._b0 * market.support.total
        self._roots: dict[int, Root] = {}  # found since the last purchase
        self._like = None if like is None else (like.paid.proposals, like.paid.high)
        self._closed: set[int] = set()
        self._known: list[tuple[float, int]] | None = None

    @cached_property
    def _near(self) -> dict[int, float]:
        """Where to start looking for each rho."""
        return {} if self._like is None else dict(zip(*(row.tolist() for row in self._like), strict=True))

    @property
    def _bounds(self) -> list[tuple[float, int]]:
        """A valid lower bound of rho for each proposal still open, least first; money only falls, so who is not affordable
        with everything in the purses never is."""
        if self._known is None:
            market = self.market
            self._known = list(market.bounds_within(self._b0) if market.filtered else market.bounds)
        return self._known

    # --- questions -----------------------------------------------------------------------------------------------

    @property
    def bought(self) -> list[Bought]:
        """The purchases so far."""
        course, self._course = self._course, None
        if course is not None:
            many, alone = course.bought, ((), None)
            rows = course.unit, course.missed, course.below, course.above, course.sure
            roots = map(Root, *(row[:many].tolist() for row in rows))
            order = course.proposal[:many].tolist()
            self._bought += [
                Bought(p, root, *self._decided.get(k, alone))
                for k, (p, root) in enumerate(zip(order, roots, strict=True))
            ]
            self._closed.update(order)
        return self._bought

    @property
    def sequence(self) -> tuple[int, ...]:
        """Who is bought, in order."""
        return tuple(self.paid.proposals.tolist())

    @property
    def paid(self) -> Paid:
        """The purchases in arrays."""
        if self._course is not None and not self._bought:
            course, many = self._course, self._course.bought
            return Paid(course.proposal[:many], course.unit[:many], course.above[:many], course.missed[:many])
        order = np.array([b.proposal for b in self.bought], np.int64)
        roots = [(b.root.unit, b.root.high, b.root.missed) for b in self._bought]
        return Paid(order, *np.array(roots).reshape(-1, 3).T)

    @property
    def ledger(self) -> Ledger:
        """The purchases so far, exactly."""
        if self._ledger is None:
            self._ledger = Ledger(self.market, self.endowment)
        for bought in self.bought[len(self._ledger.purchases) :]:
            self._ledger.buy(bought.proposal, bought.root.unit, bought.tied, bought.decided_by)
        return self._ledger

    def cheapest(self) -> list[int]:
        """All proposals with exactly the least rho, ascending; [] when nothing is affordable."""
        best = math.inf
        found: list[tuple[float, float, int]] = []
        while self._bounds and self._bounds[0][0] <= best:
            bound, p = heapq.heappop(self._bounds)
            if p in self._closed:
                continue
            interval = self._interval(p, bound, best, self._near.get(p, math.inf))
            if interval is None:  # not affordable, now or later: money only falls
                continue
            low, high = interval
            best = min(best, high)
            found.append((low, high, p))
        for low, _, p in found:
            heapq.heappush(self._bounds, (low, p))
        close = [p for low, _, p in found if low <= best]
        if len(close) < 2:
            return close
        self.fallbacks += 1
        return self._exactly_least(close)

    def up_to(self, paid: Root) -> Iterator[tuple[int, bool]]:
        """Every open proposal whose rho may be at most that of ``paid`` in another run, and whether their intervals overlap
        (if not, it is less)."""
        kept: list[tuple[float, int]] = []
        try:
            while self._bounds and self._bounds[0][0] <= paid.high:
                bound, p = heapq.heappop(self._bounds)
                if p in self._closed:
                    continue
                interval = self._interval(p, bound, paid.high)
                if interval is None:
                    continue
                low, high = interval
                kept.append((low, p))
                if low <= paid.high:
                    yield p, high >= paid.low
        finally:
            for item in kept:
                heapq.heappush(self._bounds, item)

    def rho(self, k: int) -> Fraction:
        """Exactly the rho of the purchase ``k``, from 0."""
        bought = self.ledger.purchases[k]
        return bought.rho(self.market.factors[bought.proposal])

    def rho_of(self, p: int) -> Fraction | None:
        """Exactly the rho of p now, or None when it is not affordable."""
        self.fallbacks += 1
        return self._rho(p)

    def root(self, p: int, near: float = math.inf) -> Root | None:
        """The root of p now, or None when it is not affordable.  ``near``: a guess of rho."""
        if p not in self._roots and self._interval(p, 0.0, math.inf, near) is None:
            return None
        return self._roots[p]

    @property
    def start(self) -> float:
        """The endowment in floats."""
        return self._b0

    @property
    def error(self) -> float:
        """A bound of the sum over all voters of |money in floats - money|."""
        return self._error

    def money_at(self, p: int) -> Floats:
        """What each supporting group of p has for each voter, in floats."""
        return self._money.take(self.market.in_floats(p).groups)

    # --- actions -------------------------------------------------------------------------------------------------

    def advance(self, choose: Callable[[list[int], int], Decision] | None = None, first: Sequence[int] = ()) -> int:
        """Buys what is certainly next, and next after that, as long as compiled code is certain; where there is any.
        ``choose``: one of those tied, at a purchase, from 0.  ``first``: those are bought before, whatever is cheaper; how many
        of them were is returned, and when not all could be, nothing else is bought."""
        kernel = self.market.kernel
        if kernel is None or self._known == []:
            return 0
        before = len(self.bought)
        course = kernel.course(self._b0, self._money, self._error)
        if self._known is not None or self._closed:
            course.bound.fill(np.inf)
            self._money[self._money == 0.0] = A_LITTLE  # where we have paid, nothing is not certainly nothing
            for bound, p in self._bounds:
                if p not in self._closed:
                    course.bound[p] = bound
        if self._like is not None:
            course.guess[self._like[0]] = self._like[1]
        self._decided = decided = dict[int, tuple[tuple[int, ...], str | None]]()

        def chosen(number: int, place: int, tied: list[int]) -> int:
            assert choose is not None
            decision = choose(tied, before + place)
            decided[place] = tuple(tied), decision.decided_by
            return decision.chosen

        forced = kernel.buy(course, first) if first else 0
        ended = forced == len(first) and kernel.advance(course, None if choose is None else chosen)
        self._error = course.struct.error
        if course.bought:
            self._course = course
            self._roots.clear()
        if ended:
            self._known = []
        else:
            bounds = zip(course.bound.tolist(), range(course.bound.size), strict=True)
            self._known = sorted(known for known in bounds if known[0] < math.inf)
        return forced

    def take_over(self, course: Course) -> None:
        """A whole run that compiled code has made from the beginning, with our endowment; its ties are not noted."""
        self._money, self._error, self._known = course.money, course.struct.error, []
        self._course, self._decided = course, {}
        self._roots.clear()

    def course(self, kernel: Kernel) -> Course:
        """The purchases as compiled code knows them.  It may be the one that we keep: what is changed in it is changed here."""
        course = self._course
        if course is None or self._bought:
            course = kernel.course(self._b0, self._money, self._error)
            many = course.struct.bought = len(self.bought)
            course.proposal[:many] = [bought.proposal for bought in self.bought]
            roots = np.array([bought.root for bought in self.bought]).reshape(-1, 5)
            for row, column in zip(
                (course.unit, course.missed, course.below, course.above, course.sure), roots.T, strict=True
            ):
                row[:many] = column
        paid = self.paid
        course.guess[paid.proposals] = paid.high
        return course

    def buy(self, p: int, tied: Sequence[int] = (), decided_by: str | None = None) -> bool:
        """Supporters pay; False (and nothing happens) when they cannot."""
        root = self.root(p)
        if root is None:
            return False
        self.pay(Bought(p, root, tuple(tied), decided_by))
        return True

    def pay(self, bought: Bought, rest: Floats | None = None) -> None:
        """Supporters pay at a root that is known.  ``rest``: what they have afterwards, if that has been computed."""
        p, root = bought.proposal, bought.root
        if self.market.filtered:
            column = self.market.in_floats(p)
            if rest is None:
                rest = self._money.take(column.groups)
                rest -= root.unit if column.values is None else root.unit * column.values
                np.maximum(rest, 0.0, out=rest)
            self._money[column.groups] = rest
            # what the root missed, and for each payer a product and a difference, each rounded by half an EPS
            rounded = 2 * EPS * (column.cost + self._b0 * self.market.support.supporters[p])
            self._error = (self._error + root.missed + rounded) * (1 + 4 * EPS)
        self.bought.append(bought)
        self._roots.clear()
        self.withdraw(p)
        if self.market.bars is not None:
            for barred in self.market.bars.closed_by(list(self.sequence)):
                self.withdraw(barred)

    def withdraw(self, p: int) -> None:
        """p is no longer open."""
        self._closed.add(p)

    # --- floats: the filter --------------------------------------------------------------------------------------

    def _interval(self, p: int, bound: float, best: float, near: float = math.inf) -> tuple[float, float] | None:
        """An interval that certainly holds rho(p), or None when p is certainly not affordable.

        ``bound`` is a lower bound of rho.  Once rho is certainly above ``best`` any interval above it will do.
        """
        if self.market.filtered:
            estimate = self._estimate(p, bound, best, min(near, best))
            if estimate is not None:
                low, high = estimate
                return None if low == math.inf else (max(low, bound), high)
            self.fallbacks += 1
        rho = self._rho(p)
        if rho is None:
            return None
        root = self._roots[p]
        return root.low, root.high

    def _estimate(self, p: int, bound: float, best: float, near: float) -> tuple[float, float] | None:
        """Certified (low, high) of rho(p) in floats; (inf, inf) for certainly unaffordable; None when open.

        ``near``: a rho to start from.
        """
        groups, weight, value, weighted, reach, cost, factor, rounding = self.market.in_floats(p)
        money = self._money.take(groups)
        if best == math.inf and near == math.inf and self._beyond(weight * money, cost, rounding):
            return math.inf, math.inf
        start = bound * factor
        unit = start if near == math.inf else near * factor
        poor = money < (unit if value is None else unit * value)
        how_many = np.count_nonzero(poor)
        for _ in range(200):
            slope, poor_money = reach, 0.0
            if how_many:
                who = poor.nonzero()[0]
                slope -= float(np.add.reduce(weighted.take(who)))
                if not slope:
                    if self._beyond(weight * money, cost, rounding):
                        return math.inf, math.inf
                    if near == math.inf:
                        return None
                    unit, near = start, math.inf
                    poor = money < (unit if value is None else unit * value)
                    how_many = np.count_nonzero(poor)
                    continue
                poor_money = float(np.add.reduce(weight.take(who) * money.take(who)))
            missed = rounding * poor_money + 4 * EPS * (cost + poor_money)
            low = (cost - poor_money - missed - self._error) / slope * (1 - 8 * EPS) / factor
            if low > best:  # any split bounds (1) from above, so its root from below
                return low, math.inf
            unit = max((cost - poor_money) / slope, start)
            poor = money < (unit if value is None else unit * value)
            before, how_many = how_many, np.count_nonzero(poor)
            if how_many == before:  # who is poor at one price is poor at every higher one: it is the same split
                break
        else:
            return None
        missed += abs(cost - poor_money - slope * unit)
        # the slope a little further on certifies the root from both sides, (1) being concave
        edge = unit * (1 + WIDE)
        poor = money <= (edge if value is None else edge * value)
        if np.count_nonzero(poor) != how_many:
            slope = reach - float(np.add.reduce(weighted[poor]))
        error = (missed + self._error) * (1 + 8 * EPS)
        if error > slope * unit * (WIDE / 4):
            return None
        width = error / slope + 16 * EPS * unit
        low, high = (unit - width) / factor, (unit + width) / factor
        self._roots[p] = Root(unit, missed, low, high)
        return low, high

    def _beyond(self, held: Floats, cost: float, rounding: float) -> bool:
        """Whether who holds ``held`` certainly has less than ``cost``."""
        total = float(np.add.reduce(held))
        return total + rounding * total + 4 * EPS * cost + self._error < cost

    # --- integers: what decides ----------------------------------------------------------------------------------

    def _exactly_least(self, proposals: Sequence[int]) -> list[int]:
        least: Fraction | None = None
        tied: list[int] = []
        for p in sorted(proposals):
            rho = self._rho(p)
            if rho is None:
                continue
            if least is None or rho < least:
                least, tied = rho, [p]
            elif rho == least:
                tied.append(p)
        return tied

    def _rho(self, p: int) -> Fraction | None:
        """Exactly rho(p), or None when p is not affordable."""
        root = self._roots.get(p)
        price = self.ledger.price(p, None if root is None else root.unit)
        if price is None:
            return None
        rho = Fraction(price.numerator, price.denominator * self.market.factors[p])
        about, unit = rho.numerator / rho.denominator, price.numerator / price.denominator
        missed = 2 * EPS * self.market.in_floats(p).cost if self.market.filtered else 0.0
        self._roots[p] = Root(unit, missed, about * (1 - 2 * EPS), about * (1 + 2 * EPS))
        return rho
