"""The second verifier on bundles of random small village elections: it must say of each what ours says; of a tie that matters,
once the lot is taken away, that it does; and of a plan that contradicts itself, put in place of another, that
nobody can count it.

    python -m tests.agree_second --elections 5000 --seed 1

Prints the first disagreement, with its bundle, and a total.  Needs node.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from borgerbudget.errors import InputRejected
from tallies import Lot, TieMatters, count, make_plan, verify
from tallies.audit.archive import pack
from tallies.audit.bundle import manifest, members
from tallies.audit.members import Terms
from tallies.audit.tiers import Tier
from tallies.outcome import Outcome
from tallies.plan import Plan
from tallies.rules import RULES
from tallies.terms import UNUSED
from tests.histories import document, lines, relisted, written, written_lines
from tests.small import IDS, Case, random_case, random_village_case

SEVERAL = Path(__file__).parent / "second_verifier" / "several.mjs"
NAMES = tuple(name for name in IDS if name.isascii())  # a bundle's ids are
VERIFIER = b"# cut: see the release\n"


@dataclass(frozen=True)
class Bundle:
    case: Case
    data: bytes
    uncounted: str = ""  # why it cannot be: a forged bundle


def bundle_of(outcome: Outcome, tier: Tier) -> dict[str, bytes]:
    found = members(outcome, Terms(tier=tier, witnesses=("Anna",)), tier)
    return relisted({**found, "manifest.json": manifest(outcome, tier, found), "verify.py": VERIFIER})


def without_lot(found: dict[str, bytes]) -> dict[str, bytes]:
    rest = {name: data for name, data in found.items() if name != "lot.json"}
    header, *steps = lines(found, "trace.jsonl")
    return relisted({**rest, "trace.jsonl": written_lines([{**header, "lot": None}, *steps])})


def with_plan(found: dict[str, bytes], plan: Plan) -> dict[str, bytes]:
    said = plan.as_json()
    round_, result, manifest_ = (document(found, f"{name}.json") for name in ("round", "result", "manifest"))
    header, *steps = lines(found, "trace.jsonl")
    round_["plan"] = result["outcome"]["plan"] = header["plan"] = manifest_["plan"]["parameters"] = said
    changed = {
        "round.json": written(round_),
        "result.json": written(result),
        "trace.jsonl": written_lines([header, *steps]),
    }
    return relisted({**found, **changed}, plan=manifest_["plan"])


def with_pots(case: Case, rng: random.Random) -> Case:
    """Of the plans that may have pots every third: two or three of them instead of its first table, one perhaps of withdrawn
    proposals only, one perhaps of none."""
    tables = case.settings.get("constraints")
    ids = rng.sample(case.election.ids, len(case.election.ids))
    if not tables or not RULES[case.name.partition("/")[0]].carries("pot") or len(ids) < 3 or rng.random() < 2 / 3:
        return case
    pots = [
        {"kind": "pot", "proposals": ids[i::3], "share": rng.choice(("1/3", "1/4", "10%"))}
        for i in range(rng.choice((2, 3)))
    ]
    if rng.random() < 0.3:
        pots.append({"kind": "pot", "proposals": [], "share": "10%"})
    withdrawn = {"withdrawn": pots[0]["proposals"]} if rng.random() < 0.5 else {}
    return replace(
        case, settings={**case.settings, "constraints": [*pots, *tables[1:]], "unused": rng.choice(UNUSED), **withdrawn}
    )


def bundles(seed: int, rules: Sequence[str] = tuple(RULES)) -> Iterator[Bundle]:
    """Without end; the same ones for the same seed.  Every tenth is of the first book alone, every third has neither criteria nor
    a lot."""
    number = 0
    while True:
        rng = random.Random(f"second/{seed}/{number}")
        case = (
            random_case(rng, names=NAMES)
            if number % 10 == 0
            else random_village_case(rng, rules[number % len(rules)], NAMES)
        )
        case = with_pots(case, rng)
        number += 1
        if number % 3 == 0:
            case = replace(case, ties=("refuse",), lot=None)
        tier: Tier = "totals" if case.election.hand_count or rng.random() < 0.2 else "open"
        lot = Lot(tuple(rng.sample(case.election.ids, len(case.election.ids))))
        try:
            yield Bundle(case, pack(bundle_of(count(case.election, case.plan), tier)))
        except InputRejected:
            other = make_plan("greedy", case.election, ties=("lot",), lot=lot)
            forged = with_plan(bundle_of(count(case.election, other), tier), replace(case.plan, ties=("lot",), lot=lot))
            yield Bundle(case, pack(forged), "contradicts itself")
        except TieMatters:
            drawn = replace(case.plan, lot=lot, ties=(*case.plan.ties[:-1], "lot"))
            yield Bundle(case, pack(without_lot(bundle_of(count(case.election, drawn), tier))), "a tie matters")


def judged(found: Sequence[Bundle], node: str, folder: Path) -> Iterator[dict[str, Any]]:
    for number, bundle in enumerate(found):
        (folder / f"{number:05}.bba").write_bytes(bundle.data)
    done = subprocess.run([node, str(SEVERAL), str(folder)], capture_output=True, text=True, check=True, timeout=600)
    yield from map(json.loads, done.stdout.splitlines())


def difference(bundle: Bundle, theirs: dict[str, Any]) -> str | None:
    """What the two say differently of a bundle, or None."""
    text, exit_code = verify.bundle_report(bundle.data, verify.Asked(), True, "en")
    ours = {check["number"]: check for check in json.loads(text)["checks"]}
    same = all(ours[number]["status"] == status for number, status in theirs["checks"])
    if bundle.uncounted and ours[13]["status"] != "NOT CHECKED":
        same = ours[13]["code"] == "E1313" and bundle.uncounted in theirs["codes"].get("13", "")
    if not bundle.uncounted:
        same = same and exit_code == 8  # unsigned: it holds, and nobody is pinned
    if same and exit_code == theirs["exit"]:
        return None
    failing = [check["en"] for check in ours.values() if check["status"] == "FAIL"]
    return (
        f"{bundle.uncounted or bundle.case.name}: ours {exit_code} {failing}, theirs {theirs['exit']} {theirs['codes']}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="The second verifier on random small village elections.")
    parser.add_argument("--elections", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rule", choices=RULES)
    parser.add_argument("--keep", type=Path, help="a folder for the bundles that are judged differently")
    asked = parser.parse_args()
    made, seen, apart = bundles(asked.seed, (asked.rule,) if asked.rule else tuple(RULES)), Counter[str](), 0
    for start in range(0, asked.elections, 500):
        found = [next(made) for _ in range(min(500, asked.elections - start))]
        with tempfile.TemporaryDirectory() as folder:
            for number, (bundle, theirs) in enumerate(zip(found, judged(found, "node", Path(folder)), strict=True)):
                seen[bundle.case.name.partition("/")[0]] += 1
                seen[bundle.uncounted or "counted"] += 1
                told = difference(bundle, theirs)
                if told is not None:
                    apart += 1
                    print(f"{start + number}: {bundle.case}\n  {told}")
                    if asked.keep:
                        (asked.keep / f"{start + number}.bba").write_bytes(bundle.data)
    print(f"{asked.elections} bundles, {apart} judged differently; {dict(seen)}")
    sys.exit(apart > 0)


if __name__ == "__main__":
    main()
