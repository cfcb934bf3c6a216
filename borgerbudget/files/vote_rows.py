"""The rows of the section VOTES, cell by cell."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from itertools import islice
from operator import itemgetter

from borgerbudget.errors import Place
from borgerbudget.files.findings import Findings
from borgerbudget.files.table import Table
from borgerbudget.frozen import frozen

Cell = str | tuple[str, ...]
"""The vote cell of a ballot, or several: vote, points for the methods with points, area last where it counts."""
AREA_COLUMNS = ("neighborhood", "district")
"""A ballot's area stands in the first of these, or when that is empty in the second."""
EXAMPLES = 3
"""So many lines are named where something is odd."""


@frozen
class Rows:
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
        rows = islice((row for row, cell in enumerate(self.cells) if cell in cells), EXAMPLES)
        return [self.line(row) for row in rows]

    def places(self, cells: Collection[Cell], column: str) -> list[tuple[Place, Cell]]:
        """Every line on which one of the cells stands."""
        found = [(row, cell) for row, cell in enumerate(self.cells) if cell in cells]
        return [(self.table.place(self.line(row), column), cell) for row, cell in found]


def gather_well_formed(table: Table, columns: Sequence[str]) -> Rows | None:
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
    return Rows(table, voters, cells, Counter(cells), None)


def gather(table: Table, columns: Sequence[str], findings: Findings, with_area: bool = False) -> Rows:
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
    return Rows(table, voters, cells, Counter(cells), lines)


def _picker(columns: Sequence[int], areas: Sequence[int]) -> Callable[[list[str]], Cell]:
    """What takes the cells in ``columns`` from a row, and the first of ``areas`` that is not empty."""
    if not areas:
        return itemgetter(*columns)
    return lambda row: (*(row[i] for i in columns), next(filter(None, (row[i].strip() for i in areas)), ""))
