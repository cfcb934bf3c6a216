"""Ballots on paper, prints and the terminal in the hall through the real command, in Danish."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from borgerbudget.store.database import open_database
from tests.clerks import Clerk
from tests.test_rounds_danish import ENGLISH, LEFT_OUT
from tests.villages import Village

RULES = {"channels": "code+paper", "urns": "hallen", "double_vote": "paper-wins"}


@pytest.fixture
def clerk(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    """Rules are frozen, nobody has a code yet."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(empty_database, tmp_path / "borgerbudget.db")
    engine = open_database(str(tmp_path / "borgerbudget.db"))
    village = Village(engine, str(tmp_path / "borgerbudget.db"))
    village.start(**RULES)
    village.move("freeze", second="bo")
    found = Clerk(village, monkeypatch)
    found.lang = "da"
    yield found
    engine.dispose()


def opened(clerk: Clerk) -> None:
    clerk.run("codes", "issue", "ROUND", "--out", "koder.csv")
    clerk.village.wait(days=2)
    clerk.run("round", "open", "ROUND", "--yes")


def closed(clerk: Clerk) -> None:
    clerk.village.wait(days=8)
    clerk.run("round", "close", "ROUND", "--yes")


def english_words(clerk: Clerk) -> dict[str, list[str]]:
    found = {}
    for said in clerk.said:
        for line in (said.out + said.err).splitlines():
            words = re.findall(r"[A-Za-zÆØÅæøå]+", LEFT_OUT.sub(" ", line))
            if any(word.lower() in ENGLISH for word in words):
                found[line] = [word for word in words if word.lower() in ENGLISH]
    return found


def test_letters_are_the_only_place_where_their_codes_stand(clerk: Clerk, tmp_path: Path) -> None:
    run = clerk.run
    (tmp_path / "navne.csv").write_text("id;navn;vej\nv000;Åse Ærø;Vejen 1\n", encoding="utf-8")
    refused = run("codes", "letters", "ROUND", "--names", "navne.csv", "--out", "breve.pdf", code=2).err
    assert "[PRT-005]" in refused
    assert not (tmp_path / "breve.pdf").exists()
    run("codes", "letters", "ROUND", "v000", "--names", "navne.csv", "--out", "et.pdf")
    assert (tmp_path / "et.pdf").stat().st_mode & 0o077 == 0
    run("codes", "letters", "ROUND", "--out", "breve.html")
    codes = re.findall(r"<strong>([0-9A-Z-]{13})</strong>", (tmp_path / "breve.html").read_text(encoding="utf-8"))
    assert len(codes) == 11
    assert all(code.replace("-", "").encode() not in (tmp_path / "borgerbudget.db").read_bytes() for code in codes)
    assert "[PRT-007]" in run("codes", "letters", "ROUND", "--out", "flere.pdf", code=2).err
    assert "[PRT-008]" in run("codes", "letters", "ROUND", "v000", "v001", "--again", "--out", "x.pdf", code=2).err
    run("codes", "letters", "ROUND", "v000", "--again", "--reason", "tabt", "--out", "igen.pdf")
    (tmp_path / "navne.csv").write_text("id;navn\nv000\n", encoding="utf-8")
    assert "[PRT-006]" in run("codes", "letters", "ROUND", "--names", "navne.csv", "--out", "y.pdf", code=3).err
    assert english_words(clerk) == {}


def test_everything_is_printed_once_and_not_over_another_file(clerk: Clerk, tmp_path: Path) -> None:
    for kind in ("attendance", "tally-sheet", "poster", "catalogue", "protocol", "ballots"):
        (tmp_path / "tryk.pdf").unlink(missing_ok=True)
        clerk.run("round", "print", "ROUND", kind, "--out", "tryk.pdf")
        assert (tmp_path / "tryk.pdf").read_bytes().startswith(b"%PDF-")
    assert "[PRT-001]" in clerk.run("round", "print", "ROUND", "poster", "--out", "plakat.docx", code=2).err
    assert "[FI-005]" in clerk.run("round", "print", "ROUND", "poster", "--out", "tryk.pdf", code=2).err
    clerk.run("round", "print", "ROUND", "ballots", "--out", "igen.pdf")
    assert (tmp_path / "igen.pdf").read_bytes() == (tmp_path / "tryk.pdf").read_bytes()
    document = json.loads(clerk.run("round", "print", "ROUND", "poster", "--out", "c.html", "--json").out)
    assert (document["what"], len(document["sha256"])) == ("poster", 64)
    assert english_words(clerk) == {}


def test_nothing_is_printed_of_a_round_without_proposals(clerk: Clerk) -> None:
    clerk.run("round", "new", "tom", "--area", "lillevig", "--title", "Tom")
    assert re.findall(r"\[(PRT-\d+)\]", clerk.run("round", "print", "tom", "ballots", "--out", "x.pdf", code=4).err) == [
        "PRT-002", "PRT-003",
    ]  # fmt: skip
    clerk.run("round", "print", "tom", "protocol", "--out", "p.pdf")


def test_a_letter_that_the_typeface_lacks_is_told_and_printed_all_the_same(clerk: Clerk, tmp_path: Path) -> None:
    (tmp_path / "navne.csv").write_text("id;navn\nv000;漢 字\n", encoding="utf-8")
    told = clerk.run("codes", "letters", "ROUND", "v000", "--names", "navne.csv", "--out", "et.pdf").err
    assert "[PRT-004]" in told
    assert "字 漢" in told


def test_an_evening_in_the_hall_ends_in_minutes_that_say_everything(clerk: Clerk, tmp_path: Path) -> None:
    run, village = clerk.run, clerk.village
    opened(clerk)
    codes = dict(line.split(";") for line in (tmp_path / "koder.csv").read_text("utf-8-sig").split()[1:])
    run("ballot", "hand-out", "ROUND", "v000", "v001", "--urn", "hallen")
    run("ballot", "hand-out", "ROUND", "v000", "v999", "--urn", "hallen", code=2)
    run("ballot", "hand-out", "ROUND", "v000", "--urn", "kirken", code=4)

    lines = f"kode;stemmer\n{codes['v003']};4\n\nX;1\n{codes['v004']};9\n"
    (tmp_path / "svar.csv").write_text(lines, encoding="utf-8")
    wrong = run("ballot", "import", "ROUND", "svar.csv", code=3).err
    assert re.findall("svar.csv, celle ([A-Z][0-9]+)", wrong) == ["A4", "B5"]
    (tmp_path / "svar.csv").write_text(f"kode;stemmer\n{codes['v003']};4\n{codes['v004']};\n", encoding="utf-8")
    run("ballot", "import", "ROUND", "svar.csv", "--dry-run")
    assert "2 sedler" in run("ballot", "import", "ROUND", "svar.csv").err
    assert village.round().tally.voters == 4

    closed(clerk)
    run("ballot", "batch", "ROUND", "--urn", "hallen", "--sheets", "51", code=2)
    run("ballot", "batch", "ROUND", "--urn", "hallen", "--sheets", "2")
    first = run("ballot", "key", "ROUND", "1", typed="1 9\n1\n<\n1 2\n!kendemærke\n").err
    assert "nummer 9 står ikke på sedlen" in first
    assert "2 sedler gemt" in first
    assert "anna 2/2" in run("ballot", "batches", "ROUND").out
    (tmp_path / "bunke1.txt").write_text("1 2\n4\n", encoding="utf-8")
    second = run("ballot", "key", "ROUND", "1", "--file", "bunke1.txt", "--actor", "bo").err
    assert "1 2" not in second
    differ = run("ballot", "compare", "ROUND", "1", code=6).err
    assert "kendemærke" not in differ
    decide = ("ballot", "resolve", "ROUND", "1", "2", "4", "--reason", "det er et 4-tal", "--actor")
    run(*decide, "bo", code=4)
    run(*decide, "carl")
    run("ballot", "compare", "ROUND", "1", "--dry-run")
    run("ballot", "compare", "ROUND", "1")
    assert "afgjort efter uenighed om 2" in run("ballot", "batches", "ROUND").out
    kept = run("privacy", "report", "ROUND").out
    assert "1 bunke papirsedler med navnene på dem, der har tastet dem" in kept
    assert "3 læsninger af nummererede papirsedler" in kept
    assert "borgerbudget reconcile" in run("round", "seal", "ROUND", "--yes", code=4).err
    balance = ("reconcile", "ROUND", "--urn", "hallen", "--issued", "10", "--unused", "7")
    assert "(+1)" in run(*balance, code=4).err
    run(*balance, "--reason", "én blev væk", "--second", "bo")
    run("round", "seal", "ROUND", "--yes")
    run("tally", "ROUND")
    run("round", "print", "ROUND", "protocol", "--out", "protokol.html")
    minutes = (tmp_path / "protokol.html").read_text(encoding="utf-8")
    assert "én blev væk (anna + bo)" in minutes
    assert "4 stemmer tælles, 0 ikke" in minutes
    run("round", "log", "ROUND")
    run("round", "verify", "ROUND")
    assert english_words(clerk) == {}


def test_the_terminal_in_the_hall_repeats_the_choice_and_clears_the_screen(clerk: Clerk, tmp_path: Path) -> None:
    opened(clerk)
    codes = [line.split(";")[1] for line in (tmp_path / "koder.csv").read_text("utf-8-sig").split()[1:]]
    typed = f"{codes[0]}\n1 9\n1 2\nnej\n1 3\nja\n\n{codes[0]}\n\n"
    told = clerk.run("ballot", "cast", "ROUND", "--kiosk", typed=typed, code=130).err
    assert "[RND-023]" in told
    assert "  1 Forslag p1\n  3 Forslag p3" in told
    assert told.count("Tak. Din kvittering") == 1
    assert told.count("Der er stemt i forvejen") == 1
    assert told.count("Numrene på dine forslag") == 3  # none of her who has voted
    assert told.count("\033[2J\033[3J") == 3
    assert clerk.village.round().tally.envelopes == 1
    clerk.run("ballot", "cast", "ROUND", "--kiosk", "--no-input", code=2)
    closed(clerk)
    clerk.run("ballot", "cast", "ROUND", "--kiosk", code=4)
    assert english_words(clerk) == {}


def test_an_interrupted_keying_keeps_what_was_keyed(clerk: Clerk) -> None:
    opened(clerk)
    clerk.run("ballot", "hand-out", "ROUND", "v000", "v001", "v002", "--urn", "hallen")
    closed(clerk)
    clerk.run("ballot", "batch", "ROUND", "--urn", "hallen", "--sheets", "3")
    clerk.run("ballot", "key", "ROUND", "1", typed="1\n2\n", code=130)
    seen = json.loads(clerk.run("ballot", "batches", "ROUND", "--json").out)
    assert seen["batches"][0]["keyed"] == [2, 0]
    clerk.run("ballot", "key", "ROUND", "1", typed="-\n")
    seen = json.loads(clerk.run("ballot", "batches", "ROUND", "--json").out)
    assert seen["batches"][0]["keyed"] == [3, 0]
    assert "[RND-009]" in clerk.run("ballot", "key", "ROUND", "1", "--actor", "bo", "--no-input", code=2).err
