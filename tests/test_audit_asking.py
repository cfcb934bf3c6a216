"""What the commands of the audit refuse, tell and ask before anything is written or signed."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import cli
from borgerbudget import Proposal, make_election
from borgerbudget.quick_start import quickly
from tallies import Lot, count, make_plan
from tallies.audit.archive import unpack
from tallies.audit.keys import private_pem, public_pem
from tallies.audit.members import MAKER_SAYS, is_blank
from tallies.command_line import tell_dice
from tallies.reference import VERIFIER
from tests.histories import AUDITOR, CLERK, THIEF, document, relisted, sealed_file, written
from tests.test_audit_bundle import LILLEVIG, ROOT, TIED, run
from tests.test_audit_checks import PINS, members, verified
from tests.weighted import WEIGHTS, by_area

PASSPHRASE = "meget hemmelig"
WORDS = ("--passphrase-file", "words")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "words").write_text(PASSPHRASE, encoding="utf-8")
    for name, key in (("clerk", CLERK), ("auditor", AUDITOR), ("thief", THIEF)):
        (tmp_path / f"{name}.pem").write_bytes(private_pem(key, PASSPHRASE))
        (tmp_path / f"{name}.pub").write_bytes(public_pem(key.public))
    (tmp_path / "tied.pb").write_bytes(TIED.read_bytes().replace("fodboldmål".encode(), b"fodbold"))
    return tmp_path


# -- the reason why ballots are shown


def test_a_tier_that_nobody_chose_is_told_loudly_and_no_reason_is_made_up(folder: Path) -> None:
    done = run("audit", "bundle", LILLEVIG, "--out", "l.bba", folder=folder)
    assert done.returncode == 0
    assert "warning: 117 ballots, 27 of them cast by nobody else: the tier totals is proposed" in done.stderr
    assert "--tier totals --round NAME, or --tier open --tier-reason TEXT" in done.stderr
    settled = document(unpack((folder / "l.bba").read_bytes()), "round.json")
    assert (settled["tier"], settled["tier_reason"]) == ("open", MAKER_SAYS)
    for chosen in (("--tier", "open"), ("--tier-reason", "Borgermødet bad om det")):
        quiet = run("audit", "bundle", LILLEVIG, *chosen, "--force", "--out", "l.bba", folder=folder)
        assert (quiet.returncode, "BUN-020" in quiet.stderr) == (0, False)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--tier-reason", " "), "BUN-017"),
        (("--tier-reason", ""), "BUN-017"),
        (("--tier-reason", "\u2800\u3164"), "BUN-017"),
        (("--witness", "\u2800"), "BUN-018"),
        (("--witness", "Anna", "--witness", "..."), "BUN-018"),
        (("--witness", "Anna"), "BUN-019"),
        (("--round", "e428af5f" * 8), "BUN-016"),
        (("--round", "E428AF5F" * 8), "BUN-016"),
        (("--signer", "clerk.pem"), "KEY-009"),
    ],
)
def test_what_says_nothing_or_something_else_is_refused(words: tuple[str, ...], code: str, folder: Path) -> None:
    done = run("audit", "bundle", LILLEVIG, *words, "--out", "l.bba", folder=folder)
    assert done.returncode in (2, 3)
    assert f"[{code}]" in done.stderr
    assert not (folder / "l.bba").exists()


@pytest.mark.parametrize(
    ("text", "blank"), [("Anna", False), ("7", False), ("李", False), ("\u115f", True), ("-", True)]
)
def test_a_name_has_a_letter_or_a_digit_that_can_be_seen(text: str, blank: bool) -> None:
    assert is_blank(text) == blank


# -- dice


def test_after_a_throw_the_clerk_is_told_what_must_have_been_announced_before_it(folder: Path) -> None:
    words = ("audit", "bundle", "tied.pb", "--ties", "lot", "--round", "aaby-2026", "--witness", "Anna")
    done = run(*words, "--lot-dice", "4261538", "--out", "a.bba", folder=folder)
    assert done.returncode == 0
    sha256 = hashlib.sha256((folder / "tied.pb").read_bytes()).hexdigest()
    (told,) = [line for line in done.stderr.splitlines() if "announced" in line and "thrown" in line]
    assert all(part in told for part in ("4261538", "aaby-2026", sha256))
    assert "LOT-008" not in done.stderr
    assert document(unpack((folder / "a.bba").read_bytes()), "lot.json")["witnesses"] == ["Anna"]
    assert "LOT-010" in done.stderr  # an 8 is on no die
    few = run(*words, "--lot-dice", "42615", "--out", "b.bba", folder=folder)
    assert few.returncode == 2
    assert "error: the lot has 5 dice: 7776 outcomes, and all of them can be tried beforehand" in few.stderr
    assert not (folder / "b.bba").exists()


@pytest.mark.parametrize(("ways", "dice", "least"), [(2, 6, 0), (8, 6, 0), (9, 7, 8), (9, 8, 0)])
def test_dice_with_fewer_outcomes_than_there_are_orders_are_too_few(
    ways: int, dice: int, least: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """6^7 is less than 9!; who was decided between, not who stood for election."""
    election = make_election(
        1, [Proposal(f"p{n}", 1) for n in range(ways)], [[f"p{n}"] for n in range(ways)], round="r"
    )
    lot = Lot(tuple(election.ids))
    outcome = count(election, make_plan("greedy-stop", election, {}, ("lot",), lot=lot))
    tell_dice("1" * dice, "r", None, outcome, "en")
    told = capsys.readouterr().err
    assert (f"at least {least} dice" in told, "warning" in told) == (least > 0, least > 0)


def test_a_tally_tells_of_its_dice_what_a_bundle_tells(folder: Path) -> None:
    assert "[LOT-008]" in run("tally", "tied.pb", "--ties", "lot", "--lot-dice", "42", folder=folder).stderr
    done = run("tally", "tied.pb", "--ties", "lot", "--lot-dice", "426153", folder=folder)
    assert done.returncode == 0
    sha256 = hashlib.sha256((folder / "tied.pb").read_bytes()).hexdigest()
    assert f"the dice 426153, the round's name {sha256} and the ballots in the file with that SHA-256" in done.stderr
    assert "warning" not in done.stderr


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_folder_is_no_file_to_write_whatever_is_forced(force: tuple[str, ...], folder: Path) -> None:
    done = run("audit", "bundle", "tied.pb", "--ties", "refuse", "--out", ".", *force, folder=folder)
    assert (done.returncode, done.stderr) == (
        2,
        "error: . is a folder -> give the name of the file to be written [FI-011]\n",
    )


def test_a_file_that_is_not_there_is_named_once(folder: Path) -> None:
    done = run("audit", "bundle", "none.pb", "--out", "n.bba", folder=folder)
    assert (done.returncode, done.stderr.count("none.pb")) == (3, 1)


def test_a_profile_keeps_people_and_votes_apart_in_its_bundle_and_one_that_cannot_is_none(folder: Path) -> None:
    """By whole weights its votes would pass for people."""
    (folder / "area.pb").write_bytes(by_area(WEIGHTS))
    assert run("convert", "area.pb", "area.json", folder=folder).returncode == 0
    bundled = [run("audit", "bundle", f"area.{kind}", "--out", f"{kind}.bba", folder=folder) for kind in ("json", "pb")]
    assert [done.returncode for done in bundled] == [0, 0]
    told = [unpack((folder / f"{kind}.bba").read_bytes()) for kind in ("json", "pb")]
    for name in ("weights.json", "ballots.tsv", "trace.jsonl", "result.json"):
        assert told[0][name] == told[1][name]
    older = json.loads((folder / "area.json").read_bytes())
    del older["weights"]
    (folder / "older.json").write_bytes(written(older))
    done = run("audit", "bundle", "older.json", "--out", "older.bba", folder=folder)
    assert (done.returncode, "[BUN-023]" in done.stderr) == (3, True)
    done = run("convert", "area.json", "voters.pb", folder=folder)  # each vote would be a voter
    assert (done.returncode, "[FI-007]" in done.stderr) == (3, True)


# -- signing


def test_who_signs_reads_which_file_and_who_is_to_sign(folder: Path) -> None:
    (folder / "l.bba").write_bytes(sealed_file(members()))
    done = run("audit", "sign", "l.bba", "--key", "clerk.pem", *WORDS, folder=folder)
    assert done.returncode == 0
    said = done.stderr.splitlines()
    assert said[0] == "The bundle: l.bba"
    assert any(
        line.startswith("Signers, of whom 2 have to sign: ") and all(pin in line for pin in PINS) for line in said
    )


def test_signing_twice_says_so_and_changes_nothing(folder: Path) -> None:
    data = sealed_file(members(), CLERK)
    (folder / "l.bba").write_bytes(data)
    before = (folder / "l.bba").stat()
    done = run("audit", "sign", "l.bba", "--key", "clerk.pem", *WORDS, folder=folder)
    assert done.returncode == 0
    assert done.stderr == f"{PINS[0]} has signed already: nothing was changed. 1 of 2 signatures.\n"
    assert (folder / "l.bba").stat().st_mtime_ns == before.st_mtime_ns


def test_a_wrong_key_is_refused_before_the_text_and_the_right_one_is_named(folder: Path) -> None:
    (folder / "l.bba").write_bytes(sealed_file(members(), CLERK))
    done = run("audit", "sign", "l.bba", "--key", "thief.pem", *WORDS, folder=folder)
    assert done.returncode == 2
    assert "You sign" not in done.stderr
    assert f"use the key with the fingerprint {PINS[1]}" in done.stderr
    assert "Nothing was signed." in done.stderr


def test_the_public_half_cannot_sign_and_says_which_half_it_is(folder: Path) -> None:
    (folder / "l.bba").write_bytes(sealed_file(members()))
    done = run("audit", "sign", "l.bba", "--key", "clerk.pub", *WORDS, folder=folder)
    assert done.returncode == 3
    assert "[KEY-010]" in done.stderr


def test_a_bundle_of_an_older_format_is_not_signed(folder: Path) -> None:
    old = sealed_file(unpack((ROOT / "tests" / "golden" / "file-totals-hand-count.bba").read_bytes()))
    (folder / "l.bba").write_bytes(sealed_file(relisted({**unpack(old), "verify.py": VERIFIER.read_bytes()})))
    listing = json.loads(unpack((folder / "l.bba").read_bytes())["manifest.json"])
    assert listing["schema"] == "borgerbudget.audit/1.0"
    done = run("audit", "sign", "l.bba", "--key", "clerk.pem", *WORDS, folder=folder)
    assert (done.returncode, "[BUN-022]" in done.stderr) == (3, True), done.stderr


def test_a_signature_that_cannot_be_written_is_said_not_to_be_there(folder: Path) -> None:
    """The disk refuses: a folder stands where the bundle would be renamed to."""
    (folder / "l.bba").write_bytes(sealed_file(members()))
    script = (
        "import borgerbudget.files.disk as disk, errno, os, tempfile, cli\n"
        "def no(*a, **k): raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))\n"
        "real = tempfile.mkstemp\n"
        "tempfile.mkstemp = lambda *a, **k: no() if str(k.get('prefix', '')).startswith('.l.bba') else real(*a, **k)\n"
        "cli.main()"
    )
    words = ["audit", "sign", "l.bba", "--key", "clerk.pem", *WORDS]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "l.bba cannot be written: permission denied" in done.stderr
    assert "Nothing was signed." in done.stderr


def at_terminal(folder: Path, answers: list[bytes], *words: str) -> tuple[int, str]:
    """The command at a terminal of its own: each answer is typed when a question (a line that ends in a colon) stands."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.environ.update(PYTHONPATH=str(ROOT), LC_ALL="C.UTF-8")
        os.execv(sys.executable, [sys.executable, "-c", "import cli; cli.main()", *words])
    said, asked, end = b"", 0, time.monotonic() + 60
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        try:
            more = os.read(terminal, 65536) if ready else b""
        except OSError:  # the other end was closed
            break
        said += more
        if said.rstrip(b" ").endswith(b":") and not more and asked < len(answers):
            os.write(terminal, answers[asked])
            asked += 1
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), said.decode()


def test_at_a_terminal_nothing_is_signed_without_a_yes_or_after_ctrl_c(folder: Path) -> None:
    unsigned = sealed_file(members())
    (folder / "l.bba").write_bytes(unsigned)
    words = ("audit", "sign", "l.bba", "--key", "clerk.pem")
    secret = f"{PASSPHRASE}\n".encode()
    for answers in ([b"\x03"], [secret, b"\x03"], [secret, b"no\n"]):
        code, said = at_terminal(folder, answers, *words)
        assert (code, "Nothing was signed." in said) == (130, True), said
        assert (folder / "l.bba").read_bytes() == unsigned
    code, said = at_terminal(folder, [secret, b"yes\n"], *words)
    assert code == 0, said
    assert said.index("You sign the count of") < said.index("Write yes to sign") < said.index("Signed by")
    assert (folder / "l.bba").read_bytes() == sealed_file(members(), CLERK)


# -- a closed answer, a file nobody may read


@pytest.mark.parametrize(
    "words",
    [("tally", str(LILLEVIG)), ("audit", "fingerprint", "clerk.pub"), ("plans",), ("check", str(LILLEVIG), "--json")],
)
def test_an_answer_with_nowhere_to_go_is_one_sentence(words: tuple[str, ...], folder: Path) -> None:
    done = in_shell(folder, ">&-", *words)
    assert done.returncode == 1
    assert done.stderr.endswith(
        "The computer refuses: there is nowhere to write the answer. Look at space, permissions and connection, and try again.\n"
    )
    assert "Unexpected" not in done.stderr


def test_words_that_nobody_can_read_keep_nobody_from_working(folder: Path) -> None:
    (folder / "l.bba").write_bytes(sealed_file(members()))
    for closing in (">&- 2>&-", "2>&-"):
        assert in_shell(folder, closing, "audit", "bundle", str(LILLEVIG), "--force", "--out", "m.bba").returncode == 0
        assert in_shell(folder, closing, "tally", "nowhere.pb").returncode == 3
    assert verified((folder / "m.bba").read_bytes())["exit"] == 8
    assert in_shell(folder, "2>&-", "tally", str(LILLEVIG)).stdout.startswith("Funded")


def test_where_a_terminal_has_no_danish_letters_they_are_spelt_out(folder: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    done = run("audit", "fingerprint", "clerk.pem", "--lang", "da", folder=folder, env=plain)
    assert "del af en noegle (.pem)" in done.stderr


def test_what_the_computer_refuses_is_named(folder: Path) -> None:
    (folder / "l.bba").write_bytes(sealed_file(members()))
    env = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    script = "import sys, cli; sys.executable = '/dev/null/python'; cli.main()"
    words = [sys.executable, "-c", script, "audit", "verify", "l.bba"]
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("The computer refuses: /dev/null/python: ")


def in_shell(folder: Path, closing: str, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    command = ["sh", "-c", f'exec "$@" {closing}', "sh", sys.executable, "-c", "import cli; cli.main()", *words]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_a_path_is_judged_by_who_opens_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is not a value that cannot be used: the sentence names the file and the reason."""
    monkeypatch.setattr(os, "access", lambda *asked, **more: False)
    context = command_context()
    for parameter in context.command.params:
        if parameter.name == "key":
            assert parameter.process_value(context, "clerk.pem") == Path("clerk.pem")


def command_context() -> Any:
    command: Any = quickly(get_command(cli.open_doors(None)))
    return command.commands["audit"].commands["sign"].make_context("sign", ["l.bba", "--key", "clerk.pem"])


# -- the verifier's own hash


def test_the_audits_page_tells_the_hash_of_this_verifier() -> None:
    """Whoever changes tallies/verify.py writes its new hash there: it is what an auditor compares her copy with."""
    page = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
    now = hashlib.sha256(VERIFIER.read_bytes()).hexdigest()
    assert f"`{now}`" in page, f"docs/audit.md must say: {now}"
