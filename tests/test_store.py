"""The store itself: how the database is set, migrations, backups, crashes at every statement, and many processes at once."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event

import borgerbudget.store
from borgerbudget.errors import BorgerbudgetError, Busy, InputRejected, StateForbids, UsageError
from borgerbudget.office import afterwards
from borgerbudget.store import backup, database, keys
from borgerbudget.store.database import open_database, reading
from borgerbudget.store.reading import rows
from borgerbudget.store.tables import BALLOTS, METADATA
from tests.villages import ROUND, Village

OLD = Path(__file__).parent / "databases"


def test_every_setting_of_a_connection_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "borgerbudget.db"
    engine = open_database(str(path), create=True)
    with reading(engine) as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in database.SETTINGS}
    assert found == {name: wanted for name, (_, wanted) in database.SETTINGS.items()}
    assert (found["journal_mode"], found["synchronous"], found["foreign_keys"]) == ("wal", 2, 1)
    engine.dispose()


@pytest.mark.parametrize("name", database.SETTINGS)
def test_a_database_that_will_not_be_set_safely_is_not_used(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    value, wanted = database.SETTINGS[name]
    monkeypatch.setattr(database, "SETTINGS", {**database.SETTINGS, name: (value, f"not {wanted}")})
    with pytest.raises(BorgerbudgetError) as refused:
        open_database(str(tmp_path / "borgerbudget.db"), create=True)
    assert [problem.code for problem in refused.value.problems] == ["DB-004"]


def test_the_tables_are_strict_and_the_migrations_make_what_the_program_reads(village: Village) -> None:
    with reading(village.engine) as connection:
        different = compare_metadata(MigrationContext.configure(connection), METADATA)
        assert [found for found in different if "alembic_version" not in str(found)] == []
        if village.engine.dialect.name == "sqlite":
            listed = connection.exec_driver_sql("PRAGMA table_list").mappings().all()
            strict = {row["name"]: row["strict"] for row in listed}
            assert all(strict[name] for name in METADATA.tables)


def test_the_program_reads_the_last_migration() -> None:
    folder = Path(borgerbudget.store.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_heads() == [database.SCHEMA]


@pytest.mark.parametrize("old", sorted(OLD.glob("*.sql")), ids=lambda path: path.stem)
def test_every_old_database_stays_readable(tmp_path: Path, old: Path) -> None:
    path = tmp_path / "borgerbudget.db"
    connection = sqlite3.connect(path)
    connection.executescript(old.read_text(encoding="utf-8"))
    connection.close()
    engine = open_database(str(path))
    village = Village(engine)
    village.whole()
    assert village.round().state == "final"
    assert village.round().results == 1
    engine.dispose()


def test_there_is_an_old_database_of_every_schema() -> None:
    assert [path.stem for path in sorted(OLD.glob("*.sql"))] == [f"{n:04}" for n in range(1, int(database.SCHEMA) + 1)]


def test_a_newer_database_is_left_alone(tmp_path: Path, empty_database: Path) -> None:
    path = tmp_path / "borgerbudget.db"
    shutil.copy(empty_database, path)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(InputRejected) as refused:
        open_database(str(path))
    assert [problem.code for problem in refused.value.problems] == ["DB-003"]


@pytest.mark.parametrize("content", [b"not a database", b"", b"SQLite format 3\x00" + bytes(200)])
def test_a_file_that_is_no_database_of_ours_is_refused_and_unchanged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "borgerbudget.db"
    path.write_bytes(content)
    with pytest.raises(BorgerbudgetError):
        open_database(str(path))
    assert path.read_bytes() == content


def test_only_its_owner_reads_a_new_database(tmp_path: Path) -> None:
    open_database(str(tmp_path / "ny.db"), create=True).dispose()
    assert (tmp_path / "ny.db").stat().st_mode & 0o777 == 0o600


def test_a_missing_database_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        open_database(str(tmp_path / "no.db"))
    assert [problem.code for problem in refused.value.problems] == ["DB-001"]


def test_the_database_is_found_upwards_like_a_repository(
    tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BORGERBUDGET_DB", raising=False)
    shutil.copy(empty_database, tmp_path / "borgerbudget.db")
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert database.find_database(None, deep) == str(tmp_path / "borgerbudget.db")
    assert database.find_database("other.db", deep) == "other.db"


def test_who_writes_too_long_makes_others_wait_and_then_say_so(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    if village.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL waits for the row")
    village.play("open")
    monkeypatch.setattr(database, "SETTINGS", {**database.SETTINGS, "busy_timeout": ("100", 100)})
    other = sqlite3.connect(village.address, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy) as refused:
        village.cast("v000", ["1"])
    assert refused.value.exit_code == 7
    other.execute("ROLLBACK")
    other.close()
    assert village.cast("v000", ["1"]).standing == "cast"


def test_a_backup_restores_to_the_same_round_on_either_database(village: Village, tmp_path: Path) -> None:
    village.play("final")
    with reading(village.engine) as connection:
        made = backup.back_up(connection, tmp_path / "copy.db")
    assert made.path.stat().st_mode & 0o077 == 0
    backup.restore(made.path, str(tmp_path / "new.db"))
    engine = open_database(str(tmp_path / "new.db"))
    again = Village(engine, now=village.now)
    again.whole()
    assert again.round() == village.round()
    engine.dispose()
    with pytest.raises(UsageError):
        backup.restore(made.path, str(tmp_path / "new.db"))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_backup_that_lost_something_is_not_kept(
    village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    village.start()
    monkeypatch.setattr(backup, "_copy", lambda source, target: None)
    with pytest.raises(BorgerbudgetError) as refused:
        village.move("freeze", second="bo")
    assert [problem.code for problem in refused.value.problems] == ["DB-007"]
    assert village.round().state == "draft"
    assert list((tmp_path / "borgerbudget-backups").iterdir()) == []


def test_the_key_is_a_file_of_its_own_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "borgerbudget.key"
    key = keys.make_key(path)
    assert keys.read_key(path) == key
    assert path.stat().st_mode & 0o077 == 0
    assert keys.read_key(tmp_path / "none.key") is None
    path.write_text("half a key")
    with pytest.raises(InputRejected):
        keys.read_key(path)


def test_without_the_key_nobody_votes_and_nothing_is_sealed_but_the_chain_can_be_checked(village: Village) -> None:
    village.play("open")
    village.cast("v000", ["1"])
    village.key = None
    with pytest.raises(StateForbids) as refused:
        village.cast("v001", ["1"])
    assert "STA-030" in [problem.code for problem in refused.value.problems]
    village.wait(days=8)
    village.move("close")
    with pytest.raises(StateForbids):
        village.seal()
    assert village.found().problems == ()
    assert not village.found().sealed


# crashes


def _die_at(village: Village, statement: int, act: Callable[[Village], object]) -> bool:
    """Whether the act came to its end in a process that is killed before its N-th statement."""
    village.engine.dispose()
    child = os.fork()
    if child == 0:
        try:
            engine = open_database(village.address)
            seen = 0

            def count(*_: object) -> None:
                nonlocal seen
                seen += 1
                if seen == statement:
                    os._exit(9)

            event.listen(engine, "before_cursor_execute", count)
            event.listen(engine, "commit", count)
            act(Village(engine, village.address, village.key, village.now, village.codes))
            os._exit(0)
        except BaseException:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 9), code
    return code == 0


ACTS: dict[str, tuple[str, Callable[[Village], object]]] = {
    "freeze": ("draft", lambda village: village.move("freeze", second="bo")),
    "cast": ("open", lambda village: village.cast("v009", ["2"])),
    "close": ("open", lambda village: village.move("close", reason="alle har stemt")),
    "seal": ("closed", lambda village: village.seal()),
    "tally": ("sealed", lambda village: village.tally()),
    "purge": ("archived", lambda village: afterwards.purge(village.office(second="bo"), ROUND)),
}


@pytest.mark.parametrize("name", ACTS)
def test_a_process_that_dies_at_any_statement_leaves_all_or_nothing(
    village: Village, name: str, tmp_path: Path
) -> None:
    state, act = ACTS[name]
    if state == "draft":
        village.start()
    else:
        village.play(state)
    if name == "cast":
        village.cast("v000", ["1"])
    before = village.round()
    statement, step = 1, 1 if name == "cast" else 5
    while not _die_at(village, statement, act):
        village.whole()
        now = village.round()
        if now != before:  # it died after the commit: then all of it is there
            break
        statement += step
    else:
        assert village.round() != before
    assert statement > 10
    act(village)
    village.whole()
    village.engine.dispose()


# many at once


def _together(village: Village, acts: list[Callable[[Village], str]]) -> list[str]:
    """What each of several processes answered, all started at once."""
    village.engine.dispose()
    children = []
    for act in acts:
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                engine = open_database(village.address)
                found = act(Village(engine, village.address, village.key, village.now, village.codes))
            except BaseException as error:
                found = f"{type(error).__name__}: {error}"
            os.write(write, json.dumps(found).encode()[:4000])
            os._exit(0)
        os.close(write)
        children.append((child, read))
    answers = []
    for child, read in children:
        with os.fdopen(read, "rb") as pipe:
            answers.append(json.loads(pipe.read()))
        os.waitpid(child, 0)
    return answers


@pytest.mark.parametrize("processes", [2, 8])
def test_of_many_who_use_one_code_at_once_exactly_one_votes(village: Village, processes: int) -> None:
    village.play("open")

    def vote(choice: int) -> Callable[[Village], str]:
        return lambda there: ",".join(there.cast(f"v{n:03}", [str(1 + (choice + n) % 4)]).standing for n in range(3))

    answers = _together(village, [vote(n) for n in range(processes)])
    for code in range(3):
        standings = [answer.split(",")[code] for answer in answers]
        assert standings.count("cast") == 1, answers
        assert set(standings) <= {"cast", "second"}, answers
    assert village.round().tally.voters == 3
    village.whole()


def test_nobody_votes_after_somebody_else_has_closed(village: Village) -> None:
    village.play("open")

    def close(there: Village) -> str:
        return str(there.move("close", reason="alle har stemt"))

    def vote(there: Village) -> str:
        done = 0
        for number in range(12):
            try:
                there.cast(f"v{number:03}", ["1"])
            except StateForbids:
                break
            done += 1
        return str(done)

    answers = _together(village, [vote, close])
    assert village.round().tally.voters == int(answers[0])
    assert village.round().state == "closed"
    village.whole()


def test_two_clerks_who_do_the_same_thing_do_it_once(village: Village) -> None:
    village.start()
    answers = _together(village, [lambda there: str(there.move("freeze", second="bo"))] * 4)
    assert sorted(answers) == ["False", "False", "False", "True"]
    assert [one.type for one in village.round().chain].count("frozen") == 1
    village.whole()


def test_points_are_cast_with_their_proposals_and_within_their_sum(village: Village) -> None:
    village.play("open", ballot="points", **{"ballot.max_sum_points": "3"})
    assert village.cast("v000", ["1:2", "p3:1"]).standing == "cast"
    for wrong in (["1:9"], ["1"], ["1:x"], ["9:1"]):
        with pytest.raises(UsageError):
            village.cast("v001", wrong)
    village.wait(days=8)
    village.move("close")
    village.seal()
    with reading(village.engine) as connection:
        assert [row["content"] for row in rows(connection, BALLOTS, round=ROUND)] == ["p1:2,p3:1"]
