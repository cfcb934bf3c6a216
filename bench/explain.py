"""Full explanations of every proposal of a round under the clock: one JSON line.

    python bench/explain.py FILE [PLAN]

The round is read before the clock starts; the count, every fact and every least change are on it.  ``answers``: how many
changes are proven least (or proven not to be), found to be enough, and not found.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from children import cpu

from borgerbudget.files import read_round
from tallies import Lot, count, make_plan
from tallies.explain import why
from tallies.stretches import Lines


def main() -> None:
    election = read_round(Path(sys.argv[1])).election
    name = sys.argv[2] if len(sys.argv) > 2 else "equal-shares/add1eu"
    plan = make_plan(name, election, {}, ("cheapest", "most-votes", "lot"), Lot(election.ids))
    began = cpu()
    outcome = count(election, plan)
    lines = Lines(election, plan, outcome.contest.support)
    answers: Counter[str] = Counter()
    slowest = (0.0, "")
    for proposal in election.ids:
        before = cpu()
        changes = why(election, plan, proposal, outcome=outcome, lines=lines).changes
        slowest = max(slowest, (cpu() - before, proposal))
        for change in () if changes is None else (changes.cost, changes.votes, changes.pool):
            if change is not None:
                proven = change.kind == "none" and change.searched is None
                answers["proven none" if proven else change.kind] += 1
    print(json.dumps({"cpu": cpu() - began, "answers": dict(answers), "slowest": f"{slowest[1]} {slowest[0]:.2g} s"}))


if __name__ == "__main__":
    main()
