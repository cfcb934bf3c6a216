"""The exact side of equal shares: every purchase of one run in integers, in closed form.

All voters start with b0.  A proposal p with cost c, utility factor f and values s_i (u_i = f * s_i) is bought at the least
unit price r with

    sum of w_i * min(b_i, r * s_i) = c,    rho(p) = r / f                      (1)

Voters whose money is *strictly* less than r * s_i pay all they have and have run out; the others pay r * s_i in full.  So
the money of a voter who has not run out is b0 minus what she paid in full, and with N the weight of those who run out
now and cnt_j the sum of weight times value with which they paid the unit price r_j in full,

    r = (c - N * b0 + sum over j of cnt_j * r_j) / R,    R = sum of w_i * s_i over those who pay in full      (2)

Each r_j is a Python integer over one common denominator.  Floats say who is certainly poor: money in them is off by at
most ``_error`` (docs/exactness.md); who is closer than that is compared in integers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots.method import Ints
from borgerbudget.frozen import frozen
from tallies.numerics.market import EPS, Floats, Market
from tallies.support import exact_sums

AT_ONCE = 1 << 18
"""Entries of the support that are worked on at a time, so that memory stays small."""


@frozen(slots=True)
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


class Ledger:
    """The exact money of all ballot groups in one run with endowment ``endowment`` (minor units per voter)."""

    def __init__(self, market: Market, endowment: Fraction) -> None:
        self.market = market
        self._start, self._scale = endowment.numerator, endowment.denominator  # b0 = start / scale
        self._prices: list[int] = []  # unit prices of the purchases, over scale
        self._round = np.zeros(market.support.proposals, np.int32)  # of purchase, from 1; 0: not bought
        self._out = np.zeros(market.support.weights.size, bool)  # money has run out
        self._b0 = endowment.numerator / endowment.denominator
        self._money: Floats = np.full(market.support.weights.size, self._b0)
        self._error = 2 * EPS * self._b0
        self.purchases: list[Purchase] = []

    def buy(
        self, p: int, near: float | None = None, tied: Sequence[int] = (), decided_by: str | None = None
    ) -> Purchase | None:
        """Supporters pay; None (and nothing happens) when they cannot.  ``near`` as in ``price``."""
        price = self.price(p, near)
        if price is None:
            return None
        groups, _ = self.market.columns[p]
        values = self.market.in_floats(p).values
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
        bought = Purchase(p, price.numerator, price.denominator, price.rich_value, ran_out, tuple(tied), decided_by)
        self.purchases.append(bought)
        return bought

    def money_of(self, p: int) -> Fraction:
        """Exactly what the supporters of p have together, in minor units."""
        groups, _ = self.market.columns[p]
        rest = groups[~self._out[groups]]
        count, paid = self._paid_in_full(rest)
        total = count * self._start - sum(n * r for n, r in zip(paid, self._prices, strict=True) if n)
        return Fraction(total, self._scale * self.market.support.denominator)

    def money_of_each(self, proposals: Sequence[int]) -> list[Fraction]:
        """``money_of`` for many proposals, ascending."""
        support, rounds = self.market.support, len(self._prices)
        asked = np.zeros(support.proposals, bool)
        asked[list(proposals)] = True
        row = np.cumsum(asked) - 1
        rest = np.repeat(~self._out, np.diff(support.start))  # the entries of who has not run out
        bought = np.flatnonzero(rest & (self._round[support.proposal] > 0))
        first = np.searchsorted(bought, support.start)  # a group's entries in ``bought``
        when = self._round[support.proposal[bought]] - 1
        count, paid = [0] * len(proposals), [0] * (len(proposals) * rounds)
        open_entries = np.flatnonzero(rest & asked[support.proposal])
        for start in range(0, open_entries.size, AT_ONCE):
            entries = open_entries[start : start + AT_ONCE]
            groups, rows = support.group[entries], row[support.proposal[entries]]
            weights = support.weights[groups]
            count = [a + b for a, b in zip(count, exact_sums(rows, weights, len(count)), strict=True)]
            sizes = first[groups + 1] - first[groups]
            place = np.repeat(first[groups] - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
            amounts = np.repeat(weights, sizes)
            if support.value is not None:
                values = support.value[bought[place]]
                amounts = (
                    amounts * values if support.exact_in_floats else amounts.astype(object) * values.astype(object)
                )
            sums = exact_sums(np.repeat(rows, sizes) * rounds + when[place], amounts, len(paid))
            paid = [a + b for a, b in zip(paid, sums, strict=True)]
        found = []
        for k, n in enumerate(count):
            total = n * self._start
            total -= sum(m * r for m, r in zip(paid[k * rounds : (k + 1) * rounds], self._prices, strict=True) if m)
            found.append(Fraction(total, self._scale * support.denominator))
        return found

    def rounds_paid(self, group: int, before: int) -> list[tuple[int, int]]:
        """(round, value) of the purchases before round ``before`` that ``group`` paid in full, ascending."""
        support = self.market.support
        part = slice(int(support.start[group]), int(support.start[group + 1]))
        rounds = self._round[support.proposal[part]].tolist()
        values = [1] * len(rounds) if support.value is None else support.value[part].tolist()
        return sorted((r, s) for r, s in zip(rounds, values, strict=True) if 0 < r < before)

    def price(self, p: int, near: float | None = None) -> Price | None:
        """The exact least unit price of p by Newton's iteration on (2), or None when p is not affordable.

        ``near``: a unit price near it, only where to start.
        """
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
        poor, guessed = out, False
        if near is not None and market.filtered:
            value = market.in_floats(p).values
            poor, guessed = out | (self._money[groups] < (near if value is None else near * value)), True
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

    def _split(
        self, p: int, groups: Ints, values: Ints | None, out: NDArray[np.bool_], top: int, rich_value: int
    ) -> NDArray[np.bool_]:
        """Exactly who has strictly less than ``top / (rich_value * scale)`` times her value."""
        if self.market.filtered and top > 0:
            value = self.market.in_floats(p).values
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
