"""Every shared real round under every plan of the first book that suits it: bundled, and the bundle verified.

    python tests/audit_corpus.py [--rounds FOLDER] [--below BALLOTS] [--smallest N] [--part I/N] [--limit SECONDS]

``--part 1/2`` and ``--part 2/2`` are the two halves of the work, for two processes.

Prints a JSON line for each bundle that took longer than ``--slow`` seconds, that is not whole (something beyond the signature was
not checked) or that fails and, last, a total.  Exit 5 when a bundle failed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from borgerbudget.errors import InputRejected
from borgerbudget.files import read_pabulib
from tallies import TieMatters, count, make_plan, verify
from tallies.audit.bundle import bundle, unfit
from tallies.audit.members import Terms, breaking_lines
from tests.corpus import ROUNDS, plans_for


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=Path, default=ROUNDS)
    parser.add_argument("--below", type=int, default=10**9, help="rounds with fewer ballots only")
    parser.add_argument("--smallest", type=int, default=None, help="only so many, the smallest files first")
    parser.add_argument("--part", default="1/1", metavar="I/N", help="only each N-th round, from the I-th on")
    parser.add_argument("--limit", type=int, default=None, help="seconds for one recount or replay")
    parser.add_argument("--slow", type=float, default=10.0)
    options = parser.parse_args()
    rounds = bundles = failed = ties = left_out = refused = breaking = 0
    writing = checking = slowest = 0.0
    part, parts = map(int, options.part.split("/"))
    paths = sorted(options.rounds.rglob("*.pb"), key=lambda path: (path.stat().st_size, path.name))
    for path in paths[: options.smallest][part - 1 :: parts]:
        data = path.read_bytes()
        try:
            election = read_pabulib(data, path.name).election
        except InputRejected:
            continue
        if election.profile.total >= options.below:
            continue
        if unfit(election):  # an id that has no place in a bundle
            refused += 1
            continue
        rounds += 1
        breaking += breaking_lines(election) > 0
        for name, settings in plans_for(election):
            try:
                outcome = count(election, make_plan(name, election, settings))
            except TieMatters:
                ties += 1
                continue
            start = time.process_time()
            made = bundle(outcome, Terms())
            middle = time.process_time()
            text, exit_code = verify.bundle_report(made, verify.Asked(limit=options.limit), True, "en")
            took = time.process_time() - middle
            bundles += 1
            writing, checking, slowest = writing + middle - start, checking + took, max(slowest, took)
            checks = json.loads(text)["checks"]
            skipped = [check["en"] for check in checks if check["status"] == "NOT CHECKED" and check["number"] != 4]
            wrong = [check["code"] for check in checks if check["status"] == "FAIL"]
            failed += bool(wrong)
            left_out += bool(skipped)
            if wrong or skipped or took > options.slow or exit_code != 8:
                line = {"file": path.name, "plan": name, **settings, "seconds": round(took, 1), "size": len(made)}
                sys.stdout.write(json.dumps({**line, "failed": wrong, "not_checked": skipped}) + "\n")
    total = {
        "rounds": rounds,
        "bundles": bundles,
        "failed": failed,
        "not_whole": left_out,
        "ties_that_matter": ties,
        "rounds_refused": refused,
        "breaking_their_limits": breaking,
        "writing_cpu_seconds": round(writing),
        "checking_cpu_seconds": round(checking),
        "slowest_check_cpu_seconds": round(slowest, 1),
    }
    sys.stdout.write(json.dumps(total) + "\n")
    return 5 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
