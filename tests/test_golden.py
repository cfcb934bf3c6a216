"""Published examples and hand-made ones, with every number written out."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from borgerbudget import Election, Proposal, make_election
from tallies import Lot, TieMatters, count, dice_lot, drawn_lot, make_plan, reachable, trace_bytes
from tallies.outcome import Outcome

COSTS = {"bike": 700, "gym": 400, "park": 250, "playground": 200, "library": 100}
BALLOTS = (
    "bike,gym|bike,gym,park|bike,gym|bike,gym,park|bike,gym,park|bike,gym|park,playground,library|playground|"
    "playground,library|park,playground,library|"
)


def site_example(last: str) -> Election:
    """equalshares.net, explanation: eleven voters, a pool of 1,100."""
    ballots = [ballot.split(",") for ballot in (BALLOTS + last).split("|")]
    return make_election(1100, [Proposal(i, c) for i, c in COSTS.items()], ballots)


def funded(outcome: Outcome) -> list[str]:
    return [award.proposal for award in outcome.funded]


def steps(outcome: Outcome) -> list[dict[str, object]]:
    return [json.loads(line) for line in trace_bytes(outcome).splitlines()[1:]]


def test_the_first_example_of_equalshares_net() -> None:
    election = site_example("bike")
    assert set(funded(count(election, make_plan("equal-shares", election)))) == {"bike", "playground", "library"}


def test_the_second_example_of_equalshares_net_with_its_effective_votes() -> None:
    election = site_example("gym")
    outcome = count(election, make_plan("equal-shares", election))
    assert funded(outcome) == ["gym", "park", "playground"]
    values = [Fraction(str(step["value"])) for step in steps(outcome) if step["kind"] == "funded"]
    assert [1 / value for value in values] == [7, Fraction(70, 17), Fraction(56, 17)]
    assert outcome.endowment == 100


def test_groups_of_payers_in_the_second_example() -> None:
    election = site_example("gym")
    park, playground = steps(count(election, make_plan("equal-shares", election)))[1:3]
    assert (park["paid_in_full"], park["ran_out"]) == (2, [[3, [1]]])
    assert (playground["paid_in_full"], playground["ran_out"]) == (2, [[2, [2]]])


def test_what_the_unfunded_ones_could_raise_in_the_second_example() -> None:
    election = site_example("gym")
    last = steps(count(election, make_plan("equal-shares", election)))[3:]
    assert [(s["kind"], s["proposal"], s["value"]) for s in last] == [
        ("unaffordable", "bike", "900/7"),
        ("unaffordable", "library", "275/7"),
    ]


def test_greedy_as_aarhus_counts() -> None:
    """sammenomaarhus.dk: pool 80,000; 32,000 funded, 78,450 skipped, 20,000 funded."""
    proposals = [Proposal("first", 3_200_000), Proposal("second", 7_845_000), Proposal("third", 2_000_000)]
    ballots = [["first"]] * 3 + [["second"]] * 2 + [["third"]]
    election = make_election(8_000_000, proposals, ballots)
    assert funded(count(election, make_plan("greedy", election))) == ["first", "third"]
    assert funded(count(election, make_plan("greedy-stop", election))) == ["first"]


def poznan(third: int) -> Election:
    proposals = [Proposal("a", 600), Proposal("b", 500), Proposal("c", third)]
    return make_election(1000, proposals, [["a"]] * 3 + [["b"]] * 2 + [["c"]])


def test_eighty_per_cent_left_is_enough() -> None:
    election = poznan(100)
    outcome = count(election, make_plan("greedy-80", election))
    assert [(a.proposal, a.amount, a.topped_up) for a in outcome.funded] == [("a", 600, None), ("b", 400, 100)]
    assert outcome.not_funded == (("c", "after-stop"),)


def test_one_minor_unit_below_eighty_per_cent_is_not() -> None:
    proposals = [Proposal("a", 601), Proposal("b", 499), Proposal("c", 100)]
    election = make_election(1000, proposals, [["a"]] * 3 + [["b"]] * 2 + [["c"]])
    outcome = count(election, make_plan("greedy-80", election))
    assert funded(outcome) == ["a"]
    assert outcome.not_funded == (("b", "does-not-fit"), ("c", "after-stop"))


def test_eighty_per_cent_decides_who_takes_part() -> None:
    proposals = [Proposal("just", 1250), Proposal("over", 1251)]
    election = make_election(1000, proposals, [["just", "over"]])
    outcome = count(election, make_plan("greedy-80", election))
    assert outcome.not_funded == (("over", "over-pool"),)
    assert [(a.amount, a.topped_up) for a in outcome.funded] == [(1000, 250)]


def test_votes_per_cost() -> None:
    proposals = [Proposal("dear", 900), Proposal("cheap", 200)]
    election = make_election(1000, proposals, [["dear"]] * 4 + [["cheap"]])
    plan = make_plan("greedy-per-cost", election)
    assert funded(count(election, plan)) == ["cheap"]  # 1/200 > 4/900


def test_phragmen_stops_when_one_of_the_tied_does_not_fit() -> None:
    proposals = [Proposal("a", 300), Proposal("b", 300), Proposal("c", 600)]
    election = make_election(600, proposals, [["a"], ["b"], ["c"], ["c"]])
    outcome = count(election, make_plan("phragmen", election, ties=["lot"], lot=Lot(("a", "b", "c"))))
    assert funded(outcome) == ["a"]  # at 300 a, b and c are tied; after a, c no longer fits
    assert steps(outcome)[-1]["over"] == ["c"]
    assert outcome.not_funded == (("b", "after-stop"), ("c", "does-not-fit"))


def test_a_proposal_that_costs_exactly_the_pool_is_affordable() -> None:
    """Where floats fund nothing: n copies of B/n add up to less than B (five real districts)."""
    for n in (3, 7, 49, 142, 1001):
        election = make_election(100_000_00, [Proposal("all", 100_000_00)], [["all"]] * n)
        assert funded(count(election, make_plan("equal-shares", election))) == ["all"]
        more = make_election(100_000_00 - 1, [Proposal("all", 100_000_00)], [["all"]] * n)
        assert count(more, make_plan("equal-shares", more)).not_funded == (("all", "over-pool"),)


def test_points_share_the_price_in_proportion() -> None:
    """u = points: 10 and 30 points pay 25 and 75 of 100."""
    election = make_election(200, [Proposal("a", 100), Proposal("b", 120)], [{"a": 1}, {"a": 3}], "points")
    first = steps(count(election, make_plan("equal-shares", election)))[0]
    assert (first["proposal"], first["value"], first["paid_in_full"], first["ran_out"]) == ("a", "25/1", 4, [])


def test_points_of_those_who_ran_out_are_named_in_pairs() -> None:
    election = make_election(
        200, [Proposal("a", 100), Proposal("b", 90)], [{"a": 1, "b": 1}, {"a": 3, "b": 1}], "points"
    )
    second = steps(count(election, make_plan("equal-shares", election)))[1]
    # 100 each; a: 25 and 75; b costs 90: the second voter has 25 left, the first pays 65
    assert (second["value"], second["paid_in_full"], second["ran_out"]) == ("65/1", 1, [[1, [[1, 3]]]])


def test_borda_counts_the_entries_of_each_ballot() -> None:
    election = make_election(10, [Proposal(i, 1) for i in "abc"], [["a", "b", "c"], ["b"], ["c", "c", "b"]], "ranked")
    outcome = count(election, make_plan("greedy", election))
    assert {i: outcome.contest.score(p) for p, i in enumerate(election.ids)} == {"a": 3, "b": 2 + 1 + 1, "c": 1 + 3}


def test_a_points_table_ends_where_it_ends() -> None:
    election = make_election(10, [Proposal(i, 1) for i in "abcd"], [["a", "b", "c"], ["b", "a", "d"]], "ranked")
    outcome = count(election, make_plan("greedy", election, {"points_table": "3,1"}))
    assert outcome.contest.scores == (4, 4, 0, 0)
    assert outcome.not_funded == (("c", "no-support"), ("d", "no-support"))


@pytest.mark.parametrize(("default", "scores"), [(0, (3, -1)), (1, (4, 1)), (-1, (2, -3))])
def test_grades_that_are_not_given_count_as_the_default(default: int, scores: tuple[int, int]) -> None:
    from borgerbudget import Limits

    ballots = [{"a": 2, "b": -1}, {"a": 1}, {}]
    election = make_election(
        10, [Proposal("a", 1), Proposal("b", 1)], ballots, "scoring", None, Limits(default_score=default)
    )
    assert count(election, make_plan("greedy", election)).contest.scores == scores


def test_comparison_keeps_equal_shares_when_more_prefer_them() -> None:
    proposals = [Proposal("wide", 1000), Proposal("x", 500), Proposal("y", 500)]
    ballots = [["wide"]] * 5 + [["x"]] * 3 + [["y"]] * 3
    election = make_election(1000, proposals, ballots)
    plain = count(
        election, make_plan("equal-shares/utilitarian", election, {}, ["cheapest", "lot"], Lot(("x", "y", "wide")))
    )
    assert funded(plain) == ["wide"]
    settings = {"comparison": "satisfaction", "increment": "1/100", "start": "exact"}
    outcome = count(election, make_plan("equal-shares/add1", election, settings, ["lot"], Lot(("x", "y", "wide"))))
    last = steps(outcome)[-1]
    assert (last["for_greedy"], last["for_equal_shares"], last["taken"]) == (5, 6, "equal-shares")
    assert funded(outcome) == ["x", "y"]


def test_voters_with_nothing_on_either_side_are_compared_too() -> None:
    """A peer forgets voters with zero: here five prefer greedy, three the other, and it keeps the other."""
    proposals = [Proposal("big", 900), Proposal("small", 300)]
    election = make_election(900, proposals, [["big"]] * 5 + [["small"]] * 3)
    plan = make_plan("equal-shares/none", election, {"comparison": "satisfaction"})
    outcome = count(election, plan)
    compared = steps(outcome)[-3]
    assert (compared["kind"], compared["for_greedy"], compared["for_equal_shares"]) == ("comparison", 5, 3)
    assert funded(outcome) == ["big"]
    assert outcome.endowment is None


# --- ties


def three_alike(pool: int = 200) -> Election:
    return make_election(pool, [Proposal(i, 100) for i in "abc"], [["a", "b", "c"]] * 2, round="r1")


def test_an_open_tie_that_matters_stops_the_count() -> None:
    election = three_alike()
    with pytest.raises(TieMatters) as found:
        count(election, make_plan("greedy", election))
    assert found.value.as_json() == {
        "schema": "borgerbudget.tie/1",
        "step": 2,
        "tied": ["b", "c"],
        "reason": "matters",
        "run": None,
    }
    assert found.value.exit_code == 6
    assert "--lot-order" in str(found.value)


def test_an_open_tie_that_everybody_survives_does_not_matter() -> None:
    election = make_election(900, [Proposal(i, 100) for i in "abcdefghi"], [list("abcdefghi")] * 2)
    outcome = count(election, make_plan("greedy", election))
    assert funded(outcome) == list("abcdefghi")
    assert {tie.decided_by for tie in outcome.ties} == {"no-difference"}


def test_too_many_orders_count_as_mattering() -> None:
    """Six alike under equal shares: 720 orders, all with the same outcome, but beyond the bound."""
    election = make_election(600, [Proposal(i, 100) for i in "abcdef"], [list("abcdef")] * 2)
    with pytest.raises(TieMatters) as found:
        count(election, make_plan("equal-shares", election))
    assert found.value.reason == "too-many"
    assert found.value.step == 1


def test_all_ties_lists_every_outcome() -> None:
    election = three_alike()
    found = reachable(election, make_plan("greedy", election))
    assert found.complete
    assert sorted(sorted(funded(o)) for o in found.outcomes) == [["a", "b"], ["a", "c"], ["b", "c"]]


def test_a_committee_lot_decides() -> None:
    election = three_alike()
    lot = drawn_lot(election, ["c", "a", "b"])
    outcome = count(election, make_plan("greedy", election, ties=["cheapest", "lot"], lot=lot))
    assert funded(outcome) == ["c", "a"]
    assert [t.decided_by for t in outcome.ties] == ["lot", "lot"]


def test_dice_give_the_documented_order() -> None:
    import hashlib

    election = three_alike()
    text = "2\ta,b,c\n"
    root = hashlib.sha256(text.encode()).hexdigest()
    assert election.ballots_root == root
    keys = {i: hashlib.sha256(f"bb/lot/1\nr1\n{root}\n4261\n{i}".encode()).hexdigest() for i in "abc"}
    assert list(dice_lot(election, "4261").order) == sorted("abc", key=keys.__getitem__)


def test_cheapest_then_most_votes() -> None:
    proposals = [Proposal("a", 200), Proposal("b", 100), Proposal("c", 100)]
    election = make_election(300, proposals, [["a", "b"], ["a", "b"], ["c"], ["c"]])
    outcome = count(election, make_plan("greedy", election))
    assert outcome.ties[0].tied == ("a", "b", "c")
    assert outcome.ties[0].chosen == "b"  # b and c are equally cheap and have equal votes: it does not matter
    assert funded(outcome) == ["b", "c"]


def test_no_ballots_no_money() -> None:
    election = make_election(100, [Proposal("a", 50)], [])
    for name in ("greedy", "phragmen", "equal-shares", "equal-shares/add1eu"):
        outcome = count(election, make_plan(name, election))
        assert outcome.funded == ()
        assert outcome.not_funded == (("a", "no-support"),)
        assert outcome.endowment is None


def test_only_blank_ballots() -> None:
    election = make_election(100, [Proposal("a", 50)], [[], []])
    outcome = count(election, make_plan("equal-shares/add1", election))
    assert outcome.funded == ()
    assert outcome.ballots() == {"valid": 2, "blank": 2, "distinct": 1}
    assert outcome.endowment == 0


def test_blank_ballots_count_in_the_endowment() -> None:
    election = make_election(300, [Proposal("a", 200)], [["a"], ["a"], []])
    assert funded(count(election, make_plan("equal-shares", election))) == ["a"]
    more = make_election(300, [Proposal("a", 200)], [["a"], ["a"], [], []])
    assert funded(count(more, make_plan("equal-shares", more))) == []
