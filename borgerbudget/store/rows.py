"""What binds a row: its digest in an event, or its seal under the key that lies outside the database.

    digest = SHA-256("bb/row/1\\n" row)                   (1)
    seal   = HMAC-SHA-256(key, "bb/seal/1\\n" row)        (2)

``row`` is one line of JSON: table, and each column with its value in the order of their names, bytes as ``{"hex": ...}``; the
seal column itself is left out.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table

Row = Mapping[str, Any]


def row_key(table: Table, row: Row) -> str:
    """The row's primary key as one text."""
    return json.dumps([row[column.name] for column in table.primary_key], ensure_ascii=False, separators=(",", ":"))


def row_digest(table: Table, row: Row) -> str:
    return hashlib.sha256(b"bb/row/1\n" + _line(table, row)).hexdigest()  # (1)


def row_seal(key: bytes, table: Table, row: Row) -> str:
    return hmac.new(key, b"bb/seal/1\n" + _line(table, row), "sha256").hexdigest()  # (2)


def _line(table: Table, row: Row) -> bytes:
    cells = {column.name: _cell(row[column.name]) for column in table.columns if column.name != "seal"}
    return json.dumps([table.name, cells], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def _cell(value: object) -> object:
    return {"hex": bytes(value).hex()} if isinstance(value, (bytes, memoryview)) else value
