"""Totals without ballots: figures that no ballots could give fail in check 15, with the number of the page's condition."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice
from typing import Any

import pytest

from borgerbudget import Proposal, make_election
from borgerbudget.election import Election
from borgerbudget.errors import InputRejected
from tallies import TieMatters, count, make_plan
from tallies.audit.archive import pack
from tallies.rules import RULES
from tests.agree_second import NAMES, Bundle, bundle_of
from tests.histories import document, lines, relisted, written, written_lines
from tests.small import random_case, random_village_case
from tests.test_audit_checks import first_code, statuses, verified

Line = dict[str, Any]
Change = Callable[[Line, list[Line]], object]
COSTS = {"a": 30, "b": 40, "c": 20, "d": 90}
BALLOTS = [["a", "b"]] * 4 + [["a", "c"]] * 3 + [["b"]] * 2 + [["d"]] * 2


def village(times: int, method: str = "approval") -> Election:
    """A pool of 100 and eleven ballots: seven for a, six for b, three for c, two for d.  Money in ``times`` øre."""
    proposals = [Proposal(name, cost * times) for name, cost in COSTS.items()]
    ballots: Any = BALLOTS if method == "approval" else [dict.fromkeys(ballot, 2) for ballot in BALLOTS]
    return make_election(100 * times, proposals, ballots, method, round="r")


def told(plan: str, settings: dict[str, Any], change: Change, times: int = 1, method: str = "approval") -> bytes:
    """A bundle whose steps were changed, and all that follows from them with it: numbers, sums, reasons, near misses."""
    election = village(times, method)
    found = bundle_of(count(election, make_plan(plan, election, settings, ("refuse",))), "totals")
    header, *steps = lines(found, "trace.jsonl")
    change(header, steps)
    result = document(found, "result.json")
    follow(header, steps, result)
    totals = "".join("{proposal}\t{supporters}\t{score}\n".format(**row) for row in header["proposals"]).encode()
    changed = {"trace.jsonl": written_lines([header, *steps]), "result.json": written(result), "totals.tsv": totals}
    return pack(relisted({**found, **changed}))


def follow(header: Line, steps: list[Line], result: Line) -> None:
    outcome, pool, start = result["outcome"], header["pool"], {}
    start = {row["proposal"]: row["out"] or "after-stop" for row in header["proposals"]}
    cost = {row["proposal"]: row.get("ask", row["cost"]) for row in header["proposals"]}
    funded: list[Line] = []
    reasons, missing = dict(start), dict[str, int]()
    endowment = None
    if header["plan"]["rule"] == "equal-shares" and header["ballots"]["valid"]:
        share = Fraction(pool, Fraction(header["ballots"]["valid"]))
        endowment = f"{share.numerator}/{share.denominator}"
    for number, step in enumerate(steps, 1):
        step["step"] = number
        if step["kind"] == "funded":
            funded.append({"proposal": step["proposal"], "amount": step["amount"], "step": number})
        if step.get("taken") == "greedy":
            funded, reasons, missing, endowment = [], dict(start), {}, None
        if "left" in step:
            step["left"] = pool - sum(award["amount"] for award in funded)
        for name in [step["proposal"]] if step["kind"] == "skipped" else step.get("over", []):
            reasons[name] = step.get("because", "does-not-fit")
            if "because" not in step:
                missing[name] = cost[name] - step["left"]
        if step["kind"] == "unaffordable":
            reasons[step["proposal"]] = "unaffordable"
        endowment = step.get("endowment", endowment)
    outcome["funded"], outcome["endowment"], outcome["ballots"] = funded, endowment, header["ballots"]
    outcome["spent"] = sum(award["amount"] for award in funded)
    result["left"] = pool - outcome["spent"]
    lost = [name for name in cost if name not in [award["proposal"] for award in funded]]
    outcome["not_funded"] = [{"proposal": name, "reason": reasons[name]} for name in lost]
    result["near_misses"] = [
        {"proposal": name, "reason": reasons[name], "missing": missing[name]}
        for name in lost
        if missing.get(name, 0) > 0
    ]
    if "leftover" in outcome:
        outcome["leftover"]["amount"] = result["left"]


def step(kind: str, proposal: str, phase: str = "rule", **more: Any) -> Line:
    return {"kind": kind, "phase": phase, "proposal": proposal, "left": 0, **more}


def buys(proposal: str, phase: str = "rule", times: int = 1) -> Line:
    return step("funded", proposal, phase, amount=COSTS[proposal] * times)


def without(proposal: str, place: int, *more: Line) -> Change:
    """The proposal's first step is gone, and others stand at a place of what is left."""

    def change(header: Line, steps: list[Line]) -> None:
        steps.remove(next(one for one in steps if one.get("proposal") == proposal))
        steps[place:place] = [dict(one) for one in more]

    return change


def at(place: int, **values: Any) -> Change:
    return lambda header, steps: steps[place].update(values)


def put(place: int, *more: Line) -> Change:
    return lambda header, steps: steps.__setitem__(slice(place, place), [dict(one) for one in more])


def cut(*places: int) -> Change:
    return lambda header, steps: [steps.pop(place) for place in sorted(places, reverse=True)]


def swapped(one: int, other: int) -> Change:
    return lambda header, steps: steps.__setitem__(slice(None), [
        steps[{one: other, other: one}.get(place, place)] for place in range(len(steps))
    ])  # fmt: skip


def row(place: int, **values: Any) -> Change:
    return lambda header, steps: header["proposals"][place].update(values)


def valid(number: int) -> Change:
    return lambda header, steps: header["ballots"].update(valid=number)


def kind(place: int, word: str, **more: Any) -> Change:
    """Another kind of step there, with what else it says."""
    return lambda header, steps: steps[place].update(kind=word, **more)


def bare(place: int, key: str) -> Change:
    return lambda header, steps: steps[place].pop(key)


SITE = {"constraints": [{"kind": "one-of", "proposals": ["a", "b"]}]}
QUOTA = {"constraints": [{"kind": "at-most", "proposals": ["a", "c"], "amount": "0.40"}]}
COMPARED = {"comparison": "satisfaction"}
NEXT = {"leftover": "next"}
ADD1, ADD1E, ADD1U = (f"equal-shares/{one}" for one in ("add1", "add1e", "add1u"))
TURNED = "equal-shares/utilitarian"
OUT = {"kind": "skipped", "because": "excluded"}

Case = tuple[int, str, dict[str, Any], Change] | tuple[int, str, dict[str, Any], Change, int, str]
CASES: dict[str, Case] = {
    "more supporters than ballots": (1, "equal-shares", {}, valid(6)),
    "more supporters than ballots, phragmen": (1, "phragmen", {}, valid(5)),
    "more supporters than ballots, greedy": (1, "greedy", {}, valid(6)),
    "more supporters than ballots, stopping": (1, "greedy-stop", {}, valid(1)),
    "an approval that counts twice": (1, "phragmen", {}, row(0, score=14)),
    "a point for two supporters": (1, "equal-shares", {}, row(0, score=8, supporters=9), 1, "points"),
    "points of nobody": (1, "equal-shares", {}, row(3, score=0), 1, "points"),
    "void purchases above the pool": (2, "equal-shares", COMPARED, without("d", 1, buys("d"))),
    "three void purchases above it": (
        2, "equal-shares", COMPARED, lambda h, s: s.__setitem__(slice(1, 4), [buys("b"), buys("c"), buys("d")])),
    "two void purchases above it": (2, "equal-shares", COMPARED, lambda h, s: s.__setitem__(
        slice(1, 4), [buys("c"), buys("d"), step("unaffordable", "b")])),
    "two others above it": (2, "equal-shares", COMPARED, lambda h, s: s.__setitem__(
        slice(1, 4), [buys("b"), buys("d"), step("unaffordable", "c")])),
    "void purchases of another village above it": (
        2, "equal-shares", COMPARED, without("d", 1, buys("d", times=7)), 7, "approval"),
    "a rival is bought": (3, "equal-shares", SITE, without("b", 1, buys("b"))),
    "a rival is bought by phragmen": (3, "phragmen", SITE, without("b", 1, buys("b"))),
    "a rival is bought before a completion": (3, TURNED, SITE, without("b", 1, buys("b"))),
    "bought above a quota": (3, "equal-shares", QUOTA, without("c", 1, buys("c"))),
    "bought above a quota by phragmen": (3, "phragmen", QUOTA, without("c", 1, buys("c"))),
    "a price above its supporters' money": (4, "equal-shares", {}, lambda h, s: s.__setitem__(
        slice(None), [buys("d"), *(step("unaffordable", one) for one in "abc")])),
    "a price above it before a completion": (4, TURNED, {}, lambda h, s: s.__setitem__(
        slice(None), [buys("d"), *(step("unaffordable", one) for one in "abc"),
        *(step("skipped", one, "completion") for one in "abc")])),
    "all ballots' money is less": (4, ADD1E, {"increment": "1/2"}, lambda h, s: (
        s.__setitem__(slice(None), [*(buys(one, times=7) for one in "abc"), step("unaffordable", "d"), s[-1]]),
        s[-1].update(kept=1, endowment="50/1", reason="exhaustive")), 7, "approval"),
    "unaffordable with money enough": (4, "equal-shares", {}, lambda h, s: s.__setitem__(
        slice(None), [step("unaffordable", one) for one in "abcd"])),
    "unaffordable in points": (4, "equal-shares", {}, lambda h, s: s.__setitem__(
        slice(None), [step("unaffordable", one) for one in "abcd"]), 1, "points"),
    "another is cheaper for phragmen": (5, "phragmen", {}, swapped(0, 1)),
    "the dearest first": (5, "phragmen", {}, swapped(0, 2)),
    "another has more supporters": (5, "equal-shares", {}, lambda h, s: s.__setitem__(
        slice(None), [buys("b"), *(step("unaffordable", one) for one in "acd")])),
    "another is cheaper for each of its supporters": (5, "equal-shares", {"utility": "count"}, lambda h, s: s.__setitem__(
        slice(None), [buys("c"), *(step("unaffordable", one) for one in "abd")])),
    "another has more supporters before a completion": (5, TURNED, {}, lambda h, s: s.__setitem__(
        slice(None), [buys("c"), *(step("unaffordable", one) for one in "abd"),
        buys("a", "completion"), buys("b", "completion"), step("skipped", "d", "completion")])),
    "one is not told of": (6, "equal-shares", {}, cut(3)),
    "nobody is told of": (6, "equal-shares", {}, cut(1, 2, 3)),
    "not by id": (6, "equal-shares", {}, swapped(1, 2)),
    "told twice": (6, "equal-shares", {}, put(4, step("unaffordable", "d"))),
    "barred without a table": (6, "equal-shares", {}, kind(1, **{"word": "skipped", "because": "excluded"})),
    "barred for another reason": (6, "equal-shares", SITE, at(1, because="over-quota")),
    "barred for a reason of no kind": (6, "equal-shares", SITE, at(1, because="earmarked")),
    "barred for no reason": (6, "equal-shares", SITE, bare(1, "because")),
    "barred and yet unaffordable": (6, "equal-shares", SITE, kind(1, "unaffordable")),
    "unaffordable and skipped": (6, "equal-shares", SITE, kind(2, "skipped")),
    "stopped twice": (6, "phragmen", {}, lambda h, s: s.append(dict(s[-1]))),
    "never stopped": (6, "phragmen", {}, cut(3)),
    "stopped by what fits": (6, "phragmen", {}, lambda h, s: (s.pop(2), s[2].update(over=["c", "d"]))),
    "stopped by what was bought": (6, "phragmen", {}, lambda h, s: s[3].update(over=["b", "d"])),
    "stopped by one twice": (6, "phragmen", {}, lambda h, s: s[3].update(over=["d", "d"])),
    "stopped by one that is barred": (6, "phragmen", SITE, lambda h, s: s[2].update(over=["b", "d"])),
    "phragmen bars without a table": (6, "phragmen", {}, put(4, step("skipped", "d", because="excluded"))),
    "phragmen does not tell who is barred": (6, "phragmen", SITE, cut(3)),
    "kept is broken": (7, ADD1, {}, at(-1, kept=-1), 100, "approval"),
    "kept is a text": (7, ADD1, {}, at(-1, kept="1"), 100, "approval"),
    "kept is missing": (7, ADD1, {}, bare(-1, "kept"), 100, "approval"),
    "kept is another": (7, ADD1, {}, at(-1, kept=9), 100, "approval"),
    "the endowment is another": (7, ADD1, {}, at(-1, endowment="1001/1"), 100, "approval"),
    "kept from another start": (7, ADD1, {"start": "exact"}, at(-1, endowment="900/1", kept=0), 100, "approval"),
    "no reason": (7, ADD1, {}, bare(-1, "reason"), 100, "approval"),
    "all funded, they say": (7, ADD1, {}, at(-1, reason="all-funded"), 100, "approval"),
    "exhaustive, says one that never is": (7, ADD1, {}, at(-1, reason="exhaustive"), 100, "approval"),
    "exhaustive, with one that fits": (7, ADD1E, {}, lambda h, s: (
        s.__setitem__(slice(None), [buys("a", times=100), *(step("unaffordable", one) for one in "bcd"), s[-1]]),
        s[-1].update(reason="exhaustive")), 100, "approval"),
    "more money could not cost more": (7, ADD1, {}, lambda h, s: (
        s.__setitem__(slice(None), [*(step("unaffordable", one) for one in "abcd"), s[-1]]),
        s[-1].update(kept=0, endowment="0/1", reason="over-pool")), 7, "approval"),
    "one gets no turn": (8, TURNED, {}, cut(6)),
    "one has two turns": (8, TURNED, {}, put(7, step("skipped", "d", "completion"))),
    "nobody has a turn": (8, TURNED, {}, cut(4, 5, 6)),
    "turns against the score": (8, TURNED, {}, swapped(4, 5)),
    "one that fits is skipped": (8, TURNED, {}, lambda h, s: (s[5].pop("amount"), s[5].update(kind="skipped"))),
    "a turn is barred without a table": (8, TURNED, {}, at(6, because="excluded")),
    "a rival has its turn": (8, TURNED, SITE, lambda h, s: (s[4].pop("because"), s[4].update(kind="funded", amount=40))),
    "a rival does not fit": (8, TURNED, SITE, bare(4, "because")),
    "greedy skips one that fits": (8, "equal-shares", COMPARED, lambda h, s: (
        s[7].pop("amount"), s[7].update(kind="skipped"))),
    "greedy forgets one": (8, "equal-shares", COMPARED, cut(8)),
    "greedy goes against the score": (8, "equal-shares", COMPARED, swapped(5, 6)),
    "leftover forgets one": (8, "phragmen", NEXT, cut(4)),
    "leftover gives what fits not a thing": (8, "equal-shares", NEXT, lambda h, s: (
        s[5].pop("amount"), s[5].update(kind="skipped"))),
    "a share above the supporters' shares": (9, "everyones-share", {}, lambda h, s: (
        s[-1].update(amount=s[-1]["amount"] + 2), s[1].update(amount=s[1]["amount"] - 2)), 1, "points"),
    "a share of no whole units": (9, "everyones-share", {"unit": "0.02"}, lambda h, s: (
        s[0].update(amount=s[0]["amount"] - 1)), 1, "points"),
    "a share for nobody to see": (9, "everyones-share", {}, cut(3), 1, "points"),
    "shares against the score": (9, "everyones-share", {}, swapped(0, 1), 1, "points"),
    "left out for no reason": (9, "everyones-share", {}, lambda h, s: s.insert(0, step("skipped", s.pop()["proposal"])),
        1, "points"),
    "stopped": (9, "everyones-share", {}, lambda h, s: s.append({
        "kind": "stopped", "phase": "rule", "over": [s.pop()["proposal"]], "left": 0}), 1, "points"),
}  # fmt: skip


def made(name: str) -> bytes:
    _, *case = CASES[name]
    return told(*case)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", CASES)
def test_what_no_ballots_could_give_is_found(name: str) -> None:
    report = verified(made(name))
    assert [number for number, status in statuses(report).items() if status == "FAIL"] == [15], report
    sentence = next(check["en"] for check in report["checks"] if check["number"] == 15)
    assert (first_code(report), sentence[-3]) == ("E1508", str(CASES[name][0])), sentence


@pytest.mark.parametrize("method", ["approval", "points"])
@pytest.mark.parametrize("times", [1, 7, 100])
@pytest.mark.parametrize("plan", ["greedy", "equal-shares", TURNED, ADD1, ADD1E, ADD1U, "phragmen", "everyones-share"])
def test_nothing_is_found_where_nothing_was_changed(plan: str, times: int, method: str) -> None:
    if method not in RULES[plan.partition("/")[0]].methods:
        return
    for settings in ({}, NEXT):
        assert verified(told(plan, settings, lambda header, steps: None, times, method))["exit"] == 8


def honest(seed: int) -> Iterator[Bundle]:
    """Random small rounds in tier totals, most of them of the rules that totals cannot repeat; without end."""
    rules, number = [*RULES, *["equal-shares"] * 12, *["phragmen"] * 6, *["everyones-share"] * 3], 0
    while True:
        rng = random.Random(f"honest/{seed}/{number}")
        rule = rules[number % len(rules)]
        case = random_case(rng, names=NAMES) if number % 5 == 0 else random_village_case(rng, rule, NAMES)
        number += 1
        try:
            yield Bundle(case, pack(bundle_of(count(case.election, case.plan), "totals")))
        except (InputRejected, TieMatters):
            continue


def test_every_honest_count_passes() -> None:
    seen = set()
    for bundle in islice(honest(0), 600):
        report = verified(bundle.data)
        assert report["exit"] == 8, (bundle.case.name, bundle.case.settings, report)
        seen.add(bundle.case.name.partition("/")[0])
    assert seen == set(RULES)
