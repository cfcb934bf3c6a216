"""The commands of the audit from outside, and that a bundle's bytes depend on nothing but what was counted."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import stat
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from borgerbudget import Proposal, make_election, read_round
from borgerbudget.errors import InputRejected, UsageError
from borgerbudget.files.pabulib import read_pabulib
from borgerbudget.leaves import receipt
from tallies import TieMatters, count, make_plan, verify
from tallies.audit.archive import NAME, pack, unpack
from tallies.audit.bundle import bundle
from tallies.audit.envelope import envelope, read_envelope, signed_bytes
from tallies.audit.keys import PublicKey, new_key, private_pem, public_pem, read_private, read_public
from tallies.audit.members import Terms
from tallies.audit.signing import signed
from tallies.audit.tiers import exposure, more_open
from tallies.audit.words import CANNOT_BE_WRITTEN, why_not_written
from tallies.rules import RULES
from tests.histories import AUDITOR, CLERK, THIEF, play, relisted, sealed_file
from tests.small import METHODS, random_case, random_village_case
from tests.test_audit_checks import first_code, verified
from tests.weighted import by_area

ROOT = Path(__file__).resolve().parents[1]
LILLEVIG = ROOT / "examples" / "lillevig-2026.pb"
TIED = ROOT / "examples" / "aaby-uafgjort-2026.pb"


def run(
    *words: object, folder: Path, env: dict[str, str] | None = None, text: str = "", stdout: str | None = None
) -> subprocess.CompletedProcess[str]:
    with open(stdout or os.devnull, "wb") as target:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-c", "import cli; cli.main()", *map(str, words)],
            cwd=folder,
            env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), **(env or {})},
            input=text,
            stdout=target if stdout else subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert "Traceback" not in (done.stdout or "") + done.stderr
    return done


# -- the container


def test_an_archive_is_read_by_others_and_has_one_form() -> None:
    data = bundle_of()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == sorted(names)
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {name: archive.read(name) for name in names} == unpack(data)
    assert pack(unpack(data)) == data
    assert verify.packed(unpack(data)) == data
    for changed in (data + b"x", data[:-1], b"x" + data, data.replace(b"META", b"METB", 1)):
        with pytest.raises(ValueError, match=r"."):
            unpack(changed)


def test_the_writer_knows_the_names_that_the_verifier_allows() -> None:
    assert all(NAME.fullmatch(name) for name in verify.MEMBERS)
    for name in ("../a.json", "/a.json", "A.json", "a", "tables/../a.csv", "tables/a/b.csv"):
        with pytest.raises(ValueError, match="member"):
            pack({name: b""})


def bundle_of(path: Path = LILLEVIG, plan: str = "greedy", tier: Any = "open") -> bytes:
    election = read_round(path).election
    if tier == "totals":
        election = replace(election, round="lillevig-2026", input_sha256=None)
    return bundle(count(election, make_plan(plan, election)), Terms(tier=tier))


@pytest.mark.parametrize("method", METHODS)
def test_random_rounds_hold_in_both_tiers(method: str) -> None:
    rng = random.Random(method)
    done = 0
    while done < 12:
        case = random_case(rng, method)
        if "æ" in case.election.index:
            continue
        election = case.election
        try:
            outcome = count(election, case.plan)
        except Exception:  # a tie that matters
            continue
        for tier in ("open", "totals"):
            report = verified(bundle(outcome, Terms(tier=tier, witnesses=("Anna",))))  # type: ignore[arg-type]
            assert first_code(report) is None, (tier, report)
            assert report["exit"] == 8
        done += 1


@pytest.mark.parametrize("rule", RULES)
def test_random_village_rounds_hold(rule: str) -> None:
    """Constraints, parts of a price, leftover, reserve, hand counts: in every tier that the round can have."""
    rng = random.Random(rule)
    tiers: list[str] = []
    for _ in range(400):
        case = random_village_case(rng, rule)
        if "æ" in case.election.index:
            continue
        try:
            outcome = count(case.election, case.plan)
        except (InputRejected, UsageError, TieMatters):
            continue
        by_hand = case.election.hand_count
        for tier in ("totals",) if by_hand else ("open", "totals"):
            report = verified(bundle(outcome, Terms(tier=tier, witnesses=("Anna",))))  # type: ignore[arg-type]
            assert first_code(report) is None, (tier, case, report)
            tiers.append("by hand" if by_hand else tier)
        if len(tiers) > 24:
            break
    assert {"open", "totals"} <= set(tiers)
    assert ("by hand" in tiers) == ("hand-count" in RULES[rule].methods)


def test_a_hand_count_is_bundled_from_its_totals(tmp_path: Path) -> None:
    (tmp_path / "h.pb").write_text(
        "META\nkey;value\nbudget;100\nvote_type;hand-count\nnum_votes;9\n"
        "PROJECTS\nproject_id;cost;votes;min_cost\na;60;5;30\nb;70;4;30\nVOTES\nvoter_id;vote\n"
    )
    words = ("audit", "bundle", "h.pb", "--plan", "residual")
    refused = run(*words, "--tier", "open", "--out", "h.bba", folder=tmp_path)
    assert refused.returncode == 3
    assert "[BUN-010]" in refused.stderr
    assert run(*words, "--ties", "lot", "--lot-dice", "421533", "--out", "h.bba", folder=tmp_path).returncode == 0
    report = verified((tmp_path / "h.bba").read_bytes())
    status = {check["number"]: check["status"] for check in report["checks"]}
    assert {number for number, found in status.items() if found == "NOT CHECKED"} == {4}
    assert [status[number] for number in (12, 13, 14, 15, 16)] == ["PASS"] * 5
    outcome = json.loads(unpack((tmp_path / "h.bba").read_bytes())["result.json"])["outcome"]
    assert [(award["proposal"], award["amount"]) for award in outcome["funded"]] == [("a", 6000), ("b", 4000)]
    assert outcome["recountable"] is False


@pytest.mark.corpus
def test_real_rounds_hold(corpus: list[Path]) -> None:
    for path in corpus[40:1600:130]:
        for plan in ("greedy", "equal-shares/utilitarian"):
            report = verified(bundle_of(path, plan))
            assert first_code(report) is None, (path.name, report)


# -- what a tier shows


def test_totals_hold_nothing_that_a_guessed_profile_could_be_tried_against() -> None:
    for plan in ("greedy", "equal-shares/add1u", "phragmen"):
        whole, shown = unpack(bundle_of(plan=plan)), unpack(bundle_of(plan=plan, tier="totals"))
        assert not {"ballots.tsv", "round.pb"} & set(shown)
        text = b"".join(data for name, data in shown.items() if name != "verify.py")
        election = read_round(LILLEVIG).election
        for secret in (election.ballots_root, election.input_sha256 or "-"):
            assert secret.encode() in b"".join(whole.values())
            assert secret.encode() not in text
        for word in (b'"distinct"', b'"blank"'):
            assert word not in text
        if plan != "greedy":
            assert b'"value"' not in text
            assert b'"ran_out"' not in text
            assert b'"kind":"interval"' not in text


def test_few_or_lonely_ballots_are_not_proposed_to_be_shown() -> None:
    def proposed(voters: int, alone: int) -> str:
        ballots = [["a"]] * (voters - alone) + [[f"b{i}"] for i in range(alone)]
        proposals = [Proposal("a", 1), *(Proposal(f"b{i}", 1) for i in range(alone))]
        measured = exposure(make_election(1, proposals, ballots).profile)
        assert (measured.ballots, measured.unique) == (voters, alone)
        return measured.proposed

    assert proposed(499, 0) == "totals"
    assert proposed(500, 50) == "open"
    assert proposed(500, 51) == "totals"
    assert more_open("open", "totals")
    assert not more_open("sealed", "sealed")


# -- what has no place in a bundle


def test_ids_that_need_quoting_are_refused_all_together() -> None:
    election = make_election(10, [Proposal("å", 5), Proposal("b c", 5), Proposal("ok", 5)], [["ok"]], round="r")
    with pytest.raises(InputRejected) as caught:
        bundle(count(election, make_plan("greedy", election)), Terms())
    assert [found.code for found in caught.value.problems] == ["BUN-001", "BUN-001"]
    for found, suggestion in zip(caught.value.problems, ("b-c", "aa"), strict=True):
        assert f'e.g. "{suggestion}"' in found.mend.en


def test_a_round_without_a_usable_name_is_refused() -> None:
    election = make_election(10, [Proposal("a", 5)], [["a"]], round="Lille vig")
    with pytest.raises(InputRejected, match="BUN-002"):
        bundle(count(election, make_plan("greedy", election)), Terms())


# -- the commands


def test_a_plain_file_is_bundled_and_checked_by_command(tmp_path: Path) -> None:
    out = tmp_path / "l.bba"
    done = run("audit", "bundle", LILLEVIG, "--plan", "equal-shares/add1u", "--out", out, folder=tmp_path)
    assert done.returncode == 0
    assert (
        "117 ballots, 27 of them cast by nobody else: the tier totals is proposed, and open was written" in done.stderr
    )
    assert [path.name for path in tmp_path.iterdir()] == ["l.bba"]
    checked = run("audit", "verify", out, "--lang", "da", folder=tmp_path)
    assert checked.returncode == 8
    assert "IKKE PRØVET    underskrifterne: pakken er ikke underskrevet" in checked.stdout
    assert checked.stdout.endswith("Intet er forkert, men ikke alt er prøvet: prøve 4; ingen har underskrevet.\n")
    assert "    L01 «Multibane bag skolen»: 78.500 kr.\n" in checked.stdout
    assert "I alt 146.030,50 kr. af 150.000 kr.\n" in checked.stdout
    assert f"Pakken: SHA-256 {hashlib.sha256(out.read_bytes()).hexdigest()}\n" in checked.stdout
    report = json.loads(run("audit", "verify", out, "--json", folder=tmp_path).stdout)
    assert report["schema"] == "borgerbudget.verification/1"
    assert report["verdict"] == "incomplete"


def test_the_reason_for_a_tier_stands_in_the_bundle_and_in_the_verdict(tmp_path: Path) -> None:
    words = ("audit", "bundle", LILLEVIG, "--tier", "open", "--tier-reason", "Borgermødet  har bedt om det")
    assert run(*words, "--out", "l.bba", folder=tmp_path).returncode == 0
    settled = json.loads(unpack((tmp_path / "l.bba").read_bytes())["round.json"])
    assert settled["tier_reason"] == "Borgermødet har bedt om det"
    said = run("audit", "verify", "l.bba", "--lang", "da", folder=tmp_path).stdout
    assert "Begrundelse for at vise så meget: «Borgermødet har bedt om det»\n" in said


def test_nothing_is_overwritten_unless_asked(tmp_path: Path) -> None:
    out = tmp_path / "l.bba"
    out.write_text("mine")
    assert run("audit", "bundle", LILLEVIG, "--out", out, folder=tmp_path).returncode == 2
    assert out.read_text() == "mine"
    assert run("audit", "bundle", LILLEVIG, "--out", out, "--force", folder=tmp_path).returncode == 0


def test_a_tie_without_a_lot_leaves_no_bundle(tmp_path: Path) -> None:
    out, tied = tmp_path / "a.bba", tmp_path / "a.pb"
    tied.write_bytes(TIED.read_bytes().replace("fodboldmål".encode(), b"fodbold"))
    done = run("audit", "bundle", tied, "--ties", "refuse", "--out", out, folder=tmp_path)
    assert done.returncode == 6
    assert not out.exists()
    drawn = run("audit", "bundle", tied, "--ties", "lot", "--lot-dice", "4261538", "--out", out, folder=tmp_path)
    assert drawn.returncode == 0
    report = verified(out.read_bytes())
    assert [check["status"] for check in report["checks"] if check["number"] == 12] == ["PASS"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--tier", "sealed"), "BUN-004"),
        (("--tier", "totals"), "BUN-005"),
        (("--threshold", "1"), "BUN-006"),
        (("--round", "Lille vig"), "BUN-002"),
    ],
)
def test_what_cannot_be_asked_is_said(words: tuple[str, ...], code: str, tmp_path: Path) -> None:
    done = run("audit", "bundle", LILLEVIG, "--out", "x.bba", *words, folder=tmp_path)
    assert done.returncode in (2, 3)
    assert f"[{code}]" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_totals_are_written_under_a_name_and_say_what_stays_unchecked(tmp_path: Path) -> None:
    words = ("audit", "bundle", LILLEVIG, "--tier", "totals", "--round", "lillevig-2026", "--plan", "phragmen")
    done = run(*words, "--out", "l.bba", folder=tmp_path)
    assert done.returncode == 0
    assert "with phragmen only who has the file can count again" in done.stderr


def test_two_keys_sign_and_both_are_pinned(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("meget hemmelig sætning\n", encoding="utf-8")
    prints = []
    for name in ("clerk", "auditor"):
        done = run("audit", "keygen", name, "--passphrase-file", "words", folder=tmp_path)
        assert done.returncode == 0, done.stderr
        prints.append(done.stdout.strip())
        assert run("audit", "fingerprint", f"{name}.pub", folder=tmp_path).stdout.strip() == prints[-1]
        assert stat.S_IMODE((tmp_path / f"{name}.pem").stat().st_mode) == 0o600
        assert "ENCRYPTED" in (tmp_path / f"{name}.pem").read_text()
    again = run("audit", "keygen", "clerk", "--passphrase-file", "words", folder=tmp_path)
    assert again.returncode == 2
    signers = ("--signer", "clerk.pub", "--signer", "auditor.pub")
    assert run("audit", "bundle", LILLEVIG, *signers, "--out", "l.bba", folder=tmp_path).returncode == 0
    for count_, name in enumerate(("auditor", "clerk"), 1):
        words = ("audit", "sign", "l.bba", "--key", f"{name}.pem", "--passphrase-file", "words")
        done = run(*words, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        assert f"{count_} of 2 signatures" in done.stderr
    pins = ("--key", prints[0], "--key", prints[1].upper())
    assert run("audit", "verify", "l.bba", *pins, folder=tmp_path).returncode == 0
    assert run("audit", "verify", "l.bba", *pins[:2], folder=tmp_path).returncode == 8
    assert run("audit", "verify", "l.bba", "--key", "0" * 64, folder=tmp_path).returncode == 5
    assert run("audit", "verify", "l.bba", "--key", "abc", folder=tmp_path).returncode == 2


def test_nobody_signs_a_bundle_that_carries_another_verifier(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("meget hemmelig")
    (tmp_path / "clerk.pem").write_bytes(private_pem(CLERK, "meget hemmelig"))
    foreign = sealed_file(relisted({**play().members(), "verify.py": b"print('all is well')\n"}))
    (tmp_path / "l.bba").write_bytes(foreign)
    done = run("audit", "sign", "l.bba", "--key", "clerk.pem", "--passphrase-file", "words", folder=tmp_path)
    assert done.returncode == 3
    assert "[BUN-012]" in done.stderr
    assert (tmp_path / "l.bba").read_bytes() == foreign


def test_a_passphrase_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words").write_bytes(b"\xff\xfe meget hemmelig")
    done = run("audit", "keygen", "clerk", "--passphrase-file", "words", folder=tmp_path)
    assert done.returncode == 3
    assert "[KEY-006]" in done.stderr
    assert not (tmp_path / "clerk.pem").exists()


def test_one_key_twice_is_not_two_signers(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("meget hemmelig")
    assert run("audit", "keygen", "clerk", "--passphrase-file", "words", folder=tmp_path).returncode == 0
    twice = ("--signer", "clerk.pub", "--signer", "clerk.pub", "--out", "l.bba")
    done = run("audit", "bundle", LILLEVIG, *twice, folder=tmp_path)
    assert done.returncode == 2
    assert "[BUN-011]" in done.stderr
    assert not (tmp_path / "l.bba").exists()


def test_what_a_plain_files_bundle_cannot_answer_never_reads_as_a_pass(tmp_path: Path) -> None:
    assert run("audit", "bundle", LILLEVIG, "--out", "l.bba", folder=tmp_path).returncode == 0
    for option in (("--since", "l.bba"), ("--receipt", receipt("lillevig-2026", 1, bytes(32)).code())):
        done = run("audit", "verify", "l.bba", "--json", *option, folder=tmp_path)
        number = 9 if option[0] == "--since" else 17
        (asked,) = [check for check in json.loads(done.stdout)["checks"] if check["number"] == number]
        assert (done.returncode, asked["status"]) == (8, "NOT CHECKED")


def test_a_wrong_passphrase_a_foreign_key_and_a_broken_bundle_are_not_signed(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("meget hemmelig")
    (tmp_path / "wrong").write_text("noget andet")
    (tmp_path / "clerk.pem").write_bytes(private_pem(CLERK, "meget hemmelig"))
    (tmp_path / "thief.pem").write_bytes(private_pem(THIEF, "meget hemmelig"))
    good = sealed_file(play().members())
    for key, words, code in (("clerk", "wrong", "KEY-002"), ("thief", "words", "BUN-008")):
        (tmp_path / "l.bba").write_bytes(good)
        done = run("audit", "sign", "l.bba", "--key", f"{key}.pem", "--passphrase-file", words, folder=tmp_path)
        assert done.returncode in (2, 3)
        assert f"[{code}]" in done.stderr
        assert (tmp_path / "l.bba").read_bytes() == good
    broken = pack({**unpack(good), "ballots.tsv": b""})
    (tmp_path / "l.bba").write_bytes(broken)
    done = run("audit", "sign", "l.bba", "--key", "clerk.pem", "--passphrase-file", "words", folder=tmp_path)
    assert done.returncode == 3
    assert "E311" in done.stderr
    assert (tmp_path / "l.bba").read_bytes() == broken


def test_the_verifier_inside_the_bundle_is_never_run(tmp_path: Path) -> None:
    found = unpack(bundle_of())
    evil = b"import pathlib; pathlib.Path('owned').write_text('x')\n"
    (tmp_path / "l.bba").write_bytes(pack(relisted({**found, "verify.py": evil})))
    done = run("audit", "verify", "l.bba", folder=tmp_path)
    assert done.returncode == 8
    assert "The bundle's copy of verify.py is not the one that checks now" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["l.bba"]


def test_a_count_that_takes_too_long_is_left_out_and_said(tmp_path: Path) -> None:
    data = bundle_of(plan="equal-shares/add1u")
    report = verified(data, limit=0)
    left = {check["number"]: check["en"] for check in report["checks"] if check["status"] == "NOT CHECKED"}
    assert set(left) == {4, 13, 14}
    assert "takes more than 0 s" in left[13]
    assert report["exit"] == 8


# -- keys and signatures


def test_signing_in_any_order_and_twice_gives_the_same_bytes() -> None:
    data = sealed_file(play().members())
    one = signed(signed(data, CLERK, "a"), AUDITOR, "a")
    two = signed(signed(signed(data, AUDITOR, "a"), CLERK, "a"), AUDITOR, "a")
    assert one == two == sealed_file(play().members(), CLERK, AUDITOR)


def test_what_is_no_bundle_is_not_signed() -> None:
    for data in (
        b"",
        b"PK\x03\x04",
        pack({"manifest.json": b"{}\n"}),
        pack({"manifest.json": b"{}\n", "round.json": b"[]\n"}),
    ):
        with pytest.raises(InputRejected, match="BUN-007"):
            signed(data, CLERK, "x.bba")
    with pytest.raises(UsageError, match="BUN-008"):
        signed(sealed_file(play().members()), THIEF, "x.bba")


def test_a_key_is_read_back_and_only_with_its_passphrase() -> None:
    made = new_key()
    pem = private_pem(made, "otte tegn")
    assert read_private(pem, "otte tegn", "k").public == made.public
    assert read_public(public_pem(made.public), "k") == made.public
    assert len(made.public.fingerprint) == 64
    for data, words, code in (
        (pem, "forkert", "KEY-002"),
        (b"", "otte tegn", "KEY-002"),
        (public_pem(made.public), "otte tegn", "KEY-010"),
    ):
        with pytest.raises(InputRejected, match=code):
            read_private(data, words, "k")
    with pytest.raises(InputRejected, match="KEY-001"):
        private_pem(made, "kort")
    with pytest.raises(InputRejected, match="KEY-009"):
        read_public(pem, "k")


def test_other_kinds_of_keys_and_open_keys_are_refused() -> None:
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric import x25519

    other = x25519.X25519PrivateKey.generate()
    pkcs8 = (s.Encoding.PEM, s.PrivateFormat.PKCS8)
    locked = other.private_bytes(*pkcs8, s.BestAvailableEncryption(b"otte tegn"))
    with pytest.raises(InputRejected, match="KEY-003"):
        read_private(locked, "otte tegn", "k")
    unlocked = new_key().private.private_bytes(*pkcs8, s.NoEncryption())
    with pytest.raises(InputRejected, match="KEY-004"):
        read_private(unlocked, "otte tegn", "k")
    public = other.public_key().public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(InputRejected, match="KEY-003"):
        read_public(public, "k")


def test_an_envelope_is_read_back_and_only_over_its_manifest() -> None:
    listing = b'{"a":1}\n'
    signatures = {CLERK.public.fingerprint: CLERK.sign(signed_bytes(listing))}
    data = envelope(listing, signatures)
    assert read_envelope(data, listing) == signatures
    for changed in (b"{}\n", b"[]\n", data.replace(b"==", b"="), data.replace(b"payloadType", b"payloadKind")):
        with pytest.raises(ValueError, match=r"."):
            read_envelope(changed, listing)
    with pytest.raises(ValueError, match="envelope"):
        read_envelope(data, b'{"a":2}\n')


def test_dsse_encodes_as_its_specification_says() -> None:
    assert signed_bytes(b"x").startswith(b"DSSEv1 45 application/vnd.borgerbudget.manifest.v1+json 1 x")


# RFC 8032, 7.1, tests 1 to 3
ED25519 = [
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
]  # fmt: skip


@pytest.mark.parametrize("place", range(3))
def test_the_published_signatures_hold_and_no_others(place: int) -> None:
    public, message, signature = (bytes.fromhex(text) for text in ED25519[place])
    assert verify.signature_holds(public, message, signature)
    assert not verify.signature_holds(public, message + b"x", signature)
    assert not verify.signature_holds(public, message, signature[:63])
    for bit in range(0, 512, 17):
        changed = bytearray(signature)
        changed[bit // 8] ^= 1 << bit % 8
        assert not verify.signature_holds(public, message, bytes(changed))


def test_keys_of_small_order_and_second_spellings_are_refused() -> None:
    """With the neutral point as key, R = sB verifies any message: nobody may announce such a key."""
    base = verify.decode_point((4 * pow(5, verify.PRIME - 2, verify.PRIME) % verify.PRIME).to_bytes(32, "little"))
    assert base is not None
    signature = verify.encode_point(verify.multiply_point(5, base)) + (5).to_bytes(32, "little")
    small = [(1).to_bytes(32, "little"), (verify.PRIME - 1).to_bytes(32, "little"), bytes(32)]
    for public in (*small, verify.PRIME.to_bytes(32, "little"), (1 | 1 << 255).to_bytes(32, "little"), b"\xff" * 32):
        assert not verify.signature_holds(public, b"anything", signature)


def test_both_programs_agree_on_signatures() -> None:
    for number in range(5):
        message = str(number).encode() * number
        made = new_key()
        assert isinstance(made.public, PublicKey)
        assert verify.signature_holds(made.public.raw, message, made.sign(message))


@pytest.mark.parametrize("english", CANNOT_BE_WRITTEN)
def test_why_a_round_cannot_be_written_is_said_in_danish_in_the_writers_present_words(english: str) -> None:
    writers = (ROOT / "borgerbudget/canonical.py", ROOT / "tallies/audit/archive.py", ROOT / "tallies/audit/weights.py")
    assert any(f'ValueError("{english}")' in path.read_text(encoding="utf-8") for path in writers)
    said = why_not_written(ValueError(english))
    assert (said.en, said.da == english) == (english, False)


def test_two_areas_that_look_alike_are_told_of_in_danish() -> None:
    text = by_area({"area_weights": "Nord:2,Nord\u200b:1"}, cast=(("a", "Nord"), ("b", "Nord\u200b"))).decode()
    election = replace(read_pabulib(text.encode(), "x.pb").election, round="r")
    outcome = count(election, make_plan("greedy", election))
    with pytest.raises(InputRejected) as refused:
        bundle(outcome, Terms(tier="totals"), "totals")
    (problem,) = [one for one in refused.value.problems if one.code == "BUN-003"]
    assert "to områder har samme navn" in problem.sentence.da
