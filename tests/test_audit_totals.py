"""Totals without ballots cannot repeat equal shares or phragmen: what check 15 still finds in the steps of a forged bundle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from borgerbudget import Proposal, make_election
from tallies import count, make_plan
from tallies.audit.archive import pack
from tests.agree_second import bundle_of
from tests.histories import document, lines, relisted, written, written_lines
from tests.test_audit_checks import by_hand, first_code, statuses, verified

BALLOTS = [["a", "b"]] * 4 + [["a", "c"]] * 3 + [["b"]] * 2 + [["d"]] * 2
PROPOSALS = [Proposal("a", 30), Proposal("b", 40), Proposal("c", 20), Proposal("d", 90)]
ELECTION = make_election(100, PROPOSALS, BALLOTS, "approval", round="r")
Settings = dict[str, Any]
Trace = list[dict[str, Any]]


def in_totals(rule: str, settings: Settings) -> dict[str, bytes]:
    return bundle_of(count(ELECTION, make_plan(rule, ELECTION, settings, ("refuse",))), "totals")


def forged(rule: str, counted: Settings, told: Settings, change: Callable[[Trace, Any], Any]) -> bytes:
    """The steps of one plan, changed, in a bundle of another; steps are numbered and sums made to fit."""
    found, other = in_totals(rule, told), in_totals(rule, counted)
    trace = [lines(found, "trace.jsonl")[0], *lines(other, "trace.jsonl")[1:]]
    result = document(other, "result.json")
    outcome = result["outcome"]
    outcome["plan"] = trace[0]["plan"]
    change(trace, result)
    for number, step in enumerate(trace[1:], 1):
        step["step"] = number
    bought = {step["proposal"]: step["step"] for step in trace[1:] if step["kind"] == "funded"}
    for award in outcome["funded"]:
        award["step"] = bought[award["proposal"]]
    outcome["spent"] = sum(award["amount"] for award in outcome["funded"])
    result["left"] = 100 - outcome["spent"]
    return pack(relisted({**found, "trace.jsonl": written_lines(trace), "result.json": written(result)}))


def nothing_more(trace: Trace, result: Any) -> None:
    pass


def says(result: Any, **reasons: str) -> None:
    """Who is not funded, by id, and why; nobody was short of money."""
    result["outcome"]["not_funded"] = [{"proposal": name, "reason": reason} for name, reason in reasons.items()]
    result["near_misses"] = []


def not_given(trace: Trace, result: Any) -> None:
    del trace[3:]
    result["outcome"]["funded"].pop()
    says(result, c="pre-funded", d="over-pool")


def given_by_the_rule(trace: Trace, result: Any) -> None:
    trace.pop()
    says(result, d="over-pool")


def too_few_votes(trace: Trace, result: Any) -> None:
    trace.pop()
    says(result, d="below-threshold")


def given_in_another_order(trace: Trace, result: Any) -> None:
    trace[1:3] = [{**trace[2], "left": 80}, {**trace[1], "left": 50}]
    result["outcome"]["funded"][:2] = reversed(result["outcome"]["funded"][:2])


def in_phase(place: int, phase: str) -> Callable[[Trace, Any], None]:
    return lambda trace, result: trace[place].update(phase=phase)


def compared(*more: dict[str, Any]) -> Callable[[Trace, Any], None]:
    step = {"kind": "comparison", "phase": "comparison", "taken": "equal-shares"}
    return lambda trace, result: trace.extend([step, *more])


def goes_on_for_equal_shares(trace: Trace, result: Any) -> None:
    compared({"kind": "skipped", "phase": "comparison", "proposal": "d", "left": 70})(trace, result)
    result["outcome"]["not_funded"][-1]["reason"] = "does-not-fit"
    result["near_misses"].append({"proposal": "d", "reason": "does-not-fit", "missing": 20})


def cheaper_before_greedy(trace: Trace, result: Any) -> None:
    trace[1]["amount"] = 20
    for step in trace[1:5]:
        step["left"] = 80


def twice_before_greedy(trace: Trace, result: Any) -> None:
    trace.insert(1, dict(trace[1]))
    for step in trace[2:6]:
        step["left"] = 40


def topped_up(trace: Trace, result: Any) -> None:
    trace[3].update(amount=15, topped_up=5, left=15)
    trace[4]["left"] = 15
    result["outcome"]["funded"][2].update(amount=15, topped_up=5)
    result["near_misses"][0]["missing"] = 75


def tells_more(kind: str, **more: object) -> Callable[[Trace, Any], None]:
    """A key that only another kind of step has."""
    return lambda trace, result: next(step for step in trace if step["kind"] == kind).update(more)


def stopped_at_nobody(trace: Trace, result: Any) -> None:
    trace[-1]["over"] = []
    says(result, d="after-stop")


COMPARED = {"comparison": "satisfaction"}  # takes greedy
FORGED: dict[str, tuple[str, Callable[[], bytes]]] = {
    name: (code, lambda case=case: forged(*case))  # type: ignore[misc]
    for name, code, *case in (
        ("a withdrawn proposal is funded", "E1504", "phragmen", {}, {"withdrawn": ["c"]}, nothing_more),
        ("one with too few votes is funded", "E1504", "phragmen", {}, {"threshold": 4}, too_few_votes),
        ("the rule gives to a pre-funded one", "E1504", "phragmen", {}, {"pre_funded": ["c"]}, given_by_the_rule),
        ("a pre-funded one is not given", "E1504", "phragmen", {}, {"pre_funded": ["c"]}, not_given),
        ("one is given that is not pre-funded", "E1504", "phragmen", {"pre_funded": ["a"]}, {},
         lambda trace, result: says(result, d="after-stop")),
        ("given in another order", "E1504", "phragmen", *[{"pre_funded": ["a", "c"]}] * 2, given_in_another_order),
        ("a floor that the plan lacks", "E1504", "phragmen", {}, {}, in_phase(1, "floor")),
        ("a completion that the rule lacks", "E1504", "phragmen", {}, {}, in_phase(4, "completion")),
        ("a leftover that the plan lacks", "E1504", "equal-shares/utilitarian", {}, {}, in_phase(7, "leftover")),
        ("the rule after its completion", "E1504", "equal-shares/utilitarian", {}, {}, in_phase(1, "completion")),
        ("no longer bought after that", "E1504", "equal-shares/utilitarian", {}, {}, in_phase(5, "rule")),
        ("a comparison that the plan lacks", "E1504", "equal-shares", {}, {}, compared()),
        ("no comparison", "E1504", "equal-shares", {}, COMPARED, nothing_more),
        ("two comparisons", "E1504", "equal-shares", {}, COMPARED,
         compared({"kind": "comparison", "phase": "comparison", "taken": "equal-shares"})),
        ("equal shares go on as greedy", "E1504", "equal-shares", {}, COMPARED, goes_on_for_equal_shares),
        ("funded twice before greedy", "E1504", "equal-shares", COMPARED, COMPARED, twice_before_greedy),
        ("funded for less before greedy", "E1501", "equal-shares", COMPARED, COMPARED, cheaper_before_greedy),
        ("topped up by a rule that never does", "E1501", "phragmen", {}, {}, topped_up),
        ("a purchase tells a reason", "E1504", "phragmen", {}, {}, tells_more("funded", reason="over-pool")),
        ("a purchase tells who is dearer", "E1504", "equal-shares", {}, {}, tells_more("funded", over=["d"])),
        ("unaffordable for a reason", "E1504", "equal-shares", {}, {}, tells_more("unaffordable", because="excluded")),
        ("unaffordable for an amount", "E1504", "equal-shares", {}, {}, tells_more("unaffordable", amount=90)),
        ("skipped with an amount", "E1504", "equal-shares/utilitarian", {}, {}, tells_more("skipped", amount=90)),
        ("stopped at nobody", "E1504", "phragmen", {}, {}, stopped_at_nobody),
        ("stopped at one proposal", "E1504", "phragmen", {}, {}, tells_more("stopped", proposal="d")),
        ("an endowment leaves something", "E1504", "equal-shares/add1", {}, {}, tells_more("endowment-stopped", left=0)),
        ("an endowment with what it would have bought", "E1504", "equal-shares/add1", {}, {},
         tells_more("endowment-stopped", taken="greedy")),
        ("a comparison keeps something", "E1504", "equal-shares", COMPARED, COMPARED, tells_more("comparison", kept=1)),
        ("what no step has", "E1504", "phragmen", {}, {}, tells_more("funded", rho="1/2")),
        ("an interval", "E1504", "equal-shares/add1", {}, {}, lambda trace, result: trace.insert(1, {"kind": "interval"})),
        ("an interval for phragmen", "E1504", "phragmen", {}, {}, lambda trace, result: trace.append({"kind": "interval"})),
    )
}  # fmt: skip


@pytest.mark.parametrize("rule", ["phragmen", "equal-shares", "equal-shares/utilitarian", "equal-shares/add1u"])
@pytest.mark.parametrize("settings", [{}, COMPARED, {"pre_funded": ["c"], "leftover": "next"}, {"withdrawn": ["a"]}])
def test_nothing_fails_in_what_was_not_forged(rule: str, settings: Settings) -> None:
    if rule == "phragmen" and "comparison" in settings:
        return
    report = verified(forged(rule, settings, settings, nothing_more))
    assert report["exit"] == 8, report


@pytest.mark.parametrize("name", FORGED)
def test_check_15_finds_what_no_plan_allows(name: str) -> None:
    code, make = FORGED[name]
    report = verified(make())
    assert (report["exit"], first_code(report)) == (5, code)
    assert [number for number, status in statuses(report).items() if status == "FAIL"] == [15]


@pytest.mark.parametrize(("longest", "status"), [(b"0", "FAIL"), (b"1", "PASS"), (b"2", "PASS")])
def test_a_hand_count_has_no_more_votes_than_its_ballots_can_carry(longest: bytes, status: str) -> None:
    """Nine votes on nine ballots."""
    report = verified(by_hand("round.json", b'"max_length":null', b'"max_length":' + longest))
    assert statuses(report)[6] == status
    assert status == "PASS" or first_code(report) == "E606"
