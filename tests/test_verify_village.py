"""The reference's village rules, against numbers worked out by hand from docs/village-rules.md."""

from __future__ import annotations

import itertools
import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tallies import verify
from tests.test_verify import mutations


def village(
    pool: object,
    projects: dict[str, Any],
    votes: dict[str, int],
    kind: str = "approval",
    meta: str = "",
    ballots: list[str] | None = None,
) -> bytes:
    """A round; each project `cost` or `(cost, min_cost)`; each vote text so many times."""
    rows = {name: cost if isinstance(cost, tuple) else (cost, "") for name, cost in projects.items()}
    lines = [f"{name};{cost};{least}\n" for name, (cost, least) in rows.items()]
    head = f"META\nkey;value\nbudget;{pool}\nvote_type;{kind}\ncurrency;DKK\n{meta}PROJECTS\nproject_id;cost;min_cost\n"
    texts = [text for text, times in votes.items() for _ in range(times)] if ballots is None else ballots
    columns = "voter_id;vote;points" if kind == "cumulative" else "voter_id;vote"
    return (head + "".join(lines) + f"VOTES\n{columns}\n" + "".join(f"{i};{t}\n" for i, t in enumerate(texts))).encode()


def ladder(pool: object, projects: dict[str, Any], meta: str = "") -> bytes:
    """A round in which the first proposal has the most votes, and so on."""
    names = list(projects)
    return village(pool, projects, {",".join(names[: place + 1]): 1 for place in range(len(names))}, meta=meta)


def hand_count(pool: object, projects: dict[str, tuple[object, int]], voters: int, meta: str = "") -> bytes:
    head = f"META\nkey;value\nbudget;{pool}\nvote_type;hand-count\ncurrency;DKK\nnum_votes;{voters}\n{meta}"
    rows = "".join(f"{name};{cost};{votes}\n" for name, (cost, votes) in projects.items())
    return (head + "PROJECTS\nproject_id;cost;votes\n" + rows + "VOTES\nvoter_id;vote\n").encode()


def counted(data: bytes, rule: str, ties: str = "cheapest,refuse", lot: str | None = None, **settings: Any) -> Any:
    """The result; its trace and outcome are checked at once."""
    election = verify.read_input(data)
    drawn = None if lot is None else verify.lot_from_order(election, lot.split(","))
    plan = verify.make_plan(election, rule, settings, (ties if lot is None else "lot").split(","), drawn)
    result = verify.count(election, plan)
    verify.check(election, result.trace_bytes(), result.outcome_bytes())
    verify.check(verify.read_input(election.profile()), result.trace_bytes(), result.outcome_bytes())
    names = [award["proposal"] for award in result.outcome["funded"]]
    assert len(set(names)) == len(names)
    assert result.outcome["spent"] == sum(award["amount"] for award in result.outcome["funded"]) <= election.pool
    return result


def awards(data: bytes, rule: str, **more: Any) -> dict[str, int]:
    """What each got, in øre, in order of funding."""
    return {award["proposal"]: award["amount"] for award in counted(data, rule, **more).outcome["funded"]}


def reasons(data: bytes, rule: str, **more: Any) -> dict[str, str]:
    return {entry["proposal"]: entry["reason"] for entry in counted(data, rule, **more).outcome["not_funded"]}


def steps(data: bytes, rule: str, **more: Any) -> list[tuple[Any, ...]]:
    """Phase, kind, proposal, and the amount or the reason, of each step."""
    lines = [line for line in counted(data, rule, **more).lines if "step" in line]
    assert [line["step"] for line in lines] == list(range(1, len(lines) + 1))
    named = [line.get("proposal", line.get("over", [None])[0]) for line in lines]
    said = [line.get("amount", line.get("because")) for line in lines]
    return [(line["phase"], line["kind"], *pair) for line, *pair in zip(lines, named, said, strict=True)]


def table(kind: str, *proposals: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "proposals": list(proposals), **more}


# -- residual


def test_the_next_in_line_gets_the_residual() -> None:
    data = ladder(70, {"a": 40, "b": 50, "c": 10})
    assert steps(data, "residual") == [
        ("rule", "funded", "a", 4000),
        ("rule", "funded", "b", 3000),
        ("rule", "skipped", "c", None),
    ]
    assert reasons(data, "residual") == {"c": "does-not-fit"}


def test_a_residual_below_the_minimum_goes_on_down_the_line() -> None:
    data = ladder(70, {"a": 40, "b": (50, "30.01"), "c": 10, "d": (25, 20)})
    assert awards(data, "residual") == {"a": 4000, "c": 1000, "d": 2000}
    assert reasons(data, "residual") == {"b": "does-not-fit"}


def test_holbaek_gives_the_last_one_what_is_left_in_oere() -> None:
    data = ladder("300000", {"a": 150000, "b": "100700.5", "c": 70000, "d": 10000})
    assert awards(data, "residual-last") == {"a": 15_000_000, "b": 10_070_050, "c": 4_929_950}
    assert reasons(data, "residual-last") == {"d": "after-stop"}


def test_residual_last_stops_at_the_first_that_cannot_use_what_is_left() -> None:
    data = ladder(70, {"a": 40, "b": (50, 31), "c": 10})
    assert steps(data, "residual-last") == [("rule", "funded", "a", 4000), ("rule", "stopped", "b", None)]
    assert reasons(data, "residual-last") == {"b": "does-not-fit", "c": "after-stop"}
    nothing = ladder(40, {"a": 40, "b": 5, "c": 5})
    assert steps(nothing, "residual-last")[1] == ("rule", "stopped", "b", None)


def test_residual_looks_at_the_minimum_where_greedy_looks_at_the_cost() -> None:
    data = ladder(30, {"a": (40, 20), "b": (50, 31)})
    assert reasons(data, "greedy") == {"a": "over-pool", "b": "over-pool"}
    assert awards(data, "residual") == {"a": 3000}
    assert reasons(data, "residual") == {"b": "over-pool"}


def test_a_tie_over_the_residual_needs_a_draw() -> None:
    data = village(70, {"a": 40, "b": 40}, {"a,b": 1})
    with pytest.raises(verify.TieMatters) as caught:
        counted(data, "residual", ties="refuse")
    assert caught.value.document["tied"] == ["a", "b"]
    assert awards(data, "residual", lot="b,a") == {"b": 4000, "a": 3000}
    assert awards(village(80, {"a": 40, "b": 40}, {"a,b": 1}), "residual", ties="refuse") == {"a": 4000, "b": 4000}


# -- prize ladder


def test_vester_haesinge_s_prizes_keep_their_oere() -> None:
    data = ladder("28534.61", {"a": 20000, "b": 15000, "c": 10000, "d": 5000})
    assert awards(data, "prize-ladder", prizes="12000+10000+6534.61") == {"a": 1_200_000, "b": 1_000_000, "c": 653_461}
    assert awards(data, "prize-ladder", prizes="12000+10000+rest") == {"a": 1_200_000, "b": 1_000_000, "c": 653_461}
    assert reasons(data, "prize-ladder", prizes=[12000, "10000", "rest"]) == {"d": "after-stop"}


def test_a_prize_is_never_more_than_the_ask_and_the_rest_is_what_is_left() -> None:
    data = ladder(100, {"a": 30, "b": 20, "c": 90})
    assert awards(data, "prize-ladder", prizes="50+40+rest") == {"a": 3000, "b": 2000, "c": 5000}


def test_a_prize_that_is_too_small_goes_to_the_next() -> None:
    data = ladder(100, {"a": (60, 55), "b": 50, "c": 40})
    assert steps(data, "prize-ladder", prizes="50+20") == [
        ("rule", "skipped", "a", "below-minimum"),
        ("rule", "funded", "b", 5000),
        ("rule", "funded", "c", 2000),
    ]
    assert reasons(data, "prize-ladder", prizes="50+20") == {"a": "below-minimum"}


def test_a_rest_of_nothing_is_no_prize() -> None:
    data = ladder(50, {"a": 50, "b": 10})
    assert reasons(data, "prize-ladder", prizes="50+rest") == {"b": "below-minimum"}


def test_a_tie_within_equal_prizes_is_no_matter() -> None:
    data = village(100, {"a": 60, "b": 60, "c": 60}, {"a,b": 2, "c": 1})
    tie = counted(data, "prize-ladder", ties="refuse", prizes="30+30+10").outcome["ties"]
    assert tie == [{"step": 1, "tied": ["a", "b"], "chosen": "a", "decided_by": "no-difference"}]
    with pytest.raises(verify.TieMatters):
        counted(data, "prize-ladder", ties="refuse", prizes="30+20")
    with pytest.raises(verify.TieMatters):
        counted(data, "prize-ladder", ties="refuse", prizes="30")


def test_prizes_above_the_pool_are_refused() -> None:
    with pytest.raises(verify.InputRejected, match="prizes: more than the pool"):
        counted(ladder(100, {"a": 60}), "prize-ladder", prizes="60+40.01")


# -- rate bands


def test_svendborg_pays_half_of_what_exceeds_15000() -> None:
    data = ladder(275000, {"a": 15000, "b": 40000, "c": 250000, "d": "15000.03"})
    bands = {"bands": "15000:100%+*:50%", "cap": 100000}
    assert awards(data, "rate-bands", **bands) == {"a": 1_500_000, "b": 2_750_000, "c": 10_000_000, "d": 1_500_001}
    header = counted(data, "rate-bands", **bands).lines[0]
    assert [entry["ask"] for entry in header["proposals"]] == [1_500_000, 2_750_000, 10_000_000, 1_500_001]
    assert header["plan"]["bands"] == [[1_500_000, 1], [None, "1/2"]]
    assert header["plan"]["cap"] == 10_000_000


def test_bands_are_rounded_down_once_at_the_end() -> None:
    # 0.01 * 1/2 + 0.01 * 1/2 = 1 øre: rounding each band would give 0
    data = ladder(1, {"a": "0.02"})
    assert awards(data, "rate-bands", bands="0.01:1/2+*:50%") == {"a": 1}


def test_a_proposal_takes_part_when_what_it_asks_fits() -> None:
    data = ladder(100, {"a": 150, "b": (120, 61), "c": 240})
    assert awards(data, "rate-bands", bands="*:50%") == {"a": 7500}
    assert reasons(data, "rate-bands", bands="*:50%") == {"b": "below-minimum", "c": "over-pool"}
    skipping = ladder(100, {"a": 150, "b": 120, "c": 50})
    assert awards(skipping, "rate-bands", bands="*:50%") == {"a": 7500, "c": 2500}


# -- equal split


def test_haanden_under_midtfyn_splits_equally_in_whole_kroner() -> None:
    data = village("55414.96", dict.fromkeys("abcd", 20000), {})
    equal = counted(data, "equal-split", recipients="all", unit=1, remainder="leave", ties="lot", leftover="carry-over")
    assert [award["amount"] for award in equal.outcome["funded"]] == [1_385_300] * 4
    assert equal.outcome["leftover"] == {"amount": 296, "policy": "carry-over"}
    kroner = counted(data, "equal-split", recipients="all", unit=1, lot="d,c,b,a").outcome["funded"]
    assert [(award["proposal"], award["amount"]) for award in kroner] == [
        ("d", 1_385_400), ("c", 1_385_400), ("b", 1_385_300), ("a", 1_385_300),
    ]  # fmt: skip
    oere = awards(data, "equal-split", recipients="all", lot="d,c,b,a")
    assert oere == dict.fromkeys("dcba", 1_385_374)


def test_vemmelev_s_thirds_do_not_overspend() -> None:
    data = village(8000, {"a": 5000, "b": 5000, "c": 5000}, {"a,b,c": 1, "a,b": 1, "a": 1})
    assert awards(data, "equal-split") == {"a": 266_667, "b": 266_667, "c": 266_666}
    assert awards(data, "equal-split", unit=1) == {"a": 266_700, "b": 266_700, "c": 266_600}
    assert awards(data, "equal-split", unit=1, remainder="leave") == dict.fromkeys("abc", 266_600)


def test_nobody_gets_more_than_asked_and_the_others_share_it() -> None:
    # 100: c takes its 10, a and b 45 each; with b capped at its 40, a gets 50
    assert awards(ladder(100, {"a": 60, "b": 60, "c": 10}), "equal-split") == {"a": 4500, "b": 4500, "c": 1000}
    assert awards(ladder(100, {"a": 60, "b": 40, "c": 10}), "equal-split") == {"a": 5000, "b": 4000, "c": 1000}
    assert awards(ladder(100, {"a": 30, "b": 40, "c": 10}), "equal-split") == {"a": 3000, "b": 4000, "c": 1000}


def test_who_cannot_use_an_equal_part_leaves_and_the_others_share() -> None:
    data = ladder(100, {"a": (60, 40), "b": (60, 40), "c": (60, 20)})
    # 33.33 each: a and b leave together, although one of them alone could have had 40
    assert steps(data, "equal-split") == [
        ("rule", "skipped", "a", "below-minimum"),
        ("rule", "skipped", "b", "below-minimum"),
        ("rule", "funded", "c", 6000),
    ]
    line = counted(data, "equal-split").lines[1]
    assert (line["value"], line["left"], line["tied"], line["decided_by"]) == ("3/1", 10_000, [], None)


def test_winners_are_the_first_in_turn() -> None:
    data = ladder(100, {"a": 80, "b": 80, "c": 80})
    assert awards(data, "equal-split", winners=2) == {"a": 5000, "b": 5000}
    assert reasons(data, "equal-split", winners=2) == {"c": "after-stop"}
    assert awards(data, "equal-split", winners=9, remainder="leave") == dict.fromkeys("abc", 3333)


def test_a_tie_at_the_last_winner_s_place_is_named() -> None:
    data = village(100, {"a": 80, "b": 80, "c": 80}, {"a,b,c": 1, "a": 1})
    with pytest.raises(verify.TieMatters) as caught:
        counted(data, "equal-split", ties="refuse", winners=2)
    assert caught.value.document["step"] == 2
    assert caught.value.document["tied"] == ["b", "c"]
    result = counted(data, "equal-split", lot="c,a,b", winners=2)
    assert result.outcome["ties"] == [{"step": 2, "tied": ["b", "c"], "chosen": "c", "decided_by": "lot"}]
    within = counted(data, "equal-split", ties="refuse", winners=3, unit=1, remainder="leave").outcome["ties"]
    assert [tie["decided_by"] for tie in within] == ["no-difference"]


def test_a_tie_at_the_last_oere_is_found_and_others_are_not_followed() -> None:
    thirds = village(100, {"a": 80, "b": 80, "c": 80}, {"a,b,c": 1})
    with pytest.raises(verify.TieMatters):
        counted(thirds, "equal-split", ties="refuse")
    halves = counted(village(100, {"a": 80, "b": 80}, {"a,b": 1}), "equal-split", ties="refuse")
    assert halves.outcome["ties"][0]["decided_by"] == "no-difference"
    # 100.01 among three: two øre over; a leads and takes one, b and c draw for the other
    data = village("100.01", {"a": 80, "b": 80, "c": 80}, {"a,b,c": 1, "a": 1})
    assert awards(data, "equal-split", lot="c,b,a") == {"a": 3334, "c": 3334, "b": 3333}
    many = village(1000, {f"p{i}": 100 for i in range(9)}, {",".join(f"p{i}" for i in range(9)): 1})
    assert len(awards(many, "equal-split", ties="refuse")) == 9  # 9! orders, none of them matters


def test_the_meeting_may_decide_without_ballots() -> None:
    data = village(100, {"a": 40, "b": 50}, {})
    assert awards(data, "equal-split", recipients="all") == {"a": 4000, "b": 5000}
    assert reasons(data, "equal-split") == {"a": "no-support", "b": "no-support"}
    with pytest.raises(verify.UsageError):
        counted(data, "equal-split", recipients="all", threshold=1)


# -- everyone's share


def test_points_are_read_as_shares() -> None:
    # two ballots of 50: the first 3:1 to a and b, the second all to b
    data = village(100, {"a": 80, "b": 80}, {"a,b;3,1": 1, "b;2": 1}, "cumulative")
    lines = counted(data, "everyones-share").lines[1:]
    assert [(line["proposal"], line["amount"], line["value"]) for line in lines] == [
        ("a", 3750, "3750/1"),
        ("b", 6250, "6250/1"),
    ]


def test_a_basket_is_read_as_amounts() -> None:
    # 60 each: the first divides it 30 to 10, the second gives all to b; b asks 10
    data = village(120, {"a": 30, "b": 10}, {"a,b": 1, "b": 1}, meta="max_sum_cost;100\n")
    result = counted(data, "everyones-share")
    values = {line["proposal"]: (line["value"], line["amount"]) for line in result.lines[1:]}
    assert values == {"b": ("7500/1", 1000), "a": ("4500/1", 3000)}
    assert result.outcome["funded"][0]["proposal"] == "b"  # in order of score


def test_who_leaves_leaves_its_part_of_each_ballot_to_the_others_on_it() -> None:
    data = village(100, {"a": (80, 30), "b": 80, "c": 90}, {"a,b;1,1": 1, "c;2": 1}, "cumulative")
    # a gets 25 < 30 and leaves; then b has the whole 50 of its ballot
    assert steps(data, "everyones-share", ties="lot") == [
        ("rule", "skipped", "a", "below-minimum"),
        ("rule", "funded", "c", 5000),
        ("rule", "funded", "b", 5000),
    ]
    assert counted(data, "everyones-share", ties="lot").lines[1]["value"] == "2500/1"


def test_a_ballot_whose_proposals_all_left_leaves_its_share_in_the_pool() -> None:
    data = village(100, {"a": (80, 60), "b": 80}, {"a;1": 1, "b;2": 1}, "cumulative")
    assert awards(data, "everyones-share") == {"b": 5000}


def test_the_units_that_remain_go_to_the_largest_remainders() -> None:
    # 1.00 by three ballots: 33 1/3 each; b gets 2 of them (66 2/3)
    data = village(1, {"a": 1, "b": 1}, {"a;1": 1, "b;1": 2}, "cumulative")
    assert awards(data, "everyones-share") == {"b": 67, "a": 33}
    assert awards(data, "everyones-share", remainder="leave") == {"b": 66, "a": 33}
    tied = village(1, {"a": 1, "b": 1, "c": 1}, {"a;1": 1, "b;1": 1, "c;1": 1}, "cumulative")
    assert awards(tied, "everyones-share", lot="c,b,a") == {"c": 34, "b": 33, "a": 33}
    with pytest.raises(verify.TieMatters):
        counted(tied, "everyones-share", ties="refuse")


def test_a_unit_never_lifts_an_award_above_its_ask() -> None:
    data = village(10, {"a": "1.50", "b": 20}, {"a;1": 1, "b;1": 1}, "cumulative")
    assert awards(data, "everyones-share", unit=1) == {"a": 100, "b": 500}


# -- acclamation


def test_what_all_fits_needs_no_vote() -> None:
    data = village(50000, {"b": 30000, "a": 20000}, {})
    assert steps(data, "acclamation") == [("rule", "funded", "a", 2_000_000), ("rule", "funded", "b", 3_000_000)]
    with pytest.raises(verify.InputRejected, match="Not everything fits: a, b"):
        counted(village(49999, {"b": 30000, "a": 20000}, {}), "acclamation")
    with pytest.raises(verify.InputRejected, match="There are ballots"):
        counted(village(50000, {"a": 20000}, {"a": 1}), "acclamation")
    one_gone = counted(village(49999, {"b": 30000, "a": 20000}, {}), "acclamation", withdrawn="b")
    assert [award["proposal"] for award in one_gone.outcome["funded"]] == ["a"]


# -- files


def test_a_hand_count_is_counted_and_flagged() -> None:
    data = hand_count(100, {"a": (60, 9), "b": (50, 16), "c": (40, 0)}, 20)
    result = counted(data, "greedy")
    assert result.outcome["recountable"] is False
    assert result.outcome["ballots"] == {"valid": 20, "blank": None, "distinct": None}
    assert awards(data, "greedy") == {"b": 5000}
    assert reasons(data, "greedy") == {"a": "does-not-fit", "c": "no-support"}
    assert awards(data, "residual") == {"b": 5000, "a": 5000}
    assert result.lines[0]["ballots_root"] == verify.sha256(b"a\t9\nb\t16\nc\t0\n")
    document = json.loads(verify.read_input(data).profile())
    assert (document["valid"], document["totals"], document["ballots"]) == (20, [["a", 9], ["b", 16], ["c", 0]], [])
    for rule in ("phragmen", "equal-shares", "acclamation", "everyones-share"):
        with pytest.raises(verify.UsageError):
            counted(data, rule)


def test_a_hand_count_must_be_possible() -> None:
    two_balls = hand_count(100, {"a": (60, 25), "b": (50, 15)}, 20, "max_length;2\n")
    assert awards(two_balls, "greedy") == {"a": 6000}
    wrong = [
        two_balls.replace(b"b;50;15", b"b;50;16"),
        two_balls.replace(b"b;50;15", b"b;50;"),
        two_balls.replace(b"b;50;15", b"b;50;-1"),
        two_balls.replace(b"b;50;15", b"b;50;1.5"),
        two_balls.replace(b"num_votes;20\n", b""),
        two_balls.replace(b"num_votes;20\n", b"num_votes;x\n"),
        two_balls.replace(b";votes\n", b";score\n"),
        two_balls + b"1;a\n",
        two_balls.replace(b"max_length;2\n", b"area_weights;N:1\n"),
        hand_count(100, {"a": (60, 1)}, 0),
    ]
    for data in wrong:
        with pytest.raises(verify.InputRejected):
            verify.read_input(data)


def areas(meta: str, votes: list[str]) -> bytes:
    head = f"META\nkey;value\nbudget;100\nvote_type;approval\ncurrency;DKK\n{meta}"
    rows = "".join(f"{i};{vote}\n" for i, vote in enumerate(votes))
    return (
        head + "PROJECTS\nproject_id;cost\na;60\nb;60\nVOTES\nvoter_id;vote;neighborhood;district\n" + rows
    ).encode()


THREE_NORTH_ONE_SOUTH = ["a;Nord;", "a;Nord;", "b;;Nord", "b;Syd;Nord"]


def test_ballots_weigh_what_their_area_says() -> None:
    header = counted(areas("area_weights;Nord:3/2,Syd:1\n", THREE_NORTH_ONE_SOUTH), "greedy").lines[0]
    assert header["ballots"] == {"valid": "11/2", "blank": 0, "distinct": 2}
    assert [entry["score"] for entry in header["proposals"]] == [3, "5/2"]


def test_ballots_weigh_what_their_area_s_inhabitants_are_to_its_ballots() -> None:
    data = areas("area_population;Nord:300,Syd:300,Øst:900\n", THREE_NORTH_ONE_SOUTH)
    # half of 4 for each area: 2/3 for a ballot from Nord, 2 for the one from Syd; Øst has no ballots
    header = counted(data, "greedy").lines[0]
    assert header["ballots"]["valid"] == 4
    assert [entry["score"] for entry in header["proposals"]] == ["4/3", "8/3"]
    assert awards(data, "greedy") == {"b": 6000}


@pytest.mark.parametrize(
    "meta",
    [
        "area_weights;Nord:1\n", "area_weights;Nord:1,Syd:0\n", "area_weights;Nord:1,Syd:-1\n", "area_weights;Nord,Syd\n",
        "area_weights;Nord:1,Syd:1,Nord:2\n", "area_weights;Nord:1,Syd:1/0\n", "area_weights;Nord:1,Syd:1,\n",
        "area_population;Nord:1/2,Syd:1\n", "area_weights;Nord:1,Syd:1\narea_population;Nord:1,Syd:1\n",
        "area_weights;:1,Nord:1,Syd:1\n", "area_weights;Nord:1.5,Syd:1\n", "area_weights;Nord:1,5,Syd:1\n",
        "area_weights;7,Nord:3,Syd:1\n", "area_weights;Nord:3/1,5,Syd:2\n", "area_population;Nord:1,200,Syd:300\n",
        "area_weights;\n", "area_population;\n",
    ],
)  # fmt: skip
def test_area_keys_that_do_not_say_everything_are_rejected(meta: str) -> None:
    with pytest.raises(verify.InputRejected):
        verify.read_input(areas(meta, THREE_NORTH_ONE_SOUTH))


def test_a_ballot_without_area_cannot_be_weighed() -> None:
    with pytest.raises(verify.InputRejected, match="area '' is missing"):
        verify.read_input(areas("area_weights;Nord:1\n", ["a;Nord;", "b;;"]))
    with pytest.raises(verify.InputRejected, match="neighborhood"):
        verify.read_input(ladder(10, {"a": 5}, "area_weights;Nord:1\n"))


@pytest.mark.parametrize("least", ["0", "5.01", "x", "-1"])
def test_min_cost_lies_above_zero_and_at_most_at_the_cost(least: str) -> None:
    with pytest.raises(verify.InputRejected):
        verify.read_input(ladder(10, {"a": (5, least)}))


def test_min_cost_is_in_the_profile_only_when_declared() -> None:
    document = json.loads(verify.read_input(ladder(10, {"a": (5, "2.5"), "b": 4})).profile())
    assert document["proposals"] == [
        {"cost": 500, "id": "a", "min_cost": 250, "withdrawn": False},
        {"cost": 400, "id": "b", "withdrawn": False},
    ]


# -- who takes part

FIVE = ladder(100, {"a": 50, "b": 40, "c": 30, "d": 20, "e": 10})  # scores 5, 4, 3, 2, 1 of 5


def test_thresholds_as_shares() -> None:
    assert reasons(FIVE, "greedy", threshold="60%") == {
        "c": "does-not-fit",
        "d": "below-threshold",
        "e": "below-threshold",
    }
    plan = counted(FIVE, "greedy", threshold="60%").lines[0]["plan"]
    assert (plan["threshold"], plan["threshold_share"]) == (None, "3/5")
    both = counted(FIVE, "greedy", threshold=4, threshold_share="1/2").lines[0]
    assert [entry["out"] for entry in both["proposals"]] == [None, None, *["below-threshold"] * 3]
    assert (both["plan"]["threshold"], both["plan"]["threshold_share"]) == (4, "1/2")


def test_swiecie_s_threshold_grows_with_the_cost() -> None:
    # votes/5 >= cost/300: a 1 >= 1/6, e 1/5 >= 1/30; with share 2: a 1 >= 1, b 4/5 >= 4/5, c 3/5 >= 3/5
    assert set(reasons(FIVE, "greedy", cost_share="1/3").values()) == {"does-not-fit"}
    assert "below-threshold" not in reasons(FIVE, "greedy", cost_share=2).values()
    assert set(reasons(FIVE, "greedy", cost_share="2.1")) == set("abcde")


def test_turnout_is_absolute_or_of_the_electorate() -> None:
    assert set(reasons(FIVE, "greedy", turnout=6).values()) == {"no-quorum"}
    assert awards(FIVE, "greedy", turnout=5) == {"a": 5000, "b": 4000, "e": 1000}
    result = counted(FIVE, "greedy", turnout="20%", electorate=26)
    assert (result.lines[0]["plan"]["turnout"], result.lines[0]["plan"]["electorate"]) == ("26/5", 26)
    assert result.outcome["funded"] == []
    with pytest.raises(verify.UsageError):
        counted(FIVE, "greedy", turnout="20%")


def test_a_cap_stops_whole_proposals_and_trims_partial_ones() -> None:
    assert reasons(FIVE, "greedy", cap=40)["a"] == "over-cap"
    assert awards(FIVE, "residual", cap=40) == {"a": 4000, "b": 4000, "c": 2000}
    least = ladder(100, {"a": (50, 45), "b": 40})
    assert reasons(least, "residual", cap=40) == {"a": "below-minimum"}


def test_pre_funded_proposals_are_charged_to_the_pool() -> None:
    data = ladder(100, {"a": 50, "b": 60, "c": 40, "d": 110})
    assert steps(data, "greedy", pre_funded="c") == [
        ("given", "funded", "c", 4000),
        ("rule", "funded", "a", 5000),
        ("rule", "skipped", "b", None),
    ]
    header = counted(data, "greedy", pre_funded="c").lines[0]
    assert [entry["out"] for entry in header["proposals"]] == [None, None, "pre-funded", "over-pool"]
    assert [line["left"] for line in counted(data, "greedy", pre_funded="c").lines[1:]] == [6000, 1000, 1000]
    with pytest.raises(verify.InputRejected, match="d: cost more than the pool"):
        counted(data, "greedy", pre_funded="d")
    with pytest.raises(verify.InputRejected):
        counted(data, "greedy", pre_funded="c", withdrawn="c")


def test_every_old_rule_shares_out_what_is_not_given() -> None:
    data = ladder(100, {"a": 40, "b": 30, "c": 30, "d": 20})
    # 20 each: a costs four voters 10, b the other 10 of three
    assert awards(data, "equal-shares", pre_funded="d") == {"d": 2000, "a": 4000, "b": 3000}
    assert counted(data, "equal-shares", pre_funded="d").outcome["endowment"] == "2000/1"  # 80 among 4
    add1 = counted(data, "equal-shares/add1u", pre_funded="d", comparison="satisfaction")
    assert sum(award["amount"] for award in add1.outcome["funded"]) <= 10_000
    kinds = [line["kind"] for line in add1.lines[1:]]
    assert kinds.index("interval") == 0
    assert add1.lines[1 + kinds.index("funded")]["phase"] == "given"
    assert next(iter(awards(data, "phragmen", pre_funded="d"))) == "d"
    assert awards(data, "greedy-80", pre_funded="c") == {"c": 3000, "a": 4000, "b": 3000}
    nobody = village(100, {"a": 40, "b": 30}, {})
    assert awards(nobody, "greedy", pre_funded="a") == {"a": 4000}


# -- constraints


def test_a_cap_on_a_category() -> None:
    rules = [table("at-most", "a", "b", amount=70)]
    assert reasons(FIVE, "greedy", constraints=rules) == {"b": "over-quota", "e": "does-not-fit"}
    assert awards(FIVE, "residual", constraints=rules) == {"a": 5000, "b": 2000, "c": 3000}
    plan = counted(FIVE, "greedy", constraints=rules).lines[0]["plan"]
    assert plan["constraints"] == [{"kind": "at-most", "name": "at-most-1", "proposals": ["a", "b"], "amount": 7000}]


def test_a_floor_comes_first() -> None:
    # d and e come until they have 15: d has 20
    assert steps(FIVE, "greedy", constraints=[table("at-least", "d", "e", amount=15)]) == [
        ("floor", "funded", "d", 2000),
        ("rule", "funded", "a", 5000),
        ("rule", "skipped", "b", None),
        ("rule", "funded", "c", 3000),
        ("rule", "skipped", "e", None),
    ]
    assert [s[2] for s in steps(FIVE, "greedy", constraints=[table("at-least", "d", "e", amount=21)])][:2] == ["d", "e"]


def test_a_floor_that_nobody_votes_for_stops_no_count() -> None:
    data = village(100, {"a": 80, "d": 20}, {"a": 3})
    assert awards(data, "greedy", constraints=[table("at-least", "d", amount=20)]) == {"a": 8000}
    assert awards(data, "greedy", turnout=4, constraints=[table("at-least", "d", amount=20)]) == {}


def test_an_earmark_is_kept_and_what_it_does_not_use_is_released() -> None:
    rules = [table("earmark", "d", "e", share="1/2")]
    # 50 kept: a fits the free 50, b and c not; d and e take 30 of it; 20 are released: nothing fits
    assert steps(FIVE, "greedy", constraints=rules) == [
        ("rule", "funded", "a", 5000),
        ("rule", "skipped", "b", "earmarked"),
        ("rule", "skipped", "c", "earmarked"),
        ("rule", "funded", "d", 2000),
        ("rule", "funded", "e", 1000),
        ("released", "skipped", "b", None),
        ("released", "skipped", "c", None),
    ]
    assert reasons(FIVE, "greedy", constraints=rules) == {"b": "does-not-fit", "c": "does-not-fit"}
    assert reasons(FIVE, "greedy", constraints=rules, unused="leave") == {"b": "earmarked", "c": "earmarked"}
    assert awards(FIVE, "residual", constraints=rules) == {"a": 5000, "d": 2000, "e": 1000, "b": 2000}
    assert counted(FIVE, "greedy", constraints=rules).lines[0]["plan"]["unused"] == "common"


def test_pots_fund_their_own_first_and_what_they_leave_is_common() -> None:
    rules = [table("pot", "a", "b", amount=60, name="Nord"), table("pot", "c", "d", "e", amount=35, name="Syd")]
    assert steps(FIVE, "greedy", constraints=rules) == [
        ("pot", "funded", "a", 5000),
        ("pot", "skipped", "b", "earmarked"),
        ("pot", "funded", "c", 3000),
        ("pot", "skipped", "d", "earmarked"),
        ("pot", "skipped", "e", "earmarked"),
        ("rule", "skipped", "b", None),
        ("rule", "funded", "d", 2000),
        ("rule", "skipped", "e", None),
    ]
    left = steps(FIVE, "greedy", constraints=rules, unused="leave")
    # 100 - 80 - (10 + 5) kept: 5 in common
    assert left[5:] == [
        ("rule", "skipped", "b", None),
        ("rule", "skipped", "d", "earmarked"),
        ("rule", "skipped", "e", "earmarked"),
    ]


def test_vemmelev_s_pots_without_ideas_are_shared_out_again() -> None:
    data = village(400, {"a": 150, "b": 150, "c": 90, "d": 120}, {"a,b,c": 1, "a,b": 1, "a": 1})
    rules = [table("pot", name, amount="80.01", name=name) for name in "abcd"]
    # d has no supporter: its 80.01 go to a, b, c: 26.67 each
    said = steps(data, "residual", constraints=rules, unused="resplit")
    assert said[:3] == [("pot", "funded", "a", 10_668), ("pot", "funded", "b", 10_668), ("pot", "funded", "c", 9_000)]
    odd = [table("pot", name, amount="80.01", name=name) for name in "abc"]
    odd.append(table("pot", "d", amount=80, name="d"))
    said = steps(data, "residual", constraints=odd, unused="resplit")
    assert [step[3] for step in said[:2]] == [8001 + 2667, 8001 + 2667]  # 80.00 / 3 = 26.66, two øre to a and b


def test_of_a_site_one_is_funded() -> None:
    rules = [table("one-of", "b", "a")]
    assert reasons(FIVE, "greedy", constraints=rules) == {"b": "excluded", "e": "does-not-fit"}
    assert awards(FIVE, "greedy", constraints=rules) == {"a": 5000, "c": 3000, "d": 2000}
    assert reasons(FIVE, "greedy", constraints=rules, pre_funded="a")["b"] == "excluded"


def test_together_is_all_or_none_with_one_step_for_each() -> None:
    rules = [table("together", "b", "d", "e")]
    data = ladder(100, {"a": 30, "b": 40, "c": 30, "d": 20, "e": 10})
    lines = counted(data, "greedy", constraints=rules).lines[1:]
    assert [(line["proposal"], line["left"], line["value"]) for line in lines] == [
        ("a", 7000, "5/1"),
        ("b", 3000, "4/1"),
        ("d", 1000, "4/1"),
        ("e", 0, "4/1"),
        ("c", 0, "3/1"),
    ]
    assert awards(FIVE, "greedy", constraints=rules) == {"a": 5000, "c": 3000}
    assert reasons(FIVE, "greedy", constraints=rules) == dict.fromkeys("bde", "does-not-fit")


def test_needs_go_one_way_and_on() -> None:
    rules = [table("needs", "a", "d"), table("needs", "d", "e")]
    assert list(awards(FIVE, "greedy", constraints=rules)) == ["a", "d", "e"]
    assert list(awards(FIVE, "greedy", constraints=[table("needs", "e", "a")])) == ["a", "b", "e"]
    unsupported = village(100, {"a": 10, "b": 10, "c": 10}, {"a,c": 1})
    out = reasons(unsupported, "greedy", constraints=[table("needs", "a", "b"), table("needs", "c", "a")])
    assert out == {"a": "excluded", "b": "no-support", "c": "excluded"}
    given = awards(unsupported, "greedy", constraints=[table("needs", "a", "b")], pre_funded="b")
    assert given == {"b": 1000, "a": 1000, "c": 1000}


def test_the_first_member_of_a_bundle_that_does_not_fit_says_why() -> None:
    rules = [table("together", "a", "b"), table("at-most", "b", "c", amount=30)]
    assert reasons(FIVE, "greedy", constraints=rules)["a"] == "over-quota"
    rules = [table("together", "a", "c"), table("pot", "a", "b", amount=90)]
    assert steps(FIVE, "greedy", constraints=rules)[0] == ("pot", "skipped", "a", "earmarked")


def test_a_bundle_asks_whole_amounts_of_residual() -> None:
    data = ladder(90, {"c": 30, "a": 50, "b": 40})
    assert awards(data, "residual", constraints=[table("together", "a", "b")]) == {"c": 3000}


def test_an_open_tie_of_rivals_matters_and_of_a_bundle_too() -> None:
    data = village(100, {"a": 30, "b": 30, "c": 30}, {"a,b,c": 1})
    assert len(awards(data, "greedy", ties="refuse")) == 3
    with pytest.raises(verify.TieMatters):
        counted(data, "greedy", ties="refuse", constraints=[table("one-of", "a", "b")])
    with pytest.raises(verify.TieMatters):
        counted(data, "greedy", ties="refuse", constraints=[table("at-most", "a", "b", "c", amount=70)])
    assert len(awards(data, "greedy", ties="refuse", constraints=[table("together", "a", "b")])) == 3


def test_members_by_category_and_area() -> None:
    head = "META\nkey;value\nbudget;100\nvote_type;approval\nPROJECTS\nproject_id;cost;category;neighborhood;district\n"
    rows = 'a;60;"klima, unge";Nord;x\nb;50;unge;;Syd\nc;40;;Syd;Nord\n'
    data = (head + rows + "VOTES\nvoter_id;vote\n1;a,b,c\n2;a,b\n3;a\n").encode()
    election = verify.read_input(data)
    tables = [
        {"kind": "at-most", "category": "unge", "amount": 60},
        {"kind": "one-of", "area": "Syd", "name": "samme sted"},
        {"kind": "earmark", "category": "klima", "share": "10%"},
    ]
    plan = verify.make_plan(election, "greedy", {"constraints": tables})
    assert [(c.name, c.proposals, c.amount) for c in plan.village.constraints] == [
        ("at-most-1", ("a", "b"), 6000),
        ("samme sted", ("b", "c"), None),
        ("earmark-1", ("a",), 1000),
    ]
    with pytest.raises(verify.InputRejected):
        verify.make_plan(election, "greedy", {"constraints": [{"kind": "one-of", "area": "Vest"}]})


@pytest.mark.parametrize(
    "rule", ["greedy-stop", "greedy-80", "residual-last", "phragmen", "equal-split", "equal-shares"]
)
def test_rules_that_do_not_go_on_refuse_floors(rule: str) -> None:
    with pytest.raises(verify.UsageError, match="cannot carry these constraints"):
        counted(FIVE, rule, constraints=[table("at-least", "a", "b", amount=1)])


@pytest.mark.parametrize(
    ("tables", "more", "named"),
    [
        ([table("at-least", "a", amount="100.01")], {}, "at-least-1"),
        ([table("pot", "a", amount=60, name="Nord")], {"pre_funded": "a"}, "Nord"),
        ([table("at-least", "a", amount=30), table("at-most", "a", "b", amount=20)], {}, "at-least-1, at-most-1"),
        ([table("at-least", "a", "b", amount=60), table("one-of", "a", "b")], {}, "at-least-1, one-of-1"),
        ([table("together", "a", "b"), table("one-of", "a", "b")], {}, "together-1, one-of-1"),
        ([table("needs", "d", "e"), table("needs", "a", "b"), table("needs", "b", "c"), table("one-of", "a", "c")], {},
         "needs-2, needs-3, one-of-1"),
        ([table("earmark", "a", amount=30), table("at-most", "a", "b", amount=20)], {}, "earmark-1, at-most-1"),
        ([table("needs", "d", "e"), table("together", "a", "b"), table("needs", "c", "b")], {}, "together-1, needs-2"),
        ([table("at-most", "a", "b", amount=40)], {"pre_funded": "a"}, "at-most-1"),
        ([table("one-of", "d", "e")], {"pre_funded": "d+e"}, "one-of-1"),
        ([table("at-least", "a", amount=50), table("at-least", "b", amount=40), table("at-least", "d", amount=20)], {},
         "at-least-1, at-least-2, at-least-3"),
        ([table("at-least", "e", amount=5), table("at-least", "b", amount=40), table("at-least", "a", amount=50)],
         {"pre_funded": "d"}, "at-least-3, at-least-2"),
        ([table("earmark", "c", amount=5), table("earmark", "a", amount=60), table("pot", "b", amount=41)], {},
         "earmark-2, pot-1"),
        ([table("earmark", "a", "b", amount=10), table("earmark", "b", amount=10)], {}, "earmark-1, earmark-2"),
        ([table("pot", "a", "b", amount=10), table("pot", "b", amount=10)], {}, "pot-1, pot-2"),
    ],
)  # fmt: skip
def test_contradictions_are_refused_with_the_smallest_set(tables: list[Any], more: Any, named: str) -> None:
    with pytest.raises(verify.InputRejected) as caught:
        counted(FIVE, "greedy", constraints=tables, **more)
    assert caught.value.english.startswith(named + ":")
    assert caught.value.danish.startswith(named + ":")


def test_what_is_just_possible_is_counted() -> None:
    tables = [table("at-least", "a", amount=50), table("at-most", "a", amount=50), table("earmark", "b", amount=50)]
    assert awards(FIVE, "greedy", constraints=tables) == {"a": 5000, "b": 4000, "e": 1000}
    floors = [table("at-least", "a", amount=50), table("at-least", "b", amount=40), table("at-least", "e", amount=10)]
    assert awards(FIVE, "greedy", constraints=floors) == {"a": 5000, "b": 4000, "e": 1000}
    satisfied = [table("at-least", "a", "b", amount=90)]
    assert awards(FIVE, "greedy", constraints=satisfied, pre_funded="a") == {"a": 5000, "b": 4000, "e": 1000}


# -- leftover and reserve


def test_carry_over_and_return_are_words_for_the_minutes() -> None:
    for policy in ("carry-over", "return"):
        result = counted(FIVE, "greedy-stop", leftover=policy)
        assert result.outcome["leftover"] == {"amount": 1000, "policy": policy}
        assert [line["kind"] for line in result.lines] == ["header", "funded", "funded", "stopped"]


def test_next_funds_what_fits_after_the_rule_has_stopped() -> None:
    assert steps(FIVE, "greedy-stop", leftover="next")[2:] == [
        ("rule", "stopped", "c", None),
        ("leftover", "skipped", "c", None),
        ("leftover", "skipped", "d", None),
        ("leftover", "funded", "e", 1000),
    ]
    assert counted(FIVE, "greedy-stop", leftover="next").outcome["leftover"]["amount"] == 0


def test_next_part_gives_the_first_misfit_a_part() -> None:
    data = ladder(100, {"a": 40, "b": (90, 80), "c": (50, 30), "d": (30, 20), "e": 5})
    assert awards(data, "prize-ladder", prizes="40", leftover="next") == {"a": 4000, "c": 5000, "e": 500}
    # after a, 60 is left: b cannot use it, c has its 50 whole, d cannot use 10, e fits
    assert awards(data, "prize-ladder", prizes="40", leftover="next-part") == {"a": 4000, "c": 5000, "e": 500}
    data = ladder(100, {"a": 40, "b": (90, 80), "c": (70, 30), "d": (30, 20), "e": 5})
    assert awards(data, "prize-ladder", prizes="40", leftover="next-part") == {"a": 4000, "c": 6000}
    for rule in ("greedy", "acclamation"):
        with pytest.raises(verify.UsageError):
            counted(data, rule, leftover="next-part")


def test_quotas_and_rivals_hold_for_the_leftover() -> None:
    rules = [table("at-most", "c", "d", amount=40), table("earmark", "c", amount=30)]
    data = ladder(100, {"a": 50, "b": 30, "c": 45, "d": 35})
    # 30 kept for c, which asks more than the 40 of its quota; afterwards b fits, and c gets the 20 that are left
    said = steps(data, "rate-bands", bands="*:1", constraints=rules, leftover="next-part", unused="leave")
    assert said == [
        ("rule", "funded", "a", 5000),
        ("rule", "skipped", "b", "earmarked"),
        ("rule", "skipped", "c", "over-quota"),
        ("rule", "skipped", "d", "earmarked"),
        ("leftover", "funded", "b", 3000),
        ("leftover", "funded", "c", 2000),
        ("leftover", "skipped", "d", "over-quota"),
    ]


def test_redistribute_tops_up_those_who_got_less() -> None:
    data = ladder(100, {"a": 60, "b": 30, "c": 21, "d": 10})
    # 20 + 20 + 20 given; 40 left; lacking 40, 10, 1: c takes 1, b 10, a 29
    said = steps(data, "prize-ladder", prizes="20+20+20", leftover="redistribute")
    assert said[3:] == [
        ("leftover", "topped", "a", 2900),
        ("leftover", "topped", "b", 1000),
        ("leftover", "topped", "c", 100),
    ]
    result = counted(data, "prize-ladder", prizes="20+20+20", leftover="redistribute")
    assert result.outcome["funded"][0] == {"proposal": "a", "amount": 4900, "step": 1}
    assert result.outcome["leftover"] == {"amount": 0, "policy": "redistribute"}
    capped = awards(data, "prize-ladder", prizes="20+20+20", leftover="redistribute", cap=25)
    assert capped == {"a": 2500, "b": 2500, "c": 2100}
    odd = ladder("60.02", {"a": 60, "b": 30, "c": 21})
    assert awards(odd, "prize-ladder", prizes="20+20+20", leftover="redistribute") == {"a": 2001, "b": 2001, "c": 2000}


def test_redistribute_finds_the_tie_at_the_last_oere() -> None:
    data = village("60.01", {"a": 60, "b": 60}, {"a,b": 1})
    assert awards(data, "prize-ladder", prizes="30+30", leftover="redistribute", lot="b,a") == {"b": 3001, "a": 3000}
    with pytest.raises(verify.TieMatters):
        counted(data, "prize-ladder", ties="refuse", prizes="30+30", leftover="redistribute")


def test_the_reserve_is_in_classes() -> None:
    data = village(100, {"a": 90, "b": 60, "c": 60, "d": 50, "e": 40, "f": 10}, {"a": 3, "b,c,d": 2, "e": 1})
    assert counted(data, "greedy", ties="refuse", reserve="yes").outcome["reserve"] == [["b", "c", "d"], ["e"]]
    assert counted(data, "greedy", reserve="yes").outcome["reserve"] == [["d"], ["b", "c"], ["e"]]
    assert counted(data, "greedy", lot="f,e,d,c,b,a", reserve=True).outcome["reserve"] == [["d"], ["c"], ["b"], ["e"]]
    assert "reserve" not in counted(data, "greedy", reserve="no").outcome


def moved(data: bytes, names: list[str], rule: str = "greedy", **settings: Any) -> dict[str, Any]:
    result = counted(data, rule, **settings)
    election = verify.read_input(data)
    plan = verify.make_plan(election, rule, settings, ("cheapest", "refuse"))
    return dict(verify.withdraw(result, verify.Contest(election, plan), names))


def test_a_withdrawal_lets_the_reserve_move_up() -> None:
    assert moved(FIVE, ["a"]) == {
        "schema": "borgerbudget.withdrawal/1",
        "withdrawn": ["a"],
        "freed": 5000,
        "moves_up": [{"proposal": "c", "amount": 3000}, {"proposal": "d", "amount": 2000}],
        "left": 0,
    }
    assert moved(FIVE, ["c"])["moves_up"] == []  # it was on the reserve and frees nothing
    rivals = moved(FIVE, ["a"], constraints=[table("one-of", "b", "c")])
    assert (rivals["moves_up"], rivals["left"]) == ([{"proposal": "d", "amount": 2000}], 3000)
    with pytest.raises(verify.InputRejected):
        moved(FIVE, ["x"])


def test_a_reserve_class_that_does_not_fit_together_is_a_tie() -> None:
    data = village(100, {"a": 90, "b": 60, "c": 60}, {"a": 3, "b,c": 2})
    with pytest.raises(verify.TieMatters):
        moved(data, ["a"])
    small = village(30, {"a": 20, "b": 30, "c": 30, "d": 10, "e": 5}, {"a,d": 3, "b,c": 2, "e": 1})
    assert moved(small, ["d"])["moves_up"] == [{"proposal": "e", "amount": 500}]  # neither b nor c would fit


# -- plans


def test_keys_stand_in_the_plan_only_when_they_are_set() -> None:
    plain = counted(FIVE, "greedy").lines[0]["plan"]
    same = counted(FIVE, "greedy", withdrawn="", pre_funded=[], constraints=[], reserve="no").lines[0]["plan"]
    assert plain == same == {"rule": "greedy", "version": 1, "threshold": None, "ties": ["cheapest", "refuse"]}
    split = counted(FIVE, "equal-split", unit="0.01").lines[0]["plan"]
    assert {key: split[key] for key in split if key not in plain} == {"remainder": "order", "recipients": "supported"}
    units = counted(FIVE, "equal-split", unit=1).lines[0]["plan"]
    assert units["unit"] == 100


@pytest.mark.parametrize(
    ("rule", "settings"),
    [
        ("greedy", {"cap": 0}), ("greedy", {"cap": "x"}), ("greedy", {"cap": "1.005"}), ("greedy", {"cap": True}),
        ("greedy", {"cap": -1}), ("greedy", {"cap": [1]}), ("greedy", {"cap": 2**53}), ("greedy", {"threshold": "x%"}),
        ("greedy", {"cap": "12.000"}), ("greedy", {"constraints": [table("at-most", "a", amount="50,000")]}),
        ("prize-ladder", {"prizes": "12.000"}), ("rate-bands", {"bands": "15.000:1+*:1/2"}), ("greedy", {"threshold": -1}),
        ("greedy", {"threshold": "110%"}), ("greedy", {"threshold_share": 10}), ("rate-bands", {"bands": "*:0%"}),
        ("greedy", {"constraints": [table("at-most", "a", amount=0)]}),
        ("greedy", {"threshold_share": "-1%"}), ("greedy", {"threshold": "10%", "threshold_share": "10%"}),
        ("greedy", {"turnout": "-1"}), ("greedy", {"electorate": "1.5"}), ("greedy", {"leftover": "keep"}),
        ("greedy", {"leftover": "redistribute"}), ("greedy", {"reserve": "maybe"}), ("greedy", {"withdrawn": "a+a"}),
        ("greedy", {"withdrawn": {"a": 1}}), ("greedy", {"withdrawn": [1]}), ("greedy", {"prizes": "1"}),
        ("greedy", {"unused": "leave"}), ("greedy", {"winners": 1}), ("prize-ladder", {}), ("prize-ladder", {"prizes": ""}),
        ("prize-ladder", {"prizes": "rest+1"}), ("prize-ladder", {"prizes": "0"}), ("rate-bands", {}),
        ("rate-bands", {"bands": "100:1"}), ("rate-bands", {"bands": "*:1+*:1"}), ("rate-bands", {"bands": "*:101%"}),
        ("rate-bands", {"bands": "20:1+10:1+*:1"}), ("rate-bands", {"bands": [["*"]]}), ("rate-bands", {"bands": "*:-1"}),
        ("equal-split", {"winners": 0}), ("equal-split", {"unit": 0}), ("equal-split", {"remainder": "x"}),
        ("equal-split", {"recipients": "x"}), ("everyones-share", {}), ("residual/none", {}),
        ("acclamation", {"threshold": 1}), ("greedy", {"constraints": "a"}), ("greedy", {"constraints": ["a"]}),
        ("greedy", {"constraints": [{}]}), ("greedy", {"constraints": [table("most", "a")]}),
        ("greedy", {"constraints": [table("at-most", "a")]}), ("greedy", {"constraints": [table("one-of", "a", amount=1)]}),
        ("greedy", {"constraints": [table("at-most", "a", amount=1, share=1)]}),
        ("greedy", {"constraints": [table("at-most", amount=1)]}), ("greedy", {"constraints": [table("needs", "a")]}),
        ("greedy", {"constraints": [{"kind": "needs", "category": "x"}]}),
        ("greedy", {"constraints": [table("one-of", "a", "a")]}), ("greedy", {"constraints": [table("one-of", "a", x=1)]}),
        ("greedy", {"constraints": [table("one-of", "a", name="")]}),
        ("greedy", {"constraints": [table("one-of", "a", name="x"), table("one-of", "b", name="x")]}),
        ("greedy", {"constraints": [table("earmark", "a", amount=1)], "unused": "resplit"}),
        ("residual", {"constraints": [table("at-most", "a", amount=1)], "leftover": "redistribute"}),
    ],
)  # fmt: skip
def test_settings_that_make_no_sense(rule: str, settings: dict[str, Any]) -> None:
    with pytest.raises(verify.UsageError) as caught:
        counted(FIVE, rule, **settings)
    assert caught.value.danish.endswith(".")
    assert caught.value.english != caught.value.danish


def test_unknown_proposals_are_rejected() -> None:
    for settings in ({"withdrawn": "x"}, {"pre_funded": "x"}, {"constraints": [table("one-of", "a", "x")]}):
        with pytest.raises(verify.InputRejected, match="unknown proposal 'x'"):
            counted(FIVE, "greedy", **settings)


# -- traces

RICH = {
    "constraints": [
        table("at-least", "d", "e", amount=5), table("pot", "b", "c", amount=40, name="Syd"),
        table("earmark", "a", "d", share="30%"), table("needs", "c", "e"), table("one-of", "a", "b"),
        table("at-most", "a", "c", amount=70),
    ],
    "withdrawn": [], "pre_funded": ["e"], "leftover": "next", "reserve": True, "threshold": "10%", "turnout": "1%",
    "electorate": 7,
}  # fmt: skip
TRACED: list[tuple[bytes, str, dict[str, Any]]] = [
    (FIVE, "greedy", RICH),
    (FIVE, "rate-bands", {**RICH, "bands": "20:1+*:50%", "cap": "22.5"}),
    (ladder(100, {"a": 60, "b": 30, "c": 21}), "prize-ladder", {"prizes": "20+10+rest", "leftover": "redistribute"}),
    (
        ladder("55.01", {"a": (60, 20), "b": 30, "c": 21}),
        "equal-split",
        {"winners": 2, "unit": 1, "leftover": "next-part"},
    ),
]


@pytest.mark.parametrize("place", range(len(TRACED)))
def test_a_changed_trace_of_a_village_rule_is_refused(place: int) -> None:
    data, rule, settings = TRACED[place]
    election, result = verify.read_input(data), counted(data, rule, **settings)
    refused = 0
    for lines in mutations(result.lines)[::3]:
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


def test_a_wrong_line_is_named() -> None:
    result = counted(FIVE, "residual", cap=40)
    lines = json.loads(json.dumps(result.lines))
    lines[2]["amount"] += 1
    with pytest.raises(verify.CheckFailed, match=r"Line 3 \(step 2\): amount is not right"):
        verify.check(verify.read_input(FIVE), b"".join(map(verify.canonical, lines)))
    lines = json.loads(json.dumps(result.lines))
    lines[0]["plan"]["cap"] = "40"
    with pytest.raises(verify.CheckFailed, match="Line 1: E216"):
        verify.check(verify.read_input(FIVE), b"".join(map(verify.canonical, lines)))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("cap", "x"), ("cap", -1), ("bands", [[1]]), ("bands", 1), ("constraints", 1), ("constraints", [1]),
        ("constraints", [{"kind": "one-of", "proposals": ["x"]}]), ("prizes", [[]]), ("withdrawn", ["x"]), ("unit", {}),
        ("constraints", [{"kind": "at-least", "name": "x", "proposals": ["a"], "amount": 10**6}]), ("turnout", []),
        ("reserve", False), ("leftover", 1), ("winners", True),
    ],
)  # fmt: skip
def test_junk_in_a_header_s_plan_is_refused(key: str, value: object) -> None:
    lines = json.loads(json.dumps(counted(FIVE, "greedy", reserve=True).lines))
    lines[0]["plan"][key] = value
    with pytest.raises(verify.CheckFailed):
        verify.check(verify.read_input(FIVE), b"".join(map(verify.canonical, lines)))


# -- at random: small, full of ties


def random_case(seed: int) -> tuple[bytes, str, dict[str, Any], list[str]]:
    """A round with few proposals, a rule of this book (or an old one), and settings that go with it."""
    dice = random.Random(seed)
    rule = dice.choice([*verify.PARTIAL_RULES, "greedy", "greedy-per-cost", "greedy-stop", "phragmen", "equal-shares"])
    names = [f"p{i}" for i in range(dice.randint(2, 4))]
    costs = {name: dice.choice([1, 2, 2, 3, 4, 6]) for name in names}
    projects = {n: (c, dice.choice(["", "", c, "0.5", 1])) for n, c in costs.items()}
    pool = dice.choice([3, 5, 7, "7.01", 10])
    points = rule == "everyones-share" or dice.random() < 0.3
    points = points and rule != "phragmen"
    ballots = []
    for _ in range(dice.randint(1, 4)):
        chosen = dice.sample(names, dice.randint(0, len(names)))
        marks = ",".join(str(dice.randint(1, 2)) for _ in chosen)
        ballots.append(",".join(chosen) + (f";{marks}" if points else ""))
    settings: dict[str, Any] = {}
    if rule == "prize-ladder":
        settings["prizes"] = dice.choice(["1+1+rest", "2+1", "1+1+1", "rest"])
    if rule == "rate-bands":
        settings["bands"] = dice.choice(["1:1+*:50%", "*:1/3", "2:50%+4:1+*:0"])
    if rule in ("equal-split", "everyones-share"):
        settings["remainder"] = dice.choice(["order", "order", "leave"])
        settings["unit"] = dice.choice(["0.01", 1, "0.5"])
    if rule == "equal-split" and dice.random() < 0.5:
        settings["winners"] = dice.randint(1, 3)
    if dice.random() < 0.2:
        settings["cap"] = dice.choice([1, 2, 3])
    if dice.random() < 0.15:
        settings["pre_funded"] = [dice.choice(names)]
    if dice.random() < 0.15:
        settings["withdrawn"] = [dice.choice(names)]
    if dice.random() < 0.15:
        settings["threshold"] = dice.choice(["30%", 1, "50%"])
    if dice.random() < 0.5:
        choices = verify.LEFTOVERS if rule in verify.PARTIAL_RULES else verify.LEFTOVERS[:3]
        settings["leftover"] = dice.choice(choices)
    if rule in verify.RULES_THAT_GO_ON:
        tables = []
        for _ in range(dice.randint(0, 3)):
            kind = dice.choice(verify.CONSTRAINT_KINDS)
            members = dice.sample(names, dice.randint(2 if kind == "needs" else 1, len(names)))
            amount = {"amount": dice.randint(int(kind == "at-most"), 5)} if kind in verify.AMOUNT_KINDS else {}
            tables.append(table(kind, *members, **amount))
        settings["constraints"] = tables
        if any(item["kind"] == "pot" for item in tables):
            settings["unused"] = dice.choice(["common", "leave", "resplit"])
    kind = "cumulative" if points else "approval"
    return village(pool, projects, {}, kind, ballots=ballots), rule, settings, names


def outcome_of(data: bytes, rule: str, ties: str = "refuse", lot: str | None = None, **settings: Any) -> Any:
    result = counted(data, rule, ties, lot, **settings)
    return frozenset((award["proposal"], award["amount"]) for award in result.outcome["funded"]), result


def holds(constraint: dict[str, Any], awarded: dict[str, int]) -> bool:
    members = [name for name in constraint["proposals"] if name in awarded]
    if constraint["kind"] == "at-most":
        return sum(awarded[name] for name in members) <= constraint["amount"] * 100
    if constraint["kind"] == "one-of":
        return len(members) <= 1
    if constraint["kind"] == "together":
        return len(members) in (0, len(constraint["proposals"]))
    if constraint["kind"] == "needs" and constraint["proposals"][0] in awarded:
        return len(members) == len(constraint["proposals"])
    return True


@pytest.mark.parametrize("seed", range(250))
def test_on_small_rounds_ties_matter_iff_draws_differ_and_constraints_hold(seed: int) -> None:
    data, rule, settings, names = random_case(seed)
    try:
        drawn = {lot: outcome_of(data, rule, lot=",".join(lot), **settings) for lot in itertools.permutations(names)}
    except (verify.InputRejected, verify.UsageError):
        return  # a contradiction, or a combination that is refused: told apart in the tests above
    given = set(settings.get("pre_funded", []))
    for funded, result in drawn.values():
        awarded = dict(funded)
        asks = {entry["proposal"]: entry.get("ask", entry["cost"]) for entry in result.lines[0]["proposals"]}
        costs = {entry["proposal"]: entry["cost"] for entry in result.lines[0]["proposals"]}
        topped = settings.get("leftover") == "redistribute"
        for name, amount in awarded.items():
            assert 0 < amount <= (costs if topped or name in given else asks)[name]
        for constraint in settings.get("constraints", []):
            together = constraint["kind"] in ("together", "needs") and given.intersection(constraint["proposals"])
            assert together or holds(constraint, awarded)
    outcomes = {funded for funded, _ in drawn.values()}
    try:
        agreed, _ = outcome_of(data, rule, **settings)
    except verify.TieMatters:
        assert len(outcomes) > 1
    else:
        assert outcomes == {agreed}


# -- the command line


def test_a_plan_file_says_all(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "r.pb").write_bytes(FIVE)
    plan = {"plan": "residual", "ties": ["cheapest", "refuse"], "cap": 40, "constraint": [table("one-of", "a", "b")]}
    (tmp_path / "p.json").write_text(json.dumps(plan, indent=2), encoding="utf-8")
    arguments = ["count", str(tmp_path / "r.pb"), "--plan-file", str(tmp_path / "p.json"), "--lang", "en"]
    assert verify.main([*arguments, "--trace"]) == 0
    expected = counted(FIVE, "residual", cap=40, constraints=plan["constraint"])
    assert capsysbinary.readouterr().out == expected.trace_bytes()
    assert verify.main([*arguments, "--set", "cap=20", "--withdraw", "a"]) == 0
    document = json.loads(capsysbinary.readouterr().out)
    assert (document["withdrawn"], document["freed"], document["moves_up"]) == (
        ["a"], 2000, [{"proposal": "b", "amount": 2000}],
    )  # fmt: skip
    for junk in ("", "[]", "{", '{"cap":1.5}', '{"plan":1}', '{"ties":"lot"}', '{"cap":1,"cap":2}'):
        (tmp_path / "p.json").write_text(junk, encoding="utf-8")
        assert verify.main(arguments) == 2
        assert capsysbinary.readouterr().err.count(b"\n") == 1


def test_fractions_stay_fractions() -> None:
    assert verify.setting_share("x", "12.5%") == Fraction(1, 8)
    assert verify.setting_share("x", "1/3%") == Fraction(1, 300)
