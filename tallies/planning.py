"""Plans by name: ``rule[/completion]`` with settings, or ``declared``, what the election's own source declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from borgerbudget.ballots import HAND_COUNT
from borgerbudget.election import Election
from borgerbudget.errors import InputRejected, UsageError, problem
from tallies.completions import COMPLETIONS
from tallies.lot import Lot
from tallies.plan import DEFAULT_TIES, Plan, checked_ties
from tallies.rules import RULES
from tallies.rules.rule import SETS
from tallies.setting_values import POSITIVE, choice, rational
from tallies.terms_reading import TERMS, read_terms
from tallies.words import PROBLEMS

UTILITIES = ("cost", "count", "points")
COMPARISONS = ("none", "satisfaction", "exclusion-ratio")
STARTS = ("integral", "exact")
SETTINGS = ("utility", "start", "increment", "comparison", "threshold", "points_table", *TERMS)

DECLARED: dict[str, tuple[str, dict[str, object]]] = {
    "greedy": ("greedy", {}),
    "greedy-threshold": ("greedy", {}),
    "greedy-no-skip": ("greedy-stop", {}),
    "equalshares/add1": ("equal-shares/add1", {}),
    "equalshares/add1-comparison": ("equal-shares/add1", {"comparison": "satisfaction"}),
}
"""Rules as Pabulib files declare them -> plan and settings; a declared threshold is added by ``make_plan``."""


def make_plan(
    name: str,
    election: Election,
    settings: Mapping[str, object] | None = None,
    ties: Sequence[str] = DEFAULT_TIES,
    lot: Lot | None = None,
) -> Plan:
    """The plan called ``name`` for ``election``, with ``settings`` (keys of ``SETTINGS``; text or values).

    Raises UsageError for what cannot be asked, InputRejected when ``declared`` has no rule that can be counted.
    """
    asked = dict(settings or {})
    if name == "declared":
        declared = election.declared_rule or "-"
        if declared not in DECLARED:
            raise InputRejected(problem(PROBLEMS, "PLN-010", rule=declared))
        name, given = DECLARED[declared]
        asked = {**given, **asked}
        if election.declared_threshold is not None:
            asked.setdefault("threshold", election.declared_threshold)
    method = election.method.name
    rule_name, slash, completion = name.partition("/")
    rule = RULES.get(rule_name)
    if rule is None or (slash and (not rule.completed or completion not in COMPLETIONS)):
        raise UsageError(problem(PROBLEMS, "PLN-001", name=name, known=", ".join(known_plans())))
    for key in asked:
        if key == "ties":
            raise UsageError(problem(PROBLEMS, "PLN-040", value=asked[key]))
        if key not in SETTINGS:
            raise UsageError(problem(PROBLEMS, "PLN-002", key=key, known=", ".join(SETTINGS)))
    if method == HAND_COUNT.name and method not in rule.methods:
        known = ", ".join(other.name for other in RULES.values() if method in other.methods)
        raise UsageError(problem(PROBLEMS, "PLN-042", rule=rule.name, known=known))
    if method not in rule.methods:
        raise UsageError(problem(PROBLEMS, "PLN-004", rule=rule.name, method=method))
    plan = Plan(rule.name, method, checked_ties(ties), lot=lot, traits=rule.traits)
    plan = replace(plan, terms=read_terms(asked, election, rule))
    if "threshold" in asked:
        plan = replace(plan, threshold=_threshold(asked.pop("threshold"), method))
    if "points_table" in asked:
        plan = replace(plan, points_table=_table(asked.pop("points_table"), method))
    if rule.completed:
        plan = _completed(plan, completion or "none", method, asked)
    for key in asked:
        raise UsageError(problem(PROBLEMS, "PLN-003", key=key, name=name))
    return plan


def known_plans() -> list[str]:
    """Every plan by name."""
    plain = [rule.name for rule in RULES.values() if not rule.completed]
    return plain + [f"{rule.name}/{c}" for rule in RULES.values() if rule.completed for c in COMPLETIONS]


def _threshold(value: object, method: str) -> Fraction:
    """The least score; below zero only where a score can be."""
    found = rational(value, "threshold")
    if found < 0 and method != "scoring":
        raise UsageError(problem(PROBLEMS, "PLN-037", value=value))
    return found


def _completed(plan: Plan, completion: str, method: str, asked: dict[str, object]) -> Plan:
    sets = method in SETS
    utility = choice(asked.pop("utility", "cost" if sets else "points"), "utility", UTILITIES)
    if (utility == "points") == sets:
        raise UsageError(problem(PROBLEMS, "PLN-006", utility=utility, method=method))
    comparison = choice(asked.pop("comparison", "none"), "comparison", COMPARISONS)
    plan = replace(plan, utility=utility, completion=completion, comparison=comparison)
    if COMPLETIONS[completion].climbs:
        start = choice(asked.pop("start", "integral"), "start", STARTS)
        increment = rational(asked.pop("increment", 1), "increment", above=0, mend=POSITIVE)
        plan = replace(plan, start=start, increment=increment)
    return plan


def _table(value: object, method: str) -> tuple[int, ...] | None:
    if method != "ranked":
        raise UsageError(problem(PROBLEMS, "PLN-003", key="points_table", name=method))
    if value in ("borda", None):
        return None
    parts = value.split(",") if isinstance(value, str) else list(value) if isinstance(value, (list, tuple)) else [""]
    if not parts or not all(
        (isinstance(p, int) and not isinstance(p, bool) and 0 <= p < 10**9)
        or (isinstance(p, str) and p.isascii() and p.isdigit() and len(p) < 10)
        for p in parts
    ):
        raise UsageError(problem(PROBLEMS, "PLN-009", value=value))
    return tuple(int(p) for p in parts)
