"""Engine and reference on every shared real round, byte for byte; with the reference's replay of the engine's trace.

    python tests/corpus.py [--rounds FOLDER] [--from BALLOTS] [--below BALLOTS] [--file NAME] [--no-replay] [--exact-only]

Prints a JSON line for each count that took the reference longer than ``--slow`` seconds, each disagreement and, last, a
total.  Exit 5 when anything disagreed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import itertools

from borgerbudget.console import canonical_json
from borgerbudget.election import Election
from borgerbudget.errors import InputRejected
from borgerbudget.files import read_pabulib
from tallies import TieMatters, count, make_plan, trace_bytes, verify
from tallies.plan import DEFAULT_TIES
from tallies.rules.rule import SETS
from tests.small import FIRST_BOOK

ROUNDS = Path(__file__).resolve().parents[2] / "shared" / "pabulib"
Answer = tuple[bytes, str] | str


def plans_for(election: Election) -> Iterator[tuple[str, dict[str, str]]]:
    """Every plan of the book that suits the ballots, with both utilities, starts and comparisons somewhere."""
    sets = election.method.name in SETS
    for name in FIRST_BOOK:
        if name == "phragmen" and not sets:
            continue
        if not name.startswith("equal-shares"):
            yield name, {}
            continue
        for utility in ("cost", "count") if sets else ("points",):
            yield name, {"utility": utility}
        if name == "equal-shares/add1e":
            yield name, {"start": "exact"}
        if name in ("equal-shares/add1", "equal-shares/utilitarian"):
            yield name, {"comparison": "satisfaction"}
            yield name, {"comparison": "exclusion-ratio"}


def engine(election: Election, name: str, settings: dict[str, str], exact_only: bool = False) -> Answer:
    try:
        outcome = count(election, make_plan(name, election, settings), exact_only=exact_only)
    except TieMatters as tie:
        return canonical_json(tie.as_json())
    return trace_bytes(outcome), canonical_json(outcome.as_json())


def reference(election: verify.Election, name: str, settings: dict[str, str]) -> Answer:
    plan = verify.make_plan(election, name, dict(settings), list(DEFAULT_TIES), None)
    try:
        result = verify.count(election, plan)
    except verify.TieMatters as tie:
        return canonical_json(tie.document)
    return result.trace_bytes(), canonical_json(result.outcome)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=Path, default=ROUNDS, help="a folder of .pb files")
    parser.add_argument("--from", type=int, default=0, dest="least", help="only rounds with at least so many ballots")
    parser.add_argument("--below", type=int, default=10**9, help="only rounds with fewer ballots")
    parser.add_argument("--file", default="", help="only rounds whose name contains this")
    parser.add_argument("--no-replay", action="store_true")
    parser.add_argument("--exact-only", action="store_true", help="also count with the filter switched off")
    parser.add_argument("--slow", type=float, default=60)
    arguments = parser.parse_args()
    totals = {"rounds": 0, "rejected": 0, "counts": 0, "ties": 0, "disagreements": 0}
    seconds = {"engine": 0.0, "reference": 0.0, "replay": 0.0}
    for path in sorted(arguments.rounds.glob("*.pb"), key=lambda p: (p.stat().st_size, p.name)):
        if arguments.file not in path.name:
            continue
        data = path.read_bytes()
        try:
            ours, theirs = read_pabulib(data, path.name).election, verify.read_input(data)
        except (InputRejected, verify.InputRejected) as error:
            totals["rejected"] += 1
            print(json.dumps({"file": path.name, "rejected": str(error)[:200]}, ensure_ascii=False), flush=True)
            continue
        if not arguments.least <= ours.profile.voters < arguments.below:
            continue
        totals["rounds"] += 1
        for name, settings in plans_for(ours):
            times = [time.process_time()]
            first = engine(ours, name, settings)
            times.append(time.process_time())
            second = reference(theirs, name, settings)
            times.append(time.process_time())
            wrong = "" if first == second else "recount"
            if arguments.exact_only and engine(ours, name, settings, exact_only=True) != first:
                wrong = wrong or "filter"
            if isinstance(first, str):
                totals["ties"] += 1
            elif not arguments.no_replay:
                times.append(time.process_time())
                try:
                    verify.check(theirs, first[0])
                except verify.VerifyError as error:
                    wrong = wrong or f"replay: {error}"
                times.append(time.process_time())
                seconds["replay"] += times[-1] - times[-2]
            totals["counts"] += 1
            seconds["engine"] += times[1] - times[0]
            seconds["reference"] += times[2] - times[1]
            row = {"file": path.name, "plan": name, **settings}
            if wrong:
                totals["disagreements"] += 1
                print(json.dumps({**row, "disagreement": wrong}, ensure_ascii=False), flush=True)
            if times[2] - times[1] > arguments.slow or times[-1] - times[-2] > arguments.slow:
                spent = [round(b - a, 1) for a, b in itertools.pairwise(times)]
                print(json.dumps({**row, "seconds": spent}, ensure_ascii=False), flush=True)
    print(json.dumps({**totals, "seconds": {k: round(v, 1) for k, v in seconds.items()}}))
    return 5 if totals["disagreements"] else 0


if __name__ == "__main__":
    sys.exit(main())
