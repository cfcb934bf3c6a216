"""What a ballot method is: a name, the shape of a ballot's line, how marks are put in order, which limits it obeys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from borgerbudget.compiled_marks import in_order
from borgerbudget.frozen import frozen

Ints = NDArray[np.int64]
MANY = 1 << 14
"""Ballots that are put in order at a time."""
SHORT = 32
"""Marks of a ballot that is put in order together with others, mark by mark."""


@frozen(slots=True)
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


@frozen(slots=True)
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
        offsets = np.zeros(chosen.size + 1, np.int64)
        np.cumsum(sizes[chosen], out=offsets[1:])
        return Marks(offsets, self.proposals[inside], None if self.points is None else self.points[inside])

    def keep(self, kept: NDArray[np.bool_] | Ints) -> Marks:
        """The marks chosen by a mask or by sorted positions (ballot by ballot), offsets mended."""
        count = np.bincount(self.owners()[kept], minlength=self.offsets.size - 1)
        offsets = np.zeros(self.offsets.size, np.int64)
        np.cumsum(count, out=offsets[1:])
        return Marks(offsets, self.proposals[kept], None if self.points is None else self.points[kept])


@frozen(slots=True)
class Breach:
    """A ballot that breaks a declared limit: the limit's name, its value and what the ballot has."""

    limit: str
    allowed: int
    found: int


@frozen(slots=True)
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
    proposals, points = marks.proposals, marks.points
    if (found := in_order(marks.offsets, proposals, points)) is not None:
        ordered, pointed, twice = found
        if ordered is not proposals:
            marks = Marks(marks.offsets, ordered, pointed)
        return _without_repeats(marks) if twice else marks
    for start in range(0, marks.offsets.size - 1, MANY):  # in parts that stay in the processor's cache
        part = marks.part(start, start + MANY)
        unsorted = _unsorted(part)
        if not unsorted.size:
            continue
        if proposals is marks.proposals:
            proposals, points = proposals.copy(), None if points is None else points.copy()
        inside = slice(int(marks.offsets[start]), int(marks.offsets[start]) + part.proposals.size)
        if points is None:
            _order(part.offsets, unsorted, proposals[inside])
        else:
            _order_with_points(part.offsets, unsorted, proposals[inside], points[inside])
    return marks if proposals is marks.proposals else _without_repeats(Marks(marks.offsets, proposals, points))


def _without_repeats(marks: Marks) -> Marks:
    """Of equal marks that stand together on a ballot the first."""
    proposals = marks.proposals
    again = np.zeros(proposals.size + 1, bool)  # one more: there ballots begin that have no marks, at the end
    np.equal(proposals[1:], proposals[:-1], out=again[1:-1])
    again[marks.offsets[:-1]] = False  # the first mark of a ballot
    return marks.keep(~again[:-1]) if again.any() else marks


def _unsorted(marks: Marks) -> Ints:
    """The ballots on which not every proposal comes after the one before it."""
    falling = marks.proposals[1:] <= marks.proposals[:-1]
    first = marks.offsets[1:-1]
    falling[first[(first > 0) & (first < marks.proposals.size)] - 1] = False
    if not falling.any():
        return np.zeros(0, np.int64)
    running = np.zeros(marks.proposals.size + 1, np.int32)
    np.cumsum(falling, out=running[1:-1])
    running[-1] = running[-2]
    return np.flatnonzero(running[marks.offsets[1:]] != running[marks.offsets[:-1]])


def _order_with_points(offsets: Ints, ballots: Ints, proposals: NDArray[np.int32], points: Ints) -> None:
    """Sorts those ballots by proposal, the largest of repeated points first."""
    at, owners = _places(offsets, ballots)
    order = at[np.lexsort((-points[at], proposals[at], owners))]
    proposals[at], points[at] = proposals[order], points[order]


def _order(offsets: Ints, ballots: Ints, proposals: NDArray[np.int32]) -> None:
    """Sorts the marks of those ballots.

    All first marks stand in one row, all second ones in the next: rows are compared with each other, not mark with mark.
    """
    sizes = offsets[ballots + 1] - offsets[ballots]
    at, owners = _places(offsets, ballots[sizes > SHORT])
    proposals[at] = proposals[at[np.lexsort((proposals[at], owners))]]
    short = sizes <= SHORT
    sizes = sizes[short]
    longest_first = np.argsort(-sizes.astype(np.int8), kind="stable")
    starts = offsets[ballots[short][longest_first]]
    reach = np.cumsum(np.bincount(sizes)[::-1])[::-1][1:].tolist()  # how many ballots have a first mark, a second, ...
    width: Any = np.int16 if int(proposals.max()) < 2**15 else np.int32  # narrow numbers are compared faster
    rows = [proposals[starts[:ends] + number].astype(width) for number, ends in enumerate(reach)]
    for low, high in _exchanges(len(rows)):
        ends = reach[high]
        least = np.minimum(rows[low][:ends], rows[high])
        np.maximum(rows[low][:ends], rows[high], out=rows[high])
        rows[low][:ends] = least
    for number, ends in enumerate(reach):
        proposals[starts[:ends] + number] = rows[number]


def _places(offsets: Ints, ballots: Ints) -> tuple[Ints, Ints]:
    """Where the marks of those ballots stand, and on which of them each is."""
    starts = offsets[ballots]
    sizes = offsets[ballots + 1] - starts
    ends = np.cumsum(sizes)
    owners = np.repeat(np.arange(ballots.size), sizes)
    return np.arange(owners.size) + (starts - (ends - sizes))[owners], owners


@cache
def _exchanges(count: int) -> tuple[tuple[int, int], ...]:
    """Pairs which, put in order one after the other, sort ``count`` things (Batcher 1968; Knuth 5.2.2, algorithm M)."""
    found = []
    top = 1 << max(0, (count - 1).bit_length() - 1)
    step = top
    while step:
        far, rest, distance = top, 0, step
        while True:
            found += [(i, i + distance) for i in range(count - distance) if i & step == rest]
            if far == step:
                break
            distance, far, rest = far - step, far // 2, step
        step //= 2
    return tuple(found)


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
