"""Small random elections made to produce ties: few costs, equal ballots, exactly affordable proposals, blank and
repeated entries, fractional weights; and random plans for them.  ``random_village_case``: with all that
docs/village-rules.md adds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from borgerbudget import Election, Limits, Proposal, make_election
from borgerbudget.election import make_hand_count
from borgerbudget.money import plain_amount
from tallies import Lot
from tallies.constraints import KINDS
from tallies.plan import Plan
from tallies.planning import known_plans, make_plan
from tallies.rules import RULES
from tallies.terms import LEFTOVERS, REMAINDERS, UNUSED

METHODS = ("approval", "knapsack", "points", "scoring", "ranked")
FIRST_BOOK = tuple(
    name
    for name in known_plans()
    if name.partition("/")[0] in ("greedy", "greedy-stop", "greedy-per-cost", "greedy-80", "equal-shares", "phragmen")
)
IDS = ("a", "b", "B", "10", "9", "æ", "p-1", "z/2", "c")


@dataclass(frozen=True)
class Case:
    election: Election
    name: str
    settings: dict[str, Any]
    ties: tuple[str, ...]
    lot: Lot | None
    village: bool = False

    @property
    def plan(self) -> Plan:
        return make_plan(self.name, self.election, self.settings, self.ties, self.lot)


def random_election(rng: random.Random, method: str, names: Sequence[str] = IDS) -> Election:
    count = rng.randint(1, 7)
    ids = rng.sample(names, count)
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


def random_case(rng: random.Random, method: str | None = None, names: Sequence[str] = IDS) -> Case:
    method = method or rng.choice(METHODS)
    election = random_election(rng, method, names)
    sets = method in ("approval", "knapsack")
    name = rng.choice([n for n in FIRST_BOOK if sets or n != "phragmen"])
    settings: dict[str, Any] = {}
    if rng.random() < 0.2:
        settings["threshold"] = rng.choice((0, 1, 2, 3))
    settings |= _first_settings(rng, method, name)
    return Case(election, name, settings, *_ties(rng, election))


def _first_settings(rng: random.Random, method: str, name: str) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    if method == "ranked" and rng.random() < 0.4:
        settings["points_table"] = rng.choice(("3,2,1", "1", "5,0,2", "2,2"))
    if name.startswith("equal-shares"):
        if method in ("approval", "knapsack"):
            settings["utility"] = rng.choice(("cost", "count"))
        settings["comparison"] = rng.choice(("none", "none", "satisfaction", "exclusion-ratio"))
        if "/add1" in name:
            settings["start"] = rng.choice(("integral", "exact"))
            settings["increment"] = rng.choice(("1", "1/3", "1/100", "1/7", "2"))
    return settings


def _ties(rng: random.Random, election: Election) -> tuple[tuple[str, ...], Lot | None]:
    ties = tuple(rng.choice(((), ("cheapest",), ("cheapest", "most-votes"), ("most-votes", "cheapest"))))
    lot = None
    if rng.random() < 0.5:
        order = list(election.ids)
        rng.shuffle(order)
        lot = Lot(tuple(order))
        ties = (*ties, "lot")
    else:
        ties = (*ties, rng.choice(("lot", "refuse")))
    return ties, lot


# --- village rules


def random_village_election(rng: random.Random, method: str, names: Sequence[str] = IDS) -> Election:
    election = random_election(rng, "approval" if method == "hand-count" else method, names)
    proposals = tuple(
        replace(p, min_cost=rng.choice((1, p.cost, max(1, p.cost // 2), max(1, p.cost * 3 // 4))))
        if rng.random() < 0.3
        else p
        for p in election.proposals
    )
    if method == "hand-count":
        totals = {p.id: rng.choice((0, 1, 1, 2, 2, 3)) for p in proposals}
        return make_hand_count(election.pool, proposals, totals, rng.randint(3, 9), round=election.round)
    return replace(election, proposals=proposals)


def random_village_case(rng: random.Random, rule: str | None = None, names: Sequence[str] = IDS) -> Case:
    """A plan with constraints, allocations, leftover; it may contradict itself, and is then refused by all alike."""
    rule = rule or rng.choice(list(RULES))
    method = rng.choice(RULES[rule].methods)
    election = random_village_election(rng, method, names)
    if rule == "acclamation":
        election = replace(election, profile=make_election(1, election.proposals, [], method).profile)
    name = rng.choice([n for n in known_plans() if n.partition("/")[0] == rule])
    settings = _first_settings(rng, method, name) | _village_settings(rng, election, rule)
    return Case(election, name, settings, *_ties(rng, election), village=True)


def _village_settings(rng: random.Random, election: Election, rule: str) -> dict[str, Any]:
    ids, record = election.ids, RULES[rule]
    settings: dict[str, Any] = {}

    def sometimes(chance: float) -> bool:
        return rng.random() < chance

    def amount() -> str:
        parts = [rng.choice(election.costs) for _ in range(rng.choice((1, 1, 2)))]
        return plain_amount(max(1, sum(parts) // rng.choice((1, 1, 1, 2, 3)) + rng.choice((0, 0, 0, 1, -1))))

    if "recipients" in record.optional and sometimes(0.3):
        settings["recipients"] = rng.choice(("all", "supported"))
    if not record.traits.voteless and settings.get("recipients") != "all":
        if sometimes(0.1):
            settings["threshold"] = rng.choice((1, 2, "1/2", "10%", "34%"))
        if sometimes(0.05):
            settings["cost_share"] = rng.choice(("1/3", "50%"))
        if sometimes(0.1):
            settings |= rng.choice(({"turnout": 2}, {"turnout": "20%", "electorate": 12}, {"turnout": "5/2"}))
    if sometimes(0.25):
        settings["cap"] = amount()
    if sometimes(0.5):
        settings["leftover"] = rng.choice(LEFTOVERS if record.traits.partial else LEFTOVERS[:3])
    if sometimes(0.5):
        settings["reserve"] = rng.choice(("yes", True))
    if sometimes(0.1):
        settings["withdrawn"] = rng.sample(ids, 1)
    if sometimes(0.2):
        settings["pre_funded"] = "+".join(rng.sample(ids, min(len(ids), rng.choice((1, 1, 2)))))
    if "prizes" in record.required:
        prizes = [plain_amount(rng.randint(1, max(1, election.pool.amount // 2))) for _ in range(rng.randint(1, 3))]
        prizes = [prizes[0]] * len(prizes) if sometimes(0.4) else prizes
        settings["prizes"] = "+".join([*prizes, *(["rest"] if sometimes(0.5) else [])])
    if "bands" in record.required:
        settings["bands"] = rng.choice(("0.02:100%+*:50%", "1:100%+2:1/3+*:0", "*:1", "0.01:0+*:2/3", "*:50%"))
    if "unit" in record.optional and sometimes(0.4):
        settings["unit"] = rng.choice(("1", "0.01", "0.02", "0.5"))
    if "remainder" in record.optional and sometimes(0.5):
        settings["remainder"] = rng.choice(REMAINDERS)
    if "winners" in record.optional and sometimes(0.5):
        settings["winners"] = rng.randint(1, 4)
    kinds_carried = tuple(kind for kind in KINDS if record.carries(kind))
    if kinds_carried and sometimes(0.8):
        tables = [_table(rng, ids, amount, kinds_carried) for _ in range(rng.randint(1, 3))]
        for table in tables:
            if (
                table["kind"] == "at-most" and "share" in table and election.pool.amount < 4
            ):  # a quarter would be nothing
                table["amount"] = "0.01"
                del table["share"]
        settings["constraints"] = tables
        kinds = {table["kind"] for table in tables}
        if kinds & {"pot", "earmark"}:
            settings["unused"] = rng.choice(UNUSED if "pot" in kinds else UNUSED[:2])
        if settings.get("leftover") == "redistribute" and "at-most" in kinds:
            del settings["leftover"]
    return settings


def _table(rng: random.Random, ids: tuple[str, ...], amount: Any, kinds: tuple[str, ...]) -> dict[str, Any]:
    kind = rng.choice(kinds)
    if kind == "needs" and len(ids) < 2:
        kind = "together"
    size = rng.randint(2 if kind == "needs" else 1, min(3, len(ids)) if len(ids) > 1 else 1)
    found: dict[str, Any] = {"kind": kind, "proposals": rng.sample(ids, size)}
    if kind in ("at-most", "at-least", "earmark", "pot"):
        found |= {"amount": amount()} if rng.random() < 0.8 else {"share": rng.choice(("1/2", "25%", "1/3"))}
    return found
