"""Rows kept on disk while they are made, so that a run that was stopped goes on where it stopped.

The first line says what the rows are of (everything that decides them); each further line is a row.  Rows of something else are
never taken up, and a line that was only half written ends what is taken up.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO

from scenarios.runs.task import Row

SCHEMA = "borgerbudget.scenario-runs/1"


class Kept:
    """A file of rows; ``rows``: those that stood in it.  ``of``: what decides them."""

    def __init__(self, path: Path, of: Mapping[str, object], take_up: bool) -> None:
        self.path, self.rows = path, list[Row]()
        document = json.dumps(of, sort_keys=True, ensure_ascii=False)
        head = json.dumps({"schema": SCHEMA, "of": hashlib.sha256(document.encode()).hexdigest()})
        if take_up and path.exists():
            self.rows = _rows(path.read_bytes(), head)
        self._file: IO[bytes] = path.open("wb")
        self._file.write(f"{head}\n".encode())
        self.keep(self.rows)

    def keep(self, rows: Sequence[Row]) -> None:
        self._file.write("".join(f"{json.dumps(row)}\n" for row in rows).encode())
        self._file.flush()

    def __enter__(self) -> Kept:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def remove(self) -> None:
        """When all is done."""
        self._file.close()
        self.path.unlink(missing_ok=True)


def _rows(data: bytes, head: str) -> list[Row]:
    lines = data.split(b"\n")
    if lines[0].decode(errors="replace") != head:
        return []
    found = list[Row]()
    for line in lines[1:-1]:
        try:
            row = json.loads(line)
        except ValueError:
            break
        found.append(row)
    return found
