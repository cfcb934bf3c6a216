"""After sealing, no file tells in which order ballots came or voters checked in, nor which belong together; one table would.

Every measure looks at where things stand in the bytes of a file.  ``python -m pytest --nightly`` asks two thousand voters.
"""

from __future__ import annotations

import random
import secrets
import sqlite3
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from scipy.stats import spearmanr

from borgerbudget.leaves import read_receipt
from borgerbudget.office import paper_batches
from borgerbudget.office.hand_outs import hand_out
from borgerbudget.office.reconciling import reconcile
from borgerbudget.store import tables
from borgerbudget.store.database import open_database, reading
from borgerbudget.store.reading import rows
from tests.power_loss import somebody_else
from tests.villages import ROUND, Village, crowded

NUMBERS = [150, pytest.param(2000, marks=pytest.mark.nightly)]
NEIGHBOURS = 16
"""So many that came one after the other stand side by side by chance less than once in a billion rounds; two are expected."""


def places(data: bytes, marks: Sequence[str]) -> list[int]:
    """Where each mark first stands; none when the file has none of them."""
    found = [data.find(mark.encode()) for mark in marks]
    assert min(found) >= 0 or max(found) < 0, "some of them stand there"
    return found if max(found) >= 0 else []


def tells(data: bytes, *came: Sequence[str]) -> list[str]:
    """What a file betrays of marks that are given in the order in which they came, or of two kinds, of each pair."""
    found = []
    stand = [places(data, marks) for marks in came]
    ways = [(list(range(len(one))), one) for one in stand]
    if len(stand) == 2 and all(stand):
        ways.append((stand[0], stand[1]))
    for one, other in ways:
        if one and abs(float(spearmanr(one, other).statistic)) > 5 / (len(one) - 1) ** 0.5:  # five standard deviations
            found.append("order")
        rank = {place: number for number, place in enumerate(sorted(one))}
        by_place = [rank[place] for _, place in sorted(zip(other, one, strict=True))]
        if sum(abs(a - b) == 1 for a, b in pairwise(by_place)) >= NEIGHBOURS:
            found.append("neighbours")
    return found


@pytest.mark.parametrize("number", NUMBERS)
def test_nothing_on_disk_tells_who_came_when(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "borgerbudget.db"
    engine = open_database(str(path), create=True)
    village = Village(engine, str(path))
    village.start()
    crowded(village, number)
    village.move("freeze", second="bo")
    village.issue()
    village.wait(days=2)
    village.move("open")
    voters = sorted(village.codes)[:number]
    random.Random(number).shuffle(voters)
    with somebody_else(path):  # so that the log stays a file
        prefixes = [
            read_receipt(village.cast(voter, [str(1 + at % 4)]).receipt).prefix.hex() for at, voter in enumerate(voters)
        ]
        village.wait(days=8)
        village.move("close")
        village.seal()
        with reading(engine) as connection:
            box = {row["leaf"][:20]: row["leaf"] for row in rows(connection, tables.BALLOTS, round=ROUND)}
            seals = {row["roll_id"]: row["seal"] for row in rows(connection, tables.PARTICIPATION, round=ROUND)}
        leaves, taken_part = [box[prefix[:20]] for prefix in prefixes], [seals[voter] for voter in voters]
        data = path.read_bytes()
        assert places(data, leaves)
        assert places(data, taken_part)
        assert tells(data, leaves, taken_part) == []
        assert tells(path.with_name(f"{path.name}-wal").read_bytes(), leaves, taken_part) == []
    copies = [copy for copy in (tmp_path / "borgerbudget-backups").iterdir() if places(copy.read_bytes(), leaves)]
    assert copies  # those made after voting
    for copy in copies:
        assert tells(copy.read_bytes(), leaves, taken_part) == [], copy.name
    engine.dispose()


@pytest.mark.parametrize("number", NUMBERS)
def test_a_single_table_would_tell_by_file_log_and_copy(number: int, tmp_path: Path) -> None:
    path = tmp_path / "naive.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute("CREATE TABLE ballots (voter TEXT, leaf TEXT, content TEXT)")
    came = [(secrets.token_hex(32), secrets.token_hex(32)) for _ in range(number)]
    connection.executemany("INSERT INTO ballots VALUES (?, ?, 'p1')", came)
    voters, leaves = [voter for voter, _ in came], [leaf for _, leaf in came]
    copy = sqlite3.connect(tmp_path / "copy.db")
    connection.backup(copy)
    copy.close()
    files = [path.with_name("naive.db-wal").read_bytes(), (tmp_path / "copy.db").read_bytes()]
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for data in [*files, path.read_bytes()]:
        assert set(tells(data, leaves, voters)) == {"order", "neighbours"}


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
    assert tells(data, words) == []
    assert not any(
        word.replace("p1", "1").encode() in data.replace(word.encode(), b"") for word in words
    )  # as it was keyed
    given = [f"{person}paper/hallen" for person in people]
    assert tells(data, given) == []
    for copy in (tmp_path / "borgerbudget-backups").iterdir():
        if "closed" in copy.name or "sealed" in copy.name:
            assert tells(copy.read_bytes(), given) == [], copy.name
        assert ("-to-sealed" in copy.name) == (b"1:5000000" in copy.read_bytes()), copy.name
