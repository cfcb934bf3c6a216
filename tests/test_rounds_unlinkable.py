"""After sealing, no file tells in which order the ballots came; a table that is simply filled would."""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path

import pytest
from scipy.stats import spearmanr
from sqlalchemy import select

from borgerbudget.store import tables
from borgerbudget.store.database import open_database, reading
from tests.villages import Village, crowded


def offsets(data: bytes, leaves: list[str]) -> list[int]:
    """Where each leaf first stands."""
    found = [data.find(leaf.encode()) for leaf in leaves]
    assert min(found) >= 0
    return found


def correlation(positions: list[int]) -> float:
    """Of where ballots stand with when they came: 0 tells nothing, 1 everything."""
    return abs(float(spearmanr(range(len(positions)), positions).statistic))


def by_chance(number: int) -> float:
    """What shuffled ballots exceed once in a million rounds: five standard deviations."""
    return 5 / (number - 1) ** 0.5


@pytest.mark.parametrize("number", [150, pytest.param(2000, marks=pytest.mark.nightly)])
def test_nothing_on_disk_tells_who_came_when(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    engine = open_database(str(tmp_path / "borgerbudget.db"), create=True)
    village = Village(engine, str(tmp_path / "borgerbudget.db"))
    village.start()
    crowded(village, number)
    village.move("freeze", second="bo")
    village.issue()
    village.wait(days=2)
    village.move("open")
    leaves: list[str] = []
    for voter in range(number):
        village.cast(f"v{voter:03}", [str(1 + voter % 4)])
        with reading(engine) as connection:
            known = set(connection.execute(select(tables.SPOOL.c.leaf)).scalars())
        leaves += known - set(leaves)
    village.wait(days=8)
    village.move("close")
    village.seal()
    engine.dispose()
    files = [path for path in tmp_path.rglob("borgerbudget.db*") if path.is_file()]
    assert [path.name for path in files] == ["borgerbudget.db"]  # no log is left
    data = files[0].read_bytes()
    assert correlation(offsets(data, leaves)) < by_chance(number)
    for copy in (tmp_path / "borgerbudget-backups").iterdir():
        if "closed" in copy.name or "sealed" in copy.name:
            assert correlation(offsets(copy.read_bytes(), leaves)) < by_chance(number), copy.name


def test_a_table_that_is_simply_filled_would_tell(tmp_path: Path) -> None:
    number = 150
    connection = sqlite3.connect(tmp_path / "naive.db")
    connection.execute("CREATE TABLE ballots (leaf TEXT, content TEXT)")
    leaves = [secrets.token_hex(32) for _ in range(number)]
    for leaf in leaves:
        connection.execute("INSERT INTO ballots VALUES (?, 'p1')", [leaf])
        connection.commit()
    connection.close()
    positions = offsets((tmp_path / "naive.db").read_bytes(), leaves)
    assert correlation(positions) > by_chance(number)
