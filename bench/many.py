"""Many counts of one round, the pool changed every time, under the clock: one JSON line with the CPU seconds of one count.

    python bench/many.py OPERATION FILE [COUNTS]

The round is read before the clock starts; what the counts share is made on it.  Pools are drawn between half and one and a
half times the real one.  Cost utilities and a start of exactly B/n, as the peer counts; ``checked``: so many of the counts
were made again alone, with the same outcome.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from children import cpu

from borgerbudget.ballots import METHODS
from borgerbudget.files import read_round
from borgerbudget.profile import merge
from tallies import Lot, make_plan
from tallies.many import Changed, Many


def main() -> None:
    operation, path = sys.argv[1], Path(sys.argv[2])
    counts = int(sys.argv[3]) if len(sys.argv) > 3 else 2000
    read = read_round(path).election
    approval = METHODS["approval"]
    sets = replace(read.profile.marks, points=None)
    election = replace(read, method=approval, profile=merge(approval, sets, read.profile.weights))
    adds = operation == "add1e"
    name, settings = ("equal-shares/add1e", {"utility": "cost", "start": "exact"}) if adds else (operation, {})
    plan = make_plan(name, election, settings, ("cheapest", "most-votes", "lot"), Lot(election.ids))
    pool = election.pool.amount
    pools = np.random.default_rng(1).integers(pool // 2, pool * 3 // 2, counts).tolist()
    began = cpu()
    many = Many(election, plan)
    found = [many.count(Changed(pool=pool)) for pool in pools]
    used = cpu() - began
    again = range(0, counts, max(1, counts // 10))
    assert all(many.outcome(Changed(pool=pools[i])).won == set(found[i].funded) for i in again)
    print(json.dumps({"cpu": used / counts, "runs": counts, "checked": len(again)}))


if __name__ == "__main__":
    main()
