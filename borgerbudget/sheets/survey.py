"""What lies in a workbook's file before any of it is trusted: its parts, their sizes, and what its reader leaves out.

An ``.xlsx`` is a zip of XML.  The limits are on what it says it unpacks to, and ``zipfile`` gives no more than that; an XML part
with a document type could make much out of little, and is refused.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

MOST_PARTS = 5_000
MOST_UNPACKED = 1 << 29
MOST_STRINGS = 1 << 27
"""Bytes: of all parts together, and of the shared texts, which are held in memory."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MOST_CELLS = 20_000_000
"""Cells of a sheet, each row as wide as its last cell says."""
BLOCK = 1 << 18
STRINGS = "xl/sharedStrings.xml"
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_FOREIGN = re.compile(r"\[[^\]]+\][^!]*!")
"""``[1]Ark1!B2``: from another workbook.  (``Tabel1[Beløb]`` is of this one and has no sheet after it.)"""


class Unfit(Exception):
    """The file is not such a workbook; ``code`` of the catalogue, with its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass
class Survey:
    """Of one sheet: rows and columns (from 0) that are hidden, merged areas, and formulas by (row, column).

    ``unworked``: formulas without a value; ``foreign``: those that fetch from another workbook.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    unworked: dict[tuple[int, int], str] = field(default_factory=dict)
    foreign: dict[tuple[int, int], str] = field(default_factory=dict)


def check_parts(archive: zipfile.ZipFile) -> None:
    """Raises Unfit for a file that is too large, encrypted, has macros, or has XML with a document type."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(names) < len(parts):
        raise Unfit("IMP-012", reason="two parts have one name")
    unpacked = sum(part.file_size for part in parts)
    strings = sum(part.file_size for part in parts if part.filename == STRINGS)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or strings > MOST_STRINGS:
        raise Unfit("IMP-011", size=unpacked >> 20, most=MOST_UNPACKED >> 20)
    if any(part.flag_bits & 1 for part in parts):
        raise Unfit("IMP-013")
    if "[Content_Types].xml" not in names:
        raise Unfit("IMP-010")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unfit("IMP-014")
    if any(name.lower().endswith(".bin") and "worksheets/" in name.lower() for name in names):
        raise Unfit("IMP-010")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _parse(archive, part.filename, expat.ParserCreate())


def survey(archive: zipfile.ZipFile, name: str) -> Survey:
    """What ``openpyxl`` does not tell of a sheet when it reads row by row."""
    found = Survey()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    row, column, cells, formula, value, inside = 0, -1, 0, False, False, False
    text: list[str] = []
    listening = False

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal row, column, cells, formula, value, inside, listening
        tag = tag.rpartition(":")[2]
        if tag == "c":
            column, formula = _column(attributes.get("r"), row, column), False
            value = attributes.get("t") == "str"  # which may be empty
        elif tag == "f":
            formula, listening = True, True
            text.clear()
        elif tag in ("v", "is"):
            inside = True
        elif tag == "row":
            cells += column + 1
            if cells > MOST_CELLS:
                raise Unfit("IMP-016", most=MOST_CELLS)
            row, column = _row(attributes.get("r"), row), -1
            if attributes.get("hidden") in ("1", "true"):
                found.hidden_rows.add(row)
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = _whole(attributes.get("min")), _whole(attributes.get("max"))
            if 0 < first <= last <= LAST_COLUMN:
                found.hidden_columns.update(range(first - 1, last))
        elif tag == "mergeCell":
            found.merged.append(_area(attributes.get("ref", "")))

    def end(tag: str) -> None:
        nonlocal listening, inside
        tag = tag.rpartition(":")[2]
        if tag == "f":
            listening = False
        elif tag in ("v", "is"):
            inside = False
        elif tag == "c" and formula:
            written = "=" + "".join(text)[:200]
            if not value:
                found.unworked[row, column] = written
            elif _FOREIGN.search(written):
                found.foreign[row, column] = written

    def characters(data: str) -> None:
        nonlocal value
        value = value or inside
        if listening:
            text.append(data)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    _parse(archive, name, parser)
    return found


def _parse(archive: zipfile.ZipFile, name: str, parser: expat.XMLParserType) -> None:
    def refuse(*_: object) -> None:
        raise Unfit("IMP-015", part=name)

    parser.StartDoctypeDeclHandler = refuse
    try:
        with archive.open(name) as part:
            _feed(part, parser)
    except (
        expat.ExpatError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        ValueError,
    ) as error:
        raise Unfit("IMP-012", reason=f"{name}: {error}") from None


def _feed(part: IO[bytes], parser: expat.XMLParserType) -> None:
    while block := part.read(BLOCK):
        parser.Parse(block, False)
    parser.Parse(b"", True)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1


def _row(text: str | None, before: int) -> int:
    row = before + 1 if text is None else _whole(text)
    if not before < row <= LAST_ROW:  # the library leaves out what comes out of order
        raise ValueError(f"row {text!r}")
    return row


def _column(reference: str | None, row: int, before: int) -> int:
    """The column (from 0) of a cell's reference; the next one where it has none."""
    if reference is None:
        column = before + 1
    else:
        at_row, column = _reference(reference)
        if at_row != row:
            raise ValueError(f"cell {reference!r} in row {row}")
    if not before < column < LAST_COLUMN:
        raise ValueError(f"cell {reference!r}")
    return column


def _reference(text: str) -> tuple[int, int]:
    match = _CELL.fullmatch(text.replace("$", "").upper())
    if match is None:
        raise ValueError(f"cell {text[:20]!r}")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column - 1


def _area(text: str) -> tuple[int, int, int, int]:
    first, _, last = text.partition(":")
    (top, left), (bottom, right) = _reference(first), _reference(last or first)
    return top, bottom, left, right
