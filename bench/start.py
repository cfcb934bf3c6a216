"""Rows 10 and 11: what a user waits for besides the count: the whole command, its help, its completion, its threads."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ratios import Line

if TYPE_CHECKING:
    from run import Bench


def row_10(bench: Bench) -> Iterator[Line]:
    floor, _ = bench.process(sys.executable, "-c", "import numpy")
    for what, name, plan, target in (
        ("village plain", "Zacisze", "equal-shares", 1.8),
        ("village add1", "Zacisze", "equal-shares/add1e", 2.2),
        ("Łódź add1e", "Łódź", "equal-shares/add1e", 3),
    ):
        what = f"command / import numpy: {what}"
        if path := bench.path(name):
            used, _ = bench.command("tally", path, "--plan", plan)
            yield Line(10, what, used / floor, target, "less", used, floor)
        else:
            yield Line(10, what, None, target, "less", note="no such round")


def row_11(bench: Bench) -> Iterator[Line]:
    used, waited = bench.command("--help")
    yield Line(11, "--help, CPU seconds", used, 0.15, "less", note=f"{waited:.3g} s on the wall")
    words = {"_BORGERBUDGET_COMPLETE": "complete_bash", "COMP_WORDS": "borgerbudget ta", "COMP_CWORD": "1"}
    used, waited = bench.command(environment=words)
    yield Line(11, "completion, CPU seconds", used, 0.15, "less", note=f"{waited:.3g} s on the wall")
    what = "CPU / wall of a count without thread variables, Łódź"
    if path := bench.path("Łódź"):
        used, waited = bench.command("tally", path, "--plan", "equal-shares/add1e")
        yield Line(11, what, used / waited, 1.05, "less", used, waited, "other is wall")
    else:
        yield Line(11, what, None, 1.05, "less", note="no such round")


ROWS: dict[int, Callable[[Bench], Iterator[Line]]] = {10: row_10, 11: row_11}
