"""Voters' clocks under sequential Phragmén: exact loads behind a certified float filter.

With t_k the load at the k-th purchase, a voter's load is the t of the last proposal bought for her, so

    t(p) = (c(p) + sum over k of count_pk * t_k) / N(p)                                     (1)

with count_pk the weight of supporters of p whose last purchase is k.  Each t_k is a Python integer over one common
denominator.  All terms are positive, so a float sum of n of them is off by at most (n + 16) EPS, relatively; loads
only grow, so a load once computed stays a lower bound.
"""

from __future__ import annotations

import heapq
import math
from fractions import Fraction

import numpy as np

from tallies.numerics.market import EPS, Market
from tallies.support import exact_sums


class Clocks:
    """The loads of all ballot groups; loads in minor units per voter."""

    def __init__(self, market: Market) -> None:
        self.market = market
        many = market.support.weights.size
        self._last = np.zeros(many, np.int64)  # the purchase that set a group's load, from 1; 0: none
        self._load = np.zeros(many)
        # for the supporters of one proposal at a time: memory that is new costs more than what is computed in it
        self._room = np.empty(max((groups.size for groups, _ in market.columns), default=0))
        self._times: list[int] = []  # t_k over scale
        self._scale = 1
        self.fallbacks = 0
        self._bounds = [
            (market.scaled_costs[p] / market.support.supporters[p] * (1 - 8 * EPS), p) for p in market.proposals
        ]
        heapq.heapify(self._bounds)
        self._closed: set[int] = set()

    def least(self) -> tuple[list[int], Fraction] | None:
        """All proposals with exactly the least load, ascending, and that load; None when no proposal is left."""
        best = math.inf
        found: list[tuple[float, float, int]] = []
        while self._bounds and self._bounds[0][0] <= best:
            _, p = heapq.heappop(self._bounds)
            if p in self._closed:
                continue
            low, high = self._interval(p)
            best = min(best, high)
            found.append((low, high, p))
        for low, _, p in found:
            heapq.heappush(self._bounds, (low, p))
        close = sorted(p for low, _, p in found if low <= best)
        if not close:
            return None
        if len(close) > 1:
            self.fallbacks += 1
        loads = [self.load(p) for p in close]
        least = min(loads)
        return [p for p, load in zip(close, loads, strict=True) if load == least], least

    def buy(self, p: int, load: Fraction) -> None:
        """The supporters of p reach ``load``."""
        factor = load.denominator // math.gcd(load.denominator, self._scale)
        if factor > 1:
            self._scale *= factor
            self._times = [t * factor for t in self._times]
        self._times.append(load.numerator * (self._scale // load.denominator))
        groups, _ = self.market.columns[p]
        self._last[groups] = len(self._times)
        self._load[groups] = load.numerator / load.denominator
        self.withdraw(p)

    def withdraw(self, p: int) -> None:
        """p is no longer open."""
        self._closed.add(p)

    def load(self, p: int) -> Fraction:
        """Exactly t(p) of (1)."""
        market = self.market
        groups, _ = market.columns[p]
        last = self._last.take(groups, out=self._room[: groups.size].view(np.int64), mode="clip")
        rounds = len(self._times) + 1
        if market.filtered:  # then floats hold these sums exactly
            count = list(map(int, np.bincount(last, market.in_floats(p).weights, rounds).tolist()))
        else:
            count = list(exact_sums(last, market.support.weights[groups], rounds))
        owed = sum(n * t for n, t in zip(count[1:], self._times, strict=True) if n)
        return Fraction(market.scaled_costs[p] * self._scale + owed, market.support.supporters[p] * self._scale)

    def _interval(self, p: int) -> tuple[float, float]:
        market = self.market
        if not market.filtered:
            load = self.load(p)
            value, error = load.numerator / load.denominator, 4 * EPS
        else:
            groups, _ = market.columns[p]
            held = self._load.take(groups, out=self._room[: groups.size], mode="clip")
            owed = float(np.add.reduce(np.multiply(held, market.in_floats(p).weights, out=held)))
            value = (market.scaled_costs[p] + owed) / market.support.supporters[p]
            error = (groups.size + 16) * EPS
        return value * (1 - error), value * (1 + error)
