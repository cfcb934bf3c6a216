"""What binds a row: its digest in an event, or its seal under the key that lies outside the database.

    digest = SHA-256("bb/row/1\\n" row)                   (1)
    seal   = HMAC-SHA-256(key, "bb/seal/1\\n" row)        (2)

``row`` is one line of JSON: table, and each column with its value in the order of their names, bytes as ``{"hex": ...}``; the
seal column itself is left out.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from functools import cache
from json.encoder import encode_basestring as _text
from typing import Any, NamedTuple, cast

from sqlalchemy import Table

Row = Mapping[str, Any]


def row_key(table: Table, row: Row) -> str:
    """The row's primary key as one text."""
    return "[" + ",".join([_cell(row[name]) for name in _shape(table).key]) + "]"


def row_digest(table: Table, row: Row) -> str:
    return hashlib.sha256(b"bb/row/1\n" + _line(table, row)).hexdigest()  # (1)


def row_seal(key: bytes, table: Table, row: Row) -> str:
    return hmac.digest(key, b"bb/seal/1\n" + _line(table, row), "sha256").hex()  # (2)


class _Shape(NamedTuple):
    """How the rows of a table are written: the names of the key; what stands before each cell of the line, and whose it is."""

    key: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]


@cache
def _shape(table: Table) -> _Shape:
    names = sorted(column.name for column in table.columns if column.name != "seal")
    before = [f"{',' if at else f'[{_text(table.name)},{{'}{_text(name)}:" for at, name in enumerate(names)]
    return _Shape(tuple(column.name for column in table.primary_key), tuple(zip(before, names, strict=True)))


def _line(table: Table, row: Row) -> bytes:
    """As ``json.dumps`` writes it with sorted keys and no spaces; a table is imported a hundred thousand rows at a time."""
    line = "".join([before + _cell(row[name]) for before, name in _shape(table).cells]) + "}]"
    return line.encode("utf-8", "surrogatepass")


def _cell(value: object) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (bytes, memoryview)):
        return f'{{"hex":"{bytes(value).hex()}"}}'
    return "null" if value is None else str(int(cast(int, value)))
