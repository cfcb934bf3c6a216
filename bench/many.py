"""Many counts of one round, the pool changed every time, under the clock: one JSON line with the CPU seconds of one count.

    python bench/many.py OPERATION FILE [COUNTS] [--compared NUMBER] [--seconds SECONDS]

The round is read before the clock starts; what the counts share is made on it.  Pools are drawn between half and one and a
half times the real one.  Cost utilities, a start of exactly B/n and steps of one unit, as the peer counts, and ties in the
order of ids, as it breaks them.  After SECONDS (60) no further counts are begun; ``runs``: how many were made.
``checked``: so many of the counts were made again alone, with the same outcome.
``pools`` and ``result``: the first NUMBER pools, and who is funded with each, for a peer to count as well.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from children import cpu

from borgerbudget.ballots import METHODS
from borgerbudget.files import read_round
from borgerbudget.profile import merge
from tallies import Lot, make_plan
from tallies.many import Changed, Many

ADDS = {"utility": "cost", "start": "exact", "increment": "1"}
PART = 10
"""Counts between two looks at the clock."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("operation", choices=["greedy", "add1e"])
    parser.add_argument("file", type=Path)
    parser.add_argument("counts", type=int, nargs="?", default=2000)
    parser.add_argument("--compared", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=60.0)
    asked = parser.parse_args()
    read = read_round(asked.file).election
    approval = METHODS["approval"]
    sets = replace(read.profile.marks, points=None)
    election = replace(read, method=approval, profile=merge(approval, sets, read.profile.weights))
    adds = asked.operation == "add1e"
    name, settings = ("equal-shares/add1e", ADDS) if adds else ("greedy", {})
    plan = make_plan(name, election, settings, ("lot",), Lot(tuple(sorted(election.ids))))
    pool, counts = election.pool.amount, asked.counts
    pools = np.random.default_rng(1).integers(pool // 2, pool * 3 // 2, counts).tolist()
    began = cpu()
    many = Many(election, plan)
    found, used = [], 0.0
    while len(found) < counts and used < asked.seconds:
        found += [many.count(Changed(pool=pool)) for pool in pools[len(found) : len(found) + PART]]
        used = cpu() - began
    counts = len(found)
    again = range(0, counts, max(1, counts // 10))
    assert all(many.outcome(Changed(pool=pools[i])).won == set(found[i].funded) for i in again)
    result = [sorted(election.ids[p] for p in one.funded) for one in found[: asked.compared]]
    told = {"pools": pools[: asked.compared], "result": result}
    print(json.dumps({"cpu": used / counts, "runs": counts, "checked": len(again), **told}))


if __name__ == "__main__":
    main()
