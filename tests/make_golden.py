"""Writes the golden bundles: small rounds of every tier, kind of source and family of rules, under ``tests/golden/``.

Those whose names do not begin with ``1.1`` are of format 1.0, which is written no more: they cannot be made again.

A bundle that was published stays checkable: whatever is written here is verified by every later version, with the verdict it
had (``verdicts.json``: exit code and the status of each check, under the keys that signed).  So run this only to add one,
``python -m tests.make_golden``: it overwrites nothing.  Their copy of the verifier is cut to one line, so that the folder stays
small.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from borgerbudget import Limits, Proposal, make_election, make_hand_count, read_round
from borgerbudget.election import Election
from borgerbudget.files import read_pabulib
from tallies import Lot, count, make_plan, verify
from tallies.audit.bundle import manifest, members
from tallies.audit.members import Terms
from tallies.audit.tiers import Tier
from tests.histories import AUDITOR, CLERK, COMMITTEE, fingerprints, play, relisted, sealed_file
from tests.weighted import POPULATION, WEIGHTS, by_area

FOLDER = Path(__file__).parent / "golden"
VERDICTS = FOLDER / "verdicts.json"
VERIFIER = b"# cut: see the release\n"


def of_file(election: Election, plan: str, tier: Tier = "open", settings: dict[str, object] | None = None) -> bytes:
    drawn = Lot(tuple(reversed(election.ids)))
    asked = replace(make_plan(plan, election, settings, ("cheapest", "most-votes", "lot")), lot=drawn)
    outcome, terms = count(election, asked), Terms(tier=tier, witnesses=("Anna", "Bo"))
    found = members(outcome, terms, tier)
    return sealed_file(relisted({**found, "manifest.json": manifest(outcome, tier, found), "verify.py": VERIFIER}))


def of_round(plan: str, tier: Tier, method: str = "approval", **options: object) -> bytes:
    found = play(plan, tier, 22, 1, method=method, batch=40, **options).members(tier)  # type: ignore[arg-type]
    return sealed_file(relisted({**found, "verify.py": VERIFIER}), CLERK, AUDITOR)


def lillevig(name: str | None = None) -> Election:
    election = read_round(Path(__file__).parents[1] / "examples" / "lillevig-2026.pb").election
    return election if name is None else replace(election, round=name, input_sha256=None)


def village() -> Election:
    proposals = [Proposal("bro", 40_000_00, "Bro", min_cost=20_000_00), Proposal("leg", 35_000_00, "Legeplads")]
    proposals += [Proposal("lys", 20_000_00, "Lys på stien"), Proposal("hal", 60_000_00, "Hal", min_cost=30_000_00)]
    ballots = [["bro", "leg"], ["bro"], ["leg", "lys"], ["hal"], ["bro", "hal"], ["lys"], [], ["bro", "lys"]]
    return make_election(100_000_00, proposals, ballots, round="landsby-2026")


def by_hand() -> Election:
    totals = {"bro": 31, "leg": 24, "lys": 24, "hal": 12}
    return make_hand_count(100_000_00, village().proposals, totals, 48, round="landsby-2026")


def weighted(meta: dict[str, str], name: str | None = None) -> Election:
    election = read_pabulib(by_area(meta), "landsby.pb").election
    return election if name is None else replace(election, round=name, input_sha256=None)


def limited() -> Election:
    """Two different ballots break the round's own limits."""
    return replace(village(), limits=Limits(min_length=1, max_length=1, max_sum_cost=60_000_00))


LIMITS = Limits(max_length=4, max_sum_cost=120_000_00)
BUNDLES: dict[str, Callable[[], bytes]] = {
    "1.1-file-open-greedy": lambda: of_file(lillevig(), "greedy"),
    "1.1-file-open-equal-shares": lambda: of_file(lillevig(), "equal-shares/add1u"),
    "1.1-file-open-comparison": lambda: of_file(
        lillevig(), "equal-shares/add1", "open", {"comparison": "satisfaction"}
    ),
    "1.1-file-totals-greedy": lambda: of_file(lillevig("lillevig-2026"), "greedy-per-cost", "totals"),
    "1.1-file-totals-phragmen": lambda: of_file(lillevig("lillevig-2026"), "phragmen", "totals"),
    "1.1-file-open-residual": lambda: of_file(village(), "residual", "open", {"leftover": "next", "reserve": "yes"}),
    "1.1-file-totals-hand-count": lambda: of_file(by_hand(), "prize-ladder", "totals", {"prizes": "50000+20000+rest"}),
    "1.1-file-open-limits": lambda: of_file(limited(), "greedy-stop"),
    "1.1-file-open-weights": lambda: of_file(weighted(WEIGHTS), "equal-shares/add1u"),
    "1.1-file-open-population": lambda: of_file(weighted(POPULATION), "greedy"),
    "1.1-file-totals-population": lambda: of_file(weighted(POPULATION, "landsby-2026"), "greedy", "totals"),
    "1.1-round-open-committee": lambda: of_round("greedy", "open", dice=COMMITTEE),
    "1.1-round-open-greedy": lambda: of_round("greedy", "open", withdrawn=("mad",)),
    "1.1-round-totals-equal-shares": lambda: of_round("equal-shares/utilitarian", "totals"),
    "1.1-round-sealed-equal-shares": lambda: of_round("equal-shares/add1u", "sealed", dice=None),
    "1.1-round-sealed-knapsack": lambda: of_round("greedy-80", "sealed", "knapsack", limits=LIMITS),
    "1.1-round-sealed-points": lambda: of_round("equal-shares", "sealed", "points"),
    "1.1-round-sealed-scoring": lambda: of_round("greedy-stop", "sealed", "scoring"),
    "1.1-round-totals-hand-count": lambda: of_round("greedy-per-cost", "totals", "hand-count", withdrawn=("klub",)),
    "1.1-round-sealed-ranked": lambda: of_round("greedy", "sealed", "ranked"),
}


def verdict(data: bytes) -> dict[str, object]:
    """Exit code, and check by check P(ass), F(ail), not C(hecked), not A(pplicable)."""
    keys = fingerprints(CLERK, AUDITOR) if b"manifest.dsse.json" in data else ()
    text, exit_code = verify.bundle_report(data, verify.Asked(keys), True, "en")
    letters = {"PASS": "P", "FAIL": "F", "NOT CHECKED": "C", "NOT APPLICABLE": "A"}
    return {"exit": exit_code, "checks": "".join(letters[check["status"]] for check in json.loads(text)["checks"])}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    verdicts = json.loads(VERDICTS.read_text("utf-8")) if VERDICTS.exists() else {}
    for name, make in BUNDLES.items():
        path = FOLDER / f"{name}.bba"
        if not path.exists():
            path.write_bytes(make())
            verdicts[name] = verdict(path.read_bytes())
    VERDICTS.write_text(json.dumps(verdicts, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
