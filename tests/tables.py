"""Tables for the tests: made as bytes, and read as the commands read them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from borgerbudget.errors import Problem
from borgerbudget.sheets.ballots import BallotTable, read_ballots
from borgerbudget.sheets.mapping import BallotManner
from borgerbudget.sheets.opening import new_findings, open_sheets
from borgerbudget.sheets.proposals import ProposalRow, ProposalTable, read_proposals
from borgerbudget.sheets.tables import Manner
from borgerbudget.sheets.voters import VoterRow, read_voters

OFFICE = Path(__file__).parent / "office"
HEAD = "Nr;Titel;Beløb\r\n"
PROPOSALS = (
    ProposalRow(2, "1", "Bænke, borde", 12_500_00),
    ProposalRow(3, "2", "Badebro", 38_750_00),
    ProposalRow(4, "3", "Grill", 9_000_00),
)


def proposals_of(
    data: bytes, manner: Manner | None = None, source: str = "forslag"
) -> tuple[ProposalTable | None, tuple[Problem, ...]]:
    findings, manner = new_findings(), manner or Manner()
    found = read_proposals(open_sheets(data, source, manner.encoding, findings), manner, findings)
    assert (found is None) == findings.failed, "nothing is read unless every row passes"
    return found, findings.problems


def voters_of(data: bytes, manner: Manner | None = None) -> tuple[tuple[VoterRow, ...] | None, tuple[Problem, ...]]:
    findings, manner = new_findings(), manner or Manner()
    found = read_voters(open_sheets(data, "liste", manner.encoding, findings), manner, findings)
    assert (found is None) == findings.failed
    return found, findings.problems


def ballots_of(
    data: bytes | str, manner: BallotManner | None = None, proposals: Sequence[ProposalRow] = PROPOSALS
) -> tuple[BallotTable | None, tuple[Problem, ...]]:
    findings, manner = new_findings(), manner or BallotManner()
    data = data.encode() if isinstance(data, str) else data
    found = read_ballots(open_sheets(data, "svar", manner.manner.encoding, findings), proposals, manner, findings)
    assert (found is None) == findings.failed
    return found, findings.problems


def told(problems: Sequence[Problem], severity: str = "error") -> list[tuple[str, str | int | None]]:
    """Code and place of each: the cell, or the row, or the column's letter."""
    return [(p.code, p.place.cell or p.place.row or p.place.letter) for p in problems if p.severity == severity]


def rows_of(found: ProposalTable | None) -> list[tuple[str, str, int]]:
    assert found is not None
    return [(row.id, row.title, row.cost) for row in found.rows]


def book(*rows: Sequence[Any], change: Callable[[Any, Any], None] | None = None, name: str = "Forslag") -> bytes:
    """A workbook by openpyxl; ``change`` gets the book and its first sheet."""
    made = openpyxl.Workbook()
    page = made.active
    page.title = name
    for row in rows:
        page.append(list(row))
    if change is not None:
        change(made, page)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def other_book(write: Callable[[Any, Any], None], name: str = "Forslag") -> bytes:
    """A workbook by XlsxWriter; ``write`` gets the book and a sheet."""
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True})
    write(made, made.add_worksheet(name))
    made.close()
    return stream.getvalue()


def with_rows(*rows: Sequence[Any]) -> Callable[[Any, Any], None]:
    """Writes the rows from the first cell on."""

    def write(_: Any, page: Any) -> None:
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)

    return write
