"""pabutools under the same clock: one JSON line per request.  Run by the Python that has it, see docs/performance.md.

    PEERS_PYTHON bench/peer_pabutools.py OPERATION --cap SECONDS [--pools AMOUNT,...] FILE [FILE ...]

Exact arithmetic (gmpy2) and cost utilities.  The files are parsed before the clock starts, except for ``parse``, which is
the sum over all files.  Rules run on the profile as parsed and on the merged one (made before the clock starts, which is to
the peer's advantage); the better one counts.  The second run need not go on for longer than the first.

``--pools``: one count with each of these pools (whole hundredths of a unit), and the seconds of one of them on average.  The
peer lets proposals take part that cost more than the pool; they are taken out before the clock starts.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pabutools.fractions as fractions
from children import measure
from pabutools.election import Cost_Sat, Instance, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen

fractions.FRACTION = "gmpy2"
sys.setrecursionlimit(100_000)  # one level per funded project
logging.disable(logging.CRITICAL)

RULES: dict[str, Callable[[Any, Any], Any]] = {
    "greedy": lambda instance, profile: greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat),
    "phragmen": lambda instance, profile: sequential_phragmen(instance, profile),
    "equal-shares": lambda instance, profile: method_of_equal_shares(instance, profile, sat_class=Cost_Sat),
    "add1e": lambda instance, profile: method_of_equal_shares(
        instance, profile, sat_class=Cost_Sat, voter_budget_increment=1
    ),
}


def ballots(file: str) -> int:
    return len(parse_pabulib(file)[1])


def winners(rule: Callable[[Any, Any], Any], instance: Any, profile: Any) -> list[str]:
    return sorted(project.name for project in rule(instance, profile))


def in_pools(rule: Callable[[Any, Any], Any], instances: list[Any], profile: Any) -> list[list[str]]:
    return [winners(rule, instance, profile) for instance in instances]


def of_pool(instance: Any, pool: int) -> Any:
    amount = fractions.frac(pool, 100)
    return Instance([project for project in instance if project.cost <= amount], budget_limit=amount)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("operation", choices=["parse", *RULES])
    parser.add_argument("--pools", type=lambda text: [int(part) for part in text.split(",")])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--cap", type=float, default=600.0)
    parser.add_argument("--gigabytes", type=float, default=8.0)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()

    if asked.operation == "parse":
        total = {"cpu": 0.0, "runs": 1, "files": 0}
        for file in asked.files:
            found = measure(partial(ballots, file), 1, asked.cap, asked.gigabytes)
            if "cpu" in found:
                total["cpu"] += found["cpu"]
                total["files"] += 1
        print(json.dumps(total))
        return

    for file in asked.files:
        instance, profile = parse_pabulib(file)
        rule = partial(winners, RULES[asked.operation], instance)
        if asked.pools:
            rule = partial(in_pools, RULES[asked.operation], [of_pool(instance, pool) for pool in asked.pools])
        best: dict[str, Any] = {}
        for form in (profile.as_multiprofile(), profile):
            cap = asked.cap if "cpu" not in best else min(asked.cap, best["cpu"] * 1.5 + 1)
            found = measure(partial(rule, form), asked.repeat, cap, asked.gigabytes)
            if not best or ("cpu" in found and found["cpu"] < best.get("cpu", math.inf)):
                best = found
        for key in {"cpu", "capped"} & best.keys():
            best[key] /= len(asked.pools or [1])
        print(json.dumps({"file": Path(file).name, **best}), flush=True)


if __name__ == "__main__":
    main()
