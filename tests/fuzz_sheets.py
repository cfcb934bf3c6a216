"""Feeds the readers of office files damaged and strange tables: each must be read or refused with places, never anything else.

    python tests/fuzz_sheets.py --what text --executions 20000 --seed 1
    python tests/fuzz_sheets.py --what workbook --executions 2000 --seed 1

Structure-aware: tables of text are grown from cells, separators, encodings and line ends that mean something and then damaged in
bytes; workbooks are changed inside their XML parts (values, attributes, whole elements) and in the bytes of the zip.  Besides
"read or refused": a second reading says the same, whatever is read has an amount above 0 and ids that each stand once, every
refusal is a sentence in both languages, and none takes longer than ``LONGEST``.  What breaks that is printed with the seed of its
own execution, to be run again with ``--only``.
"""

from __future__ import annotations

import argparse
import codecs
import io
import random
import re
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from borgerbudget.sheets.ballots import read_ballots
from borgerbudget.sheets.mapping import BallotManner, read_mapping
from borgerbudget.sheets.opening import new_findings, open_sheets
from borgerbudget.sheets.proposals import ProposalRow, read_proposals
from borgerbudget.sheets.tables import Manner
from borgerbudget.sheets.voters import read_voters

OFFICE = Path(__file__).parent / "office"
LONGEST = 5
"""Seconds for one small file."""
PROPOSALS = (
    ProposalRow(2, "1", "Bænke, borde", 1_250_000),
    ProposalRow(3, "2", "Badebro", 100),
    ProposalRow(4, "3", "Grill", 1),
)
SHAPES: tuple[BallotManner, ...] = (
    BallotManner(), BallotManner(shape="balls"), BallotManner(shape="marks"), BallotManner(shape="points"),
    BallotManner(shape="costs", voter="Voter ID", price_row=True), BallotManner(shape="ranks"),
    BallotManner(column="Valg", time="Tidsstempel", order="dmy", voter="Nr", double_vote="last"),
    BallotManner(column="Valg", time="Tidsstempel"),
)  # fmt: skip
CELLS = (
    *(
        "",
        " ",
        "1",
        "2",
        "3",
        "01",
        "-1",
        "x",
        "ja",
        "nej",
        "I alt",
        "Total:",
        "Nr",
        "Titel",
        "Beløb",
        "Stemmer",
        "Valg",
    ),
    *("12.500,00", "12,500", "12500", "kr. 9.000,-", "1,2 mio.", "1e5", "12\u00a0500 kr.", "DKK 1", "EUR 5", "9" * 20),
    *("Bænke, borde", "Bænke, borde, Grill", "Badebro", "Grill; Badebro", "1 2 3", "3,3", "2. Badebro", "Noget andet"),
    *(
        "010190-1234",
        "0101901234",
        "14-09-2026 20.05",
        "5/6/2026",
        "2026-09-14T20:05:00Z",
        "i går",
        "=1+1",
        "'=1+1",
        "@x",
    ),
    *(
        "Bål›b",
        "BÃ¥l",
        "a\u030a",
        "\u200b",
        "\ufeff",
        "“x”",
        '"',
        '""',
        "a\nb",
        "a\r\nb",
        "x" * 300,
        "Voter ID",
        "$1000",
    ),
    *(
        "Bænke ved søen",
        "1. prioritet",
        "Allocation",
        "Landsby",
        "Stemmeret",
        "Verdensmål",
        "3, 11",
        "18",
        "\U0001f600",
        "ß",
    ),
    *("Rank1", "Tidsstempel", "#REF!", "İ"),
)
HEADINGS = (
    ("Nr", "Titel", "Beløb"), ("Nr", "Titel", "Beløb", "Verdensmål", "Mindstebeløb"), ("Nr", "Landsby", "Stemmeret"),
    ("Nr", "Stemmer"), ("Tidsstempel", "Nr", "Valg"), ("Voter ID", "", "Bænke, borde", "Badebro", "Grill"),
    ("Nr", "Bænke, borde", "Badebro", "Grill"), ("Voter ID", "Rank1", "Rank2", "Rank3"), ("voter_id", "vote", "points"),
)  # fmt: skip
ENCODINGS = (*["utf-8"] * 6, *["cp1252"] * 4, "utf-8-sig", "utf-8-sig", "utf-16-le", "utf-16-be", "cp850", "mac_roman")
FITTING = {
    "Titel": ("Bro", "Sti", "Grill", "Bænke, borde", "Bænke ved søen"), "Beløb": ("12.500,00", "9000", "38.750,-", "kr. 100"),
    "Stemmer": ("1 2 3", "Badebro", "Grill; Badebro", "", "3"), "Valg": ("Badebro", "Bænke, borde, Grill", "2", ""),
    "Tidsstempel": ("14-09-2026 20.05", "2026-09-14T20:05:00Z"), "Landsby": ("Åby", ""), "Stemmeret": ("ja", "nej"),
    "Badebro": ("1", "0", "x", ""), "Grill": ("1", "0", ""), "Bænke, borde": ("1", "0", ""), "Rank1": ("Grill", "2"),
    "Rank2": ("Badebro", "1", ""), "Rank3": ("",), "vote": ("1,3", "2"), "points": ("1,1", "2"), "Verdensmål": ("3, 11", ""),
    "Mindstebeløb": ("", "50"), "": ("",),
}  # fmt: skip
"""What fits under a heading; most cells are of these, so that most tables mean something."""
NUMBERS = (b"0", b"1", b"-1", b"2147483648", b"99999999999999999999", b"1e308", b"", b"x", b"\xc3")


def text_table(chance: random.Random, which: int) -> bytes:
    """Mostly a table that means something as one of the kinds, some of it damaged."""
    mark = chance.choice((";", ";", ",", "\t", "|"))
    end = chance.choice(("\r\n", "\n", "\r"))
    rows: list[list[str]] = []
    if chance.random() < 0.2:
        rows.append([chance.choice(CELLS)])
    fitting = {0: (0, 1), 1: (0, 1), 2: (2,), 5: (7, 5), 6: (6, 5), 7: (5,), 8: (7,), 9: (4,), 10: (4,)}.get(
        which, (3, 8)
    )
    headings = list(HEADINGS[chance.choice(fitting)] if chance.random() < 0.9 else chance.choice(HEADINGS))
    if chance.random() < 0.3:
        chance.shuffle(headings)
    rows.append(headings)
    for number in range(chance.choice((0, 1, 2, 3, 8))):
        width = len(headings) if chance.random() < 0.95 else chance.randint(0, 8)
        row = [
            chance.choice(FITTING[name] if name in FITTING and chance.random() < 0.9 else CELLS)
            for name in (headings * 2)[:width]
        ]
        for at, name in enumerate(headings[:width]):
            if name in ("Nr", "Voter ID", "voter_id") and chance.random() < 0.9:
                row[at] = str(number + 1)
        rows.append(row)

    def quoted(cell: str) -> str:
        if chance.random() < 0.1 or (mark in cell and chance.random() < 0.8):
            return '"' + cell.replace('"', '""') + '"'
        return cell

    text = ("sep=" + mark + end if chance.random() < 0.05 else "") + "".join(
        mark.join(map(quoted, row)) + end for row in rows
    )
    encoding = chance.choice(ENCODINGS)
    data = text.encode(encoding, "replace")
    if encoding.startswith("utf-16"):
        data = (codecs.BOM_UTF16_LE if encoding.endswith("le") else codecs.BOM_UTF16_BE) + data
    return damaged(data, chance) if chance.random() < 0.3 else data


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, left out, doubled or put elsewhere."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(changed) + 1), chance.choice((1, 1, 2, 16))
        what = chance.randrange(4)
        if what == 0 and at < len(changed):
            changed[at] = chance.randrange(256)
        elif what == 1:
            del changed[at : at + length]
        elif what == 2:
            changed[at:at] = changed[at : at + length]
        else:
            changed[at:at] = chance.choice((b'"', b";", b"\r\n", b"\0", b"\xff\xfe", b"<", b">", b"&"))
    return bytes(changed)


def workbook(chance: random.Random, books: list[bytes]) -> bytes:
    """One of the workbooks, with one to three of its parts changed within their XML."""
    data = chance.choice(books)
    if chance.random() < 0.1:
        return damaged(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    names = [
        name for name in parts if "sheet1" in name or name.endswith(("workbook.xml", "styles.xml", "sharedStrings.xml"))
    ]
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(names if chance.random() < 0.9 else sorted(parts))
        parts[name] = changed_xml(parts.get(name, b""), chance)
        if chance.random() < 0.03:
            parts.pop(name)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


def changed_xml(content: bytes, chance: random.Random) -> bytes:
    """A value, an element or a tag of it changed; seldom any bytes."""
    values, elements = list(VALUE.finditer(content)), list(ELEMENT.finditer(content))
    what = chance.randrange(10)
    if what <= 4 and values:
        found, other = chance.choice(values), chance.choice(values)
        group = 1 if found[1] is not None else 2
        cell = chance.choice(CELLS).encode("utf-8", "replace")
        new = chance.choice((*NUMBERS, other[1] if other[1] is not None else other[2], cell, cell))
        if chance.random() < 0.95:
            new = new.replace(b"<", b"&lt;").replace(b'"', b"&quot;")
        return content[: found.start(group)] + new + content[found.end(group) :]
    if what == 5 and elements:
        found = chance.choice(elements)
        return content[: found.start()] + content[found.end() :]
    if what == 6 and elements:
        found, other = chance.choice(elements), chance.choice(elements)
        return content[: other.end()] + found[0] + content[other.end() :]
    if what in (7, 8) and elements:
        at = chance.choice(elements).end()
        return content[:at] + chance.choice(EXTRA) + content[at:]
    return damaged(content, chance)


VALUE = re.compile(rb'="([^"]*)"|>([^<>]+)<')
ELEMENT = re.compile(rb"<(c|row|f|v|is|t|si|xf|numFmt|sheet|mergeCell|col|r)\b[^>]*?(?:/>|>.*?</\1>)", re.DOTALL)
EXTRA = (
    b'<row r="3" hidden="1"><c r="A3"><v>5</v></c></row>', b'<mergeCell ref="A2:C9"/>', b"<f>[1]Ark!A1</f>", b"<f/>",
    b'<c r="XFD5" t="b"><v>1</v></c>', b'<c t="e"><v>#N/A</v></c>', b'<c t="d"><v>2026-02-30</v></c>', b"<!-- x -->",
    b'<c t="inlineStr"><is><t>I alt</t></is></c>', b'<col min="1" max="99999" hidden="1"/>', b"<?x y?>", b"<![CDATA[x]]>",
    b'<row><c t="n"><v>7</v></c><c t="str"><v>Sti</v></c><c><v>1e3</v></c></row>',
)  # fmt: skip


def said(data: bytes, which: int) -> tuple[object, tuple[str, ...]]:
    """What is read from the file as one of the kinds of tables, and all sentences."""
    findings = new_findings()
    sheets = open_sheets(data, "fil", None, findings)
    found: Any
    if which == 0:
        found = read_proposals(sheets, Manner(), findings)
    elif which == 1:
        found = read_proposals(sheets, Manner(numbers="en", allow_cpr=True), findings)
    elif which == 2:
        found = read_voters(sheets, Manner(), findings)
    else:
        found = read_ballots(sheets, PROPOSALS, SHAPES[which - 3], findings)
    assert (found is None) == findings.failed, "neither read nor refused"
    if which in (0, 1) and found is not None:
        ids = [row.id.casefold() for row in found.rows]
        assert len(set(ids)) == len(ids)
        assert all(0 < row.cost <= 2**53 for row in found.rows)
    sentences = tuple(problem.say(language) for problem in findings.problems for language in ("da", "en"))
    return found, sentences


def execute(seed: str, what: str, books: list[bytes]) -> str:
    """What became of it: ``read``, or the code of the first refusal."""
    chance = random.Random(seed)
    if what == "mapping":
        findings = new_findings()
        read_mapping(damaged(MAPPING, chance), "svar.toml", findings)
        return "refused" if findings.failed else "read"
    which = (
        chance.randrange(3 + len(SHAPES)) if what == "text" or chance.random() < 0.2 else chance.choice((0, 0, 0, 2))
    )
    data = text_table(chance, which) if what == "text" else workbook(chance, books)
    start = time.monotonic()
    found, sentences = said(data, which)
    assert time.monotonic() - start < LONGEST, "too long"
    assert said(data, which) == (found, sentences), "another answer the second time"
    return "read" if found is not None else sentences[0].rpartition("[")[2].rstrip("]")


MAPPING = b"""
[proposals]
sheet = "Ark1"
numbers = "da"
columns = { title = "Hvad", cost = "Pris" }
[ballots]
shape = "ranks"
ranks = ["1.", "2."]
voter = "Mail"
time = "Tid"
until = 2026-09-14T20:00:00
[ballots.answers]
"Bro" = "2"
[round]
pool = 5
"""


def run(what: str, executions: int, seed: int) -> Counter[str]:
    """How many came to what.  Raises AssertionError, or whatever a reader let through, with the execution's own seed."""
    books = [path.read_bytes() for path in sorted(OFFICE.glob("*.xlsx"))]
    found: Counter[str] = Counter()
    for number in range(executions):
        own = f"{seed}/{number}"
        try:
            found[execute(own, what, books)] += 1
        except BaseException:
            print(f"--what {what} --only {own}", file=sys.stderr)
            raise
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--what", choices=("text", "workbook", "mapping"), default="text")
    parser.add_argument("--executions", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only")
    asked = parser.parse_args()
    if asked.only:
        print(execute(asked.only, asked.what, [path.read_bytes() for path in sorted(OFFICE.glob("*.xlsx"))]))
        return
    found = run(asked.what, asked.executions, asked.seed)
    for name, count in found.most_common():
        print(f"{count:>9}  {name}")


if __name__ == "__main__":
    main()
