"""Engine, reference and plain oracle on random small elections made to tie; prints the first disagreement and a total.

    python tests/agree.py --elections 100000 --seed 1
    python tests/agree.py --elections 100000 --seed 1 --village

The reference gets the exported profile and must give the same trace and outcome bytes (or the same tie document), and
its replay must accept the engine's trace.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from borgerbudget.console import canonical_json
from borgerbudget.errors import InputRejected
from borgerbudget.files import write_profile
from tallies import TieMatters, count, trace_bytes, verify
from tallies.rules import RULES
from tests.plain import Open, Plain
from tests.plain_village import Village
from tests.small import METHODS, Case, random_case, random_village_case

REFUSED = "refused before the count"


def engine(case: Case, exact_only: bool = False) -> tuple[bytes, str] | str:
    try:
        outcome = count(case.election, case.plan, exact_only=exact_only)
    except TieMatters as tie:
        return canonical_json(tie.as_json())
    except InputRejected:
        return REFUSED
    return trace_bytes(outcome), canonical_json(outcome.as_json())


def reference(case: Case) -> tuple[bytes, str] | str:
    election = verify.read_input(write_profile(case.election))
    lot = None if case.lot is None else verify.lot_from_order(election, case.lot.order)
    try:
        plan = verify.make_plan(election, case.name, dict(case.settings), list(case.ties), lot)
        result = verify.count(election, plan)
    except verify.TieMatters as tie:
        return canonical_json(tie.document)
    except verify.InputRejected:
        return REFUSED
    return result.trace_bytes(), canonical_json(result.outcome)


def check(case: Case, thorough: bool = True) -> str | None:
    """What disagrees, or None; ``thorough``: also with the filter off, the plain oracle and the replay."""
    ours, theirs = engine(case), reference(case)
    if ours != theirs:
        return f"engine: {ours!r}\nreference: {theirs!r}"
    if not thorough:
        return None
    if ours != engine(case, exact_only=True):
        return "the filter changes the answer"
    if isinstance(ours, tuple):
        try:
            expected = oracle(case).outcome()
        except Open:
            expected = None
        if expected is not None:
            outcome = count(case.election, case.plan)
            found = {a.proposal: a.amount for a in outcome.funded}
            if found != expected:
                return f"plain: {expected}, engine: {found}"
        verify.check(verify.read_input(write_profile(case.election)), ours[0])
    return None


def oracle(case: Case) -> Plain:
    return Village(case.election, case.plan) if case.village else Plain(case.election, case.plan)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--elections", type=int, default=1000, help="for each ballot method")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--methods", default=",".join(METHODS), help="ballot methods, by comma")
    parser.add_argument("--village", action="store_true", help="docs/village-rules.md, so many for each rule")
    parser.add_argument("--quick", action="store_true", help="only engine against reference")
    arguments = parser.parse_args()
    started = time.process_time()
    kinds = list(RULES) if arguments.village else arguments.methods.split(",")
    for method in kinds:
        for i in range(arguments.elections):
            random_one = random_village_case if arguments.village else random_case
            case = random_one(random.Random(f"{arguments.seed}/{method}/{i}"), method)
            try:
                wrong = check(case, not arguments.quick)
            except Exception as error:
                wrong = f"{type(error).__name__}: {error}"
            if wrong:
                print(f"disagreement: {method} {arguments.seed}/{method}/{i} {case.name} {case.settings} {case.ties}")
                print(wrong)
                return 5
        print(f"{method}: {arguments.elections} agree, {time.process_time() - started:.0f} s CPU so far", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
