"""A .pb file as an election: what the cells of its three sections mean.

Errors are what would make the count a guess: an unknown id on a ballot, two proposals with one id, a cost that is not
positive, numbers that cannot be read, lists of unequal length.  Everything else that is odd is a warning, and the
ballots count as they are written: published rounds break their own limits.  docs/pabulib.md lists both.

vote_type: approval and choose-1 -> approval, approval with max_sum_cost -> knapsack, cumulative -> points,
scoring -> scoring, ordinal -> ranked.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from borgerbudget.ballots import METHODS, BallotMethod, Limits
from borgerbudget.election import Election
from borgerbudget.errors import Place
from borgerbudget.files.findings import Findings, shown
from borgerbudget.files.numbers import looks_like_thousands, parse_count, parse_decimal, parse_whole
from borgerbudget.files.pabulib_ballots import Votes, read_votes
from borgerbudget.files.pabulib_document import NEEDED, check_quotes, scan
from borgerbudget.files.reading import Reading
from borgerbudget.files.table import Table
from borgerbudget.files.words import REASONS_DA
from borgerbudget.money import parse_amount, plain_amount
from borgerbudget.pool import Pool
from borgerbudget.profile import merge
from borgerbudget.proposal import Proposal

WITHDRAWN = "999999999"
"""The cost that Pabulib writes for a proposal that was withdrawn: exactly this text."""
VOTE_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "approval": "approval",
        "choose-1": "approval",
        "cumulative": "points",
        "ordinal": "ranked",
        "scoring": "scoring",
    }
)
DEMANDED_KEYS = (
    "description", "country", "unit", "instance", "num_projects", "num_votes", "rule", "date_begin", "date_end",
)  # fmt: skip
"""META keys that the format demands and the count can do without."""
SINGLE_KEYS = frozenset(
    {"budget", "vote_type", "rule", "currency", "min_project_score_threshold", "default_score", "scoring_fn"}
    | {f"{end}_{what}" for end in ("min", "max") for what in ("length", "sum_cost", "points", "sum_points")}
)
"""META keys that decide something: two different values are an error."""

Number = TypeVar("Number")


def read_pabulib(data: bytes, source: str) -> Reading:
    """The election of a .pb file.  Raises InputRejected with all problems; ``source`` names the file in them."""
    findings = Findings()
    tables = scan(data, source, findings)
    if tables is not None:
        reading = election_of(tables, hashlib.sha256(data).hexdigest(), findings)
        if reading is not None:
            return reading
    findings.raise_if_failed()
    raise AssertionError("nothing was read and nothing reported")


def election_of(tables: Mapping[str, Table], sha256: str, findings: Findings) -> Reading | None:
    """The election of three tables that can be told apart; None when something in them is an error."""
    check_quotes([tables["META"], tables["PROJECTS"]], findings)
    meta = _Meta(tables["META"], findings)
    proposals = _proposals(tables["PROJECTS"], meta, findings)
    kind = meta.method()
    votes = read_votes(tables["VOTES"], kind, tuple(proposals), findings) if kind else None
    budget, limits = meta.budget(), meta.limits()
    threshold = meta.number("min_project_score_threshold", parse_decimal)
    meta.check_absent()
    if kind is None or votes is None or budget is None or findings.failed:
        return None

    ordered = tuple(proposals.values())
    votes.check_limits(kind, ordered, limits, findings)
    _check_counts(tables["PROJECTS"], meta, kind, ordered, votes, limits, findings)
    if findings.failed:
        return None
    profile = merge(kind, votes.marks if kind.name == "ranked" else votes.once, votes.counts, limits.default_score)
    election = Election(
        pool=Pool(budget, meta.text("currency") or ""),
        proposals=ordered,
        method=kind,
        profile=profile,
        limits=limits,
        round=sha256,
        input_sha256=sha256,
        declared_rule=meta.text("rule"),
        declared_threshold=threshold,
    )
    return Reading(election, findings.problems)


class _Meta:
    """The META section: its values by key, each with its line."""

    def __init__(self, table: Table, findings: Findings) -> None:
        self.table, self.findings = table, findings
        self.values: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        at_key, at_value = table.column("key"), table.column("value")
        for line, row in table.rows(findings):
            key, value = row[at_key].strip(), row[at_value].strip()
            if key in self.values:
                decides = key in SINGLE_KEYS and value != self.values[key]
                tell = findings.error if decides else findings.warn
                tell("PB-022", table.place(line, shown(key)), key=shown(key), value=shown(value))
                continue
            self.values[key], self.lines[key] = value, line

    def place(self, key: str) -> Place:
        return self.table.place(self.lines.get(key), key)

    def text(self, key: str) -> str | None:
        return self.values.get(key) or None

    def number(self, key: str, parse: Callable[[str], Number]) -> Number | None:
        text = self.text(key)
        return None if text is None else parse_cell(text, key, self.place(key), parse, self.findings)

    def check_absent(self) -> None:
        for key in ("budget", "vote_type"):
            if self.text(key) is None:
                self.findings.error("PB-020", self.place(key), key=key)
        absent = [key for key in DEMANDED_KEYS if self.text(key) is None]
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


_FORMS: Mapping[Callable[[str], object], tuple[str, str]] = {
    parse_amount: ("et beløb som 12500 eller 12500.50", "an amount such as 12500 or 12500.50"),
    parse_decimal: ("et tal som 100 eller 0.5", "a number such as 100 or 0.5"),
}
_WHOLE_FORM = ("et helt tal med cifrene 0-9", "a whole number in the digits 0-9")


def parse_cell(text: str, what: str, place: Place, parse: Callable[[str], Number], findings: Findings) -> Number | None:
    """The number in a cell, or None with an error; amounts that may have been meant as thousands are told."""
    try:
        number = parse(text)
    except ValueError as error:
        reason = str(error)
        form_da, form = _FORMS.get(parse, _WHOLE_FORM)
        findings.error(
            "PB-024", place, what=what, value=shown(text), form=form, form_da=form_da,
            reason=reason, reason_da=REASONS_DA.get(reason, reason),
        )  # fmt: skip
        return None
    if isinstance(number, int) and parse == parse_amount and looks_like_thousands(text):
        findings.warn("PB-027", place, what=what, value=shown(text), read=plain_amount(number))
    return number


def _proposals(table: Table, meta: _Meta, findings: Findings) -> dict[str, Proposal]:
    """The proposals by id, in byte order of the ids; what stands on a faulty line is left out."""
    columns = {name: table.column(name) for name in table.columns if name}
    found: dict[str, Proposal] = {}
    lines: dict[str, int] = {}
    count = 0
    for line, row in table.rows(findings):
        count += 1

        def cell(name: str, row: Sequence[str] = row) -> str:
            return row[columns[name]].strip() if name in columns else ""

        name, cost_text = cell("project_id"), cell("cost")
        place = table.place(line, "project_id")
        if not name:
            findings.error("PB-030", place)
        elif name in lines:
            findings.error("PB-031", place, value=shown(name), first=lines[name])
        elif reason := _unfit(name, ranked=meta.text("vote_type") == "ordinal"):
            findings.error("PB-032", place, value=shown(name), reason=reason)
        elif name.upper() in NEEDED:
            findings.warn("PB-038", place, value=shown(name))
        lines.setdefault(name, line)
        cost = parse_cell(cost_text, "cost", table.place(line, "cost"), parse_amount, findings)
        if cost is not None and cost <= 0:
            findings.error("PB-034", table.place(line, "cost"), id=shown(name), value=shown(cost_text))
        found.setdefault(
            name,
            Proposal(
                id=name or "-",
                cost=cost if cost is not None and cost > 0 else 1,
                title=cell("name"),
                area=cell("neighborhood") or cell("district") or None,
                category=tuple(filter(None, map(str.strip, cell("category").split(",")))),
                withdrawn=cost_text == WITHDRAWN,
            ),
        )
    if not count and not findings.failed:
        findings.error("PB-035", table.place(table.line))
    declared = meta.number("num_projects", parse_count)
    if declared is not None and declared != count:
        findings.warn("PB-037", meta.place("num_projects"), key="num_projects", value=declared, found=count)
    _warn_of_confusable_ids(table, lines, findings)
    return dict(sorted(found.items(), key=lambda item: item[0].encode()))


def _unfit(name: str, ranked: bool) -> str:
    """The character for which ``name`` cannot be an id, or nothing.  (Ballots are written with ``,`` and, ranked, with ``>``.)"""
    for character in name:
        if not character.isprintable() or character in ",;" or (ranked and character == ">"):
            return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
    return ""


def _warn_of_confusable_ids(table: Table, lines: Mapping[str, int], findings: Findings) -> None:
    alike: dict[str, list[str]] = {}
    for name in lines:
        alike.setdefault(unicodedata.normalize("NFKC", name).casefold(), []).append(name)
    for names in alike.values():
        if len(names) > 1:
            place = table.place(lines[names[-1]], "project_id")
            findings.warn("PB-033", place, value=", ".join(map(shown, names[:5])))


def _check_counts(
    table: Table, meta: _Meta, kind: BallotMethod, proposals: Sequence[Proposal], votes: Votes, limits: Limits,
    findings: Findings,
) -> None:  # fmt: skip
    """Compares num_votes and the columns votes and score with the ballots: warnings only."""
    declared = meta.number("num_votes", parse_count)
    if declared is not None and declared != votes.total:
        findings.warn("PB-037", meta.place("num_votes"), key="num_votes", value=declared, found=votes.total)
    if not (table.has("votes") or table.has("score")):
        return
    listed, score = votes.tallies(kind, len(proposals), limits.default_score)
    index = {proposal.id: i for i, proposal in enumerate(proposals)}
    for column, counted in (("votes", listed), ("score", score)):
        if not table.has(column):
            continue
        at, at_id, wrong, first = table.column(column), table.column("project_id"), [], 0
        for line, row in table.rows():
            text, name = row[at].strip(), row[at_id].strip()
            if not text:
                continue
            number = parse_cell(text, column, table.place(line, column), parse_decimal, findings)
            if number is not None and number != counted[index[name]]:
                first = first or line
                wrong.append(f"{shown(name)} {shown(text, 20)}≠{counted[index[name]]}")
        if wrong:
            findings.warn(
                "PB-036", table.place(first, column), column=column, count=len(wrong), examples=", ".join(wrong[:3])
            )
