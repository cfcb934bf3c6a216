"""Proposals from a table: one row each, with the facts that a clerk keeps about them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from borgerbudget.canonical import fit_text
from borgerbudget.files.findings import Findings, shown
from borgerbudget.profile_lines import ID
from borgerbudget.sheets.amounts import FAULTS, Unread, amount
from borgerbudget.sheets.cells import Cell, Fault, Moment, Sheet, is_blank, plain, quoted
from borgerbudget.sheets.headings import PersonalNumbers, Table, Wanted, find_table, tell_unused
from borgerbudget.sheets.records import records
from borgerbudget.sheets.tables import Manner
from borgerbudget.words import Text

WANTED = (
    Wanted("title", ("titel", "title", "forslag", "projekt", "projektnavn", "projekttitel", "forslagets navn", "navn",
                     "overskrift", "name", "proposal", "project"), needed=True),
    Wanted("cost", ("beløb", "cost", "ansøgt beløb", "beløb ansøgt", "ansøgt", "søgt beløb", "ansøges om", "pris", "price",
                    "amount", "amount applied for", "requested amount"), needed=True),
    Wanted("id", ("nr", "id", "nummer", "no", "number", "forslag nr", "forslagsnr", "forslagsnummer", "projektnr",
                  "project id", "proposal id", "projekt id", "forslag id")),
    Wanted("summary", ("beskrivelse", "description", "resumé", "resume", "summary", "kort beskrivelse")),
    Wanted("min_cost", ("mindstebeløb", "min cost", "mindste beløb", "minimumsbeløb", "least amount")),
    Wanted("total_price", ("samlet pris", "total price", "totalpris", "samlet budget", "projektets samlede pris")),
    Wanted("own_financing", ("egenfinansiering", "own financing", "egne midler")),
    Wanted("other_financing", ("anden finansiering", "other financing", "øvrig finansiering")),
    Wanted("vat", ("moms", "vat")),
    Wanted("quote", ("tilbud", "quote", "tilbudsnummer", "tilbud nr")),
    Wanted("responsible", ("ansvarlig", "responsible", "ansvarlig forening", "responsible body")),
    Wanted("area", ("område", "area", "lokalområde", "bydel", "neighborhood", "neighbourhood", "district")),
    Wanted("category", ("kategori", "category", "kategorier", "categories")),
    Wanted("goals", ("verdensmål", "un goals", "fn's verdensmål", "fns verdensmål", "goals", "sdg")),
)  # fmt: skip
TEXTS = ("summary", "vat", "quote", "responsible", "area")
AMOUNTS = ("min_cost", "total_price", "own_financing", "other_financing")
FIELDS = (*TEXTS, *AMOUNTS, "category", "goals")
"""Of a ``ProposalRow``, besides its id, title and cost."""
SHORT = 60
LABELS = {
    "id": Text("nummeret", "the number"), "title": Text("titlen", "the title"), "cost": Text("beløbet", "the amount"),
    "voter": Text("vælgerens id", "the voter's id"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal as it stands in row ``row``.  Amounts in minor units; what the table says nothing of is None or empty.

    ``number``: the one on the ballot of a stored round.
    """

    row: int
    id: str
    title: str
    cost: int
    summary: str | None = None
    min_cost: int | None = None
    total_price: int | None = None
    own_financing: int | None = None
    other_financing: int | None = None
    vat: str | None = None
    quote: str | None = None
    responsible: str | None = None
    area: str | None = None
    category: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    number: int | None = None


@dataclass(frozen=True)
class ProposalTable:
    """All rows in their order.  ``given``: the fields that the table has columns for; the others it says nothing about."""

    rows: tuple[ProposalRow, ...]
    given: frozenset[str]


def read_proposals(sheets: Sequence[Sheet], manner: Manner, findings: Findings) -> ProposalTable | None:
    """The proposals of the one sheet that holds them; None after an error, and then ``findings`` has them all."""
    table = find_table(sheets, WANTED, manner.columns, manner.sheet, findings)
    if table is None:
        return None
    used = list(table.columns.values())
    tell_unused(table, used, findings)
    personal = PersonalNumbers(table)
    reader = _Reader(table, manner, findings)
    rows = [reader.row(number, cells) for number, cells in records(table, findings, used, personal)]
    personal.tell(findings, manner.allow_cpr, table.columns.get("id"))
    if not rows and not findings.failed:
        findings.error("IMP-055", table.place(table.row))
    if findings.failed:
        return None
    if "id" not in table.columns:
        findings.warn("IMP-063", table.place(table.row), count=len(rows))
    return ProposalTable(tuple(row for row in rows if row), frozenset(table.columns))


class _Reader:
    def __init__(self, table: Table, manner: Manner, findings: Findings) -> None:
        self.table, self.manner, self.findings = table, manner, findings
        self.ids: dict[str, int] = {}
        self.titles: dict[str, int] = {}
        self.count = 0

    def row(self, number: int, cells: Sequence[Cell]) -> ProposalRow | None:
        """None where something is wrong; all of it has been told."""
        self.count += 1
        found: Mapping[str, Cell] = {key: cells[column] for key, column in self.table.columns.items()}
        name = (
            read_id(found["id"], "id", number, self.table, self.ids, self.findings)
            if "id" in found
            else str(self.count)
        )
        title = self._title(found["title"], number)
        cost = self._cost(found["cost"], number)
        texts = {key: self._text(found[key], key, number) or None for key in TEXTS if key in found}
        amounts = {
            key: self._amount(found[key], key, number) for key in AMOUNTS if key in found and not is_blank(found[key])
        }
        category = tuple(
            filter(None, map(fit_text, re.split("[,;]", self._text(found.get("category", ""), "category", number))))
        )
        goals = self._goals(found.get("goals", ""), number)
        if name is None or not title or cost is None or goals is None or None in amounts.values():
            return None
        least, total = amounts.get("min_cost"), amounts.get("total_price")
        if least is not None and not 0 < least <= cost:
            self.findings.error("IMP-064", self.table.at(number, "min_cost"))
        if total is not None and total < cost:
            self.findings.error("IMP-065", self.table.at(number, "total_price"))
        return ProposalRow(number, name, title, cost, category=category, goals=goals, **texts, **amounts)  # type: ignore[arg-type]

    def _title(self, cell: Cell, number: int) -> str:
        title = self._text(cell, "title", number)
        if is_blank(cell):
            self.findings.error("IMP-060", self.table.at(number, "title"), what=LABELS["title"])
        elif title and (first := self.titles.setdefault(title.casefold(), number)) != number:
            self.findings.warn("IMP-067", self.table.at(number, "title"), value=shown(title), first=first)
        return title

    def _cost(self, cell: Cell, number: int) -> int | None:
        if is_blank(cell):
            self.findings.error("IMP-060", self.table.at(number, "cost"), what=LABELS["cost"])
            return None
        cost = self._amount(cell, "cost", number)
        if cost is not None and cost <= 0:
            self.findings.error("IMP-035", self.table.at(number, "cost"), value=quoted(cell))
            return None
        return cost

    def _amount(self, cell: Cell, key: str, number: int) -> int | None:
        return attempt(lambda: amount(cell, self.manner.numbers, self.manner.currency), cell, key, number, self.table,
                       self.findings)  # fmt: skip

    def _text(self, cell: Cell, key: str, number: int) -> str:
        """Fit to print; a date or an error in a cell for text is told."""
        if isinstance(cell, (Moment, Fault)):
            code = FAULTS[cell.kind] if isinstance(cell, Fault) else "IMP-023"
            self.findings.error(code, self.table.at(number, key), value=quoted(cell))
            return ""
        return fit_text(plain(cell))

    def _goals(self, cell: Cell, number: int) -> tuple[int, ...] | None:
        parts = [part for part in re.split(r"[,; ]+|\bog\b|\band\b", plain(cell)) if part]
        if any(not re.fullmatch("[1-9]|1[0-7]", part, re.ASCII) for part in parts):
            self.findings.error("IMP-066", self.table.at(number, "goals"), value=quoted(cell))
            return None
        return tuple(dict.fromkeys(map(int, parts)))


def attempt(read: Callable[[], int], cell: Cell, key: str, number: int, table: Table, findings: Findings) -> int | None:
    """What ``read`` gives, or None with the reason told at the cell's place."""
    try:
        return read()
    except Unread as error:
        findings.error(error.code, table.at(number, key), value=quoted(cell), **error.values)
        return None


def read_id(cell: Cell, key: str, number: int, table: Table, seen: dict[str, int], findings: Findings) -> str | None:
    """An id as the cell shows it, with its leading zeros; each may stand once, in whatever letters."""
    simple = isinstance(cell, str) and cell.isalnum() and cell.isascii() and len(cell) < SHORT  # as nearly all are
    if simple and seen.setdefault(str(cell).casefold(), number) == number:
        return str(cell)
    text = plain(cell)
    if isinstance(cell, (Moment, Fault)):
        code = FAULTS[cell.kind] if isinstance(cell, Fault) else "IMP-023"
        findings.error(code, table.at(number, key), value=shown(text))
    elif not text:
        findings.error("IMP-060", table.at(number, key), what=LABELS[key])
    elif "E" in text and re.fullmatch(r"[0-9]+[.,][0-9]+E\+?[0-9]+", text, re.ASCII):
        findings.error("IMP-021", table.at(number, key), value=shown(text))
    elif not ID.fullmatch(text):
        findings.error("IMP-062", table.at(number, key), value=shown(text))
    elif (first := seen.setdefault(text.casefold(), number)) != number:
        findings.error("IMP-061", table.at(number, key), value=shown(text), first=first)
    else:
        return text
    return None
