"""Small random elections made to produce ties: few costs, equal ballots, exactly affordable proposals, blank and
repeated entries, fractional weights; and random plans for them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from borgerbudget import Election, Limits, Proposal, make_election
from tallies import Lot
from tallies.plan import Plan
from tallies.planning import known_plans, make_plan

METHODS = ("approval", "knapsack", "points", "scoring", "ranked")
IDS = ("a", "b", "B", "10", "9", "æ", "p-1", "z/2", "c")


@dataclass(frozen=True)
class Case:
    election: Election
    name: str
    settings: dict[str, Any]
    ties: tuple[str, ...]
    lot: Lot | None

    @property
    def plan(self) -> Plan:
        return make_plan(self.name, self.election, self.settings, self.ties, self.lot)


def random_election(rng: random.Random, method: str) -> Election:
    count = rng.randint(1, 7)
    ids = rng.sample(IDS, count)
    unit = rng.choice((1, 50, 100, 100))
    costs = [rng.choice((1, 1, 2, 2, 3, 4, 6)) * unit for _ in ids]
    pool = max(1, rng.choice((sum(costs), sum(costs) // 2, rng.randint(1, 12) * unit, max(costs), max(costs) - 1)))
    proposals = [Proposal(i, c, withdrawn=rng.random() < 0.05) for i, c in zip(ids, costs, strict=True)]
    kinds = [_ballot(rng, ids, method) for _ in range(rng.randint(1, 4))]
    ballots = [rng.choice(kinds) if rng.random() < 0.6 else _ballot(rng, ids, method) for _ in range(rng.randint(0, 9))]
    weights = None
    if rng.random() < 0.2:
        weights = [Fraction(rng.randint(1, 6), rng.choice((1, 1, 2, 3))) for _ in ballots]
    limits = Limits(default_score=rng.choice((0, 0, 1, -1)) if method == "scoring" else 0)
    return make_election(pool, proposals, ballots, method, weights, limits, round=f"r{rng.randint(0, 9)}")


def _ballot(rng: random.Random, ids: list[str], method: str) -> Any:
    chosen = rng.sample(ids, rng.choice((0, 1, 1, 2, 2, 3, len(ids))) % (len(ids) + 1))
    if method == "points":
        return {i: rng.choice((0, 1, 1, 2, 3)) for i in chosen}
    if method == "scoring":
        return {i: rng.choice((-1, 0, 1, 1, 2)) for i in chosen}
    return chosen + ([rng.choice(chosen)] if chosen and rng.random() < 0.1 else [])


def random_case(rng: random.Random, method: str | None = None) -> Case:
    method = method or rng.choice(METHODS)
    election = random_election(rng, method)
    sets = method in ("approval", "knapsack")
    name = rng.choice([n for n in known_plans() if sets or n != "phragmen"])
    settings: dict[str, Any] = {}
    if rng.random() < 0.2:
        settings["threshold"] = rng.choice((0, 1, 2, 3))
    if method == "ranked" and rng.random() < 0.4:
        settings["points_table"] = rng.choice(("3,2,1", "1", "5,0,2", "2,2"))
    if name.startswith("equal-shares"):
        if sets:
            settings["utility"] = rng.choice(("cost", "count"))
        settings["comparison"] = rng.choice(("none", "none", "satisfaction", "exclusion-ratio"))
        if "/add1" in name:
            settings["start"] = rng.choice(("integral", "exact"))
            settings["increment"] = rng.choice(("1", "1/3", "1/100", "1/7", "2"))
    ties = tuple(rng.choice(((), ("cheapest",), ("cheapest", "most-votes"), ("most-votes", "cheapest"))))
    lot = None
    if rng.random() < 0.5:
        order = list(election.ids)
        rng.shuffle(order)
        lot = Lot(tuple(order))
        ties = (*ties, "lot")
    else:
        ties = (*ties, rng.choice(("lot", "refuse")))
    return Case(election, name, settings, ties, lot)
