"""Official outcomes recounted: every round of a folder with ``--plan declared`` against its column ``selected``.

    python tests/official.py [FOLDER]

Prints a JSON line for each round that cannot be read, that needs a lot, or whose winners differ, and last a total.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from borgerbudget.errors import InputRejected
from borgerbudget.files import read_document, read_pabulib
from tallies import TieMatters, count, make_plan
from tallies.planning import DECLARED

ROUNDS = Path(__file__).resolve().parents[2] / "shared" / "pabulib"


def compared(path: Path) -> tuple[str, dict[str, object]]:
    """What became of the round, and what there is to say about it."""
    data = path.read_bytes()
    try:
        election = read_pabulib(data, path.name).election
    except InputRejected as error:
        return "rejected", {"why": str(error)[:200]}
    projects = read_document(data, path.name).projects
    if election.declared_rule not in DECLARED or "selected" not in projects.columns:
        return "rule not counted", {}
    name, chosen = projects.columns.index("project_id"), projects.columns.index("selected")
    official = {row[name].strip() for row in projects.rows if row[chosen].strip() == "1"}
    try:
        outcome = count(election, make_plan("declared", election))
    except TieMatters as tie:
        return "lot", {"step": tie.step, "tied": tie.tied}
    ours = {award.proposal for award in outcome.funded}
    if ours == official:
        return "equal", {}
    votes = {p: str(outcome.contest.score(p_index)) for p, p_index in election.index.items() if p in ours ^ official}
    return "differ", {
        "rule": election.declared_rule,
        "only_ours": {p: votes[p] for p in sorted(ours - official)},
        "only_official": {p: votes[p] for p in sorted(official - ours)},
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROUNDS)
    totals: Counter[str] = Counter()
    for path in sorted(parser.parse_args().folder.glob("*.pb")):
        found, more = compared(path)
        totals[found] += 1
        if more:
            print(json.dumps({"file": path.name, "found": found, **more}, ensure_ascii=False), flush=True)
    print(json.dumps(totals))
    return 0


if __name__ == "__main__":
    sys.exit(main())
