"""Runs: the same table whoever makes it, wherever it stops, and whoever dies on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from borgerbudget.errors import InputRejected
from scenarios.runs import Asked, Row, run, wilson
from scenarios.runs.kept import Kept
from scenarios.runs.running import FIRST_LOOK
from scenarios.runs.task import MakeRow, generator_of, rows_of

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Dice:
    """A task that is quickly made: what a die showed, and another one."""

    faces: int = 6
    pause: float = 0.0

    def begin(self) -> MakeRow:
        def make(generator: np.random.Generator) -> Row:
            time.sleep(self.pause)
            return [int(generator.integers(self.faces)), float(generator.random())]

        return make


def alone(seed: int, runs: int) -> list[Row]:
    return [rows_of(Dice().begin(), seed, number, number + 1)[0] for number in range(runs)]


def test_a_run_can_be_made_again_alone() -> None:
    assert run(Dice(), Asked(7, 130)).rows == alone(7, 130)


def test_the_seeds_are_those_that_numpy_spawns() -> None:
    spawned = np.random.SeedSequence(7).spawn(3)
    for number, seed in enumerate(spawned):
        theirs = np.random.Generator(np.random.PCG64(seed))
        assert generator_of(7, number).random() == theirs.random()


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_change_nothing(workers: int) -> None:
    assert run(Dice(), Asked(7, 130, workers)).rows == alone(7, 130)


def test_other_seeds_draw_something_else() -> None:
    assert run(Dice(), Asked(8, 20)).rows != alone(7, 20)


@pytest.mark.parametrize("workers", [1, 2])
def test_precision_is_judged_at_fixed_places_on_whole_beginnings(workers: int) -> None:
    looked: list[int] = []

    def settled(rows: Any) -> bool:
        looked.append(len(rows))
        assert list(rows) == alone(7, len(rows))
        return len(rows) >= 2 * FIRST_LOOK

    done = run(Dice(), Asked(7, 1000, workers), settled)
    assert looked == [FIRST_LOOK, 2 * FIRST_LOOK]
    assert done.complete
    assert done.rows == alone(7, 2 * FIRST_LOOK)


def test_ctrl_c_keeps_what_is_done() -> None:
    def interrupt(done: int, of: int) -> None:
        if done == 40:
            raise KeyboardInterrupt

    done = run(Dice(), Asked(7, 100), progress=interrupt)
    assert not done.complete
    assert done.rows == alone(7, 40)


def test_what_was_kept_is_taken_up_and_the_table_is_the_same(tmp_path: Path) -> None:
    def interrupt(done: int, of: int) -> None:
        if done == 40:
            raise KeyboardInterrupt

    with Kept(tmp_path / "rows", {"asked": 1}, take_up=False) as kept:
        run(Dice(), Asked(7, 100), progress=interrupt, kept=kept)
    made: list[int] = []
    with Kept(tmp_path / "rows", {"asked": 1}, take_up=True) as kept:
        assert len(kept.rows) == 40
        done = run(Dice(), Asked(7, 100), progress=lambda done, of: made.append(done), kept=kept)
    assert made[0] == 40
    assert done.rows == alone(7, 100)


def test_rows_of_something_else_are_not_taken_up(tmp_path: Path) -> None:
    with Kept(tmp_path / "rows", {"asked": 1}, take_up=False) as kept:
        kept.keep([[1]])
    with Kept(tmp_path / "rows", {"asked": 2}, take_up=True) as kept:
        assert kept.rows == []


def test_a_line_that_was_half_written_is_made_again(tmp_path: Path) -> None:
    with Kept(tmp_path / "rows", {"asked": 1}, take_up=False) as kept:
        run(Dice(), Asked(7, 10), kept=kept)
    data = (tmp_path / "rows").read_bytes()
    (tmp_path / "rows").write_bytes(data[:-5])
    with Kept(tmp_path / "rows", {"asked": 1}, take_up=True) as kept:
        assert kept.rows == alone(7, 9)
        assert run(Dice(), Asked(7, 10), kept=kept).rows == alone(7, 10)


@pytest.mark.parametrize(
    ("hits", "runs", "low", "high"),
    # Brown, Cai, DasGupta: Interval Estimation for a Binomial Proportion, 2001, give the formula; worked out by hand for these
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (950, 1000, 0.9347, 0.9618)],
)
def test_the_interval_of_wilson(hits: int, runs: int, low: float, high: float) -> None:
    assert wilson(hits, runs) == pytest.approx((low, high), abs=1e-4)


CLUSTER = """
import json, os, signal, sys
from distributed import Client, LocalCluster
from scenarios.runs import Asked, run
from tests.test_scenarios_runs import Dice

if __name__ == "__main__":
    with LocalCluster(n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        killed = []
        def kill(done, of):
            if done >= 100 and not killed:
                killed.append(next(iter(cluster.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)
        asked = Asked(7, 600, address=cluster.scheduler_address)
        done = run(Dice(pause=0.002), asked, progress=kill)
        print(json.dumps({"killed": len(killed), "rows": done.rows}))
"""


def test_a_cluster_gives_the_same_rows_when_a_worker_dies(tmp_path: Path) -> None:
    """A real local cluster of worker processes, one of them killed in the middle."""
    pytest.importorskip("distributed")
    script = tmp_path / "on_cluster.py"
    script.write_text(CLUSTER, encoding="utf-8")
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=120,
        env=os.environ | {"PYTHONPATH": path}, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["killed"] == 1
    assert told["rows"] == alone(7, 600)


def test_a_scheduler_that_is_not_there_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("scenarios.runs.cluster.PATIENCE", 1)
    with pytest.raises(InputRejected, match="SCN-002"):
        run(Dice(), Asked(7, 10, address="tcp://127.0.0.1:1"))


ROBUST = ["scenario", "robust", str(ROOT / "examples" / "lillevig-2026.pb"), "--runs", "120", "--plan", "greedy"]


def command(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import cli; cli.main()", *words], capture_output=True, text=True, check=False, cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "random"},
    )  # fmt: skip


def test_the_table_is_the_same_byte_for_byte_with_one_two_and_seven_workers(tmp_path: Path) -> None:
    tables = set()
    for workers in ("1", "2", "7"):
        done = command(*ROBUST, "--workers", workers, "--out", workers, "--lang", "en", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        tables.add((tmp_path / workers / "table.csv").read_bytes())
    assert len(tables) == 1


def test_ctrl_c_on_the_command_line_keeps_the_rows_and_resume_goes_on(tmp_path: Path) -> None:
    words = [
        *ROBUST,
        "--way",
        "lost-batch:10",
        "--plan",
        "equal-shares/add1u",
        "--out",
        "svar",
        "--lang",
        "en",
        "--workers",
        "1",
    ]
    words[words.index("120")] = "3000"
    started = subprocess.Popen(
        [sys.executable, "-c", "import cli; cli.main()", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True,
    )  # fmt: skip
    kept = tmp_path / "svar.runs"
    until = time.monotonic() + 60
    while time.monotonic() < until and (not kept.exists() or kept.read_bytes().count(b"\n") < 30):
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    out, words_said = started.communicate(timeout=100)
    assert started.returncode == 130, words_said
    assert "stopped" in out
    done_before = kept.read_bytes().count(b"\n") - 1
    assert 29 <= done_before < 3000
    words[words.index("3000")] = str(done_before + 20)
    resumed = command(*words, "--resume", "--force", cwd=tmp_path)
    assert resumed.returncode == 0, resumed.stderr
    assert not kept.exists()
    words[words.index("svar")] = "anew"
    anew = command(*words, cwd=tmp_path)
    assert anew.returncode == 0, anew.stderr
    assert (tmp_path / "anew" / "table.csv").read_bytes() == (tmp_path / "svar" / "table.csv").read_bytes()
