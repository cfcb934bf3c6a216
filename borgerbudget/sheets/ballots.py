"""Ballots from a table: one row each, whatever way a form or a platform writes what was chosen.

Who answered is looked at for one thing only: that nobody votes twice.  In a stored round that is the round's to settle, by the
code that stands beside each answer.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, overload

from borgerbudget.files.findings import Findings, shown
from borgerbudget.money import ONE_UNIT
from borgerbudget.sheets.amounts import FAULTS, Unread, amount, whole
from borgerbudget.sheets.answers import Ambiguous, Answers, Unknown, fold, short_names, spellings
from borgerbudget.sheets.cells import Cell, Fault, Moment, Number, Sheet, Truth, is_blank, number_text, plain, quoted
from borgerbudget.sheets.headings import PersonalNumbers, Table, Wanted, find_table, normal, tell_unused
from borgerbudget.sheets.mapping import BallotManner
from borgerbudget.sheets.moments import moment
from borgerbudget.sheets.proposals import ProposalRow
from borgerbudget.sheets.records import records

CHOICES = ("stemmer", "vote", "votes", "stemme", "stemt på", "valg", "valgte forslag", "forslag", "choices", "chosen")
POINTS = ("point", "points", "stemmetal")
VOTER = ("voter id", "stemmeseddel", "nr", "id", "vælger", "kode", "code", "ballot", "voter", "no")
CODE = ("kode", "code", "stemmekode", "voting code", "din kode", "your code", "adgangskode", "token")
PER_PROPOSAL = ("marks", "points", "costs")
VOTE_TYPES = {
    "list": "approval", "balls": "cumulative", "marks": "approval", "points": "cumulative", "costs": "approval",
    "ranks": "ordinal",
}  # fmt: skip
SHOWN = 10


class BallotRow(NamedTuple):
    """The ballot in row ``row``: the proposals chosen, in order where that counts, with points where there are any.

    ``voter``: who answered, or her code; ``when``: as the table says it, if it does.
    """

    row: int
    voter: str | None
    choices: tuple[str, ...]
    points: tuple[int, ...] | None = None
    when: datetime | None = None


class ManyRows(Sequence[BallotRow]):
    """A million in little room, in columns; each is made again when it is asked for."""

    def __init__(self) -> None:
        self._numbers = array("I")
        self._columns: tuple[list[Any], ...] = ([], [], [], [])

    def append(self, row: BallotRow) -> None:
        self._numbers.append(row.row)
        for column, value in zip(self._columns, row[1:], strict=True):
            column.append(value)

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[BallotRow]:
        return map(BallotRow, self._numbers, *self._columns)

    @overload
    def __getitem__(self, at: int) -> BallotRow: ...
    @overload
    def __getitem__(self, at: slice) -> list[BallotRow]: ...
    def __getitem__(self, at: int | slice) -> BallotRow | list[BallotRow]:
        if isinstance(at, slice):
            return list(map(BallotRow, self._numbers[at], *(column[at] for column in self._columns)))
        return BallotRow(self._numbers[at], *(column[at] for column in self._columns))


@dataclass(frozen=True)
class BallotTable:
    """``vote_type``: in Pabulib's words; ``table``: where the rows stand, for what is found to be wrong later."""

    rows: Sequence[BallotRow]
    vote_type: str
    table: Table = field(compare=False)


def read_ballots(
    sheets: Sequence[Sheet], proposals: Sequence[ProposalRow], manner: BallotManner, findings: Findings,
    codes: bool = False,
) -> BallotTable | None:  # fmt: skip
    """The ballots of the one sheet that holds them; None after an error, and then ``findings`` has them all.

    ``codes``: they come with codes, and all are given, also several with one code; after errors, too, so that more can be told.
    """
    if not _sound(manner, proposals, sheets, findings):
        return None
    wanted, given = _wanted(manner, proposals, codes)
    table = find_table(sheets, wanted, given, manner.manner.sheet, findings)
    if table is None:
        return None
    tell_unused(table, table.columns.values(), findings)
    reader = _Reader(table, proposals, manner, findings, codes)
    personal = PersonalNumbers(table)
    used = [column for key, column in table.columns.items() if key not in ("voter", "time")]
    rows = ManyRows()
    for number, cells in records(table, findings, used, personal):
        if manner.price_row and not rows and reader.is_price_row(cells):
            findings.warn("IMP-081", table.place(number))
            continue
        row = reader.row(number, cells)
        if row is not None:
            rows.append(row)
    personal.tell(findings, manner.manner.allow_cpr, table.columns.get("voter"))
    if not rows and not findings.failed:
        findings.error("IMP-055", table.place(table.row))
    kept = rows if codes else _each_once(rows, table, manner, findings)
    if findings.failed and not codes:
        return None
    blank = [row.row for row in kept if not row.choices]
    if blank:
        findings.warn("IMP-080", table.place(blank[0]), count=len(blank), rows=_listed(blank))
    with_points = any(row.points is not None for row in kept)
    return BallotTable(kept, "cumulative" if with_points else VOTE_TYPES[manner.shape], table)


def _sound(manner: BallotManner, proposals: Sequence[ProposalRow], sheets: Sequence[Sheet], findings: Findings) -> bool:
    """Whether the mapping speaks of proposals that there are."""
    ids = {proposal.id for proposal in proposals}
    named = [*manner.columns, *manner.answers.values()]
    place = sheets[0].place() if sheets else None
    for name in dict.fromkeys(named):
        if name not in ids and place is not None:
            findings.error("IMP-093", place, value=shown(name), known=", ".join(sorted(ids)[:30]))
    return ids.issuperset(named)


def _wanted(manner: BallotManner, proposals: Sequence[ProposalRow], codes: bool) -> tuple[list[Wanted], dict[str, str]]:
    """The columns of the ballots' shape, and the headings that the mapping gives for them."""
    given: dict[str, str] = {}
    wanted = [Wanted("voter", CODE if codes else VOTER, codes or manner.voter is not None)]
    if manner.voter is not None:
        given["voter"] = manner.voter
    if manner.time is not None:
        wanted.append(Wanted("time", (), True))
        given["time"] = manner.time
    if manner.shape in PER_PROPOSAL:
        short = short_names(proposals, manner.digits)
        for proposal in proposals:
            others = (name for name, ids in short.items() if ids == {proposal.id})
            spelt = (proposal.title, *others, *sorted(spellings(proposal, manner.form)))
            names = tuple(dict.fromkeys(map(normal, spelt)))
            endings = tuple(f"{left}{name}{right}" for name in names for left, right in (("[", "]"), (" - ", "")))
            wanted.append(Wanted(f"={proposal.id}", names, True, endings))
        given |= {f"={name}": heading for name, heading in manner.columns.items()}
    elif manner.shape == "ranks":
        headings = manner.ranks or tuple(f"Rank{n}" for n in range(1, len(proposals) + 1))
        for n, heading in enumerate(headings):
            wanted.append(Wanted(f"#{n}", (normal(heading),), n == 0 or bool(manner.ranks)))
    else:
        wanted.append(Wanted("choices", CHOICES, True))
        wanted.append(Wanted("points", POINTS, manner.points is not None))
        if manner.column is not None:
            given["choices"] = manner.column
        if manner.points is not None:
            given["points"] = manner.points
    return wanted, given


class _Reader:
    def __init__(
        self, table: Table, proposals: Sequence[ProposalRow], manner: BallotManner, findings: Findings, codes: bool
    ) -> None:
        self.table, self.manner, self.findings, self.codes = table, manner, findings, codes
        self.answers = Answers(proposals, manner.form, manner.answers, manner.separator, manner.digits)
        self.cost_of: Mapping[str, int] = {proposal.id: proposal.cost for proposal in proposals}
        self.marked, self.unmarked = set(map(fold, manner.marked)), set(map(fold, manner.unmarked))
        self.per_proposal = [(key[1:], column) for key, column in table.columns.items() if key.startswith("=")]
        self.ranks = [column for key, column in table.columns.items() if key.startswith("#")]
        self.ok = True
        self.alike: dict[tuple[object, object], tuple[tuple[str, ...], tuple[int, ...] | None]] = {}

    def is_price_row(self, cells: Sequence[Cell]) -> bool:
        """The second row of Stanford's tables: ``,,$1000,$2000`` or ``Allocation,,1000,0``."""
        return plain(cells[self.table.columns["voter"]]) in ("", "Allocation")

    def row(self, number: int, cells: Sequence[Cell]) -> BallotRow | None:
        """None where something is wrong; all of it has been told."""
        self.ok = True
        voter = plain(cells[self.table.columns["voter"]]) if "voter" in self.table.columns else None
        if self.codes and not voter:
            self._wrong("IMP-083", number, self.table.columns["voter"])
        when = None if self.manner.time is None else self._when(number, cells[self.table.columns["time"]])
        points: list[int] | None = None
        if self.manner.shape == "ranks":
            choices = self._ranked(number, cells)
        elif self.per_proposal:
            choices, points = self._by_column(number, cells)
        else:
            choices, points = self._listed(number, cells)
        if points is None:
            for name in sorted({name for name in choices if choices.count(name) > 1}):
                self._wrong("IMP-072", number, None, value=shown(name))
        if not self.ok:
            return BallotRow(number, voter or None, ()) if self.codes else None
        marks = tuple(choices), None if points is None else tuple(points)
        return BallotRow(number, voter or None, *self.alike.setdefault(marks, marks), when)

    def _listed(self, number: int, cells: Sequence[Cell]) -> tuple[list[str], list[int] | None]:
        column = self.table.columns["choices"]
        if "points" not in self.table.columns and (pointed := self.answers.pointed(plain(cells[column]))):
            return list(pointed), list(pointed.values())
        choices = self._answers(number, column, cells[column], single=False)
        if self.manner.shape == "balls":
            once = list(dict.fromkeys(choices))
            return once, [choices.count(name) for name in once]
        if "points" not in self.table.columns:
            return choices, None
        column = self.table.columns["points"]
        text = plain(cells[column])
        parts = [part for part in text.replace(";", ",").replace(" ", ",").split(",") if part]
        points = [found for part in parts if (found := self._number(number, column, part)) is not None]
        if len(parts) != len(choices):
            self._wrong("IMP-077", number, column, found=len(choices), points=len(parts))
        return choices, points

    def _by_column(self, number: int, cells: Sequence[Cell]) -> tuple[list[str], list[int] | None]:
        choices, points = [], []
        for name, column in self.per_proposal:
            cell = cells[column]
            if self.manner.shape == "marks":
                value = self._mark(number, column, cell)
            elif self.manner.shape == "costs":
                value = self._cost(number, column, cell, name)
            else:
                value = 0 if is_blank(cell) else self._number(number, column, cell) or 0
            if value or (self.codes and self.manner.shape == "points" and not is_blank(cell)):
                choices.append(name)
                points.append(value)
        return choices, points if self.manner.shape == "points" else None

    def _ranked(self, number: int, cells: Sequence[Cell]) -> list[str]:
        choices: list[str] = []
        empty: int | None = None
        for place, column in enumerate(self.ranks, 1):
            if is_blank(cells[column]):
                empty = empty or place
                continue
            if empty is not None:
                self._wrong("IMP-078", number, column, value=f"{empty}.")
                break
            choices += self._answers(number, column, cells[column], single=True)
        return choices

    def _answers(self, number: int, column: int, cell: Cell, single: bool) -> list[str]:
        if isinstance(cell, (Moment, Fault)):
            self._wrong(FAULTS[cell.kind] if isinstance(cell, Fault) else "IMP-023", number, column, value=quoted(cell))
            return []
        text = cell if isinstance(cell, str) else plain(cell)
        if isinstance(cell, Number) and "." in number_text(cell):
            self._wrong("IMP-070", number, column, value=shown(text))
            return []
        try:
            return [self.answers.one(text)] if single else list(self.answers.several(text))
        except Unknown as error:
            self._wrong("IMP-070", number, column, value=shown(plain(str(error)) or plain(text)))
        except Ambiguous as error:
            code = "IMP-084" if error.short else "IMP-071"
            self._wrong(code, number, column, value=shown(plain(text)), one=error.one, other=error.other)
        return []

    def _mark(self, number: int, column: int, cell: Cell) -> int:
        if isinstance(cell, Truth):
            return int(cell.value)
        if isinstance(cell, Fault):
            self._wrong(FAULTS[cell.kind], number, column, value=shown(cell.text))
            return 0
        text = fold(plain(cell))
        if text not in self.marked and text not in self.unmarked:
            self._wrong("IMP-073", number, column, value=quoted(cell))
        return int(text in self.marked)

    def _cost(self, number: int, column: int, cell: Cell, name: str) -> int:
        """1 where the whole cost of the proposal stands, 0 where nothing does."""
        try:
            found = 0 if is_blank(cell) else amount(cell, "en", self.manner.manner.currency)
        except Unread as error:
            self._wrong(error.code, number, column, value=quoted(cell), **error.values)
            return 0
        if found not in (0, self.cost_of[name]):
            self._wrong("IMP-082", number, column, value=quoted(cell), cost=self.cost_of[name] // ONE_UNIT)
        return int(found > 0)

    def _number(self, number: int, column: int, cell: Cell) -> int | None:
        try:
            return whole(cell)
        except Unread as error:
            self._wrong(error.code, number, column, value=quoted(cell), **error.values)
            return None

    def _when(self, number: int, cell: Cell) -> datetime | None:
        column, opens, closes = self.table.columns["time"], self.manner.opens, self.manner.closes
        try:
            when = moment(cell, self.manner.order)
        except Unread as error:
            self._wrong(error.code, number, column, value=quoted(cell), **error.values)
            return None
        written = when.replace(tzinfo=None)
        if (opens is not None and written < opens) or (closes is not None and written > closes):
            self._wrong("IMP-076", number, column, value=quoted(cell))
        return when

    def _wrong(self, code: str, number: int, column: int | None, **values: object) -> None:
        self.ok = False
        self.findings.error(code, self.table.place(number, column), **values)


def _each_once(rows: Iterable[BallotRow], table: Table, manner: BallotManner, findings: Findings) -> list[BallotRow]:
    """One ballot for each voter that is named, the first or the last where the mapping says so."""
    kept: dict[str, BallotRow] = {}
    left_out: list[int] = []
    for row in rows:
        key = f"\0{row.row}" if row.voter is None else row.voter.casefold()
        before = kept.get(key)
        if before is None:
            kept[key] = row
        elif manner.double_vote in (None, "refuse"):
            findings.error("IMP-074", table.at(row.row, "voter"), value=shown(row.voter or ""), first=before.row)
        else:
            gone = row if manner.double_vote == "first" else before
            left_out.append(gone.row)
            kept[key] = before if gone is row else row
    if left_out:
        rule = manner.double_vote
        findings.warn(
            "IMP-075", table.place(min(left_out)), count=len(left_out), rows=_listed(sorted(left_out)), which=rule
        )
    return sorted(kept.values(), key=lambda row: row.row)


def _listed(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:SHOWN])) + (", …" if len(rows) > SHOWN else "")
