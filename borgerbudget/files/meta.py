"""The META section of a .pb file, or round.csv: its keys and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from borgerbudget.ballots import HAND_COUNT, METHODS, BallotMethod, Limits
from borgerbudget.errors import Place
from borgerbudget.files.cells import Number, parse_cell
from borgerbudget.files.findings import Findings, shown
from borgerbudget.files.numbers import parse_count, parse_whole
from borgerbudget.files.table import Table
from borgerbudget.money import parse_amount

VOTE_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "approval": "approval",
        "choose-1": "approval",
        "cumulative": "points",
        "ordinal": "ranked",
        "scoring": "scoring",
        "hand-count": "hand-count",
    }
)
DEMANDED_KEYS = (
    "description", "country", "unit", "instance", "num_projects", "num_votes", "rule", "date_begin", "date_end",
)  # fmt: skip
"""META keys that the format demands and the count can do without."""
SINGLE_KEYS = frozenset(
    {"budget", "vote_type", "rule", "currency", "min_project_score_threshold", "default_score", "scoring_fn"}
    | {"area_weights", "area_population"}
    | {f"{end}_{what}" for end in ("min", "max") for what in ("length", "sum_cost", "points", "sum_points")}
)
"""META keys that decide something: two different values are an error."""


class Meta:
    """The values by key, each with its line."""

    def __init__(self, table: Table, findings: Findings) -> None:
        self.table, self.findings = table, findings
        self.values: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        at_key, at_value = table.column("key"), table.column("value")
        again: list[tuple[int, str, str]] = []
        for line, row in table.rows(findings):
            key, value = row[at_key].strip(), row[at_value].strip()
            if key in self.values:
                again.append((line, key, value))
                continue
            self.values[key], self.lines[key] = value, line
        for line, key, value in again:
            decides = key in SINGLE_KEYS or key in self.needed_keys()
            tell = findings.error if decides and value != self.values[key] else findings.warn
            tell("PB-022", table.place(line, shown(key)), key=shown(key), value=shown(value))

    def place(self, key: str) -> Place:
        return self.table.place(self.lines.get(key), key)

    def text(self, key: str) -> str | None:
        return self.values.get(key) or None

    def number(self, key: str, parse: Callable[[str], Number]) -> Number | None:
        text = self.text(key)
        return None if text is None else parse_cell(text, key, self.place(key), parse, self.findings)

    def needed_keys(self) -> tuple[str, ...]:
        """The keys without which nothing can be counted."""
        return ("budget", "vote_type", *(["num_votes"] if self.text("vote_type") == HAND_COUNT.name else []))

    def check_absent(self) -> None:
        needed = self.needed_keys()
        for key in needed:
            if self.text(key) is None:
                self.findings.error("PB-020", self.place(key), key=key)
        absent = [key for key in DEMANDED_KEYS if key not in needed and self.text(key) is None]
        if absent:
            self.findings.warn("PB-021", self.table.place(self.table.line), keys=", ".join(absent))

    def method(self) -> BallotMethod | None:
        vote_type = self.text("vote_type")
        if vote_type is None:
            return None
        if vote_type not in VOTE_TYPES:
            self.findings.error("PB-023", self.place("vote_type"), value=shown(vote_type))
            return None
        if vote_type == "ordinal" and (self.text("scoring_fn") or "borda").lower() != "borda":
            value = shown(self.values["scoring_fn"])
            self.findings.warn("PB-028", self.place("scoring_fn"), value=value)
        knapsack = vote_type == "approval" and self.text("max_sum_cost") is not None
        return METHODS["knapsack" if knapsack else VOTE_TYPES[vote_type]]

    def budget(self) -> int | None:
        amount = self.number("budget", parse_amount)
        if amount is not None and amount <= 0:
            self.findings.error("PB-025", self.place("budget"), value=shown(self.values["budget"]))
            return None
        return amount

    def limits(self) -> Limits:
        one = 1 if self.text("vote_type") == "choose-1" else None
        read = Limits(
            min_length=self.number("min_length", parse_count),
            max_length=self.number("max_length", parse_count),
            min_sum_cost=self.number("min_sum_cost", parse_amount),
            max_sum_cost=self.number("max_sum_cost", parse_amount),
            min_points=self.number("min_points", parse_whole),
            max_points=self.number("max_points", parse_whole),
            min_sum_points=self.number("min_sum_points", parse_whole),
            max_sum_points=self.number("max_sum_points", parse_whole),
            default_score=self.number("default_score", parse_whole) or 0,
        )
        for what in ("length", "sum_cost", "points", "sum_points"):
            low, high = getattr(read, f"min_{what}"), getattr(read, f"max_{what}")
            if low is not None and high is not None and low > high:
                self.findings.warn("PB-026", self.place(f"min_{what}"), low=f"min_{what}", high=f"max_{what}")
        if self.text("vote_type") != "scoring":
            read = replace(read, default_score=0)
        if one is None:
            return read
        return replace(
            read,
            min_length=one if read.min_length is None else read.min_length,
            max_length=one if read.max_length is None else read.max_length,
        )
