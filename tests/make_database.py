"""Writes ``tests/databases/NNNN.sql``: a final round in the schema of today, kept so that every later version must still read it.

    python -m tests.make_database

None is ever overwritten.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path

from borgerbudget.store.database import SCHEMA, open_database
from tests.villages import Village


def main() -> None:
    target = Path(__file__).parent / "databases" / f"{SCHEMA}.sql"
    if target.exists():
        raise SystemExit(f"{target.name} is there already, and an old database does not change")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        engine = open_database("borgerbudget.db", create=True)
        Village(engine, "borgerbudget.db").play("final")
        engine.dispose()
        connection = sqlite3.connect("borgerbudget.db")
        dump = "\n".join(connection.iterdump()) + "\n"
        connection.close()
    target.write_text(dump, encoding="utf-8")


if __name__ == "__main__":
    main()
