"""The last that passes and the first that does not: bounds of what a bundle may say, found by changing the verifier."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from borgerbudget import Proposal, make_election
from borgerbudget.leaves import receipt
from tallies import count, make_plan, verify
from tallies.audit.archive import pack
from tallies.audit.bundle import manifest
from tallies.audit.bundle import members as bundle_members
from tallies.audit.members import Terms
from tests.histories import AUDITOR, CLERK, document, drawn, lines, relisted, written_lines
from tests.test_audit_checks import (
    by_hand,
    changed,
    changed_line,
    edited,
    edited_line,
    first_code,
    made,
    members,
    outcome_changed,
    plain_file,
    put,
    statuses,
    verified,
)
from tests.test_audit_people import weighted
from tests.weighted import WEIGHTS


def filed(
    pool: int, costs: dict[str, int], ballots: Sequence[Any], tier: Any = "open", plan: str = "greedy"
) -> dict[str, bytes]:
    election = make_election(pool, [Proposal(name, cost) for name, cost in costs.items()], ballots, round="r")
    outcome = count(election, make_plan(plan, election, ties=("cheapest", "most-votes", "refuse")))
    found = bundle_members(outcome, Terms(tier=tier), tier)
    return {**found, "manifest.json": manifest(outcome, tier, found)}


# -- amounts


def test_the_smallest_pool_and_the_smallest_cost_are_an_ore() -> None:
    data = pack(filed(1, {"a": 1}, [["a"]]))
    assert verified(data)["exit"] == 8
    assert statuses(verified(data))[13] == "PASS"


def test_the_largest_amount_is_the_largest_whole_number_of_the_format() -> None:
    assert first_code(verified(pack(filed(verify.LARGEST_AMOUNT, {"a": verify.LARGEST_AMOUNT}, [["a"]])))) is None
    assert first_code(verified(edited("round.json", lambda value: put(value["pool"], "amount", 0)))) == "E502"
    assert first_code(verified(edited("round.json", lambda value: put(value["pool"], "minor_units", 3)))) == "E502"
    assert first_code(verified(edited_line("proposals.jsonl", 0, lambda value: put(value, "cost", 0)))) == "E603"
    assert first_code(verified(edited_line("proposals.jsonl", 0, lambda value: put(value, "cost", -1)))) == "E603"


def from_sources(*amounts: int) -> bytes:
    sources = [{"name": "Kommunen", "amount": amount, "reference": None} for amount in amounts]
    found = filed(100, {"a": 60}, [["a"]])
    return pack(relisted(changed(found, "round.json", lambda value: put(value["pool"], "sources", sources))))


def test_a_pools_sources_are_all_of_it_or_not_told() -> None:
    assert first_code(verified(from_sources())) is None
    assert first_code(verified(from_sources(60, 40))) is None
    for amounts in ((60,), (60, 41), (101,)):
        assert first_code(verified(from_sources(*amounts))) == "E502"


def test_a_cost_that_reads_as_a_mark_is_written_so_that_it_is_none() -> None:
    """999999999 is Pabulib's word for withdrawn."""
    found = filed(10**12, {"a": 999_999_999_00, "b": 999_999_999_01, "c": 1_50}, [["a", "b"], ["c"]])
    assert b"a;999999999.00;" in found["round.pb"]
    assert b"b;999999999.01;" in found["round.pb"]
    assert b"c;1.5;" in found["round.pb"]
    assert statuses(verified(pack(found)))[16] == "PASS"


def test_a_file_for_pabulib_has_all_categories_of_a_proposal_and_its_area() -> None:
    proposals = [Proposal("a", 60, "A", category=("leg", "sport"), area="Nord"), Proposal("b", 50, 'B; "b"')]
    election = make_election(100, proposals, [["a"], ["b"]], round="r")
    outcome = count(election, make_plan("greedy", election, ties=("cheapest", "refuse")))
    found = bundle_members(outcome, Terms(), "open")
    data = pack({**found, "manifest.json": manifest(outcome, "open", found)})
    assert b"a;0.6;A;leg,sport;Nord\n" in found["round.pb"]
    assert b'b;0.5;"B; ""b""";;\n' in found["round.pb"]
    assert statuses(verified(data))[16] == "PASS"


@pytest.mark.parametrize(("text", "value"), [
    ("0", 0), ("7", 7), ("-7", -7), ("9007199254740991", 2**53 - 1), ("-9007199254740991", 1 - 2**53), ("1/2", Fraction(1, 2)),
    ("-3/2", Fraction(-3, 2)), ("9007199254740991/2", Fraction(2**53 - 1, 2)), ("1/9007199254740991", Fraction(1, 2**53 - 1)),
    ("9007199254740992", None), ("-9007199254740992", None), ("1/9007199254740992", None), ("-0", None), ("2/4", None),
    ("4/2", None), ("3/1", None), ("0/1", None), ("-0/1", None),
])  # fmt: skip
def test_a_total_has_one_spelling(text: str, value: Fraction | None) -> None:
    assert verify.read_number_text(text) == value


def test_a_text_of_people_is_cut_where_it_is_too_long() -> None:
    assert verify.quoted_text("a" * 120) == f"«{'a' * 120}»"
    assert verify.quoted_text("a" * 121) == f"«{'a' * 119}…»"
    assert verify.quoted_text("«a»\u2028  b") == "«‹a›? b»"
    assert verify.shown("a" * 160) == "a" * 160
    assert verify.shown("b\x07" + "a" * 160) == "b?" + "a" * 158


@pytest.mark.parametrize(
    ("least", "code"), [(None, None), (1, None), (60, None), (0, "E603"), (-1, "E603"), (61, "E603")]
)
def test_a_least_amount_is_above_nothing_and_at_most_the_cost(least: int | None, code: str | None) -> None:
    found = filed(100, {"a": 60}, [["a"]])
    listed = lines(found, "proposals.jsonl")
    listed[0]["min_cost"] = least
    del found["round.pb"]  # which would tell it, too
    report = verified(pack(relisted({**found, "proposals.jsonl": written_lines(listed)})))
    assert statuses(report)[6] == ("PASS" if code is None else "FAIL")
    assert code is None or first_code(report) == code


# -- who is shown


def shown_to_all(*heads: int) -> str | None:
    """The first code of a bundle that shows ballots without a reason: as many different ones, each cast by so many."""
    names = [f"p{place:02}" for place in range(10)]
    kinds = [[name for bit, name in enumerate(names) if place >> bit & 1] for place in range(len(heads))]
    ballots = [kind for kind, times in zip(kinds, heads, strict=True) for _ in range(times)]
    found = filed(100, dict.fromkeys(names, 1), ballots, plan="greedy-stop")
    return first_code(
        verified(pack(relisted(changed(found, "round.json", lambda value: put(value, "tier_reason", None)))))
    )


def test_ballots_are_shown_without_a_reason_from_five_hundred_of_which_a_tenth_nobody_else_cast() -> None:
    assert shown_to_all(500) is None
    assert shown_to_all(499) == "E704"
    assert shown_to_all(*[1] * 50, 450) is None
    assert shown_to_all(*[1] * 51, 449) == "E704"
    assert shown_to_all(*[2] * 250) is None
    assert shown_to_all(*[1] * 50, 449) == "E704"


# -- which members


def test_a_hand_count_has_no_ballots_to_show_and_no_leaves() -> None:
    assert first_code(verified(by_hand("round.json", b"{", b"{"))) is None

    def as_hand_count(value: Any) -> None:
        value["ballot"]["method"] = "hand-count"

    assert first_code(verified(edited("round.json", as_hand_count, "totals"))) == "E506"
    assert first_code(verified(plain_file(lambda found: changed(found, "round.json", as_hand_count)))) == "E502"


@pytest.mark.parametrize(("tier", "breaking", "code"), [
    ("open", 0, None), ("open", None, "E502"), ("totals", None, None), ("totals", 0, "E502"),
])  # fmt: skip
def test_a_plain_file_that_shows_ballots_tells_how_many_break_its_limits(
    tier: str, breaking: int | None, code: str | None
) -> None:
    found = filed(100, {"a": 60}, [["a"]], tier)
    told = changed(found, "round.json", lambda value: put(value["ballot"], "breaking", breaking))
    assert first_code(verified(pack(relisted(told)))) == code


def test_a_rounds_bundle_never_tells_how_many_break_its_limits() -> None:
    assert first_code(verified(edited("round.json", lambda value: put(value["ballot"], "breaking", 0)))) == "E502"


def test_only_a_plain_file_of_ballots_has_weights() -> None:
    weights = weighted(WEIGHTS, tier="totals")["weights.json"]
    assert first_code(verified(pack(weighted(WEIGHTS, tier="totals")))) is None
    assert first_code(verified(pack(relisted({**members("totals"), "weights.json": weights})))) == "E506"


def test_the_copy_of_the_verifier_may_be_any_bytes() -> None:
    found = relisted({**members(), "verify.py": b"\xff\x00\n"})
    assert first_code(verified(pack(found))) is None


@pytest.mark.parametrize("name", ["ballots.tsv", "leaves.txt", "rejected.tsv"])
def test_lines_have_no_letters_beyond_ascii(name: str) -> None:
    found = members()
    for more in ("æ\n".encode(), b"\xff\n", b"\x00\n"):
        assert first_code(verified(pack(relisted({**found, name: found[name] + more})))) == "E223"


@pytest.mark.parametrize("tier", ["open", "totals"])
@pytest.mark.parametrize("value", [b"[]", b"{}", b"null", b"1", b'"x"', b"[{}]", b'{"schema":null}', b'{"schema":[]}'])
def test_a_member_of_another_kind_is_refused_and_nothing_breaks(tier: str, value: bytes) -> None:
    found = members(tier)
    for name in found:
        if name.endswith(".json"):
            changed_ = {**found, name: value + b"\n"}
            data = pack(changed_ if name.startswith("manifest.") else relisted(changed_))
        elif name.endswith(".jsonl"):
            rows = found[name].splitlines(keepends=True)
            data = b""
            for place in range(len(rows)):
                bent = b"".join([*rows[:place], value + b"\n", *rows[place + 1 :]])
                data = pack(relisted({**found, name: bent}))
                assert verified(data)["exit"] == 5, (name, place)
        else:
            continue
        assert verified(data)["exit"] == 5, name


@pytest.mark.parametrize("value", [[], {}, None, 1, "x", [[]], [None], {"a": 1}])
@pytest.mark.parametrize(
    "key", ["funded", "not_funded", "spent", "pool", "plan", "ballots", "ties", "endowment", "schema"]
)
def test_an_outcome_whose_parts_are_of_another_kind_is_refused(key: str, value: Any) -> None:
    for plan in ("greedy", "phragmen"):
        found = changed(members("totals", plan), "result.json", lambda result: put(result["outcome"], key, value))
        if document(found, "result.json") != document(members("totals", plan), "result.json"):
            assert verified(pack(relisted(found)))["exit"] == 5


# -- ballots


@pytest.mark.parametrize(("cast", "status"), [(b"9007199254740991", "PASS"), (b"9007199254740992", "FAIL")])
def test_a_ballot_is_cast_at_most_as_often_as_the_largest_whole_number(cast: bytes, status: str) -> None:
    found = filed(100, {"a": 60}, [["a"]])
    del found["round.pb"]
    report = verified(pack(relisted({**found, "ballots.tsv": cast + b"\ta\n"})))
    assert statuses(report)[7] == status


def test_a_rounds_ballot_of_points_names_nothing_twice() -> None:
    for old, new in ((b"bade:2,", b"bade:2,bade:2,"), (b"bade:2,", b"bade:1,bade:2,")):
        found = changed_line(made(method="points").members(), old, new)
        assert first_code(verified(pack(relisted(found)))) == "E701"


def test_a_ranked_ballot_of_a_round_names_nothing_twice() -> None:
    found = made(method="ranked").members()
    first = next(row for row in found["ballots.tsv"].split(b"\n") if b">" in row)
    name = first.split(b"\t")[1].split(b">")[0]
    again = found["ballots.tsv"].replace(first, first + b">" + name)
    assert first_code(verified(pack(relisted({**found, "ballots.tsv": again})))) == "E701"


# -- steps of the trace that nobody should have to look at


@pytest.mark.parametrize("more", [
    {"tied": 5}, {"tied": ["bade", 5]}, {"tied": "bade"}, {"tied": ["bade", "mad"], "decided_by": 7},
    {"tied": {"bade": 1}},
])  # fmt: skip
def test_a_tie_that_is_none_fails_the_arithmetic_too(more: dict[str, Any]) -> None:
    report = verified(edited_line("trace.jsonl", 1, lambda line: line.update({"decided_by": None, **more})))
    assert (report["exit"], statuses(report)[14], statuses(report)[15]) == (5, "FAIL", "FAIL")


@pytest.mark.parametrize("tier", ["open", "totals"])
def test_after_a_comparison_that_took_greedy_everything_is_left_again(tier: Any) -> None:
    """Equal shares buy c; the first turn of greedy is of one that does not go with e: it tells what is left."""
    proposals = [Proposal("a", 65), Proposal("c", 10), Proposal("d", 70), Proposal("e", 20)]
    election = make_election(100, proposals, [["d", "c"], *[["d"]] * 3, *[["d", "a"]] * 2], round="r")
    apart = {"kind": "at-most", "proposals": ["d", "e"], "amount": "0.80"}
    settings = {"comparison": "satisfaction", "pre_funded": ["e"], "constraints": [apart]}
    outcome = count(election, make_plan("equal-shares", election, settings, ("cheapest", "refuse")))
    found = bundle_members(outcome, Terms(tier=tier), tier)
    told = [(step["phase"], step["kind"], step.get("left")) for step in lines(found, "trace.jsonl")[1:]]
    assert ("rule", "funded", 70) in told
    assert [one for one in told if one[0] == "comparison"][1] == ("comparison", "skipped", 80)
    report = verified(pack({**found, "manifest.json": manifest(outcome, tier, found)}))
    assert (report["exit"], statuses(report)[15]) == (8, "PASS")


@pytest.mark.parametrize(("phase", "settings"), [
    ("floor", {"constraints": [{"kind": "at-least", "proposals": ["c"], "amount": "0.20"}]}),
    ("pot", {"constraints": [{"kind": "pot", "proposals": ["a", "c"], "amount": "0.50"}]}),
    ("released", {"constraints": [{"kind": "earmark", "proposals": ["c"], "amount": "0.50"}], "unused": "common"}),
    ("leftover", {"leftover": "next"}),
])  # fmt: skip
def test_every_phase_of_a_plan_may_stand_in_its_bundle(phase: str, settings: dict[str, Any]) -> None:
    proposals = [Proposal("a", 30), Proposal("b", 40), Proposal("c", 20), Proposal("d", 35)]
    election = make_election(100, proposals, [["a", "b"]] * 4 + [["b", "d"]] * 3 + [["c"]], round="r")
    plan = "greedy-stop" if phase == "leftover" else "greedy"
    outcome = count(election, make_plan(plan, election, settings, ("cheapest", "most-votes", "refuse")))
    for tier in ("open", "totals"):
        found = bundle_members(outcome, Terms(tier=tier), tier)
        report = verified(pack({**found, "manifest.json": manifest(outcome, tier, found)}))
        assert phase in [step["phase"] for step in lines(found, "trace.jsonl")[1:]]
        assert (report["exit"], statuses(report)[15]) == (8, "PASS")


@pytest.mark.parametrize("plan", ["equal-shares/add1u", "equal-shares/add1", "phragmen"])
@pytest.mark.parametrize("tier", ["open", "totals"])
def test_a_count_of_one_ballot_holds(plan: str, tier: Any) -> None:
    assert verified(pack(filed(100, {"a": 60, "b": 30, "c": 20}, [["a", "b"]], tier, plan)))["exit"] == 8


# -- signatures


def no_point() -> bytes:
    return next(
        data for data in (place.to_bytes(32, "little") for place in range(2, 99)) if verify.decode_point(data) is None
    )


def test_bytes_that_are_no_point_or_its_second_spelling_are_no_key() -> None:
    base = (4 * pow(5, -1, verify.PRIME) % verify.PRIME).to_bytes(32, "little")
    point = verify.decode_point(base)
    assert point is not None
    assert verify.encode_point(point) == base
    zero_with_sign = (1 | 1 << 255).to_bytes(32, "little")
    for data in (
        verify.PRIME.to_bytes(32, "little"),
        (verify.PRIME + 1).to_bytes(32, "little"),
        zero_with_sign,
        no_point(),
    ):
        assert verify.decode_point(data) is None
        assert not verify.signature_holds(data, b"m", base + (1).to_bytes(32, "little"))


@pytest.mark.parametrize("y", [1, verify.PRIME - 1, 0])
def test_a_key_of_small_order_has_signed_nothing(y: int) -> None:
    """Under the key of the neutral point R = S times the base point would be a signature of everything."""
    base = (4 * pow(5, -1, verify.PRIME) % verify.PRIME).to_bytes(32, "little")
    key = y.to_bytes(32, "little")
    assert verify.decode_point(key) is not None
    for message in (b"m", b"n", b"o", b"p"):
        assert not verify.signature_holds(key, message, base + (1).to_bytes(32, "little"))


def test_a_signature_is_of_its_key_its_message_and_its_64_bytes() -> None:
    public, signed = CLERK.public.raw, CLERK.sign(b"message")
    assert verify.signature_holds(public, b"message", signed)
    for other in (signed + b"\0", signed[:-1], signed[:32] + bytes(32), bytes(32) + signed[32:]):
        assert not verify.signature_holds(public, b"message", other)
    assert not verify.signature_holds(public, b"messagf", signed)
    assert not verify.signature_holds(AUDITOR.public.raw, b"message", signed)


# -- what there may be none of


@pytest.mark.parametrize("plan", ["equal-shares", "equal-shares/add1u", "phragmen", "greedy"])
@pytest.mark.parametrize("tier", ["open", "totals"])
def test_a_count_without_ballots_holds(plan: str, tier: Any) -> None:
    assert verified(pack(filed(100, {"a": 60, "b": 30}, [], tier, plan)))["exit"] == 8


def test_a_file_for_pabulib_is_made_up_to_so_many_voters(monkeypatch: pytest.MonkeyPatch) -> None:
    found = filed(100, {"a": 60}, [["a"]] * 3)
    without = relisted({name: data for name, data in found.items() if name != "round.pb"})
    for most, data, code in ((3, found, None), (2, found, "E1601"), (2, without, None), (3, without, "E1601")):
        monkeypatch.setattr(verify, "MOST_VOTERS_IN_PB", most)
        assert first_code(verified(pack(data))) == code


def test_ballots_that_do_not_hold_are_not_counted_in_the_verdict() -> None:
    bent = pack(relisted(changed_line(members(), b"6\tbade,have", b"6\thave,bade")))
    assert "Ballots: 66" in verify.bundle_report(pack(members()), verify.Asked(), False, "en")[0]
    assert "Ballots:" not in verify.bundle_report(bent, verify.Asked(), False, "en")[0]


@pytest.mark.parametrize(("key", "value", "told"), [
    ("amount", None, 'the bundle says: {"amount":null,"proposal":"bade","step":'),
    ("amount", 3_875_001, "gives bade another amount or step: 38,750 DKK, step 1; the bundle says: 38,750.01 DKK, step 1."),
    ("step", 7, "gives bade another amount or step: 38,750 DKK, step 1; the bundle says: 38,750 DKK, step 7."),
])  # fmt: skip
def test_what_the_recount_gives_stands_beside_what_the_bundle_says(key: str, value: object, told: str) -> None:
    data = outcome_changed(lambda result: put(result["outcome"]["funded"][0], key, value))
    assert told in verify.bundle_report(data, verify.Asked(), False, "en")[0]


# -- receipts


def test_a_receipt_may_be_typed_as_people_type_it() -> None:
    """Small letters, hyphens, O for 0, I and L for 1, and blanks around."""
    data = pack(members())
    seen = set()
    for place in range(12):
        round_name, batch, code = receipt("lillevig-2026", 1, drawn("typed", place)).code().split("/")
        typed = {code, code.lower(), f"{code[:6]}-{code[6:12]}-{code[12:]}"}
        typed |= {
            code.replace(old, new)
            for old, new in (("0", "O"), ("0", "o"), ("1", "I"), ("1", "i"), ("1", "L"), ("1", "l"))
        }
        seen |= set(code) & {"0", "1"}
        for one in typed:
            for whole in (f"{round_name}/{batch}/{one}", f" {round_name}/{batch}/{one}\n"):
                assert verify.read_receipt(whole) == verify.read_receipt(f"{round_name}/{batch}/{code}")
        assert first_code(verified(data, receipt=f"{round_name}/{batch}/{code.lower()}")) == "E1701"
    assert seen == {"0", "1"}


@pytest.mark.parametrize("typed", [
    "", "lillevig-2026", "lillevig-2026/1", "lillevig-2026/0/{}", "lillevig-2026/01/{}", "lillevig-2026/1/{}0",
    "lillevig 2026/1/{}", "lillevig-2026/1/U{:.16}", "lillevig-2026/2/{}", "lillevig-2027/1/{}", "x/lillevig-2026/1/{}",
])  # fmt: skip
def test_any_other_text_is_no_receipt(typed: str) -> None:
    code = receipt("lillevig-2026", 1, drawn("typed", 0)).code().split("/")[2]
    assert verify.read_receipt(f"lillevig-2026/1/{code}")[:2] == ("lillevig-2026", 1)
    with pytest.raises(verify.UsageError, match="E1703"):
        verify.read_receipt(typed.format(code))
