"""Tables written so that they can be read again: by ``proposals`` and ``voters``, and by the spreadsheet between."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from borgerbudget.files.guarding import guard
from borgerbudget.money import plain_amount
from borgerbudget.sheets.headings import Wanted
from borgerbudget.words import Language


def write_table(
    wanted: Sequence[Wanted], rows: Iterable[Mapping[str, object]], language: Language, excel: bool
) -> bytes:
    """A column for each of ``wanted`` that some row says something of, under its Danish or English name.

    Whole numbers are amounts in minor units, and are written with a decimal comma whatever the language, as they are read
    when nothing else is declared.  ``excel``: a byte order mark and CRLF, for a Danish Excel.
    """
    rows = list(rows)
    kept = told_columns(wanted, rows)
    body = io.StringIO(newline="")
    writer = csv.writer(body, delimiter=";", lineterminator="\r\n" if excel else "\n")
    writer.writerow([one.names[0 if language == "da" else 1].capitalize() for one in kept])
    writer.writerows([guard(table_text(row.get(one.key))) for one in kept] for row in rows)
    return body.getvalue().encode("utf-8-sig" if excel else "utf-8")


def told_columns(wanted: Sequence[Wanted], rows: Sequence[Mapping[str, object]]) -> list[Wanted]:
    """Those that are needed, or that some row says something of."""
    return [one for one in wanted if one.needed or any(table_text(row.get(one.key)) for row in rows)]


def table_text(value: object) -> str:
    """As it stands in a cell."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return plain_amount(value).replace(".", ",") if isinstance(value, int) else str(value or "")
