"""Up to which push all that is bought certainly stays the same: what a sweep of prices asks (``tallies.explain.pushed``)."""

from __future__ import annotations

from bisect import insort
from dataclasses import replace
from fractions import Fraction

from tallies.explain.pushed import MANY, Found, Push, Search
from tallies.shares import sequence
from tallies.stretches import Climb, Passed, Stretch


class Steady(Search):
    """A search that is asked at one push after the other, whether p wins or not."""

    def __init__(self, push: Push) -> None:
        super().__init__(push)
        self._lost_ties = set[Fraction]()  # endowments at which p lost a tie that the plan leaves open

    def stays(self, push: int, top: int) -> tuple[tuple[int, ...], int, bool]:
        """Who is bought at ``push``, the largest push up to ``top`` up to which they certainly stay the same, and whether an
        open tie was met on the way.  What the completion gives out is not asked for."""
        self._top = top
        climbed = self._climb(push) if self.plan.adds else self._one_run(push)
        _, changes, _ = self._decided(climbed, push)
        until = self._until(climbed, push, int(min([top, *(at - 1 for at in changes)])), MANY)
        tie = self._order_asked or any(passed.spot.by_order for passed in climbed.path)
        return climbed.spot.funded, until, tie

    def _one_run(self, push: int) -> Climb:
        """Where the endowment is not raised."""
        endowment = self.push.start(push)
        if endowment not in self._exactly:
            insort(self._exactly, endowment)
        spot = self._spot(push, endowment)
        return Climb((Passed(0, 0, spot),), "", 0, spot)

    def _first_bought(self, push: int, stretch: Stretch, endowment: Fraction) -> int:
        """In one run who is bought stays so with a larger push (``tallies.explain.least_change``), so that the last push at
        which p is not may be looked for by halving.  Where it is tied with what is bought, and goes after it, no bound sees
        that."""
        fails, stride = self._top + 1, 1
        while push + 1 < fails:
            aim = (
                min(push + stride, push + (fails - push) // 2) if fails <= self._top else min(push + stride, self._top)
            )
            place, purses = self._run(aim, stretch, endowment)
            if self.p in sequence(purses):
                fails = aim
            else:
                push, stride = aim, 2 * stride
                if place.ties.asked:
                    self._lost_ties.add(endowment)
        return push + 1

    def _not_bought(self, stretch: Stretch, low: Fraction, high: Fraction, until: int) -> Found:
        found = super()._not_bought(stretch, low, high, until)
        return replace(found, by_order=True) if low in self._lost_ties else found
