"""The rows of a table one by one, without those that are none: totals, headings again, rows that are hidden or merged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from borgerbudget.files.findings import Findings, shown
from borgerbudget.sheets.cells import Cell, Row, is_blank, plain
from borgerbudget.sheets.headings import PersonalNumbers, Table, normal

AT_ONCE = 1000
"""Rows."""
_ODD = re.compile(r"\n[^\w\n]+\n|[0-9]{6}[- ]?[0-9]{4}")
"""Among cells with line feeds between them: one that may be blank, or a number that may be a person's."""
_TOTAL = re.compile(
    r"(?:i ?alt|total(?:t|en|beløb|sum|pris)?|sum(?:ma)?|sub ?total|mellemsum|samlet(?: (?:beløb|sum|pris))?|grand total|"
    r"antal(?: forslag)?|gennemsnit|average)(?: kr\.?| dkk)?[:.]?",
    re.IGNORECASE,
)


def records(table: Table, findings: Findings, used: Sequence[int], personal: PersonalNumbers) -> Iterator[Row]:
    """The rows that hold something; every one that cannot be meant as a row of the table is an error.

    ``used``: the columns that are read.
    """
    rows, sieve = table.rows(findings), _Sieve(table, findings, used, personal)
    while several := list(islice(rows, AT_ONCE)):
        nothing_odd = _nothing_odd(table, [cells for _, cells in several], used)
        for row in several:
            if (nothing_odd and "" not in row[1]) or sieve.holds(*row):
                yield row


def _nothing_odd(table: Table, rows: Sequence[Sequence[Cell]], used: Sequence[int]) -> bool:
    """Whether a cell that is empty is all that may be told of these rows: seen quickly, for there may be a million."""
    if table.sheet.hidden_rows or table.sheet.merged or set(map(len, rows)) != {len(table.headings)}:
        return False
    try:
        text = "\n".join(chain([""], *rows, [""]))  # type: ignore[arg-type]
    except TypeError:  # typed cells
        return False
    return _ODD.search(text) is None and f"\n{table.headings[used[0]]}\n" not in text


class _Sieve:
    def __init__(self, table: Table, findings: Findings, used: Sequence[int], personal: PersonalNumbers) -> None:
        self.table, self.findings, self.used, self.personal = table, findings, used, personal
        self.headings = [normal(heading) for heading in table.headings]
        self.merged = _merged(table, used)
        self.unnamed = False

    def holds(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether the row is one of the table."""
        table, findings, used, width = self.table, self.findings, self.used, len(self.headings)
        if len(cells) > width and not all(map(is_blank, cells[width:])):
            if table.sheet.name is None:  # a separator within a cell has pushed the others along
                value = shown(" | ".join(map(plain, cells[: width + 5])))
                findings.error("IMP-018", table.place(number), found=len(cells), expected=width, value=value)
                return False
            if not self.unnamed:
                beyond = next(at for at in range(width, len(cells)) if not is_blank(cells[at]))
                findings.warn("IMP-050", table.place(number, beyond))
            self.unnamed = True
        if all(map(is_blank, cells[:width])):
            return False
        self.personal.look(number, cells)
        if number in table.sheet.hidden_rows:
            findings.error("IMP-051", table.place(number))
        elif number in self.merged:
            findings.error("IMP-052", table.place(number, self.merged[number]))
        elif is_total(cells, used):
            label = next(plain(cell) for cell in cells if isinstance(cell, str) and _TOTAL.fullmatch(plain(cell)))
            findings.error("IMP-053", table.place(number), value=shown(label))
        elif cells[used[0]] == table.headings[used[0]] and [normal(plain(cells[c])) for c in used] == [
            self.headings[c] for c in used
        ]:
            findings.error("IMP-054", table.place(number))
        else:
            return True
        return False


def is_total(cells: Sequence[Cell], used: Sequence[int]) -> bool:
    """Whether the first text of the row says that it sums up the others."""
    if not any(is_blank(cells[column]) for column in used):
        return False
    first = next((cell for cell in cells if isinstance(cell, str) and not is_blank(cell)), "")
    return bool(_TOTAL.fullmatch(plain(first)))


def _merged(table: Table, used: Sequence[int]) -> dict[int, int]:
    """Row -> column of a merged area under the headings that takes in more than one cell of what is read."""
    found = {}
    for top, bottom, left, right in table.sheet.merged:
        columns = [column for column in used if left <= column <= right]
        if bottom > table.row and columns and (bottom > max(top, table.row) or len(columns) > 1):
            for row in range(max(top, table.row + 1), min(bottom, top + 10_000) + 1):
                found[row] = columns[0]
    return found
