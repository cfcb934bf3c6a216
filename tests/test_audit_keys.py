"""Keys and signing, from outside: what is asked, what is said before a name is put to anything, what is refused."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tallies.audit.archive import unpack
from tallies.audit.keys import new_key, private_pem, public_pem, read_private
from tallies.audit.pkcs8 import ROUNDS
from tests.histories import AUDITOR, CLERK, THIEF, chained, document, fingerprints, lines, play, relisted, sealed_file
from tests.test_audit_bundle import LILLEVIG, run
from tests.test_audit_checks import PINS, first_code, members, verified

WORDS = ("--passphrase-file", "words")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "words").write_text("meget hemmelig", encoding="utf-8")
    for name, key in (("clerk", CLERK), ("auditor", AUDITOR), ("thief", THIEF)):
        (tmp_path / f"{name}.pem").write_bytes(private_pem(key, "meget hemmelig"))
    return tmp_path


# -- a key at rest


def test_a_passphrase_is_stretched_six_hundred_thousand_times_and_others_read_the_key(tmp_path: Path) -> None:
    assert ROUNDS >= 600_000
    made = new_key()
    (tmp_path / "k.pem").write_bytes(private_pem(made, "blåbærgrød"))
    if shutil.which("openssl") is None:
        pytest.skip("no openssl")
    shape = subprocess.run(["openssl", "asn1parse", "-in", tmp_path / "k.pem"], capture_output=True, check=True).stdout
    for part in (b":PBES2", b":PBKDF2", b":hmacWithSHA256", b":aes-256-cbc", f":{ROUNDS:06X}".encode()):
        assert part in shape
    command = ["openssl", "pkey", "-in", tmp_path / "k.pem", "-passin", "pass:blåbærgrød", "-noout", "-text"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert "".join(text.partition("pub:")[2].split()).replace(":", "") == made.public.raw.hex()


def test_every_key_has_its_own_salt() -> None:
    made = new_key()
    one, two = (private_pem(made, "otte tegn") for _ in range(2))
    assert one != two
    assert read_private(one, "otte tegn", "k").public == read_private(two, "otte tegn", "k").public == made.public


def test_keys_with_fewer_rounds_are_still_read() -> None:
    from cryptography.hazmat.primitives import serialization as s

    made = new_key()
    form = (s.Encoding.PEM, s.PrivateFormat.PKCS8, s.BestAvailableEncryption(b"otte tegn"))
    assert read_private(made.private.private_bytes(*form), "otte tegn", "k").public == made.public


def test_a_key_is_never_overwritten_and_no_option_says_otherwise(folder: Path) -> None:
    before = (folder / "clerk.pem").read_bytes()
    done = run("audit", "keygen", "clerk", *WORDS, folder=folder)
    assert done.returncode == 2
    assert "[KEY-007]" in done.stderr
    assert "--force" not in done.stderr
    (folder / "other.pub").write_text("x")
    assert run("audit", "keygen", "other", *WORDS, folder=folder).returncode == 2
    assert (folder / "clerk.pem").read_bytes() == before
    assert not (folder / "other.pem").exists()


@pytest.mark.parametrize("command", [("keygen", "new"), ("sign", "l.bba", "--key", "clerk.pem")])
def test_without_a_terminal_the_passphrase_comes_from_a_file(command: tuple[str, ...], folder: Path) -> None:
    (folder / "l.bba").write_bytes(sealed_file(members()))
    for language, said in (("da", "ingen terminal"), ("en", "no terminal")):
        done = run("audit", *command, "--lang", language, folder=folder, text="meget hemmelig\n" * 2)
        assert done.returncode == 2
        assert said in done.stderr
        assert "[KEY-008]" in done.stderr
    assert not (folder / "new.pem").exists()


@pytest.mark.parametrize(
    ("source", "code"), [("/dev/zero", "FI-009"), (".", "FI-002"), ("none", "FI-001"), ("large", "FI-009")]
)
def test_a_passphrase_file_that_is_none_is_refused_in_one_sentence(source: str, code: str, folder: Path) -> None:
    (folder / "large").write_bytes(b"x" * 70_000)
    for words in (
        ("keygen", "new", "--passphrase-file", source),
        ("fingerprint", source),
        ("bundle", LILLEVIG, "--signer", source, "--out", "x.bba"),
    ):
        done = run("audit", *words, "--lang", "da", folder=folder)
        assert done.returncode == 3
        assert f"[{code}]" in done.stderr
        assert done.stderr.count("\n") == 1
    assert not (folder / "new.pem").exists()
    assert not (folder / "new.pub").exists()


def test_no_half_of_a_pair_stays_behind(folder: Path) -> None:
    (folder / "short").write_text("kort")
    assert run("audit", "keygen", "new", "--passphrase-file", "short", folder=folder).returncode == 3
    assert not list(folder.glob("new*"))


def test_a_key_is_only_its_owners(folder: Path) -> None:
    assert run("audit", "keygen", "new", *WORDS, folder=folder).returncode == 0
    assert stat.S_IMODE((folder / "new.pem").stat().st_mode) == 0o600
    told = json.loads(run("audit", "fingerprint", "new.pub", "--json", folder=folder).stdout)
    assert told["schema"] == "borgerbudget.key/1"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to be had")
def test_a_fingerprint_that_cannot_be_printed_is_said_to_be_lost(folder: Path) -> None:
    (folder / "clerk.pub").write_bytes(public_pem(CLERK.public))
    done = run("audit", "fingerprint", "clerk.pub", folder=folder, stdout="/dev/full")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


# -- asking for a check


@pytest.mark.parametrize(
    ("words", "danish", "english"),
    [
        ("--limit=-5", "--limit er et helt antal sekunder", "--limit is a whole number of seconds"),
        ("--limit=abc", "--limit er et helt antal sekunder", "--limit is a whole number of seconds"),
        ("--key=abc", "--key abc: et fingeraftryk er 64 tegn", "--key abc: a fingerprint is 64 characters"),
        ("--receipt=x", "Kvitteringen er tastet forkert", "The receipt is mistyped"),
    ],
)
def test_what_cannot_be_asked_of_a_bundle_is_said_in_the_readers_language(
    words: str, danish: str, english: str, folder: Path
) -> None:
    (folder / "-l.bba").write_bytes(sealed_file(members()))
    for language, sentence in (("da", danish), ("en", english)):
        done = run("audit", "verify", words, "--lang", language, "--", "-l.bba", folder=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert sentence in done.stderr
        assert done.stderr.count("\n") == 1


# -- signing


def test_a_signer_reads_what_it_is_before_her_name_is_put_to_it(folder: Path) -> None:
    (folder / "l.bba").write_bytes(sealed_file(members()))
    words = ("audit", "sign", "l.bba", "--key", "clerk.pem")
    done = run(*words, *WORDS, "--lang", "da", folder=folder)
    assert done.returncode == 0
    said = done.stderr.splitlines()
    assert said.pop(0) == "Pakken: l.bba"
    assert (
        said[0]
        == 'Du skriver under på optællingen af lillevig-2026: pulje 100.000 kr., niveau "open" (alle sedler vises).'
    )
    assert said[1].startswith("Plan: greedy, ties=")
    outcome = document(members(), "result.json")["outcome"]
    assert [line.split()[0] for line in said[2:-5]] == [award["proposal"] for award in outcome["funded"]]
    assert said[-5].startswith("I alt ")
    assert verified((folder / "l.bba").read_bytes())["manifest_sha256"] in said[-3]
    assert said[-2] == f"Underskrevet af {PINS[0]}: 1 af 2 underskrifter."
    assert said[-1].startswith(f"Der mangler underskrift fra: revisor {PINS[1]}.")


def test_a_signer_is_told_what_the_bundle_does_not_let_anybody_check(folder: Path) -> None:
    for plan, said in (("phragmen", True), ("greedy", False)):
        (folder / "l.bba").write_bytes(sealed_file(members("totals", plan)))
        done = run("audit", "sign", "l.bba", "--key", "clerk.pem", *WORDS, folder=folder)
        assert done.returncode == 0
        assert ("does not show enough: 13, 14." in done.stderr) is said


def test_from_first_to_last_signature_the_verdict_says_who_is_missing(folder: Path) -> None:
    (folder / "l.bba").write_bytes(sealed_file(members()))
    assert run("audit", "sign", "l.bba", "--key", "auditor.pem", *WORDS, folder=folder).returncode == 0
    half = run("audit", "verify", "l.bba", folder=folder)
    assert half.returncode == 8
    assert f"1 of 2 have signed; still to sign: clerk {PINS[0]}" in half.stdout
    last = run("audit", "sign", "l.bba", "--key", "clerk.pem", *WORDS, folder=folder)
    assert last.returncode == 0
    assert last.stderr.endswith(f"Signed by {PINS[0]}: 2 of 2 signatures.\n")
    whole = run("audit", "verify", "l.bba", "--key", PINS[0], "--key", PINS[1], folder=folder)
    assert whole.returncode == 0
    assert whole.stdout.endswith("Signatures: 2, 2 of them with the keys you gave.\n")


def test_a_bundle_with_a_foreign_signature_is_not_signed_beside_it(folder: Path) -> None:
    data = sealed_file(members(), THIEF)
    (folder / "l.bba").write_bytes(data)
    done = run("audit", "sign", "l.bba", "--key", "clerk.pem", *WORDS, "--lang", "da", folder=folder)
    assert done.returncode == 3
    assert "ikke en af rundens underskrivere (E403)" in done.stderr
    assert (folder / "l.bba").read_bytes() == data


def test_what_is_no_bundle_is_refused_before_anything_is_asked(folder: Path) -> None:
    (folder / "l.bba").write_bytes(b"no")
    for language, said in (("da", "filen er ikke en revisionspakke"), ("en", "the file is not an audit bundle")):
        done = run("audit", "sign", "l.bba", "--key", "clerk.pem", "--lang", language, folder=folder)
        assert done.returncode == 3
        assert said in done.stderr


# -- a key that was lost


def replaced() -> bytes:
    """A round whose auditor lost her key after the count and got a new one."""
    found = members()
    new = {"fingerprint": fingerprints(THIEF)[0], "public_key": THIEF.public.raw.hex(), "role": "auditor"}
    events = lines(found, "events.jsonl")
    at = next(place for place, event in enumerate(events) if event["type"] == "counted") + 1
    counted = {**events[at - 1], "from": "counted", "to": "counted"}
    lost = {**counted, "type": "key-lost", "payload": {"fingerprint": PINS[1]}}
    change = {**counted, "type": "key-replaced", "payload": {"old": PINS[1], "new": new}}
    found["events.jsonl"] = chained([*events[:at], lost, change, *events[at:]])
    return sealed_file(relisted(found))


def test_after_a_replacement_the_new_key_signs_and_the_old_one_cannot(folder: Path) -> None:
    (folder / "l.bba").write_bytes(replaced())
    old = run("audit", "sign", "l.bba", "--key", "auditor.pem", *WORDS, folder=folder)
    assert old.returncode == 2
    assert f"the key {PINS[1]} is not one of the round's signers" in old.stderr
    for name in ("clerk", "thief"):
        assert run("audit", "sign", "l.bba", "--key", f"{name}.pem", *WORDS, folder=folder).returncode == 0
    data = (folder / "l.bba").read_bytes()
    assert "manifest.dsse.json" in unpack(data)
    report = verified(data, keys=fingerprints(CLERK, THIEF))
    assert (report["verdict"], report["exit"]) == ("pass", 0)
    assert first_code(verified(data, keys=PINS)) == "E404"
    assert verified(data, keys=PINS[:1])["exit"] == 8
    with_old = sealed_file(unpack(replaced()), CLERK, AUDITOR)
    assert first_code(verified(with_old, keys=PINS)) == "E403"


def test_a_replacement_that_was_never_recorded_is_no_signature() -> None:
    data = sealed_file(play().members(), CLERK, THIEF)
    assert first_code(verified(data, keys=fingerprints(CLERK, THIEF))) == "E403"
