"""Voters' purses under equal shares: exact prices in closed form behind a certified float filter.

All voters start with b0.  A proposal p with cost c, utility factor f and values s_i (u_i = f * s_i) is bought at the least
unit price r with

    sum of w_i * min(b_i, r * s_i) = c,    rho(p) = r / f                      (1)

Voters whose money is *strictly* less than r * s_i pay all they have and have run out; the others pay r * s_i in full.  So
the money of a voter who has not run out is b0 minus what she paid in full, and with N the weight of those who run out
now and cnt_j the sum of weight times value with which they paid the unit price r_j in full,

    r = (c - N * b0 + sum over j of cnt_j * r_j) / R,    R = sum of w_i * s_i over those who pay in full      (2)

Each r_j is a Python integer over one common denominator.  In floats, money carries an absolute error of at most
``_money_error``; a root of (1) found in floats is trusted within an interval that this error and the slope of (1)
certify.  Whatever the intervals leave open is decided by (2) in integers.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots.method import Ints
from tallies.support import Support, exact_sums

Floats = NDArray[np.float64]
EPS = 2.0**-52
WIDE = 1e-9
"""Relative width within which the slope of (1) must be certified for an interval to be trusted."""


@dataclass(frozen=True, eq=False)
class Market:
    """What all runs over one contest share: who may be bought, at which cost, with which factor.

    ``costs`` (minor units) and ``factors`` by proposal; ``proposals`` the ones that may be bought; ``sets``: the ballots
    have no values of their own.
    """

    support: Support
    costs: tuple[int, ...]
    factors: tuple[int, ...]
    proposals: tuple[int, ...]
    exact_only: bool = False
    sets: bool = True

    @cached_property
    def filtered(self) -> bool:
        """Whether floats may filter at all: they hold every weight and every sum of weights exactly."""
        return not self.exact_only and self.support.exact_in_floats

    @cached_property
    def scaled_costs(self) -> tuple[int, ...]:
        """Costs times the weights' denominator: what integer weights must add up to."""
        return tuple(c * self.support.denominator for c in self.costs)

    @cached_property
    def columns(self) -> tuple[tuple[Ints, Ints | None], ...]:
        return self.support.by_proposal

    @cached_property
    def weights(self) -> tuple[Floats, ...]:
        return tuple(self.support.weights[groups].astype(np.float64) for groups, _ in self.columns)

    @cached_property
    def values(self) -> tuple[Floats | None, ...]:
        return tuple(None if v is None else v.astype(np.float64) for _, v in self.columns)

    @cached_property
    def weighted(self) -> tuple[Floats, ...]:
        """Weight times value of each supporter."""
        return tuple(w if s is None else w * s for w, s in zip(self.weights, self.values, strict=True))

    @cached_property
    def reach(self) -> tuple[int, ...]:
        """Sum of weight times value by proposal."""
        amounts = self.support.weights[self.support.group]
        if self.support.value is not None:
            if self.support.exact_in_floats:
                amounts = amounts * self.support.value
            else:
                amounts = amounts.astype(object) * self.support.value.astype(object)
        return self.support.sum_by_proposal(amounts)


@dataclass(frozen=True, slots=True)
class Price:
    """An exact unit price ``numerator / denominator`` with the certified split of the supporters.

    ``poor`` marks, among the proposal's supporters, those with strictly less than the price times their value;
    ``rich_value`` is R of (2).
    """

    numerator: int
    denominator: int
    poor: NDArray[np.bool_]
    rich_value: int


@dataclass(frozen=True, slots=True, eq=False)
class Purchase:
    """One proposal bought: exact unit price, R of (2), the groups that ran out, all proposals with the same rho."""

    proposal: int
    numerator: int
    denominator: int
    rich_value: int
    ran_out: Ints
    tied: tuple[int, ...] = ()
    decided_by: str | None = None

    def rho(self, factor: int) -> Fraction:
        return Fraction(self.numerator, self.denominator * factor)


class Purses:
    """The money of all ballot groups in one run with endowment ``endowment`` (minor units per voter)."""

    def __init__(self, market: Market, endowment: Fraction) -> None:
        self.market = market
        self.endowment = endowment
        self._start, self._scale = endowment.numerator, endowment.denominator  # b0 = start / scale
        self._prices: list[int] = []  # unit prices of the purchases, over scale
        self._round = np.zeros(market.support.proposals, np.int32)  # of purchase, from 1; 0: not bought
        self._out = np.zeros(market.support.weights.size, bool)  # money has run out
        self._b0 = endowment.numerator / endowment.denominator
        self._money: Floats = np.full(market.support.weights.size, self._b0)
        self._error = 2 * EPS * self._b0
        self._near: dict[int, float] = {}  # the last unit price that floats found: where to start, no more
        self.purchases: list[Purchase] = []
        self.fallbacks = 0
        # a valid lower bound of rho for each proposal still open, least first
        self._bounds = [(self._first_bound(p), p) for p in market.proposals]
        heapq.heapify(self._bounds)

    def _first_bound(self, p: int) -> float:
        market = self.market
        return market.scaled_costs[p] / (market.reach[p] * market.factors[p]) * (1 - 8 * EPS)

    # --- questions -----------------------------------------------------------------------------------------------

    def cheapest(self) -> list[int]:
        """All proposals with exactly the least rho, ascending; [] when nothing is affordable."""
        best = math.inf
        found: list[tuple[float, float, int]] = []
        while self._bounds and self._bounds[0][0] <= best:
            bound, p = heapq.heappop(self._bounds)
            interval = self._interval(p, bound, best)
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

    def undercut(self, paid: Fraction, goes_after: Callable[[int], bool]) -> bool:
        """Whether any open proposal has rho < ``paid``, or rho = ``paid`` without going after in the tie order."""
        threshold = paid.numerator / paid.denominator * (1 + 4 * EPS)
        kept: list[tuple[float, int]] = []
        found = False
        while self._bounds and self._bounds[0][0] <= threshold and not found:
            bound, p = heapq.heappop(self._bounds)
            interval = self._interval(p, bound, threshold)
            if interval is None:
                continue
            kept.append((interval[0], p))
            if interval[0] <= threshold:
                self.fallbacks += 1
                price = self._price(p)
                if price is None:
                    kept.pop()
                    continue
                rho = Fraction(price.numerator, price.denominator * self.market.factors[p])
                found = rho < paid or (rho == paid and not goes_after(p))
        for item in kept:
            heapq.heappush(self._bounds, item)
        return found

    def money_of(self, p: int) -> Fraction:
        """Exactly what the supporters of p have together, in minor units."""
        groups, _ = self.market.columns[p]
        rest = groups[~self._out[groups]]
        count, paid = self._paid_in_full(rest)
        total = count * self._start - sum(n * r for n, r in zip(paid, self._prices, strict=True) if n)
        return Fraction(total, self._scale * self.market.support.denominator)

    # --- actions -------------------------------------------------------------------------------------------------

    def buy(self, p: int, tied: Sequence[int] = (), decided_by: str | None = None) -> Purchase | None:
        """Supporters pay; None (and nothing happens) when they cannot."""
        price = self._price(p)
        if price is None:
            return None
        groups, _ = self.market.columns[p]
        values = self.market.values[p]
        poor = price.poor
        ran_out = groups[poor & ~self._out[groups]]
        unit = price.numerator / price.denominator
        payers = groups[~poor]
        pay = unit if values is None else unit * values[~poor]
        self._money[payers] = np.maximum(self._money[payers] - pay, 0.0)
        self._money[groups[poor]] = 0.0
        self._out[ran_out] = True
        # one product and one difference, each within half an EPS of at most b0, besides the rounding of the price
        self._error += 2 * EPS * self._b0
        self._keep(price)
        self._round[p] = len(self._prices)
        self.withdraw(p)
        bought = Purchase(p, price.numerator, price.denominator, price.rich_value, ran_out, tuple(tied), decided_by)
        self.purchases.append(bought)
        return bought

    def withdraw(self, p: int) -> None:
        """p is no longer open."""
        self._bounds = [item for item in self._bounds if item[1] != p]
        heapq.heapify(self._bounds)

    def rounds_paid(self, group: int, before: int) -> list[tuple[int, int]]:
        """(round, value) of the purchases before round ``before`` that ``group`` paid in full, ascending."""
        support = self.market.support
        part = slice(int(support.start[group]), int(support.start[group + 1]))
        rounds = self._round[support.proposal[part]].tolist()
        values = [1] * len(rounds) if support.value is None else support.value[part].tolist()
        return sorted((r, s) for r, s in zip(rounds, values, strict=True) if 0 < r < before)

    # --- floats: the filter --------------------------------------------------------------------------------------

    def _interval(self, p: int, bound: float, best: float) -> tuple[float, float] | None:
        """An interval that certainly holds rho(p), or None when p is certainly not affordable.

        ``bound`` is a lower bound of rho.  Once rho is certainly above ``best`` any interval above it will do.
        """
        if self.market.filtered:
            estimate = self._estimate(p, bound, best)
            if estimate is not None:
                low, high = estimate
                return None if low == math.inf else (max(low, bound), high)
            self.fallbacks += 1
        price = self._price(p)
        if price is None:
            return None
        factor = self.market.factors[p]
        rho = price.numerator / (price.denominator * factor)
        return rho * (1 - 2 * EPS), rho * (1 + 2 * EPS)

    def _estimate(self, p: int, bound: float, best: float) -> tuple[float, float] | None:
        """Certified (low, high) of rho(p) in floats; (inf, inf) for certainly unaffordable; None when open."""
        market = self.market
        groups, _ = market.columns[p]
        weight, value, weighted = market.weights[p], market.values[p], market.weighted[p]
        factor, cost = float(market.factors[p]), float(market.scaled_costs[p])
        money = self._money.take(groups)
        held = weight * money
        # error of any sum of held money or of (1): the money's own error and that of adding up
        slack = self._error * market.support.supporters[p] + (groups.size + 16) * EPS * (cost + self._b0)
        unit = bound * factor
        for _ in range(200):
            rich = money >= (unit if value is None else unit * value)
            slope = float(np.add.reduce(weighted * rich))
            if slope <= 0.0:
                total = float(np.add.reduce(held))
                sure = slack + (groups.size + 16) * EPS * total
                return (math.inf, math.inf) if total + sure < cost else None
            poor_money = float(np.add.reduce(held * ~rich))
            root = (cost - poor_money) / slope  # the tangent lies above (1): never beyond the true root
            low = (cost - poor_money - slack - (groups.size + 16) * EPS * poor_money) / slope * (1 - 8 * EPS) / factor
            if low > best:
                return low, math.inf
            if abs(root - unit) <= unit * (WIDE / 16) and root <= unit * (1 + 4 * EPS):
                break
            unit = root
        else:
            return None
        at_unit = slope
        self._near[p] = unit
        # the slope a little further on certifies the root from both sides, (1) being concave
        edge = unit * (1 + WIDE)
        sure_rich = money >= (edge if value is None else edge * value) + 2 * self._error
        slope = float(np.add.reduce(weighted * sure_rich))
        error = abs(cost - poor_money - at_unit * unit) + 4 * (slack + (groups.size + 16) * EPS * poor_money)
        if slope <= 0.0 or error > slope * unit * (WIDE / 4):
            return None
        width = error / slope + 16 * EPS * unit
        return (unit - width) / factor, (unit + width) / factor

    # --- integers: what decides ----------------------------------------------------------------------------------

    def _exactly_least(self, proposals: Sequence[int]) -> list[int]:
        least: Fraction | None = None
        tied: list[int] = []
        for p in sorted(proposals):
            price = self._price(p)
            if price is None:
                continue
            rho = Fraction(price.numerator, price.denominator * self.market.factors[p])
            if least is None or rho < least:
                least, tied = rho, [p]
            elif rho == least:
                tied.append(p)
        return tied

    def _price(self, p: int) -> Price | None:
        """The exact least unit price of p by Newton's iteration on (2), or None when p is not affordable."""
        market = self.market
        groups, values = market.columns[p]
        weight = market.support.weights[groups]
        weighted = (
            weight
            if values is None
            else weight * values
            if market.support.exact_in_floats
            else (weight.astype(object) * values.astype(object))
        )
        cost = market.scaled_costs[p]
        out = self._out[groups]
        # Newton from the left: everybody who has money pays in full; floats may say where else to start
        poor = self._guess(p, out) if market.filtered else out
        guessed = poor is not out
        while True:
            rich_value = _exact_total(weighted, ~poor)
            if rich_value == 0:  # from the left: all of their money is less than the cost
                if not guessed:
                    return None
                poor, guessed = out, False
                continue
            count, paid = self._paid_in_full(groups[poor & ~out])
            top = cost * self._scale - count * self._start
            top += sum(n * r for n, r in zip(paid, self._prices, strict=True) if n)
            # r = top / (rich_value * scale)
            split = self._split(p, groups, values, out, top, rich_value)
            if (split == poor).all():
                return Price(top, rich_value * self._scale, poor, rich_value)
            poor = split

    def _guess(self, p: int, out: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """A split near the root, from floats: only where to start."""
        market = self.market
        groups, _ = market.columns[p]
        value, money = market.values[p], self._money[groups]
        near = self._near.get(p)
        if near is not None:
            return out | (money < (near if value is None else near * value))
        poor, held, unit = out.copy(), market.weights[p] * money, 0.0
        for _ in range(100):
            slope = float(np.add.reduce(market.weighted[p] * ~poor))
            if slope <= 0.0:
                break
            root = (float(market.scaled_costs[p]) - float(np.add.reduce(held * poor))) / slope
            if root <= unit:
                break
            unit = root
            poor = out | (money < (unit if value is None else unit * value))
        return poor

    def _split(
        self, p: int, groups: Ints, values: Ints | None, out: NDArray[np.bool_], top: int, rich_value: int
    ) -> NDArray[np.bool_]:
        """Exactly who has strictly less than ``top / (rich_value * scale)`` times her value."""
        if self.market.filtered and top > 0:
            value = self.market.values[p]
            unit = top / (rich_value * self._scale)
            due = unit if value is None else unit * value
            gap = self._money[groups] - due
            poor = out | (gap < 0)
            close = np.flatnonzero((np.abs(gap) <= self._error + 8 * EPS * (due + self._b0)) & ~out)
        else:
            poor, close = out.copy(), np.flatnonzero(~out)
        for i in close.tolist():
            money = self._start - sum(
                s * self._prices[r - 1] for r, s in self.rounds_paid(int(groups[i]), len(self._prices) + 1)
            )
            poor[i] = money * rich_value < top * (1 if values is None else int(values[i]))
        return poor

    def _paid_in_full(self, groups: Ints) -> tuple[int, tuple[int, ...]]:
        """N of (2), and cnt_j for each purchase j, of groups that have not run out."""
        support, rounds = self.market.support, len(self._prices)
        if not groups.size:
            return 0, (0,) * rounds
        weights = support.weights[groups]
        count = _exact_total(weights, None)
        if not rounds:
            return count, ()
        sizes = support.start[groups + 1] - support.start[groups]
        ends = np.cumsum(sizes)
        entry = np.arange(int(ends[-1]), dtype=np.int64) + np.repeat(support.start[groups] - (ends - sizes), sizes)
        when = self._round[support.proposal[entry]]
        bought = when > 0
        amounts = np.repeat(weights, sizes)[bought]
        if support.value is not None:
            values = support.value[entry[bought]]
            amounts = amounts * values if support.exact_in_floats else amounts.astype(object) * values.astype(object)
        return count, exact_sums(when[bought] - 1, amounts, rounds)

    def _keep(self, price: Price) -> None:
        """Adds a price to the common denominator, which grows only by what it must."""
        common = math.gcd(price.numerator, price.denominator)
        numerator, denominator = price.numerator // common, price.denominator // common
        factor = denominator // math.gcd(denominator, self._scale)
        if factor > 1:
            self._start *= factor
            self._scale *= factor
            self._prices = [r * factor for r in self._prices]
        self._prices.append(numerator * (self._scale // denominator))


def _exact_total(amounts: Ints, chosen: NDArray[np.bool_] | None) -> int:
    picked = amounts if chosen is None else amounts[chosen]
    if picked.dtype == object:
        return sum(picked.tolist())
    return int(np.add.reduce(picked))
