"""The floor: a small program in C, floats only, that counts every endowment of add1e one after the other.

It is given the merged ballots, as ours are merged; compiled on the spot, with the flags of its own measurements.  It is
a yardstick for time, never an answer.
"""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from borgerbudget.ballots.method import BallotMethod, Marks
from borgerbudget.election import Election
from borgerbudget.money import MINOR_UNITS
from borgerbudget.profile import merge
from tallies.support import support_of

FLAGS = "-O3 -march=native -fassociative-math -fno-signed-zeros -fno-trapping-math -fno-math-errno -shared -fPIC"


def compiled(source: Path) -> ctypes.CDLL:
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "floor.so"
        subprocess.run(["cc", *FLAGS.split(), str(source), "-o", str(library), "-lm"], check=True)
        return ctypes.CDLL(str(library))


def stepping(
    source: Path, election: Election, method: BallotMethod, marks: Marks, parts: int, most: int
) -> Callable[[], Any]:
    """Merging and at most ``most`` endowments, each one ``parts``-th of a currency unit above the one before."""
    library = compiled(source)

    def pointer(array: np.ndarray[Any, Any]) -> ctypes.c_void_p:
        return ctypes.c_void_p(array.ctypes.data)

    def run() -> list[str]:
        merged = replace(election, method=method, profile=merge(method, marks))
        support = support_of(merged)
        columns = [groups for groups, _ in support.by_proposal]
        start = np.concatenate(([0], np.cumsum([groups.size for groups in columns]))).astype(np.int64)
        group = np.concatenate(columns).astype(np.int32)
        weight = support.weights[group].astype(np.float64)
        supporters = np.array(support.supporters, np.float64)
        scale = parts / 10**MINOR_UNITS
        cost = np.array(election.costs, np.float64) * scale
        pool = election.pool.amount * scale
        chosen, info = np.zeros(cost.size, np.int32), np.zeros(3, np.int64)
        kept = library.floor_mes(
            cost.size, support.weights.size, pointer(start), pointer(group), pointer(weight), pointer(supporters),
            pointer(cost), ctypes.c_double(pool), ctypes.c_double(pool / support.total), ctypes.c_int64(most),
            pointer(chosen), pointer(info),
        )  # fmt: skip
        return sorted(election.ids[p] for p in chosen[:kept].tolist())

    return run
