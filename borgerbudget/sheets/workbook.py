"""An Excel workbook (.xlsx) as sheets of typed cells, read by openpyxl row by row.

What openpyxl leaves out when it reads so (hidden rows, merged areas, formulas without a value) comes from ``survey``, which also
looks whether the file is fit to be read at all.  Macros are refused, formulas are read as the values that were saved with
them, and nothing that a workbook links to is ever opened.
"""

from __future__ import annotations

import contextlib
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from functools import lru_cache
from math import isfinite
from typing import Any

from borgerbudget.errors import Place
from borgerbudget.files.findings import Findings
from borgerbudget.sheets.cells import Cell, Fault, Moment, Number, Row, Sheet, Truth, Unreadable
from borgerbudget.sheets.survey import Survey, Unfit, check_parts, survey

DIGITS = Context(prec=15)
"""What a spreadsheet keeps: 0.1 + 0.2 is stored as 0.30000000000000004 and seen as 0.3."""
_SECTION = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
"""What stands in a number format for itself: texts, colours, fillings."""


def read_workbook(data: bytes, source: str, findings: Findings) -> tuple[Sheet, ...]:
    """The sheets in their order; none after an error."""
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(None):  # it prints what it thinks of styles
            warnings.simplefilter("ignore")
            return _sheets(data, source)
    except Unfit as error:
        findings.error(error.code, Place(source), **error.values)
    except Exception as error:  # the library raises whatever it stumbles over
        findings.error("IMP-012", Place(source), reason=f"{type(error).__name__}: {error}"[:200])
    return ()


def _sheets(data: bytes, source: str) -> tuple[Sheet, ...]:
    from openpyxl import load_workbook

    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unfit("IMP-012", reason=str(error)[:200]) from None
    check_parts(archive)
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    if not book.worksheets:
        raise Unfit("IMP-001")
    sheets = []
    for page in book.worksheets:
        page.reset_dimensions()  # what the file says about its size need not be so
        seen = survey(archive, page._worksheet_path)
        sheets.append(_sheet(page, source, seen))
    return tuple(sheets)


def _sheet(page: Any, source: str, seen: Survey) -> Sheet:
    faults = {at: Fault("formula", text) for at, text in seen.unworked.items()}
    faults |= {at: Fault("foreign", text) for at, text in seen.foreign.items()}
    at_row: dict[int, list[int]] = {}
    for row, column in faults:
        at_row.setdefault(row, []).append(column)

    def rows() -> Iterator[Row]:
        number = 0
        try:
            for number, cells in enumerate(quietly(page.iter_rows()), 1):
                found = [_cell(cell) for cell in cells]
                for column in at_row.get(number, ()):
                    found += [""] * (column + 1 - len(found))
                    found[column] = faults[number, column]
                if any(cell != "" for cell in found):
                    yield number, found
        except Exception as error:  # the library raises whatever it stumbles over
            raise Unreadable(number + 1, f"{type(error).__name__}: {error}"[:200]) from None

    return Sheet(
        source, page.title, rows, page.sheet_state != "visible", frozenset(seen.hidden_rows),
        frozenset(seen.hidden_columns), tuple(seen.merged),
    )  # fmt: skip


def quietly(rows: Iterator[Any]) -> Iterator[Any]:
    """The library warns of what it leaves out (rules for colours, drop-down lists): nothing of that is read here."""
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            row = next(rows, None)
        if row is None:
            return
        yield row


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return Truth(value)
    if isinstance(value, float) and not isfinite(value):
        return Fault("error", str(value))
    if isinstance(value, (int, float)):
        places, width, percent = _format(cell.number_format or "General")
        return Number(exact(value), places, width, percent)
    if isinstance(value, datetime):
        return Moment(value.replace(tzinfo=None))
    if isinstance(value, date):
        return Moment(datetime.combine(value, time()))
    if isinstance(value, (time, timedelta)):
        return Fault("error", str(value))
    return Fault("error", str(value)) if cell.data_type == "e" else str(value)


def exact(value: int | float) -> Decimal:
    """The number with the fifteen digits that a spreadsheet keeps."""
    return DIGITS.create_decimal(repr(value)) + 0 if isinstance(value, float) else Decimal(value)


@lru_cache(maxsize=1000)
def _format(code: str) -> tuple[int | None, int, bool]:
    """How many decimals a number format shows (None: all), how many digits at least, and whether as a percentage."""
    positive = _SECTION.sub("", code.split(";")[0])
    if "general" in positive.lower() or not re.search("[0#?]", positive) or re.search("[Ee/@]", positive):
        return None, 0, False
    whole, _, decimals = positive.partition(".")
    digits = re.sub("[^0#?]", "", whole)
    width = len(digits) - len(digits.lstrip("#?")) if digits else 0
    zeros = len(digits) - width
    thousands = len(whole) - len(whole.rstrip(","))  # ``0,`` shows thousands only
    return (0 if thousands else len(re.sub("[^0#?]", "", decimals))), zeros if zeros > 1 else 0, "%" in positive
