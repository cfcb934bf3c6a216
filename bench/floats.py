"""The engine's equal shares with floats only: the same code with everything exact taken out.  A yardstick, never an answer.

``floats_only()`` puts it in the place of the exact purses for the rest of this process.
"""

from __future__ import annotations

import heapq
import math
from fractions import Fraction

import numpy as np

import tallies.completions.add1
import tallies.numerics.repeat
import tallies.shares
from tallies.numerics.purses import Price, Purses


class FloatPurses(Purses):
    """Prices by Newton's iteration in floats; whatever the intervals leave open goes to the least estimate."""

    def cheapest(self) -> list[int]:
        best = math.inf
        found: list[tuple[float, float, int]] = []
        while self._bounds and self._bounds[0][0] <= best:
            bound, p = heapq.heappop(self._bounds)
            interval = self._interval(p, bound, best)
            if interval is not None:
                best = min(best, interval[1])
                found.append((*interval, p))
        for low, _, p in found:
            heapq.heappush(self._bounds, (low, p))
        return [min(found)[2]] if found else []

    def money_of(self, p: int) -> Fraction:
        groups, _ = self.market.columns[p]
        return Fraction(float(np.add.reduce(self.market.weights[p] * self._money[groups])))

    def _price(self, p: int) -> Price | None:
        market = self.market
        groups, _ = market.columns[p]
        value, money = market.values[p], self._money[groups]
        held, cost = market.weights[p] * money, float(market.scaled_costs[p])
        if float(np.add.reduce(held)) < cost * (1 - 1e-12):
            return None
        poor, unit = self._out[groups], 0.0
        while True:
            slope = float(np.add.reduce(market.weighted[p] * ~poor))
            root = (cost - float(np.add.reduce(held * poor))) / slope if slope > 0 else unit
            if root <= unit:
                break
            unit = root
            poor = self._out[groups] | (money < (unit if value is None else unit * value))
        numerator, denominator = unit.as_integer_ratio()
        return Price(numerator, denominator, poor, 1)

    def _keep(self, price: Price) -> None:
        self._prices.append(0)


def floats_only() -> None:
    for module in (tallies.shares, tallies.completions.add1, tallies.numerics.repeat):
        names = vars(module)
        assert names["Purses"] is Purses
        names["Purses"] = FloatPurses
