"""Taking a table into a stored round, against the csv module and a bare bulk insert of the same rows with the same durability.

    python bench/importing.py [--rows 100000] [--runs 5] [--million]

Each is a process of its own on the same file, SQLite in WAL with ``synchronous=FULL`` and one transaction, turn about; the
ratio is of the medians.  Ours reads and checks every cell and binds every row into the chain.  ``--million`` prints instead the
memory that 10^6 rows take at most.
"""

from __future__ import annotations

import argparse
import csv
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUND = "lv"


def write_roll(path: Path, rows: int) -> None:
    areas = ("Lillevig", "Åby", "Sønderskov")
    lines = "".join(f"v{number:07};{areas[number % 3]}\r\n" for number in range(rows))
    path.write_bytes(("Nr;Landsby\r\n" + lines).encode("cp1252"))


def floor(table: Path, database: Path) -> None:
    """What nobody can do without: the cells, and the rows on the disk."""
    with table.open(encoding="cp1252", newline="") as stream:
        reader = csv.reader(stream, delimiter=";")
        next(reader)
        rows = [(ROUND, name, area, "on") for name, area in reader]
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL").fetchall()
    connection.execute("PRAGMA synchronous=FULL").fetchall()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO roll (round, id, area, status) VALUES (?, ?, ?, ?)", rows)
    connection.execute("COMMIT")


def ours(table: Path, database: Path) -> None:
    from borgerbudget.office.voters import import_voters
    from borgerbudget.sheets.opening import new_findings, open_sheets
    from borgerbudget.sheets.tables import Manner
    from borgerbudget.sheets.voters import read_voters
    from borgerbudget.store.database import open_database

    findings = new_findings()
    voters = read_voters(open_sheets(table.read_bytes(), table.name, None, findings), Manner(), findings)
    assert voters is not None, findings.problems
    engine = open_database(str(database))
    import_voters(_office(engine), ROUND, voters)
    engine.dispose()


def _office(engine: object) -> object:
    from borgerbudget.store.work import Office

    return Office(engine, "anna", lambda: datetime.now(UTC), bytes(32))  # type: ignore[arg-type]


def make_database(path: Path) -> None:
    from borgerbudget.office import setting_up
    from borgerbudget.pool import Area
    from borgerbudget.store.database import open_database

    engine = open_database(str(path), create=True)
    setting_up.add_area(_office(engine), Area("lv", "Lillevig", population=120))  # type: ignore[arg-type]
    setting_up.new_round(_office(engine), ROUND, "lv", "Lillevig", "Europe/Copenhagen")  # type: ignore[arg-type]
    engine.dispose()


def one(who: str, table: Path, database: Path) -> None:
    """In this process: seconds after everything is loaded, and the most memory in MB."""
    if who == "ours":
        import borgerbudget.office.voters
        import borgerbudget.sheets.voters
        import borgerbudget.store.database  # noqa: F401
    start = time.perf_counter()
    {"ours": ours, "floor": floor}[who](table, database)
    print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def measure(who: str, table: Path, database: Path) -> tuple[float, int]:
    for old in database.parent.glob(f"{database.name}*"):
        old.unlink()
    make_database(database)
    words = [sys.executable, __file__, "--one", who, str(table), str(database)]
    seconds, megabytes = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), int(megabytes)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--one", nargs=3)
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    if asked.one:
        one(asked.one[0], Path(asked.one[1]), Path(asked.one[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        table, database = Path(folder) / "liste.csv", Path(folder) / "borgerbudget.db"
        write_roll(table, 10**6 if asked.million else asked.rows)
        if asked.million:
            seconds, megabytes = measure("ours", table, database)
            print(f"10^6 voters: {seconds:.1f} s, at most {megabytes} MB (asked: below 500)")
            return
        found: dict[str, list[float]] = {"ours": [], "floor": []}
        for _ in range(asked.runs):
            for who in found:
                found[who].append(measure(who, table, database)[0])
        there, here = statistics.median(found["floor"]), statistics.median(found["ours"])
        print(
            f"{asked.rows:,} voters: ours {here:.3f} s, csv and bare insert {there:.3f} s, ratio {here / there:.2f} (asked: 5)"
        )


if __name__ == "__main__":
    main()
