"""Merely Danish: files as offices have them, read without a word."""

from __future__ import annotations

import codecs
from datetime import date
from typing import Any

import pytest

from borgerbudget.sheets.tables import Manner
from tests.tables import HEAD, book, other_book, proposals_of, rows_of, told, voters_of, with_rows

ONE = [("1", "Bænke på Åvej", 1_250_000)]
LINE = "1;Bænke på Åvej;12.500,00\r\n"
TEXTS = {
    "windows": (HEAD + LINE).encode("cp1252"),
    "utf-8": (HEAD + LINE).encode(),
    "utf-8 with a mark": codecs.BOM_UTF8 + (HEAD + LINE).encode(),
    "utf-16 with tabs": codecs.BOM_UTF16_LE + (HEAD + LINE).replace(";", "\t").encode("utf-16-le"),
    "utf-16 the other way round": codecs.BOM_UTF16_BE + (HEAD + LINE).encode("utf-16-be"),
    "commas": (HEAD + '1;Bænke på Åvej;"12.500,00"\r\n').replace(";", ",").encode(),
    "sep=": ("sep=;\r\n" + HEAD + LINE).encode(),
    "sep= of another kind": ("sep=|\r\n" + (HEAD + LINE).replace(";", "|")).encode(),
    "line feeds": (HEAD + LINE).replace("\r\n", "\n").encode(),
    "carriage returns": (HEAD + LINE).replace("\r\n", "\r").encode(),
    "no line end": (HEAD + LINE).rstrip().encode(),
    "a title and a date above": ("Borgerbudget i Åby\r\n14. marts 2026\r\n\r\n" + HEAD + LINE).encode(),
    "empty rows": (HEAD + ";;\r\n\r\n" + LINE + ";;\r\n   ;;\r\n").encode(),
    "needless separators": (HEAD + LINE.replace("\r\n", ";;;\r\n")).encode(),
    "a as two characters": (HEAD + LINE).replace("Å", "A\u030a").replace("å", "a\u030a").encode(),
    "hard spaces": (HEAD + "1;Bænke\u00a0på Åvej ;12\u00a0500,00\u00a0kr.\r\n").encode(),
    "soft hyphens from a page": (HEAD + "1;Bæn\u00adke på Åvej\u200b;12.500\r\n").encode(),
    "English headings": ("No,Title,Amount\r\n" + '1,Bænke på Åvej,"12.500,00"\r\n').encode(),
    "our own headings": ("project_id;cost;name\r\n1;12500;Bænke på Åvej\r\n").encode(),
    "headings in capitals with units": ("NR.;TITEL:;BELØB (kr.)\r\n" + LINE).encode("cp1252"),
    "quoted cells": ('"Nr";"Titel";"Beløb"\r\n"1";"Bænke på Åvej";"12.500,00"\r\n').encode(),
    "another order": ("Beløb;Nr;Titel\r\n12.500;1;Bænke på Åvej\r\n").encode(),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_table_of_text_is_read(name: str) -> None:
    found, problems = proposals_of(TEXTS[name])
    assert (rows_of(found), problems) == (ONE, ())


AMOUNTS = {
    "12500": 1_250_000, "12.500": 1_250_000, "12.500,00": 1_250_000, "12 500": 1_250_000, "12500,5": 1_250_050,
    "12.500,-": 1_250_000, "12.500 ,-": 1_250_000, "kr. 12.500,50": 1_250_050, "Kr 12.500": 1_250_000,
    "12.500 kr.": 1_250_000, "12.500,00 DKK": 1_250_000, "DKK 12500": 1_250_000, "1.234.567,89": 123_456_789,
    "1 234 567,89": 123_456_789, "12\u202f500": 1_250_000, "12.500 kroner": 1_250_000, "12.500,–": 1_250_000,
    "0,01": 1, "12500,500": 1_250_050, "+100": 10_000, "12.500,--": 1_250_000,
}  # fmt: skip
ENGLISH = {
    "12,500": 1_250_000,
    "12,500.00": 1_250_000,
    "12500.5": 1_250_050,
    "1,234,567.89": 123_456_789,
    "kr. 100": 10_000,
}


@pytest.mark.parametrize("text", AMOUNTS)
def test_amounts_are_read_as_danes_write_them(text: str) -> None:
    found, problems = proposals_of((HEAD + f'1;Bænke;"{text}"\r\n').encode())
    assert (rows_of(found), problems) == ([("1", "Bænke", AMOUNTS[text])], ())


@pytest.mark.parametrize("text", ENGLISH)
def test_amounts_are_read_as_others_write_them_when_that_is_declared(text: str) -> None:
    found, _ = proposals_of((HEAD + f'1;Bænke;"{text}"\r\n').encode(), Manner(numbers="en"))
    assert rows_of(found) == [("1", "Bænke", ENGLISH[text])]


def test_every_fact_of_a_proposal_is_read() -> None:
    text = (
        "Nr;Titel;Ansøgt beløb;Beskrivelse;Mindstebeløb;Samlet pris;Egenfinansiering;Anden finansiering;Moms;Tilbud;Ansvarlig;"
        "Område;Kategori;Verdensmål\n"
        "7;Bro;10.000;Over åen;5.000;20.000;6.000;4.000;inkl.;T-17;Laug;Nord;natur, leg;3, 11 og 15\n"
    )
    found, problems = proposals_of(text.encode())
    assert found is not None
    assert not problems
    (row,) = found.rows
    assert (row.summary, row.min_cost, row.total_price) == ("Over åen", 500_000, 2_000_000)
    assert (row.own_financing, row.other_financing, row.vat, row.quote) == (600_000, 400_000, "inkl.", "T-17")
    assert (row.responsible, row.area, row.category, row.goals) == ("Laug", "Nord", ("natur", "leg"), (3, 11, 15))


def test_proposals_without_numbers_get_some_and_it_is_said() -> None:
    found, problems = proposals_of("Forslag;Pris\nBænke;100\nBro;200\n".encode())
    assert [row[0] for row in rows_of(found)] == ["1", "2"]
    assert told(problems, "warning") == [("IMP-063", 1)]


def test_what_nobody_asked_for_is_named() -> None:
    _, problems = proposals_of((HEAD.replace("Beløb", "Beløb;Telefon") + "1;Bro;100;12345678\r\n").encode())
    assert told(problems, "warning") == [("IMP-045", 1)]
    assert "Telefon" in problems[0].say("da")


def test_a_quotation_mark_within_a_title_is_its_own() -> None:
    found, _ = proposals_of((HEAD + '1;Nyt "hjerte" i byen;100\r\n').encode())
    assert rows_of(found)[0][1] == 'Nyt "hjerte" i byen'


@pytest.mark.parametrize(
    "title", ["Total renovering af hallen", "Samlet legeplads", "Sum-sang i skolen", "I alt for mange biler"]
)
def test_a_title_that_only_begins_like_a_total_is_a_title(title: str) -> None:
    found, _ = proposals_of((HEAD + f"1;{title};100\r\n").encode())
    assert rows_of(found)[0][1] == title


# Workbooks


def other_formats(made: Any, page: Any) -> None:
    kroner, zeros, red = (
        made.add_format({"num_format": text}) for text in ('#,##0.00 "kr."', "000", "[Red]0.00;-0.00")
    )
    page.write_row(0, 0, ["Nr", "Titel", "Beløb"])
    page.write_number(1, 0, 7, zeros)
    page.write_rich_string(1, 1, "Bænke ", made.add_format({"bold": True}), "på Åvej")
    page.write_number(1, 2, 12500, kroner)
    page.write_string(2, 0, "008")
    page.write_string(2, 1, "Bro")
    page.write_number(2, 2, 0.1 + 0.2, red)
    page.write_number(3, 0, 9)
    page.write_string(3, 1, "Grill")
    page.write_formula(3, 2, "=C2*2", kroner, 25000)


def test_formats_rich_text_and_formulas_with_their_values_are_read_as_they_are_seen() -> None:
    found, problems = proposals_of(other_book(other_formats))
    assert rows_of(found) == [("007", "Bænke på Åvej", 1_250_000), ("008", "Bro", 30), ("9", "Grill", 2_500_000)]
    assert problems == ()


def test_a_filter_comments_widths_and_drop_down_lists_do_not_matter() -> None:
    def decorated(made: Any, page: Any) -> None:
        with_rows(["Nr", "Titel", "Beløb"], [1, "Bro", 100])(made, page)
        page.autofilter(0, 0, 1, 2)
        page.write_comment(1, 1, "Hvem har sagt det?")
        page.set_column(0, 2, 30)
        page.data_validation(1, 2, 9, 2, {"validate": "integer", "criteria": ">", "value": 0})
        page.conditional_format(1, 2, 9, 2, {"type": "data_bar"})
        page.freeze_panes(1, 0)
        page.write_string(3, 5, "husk kaffe")

    found, problems = proposals_of(other_book(decorated))
    assert rows_of(found) == [("1", "Bro", 10_000)]
    assert told(problems, "warning") == [("IMP-050", "F4")]


def test_a_table_that_begins_in_the_middle_of_the_sheet_is_found() -> None:
    def moved(_: Any, page: Any) -> None:
        for number, row in enumerate((["Nr", "Titel", "Beløb"], [1, "Bro", 100])):
            page.write_row(6 + number, 3, row)

    found, problems = proposals_of(other_book(moved))
    assert (rows_of(found), problems) == ([("1", "Bro", 10_000)], ())


def test_a_merged_title_above_the_headings_does_not_matter() -> None:
    def titled(_: Any, page: Any) -> None:
        page.merge_cells("A1:C1")

    data = book(["Borgerbudget 2026"], [], ["Nr", "Titel", "Beløb"], [1, "Bro", 100], change=titled)
    assert rows_of(proposals_of(data)[0]) == [("1", "Bro", 10_000)]


def test_the_sheet_that_is_named_is_read() -> None:
    def two(made: Any, _: Any) -> None:
        page = made.create_sheet("Endelig")
        page.append(["Nr", "Titel", "Beløb"])
        page.append([2, "Rigtig", 200])

    data = book(["Nr", "Titel", "Beløb"], [1, "Kladde", 100], change=two)
    assert rows_of(proposals_of(data, Manner(sheet="Endelig"))[0]) == [("2", "Rigtig", 20_000)]


def test_columns_are_found_by_the_names_that_a_mapping_gives() -> None:
    manner = Manner(columns={"title": "Hvad vil I?", "cost": "Hvor meget?", "id": "Navn"})
    found, _ = proposals_of("Navn;Hvad vil I?;Hvor meget?;Beløb\nb1;Bro;100;999\n".encode(), manner)
    assert rows_of(found) == [("b1", "Bro", 10_000)]


# The roll


def test_a_roll_keeps_ids_with_their_zeros_and_nothing_else() -> None:
    found, problems = voters_of("Nr;Navn;Landsby\n001;Anna;Åby\n002;Bo;\n".encode())
    assert found is not None
    assert [(row.id, row.area) for row in found] == [("001", "Åby"), ("002", None)]
    assert told(problems, "warning") == [("IMP-045", 1)]


def test_a_roll_may_be_one_column() -> None:
    found, _ = voters_of(b"id\nv1\nv2\n")
    assert found is not None
    assert [row.id for row in found] == ["v1", "v2"]


def test_those_who_may_not_vote_are_left_out_and_counted() -> None:
    found, problems = voters_of(book(["Nr", "Stemmeberettiget"], ["v1", True], ["v2", "nej"], ["v3", "Ja"]))
    assert found is not None
    assert [row.id for row in found] == ["v1", "v3"]
    assert told(problems, "warning") == [("IMP-069", "B3")]


def test_a_date_of_birth_is_not_read_and_not_refused() -> None:
    found, problems = voters_of(book(["Nr", "Født"], ["v1", date(1990, 1, 1)], ["v2", date(2001, 2, 3)]))
    assert found is not None
    assert told(problems, "warning") == [("IMP-045", 1)]


def test_a_column_of_telephone_numbers_is_no_personal_number() -> None:
    found, _ = voters_of(b"Nr;Telefon\nv1;45 12 34 56 78\nv2;12345678\n")
    assert found is not None


def test_personal_numbers_are_passed_over_when_somebody_insists() -> None:
    found, _ = voters_of(b"Nr;CPR\nv1;010190-1234\n", Manner(allow_cpr=True))
    assert found is not None
    assert [row.id for row in found] == ["v1"]
