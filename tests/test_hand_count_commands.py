"""A meeting whose ballots are counted by hand, through the real command, in Danish: from closing to minutes and bundle."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from borgerbudget.store.database import open_database
from tests.clerks import Clerk
from tests.test_paper_commands import english_words
from tests.villages import Village

RULES = {"ballot": "hand-count", "channels": "paper", "urns": "hallen", "ballot.max_length": "3"}


@pytest.fixture
def clerk(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    """Rules are frozen, nobody has a sheet yet."""
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


def closed(clerk: Clerk) -> None:
    clerk.village.wait(days=2)
    clerk.run("round", "open", "ROUND", "--yes")
    clerk.run("ballot", "hand-out", "ROUND", *(f"v{i:03}" for i in range(7)), "--urn", "hallen")
    clerk.village.wait(days=8)
    clerk.run("round", "close", "ROUND", "--yes")


def test_an_evening_counted_by_hand_ends_in_minutes_and_a_bundle_that_say_so(clerk: Clerk, tmp_path: Path) -> None:
    run = clerk.run
    run("rules", "explain", "ROUND")
    for kind in ("ballots", "tally-sheet", "poster"):
        run("round", "print", "ROUND", kind, "--out", f"print-{kind[:2]}.html")
    assert "gyldige sedler, ugyldige sedler" in (tmp_path / "print-ta.html").read_text("utf-8")
    closed(clerk)
    run("ballot", "batch", "ROUND", "--urn", "hallen", "--sheets", "6", code=4)
    run("round", "seal", "ROUND", "--yes", code=4)
    assert "hallen: ikke begyndt" in run("hand-count", "show", "ROUND").out
    run("hand-count", "enter", "ROUND", "--urn", "hallen", "--no-input", code=2)
    run("hand-count", "enter", "ROUND", "--urn", "hallen", typed="6\n1\n5\n\n", code=2)
    asked = run("hand-count", "enter", "ROUND", "--urn", "hallen", typed="6\n1\n9\n<\n5\nto\n2\n4\n1\n").err
    assert "[HND-004]" in asked
    assert "Stemmer på 1 Forslag p1" in asked
    (tmp_path / "bo.txt").write_text("6\n1\n5\n2\n3\n1\n", encoding="utf-8")
    second = run("hand-count", "enter", "ROUND", "--urn", "hallen", "--file", "bo.txt", "--actor", "bo").err
    assert "5" not in second
    shown = run("hand-count", "show", "ROUND").out
    assert "hallen: anna har tastet, bo har tastet" in shown
    differ = run("hand-count", "compare", "ROUND", "--urn", "hallen", code=6).err
    assert "5: stemmer på 3 Forslag p3" in differ
    run("hand-count", "compare", "ROUND", "--urn", "hallen", code=4)
    decide = ("hand-count", "resolve", "ROUND", "5", "4", "--urn", "hallen", "--reason", "fire streger", "--actor")
    run(*decide, "bo", code=4)
    run(*decide, "carl")
    run("hand-count", "compare", "ROUND", "--urn", "hallen")
    assert (
        "hallen: talt, 6 gyldige sedler, 1 ugyldig; afgjort efter uenighed om tal 5"
        in run("hand-count", "show", "ROUND").out
    )
    kept = run("privacy", "report", "ROUND").out
    assert "11 tal fra urnernes optællingssedler" in kept  # six of each, and one of a third person for two
    assert "hvordan hver urne har stemt" in kept
    run("hand-count", "drop", "ROUND", "--urn", "hallen", "--second", "bo", "--reason", "talt om", "--dry-run")
    run("reconcile", "ROUND", "--urn", "hallen", "--issued", "10", "--unused", "3")
    assert "destrueres" not in run("round", "seal", "ROUND", "--yes").err
    assert "stemmetallene; ingen sedler" in run("privacy", "report", "ROUND").out
    run("tally", "ROUND")
    assert "Talt i hånden" in run("result", "show", "ROUND").out
    run("explain", "ROUND")
    run("round", "evaluate", "ROUND")
    told = json.loads(run("round", "evaluate", "ROUND", "--json").out)["rounds"][0]
    assert (told["by_hand"], told["accepted"], told["voters"], told["contentment"]) == (True, 6, 7, None)
    assert told["rejected"] == {"void": 1}
    run("round", "print", "ROUND", "protocol", "--out", "protokol.html")
    minutes = (tmp_path / "protokol.html").read_text(encoding="utf-8")
    assert "6 stemmer tælles, 1 ikke" in minutes
    assert "Sedlerne er talt i hånden" in minutes
    assert "ugyldig ved optællingen i hånden" in minutes
    run("round", "log", "ROUND")
    run("round", "verify", "ROUND")
    run("audit", "bundle", "ROUND", "--out", "r.bba")
    run("audit", "verify", "r.bba", code=8)
    assert {word for words in english_words(clerk).values() for word in words} <= {"have"}  # Danish, too
