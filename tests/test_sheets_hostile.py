"""What must not be read: each file with the code and the cell of every fault, all of them at once."""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from borgerbudget.sheets import survey
from borgerbudget.sheets.tables import Manner
from tests.tables import HEAD, book, other_book, proposals_of, told, voters_of, with_rows

HEADINGS = ["Nr", "Titel", "Beløb"]
GOOD = book(HEADINGS, [1, "Bro", 100])


def text(*lines: str) -> bytes:
    return (HEAD + "".join(f"{line}\r\n" for line in lines)).encode()


TEXTS: dict[str, tuple[bytes, list[tuple[str, Any]]]] = {
    # the file
    "nothing": (b"", [("IMP-001", None)]),
    "blank lines": (b"\r\n \r\n", [("IMP-001", None)]),
    "only separators": (b";;;\r\n;;\r\n", [("IMP-001", None)]),
    "a pdf": (b"%PDF-1.7 ...", [("IMP-002", None)]),
    "a web page": (b"<html><table><tr><td>Nr</td></tr></table>", [("IMP-002", None)]),
    "an old workbook": (codecs.decode(b"d0cf11e0a1b11ae1", "hex") + b"\0" * 600, [("IMP-002", None)]),
    "half a utf-8 character": (codecs.BOM_UTF8 + text("1;Br\u00f8nd;100")[:-9] + b"\xc3", [("IMP-003", None)]),
    "half a utf-16 character": (codecs.BOM_UTF16_LE + text("1;Bro;100").decode().encode("utf-16-le")[:-1], [("IMP-003", None)]),
    "utf-16 without a mark": (text("1;Bro;100").decode().encode("utf-16-le"), [("IMP-004", None)]),
    "a NUL": (text("1;Bro;100").replace(b"Bro", b"B\0o"), [("IMP-004", None)]),
    "encoded twice": (text("1;BÃ¥lhytte;100"), [("IMP-005", None)]),
    "no known encoding": (text("1;Br\u00f8nd;100").replace("ø".encode(), b"\x9d"), [("IMP-006", None)]),
    "dos": ("Nr;Titel;Cost\r\n1;bøg;100\r\n".encode("cp865"), [("IMP-007", None)]),
    "macintosh": ("Nr;Titel;Cost\r\n1;bøg og bær;100\r\n".encode("mac_roman"), [("IMP-007", None)]),
    "a character lost before": (text("1;B�lhytte;100"), [("IMP-009", None)]),
    # rows
    "a quotation mark that is never closed": (text('1;"Bro;100', "2;Sti;200"), [("IMP-017", 2)]),
    "text after a closed quotation mark": (text('1;"Bro" over åen;100'), [("IMP-017", 2)]),
    "a separator within a title": (text("1;Bænke; borde;100"), [("IMP-018", 2)]),
    "a total": (text("1;Bro;100", ";I alt;100"), [("IMP-053", 3)]),
    "a total in the first column": (text("1;Bro;100", "I alt;;100"), [("IMP-053", 3)]),
    "an average": (text("1;Bro;100", "Gennemsnit;;100"), [("IMP-053", 3)]),
    "headings again": (text("1;Bro;100", "Nr;Titel;Beløb", "2;Sti;200"), [("IMP-054", 3)]),
    "headings only": (text(), [("IMP-055", 1)]),
    "no such headings": (b"a;b;c\r\n1;2;3\r\n", [("IMP-040", 1)]),
    "a heading missing": (b"Nr;Titel\r\n1;Bro\r\n", [("IMP-040", 1)]),
    "a heading twice": ("Nr;Titel;Beløb;Pris\r\n1;Bro;100;200\r\n".encode(), [("IMP-047", 1)]),
    "no title": (text("1;;100"), [("IMP-060", "B2")]),
    "no amount": (text("1;Bro;"), [("IMP-060", "C2")]),
    "no number": (text(";Bro;100"), [("IMP-060", "A2")]),
    "an amount alone": (text("1;Bro;100", ";;100"), [("IMP-060", "A3"), ("IMP-060", "B3")]),
    "an id twice": (text("1;Bro;100", "2;Sti;100", "1;Grill;100"), [("IMP-061", "A4")]),
    "an id twice in other letters": (text("a1;Bro;100", "A1;Sti;100"), [("IMP-061", "A3")]),
    "a Danish id": (text("bænk;Bro;100"), [("IMP-062", "A2")]),
    "an id that is a sentence": (text("nummer et;Bro;100"), [("IMP-062", "A2")]),
    "an id that a spreadsheet shortened": (text('"1,23E+09";Bro;100'), [("IMP-021", "A2")]),
    "an amount that a spreadsheet shortened": (text("1;Bro;1,2E+05"), [("IMP-021", "C2")]),
    "nothing asked for": (text("1;Bro;0"), [("IMP-035", "C2")]),
    "less than nothing": (text("1;Bro;-500"), [("IMP-035", "C2")]),
    "personal numbers": ("Nr;Titel;Beløb;Ansvarlig CPR\r\n1;Bro;100;010190-1234\r\n".encode(), [("IMP-048", "D2")]),
    "everything at once": (
        text("1;;12,500", "1;Sti;ca. 5000", "ø;Grill;5.00"),
        [("IMP-060", "B2"), ("IMP-022", "C2"), ("IMP-061", "A3"), ("IMP-020", "C3"), ("IMP-062", "A4"), ("IMP-032", "C4")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_every_fault_of_a_table_of_text_is_told_in_its_cell(name: str) -> None:
    data, expected = TEXTS[name]
    found, problems = proposals_of(data)
    assert found is None
    assert told(problems) == expected


AMOUNTS = {
    "12,500": "IMP-022", "1,000": "IMP-022", "0,125": "IMP-022", "12.50": "IMP-032", "12500.50": "IMP-032",
    "12,500.00": "IMP-032", "12.500.00": "IMP-020", "1.2.500": "IMP-020", "12.5": "IMP-032", "1,2 mio.": "IMP-020",
    "ca. 5000": "IMP-020",
    "5.000-6.000": "IMP-020", "5000 pr. år": "IMP-020", "100,005": "IMP-022", "12500,005": "IMP-030", "EUR 100": "IMP-024",
    "100 USD": "IMP-024", "99999999999999999": "IMP-031", "1e5": "IMP-021", "x": "IMP-020", "tolv": "IMP-020", "1/2": "IMP-020",
    "１２５００": "IMP-020", "(500)": "IMP-020", "12.500,50,-": "IMP-020", "12 5 00": "IMP-020", "--5": "IMP-020",
    "'12500": "IMP-020", "50%": "IMP-020", "12.500,": "IMP-020", ",5": "IMP-020",
}  # fmt: skip


@pytest.mark.parametrize("written", AMOUNTS)
def test_an_amount_that_is_none_or_could_be_two_is_refused(written: str) -> None:
    found, problems = proposals_of(text(f'1;Bro;"{written}"'))
    assert found is None
    assert told(problems) == [(AMOUNTS[written], "C2")]
    assert written in problems[0].say("da")


def test_both_readings_are_told_with_the_mend() -> None:
    _, (problem,) = proposals_of(text("1;Bro;12,500"), source="forslag.csv")
    assert problem.say("da") == (
        "forslag.csv, celle C2 (Beløb): “12,500” kan læses som 12,50 kr. eller 12.500 kr. -> skriv 12.500,00 eller 12,50, "
        "eller angiv --numbers en, hvis hele filen er skrevet sådan [IMP-022]"
    )
    assert "can be read as 12.50 DKK or 12,500 DKK" in problem.say("en")


def test_english_numbers_have_their_own_doubt() -> None:
    _, problems = proposals_of(text("1;Bro;12.500", '2;Sti;"12.500,00"'), Manner(numbers="en"))
    assert told(problems) == [("IMP-022", "C2"), ("IMP-032", "C3")]
    assert "skriv 12,500.00 eller 12.50" in problems[0].say("da")


# Workbooks


def remade(data: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """The workbook with its parts changed (None: left out), and with more parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            changed = change(part, old.read(part))
            if changed is not None:
                new.writestr(part, changed)
        for part, content in more.items():
            new.writestr(part, content)
    return stream.getvalue()


def sheet_with(old: str, new: str) -> bytes:
    def change(part: str, content: bytes) -> bytes:
        assert part != "xl/worksheets/sheet1.xml" or old.encode() in content
        return content.replace(old.encode(), new.encode()) if part == "xl/worksheets/sheet1.xml" else content

    return remade(GOOD, change)


def keep(_: str, content: bytes) -> bytes:
    return content


def formulas(made: Any, page: Any) -> None:
    with_rows(HEADINGS)(made, page)
    page.write_row(1, 0, [1, "Bro"])
    page.write_formula(1, 2, "=[Budget.xlsx]Ark1!B2", None, 100)
    page.write_row(2, 0, [2, "Sti"])
    page.write_formula(2, 2, "=1/0", None, "#DIV/0!")
    page.write_row(3, 0, [3, "Grill", "#N/A"])


def hidden(made: Any, page: Any) -> None:
    with_rows(HEADINGS, [1, "Bro", 100], [2, "Sti", 200])(made, page)
    page.set_row(2, None, None, {"hidden": True})


BOOKS: dict[str, tuple[bytes, list[tuple[str, Any]]]] = {
    "a formula that was never worked out": (book(HEADINGS, [1, "Bro", "=50+50"]), [("IMP-028", "C2")]),
    "from another workbook, an error, and one that is text": (
        other_book(formulas), [("IMP-029", "C2"), ("IMP-027", "C3"), ("IMP-020", "C4")],
    ),
    "a hidden row": (other_book(hidden), [("IMP-051", 3)]),
    "a date for an id": (book(HEADINGS, [date(2026, 2, 1), "Bro", 100]), [("IMP-023", "A2")]),
    "a date for a title": (book(HEADINGS, [1, date(2026, 2, 1), 100]), [("IMP-023", "B2")]),
    "too many decimals": (book(HEADINGS, [1, "Bro", 100.125]), [("IMP-030", "C2")]),
    "too large": (book(HEADINGS, [1, "Bro", 1e300]), [("IMP-031", "C2")]),
    "truth for an amount": (book(HEADINGS, [1, "Bro", True]), [("IMP-020", "C2")]),
    "half a file": (GOOD[: len(GOOD) // 2], [("IMP-012", None)]),
    "a zip of something else": (remade(GOOD, lambda part, content: None, **{"brev.txt": b"hej"}), [("IMP-010", None)]),
    "macros": (remade(GOOD, keep, **{"xl/vbaProject.bin": b"x"}), [("IMP-014", None)]),
    "a document type": (sheet_with("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet'), [("IMP-015", None)]),
    "no XML": (sheet_with("</worksheet>", "</work"), [("IMP-012", None)]),
    "a row without end": (sheet_with('<row r="2"', '<row r="99999999999"'), [("IMP-012", None)]),
    "a cell in another row": (sheet_with('r="A2"', 'r="A3"'), [("IMP-012", None)]),
    "rows out of order": (sheet_with('<row r="2"', '<row r="1"'), [("IMP-012", None)]),
    "one cell twice": (sheet_with('r="B2"', 'r="A2"'), [("IMP-012", None)]),
    "a cell out of the sheet": (sheet_with('r="C2"', 'r="ZZZ2"'), [("IMP-012", None)]),
    "a shared text that is none": (
        remade(
            other_book(with_rows(HEADINGS, [1, "Bro", 100])),
            lambda part, content: content.replace(b't="s"><v>1<', b't="s"><v>999<') if "sheet1" in part else content,
        ),
        [("IMP-017", 1)],
    ),
    "no sheet": (remade(GOOD, lambda part, content: None if "sheet1" in part else content), [("IMP-001", None)]),
    "no styles": (remade(GOOD, lambda part, content: content[:50] if "styles" in part else content), [("IMP-012", None)]),
}  # fmt: skip


@pytest.mark.parametrize("name", BOOKS)
def test_every_fault_of_a_workbook_is_told_in_its_cell(name: str) -> None:
    data, expected = BOOKS[name]
    found, problems = proposals_of(data)
    assert found is None
    assert told(problems) == expected


def test_what_a_workbook_says_about_its_size_is_not_believed() -> None:
    """A reader that trusts it leaves rows out and says nothing."""
    data = book(HEADINGS, [1, "Bro", 100], [2, "Sti", 200], [3, "Grill", 300])
    lied = remade(
        data, lambda part, content: content.replace(b'ref="A1:C4"', b'ref="A1:C2"') if "sheet1" in part else content
    )
    assert lied != data
    found, _ = proposals_of(lied)
    assert found is not None
    assert len(found.rows) == 3


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    bomb = remade(GOOD, keep, **{"xl/media/picture.bin": b"\0" * (survey.MOST_UNPACKED + 1)})
    assert len(bomb) < 1_000_000
    _, problems = proposals_of(bomb)
    assert told(problems) == [("IMP-011", None)]


def test_a_sheet_as_wide_as_it_is_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "MOST_CELLS", 100)
    data = sheet_with(
        "</sheetData>", "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(3, 6)) + "</sheetData>"
    )
    _, problems = proposals_of(data)
    assert told(problems) == [("IMP-016", None)]


def test_a_locked_workbook_is_told_as_such() -> None:
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream) as archive:
        first = archive.infolist()[0]
    data = bytearray(GOOD)
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert first.flag_bits == 0
    _, problems = proposals_of(bytes(data))
    assert told(problems) == [("IMP-013", None)]


def test_a_sheet_that_is_not_there_is_told_with_those_that_are() -> None:
    _, problems = proposals_of(GOOD, Manner(sheet="Ark9"))
    assert told(problems) == [("IMP-041", None)]
    assert "“Forslag”" in problems[0].say("da")


def test_a_hidden_sheet_is_read_only_when_it_is_named() -> None:
    def hide(made: Any, page: Any) -> None:
        made.create_sheet("Tomt")
        page.sheet_state = "hidden"

    data = book(HEADINGS, [1, "Bro", 100], change=hide)
    _, problems = proposals_of(data)
    assert told(problems) == [("IMP-043", None)]
    assert proposals_of(data, Manner(sheet="Forslag"))[0] is not None


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("Nr;Personnummer\nv1;hemmeligt\n", "B"),
        ("Nr;X\nv1;0101901234\nv2;3112994321\n", "B2"),
        ("Nr;X\nv1;noget\nv2;noget andet\nv3;010190-1234\n", "B4"),
        ("Nr\n0101901234\nv1\nv2\n", "A2"),
    ],
)
def test_personal_numbers_are_refused_wherever_they_stand(lines: str, place: str) -> None:
    found, problems = voters_of(lines.encode())
    assert found is None
    assert told(problems) == [("IMP-048", place)]


def test_a_personal_number_is_never_an_id_whatever_somebody_insists() -> None:
    found, problems = voters_of(b"Nr\n0101901234\n", Manner(allow_cpr=True))
    assert found is None
    assert told(problems) == [("IMP-048", "A2")]


def test_neither_yes_nor_no_is_refused() -> None:
    found, problems = voters_of("Nr;Stemmeret\nv1;måske\nv2;\n".encode())
    assert found is None
    assert told(problems) == [("IMP-068", "B2"), ("IMP-068", "B3")]


@pytest.mark.parametrize("goals", ["18", "0", "tre", "3;x"])
def test_goals_that_there_are_not_are_refused(goals: str) -> None:
    _, problems = proposals_of(f'Nr;Titel;Beløb;Verdensmål\n1;Bro;100;"{goals}"\n'.encode())
    assert told(problems) == [("IMP-066", "D2")]


def test_amounts_that_cannot_be_together_are_refused() -> None:
    _, problems = proposals_of("Nr;Titel;Beløb;Mindstebeløb;Samlet pris\n1;Bro;100;200;50\n".encode())
    assert told(problems) == [("IMP-064", "D2"), ("IMP-065", "E2")]


def test_many_faults_of_a_kind_are_cut_short_and_counted() -> None:
    _, problems = proposals_of(text(*(f"{n};Bro {n};x" for n in range(1, 1203))))
    assert len(problems) == 1001
    assert "202" in problems[-1].say("da")
    assert problems[-1].code == "IMP-099"
