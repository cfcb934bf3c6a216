"""How far a proposal p is from being bought in runs that do not buy it: bounds that float arithmetic certifies.

Take runs with the same purchases at endowments from b to b', p not among them.  Before purchase t, paid for at rho_t, the
supporters of p would buy it first only if at unit price r = rho_t * f(p), f the factor of p's utility,

    F_t(r) = sum of w_i * min(money of i, r * s_i) >= cost(p)                         (1)

and after the last purchase only if all their money together is at least the cost.  Money grows with the endowment and rho_t
falls (``tallies.numerics.repeat``), so with the money at b' and the rho_t at b (1) holds wherever it holds in between.  A
supporter who has not run out has the endowment less the unit prices she paid; who has run out has nothing: max(0, .) of
that.  F_t in floats is off by at most ``_slack`` (docs/exactness.md, "Equal shares: purchases in floats").
"""

from __future__ import annotations

from math import ceil

import numpy as np

from tallies.numerics.market import EPS, Floats, Market, sum_error
from tallies.numerics.purses import Purses

UP = 1 + 1e-9
"""More than all roundings of a last division or root."""
NEWTON = 6
"""Steps towards a root; every one of them is a bound."""


class Reach:
    """The supporters of ``p`` in ``market``, which must be ``filtered``: what else is on their ballots."""

    def __init__(self, market: Market, p: int) -> None:
        support = market.support
        self.market, self.p = market, p
        groups, values = support.by_proposal[p]
        sizes = np.diff(support.start)[groups]
        ends = np.cumsum(sizes)
        entry = np.arange(int(sizes.sum())) + np.repeat(support.start[groups] - (ends - sizes), sizes)
        self._marks: Floats = np.zeros((support.proposals, groups.size))
        value = 1 if support.value is None else support.value[entry]
        self._marks[support.proposal[entry], np.repeat(np.arange(groups.size), sizes)] = value
        self._weights: Floats = support.weights[groups].astype(np.float64)
        self._values = None if values is None else values.astype(np.float64)

    def price(self, low: Purses, high: Purses, per_cost: bool) -> list[int]:
        """For each purchase of the runs from ``low`` to ``high``, and for their end, a price in minor units above which p is
        not bought just before it.  ``per_cost``: the factor of p is its cost."""
        money, rho, slack = self._before(low, high)
        whole = float(self.market.support.denominator)
        held = (np.add.reduce(self._weights * money, axis=1) + slack) / whole
        if per_cost:
            # from above towards the largest c with F(rho * c) = c: F is concave, so every tangent lies above it
            worth = self._weights if self._values is None else self._weights * self._values
            useful = np.flatnonzero(rho * float(np.add.reduce(worth)) * UP > whole)
            dearest, money, rho = held[useful], money[useful], rho[useful]
            for _ in range(NEWTON if dearest.size else 0):
                rich = money >= self._asked(rho * dearest)
                slope = np.add.reduce(worth * rich, axis=1) * rho
                poor = np.add.reduce(self._weights * money * ~rich, axis=1) + slack
                falls = slope < whole * (1 - 1e-9)
                dearest[falls] = np.minimum(dearest, poor / np.where(falls, whole - slope, 1.0))[falls]
            held[:-1] = 0.0
            held[useful] = dearest
        else:
            held[:-1] = (
                np.add.reduce(self._weights * np.minimum(money[:-1], self._asked(rho)), axis=1) + slack
            ) / whole
        return [int(price * UP) for price in held.tolist()]

    def voters(self, low: Purses, high: Purses, value: int) -> list[int]:
        """For each purchase of these runs, and for their end, a number of new voters with p alone and ``value`` for it; with
        fewer p is not bought just before it."""
        money, rho, slack = self._before(low, high)
        whole = float(self.market.support.denominator)
        full = high.endowment.numerator / high.endowment.denominator
        unit = np.append(rho * self.market.factors[self.p], np.inf)
        paid = np.add.reduce(self._weights * np.minimum(money, self._asked(unit)), axis=1) + slack
        each = np.minimum(full, unit * value) * whole
        with np.errstate(divide="ignore", invalid="ignore"):
            needed = np.maximum(self.market.scaled_costs[self.p] - paid, 0.0) / each / UP
        return [ceil(number) for number in np.minimum(np.nan_to_num(needed, nan=0.0), 2.0**62).tolist()]

    def _asked(self, unit: Floats) -> Floats:
        return unit[:, None] if self._values is None else self._values * unit[:, None]

    def _before(self, low: Purses, high: Purses) -> tuple[Floats, Floats, float]:
        """Money of p's supporters before each purchase and at the end (m + 1, G), the rho paid (m,), and what sums of that
        money may be off by."""
        paid_by = high.paid
        endowment = high.endowment.numerator / high.endowment.denominator * (1 + EPS)
        paid = self._marks[paid_by.proposals] * paid_by.unit[:, None]
        money: Floats = np.full((paid.shape[0] + 1, paid.shape[1]), endowment)
        np.subtract(endowment, np.cumsum(paid, axis=0), out=money[1:])
        np.maximum(money, 0.0, out=money)
        return money, low.paid.high, self._slack(high, endowment)

    def _slack(self, run: Purses, endowment: float) -> float:
        market = self.market
        error = EPS * endowment * market.support.total
        order, _, _, missed = (row.tolist() for row in run.paid)
        for q, miss in zip(order, missed, strict=True):
            rounded = 2 * EPS * (market.scaled_costs[q] + endowment * market.support.supporters[q])
            error = (error + miss + rounded) * (1 + 4 * EPS)
        # the sums of prices here pass through as many additions as there are purchases, F through one for each group
        own = endowment * market.support.supporters[self.p]
        return error + 4 * own * ((len(order) + 8) * EPS + sum_error(self._marks.shape[1]))
