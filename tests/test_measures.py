"""Measures of an outcome: worked out by hand, at their limits, and beside published numbers about shared rounds."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from borgerbudget import Limits, Pool, Proposal, make_election
from borgerbudget.election import Election
from borgerbudget.files import read_pabulib
from scenarios.effective_support import effective_support
from scenarios.measures import MEASURES, Cell, Result, result_of
from scenarios.measures.worst_off import worst_off
from tallies import count, make_plan

# Four voters and four proposals.  a: 1, 2, 3; b: 1, 2; c: 4; d: 4.  Pool 12.00; a, b and c get 6.00, 3.00 and 2.00.
A, B, C, D = (
    Proposal("a", 600, area="north", category=("play", "green")),
    Proposal("b", 300, area="south", category=("play",)),
    Proposal("c", 200, area="south", category=("green",)),
    Proposal("d", 900),
)
BALLOTS = [["a", "b"], ["a", "b"], ["a"], ["c", "d"]]


def village(pool: int = 1200, ballots: list[list[str]] | None = None) -> Election:
    return make_election(pool, [A, B, C, D], BALLOTS if ballots is None else ballots)


def measured(name: str, result: Result) -> float | int | None:
    return MEASURES[name].of(result)


def given(*ids: str, pool: int = 1200, ballots: list[list[str]] | None = None) -> Result:
    election = village(pool, ballots)
    return Result(election, {election.index[i]: election.costs[election.index[i]] for i in ids})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("funded", 3),
        ("spent", 1100),
        ("spent_share", 11 / 12),
        ("exclusion_ratio", 0.0),
        ("mean_number", (2 + 2 + 1 + 1) / 4),
        ("mean_money", (900 + 900 + 600 + 200) // 4),
        # shares: 200 + 150 twice, 200, 200; fair shares: min(300, ...) = 300, 300, 200 and 300
        ("fair_share_reached", 3 / 4),
        # shares 200, 200, 350, 350: Gini = sum of |x - y| over all pairs / (2 n n mean) = 8 * 150 / (2 * 16 * 275)
        ("share_gini", 8 * 150 / (2 * 16 * 275)),
        ("weakest_support", 1 / 4),
        # votes: a 1/2 + 1/2 + 1 = 2, b 1, c 1/2: north 2, south 3/2 of 7/2; money: north 600, south 500 of 1100
        ("area_gap", abs(Fraction(600, 1100) - Fraction(4, 7))),
        # play: 1 + 1 votes, 300 + 300; green: 1 + 1/2 votes, 300 + 200
        ("category_gap", abs(Fraction(600, 1100) - Fraction(4, 7))),
        ("worst_off_area", None),
        ("worst_off_age", None),
        ("ties_met", None),
    ],
)
def test_a_village_of_four_worked_out_by_hand(name: str, value: float | int | None) -> None:
    found = measured(name, given("a", "b", "c"))
    assert found == (None if value is None else pytest.approx(float(value)))


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_can_be_taken_of_nothing(name: str) -> None:
    election = make_election(100, [A], [])
    for result in (Result(election, {}), given(), given("a", ballots=[]), given("a", ballots=[[], []])):
        found = measured(name, result)
        assert found is None or found >= 0


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_is_explained_and_has_its_kind(name: str) -> None:
    measure = MEASURES[name]
    assert measure.title.da
    assert measure.plain.da.endswith(".")
    assert measure.plain.en.endswith(".")
    assert measure.specification.strip()
    found = measure.of(given("a", "b", "c"))
    if measure.unit in ("amount", "integer") and found is not None:
        assert isinstance(found, int)
    if measure.unit == "share" and found is not None:
        assert 0 <= found <= 1


def test_who_voted_for_nothing_funded_is_excluded_and_so_is_a_blank_ballot() -> None:
    assert measured("exclusion_ratio", given("c")) == 0.75
    assert measured("exclusion_ratio", given("a", ballots=[["a"], [], [], []])) == 0.75


def test_equal_shares_of_all_are_no_inequality_and_one_voter_with_everything_is_nearly_all() -> None:
    assert measured("share_gini", given("a", ballots=[["a"]] * 5)) == pytest.approx(0)
    assert measured("share_gini", given("a", ballots=[["a"]] + [["b"]] * 9)) == pytest.approx(0.9)


def test_money_that_goes_as_the_votes_did_has_no_gap_and_money_to_the_others_a_whole_one() -> None:
    assert measured("area_gap", given("a", "b", ballots=[["a"], ["a"], ["b"]])) == pytest.approx(0)
    assert measured("area_gap", given("b", ballots=[["a"], ["a"]])) == pytest.approx(1)
    assert measured("area_gap", given("b", ballots=[["a"], ["a"], ["a"], ["b"]])) == pytest.approx(0.75)


def cell(kind: str, name: str, ballots: list[list[str]]) -> Cell:
    return Cell(kind, name, village(ballots=ballots).profile)


def test_the_worst_off_area_is_the_one_with_most_excluded_voters_among_those_that_are_large_enough() -> None:
    north, south = [["a"]] * 15 + [["d"]] * 5, [["a"]] * 10 + [["d"]] * 10
    few = [["d"]] * 19  # all excluded, but too few to tell about
    election = village(ballots=north + south + few)
    cells = (
        cell("area", "north", north),
        cell("area", "south", south),
        cell("area", "few", few),
        cell("age", "18-29", north),
    )
    result = Result(election, {0: 600}, cells)
    assert measured("worst_off_area", result) == 0.5
    assert measured("worst_off_age", result) == 0.25
    found = worst_off(result, "area")
    assert found is not None
    assert found[0].name == "south"


def test_points_and_ranks_count_as_support_when_they_are_above_zero() -> None:
    points = make_election(500, [A, B], [{"a": 3, "b": 0}, {"b": 1}], "points", limits=Limits())
    assert measured("exclusion_ratio", Result(points, {0: 600})) == 0.5
    ranked = make_election(500, [A, B], [["b", "a"], ["b"]], "ranked")
    assert measured("exclusion_ratio", Result(ranked, {0: 600})) == 0.5


def test_weights_are_as_many_voters() -> None:
    election = make_election(1200, [A, B, C, D], [["a"], ["c"]], weights=[Fraction(5, 2), Fraction(1, 2)])
    assert measured("exclusion_ratio", Result(election, {0: 600})) == pytest.approx(1 / 6)


def test_a_result_is_made_of_a_whole_count() -> None:
    election = village()
    result = result_of(count(election, make_plan("greedy", election)))
    assert measured("spent", result) == result.spent == 1100
    assert measured("ties_met", result) == 1  # c and d have one vote each


def test_effective_support_is_the_price_with_which_a_proposal_would_win() -> None:
    election = make_election(
        Pool(1000), [Proposal("w", 800), Proposal("x", 400), Proposal("y", 100)], [["w"], ["w"], ["w", "x"], ["x", "y"]]
    )
    found = {one.proposal: one for one in effective_support(count(election, make_plan("greedy", election)))}
    assert (found["w"].largest_price, found["w"].share) == (1000, 1.25)
    assert (found["x"].largest_price, found["x"].share) == (200, 0.5)  # what w leaves
    assert (found["y"].largest_price, found["y"].exact) == (200, True)


# --- published numbers about rounds that are shared here


SWIECIE = "Poland_Swiecie_2023.pb"


@pytest.mark.corpus
def test_swiecie_2023_has_the_published_numbers(shared: Path) -> None:
    """equalshares.net/elections/swiecie-2024: 2,553 valid voters, 22 projects, 17 winners by equal shares with add1, comparison
    and threshold; a project is barred when its share of the voters is below a third of its share of the budget; "one project
    was excluded in this way, because it received votes from 14.7% of voters but it cost 48.2% of the budget".

    All but the last number come out.  That project asks 482,037 of 1,070,000, which is 45.1 %: 48.2 % is its part of one
    million, so the page's number seems to be a slip; the project is barred with either.
    """
    election = read_pabulib((shared / "pabulib" / SWIECIE).read_bytes(), SWIECIE).election
    supporters = Result(election, {}).support.supporters
    assert (election.profile.voters, len(election.proposals)) == (2553, 22)
    barred = [
        p
        for p, cost in enumerate(election.costs)
        if Fraction(supporters[p], 2553) < Fraction(cost, 3 * election.pool.amount)
    ]
    [p] = barred
    assert round(100 * supporters[p] / 2553, 1) == 14.7
    assert round(100 * election.costs[p] / election.pool.amount, 1) == 45.1
    settings = {"comparison": "satisfaction", "cost_share": "1/3"}
    plan = make_plan("equal-shares/add1", election, settings, ("cheapest", "most-votes", "refuse"))
    assert measured("funded", result_of(count(election, plan))) == 17


@pytest.mark.corpus
def test_half_of_wieliczka_voted_for_one_project_only(shared: Path) -> None:
    """The same page: in Wieliczka's Zielony Milion "50% of voters voted for only one project": it is 3,328 of 6,586."""
    name = "Poland_Wieliczka_2023_Green_Budget.pb"
    election = read_pabulib((shared / "pabulib" / name).read_bytes(), name).election
    support = Result(election, {}).support
    alone = int(support.weights[support.start[1:] - support.start[:-1] == 1].sum())
    assert (alone, support.total) == (3328, 6586)
    assert alone / support.total == pytest.approx(0.50, abs=0.01)
