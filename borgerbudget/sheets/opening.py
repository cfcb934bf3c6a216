"""A file by what its first bytes say it is: a workbook, a table of text, or something else with its mend."""

from __future__ import annotations

from borgerbudget.errors import Place
from borgerbudget.files.findings import Findings
from borgerbudget.sheets.cells import Sheet
from borgerbudget.sheets.encodings import decode
from borgerbudget.sheets.text_table import text_sheets
from borgerbudget.sheets.words import PROBLEMS
from borgerbudget.words import Text

LARGEST_WORKBOOK = 1 << 26
SUFFIXES = frozenset({".xlsx", ".csv", ".tsv", ".txt", ".xls", ".xlsm", ".xlsb", ".ods", ".numbers"})
"""Files that people take for tables; those that cannot be read are told so."""
OTHERS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Text("en gammel eller låst Excel-fil (.xls eller adgangskode)",
                                               "an old or locked Excel file (.xls or a password)")),
    (b"%PDF", Text("en PDF", "a PDF")),
    (b"{\\rtf", Text("et tekstdokument (RTF)", "a text document (RTF)")),
    (b"<html", Text("en webside", "a web page")),
    (b"<!DOCTYPE", Text("en webside", "a web page")),
    (b"<?xml", Text("en XML-fil", "an XML file")),
)  # fmt: skip


def new_findings() -> Findings:
    """For the problems of office files."""
    return Findings(PROBLEMS, "IMP-099")


def open_sheets(data: bytes, source: str, encoding: str | None, findings: Findings) -> tuple[Sheet, ...]:
    """The sheets of a workbook, or the table of text under each separator that it may have; none after an error."""
    place = Place(source)
    if not data.strip(b" \t\r\n;,"):
        findings.error("IMP-001", place)
        return ()
    if data.startswith(b"PK"):
        if len(data) > LARGEST_WORKBOOK:
            findings.error("IMP-011", place, size=len(data) >> 20, most=LARGEST_WORKBOOK >> 20)
            return ()
        from borgerbudget.sheets.workbook import read_workbook

        return read_workbook(data, source, findings)
    head = data[:64].lstrip().lower()
    for mark, kind in OTHERS:
        if head.startswith(mark.lower()):
            findings.error("IMP-002", place, kind=kind)
            return ()
    text = decode(data, source, encoding, findings)
    return () if text is None else text_sheets(text, source)
