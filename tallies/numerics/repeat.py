"""The same purchases at a larger endowment: the certificates behind the jumps of add1 (docs/exactness.md).

Let a run at b buy p_1, ..., p_m, and let b' > b.  Force the same purchases at b'.  Every endowment from b to b' gives the
same run when nobody is affordable at the end at b', and in every round k each rival q still open is certainly dearer at
every x in between, for one of two reasons:

(1) rho_q(b') > rho_k(b), or they are equal and q goes after p_k in the tie order: for a fixed sequence money grows with the
    endowment, so rho_q(x) >= rho_q(b') >= rho_k(b) >= rho_k(x).
(2) At the price of p_k the supporters of q have less than its cost, at b and at b', by more than the money in between can
    stray from the straight line between the two.

Whom a plan bars after k purchases is no longer open, and the same at every endowment: it depends on the purchases alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from borgerbudget.frozen import frozen
from tallies.numerics.compiled import UNDECIDED, again
from tallies.numerics.market import EPS, Floats, Market
from tallies.numerics.purses import Bought, Purses, Root

ASIDE = 1e-6
"""The least relative distance from a price within which the slope of what is paid is certified."""
GROWTH = 8
HALF = 0.5
"""Of the way: where to try next when nothing better is known."""


def repeated(
    market: Market, before: Purses, endowment: Fraction, goes_before: Callable[[int, int], bool]
) -> Purses | None:
    """The purchases at ``endowment``, when it is certain that every endowment from ``before``'s to it gives its
    sequence.  ``goes_before(p, q)``: the tie order is known to put p before q.  (Ties are not noted in the purchases.)
    """
    if endowment < before.endowment:
        return None
    found, purses = again(market, before, endowment, goes_before)
    return followed(market, before, endowment, goes_before)[0] if found == UNDECIDED else purses


def followed(
    market: Market, before: Purses, endowment: Fraction, goes_before: Callable[[int, int], bool], steps: int = 1
) -> tuple[Purses | None, int]:
    """As ``repeated``, and after how many steps the sequence seems to change, when ``steps`` lead from ``before`` to
    ``endowment``: less than these when nothing is certain, else from these up to ``GROWTH`` times as many."""
    found, change = _followed(market, before, endowment, goes_before)
    if found is None:
        return None, min(int(max(change, 0.0) * steps), steps - 1)
    return found, max(steps, int(min(change, GROWTH) * steps))


def _followed(
    market: Market, before: Purses, endowment: Fraction, goes_before: Callable[[int, int], bool]
) -> tuple[Purses | None, float]:
    """As ``repeated``, and the share of the way at which the sequence seems to change."""
    if endowment < before.endowment:
        return None, HALF
    far = Purses(market, endowment, before)
    line = Line(Purses(market, before.endowment), far) if market.filtered else None
    certain, change = True, math.inf
    for k, bought in enumerate(before.bought):
        far.withdraw(bought.proposal)
        root = far.root(bought.proposal, bought.root.high)
        if root is None or (line is not None and not line.aim(bought, root)):
            return None, min(change, HALF)
        for q, overlap in far.up_to(bought.root):
            dearer, seen = (False, HALF) if line is None else line.compared(q)
            if not dearer and overlap:
                rho, paid = far.rho_of(q), before.rho(k)
                dearer = rho is None or rho > paid or (rho == paid and goes_before(bought.proposal, q))
                seen = math.inf if dearer else seen  # tied at both ends, it may be so for ever
            change = min(change, seen)
            certain = certain and dearer
        if not certain:
            return None, change
        if line is None:
            far.pay(Bought(bought.proposal, root, (), None))
        else:
            line.pay(bought, root)
    for q in far.cheapest():
        certain, change = False, min(change, HALF if line is None else line.afforded(q))
    return (far, change) if certain else (None, change)


class Stray(NamedTuple):
    """What something on the way may differ by from the straight line: ``fixed + min(t * near, (1 - t) * far)``."""

    fixed: float
    near: float
    far: float

    @property
    def most(self) -> float:
        return self.fixed + min(self.near, self.far)

    def times(self, factor: float) -> Stray:
        factor *= 1 + 8 * EPS
        return Stray(self.fixed * factor, self.near * factor, self.far * factor)


@frozen(slots=True)
class Aim:
    """The next purchase: its prices per utility at both ends, and by how much it may be dearer on the way."""

    near: float
    far: float
    dearer: Stray


class Line:
    """Two runs of one sequence, and how far any run between them may stray from the line between the two.

    At a share t of the way a voter of group i has at most ``fixed + min(t * up[0, i], (1 - t) * up[1, i])`` more money than
    on the line, and with ``down`` at most so much less.
    """

    def __init__(self, near: Purses, far: Purses) -> None:
        self.near, self.far = near, far
        groups = near.market.support.weights.size
        self._strays = np.zeros((4, groups))  # up and down, each (near, far)
        self._each = 4 * EPS * far.start  # what every rounding may do to a voter's money
        self._fixed = self._each
        self._aim: Aim
        self._then: tuple[Floats, Floats, Floats]

    def aim(self, bought: Bought, root: Root) -> bool:
        """What will be bought next, and its root in the far run.  False when nothing is certain any more."""
        column = self.near.market.in_floats(bought.proposal)
        groups, weights, values = column.groups, column.weights, column.values
        ours, theirs = self.near.money_at(bought.proposal), self.far.money_at(bought.proposal)
        a, b = _gap(ours, bought.root.unit, values), _gap(theirs, root.unit, values)
        strays = self._strays.take(groups, axis=1)
        cheapest = min(bought.root.unit, root.unit)
        sure_by = np.minimum(a, b) - np.minimum(strays[2], strays[3]) - self._fixed
        aside = ASIDE
        for _ in range(5):
            unit = aside * bought.root.unit
            loose = (sure_by <= (unit if values is None else unit * values)).nonzero()[0]
            slope = column.reach - float(np.add.reduce(column.weighted.take(loose)))
            weight = weights.take(loose)
            sums = [float(total) for total in np.add.reduce(strays.take(loose, axis=1) * weight, axis=1)]
            # a root that was found exactly misses the cost in exact money, and that differs from ours by the error
            most_missed = max(bought.root.missed + self.near.error, root.missed + self.far.error)
            missed = most_missed + self._fixed * float(np.add.reduce(weight))
            if not slope:
                return False
            needed = 2 * Stray(missed, sums[2], sums[3]).most / (slope * cheapest)
            if needed < aside:
                break
            aside = 2 * needed
        else:
            return False
        turning = loose[(a.take(loose) < 0) != (b.take(loose) < 0)]
        bend_near, bend_far = np.abs(b.take(turning)), np.abs(a.take(turning))
        turned = weights.take(turning)
        bends = float(np.add.reduce(turned * bend_near)), float(np.add.reduce(turned * bend_far))
        per = (1 + 4 * column.rounding) / slope
        dearer = Stray(missed, sums[2], sums[3]).times(per)
        cheaper = Stray(missed, sums[0] + bends[0], sums[1] + bends[1]).times(per)
        self._aim = Aim(bought.root.unit / column.factor, root.unit / column.factor, dearer.times(1 / column.factor))
        after = strays
        for row, more in enumerate((cheaper.near, cheaper.far, dearer.near, dearer.far)):
            after[row] += more if values is None else more * values
        after[2, turning] += bend_near
        after[3, turning] += bend_far
        most = 1.0 if values is None else float(values.max())
        self._fixed = (self._fixed + max(dearer.fixed, cheaper.fixed) * most + self._each) * (1 + 8 * EPS)
        # who is poor all the way has nothing
        nothing = np.maximum(a, b) + np.minimum(after[0], after[1]) + self._fixed < 0
        after *= (1 + 8 * EPS) * ~nothing
        self._then = np.maximum(a, 0.0), np.maximum(b, 0.0), after
        return True

    def pay(self, bought: Bought, root: Root) -> None:
        """Both runs pay for what was aimed at."""
        ours, theirs, strays = self._then
        self.near.pay(bought, ours)
        self.far.pay(Bought(bought.proposal, root, (), None), theirs)
        self._strays[:, self.near.market.in_floats(bought.proposal).groups] = strays

    def compared(self, q: int) -> tuple[bool, float]:
        """Whether q is certainly dearer than what is bought next all the way, and where it seems to stop being so."""
        aim, column = self._aim, self.near.market.in_floats(q)
        units = aim.near * column.factor, aim.far * column.factor
        a, b = (
            _gap(run.money_at(q), unit, column.values) for run, unit in zip((self.near, self.far), units, strict=True)
        )
        # what the cost exceeds all payments by, at either end
        lacks = [
            column.cost - unit * column.reach - float(np.add.reduce(column.weights * np.minimum(gap, 0.0)))
            for unit, gap in zip(units, (a, b), strict=True)
        ]
        if lacks[0] <= 0:
            return False, 0.0
        change = lacks[0] / (lacks[0] - lacks[1]) if lacks[1] < lacks[0] else math.inf
        if lacks[1] < 0:
            return False, change
        loose = (np.minimum(a, b) < 0).nonzero()[0]
        weights, a, b = column.weights.take(loose), a.take(loose), b.take(loose)
        ups = self._strays[:2].take(column.groups.take(loose), axis=1)
        turning = np.maximum(a, b) >= 0
        ups[0] += turning * np.abs(b)
        ups[1] += turning * np.abs(a)
        more = np.add.reduce(ups * weights, axis=1) * (1 + 4 * column.rounding)
        slope = column.reach - float(np.add.reduce((column.weighted.take(loose))[~turning]))
        dearer = aim.dearer.times(slope * column.factor)
        rounding = 2 * (column.rounding + 16 * EPS) * (column.cost + max(units) * column.reach)
        fixed = rounding + dearer.fixed + self._fixed * float(np.add.reduce(weights))
        spans = (
            (lacks[1] - fixed) / (more[0] + dearer.near + fixed),
            (lacks[0] - fixed) / (more[1] + dearer.far + fixed),
        )
        if min(lacks) > fixed and max(spans) > 1:
            return True, change
        return False, min(
            change, 0.6, 0.9 * math.sqrt(max(*spans, 0.01))
        )  # what strays grows with the square of the way

    def afforded(self, q: int) -> float:
        """Where the supporters of q seem to have its cost together."""
        weights, cost = self.near.market.in_floats(q).weights, self.near.market.in_floats(q).cost
        first, last = (float(np.add.reduce(weights * run.money_at(q))) for run in (self.near, self.far))
        return (cost - first) / (last - first) if last > first else HALF


def _gap(money: Floats, unit: float, values: Floats | None) -> Floats:
    """Money less what is to be paid."""
    return money - (unit if values is None else unit * values)
