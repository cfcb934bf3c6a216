"""What stands in a cell of an office file, and one sheet of it.

A cell is a text, or one of the typed values that a workbook knows.  What a person sees is ``plain``; what may be counted is
``amounts``' and ``moments``' to say.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from borgerbudget.errors import Place
from borgerbudget.files.findings import shown
from borgerbudget.words import Text

SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u205f\u3000\t\r\n\v\f\x85\u2028\u2029"), " ") | dict.fromkeys(
    range(0x2000, 0x200B), " "
)
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Signs without width, which come along when text is copied from a page."""
_TIDY = {**SPACES, **UNSEEN}


@dataclass(frozen=True, slots=True)
class Number:
    """A typed number as the workbook holds it, to the fifteen digits that spreadsheets keep.

    ``places``: the decimals that the cell's format shows, None when as many as there are.  ``width``: digits that it shows at
    least, so that 7 with the format ``000`` is seen as 007.  ``percent``: shown as a percentage.
    """

    value: Decimal
    places: int | None = None
    width: int = 0
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A typed date, with or without a time of day."""

    value: datetime


@dataclass(frozen=True, slots=True)
class Truth:
    """TRUE or FALSE; SAND or FALSK in Danish."""

    value: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that holds no value: an ``error`` such as #REF!, a ``formula`` that was never worked out, or one that fetches
    from another workbook (``foreign``)."""

    kind: Literal["error", "formula", "foreign"]
    text: str


class Unreadable(Exception):
    """The rows end in something that is none; ``row`` is where, ``reason`` what the library says."""

    def __init__(self, row: int, reason: str) -> None:
        super().__init__(reason)
        self.row, self.reason = row, reason


Cell = str | Number | Moment | Truth | Fault
Row = tuple[int, Sequence[Cell]]
"""A row with its number as a spreadsheet shows it."""


@dataclass(frozen=True)
class Sheet:
    """One sheet, or the one table of a text file.  ``rows`` may be asked for again and again, skips what is
    empty, and raises Unreadable.

    ``hidden``: the sheet itself; ``hidden_rows`` and ``hidden_columns`` (from 0): what a filter or a person has put away.
    ``merged``: the areas (first row, last row, first column, last column) in which only the first cell holds something.
    """

    source: str
    name: str | None
    rows: Callable[[], Iterable[Row]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def place(self, row: int | None = None, column: int | None = None, heading: str | None = None) -> Place:
        """``column`` counts from 0."""
        return Place(self.source, None, heading, self.name, row, None if column is None else column_letter(column))


def column_letter(column: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def tidy(text: str) -> str:
    """Without space around it, with every kind of space as one space, in normal form C."""
    if text.isascii() and text.isprintable():
        if text.isalnum():
            return text
        return text.strip() if "  " not in text else " ".join(text.split())
    return unicodedata.normalize("NFC", " ".join(text.translate(_TIDY).split()))


def plain(cell: Cell) -> str:
    """What a person sees in the cell, near enough to quote it."""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, Number):
        return number_text(cell)
    if isinstance(cell, Moment):
        return (
            cell.value.date().isoformat() if cell.value.time() == cell.value.min.time() else cell.value.isoformat(" ")
        )
    if isinstance(cell, Truth):
        return "TRUE" if cell.value else "FALSE"
    return cell.text


def quoted(cell: Cell) -> Text:
    """The cell in quotation marks, a typed number with the decimal mark of either language."""
    said = plain(cell)
    return Text(shown(said.replace(".", ",") if isinstance(cell, Number) else said), shown(said))


def number_text(number: Number) -> str:
    """All digits with a decimal point, and zeros before them as the format shows them: ``007``, ``12500.5``."""
    text = format(number.value.normalize(), "f")
    whole, point, decimals = text.lstrip("-").partition(".")
    return ("-" if number.value < 0 else "") + whole.rjust(number.width, "0") + point + decimals


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and (not cell or (not cell[0].isalnum() and not tidy(cell)))
