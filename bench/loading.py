"""Rows 1, 2 and 9: reading files, and the memory that reading and counting take."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ratios import Line

if TYPE_CHECKING:
    from run import Bench

HERE = Path(__file__).resolve().parent
MEMORY_RULES = ("greedy", "phragmen", "equal-shares")


@contextmanager
def synthetic(voters: int) -> Iterator[Path]:
    """A file of so many ballots with ten choices each, for a while."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "synthetic.pb"
        subprocess.run([sys.executable, HERE / "synth.py", path, "--voters", str(voters)], check=True)
        yield path


def row_1(bench: Bench) -> Iterator[Line]:
    paths = [path for name in ("Katowice", "Warszawa", "Łódź", "Wrocław", "Kraków") if (path := bench.path(name))]
    for path in paths:
        what = f"file to profile: ours / csv alone, {path.stat().st_size / 1e6:.1f} MB"
        yield bench.ratio(1, what, 0.6, "less", bench.engine("read", path), bench.engine("csv", path))
    if not paths:
        yield Line(1, "file to profile: ours / csv alone", None, 0.6, "less", note="no such round")
    if bench.million:
        with synthetic(bench.million) as path:
            what = f"file to profile: ours / csv alone, {path.stat().st_size / 1e6:.0f} MB, {bench.million:,} ballots"
            yield bench.ratio(1, what, 1.2, "less", bench.engine("read", path), bench.engine("csv", path))


def row_2(bench: Bench) -> Iterator[Line]:
    paths = sorted(bench.rounds.glob("*.pb")) if bench.rounds else []
    what = f"file to profile: pabutools / ours, all {len(paths)} rounds together"
    if not paths:
        yield Line(2, what, None, 60, "more", note="no rounds")
        return
    other = bench.peer("parse", *paths)
    if 0 < other.get("files", len(paths)) < len(paths):
        other = {"error": f"read only {other['files']} of the files"}
    counted = {key: value for key, value in other.items() if key != "result"}
    yield bench.ratio(2, what, 60, "more", bench.engine("read", *paths), counted)


def row_9(bench: Bench) -> Iterator[Line]:
    for voters, unit, target in ((bench.million, 1, 200), (bench.ten_million, 1e9, 2)):
        what = "memory above import numpy, " + ("bytes per voter" if unit == 1 else "GB")
        if not voters:
            yield Line(9, what, None, target, "less", note="not asked for")
            continue
        with synthetic(voters) as path:
            for rule in ("", *MEMORY_RULES):
                [found] = bench.ask(sys.executable, HERE / "memory.py", path, *filter(None, [rule]))
                used = found["bytes"] / (voters if unit == 1 else unit) if "bytes" in found else None
                note = f"{found['cpu']:.1f} s" if used is not None else str(found.get("error"))
                told = f"{what}, {voters:,} ballots, {f'read and {rule}' if rule else 'read'}"
                yield Line(9, told, used, target, "less", note=note)


ROWS: dict[int, Callable[[Bench], Iterator[Line]]] = {1: row_1, 2: row_2, 9: row_9}
