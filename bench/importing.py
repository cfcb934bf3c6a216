"""Taking a table into a stored round, against the csv module and a bare bulk insert of the same rows with the same durability.

    python bench/importing.py [--what ballots|voters] [--rows 100000] [--runs 5] [--million]

Each is a process of its own on a copy of the same database, SQLite in WAL with ``synchronous=FULL`` and one transaction, turn
about; the ratio is of the medians.  Ours reads and checks every cell, finds whose each code is, and binds every row into the
chain or by a seal.  The other reads the same table's cells and writes the very rows that ours has written, which it is given.
``--million`` prints instead the memory that 10^6 rows take at most.
"""

from __future__ import annotations

import argparse
import csv
import gc
import os
import pickle
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ROUND = "lillevig-2026"
AREAS = ("Lillevig", "Åby", "Sønderskov")
TABLES = {"voters": ("roll",), "ballots": ("spool", "participation")}
DATABASE = "borgerbudget.db"


def write_roll(path: Path, rows: int) -> None:
    lines = "".join(f"v{number:07};{AREAS[number % 3]}\r\n" for number in range(rows))
    path.write_bytes(("Nr;Landsby\r\n" + lines).encode("cp1252"))


def write_answers(path: Path, codes: dict[str, str]) -> None:
    dice = random.Random(1)
    people = sorted(codes)
    dice.shuffle(people)
    lines = "".join(f"{codes[who]};{' '.join(dice.sample('1234', dice.randrange(4)))}\r\n" for who in people)
    path.write_bytes(("kode;stemmer\r\n" + lines).encode("cp1252"))


def prepare(what: str, folder: Path, rows: int) -> None:
    """``table.csv`` and the database that takes it in."""
    from borgerbudget.office.voters import import_voters
    from borgerbudget.sheets.voters import VoterRow
    from borgerbudget.store.database import open_database
    from tests.villages import Village

    village = Village(open_database(str(folder / DATABASE), create=True))
    village.start(eligibility="residents")
    if what == "voters":
        write_roll(folder / "table.csv", rows)
    else:
        import_voters(village.office(), ROUND, [VoterRow(row, f"w{row:07}") for row in range(rows - 12)])
        village.move("freeze", second="bo")
        village.issue()
        village.wait(days=2)
        village.move("open")
        write_answers(folder / "table.csv", village.codes)
    village.engine.dispose()


def written(what: str, folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """What an import has written, by its keys, as it was."""
    found = {}
    with closing(sqlite3.connect(folder / "copy.db")) as connection:
        connection.execute("ATTACH ? AS before", [str(folder / DATABASE)])
        for name in TABLES[what]:
            found[name] = connection.execute(f"SELECT * FROM {name} EXCEPT SELECT * FROM before.{name}").fetchall()
    return found


def floor(table: Path, database: Path, rows: dict[str, list[tuple[object, ...]]]) -> None:
    """What nobody can do without: the cells, and the rows on the disk."""
    with table.open(encoding="cp1252", newline="") as stream:
        list(csv.reader(stream, delimiter=";"))
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL").fetchall()
    connection.execute("PRAGMA synchronous=FULL").fetchall()
    connection.execute("BEGIN IMMEDIATE")
    for name, several in rows.items():
        connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(several[0]))})", several)
    connection.execute("COMMIT")
    connection.close()


def ours(what: str, table: Path, database: Path) -> None:
    from borgerbudget.office.importing import import_ballots, read_returned
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.office.voters import import_voters
    from borgerbudget.sheets.mapping import BallotManner
    from borgerbudget.sheets.opening import new_findings, open_sheets
    from borgerbudget.sheets.tables import Manner
    from borgerbudget.sheets.voters import read_voters
    from borgerbudget.store.database import open_database
    from tests.villages import Village

    engine, findings = open_database(str(database)), new_findings()
    office = Village(engine, now=datetime(2026, 3, 3, 12, tzinfo=UTC)).office()
    sheets = open_sheets(table.read_bytes(), table.name, None, findings)
    if what == "voters":
        voters = read_voters(sheets, Manner(), findings)
        findings.raise_if_failed()
        import_voters(office, ROUND, voters or ())
    else:
        found = read_returned(show_round(office, ROUND), sheets, BallotManner(), findings)
        assert found is not None
        import_ballots(office, ROUND, found, findings)
    engine.dispose()


def one(who: str, what: str, folder: Path) -> None:
    """In this process: seconds after everything is loaded, and the most memory in MB."""
    database = folder / "copy.db"
    for old in folder.glob("copy.db*"):
        old.unlink()
    shutil.copy(folder / DATABASE, database)
    if who == "ours":
        import tests.villages  # noqa: F401

        start = time.perf_counter()
        ours(what, folder / "table.csv", database)
    else:
        rows = pickle.loads((folder / "rows").read_bytes())
        gc.freeze()  # they are not this process's to look after
        start = time.perf_counter()
        floor(folder / "table.csv", database, rows)
    print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def run(who: str, what: str, folder: Path) -> str:
    """What a process of its own says; a child takes its parent's most memory for its own, so the parent must stay small."""
    words = [sys.executable, str(Path(__file__).resolve()), "--one", who, what, str(folder)]
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout


def measure(who: str, what: str, folder: Path) -> tuple[float, int]:
    seconds, megabytes = run(who, what, folder).split()
    return float(seconds), int(megabytes)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--what", choices=list(TABLES), default="ballots")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--one", nargs=3)
    asked = parser.parse_args()
    if asked.one:
        who, what, place = asked.one
        if who.isdecimal():
            prepare(what, Path(place), int(who))
        else:
            one(who, what, Path(place))
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        os.chdir(folder)  # where backups go
        run(str(10**6 if asked.million else asked.rows), asked.what, folder)
        seconds, megabytes = measure("ours", asked.what, folder)
        if asked.million:
            print(f"10^6 {asked.what}: {seconds:.1f} s, at most {megabytes} MB (asked: below 500)")
            return
        (folder / "rows").write_bytes(pickle.dumps(written(asked.what, folder)))
        found: dict[str, list[float]] = {"ours": [], "floor": []}
        for _ in range(asked.runs):
            for who in found:
                found[who].append(measure(who, asked.what, folder)[0])
    there, here = statistics.median(found["floor"]), statistics.median(found["ours"])
    print(
        f"{asked.rows:,} {asked.what}: ours {here:.3f} s, csv and bare insert {there:.3f} s, ratio {here / there:.2f} (asked: 5)"
    )


if __name__ == "__main__":
    main()
