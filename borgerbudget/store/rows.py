"""What binds a row: its digest in an event, or its seal under the key that lies outside the database.

    digest = SHA-256("bb/row/1\\n" row)                   (1)
    seal   = HMAC-SHA-256(key, "bb/seal/1\\n" row)        (2)

``row`` is one line of JSON: table, and each column with its value in the order of their names, bytes as ``{"hex": ...}``; the
seal column itself is left out.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from json.encoder import encode_basestring as _text
from typing import Any, NamedTuple, cast

from sqlalchemy import Table

Row = Mapping[str, Any]
Columns = Mapping[str, Sequence[Any]]
"""Many rows: each column's values, all in one order."""


def row_key(table: Table, row: Row) -> str:
    """The row's primary key as one text."""
    shape = _shape(table)
    return shape.key % tuple([_cell(row[name]) for name in shape.key_names])


def row_digest(table: Table, row: Row) -> str:
    return hashlib.sha256(b"bb/row/1\n" + _line(table, row)).hexdigest()  # (1)


def row_seal(key: bytes, table: Table, row: Row) -> str:
    return hmac.digest(key, b"bb/seal/1\n" + _line(table, row), "sha256").hex()  # (2)


def row_keys_and_digests(table: Table, columns: Columns) -> tuple[list[str], list[str]]:
    """``row_key`` and ``row_digest`` of many."""
    shape = _shape(table)
    cells = {name: _cells(values) for name, values in columns.items()}
    keys = list(map(shape.key.__mod__, zip(*[cells[name] for name in shape.key_names], strict=True)))
    return keys, [hashlib.sha256(b"bb/row/1\n" + line).hexdigest() for line in _lines(shape, cells)]  # (1)


def row_seals(key: bytes, table: Table, columns: Columns) -> list[str]:
    """``row_seal`` of many."""
    shape = _shape(table)
    cells = {name: _cells(columns[name]) for name in shape.names}
    return [hmac.digest(key, b"bb/seal/1\n" + line, "sha256").hex() for line in _lines(shape, cells)]  # (2)


class _Shape(NamedTuple):
    """How the rows of a table are written: the columns of the key and the text that their cells go into; the same of the line."""

    key_names: tuple[str, ...]
    key: str
    names: tuple[str, ...]
    line: str


@cache
def _shape(table: Table) -> _Shape:
    names = sorted(column.name for column in table.columns if column.name != "seal")
    key_names = tuple(column.name for column in table.primary_key)
    line = f"[{_text(table.name)},{{{','.join(f'{_text(name)}:%s' for name in names)}}}]"
    return _Shape(key_names, f"[{','.join('%s' for _ in key_names)}]", tuple(names), line)


def _line(table: Table, row: Row) -> bytes:
    """As ``json.dumps`` writes it with sorted keys and no spaces."""
    shape = _shape(table)
    return (shape.line % tuple([_cell(row[name]) for name in shape.names])).encode("utf-8", "surrogatepass")


def _lines(shape: _Shape, cells: Mapping[str, list[str]]) -> Iterator[bytes]:
    """``_line`` of a hundred thousand rows at a time, a column after the other."""
    rows = zip(*[cells[name] for name in shape.names], strict=True)
    return (line.encode("utf-8", "surrogatepass") for line in map(shape.line.__mod__, rows))


def _cells(values: Sequence[Any]) -> list[str]:
    try:
        return list(map(_text, values))
    except TypeError:  # not texts, or not all of them
        return list(map(_cell, values))


def _cell(value: object) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (bytes, memoryview)):
        return f'{{"hex":"{bytes(value).hex()}"}}'
    return "null" if value is None else str(int(cast(int, value)))
