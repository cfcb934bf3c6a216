"""Values: money, proposals, pools, ballots, rationals, plans, lots; and what each refuses."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borgerbudget import (
    METHODS,
    InputRejected,
    Limits,
    Pool,
    Proposal,
    Source,
    UsageError,
    make_election,
    make_hand_count,
)
from borgerbudget.console import canonical_json
from borgerbudget.money import LARGEST_AMOUNT, format_amount, parse_amount, plain_amount
from borgerbudget.profile import ballot_lines
from borgerbudget.words import Text, preferred_language
from tallies import dice_lot, drawn_lot, make_plan
from tallies.plan_file import read_plan_file
from tallies.rationals import integer, integer_text, number, rational, rational_text
from tallies.settings import parse_settings

# --- money


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("24186815", 2418681500),
        ("315.52", 31552),
        ("315,5", 31550),
        ("0.1", 10),
        ("007", 700),
        ("1.", 100),
        ("5.5000", 550),
        ("-3,25", -325),
        ("90071992547409.91", LARGEST_AMOUNT),
    ],
)
def test_decimal_text_is_read_exactly(text: str, amount: int) -> None:
    assert parse_amount(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 1",
        "1 ",
        "1.234",
        "1e3",
        "١٢٣",
        "１２",
        "1_000",
        "1.000,00",
        "NaN",
        "+1",
        ".5",
        "90071992547409.92",
        "9" * 5000,
        "12,345",
        "0x10",
        "1\n",
    ],
)
def test_what_is_not_an_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"number|decimals|large"):
        parse_amount(text)


@given(st.integers(-LARGEST_AMOUNT, LARGEST_AMOUNT))
def test_the_shortest_text_reads_back(amount: int) -> None:
    assert parse_amount(plain_amount(amount)) == amount


def test_amounts_for_people() -> None:
    assert format_amount(1250050, "DKK", "da") == "12.500,50 kr."
    assert format_amount(1250050, "DKK", "en") == "12,500.50 DKK"
    assert format_amount(-100, "PLN", "da") == "-1 PLN"
    assert format_amount(5, "DKK", "da") == "0,05 kr."


# --- proposals and pools


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "", "cost": 1},
        {"id": "a", "cost": 0},
        {"id": "a", "cost": 5, "min_cost": 6},
        {"id": "a", "cost": 5, "min_cost": 0},
        {"id": "a", "cost": 5, "total_price": 4},
        {"id": "a", "cost": 5, "goals": (18,)},
        {"id": "a", "cost": 5, "goals": (0,)},
    ],
)
def test_impossible_proposals_are_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"proposal|cost|amount|price|goals"):
        Proposal(**fields)  # type: ignore[arg-type]


def test_sources_add_up_to_the_pool() -> None:
    assert Pool(300, sources=(Source("council", 100), Source("windmills", 200))).amount == 300
    with pytest.raises(ValueError, match="add up"):
        Pool(300, sources=(Source("council", 100),))
    with pytest.raises(ValueError, match="positive"):
        Pool(0)


# --- ballots


@given(st.randoms(use_true_random=False), st.sampled_from(sorted(set(METHODS) - {"hand-count"})))
def test_equal_ballots_and_only_they_are_merged(rng: random.Random, method: str) -> None:
    ids = ["a", "b", "c"]
    ballots: list[object] = []
    for _ in range(8):
        chosen = rng.sample(ids, rng.randint(0, 3))
        ballots.append({i: rng.randint(1, 2) for i in chosen} if METHODS[method].has_points else chosen)
    election = make_election(10, [Proposal(i, 1) for i in ids], ballots, method)  # type: ignore[arg-type]

    def canonical(ballot: object) -> object:
        if isinstance(ballot, dict):
            return frozenset(ballot.items())
        return tuple(ballot) if method == "ranked" else frozenset(ballot)  # type: ignore[arg-type,call-overload]

    distinct = {canonical(ballot) for ballot in ballots}
    assert election.profile.distinct == len(distinct)
    assert sum(election.profile.weights.tolist()) == 8
    assert len(set(ballot_lines(election.method, election.ids, election.profile))) == len(distinct)


def test_a_hand_count_holds_totals_and_so_many_unread_ballots() -> None:
    proposals = [Proposal(i, 1) for i in ("p7", "p1", "æ")]
    election = make_hand_count(9, proposals, {"p1": 3, "p7": 4, "æ": 0}, voters=5)
    assert (election.ids, election.totals, election.hand_count) == (("p1", "p7", "æ"), (3, 4, 0), True)
    assert election.profile.voters == 5
    assert election.ballots_root == hashlib.sha256("p1\t3\np7\t4\næ\t0\n".encode()).hexdigest()
    assert make_hand_count(9, proposals, {"p1": 0, "p7": 0, "æ": 0}, voters=0).profile.distinct == 0
    assert not make_election(9, proposals, []).hand_count


@pytest.mark.parametrize("totals", [{"a": 1}, {"a": 1, "b": 1, "c": 1}, {"a": -1, "b": 0}])
def test_a_hand_count_needs_one_total_for_every_proposal(totals: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="total"):
        make_hand_count(9, [Proposal("a", 1), Proposal("b", 1)], totals, voters=1)


def test_only_a_hand_count_has_totals() -> None:
    election = make_election(9, [Proposal("a", 1)], [["a"]])
    with pytest.raises(ValueError, match="hand count"):
        replace(election, totals=(1,))
    with pytest.raises(ValueError, match="hand count"):
        make_election(9, [Proposal("a", 1)], [["a"]], "hand-count")
    with pytest.raises(ValueError, match="negative"):
        make_hand_count(9, [Proposal("a", 1)], {"a": 1}, voters=-1)
    with pytest.raises(ValueError, match="without ballots"):
        make_hand_count(9, [Proposal("a", 1)], {"a": 1}, voters=0)


def test_lines_of_a_profile() -> None:
    proposals = [Proposal(i, 1) for i in ("p7", "p1", "æ")]
    sets = make_election(9, proposals, [["p7", "p1"], ["p1", "p7", "p7"], [], ["æ"]])
    assert ballot_lines(sets.method, sets.ids, sets.profile) == ["1\t", "2\tp1,p7", "1\tæ"]
    ranked = make_election(9, proposals, [["p7", "p1"], ["p1", "p7"], ["p7", "p7"]], "ranked")
    assert ballot_lines(ranked.method, ranked.ids, ranked.profile) == ["1\tp1>p7", "1\tp7>p1", "1\tp7>p7"]
    points = make_election(9, proposals, [{"p7": 2, "p1": 3}, {"æ": 0}], "points", [Fraction(1, 2), 2])
    assert ballot_lines(points.method, points.ids, points.profile) == ["2\t", "1/2\tp1:3,p7:2"]
    graded = make_election(9, proposals, [{"p7": 1, "p1": -1}], "scoring", None, Limits(default_score=1))
    assert ballot_lines(graded.method, graded.ids, graded.profile) == ["1\tp1:-1"]


@pytest.mark.parametrize(
    ("method", "ids", "points", "limits", "breaches"),
    [
        ("approval", ["a", "b", "b"], None, Limits(max_length=2), {"repeats", "max_length"}),
        ("approval", [], None, Limits(min_length=1), {"min_length"}),
        ("knapsack", ["a", "b"], None, Limits(max_sum_cost=4), {"max_sum_cost"}),
        ("knapsack", ["a"], None, Limits(min_sum_cost=3), {"min_sum_cost"}),
        (
            "points",
            ["a", "b"],
            [5, 0],
            Limits(max_points=4, min_sum_points=6),
            {"positive_points", "max_points", "min_sum_points"},
        ),
        ("scoring", ["a"], [-2], Limits(min_points=-1, max_sum_points=-3), {"min_points", "max_sum_points"}),
        ("ranked", ["a", "a"], None, Limits(min_length=3), {"repeats", "min_length"}),
        ("approval", ["a", "b"], None, Limits(min_length=2, max_length=2, max_sum_cost=5), set()),
    ],
)
def test_every_breach_of_a_ballot_is_named(
    method: str, ids: list[str], points: list[int] | None, limits: Limits, breaches: set[str]
) -> None:
    found = METHODS[method].breaches(ids, points, {"a": 2, "b": 3}, limits)
    assert {breach.limit for breach in found} == breaches


def test_weights_must_be_positive() -> None:
    with pytest.raises(ValueError, match="positive"):
        make_election(9, [Proposal("a", 1)], [["a"]], weights=[0])


def test_points_need_a_mapping() -> None:
    with pytest.raises(ValueError, match="mapping"):
        make_election(9, [Proposal("a", 1)], [["a"]], "points")


# --- numbers as text


@given(st.integers(), st.integers(1))
def test_rationals_read_back(top: int, bottom: int) -> None:
    assert rational(rational_text(Fraction(top, bottom))) == Fraction(top, bottom)


@pytest.mark.parametrize("digits", [1, 3999, 4000, 4001, 4300, 4301, 9000, 30001])
def test_integers_of_any_length_are_written_and_read(digits: int) -> None:
    value = 10**digits - 7
    assert integer_text(value) == "9" * (digits - 1) + "3"
    assert integer(integer_text(value)) == value
    assert integer_text(-value) == "-" + integer_text(value)
    assert integer("1" + "0" * digits) == 10**digits


@pytest.mark.parametrize("text", ["1", "1/", "/2", "1.5/2", "1/-2", "a/b", "１/2", "1/2 "])
def test_what_is_not_a_rational_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a rational"):
        rational(text)


def test_numbers_that_are_not_whole_are_text() -> None:
    assert number(Fraction(6, 3)) == 2
    assert number(Fraction(1, 2)) == "1/2"


def test_canonical_json_has_no_floats() -> None:
    assert canonical_json({"b": ["æ", 1], "a": None}) == '{"a":null,"b":["æ",1]}'
    with pytest.raises(TypeError):
        canonical_json({"a": [1.0]})


# --- plans


def three(method: str = "approval") -> object:
    return make_election(100, [Proposal(i, 50) for i in "abc"], [], method)


@pytest.mark.parametrize(
    ("name", "settings", "ties", "code"),
    [
        ("greed", {}, ("refuse",), "PLN-001"),
        ("greedy/add1", {}, ("refuse",), "PLN-001"),
        ("equal-shares/add2", {}, ("refuse",), "PLN-001"),
        ("greedy", {"colour": "red"}, ("refuse",), "PLN-002"),
        ("greedy", {"utility": "cost"}, ("refuse",), "PLN-003"),
        ("equal-shares", {"increment": "1"}, ("refuse",), "PLN-003"),
        ("greedy", {"points_table": "3,1"}, ("refuse",), "PLN-003"),
        ("greedy", {}, ("cheapest",), "PLN-005"),
        ("greedy", {}, (), "PLN-005"),
        ("greedy", {}, ("lot", "refuse"), "PLN-005"),
        ("greedy", {}, ("cheapest", "cheapest", "lot"), "PLN-005"),
        ("greedy", {}, ("id", "lot"), "PLN-005"),
        ("equal-shares", {"utility": "points"}, ("refuse",), "PLN-006"),
        ("equal-shares", {"utility": "joy"}, ("refuse",), "PLN-007"),
        ("equal-shares/add1", {"start": "soon"}, ("refuse",), "PLN-007"),
        ("equal-shares", {"comparison": "yes"}, ("refuse",), "PLN-007"),
        ("greedy", {"threshold": "many"}, ("refuse",), "PLN-008"),
        ("greedy", {"threshold": "1e9"}, ("refuse",), "PLN-008"),
        ("greedy", {"threshold": "9" * 100}, ("refuse",), "PLN-008"),
        ("greedy", {"threshold": 1.5}, ("refuse",), "PLN-008"),
        ("equal-shares/add1", {"increment": "0"}, ("refuse",), "PLN-008"),
        ("equal-shares/add1", {"increment": "1/0"}, ("refuse",), "PLN-008"),
        ("equal-shares/add1", {"increment": "-1"}, ("refuse",), "PLN-008"),
    ],
)
def test_plans_that_cannot_be_asked(name: str, settings: dict[str, object], ties: tuple[str, ...], code: str) -> None:
    with pytest.raises(UsageError) as found:
        make_plan(name, three(), settings, ties)  # type: ignore[arg-type]
    assert [problem.code for problem in found.value.problems] == [code]


@pytest.mark.parametrize("table", ["", "3,x", "3,-1", [], [True], "3,,1", "3,1.5"])
def test_points_tables_hold_whole_numbers(table: object) -> None:
    with pytest.raises(UsageError) as found:
        make_plan("greedy", three("ranked"), {"points_table": table})  # type: ignore[arg-type]
    assert found.value.problems[0].code == "PLN-009"


@pytest.mark.parametrize("method", ["points", "ranked", "scoring"])
def test_phragmen_is_for_sets(method: str) -> None:
    with pytest.raises(UsageError):
        make_plan("phragmen", three(method))  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        make_plan("equal-shares", three(method), {"utility": "count"})  # type: ignore[arg-type]


def test_a_resolved_plan_says_everything() -> None:
    assert make_plan("equal-shares/add1u", three()).as_json() == {  # type: ignore[arg-type]
        "rule": "equal-shares",
        "version": 1,
        "threshold": None,
        "ties": ["cheapest", "most-votes", "refuse"],
        "utility": "cost",
        "completion": "add1u",
        "start": "integral",
        "increment": 1,
        "comparison": "none",
    }
    ranked = make_plan("equal-shares", three("ranked"), {"points_table": "5,3", "threshold": "1/2"})  # type: ignore[arg-type]
    assert ranked.as_json() == {
        "rule": "equal-shares",
        "version": 1,
        "threshold": "1/2",
        "ties": ["cheapest", "most-votes", "refuse"],
        "points_table": [5, 3],
        "utility": "points",
        "completion": "none",
        "start": None,
        "increment": None,
        "comparison": "none",
    }


def test_a_file_that_declares_nothing_countable() -> None:
    with pytest.raises(InputRejected) as found:
        make_plan("declared", three())  # type: ignore[arg-type]
    assert found.value.problems[0].code == "PLN-010"


def test_plan_files(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text('plan = "equal-shares/add1"\nincrement = "1/2"\nties = ["lot"]\n', "utf-8")
    plan = read_plan_file(path)
    assert (plan.plan, plan.settings(), plan.ties) == ("equal-shares/add1", {"increment": "1/2"}, ["lot"])
    for text in (
        "plan = 3",
        'plan = "greedy"\ncolour = "red"',
        "plan = ",
        'ties = ["lot"]',
        "increment = 0.5\nplan = 'a'",
    ):
        path.write_text(text, "utf-8")
        with pytest.raises(InputRejected) as found:
            read_plan_file(path)
        assert found.value.problems[0].code == "PLN-011"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InputRejected):
        read_plan_file(path)
    with pytest.raises(InputRejected):
        read_plan_file(tmp_path / "none.toml")


def test_settings_are_key_value() -> None:
    assert parse_settings(["a=b", "c = d=e"]) == {"a": "b", "c": "d=e"}
    for text in ("a", "=b", ""):
        with pytest.raises(UsageError):
            parse_settings([text])


def test_a_draw_names_every_proposal_once() -> None:
    election = three()
    with pytest.raises(InputRejected) as found:
        drawn_lot(election, ["a", "x", "a"], "draw.txt")  # type: ignore[arg-type]
    assert [(p.code, p.place.line) for p in found.value.problems] == [("LOT-001", 2), ("LOT-002", 3), ("LOT-003", None)]
    for digits in ("", "12a", "１", "-1"):
        with pytest.raises(UsageError):
            dice_lot(election, digits)  # type: ignore[arg-type]


# --- languages


def test_the_language_follows_the_locale_unless_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
    assert preferred_language() == "da"
    assert preferred_language("en") == "en"
    monkeypatch.setenv("LC_ALL", "C")
    assert preferred_language() == "en"
    assert preferred_language("da") == "da"


def test_every_text_takes_the_same_values_in_both_languages() -> None:
    import string

    from borgerbudget.files.words import PROBLEMS as FILES
    from tallies import report
    from tallies.words import PROBLEMS as TALLY

    texts = [t for c in (FILES, TALLY) for entry in c.entries.values() for t in entry]
    texts += [value for value in vars(report).values() if isinstance(value, Text)]
    for text in texts:
        names = [
            {field.removesuffix("_da") for _, field, _, _ in string.Formatter().parse(side) if field} for side in text
        ]
        assert names[0] == names[1], text
        assert all(text) or not any(text), text
