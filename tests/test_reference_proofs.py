"""What the reference must not accept: traces that are wrong in one well-chosen place, and the edges of its rules.

Each of these was written because a mutant of ``tallies/verify.py`` had survived (docs/mutation.md)."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tallies import verify
from tests.test_reference_program import complaint
from tests.test_verify import BIKE, counted, funded, pabulib, profile

Lines = list[dict[str, Any]]

BACK_AND_FORTH = [
    (40, {"a": 14, "b": 20, "c": 9, "d": 7, "e": 9}, ["a,c,d", "a,b,d", "b,c"], "cost", "1/3"),
    (24, {"a": 10, "b": 14, "c": 10}, ["a,c", "a", "a,b,c", "b,c", "b", ""], "cost", "1/3"),
    (40, {"a": 15, "b": 20, "c": 2, "d": 9}, ["c,d", "a,b,c", "c,d", "", "a,c,d", "b,c"], "cost", "1/3"),
    (34, {"a": 15, "b": 5, "c": 15, "d": 20, "e": 9}, ["c,d,e", "a,b,e", "a,b,d"], "cost", "1/2"),
    (40, {"a": 3, "b": 14, "c": 18, "d": 4, "e": 4}, ["c", "b,c,d", "b,d,e", "a,c,d,e"], "count", "1/3"),
    (48, {"a": 19, "b": 15, "c": 7, "d": 14}, ["b,c,d", "c", "a,b,d", "a,d"], "cost", "1/2"),
]
"""Rounds whose runs buy one set, then another, then the first again as the endowment grows."""

TOO_DEAR = 10**6


def trace_of(lines: Lines) -> bytes:
    return b"".join(map(verify.canonical, lines))


def refusal(data: bytes, lines: Lines) -> str:
    """Why the replay refuses these lines."""
    error = complaint(lambda: verify.check(verify.read_input(data), trace_of(lines)))
    assert isinstance(error, verify.CheckFailed)
    return f"{error.code} {error.english}"


def lines_of(data: bytes, name: str, ties: str = "cheapest,lot", **settings: Any) -> Lines:
    ids = ",".join(proposal.id for proposal in verify.read_input(data).proposals)
    lines = counted(data, name, ties, ids if ties.endswith("lot") else None, **settings).lines
    copied: Lines = json.loads(json.dumps(lines))
    return copied


# -- the table of add1


def table_of(case: int) -> tuple[bytes, Lines, list[int]]:
    """A round that goes back and forth, its trace, and which lines are intervals."""
    pool, costs, votes, utility, increment = BACK_AND_FORTH[case]
    data = pabulib(pool, costs, votes)
    lines = lines_of(data, "equal-shares/add1", utility=utility, increment=increment)
    return data, lines, [place for place, line in enumerate(lines) if line["kind"] == "interval"]


@pytest.mark.parametrize("case", range(len(BACK_AND_FORTH)))
def test_a_table_that_leaves_out_what_lies_between_is_refused(case: int) -> None:
    data, lines, places = table_of(case)
    merged = 0
    for before, after in zip(places, places[2:], strict=False):
        if lines[before]["funded"] == lines[after]["funded"]:
            merged += 1
            longer = {**lines[before], "to": lines[after]["to"]}
            said = refusal(data, [*lines[:before], longer, *lines[after + 1 :]])
            assert said.startswith(f"E1405 Line {before + 1}: the run at k = ")
    assert merged


@pytest.mark.parametrize("case", range(len(BACK_AND_FORTH)))
def test_a_table_with_a_border_one_step_off_is_refused(case: int) -> None:
    data, lines, places = table_of(case)
    for place in places[:-1]:
        for step in (-1, 1):
            moved = [dict(line) for line in lines]
            moved[place]["to"] += step
            moved[place + 1]["from"] += step
            assert refusal(data, moved).startswith("E1405 Line ")


@pytest.mark.parametrize("case", range(len(BACK_AND_FORTH)))
def test_the_search_finds_what_every_single_run_finds(case: int) -> None:
    data, lines, _ = table_of(case)
    verify.recount(verify.read_input(data), trace_of(lines), slow=True)


def test_a_table_must_give_each_set_one_interval_and_end_in_time() -> None:
    data, lines, places = table_of(0)
    first, last = places[0], places[-1]
    halves = [{**lines[first], "to": 0}, {**lines[first], "from": 1}]
    said = refusal(data, [*lines[:first], *halves, *lines[first + 1 :]])
    assert said == "E1405 Line 3: the interval is not maximal."
    k = lines[last]["from"]
    said = refusal(data, [*lines[:last], {**lines[last], "to": k + 1}, *lines[last + 1 :]])
    assert said == f"E1405 Line {last + 1}: the search ends at k = {k}."
    said = refusal(data, [*lines[:first], {**lines[first], "spent": 1}, *lines[first + 1 :]])
    assert said == "E1405 Line 2: spent is not right."


def test_a_table_breaks_its_ties_as_the_plan_does() -> None:
    data = pabulib(10, {"a": 6, "b": 6}, ["a,b", "a,b"])
    lines = lines_of(data, "equal-shares/add1")
    assert lines[1]["funded"] == ["a"]
    lines[1]["funded"] = ["b"]
    assert refusal(data, lines) == "E1405 Line 2: the run at k = 0 buys something else."


# -- purchases


def test_a_trace_must_say_why_each_proposal_stays_without() -> None:
    data = pabulib(10, {"a": 5, "b": 9}, ["a", "b"])
    lines = lines_of(data, "equal-shares")
    assert [line["kind"] for line in lines] == ["header", "funded", "unaffordable"]
    assert refusal(data, lines[:-1]) == "E1411 Line 3: the trace ends too early."


def test_what_can_just_be_afforded_is_not_left_out() -> None:
    data = pabulib(10, {"a": 5, "b": 5}, ["a", "b"])
    lines = lines_of(data, "equal-shares")
    assert [line["proposal"] for line in lines[1:]] == ["a", "b"]
    left_out = {
        "kind": "unaffordable", "phase": "rule", "step": 2, "proposal": "b", "left": 500, "value": "500/1",
    }  # fmt: skip
    assert refusal(data, [*lines[:2], left_out]) == "E1412 Line 3 (step 2): b can be afforded."


def test_a_rival_whose_last_money_is_just_enough_comes_first() -> None:
    # Each voter has 5.  a: 5 = 2 rho, so rho = 5/2; b: 5 = rho.  At rho = 5 a's voter pays all she has, and not in full.
    data = pabulib(10, {"a": 5, "b": 5}, ["a;2", "b;1"], "cumulative", points=True)
    lines = lines_of(data, "equal-shares")
    assert [line["proposal"] for line in lines[1:]] == ["a", "b"]
    swapped = [lines[0], {**lines[2], "step": 1, "left": 500}, {**lines[1], "step": 2, "left": 0}]
    assert refusal(data, swapped) == "E1408 Line 2 (step 1): a can be bought at a smaller rho."


def test_a_tie_decided_the_other_way_is_refused() -> None:
    data = pabulib(10, {"a": 5, "b": 5}, ["a", "b"])
    lines = lines_of(data, "equal-shares")
    lines[1]["proposal"] = "b"
    assert refusal(data, lines) == "E1409 Line 2 (step 1): a goes before it in the tie."


def test_the_line_that_ends_the_search_is_proved() -> None:
    data, lines, _ = table_of(0)
    place = next(place for place, line in enumerate(lines) if line["kind"] == "endowment-stopped")
    lines[place]["kept"] += 1
    assert refusal(data, lines).startswith("E1412 Line ")


def late(patch: pytest.MonkeyPatch, index: int, purchases: int) -> None:
    """From here on the count finds one proposal far too dear until so many purchases have been made."""
    honest: Callable[[verify.Purses, int], Fraction | None] = verify.Purses.solve

    def solve(purses: verify.Purses, asked: int) -> Fraction | None:
        rho = honest(purses, asked)
        early = len(purses.denominators) - 1 < purchases
        return rho * TOO_DEAR if rho is not None and asked == index and early else rho

    patch.setattr(verify.Purses, "solve", solve)


@pytest.mark.parametrize("seed", range(12))
def test_a_proposal_bought_too_late_is_refused(seed: int) -> None:
    """Whatever the replay skips because it cannot be cheaper yet must be looked at again in time."""
    chance = random.Random(f"late {seed}")
    names = "abcdef"
    costs = {name: chance.randint(3, 12) for name in names}
    points = [
        (",".join(names), ",".join(str(chance.randint(0, 5)) for _ in names)) for _ in range(chance.randint(4, 6))
    ]
    data = pabulib(40, costs, [f"{ids};{marks}" for ids, marks in points], "cumulative", points=True)
    honest = lines_of(data, "equal-shares")
    refused = 0
    for index in range(len(names)):
        for purchases in (1, 2, 3, 4):
            with pytest.MonkeyPatch.context() as patch:
                late(patch, index, purchases)
                wrong = lines_of(data, "equal-shares")
            pairs = zip(honest, wrong, strict=True)
            place = next((place for place, (line, other) in enumerate(pairs) if line != other), None)
            if place is None or Fraction(wrong[place]["value"]) >= TOO_DEAR:
                continue  # in time after all; or nothing else was left, and the lie itself stands there
            assert f" Line {place + 1} (" in refusal(data, wrong)
            refused += 1
    assert refused


@pytest.mark.parametrize(
    ("costs", "votes", "utility", "index", "purchases", "said"),
    [
        (
            {"a": 5, "b": 10, "c": 12, "d": 7, "e": 12, "f": 2, "g": 3, "h": 7},
            ["b,c,d,g,h", "b,d,f,g,h", "a,b,e,h", "c,d,e", "a,b,e,g"],
            "count", 1, 6, "Line 7 (step 6): b",
        ),
        (
            {"a": 5, "b": 3, "c": 5, "d": 8, "e": 5, "f": 6, "g": 8, "h": 12},
            ["b,c,d,e,g", "d,e", "b,d,e,h", "c,d,e,g,h", "c,d,g", "a,c,e,g,h", "a,b,g,h"],
            "cost", 7, 4, "Line 6 (step 5): h",
        ),
    ],
)  # fmt: skip
def test_a_rival_put_aside_is_looked_at_again_in_time(
    costs: dict[str, int], votes: list[str], utility: str, index: int, purchases: int, said: str
) -> None:
    data = pabulib(50, costs, votes)
    with pytest.MonkeyPatch.context() as patch:
        late(patch, index, purchases)
        wrong = lines_of(data, "equal-shares", utility=utility)
    assert refusal(data, wrong) == f"E1408 {said} can be bought at a smaller rho."


# -- ties


def test_an_early_tie_matters_although_a_later_one_does_not() -> None:
    # Either a or b is funded; then c and d tie, and neither fits.
    data = pabulib(10, {"a": 6, "b": 6, "c": 5, "d": 5}, ["a,b", "a,b", "a,b,c,d"])
    with pytest.raises(verify.TieMatters) as caught:
        counted(data, "greedy", "refuse")
    assert (caught.value.document["step"], caught.value.document["tied"]) == (1, ["a", "b"])


def test_all_that_fit_are_not_followed_in_every_order() -> None:
    data = pabulib(70, dict.fromkeys("abcdefg", 10), ["a,b,c,d,e,f,g"])
    assert funded(data, "greedy", ties="refuse") == list("abcdefg")  # 7! orders would be too many


def test_as_many_branches_are_followed_as_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pabulib(30, dict.fromkeys("abc", 10), ["a", "b", "c"])
    monkeypatch.setattr(verify, "MOST_BRANCHES", 6)
    assert len(funded(data, "equal-shares")) == 3  # 3! orders
    monkeypatch.setattr(verify, "MOST_BRANCHES", 5)
    error = complaint(lambda: counted(data, "equal-shares"))
    assert isinstance(error, verify.TieMatters)
    assert error.document["reason"] == "too-many"
    assert (error.document["step"], error.document["tied"]) == (1, ["a", "b", "c"])


def test_an_open_tie_of_a_run_names_the_run() -> None:
    data = pabulib(10, {"a": 6, "b": 6}, ["a,b", "a,b"])
    error = complaint(lambda: counted(data, "equal-shares/add1", "refuse"))
    assert isinstance(error, verify.TieMatters)
    assert error.document["run"] == 0


@pytest.mark.parametrize("slow", [False, True])
@pytest.mark.parametrize(
    ("data", "ties", "utility", "increment", "run", "step", "tied"),
    [
        (pabulib(14, {"a": 9, "b": 2, "c": 4}, ["b", "a,b,c", ""]), "most-votes,refuse", "cost", "1/2", 12, 2, "ac"),
        (
            pabulib(47, {"a": 2, "b": 4, "c": 16, "d": 20, "e": 10}, ["a,b", "c,d,e", "b,c,d"]),
            "refuse", "count", "1/5", 25, 4, "de",
        ),
    ],
)  # fmt: skip
def test_an_open_tie_of_a_later_run_names_that_run(
    data: bytes, ties: str, utility: str, increment: str, run: int, step: int, tied: str, slow: bool
) -> None:
    election = verify.read_input(data)
    settings: dict[str, Any] = {"utility": utility, "increment": increment}
    plan = verify.make_plan(election, "equal-shares/add1", settings, ties.split(","))
    with pytest.raises(verify.TieMatters) as caught:
        verify.count(election, plan, slow)
    told = caught.value.document
    assert (told["run"], told["step"], told["tied"]) == (run, step, list(tied))


def open_order(names: str) -> verify.Order:
    data = pabulib(10, dict.fromkeys(names, 6), [",".join(names)])
    election = verify.read_input(data)
    return verify.Order(verify.Contest(election, verify.make_plan(election, "greedy", {}, ["refuse"])))


@pytest.mark.parametrize("pairs", [((1, 2), (0, 1)), ((0, 1), (1, 2))])
def test_what_follows_from_ties_already_broken_is_not_open_again(pairs: tuple[tuple[int, int], ...]) -> None:
    order = open_order("abc")
    for pair in pairs:
        assert order.choose(pair, 1) == (min(pair), "no-difference")
    assert order.beats(0, 2)
    assert not order.beats(2, 0)
    order.choose((0, 2), 1)
    assert len(order.path) == 2


def test_an_open_tie_is_won_by_nobody() -> None:
    order = open_order("ab")
    assert not order.beats(0, 1)
    assert not order.beats(1, 0)


def test_a_tie_that_a_criterion_decides_is_won_by_one() -> None:
    election = verify.read_input(pabulib(10, {"a": 6, "b": 5}, ["a,b"]))
    order = verify.Order(verify.Contest(election, verify.make_plan(election, "greedy", {}, ["cheapest", "refuse"])))
    assert order.beats(1, 0)
    assert not order.beats(0, 1)


def test_a_tie_said_to_make_no_difference_is_followed() -> None:
    data = pabulib(10, {"a": 6, "b": 6}, ["a,b"])
    lines = lines_of(data, "greedy", "lot")
    lines[0]["plan"]["ties"], lines[0]["lot"] = ["refuse"], None
    for line in lines[1:]:
        if line["decided_by"] == "lot":
            line["decided_by"] = "no-difference"
    assert refusal(data, lines).startswith("E1413 ")


# -- rules, plans and lots


def test_greedy_80_leaves_out_what_costs_more_than_five_fourths_of_the_pool() -> None:
    data = pabulib(100, {"a": 126, "b": 100}, ["a", "a", "b"])
    assert funded(data, "greedy-80") == ["b"]
    data = pabulib(100, {"a": 125, "b": 100}, ["a", "a", "b"])
    assert funded(data, "greedy-80") == ["a"]


def test_a_comparison_counts_people_not_parts_of_them() -> None:
    # Greedy funds a alone, which 3/2 voters like; equal shares funds b and c, which 1/2 + 1/2 voters like.
    data = profile("approval", 12, {"a": 11, "b": 2, "c": 2}, ["3/2\ta", "1/2\tb", "1/2\tc"])
    result = counted(data, "equal-shares", comparison="satisfaction")
    line = next(line for line in result.lines if line["kind"] == "comparison")
    assert (line["for_greedy"], line["for_equal_shares"], line["taken"]) == ("3/2", 1, "greedy")
    assert [entry["proposal"] for entry in result.outcome["funded"]] == ["a"]


@pytest.mark.parametrize(
    ("rule", "plan"),
    [
        ("greedy", {"rule": "greedy", "threshold": None}),
        ("greedy-threshold", {"rule": "greedy", "threshold": 2}),
        ("greedy-no-skip", {"rule": "greedy-stop"}),
        ("equalshares/add1", {"rule": "equal-shares", "completion": "add1", "comparison": "none"}),
        ("equalshares/add1-comparison", {"rule": "equal-shares", "completion": "add1", "comparison": "satisfaction"}),
    ],
)
def test_the_rule_a_file_declares_is_counted(rule: str, plan: dict[str, Any]) -> None:
    threshold = f"min_project_score_threshold;{plan['threshold']}\n" if plan.get("threshold") else ""
    data = pabulib(10, {"a": 5, "b": 6}, ["a,b", "a"], meta=f"rule;{rule}\n{threshold}")
    document = counted(data, "declared").outcome["plan"]
    assert {key: document[key] for key in plan} == plan


def test_dice_order_the_proposals_by_their_hashes() -> None:
    election = verify.read_input(BIKE)
    lot = verify.lot_from_dice(election, "314")
    head = f"bb/lot/1\n{election.round}\n{election.ballots_root()}\n314\n"
    ids = [proposal.id for proposal in election.proposals]
    assert list(lot.order) == sorted(ids, key=lambda name: hashlib.sha256((head + name).encode()).hexdigest())
    assert lot.document() == {"order": list(lot.order), "dice": "314", "round": election.round}


def test_a_trace_whose_lot_comes_from_dice_is_proved_from_the_dice() -> None:
    election = verify.read_input(BIKE)
    lot = verify.lot_from_dice(election, "314")
    lines: Lines = json.loads(json.dumps(counted(BIKE, "greedy", "lot", lot).lines))
    assert verify.check(election, trace_of(lines)).at == len(lines)
    lines[0]["lot"]["order"].reverse()
    assert refusal(BIKE, lines) == "E1404 Line 1: E215 the lot gives another order."


# -- rounds at the edges


def test_names_of_proposals_may_look_like_other_things() -> None:
    data = pabulib(20, {"votes": 5, "a b": 6, "a:b": 7}, ["votes,a b", "a:b"])
    assert set(funded(data, "greedy")) == {"votes", "a b", "a:b"}
    data = profile("points", 20, {"a b": 5, "a:b": 6}, ["1\ta b:2,a:b:3"])
    values = {line["proposal"]: line["value"] for line in counted(data, "greedy").lines[1:]}
    assert values == {"a b": "2/1", "a:b": "3/1"}


def test_what_the_head_of_a_file_says_counts_only_where_it_belongs() -> None:
    election = verify.read_input(pabulib(10, {"a": 5}, ["a"], meta="note\nmax_sum_cost\ndefault_score;x\n"))
    assert (election.method, election.default_score) == ("approval", 0)
    assert verify.read_input(pabulib(10, {"a": 5}, ["a"], meta="max_sum_cost;7\n")).method == "knapsack"
    data = pabulib(10, {"a": 5}, ["a;1"], "scoring", meta="max_sum_cost;7\n", points=True)
    assert verify.read_input(data).method == "scoring"
    data = pabulib(10, {"a": 5}, ["a;1"], "scoring", meta="default_score;x\n", points=True)
    assert complaint(lambda: verify.read_input(data)).english.startswith("META default_score: ")


def test_a_row_may_end_before_the_points() -> None:
    data = pabulib(10, {"a": 5}, ["a;1", ""], "cumulative", points=True)
    assert counted(data, "greedy").outcome["ballots"]["blank"] == 1


def test_points_of_a_repeat_of_nought_and_below_are_read_as_the_format_says() -> None:
    data = pabulib(10, {"a": 5, "b": 6}, ["a,a;3,1", "b;0", "b;-1"], "cumulative", points=True)
    result = counted(data, "greedy")
    assert [(line["proposal"], line["value"]) for line in result.lines[1:]] == [("a", "3/1")]
    assert result.outcome["ballots"]["blank"] == 2


def test_a_file_may_be_as_large_as_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "round.pb"
    path.write_bytes(BIKE + b"\n")
    monkeypatch.setattr(verify, "LARGEST_FILE", len(BIKE) + 1)
    assert verify.main(["count", str(path)]) == 0
    monkeypatch.setattr(verify, "LARGEST_FILE", len(BIKE))
    assert verify.main(["count", str(path)]) == 3
    error = complaint(lambda: verify.read_input(BIKE + b"\n"))
    assert (error.code, error.danish) == ("E301", "Filen er for stor.")
    assert error.english == "The file is too large."


def test_a_trace_nested_too_deeply_is_refused() -> None:
    error = complaint(lambda: verify.check(verify.read_input(BIKE), b"[" * 200_000 + b"\n"))
    assert error.english == "Line 1: nested too deeply."


def test_lines_may_end_as_on_old_machines() -> None:
    assert funded(BIKE.replace(b"\n", b"\r"), "greedy") == funded(BIKE, "greedy")


def test_numbers_at_the_border_are_read() -> None:
    assert verify.read_points("0" * 59 + "1", "x") == 1  # sixty characters
    assert verify.setting_number("x", "0" * 3_999 + "1") == 1
    assert verify.read_rational("-0/1") is None
    with pytest.raises(verify.UsageError):
        verify.setting_table("X5")


def test_a_command_without_a_lot_leaves_ties_open(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    ids, order = tmp_path / "round.pb", tmp_path / "lot.txt"
    ids.write_bytes(pabulib(20, {"a b": 5, "c": 6}, ["a b,c"]))
    assert verify.main(["count", str(ids)]) == 0
    assert json.loads(capsysbinary.readouterr().out)["plan"]["ties"] == ["cheapest", "most-votes", "refuse"]
    order.write_text("c\na b\n", encoding="utf-8")
    assert verify.main(["count", str(ids), "--lot-order", str(order), "--trace"]) == 0
    header = json.loads(capsysbinary.readouterr().out.splitlines()[0])
    assert (header["plan"]["ties"][-1], header["lot"]["order"]) == ("lot", ["c", "a b"])


def test_the_last_place_to_look_for_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    assert verify.preferred_language() == "da"
