"""Files that LibreOffice wrote (``make_office_files``): what is read, or which cell is refused and why.

The expectations were written with the files, before the reader met them.
"""

from __future__ import annotations

import pytest

from borgerbudget.sheets.mapping import BallotManner
from borgerbudget.sheets.proposals import ProposalRow
from borgerbudget.sheets.tables import Manner
from tests.make_office_files import FILES
from tests.tables import OFFICE, ballots_of, proposals_of, rows_of, told, voters_of

GOOD = [("1", "Bænke ved søen", 1_250_000), ("2", "Badebro", 3_875_050), ("3", "Grillplads på Åvej", 900_000)]
WRITTEN = [("1", "Bænke ved søen; borde", 1_250_000), *GOOD[1:]]
READ = {
    "plain.xlsx": GOOD,
    "kroner.xlsx": [("1", "Bænke", 1_250_000), ("2", "Bro", 3_875_025)],
    "zeros.xlsx": [("007", "Bænke", 1_250_000), ("08", "Bro", 10_000)],
    "texts.xlsx": [("1", "Bænke", 1_250_000), ("2", "Bro", 3_875_000)],
    "formula.xlsx": [("1", "Bænke", 1_250_000), ("2", "Bro", 1_250_050)],
    "lines.xlsx": [("1", "Bænke ved søen", 1_250_000)],
    "title-above.xlsx": GOOD,
    "two-sheets.xlsx": GOOD,
    "hidden-sheet.xlsx": GOOD,
    "hidden-column.xlsx": GOOD,
    "danish.csv": WRITTEN,
    "utf8.csv": WRITTEN,
    "tabs.csv": WRITTEN,
}
WARNED = {
    "two-sheets.xlsx": [("IMP-044", None)],
    "hidden-sheet.xlsx": [("IMP-044", None)],
    "hidden-column.xlsx": [("IMP-046", "C")],
}
REFUSED = {
    "hidden-row.xlsx": [("IMP-051", 3)],
    "merged.xlsx": [("IMP-052", "B2"), ("IMP-052", "B3")],
    "total.xlsx": [("IMP-053", 5)],
    "date-id.xlsx": [("IMP-023", "A2")],
    "date-cost.xlsx": [("IMP-023", "C2")],
    "rounded.xlsx": [("IMP-025", "C2")],
    "percent.xlsx": [("IMP-025", "C2")],
    "truth.xlsx": [("IMP-020", "C2")],
    "error.xlsx": [("IMP-027", "C2")],
    "comma.xlsx": [("IMP-022", "C2")],
    "two-fit.xlsx": [("IMP-042", None)],
    "dos.csv": [("IMP-006", None)],  # Å has no place in Windows-1252
    "mac.csv": [("IMP-006", None)],
    "sheet.ods": [("IMP-010", None)],
    "old.xls": [("IMP-002", None)],
}


def test_something_is_expected_of_each_file_and_each_is_there() -> None:
    assert {*READ, *REFUSED, "cpr.xlsx", "marks.xlsx"} == set(FILES) == {path.name for path in OFFICE.iterdir()}


@pytest.mark.parametrize("name", READ)
def test_what_an_office_program_writes_is_read(name: str) -> None:
    found, problems = proposals_of((OFFICE / name).read_bytes())
    assert rows_of(found) == READ[name]
    assert told(problems, "warning") == WARNED.get(name, [])


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_meant_is_refused_in_its_cell(name: str) -> None:
    found, problems = proposals_of((OFFICE / name).read_bytes())
    assert found is None
    assert told(problems) == REFUSED[name]


@pytest.mark.parametrize(("name", "encoding"), [("dos.csv", "cp850"), ("mac.csv", "mac_roman")])
def test_old_encodings_are_read_when_they_are_declared(name: str, encoding: str) -> None:
    found, _ = proposals_of((OFFICE / name).read_bytes(), Manner(encoding=encoding))
    assert rows_of(found) == WRITTEN


def test_personal_numbers_are_refused_without_being_repeated() -> None:
    found, problems = voters_of((OFFICE / "cpr.xlsx").read_bytes())
    assert found is None
    assert told(problems) == [("IMP-048", "B2")]
    assert not any("010190" in p.say(language) for p in problems for language in ("da", "en"))


def test_marks_in_columns_are_ballots() -> None:
    proposals = [ProposalRow(n, name, title, cost) for n, (name, title, cost) in enumerate(GOOD, 2)]
    found, _ = ballots_of((OFFICE / "marks.xlsx").read_bytes(), BallotManner(shape="marks"), proposals)
    assert found is not None
    assert [row.choices for row in found.rows] == [("1", "3"), ("1",)]
