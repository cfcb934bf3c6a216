"""The votes of a file as written: marks, how many voters wrote each, and where that stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots import BallotMethod, Limits
from borgerbudget.ballots.method import MANY, Ints, Marks, first_of_each
from borgerbudget.files.findings import Findings
from borgerbudget.files.table import Table
from borgerbudget.files.vote_rows import EXAMPLES, Cell, Rows
from borgerbudget.frozen import frozen
from borgerbudget.money import plain_amount
from borgerbudget.proposal import Proposal


@frozen
class Votes:
    """The ballots as written: ``marks``, and in ``counts`` how many voters wrote each (None: one each).

    ``rows`` and ``cells`` are what stands in the file for each ballot, where it was read cell by cell; else every ballot
    is one row of ``table``, and every row one line.
    """

    marks: Marks
    counts: Ints | None
    table: Table
    rows: Rows | None = field(default=None, repr=False)
    cells: tuple[Cell, ...] = field(default=(), repr=False)

    @property
    def areas(self) -> list[str]:
        """The area of each of the ballots, which must have been read with areas."""
        return [cell[-1] for cell in self.cells]

    def lines_by_area(self) -> dict[str, list[int]]:
        """For each area the first few lines of its ballots, which must have been read with areas."""
        assert self.rows is not None
        found: dict[str, list[int]] = {}
        for row, cell in enumerate(self.rows.cells):
            lines = found.setdefault(cell[-1], [])
            if len(lines) < EXAMPLES:
                lines.append(self.rows.line(row))
        return found

    def first_lines(self, ballots: Sequence[int]) -> list[int]:
        """The first few lines on which one of the ballots (ascending) stands."""
        if self.rows is None:
            return [self.table.line + 1 + ballot for ballot in ballots[:EXAMPLES]]
        return self.rows.first_lines({self.cells[ballot] for ballot in ballots})

    def voters(self, ballots: Sequence[int]) -> int:
        """How many voters wrote these ballots."""
        return len(ballots) if self.counts is None else int(self.counts[ballots].sum())

    @cached_property
    def once(self) -> Marks:
        """The marks with each proposal once on a ballot."""
        return first_of_each(self.marks)

    @property
    def total(self) -> int:
        """How many ballots there are, equal ones one by one."""
        return self.marks.offsets.size - 1 if self.counts is None else int(self.counts.sum())

    def tell_blank(self, findings: Findings) -> None:
        """Warns of ballots on which nothing stands."""
        blank = np.flatnonzero(self.marks.offsets[1:] == self.marks.offsets[:-1]).tolist()
        if blank:
            lines = self.first_lines(blank)
            told = ", ".join(map(str, lines))
            findings.warn("PB-046", self.table.place(lines[0], "vote"), count=self.voters(blank), lines=told)

    def tallies(self, kind: BallotMethod, proposals: int, default_score: int) -> tuple[list[int], list[int]]:
        """For each proposal the number of ballots that list it, and its score, as the published files count them."""
        once = self.once if kind.name != "ranked" else self.marks
        if once.points is None and kind.name != "ranked":
            listed = self._sums(once, None, proposals)
            return listed, listed
        listed = self._sums(once, None, proposals)
        if once.points is not None:
            most = max(int(once.points.max(initial=0)), -int(once.points.min(initial=0)))
            points = once.points if most * self.total < 2**62 else once.points.astype(object)
            score = self._sums(once, points, proposals)
            rest = (self.total - count for count in listed)
            return listed, [s + default_score * r for s, r in zip(score, rest, strict=True)]
        left = np.repeat(once.offsets[1:], np.diff(once.offsets)) - np.arange(once.proposals.size)
        return listed, self._sums(once, left, proposals)

    def _sums(self, marks: Marks, values: NDArray[Any] | None, proposals: int) -> list[int]:
        """For each proposal the sum of its marks' values (1 each), every ballot as often as it was written."""
        if values is None and self.counts is None:
            total = np.zeros(proposals, np.int64)
            for start in range(0, marks.proposals.size, MANY):  # bincount makes a wider copy of what it counts
                total += np.bincount(marks.proposals[start : start + MANY], minlength=proposals)
            return [int(value) for value in total.tolist()]
        if self.counts is not None:
            weights = np.repeat(self.counts, np.diff(marks.offsets))
            values = weights if values is None else values * weights
        assert values is not None
        total = np.zeros(proposals, values.dtype)
        np.add.at(total, marks.proposals, values)
        return [int(value) for value in total.tolist()]

    def check_limits(
        self, kind: BallotMethod, proposals: Sequence[Proposal], limits: Limits, findings: Findings
    ) -> None:
        """Warns of ballots that break the file's own limits, one warning for each limit."""
        cost_of = {proposal.id: proposal.cost for proposal in proposals}
        ids = [proposal.id for proposal in proposals]
        broken: dict[tuple[str, int], list[int]] = {}
        for ballot in np.flatnonzero(self._suspects(kind, proposals, limits)).tolist():
            part = slice(int(self.marks.offsets[ballot]), int(self.marks.offsets[ballot + 1]))
            points = None if self.marks.points is None else self.marks.points[part].tolist()
            written = [ids[p] for p in self.marks.proposals[part].tolist()]
            for key in {(b.limit, b.allowed) for b in kind.breaches(written, points, cost_of, limits)}:
                broken.setdefault(key, []).append(ballot)
        for (limit, allowed), ballots in sorted(broken.items()):
            lines = self.first_lines(ballots)
            values = {"count": self.voters(ballots), "lines": ", ".join(map(str, lines))}
            table = self.table
            place = table.place(lines[0], "vote")
            if limit == "repeats":
                findings.warn("PB-044", place, **values)
            elif limit == "positive_points":
                findings.warn("PB-045", table.place(lines[0], "points"), **values)
            else:
                told = plain_amount(allowed) if limit.endswith("sum_cost") else str(allowed)
                findings.warn("PB-043", place, limit=limit, allowed=told, **values)

    def _suspects(self, kind: BallotMethod, proposals: Sequence[Proposal], limits: Limits) -> NDArray[np.bool_]:
        """Every ballot that ``kind.breaches`` would find something in, and perhaps some more; blank ones are told as such."""
        sizes = np.diff(self.marks.offsets)
        suspect = _outside(sizes, limits.min_length, limits.max_length)
        if self.once.proposals.size < self.marks.proposals.size:
            suspect |= np.diff(self.once.offsets) < sizes
        longest = int(sizes.max(initial=0))
        if limits.min_sum_cost is not None or limits.max_sum_cost is not None:
            costs = [proposal.cost for proposal in proposals]
            if max(costs) * longest >= 2**62:
                return sizes > 0
            sums = self._ballot_sums(np.array(costs, np.int64)[self.marks.proposals])
            suspect |= _outside(sums, limits.min_sum_cost, limits.max_sum_cost)
        points = self.marks.points
        if points is not None:
            if max(int(points.max(initial=0)), -int(points.min(initial=0))) * longest >= 2**62:
                return sizes > 0
            if limits.min_sum_points is not None or limits.max_sum_points is not None:
                suspect |= _outside(self._ballot_sums(points), limits.min_sum_points, limits.max_sum_points)
            odd = _outside(points, limits.min_points, limits.max_points)
            if kind.name == "points":
                odd |= points <= 0
            if odd.any():
                suspect[self.marks.owners()[odd]] = True
        return suspect & (sizes > 0)

    def _ballot_sums(self, values: Ints) -> Ints:
        running = np.zeros(values.size + 1, np.int64)
        np.cumsum(values, out=running[1:])  # may wrap; the differences are right all the same
        return running[self.marks.offsets[1:]] - running[self.marks.offsets[:-1]]


def _outside(values: Ints, least: int | None, most: int | None) -> NDArray[np.bool_]:
    found = np.zeros(values.shape, bool)
    if least is not None:
        found |= values < least
    if most is not None:
        found |= values > most
    return found
