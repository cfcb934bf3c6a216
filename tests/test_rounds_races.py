"""Several processes at once on one round: all of them get the answers that they would have got one after the other.

``python -m pytest --nightly tests/test_rounds_races.py`` runs ten thousand races and two hundred histories on each database.
"""

from __future__ import annotations

import multiprocessing
import random
import shutil
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError

from borgerbudget.errors import BorgerbudgetError, Busy
from borgerbudget.office import proposing, voters
from borgerbudget.store import database, tables
from borgerbudget.store.backup import back_up
from borgerbudget.store.database import open_database, reading
from borgerbudget.store.reading import rows
from tests import servers
from tests.villages import ROUND, Village, crowded

FORK = multiprocessing.get_context("fork")
CODES = 50
"""Raced for in one village."""
Deed = tuple[str, tuple[Any, ...]]
T = TypeVar("T")


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(
    request: pytest.FixtureRequest, tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Village]:
    """Makes a village without a round, on each kind of database, as often as it is asked."""
    monkeypatch.chdir(tmp_path)
    server = request.getfixturevalue("postgresql") if request.param == "postgresql" else None

    def make() -> Village:
        name = f"t{uuid.uuid4().hex}"
        if server is not None:
            address = servers.new_database(server, name)
        else:
            address = str(tmp_path / f"{name}.db")
            shutil.copy(empty_database, address)
        return Village(open_database(address, create=True), address)

    return make


def crew(village: Village, jobs: Sequence[Callable[[Village], Any]]) -> list[Any]:
    """What each of several processes, begun at once, gives back."""
    village.engine.dispose()
    barrier, pipes = FORK.Barrier(len(jobs)), []
    workers = []

    def run(job: Callable[[Village], Any], pipe: Any) -> None:
        there = Village(open_database(village.address), village.address, village.key, village.now, village.codes)
        barrier.wait(60)
        pipe.send(job(there))

    for job in jobs:
        mine, theirs = FORK.Pipe(duplex=False)
        workers.append(FORK.Process(target=run, args=(job, theirs)))
        workers[-1].start()
        theirs.close()
        pipes.append(mine)
    try:
        return [pipe.recv() for pipe in pipes]
    finally:
        for worker, pipe in zip(workers, pipes, strict=True):
            pipe.close()
            worker.join()


def patiently(act: Callable[[], T]) -> T:
    """Its answer.  Who is told that others have been writing for ten seconds does as the message says; nothing was done then."""
    while True:
        try:
            return act()
        except Busy:
            continue


def open_village(village: Village, number: int) -> None:
    village.start()
    crowded(village, number)
    village.move("freeze", second="bo")
    village.issue()
    village.wait(days=2)
    village.move("open")


# one code, many hands


def race(village: Village, processes: int, codes: Sequence[str]) -> None:
    """All use each code at the same moment, each for a choice of its own."""
    start = FORK.Barrier(processes)

    def hand(number: int) -> Callable[[Village], list[str]]:
        choices = [str(1 + place) for place in range(4) if (number + 1) >> place & 1] or ["4", "3"]

        def use(there: Village) -> list[str]:
            found = []
            for code in codes:
                start.wait(60)
                found.append(patiently(lambda code=code: there.cast(code, choices).standing))  # type: ignore[misc]
            return found

        return use

    answers = crew(village, [hand(number) for number in range(processes)])
    for standings in zip(*answers, strict=True):
        assert standings.count("cast") == 1, standings
        assert set(standings) <= {"cast", "second", "again"}, standings


@pytest.mark.parametrize("races", [CODES, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_of_all_who_use_a_code_at_once_exactly_one_has_voted(fresh: Callable[[], Village], races: int) -> None:
    for number in range(races // CODES):
        village = fresh()
        open_village(village, CODES)
        codes = sorted(village.codes)[:CODES]
        race(village, (2, 3, 2, 5, 2, 16)[number % 6], codes)
        assert village.round().tally.voters == CODES
        village.wait(days=8)
        village.move("close")
        village.seal()
        with reading(village.engine) as connection:
            accepted = rows(connection, tables.BALLOTS, round=ROUND, verdict="accepted")
        assert len(accepted) == CODES
        village.whole()
        village.engine.dispose()


# whatever several do


def deeds(number: int, dice: random.Random) -> list[Deed]:
    """What one of them sets out to do; few close the round, and seldom early."""
    found: list[Deed] = []
    for _ in range(number):
        voter = f"v{dice.randrange(8):03}"
        kind = dice.choices(
            ["cast", "strike", "enrol", "withdraw", "suspend", "resume", "reissue"], [12, 2, 2, 1, 1, 2, 1]
        )
        found.append((kind[0], (voter, str(dice.randint(1, 4)), f"w{dice.randrange(5)}")))
    if dice.random() < 0.3:
        found.append(("close", ()))
    return found


def do(village: Village, deed: Deed) -> str:
    """The answer, in words that say nothing of chance."""
    name, words = deed
    office = village.office(reason="fordi")
    try:
        if name == "cast":
            return village.cast(words[0], [words[1]]).standing
        if name == "strike":
            return str(voters.strike_voter(office, ROUND, words[0]))
        if name == "enrol":
            return str(voters.add_voters(office, ROUND, [words[2]]))
        if name == "withdraw":
            return str(proposing.withdraw_proposal(office, ROUND, f"p{words[1]}"))
        if name == "reissue":
            return str(voters.reissue_code(office, ROUND, words[0], lambda pairs: None))
        return str(village.move(name, reason="fordi"))
    except Busy:
        raise
    except BorgerbudgetError as error:
        return " ".join(problem.code for problem in error.problems)
    except DBAPIError as error:
        return type(error).__name__


def told(village: Village) -> dict[str, object]:
    """What the round holds, but for what chance put there."""
    with reading(village.engine) as connection:
        spool = rows(connection, tables.SPOOL, round=ROUND)
        codes = rows(connection, tables.CODES, round=ROUND)
        return {
            "spool": sorted((row["token"], row["turn"], row["content"], row["late"]) for row in spool),
            "roll": rows(connection, tables.ROLL, round=ROUND),
            "codes": sorted((row["roll_id"], row["issue"], row["status"]) for row in codes),
            "participation": sorted(
                (row["roll_id"], row["channel"]) for row in rows(connection, tables.PARTICIPATION, round=ROUND)
            ),
            "chain": [(one.seq, one.type, one.before, one.after) for one in village.round().chain],
        }


def history(village: Village, processes: int, dice: random.Random, copy: Path) -> None:
    """Each takes a ticket as soon as it may write; in the order of the tickets, one process alone gets the same answers."""
    open_village(village, 12)
    with reading(village.engine) as connection:
        back_up(connection, copy)
    tickets = FORK.Value("i", 0)

    def clerk(plan: list[Deed]) -> Callable[[Village], list[tuple[int, Deed, str]]]:
        def work(there: Village) -> list[tuple[int, Deed, str]]:
            mine = 0

            def take(connection: Any) -> None:
                nonlocal mine
                if connection.get_execution_options().get("writing"):
                    with tickets:
                        tickets.value += 1
                        mine = tickets.value

            event.listen(there.engine, "begin", take)  # after the one that waits for its turn
            found = []
            for deed in plan:
                answer = do(there, deed)
                found.append((mine, deed, answer))
            return found

        return work

    plans = [deeds(3, dice) for _ in range(processes)]
    done = sorted(one for part in crew(village, [clerk(plan) for plan in plans]) for one in part)
    assert len(done) == sum(map(len, plans))
    alone = Village(open_database(str(copy)), str(copy), village.key, village.now, village.codes)
    serial = [do(alone, deed) for _, deed, _ in done]
    assert [answer for _, _, answer in done] == serial
    assert told(village) == told(alone)
    village.whole()
    alone.whole()
    alone.engine.dispose()


@pytest.mark.parametrize("histories", [2, pytest.param(200, marks=pytest.mark.nightly)])
def test_what_several_do_at_once_could_have_been_done_one_after_the_other(
    fresh: Callable[[], Village], histories: int, tmp_path: Path
) -> None:
    dice = random.Random(1)
    for number in range(histories):
        village = fresh()
        history(village, (5, 16, 2, 3, 8, 12)[number % 6], dice, tmp_path / f"copy-{number}.db")
        village.engine.dispose()


def test_a_database_without_turns_is_found_out(
    fresh: Callable[[], Village], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
            sqlite = connection.dialect.name == "sqlite"
            connection.exec_driver_sql("BEGIN" if sqlite else "SET TRANSACTION ISOLATION LEVEL READ COMMITTED")

    monkeypatch.setattr(database, "_begin", begin)
    with pytest.raises((AssertionError, EOFError)):  # other answers, or a process that finds what cannot be and dies
        history(fresh(), 8, random.Random(1), tmp_path / "copy.db")
