"""How time and memory grow with ballots, proposals and choices on a ballot: JSON, and pictures where matplotlib is there.

Each point is a synthetic round.  One of the three numbers grows, the others stay at ``MIDDLE``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from run import Bench

HERE = Path(__file__).resolve().parent
MIDDLE = {"voters": 10_000, "projects": 100, "ballot": 10}
LADDERS = {
    "voters": tuple(10**n for n in range(3, 8)),
    "projects": (10, 30, 100, 300, 1000),
    "ballot": (1, 2, 5, 10, 20, 50),
}
NAMES = {"voters": "ballots", "projects": "proposals", "ballot": "choices on a ballot"}
SECONDS = {
    "csv": "csv module alone",
    "read": "file to profile",
    "greedy": "greedy",
    "phragmen": "phragmen",
    "equal-shares": "equal shares",
    "add1e": "equal shares, add1e",
    "pabutools parse": "pabutools: parse",
    "pabutools equal-shares": "pabutools: equal shares",
    "equalshares.net add1e": "equalshares.net tool: add1",
}
"""What is measured in CPU seconds, and how the pictures call it; the rules start from parsed ballots, as everywhere."""
OWN = ("csv", "read", "greedy", "phragmen", "equal-shares", "add1e")

Point = dict[str, Any]


def points(bench: Bench, most: int) -> Iterator[Point]:
    """One after the other; a series that reached the cap, or has no peer, says why and is not asked for larger ones."""
    for growing, ladder in LADDERS.items():
        ended: dict[str, str] = {}
        for number in ladder:
            sizes = MIDDLE | {growing: number}
            if sizes["voters"] > most:
                continue
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "synthetic.pb"
                asked = [part for name, value in sizes.items() for part in (f"--{name}", str(value))]
                subprocess.run([sys.executable, HERE / "synth.py", path, *asked], check=True)
                yield {"growing": growing, **sizes, "bytes of file": path.stat().st_size, **_point(bench, path, ended)}


def _point(bench: Bench, path: Path, ended: dict[str, str]) -> Point:
    found: Point = {}
    for series in SECONDS:
        if series not in ended:
            answer = _ask(bench, series, path)
            if "cpu" in answer:
                found[series] = answer["cpu"]
                continue
            capped = f"more than {answer['capped']:g} s" if "capped" in answer else None
            ended[series] = capped or f"not measured: {answer.get('error', 'no answer')}"
        found[series] = ended[series]
    [memory] = bench.ask(sys.executable, HERE / "memory.py", path, "equal-shares")
    return found | {"bytes of memory": memory.get("bytes")}


def _ask(bench: Bench, series: str, path: Path) -> Point:
    if series in OWN:
        start = ["--start", "integral"] if series == "add1e" else []
        return bench.engine(series, path, options=["--cap", str(bench.cap), *start])
    if series.startswith("pabutools"):
        answer = bench.peer(series.removeprefix("pabutools "), path)
        return answer if answer.get("files", 1) else {"capped": bench.cap}
    return bench.tool(path)


def draw(measured: list[Point], folder: Path) -> list[Path]:
    """A picture of seconds for each of the growing numbers, and one of memory by ballots."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "borgerbudget"  # the same figures give the same picture
    from matplotlib import pyplot

    written = []
    for growing, name in NAMES.items():
        of_this = [point for point in measured if point["growing"] == growing]
        figure, axes = pyplot.subplots(figsize=(7, 5), layout="constrained")
        for series, label in SECONDS.items():
            line = [(p[growing], p[series]) for p in of_this if isinstance(p[series], int | float)]
            if line:
                ours = series in OWN and series != "csv"
                axes.plot(*zip(*line, strict=True), "o-" if ours else "x--", label=label)
        written.append(_save(figure, axes, name, "CPU seconds", folder / f"scaling-{growing}.svg"))
    figure, axes = pyplot.subplots(figsize=(7, 5), layout="constrained")
    for series, label in (("bytes of memory", "read and equal shares, peak"), ("bytes of file", "the file")):
        line = [(p["voters"], p[series]) for p in measured if p["growing"] == "voters" and p[series]]
        if line:
            axes.plot(*zip(*line, strict=True), "o-", label=label)
    return [*written, _save(figure, axes, "ballots", "bytes above import numpy", folder / "scaling-memory.svg")]


def _save(figure: Any, axes: Any, across: str, up: str, path: Path) -> Path:
    axes.set(xscale="log", yscale="log", xlabel=across, ylabel=up)
    axes.grid(True, which="both", alpha=0.2)
    if axes.lines:
        axes.legend(fontsize="small")
    figure.savefig(path, metadata={"Date": None})
    return path


def write(bench: Bench, most: int, folder: Path) -> None:
    """``scaling.json`` and, with matplotlib, the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    measured: list[Point] = []
    for point in points(bench, most):
        measured.append(point)
        told = ", ".join(f"{NAMES[name]} {point[name]:,}" for name in NAMES)
        times = "; ".join(f"{s} {v:.3g}" for s in SECONDS if isinstance(v := point[s], int | float))
        print(f"     {told}: {times}", flush=True)
        (folder / "scaling.json").write_text(
            json.dumps(measured, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    try:
        for path in draw(measured, folder):
            print(f"     {path}")
    except ImportError:
        print("     no pictures: matplotlib is not installed (pip install -e '.[bench]')")
