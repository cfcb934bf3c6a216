"""The steps that small random rounds seldom reach, written out whole."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from borgerbudget import Election, Limits, Proposal, make_election
from tallies import Lot, TieMatters, count, make_plan, trace_bytes
from tallies.numerics.clocks import Clocks
from tallies.numerics.ledger import Ledger
from tallies.numerics.purses import Purses
from tallies.outcome import Outcome
from tests.test_numerics import middling


def steps(outcome: Outcome) -> list[dict[str, object]]:
    return [json.loads(line) for line in trace_bytes(outcome).splitlines()[1:]]


def even(*costs: int, pool: int, votes: int = 2) -> Election:
    """Proposals a, b, ... of these costs, all with the same supporters."""
    ids = "abcdefgh"[: len(costs)]
    return make_election(pool, [Proposal(i, c) for i, c in zip(ids, costs, strict=True)], [list(ids)] * votes)


def test_a_topped_up_step_says_who_was_tied_and_what_came_from_outside() -> None:
    election = even(600, 500, 500, pool=1000)
    outcome = count(election, make_plan("greedy-80", election, ties=["lot"], lot=Lot(("a", "c", "b"))))
    assert steps(outcome)[1] == {
        "kind": "funded",
        "step": 2,
        "phase": "rule",
        "proposal": "c",
        "amount": 400,
        "topped_up": 100,
        "left": 0,
        "value": "2/1",
        "tied": ["b", "c"],
        "decided_by": "lot",
    }
    assert len(outcome.steps) == 2
    document = outcome.as_json()
    assert document["funded"] == [
        {"proposal": "a", "amount": 600, "step": 1},
        {"proposal": "c", "amount": 400, "step": 2, "topped_up": 100},
    ]
    assert document["ties"] == [
        {"step": 1, "tied": ["a", "b", "c"], "chosen": "a", "decided_by": "lot"},
        {"step": 2, "tied": ["b", "c"], "chosen": "c", "decided_by": "lot"},
    ]
    assert outcome.spent == 1000


@pytest.mark.parametrize("name", ["greedy-stop", "greedy-80"])
def test_a_rule_that_stops_says_at_whom_and_who_was_tied(name: str) -> None:
    election = even(700, 500, 600, pool=1000)
    outcome = count(election, make_plan(name, election, ties=["lot"], lot=Lot(("a", "c", "b"))))
    assert steps(outcome)[1] == {
        "kind": "stopped",
        "step": 2,
        "phase": "rule",
        "over": ["c"],
        "left": 300,
        "value": "2/1",
        "tied": ["b", "c"],
        "decided_by": "lot",
    }
    assert outcome.as_json()["ties"][1] == {"step": 2, "tied": ["b", "c"], "chosen": "c", "decided_by": "lot"}  # type: ignore[index]
    assert outcome.not_funded == (("b", "after-stop"), ("c", "does-not-fit"))


def test_phragmen_stops_with_all_that_are_tied_and_names_those_that_do_not_fit() -> None:
    proposals = [Proposal("a", 300), Proposal("b", 300), Proposal("c", 600)]
    election = make_election(600, proposals, [["a"], ["b"], ["c"], ["c"]])
    outcome = count(election, make_plan("phragmen", election, ties=["lot"], lot=Lot(("a", "b", "c"))))
    assert steps(outcome)[1] == {
        "kind": "stopped",
        "step": 2,
        "phase": "rule",
        "over": ["c"],
        "left": 300,
        "value": "300/1",
        "tied": ["b", "c"],
        "decided_by": None,
    }
    assert [tie.step for tie in outcome.ties] == [1]  # nothing had to be decided in the last step


@pytest.mark.parametrize("name", ["greedy", "greedy-stop", "greedy-80", "greedy-per-cost"])
def test_a_first_tie_that_matters_is_in_step_one(name: str) -> None:
    election = even(600, 600, pool=1000)
    with pytest.raises(TieMatters) as found:
        count(election, make_plan(name, election))
    assert (found.value.step, found.value.run) == (1, None)


@pytest.mark.parametrize("name", ["phragmen", "equal-shares/none"])
def test_a_tie_that_matters_in_the_second_purchase_is_in_step_two(name: str) -> None:
    proposals = [Proposal("a", 100), *(Proposal(i, 450) for i in "bc")]
    election = make_election(600, proposals, [["a", "b", "c"]] * 3)
    with pytest.raises(TieMatters) as found:
        count(election, make_plan(name, election))
    assert (found.value.step, found.value.tied, found.value.run) == (2, ("b", "c"), None)


def test_a_comparison_counts_fractions_of_voters() -> None:
    election = make_election(
        900,
        [Proposal("big", 900), Proposal("small", 300)],
        [["big"], ["small"]],
        weights=[Fraction(5, 3), Fraction(1, 2)],
    )
    outcome = count(election, make_plan("equal-shares/none", election, {"comparison": "exclusion-ratio"}))
    (compared,) = [step for step in steps(outcome) if step["kind"] == "comparison"]
    assert (compared["for_greedy"], compared["for_equal_shares"], compared["taken"]) == ("5/3", 0, "greedy")
    more = make_election(
        900,
        [Proposal("big", 900), Proposal("x", 290), Proposal("y", 290)],
        [["big"], ["x"], ["y"]],
        weights=[Fraction(5, 6), Fraction(4, 5), Fraction(4, 5)],
    )
    kept = count(more, make_plan("equal-shares/none", more, {"comparison": "satisfaction"}, ["most-votes", "refuse"]))
    (compared,) = [step for step in steps(kept) if step["kind"] == "comparison"]
    assert (compared["for_greedy"], compared["for_equal_shares"], compared["taken"]) == ("5/6", "8/5", "equal-shares")


def test_satisfaction_counts_proposals_one_by_one() -> None:
    """Three small ones against a big one: exclusion sees a voter with or without, satisfaction three against one."""
    proposals = [Proposal("big", 900), *(Proposal(i, 250) for i in "xyz")]
    ballots = [["big", "x", "y", "z"]] * 3 + [["big"]] * 2
    election = make_election(900, proposals, ballots)
    for by, expected in (("satisfaction", (2, 3)), ("exclusion-ratio", (2, 0))):
        plan = make_plan(
            "equal-shares/none", election, {"comparison": by, "utility": "count"}, ["lot"], Lot(("x", "y", "z", "big"))
        )
        outcome = count(election, plan)
        found = next(step for step in steps(outcome) if step["kind"] == "comparison")
        assert (found["for_greedy"], found["for_equal_shares"]) == expected, by


@pytest.mark.parametrize("method", ["points", "scoring"])
def test_scores_beyond_every_machine_number_are_exact(method: str) -> None:
    """2**40 voters give 2**40 points."""
    ballots = [{"a": 2**40, "b": 1}, {"a": 1, "b": 2**40}]
    election = make_election(10, [Proposal("a", 1), Proposal("b", 1)], ballots, method, weights=[2**40, 3])
    assert count(election, make_plan("greedy", election)).contest.scores == (2**80 + 3, 2**40 + 3 * 2**40)


def test_what_silence_takes_from_a_score_is_exact() -> None:
    """A default grade of -1 for every voter who names the proposal not, whatever their number."""
    many = 2**60 + 1
    election = make_election(
        10,
        [Proposal("a", 1), Proposal("b", 1)],
        [{"a": 3}, {"b": 2}, {}],
        "scoring",
        [many, many + 2, many + 4],
        Limits(default_score=-1),
    )
    assert count(election, make_plan("greedy", election)).contest.scores == (
        3 * many - (2 * many + 6),
        2 * (many + 2) - (2 * many + 4),
    )


# --- diagnostics


def test_diagnostics_add_up_over_all_orders_of_an_open_tie() -> None:
    """Two orders of a and b, both followed, each with one tie and then an end at c."""
    proposals = [Proposal("a", 100), Proposal("b", 100), Proposal("c", 500)]
    election = make_election(600, proposals, [["a", "b", "c"]] * 2)
    found = count(election, make_plan("phragmen", election)).contest.diagnostics
    assert (found.counts, found.runs, found.fallbacks, found.decisions) == (2, 2, 2, 6)
    election = make_election(600, proposals, [["a", "b"]] * 2 + [["c"]])
    shares = count(election, make_plan("equal-shares/none", election)).contest.diagnostics
    assert (shares.counts, shares.runs, shares.decisions) == (2, 2, 6)
    assert shares.fallbacks >= 2


# --- floats are asked first, exact arithmetic only where it must


def calls(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> list[int]:
    """Counts the calls of a method from now on."""
    number, original = [0], getattr(owner, name)

    def counting(*arguments: object) -> object:
        number[0] += 1
        return original(*arguments)

    monkeypatch.setattr(owner, name, counting)
    return number


def test_exact_loads_are_computed_for_the_bought_ones_only(monkeypatch: pytest.MonkeyPatch) -> None:
    election = middling("approval")
    plan = make_plan("phragmen", election)
    exact = calls(monkeypatch, Clocks, "load")
    asked = calls(monkeypatch, Clocks, "_interval")
    outcome = count(election, plan)
    assert exact[0] == len(outcome.steps)
    assert asked[0] < len(outcome.steps) * len(election.ids) / 2
    count(election, plan, exact_only=True)
    assert exact[0] >= 2 * len(outcome.steps) + len(election.ids)


@pytest.mark.parametrize(("method", "utility"), [("approval", "cost"), ("approval", "count"), ("points", "points")])
def test_exact_prices_are_computed_for_the_bought_ones_only(
    monkeypatch: pytest.MonkeyPatch, method: str, utility: str
) -> None:
    election = middling(method)
    plan = make_plan("equal-shares/none", election, {"utility": utility})
    exact = calls(monkeypatch, Ledger, "price")
    asked = calls(monkeypatch, Purses, "_interval")
    estimated = calls(monkeypatch, Purses, "_estimate")
    outcome = count(election, plan)
    assert exact[0] == len(outcome.funded)
    assert asked[0] == estimated[0] < (len(outcome.funded) + 1) * len(election.ids) * 2 / 3
    by_floats = estimated[0]
    count(election, plan, exact_only=True)
    assert estimated[0] == by_floats
