"""Whoever changes the database behind the program's back is found: each column of each table, rows added, rows taken away."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table

from borgerbudget.errors import StateForbids
from borgerbudget.office import afterwards, paper_batches, setting_up
from borgerbudget.office.hand_outs import hand_out
from borgerbudget.office.reconciling import reconcile
from borgerbudget.store import tables
from borgerbudget.store.database import open_database
from borgerbudget.store.tables import METADATA
from tests.histories import CLERK
from tests.villages import ROUND, Village

TABLES = [table.name for table in METADATA.sorted_tables]
COLUMNS = [(table.name, column.name) for table in METADATA.sorted_tables for column in table.columns]
OF_NO_ROUND = {"areas", "templates"}
"""Deleting one of these leaves nothing behind that could tell; changing one does."""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three databases in which every table has rows: voting open, closed with ballots on paper being keyed, and final."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        for name in ("open", "paper", "final"):
            folder = tmp_path_factory.mktemp(name)
            patch.chdir(folder)
            engine = open_database(str(folder / "borgerbudget.db"), create=True)
            village = Village(engine)
            village.start(**({"channels": "code+paper", "urns": "hallen"} if name == "paper" else {}))
            setting_up.save_template(village.office(), ROUND, "landsby")
            public = CLERK.public
            setting_up.add_signer(village.office(), ROUND, public.fingerprint, public.raw.hex(), "clerk")
            _further(village, name)
            village.whole()
            engine.dispose()
            found[name] = folder / "borgerbudget.db"
    return found


def _further(village: Village, until: str) -> None:
    village.move("freeze", second="bo")
    village.issue()
    village.wait(days=2)
    village.move("open")
    for number, choice in enumerate("1123"):
        village.cast(f"v{number:03}", [choice])
    village.cast("v000", ["4"])
    if until == "open":
        return
    if until == "paper":
        hand_out(village.office(), ROUND, ["v007", "v008"], "hallen")
    village.wait(days=8)
    village.move("close")
    if until == "paper":
        number = paper_batches.new_batch(village.office(), ROUND, "hallen", 2)
        for reader in ("anna", "bo"):
            paper_batches.key_sheets(village.office(reader), ROUND, number, {1: "1", 2: "2 3"})
        paper_batches.compare(village.office(), ROUND, number)
        reconcile(village.office(), ROUND, "hallen", 2, 0, 0)
        return
    village.seal()
    village.tally()
    village.move("publish")
    afterwards.receive_appeal(village.office(), ROUND, "klage")
    afterwards.decide_appeal(village.office(), ROUND, 1, upheld=False, grounds="nej")
    village.confirm()
    village.wait(days=9)
    village.move("finalise", second="bo")
    decision = village.round().decision
    assert decision is not None
    afterwards.award(village.office(), ROUND, "p1", decision.amounts["p1"], "tilsagn")


class Intruder:
    """A copy of a database, opened with plain SQL and with all triggers and foreign keys gone."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.path = folder / "borgerbudget.db"
        shutil.copy(source, self.path)
        self.sql = sqlite3.connect(self.path, isolation_level=None)
        self.sql.row_factory = sqlite3.Row
        for (name,) in self.sql.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            self.sql.execute(f"DROP TRIGGER {name}")

    def rows(self, table: str) -> list[dict[str, Any]]:
        return [dict(row) for row in self.sql.execute(f"SELECT * FROM {table}")]

    def change(self, table: Table, row: dict[str, Any], column: str, value: object) -> None:
        where = " AND ".join(f"{key.name} = ?" for key in table.primary_key)
        keys = [row[key.name] for key in table.primary_key]
        self.sql.execute(f"UPDATE {table.name} SET {column} = ? WHERE {where}", [value, *keys])

    def codes(self) -> set[str]:
        """What ``round verify`` finds afterwards: the codes, each with the table that it names."""
        self.sql.close()
        engine = open_database(str(self.path))
        try:
            return {f"{found.code} {found.sentence.en}" for found in Village(engine).found().problems}
        finally:
            engine.dispose()


def another(value: object) -> object:
    """A value of the same type that is not this one."""
    if isinstance(value, bytes):
        return value + b" "
    if isinstance(value, int):
        return value + 50  # where no other row is
    return f"{value or ''}0"


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_cell_is_named(played: dict[str, Path], tmp_path: Path, table: str, column: str) -> None:
    tried = 0
    for state, source in played.items():
        folder = tmp_path / state
        folder.mkdir()
        intruder = Intruder(source, folder)
        found = intruder.rows(table)
        if not found:
            continue
        tried += 1
        row = found[-1]
        if (table, column) == ("rounds", "id"):
            continue  # then there is no such round: the command says so
        intruder.change(METADATA.tables[table], row, column, another(row[column]))
        if column == "round":
            named = intruder.codes()
            assert named, (state, table, column)  # it is gone from this round
        else:
            assert any(table in one or "intake" in one for one in intruder.codes()), (state, table, column)
    assert tried, f"no row in {table}: the test looks at nothing"


@pytest.mark.parametrize("table", [name for name in TABLES if name not in {*OF_NO_ROUND, "rounds"}])
def test_a_row_taken_away_is_missed(played: dict[str, Path], tmp_path: Path, table: str) -> None:
    for state, source in played.items():
        folder = tmp_path / state
        folder.mkdir()
        intruder = Intruder(source, folder)
        found = intruder.rows(table)
        if not found:
            continue
        # the first, because whoever drops the last event has an older history, which only `--since` can tell
        row, keys = found[0], METADATA.tables[table].primary_key
        where = " AND ".join(f"{key.name} = ?" for key in keys)
        intruder.sql.execute(f"DELETE FROM {table} WHERE {where}", [row[key.name] for key in keys])
        assert intruder.codes(), (state, table)


@pytest.mark.parametrize("table", [name for name in TABLES if name not in {"rounds"}])
def test_a_row_that_nobody_wrote_is_found(played: dict[str, Path], tmp_path: Path, table: str) -> None:
    for state, source in played.items():
        folder = tmp_path / state
        folder.mkdir()
        intruder = Intruder(source, folder)
        found = intruder.rows(table)
        if not found or table == "intake":
            continue
        row = found[-1]
        key = [column.name for column in METADATA.tables[table].primary_key][-1]
        row[key] = another(row[key])
        if table == "spool":
            row["token"] = another(row["token"])
        marks = ", ".join("?" for _ in row)
        intruder.sql.execute(f"INSERT INTO {table} VALUES ({marks})", list(row.values()))
        assert intruder.codes(), (state, table)


def test_a_ballot_moved_from_one_envelope_to_another_is_found(played: dict[str, Path], tmp_path: Path) -> None:
    intruder = Intruder(played["open"], tmp_path)
    first, second = intruder.rows("spool")[:2]
    intruder.change(tables.SPOOL, first, "content", second["content"] + ",p4")
    assert any("spool" in one for one in intruder.codes())


def test_a_round_that_was_tampered_with_is_not_sealed_or_counted(played: dict[str, Path], tmp_path: Path) -> None:
    intruder = Intruder(played["open"], tmp_path)
    intruder.change(tables.SPOOL, intruder.rows("spool")[0], "content", "p1,p2,p3")
    intruder.sql.close()
    engine = open_database(str(intruder.path))
    village = Village(engine)
    village.wait(days=12)
    village.move("close")
    with pytest.raises(StateForbids) as refused:
        village.seal()
    assert [problem.code for problem in refused.value.problems] == ["STA-037", "INT-001"]
    engine.dispose()


def test_triggers_stop_accidents(played: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "borgerbudget.db"
    shutil.copy(played["final"], path)
    connection = sqlite3.connect(path)
    for table in (*tables.APPEND_ONLY, *tables.UNCHANGING):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(f"UPDATE {table.name} SET round = round")
    for table in tables.APPEND_ONLY:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(f"DELETE FROM {table.name}")
    connection.close()


def test_every_table_is_bound_in_exactly_one_way() -> None:
    bound = [table.name for part in (tables.DIGESTED, tables.SEALED, tables.CHAINED) for table in part]
    assert sorted(bound) == sorted(TABLES)
    for table in tables.SEALED:
        assert "seal" in table.c
