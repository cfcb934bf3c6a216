"""The engine's equal shares with floats only: the same code with everything exact taken out.  A yardstick, never an answer.

``floats_only()`` puts it in the place of the exact ledger for the rest of this process.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

import tallies.numerics.purses
from tallies.numerics.ledger import Ledger, Price
from tallies.numerics.purses import Purses


class FloatLedger(Ledger):
    """Prices by Newton's iteration in floats."""

    def money_of(self, p: int) -> Fraction:
        groups, _ = self.market.columns[p]
        return Fraction(float(np.add.reduce(self.market.in_floats(p).weights * self._money[groups])))

    def money_of_each(self, proposals: Sequence[int]) -> list[Fraction]:
        return [self.money_of(p) for p in proposals]

    def price(self, p: int, near: float | None = None) -> Price | None:
        market = self.market
        groups, _ = market.columns[p]
        value, money = market.in_floats(p).values, self._money[groups]
        held, cost = market.in_floats(p).weights * money, float(market.scaled_costs[p])
        if float(np.add.reduce(held)) < cost * (1 - 1e-12):
            return None
        poor, unit = self._out[groups], 0.0
        while True:
            slope = float(np.add.reduce(market.in_floats(p).weighted * ~poor))
            root = (cost - float(np.add.reduce(held * poor))) / slope if slope > 0 else unit
            if root <= unit:
                break
            unit = root
            poor = self._out[groups] | (money < (unit if value is None else unit * value))
        numerator, denominator = unit.as_integer_ratio()
        return Price(numerator, denominator, poor, 1)

    def _keep(self, price: Price) -> None:
        self._prices.append(0)


def _least(purses: Purses, proposals: Sequence[int]) -> list[int]:
    """Whatever the intervals leave open goes to the least estimate."""
    return [min(proposals, key=lambda p: purses._roots[p].low)]


def floats_only() -> None:
    names = vars(tallies.numerics.purses)
    assert names["Ledger"] is Ledger
    names["Ledger"] = FloatLedger
    Purses._exactly_least = _least  # type: ignore[method-assign]
