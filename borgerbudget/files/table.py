"""One table of a round as text: a header and rows of cells, read again as often as wanted, each row with its line.

A row belongs to the table when it has as many cells as the header.  Blank lines and needless empty cells at the end
are left out.  Quotation marks are read as the csv module reads them; where text follows a closed quotation mark the
meaning is doubtful, which ``check_quotes`` reports.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from borgerbudget.errors import Place
from borgerbudget.files.findings import Findings, shown
from borgerbudget.files.guarding import unguard
from borgerbudget.frozen import frozen


@frozen
class Table:
    """``text[start:end]`` are the rows; ``line`` is the line that the header ends on."""

    name: str
    source: str
    columns: tuple[str, ...]
    text: str
    start: int
    end: int
    line: int
    delimiter: str = ";"
    titles: frozenset[str] = frozenset()
    """First cells that, alone on their line, would begin another section."""
    guarded: bool = False
    """Whether cells may have been guarded against being taken for formulas (``guarding``)."""

    def place(self, line: int | None = None, column: str | None = None) -> Place:
        return Place(self.source, line, column)

    def has(self, column: str) -> bool:
        return column in self.columns

    def column(self, name: str) -> int:
        return self.columns.index(name)

    def body(self) -> io.StringIO:
        return io.StringIO(self.text[self.start : self.end], newline="")

    def strict_rows(self) -> Iterator[list[str]]:
        """Every row as it stands; csv.Error where quotation marks are doubtful."""
        return map(self._freed, csv.reader(self.body(), delimiter=self.delimiter, strict=True))

    def _freed(self, row: list[str]) -> list[str]:
        return [unguard(cell) for cell in row] if self.guarded else row

    def rows(self, findings: Findings | None = None) -> Iterator[tuple[int, list[str]]]:
        """The rows that belong to the table, each with its line; what does not is reported to ``findings``."""
        width, line, loose = len(self.columns), self.line + 1, 0
        first_loose = line
        reader = csv.reader(self.body(), delimiter=self.delimiter)
        while True:
            try:
                row = next(reader, None)
            except csv.Error as error:
                if findings:
                    findings.error("PB-005", self.place(line), reason=error)
                break
            if row is None:
                break
            here, line, row = line, self.line + 1 + reader.line_num, self._freed(row)
            title = row[0].strip() if row else ""
            if not title and not "".join(row).strip():
                loose, first_loose = loose + 1, first_loose if loose else here
            elif title.upper() in self.titles and not "".join(row[1:]).strip():
                if findings:
                    findings.error("PB-008", self.place(here), section=title.upper())
            elif len(row) == width:
                yield here, row
            elif len(row) > width and not "".join(row[width:]).strip():
                loose, first_loose = loose + 1, first_loose if loose else here
                yield here, row[:width]
            elif findings:
                findings.error(
                    "PB-012" if len(row) > width else "PB-013",
                    self.place(here),
                    found=len(row),
                    expected=width,
                    section=self.name,
                    value=shown(self.delimiter.join(row[: width + 20])),
                )
        if loose and findings:
            findings.warn("PB-014", self.place(first_loose), count=loose)

    def check_quotes(self, findings: Findings, free: frozenset[str] = frozenset()) -> None:
        """Reports doubtful quotation marks; in the columns ``free`` (texts for people) only as a warning."""
        taken: list[str] = []
        body = self.body()

        def lines() -> Iterator[str]:
            for text in body:
                taken.append(text)
                yield text

        reader, line = csv.reader(lines(), delimiter=self.delimiter), self.line + 1
        while True:
            taken.clear()
            try:
                row = next(reader, None)
            except csv.Error:
                return  # told by rows()
            if row is None:
                return
            here, line = line, self.line + 1 + reader.line_num
            if not any('"' in part for part in taken):
                continue
            try:
                next(csv.reader(taken, delimiter=self.delimiter, strict=True), None)
            except csv.Error as error:
                if "end of data" in str(error):
                    findings.error("PB-003", self.place(here), value=shown(taken[0].rstrip("\r\n")))
                    continue
                for number in _cells_with_text_after_quotes("".join(taken), self.delimiter):
                    column = self.columns[number] if number < len(self.columns) else None
                    cell = shown(row[number]) if number < len(row) else ""
                    tell = findings.warn if column in free else findings.error
                    tell("PB-004", self.place(here, column), value=cell)


def _cells_with_text_after_quotes(text: str, delimiter: str) -> list[int]:
    """The numbers of the cells in one row, from 0, where a closed quotation mark is followed by more text."""
    found, cell, position = [], 0, 0
    text = text.rstrip("\r\n")
    while position < len(text):
        if text[position] == '"':
            position += 1
            while position < len(text):
                if text[position] != '"':
                    position += 1
                elif text[position + 1 : position + 2] == '"':
                    position += 2
                else:
                    break
            position += 1
            if position < len(text) and text[position] != delimiter:
                found.append(cell)
        end = text.find(delimiter, position)
        if end < 0:
            break
        cell, position = cell + 1, end + 1
    return found


def decode(data: bytes, source: str, findings: Findings) -> str | None:
    """The text of a file in UTF-8, without its byte order mark; None when it is not that."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        value = shown(data[error.start : error.start + 12].decode("latin-1"))
        findings.error("PB-001", Place(source, line), byte=error.start, value=value)
        return None
    if (position := data.find(0)) >= 0:
        findings.error("PB-002", Place(source, data.count(b"\n", 0, position) + 1))
        return None
    return text.removeprefix("\ufeff")


def header_of(row: list[str]) -> tuple[str, ...]:
    """Column names without space around them; empty ones at the end stay, so that rows keep their width."""
    return tuple(cell.strip() for cell in row)


def check_columns(table: Table, needed: tuple[str, ...], findings: Findings) -> bool:
    """Whether the header can be read: every needed column there, none twice."""
    sound = True
    for column in needed:
        if column not in table.columns:
            findings.error("PB-010", table.place(table.line), section=table.name, column=column)
            sound = False
    seen: set[str] = set()
    for column in table.columns:
        if column and column in seen:
            findings.error("PB-011", table.place(table.line, shown(column)), section=table.name, column=shown(column))
            sound = False
        seen.add(column)
    return sound
