"""A round as a folder of CSV: round.csv (key;value), proposals.csv and ballots.csv.

The same keys and columns as a .pb file's META, PROJECTS and VOTES.  Cells are separated by ``;`` or by ``,``: each
file's header line decides.  The round is named by the SHA-256 of the lines ``sha256  name`` of the three files in
order of their names, which ``sha256sum ballots.csv proposals.csv round.csv | sha256sum`` prints as well.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from borgerbudget.errors import Place
from borgerbudget.files.findings import Findings, shown
from borgerbudget.files.guarding import guard
from borgerbudget.files.lines import Lines
from borgerbudget.files.pabulib import election_of
from borgerbudget.files.pabulib_document import NEEDED, Document, Section, check_quotes, table_lines
from borgerbudget.files.reading import Reading
from borgerbudget.files.table import Table, check_columns, decode, header_of
from borgerbudget.files.tidy import AMOUNTS, LISTS

COSTS = frozenset({"cost", "min_cost"})
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
FOLDER_FILES: Mapping[str, str] = MappingProxyType(
    {"round.csv": "META", "proposals.csv": "PROJECTS", "ballots.csv": "VOTES"}
)
"""The files and the sections that they hold."""


def read_folder(files: Mapping[str, bytes], source: str) -> Reading:
    """The election of the three files, given by name.  Raises InputRejected with all problems."""
    return _read_plainly(files, source) or _read_strictly(files, source)


def _read_strictly(files: Mapping[str, bytes], source: str) -> Reading:
    findings = Findings()
    tables = _tables(files, source, findings)
    reading = None if tables is None else election_of(tables, lambda: _name(files), findings)
    findings.raise_if_failed()
    assert reading is not None, "nothing was read and nothing reported"
    return reading


def _read_plainly(files: Mapping[str, bytes], source: str) -> Reading | None:
    """The election; None when something is an error, or the votes are not plain."""
    header, line_end, _ = files.get("ballots.csv", b"").partition(b"\n")
    if not line_end or b'"' in header:
        return None
    findings = Findings()
    tables = _tables({**files, "ballots.csv": header + line_end}, source, findings)
    if tables is None or tables["VOTES"].start < tables["VOTES"].end:
        return None
    stream = io.BytesIO(files["ballots.csv"])
    stream.seek(len(header) + 1)
    return election_of(tables, lambda: _name(files), findings, Lines(stream))


def _name(files: Mapping[str, bytes]) -> str:
    """The SHA-256 of the lines that ``sha256sum`` prints for the files."""
    listed = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(FOLDER_FILES))
    return hashlib.sha256(listed.encode()).hexdigest()


def folder_document(files: Mapping[str, bytes], source: str) -> Document:
    """The cells of the three files.  Raises InputRejected with every fault in their structure."""
    findings = Findings()
    tables = _tables(files, source, findings)
    sections = []
    if tables is not None:
        check_quotes(tables.values(), findings)
        sections = [Section(t.columns, tuple(tuple(row) for _, row in t.rows(findings))) for t in tables.values()]
    findings.raise_if_failed()
    return Document(*sections)


def write_folder(document: Document, excel: bool = False) -> dict[str, bytes]:
    """The three files with these cells: semicolons, UTF-8 with a byte order mark (for spreadsheets), LF.

    ``excel``: as a Danish Excel opens them without changing anything: CRLF, a comma before decimals, a space in lists.  No cell
    begins as a formula does (``guarding``).  Read again, it is the same round.
    """
    sections = (document.meta, document.projects, document.votes)
    end = "\r\n" if excel else "\n"
    return {
        name: ("\ufeff" + end.join(table_lines(_guarded(_for_excel(section) if excel else section))) + end).encode()
        for name, section in zip(FOLDER_FILES, sections, strict=True)
    }


def _guarded(section: Section) -> Section:
    return Section(section.columns, tuple(tuple(map(guard, row)) for row in section.rows))


def _for_excel(section: Section) -> Section:
    """Amounts with a decimal comma and lists with a space: ``3,10`` would become the number 3,1 and ``1.5`` the first of May."""
    facts = section.columns[:2] == ("key", "value")

    def cell(name: str, text: str, key: str) -> str:
        if name in LISTS:
            return ", ".join(part.strip() for part in text.split(","))
        if (name in COSTS or (facts and name == "value" and key in AMOUNTS)) and _NUMBER.fullmatch(text):
            return text.replace(".", ",")
        return text

    named = [[*zip(section.columns, row, strict=False)] for row in section.rows]
    return Section(section.columns, tuple(tuple(cell(*pair, row[0][1]) for pair in row) for row in named))


def _tables(files: Mapping[str, bytes], source: str, findings: Findings) -> dict[str, Table] | None:
    tables = {}
    for name, title in FOLDER_FILES.items():
        place = f"{source}/{name}"
        if name not in files:
            findings.error("FI-003", Place(source), name=name)
        elif (text := decode(files[name], place, findings)) is not None:
            table = _table(text, title, place, findings)
            if table is not None:
                tables[title] = table
    return tables if len(tables) == len(FOLDER_FILES) else None


def _table(text: str, title: str, source: str, findings: Findings) -> Table | None:
    needed = NEEDED[title]
    body = io.StringIO(text, newline="")
    first = body.readline()
    delimiter = ";" if ";" in first else ","
    if "\t" in first and delimiter not in first:
        findings.error("PB-016", Place(source, 1))
        return None
    body.seek(0)
    reader = csv.reader(body, delimiter=delimiter)
    try:
        header = header_of(next(reader, []))
    except csv.Error as error:
        findings.error("PB-005", Place(source, 1), reason=error)
        return None
    table = Table(title, source, header, text, body.tell(), len(text), reader.line_num, delimiter, guarded="'" in text)
    if not any(header):
        value = shown(first.strip())
        findings.error("PB-009", table.place(1), section=title, value=value, expected=";".join(needed))
        return None
    check_quotes([replace(table, start=0, end=table.start, line=0)], findings)  # one left open has swallowed rows
    return table if check_columns(table, needed, findings) else None
