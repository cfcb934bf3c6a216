"""Mapping files (TOML): what a table's columns and words mean where the usual names do not fit.

``[proposals]``, ``[roll]`` and ``[ballots]`` each say how their table is to be read, ``[round]`` what a whole round says besides.
Keys that nobody knows are refused, so that a slip of the pen is not a rule that never applied.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any, Literal

from borgerbudget.errors import Place
from borgerbudget.files.findings import Findings, shown
from borgerbudget.sheets.amounts import Numbers
from borgerbudget.sheets.encodings import KNOWN
from borgerbudget.sheets.moments import Order
from borgerbudget.sheets.proposals import WANTED as PROPOSAL_COLUMNS
from borgerbudget.sheets.tables import Manner
from borgerbudget.sheets.voters import WANTED as VOTER_COLUMNS
from borgerbudget.words import Text

Shape = Literal["list", "balls", "marks", "points", "costs", "ranks"]
DoubleVote = Literal["refuse", "first", "last"]
Digits = Literal["numbers", "ids"]
EMPTY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class BallotManner:
    """How ballots stand in their table.

    ``shape``: ``list`` (one cell names all; with ``points`` a second one holds as many numbers), ``balls`` (a proposal named
    twice has two), ``marks`` (a column each, marked or not), ``points`` (a column each, with a number), ``costs`` (a column each,
    with its cost or 0), ``ranks`` (a column for the first choice, one for the second, ...).
    ``columns``: proposal -> heading; ``answers``: words -> proposal; ``form``: how all answers are written; ``digits``: what a
    bare number means that is both the number of one proposal on the ballot and the id of another.
    """

    manner: Manner = field(default_factory=Manner)
    shape: Shape = "list"
    column: str | None = None
    points: str | None = None
    ranks: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    answers: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    form: str | None = None
    separator: str | None = None
    marked: tuple[str, ...] = ("x", "1", "ja", "yes", "true", "sand", "valgt", "selected", "✓", "✔")
    unmarked: tuple[str, ...] = ("", "0", "nej", "no", "false", "falsk", "ikke valgt", "not selected", "-")
    voter: str | None = None
    double_vote: DoubleVote | None = None
    digits: Digits | None = None
    time: str | None = None
    order: Order | None = None
    opens: datetime | None = None
    closes: datetime | None = None
    price_row: bool = False


@dataclass(frozen=True)
class Mapped:
    """A whole mapping file.  ``round``: keys of META with their values as texts."""

    proposals: Manner = field(default_factory=Manner)
    roll: Manner = field(default_factory=Manner)
    ballots: BallotManner = field(default_factory=BallotManner)
    round: Mapping[str, str] = field(default_factory=lambda: EMPTY)


def _stanford(shape: Shape, **more: Any) -> Mapped:
    return Mapped(ballots=BallotManner(shape=shape, voter="Voter ID", **more))


PLATFORMS: Mapping[str, Mapped] = MappingProxyType(
    {
        "stanford-approvals": _stanford("marks", price_row=True),
        "stanford-knapsack": _stanford("costs", price_row=True),
        "stanford-tokens": _stanford("points"),
        "stanford-ranking": _stanford("ranks", form="{title} (${cost})"),
    }
)
"""The tables of single ballots that the Stanford Participatory Budgeting Platform writes.  (Decidim writes .pb.)"""

TEXT, LIST, TABLE = (
    Text("en tekst", "a text"),
    Text("en liste af tekster", "a list of texts"),
    Text("en tabel", "a table"),
)
MOMENT, YES_NO = Text("en dato eller et tidspunkt", "a date or a time"), Text("true eller false", "true or false")
_MANNER = ("encoding", "sheet", "numbers", "columns")
BALLOT_KEYS = (
    "encoding", "sheet", "shape", "column", "points", "ranks", "columns", "answers", "form", "separator", "marked",
    "unmarked", "voter", "double_vote", "digits", "time", "order", "from", "until", "price_row",
)  # fmt: skip
ROUND_KEYS = (
    "pool", "description", "country", "unit", "instance", "rule", "date_begin", "date_end", "currency", "vote_type",
    "min_length", "max_length", "min_sum_cost", "max_sum_cost", "min_points", "max_points", "min_sum_points",
    "max_sum_points", "default_score",
)  # fmt: skip
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "encoding": KNOWN, "numbers": ("da", "en"), "shape": ("list", "balls", "marks", "points", "costs", "ranks"),
        "double_vote": ("refuse", "first", "last"), "digits": ("numbers", "ids"), "order": ("dmy", "mdy"),
    }
)  # fmt: skip


def read_mapping(data: bytes, source: str, findings: Findings) -> Mapped | None:
    """None after an error; all of them are told."""
    try:
        found = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        findings.error("IMP-090", Place(source), reason=str(error)[:200])
        return None
    return _Reader(source, findings).mapping(found)


class _Reader:
    def __init__(self, source: str, findings: Findings) -> None:
        self.place, self.findings, self.failed = Place(source), findings, False

    def mapping(self, found: dict[str, Any]) -> Mapped | None:
        self.known(found, ("proposals", "roll", "ballots", "round"), "")
        proposals = self.manner(found, "proposals", tuple(one.key for one in PROPOSAL_COLUMNS))
        roll = self.manner(found, "roll", tuple(one.key for one in VOTER_COLUMNS))
        ballots, said = self.ballots(self.table(found, "ballots", "")), self.table(found, "round", "")
        self.known(said, ROUND_KEYS, "round.")
        whole = {key: self.value(said, key) for key in said if key in ROUND_KEYS}
        return None if self.failed else Mapped(proposals, roll, ballots, whole)

    def manner(self, found: dict[str, Any], name: str, columns: tuple[str, ...]) -> Manner:
        said, where = self.table(found, name, ""), f"{name}."
        self.known(said, _MANNER, where)
        named = self.texts(said, "columns", where)
        self.known(named, columns, f"{where}columns.")
        numbers: Any = self.text(said, "numbers", where) or "da"
        return Manner(self.text(said, "encoding", where), self.text(said, "sheet", where), numbers, columns=named)

    def ballots(self, said: dict[str, Any]) -> BallotManner:
        where = "ballots."
        self.known(said, BALLOT_KEYS, where)
        texts: dict[str, Any] = {
            key: text
            for key in (
                "shape",
                "column",
                "points",
                "form",
                "separator",
                "voter",
                "double_vote",
                "digits",
                "time",
                "order",
            )
            if (text := self.text(said, key, where)) is not None
        }
        lists: dict[str, Any] = {
            key: items for key in ("ranks", "marked", "unmarked") if (items := self.items(said, key, where)) is not None
        }
        price_row = said.get("price_row", False)
        if not isinstance(price_row, bool):
            self.wrong(f"{where}price_row", YES_NO)
        manner = Manner(self.text(said, "encoding", where), self.text(said, "sheet", where))
        return BallotManner(
            manner, columns=self.texts(said, "columns", where), answers=self.texts(said, "answers", where),
            opens=self.moment(said, "from", where, time.min), closes=self.moment(said, "until", where, time.max),
            price_row=bool(price_row), **texts, **lists,
        )  # fmt: skip

    def known(self, found: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
        for key in found:
            if key not in known:
                self.failed = True
                self.findings.error("IMP-091", self.place, key=shown(where + key), known=", ".join(known))

    def wrong(self, key: str, kind: Text | str) -> None:
        self.failed = True
        self.findings.error("IMP-092", self.place, key=shown(key), kind=kind)

    def table(self, found: dict[str, Any], key: str, where: str) -> dict[str, Any]:
        value = found.get(key, {})
        if isinstance(value, dict):
            return value
        self.wrong(where + key, TABLE)
        return {}

    def texts(self, found: dict[str, Any], key: str, where: str) -> dict[str, str]:
        table = self.table(found, key, where)
        return {inner: text for inner in table if (text := self.text(table, inner, f"{where}{key}.")) is not None}

    def text(self, found: dict[str, Any], key: str, where: str) -> str | None:
        value = found.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or (key != "separator" and not value.strip()):
            self.wrong(where + key, TEXT)
            return None
        if where.count(".") == 1 and value not in CHOICES.get(key, (value,)):
            self.wrong(where + key, ", ".join(CHOICES[key]))
            return None
        return value

    def items(self, found: dict[str, Any], key: str, where: str) -> tuple[str, ...] | None:
        value = found.get(key)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.wrong(where + key, LIST)
            return None
        return tuple(value)

    def value(self, found: dict[str, Any], key: str) -> str:
        value = found[key]
        if isinstance(value, bool) or not isinstance(value, (str, int, date)):
            self.wrong(f"round.{key}", TEXT)
        return value.isoformat() if isinstance(value, date) else str(value)

    def moment(self, found: dict[str, Any], key: str, where: str, rest: time) -> datetime | None:
        value = found.get(key)
        if value is None:
            return None
        if isinstance(value, datetime) and value.tzinfo is None:
            return value
        if isinstance(value, date) and not isinstance(value, datetime):
            return datetime.combine(value, rest)
        self.wrong(where + key, MOMENT)
        return None


def with_declared(
    mapping: Mapped, encoding: str | None, numbers: Numbers | None, currency: str, allow_cpr: bool
) -> Mapped:
    """With what the command line says, which goes before the file."""

    def declared(manner: Manner) -> Manner:
        return replace(
            manner, encoding=encoding or manner.encoding, numbers=numbers or manner.numbers, currency=currency,
            allow_cpr=allow_cpr,
        )  # fmt: skip

    ballots = replace(mapping.ballots, manner=declared(mapping.ballots.manner))
    return replace(mapping, proposals=declared(mapping.proposals), roll=declared(mapping.roll), ballots=ballots)
