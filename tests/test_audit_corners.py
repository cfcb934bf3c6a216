"""Bundles at the corners of the format that mutants of the verifier showed to be met by no test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from borgerbudget import Election, Limits, Proposal, make_election
from borgerbudget.leaves import receipt
from tallies import count, make_plan, verify
from tallies.audit.archive import pack, unpack
from tallies.audit.bundle import bundle
from tallies.audit.members import Terms
from tests.histories import AUDITOR, CLERK, THIEF, document, fingerprints, relisted, sealed_file, written
from tests.test_audit_checks import edited_line, first_code, made, put, statuses, verified

LARGEST = 2**53 - 1


def packed(
    election: Election, plan: str = "greedy", settings: dict[str, Any] | None = None, tier: Any = "open"
) -> bytes:
    outcome = count(election, make_plan(plan, election, settings, ("cheapest", "most-votes", "refuse")))
    return bundle(outcome, Terms(tier=tier, tier_reason=None if tier == "totals" else "den er offentlig"), tier)


def village(*proposals: Proposal, ballots: Any, pool: int = 1000, method: str = "approval", **more: Any) -> Election:
    return make_election(pool, proposals, ballots, method, round="r", **more)


def changed(data: bytes, name: str, change: Callable[[Any], Any]) -> bytes:
    found = unpack(data)
    value = document(found, name)
    change(value)
    return pack(relisted({**found, name: written(value)}))


def test_a_ranked_ballot_is_not_measured_by_what_its_proposals_cost() -> None:
    proposals = (Proposal("a", 600), Proposal("b", 500))
    election = village(*proposals, ballots=[["b", "a"], ["a", "b"]], method="ranked", limits=Limits(max_sum_cost=700))
    assert first_code(verified(packed(election))) is None


def test_what_was_topped_up_counts_with_the_amount_towards_the_price() -> None:
    proposals = (Proposal("a", 600), Proposal("b", 500), Proposal("c", 100))
    election = village(*proposals, ballots=[["a"]] * 3 + [["b"]] * 2 + [["c"]])
    for tier in ("open", "totals"):
        assert first_code(verified(packed(election, "greedy-80", tier=tier))) is None


def test_an_amount_below_the_price_is_wrong_where_the_rule_gives_no_parts() -> None:
    election = village(Proposal("a", 600), Proposal("b", 300), ballots=[["a", "b"]] * 3)
    data = packed(election, "equal-shares", tier="totals")

    def lower(value: Any) -> None:  # and all sums with it
        value["outcome"]["funded"][0]["amount"] -= 1
        value["outcome"]["spent"] -= 1
        value["left"] += 1

    report = verified(changed(data, "result.json", lower))
    assert first_code(report) == "E1501"
    funded = document(unpack(data), "result.json")["outcome"]["funded"][0]["proposal"]
    assert any(check["en"].endswith(f"The arithmetic is wrong: {funded}.") for check in report["checks"])


@pytest.mark.parametrize("place", [0, 1])
def test_the_receipt_of_an_accepted_ballot_is_not_said_to_be_rejected(place: int) -> None:
    played = made()
    leaf = played.box.openings[place].leaf
    number = next(e.payload["batch"] for e in played.box.events if leaf in e.payload.get("leaves", ()))  # type: ignore[operator]
    code = receipt("lillevig-2026", number, bytes.fromhex(leaf)).code()  # type: ignore[arg-type]
    report = verified(pack(dict(played.members())), receipt=code)
    assert statuses(report)[17] == "PASS"
    assert not any("rejected" in note["en"] for note in report["notes"])


def test_a_least_amount_is_above_nothing() -> None:
    assert first_code(verified(edited_line("proposals.jsonl", 2, lambda value: put(value, "min_cost", 0)))) == "E603"


def test_a_ballot_may_be_cast_by_as_many_as_there_are_numbers() -> None:
    election = village(Proposal("a", 600), ballots=[["a"]], weights=[LARGEST])
    assert first_code(verified(packed(election))) is None


def test_the_id_of_a_mark_is_what_stands_before_its_last_colon() -> None:
    election = village(Proposal("a", 600), ballots=[{"a": 2}], method="points")
    found = unpack(packed(election))
    data = pack(relisted({**found, "ballots.tsv": b"1\ta:1:2\n"}))
    assert first_code(verified(data)) == "E602"


def test_a_price_that_looks_like_a_withdrawal_and_several_categories_stand_in_the_derived_file() -> None:
    proposal = Proposal("a", 999_999_999_00, category=("Tryghed", "Natur"))
    election = village(proposal, Proposal("b", 500), ballots=[["a"]], pool=10**12)
    data = packed(election)
    assert first_code(verified(data)) is None
    assert b"a;999999999.00;;Tryghed,Natur;" in unpack(data)["round.pb"]


@pytest.mark.parametrize("tier", ["open", "totals"])
def test_what_is_left_is_shared_out_in_steps_of_their_own(tier: str) -> None:
    proposals = (Proposal("a", 700, min_cost=100), Proposal("b", 200), Proposal("c", 600, min_cost=100))
    election = village(*proposals, ballots=[["a", "b"], ["b"], ["c"], ["b", "c"]], method="knapsack")
    data = packed(election, "everyones-share", {"leftover": "redistribute"}, tier)
    assert first_code(verified(data)) is None
    trace = unpack(data)["trace.jsonl"]
    assert b'"kind":"topped"' in trace
    other = trace.replace(b'"kind":"topped"', b'"kind":"funded"')
    assert first_code(verified(pack(relisted({**unpack(data), "trace.jsonl": other})))) is not None


def test_a_knapsack_ballot_gives_a_proposal_one_vote() -> None:
    election = village(Proposal("a", 600), Proposal("b", 300), ballots=[["a"], ["b"], ["b"]], method="knapsack")
    found = unpack(packed(election, "equal-shares", tier="totals"))
    rows = found["totals.tsv"].replace(b"b\t2\t2\n", b"b\t2\t3\n")
    header, rest = found["trace.jsonl"].split(b"\n", 1)
    document_ = verify.plain_json(header)
    document_["proposals"][1]["score"] = 3
    trace = written(document_) + rest
    data = pack(relisted({**found, "totals.tsv": rows, "trace.jsonl": trace}))
    report = verified(data)
    assert first_code(report) == "E1508"
    assert any("(condition 1)" in check["en"] for check in report["checks"])


def test_after_a_comparison_that_took_greedy_totals_hold_too() -> None:
    election = village(Proposal("big", 900), Proposal("small", 300), ballots=[["big"]] * 5 + [["small"]] * 3, pool=900)
    for tier in ("open", "totals"):
        data = packed(election, "equal-shares/none", {"comparison": "satisfaction"}, tier)
        assert b'"taken":"greedy"' in unpack(data)["trace.jsonl"]
        assert first_code(verified(data)) is None


def test_a_withdrawal_in_the_history_takes_a_proposal_out_whatever_the_list_says() -> None:
    found = dict(made(withdrawn=("bade",)).members())
    assert first_code(verified(pack(found))) is None
    assert b'"id":"bade"' in found["proposals.jsonl"]
    assert replace(made(withdrawn=("bade",)).outcome).funded[0].proposal != "bade"


def test_what_is_out_of_order_or_another_currency_is_named() -> None:
    found = dict(made().members())
    rows = found["rejected.tsv"].splitlines(keepends=True)
    report = verified(pack(relisted({**found, "rejected.tsv": b"".join(reversed(rows))})))
    assert first_code(report) == "E1002"
    assert any("rejected.tsv: leaves missing" in check["en"] for check in report["checks"])
    data = packed(village(Proposal("a", 600), ballots=[["a"]]), "equal-shares", tier="totals")
    report = verified(changed(data, "result.json", lambda value: put(value["outcome"], "currency", "EUR")))
    assert any(check["en"].endswith("The arithmetic is wrong: currency.") for check in report["checks"])


def test_where_enough_have_signed_who_was_asked_for_and_has_not_is_no_missing_signature() -> None:
    data = sealed_file(made(signers=(CLERK, AUDITOR, THIEF), threshold=2).members(), CLERK, AUDITOR)
    text, code = verify.bundle_report(data, verify.Asked(keys=fingerprints(CLERK, AUDITOR, THIEF)), False, "en")
    assert (code, text.splitlines()[-1].startswith("The bundle does not hold: check 4 (E404)")) == (5, True), text
