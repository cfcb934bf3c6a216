"""What an auditor reads: which bundle, who has signed it, who gets money, and what was left out."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from borgerbudget.money import format_amount
from tallies import verify
from tallies.audit.archive import pack, unpack
from tests.histories import AUDITOR, CLERK, document, fingerprints, play, relisted, sealed_file, written
from tests.test_audit_checks import PINS, made, members, verified


def told(data: bytes, language: str = "en", **asked: Any) -> list[str]:
    return verify.bundle_report(data, verify.Asked(**asked), False, language)[0].splitlines()


def test_the_verdict_names_bundle_round_signers_lot_and_winners() -> None:
    data = sealed_file(members(), CLERK, AUDITOR)
    listing = hashlib.sha256(unpack(data)["manifest.json"]).hexdigest()
    lines = told(data, keys=PINS[:1])
    assert lines[:5] == [
        f"Bundle: SHA-256 {hashlib.sha256(data).hexdigest()}",
        f"Signatures are over manifest.json: SHA-256 {listing}",
        "Round: lillevig-2026; pool 100,000 DKK; tier open",
        "Reason for the tier: Borgermødet vil se sedlerne",
        "Signatures: 2, 2 needed",
    ]
    assert sorted(lines[5:7]) == sorted(
        [
            f"    clerk {PINS[0]}: has signed, recognised",
            f"    auditor {PINS[1]}: has signed, not recognised (give it as --key)",
        ]
    )
    assert "The lot was drawn with dice: 4261538. Witnesses: Anna, Bo." in lines
    outcome = document(members(), "result.json")["outcome"]
    titles = {proposal.id: proposal.title for proposal in made().election.proposals}
    start = lines.index("Recounted. These get money:") + 1
    awards = [
        f"    {award['proposal']} {titles[award['proposal']]}: {format_amount(award['amount'], 'DKK', 'en')}"
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
    assert "Runde: lillevig-2026; pulje 100.000 kr.; niveau open" in lines
    assert "Underskrifter: 1, 2 kræves" in lines
    assert f"    administrator {PINS[0]}: har ikke underskrevet" in lines
    assert "Lodtrækning med terninger: 4261538. Vidner: Anna, Bo." in lines
    assert lines[-1] == "Intet er forkert, men ikke alt er prøvet: 4."
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
    assert lines[-1].endswith("not everything was checked: 13, 14.")


def test_a_bundle_that_does_not_hold_names_no_winners_of_its_own() -> None:
    found = members()
    result = document(found, "result.json")
    result["outcome"]["funded"] = result["outcome"]["funded"][:1]
    lines = told(pack(relisted({**found, "result.json": written(result)})))
    assert not any("get money" in line for line in lines)
    assert lines[-1] == "The bundle does not hold."


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
    assert not any("has signed" in line for line in lines)
