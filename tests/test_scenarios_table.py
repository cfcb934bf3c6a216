"""The table as files: what was put in comes out of both, marked as a simulation."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from borgerbudget.money import LARGEST_AMOUNT, parse_amount
from scenarios.answer import Answer, Cell, Column, Table
from scenarios.sentence import Sentence
from scenarios.table import csv_bytes, parquet_bytes, table_files

SAID = Sentence("x", "x")
COLUMNS = tuple(
    Column(name, kind, SAID)  # type: ignore[arg-type]
    for name, kind in (("a", "text"), ("b", "integer"), ("c", "amount"), ("d", "number"), ("e", "truth"))
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"))
ROWS = st.lists(
    st.tuples(
        TEXTS,
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | st.integers(-LARGEST_AMOUNT, LARGEST_AMOUNT),
        st.none() | st.floats(allow_nan=False, allow_infinity=False),
        st.none() | st.booleans(),
    ),
    max_size=5,
)


def answer(rows: list[tuple[Cell, ...]], seed: int | None = 42) -> Answer:
    return Answer("robust", SAID, "lillevig-2026.pb", seed, 100, (), (), Table(COLUMNS, tuple(rows)))


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


@given(ROWS)
def test_both_files_hold_what_was_put_in(rows: list[tuple[Cell, ...]]) -> None:
    asked = answer(rows)
    parts = parquet.read_table(io.BytesIO(parquet_bytes(asked))).to_pylist()
    for row, line, part in zip(rows, read(csv_bytes(asked)), parts, strict=True):
        text, integer, amount, number, truth = row
        assert (line["a"], part["a"]) == (text, text)
        assert (line["b"], part["b"]) == ("" if integer is None else str(integer), integer)
        assert (None if line["c"] == "" else parse_amount(line["c"])) == amount
        assert part["c"] == (None if amount is None else Decimal(amount) / 100)
        assert ((None if line["d"] == "" else float(line["d"])), part["d"]) == (number, number)
        assert (line["e"], part["e"]) == ({None: "", True: "true", False: "false"}[truth], truth)


def test_every_row_says_that_it_is_a_simulation_of_what_and_with_which_seed() -> None:
    line = read(csv_bytes(answer([("", 1, 1, 1.0, True)])))[0]
    assert list(line)[:6] == ["simulation", "question", "source", "seed", "runs", "currency"]
    assert list(line.values())[:6] == ["true", "robust", "lillevig-2026.pb", "42", "100", "DKK"]
    assert read(csv_bytes(answer([("", 1, 1, 1.0, True)], seed=None)))[0]["seed"] == ""


def test_the_bytes_are_what_the_page_of_the_format_says() -> None:
    assert csv_bytes(answer([('Sti; "A"', 2, 16_480_50, 0.1, False)])).decode() == (
        "\ufeffsimulation;question;source;seed;runs;currency;a;b;c;d;e\n"
        'true;robust;lillevig-2026.pb;42;100;DKK;"Sti; ""A""";2;16480.5;0.1;false\n'
    )
    assert table_files(answer([])) == table_files(answer([]))


def test_without_pyarrow_one_sentence_says_what_to_install() -> None:
    code = """
import sys
from borgerbudget.errors import UsageError
from scenarios.answer import Answer, Table
from scenarios.sentence import Sentence
from scenarios.table import table_files
sys.modules["pyarrow"] = None
try:
    table_files(Answer("q", Sentence("x", "x"), "s", None, None, (), (), Table((), ())))
except UsageError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (
        "needs pyarrow, which is not installed -> install it with: pip install 'borgerbudget[scenarios]'" in done.stdout
    )


@pytest.mark.parametrize("rows", [[], [("x", None, None, None, None)]])
def test_empty_tables_and_empty_columns_keep_their_types(rows: list[tuple[Cell, ...]]) -> None:
    schema = parquet.read_table(io.BytesIO(parquet_bytes(answer(rows)))).schema
    assert [str(schema.field(name).type) for name in "abcde"] == [
        "string",
        "int64",
        "decimal128(38, 2)",
        "double",
        "bool",
    ]
