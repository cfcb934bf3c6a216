"""The VOTES section: cells -> marks.

Equal cells are counted first and read once.  Lines are looked up only for what is wrong.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress, islice
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots import BallotMethod, Limits
from borgerbudget.ballots.method import Ints, Marks, first_of_each
from borgerbudget.errors import Place
from borgerbudget.files.entries import find, split
from borgerbudget.files.findings import Findings, shown
from borgerbudget.files.numbers import parse_whole
from borgerbudget.files.pabulib_document import NEEDED
from borgerbudget.files.plain_votes import read_plain_votes
from borgerbudget.files.table import Table
from borgerbudget.money import plain_amount
from borgerbudget.proposal import Proposal

Cell = str | tuple[str, ...]
"""The vote cell of a ballot, or several: vote, points for the methods with points, area last where it counts."""
AREA_COLUMNS = ("neighborhood", "district")
"""A ballot's area stands in the first of these, or when that is empty in the second."""
_EXAMPLES = 3
_TITLES = {form(title) for title in NEEDED for form in (str.upper, str.lower, str.capitalize)}


@dataclass(frozen=True)
class Votes:
    """The distinct ballots as written: ``marks``, and in ``counts`` how many voters wrote each."""

    marks: Marks
    counts: Ints
    _rows: _Rows | _Later = field(repr=False)
    _cells: tuple[Cell, ...] | None = None

    @property
    def cells(self) -> Sequence[Cell]:
        """What stands in the file for each of the ballots."""
        return self._rows.cells if self._cells is None else self._cells

    @property
    def areas(self) -> list[str]:
        """The area of each of the ballots, which must have been read ``with_area``."""
        return [cell[-1] for cell in self.cells]

    def lines_by_area(self) -> dict[str, list[int]]:
        """For each area the first few lines of its ballots."""
        found: dict[str, list[int]] = {}
        for row, cell in enumerate(self._rows.cells):
            lines = found.setdefault(cell[-1], [])
            if len(lines) < _EXAMPLES:
                lines.append(self._rows.line(row))
        return found

    @cached_property
    def once(self) -> Marks:
        """The marks with each proposal once on a ballot."""
        return first_of_each(self.marks)

    @property
    def total(self) -> int:
        """How many ballots there are, equal ones one by one."""
        return int(self.counts.sum())

    def tallies(self, kind: BallotMethod, proposals: int, default_score: int) -> tuple[list[int], list[int]]:
        """For each proposal the number of ballots that list it, and its score, as the published files count them."""
        once = self.once if kind.name != "ranked" else self.marks
        weights = self.counts[once.owners()]
        listed = _sums(once.proposals, weights, proposals)
        if once.points is not None:
            most = max(map(abs, once.points.tolist()), default=0)
            points = once.points if most * self.total < 2**62 else once.points.astype(object)
            score = _sums(once.proposals, weights * points, proposals)
            rest = (self.total - count for count in listed)
            return listed, [s + default_score * r for s, r in zip(score, rest, strict=True)]
        if kind.name == "ranked":
            sizes = np.diff(self.marks.offsets)
            left = np.repeat(self.marks.offsets[1:], sizes) - np.arange(self.marks.proposals.size)
            return listed, _sums(once.proposals, weights * left, proposals)
        return listed, listed

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
            if not written:
                continue  # a blank ballot is told as such
            for key in {(b.limit, b.allowed) for b in kind.breaches(written, points, cost_of, limits)}:
                broken.setdefault(key, []).append(ballot)
        for (limit, allowed), ballots in sorted(broken.items()):
            count = int(self.counts[ballots].sum())
            lines = self._rows.first_lines({self.cells[b] for b in ballots})
            values = {"count": count, "lines": ", ".join(map(str, lines))}
            table = self._rows.table
            place = table.place(lines[0], "vote")
            if limit == "repeats":
                findings.warn("PB-044", place, **values)
            elif limit == "positive_points":
                findings.warn("PB-045", table.place(lines[0], "points"), **values)
            else:
                told = plain_amount(allowed) if limit.endswith("sum_cost") else str(allowed)
                findings.warn("PB-043", place, limit=limit, allowed=told, **values)

    def _suspects(self, kind: BallotMethod, proposals: Sequence[Proposal], limits: Limits) -> NDArray[np.bool_]:
        """Every ballot that ``kind.breaches`` would find something in, and perhaps some more."""
        sizes = np.diff(self.marks.offsets)
        suspect = _outside(sizes, limits.min_length, limits.max_length)
        suspect |= np.diff(self.once.offsets) < sizes
        if limits.min_sum_cost is not None or limits.max_sum_cost is not None:
            costs = [proposal.cost for proposal in proposals]
            if max(costs) * int(sizes.max(initial=0)) >= 2**62:
                return np.ones(sizes.size, bool)
            sums = self._ballot_sums(np.array(costs, np.int64)[self.marks.proposals])
            suspect |= _outside(sums, limits.min_sum_cost, limits.max_sum_cost)
        points = self.marks.points
        if points is not None:
            if int(np.abs(points).max(initial=0)) * int(sizes.max(initial=0)) >= 2**62:
                return np.ones(sizes.size, bool)
            suspect |= _outside(self._ballot_sums(points), limits.min_sum_points, limits.max_sum_points)
            odd = _outside(points, limits.min_points, limits.max_points)
            if kind.name == "points":
                odd |= points <= 0
            suspect[self.marks.owners()[odd]] = True
        return suspect

    def _ballot_sums(self, values: Ints) -> Ints:
        running = np.zeros(values.size + 1, np.int64)
        np.cumsum(values, out=running[1:])  # may wrap; the differences are right all the same
        return running[self.marks.offsets[1:]] - running[self.marks.offsets[:-1]]


def read_votes(
    table: Table, kind: BallotMethod, ids: Sequence[str], findings: Findings, with_area: bool = False
) -> Votes | None:
    """The ballots of the VOTES section; None when some of them cannot be read.

    ``with_area``: only ballots of one area are told as equal.
    """
    if kind.has_points and not table.has("points"):
        findings.error("PB-010", table.place(table.line), section=table.name, column="points")
        return None
    if not kind.has_points and kind.name != "ranked" and table.has("points"):
        findings.warn("PB-049", table.place(table.line, "points"), value="approval")
    columns = ("vote", "points") if kind.has_points else ("vote",)
    plain = None if with_area else read_plain_votes(table, ids, kind.has_points)
    if plain is not None:
        sizes, proposals, points = plain
        offsets = np.zeros(sizes.size + 1, np.int64)
        np.cumsum(sizes, out=offsets[1:])
        return Votes(Marks(offsets, proposals, points), np.ones(sizes.size, np.int64), _Later(table, columns))
    rows = None if with_area else _gather_well_formed(table, columns)
    rows = rows or _gather(table, columns, findings, with_area)
    found = find(_column(rows.counted, 0), ids)
    if found is None and rows.lines is None and not split(_column(rows.counted, 0))[0].all():
        rows = _gather(table, columns, findings)  # a row without a vote may be a blank line, or a section's title
    _check_voters(rows, findings)
    counted, cells = rows.counted, tuple(rows.counted)
    sizes, proposals = found or _proposals(rows, cells, ids, findings)
    sound = not findings.has("PB-040")

    points = None
    if kind.has_points:
        points = _points(rows, cells, sizes, findings)
        sound &= points is not None
    if not sound:
        return None
    offsets = np.zeros(len(cells) + 1, np.int64)
    np.cumsum(sizes, out=offsets[1:])
    counts = np.fromiter(counted.values(), np.int64, len(cells))
    blank = set(compress(cells, (sizes == 0).tolist()))
    if blank:
        lines = rows.first_lines(blank)
        findings.warn(
            "PB-046", table.place(lines[0], "vote"), count=sum(counted[cell] for cell in blank),
            lines=", ".join(map(str, lines)),
        )  # fmt: skip
    return Votes(Marks(offsets, proposals, points), counts, rows, cells)


def _proposals(
    rows: _Rows, cells: Sequence[Cell], ids: Sequence[str], findings: Findings
) -> tuple[Ints, NDArray[np.int32]]:
    """How many proposals each cell names, and which; -1 for those that are reported as unknown."""
    sizes, entries = split(_column(cells, 0))
    index = {name: i for i, name in enumerate(ids)}
    known = {entry: index.get(entry.strip(), -1) for entry in set(entries)}
    unknown = {entry for entry, at in known.items() if at < 0}
    if unknown:
        for place, cell in rows.places(_holding(cells, unknown), "vote"):
            named = _column([cell], 0)[0].split(",")
            for name in dict.fromkeys(entry.strip() for entry in named if entry in unknown):
                findings.error("PB-040", place, value=shown(name))
    return sizes, np.fromiter(map(known.__getitem__, entries), np.int32, len(entries))


def _points(rows: _Rows, cells: Sequence[Cell], sizes: Ints, findings: Findings) -> Ints | None:
    """The points of all marks, in the order of the cells."""
    texts = _column(cells, 1)
    lengths, tokens = split(texts)
    sound = True
    unequal = set(compress(cells, (sizes != lengths).tolist()))
    number: dict[str, int] = {}
    unread: set[str] = set()
    for token in set(tokens):
        try:
            number[token] = parse_whole(token.strip())
        except ValueError:
            unread.add(token)
    if unequal:
        sound = False
        for place, cell in rows.places(unequal, "points"):
            (found, points), _ = split([*_column([cell], 0), *_column([cell], 1)])
            findings.error("PB-041", place, found=found, points=points, value=shown(cell[1]))
    if unread:
        sound = False
        for place, cell in rows.places(_holding(cells, unread, 1), "points"):
            findings.error("PB-042", place, value=shown(cell[1]))
    return np.fromiter(map(number.__getitem__, tokens), np.int64, len(tokens)) if sound else None


def _column(cells: Collection[Cell], part: int) -> list[str]:
    """The votes (0) or the points (1) of the cells."""
    return [cell if isinstance(cell, str) else cell[part] for cell in cells]


def _holding(cells: Sequence[Cell], tokens: set[str], part: int = 0) -> set[Cell]:
    """The cells in which one of the tokens is an entry."""
    texts = zip(cells, _column(cells, part), strict=True)
    return {cell for cell, text in texts if not tokens.isdisjoint(text.split(","))}


def _sums(proposals: NDArray[np.int32], values: NDArray[np.generic], size: int) -> list[int]:
    total = np.zeros(size, values.dtype)
    np.add.at(total, proposals, values)
    return [int(value) for value in total.tolist()]


def _outside(values: Ints, least: int | None, most: int | None) -> NDArray[np.bool_]:
    found = np.zeros(values.shape, bool)
    if least is not None:
        found |= values < least
    if most is not None:
        found |= values > most
    return found


@dataclass(frozen=True)
class _Rows:
    """The rows of the section in the order of the file; ``lines`` only when they are not simply one after the other."""

    table: Table
    voters: list[str]
    cells: list[Cell]
    counted: Counter[Cell]
    lines: list[int] | None

    @cached_property
    def _numbers(self) -> Sequence[int]:
        """The line of each row."""
        if self.lines is not None:
            return self.lines
        if '"' not in self.table.text[self.table.start : self.table.end]:
            return range(self.table.line + 1, self.table.line + 1 + len(self.cells))
        return [line for line, _ in self.table.rows()]

    def line(self, row: int) -> int:
        return self._numbers[row]

    def first_lines(self, cells: Collection[Cell]) -> list[int]:
        """The first few lines on which one of the cells stands."""
        rows = islice((row for row, cell in enumerate(self.cells) if cell in cells), _EXAMPLES)
        return [self.line(row) for row in rows]

    def places(self, cells: Collection[Cell], column: str) -> list[tuple[Place, Cell]]:
        """Every line on which one of the cells stands."""
        found = [(row, cell) for row, cell in enumerate(self.cells) if cell in cells]
        return [(self.table.place(self.line(row), column), cell) for row, cell in found]


@dataclass(frozen=True)
class _Later:
    """The rows of a plain table, taken apart only when a warning asks for them."""

    table: Table
    columns: tuple[str, ...]

    @cached_property
    def _rows(self) -> _Rows:
        rows = _gather_well_formed(self.table, self.columns)
        assert rows is not None, "a plain table is well formed"
        return rows

    @property
    def cells(self) -> list[Cell]:
        return self._rows.cells

    def line(self, row: int) -> int:
        return self._rows.line(row)

    def first_lines(self, cells: Collection[Cell]) -> list[int]:
        return self._rows.first_lines(cells)


def _gather_well_formed(table: Table, columns: Sequence[str]) -> _Rows | None:
    """Voter and vote of each row at one stride; None when a row is not as the others."""
    width, at_voter, at_vote = len(table.columns), table.column("voter_id"), table.column(columns[0])
    at_points = table.column(columns[1]) if len(columns) > 1 else None
    voters: list[str] = []
    cells: list[Cell] = []
    add_voter, add_cell = voters.append, cells.append
    try:
        if at_points is None:
            for row in table.strict_rows():
                if len(row) != width:
                    return None
                add_voter(row[at_voter])
                add_cell(row[at_vote])
        else:
            for row in table.strict_rows():
                if len(row) != width:
                    return None
                add_voter(row[at_voter])
                add_cell((row[at_vote], row[at_points]))
    except csv.Error:
        return None
    return _Rows(table, voters, cells, Counter(cells), None)


def _gather(table: Table, columns: Sequence[str], findings: Findings, with_area: bool = False) -> _Rows:
    """Voter and vote of each row that can be read; the others are reported."""
    from_area = [name for name in AREA_COLUMNS if with_area and table.has(name)]
    table.check_quotes(findings, frozenset(table.columns) - {"voter_id", *columns, *from_area})
    at_voter = table.column("voter_id")
    pick = _picker([table.column(name) for name in columns], [table.column(name) for name in from_area])
    lines: list[int] = []
    voters: list[str] = []
    cells: list[Cell] = []
    for line, row in table.rows(findings):
        lines.append(line)
        voters.append(row[at_voter])
        cells.append(pick(row))
    return _Rows(table, voters, cells, Counter(cells), lines)


def _picker(columns: Sequence[int], areas: Sequence[int]) -> Callable[[list[str]], Cell]:
    """What takes the cells in ``columns`` from a row, and the first of ``areas`` that is not empty."""
    if not areas:
        return itemgetter(*columns)
    return lambda row: (*(row[i] for i in columns), next(filter(None, (row[i].strip() for i in areas)), ""))


def _check_voters(rows: _Rows, findings: Findings) -> None:
    """Warns of ballots without a voter, and of voters with several ballots."""
    distinct = set(rows.voters)
    if len(f".{'.'.join(distinct)}.".split()) > 1 or "" in distinct:  # there is space somewhere
        distinct = set(map(str.strip, distinct))
    for title in sorted(distinct & _TITLES):
        row = next(r for r, name in enumerate(rows.voters) if name.strip() == title)
        findings.warn("PB-038", rows.table.place(rows.line(row), "voter_id"), value=shown(title))
    if len(distinct) == len(rows.voters) and "" not in distinct:
        return
    names = [voter.strip() for voter in rows.voters]
    counted = Counter(names)
    without = counted.pop("", 0)
    if without:
        lines = [rows.line(row) for row in islice((r for r, name in enumerate(names) if not name), _EXAMPLES)]
        findings.warn("PB-048", rows.table.place(lines[0], "voter_id"), count=without, lines=", ".join(map(str, lines)))
    twice = [name for name, count in counted.items() if count > 1]
    if twice:
        lines = [rows.line(row) for row in islice((r for r, n in enumerate(names) if n == twice[0]), _EXAMPLES)]
        findings.warn(
            "PB-047", rows.table.place(lines[0], "voter_id"), count=len(twice), value=shown(twice[0]),
            lines=", ".join(map(str, lines)),
        )  # fmt: skip
