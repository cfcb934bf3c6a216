"""What a ballot method is: a name, the shape of a ballot's line, how marks are put in order, which limits it obeys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
MANY = 1 << 14
"""Ballots that are put in order at a time."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a round declares about a ballot; None is no limit.  Costs are in minor units.

    ``default_score`` is what an unlisted proposal gets under the scoring method (0 elsewhere).
    """

    min_length: int | None = None
    max_length: int | None = None
    min_sum_cost: int | None = None
    max_sum_cost: int | None = None
    min_points: int | None = None
    max_points: int | None = None
    min_sum_points: int | None = None
    max_sum_points: int | None = None
    default_score: int = 0


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of many ballots as flat arrays.

    Ballot i holds ``proposals[offsets[i]:offsets[i + 1]]`` (int32 indices into the election's proposals) and, for
    the methods with numbers, ``points`` of the same shape (int64).
    """

    offsets: Ints
    proposals: NDArray[np.int32]
    points: Ints | None = None

    def owners(self) -> Ints:
        """For each mark the ballot it stands on."""
        return np.repeat(np.arange(self.offsets.size - 1, dtype=np.int64), np.diff(self.offsets))

    def part(self, first: int, last: int) -> Marks:
        """Ballots ``first`` to ``last`` (exclusive, or the end)."""
        offsets = self.offsets[first : last + 1]
        inside = slice(int(offsets[0]), int(offsets[-1]))
        return Marks(offsets - offsets[0], self.proposals[inside], None if self.points is None else self.points[inside])

    def ballots(self, chosen: Ints) -> Marks:
        """The ballots at these ascending positions."""
        sizes = np.diff(self.offsets)
        kept = np.zeros(sizes.size, bool)
        kept[chosen] = True
        inside = np.repeat(kept, sizes)
        offsets = np.concatenate(([0], np.cumsum(sizes[kept])))
        return Marks(offsets, self.proposals[inside], None if self.points is None else self.points[inside])

    def keep(self, kept: NDArray[np.bool_] | Ints) -> Marks:
        """The marks chosen by a mask or by sorted positions (ballot by ballot), offsets mended."""
        count = np.bincount(self.owners()[kept], minlength=self.offsets.size - 1)
        offsets = np.zeros(self.offsets.size, np.int64)
        np.cumsum(count, out=offsets[1:])
        return Marks(offsets, self.proposals[kept], None if self.points is None else self.points[kept])


@dataclass(frozen=True, slots=True)
class Breach:
    """A ballot that breaks a declared limit: the limit's name, its value and what the ballot has."""

    limit: str
    allowed: int
    found: int


@dataclass(frozen=True, slots=True)
class BallotMethod:
    """One ballot method.

    ``normalise(marks, default_score)`` gives each ballot its one canonical form: equal ballots, and only they, have
    equal marks afterwards.  ``line(ids, points)`` is that form as text, the ballot field of a profile file.
    ``breaches(ids, points, cost_of, limits)`` checks one ballot as written against the declared limits.
    """

    name: str
    has_points: bool
    normalise: Callable[[Marks, int], Marks]
    line: Callable[[Sequence[str], Sequence[int] | None], str]
    breaches: Callable[[Sequence[str], Sequence[int] | None, Mapping[str, int], Limits], list[Breach]]


def first_of_each(marks: Marks) -> Marks:
    """Each ballot as a set: sorted by proposal, repeats dropped; of repeated points the largest stays."""
    if marks.offsets.size > MANY + 1:  # in parts that stay in the processor's cache
        return _joined([first_of_each(marks.part(i, i + MANY)) for i in range(0, marks.offsets.size - 1, MANY)])
    width, ballots = int(marks.proposals.max(initial=0)) + 1, marks.offsets.size - 1
    narrow = ballots * width < 2**31  # halves the bytes that pass through the processor, and sorts twice as fast
    lowest = np.arange(ballots, dtype=np.int64) * width
    base: NDArray[Any] = np.repeat(lowest.astype(np.int32) if narrow else lowest, np.diff(marks.offsets))
    keys = base + marks.proposals
    if (keys[1:] > keys[:-1]).all():
        return marks
    if marks.points is None:
        keys.sort(kind="stable")  # ballots follow one another, and few are long: long runs are there already
        new = np.ones(keys.size, bool)
        np.not_equal(keys[1:], keys[:-1], out=new[1:])
        proposals = (keys - base).astype(np.int32, copy=False)  # sorting left every ballot in its place
        if new.all():
            return Marks(marks.offsets, proposals)
        return Marks(_offsets(marks.owners()[new], marks), proposals[new])
    owners = marks.owners()
    order = np.lexsort((-marks.points, keys))
    keys = keys[order]
    new = np.ones(keys.size, bool)
    new[1:] = keys[1:] != keys[:-1]
    kept = order[new]
    return Marks(_offsets(owners[kept], marks), marks.proposals[kept], marks.points[kept])


def _joined(parts: Sequence[Marks]) -> Marks:
    """The ballots of all parts, one part after the other."""
    offsets = np.concatenate(([0], np.cumsum(np.concatenate([np.diff(part.offsets) for part in parts]))))
    points = [part.points for part in parts if part.points is not None]
    return Marks(
        offsets, np.concatenate([part.proposals for part in parts]), np.concatenate(points) if points else None
    )


def _offsets(owners: Ints, marks: Marks) -> Ints:
    """Where each ballot of ``marks`` begins when only these marks are left, given by their owners in order."""
    offsets = np.zeros(marks.offsets.size, np.int64)
    np.cumsum(np.bincount(owners, minlength=marks.offsets.size - 1), out=offsets[1:])
    return offsets


def outside(name: str, value: int, least: int | None, most: int | None) -> list[Breach]:
    """The breaches of ``min_<name>`` and ``max_<name>``."""
    found = []
    if least is not None and value < least:
        found.append(Breach(f"min_{name}", least, value))
    if most is not None and value > most:
        found.append(Breach(f"max_{name}", most, value))
    return found


def length_breaches(ids: Sequence[str], limits: Limits) -> list[Breach]:
    return outside("length", len(ids), limits.min_length, limits.max_length)


def repeat_breaches(ids: Sequence[str]) -> list[Breach]:
    repeats = len(ids) - len(set(ids))
    return [Breach("repeats", 0, repeats)] if repeats else []


def cost_breaches(ids: Sequence[str], cost_of: Mapping[str, int], limits: Limits) -> list[Breach]:
    if limits.min_sum_cost is None and limits.max_sum_cost is None:
        return []
    return outside("sum_cost", sum(cost_of[i] for i in set(ids)), limits.min_sum_cost, limits.max_sum_cost)


def point_breaches(points: Sequence[int], limits: Limits) -> list[Breach]:
    found = outside("sum_points", sum(points), limits.min_sum_points, limits.max_sum_points)
    for value in points:
        found += outside("points", value, limits.min_points, limits.max_points)
    return found
