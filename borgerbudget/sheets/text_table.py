"""A table of text: cells between ``;``, ``,`` or tabs.

Which of the three it is follows from the headings, never from the data: the one under which the headings that are needed are
found.  A first line ``sep=;`` says it outright, as Excel takes it.  Rows are counted as a spreadsheet counts them when it opens
the file: a cell in quotation marks may run over several lines.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from borgerbudget.files.guarding import unguard
from borgerbudget.sheets.cells import Row, Sheet, Unreadable

SEPARATORS = (";", ",", "\t")
AT_ONCE = 1 << 16
"""Characters."""
_DECLARED = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


def text_sheets(text: str, source: str) -> tuple[Sheet, ...]:
    """The table under each separator that it may have."""
    declared = _DECLARED.match(text)
    start = declared.end() if declared else 0
    return tuple(_sheet(text, start, source, mark) for mark in ([declared[1]] if declared else SEPARATORS))


def _sheet(text: str, start: int, source: str, separator: str) -> Sheet:
    guarded = "'" in text

    def rows() -> Iterator[Row]:
        number = 0
        try:
            for number, cells in enumerate(csv.reader(_lines(text, start), delimiter=separator, strict=True), 1):
                if any(cells):
                    yield number, [unguard(cell) for cell in cells] if guarded else cells
        except csv.Error as error:
            raise Unreadable(number + 1, str(error)) from None

    return Sheet(source, None, rows)


def _lines(text: str, start: int) -> Iterator[str]:
    """With their ends (LF, CR or both), a part of the text after the other."""
    while start < len(text):
        end = text.find("\n", start + AT_ONCE) + 1 or len(text)
        yield from io.StringIO(text[start:end], newline="")
        start = end
