"""The roll from a table: an opaque id for everybody who may vote, and the part of the area where she lives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from borgerbudget.canonical import fit_text
from borgerbudget.files.findings import Findings, shown
from borgerbudget.sheets.cells import Sheet, Truth, is_blank, plain, quoted
from borgerbudget.sheets.headings import PersonalNumbers, Wanted, find_table, tell_unused
from borgerbudget.sheets.proposals import read_id
from borgerbudget.sheets.records import records
from borgerbudget.sheets.tables import Manner
from borgerbudget.sheets.uncollected import uncollected

WANTED = (
    Wanted("voter", ("id", "voter id", "vælger", "vælger id", "vælgernr", "vælgernummer", "nr", "nummer", "no", "number",
                     "voter", "roll id", "medlemsnr", "medlemsnummer", "løbenr", "løbenummer"), needed=True),
    Wanted("area", ("område", "area", "lokalområde", "landsby", "by", "bydel", "village", "district", "neighborhood")),
    Wanted("eligible", ("stemmeberettiget", "eligible", "stemmeret", "må stemme", "entitled")),
)  # fmt: skip
YES, NO = {"ja", "j", "yes", "y", "x", "1", "true", "sand"}, {"nej", "n", "no", "0", "false", "falsk", ""}
SHOWN = 10


class VoterRow(NamedTuple):
    """Somebody who may vote; nothing else of what the table says about her is kept."""

    row: int
    id: str
    area: str | None = None


@uncollected()
def read_voters(sheets: Sequence[Sheet], manner: Manner, findings: Findings) -> tuple[VoterRow, ...] | None:
    """Everybody who may vote, in the order of the table; None after an error."""
    table = find_table(sheets, WANTED, manner.columns, manner.sheet, findings)
    if table is None:
        return None
    used = list(table.columns.values())
    tell_unused(table, used, findings)
    personal = PersonalNumbers(table)
    seen: dict[str, int] = {}
    found, left_out = [], []
    areas: dict[object, str | None] = {}
    at_voter, at_area, at_eligible = (table.columns.get(key) for key in ("voter", "area", "eligible"))
    assert at_voter is not None
    for number, cells in records(table, findings, used, personal):
        name = read_id(cells[at_voter], "voter", number, table, seen, findings)
        area = None
        if at_area is not None:
            said = cells[at_area]
            area = areas[said] if said in areas else areas.setdefault(said, fit_text(plain(said)) or None)
        if at_eligible is not None:
            cell = cells[at_eligible]
            answer = ("ja" if cell.value else "nej") if isinstance(cell, Truth) else plain(cell).casefold()
            if answer in NO and not is_blank(cell):
                left_out.append(number)
                continue
            if answer not in YES:
                findings.error("IMP-068", table.at(number, "eligible"), value=quoted(cell))
        if name is not None and ("/" in name or name.startswith(".")):  # a roll's ids become names of files
            findings.error("IMP-062", table.at(number, "voter"), value=shown(name))
        elif name is not None:
            found.append(VoterRow(number, name, area))
    personal.tell(findings, manner.allow_cpr, table.columns["voter"])
    if not found and not findings.failed:
        findings.error("IMP-055", table.place(table.row))
    if findings.failed:
        return None
    if left_out:
        rows = ", ".join(map(str, left_out[:SHOWN])) + (", …" if len(left_out) > SHOWN else "")
        findings.warn("IMP-069", table.at(left_out[0], "eligible"), count=len(left_out), rows=rows)
    return tuple(found)
