"""Trace and result as a tier shows them.

``open`` and ``sealed``: whole.  ``totals``: no number of blank or of different ballots, no hash that a guessed profile could be
tried against; and where the steps of a rule follow from more than the totals (money of groups of voters, runs at other
endowments), only who was funded, with what, and what was left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from borgerbudget import canonical
from borgerbudget.ballots import HAND_COUNT
from tallies.audit.tiers import Tier
from tallies.audit.weights import heads_document
from tallies.outcome import Outcome
from tallies.rationals import number, rational
from tallies.rules import RULES
from tallies.trace import trace_bytes

FROM_TOTALS = tuple(name for name, rule in RULES.items() if HAND_COUNT.name in rule.methods or rule.traits.voteless)
"""The rules whose every step follows from supporters, score and cost."""
KEPT = (
    "kind", "step", "phase", "proposal", "amount", "topped_up", "over", "left", "reason", "kept", "endowment", "taken",
    "because",
)  # fmt: skip
"""Of the steps of other rules, what the tier ``totals`` shows."""

Line = dict[str, Any]


def trace_lines(outcome: Outcome, tier: Tier) -> list[Line]:
    """The lines of ``trace.jsonl``.  ValueError when one has no canonical form (a number beyond 2^53)."""
    lines: list[Line] = canonical.read_lines(trace_bytes(outcome))
    if tier != "totals":
        return lines
    header = {
        **lines[0],
        "schema": "borgerbudget.trace-totals/1",
        "ballots": {"valid": lines[0]["ballots"]["valid"]},
        "ballots_root": public_root(outcome, tier),
    }
    steps = lines[1:]
    if outcome.contest.plan.rule not in FROM_TOTALS:
        steps = [{key: line[key] for key in KEPT if key in line} for line in steps if line["kind"] != "interval"]
    return [header, *steps]


def result(outcome: Outcome, lines: Iterable[Line], tier: Tier) -> Mapping[str, object]:
    """``result.json``: the outcome, what is left, how many people voted where votes are something else, and how much those
    who fell out were short of."""
    document = outcome.as_json()
    if tier == "totals":
        document["ballots"] = {"valid": outcome.ballots()["valid"]}
        if outcome.contest.plan.rule not in FROM_TOTALS:
            document["ties"] = []
    return {
        "schema": "borgerbudget.result/1",
        "outcome": document,
        "left": outcome.left,
        "heads": heads_document(outcome.contest, tier),
        "near_misses": near_misses(outcome, lines),
    }


def near_misses(outcome: Outcome, lines: Iterable[Line]) -> list[Line]:
    """What a proposal that fell out for want of money lacked when the count last looked at it, in minor units; only where
    ``lines`` show it."""
    asks: dict[str, int] = {}
    missing: dict[str, Fraction] = {}
    for line in lines:
        if line["kind"] == "header":
            asks = {entry["proposal"]: entry.get("ask", entry["cost"]) for entry in line["proposals"]}
        elif line["kind"] == "comparison" and line["taken"] == "greedy":
            missing = {}
        elif line["kind"] == "unaffordable" and "value" in line:
            missing[line["proposal"]] = asks[line["proposal"]] - rational(line["value"])
        elif line["kind"] in ("skipped", "stopped") and "because" not in line:
            for proposal in line.get("over", [line.get("proposal")]):
                missing[proposal] = Fraction(asks[proposal] - line["left"])
    return [
        {"proposal": proposal, "reason": reason, "missing": number(missing[proposal])}
        for proposal, reason in outcome.not_funded
        if missing.get(proposal, 0) > 0
    ]


def public_root(outcome: Outcome, tier: Tier) -> str | None:
    """The ballots' root, unless it is the bare hash of a profile that the tier does not show."""
    election = outcome.contest.election
    hidden = tier == "totals" and election.sealed_root is None and not election.hand_count
    return None if hidden else election.ballots_root
