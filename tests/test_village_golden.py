"""What Danish meetings really decided, to the øre, and hand-made cases with every number written out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from borgerbudget import Election, Proposal, make_election
from borgerbudget.election import make_hand_count
from borgerbudget.errors import InputRejected
from borgerbudget.files import write_profile
from tallies import Lot, TieMatters, count, make_plan, trace_bytes, verify
from tallies.explain import sentences, why
from tallies.outcome import Outcome
from tallies.report import outcome_lines
from tallies.withdrawal import withdraw


def village(pool: int, costs: dict[str, int], votes: dict[str, int], least: dict[str, int] | None = None) -> Election:
    """Costs and pool in øre; everybody has one vote."""
    proposals = [Proposal(i, cost, min_cost=(least or {}).get(i)) for i, cost in costs.items()]
    return make_election(pool, proposals, [[i] for i, count in votes.items() for _ in range(count)])


def outcome_of(election: Election, name: str, ties: tuple[str, ...] = ("refuse",), **settings: Any) -> Outcome:
    return count(election, make_plan(name, election, settings, ties))


def amounts(outcome: Outcome) -> dict[str, int]:
    return {award.proposal: award.amount for award in outcome.funded}


def steps(outcome: Outcome) -> list[dict[str, Any]]:
    return [json.loads(line) for line in trace_bytes(outcome).splitlines()[1:]]


def reasons(outcome: Outcome) -> dict[str, str]:
    return dict(outcome.not_funded)


# --- published


def test_aarhus_skips_what_does_not_fit_and_goes_on() -> None:
    election = village(8_000_000, {"a": 3_200_000, "b": 7_845_000, "c": 2_000_000}, {"a": 9, "b": 7, "c": 5})
    outcome = outcome_of(election, "greedy", leftover="return")
    assert amounts(outcome) == {"a": 3_200_000, "c": 2_000_000}
    assert outcome.as_json()["leftover"] == {"amount": 2_800_000, "policy": "return"}


def test_vester_haesinge_2017_gives_prizes_by_rank_and_the_rest() -> None:
    election = village(
        2_853_461, {"a": 2_500_000, "b": 1_500_000, "c": 900_000, "d": 5}, {"a": 40, "b": 30, "c": 20, "d": 1}
    )
    outcome = outcome_of(election, "prize-ladder", prizes="12000+10000+rest")
    assert amounts(outcome) == {"a": 1_200_000, "b": 1_000_000, "c": 653_461}
    assert outcome.left == 0
    assert reasons(outcome) == {"d": "after-stop"}


def test_haanden_under_midtfyn_2017_splits_equally_in_whole_kroner() -> None:
    election = make_election(5_541_496, [Proposal(i, 2_000_000) for i in "abcd"], [])
    outcome = outcome_of(election, "equal-split", unit=1, remainder="leave", recipients="all", leftover="carry-over")
    assert amounts(outcome) == dict.fromkeys("abcd", 1_385_300)
    assert outcome.as_json()["leftover"] == {"amount": 296, "policy": "carry-over"}


def test_vemmelev_splits_8000_in_three_without_the_krone_too_much() -> None:
    """Published: 3 x 2,667 = 8,001."""
    election = village(800_000, dict.fromkeys("abc", 500_000), {"a": 3, "b": 2, "c": 1})
    outcome = outcome_of(election, "equal-split", unit=1)
    assert amounts(outcome) == {"a": 266_700, "b": 266_700, "c": 266_600}
    assert outcome.left == 0


def test_holbaek_2014_gives_the_last_what_is_left_and_not_35_kroner_more() -> None:
    """Published: the last got 49,300 of 70,000, and the five sums together were 300,035."""
    costs = {"a": 10_000_000, "b": 6_500_000, "c": 5_000_000, "d": 3_573_500, "e": 7_000_000}
    election = village(30_000_000, costs, {"a": 9, "b": 8, "c": 7, "d": 6, "e": 5})
    outcome = outcome_of(election, "residual-last")
    assert amounts(outcome)["e"] == 4_926_500
    assert outcome.spent == 30_000_000
    assert outcome.spent - 4_926_500 + 4_930_000 == 30_003_500


def test_svendborg_2023_pays_half_of_what_exceeds_15000_up_to_a_cap() -> None:
    costs = {"a": 30_000_000, "b": 4_000_000, "c": 1_500_000, "d": 900_000, "e": 100}
    election = village(27_500_000, costs, {"a": 40, "b": 30, "c": 15, "d": 11, "e": 4})
    outcome = outcome_of(
        election, "rate-bands", bands="15000:100%+*:50%", cap=100_000, threshold="10%", leftover="carry-over"
    )
    assert amounts(outcome) == {"a": 10_000_000, "b": 2_750_000, "c": 1_500_000, "d": 900_000}
    assert reasons(outcome) == {"e": "below-threshold"}
    assert outcome.left == 12_350_000
    header = json.loads(trace_bytes(outcome).splitlines()[0])
    assert header["plan"]["bands"] == [[1_500_000, 1], [None, "1/2"]]
    assert header["plan"]["threshold_share"] == "1/10"
    assert header["plan"]["threshold"] is None
    assert [p["ask"] for p in header["proposals"]] == [10_000_000, 2_750_000, 1_500_000, 900_000, 100]


def test_hoptrup_2017_funds_all_three() -> None:
    election = village(5_000_000, {"a": 1_449_000, "b": 1_500_000, "c": 2_000_000}, {"a": 16, "b": 13, "c": 13})
    outcome = outcome_of(election, "greedy", ties=("lot",))
    assert amounts(outcome) == {"a": 1_449_000, "b": 1_500_000, "c": 2_000_000}
    assert outcome.ties[0].decided_by == "no-difference"


def test_hoptrup_2019_passes_the_money_of_a_failed_project_to_the_next_on_the_list() -> None:
    costs = {"a": 3_000_000, "b": 2_000_000, "c": 2_500_000, "d": 900_000, "e": 50_000}
    election = village(5_000_000, costs, {"a": 20, "b": 15, "c": 10, "d": 5, "e": 2})
    outcome = outcome_of(election, "greedy", reserve="yes")
    assert outcome.as_json()["reserve"] == [["c"], ["d"], ["e"]]
    found = withdraw(outcome, ["a"])
    assert found.as_json() == {
        "schema": "borgerbudget.withdrawal/1",
        "withdrawn": ["a"],
        "freed": 3_000_000,
        "moves_up": [{"proposal": "c", "amount": 2_500_000}, {"proposal": "e", "amount": 50_000}],
        "left": 450_000,
    }


def test_two_proposals_that_fit_need_no_vote() -> None:
    election = make_election(5_000_000, [Proposal("a", 3_000_000), Proposal("b", 2_000_000)], [])
    outcome = outcome_of(election, "acclamation")
    assert amounts(outcome) == {"a": 3_000_000, "b": 2_000_000}
    assert [(s["phase"], s["value"], s["tied"]) for s in steps(outcome)] == [("rule", "0/1", [])] * 2


def test_a_hand_count_is_counted_and_says_that_nobody_can_count_again() -> None:
    proposals = [Proposal("a", 600), Proposal("b", 500), Proposal("c", 300)]
    election = make_hand_count(1000, proposals, {"a": 7, "b": 5, "c": 0}, 9)
    outcome = outcome_of(election, "residual", threshold="50%")
    assert amounts(outcome) == {"a": 600, "b": 400}
    document = outcome.as_json()
    assert document["recountable"] is False
    assert document["ballots"] == {"valid": 9, "blank": None, "distinct": None}
    assert reasons(outcome) == {"c": "below-threshold"}


# --- constraints, by hand


def test_a_ceiling_gives_the_residual_of_its_quota_and_lets_others_go_on() -> None:
    election = village(1000, {"a": 400, "b": 400, "c": 300}, {"a": 3, "b": 2, "c": 1})
    ceiling = {"kind": "at-most", "proposals": ["a", "b"], "amount": "5"}
    assert amounts(outcome_of(election, "greedy", constraints=[ceiling])) == {"a": 400, "c": 300}
    assert reasons(outcome_of(election, "greedy", constraints=[ceiling])) == {"b": "over-quota"}
    assert amounts(outcome_of(election, "residual", constraints=[ceiling])) == {"a": 400, "b": 100, "c": 300}


def test_a_floor_comes_first_until_it_is_reached() -> None:
    election = village(1000, {"a": 700, "b": 300, "c": 200, "d": 300}, {"a": 9, "b": 5, "c": 4, "d": 3})
    floor = {"kind": "at-least", "proposals": ["b", "c", "d"], "amount": 4}
    outcome = outcome_of(election, "greedy", constraints=[floor])
    assert [(s["phase"], s["proposal"], s["kind"]) for s in steps(outcome)] == [
        ("floor", "b", "funded"),
        ("floor", "c", "funded"),
        ("rule", "a", "skipped"),
        ("rule", "d", "funded"),
    ]


def test_half_of_the_pool_is_earmarked_and_what_is_not_used_is_released() -> None:
    election = village(1000, {"a": 600, "b": 300, "c": 400, "d": 200}, {"a": 9, "b": 5, "c": 4, "d": 3})
    earmark = {"kind": "earmark", "name": "climate", "proposals": ["b"], "share": "1/2"}
    kept = outcome_of(election, "greedy", constraints=[earmark], unused="leave")
    assert amounts(kept) == {"b": 300, "c": 400}
    assert reasons(kept) == {"a": "earmarked", "d": "earmarked"}
    released = outcome_of(election, "greedy", constraints=[earmark])
    assert amounts(released) == {"b": 300, "c": 400, "d": 200}
    assert [s["phase"] for s in steps(released)] == ["rule"] * 4 + ["released"] * 2


@pytest.mark.parametrize(
    ("unused", "expected"),
    [
        ("common", {"n1": 300, "s1": 300, "s2": 300}),
        ("leave", {"n1": 300, "s1": 300}),
        ("resplit", {"n1": 300, "s1": 300}),
    ],
)
def test_areas_have_their_own_pots(unused: str, expected: dict[str, int]) -> None:
    election = village(1000, {"n1": 300, "s1": 300, "s2": 300}, {"n1": 1, "s1": 5, "s2": 4})
    pots = [
        {"kind": "pot", "proposals": ["n1"], "amount": 5},
        {"kind": "pot", "proposals": ["s1", "s2"], "amount": 5},
    ]
    assert amounts(outcome_of(election, "greedy", constraints=pots, unused=unused)) == expected


def test_the_pots_of_areas_without_ideas_are_shared_by_the_others() -> None:
    """Vemmelev: two of five areas have nothing to vote about."""
    ids = ["a", "b", "c", "d", "e"]
    election = village(4000, dict.fromkeys(ids, 2000), {"a": 3, "b": 2, "c": 1})
    pots = [{"kind": "pot", "name": i, "proposals": [i], "amount": 8} for i in ids]
    outcome = outcome_of(election, "residual", constraints=pots, unused="resplit", cap=20)
    assert amounts(outcome) == {"a": 1334, "b": 1333, "c": 1333}


def test_the_same_site_can_only_be_used_once() -> None:
    election = village(1000, {"a": 300, "b": 300, "c": 300}, {"a": 3, "b": 2, "c": 1})
    site = {"kind": "one-of", "proposals": ["a", "b"]}
    outcome = outcome_of(election, "greedy", constraints=[site])
    assert amounts(outcome) == {"a": 300, "c": 300}
    assert reasons(outcome) == {"b": "excluded"}


def test_together_means_all_or_none() -> None:
    pair = {"kind": "together", "proposals": ["a", "b"]}
    late = village(1100, {"a": 600, "b": 500, "c": 300}, {"a": 3, "b": 2, "c": 4})
    assert amounts(outcome_of(late, "greedy", constraints=[pair])) == {"c": 300}
    election = village(1000, {"a": 600, "b": 500, "c": 300}, {"a": 3, "b": 2, "c": 1})
    other = outcome_of(election, "greedy", constraints=[{"kind": "together", "proposals": ["a", "c"]}])
    assert [(s["proposal"], s["value"]) for s in steps(other)[:2]] == [("a", "3/1"), ("c", "3/1")]
    assert amounts(other) == {"a": 600, "c": 300}


def test_one_that_needs_another_takes_it_along() -> None:
    election = village(1000, {"a": 300, "b": 300, "c": 600}, {"a": 3, "b": 1, "c": 2})
    outcome = outcome_of(election, "greedy", constraints=[{"kind": "needs", "proposals": ["a", "b"]}])
    assert amounts(outcome) == {"a": 300, "b": 300}
    gone = outcome_of(election, "greedy", constraints=[{"kind": "needs", "proposals": ["a", "b"]}], withdrawn=["b"])
    assert reasons(gone) == {"a": "excluded", "b": "withdrawn"}


def test_half_of_the_pool_for_youth_is_counted_across_the_pots_of_the_areas() -> None:
    """Pots of 500 and 500, and 500 of the 1,000 for n2 and s2: what they get from a pot is what the earmark asks for."""
    election = village(1000, {"n1": 400, "n2": 300, "s1": 400, "s2": 300}, {"n1": 9, "n2": 5, "s1": 8, "s2": 4})
    tables = [
        {"kind": "pot", "name": "Nord", "proposals": ["n1", "n2"], "amount": 5},
        {"kind": "pot", "name": "Syd", "proposals": ["s1", "s2"], "amount": 5},
        {"kind": "earmark", "name": "unge", "proposals": ["n2", "s2"], "amount": 5},
    ]
    outcome = outcome_of(election, "greedy", constraints=tables)
    assert [(s["phase"], s["proposal"], s.get("amount"), s.get("because")) for s in steps(outcome)] == [
        ("pot", "n1", 400, None),  # 500 of the 1,000 are for the young, who can have them from Syd
        ("pot", "n2", None, "earmarked"),  # 100 are left in Nord
        ("pot", "s1", None, "earmarked"),  # of 600, 500 are for the young
        ("pot", "s2", 300, None),
        ("rule", "s1", None, None),
        ("rule", "n2", 300, None),  # 100 of Nord and 200 of Syd were not used
    ]
    left = outcome_of(election, "greedy", constraints=tables, unused="leave")
    assert amounts(left) == {"n1": 400, "s2": 300}
    assert reasons(left)["n2"] == "earmarked"
    (told,) = [
        text for text in sentences(why(election, outcome.contest.plan, "s1", outcome=outcome), "en") if "kept" in text
    ]
    assert '5 DKK of it was kept for others ("unge")' in told


def test_a_pot_may_wait_for_an_area_in_which_nobody_proposed_anything() -> None:
    proposals = [Proposal("a", 400, area="Nord"), Proposal("b", 300, area="Nord")]
    election = make_election(1000, proposals, [["a", "b"], ["a"]])
    pots = [{"kind": "pot", "area": area, "amount": 5} for area in ("Nord", "Syd")]
    assert amounts(outcome_of(election, "greedy", constraints=pots, unused="leave")) == {"a": 400}
    assert amounts(outcome_of(election, "greedy", constraints=pots, unused="resplit")) == {"a": 400, "b": 300}


def two_on_one_site() -> Election:
    """a and b want the same site; four voters, 300 øre each."""
    proposals = [Proposal("a", 400), Proposal("b", 300), Proposal("c", 300)]
    return make_election(1200, proposals, [["a", "b"], ["a", "b"], ["a", "c"], ["c"]])


SITE = {"kind": "one-of", "proposals": ["a", "b"]}
CEILING = {"kind": "at-most", "proposals": ["a", "c"], "amount": "6.99"}


@pytest.mark.parametrize(("name", "held"), [("equal-shares", "1000/3"), ("phragmen", "850/3")])
def test_who_is_excluded_is_not_bought_though_supporters_have_the_money(name: str, held: str) -> None:
    """b costs 300, and its two supporters have 2 * (300 - 400/3) left; their load would be (300 + 2 * 400/3) / 2."""
    outcome = outcome_of(two_on_one_site(), name, constraints=[SITE])
    assert amounts(outcome) == {"a": 400, "c": 300}
    assert reasons(outcome) == {"b": "excluded"}
    last = steps(outcome)[-1]
    assert (last["kind"], last["because"], last["value"], last["tied"]) == ("skipped", "excluded", held, [])
    assert amounts(outcome_of(two_on_one_site(), name)) == {"a": 400, "b": 300, "c": 300}


@pytest.mark.parametrize("name", ["equal-shares", "phragmen"])
def test_what_kept_supporters_from_buying_is_told_without_a_turn(name: str) -> None:
    for table, proposal, said in (
        (SITE, "b", 'kunne ikke købes: "a" havde fået penge'),
        (CEILING, "c", "var 2,99 kr. ikke"),
    ):
        outcome = outcome_of(two_on_one_site(), name, constraints=[table])
        told = " ".join(sentences(why(two_on_one_site(), outcome.contest.plan, proposal, outcome=outcome), "da"))
        assert said in told


@pytest.mark.parametrize("name", ["equal-shares", "equal-shares/utilitarian", "equal-shares/add1eu", "phragmen"])
def test_what_a_ceiling_has_not_left_is_not_bought(name: str) -> None:
    outcome = outcome_of(two_on_one_site(), name, constraints=[CEILING])
    assert amounts(outcome) == {"a": 400, "b": 300}
    assert reasons(outcome) == {"c": "over-quota"}


def test_what_was_given_beforehand_counts_under_the_ceiling_of_those_that_are_bought() -> None:
    outcome = outcome_of(two_on_one_site(), "equal-shares", constraints=[CEILING], pre_funded="c")
    assert reasons(outcome) == {"a": "over-quota"}
    assert steps(outcome)[-1]["value"] == "375/1"  # 3 * 900/4, less 300 paid for b


def test_raising_the_endowment_ends_when_the_others_are_barred() -> None:
    """a is bought, b can never be; 10 voters of 120 øre, and nobody else to buy for."""
    election = make_election(1200, [Proposal("a", 100), Proposal("b", 200)], [["a", "b"]] * 10)
    outcome = outcome_of(election, "equal-shares/add1", ("cheapest", "refuse"), constraints=[SITE])
    assert [(s["kind"], s.get("reason")) for s in steps(outcome)] == [
        ("interval", None),
        ("funded", None),
        ("skipped", None),
        ("endowment-stopped", "all-funded"),
    ]


def test_a_comparison_is_with_greedy_under_the_same_constraints() -> None:
    """Two voters want a and b; without the exclusive group greedy would give them both, and they would prefer it."""
    proposals = [Proposal("a", 600), Proposal("b", 599), Proposal("c", 300)]
    election, ties = make_election(1200, proposals, [["a", "b"], ["a", "b"], ["c"]]), ("cheapest", "refuse")
    free = outcome_of(election, "equal-shares", ties, comparison="satisfaction")
    bound = outcome_of(election, "equal-shares", ties, comparison="satisfaction", constraints=[SITE])
    assert {step["taken"] for step in steps(free) if step["kind"] == "comparison"} == {"greedy"}
    assert {step["taken"] for step in steps(bound) if step["kind"] == "comparison"} == {"equal-shares"}


def test_pre_funded_proposals_are_charged_to_the_pool_first() -> None:
    election = village(1000, {"a": 300, "b": 800, "c": 600}, {"b": 3, "c": 2})
    outcome = outcome_of(election, "equal-shares/utilitarian", pre_funded="a")
    assert [(s["kind"], s["phase"], s["proposal"]) for s in steps(outcome)] == [
        ("funded", "given", "a"),
        ("unaffordable", "rule", "c"),
        ("funded", "completion", "c"),
    ]
    assert outcome.endowment == 140
    assert reasons(outcome) == {"b": "over-pool"}


def test_swiecie_asks_for_votes_by_cost() -> None:
    """votes/n >= cost/(3 pool): with 12 ballots and 1,200, 600 needs 2 votes."""
    election = village(1200, {"a": 600, "b": 600, "c": 100}, {"a": 2, "b": 1, "c": 9})
    outcome = outcome_of(election, "greedy", cost_share="1/3")
    assert amounts(outcome) == {"a": 600, "c": 100}
    assert reasons(outcome) == {"b": "below-threshold"}


def test_too_few_voters_mean_no_quorum() -> None:
    election = village(1000, {"a": 300}, {"a": 8})
    assert amounts(outcome_of(election, "greedy", turnout="20%", electorate=40)) == {"a": 300}
    outcome = outcome_of(election, "greedy", turnout="20%", electorate=41)
    assert reasons(outcome) == {"a": "no-quorum"}
    assert outcome.contest.plan.as_json()["turnout"] == "41/5"


# --- allocations, by hand


def test_a_residual_too_small_to_carry_it_out_goes_to_the_next() -> None:
    election = village(1000, {"a": 700, "b": 500, "c": 400}, {"a": 3, "b": 2, "c": 1}, {"b": 400, "c": 200})
    assert amounts(outcome_of(election, "residual")) == {"a": 700, "c": 300}
    stopped = outcome_of(election, "residual-last")
    assert amounts(stopped) == {"a": 700}
    assert reasons(stopped) == {"b": "does-not-fit", "c": "after-stop"}


def test_a_prize_too_small_goes_to_the_next() -> None:
    election = village(1000, {"a": 400, "b": 900, "c": 900}, {"a": 3, "b": 2, "c": 1}, {"b": 500})
    outcome = outcome_of(election, "prize-ladder", prizes="6+3")
    assert amounts(outcome) == {"a": 400, "c": 300}
    assert reasons(outcome) == {"b": "below-minimum"}


def test_an_equal_split_leaves_out_who_could_not_use_her_part_and_shares_anew() -> None:
    election = village(1000, {"a": 200, "b": 900, "c": 900}, {"a": 3, "b": 2, "c": 1}, {"c": 600})
    outcome = outcome_of(election, "equal-split")
    assert amounts(outcome) == {"a": 200, "b": 800}
    first = steps(outcome)[0]
    assert (first["kind"], first["proposal"], first["because"]) == ("skipped", "c", "below-minimum")


def test_only_the_winners_share_and_a_tie_at_the_last_place_needs_a_lot() -> None:
    election = village(1000, dict.fromkeys("abc", 900), {"a": 3, "b": 2, "c": 2})
    with pytest.raises(TieMatters) as found:
        outcome_of(election, "equal-split", winners=2)
    assert (found.value.step, found.value.tied) == (2, ("b", "c"))
    plan = make_plan("equal-split", election, {"winners": 2}, ("lot",), Lot(("c", "b", "a")))
    outcome = count(election, plan)
    assert amounts(outcome) == {"a": 500, "c": 500}
    assert (steps(outcome)[1]["tied"], steps(outcome)[1]["decided_by"]) == (["b", "c"], "lot")


def test_everyones_share_is_spread_over_the_ballot() -> None:
    """Three voters with 400 each; knapsack: by cost, points: by points."""
    proposals = [Proposal("a", 300), Proposal("b", 100), Proposal("c", 900)]
    baskets = make_election(1200, proposals, [["a", "b"], ["b"], ["c"]], "knapsack")
    assert amounts(outcome_of(baskets, "everyones-share")) == {"a": 300, "b": 100, "c": 400}
    values = {s["proposal"]: s["value"] for s in steps(outcome_of(baskets, "everyones-share"))}
    assert values == {"a": "300/1", "b": "500/1", "c": "400/1"}
    points = make_election(1000, proposals, [{"a": 1, "c": 2}, {"c": 1}, {"a": 1}], "points")
    assert amounts(outcome_of(points, "everyones-share")) == {"a": 300, "c": 555}
    assert outcome_of(points, "everyones-share").left == 145


def test_the_last_oere_goes_to_the_largest_part_cut_off() -> None:
    proposals = [Proposal("a", 900), Proposal("b", 900)]
    election = make_election(100, proposals, [{"a": 2, "b": 1}], "points")
    assert amounts(outcome_of(election, "everyones-share")) == {"a": 67, "b": 33}
    assert amounts(outcome_of(election, "everyones-share", remainder="leave")) == {"a": 66, "b": 33}


# --- what is left over


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("return", {"a": 600}),
        ("next", {"a": 600, "c": 100}),
        ("next-part", {"a": 600, "b": 400}),
        ("redistribute", {"a": 900}),
    ],
)
def test_what_is_left_over(policy: str, expected: dict[str, int]) -> None:
    election = village(1000, {"a": 900, "b": 700, "c": 100}, {"a": 3, "b": 2, "c": 1}, {"b": 300})
    outcome = outcome_of(election, "prize-ladder", prizes="6", leftover=policy)
    assert amounts(outcome) == expected


def test_a_topped_award_keeps_its_step() -> None:
    election = village(1000, {"a": 900, "b": 700}, {"a": 3, "b": 2})
    outcome = outcome_of(election, "prize-ladder", prizes="4+3", leftover="redistribute")
    assert [(a.proposal, a.amount, a.step) for a in outcome.funded] == [("a", 550, 1), ("b", 450, 2)]
    assert [(s["kind"], s["amount"], s["left"]) for s in steps(outcome)[2:]] == [
        ("topped", 150, 150),
        ("topped", 150, 0),
    ]


def test_what_decided_a_turn_of_an_equal_split_is_asked_of_those_who_are_still_there() -> None:
    """The lot decided between d and e; when e has left, d is the cheapest of those it is tied with."""
    proposals = [Proposal("b", 4), Proposal("c", 3), Proposal("d", 2), Proposal("e", 2, min_cost=2)]
    election = make_election(3, proposals, [["b", "c", "d", "e"]])
    ties, order = ("cheapest", "lot"), ("c", "d", "b", "e")
    outcome = count(election, make_plan("equal-split", election, {"winners": 2}, ties, Lot(order)))
    funded = steps(outcome)[1]
    assert (funded["proposal"], funded["tied"], funded["decided_by"]) == ("d", ["b", "c", "d"], "cheapest")
    theirs = verify.read_input(write_profile(election))
    lot = verify.lot_from_order(theirs, order)
    again = verify.count(theirs, verify.make_plan(theirs, "equal-split", {"winners": 2}, list(ties), lot))
    assert again.trace_bytes() == trace_bytes(outcome)


def test_a_tie_in_the_reserve_matters_only_when_some_and_not_all_can_move_up() -> None:
    election = village(1000, {"a": 1000, "b": 600, "c": 600, "d": 300}, {"a": 3, "b": 2, "c": 2, "d": 1})
    outcome = outcome_of(election, "greedy", reserve=True)
    assert outcome.as_json()["reserve"] == [["b", "c"], ["d"]]
    with pytest.raises(TieMatters) as found:
        withdraw(outcome, ["a"])
    assert found.value.tied == ("b", "c")
    drawn = count(election, make_plan("greedy", election, {"reserve": True}, ("lot",), Lot(("c", "b", "a", "d"))))
    assert drawn.as_json()["reserve"] == [["c"], ["b"], ["d"]]
    assert withdraw(drawn, ["a"]).moves_up == (("c", 600), ("d", 300))


def test_what_a_pre_funded_proposal_needs_and_was_never_funded_may_withdraw() -> None:
    """a got its money whatever becomes of b, which nobody voted for."""
    election = village(1000, {"a": 400, "b": 300, "c": 300}, {"a": 3, "c": 1})
    needs: list[dict[str, object]] = [{"kind": "needs", "proposals": ["a", "b"]}]
    outcome = outcome_of(election, "greedy", constraints=needs, pre_funded="a")
    assert withdraw(outcome, ["b"]).freed == 0
    theirs = verify.read_input(write_profile(election))
    plan = verify.make_plan(theirs, "greedy", {"constraints": needs, "pre_funded": "a"}, ["refuse"], None)
    result = verify.count(theirs, plan)
    assert verify.withdraw(result, verify.Contest(theirs, plan), ["b"]) == withdraw(outcome, ["b"]).as_json()


def test_a_tie_is_told_of_a_split_only_where_somebody_gets_more_by_it() -> None:
    """100 øre among three with as many votes: in whole øre the cheapest gets one more; in parts of 33 nobody does."""
    election = village(100, {"a": 90, "b": 80, "c": 70}, {"a": 1, "b": 1, "c": 1})
    ties = ("cheapest", "refuse")
    more, even = outcome_of(election, "equal-split", ties), outcome_of(election, "equal-split", ties, unit="0.33")
    assert amounts(more) == {"c": 34, "b": 33, "a": 33}
    assert amounts(even) == {"c": 33, "b": 33, "a": 33}
    told = [line for line in outcome_lines(more, "en") if line.startswith("Tie")]
    assert told == ["Tie at step 1: a, b, c - c went first (cheapest first)."]
    assert not [line for line in outcome_lines(even, "en") if line.startswith("Tie")]
    for outcome, said in ((more, True), (even, False)):
        sentence = " ".join(sentences(why(election, outcome.contest.plan, "c", outcome=outcome), "en"))
        assert ("cheapest went first" in sentence) == said
    one = outcome_of(election, "equal-split", ties, winners=1)
    assert [line for line in outcome_lines(one, "en") if line.startswith("Tie")]


def test_a_withdrawn_reserve_frees_nothing_and_leaves_the_list() -> None:
    election = village(1000, {"a": 1000, "b": 600, "c": 600}, {"a": 3, "b": 2, "c": 1})
    outcome = outcome_of(election, "greedy")
    assert withdraw(outcome, ["b"]).as_json()["freed"] == 0
    assert withdraw(outcome, ["b", "a"]).moves_up == (("c", 600),)


def test_whoever_needs_one_that_withdraws_has_to_withdraw_as_well() -> None:
    election = village(1000, {"a": 400, "b": 300, "c": 300}, {"a": 3, "b": 2, "c": 1})
    needs: list[dict[str, object]] = [{"kind": "needs", "proposals": ["a", "b"]}]
    outcome = outcome_of(election, "greedy", constraints=needs)
    assert withdraw(outcome, ["a"]).freed == 400
    with pytest.raises(InputRejected, match="--withdraw a"):
        withdraw(outcome, ["b"])
    assert withdraw(outcome, ["b", "a"]).freed == 700
    theirs = verify.read_input(write_profile(election))
    plan = verify.make_plan(theirs, "greedy", {"constraints": needs}, ["refuse"], None)
    result = verify.count(theirs, plan)
    with pytest.raises(verify.InputRejected, match="a, b"):
        verify.withdraw(result, verify.Contest(theirs, plan), ["b"])
    assert verify.withdraw(result, verify.Contest(theirs, plan), ["a", "b"])["freed"] == 700


def test_refusals_of_village_rules_tell_what_was_met() -> None:
    def told(name: str, election: Election, **settings: Any) -> str:
        with pytest.raises(InputRejected) as found:
            outcome_of(election, name, **settings)
        return found.value.problems[0].say("en")

    voted = village(1000, {"b": 600, "a": 600}, {"a": 2, "b": 1})
    assert "the prizes are 10.01 DKK together, but only 10 DKK" in told("prize-ladder", voted, prizes="6+4.01")
    assert "there are 3 ballots" in told("acclamation", voted)
    assert "a, b cost 12 DKK together, but only 10 DKK" in told("acclamation", village(1000, {"b": 600, "a": 600}, {}))
    together: list[dict[str, object]] = [{"kind": "together", "proposals": ["a", "b", "c"]}]
    bundle = village(1000, {"c": 100, "b": 100, "a": 100}, {"a": 2, "b": 1, "c": 1})
    with pytest.raises(InputRejected) as refused:
        withdraw(outcome_of(bundle, "greedy", constraints=together), ["b", "a"])
    assert "a, b" in refused.value.problems[0].say("en")


@pytest.mark.parametrize("names", ["ab", "abc", "abcd"])
def test_the_last_oere_of_equal_shares_of_everybody_is_a_tie(names: str) -> None:
    """One ballot with all on it, a pool that leaves one øre over: whoever gets it, it is decided by a lot and by nothing else."""
    proposals = [Proposal(i, 40) for i in names]
    pool = len(names) * 33 + 1
    election = make_election(pool, proposals, [list(names)], "knapsack")
    with pytest.raises(TieMatters) as found:
        outcome_of(election, "everyones-share")
    assert found.value.tied == tuple(names)
    left = outcome_of(election, "everyones-share", remainder="leave")
    assert set(amounts(left).values()) == {33}
