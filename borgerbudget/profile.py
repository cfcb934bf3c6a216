"""The profile: the distinct ballots and how many people cast each.  Nothing in it can tell who voted or when."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm

import numpy as np

from borgerbudget.ballots.method import BallotMethod, Ints, Marks


@dataclass(frozen=True, eq=False)
class Profile:
    """Distinct ballots, merged.

    ``weights`` (G,): how many voters cast ballot g, as integers over the one ``denominator`` (1 unless some ballot
    has a fractional weight); Python integers where they would not fit 62 bits.  ``marks``: the ballots themselves,
    in canonical form.
    """

    marks: Marks
    weights: Ints
    denominator: int = 1

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
    method: BallotMethod, marks: Marks, weights: Sequence[Fraction | int] | Ints | None = None, default_score: int = 0
) -> Profile:
    """Ballots as cast -> profile.

    Equal ballots are found by their exact bytes, never by a hash alone.  ``weights`` gives each ballot's positive
    weight (default 1 each).  Raises ValueError for a weight that is not positive.
    """
    marks = method.normalise(marks, default_score)
    count = marks.offsets.size - 1
    columns = marks.proposals[:, None] if marks.points is None else np.stack((marks.proposals, marks.points), axis=1)
    blob, width = np.ascontiguousarray(columns).tobytes(), columns.itemsize * columns.shape[1]
    ends = (marks.offsets * width).tolist()
    keys = [blob[start:end] for start, end in pairwise(ends)]
    number = dict.fromkeys(keys, 0)
    if len(number) == count:
        groups = first = np.arange(count)
    else:
        number = {key: g for g, key in enumerate(number)}
        groups = np.fromiter(map(number.__getitem__, keys), np.int64, count)
        first = np.zeros(len(number), np.int64)
        first[groups[::-1]] = np.arange(count)[::-1]

    denominator = 1
    if weights is None:
        weights = np.ones(count, np.int64)
    if isinstance(weights, np.ndarray) and weights.dtype == np.int64 and sum(weights.tolist()) < 2**62:
        if (weights <= 0).any():
            raise ValueError("a ballot's weight must be positive")
        total = weights.copy()
        if len(number) < count:
            total = np.zeros(len(number), np.int64)
            np.add.at(total, groups, weights)
    else:
        exact = [Fraction(w) for w in (weights.tolist() if isinstance(weights, np.ndarray) else weights)]
        if any(w <= 0 for w in exact):
            raise ValueError("a ballot's weight must be positive")
        denominator = lcm(*(w.denominator for w in exact))
        sums = [0] * len(number)
        for g, w in zip(groups.tolist(), exact, strict=True):
            sums[g] += int(w * denominator)
        total = np.array(sums, np.int64 if sum(sums) < 2**62 else object)
    distinct = marks
    if len(number) < count:
        sizes = np.diff(marks.offsets)[first]
        distinct = Marks(np.concatenate(([0], np.cumsum(sizes))).astype(np.int64), *_gather(marks, first))
    return Profile(distinct, total, denominator)


def _gather(marks: Marks, ballots: Ints) -> tuple[np.ndarray, Ints | None]:
    sizes = np.diff(marks.offsets)[ballots]
    starts = marks.offsets[ballots]
    ends = np.cumsum(sizes)
    position = np.arange(int(sizes.sum()), dtype=np.int64) + np.repeat(starts - (ends - sizes), sizes)
    return marks.proposals[position], None if marks.points is None else marks.points[position]


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
    return hashlib.sha256("".join(f"{line}\n" for line in ballot_lines(method, ids, profile)).encode()).hexdigest()
