"""The reference count: golden vectors, hand cases, a plain oracle, and traces that must be refused."""

from __future__ import annotations

import ast
import copy
import itertools
import json
import os
import random
import re
import runpy
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tallies import verify
from tests.contents import contents

FILE = Path(verify.__file__)
SHARED = Path(__file__).resolve().parents[2] / "shared"
Voter = dict[str, int]


# -- making rounds


def pabulib(
    pool: int, costs: dict[str, int], votes: list[str], kind: str = "approval", meta: str = "", points: bool = False
) -> bytes:
    head = f"META\nkey;value\nbudget;{pool}\nvote_type;{kind}\ncurrency;DKK\n{meta}"
    projects = "PROJECTS\nproject_id;cost\n" + "".join(f"{name};{cost}\n" for name, cost in costs.items())
    columns = "voter_id;vote;points" if points else "voter_id;vote"
    return (head + projects + f"VOTES\n{columns}\n" + "".join(f"{i};{v}\n" for i, v in enumerate(votes))).encode()


def profile(method: str, pool: int, costs: dict[str, int], ballots: list[str], default: int = 0) -> bytes:
    return verify.canonical(
        {
            "schema": "borgerbudget.profile/1",
            "round": "prøve",
            "input_sha256": None,
            "currency": "DKK",
            "minor_units": 2,
            "pool": pool,
            "method": method,
            "default_score": default,
            "proposals": [{"id": name, "cost": costs[name], "withdrawn": False} for name in sorted(costs)],
            "ballots": sorted(ballots, key=lambda line: line.split("\t")[1].encode()),
        }
    )


def counted(data: bytes, name: str, ties: str = "cheapest,most-votes,refuse", lot: Any = None, **settings: Any) -> Any:
    election = verify.read_input(data)
    if isinstance(lot, str):
        lot = verify.lot_from_order(election, lot.split(","))
    return verify.count(election, verify.make_plan(election, name, settings, ties.split(","), lot))


def funded(data: bytes, name: str, **more: Any) -> list[str]:
    return [entry["proposal"] for entry in counted(data, name, **more).outcome["funded"]]


BIKE_COSTS = {"bike": 700, "gym": 400, "park": 250, "playground": 200, "library": 100}
BIKE_VOTES = [
    "bike,gym", "bike,gym,park", "bike,gym", "bike,gym,park", "bike,gym,park", "bike,gym", "park,playground,library",
    "playground", "playground,library", "park,playground,library", "bike",
]  # fmt: skip
BIKE = pabulib(1100, BIKE_COSTS, BIKE_VOTES)


# -- golden vectors and hand cases


def test_the_published_example_funds_bike_playground_library() -> None:
    assert set(funded(BIKE, "equal-shares")) == {"bike", "playground", "library"}


def test_the_published_example_with_voter_11_on_gym() -> None:
    lines = counted(pabulib(1100, BIKE_COSTS, [*BIKE_VOTES[:-1], "gym"]), "equal-shares").lines
    steps = [line for line in lines if line["kind"] == "funded"]
    votes = [(step["proposal"], 1 / Fraction(step["value"])) for step in steps]  # effective votes
    assert votes == [("gym", 7), ("park", Fraction(70, 17)), ("playground", Fraction(56, 17))]


def test_aarhus_skips_what_does_not_fit_and_goes_on() -> None:
    data = pabulib(80000, {"a": 32000, "b": 78450, "c": 20000}, ["a,b,c", "a,b", "a"])
    assert funded(data, "greedy") == ["a", "c"]
    assert funded(data, "greedy-stop") == ["a"]
    reasons = counted(data, "greedy-stop").outcome["not_funded"]
    assert [(entry["proposal"], entry["reason"]) for entry in reasons] == [("b", "does-not-fit"), ("c", "after-stop")]


def test_per_cost_compares_score_by_money() -> None:
    assert funded(pabulib(100, {"a": 90, "b": 30}, ["a", "a", "b"]), "greedy-per-cost") == ["b"]


def test_greedy_80_tops_up_the_first_misfit() -> None:
    data = pabulib(100, {"a": 60, "b": 50, "c": 10}, ["a,b", "a", "b,c", "a"])
    outcome = counted(data, "greedy-80").outcome
    assert outcome["funded"] == [
        {"proposal": "a", "amount": 6000, "step": 1},
        {"proposal": "b", "amount": 4000, "step": 2, "topped_up": 1000},
    ]
    assert outcome["spent"] == outcome["pool"] == 10000
    less = pabulib(100, {"a": 61, "b": 50, "c": 10}, ["a,b", "a", "b,c", "a"])
    assert funded(less, "greedy-80") == ["a"]  # 39 < 80 % of 50


def test_phragmen_by_hand() -> None:
    # Loads 30/3, 20/1, 12/2: c at 6; then a = (30 + 6 + 6) / 3 = 14, b = 20.
    data = pabulib(100, {"a": 30, "b": 20, "c": 12}, ["a,c", "a,c", "a", "b"])
    values = [(line["proposal"], line["value"]) for line in counted(data, "phragmen").lines[1:]]
    assert values == [("c", "600/1"), ("a", "1400/1"), ("b", "2000/1")]
    stopped = counted(pabulib(45, {"a": 30, "b": 20, "c": 12}, ["a,c", "a,c", "a", "b"]), "phragmen").lines[-1]
    assert (stopped["kind"], stopped["over"]) == ("stopped", ["b"])


def test_equal_shares_with_points_by_hand() -> None:
    # 10 each.  a: 5 rho + rho = 12, rho = 2; b: 4 rho = 8, rho = 2: a tie, b is cheaper.  Then voter 2 has just 2 left.
    data = pabulib(20, {"a": 12, "b": 8}, ["a;5", "a,b;1,4"], kind="cumulative", points=True)
    lines = counted(data, "equal-shares").lines[1:]
    assert [(line["proposal"], line["value"], line["paid_in_full"]) for line in lines] == [
        ("b", "200/1", 4),
        ("a", "200/1", 6),
    ]


def test_money_that_runs_out_is_written_by_group() -> None:
    data = pabulib(30, {"a": 12, "b": 17}, ["a", "a,b", "b"])
    steps = [line for line in counted(data, "equal-shares", utility="count").lines if line["kind"] == "funded"]
    # a: 6 each; b: voter 2 has 4 left, so voter 3 would pay 13 > 10: cannot be afforded.
    assert [step["proposal"] for step in steps] == ["a"]
    data = pabulib(30, {"a": 12, "b": 13}, ["a", "a,b", "b"])
    steps = [line for line in counted(data, "equal-shares", utility="count").lines if line["kind"] == "funded"]
    assert steps[1]["value"] == "900/1"
    assert steps[1]["ran_out"] == [[1, [1]]]
    assert steps[1]["paid_in_full"] == 1


def test_exactly_affordable_is_affordable() -> None:
    assert funded(pabulib(100, {"a": 100}, ["a", "a", "a"]), "equal-shares") == ["a"]


def test_ranked_ballots_and_point_tables() -> None:
    data = pabulib(10, {"a": 10, "b": 10, "c": 10}, ["a,b,c", "c", "c,a,c"], kind="ordinal")
    borda = counted(data, "greedy", ties="lot", lot="c,b,a").lines[0]["proposals"]
    scores = [entry["score"] for entry in borda]
    assert scores == [3 + 2, 2, 1 + 1 + 3]  # the repeated c counts at its first place, and in the length
    table = counted(data, "greedy", points_table="5,1", ties="lot", lot="c,b,a").lines[0]["proposals"]
    assert [entry["score"] for entry in table] == [5 + 1, 1, 5 + 5]


def test_scoring_counts_the_default() -> None:
    data = pabulib(10, {"a": 10, "b": 10}, ["a;0", "b;-1", ";"], kind="scoring", meta="default_score;2\n", points=True)
    header = counted(data, "greedy").lines[0]
    assert [(entry["score"], entry["supporters"]) for entry in header["proposals"]] == [(4, 2), (3, 2)]
    assert header["ballots"] == {"valid": 3, "blank": 1, "distinct": 3}


def test_reasons_to_be_out() -> None:
    data = pabulib(10, {"a": 999999999, "b": 11, "c": 5, "d": 5, "e": 1}, ["a,b,c", "c", "e"])
    header = counted(data, "greedy", threshold="1").lines[0]
    assert [entry["out"] for entry in header["proposals"]] == ["withdrawn", "over-pool", None, "below-threshold", None]
    assert counted(data, "greedy").lines[0]["proposals"][3]["out"] == "no-support"


def test_no_ballots_fund_nothing() -> None:
    for name in ("greedy", "equal-shares/add1u", "phragmen"):
        result = counted(pabulib(10, {"a": 5}, []), name)
        assert len(result.lines) == 1
        assert (result.outcome["funded"], result.outcome["endowment"]) == ([], None)
        assert result.outcome["not_funded"] == [{"proposal": "a", "reason": "no-support"}]


def test_weighted_ballots_count_like_single_ones() -> None:
    costs = {"a": 700, "b": 300, "c": 500}
    whole = counted(profile("approval", 1000, costs, ["2\ta,b", "1\tb,c", "3\tc"]), "equal-shares/add1u")
    votes = ["a,b"] * 2 + ["b,c"] + ["c"] * 3
    single = counted(pabulib(10, {k: v // 100 for k, v in costs.items()}, votes), "equal-shares/add1u")
    assert whole.outcome["funded"] == single.outcome["funded"]
    halves = counted(profile("approval", 1000, costs, ["1/2\ta,b", "1/3\tb,c", "2/3\tc"]), "equal-shares/add1u")
    assert halves.lines[0]["ballots"]["valid"] == "3/2"
    verify.check(
        verify.read_input(profile("approval", 1000, costs, ["1/2\ta,b", "1/3\tb,c", "2/3\tc"])), halves.trace_bytes()
    )


def test_reading_is_exact_and_tolerant_of_form() -> None:
    rough = (
        "\ufeffMETA\r\nkey;value\r\nbudget;315,52\r\nvote_type;approval\r\nmax_sum_cost;3\r\nPROJECTS\r\n"
        'name;project_id;cost\r\n"et; to";p-æ;3.5\r\nx;10;7.250\r\nVOTES\r\nvoter_id;vote\r\n1;"10,p-æ,10"\r\n2;'
    )
    election = verify.read_input(rough.encode())
    assert (election.method, election.pool) == ("knapsack", 31552)
    assert [(p.id, p.cost) for p in election.proposals] == [("10", 725), ("p-æ", 350)]
    assert election.profile_lines() == ["1\t", "1\t10,p-æ"]
    assert verify.read_input(election.profile()).profile() == election.profile()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"META\nkey;value\nbudget;1\n",
        pabulib(10, {"a": 0}, []),
        pabulib(10, {"a": -4}, []),
        pabulib(10, {"a": 5}, ["b"]),
        pabulib(10, {"a": 5, "a ": 6}, []),
        pabulib(2**53, {"a": 5}, []),
        pabulib(10, {"a": 5}, ["a;1,2"], kind="cumulative", points=True),
        pabulib(10, {"a": 5}, ["a;1.5"], kind="cumulative", points=True),
        pabulib(10, {"a": 5}, ["a;" + "9" * 5000], kind="cumulative", points=True),
        pabulib(10, {"a": 5}, ["a"], kind="guess"),
        pabulib(10, {"a": 5}, ['"a']),
        BIKE.replace(b"budget;1100", b"budget;1_100"),
        BIKE.replace(b"budget;1100", b"budget;1.001"),
        BIKE.replace(b"budget;1100", "budget;١".encode()),
        BIKE.replace(b"budget;1100", b"budget;1" + b"0" * 5000),
        b"{" * 100_000,
        b'{"a":' * 50_000,
        b'{"a":NaN}\n',
        b'{"a":1,"a":1}\n',
        b'{"a":"\\ud800"}\n',
        b'{"a":' + b"9" * 10_000 + b"}\n",
        profile("approval", 10, {"a": 5}, ["0\ta"]),
        profile("approval", 10, {"a": 5}, ["2/2\ta"]),
        profile("approval", 10, {"a": 5}, ["01\ta"]),
        profile("approval", 10, {"a": 5}, ["1\ta,a"]),
        profile("approval", 10, {"a": 5}, ["1\tb"]),
        profile("points", 10, {"a": 5}, ["1\ta:0"]),
        profile("approval", 10, {"a": 5}, ["1\ta"]).replace(b'"pool":10', b'"pool":true'),
        profile("approval", 10, {"a": 5}, ["1\ta"]).replace(b'"pool":10', b'"pool":[]'),
        profile("approval", 10, {"a": 5}, ["1\ta"]).replace(b'"pool":10', b'"pool": 10'),
    ],
)
def test_hostile_input_is_rejected_with_a_sentence(data: bytes) -> None:
    with pytest.raises(verify.InputRejected) as caught:
        verify.read_input(data)
    assert caught.value.danish
    assert caught.value.english


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("greedy/none", {}),
        ("schulze", {}),
        ("equal-shares/add2", {}),
        ("equal-shares", {"start": "exact"}),
        ("equal-shares", {"utility": "points"}),
        ("equal-shares/add1", {"increment": "0"}),
        ("equal-shares/add1", {"increment": "nan"}),
        ("greedy", {"threshold": "1e3"}),
        ("greedy", {"utility": "cost"}),
    ],
)
def test_plans_that_make_no_sense(name: str, settings: dict[str, str]) -> None:
    with pytest.raises(verify.UsageError):
        counted(BIKE, name, **settings)


def test_thousands_of_digits_are_no_obstacle() -> None:
    number = 7**9000
    text = verify.decimal(number)
    assert len(text) > 7000
    assert verify.integer(text) == number
    assert verify.read_rational(f"-{text}/2") == Fraction(-number, 2)


# -- ties


def test_an_open_tie_that_matters_stops_the_count() -> None:
    with pytest.raises(verify.TieMatters) as caught:
        counted(pabulib(10, {"b": 6, "a": 6}, ["a,b"]), "greedy")
    assert caught.value.document == {
        "schema": "borgerbudget.tie/1", "step": 1, "tied": ["a", "b"], "reason": "matters", "run": None,
    }  # fmt: skip
    assert funded(pabulib(10, {"b": 6, "a": 6}, ["a,b"]), "greedy", ties="lot", lot="b,a") == ["b"]


def test_an_open_tie_that_does_not_matter_is_said_to_make_no_difference() -> None:
    result = counted(pabulib(12, {"b": 6, "a": 6}, ["a,b"]), "equal-shares")
    assert result.outcome["ties"] == [{"step": 1, "tied": ["a", "b"], "chosen": "a", "decided_by": "no-difference"}]


def test_too_many_branches_count_as_mattering() -> None:
    names = "abcdefg"
    with pytest.raises(verify.TieMatters) as caught:  # 7! orders, all with the same outcome
        counted(pabulib(70, dict.fromkeys(names, 10), list(names)), "equal-shares")
    assert caught.value.document["reason"] == "too-many"


def test_dice_give_one_order() -> None:
    election = verify.read_input(BIKE)
    lot = verify.lot_from_dice(election, "314")
    assert sorted(lot.order) == sorted(BIKE_COSTS)
    assert lot == verify.lot_from_dice(verify.read_input(BIKE), "314")
    with pytest.raises(verify.UsageError):
        verify.lot_from_dice(election, "³")


# -- a plain oracle: fractions, one voter at a time, no laziness


class Plain:
    """Equal shares as in the definition."""

    def __init__(self, pool: int, costs: dict[str, int], voters: list[Voter], utility: str, lot: list[str]) -> None:
        self.pool, self.costs, self.voters, self.utility, self.lot = pool, costs, voters, utility, lot

    def value(self, voter: int, name: str) -> int:
        return self.voters[voter].get(name, 0) * (self.costs[name] if self.utility == "cost" else 1)

    def rho(self, name: str, money: list[Fraction]) -> Fraction | None:
        fans = [i for i in range(len(money)) if self.value(i, name) > 0]
        if sum(money[i] for i in fans) < self.costs[name]:
            return None
        fans.sort(key=lambda i: money[i] / self.value(i, name))
        rest = Fraction(self.costs[name])
        for place, voter in enumerate(fans):
            rho = rest / sum(self.value(i, name) for i in fans[place:])
            if money[voter] >= rho * self.value(voter, name):
                return rho
            rest -= money[voter]
        raise AssertionError

    def run(self, endowment: Fraction) -> list[str]:
        money, bought = [endowment] * len(self.voters), []
        able = [n for n in self.costs if self.costs[n] <= self.pool and any(n in v for v in self.voters)]
        while True:
            options = [(r, self.lot.index(n), n) for n in able if (r := self.rho(n, money)) is not None]
            if not options:
                return bought
            rho, _, name = min(options)
            money = [max(b - rho * self.value(i, name), Fraction(0)) for i, b in enumerate(money)]
            bought.append(name)
            able.remove(name)

    def add1(self, increment: Fraction, exhaustive: bool) -> tuple[list[list[str]], int]:
        """Every run that was looked at, and the k to keep."""
        runs: list[list[str]] = []
        start = Fraction(self.pool, len(self.voters)) // 100 * 100
        able = {n for n in self.costs if self.costs[n] <= self.pool and any(n in v for v in self.voters)}
        while True:
            runs.append(self.run(start + len(runs) * increment))
            left = self.pool - sum(self.costs[n] for n in runs[-1])
            if left < 0:
                return runs, len(runs) - 2
            if exhaustive and all(self.costs[n] > left for n in able - set(runs[-1])):
                return runs, len(runs) - 1
            if able == set(runs[-1]):
                return runs, len(runs) - 1


def random_round(seed: int, most_proposals: int = 6) -> tuple[bytes, dict[str, int], list[Voter], int, str]:
    """Small and full of ties: few different costs, few voters, repeated ballots."""
    dice = random.Random(seed)
    names = [f"p{i}" for i in range(dice.randint(2, most_proposals))]
    costs = {name: dice.choice([1, 2, 2, 3, 4, 6]) * 100 for name in names}
    pool = dice.randint(3, 12) * 100
    points = dice.random() < 0.4
    voters = []
    for _ in range(dice.randint(1, 7)):
        chosen = dice.sample(names, dice.randint(0, len(names)))
        voters.append({name: dice.randint(1, 3) if points else 1 for name in chosen})
    texts: dict[str, int] = {}
    for voter in voters:
        text = ",".join(f"{name}:{voter[name]}" if points else name for name in sorted(voter))
        texts[text] = texts.get(text, 0) + 1
    method = "points" if points else "approval"
    data = profile(method, pool, costs, [f"{number}\t{text}" for text, number in texts.items()])
    return data, costs, voters, pool, method


@pytest.mark.parametrize("seed", range(60))
def test_equal_shares_agrees_with_the_plain_oracle(seed: int) -> None:
    data, costs, voters, pool, method = random_round(seed)
    lot = random.Random(seed + 1).sample(sorted(costs), len(costs))
    for utility in ("cost", "count") if method == "approval" else ("points",):
        plain = Plain(pool, costs, voters, utility, lot)
        more: dict[str, Any] = {"ties": "lot", "lot": ",".join(lot), "utility": utility}
        assert funded(data, "equal-shares", **more) == plain.run(Fraction(pool, len(voters)))
        for completion, increment in (("add1", "1/7"), ("add1e", "0.03"), ("add1", "1")):
            runs, kept = plain.add1(Fraction(increment) * 100, completion == "add1e")
            result = counted(data, f"equal-shares/{completion}", increment=increment, **more)
            table = [line for line in result.lines if line["kind"] == "interval"]
            expected, first = [], 0
            for bought, group in itertools.groupby(runs):
                length = len(list(group))
                expected.append((first, first + length - 1, bought))
                first += length
            assert [(line["from"], line["to"], line["funded"]) for line in table] == expected
            assert [entry["proposal"] for entry in result.outcome["funded"]] == runs[kept]


ALL_PLANS = [
    *verify.COUNTING_RULES, "phragmen", *(f"equal-shares/{completion}" for completion in verify.COMPLETIONS),
]  # fmt: skip


def suits(name: str, method: str) -> bool:
    return name != "phragmen" or method in ("approval", "knapsack")


@pytest.mark.parametrize("seed", range(25))
def test_a_tie_matters_iff_two_draws_differ(seed: int) -> None:
    data, costs, _, _, method = random_round(seed + 500, most_proposals=4)
    for name in ALL_PLANS:
        if not suits(name, method):
            continue
        settings = {"comparison": ("satisfaction", "exclusion-ratio")[seed % 2]} if name.startswith("equal") else {}
        outcomes = set()
        for lot in itertools.permutations(sorted(costs)):
            result = counted(data, name, ties="most-votes,lot", lot=",".join(lot), **settings)
            outcomes.add(frozenset((e["proposal"], e["amount"]) for e in result.outcome["funded"]))
        try:
            result = counted(data, name, ties="most-votes,refuse", **settings)
        except verify.TieMatters:
            assert len(outcomes) > 1
        else:
            assert outcomes == {frozenset((e["proposal"], e["amount"]) for e in result.outcome["funded"])}


@pytest.mark.parametrize("seed", range(40))
def test_replay_and_recount_accept_what_was_counted(seed: int) -> None:
    data, costs, _, _, method = random_round(seed + 900)
    election = verify.read_input(data)
    lot = ",".join(random.Random(seed).sample(sorted(costs), len(costs)))
    for name in ALL_PLANS:
        if not suits(name, method):
            continue
        settings = {"comparison": verify.COMPARISONS[seed % 3]} if name.startswith("equal") else {}
        result = counted(data, name, ties="cheapest,lot", lot=lot, **settings)
        replay = verify.check(election, result.trace_bytes(), result.outcome_bytes())
        assert replay.at == len(result.lines)
        verify.recount(election, result.trace_bytes(), slow=True)


# -- traces that must be refused


def variants(value: Any) -> list[Any]:
    """Other values of the same kind, and of other kinds."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1, str(value), None, [], 10**30]
    if isinstance(value, str):
        numerator, slash, bottom = value.partition("/")
        if slash and numerator.isdigit():
            top = int(numerator)
            return [
                f"{top + 1}/{bottom}",
                f"{top - 1}/{bottom}",
                f"{2 * top}/{2 * int(bottom)}",
                "0/1",
                "1/0",
                top,
                None,
            ]
        return [value + "x", "", None, 0, {}]
    if isinstance(value, list):
        longer = [*value, value[0] if value else "p0"]
        return [longer, value[1:], value[::-1], None, "x", [[[]]]]
    return ["x", 0, [], {}]


def mutations(lines: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    mutated = []
    for place, line in enumerate(lines):
        mutated.append(lines[:place] + lines[place + 1 :])
        mutated.append(lines[: place + 1] + lines[place:])
        if place:
            mutated.append([*lines[: place - 1], lines[place], lines[place - 1], *lines[place + 1 :]])
        spots: list[tuple[Any, ...]] = [(key,) for key in line]
        for key in ("plan", "lot", "ballots"):
            if isinstance(line.get(key), dict):
                spots += [(key, inner) for inner in line[key]]
        if line["kind"] == "header":
            spots += [("proposals", 0, inner) for inner in line["proposals"][0]]
        for spot in spots:
            parent: Any = line
            for key in spot[:-1]:
                parent = parent[key]
            for other in variants(parent[spot[-1]]):
                if other == parent[spot[-1]] and type(other) is type(parent[spot[-1]]):
                    continue
                changed = copy.deepcopy(lines)
                target: Any = changed[place]
                for key in spot[:-1]:
                    target = target[key]
                target[spot[-1]] = other
                mutated.append(changed)
        mutated.append([*lines[:place], {**line, "more": 1}, *lines[place + 1 :]])
        mutated += [[*lines[:place], {k: v for k, v in line.items() if k != key}, *lines[place + 1 :]] for key in line]
    return mutated


MUTATED = [
    (BIKE, "greedy", {}),
    (BIKE, "phragmen", {}),
    (BIKE, "equal-shares/utilitarian", {"comparison": "exclusion-ratio"}),
    (BIKE, "equal-shares/add1u", {"comparison": "satisfaction"}),
    (random_round(7)[0], "equal-shares/add1e", {"increment": "1/7"}),
    (random_round(3)[0], "greedy-80", {}),
    (random_round(11)[0], "greedy-stop", {"threshold": "1"}),
    (random_round(12)[0], "equal-shares/add1eu", {"comparison": "satisfaction"}),
]


@pytest.mark.parametrize("case", range(len(MUTATED)))
def test_a_changed_trace_is_refused(case: int) -> None:
    """The replay accepts a changed trace only where a recount does too (a plan that happens to count the same)."""
    data, name, settings = MUTATED[case]
    election = verify.read_input(data)
    lot = ",".join(proposal.id for proposal in election.proposals)
    result = counted(data, name, ties="cheapest,lot", lot=lot, **settings)
    refused = 0
    for lines in mutations(result.lines):
        trace = b"".join(verify.canonical(line) for line in lines)
        if trace == result.trace_bytes():
            continue
        try:
            verify.check(election, trace)
        except verify.CheckFailed:
            refused += 1
        else:
            verify.recount(election, trace)
    assert refused > 50


def test_a_changed_outcome_is_refused() -> None:
    election = verify.read_input(BIKE)
    result = counted(BIKE, "equal-shares/add1u")
    verify.check(election, result.trace_bytes(), verify.canonical({**result.outcome, "diagnostics": {"time": 1}}))
    for key, value in result.outcome.items():
        for other in variants(value):
            if other == value:
                continue
            with pytest.raises(verify.CheckFailed):
                verify.check(election, result.trace_bytes(), verify.canonical({**result.outcome, key: other}))


@pytest.mark.parametrize(
    "junk",
    [
        b"", b"\n", b"{}\n", b"[]\n", b"x", b'{"kind":1}\n', b'{"kind":"header"}\n', b'{"kind":"header","plan":[]}\n',
        b'{"kind":"header","lot":[],"plan":{"rule":"greedy"}}\n', b'{"kind":NaN}\n', b"[" * 200_000 + b"\n", b"\xff\n",
        b'{"kind":"header","plan":{"rule":"equal-shares","completion":[],"increment":{}}}\n', b'{"a":1e5}\n',
    ],
)  # fmt: skip
def test_junk_is_refused_without_a_traceback(junk: bytes) -> None:
    with pytest.raises(verify.CheckFailed):
        verify.check(verify.read_input(BIKE), junk)


def test_a_tie_said_to_make_no_difference_must_make_none() -> None:
    data = pabulib(10, {"a": 6, "b": 6}, ["a,b"])
    lines = copy.deepcopy(counted(data, "greedy", ties="lot", lot="a,b").lines)
    lines[0]["plan"]["ties"], lines[0]["lot"] = ["refuse"], None
    lines[1]["decided_by"] = "no-difference"
    lines[2]["decided_by"] = None
    with pytest.raises(verify.CheckFailed, match="E1413"):
        verify.check(verify.read_input(data), b"".join(verify.canonical(line) for line in lines))


# -- the file itself, and its command line


def test_the_file_is_alone() -> None:
    tree = ast.parse(FILE.read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add(node.module or "")
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
        assert not (
            isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and isinstance(node.left, ast.Constant)
        )
    known = (
        "__future__ base64 collections.abc csv dataclasses fractions hashlib heapq io json math os re struct "
        "sys time typing unicodedata zlib"
    )
    assert names == set(known.split())


def test_its_contents_name_every_section_with_its_line() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert contents(text) == text, "python -m tests.contents writes them anew"
    rows = re.findall(
        "^ {2,}([0-9]+)  +(.+)$", text.partition("Contents, by line:")[2].partition('"""')[0], re.MULTILINE
    )
    assert len(rows) > 30
    for number, name in rows:
        assert text.splitlines()[int(number) - 1].endswith(f"- {name}")
    moved = text.replace('"""\n\nfrom', '"""\n\n\nfrom', 1)
    assert contents(moved) != moved


def old_interpreters() -> list[str]:
    roots = [Path(os.environ.get("PYENV_ROOT", str(Path.home() / ".pyenv"))) / "versions"]
    found = [str(path) for root in roots for path in sorted(root.glob("3.9.*/bin/python3.9"))]
    return [sys.executable, *found[:1]] if found else [sys.executable]


@pytest.mark.parametrize("which", [0, 1], ids=["this-python", "python-3.9"])
def test_command_line_in_an_isolated_interpreter(which: int, tmp_path: Path) -> None:
    interpreters = old_interpreters()
    if which >= len(interpreters):
        pytest.skip("no Python 3.9 here")

    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = [interpreters[which], "-I", "-S", str(FILE), *arguments]
        return subprocess.run(command, capture_output=True, check=False, env={"LC_ALL": "C"})

    data = pabulib(10, {"b": 6, "a": 6, "ø": 4}, ["a,b,ø", "ø"])
    source, trace, outcome = tmp_path / "r.pb", tmp_path / "t.jsonl", tmp_path / "o.json"
    source.write_bytes(data)
    (tmp_path / "lot.txt").write_text("b\na\nø\n", encoding="utf-8")
    lot = ["--lot-order", str(tmp_path / "lot.txt")]
    done = run("count", str(source), "--plan", "equal-shares/add1u", "--trace", *lot)
    assert done.returncode == 0, done.stderr
    assert done.stdout == counted(data, "equal-shares/add1u", "cheapest,most-votes,lot", "b,a,ø").trace_bytes()
    trace.write_bytes(done.stdout)
    outcome.write_bytes(run("count", str(source), "--plan", "equal-shares/add1u", "--json", *lot).stdout)
    assert json.loads(outcome.read_bytes())["schema"] == "borgerbudget.outcome/1"
    assert run("check", str(source), str(trace), "--outcome", str(outcome)).returncode == 0
    assert run("recount", str(source), str(trace), "--slow").returncode == 0
    trace.write_bytes(done.stdout.replace(b'"left":', b'"left":1', 1))
    failing = run("check", str(source), str(trace), "--lang", "en")
    assert failing.returncode == 5
    assert failing.stderr.startswith(b"E1410: Line ")
    assert run("recount", str(source), str(trace)).returncode == 5
    tie = run("count", str(source), "--plan", "greedy", "--json")
    assert tie.returncode == 6
    assert json.loads(tie.stdout)["tied"] == ["a", "b"]
    assert run("count", str(source), "--plan", "greedy/none").returncode == 2
    assert run("count", str(tmp_path / "absent.pb")).returncode == 3
    source.write_bytes(b"PK\x03\x04")
    rejected = run("count", str(source))
    assert (rejected.returncode, rejected.stderr.count(b"\n")) == (3, 1)


def test_an_interpreter_that_is_too_old_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    with pytest.raises(SystemExit, match="needs Python 3"):
        runpy.run_path(str(FILE), run_name="old")


# -- real rounds


OFFICIAL = {
    "Poland_Wieliczka_2023_Green_Budget.pb": 30,
    "Poland_Swiecie_2023.pb": None,
    "Netherlands_Assen_2024.pb": None,
}


@pytest.mark.corpus
@pytest.mark.parametrize("name", OFFICIAL)
def test_official_outcomes_of_equal_shares_come_out(name: str) -> None:
    path = SHARED / "pabulib" / name
    if not path.exists():
        pytest.skip("the shared rounds are not here")
    election = verify.read_input(path.read_bytes())
    plan = "declared" if name.startswith("Poland_Wieliczka") else "equal-shares/add1"
    result = verify.count(election, verify.make_plan(election, plan))
    official = json.loads((SHARED / "oracles" / "official.json").read_text(encoding="utf-8"))[name]
    assert {entry["proposal"] for entry in result.outcome["funded"]} == set(official["funded"])
    assert OFFICIAL[name] in (None, len(result.outcome["funded"]))
    verify.check(election, result.trace_bytes(), result.outcome_bytes())
