"""The engine under the clock, in a process of its own: one JSON line.

    python bench/engine.py OPERATION [--repeat N] [--cap SECONDS] [--floats]
        [--start exact|integral] [--parts N] [--floor FILE.c] FILE [FILE ...]

``read``: file to merged profile; ``csv``: the csv module alone, building nothing; both are sums over the files.  A rule:
from the ballots as cast, already parsed, to the outcome, so merging counts and parsing does not.  ``verify``: the reference
counts plain equal shares.  ``floor``: add1e in the program given by ``--floor``.  Ranked ballots are counted as the sets of
what they rank, as the peer counts them with cost utilities; a lot decides what the ties ``cheapest, most-votes`` leave open.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from children import measure

from borgerbudget.ballots import METHODS
from borgerbudget.ballots.method import Marks
from borgerbudget.election import Election
from borgerbudget.files import read_round
from borgerbudget.profile import merge
from tallies import Lot, count, make_plan, verify

RULES = {"greedy": "greedy", "phragmen": "phragmen", "equal-shares": "equal-shares", "add1e": "equal-shares/add1e"}


def as_cast(election: Election) -> Marks:
    """One ballot per voter, in an order that has nothing to do with their equality."""
    profile = election.profile
    groups = np.repeat(np.arange(profile.distinct), profile.weights)
    groups = np.random.default_rng(1).permutation(groups)
    sizes = np.diff(profile.marks.offsets)[groups]
    ends = np.cumsum(sizes)
    entry = np.arange(int(sizes.sum())) + np.repeat(profile.marks.offsets[groups] - (ends - sizes), sizes)
    return Marks(np.concatenate(([0], ends)).astype(np.int64), profile.marks.proposals[entry], None)


def floor(source: Path, path: Path, parts: int) -> Callable[[], Any]:
    from floor import stepping

    election = read_round(path).election
    return stepping(source, election, METHODS["approval"], as_cast(election), parts, 10**9)


def rule(operation: str, path: Path, start: str, parts: int) -> Callable[[], Any]:
    election = read_round(path).election
    marks = as_cast(election)
    method = METHODS["approval"]
    settings = {"utility": "cost"} if operation in ("equal-shares", "add1e") else {}
    if operation == "add1e":
        settings |= {"start": start, "increment": f"1/{parts}"}
    bare = replace(election, method=method)
    plan = make_plan(RULES[operation], bare, settings, ("cheapest", "most-votes", "lot"), Lot(election.ids))

    def run() -> list[str]:
        outcome = count(replace(election, method=method, profile=merge(method, marks)), plan)
        return sorted(line.proposal for line in outcome.funded)

    return run


def reading(paths: list[Path]) -> int:
    return sum(read_round(path).election.profile.distinct for path in paths)


def csv_only(paths: list[Path]) -> int:
    cells = 0
    csv.field_size_limit(1 << 30)
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells += sum(len(row) for row in csv.reader(file, delimiter=";"))
    return cells


def reference(path: Path) -> Callable[[], Any]:
    election = verify.read_input(path.read_bytes())
    plan = verify.make_plan(
        election,
        "equal-shares",
        {"utility": "cost"},
        ["cheapest", "most-votes", "lot"],
        verify.lot_from_order(election, read_round(path).election.ids),
    )
    return lambda: sorted(line["proposal"] for line in verify.count(election, plan).outcome["funded"])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("operation", choices=["read", "csv", "verify", "floor", *RULES])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--cap", type=float, default=600.0)
    parser.add_argument("--floats", action="store_true")
    parser.add_argument("--start", default="exact")
    parser.add_argument("--parts", type=int, default=1, help="the increment of add1e is one of so many parts of a unit")
    parser.add_argument("--floor", type=Path)
    asked = parser.parse_args()
    if asked.floats:
        from floats import floats_only

        floats_only()
    if asked.operation in ("read", "csv"):
        work = reading if asked.operation == "read" else csv_only
        print(json.dumps(measure(lambda: work(asked.files), asked.repeat, asked.cap)))
        return
    for path in asked.files:
        if asked.operation == "verify":
            run = reference(path)
        elif asked.operation == "floor":
            run = floor(asked.floor, path, asked.parts)
        else:
            run = rule(asked.operation, path, asked.start, asked.parts)
        print(json.dumps({"file": path.name, **measure(run, asked.repeat, asked.cap)}), flush=True)


if __name__ == "__main__":
    main()
