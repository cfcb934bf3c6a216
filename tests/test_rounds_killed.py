"""``kill -9`` at any moment: what the command had answered is kept, what it had not is there whole or not at all.

``python -m pytest --nightly tests/test_rounds_killed.py`` kills a thousand times.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

import cli
from borgerbudget.leaves import read_receipt
from borgerbudget.store import tables
from borgerbudget.store.database import FILE_NAME, open_database, reading
from borgerbudget.store.integrity import look_through
from borgerbudget.store.reading import read_round, rows
from tests.power_loss import ACTS, Scene, scene
from tests.villages import ROUND

FORK = multiprocessing.get_context("fork")
SPARE = 5
"""The first voter who has not voted yet."""


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Scene]]:
    with ExitStack() as stack:
        yield {
            state: stack.enter_context(scene(tmp_path_factory.mktemp(state), state, crowd=False))
            for state in ("draft", "open", "closed")
        }


def commands(folder: Path, lines: Sequence[list[str]]) -> tuple[Any, Path]:
    """A process that gives these commands one after the other, and the file in which their answers arrive."""
    answers = folder.with_suffix(".txt")
    answers.unlink(missing_ok=True)

    def run() -> None:
        os.chdir(folder)
        os.environ["BORGERBUDGET_ACTOR"] = "anna"
        out = os.open(answers, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w", encoding="utf-8"), os.fdopen(2, "w", encoding="utf-8")
        for words in lines:
            sys.argv = ["borgerbudget", *words]
            try:
                cli.main()
            except SystemExit as ended:
                if ended.code:
                    break
            sys.stdout.flush()
            os.write(1, b"done\n")
        os._exit(0)

    worker = FORK.Process(target=run)
    worker.start()
    return worker, answers


def killed(folder: Path, lines: Sequence[list[str]], after: float | None) -> tuple[int, str]:
    """How many of the commands had ended well when the process was killed, and what they had said."""
    worker, answers = commands(folder, lines)
    if after is not None:
        time.sleep(after)
        os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    text = answers.read_text(encoding="utf-8") if answers.exists() else ""
    return text.split("\n").count("done"), text


def look(folder: Path, key: bytes | None, receipts: Sequence[str]) -> tuple[str, int, int, bool]:
    """State, envelopes, length of the roll, whether it is sealed: of a round in which all is well."""
    engine = open_database(str(folder / FILE_NAME))
    with reading(engine) as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert look_through(connection, ROUND, key).problems == ()
        round = read_round(connection, ROUND)
        spool, box = (rows(connection, table, round=ROUND) for table in (tables.SPOOL, tables.BALLOTS))
    engine.dispose()
    for receipt in receipts:
        prefix = read_receipt(receipt).prefix.hex()
        assert sum(row["leaf"].startswith(prefix) for row in [*spool, *box]) == 1, receipt
    assert not (spool and box)
    return round.state, len(spool), round.tally.entries, round.sealed


@pytest.mark.parametrize("kills", [10, pytest.param(1000, marks=pytest.mark.nightly)])
def test_a_process_that_is_killed_loses_no_ballot_and_does_nothing_by_halves(
    scenes: dict[str, Scene], kills: int, tmp_path: Path
) -> None:
    dice = random.Random(1)
    took: dict[str, float] = {}
    struck = 0
    for number in range(kills):
        name = (*ACTS, "cast")[number % (len(ACTS) + 1)]
        found, act = scenes[ACTS[name].state], ACTS[name]
        lines = [act.words(found)]
        if name == "cast":
            spare = sorted(found.village.codes)[SPARE:]
            lines = [["ballot", "cast", ROUND, "2", "--code", found.village.codes[voter]] for voter in spare]
        folder = tmp_path / "round"
        if name not in took:  # how long it takes when nobody kills it
            shutil.copytree(found.folder, folder)
            begun = time.monotonic()
            assert killed(folder, lines, None)[0] == len(lines)
            took[name] = time.monotonic() - begun
            shutil.rmtree(folder)
        shutil.copytree(found.folder, folder)
        before = look(folder, found.village.key, found.receipts)
        done, text = killed(folder, lines, dice.uniform(0, took[name]))
        struck += done < len(lines)
        told = [word for word in text.split() if word.startswith(f"{ROUND}/")] if name == "cast" else []
        after = look(folder, found.village.key, [*found.receipts, *told[:done]])
        if name == "cast":
            assert after[1] - before[1] in (done, done + 1)
        elif done:
            assert after != before
        left = lines[after[1] - before[1] :] if name == "cast" else lines
        again, text = killed(folder, left, None)
        assert again == len(left), text  # it goes on
        whole = look(folder, found.village.key, found.receipts)
        assert name != "cast" or whole[1] == before[1] + len(lines)
        shutil.rmtree(folder)
    assert struck > kills // 3
