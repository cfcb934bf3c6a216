"""Sequential Phragmén (``tallies.rules.phragmen``) where a cost is tracked: loads that know how they change with it.

    t(p) = (cost(p) + sum of x_i over i in N(p)) / |N(p)|                    (1)

A load is a whole number over a common denominator, and so is its change; both are sums over the purchases so far.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from scenarios.intervals.tracked import Tracked
from tallies.barring import bars_of, open_at_first
from tallies.contest import Contest
from tallies.steps import Funded, Interval, Step
from tallies.support import exact_sums


def phragmen(contest: Contest) -> Iterator[Interval | Step]:
    bars, costs, left = bars_of(contest), contest.costs, contest.pool
    waiting = list(open_at_first(contest, bars))
    loads, bought = _Loads(contest), list[int]()
    while waiting:
        load = {p: loads.of(p) for p in waiting}  # (1)
        least = min(load.values())
        first = [p for p in waiting if load[p] == least]
        if any(costs[p] > left for p in first):
            return
        chosen = contest.ties.choose(first, contest.first_step + len(bought)).chosen
        left -= costs[chosen]
        loads.buy(chosen, load[chosen])
        bought.append(chosen)
        waiting.remove(chosen)
        for barred in bars.closed_by(bought) if bars is not None else ():
            if barred in waiting:
                waiting.remove(barred)
        yield Funded("rule", chosen, costs[chosen], left, Fraction(0))


class _Loads:
    """The load of each ballot group is that of the last purchase it took part in."""

    def __init__(self, contest: Contest) -> None:
        self._support, self._costs = contest.support, contest.costs
        self._last = np.zeros(contest.support.weights.size, np.int64)  # the purchase, from 1; 0: none
        self._bought = list[tuple[Fraction, Fraction]]()
        self._tracks = [tracked.track for tracked in _tracked(contest.costs)]

    def of(self, p: int) -> Tracked:
        support = self._support
        groups, _ = support.by_proposal[p]
        times = exact_sums(self._last[groups], support.weights[groups], len(self._bought) + 1)[1:]
        cost: object = self._costs[p]
        whole, per = Fraction(support.denominator), support.supporters[p]
        if isinstance(cost, Tracked):
            now, slope = whole * cost.now, whole * cost.slope
        else:
            now, slope = whole * self._costs[p], Fraction(0)
        for number, (load, change) in zip(times, self._bought, strict=True):
            if number:
                now, slope = now + number * load, slope + number * change
        return Tracked(self._tracks[0], now / per, slope / per)

    def buy(self, p: int, load: Tracked) -> None:
        self._bought.append((Fraction(load.now), Fraction(load.slope)))
        self._last[self._support.by_proposal[p][0]] = len(self._bought)


def _tracked(costs: Sequence[object]) -> list[Tracked]:
    return [cost for cost in costs if isinstance(cost, Tracked)]
