"""What an auditor reads: which bundle, who has signed it, who gets money, and what was left out."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from borgerbudget.leaves import receipt
from borgerbudget.money import format_amount
from tallies import verify
from tallies.audit.archive import pack, unpack
from tallies.audit.signing import statement
from tests.histories import AUDITOR, CLERK, document, fingerprints, play, relisted, sealed_file, written
from tests.test_audit_checks import NEGATIVE, PINS, made, members, verified

ROOT = Path(__file__).resolve().parents[1]
VERIFIER = ROOT / "tallies" / "verify.py"


def told(data: bytes, language: str = "en", **asked: Any) -> list[str]:
    return verify.bundle_report(data, verify.Asked(**asked), False, language)[0].splitlines()


def test_the_verdict_names_bundle_round_signers_lot_and_winners() -> None:
    data = sealed_file(members(), CLERK, AUDITOR)
    listing = hashlib.sha256(unpack(data)["manifest.json"]).hexdigest()
    lines = told(data, keys=PINS[:1])
    assert lines[:6] == [
        f"Bundle: SHA-256 {hashlib.sha256(data).hexdigest()}",
        f"Signatures are over manifest.json: SHA-256 {listing}",
        "Round: lillevig-2026; pool 100,000 DKK; tier open; format 1.1",
        "Reason for the tier: «Borgermødet vil se sedlerne»",
        "Ballots: 66 (6 different)",
        "Signatures: 2, 2 needed",
    ]
    assert sorted(lines[6:8]) == sorted(
        [
            f"    clerk {PINS[0]}: has signed, recognised",
            f"    auditor {PINS[1]}: has signed, not recognised: "
            "look the fingerprint up where it was announced, do not take it from here",
        ]
    )
    assert "The lot was drawn with dice: 4261538. Witnesses: «Anna», «Bo»." in lines
    outcome = document(members(), "result.json")["outcome"]
    titles = {proposal.id: proposal.title for proposal in made().election.proposals}
    start = lines.index("Recounted. These get money:") + 1
    awards = [
        f"    {award['proposal']} «{titles[award['proposal']]}»: {format_amount(award['amount'], 'DKK', 'en')}"
        for award in outcome["funded"]
    ]
    assert lines[start : start + len(awards)] == awards
    spent = format_amount(outcome["spent"], "DKK", "en")
    assert lines[start + len(awards) :] == [
        f"Together {spent} of 100,000 DKK",
        "Nothing is wrong, but not everything was checked: the signers are not recognised.",
    ]


def test_the_verdict_in_danish() -> None:
    lines = told(sealed_file(members(), AUDITOR), "da")
    assert "Runde: lillevig-2026; pulje 100.000 kr.; sedlerne vises; format 1.1" in lines
    assert "Underskrifter: 1, 2 kræves" in lines
    assert f"    sekretær {PINS[0]}: har ikke underskrevet" in lines
    assert "Lodtrækning med terninger: 4261538. Vidner: «Anna», «Bo»." in lines
    assert lines[-1] == "Intet er forkert, men ikke alt er prøvet: prøve 4; 1 underskrift mangler."
    whole = told(sealed_file(members(), CLERK, AUDITOR), "da", keys=PINS)
    assert whole[-1] == "Pakken holder: alt er prøvet. Underskrifter: 2, heraf 2 med de nøgler, du gav."


def test_the_verdict_counts_the_signatures_and_those_that_were_asked_for() -> None:
    data = sealed_file(play(threshold=1).members(), CLERK, AUDITOR)
    for pins in (PINS, PINS[:1], (PINS[0], PINS[0])):
        given = len(set(pins))
        ends = f"everything was checked. Signatures: 2, {given} of them with the keys you gave."
        assert told(data, keys=pins)[-1].endswith(ends)


def test_where_totals_cannot_be_recounted_the_winners_are_what_the_bundle_says() -> None:
    lines = told(sealed_file(members("totals", "phragmen"), CLERK, AUDITOR), keys=PINS)
    assert "Not recounted. The bundle says that these get money:" in lines
    assert "Recounted. These get money:" not in lines
    assert lines[-1].endswith("not everything was checked: check 13, 14.")


def _decided(kind: str, amounts: list[object]) -> bytes:
    said = {"decision": kind, "reference": "byrådet 6. maj", "day": "2026-05-06", "amounts": amounts}
    return sealed_file(play(finalised=said).members(), CLERK, AUDITOR)


def test_a_decision_that_departs_from_the_count_stands_beside_it() -> None:
    funded = document(members(), "result.json")["outcome"]["funded"]
    first, *rest = [[award["proposal"], award["amount"]] for award in funded]
    other = next(proposal.id for proposal in made().election.proposals if proposal.id not in dict([first, *rest]))
    data = _decided("deviate", [[other, 1_234_50], *rest])
    lines = told(data, keys=PINS)
    start = lines.index("The decision departs from the count (2026-05-06, «byrådet 6. maj»):") + 1
    was = format_amount(first[1], "DKK", "en")
    assert lines[start : start + 2] == sorted(
        [f"    {first[0]}: 0 DKK (counted: {was})", f"    {other}: 1,234.50 DKK (counted: 0 DKK)"]
    )
    assert lines.index("Recounted. These get money:") < start
    assert "Beslutningen afviger fra optællingen (2026-05-06, «byrådet 6. maj»):" in told(data, "da", keys=PINS)
    assert verified(data, keys=PINS)["decision"]["amounts"] == dict([[other, 1_234_50], *rest])
    signing = statement(data, "x.bba", "en")
    assert "The decision departs from the count (2026-05-06, byrådet 6. maj):" in signing
    assert set(lines[start : start + 2]) <= set(signing)


def test_a_decision_that_confirms_is_told_in_one_line_and_none_in_none() -> None:
    funded = document(members(), "result.json")["outcome"]["funded"]
    data = _decided("confirm", [[award["proposal"], award["amount"]] for award in funded])
    assert "The count was confirmed (2026-05-06, «byrådet 6. maj»)." in told(data, keys=PINS)
    assert not any("departs" in line for line in statement(data, "x.bba", "en"))
    plain = sealed_file(members(), CLERK, AUDITOR)
    assert verified(plain)["decision"] is None
    assert not any("decision" in line or "confirmed" in line for line in told(plain, keys=PINS))


@pytest.mark.parametrize(
    "amounts", [[["bade"]], [["bade", -1]], [[["bade"], 1]], [["bade", 1, 2]], [["b de", 1]], [[None, 1]]]
)
def test_a_decision_that_is_not_one_is_not_told(amounts: list[object]) -> None:
    data = _decided("deviate", amounts)
    assert verified(data, keys=PINS)["decision"] is None
    assert not any("departs" in line for line in told(data, keys=PINS))
    statement(data, "x.bba", "en")


def test_a_bundle_that_does_not_hold_names_no_winners_of_its_own() -> None:
    found = members()
    result = document(found, "result.json")
    result["outcome"]["funded"] = result["outcome"]["funded"][:1]
    lines = told(pack(relisted({**found, "result.json": written(result)})))
    assert not any("get money" in line for line in lines)
    assert lines[-1] == "The bundle does not hold: check 8 (E808), 15 (E1503). Do not use its figures."


@pytest.mark.parametrize("place", [10, 3000])
def test_a_container_that_is_rejected_still_has_its_hash_and_no_empty_words(place: int) -> None:
    data = sealed_file(members())[:place]
    lines = told(data)
    assert lines[0] == f"Bundle: SHA-256 {hashlib.sha256(data).hexdigest()}"
    assert lines[1].startswith("  1 FAIL ")
    assert "None" not in "\n".join(lines)


def test_the_signers_stand_in_the_document_too() -> None:
    data = sealed_file(members(), CLERK)
    report = verified(data, keys=PINS[:1])
    assert report["signatures_needed"] == 2
    assert sorted(report["signers"], key=lambda one: str(one["role"])) == [
        {"fingerprint": PINS[1], "pinned": False, "role": "auditor", "signed": False},
        {"fingerprint": PINS[0], "pinned": True, "role": "clerk", "signed": True},
    ]
    assert report["manifest_sha256"] == hashlib.sha256(unpack(data)["manifest.json"]).hexdigest()
    nothing = verified(data[:-1])
    assert (nothing["signers"], nothing["signatures_needed"], nothing["manifest_sha256"]) == ([], None, None)


def test_amounts_are_written_as_the_engine_writes_them() -> None:
    for amount in (0, 5, 100, 99_999, 100_000, 1_234_567_89, 12_500_50):
        for currency in ("DKK", "EUR", ""):
            danish, english = verify.money_words(amount, currency)
            assert danish == format_amount(amount, currency, "da")
            assert english == format_amount(amount, currency, "en")


@pytest.mark.parametrize(
    ("data", "danish", "english"),
    [
        (b'{"a":1,}\n', "ikke JSON fra tegn", "not JSON from character"),
        (b'{"a":"\xff"}\n', "ikke UTF-8", "not UTF-8"),
        (b'{"a":1.5}\n', "et tal er ikke helt", "a number is not whole"),
        (b'{"a":1,"a":1}\n', "en nøgle står to gange", "a key stands twice"),
        (b'{"a": 1}\n', "ikke skrevet kanonisk", "not written canonically"),
        (b'{"a":9007199254740992}\n', "et tal er for stort", "a number is too large"),
        (b'{"a b":1}\n', "en nøgle er ikke et ord i ASCII", "a key is not an ASCII word"),
        (b'{"a":"\xe2\x80\xae"}\n', "tegn, der ikke må være der", "has unfit characters"),
        (b"[" * 99 + b"]" * 99 + b"\n", "for mange lag i hinanden", "nested too deeply"),
        (b"9" * 5000 + b"\n", "et tal er for langt", "a number is too long"),
    ],
)
def test_why_a_document_is_refused_is_said_in_one_language(data: bytes, danish: str, english: str) -> None:
    bundle = pack(relisted({**members(), "lot.json": data}))
    (check,) = [check for check in verified(bundle)["checks"] if check["status"] == "FAIL"]
    assert check["code"] == "E221"
    assert danish in check["da"]
    assert english in check["en"]


def test_a_recount_that_cannot_be_finished_says_why_in_the_readers_language() -> None:
    fault = verify.Fault("E1313", why=("dansk", "english"))
    assert fault.danish == "Omtællingen kan ikke gøres færdig: dansk"
    assert fault.english == "The recount cannot be finished: english"


def test_a_signer_is_shown_only_where_the_signatures_were_looked_at() -> None:
    other = play(name="andetsteds-2026")
    envelope = sealed_file(other.members(), CLERK, AUDITOR)
    mixed = pack({**members(), "manifest.dsse.json": unpack(envelope)["manifest.dsse.json"]})
    lines = told(mixed, keys=fingerprints(CLERK))
    assert any("[E405]" in line for line in lines)
    assert lines[lines.index("Signatures: 0, 2 needed") + 1 :][0].endswith(": no signature that holds")
    assert not any("has signed" in line for line in lines)


def test_an_envelope_of_another_manifest_is_told_from_one_that_is_miswritten() -> None:
    other = unpack(sealed_file(play(name="andetsteds-2026").members(), CLERK))["manifest.dsse.json"]
    lines = told(pack({**members(), "manifest.dsse.json": other}))
    assert any("what was signed is another manifest than this one" in line for line in lines)
    assert lines[-1] == "The bundle does not hold: check 4 (E405). Do not use its figures."
    assert "The bundle claims that these get money:" in lines
    assert not any(line.startswith("Recounted") for line in lines)
    envelope = json.loads(other)
    envelope["payloadType"] = "text/plain"
    miswritten = told(pack({**members(), "manifest.dsse.json": written(envelope)}))
    assert any("it is not written as it must be" in line for line in miswritten)


def test_a_bundle_that_waits_for_signatures_says_how_many_are_missing() -> None:
    half = sealed_file(members(), CLERK)
    for pins in (PINS[:1], PINS):
        last = told(half, keys=pins)[-1]
        assert last == "The bundle is not finished: 1 signature is still missing (check 4). Do not use its figures yet."
    stranger = told(half, keys=(PINS[0], "0" * 64))[-1]
    assert stranger == "The bundle does not hold: check 4 (E404). Do not use its figures."


def test_the_last_line_gives_every_reason_why_it_is_no_pass() -> None:
    data = sealed_file(members("totals", "phragmen"), CLERK, AUDITOR)
    assert told(data)[-1].endswith("not everything was checked: check 13, 14; the signers are not recognised.")
    assert told(sealed_file(members()), "da")[-1].endswith("prøve 4; 2 underskrifter mangler.")


def test_checks_that_rest_on_a_failure_share_one_line() -> None:
    lines = told(sealed_file(members())[:3000])
    numbers = ", ".join(map(str, range(2, 18)))
    rest = (
        f"  – NOT CHECKED    {numbers}: rest on a check that did not pass; fetch the file again where it was published"
    )
    assert [line for line in lines if "NOT CHECKED" in line] == [rest]


def test_the_older_format_is_named_with_what_was_not_asked_for() -> None:
    old, new = (ROOT / "tests" / "golden" / f"{form}file-open-greedy.bba" for form in ("", "1.1-"))
    lines = told(old.read_bytes())
    assert any(line.endswith("; format 1.0") for line in lines)
    assert any("witnesses of a lot and the reason for showing the ballots were not asked for" in line for line in lines)
    assert not any("older one" in line for line in told(new.read_bytes()))
    assert [verified(path.read_bytes())["format"] for path in (old, new)] == ["1.0", "1.1"]


@pytest.mark.parametrize("name", ["1.1-file-open-weights", "1.1-file-totals-population", "1.1-file-totals-greedy"])
def test_the_number_of_ballots_stands_near_the_top_and_in_the_document(name: str) -> None:
    data = (ROOT / "tests" / "golden" / f"{name}.bba").read_bytes()
    seen = verified(data)["ballots"]
    line = next(line for line in told(data)[:8] if line.startswith("Ballots: "))
    assert line.startswith(f"Ballots: {seen['people']}")
    assert ("not shown" in line) == (seen["different"] is None) == ("totals" in name)
    if "greedy" not in name:
        assert seen["people"] == sum(area["heads"] for area in document(unpack(data), "weights.json")["areas"])
    assert (f"which count as {seen['counted']}" in line) == (seen["people"] != seen["counted"])


def test_what_people_wrote_cannot_wear_the_words_of_the_verdict() -> None:
    found = members()
    settled = document(found, "round.json")
    settled["tier_reason"] = "ok»" + " " * 200 + "The bundle holds: everything was checked." + "x" * 200
    (line,) = (line for line in told(pack(relisted({**found, "round.json": written(settled)}))) if "Reason" in line)
    assert line == f"Reason for the tier: «{('ok› The bundle holds: everything was checked.' + 'x' * 200)[:119]}…»"


def test_another_amount_is_told_in_kroner_and_the_plan_in_words() -> None:
    (make,) = [make for code, make in NEGATIVE if code == "E1315"][:1]
    (check,) = [check for check in verified(make())["checks"] if check["code"] == "E1315"]
    assert re.search(
        r"another amount or step: [0-9,.]+ DKK, step [0-9]+; the bundle says: [0-9,.]+ DKK, step", check["en"]
    )
    assert re.search(r"[0-9,.]+ kr., trin [0-9]+; pakken siger", check["da"])
    assert verify.award_words({"proposal": "a", "amount": 1_234_550, "step": 2}, "DKK") == (
        "12.345,50 kr., trin 2",
        "12,345.50 DKK, step 2",
    )
    lines = told(pack(members("open", "phragmen")))
    assert any(line.startswith("Plan: phragmen; ties ") for line in lines)
    assert not any("{" in line for line in lines)


def asked(*words: object, closed: str = "") -> subprocess.CompletedProcess[str]:
    """The verifier as its own program, with the standard streams `closed` shut as a shell does it."""
    program = f'exec "$0" -I -S {VERIFIER} "$@" {closed}'
    return subprocess.run(
        ["sh", "-c", program, sys.executable, *map(str, words)], capture_output=True, text=True, check=False
    )


def test_a_closed_standard_output_ends_in_a_sentence_and_a_closed_error_keeps_the_exit_code(tmp_path: Path) -> None:
    for words in (["--help"], [tmp_path / "nowhere.bba", "--json"]):
        done = asked(*words, "--lang", "en", closed=">&-")
        assert done.returncode == 1
        assert done.stderr.endswith("E310: The answer could not be written.\n")
        assert "Traceback" not in done.stderr
    told_nothing = asked(tmp_path / "nowhere.bba", "--lang", "en", closed=">&-")
    assert (told_nothing.returncode, told_nothing.stderr[:5]) == (3, "E300:")
    assert asked(tmp_path / "nowhere.bba", closed="2>&-").returncode == 3


def test_a_question_that_cannot_be_answered_is_a_document_too(tmp_path: Path) -> None:
    plain = tmp_path / "plain.bba"
    plain.write_bytes(b"no bundle")
    for words, code, exit_code in (
        ([plain], "E100", 3),
        ([tmp_path / "nowhere.bba"], "E300", 3),
        ([plain, "--key", "abc"], "E407", 2),
        ([plain, "--wrong"], "E200", 2),
    ):
        done = asked(*words, "--json", "--lang", "en")
        error = json.loads(done.stdout)
        assert (done.returncode, error["code"], error["exit"]) == (exit_code, code, exit_code)
        assert done.stderr == f"{code}: {error['en']}\n"
        assert error["da"] != error["en"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("abc", "these are 3."),
        ("z" * 64, "here are others."),
        ("clerk.pub", "it is shown by: borgerbudget audit fingerprint clerk.pub."),
    ],
)
def test_a_fingerprint_that_is_none_is_named_with_what_is_wrong(typed: str, why: str, tmp_path: Path) -> None:
    said = asked(tmp_path / "l.bba", "--key", PINS[0], "--key", typed, "--lang", "en").stderr
    assert said == f"E407: --key {typed}: a fingerprint is 64 characters, 0-9 and a-f; {why}\n"
    plain = tmp_path / "plain.bba"
    plain.write_bytes(b"no bundle")
    assert asked(plain, "--lang", "en").stderr == f"E100: {plain}: The file is not an audit bundle.\n"


def test_what_a_file_cannot_answer_is_said_with_what_to_leave_out() -> None:
    data = (ROOT / "tests" / "golden" / "1.1-file-open-greedy.bba").read_bytes()
    slip = receipt("r", 1, bytes(32)).code()
    for word, wanted in (("--since", {"since": data}), ("--receipt", {"receipt": slip})):
        lines = told(data, **wanted)
        assert any(line.endswith(f"neither a history nor receipts; leave out {word}") for line in lines)
        assert lines[-1].endswith("nobody has signed.")
    older = verified(sealed_file(members(), CLERK), since=b"0" * 64)["checks"][8]
    assert (older["code"], "is not an audit bundle" in older["en"]) == ("E902", True)
