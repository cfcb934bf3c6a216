"""Bundles whose bytes may depend on nothing but what was counted: prints a name and a SHA-256 for each, as one JSON line.

    python tests/same_bytes.py [--seed N] [--folder FOLDER]

``--seed`` shuffles the rows of every file before it is read, the order of proposals and ballots, and of the marks on a ballot
where it means nothing.  tests/test_same_bytes.py runs this under other hash seeds, locales, Pythons and versions of numpy; the
output must be the same each time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from borgerbudget.election import Election  # noqa: E402
from borgerbudget.errors import InputRejected, UsageError  # noqa: E402
from borgerbudget.files import read_pabulib  # noqa: E402
from tallies import Lot, TieMatters, count, make_plan  # noqa: E402
from tallies.audit.bundle import bundle, unfit  # noqa: E402
from tallies.audit.members import Terms  # noqa: E402
from tests.histories import AUDITOR, CLERK, play, sealed_file  # noqa: E402
from tests.weighted import POPULATION, WEIGHTS, by_area  # noqa: E402

PLANS = (
    "greedy",
    "greedy-per-cost",
    "equal-shares/add1u",
    "equal-shares/utilitarian",
    "phragmen",
    "residual",
    "equal-split",
)


def shuffled(data: bytes, rng: random.Random) -> bytes:
    """The same round with its rows in another order, and the ids of approval ballots too."""
    sections: list[list[str]] = []
    for line in data.decode("utf-8-sig").splitlines():
        if line in ("META", "PROJECTS", "VOTES"):
            sections.append([])
        sections[-1].append(line)
    whole = "vote_type;approval" in data.decode("utf-8-sig").splitlines()
    found: list[str] = []
    for section in sections:
        head, rows = section[:2], section[2:]
        rng.shuffle(rows)
        if head[0] == "VOTES" and whole and ";" in head[1] and '"' not in "".join(rows):
            place = head[1].split(";").index("vote")
            for at, row in enumerate(rows):
                cells = row.split(";")
                ids = cells[place].split(",")
                rng.shuffle(ids)
                cells[place] = ",".join(ids)
                rows[at] = ";".join(cells)
        found += [*head, *rows]
    return ("\n".join(found) + "\n").encode()


def elections(rng: random.Random) -> dict[str, Election]:
    """Every example that has a place in a bundle, and rounds that weigh by area; under a name, because the hash of a shuffled
    file is another."""
    files = {path.stem: path.read_bytes() for path in sorted((ROOT / "examples").glob("*.pb"))}
    files |= {
        "weights": by_area(WEIGHTS),
        "population": by_area(POPULATION),
        "points": by_area(POPULATION, "cumulative"),
    }
    read = {name: read_pabulib(shuffled(data, rng), name).election for name, data in files.items()}
    named = {name: replace(one, round=name, input_sha256=None) for name, one in read.items()}
    return {name: one for name, one in named.items() if not unfit(one)}


def bundles(rng: random.Random) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name, election in elections(rng).items():
        for plan_name in PLANS:
            try:
                plan = make_plan(plan_name, election, ties=("cheapest", "most-votes", "lot"))
                outcome = count(election, replace(plan, lot=Lot(tuple(reversed(election.ids)))))
            except (InputRejected, UsageError, TieMatters):  # not a plan for this method
                continue
            for tier in ("totals",) if election.hand_count else ("open", "totals"):
                terms = Terms(tier=tier, witnesses=("Anna",))  # type: ignore[arg-type]
                found[f"{name} {plan_name} {tier}"] = bundle(outcome, terms)
    for method in ("approval", "points", "ranked"):
        for tier in ("open", "totals", "sealed"):
            made = play(method=method, tier=tier).members()  # type: ignore[arg-type]
            found[f"round {method} {tier}"] = sealed_file(made, CLERK, AUDITOR)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="write the bundles there, too")
    options = parser.parse_args()
    found = bundles(random.Random(options.seed))
    if options.folder is not None:
        for place, name in enumerate(sorted(found)):
            (options.folder / f"{place}.bba").write_bytes(found[name])
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}
    sys.stdout.write(json.dumps(hashes, sort_keys=True) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
