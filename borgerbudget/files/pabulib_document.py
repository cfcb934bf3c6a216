"""The .pb format as text: three sections META, PROJECTS and VOTES, each a title, a header and rows.

Cells are separated by ``;`` and quoted as in CSV.  What the cells mean is read in ``pabulib.py``.
The format: Faliszewski, Flis, Peters, Pierczyński, Skowron, Stolicki, Szufa, Talmon: Participatory Budgeting: Data,
Tools, and Analysis, IJCAI 2023, and pabulib.org/format.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from borgerbudget.errors import Place
from borgerbudget.files.findings import Findings, shown
from borgerbudget.files.table import Table, check_columns, decode, header_of
from borgerbudget.frozen import frozen

NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}
)
"""The sections in their order, each with the columns that it cannot do without."""
FIRST_KEYS = frozenset({"description", "country", "unit", "budget"})
"""META keys that show, where the column names should stand, that they were left out (29 of 805 older real files)."""
COUNTED_COLUMNS = frozenset({"key", "value", "project_id", "cost", "min_cost", "voter_id", "vote", "points"})
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_TO_QUOTE = re.compile(r'[;"\r\n]')


@frozen
class Section:
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@frozen
class Document:
    """All that a .pb file says, cell by cell, with nothing interpreted and nothing left out."""

    meta: Section
    projects: Section
    votes: Section

    def value(self, key: str) -> str | None:
        """The first value of a META key."""
        return next((row[1].strip() for row in self.meta.rows if row[0].strip() == key), None)


def read_document(data: bytes, source: str) -> Document:
    """The cells of a .pb file.  Raises InputRejected with every fault in the text's structure."""
    findings = Findings()
    tables = scan(data, source, findings)
    if tables is not None:
        check_quotes(tables.values(), findings)
        sections = [Section(t.columns, tuple(tuple(row) for _, row in t.rows(findings))) for t in tables.values()]
        findings.raise_if_failed()
        return Document(*sections)
    findings.raise_if_failed()
    raise AssertionError("a file without tables has an error")


def write_document(document: Document) -> bytes:
    """The .pb file with these cells: UTF-8 without a byte order mark, lines ended by LF."""
    parts: list[str] = []
    for title, section in zip(NEEDED, (document.meta, document.projects, document.votes), strict=True):
        parts.append(title)
        parts += table_lines(section)
    return ("\n".join(parts) + "\n").encode()


def table_lines(section: Section) -> list[str]:
    """The header and the rows of a section as lines of text."""
    return [
        ";".join(map(_cell, row)) if _TO_QUOTE.search("".join(row)) else ";".join(row)
        for row in (section.columns, *section.rows)
    ]


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text


def check_quotes(tables: Iterable[Table], findings: Findings, counted: frozenset[str] = COUNTED_COLUMNS) -> None:
    """Reports doubtful quotation marks in those tables that have any: errors in the columns that are ``counted``."""
    for table in tables:
        if '"' not in table.text[table.start : table.end]:
            continue
        try:
            for _ in table.strict_rows():
                pass
        except csv.Error:
            table.check_quotes(findings, frozenset(table.columns) - counted)


def scan(data: bytes, source: str, findings: Findings) -> dict[str, Table] | None:
    """The three tables; None, with the reasons among the findings, when they cannot be told apart."""
    text = decode(data, source, findings)
    if text is None:
        return None
    starts = _sections(text, source, findings)
    tables: dict[str, Table] = {}
    sound = True
    for title, needed in NEEDED.items():
        if title not in starts:
            findings.error("PB-007", Place(source), section=title)
            sound = False
            continue
        title_line, header_line, row, header_start, start, end = starts[title]
        expected = ";".join(needed)
        if not row:
            findings.error("PB-009", Place(source, title_line), section=title, value="-", expected=expected)
            sound = False
            continue
        if title == "META" and len(row) == 2 and row[0].strip() in FIRST_KEYS:
            findings.warn("PB-015", Place(source, header_line))
            row, start, header_line = list(needed), header_start, header_line - 1
        table = Table(title, source, header_of(row), text, start, end, header_line, titles=frozenset(NEEDED))
        header = replace(table, start=header_start, end=start, line=title_line)
        check_quotes([header], findings)  # one left open has swallowed rows
        if table.columns[0] != needed[0]:
            value = shown(";".join(row[:20]))
            findings.error("PB-009", table.place(header_line), section=title, value=value, expected=expected)
            sound = False
        elif check_columns(table, needed, findings):
            tables[title] = table
        else:
            sound = False
    if not sound:  # the cause may be a quotation mark that swallows a title
        check_quotes([Table("", source, (), text, 0, len(text), 0)], findings)
    return tables if sound else None


_Start = tuple[int, int, list[str], int, int, int]
"""Line of the title, line that the header ends on, header, where it starts, where the rows start and end in the text."""


def _sections(text: str, source: str, findings: Findings) -> dict[str, _Start]:
    """Where each section stands.  Once all three are there, the rows of the last are not looked at."""
    taken = 0

    def lines() -> Iterator[str]:
        nonlocal taken
        for match in _LINE.finditer(text):
            taken = match.end()
            yield match[0]

    reader = csv.reader(lines(), delimiter=";")
    order = list(NEEDED)
    found: dict[str, _Start] = {}
    open_title: str | None = None
    stray = False
    position, line = 0, 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            findings.error("PB-005", Place(source, line), reason=error)
            break
        if row is None:
            break
        before, position = position, taken
        here, line = line, reader.line_num + 1
        title = row[0].strip().upper() if row else ""
        if title in NEEDED and not "".join(row[1:]).strip():
            if open_title is not None:
                found[open_title] = (*found[open_title][:5], before)
            open_title = None
            if title in found or any(later in found for later in order[order.index(title) + 1 :]):
                findings.error("PB-008", Place(source, here), section=title)
            if title not in found:
                found[title] = (here, here, [], position, position, len(text))
                open_title = title
        elif (open_title is not None and found[open_title][2]) or not "".join(row).strip():
            continue  # a row, which is read later, or a blank line
        elif open_title is None:
            if not found and not stray:
                stray = True
                findings.error("PB-006", Place(source, here), value=shown(";".join(row[:20])))
        else:
            found[open_title] = (found[open_title][0], line - 1, row, before, position, len(text))
            if list(found) == order:
                break
    return found
