"""The profile: the distinct ballots and how many people cast each.  Nothing in it can tell who voted or when."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots.method import MANY, BallotMethod, Ints, Marks


@dataclass(frozen=True, slots=True)
class AreaShare:
    """What one ballot from an area weighs; ``number``: what the source gives the area, a weight or its people; ``heads``:
    the ballots from there, one for each person."""

    name: str
    number: Fraction
    heads: int
    weight: Fraction


@dataclass(frozen=True, slots=True)
class AreaCorrection:
    """Ballots that weigh by the area they come from: ``by`` its weight or its population; areas with ballots, by name."""

    by: Literal["weights", "population"]
    shares: tuple[AreaShare, ...]

    @property
    def heads(self) -> int:
        return sum(share.heads for share in self.shares)


@dataclass(frozen=True, eq=False)
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
    groups, first = _equal_by_hash(marks, method.name == "ranked") or _equal_by_bytes(marks)

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


def _equal_by_hash(marks: Marks, ordered: bool) -> tuple[Ints, Ints] | None:
    """For each ballot its group, and for each group its first ballot, in order of appearance; ``ordered``: the order of
    the marks on a ballot counts.

    Ballots with different hashes differ; those with equal ones are compared mark by mark, and None is returned should
    two of them differ after all.
    """
    sizes = np.diff(marks.offsets)
    scrambled = _scrambled(int(marks.proposals.max(initial=0)) + 1)
    hashes = np.empty(sizes.size, np.uint64)
    for start in range(0, sizes.size, MANY):  # in parts that stay in the processor's cache
        hashes[start : start + MANY] = _hashes(marks.part(start, start + MANY), ordered, scrambled)
    by_hash = np.argsort(hashes, kind="stable")
    changes = np.ones(hashes.size, bool)
    changes[1:] = hashes[by_hash[1:]] != hashes[by_hash[:-1]]
    first = by_hash[changes]
    inverse = np.empty(hashes.size, np.int64)
    inverse[by_hash] = np.cumsum(changes) - 1
    again = np.flatnonzero(first[inverse] != np.arange(sizes.size))
    twin = first[inverse[again]]
    if (sizes[again] != sizes[twin]).any():
        return None
    ours, our_points = _gather(marks, again)
    theirs, their_points = _gather(marks, twin)
    if (ours != theirs).any():
        return None
    if our_points is not None and their_points is not None and (our_points != their_points).any():
        return None
    order = np.argsort(first)
    rank = np.empty(order.size, np.int64)
    rank[order] = np.arange(order.size)
    return rank[inverse], first[order]


def _hashes(marks: Marks, ordered: bool, scrambled: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """For each ballot the sum of a number for each of its marks, and how many there are."""
    sizes = np.diff(marks.offsets)
    value = scrambled[marks.proposals]
    if marks.points is not None:
        value *= marks.points.astype(np.uint64) * np.uint64(2) + np.uint64(1)
    if ordered:
        place = np.arange(marks.proposals.size, dtype=np.int64) - np.repeat(marks.offsets[:-1], sizes)
        value *= place.astype(np.uint64) * np.uint64(2) + np.uint64(1)
        value ^= value >> np.uint64(31)
    hashes = sizes.astype(np.uint64)
    filled = sizes > 0
    if filled.any():
        hashes[filled] += np.add.reduceat(value, marks.offsets[:-1][filled])
    return hashes


def _scrambled(count: int) -> NDArray[np.uint64]:
    """``count`` fixed numbers without a pattern (splitmix64: Steele, Lea and Flood 2014); numpy.random is slow to load."""
    mixed = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


def _equal_by_bytes(marks: Marks) -> tuple[Ints, Ints]:
    """As ``_equal_by_hash``, always."""
    count = marks.offsets.size - 1
    columns = marks.proposals[:, None] if marks.points is None else np.stack((marks.proposals, marks.points), axis=1)
    blob, width = np.ascontiguousarray(columns).tobytes(), columns.itemsize * columns.shape[1]
    ends = (marks.offsets * width).tolist()
    keys = [blob[start:end] for start, end in pairwise(ends)]
    number = {key: g for g, key in enumerate(dict.fromkeys(keys))}
    groups = np.fromiter(map(number.__getitem__, keys), np.int64, count)
    first = np.zeros(len(number), np.int64)
    first[groups[::-1]] = np.arange(count)[::-1]
    return groups, first


def _gather(marks: Marks, ballots: Ints) -> tuple[np.ndarray, Ints | None]:
    sizes = np.diff(marks.offsets)[ballots]
    starts = marks.offsets[ballots]
    ends = np.cumsum(sizes)
    position = np.arange(int(sizes.sum()), dtype=np.int64) + np.repeat(starts - (ends - sizes), sizes)
    return marks.proposals[position], None if marks.points is None else marks.points[position]


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
    rows = []
    for group, weight in enumerate(profile.weights.tolist()):
        proposals, points = profile.ballot(group)
        rows.append((method.line([ids[p] for p in proposals], points), Fraction(weight, profile.denominator)))
    rows.sort(key=lambda row: row[0].encode())
    return [f"{weight}\t{line}" for line, weight in rows]


def ballots_root(method: BallotMethod, ids: Sequence[str], profile: Profile) -> str:
    """SHA-256 (hex) of the profile file: each of ``ballot_lines`` ended by LF, UTF-8."""
    return _root(ballot_lines(method, ids, profile))


def totals_root(ids: Sequence[str], totals: Sequence[int]) -> str:
    """What stands for ``ballots_root`` in a hand count: SHA-256 (hex) of ``id<TAB>votes``, each ended by LF, by id."""
    return _root([f"{i}\t{votes}" for i, votes in zip(ids, totals, strict=True)])


def _root(lines: Sequence[str]) -> str:
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
