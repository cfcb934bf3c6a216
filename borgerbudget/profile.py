"""The profile: the distinct ballots and how many people cast each.  Nothing in it can tell who voted or when."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots.method import MANY, BallotMethod, Ints, Marks
from borgerbudget.compiled_marks import equal_ones
from borgerbudget.frozen import frozen


@frozen(slots=True)
class AreaShare:
    """What one ballot from an area weighs; ``number``: what the source gives the area, a weight or its people; ``heads``:
    the ballots from there, one for each person."""

    name: str
    number: Fraction
    heads: int
    weight: Fraction


@frozen(slots=True)
class AreaCorrection:
    """Ballots that weigh by the area they come from: ``by`` its weight or its population; areas with ballots, by name."""

    by: Literal["weights", "population"]
    shares: tuple[AreaShare, ...]

    @property
    def heads(self) -> int:
        return sum(share.heads for share in self.shares)


@frozen(eq=False)
class Profile:
    """Distinct ballots, merged.

    ``weights`` (G,): how many voters cast ballot g, as integers over the one ``denominator`` (1 unless some ballot
    has a fractional weight); Python integers where they would not fit 62 bits.  ``marks``: the ballots themselves,
    in canonical form.  ``heads`` (G,): how many people cast ballot g where that is known to be another number than its
    weight (ballots that weigh by area); else None.
    """

    marks: Marks
    weights: Ints
    denominator: int = 1
    heads: Ints | None = None

    @property
    def distinct(self) -> int:
        return int(self.weights.size)

    @property
    def total(self) -> int:
        """The sum of all weights, still over the denominator."""
        return sum(self.weights.tolist())

    @property
    def voters(self) -> Fraction:
        """n: every valid ballot, blank ones too."""
        return Fraction(self.total, self.denominator)

    @property
    def people(self) -> list[int] | None:
        """How many people cast each ballot; None where only weights are known."""
        if self.heads is not None:
            return [int(heads) for heads in self.heads]
        return self.weights.tolist() if self.denominator == 1 else None

    @property
    def blank(self) -> Fraction:
        """How many ballots have no mark left."""
        empty = np.diff(self.marks.offsets) == 0
        return Fraction(sum(self.weights[empty].tolist()), self.denominator)

    def ballot(self, group: int) -> tuple[list[int], list[int] | None]:
        """Proposal indices and points (None for methods without) of one distinct ballot."""
        part = slice(int(self.marks.offsets[group]), int(self.marks.offsets[group + 1]))
        points = self.marks.points
        return self.marks.proposals[part].tolist(), None if points is None else points[part].tolist()


def merge(
    method: BallotMethod,
    marks: Marks,
    weights: Sequence[Fraction | int] | Ints | None = None,
    default_score: int = 0,
    heads: Ints | None = None,
) -> Profile:
    """Ballots as cast -> profile.

    Equal ballots are found by their exact bytes, never by a hash alone.  ``weights`` gives each ballot's positive
    weight (default 1 each), ``heads`` the number of people who cast it, where that is another.  Raises ValueError for a
    weight that is not positive.
    """
    marks = method.normalise(marks, default_score)
    count = marks.offsets.size - 1
    groups, first = _equal_ones(marks)

    denominator = 1
    if weights is None:
        total = np.bincount(groups, minlength=first.size).astype(np.int64, copy=False)
    elif isinstance(weights, np.ndarray) and weights.dtype == np.int64 and sum(weights.tolist()) < 2**62:
        if (weights <= 0).any():
            raise ValueError("a ballot's weight must be positive")
        total = weights.copy()
        if first.size < count:
            total = np.zeros(first.size, np.int64)
            np.add.at(total, groups, weights)
    else:
        exact = [Fraction(w) for w in (weights.tolist() if isinstance(weights, np.ndarray) else weights)]
        if any(w <= 0 for w in exact):
            raise ValueError("a ballot's weight must be positive")
        denominator = lcm(*(w.denominator for w in exact))
        sums = [0] * first.size
        for g, w in zip(groups.tolist(), exact, strict=True):
            sums[g] += int(w * denominator)
        total = np.array(sums, np.int64 if sum(sums) < 2**62 else object)
    distinct = marks
    if first.size < count:
        distinct = marks.ballots(first)
    people: Ints | None = None
    if heads is not None:
        people = np.zeros(first.size, np.int64)
        np.add.at(people, groups, heads)
    return Profile(distinct, total, denominator, people)


def _equal_ones(marks: Marks) -> tuple[Ints, Ints]:
    """For each ballot its group, and for each group its first ballot, in order of appearance.

    Marks are written as bytes, none of them zero; the eight bytes of a ballot at a time are compared as one number.
    """
    if (found := equal_ones(marks.offsets, marks.proposals, marks.points)) is not None:
        return found
    cells: NDArray[np.signedinteger] = marks.proposals
    a_mark = 1
    if marks.points is not None:
        cells, a_mark = np.empty(2 * marks.proposals.size, np.int64), 2
        cells[::2], cells[1::2] = marks.proposals, marks.points
    least = int(cells.min(initial=0))
    most = int(cells.max(initial=0)) - least
    kind = next(k for k in (np.uint8, np.uint16, np.uint32, np.uint64) if most < np.iinfo(k).max)
    width = np.dtype(kind).itemsize
    written = np.zeros(cells.size * width + 8, np.uint8)
    np.subtract(cells, least - 1, out=written[: cells.size * width].view(kind), casting="unsafe")
    eight_from = np.ndarray((written.size - 7,), "<u8", written, strides=(1,))
    only = np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64)
    words = np.empty(marks.offsets.size - 1, np.uint64)
    longest = 0
    for part in _parts(words.size):
        ends = marks.offsets[part.start : part.stop + 1] * (width * a_mark)
        lengths = np.diff(ends)
        np.bitwise_and(eight_from[ends[:-1]], only.take(lengths, mode="clip"), out=words[part])
        longest = max(longest, int(lengths.max()))
    first = _firsts(words)
    for at in range(8, longest + 1, 8):
        ends = marks.offsets * (width * a_mark)
        long = np.flatnonzero(np.diff(ends) >= at)
        here = eight_from[ends[long] + at] & only.take(ends[long + 1] - ends[long] - at, mode="clip")
        first[long] = long[_firsts(here, first[long])]
    number = np.empty(first.size, np.int32 if first.size < 2**31 else np.int64)
    own = [np.flatnonzero(first[part] == np.arange(part.start, part.stop)) + part.start for part in _parts(first.size)]
    heads = np.concatenate([np.empty(0, np.int64), *own])
    number[heads] = np.arange(heads.size)
    for part in _parts(first.size):
        first[part] = number.take(first[part])
    return first, heads


FEW = 1 << 13


def _parts(count: int) -> list[slice]:
    """So many things a few at a time: what is computed of these stays in the processor's cache, and in memory that was used
    before; a page of memory that is new costs as much as adding up a thousand numbers."""
    return [slice(start, min(start + FEW, count)) for start in range(0, count, FEW)]


MIXED = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB], np.uint64)
"""Odd numbers without a pattern (splitmix64: Steele, Lea and Flood 2014)."""
PATIENCE = 40
"""Rounds of hashing after which what is still undecided was made to collide."""


def _firsts(words: NDArray[np.uint64], former: Ints | None = None, rounds: int = 1) -> Ints:
    """For each place the first place with the same word (and the same number in ``former``).

    A hash table in arrays: the first place of each slot stays in it, those that equal it are done, and the others go into
    the next table.  Hashes only say where to look.
    """
    first = np.empty(words.size, np.int64)
    if rounds > PATIENCE:
        seen: dict[tuple[int, int], int] = {}
        for i in range(words.size):
            first[i] = seen.setdefault((int(words[i]), 0 if former is None else int(former[i])), i)
        return first
    bits = (2 * words.size).bit_length()
    table = np.empty(1 << bits, np.int32 if words.size < 2**31 else np.int64)
    parts = _parts(words.size)
    for part in reversed(parts):  # so that the first one is written last
        mixed = words[part] * MIXED[0]
        if former is not None:
            mixed += former[part].astype(np.uint64) * MIXED[2]
        for _ in range(rounds):
            mixed ^= mixed >> np.uint64(32)
            mixed *= MIXED[1]
        first[part] = mixed >> np.uint64(64 - bits)
        table[first[part][::-1]] = np.arange(part.stop - 1, part.start - 1, -1)
    left = [np.empty(0, np.int64)]
    for part in parts:
        found = np.take(table, first[part])
        first[part] = found
        other = words.take(found) != words[part]
        if former is not None:
            other |= former.take(found) != former[part]
        left.append(np.flatnonzero(other) + part.start)
    waiting = np.concatenate(left)
    del table  # of the memory of a large count
    if waiting.size:
        of_those = None if former is None else former[waiting]
        first[waiting] = waiting[_firsts(words[waiting], of_those, rounds + 1)]
    return first


def unread(ballots: int) -> Profile:
    """So many ballots of which nothing is known but that they were cast (a hand count)."""
    if ballots < 0:
        raise ValueError("a number of ballots cannot be negative")
    groups = min(ballots, 1)
    marks = Marks(np.zeros(groups + 1, np.int64), np.zeros(0, np.int32))
    return Profile(marks, np.array([ballots] * groups, np.int64))


def ballot_lines(method: BallotMethod, ids: Sequence[str], profile: Profile) -> list[str]:
    """``count<TAB>ballot`` for each distinct ballot, sorted by the bytes of the ballot field.

    The count of a profile with fractional weights is written ``num/den`` in lowest terms.
    """
    rows = _rows(method, ids, profile)
    weights: list[int | Fraction] = profile.weights.tolist()
    if profile.denominator != 1:
        weights = [Fraction(weight, profile.denominator) for weight in weights]
    return [f"{weights[group]}\t{line.decode()}" for line, group in rows]


def ballot_order(method: BallotMethod, ids: Sequence[str], profile: Profile) -> list[int]:
    """The distinct ballots in the order in which ``ballot_lines`` names them."""
    return [group for _, group in _rows(method, ids, profile)]


def _rows(method: BallotMethod, ids: Sequence[str], profile: Profile) -> list[tuple[bytes, int]]:
    """The ballot field of each distinct ballot and its place in the profile, by the bytes of the field."""
    rows: list[tuple[bytes, int]] = []
    for first in range(0, profile.distinct, MANY):
        part = profile.marks.part(first, first + MANY)
        listed = [ids[p] for p in part.proposals.tolist()]
        points = None if part.points is None else part.points.tolist()
        for start, end in pairwise(part.offsets.tolist()):
            line = method.line(listed[start:end], None if points is None else points[start:end])
            rows.append((line.encode(), len(rows)))
    rows.sort()
    return rows


def ballots_root(method: BallotMethod, ids: Sequence[str], profile: Profile) -> str:
    """SHA-256 (hex) of the profile file: each of ``ballot_lines`` ended by LF, UTF-8."""
    return _root(ballot_lines(method, ids, profile))


def totals_root(ids: Sequence[str], totals: Sequence[int]) -> str:
    """What stands for ``ballots_root`` in a hand count: SHA-256 (hex) of ``id<TAB>votes``, each ended by LF, by id."""
    return _root([f"{i}\t{votes}" for i, votes in zip(ids, totals, strict=True)])


def _root(lines: Sequence[str]) -> str:
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
