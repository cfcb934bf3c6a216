"""After sealing, no file tells in which order the ballots came; a table that is simply filled would."""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path

import pytest
from scipy.stats import spearmanr
from sqlalchemy import select

from borgerbudget.office import paper_batches
from borgerbudget.office.hand_outs import hand_out
from borgerbudget.office.reconciling import reconcile
from borgerbudget.store import tables
from borgerbudget.store.database import open_database, reading
from tests.villages import ROUND, Village, crowded


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


@pytest.mark.parametrize("number", [100, pytest.param(2000, marks=pytest.mark.nightly)])
def test_nothing_on_disk_tells_which_sheet_was_keyed_when_or_who_was_given_one(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every sheet says something else, so that it can be found; sheets are keyed in the order in which people came, which is
    worse than a mixed urn."""
    monkeypatch.chdir(tmp_path)
    engine = open_database(str(tmp_path / "borgerbudget.db"), create=True)
    village = Village(engine, str(tmp_path / "borgerbudget.db"))
    village.start(channels="code+paper", urns="hallen", ballot="points")
    crowded(village, number)
    village.move("freeze", second="bo")
    village.issue()
    village.wait(days=2)
    village.move("open")
    people = [f"v{voter:03}" for voter in range(number)]
    secrets.SystemRandom().shuffle(people)  # ids tell nothing of who came when
    for start in range(0, number, 10):
        hand_out(village.office(), ROUND, people[start : start + 10], "hallen")
    village.wait(days=8)
    village.move("close")
    words = [f"p1:{5_000_000 + sheet}" for sheet in range(number)]
    for start in range(0, number, 50):
        part = words[start : start + 50]
        batch = paper_batches.new_batch(village.office(), ROUND, "hallen", len(part))
        for reader in ("anna", "bo"):
            keyed = {sheet: word.replace("p1", "1") for sheet, word in enumerate(part, 1)}
            paper_batches.key_sheets(village.office(reader), ROUND, batch, keyed)
        assert paper_batches.compare(village.office(), ROUND, batch) == []
    reconcile(village.office(), ROUND, "hallen", number, 0, 0)
    village.seal()
    engine.dispose()
    files = [path for path in tmp_path.rglob("borgerbudget.db*") if path.is_file()]
    assert [path.name for path in files] == ["borgerbudget.db"]
    data = files[0].read_bytes()
    assert correlation(offsets(data, words)) < by_chance(number)
    assert not any(
        word.replace("p1", "1").encode() in data.replace(word.encode(), b"") for word in words
    )  # as it was keyed
    given = [f"{person}paper/hallen" for person in people]
    assert correlation(offsets(data, given)) < by_chance(number)
    for copy in (tmp_path / "borgerbudget-backups").iterdir():
        if "closed" in copy.name or "sealed" in copy.name:
            assert correlation(offsets(copy.read_bytes(), given)) < by_chance(number), copy.name
        assert ("box-sealed" in copy.name) == (b"1:5000000" in copy.read_bytes()), copy.name
