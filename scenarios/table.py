"""The table of an answer as files: ``table.csv`` for any program, ``table.parquet`` with types; the same rows in both.

Every row begins with what all rows share: that it is a simulation, which question, of what, with which seed and runs.  Amounts
are written in whole currency units with a decimal point (``16480.5``), in Parquet as decimal numbers with two decimals; numbers
in the shortest form that gives the same number again; what is unknown is left empty.

CSV is what the round's own folders are: UTF-8 with a byte order mark, semicolons, one LF after each row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from borgerbudget.errors import UsageError, problem
from borgerbudget.money import MINOR_UNITS, plain_amount
from scenarios import words
from scenarios.answer import Answer, Cell, Column, Kind
from scenarios.sentence import Sentence

MARK = "\ufeff"


def table_files(answer: Answer) -> dict[str, bytes]:
    """File name -> bytes.  UsageError where pyarrow is not installed."""
    return {"table.csv": csv_bytes(answer), "table.parquet": parquet_bytes(answer)}


def shared(answer: Answer) -> dict[Column, Cell]:
    """What every row begins with."""
    found: dict[tuple[str, Kind], Cell] = {
        ("simulation", "truth"): True,
        ("question", "text"): answer.question,
        ("source", "text"): answer.source,
        ("seed", "integer"): answer.seed,
        ("runs", "integer"): answer.runs,
        ("currency", "text"): answer.currency,
    }
    return {Column(name, kind, Sentence(name, name)): cell for (name, kind), cell in found.items()}


def csv_bytes(answer: Answer) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    first = shared(answer)
    columns = [*first, *answer.table.columns]
    writer.writerow([column.name for column in columns])
    for row in answer.table.rows:
        cells = zip((*first.values(), *row), columns, strict=True)
        writer.writerow([_text(cell, column.kind) for cell, column in cells])
    return (MARK + stream.getvalue()).encode()


def _text(cell: Cell, kind: Kind) -> str:
    if cell is None:
        return ""
    if kind == "amount":
        assert isinstance(cell, int)
        return plain_amount(cell)
    if kind == "number":
        return repr(float(cell))
    return str(cell).lower() if kind == "truth" else str(cell)


def parquet_bytes(answer: Answer) -> bytes:
    """The same rows with types: nothing in the file tells when it was made."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError as missing:
        raise UsageError(problem(words.PROBLEMS, "SCN-001", library=missing.name, extra="scenarios")) from None
    types: dict[Kind, Any] = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "amount": pyarrow.decimal128(38, MINOR_UNITS),
        "number": pyarrow.float64(),
        "truth": pyarrow.bool_(),
    }
    first = shared(answer)
    arrays, fields = [], []
    for column, cells in (
        *((column, [cell] * len(answer.table.rows)) for column, cell in first.items()),
        *zip(answer.table.columns, _by_column(answer), strict=True),
    ):
        kind = types[column.kind]
        values = [_decimal(cell) for cell in cells] if column.kind == "amount" else list(cells)
        arrays.append(pyarrow.array(values, kind))
        fields.append(pyarrow.field(column.name, kind))
    stream = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(fields)), stream)
    return stream.getvalue()


def _by_column(answer: Answer) -> Iterator[Sequence[Cell]]:
    return ([row[place] for row in answer.table.rows] for place in range(len(answer.table.columns)))


def _decimal(amount: Cell) -> Decimal | None:
    return None if amount is None else Decimal(amount).scaleb(-MINOR_UNITS)
