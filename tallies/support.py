"""Who supports what, as arrays: the profile seen through the values that a plan gives to marks."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots.method import MANY, Ints, Marks, first_of_each
from borgerbudget.compiled_marks import by_proposal
from borgerbudget.election import Election
from borgerbudget.frozen import frozen

LARGEST_EXACT = 2**53
"""Sums of whole numbers below this are exact in float64 and far from wrapping in int64."""
NARROW = 2**18
"""From so many distinct ballots on their numbers take half the memory; numpy widens them at every use, which takes time."""


@frozen(eq=False)
class Support:
    """Positive values s_i(p) of ballot groups i for proposals p.

    ``weights`` (G,) over ``denominator``.  By group: the entries ``start[i]:start[i + 1]`` of ``proposal`` (E,) and
    ``value`` (E,); ``value`` is None when every value is 1.  ``scores`` (P,) are sums over all voters, over the same
    denominator.
    """

    weights: Ints
    denominator: int
    start: Ints
    proposal: NDArray[np.int32]
    value: Ints | None
    scores: tuple[int, ...]

    @property
    def proposals(self) -> int:
        return len(self.scores)

    @cached_property
    def total(self) -> int:
        """All weights together (n times the denominator)."""
        if self.weights.dtype != object and _largest(self.weights) * self.weights.size < 2**62:
            return int(np.add.reduce(self.weights))
        return sum(self.weights.tolist())

    @cached_property
    def exact_in_floats(self) -> bool:
        """Whether every sum of weight times value stays below 2**53, so that array sums are exact."""
        largest = 1 if self.value is None or not self.value.size else int(self.value.max())
        return self.total * largest * max(1, self._longest) < LARGEST_EXACT

    @cached_property
    def _longest(self) -> int:
        return int(np.diff(self.start).max(initial=0))

    @cached_property
    def supporters(self) -> tuple[int, ...]:
        """Weight of the supporters of each proposal, over the denominator."""
        return self.sum_by_proposal(self.weights[self.group])

    @cached_property
    def group(self) -> Ints:
        """The group of each entry."""
        return np.repeat(np.arange(self.weights.size, dtype=np.int64), np.diff(self.start))

    def sum_by_proposal(self, amounts: Ints) -> tuple[int, ...]:
        """Exact sums of integer ``amounts`` (E,) by proposal."""
        return exact_sums(self.proposal, amounts, self.proposals)

    @cached_property
    def by_proposal(self) -> tuple[tuple[Ints, Ints | None], ...]:
        """For each proposal its supporting groups (of 32 bits where ballots are many) and, unless all are 1, their values."""
        groups, values = self._in_order_of_proposals()
        if values is None:
            return tuple((g, None) for g in self.parted(groups))
        return tuple(zip(self.parted(groups), self.parted(values), strict=True))

    def _in_order_of_proposals(self) -> tuple[Ints, Ints | None]:
        """Group and value of each entry by proposal and group, in parts: nothing but the answer is as long as all entries."""
        groups: Ints = np.empty(self.proposal.size, np.int32 if NARROW <= self.weights.size < 2**31 else np.int64)
        if (compiled := by_proposal(self.start, self.proposal, self.value, self.proposals, groups)) is not None:
            return compiled
        values = None
        if self.value is not None:
            values = np.empty(self.proposal.size, np.int64)
        counted = counts_of(self.proposal, self.proposals)
        begin = np.cumsum(counted) - counted
        short = np.uint16 if self.proposals < 2**16 else np.int32  # of 16 bits numpy sorts by counting
        for first in range(0, self.weights.size, MANY):
            start = self.start[first : first + MANY + 1]
            inside = slice(int(start[0]), int(start[-1]))
            order = np.argsort(self.proposal[inside].astype(short), kind="stable")
            counted = counts_of(self.proposal[inside], self.proposals)
            to = np.repeat(begin - (np.cumsum(counted) - counted), counted)
            to += np.arange(order.size)
            groups[to] = np.repeat(np.arange(first, first + start.size - 1), np.diff(start))[order]
            if values is not None and self.value is not None:
                values[to] = self.value[inside][order]
            begin += counted
        return groups, values

    def parted(self, entries: Ints) -> list[Ints]:
        """Numbers that stand in the order of proposals, by proposal."""
        ends = np.cumsum(counts_of(self.proposal, self.proposals)).tolist()
        return [entries[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def counts_of(index: NDArray[np.int32], size: int) -> Ints:
    """How often each number stands in ``index``, taken in parts: bincount makes a wider copy of what it counts."""
    found = np.zeros(size, np.int64)
    for start in range(0, index.size, MANY):
        found += np.bincount(index[start : start + MANY], minlength=size)
    return found


def exact_sums(index: NDArray[np.int32] | Ints, amounts: Ints, size: int) -> tuple[int, ...]:
    """Sums of integers by index, in arrays where 2**53 bounds them and in Python integers where not."""
    if amounts.dtype != object and (not amounts.size or int(np.abs(amounts).max()) * amounts.size < LARGEST_EXACT):
        return tuple(int(total) for total in np.bincount(index, weights=amounts, minlength=size).tolist())
    sums = [0] * size
    for i, amount in zip(index.tolist(), amounts.tolist(), strict=True):
        sums[i] += amount
    return tuple(sums)


def support_of(election: Election, points_table: tuple[int, ...] | None = None) -> Support:
    """The support in ``election``; ``points_table`` by position for ranked ballots, None for Borda."""
    marks, profile = election.profile.marks, election.profile
    method = election.method.name
    if election.totals is not None:
        nothing = np.zeros(0, np.int32)
        counted = Support(profile.weights, profile.denominator, marks.offsets, nothing, None, election.totals)
        vars(counted).update(supporters=election.totals)  # cached on the frozen value: the ballots are not there to ask
        return counted
    total_by_all = [0] * len(election.proposals)
    if method == "ranked":
        marks = _ranked(marks, points_table)
    elif method == "scoring":
        marks, total_by_all = _graded(election)
    value, weights = marks.points, profile.weights
    sums = tuple([0] * len(election.proposals))
    for first in range(0, weights.size, MANY):  # in parts, so that nothing more is as long as all marks
        part = marks.part(first, first + MANY)
        amounts = np.repeat(weights[first : first + MANY], np.diff(part.offsets))
        if part.points is not None and _largest(weights) * _largest(np.abs(part.points)) < LARGEST_EXACT:
            amounts = amounts * part.points
        elif part.points is not None:
            amounts = amounts.astype(object) * part.points.astype(object)
        sums = tuple(map(int.__add__, sums, exact_sums(part.proposals, amounts, len(sums))))
    scores = tuple(a + b for a, b in zip(sums, total_by_all, strict=True))
    if value is not None:
        marks = marks.keep(value > 0)
        if marks.points is not None and bool((marks.points == 1).all()):
            marks = Marks(marks.offsets, marks.proposals)
    counted = Support(weights, profile.denominator, marks.offsets, marks.proposals, marks.points, scores)
    if value is None:
        vars(counted).update(supporters=sums)  # they have been added up already
    return counted


def _largest(values: Ints) -> int:
    return int(values.max()) if values.size else 0


def _ranked(marks: Marks, table: tuple[int, ...] | None) -> Marks:
    """Points by position: Borda gives length minus position; a repeat counts at its first position."""
    lengths = np.diff(marks.offsets)
    position = np.arange(marks.proposals.size, dtype=np.int64) - np.repeat(marks.offsets[:-1], lengths)
    if table is None:
        points = np.repeat(lengths, lengths) - position
        return first_of_each(Marks(marks.offsets, marks.proposals, points))
    # the first position, not the most points, is what counts: a table need not fall
    first = first_of_each(Marks(marks.offsets, marks.proposals, -position))
    assert first.points is not None
    values = np.array([*table, 0], np.int64)[np.minimum(-first.points, len(table))]
    return Marks(first.offsets, first.proposals, values)


def _graded(election: Election) -> tuple[Marks, list[int]]:
    """Every grade written out when the default is not zero, so that silence counts as the default.

    Returns the marks and an amount to add to each score (none: written-out grades hold everything).
    """
    marks, default = election.profile.marks, election.limits.default_score
    count = len(election.proposals)
    if default == 0:
        return marks, [0] * count
    assert marks.points is not None
    groups = marks.offsets.size - 1
    if default < 0:  # silence gives no support: only the score needs it
        assert election.profile.weights is not None
        listed = exact_sums(marks.proposals, election.profile.weights[marks.owners()].astype(object), count)
        total = election.profile.total
        return marks, [default * (total - seen) for seen in listed]
    full = np.full((groups, count), default, np.int64)
    full[marks.owners(), marks.proposals] = marks.points
    offsets = np.arange(groups + 1, dtype=np.int64) * count
    return Marks(offsets, np.tile(np.arange(count, dtype=np.int32), groups), full.reshape(-1)), [0] * count


def per_voter(amount: int, support: Support) -> Fraction:
    """B/n in minor units."""
    return Fraction(amount * support.denominator, support.total)
