"""Ties and lots: who goes first, who decided it, what a choice binds, when the count must stop and what it then says."""

from __future__ import annotations

import itertools

import pytest

from borgerbudget import Election, Proposal, make_election
from borgerbudget.errors import InputRejected, UsageError
from tallies import Lot, TieMatters, contest, count, counting, dice_lot, drawn_lot, make_plan, reachable
from tallies.support import support_of
from tallies.ties import Decision, Fork, TieBreaker

COST = ("cheapest", (2, 1, 1, 1))
VOTES = ("most-votes", (-9, -3, -5, -5))


def alike(count: int, pool: int = 1000, each: int = 100) -> Election:
    """Proposals a, b, ... with the same cost and the same two voters."""
    ids = "abcdefgh"[:count]
    return make_election(pool, [Proposal(i, each) for i in ids], [list(ids)] * 2, round="r1")


# --- one tie


def test_alone_is_no_tie() -> None:
    breaker = TieBreaker((COST,), None)
    assert breaker.choose([0], 1) == Decision(0, None)
    assert breaker.forks == []


def test_the_first_criterion_that_leaves_one_decides() -> None:
    assert TieBreaker((COST, VOTES), None).choose([0, 1], 1) == Decision(1, "cheapest")
    assert TieBreaker((COST, VOTES), None).choose([1, 2], 1) == Decision(2, "most-votes")
    assert TieBreaker((VOTES, COST), None).choose([0, 1, 2, 3], 1) == Decision(0, "most-votes")


def test_a_later_criterion_only_sees_what_the_earlier_left() -> None:
    """0 has most votes of all, but is not among the cheapest."""
    breaker = TieBreaker((COST, VOTES), None)
    assert breaker.narrowed([0, 1, 2, 3]) == [2, 3]
    assert breaker.narrowed([0, 1]) == [1]
    assert TieBreaker((), None).narrowed([3, 1]) == [3, 1]


def test_the_lot_decides_among_what_the_criteria_left() -> None:
    breaker = TieBreaker((COST, VOTES), (0, 1, 3, 2))
    assert breaker.choose([0, 1, 2, 3], 1) == Decision(3, "lot")
    assert breaker.forks == []
    assert breaker.behind == {}


def test_without_a_lot_the_least_id_goes_first_and_the_choice_is_noted() -> None:
    breaker = TieBreaker((COST, VOTES), None)
    assert breaker.choose([0, 1, 2, 3], 7, 4) == Decision(2, "no-difference")
    assert breaker.forks == [Fork(7, 4, (2, 3), 2)]


def test_a_path_prescribes_the_first_open_choices_only() -> None:
    breaker = TieBreaker((), None, (3, 1))
    assert breaker.choose([2, 3], 1).chosen == 3
    assert breaker.choose([0, 1], 2).chosen == 1
    assert breaker.choose([4, 5], 3).chosen == 4
    assert [fork.run for fork in breaker.forks] == [None] * 3


def test_a_choice_binds_later_ties() -> None:
    breaker = TieBreaker((), None, (1,))
    assert breaker.choose([0, 1, 2], 1).chosen == 1
    assert breaker.choose([0, 1], 2) == Decision(1, "no-difference")  # 0 is behind 1: nothing to choose
    assert breaker.choose([0, 2], 3) == Decision(0, "no-difference")  # 0 and 2 are not ordered yet
    assert [fork.candidates for fork in breaker.forks] == [(0, 1, 2), (0, 2)]


def test_what_a_choice_binds_is_transitive() -> None:
    breaker = TieBreaker((), None, (2, 1))
    breaker.choose([1, 2], 1)  # 2 before 1
    breaker.choose([0, 1], 2)  # 1 before 0
    assert breaker.goes_before(2, 0)
    assert not breaker.goes_before(0, 2)
    assert breaker.choose([0, 2], 3) == Decision(2, "no-difference")
    assert len(breaker.forks) == 2


def test_a_choice_at_the_front_of_a_chain_binds_the_whole_chain() -> None:
    breaker = TieBreaker((), None, (1, 2, 3))
    breaker.choose([0, 1], 1)  # 1 before 0
    breaker.choose([1, 2], 2)  # 2 before 1
    breaker.choose([2, 3], 3)  # 3 before 2
    for before, after in itertools.combinations((3, 2, 1, 0), 2):
        assert breaker.goes_before(before, after)
        assert not breaker.goes_before(after, before)
    assert not breaker.goes_before(3, 4)


def test_those_that_all_fit_are_not_followed() -> None:
    breaker = TieBreaker((), None)
    assert breaker.choose([0, 1], 1, fits_all=True) == Decision(0, "no-difference")
    assert breaker.forks == []
    assert not breaker.goes_before(0, 1)


def test_who_goes_before_follows_criteria_then_the_lot() -> None:
    breaker = TieBreaker((COST, VOTES), (0, 1, 3, 2))
    assert breaker.goes_before(1, 0)
    assert not breaker.goes_before(0, 1)
    assert breaker.goes_before(2, 1)
    assert breaker.goes_before(3, 2)
    assert not breaker.goes_before(2, 3)


# --- a whole count


def test_the_tie_reported_is_the_one_where_the_outcomes_part() -> None:
    """a and b go at step 1 in some order and are both funded; c and d are the ones between whom it is decided."""
    proposals = [Proposal("a", 100), Proposal("b", 100), Proposal("c", 150), Proposal("d", 150)]
    election = make_election(350, proposals, [["a"], ["a"], ["b"], ["b"], ["c"], ["d"]])
    with pytest.raises(TieMatters) as found:
        count(election, make_plan("greedy", election))
    assert (found.value.step, found.value.tied, found.value.run, found.value.reason) == (3, ("c", "d"), None, "matters")


def test_the_error_says_where_and_what_to_do() -> None:
    election = alike(3, 200)
    with pytest.raises(TieMatters) as found:
        count(election, make_plan("greedy", election, ties=["most-votes", "refuse"]))
    (problem,) = found.value.problems
    assert problem.code == "TIE-001"
    assert problem.sentence.en.startswith("a tie at step 1: a, b, c - ")
    assert "--ties most-votes,lot " in problem.mend.en


def test_a_tie_in_a_run_of_add1_is_reported_with_the_run() -> None:
    election = make_election(300, [Proposal(i, 200) for i in "ab"], [["a"], ["b"]] * 2)
    with pytest.raises(TieMatters) as found:
        count(election, make_plan("equal-shares/add1u", election, {"start": "exact", "increment": "1/100"}))
    assert found.value.run is not None
    assert found.value.as_json()["run"] == found.value.run
    assert f"step {found.value.step} (add1, k = {found.value.run}): a, b" in str(found.value)


def test_a_tie_in_the_first_run_of_add1_is_in_run_0() -> None:
    """One of the two can be paid; an øre more each, and both would be bought for more than the pool."""
    election = make_election(199, [Proposal(i, 100) for i in "ab"], [["a", "b"]] * 2)
    with pytest.raises(TieMatters) as found:
        count(election, make_plan("equal-shares/add1", election, {"start": "exact", "increment": "1/100"}))
    assert (found.value.step, found.value.run, found.value.tied) == (1, 0, ("a", "b"))
    assert "--ties cheapest,most-votes,lot " in found.value.problems[0].mend.en


def test_a_tie_in_the_completion_is_counted_in_steps_of_the_trace() -> None:
    """Step 1 funds a, steps 2 to 4 say that b, c and d are beyond their supporters; then b and c are tied."""
    proposals = [Proposal("a", 100), *(Proposal(i, 200) for i in "bc"), Proposal("d", 300)]
    election = make_election(300, proposals, [["a", "b", "c"], ["a", "b", "c"], ["d"], [], [], []])
    with pytest.raises(TieMatters) as found:
        count(election, make_plan("equal-shares/utilitarian", election))
    assert (found.value.step, found.value.tied, found.value.run) == (5, ("b", "c"), None)


def test_a_tie_in_the_comparison_is_counted_in_steps_of_the_trace() -> None:
    """Two steps of equal shares, the comparison, then greedy's first step."""
    election = make_election(100, [Proposal(i, 100) for i in "ab"], [["a"], ["b"], []])
    with pytest.raises(TieMatters) as found:
        count(election, make_plan("equal-shares/none", election, {"comparison": "satisfaction"}))
    assert (found.value.step, found.value.tied) == (4, ("a", "b"))


def test_as_many_orders_as_the_bound_are_followed_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    election = make_election(400, [Proposal(i, 100) for i in "abcd"], [["a", "b"], ["c", "d"]] * 2)
    plan = make_plan("equal-shares", election)
    leaves = reachable(election, plan).counts
    assert leaves > 2
    monkeypatch.setattr(counting, "MOST_LEAVES", leaves)
    assert len(count(election, plan).funded) == 4
    monkeypatch.setattr(counting, "MOST_LEAVES", leaves - 1)
    with pytest.raises(TieMatters) as found:
        count(election, plan)
    assert found.value.reason == "too-many"
    assert found.value.problems[0].code == "TIE-002"
    assert (found.value.step, found.value.run) == (1, None)


def test_every_order_is_counted_once() -> None:
    """Three alike under equal shares, all funded: six orders, one outcome."""
    election = alike(3, 300)
    plan = make_plan("equal-shares", election)
    found = reachable(election, plan)
    assert (found.counts, found.complete, len(found.outcomes)) == (6, True, 1)
    assert count(election, plan).contest.diagnostics.counts == 6


def test_ballots_are_read_once_for_all_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    election = alike(3, 300)
    plan = make_plan("equal-shares", election)
    support = support_of(election)
    read: list[Election] = []
    for module in (counting, contest):
        monkeypatch.setattr(module, "support_of", lambda found, table=None: read.append(found) or support)
    assert count(election, plan).contest.diagnostics.counts == 6
    assert len(read) == 1
    assert count(election, plan, support=support).contest.support is support
    assert len(read) == 1


def test_floats_filter_by_default() -> None:
    election = alike(2)
    plan = make_plan("greedy", election)
    assert not count(election, plan).contest.exact_only
    assert count(election, plan, exact_only=True).contest.exact_only
    assert not reachable(election, plan).outcomes[0].contest.exact_only
    assert not contest.make_contest(election, plan).exact_only


def test_a_contest_reads_its_ballots_with_the_table_of_the_plan() -> None:
    election = make_election(10, [Proposal(i, 1) for i in "abc"], [["a", "b", "c"], ["c"]], "ranked")
    plan = make_plan("greedy", election, {"points_table": "5,1"})
    assert contest.make_contest(election, plan).scores == (5, 1, 5)
    assert count(election, plan).contest.scores == (5, 1, 5)


def test_the_bound_on_reachable_outcomes_is_kept() -> None:
    election = alike(3, 200)
    plan = make_plan("greedy", election)
    everything = reachable(election, plan)
    assert everything.as_json() == {
        "schema": "borgerbudget.all-ties/1",
        "complete": True,
        "counts": everything.counts,
        "outcomes": [{"funded": list(pair), "spent": 200} for pair in ("ab", "ac", "bc")],
    }
    assert reachable(election, plan, everything.counts).complete
    some = reachable(election, plan, everything.counts - 1)
    assert (some.counts, some.complete) == (everything.counts - 1, False)
    assert some.outcomes


def test_unless_told_otherwise_256_counts_are_made() -> None:
    default = alike(6, 600)
    assert reachable(default, make_plan("equal-shares", default)).counts == counting.MOST_LEAVES == 256


def test_outcomes_are_listed_by_the_bytes_of_their_ids() -> None:
    election = make_election(200, [Proposal(i, 100) for i in ("B", "a")], [["a", "B"], ["a"]])
    document = reachable(election, make_plan("greedy", election)).as_json()
    assert document["outcomes"] == [{"funded": ["B", "a"], "spent": 200}]


# --- lots


def test_a_drawn_order_is_kept() -> None:
    assert drawn_lot(alike(3), ["c", "a", "b"]) == Lot(("c", "a", "b"), None, None)


def test_a_wrong_draw_is_named_line_by_line() -> None:
    with pytest.raises(InputRejected) as found:
        drawn_lot(alike(4), ["b", "x", "y", "b", "b"], "lot.txt")
    told = [(p.code, p.place.source, p.place.line, p.sentence.en) for p in found.value.problems]
    assert told == [
        ("LOT-001", "lot.txt", 2, '"x" is not a proposal of the round'),
        ("LOT-001", "lot.txt", 3, '"y" is not a proposal of the round'),
        ("LOT-002", "lot.txt", 4, '"b" already stands in line 1'),
        ("LOT-002", "lot.txt", 5, '"b" already stands in line 1'),
        ("LOT-003", "lot.txt", None, "the draw lacks: a, c, d"),
    ]


def test_a_draw_without_a_file_has_no_source() -> None:
    with pytest.raises(InputRejected) as found:
        drawn_lot(alike(2), ["b", "z"])
    assert [p.place.source for p in found.value.problems] == [None, None]


def test_a_very_short_draw_is_answered_with_twenty_names() -> None:
    ids = [f"p{i:02}" for i in range(25)]
    election = make_election(1, [Proposal(i, 1) for i in ids], [])
    with pytest.raises(InputRejected) as found:
        drawn_lot(election, [])
    assert found.value.problems[0].sentence.en == "the draw lacks: " + ", ".join(ids[:20])


@pytest.mark.parametrize("digits", ["", "12a", "²", "１２", "-1", " 1"])
def test_dice_are_ascii_digits(digits: str) -> None:
    with pytest.raises(UsageError) as found:
        dice_lot(alike(2), digits)
    assert found.value.problems[0].code == "LOT-004"
    assert f'"{digits}"' in found.value.problems[0].sentence.en


def test_a_computed_lot_holds_its_dice_and_its_round() -> None:
    lot = dice_lot(alike(3), "0042")
    assert (lot.dice, lot.round) == ("0042", "r1")
    assert lot.as_json() == {"order": list(lot.order), "dice": "0042", "round": "r1"}
    assert Lot(("a",)).as_json() == {"order": ["a"], "dice": None, "round": None}


def test_a_lot_is_not_asked_when_the_plan_refuses() -> None:
    """A plan that ends in refuse stops at an open tie; the same plan with the lot goes on."""
    election = alike(3, 200)
    lot = drawn_lot(election, ["c", "a", "b"])
    with pytest.raises(TieMatters):
        count(election, make_plan("greedy", election, ties=["refuse"]))
    outcome = count(election, make_plan("greedy", election, ties=["lot"], lot=lot))
    assert [award.proposal for award in outcome.funded] == ["c", "a"]
