"""A round through the real command: from the first area to a verified bundle, and what the commands answer when it cannot be."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

ROOT = Path(__file__).resolve().parents[1]


class Folder:
    """A folder in which somebody works with the command."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def run(self, *words: str, code: int = 0, actor: str = "anna") -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-c", "import cli; cli.main()", *words],
            cwd=self.path,
            env={
                **{key: value for key, value in os.environ.items() if not key.startswith("BORGERBUDGET_")},
                "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), "BORGERBUDGET_ACTOR": actor,
            },
            stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        return done


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    found = Folder(tmp_path_factory.mktemp("office"))
    a_whole_round(found)  # each process that runs some of these tests plays it for itself
    return found


def hour(hours: int) -> str:
    there = datetime.now(ZoneInfo("Europe/Copenhagen")) + timedelta(hours=hours)
    return there.isoformat(timespec="minutes")


def a_whole_round(folder: Folder) -> None:
    run = folder.run
    run("round", "list", code=2)
    run("area", "add", "lillevig", "--name", "Lillevig", "--population", "120")
    assert sorted(path.name for path in folder.path.iterdir()) == ["borgerbudget.db", "borgerbudget.key"]
    run("round", "new", "lv", "--area", "lillevig", "--title", "Lillevig 2026")
    told = run("round", "check", "lv", "--lang", "da", code=4).stderr
    assert len(re.findall(r"\[STA-0", told)) == 13
    assert "borgerbudget rules set lv ties=" in told
    run("rules", "set", "lv", "--preset", "lige-andele", "eligibility=residents", "secrecy=pseudonymous", "ties=lot",
        "double_vote=first", "withdrawal=keep-votes", "tier=sealed", "tier_reason=revisionen", "appeal_days=0")  # fmt: skip
    run("round", "pool", "lv", "--source", "Byrådet", "--amount", "50000", "--reference", "sag 1")
    run("round", "dates", "lv", "--opens", hour(-1), "--closes", hour(1))
    for number in ("1", "2", "3"):
        run("proposal", "add", "lv", f"p{number}", "--title", f"Forslag {number}", "--cost", "25000")
        run("proposal", "vet", "lv", f"p{number}", "--accept")
    run("proposal", "number", "lv")
    run("roll", "add", "lv", "v1", "v2", "v3")
    for name in ("clerk", "auditor"):
        (folder.path / "secret").write_text("en lang adgangssætning")
        run("audit", "keygen", name, "--passphrase-file", "secret")
        run("round", "signer", "lv", f"{name}.pub", "--role", name)
    run("round", "check", "lv")
    run("round", "freeze", "lv", "--yes", code=4)
    frozen = run("round", "freeze", "lv", "--second", "bo", "--yes").stdout.strip()
    assert re.fullmatch("[0-9a-f]{64}", frozen)
    assert frozen in run("round", "show", "lv").stdout
    run("codes", "issue", "lv", "--out", "koder.csv")
    assert (folder.path / "koder.csv").stat().st_mode & 0o077 == 0
    run("round", "open", "lv", "--no-input", code=2)
    run("round", "open", "lv", "--yes")
    codes = (folder.path / "koder.csv").read_text("utf-8-sig").split()[1:]
    receipts = []
    for line, choice in zip(codes, "123", strict=True):
        receipts.append(run("ballot", "cast", "lv", choice, "--code", line.split(";")[1]).stdout.strip())
    answers = [run("ballot", "cast", "lv", choice, "--code", codes[0].split(";")[1], *dry, code=4)
               for dry in ([], ["--dry-run"]) for choice in ("1", "2", "1")]  # fmt: skip
    assert "There is a ballot from this voter already" in answers[0].stderr
    assert len({answer.stderr for answer in answers[:3]}) == len({answer.stderr for answer in answers[3:]}) == 1
    assert all(answer.stdout.startswith("lv/1/") for answer in answers[:3])
    seen = json.loads(run("round", "show", "lv", "--json").stdout)
    assert (seen["voters"], seen["state"]) == (3, "open")
    assert "p1" not in run("tally", "lv", code=4).stdout
    run("result", "show", "lv", code=4)
    run("audit", "bundle", "lv", "--out", "for-tidligt.bba", code=4)
    run("round", "close", "lv", "--yes", code=4)
    run("round", "close", "lv", "--yes", "--reason", "alle har stemt")
    run("round", "seal", "lv", "--yes")
    tied = run("tally", "lv", code=6)
    assert "borgerbudget round lot lv" in tied.stderr
    run("round", "lot", "lv", "--dice", "4261534", "--witness", "Anna And", "--yes")
    run("tally", "lv", "--plan", "greedy", code=2)
    counted = json.loads(run("tally", "lv", "--json").stdout)
    assert len(counted["funded"]) == 2
    run("round", "publish", "lv", "--yes")
    run("appeal", "add", "lv", "Min seddel blev ikke talt")
    run("round", "finalise", "lv", "--yes", "--second", "bo", code=4)
    run("appeal", "decide", "lv", "1", "--reject", "--grounds", "den er i kassen")
    run("decide", "confirm", "lv", "--reference", "punkt 4")
    run("round", "finalise", "lv", "--yes", "--second", "bo")
    first = counted["funded"][0]["proposal"]
    run("award", "lv", first, "--amount", "25000", "--reference", "tilsagn 1")
    run("audit", "bundle", "lv", "--out", "lv.bba")
    keys = []
    for name in ("clerk", "auditor"):
        run("audit", "sign", "lv.bba", "--key", f"{name}.pem", "--passphrase-file", "secret")
        keys += ["--key", run("audit", "fingerprint", f"{name}.pub").stdout.strip()]
    run("audit", "verify", "lv.bba", code=8)  # no key named
    verified = run("audit", "verify", "lv.bba", *keys, "--receipt", receipts[0])
    assert " 12 PASS" in verified.stdout
    assert " 17 PASS" in verified.stdout
    run("round", "verify", "lv")
    assert "finalised" in run("round", "log", "lv").stdout
    run("backup", "kopi.db")
    run("restore", "kopi.db", "--db", "ny.db")
    run("round", "verify", "lv", "--db", "ny.db", code=8)  # its key is not there
    run("restore", "kopi.db", "--db", "ny.db", code=2)


def test_a_village_round_goes_from_the_first_area_to_the_verified_bundle(folder: Folder) -> None:
    assert folder.run("round", "verify", "lv").returncode == 0


@pytest.mark.parametrize(
    ("words", "exit_code", "problem"),
    [
        (("round", "show", "ingen"), 2, "RND-001"),
        (("round", "new", "x/y", "--area", "lillevig"), 2, "RND-003"),
        (("round", "new", "ny", "--area", "ukendt"), 2, "RND-002"),
        (("round", "new", "lv", "--area", "lillevig", "--title", "En anden"), 2, "RND-004"),
        (("round", "new", "ny"), 2, "RND-042"),
        (("round", "new", "ny", "--area", "lillevig", "--zone", "Mars/Base"), 2, "RND-014"),
        (("rules", "set", "lv", "farve=rød"), 2, "RND-010"),
        (("rules", "set", "lv", "ballot=telepati"), 2, "RND-011"),
        (("rules", "set", "lv", "--preset", "findes-ikke"), 2, "RND-012"),
        (("round", "pool", "lv", "--source", "x", "--amount", "12.500,00"), 2, "RND-006"),
        (("round", "pool", "lv", "--source", "x", "--amount", "12.500"), 2, "RND-006"),
        (("round", "pool", "lv", "--source", "x", "--amount", "12,500"), 2, "RND-006"),
        (("round", "dates", "lv", "--opens", "i morgen"), 2, "RND-015"),
        (("roll", "add", "lv", "0101701234"), 2, "RND-008"),
        (("proposal", "add", "lv", "px", "--title", "x", "--cost", "1"), 4, "STA-006"),
        (("ballot", "cast", "lv", "1", "--code", "x"), 4, "STA-006"),
        (("ballot", "cast", "lv", "1", "--no-input"), 2, "RND-041"),
        (("ballot", "cast", "lv", "1"), 4, "STA-006"),
        (("round", "lot", "lv"), 2, "RND-043"),
        (("round", "show", "lv", "--db", "mangler.db"), 2, "DB-013"),
        (("round", "show", "lv", "--db", "koder.csv"), 3, "DB-002"),
        (("round", "show", "lv", "--db", "postgresql://nobody@127.0.0.1:1/none"), 1, "DB-006"),
        (("round", "show", "lv", "--db", "mysql://nobody@127.0.0.1/none"), 2, "DB-012"),
    ],
)  # fmt: skip
def test_every_refusal_is_a_sentence_with_its_code(
    folder: Folder, words: tuple[str, ...], exit_code: int, problem: str
) -> None:
    language = "da" if sum(map(ord, problem)) % 2 else "en"
    done = folder.run(*words, "--lang", language, code=exit_code)
    assert f"[{problem}]" in done.stderr
    assert ("fejl: " if language == "da" else "error: ") in done.stderr


def test_a_file_is_counted_beside_a_database_as_before(folder: Folder) -> None:
    path = ROOT / "examples" / "lillevig-2026.pb"
    assert "Funded" in folder.run("tally", str(path)).stdout
    assert "[FI-001]" in folder.run("tally", "findes-ikke.pb", code=3).stderr
    assert "[RND-001]" in folder.run("tally", "findes-ikke", code=2).stderr


def test_counting_a_file_loads_no_database(tmp_path: Path) -> None:
    path = ROOT / "examples" / "lillevig-2026.pb"
    code = (
        "import sys, cli; sys.argv = ['borgerbudget', 'tally', sys.argv[1]]\n"
        "try: cli.main()\nexcept SystemExit: pass\n"
        "print(sorted(set(sys.modules) & {'sqlalchemy', 'alembic'}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr.splitlines()[-1] == "[]"


def groups() -> list[list[str]]:
    """Every command on stored rounds."""
    import typer.main

    import cli

    root = typer.main.get_command(cli.open_doors(None))
    found = []
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found += [[name, other] for other in inner] if inner else [[name]]
    return found


def test_every_command_has_help_with_an_example_and_the_options_of_its_kind() -> None:
    import inspect

    import typer.main

    import cli

    root = typer.main.get_command(cli.open_doors(None))
    for words in groups():
        command = root
        for word in words:
            command = command.commands[word]  # type: ignore[attr-defined]
        options = {option for parameter in command.params for option in parameter.opts}
        if "--db" not in options:
            continue
        text = inspect.cleandoc(command.help or "")
        assert f"borgerbudget {' '.join(words)} " in f"{text} ".replace("\n", " "), words
        if "--actor" in options and words != ["tally"]:
            assert {"--dry-run", "--yes", "--no-input", "--reason", "--second", "--lang", "--db"} <= options, words
        elif words not in (["restore"], ["audit", "bundle"], ["tally"]):
            assert {"--json", "--lang"} <= options, words


def test_scenarios_ask_of_a_bundle_and_a_stored_round_what_they_ask_of_the_file(folder: Folder) -> None:
    bundles = sorted(path.name for path in folder.path.glob("*.bba"))
    assert bundles
    told = []
    for source in ("lv", *bundles):
        done = folder.run("scenario", "what-if", source, "--pool", "20000", "--plan", "greedy", "--json")
        told.append([row[2:] for row in json.loads(done.stdout)["rows"]])  # but for the watermark and the source
    assert told[0]
    assert all(rows == told[0] for rows in told)
    own = folder.run("scenario", "what-if", "lv", "--pool", "20000", "--lang", "da")
    assert "\nown " in own.stdout
