"""A plan: rule, completion, utility and tie policy with every parameter; frozen before voting opens.

A name is ``rule[/completion]``; ``declared`` is what the election's own source declares.  Every default is written out
in the plan, so that a plan says all that a count depends on besides the election.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from borgerbudget.election import Election
from borgerbudget.errors import InputRejected, UsageError, problem
from borgerbudget.money import ONE_UNIT
from tallies.lot import Lot
from tallies.rationals import number
from tallies.words import PROBLEMS

SETS = ("approval", "knapsack")
"""The methods whose ballots are sets."""
RULES = ("greedy", "greedy-stop", "greedy-per-cost", "greedy-80", "equal-shares", "phragmen")
COMPLETIONS = ("none", "utilitarian", "add1", "add1e", "add1u", "add1eu")
UTILITIES = ("cost", "count", "points")
COMPARISONS = ("none", "satisfaction", "exclusion-ratio")
STARTS = ("integral", "exact")
CRITERIA = ("cheapest", "most-votes")
DEFAULT_TIES = (*CRITERIA, "refuse")
SETTINGS = ("utility", "start", "increment", "comparison", "threshold", "points_table")

DECLARED = {
    "greedy": ("greedy", {}),
    "greedy-threshold": ("greedy", {}),
    "greedy-no-skip": ("greedy-stop", {}),
    "equalshares/add1": ("equal-shares/add1", {}),
    "equalshares/add1-comparison": ("equal-shares/add1", {"comparison": "satisfaction"}),
}
"""Rules as Pabulib files declare them -> plan and settings; a declared threshold is added by ``make_plan``."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All parameters of one count.

    ``threshold``: least score of an eligible proposal.  ``points_table``: points by position for ranked ballots, None
    for Borda.  ``increment``: currency units per voter and step.  Parameters that the rule or the ballot method does
    not have are None.
    """

    rule: str
    method: str
    ties: tuple[str, ...] = DEFAULT_TIES
    threshold: Fraction | None = None
    points_table: tuple[int, ...] | None = None
    utility: str | None = None
    completion: str | None = None
    start: str | None = None
    increment: Fraction | None = None
    comparison: str | None = None
    lot: Lot | None = None
    version: int = 1

    @property
    def name(self) -> str:
        return self.rule if self.completion is None else f"{self.rule}/{self.completion}"

    @property
    def adds(self) -> bool:
        """Whether the completion raises the endowment."""
        return self.completion is not None and self.completion.startswith("add1")

    def as_json(self) -> dict[str, object]:
        """Every parameter, as in the header of a trace."""
        found: dict[str, object] = {
            "rule": self.rule,
            "version": self.version,
            "threshold": None if self.threshold is None else number(self.threshold),
            "ties": list(self.ties),
        }
        if self.method == "ranked":
            found["points_table"] = "borda" if self.points_table is None else list(self.points_table)
        if self.rule == "equal-shares":
            found |= {
                "utility": self.utility,
                "completion": self.completion,
                "start": self.start,
                "increment": None if self.increment is None else number(self.increment),
                "comparison": self.comparison,
            }
        return found

    def increment_amount(self) -> Fraction:
        """The increment in minor units."""
        return Fraction(ONE_UNIT) * (self.increment or 1)

    def greedy(self) -> Plan:
        """Rule ``greedy`` under the same eligibility, ties and lot."""
        return replace(self, rule="greedy", utility=None, completion=None, start=None, increment=None, comparison=None)


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
    asked: dict[str, object] = dict(settings or {})
    if name == "declared":
        rule = election.declared_rule
        if rule not in DECLARED:
            raise InputRejected(problem(PROBLEMS, "PLN-010", rule=rule or "-"))
        name, given = DECLARED[rule]
        asked = {**given, **asked}
        if election.declared_threshold is not None:
            asked.setdefault("threshold", election.declared_threshold)
    method = election.method.name
    rule, _, completion = name.partition("/")
    equal_shares = rule == "equal-shares"
    if rule not in RULES or (completion and (not equal_shares or completion not in COMPLETIONS)):
        raise UsageError(problem(PROBLEMS, "PLN-001", name=name, known=", ".join(known_plans())))
    for key in asked:
        if key not in SETTINGS:
            raise UsageError(problem(PROBLEMS, "PLN-002", key=key, known=", ".join(SETTINGS)))
    if rule == "phragmen" and method not in SETS:
        raise UsageError(problem(PROBLEMS, "PLN-004", rule=rule, method=method))
    plan = Plan(rule, method, checked_ties(ties), lot=lot)
    if "threshold" in asked:
        plan = replace(plan, threshold=_rational(asked.pop("threshold"), "threshold", least=None))
    if "points_table" in asked:
        plan = replace(plan, points_table=_table(asked.pop("points_table"), method))
    if equal_shares:
        plan = _equal_shares(plan, completion or "none", method, asked)
    for key in asked:
        raise UsageError(problem(PROBLEMS, "PLN-003", key=key, name=name))
    return plan


def known_plans() -> list[str]:
    """Every plan by name."""
    return [r for r in RULES if r != "equal-shares"] + [f"equal-shares/{c}" for c in COMPLETIONS]


def checked_ties(ties: Sequence[str]) -> tuple[str, ...]:
    """The tie policy, or UsageError."""
    found = tuple(ties)
    head, last = found[:-1], found[-1:]
    if last not in (("lot",), ("refuse",)) or len(set(head)) < len(head) or not set(head) <= set(CRITERIA):
        raise UsageError(problem(PROBLEMS, "PLN-005", ties=",".join(found)))
    return found


def _equal_shares(plan: Plan, completion: str, method: str, asked: dict[str, object]) -> Plan:
    sets = method in SETS
    utility = _choice(asked.pop("utility", "cost" if sets else "points"), "utility", UTILITIES)
    if (utility == "points") == sets:
        raise UsageError(problem(PROBLEMS, "PLN-006", utility=utility, method=method))
    comparison = _choice(asked.pop("comparison", "none"), "comparison", COMPARISONS)
    plan = replace(plan, utility=utility, completion=completion, comparison=comparison)
    if plan.adds:
        start = _choice(asked.pop("start", "integral"), "start", STARTS)
        increment = _rational(asked.pop("increment", 1), "increment", least=0)
        plan = replace(plan, start=start, increment=increment)
    return plan


def _choice(value: object, key: str, known: Sequence[str]) -> str:
    if value not in known:
        raise UsageError(problem(PROBLEMS, "PLN-007", key=key, value=value, known=", ".join(known)))
    return str(value)


def _rational(value: object, key: str, least: int | None) -> Fraction:
    """A number given as such or as text (``3``, ``2.5``, ``1/3``), greater than ``least``."""
    try:
        if isinstance(value, bool) or (isinstance(value, str) and len(value) > 60):
            raise ValueError
        if isinstance(value, str) and (not value.isascii() or "e" in value.lower() or "_" in value):
            raise ValueError
        if not isinstance(value, (int, str, Fraction)):
            raise ValueError
        found = Fraction(value)
        if least is not None and found <= least:
            raise ValueError
    except (ValueError, TypeError, ZeroDivisionError):
        raise UsageError(problem(PROBLEMS, "PLN-008", key=key, value=value)) from None
    return found


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
