"""Which row holds the headings, and which column holds what.

Headings are found by their names, Danish and English, or by those that a mapping gives.  Titles and dates above them are left
out.  Everything else is told: headings that are missing, that stand twice, that nobody knows, columns without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from borgerbudget.errors import Place
from borgerbudget.files.findings import Findings, shown
from borgerbudget.sheets.cells import Cell, Row, Sheet, Unreadable, column_letter, is_blank, plain

DEEPEST = 20
"""So many rows with something in them are looked through for headings."""
_UNIT = re.compile(r"\((?:kr\.?|dkk|i kr\.?|kroner|inkl\.? moms)\)|[:*.#]+$|^#")
_CPR_HEADING = re.compile(r"\bcpr|personnummer|\bssn\b|social security")
CPR = re.compile(r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}([- ]?)[0-9]{4}", re.ASCII)
"""Ten digits that begin with a day and a month.  The checksum says nothing: valid numbers fail it."""
LEAST = 10
"""Characters of the shortest of them."""


@dataclass(frozen=True)
class Wanted:
    """A column: its key, the names that its heading may have (as ``normal`` gives them), and whether nothing goes without it.

    ``endings``: what the heading may end in instead (``Which do you choose? [Jetty]``).
    """

    key: str
    names: tuple[str, ...]
    needed: bool = False
    endings: tuple[str, ...] = ()

    def fits(self, heading: str, given: Mapping[str, str]) -> bool:
        """Whether a heading (as ``normal`` gives it) is this column's; by the mapping's name only, where that has one."""
        if self.key in given:
            return heading == normal(given[self.key])
        return bool(heading) and (heading in self.names or heading.endswith(self.endings))


@dataclass(frozen=True)
class Table:
    """The rows under the headings.  ``columns``: key -> column from 0; ``headings`` as they are written."""

    sheet: Sheet
    row: int
    columns: Mapping[str, int]
    headings: tuple[str, ...]

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        heading = self.headings[column] if column is not None and column < len(self.headings) else None
        return self.sheet.place(row, column, heading or None)

    def at(self, row: int, key: str) -> Place:
        """Of the cell under the heading of ``key``, or of the row where there is none."""
        return self.place(row, self.columns.get(key))

    def rows(self, findings: Findings | None) -> Iterator[Row]:
        """The rows under the headings, at least as wide as they are; what cannot be read is told, and ends them."""
        width = len(self.headings)
        try:
            for number, cells in self.sheet.rows():
                if number > self.row:
                    yield number, cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))]
        except Unreadable as error:
            if findings is not None:
                findings.error("IMP-017", self.sheet.place(error.row), reason=error.reason)


def normal(heading: str) -> str:
    """For comparing: small letters, without units, marks and underscores."""
    text = _UNIT.sub("", heading.casefold().replace("_", " ").strip()).strip()
    return " ".join(text.split())


def find_table(
    sheets: Sequence[Sheet], wanted: Sequence[Wanted], given: Mapping[str, str], name: str | None, findings: Findings
) -> Table | None:
    """The one sheet that has the headings that are needed; None after an error.

    ``given``: headings that a mapping names, by key.  ``name``: the sheet that is meant.
    """
    if not sheets:
        return None
    chosen = [sheet for sheet in sheets if name is None or sheet.name == name]
    source = Place(sheets[0].source)
    if not chosen:
        known = ", ".join(shown(sheet.name) for sheet in sheets if sheet.name is not None)
        findings.error("IMP-041", source, value=shown(name or ""), known=known or "-")
        return None
    found: list[Table] = []
    nearest: tuple[int, Sheet, Row] | None = None
    for sheet in chosen:
        try:
            for row in islice(sheet.rows(), DEEPEST):
                columns = _columns(row[1], wanted, given)
                if all(w.key in columns for w in wanted if w.needed) and all(key in columns for key in given):
                    found.append(_table(sheet, row, columns))
                    break
                if nearest is None or len(columns) > nearest[0]:
                    nearest = (len(columns), sheet, row)
        except Unreadable as error:
            if sheet is chosen[-1] and not found:
                findings.error("IMP-017", sheet.place(error.row), reason=error.reason)
                return None
    if chosen[0].name is None:
        del found[1:]  # the same text under its first separator
    open_ones = found if name is not None else [table for table in found if not table.sheet.hidden]
    if len(open_ones) != 1:
        _tell_none(open_ones, found, nearest, wanted, given, source, findings)
        return None
    table = open_ones[0]
    if name is None:
        _tell_other_sheets(sheets, table, findings)
    return table if _sound(table, wanted, given, findings) else None


def tell_unused(table: Table, used: Iterable[int], findings: Findings) -> None:
    """Warns of headings that nothing was made of, and of a hidden column that was read."""
    taken = set(used)
    unused = [shown(h, 30) for column, h in enumerate(table.headings) if h and column not in taken]
    if unused:
        findings.warn("IMP-045", table.place(table.row), headings=", ".join(unused))
    for column in sorted(taken & table.sheet.hidden_columns):
        findings.warn("IMP-046", table.place(None, column))


def _columns(cells: Sequence[Cell], wanted: Sequence[Wanted], given: Mapping[str, str]) -> dict[str, int]:
    """The first column of each key; headings that a mapping names are found by that name only."""
    written = [normal(plain(cell)) if isinstance(cell, str) else "" for cell in cells]
    found = {}
    for one in wanted:
        at = next((column for column, name in enumerate(written) if one.fits(name, given)), None)
        if at is not None:
            found[one.key] = at
    return found


def _table(sheet: Sheet, row: Row, columns: Mapping[str, int]) -> Table:
    headings = [plain(cell) for cell in row[1]]
    while headings and not headings[-1]:
        headings.pop()
    return Table(sheet, row[0], columns, tuple(headings))


def _tell_none(
    open_ones: Sequence[Table], found: Sequence[Table], nearest: tuple[int, Sheet, Row] | None, wanted: Sequence[Wanted],
    given: Mapping[str, str], source: Place, findings: Findings,
) -> None:  # fmt: skip
    if open_ones:
        findings.error("IMP-042", source, known=", ".join(shown(table.sheet.name or "") for table in open_ones))
    elif found:
        findings.error("IMP-043", source, value=shown(found[0].sheet.name or ""))
    elif nearest is None:
        findings.error("IMP-001", source)
    else:
        _, sheet, (number, cells) = nearest
        columns = _columns(cells, wanted, given)
        keys = [w.key for w in wanted if (w.needed or w.key in given) and w.key not in columns]
        missing = [shown(given[key]) if key in given else _example(wanted, key) for key in keys]
        there = [shown(plain(cell), 30) for cell in cells if not is_blank(cell)][:12]
        findings.error("IMP-040", sheet.place(number), missing=", ".join(missing), found=", ".join(there))


def _example(wanted: Sequence[Wanted], key: str) -> str:
    names = next(one.names for one in wanted if one.key == key)
    return f"“{names[0]}”/“{names[1]}”" if len(names) > 1 else f"“{names[0]}”"


def _tell_other_sheets(sheets: Sequence[Sheet], table: Table, findings: Findings) -> None:
    others = [shown(sheet.name) for sheet in sheets if sheet.name is not None and sheet is not table.sheet]
    if others:
        findings.warn(
            "IMP-044", Place(table.sheet.source), value=shown(table.sheet.name or ""), others=", ".join(others)
        )


def _sound(table: Table, wanted: Sequence[Wanted], given: Mapping[str, str], findings: Findings) -> bool:
    """Whether each heading is one column's only."""
    sound = True
    written = [normal(heading) for heading in table.headings]
    for one in wanted:
        again = [column for column, name in enumerate(written) if one.fits(name, given)]
        if len(again) > 1:
            both = ", ".join(f"{column_letter(c)} {shown(table.headings[c], 30)}" for c in again)
            findings.error("IMP-047", table.place(table.row), columns=both, key=one.key)
            sound = False
    return sound


class PersonalNumbers:
    """Watches every column for what looks like Danish personal numbers (CPR), which have no business here."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._count: dict[int, int] = {}
        self._first: dict[int, int] = {}
        self._certain = {c for c, h in enumerate(table.headings) if _CPR_HEADING.search(h.casefold())}

    def look(self, row: int, cells: Sequence[Cell]) -> None:
        for column, cell in enumerate(cells):
            text = cell if isinstance(cell, str) else plain(cell)
            if len(text) >= LEAST and (found := CPR.fullmatch(text.strip())):
                self._count[column] = self._count.get(column, 0) + 1
                self._first.setdefault(column, row)
                if found[1]:
                    self._certain.add(column)

    def tell(self, findings: Findings, allowed: bool, id_column: int | None = None) -> None:
        """An error for each such column; with ``allowed`` only where it is the one that names people."""
        for column in sorted(self._certain | set(self._count)):
            count, seen = self._count.get(column, 0), self._filled(column)
            suspect = column in self._certain or count * 2 >= seen or column == id_column
            if suspect and seen and (not allowed or column == id_column):
                findings.error("IMP-048", self._table.place(self._first.get(column), column), count=count)

    def _filled(self, column: int) -> int:
        """How many cells under the heading hold something."""
        return sum(column < len(cells) and not is_blank(cells[column]) for _, cells in self._table.rows(None))
