"""Many boxes that might have been, counted under the clock: one JSON line with the CPU seconds of one run.

    python bench/robust.py FILE [RUNS] [--floor floor_mes.c]

Boxes are drawn by the bootstrap before the clock starts.  Ours counts equal-shares/add1eu from exactly B/n; the floor, a
program in C with floats only, counts the same boxes by equal-shares/add1e, one endowment after the other, without the
completion by votes.
``checked``: so many of our counts were made again alone, with the same outcome.
"""

from __future__ import annotations

import argparse
import ctypes
import json
from pathlib import Path

import floor
import numpy as np
from children import cpu

from borgerbudget.files import read_round
from scenarios.perturbation import PERTURBATIONS, box_of
from tallies import Lot, make_plan
from tallies.many import Changed, Many
from tallies.support import support_of

MOST = 10**6
"""Endowments of the floor at most."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("runs", type=int, nargs="?", default=200)
    parser.add_argument("--floor", type=Path)
    asked = parser.parse_args()
    election = read_round(asked.file).election
    plan = make_plan(
        "equal-shares/add1eu", election, {"utility": "cost", "start": "exact"}, ("cheapest", "most-votes", "lot"),
        Lot(election.ids),
    )  # fmt: skip
    box, generator = box_of(election), np.random.default_rng(1)
    drawn = [PERTURBATIONS["bootstrap"].draw(box, 0, generator) for _ in range(asked.runs)]
    found = {"runs": asked.runs, "ballots": box.ballots}
    if asked.floor is not None:
        print(json.dumps(found | {"cpu": _floor(asked.floor, election, drawn)}))
        return
    many = Many(election, plan)
    began = cpu()
    counts = [many.count(Changed(weights=weights)) for weights in drawn]
    used = cpu() - began
    again = range(0, asked.runs, max(1, asked.runs // 10))
    assert all(many.outcome(Changed(weights=drawn[i])).won == set(counts[i].funded) for i in again)
    print(json.dumps(found | {"cpu": used / asked.runs, "checked": len(again)}))


def _floor(source: Path, election, drawn) -> float:  # type: ignore[no-untyped-def]
    library, support = floor.compiled(source), support_of(election)

    def pointer(array) -> ctypes.c_void_p:  # type: ignore[no-untyped-def]
        return ctypes.c_void_p(array.ctypes.data)

    columns = [groups for groups, _ in support.by_proposal]
    start = np.concatenate(([0], np.cumsum([groups.size for groups in columns]))).astype(np.int64)
    group = np.concatenate(columns).astype(np.int32)
    proposal = np.repeat(np.arange(len(columns)), [groups.size for groups in columns])
    cost = np.array(election.costs, np.float64) / 100
    pool = election.pool.amount / 100
    began = cpu()
    for weights in drawn:
        weight = weights[group].astype(np.float64)
        supporters = np.bincount(proposal, weights=weight, minlength=cost.size)
        chosen, info = np.zeros(cost.size, np.int32), np.zeros(3, np.int64)
        library.floor_mes(
            cost.size, support.weights.size, pointer(start), pointer(group), pointer(weight), pointer(supporters),
            pointer(cost), ctypes.c_double(pool), ctypes.c_double(pool / int(weights.sum())), ctypes.c_int64(MOST),
            pointer(chosen), pointer(info),
        )  # fmt: skip
    return (cpu() - began) / len(drawn)


if __name__ == "__main__":
    main()
