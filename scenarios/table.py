"""An answer's table as CSV and as Parquet: the same rows, tidy, with what they were made with in the first columns.

Amounts are decimal numbers in whole currency units; a number has at most nine significant digits, so that the same answer gives
the same bytes whatever made it.  In Parquet amounts are decimals with two places and what is empty is null.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

from borgerbudget.errors import UsageError, problem
from borgerbudget.money import MINOR_UNITS, plain_amount
from scenarios.answer import Answer, Cell, Column, Table
from scenarios.sentence import Sentence
from scenarios.words import PROBLEMS

MARK = "SIMULATION"


def whole_table(answer: Answer) -> Table:
    """With source, seed and number of runs in every row."""
    made = [("simulation", "text", MARK), ("source", "text", answer.source)]
    drawn = [("seed", "integer", answer.seed), ("runs", "integer", answer.runs)]
    shared = [*made, *(one for one in drawn if one[2] is not None)]
    columns = [Column(name, kind, Sentence(name, name)) for name, kind, _ in shared]  # type: ignore[arg-type]
    cells = tuple(value for _, _, value in shared)
    return Table((*columns, *answer.table.columns), tuple((*cells, *row) for row in answer.table.rows))


def csv_bytes(answer: Answer) -> bytes:
    table, out = whole_table(answer), io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(
        [[cell_text(c, column) for c, column in zip(row, table.columns, strict=True)] for row in table.rows]
    )
    return out.getvalue().encode()


def cell_text(cell: Cell, column: Column) -> str:
    if cell is None:
        return ""
    if column.kind == "amount":
        return plain_amount(int(cell))
    if column.kind == "number":
        return number_text(float(cell))
    if column.kind == "truth":
        return "true" if cell else "false"
    return str(cell)


def number_text(number: float) -> str:
    return f"{number:.9g}"


def parquet_bytes(answer: Answer) -> bytes:
    """UsageError where pyarrow is not installed."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError:
        raise UsageError(problem(PROBLEMS, "SCN-001", library="pyarrow", extra="scenarios")) from None
    table = whole_table(answer)
    kinds: dict[str, Any] = {
        "text": pyarrow.string(), "integer": pyarrow.int64(), "amount": pyarrow.decimal128(18, MINOR_UNITS),
        "number": pyarrow.float64(), "truth": pyarrow.bool_(),
    }  # fmt: skip
    schema = pyarrow.schema([(column.name, kinds[column.kind]) for column in table.columns])
    columns = [[_value(row[i], column) for row in table.rows] for i, column in enumerate(table.columns)]
    arrays = [pyarrow.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    sink = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.table(arrays, schema=schema), sink)
    found: bytes = sink.getvalue().to_pybytes()
    return found


def _value(cell: Cell, column: Column) -> object:
    if cell is None:
        return None
    if column.kind == "amount":
        return Decimal(int(cell)).scaleb(-MINOR_UNITS)
    if column.kind == "number":
        return float(number_text(float(cell)))
    return str(cell) if column.kind == "text" else cell
