"""Writes the workbooks and tables in ``tests/office`` with LibreOffice: another writer than the library that reads them.

    python -m tests.make_office_files [NAME...]

Each is described here as a flat OpenDocument sheet and converted by ``soffice``.  What lies there is never written over: delete a
file to have it made again.  What is expected of each stands in ``test_sheets_libreoffice.py``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

FOLDER = Path(__file__).parent / "office"
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<number:date-style style:name="D"><number:day number:style="long"/><number:text>-</number:text><number:month number:style="long"/>
<number:text>-</number:text><number:year number:style="long"/></number:date-style>
<number:number-style style:name="Z"><number:number number:decimal-places="0" number:min-integer-digits="3"/></number:number-style>
<number:number-style style:name="W"><number:number number:decimal-places="0" number:grouping="true"
 number:min-integer-digits="1"/></number:number-style>
<number:number-style style:name="K"><number:number number:decimal-places="2" number:grouping="true"
 number:min-integer-digits="1"/><number:text> kr.</number:text></number:number-style>
<number:percentage-style style:name="P"><number:number number:decimal-places="0" number:min-integer-digits="1"/>
<number:text>%</number:text></number:percentage-style>
<style:style style:name="date" style:family="table-cell" style:data-style-name="D"/>
<style:style style:name="zeros" style:family="table-cell" style:data-style-name="Z"/>
<style:style style:name="whole" style:family="table-cell" style:data-style-name="W"/>
<style:style style:name="kroner" style:family="table-cell" style:data-style-name="K"/>
<style:style style:name="percent" style:family="table-cell" style:data-style-name="P"/>
<style:style style:name="away" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet>
"""
TAIL = "</office:spreadsheet></office:body></office:document>\n"
HEADINGS = ["Nr", "Titel", "Beløb"]
Row = list[str]


def cell(value: object) -> str:
    """A number, a text, or ``(kind, value)``: date, zeros, whole, kroner, percent, truth, formula, merged (two rows), covered."""
    kind, value = value if isinstance(value, tuple) else ("", value)
    if kind == "date":
        return f'<table:table-cell table:style-name="date" office:value-type="date" office:date-value="{value}"/>'
    if kind == "truth":
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
    if kind == "formula":
        return f"<table:table-cell table:formula={quoteattr('of:=' + str(value))}/>"
    if kind == "merged":
        return (
            f'<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="1" office:value-type="string">'
            f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
        )
    if kind == "covered":
        return "<table:covered-table-cell/>"
    if isinstance(value, (int, float)):
        style = f' table:style-name="{kind}"' if kind else ""
        typed = "percentage" if kind == "percent" else "float"
        return f'<table:table-cell{style} office:value-type="{typed}" office:value="{value}"/>'
    if value is None:
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def row(*values: object, hidden: bool = False) -> str:
    shown = ' table:visibility="filter"' if hidden else ""
    return f"<table:table-row{shown}>{''.join(map(cell, values))}</table:table-row>"


def sheet(name: str, *rows: str, away: bool = False, hidden_column: int | None = None) -> str:
    style = ' table:style-name="away"' if away else ""
    columns = "".join(
        f"<table:table-column{' table:visibility=' + chr(34) + 'collapse' + chr(34) if n == hidden_column else ''}/>"
        for n in range(6)
    )
    return f"<table:table table:name={quoteattr(name)}{style}>{columns}{''.join(rows)}</table:table>"


def proposals(*rows: str, headings: list[str] = HEADINGS) -> str:
    return sheet("Forslag", row(*headings), *rows)


GOOD = (row(1, "Bænke ved søen", 12500), row(2, "Badebro", 38750.5), row(3, "Grillplads på Åvej", 9000))
WRITTEN = (
    row(1, "Bænke ved søen; borde", "12.500,00"),
    row(2, "Badebro", "38.750,50"),
    row(3, "Grillplads på Åvej", "9.000"),
)
FILES: dict[str, str] = {
    "plain.xlsx": proposals(*GOOD),
    "kroner.xlsx": proposals(row(1, "Bænke", ("kroner", 12500)), row(2, "Bro", ("kroner", 38750.25))),
    "zeros.xlsx": proposals(row(("zeros", 7), "Bænke", 12500), row("08", "Bro", 100)),
    "texts.xlsx": proposals(row("1", "Bænke", "12.500,00 kr."), row("2", "Bro", "38 750,-")),
    "formula.xlsx": proposals(row(1, "Bænke", ("formula", "6250*2")), row(2, "Bro", ("formula", "[.C2]+0.5"))),
    "lines.xlsx": proposals(row(1, "Bænke\nved søen", 12500)),
    "title-above.xlsx": sheet("Forslag", row("Borgerbudget 2026"), row(), row(*HEADINGS), *GOOD),
    "two-sheets.xlsx": sheet("Vejledning", row("Læs dette først")) + proposals(*GOOD),
    "hidden-sheet.xlsx": proposals(*GOOD) + sheet("Gammelt", row(*HEADINGS), row(9, "Væk", 1), away=True),
    "hidden-column.xlsx": sheet("Forslag", row(*HEADINGS), *GOOD, hidden_column=2),
    "hidden-row.xlsx": proposals(row(1, "Bænke", 12500), row(2, "Bro", 100, hidden=True), row(3, "Grill", 9000)),
    "merged.xlsx": proposals(row(1, ("merged", "Bænke"), 12500), row(2, ("covered", None), 100)),
    "total.xlsx": proposals(*GOOD, row(None, "I alt", ("formula", "SUM([.C2:.C4])"))),
    "date-id.xlsx": proposals(row(("date", "2026-02-01"), "Bænke", 12500)),
    "date-cost.xlsx": proposals(row(1, "Bænke", ("date", "2026-05-01"))),
    "rounded.xlsx": proposals(row(1, "Bænke", ("whole", 2666.67))),
    "percent.xlsx": proposals(row(1, "Bænke", ("percent", 0.5))),
    "truth.xlsx": proposals(row(1, "Bænke", ("truth", True))),
    "error.xlsx": proposals(row(1, "Bænke", ("formula", "1/0"))),
    "comma.xlsx": proposals(row(1, "Bænke", "12,500")),
    "two-fit.xlsx": proposals(*GOOD) + sheet("Kladde", row(*HEADINGS), *GOOD),
    "cpr.xlsx": sheet("Liste", row("Nr", "CPR"), row("v1", "010190-1234"), row("v2", "311299-4321")),
    "marks.xlsx": sheet(
        "Svar", row("Nr", "Bænke ved søen", "Badebro", "Grillplads på Åvej"), row(1, "x", None, "x"),
        row(2, ("truth", True), ("truth", False), 0)
    ),
    "danish.csv": proposals(*WRITTEN),
    "utf8.csv": proposals(*WRITTEN),
    "tabs.csv": proposals(*WRITTEN),
    "dos.csv": proposals(*WRITTEN),
    "mac.csv": proposals(*WRITTEN),
    "sheet.ods": proposals(*GOOD),
    "old.xls": proposals(*GOOD),
}  # fmt: skip
FILTERS = {
    "danish.csv": "59,34,1",
    "utf8.csv": "44,34,76",
    "tabs.csv": "9,34,76",
    "dos.csv": "59,34,4",
    "mac.csv": "59,34,2",
}
"""LibreOffice's numbers for separator, quotation mark and encoding (1 Windows-1252, 76 UTF-8, 4 DOS 850, 2 Macintosh)."""


def main(names: list[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        for name in names or FILES:
            if (FOLDER / name).exists():
                continue
            source = Path(temporary) / f"{Path(name).stem}.fods"
            source.write_text(HEAD + FILES[name] + TAIL, encoding="utf-8")
            suffix = Path(name).suffix[1:]
            wanted = {
                "csv": f"csv:Text - txt - csv (StarCalc):{FILTERS.get(name)}",
                "xlsx": "xlsx:Calc MS Excel 2007 XML",
            }
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{temporary}/profile", "--headless", "--convert-to",
                 wanted.get(suffix, suffix), "--outdir", str(FOLDER), str(source)],
                check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
