"""Counts that hold for an interval of pools, found again by a pool in it."""

from __future__ import annotations

from bisect import bisect_right
from typing import Generic, TypeVar

T = TypeVar("T")

MOST_KEPT = 20_000
"""Intervals that are kept; what is found after them is found anew each time."""


class Reused(Generic[T]):
    """What was found for pools (minor units), by the least pool of each interval."""

    def __init__(self) -> None:
        self._lows: list[int] = []
        self._found: list[tuple[int | None, T]] = []

    def at(self, pool: int) -> T | None:
        """What holds at this pool; None when that is not known."""
        place = bisect_right(self._lows, pool)
        if not place:
            return None
        high, found = self._found[place - 1]
        return found if high is None or pool <= high else None

    def keep(self, low: int, high: int | None, found: T) -> None:
        """``found`` holds from ``low`` to ``high``, both included (None: with any larger pool)."""
        if len(self._lows) < MOST_KEPT:
            place = bisect_right(self._lows, low)
            self._lows.insert(place, low)
            self._found.insert(place, (high, found))
