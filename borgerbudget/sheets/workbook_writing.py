"""A table of proposals as an Excel workbook, to be changed there and read again as the same.

Texts are texts, whatever they begin with: nothing in a cell is a formula, also after somebody has edited it (``quotePrefix``).
Amounts are numbers that Excel shows as people write them in its own language; beyond the fifteen digits that it keeps they are
texts.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from borgerbudget.errors import Place, UsageError, problem
from borgerbudget.money import ONE_UNIT
from borgerbudget.sheets.headings import Wanted
from borgerbudget.sheets.words import PROBLEMS
from borgerbudget.sheets.writing import table_text, told_columns
from borgerbudget.words import Language, Text

LONGEST = 32_767
"""Characters of a cell in Excel, which would cut off the rest."""
MOST_DIGITS = 10**15
SHEET = Text("Forslag", "Proposals")
WIDTHS = {"title": 40, "summary": 60}


def write_workbook(wanted: Sequence[Wanted], rows: Iterable[Mapping[str, object]], language: Language) -> bytes:
    """The columns of ``writing.write_table``.  UsageError for a text that no cell can hold."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    rows = list(rows)
    kept = told_columns(wanted, rows)
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = SHEET.say(language)
    page.freeze_panes = "A2"
    for column, one in enumerate(kept, 1):
        heading = page.cell(1, column, one.names[0 if language == "da" else 1].capitalize())
        heading.font = Font(bold=True)
        page.column_dimensions[heading.column_letter].width = WIDTHS.get(one.key, 16)
        for number, row in enumerate(rows, 2):
            _fill(page.cell(number, column), row.get(one.key))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(cell: Any, value: object) -> None:
    if isinstance(value, int) and abs(value) < MOST_DIGITS:
        cell.value, cell.number_format = Decimal(value) / ONE_UNIT, "#,##0.00"
        return
    text = table_text(value)
    if len(text) > LONGEST:
        raise UsageError(
            problem(PROBLEMS, "IMP-088", Place(None, row=cell.row, letter=cell.column_letter), most=LONGEST)
        )
    if text:
        cell.value = text
        cell.data_type, cell.number_format, cell.quotePrefix = "s", "@", True
