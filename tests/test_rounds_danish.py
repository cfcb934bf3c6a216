"""A whole round in Danish through the real command: what a Danish clerk reads is Danish."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from borgerbudget.store.database import open_database
from tests.clerks import Clerk
from tests.villages import Village

STOCK = """
    the is are was were not no and with from this that which there must will can have has been before after again when accepted
    rejected withdrawn proposed merged upheld struck on off open closed counted provisional final frozen draft none unknown
    missing invalid error warning usage counts voters ballots appeal decision totals sealed amended created vetting published
    proposals finalised archived cancelled annulled awarded first last yes
"""
ENGLISH = set(STOCK.split())
LEFT_OUT = re.compile(
    r"borgerbudget [^;\n]*?(?=   |;|$)|\bround [a-z]+"  # a command to write
    r"|\b[a-z_.]+=[^\s,]*|\b[a-z]+_[a-z]+\b|--[a-z-]+(?: (?:open|totals|sealed))?"  # its keys and options with their values
    r'|"[a-z]+"|(?:   |[|+] )[a-z-]+:'  # a value beside what it means
    r"|[\w./-]+\.(?:db|key|csv|bba|pem|pub|py|txt|json)\b|\[[A-Z]+-\d+\]"  # files, codes of problems
)


@pytest.fixture
def clerk(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    monkeypatch.chdir(tmp_path)
    shutil.copy(empty_database, tmp_path / "borgerbudget.db")
    engine = open_database(str(tmp_path / "borgerbudget.db"))
    clerk = Clerk(Village(engine, str(tmp_path / "borgerbudget.db")), monkeypatch)
    clerk.lang = "da"
    yield clerk
    engine.dispose()


def test_a_whole_round_in_danish_says_no_english_word(clerk: Clerk, tmp_path: Path) -> None:
    run, village = clerk.run, clerk.village
    village.now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    run("area", "add", "lillevig", "--name", "Lillevig", "--population", "120")
    run("area", "add", "lillevig", "--name", "Lillevig", "--population", "120")
    run("area", "list")
    run("round", "new", "ROUND", "--area", "lillevig", "--title", "Lillevig 2026")
    run("round", "show", "ROUND")
    run("round", "check", "ROUND", code=4)
    run("rules", "presets")
    run("rules", "set", "ROUND", "ballot=telepati", "farve=rød", "ballot.max_length=x", code=2)
    run("rules", "set", "ROUND", "--preset", "lige-andele", "eligibility=residents", "secrecy=pseudonymous", "ties=lot",
        "double_vote=first", "withdrawal=keep-votes", "tier=sealed", "ballot.max_length=2")  # fmt: skip
    run("rules", "show", "ROUND")
    run("round", "pool", "ROUND", "--source", "Byrådet", "--amount", "50000", "--reference", "sag 1")
    run("round", "pool", "ROUND", "--source", "Byrådet", "--amount", "12.500", code=2)
    run("round", "dates", "ROUND", "--opens", "i morgen", code=2)
    run("round", "dates", "ROUND", "--opens", "2026-03-02 08:00", "--closes", "2026-03-10 20:00")
    for number in "1234":
        run("proposal", "add", "ROUND", f"p{number}", "--title", f"Forslag {number}", "--cost", "25000")
    run("proposal", "add", "ROUND", "p5", "--title", "Negativ", "--cost", "-1", code=2)
    run("proposal", "add", "ROUND", "p5", "--title", "Mål", "--cost", "1", "--goal", "18", code=2)
    run("round", "check", "ROUND", code=4)
    for number in "123":
        run("proposal", "vet", "ROUND", f"p{number}", "--accept")
    run("proposal", "vet", "ROUND", "p4", "--reject", code=4)
    run("proposal", "vet", "ROUND", "p4", "--reject", "--reason", "uden for området")
    run("proposal", "amend", "ROUND", "p1", "--summary", "en bro")
    run("proposal", "number", "ROUND")
    run("roll", "add", "ROUND", "v001", "v002", "v003", "v004", "v005")
    run("roll", "add", "ROUND", "0101701234", code=2)
    run("roll", "strike", "ROUND", "v005", "--reason", "flyttet")
    run("roll", "show", "ROUND")
    for name in ("clerk", "auditor"):
        (tmp_path / "secret").write_text("en lang adgangssætning", encoding="utf-8")
        run("audit", "keygen", name, "--passphrase-file", "secret")
        run("round", "signer", "ROUND", f"{name}.pub", "--role", name)
    run("audit", "keygen", "clerk", "--passphrase-file", "secret", code=2)
    run("round", "freeze", "ROUND", code=4)
    run("rules", "set", "ROUND", "tier_reason=revisionen skal kunne tælle om")
    run("round", "freeze", "ROUND", "--second", "anna", code=4)
    run("round", "freeze", "ROUND", "--second", "bo", typed="ja\n")
    run("round", "freeze", "ROUND", "--second", "bo")
    run("rules", "set", "ROUND", "ties=lot", code=4)
    run("round", "open", "ROUND", "--yes", code=4)
    run("codes", "issue", "ROUND", "--out", "koder.csv")
    run("codes", "issue", "ROUND", "--out", "koder.csv", code=2)
    village.wait(days=1)
    run("round", "open", "ROUND", "--no-input", code=2)
    run("round", "open", "ROUND", "--yes", "--dry-run")
    run("round", "open", "ROUND", "--yes")
    run("round", "show", "ROUND")
    codes = dict(line.split(";") for line in (tmp_path / "koder.csv").read_text("utf-8-sig").split()[1:])
    run("ballot", "cast", "ROUND", "9", "--code", codes["v001"], code=2)
    run("ballot", "cast", "ROUND", "1", "2", "3", "--code", codes["v001"], code=2)
    run("ballot", "cast", "ROUND", "1", "--code", "xx", code=2)
    run("ballot", "cast", "ROUND", "1", "--no-input", code=2)
    run("ballot", "cast", "ROUND", "1", "--voter", "v001", code=4)
    receipt = run("ballot", "cast", "ROUND", "1", typed=codes["v001"] + "\n").out.strip()
    run("ballot", "cast", "ROUND", "2", "--code", codes["v002"])
    run("ballot", "cast", "ROUND", "3", "--code", codes["v003"])
    run("ballot", "cast", "ROUND", "3", "--code", codes["v003"], code=4)
    run("codes", "reissue", "ROUND", "v001", "--out", "ny.csv", code=4)
    run("codes", "reissue", "ROUND", "v004", "--out", "ny.csv", "--reason", "tabt")
    run("ballot", "cast", "ROUND", "3", "--code", codes["v004"], code=2)
    run("codes", "void", "ROUND", "v004", "--reason", "stjålet")
    run("round", "suspend", "ROUND", "--reason", "strømsvigt")
    run("ballot", "cast", "ROUND", "3", "--code", codes["v001"], code=4)
    run("round", "resume", "ROUND")
    run("proposal", "withdraw", "ROUND", "p9", "--reason", "x", code=2)
    run("tally", "ROUND", code=4)
    run("result", "show", "ROUND", code=4)
    run("round", "close", "ROUND", "--yes", code=4)
    village.wait(days=9)
    run("ballot", "cast", "ROUND", "1", "--code", codes["v003"], code=4)
    run("backup", "kopi.db")
    run("round", "close", "ROUND", "--yes")
    run("round", "seal", "ROUND", typed="j\n")
    run("round", "seal", "ROUND", "--dry-run")
    run("tally", "ROUND", code=6)
    run("round", "lot", "ROUND", "--dice", "x", code=2)
    run("round", "lot", "ROUND", code=2)
    run("round", "lot", "ROUND", "--dice", "4261534", "--witness", "Anna Holm", typed="j\n")
    run("tally", "ROUND", "--plan", "greedy", code=2)
    run("tally", "ROUND")
    run("round", "publish", "ROUND", "--yes")
    run("appeal", "add", "ROUND", "Min seddel blev ikke talt")
    run("appeal", "list", "ROUND")
    run("round", "show", "ROUND")
    run("round", "finalise", "ROUND", "--second", "bo", code=4)
    run("appeal", "decide", "ROUND", "1", "--uphold", "--grounds", "det er rigtigt")
    run("appeal", "decide", "ROUND", "1", "--reject", "--grounds", "nej", code=4)
    run("appeal", "list", "ROUND")
    run("decide", "confirm", "ROUND", "--reference", "punkt 4", code=4)
    run("decide", "deviate", "ROUND", "--amount", "p1", "--reference", "punkt 4", "--grounds", "x", code=2)
    run("round", "recount", "ROUND", "--reason", "klage 1")
    run("round", "publish", "ROUND", "--yes")
    run("decide", "confirm", "ROUND", "--reference", "punkt 4")
    run("decide", "confirm", "ROUND", "--reference", "punkt 4")
    run("result", "show", "ROUND")
    village.wait(days=9)
    run("round", "finalise", "ROUND", "--second", "bo", "--yes")
    funded = next(iter(village.round().decision.amounts))  # type: ignore[union-attr]
    run("award", "ROUND", funded, "--amount", "30000", "--reference", "tilsagn 1", code=2)
    run("award", "ROUND", funded, "--amount", "25000", "--reference", "tilsagn 1")
    run("award", "ROUND", funded, "--amount", "25000", "--reference", "tilsagn 1")
    run("award", "ROUND", "p4", "--amount", "25000", "--reference", "tilsagn 1", code=2)
    run("audit", "bundle", "ROUND", "--out", "lv.bba", "--tier", "open", code=2)
    run("audit", "bundle", "ROUND", "--out", "lv.bba")
    run("audit", "bundle", "ROUND", "--out", "lv.bba", code=2)
    for name in ("clerk", "auditor"):
        run("audit", "sign", "lv.bba", "--key", f"{name}.pem", "--passphrase-file", "secret")
    assert receipt.startswith("lillevig-2026/")
    run("round", "verify", "ROUND")
    run("round", "log", "ROUND")
    run("round", "list")
    run("restore", "kopi.db", "--db", "ny.db")
    run("restore", "kopi.db", "--db", "ny.db", code=2)
    run("round", "archive", "ROUND", "--yes", code=4)
    village.wait(days=400)
    run("round", "archive", "ROUND", "--yes")
    run("round", "annul", "ROUND", "--second", "bo", "--reason", "x", code=4)
    run("privacy", "purge", "ROUND", "--second", "bo", typed="j\n")
    run("round", "log", "ROUND")
    run("round", "verify", "ROUND")
    found = {}
    for said in clerk.said:
        for line in (said.out + said.err).splitlines():
            plain = LEFT_OUT.sub(" ", line)
            words = {word for word in re.findall(r"[A-Za-zÆØÅæøå]+", plain) if word.lower() in ENGLISH}
            if words:
                found[line] = sorted(words)
    assert found == {}
