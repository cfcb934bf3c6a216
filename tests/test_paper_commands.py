"""Ballots on paper, prints and the terminal in the hall through the real command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_rounds_commands import ROOT, Folder, hour


class Hall(Folder):
    """A folder in which people also answer questions."""

    def answer(self, text: str, *words: str, code: int = 0, actor: str = "anna") -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-c", "import cli; cli.main()", *words],
            cwd=self.path,
            env={
                **{key: value for key, value in os.environ.items() if not key.startswith("BORGERBUDGET_")},
                "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), "BORGERBUDGET_ACTOR": actor,
            },
            input=text, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        return done


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    found = Hall(tmp_path)
    run = found.run
    run("area", "add", "lillevig", "--name", "Lillevig")
    run("round", "new", "lv", "--area", "lillevig", "--title", "Lillevig 2026")
    run("rules", "set", "lv", "eligibility=residents", "secrecy=pseudonymous", "ballot=approval", "plan=greedy",
        "ties=cheapest,lot", "leftover=return", "double_vote=paper-wins", "withdrawal=keep-votes",
        "channels=code+paper", "urns=hallen")  # fmt: skip
    run("round", "pool", "lv", "--source", "Byrådet", "--amount", "50000")
    run("round", "dates", "lv", "--opens", hour(-1), "--closes", hour(1))
    for number, title in enumerate(("Legeplads", "Bænke", "Shelter"), 1):
        run("proposal", "add", "lv", f"p{number}", "--title", title, "--cost", "20000")
        run("proposal", "vet", "lv", f"p{number}", "--accept")
    run("proposal", "number", "lv")
    run("roll", "add", "lv", *(f"v{number}" for number in range(1, 7)))
    run("round", "freeze", "lv", "--second", "bo", "--yes")
    return found


def test_an_evening_in_the_hall_from_the_letters_to_the_minutes(hall: Hall) -> None:
    run = hall.run
    (hall.path / "navne.csv").write_text("id;navn;vej\nv1;Åse Ærø;Vejen 1\n", encoding="utf-8")
    refused = run("codes", "letters", "lv", "--names", "navne.csv", "--out", "breve.pdf", code=2).stderr
    assert "[PRT-005]" in refused
    assert not (hall.path / "breve.pdf").exists()
    assert "Nothing" not in run("codes", "letters", "lv", "v1", "--names", "navne.csv", "--out", "breve.pdf").stdout
    assert (hall.path / "breve.pdf").stat().st_mode & 0o077 == 0
    run("codes", "letters", "lv", "--out", "breve.html", "--lang", "da")
    codes = re.findall(r"<strong>([0-9A-Z-]{13})</strong>", (hall.path / "breve.html").read_text(encoding="utf-8"))
    assert len(codes) == 5
    run("codes", "letters", "lv", "--out", "flere.pdf", code=2)
    assert "[PRT-008]" in run("codes", "letters", "lv", "v1", "v2", "--again", "--out", "igen.pdf", code=2).stderr
    run("codes", "letters", "lv", "v1", "--again", "--reason", "tabt", "--out", "igen.pdf")
    for kind in ("ballots", "attendance", "tally-sheet", "poster", "catalogue", "protocol"):
        run("round", "print", "lv", kind, "--out", f"{kind}.pdf", "--lang", "da")
    assert "[PRT-001]" in run("round", "print", "lv", "poster", "--out", "plakat.docx", code=2).stderr
    assert "[FI-005]" in run("round", "print", "lv", "poster", "--out", "poster.pdf", code=2).stderr
    run("round", "open", "lv", "--yes")
    run("ballot", "hand-out", "lv", "v1", "v3", "--urn", "hallen")
    run("ballot", "hand-out", "lv", "v1", "--urn", "hallen", code=4)

    told = hall.answer(f"{codes[0]}\n1 9\n{codes[0]}\n1 2\nnej\n{codes[0]}\n1 3\nja\n\n", "ballot", "cast", "lv", "--kiosk",
                       "--lang", "da", code=130).stderr  # fmt: skip
    assert "[RND-023]" in told
    assert "  1 Legeplads\n  3 Shelter" in told
    assert "Tak. Din kvittering" in told
    assert "\033[2J" in told
    assert json.loads(run("round", "show", "lv", "--json").stdout)["voters"] == 3
    run("ballot", "cast", "lv", "--kiosk", "--no-input", code=2)

    (hall.path / "svar.csv").write_text(
        f"kode;stemmer\n{codes[3]};2\n\nX;1\n{codes[4]};9\n{codes[4]}\n", encoding="utf-8"
    )
    assert "svar.csv, linje 6" in run("ballot", "import", "lv", "svar.csv", "--lang", "da", code=3).stderr
    (hall.path / "svar.csv").write_text(f"kode;stemmer\n{codes[3]};2\n\nX;1\n{codes[4]};9\n", encoding="utf-8")
    wrong = run("ballot", "import", "lv", "svar.csv", "--lang", "da", code=2).stderr
    assert re.findall("svar.csv, linje ([0-9]+)", wrong) == ["4", "5"]
    (hall.path / "svar.csv").write_text(f"kode;stemmer\n{codes[3]};3\n{codes[4]};\n", encoding="utf-8")
    run("ballot", "import", "lv", "svar.csv", "--dry-run")
    assert "2 sedler" in run("ballot", "import", "lv", "svar.csv", "--lang", "da").stderr

    run("round", "close", "lv", "--yes", "--reason", "alle har stemt")
    run("ballot", "batch", "lv", "--urn", "hallen", "--sheets", "2")
    first = hall.answer("1 9\n1\n<\n1 2\n!kendemærke\n", "ballot", "key", "lv", "1", "--lang", "da").stderr
    assert "nummer 9 står ikke på sedlen" in first
    assert "2 sedler gemt" in first
    assert "anna 2/2" in run("ballot", "batches", "lv").stdout
    (hall.path / "bunke1.txt").write_text("1 2\n3\n", encoding="utf-8")
    second = run("ballot", "key", "lv", "1", "--file", "bunke1.txt", actor="bo").stderr
    assert "1 2" not in second
    differ = run("ballot", "compare", "lv", "1", code=6).stderr
    assert "kendemærke" not in differ
    assert "marked" not in differ
    run("ballot", "resolve", "lv", "1", "2", "3", "--reason", "det er et 3-tal", actor="bo", code=4)
    run("ballot", "resolve", "lv", "1", "2", "3", "--reason", "det er et 3-tal", actor="carl")
    run("ballot", "compare", "lv", "1")
    missing = run("round", "seal", "lv", "--yes", code=4).stderr
    assert "borgerbudget reconcile lv --urn hallen" in missing
    unbalanced = run(
        "reconcile", "lv", "--urn", "hallen", "--issued", "10", "--unused", "7", "--lang", "da", code=4
    ).stderr
    assert "(+1)" in unbalanced
    run(
        "reconcile",
        "lv",
        "--urn",
        "hallen",
        "--issued",
        "10",
        "--unused",
        "7",
        "--reason",
        "én blev væk",
        "--second",
        "bo",
    )
    run("round", "seal", "lv", "--yes")
    run("tally", "lv")
    run("round", "print", "lv", "protocol", "--out", "protokol.html", "--lang", "da")
    minutes = (hall.path / "protokol.html").read_text(encoding="utf-8")
    assert "én blev væk (anna + bo)" in minutes
    assert "5 stemmer tælles, 0 ikke" in minutes
    run("round", "verify", "lv")


def test_the_same_print_again_has_the_same_bytes(hall: Hall) -> None:
    for path in ("a.pdf", "b.pdf"):
        hall.run("round", "print", "lv", "ballots", "--out", path)
    assert (hall.path / "a.pdf").read_bytes() == (hall.path / "b.pdf").read_bytes()
    document = json.loads(hall.run("round", "print", "lv", "poster", "--out", "c.html", "--json").stdout)
    assert (document["what"], len(document["sha256"])) == ("poster", 64)


def test_an_interrupted_keying_keeps_what_was_keyed(hall: Hall) -> None:
    run = hall.run
    run("codes", "issue", "lv", "--out", "koder.csv")
    run("round", "open", "lv", "--yes")
    run("ballot", "hand-out", "lv", "v1", "v2", "v3", "--urn", "hallen")
    run("round", "close", "lv", "--yes", "--reason", "alle har stemt")
    run("ballot", "batch", "lv", "--urn", "hallen", "--sheets", "3")
    hall.answer("1\n2\n", "ballot", "key", "lv", "1", code=130)
    assert json.loads(run("ballot", "batches", "lv", "--json").stdout)["batches"][0]["keyed"] == [2, 0]
    assert "1 sheet kept, " not in hall.answer("-\n", "ballot", "key", "lv", "1", "--lang", "en").stderr
    assert json.loads(run("ballot", "batches", "lv", "--json").stdout)["batches"][0]["keyed"] == [3, 0]
