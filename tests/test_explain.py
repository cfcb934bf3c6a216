"""Explanations: the least change against every price, number and pool tried one by one, payments that add up, sentences."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest

from borgerbudget import Election, Pool, Proposal, make_election
from borgerbudget.ballots import Limits
from borgerbudget.errors import InputRejected
from borgerbudget.files import read_round
from tallies import Plan, TieMatters, count, drawn_lot, make_plan, reachable
from tallies.compare import compare
from tallies.explain import sentences, why
from tallies.explain.facts import Changes
from tallies.explain.searching import largest, least
from tallies.report import comparison_lines, outcome_lines
from tests.small import random_village_case

EXACT = (
    "greedy",
    "greedy-stop",
    "greedy-per-cost",
    "greedy-80",
    "phragmen",
    "equal-shares",
    "equal-shares/utilitarian",
)
SEARCHED = ("equal-shares/add1+comparison", "equal-shares/add1eu+comparison", "equal-shares/none+comparison")
MOST_VOTES, MOST_POOL = 20, 36


@dataclass(frozen=True)
class Round:
    """A small round that can be made again with one thing changed."""

    pool: int
    costs: dict[str, int]
    ballots: list[object]
    method: str = "approval"
    limits: Limits = Limits()  # noqa: RUF009  (frozen)
    withdrawn: str | None = None

    def election(self, more: Iterable[object] = ()) -> Election:
        proposals = [Proposal(i, cost, withdrawn=i == self.withdrawn) for i, cost in self.costs.items()]
        ballots = [*self.ballots, *more]
        return make_election(Pool(self.pool), proposals, ballots, self.method, limits=self.limits)  # type: ignore[arg-type]


def wins(election: Election, plan: Plan, proposal: str) -> bool:
    """Funded in every way of breaking open ties; too many ways count as lost."""
    try:
        return any(award.proposal == proposal for award in count(election, plan).funded)
    except TieMatters:
        found = reachable(election, plan)
        funded = [{award.proposal for award in outcome.funded} for outcome in found.outcomes]
        return found.complete and all(proposal in one for one in funded)


def random_round(chance: random.Random, method: str) -> Round:
    ids = [f"p{i}" for i in range(chance.randint(1, 5))]
    limits = Limits()
    if method in ("points", "scoring"):
        if chance.random() < 0.5:
            limits = Limits(max_points=chance.randint(1, 4), max_sum_points=chance.randint(2, 6))
        if method == "scoring":
            limits = replace(limits, default_score=chance.choice((0, 0, -1, 1)))
    ballots: list[object] = []
    for _ in range(chance.randint(1, 7)):
        chosen = chance.sample(ids, chance.randint(0, min(len(ids), 3)))
        lowest = {"points": 1, "scoring": -2}.get(method)
        ballots.append(chosen if lowest is None else {i: chance.randint(lowest, 4) for i in chosen})
    costs = {i: chance.randint(1, chance.choice((5, 12))) for i in ids}
    withdrawn = ids[0] if chance.random() < 0.1 else None
    return Round(chance.randint(2, 15), costs, ballots, method, limits, withdrawn)


def random_plan(chance: random.Random, name: str, election: Election) -> Plan:
    settings: dict[str, object] = {}
    name, _, comparison = name.partition("+")
    if comparison:
        settings["comparison"] = "satisfaction"
    if chance.random() < 0.3:
        settings["threshold"] = chance.randint(0, 4)
    if election.method.name == "ranked" and chance.random() < 0.5:
        settings["points_table"] = chance.choice(((3, 1), (1, 2), (0, 1)))
    if name.startswith("equal-shares") and election.method.name == "approval" and chance.random() < 0.5:
        settings["utility"] = "count"
    ties = chance.choice((("cheapest", "most-votes", "refuse"), ("most-votes", "refuse"), ("refuse",), ("lot",)))
    order = list(election.ids)
    chance.shuffle(order)
    return make_plan(name, election, settings, ties, drawn_lot(election, order) if ties == ("lot",) else None)


def cases(name: str, number: int) -> list[tuple[Round, Plan, str, bool, Changes]]:
    """For each proposal of some random rounds that can be counted what is said about it."""
    found = []
    for seed in range(number):
        chance = random.Random(f"{name} {seed}")
        method = chance.choice(("approval",) if name == "phragmen" else ("approval", "points", "ranked", "scoring"))
        small = random_round(chance, method)
        election = small.election()
        plan = random_plan(chance, name, election)
        try:
            outcome = count(election, plan)
        except TieMatters:
            continue
        for proposal in election.ids:
            explained = why(election, plan, proposal, outcome=outcome)
            assert explained.changes is not None
            assert explained.funded == (explained.turn is not None and explained.turn.kind == "funded")
            assert all(sentences(explained, language) for language in ("da", "en"))
            json.dumps(explained.as_json())
            found.append((small, plan, proposal, explained.funded, explained.changes))
    assert found
    return found


def single(small: Round, plan: Plan, proposal: str) -> object | None:
    """A new ballot for only this proposal, with the most points there can be; None when it could not support it."""
    if small.method == "ranked":
        return None if plan.points_table is not None and not plan.points_table[0] else [proposal]
    if small.method == "approval":
        return [proposal]
    allowed = [most for most in (small.limits.max_points, small.limits.max_sum_points) if most is not None]
    seen = [points for ballot in small.ballots if isinstance(ballot, dict) for points in ballot.values()]
    # what a ballot does not say is not seen: zero in points, the default in scoring
    seen = [points for points in seen if points != small.limits.default_score]
    return {proposal: min(allowed) if allowed else max([1, *seen])}


@pytest.mark.parametrize("name", EXACT)
def test_least_changes_equal_those_found_by_trying_everything(name: str) -> None:
    for small, plan, proposal, funded, changes in cases(name, 14):
        cost = small.costs[proposal]

        def at_price(price: int, small: Round = small, plan: Plan = plan, proposal: str = proposal) -> bool:
            return wins(replace(small, costs={**small.costs, proposal: price}).election(), plan, proposal)

        prices = range(1, (2 * small.pool if funded else cost) + 1)
        assert changes.cost.value == max(filter(at_price, prices), default=None)
        assert changes.cost.kind == ("none" if changes.cost.value is None else "least")
        if funded:
            continue
        assert changes.votes is not None
        assert changes.pool is not None
        pool = next(
            (b for b in range(small.pool + 1, MOST_POOL) if wins(replace(small, pool=b).election(), plan, proposal)),
            None,
        )
        assert changes.pool.value == pool or (pool is None and (changes.pool.value or 0) >= MOST_POOL)
        assert changes.pool.kind == ("none" if changes.pool.value is None else "least")
        ballot = single(small, plan, proposal)
        votes = None
        if ballot is not None:
            tried = range(1, MOST_VOTES)
            votes = next((k for k in tried if wins(small.election([ballot] * k), plan, proposal)), None)
        assert changes.votes.value == votes or (votes is None and (changes.votes.value or 0) >= MOST_VOTES)


@pytest.mark.parametrize("name", SEARCHED)
def test_what_is_called_enough_is_enough(name: str) -> None:
    for small, plan, proposal, funded, changes in cases(name, 5):
        price, votes, pool = changes.cost, changes.votes, changes.pool
        assert price.kind != "least"
        if price.value is not None:
            assert wins(replace(small, costs={**small.costs, proposal: price.value}).election(), plan, proposal)
        if funded:
            continue
        assert votes is not None
        assert pool is not None
        if votes.value is not None:
            ballot = single(small, plan, proposal)
            assert votes.kind == ("least" if votes.value == 1 else "enough")
            assert wins(small.election([ballot] * votes.value), plan, proposal)
        if pool.value is not None:
            assert pool.kind == "enough"
            assert wins(replace(small, pool=pool.value).election(), plan, proposal)


@pytest.mark.parametrize("name", ["equal-shares", "equal-shares/utilitarian"])
def test_a_pool_many_purchases_away_is_still_the_least(name: str) -> None:
    chance = random.Random(name)
    ids = [f"p{i}" for i in range(5)]
    ballots: list[object] = [chance.sample(ids, chance.randint(1, 3)) for _ in range(7)]
    small = Round(90, {i: chance.randint(20, 130) for i in ids}, ballots)
    election = small.election()
    plan = make_plan(name, election, ties=("lot",), lot=drawn_lot(election, ids))
    tried = 0
    for proposal in ids:
        changes = why(election, plan, proposal).changes
        if changes is None or changes.pool is None or changes.pool.value is None:
            continue
        tried += 1
        first = next(b for b in range(91, 2000) if wins(replace(small, pool=b).election(), plan, proposal))
        assert changes.pool.value == first
    assert tried


def test_searching_is_exact_where_the_predicate_changes_once() -> None:
    for edge in range(12):
        holds: Callable[[int], bool] = lambda v, edge=edge: v <= edge  # noqa: E731
        fails: Callable[[int], bool] = lambda v, edge=edge: v >= edge  # noqa: E731
        for guess in range(15):
            assert largest(holds, guess, 12) == (edge or None)
        for first in range(1, 12):
            assert least(fails, first, 10) == (None if edge > 10 or first > 10 else max(first, edge))


# --- payments ----------------------------------------------------------------------------------------------------------

SITE_COSTS = {"bike": 700, "gym": 400, "park": 250, "playground": 200, "library": 100}
SITE_BALLOTS = (
    "bike,gym|bike,gym,park|bike,gym|bike,gym,park|bike,gym,park|bike,gym|park,playground,library|playground|"
    "playground,library|park,playground,library|gym"
)


def site() -> Election:
    """The second example of equalshares.net: eleven voters, a pool of 1,100 minor units."""
    proposals = [Proposal(i, c) for i, c in SITE_COSTS.items()]
    return make_election(Pool(1100), proposals, [ballot.split(",") for ballot in SITE_BALLOTS.split("|")])


@pytest.mark.parametrize(
    "name", ["equal-shares", "equal-shares/utilitarian", "equal-shares/add1", "equal-shares/add1eu"]
)
@pytest.mark.parametrize("method", ["approval", "points"])
def test_what_supporters_paid_and_what_they_have_left_is_what_they_were_given(name: str, method: str) -> None:
    elections = [site()] if method == "approval" else []
    elections += [random_round(random.Random(seed), method).election() for seed in range(12)]
    for election in elections:
        plan = make_plan(name, election, ties=("lot",), lot=drawn_lot(election, election.ids))
        outcome = count(election, plan)
        for proposal in election.ids:
            told = why(election, plan, proposal, outcome=outcome, changes=False)
            if told.shares is None:
                continue
            paid = sum((payment.paid for payment in told.shares.payments), Fraction(0))
            assert paid + told.shares.held == told.shares.endowment * told.votes.supporters
            own = [payment.paid for payment in told.shares.payments if payment.proposal == proposal]
            assert own == ([told.cost] if told.shares.price is not None else [])


def test_the_park_of_equalshares_net_is_bought_with_70_seventeenths_effective_votes() -> None:
    election = site()
    told = why(election, make_plan("equal-shares", election), "park", changes=False)
    assert told.shares is not None
    assert told.shares.price is not None
    price = told.shares.price
    assert (price.each, price.in_full, price.all_they_had) == (Fraction(425, 7), 2, 3)
    assert price.effective_votes == Fraction(70, 17)
    gym, park, playground = told.shares.payments
    assert (gym.proposal, gym.paid, gym.payers) == ("gym", Fraction(1200, 7), 3)
    assert (park.paid, park.payers) == (250, 5)
    assert (playground.paid, playground.payers) == (Fraction(550, 7), 2)


def test_the_bike_lane_lacks_what_its_supporters_spent_on_the_gym_and_the_park() -> None:
    election = site()
    document = why(election, make_plan("equal-shares", election), "bike").as_json()
    assert document["turn"] == {
        "step": 4, "kind": "unaffordable", "phase": "rule", "left": 250, "missing": "4000/7",
        "tied": [], "decided_by": None, "over": [],
    }  # fmt: skip
    assert document["changes"] == {
        "cost": {"kind": "least", "value": 257, "searched": None},
        "votes": {"kind": "least", "value": 3, "searched": None},
        "pool": {"kind": "least", "value": 1912, "searched": None},
    }


# --- sentences ---------------------------------------------------------------------------------------------------------


def village() -> Election:
    """A pool of 150 kr.; the playground has its turn when 12 kr. are left."""
    proposals = [
        Proposal("p1", 13_800, "Multibane"),
        Proposal("p2", 1_000, "Bænke"),
        Proposal("p7", 2_000, "Ny legeplads"),
        Proposal("p8", 900, "Hjertestarter"),
        Proposal("p9", 99_000, "Svømmehal"),
    ]
    ballots = [["p1"]] * 6 + [["p1", "p7"]] * 2 + [["p7", "p8"]] * 2 + [["p2"], ["p9"]]
    return make_election(Pool(15_000), proposals, ballots)


def test_why_not_in_danish_and_in_english() -> None:
    election = village()
    told = why(election, make_plan("greedy", election), "p7")
    assert sentences(told, "da") == [
        'Forslaget "Ny legeplads" (p7) fik 4 stemmer (nr. 2 af 5) og får ikke penge.',
        "Da turen kom (trin 2), var der 12 kr. tilbage; det koster 20 kr., så der manglede 8 kr.",
        "Det ville have fået penge, hvis det havde kostet højst 12 kr., hvis 4 flere vælgere havde stemt kun på det, "
        "eller hvis puljen havde været 158 kr. (den mindste større pulje, der var nok).",
    ]
    assert sentences(told, "en") == [
        'The proposal "Ny legeplads" (p7) got 4 votes (no. 2 of 5) and was not funded from the pool.',
        "When its turn came (step 2), 12 DKK was left; it costs 20 DKK, so 8 DKK was missing.",
        "It would have been funded if it had cost at most 12 DKK, if 4 more voters had voted only for it, or if the pool "
        "had been 158 DKK (the least larger pool that is enough).",
    ]


def test_why_in_danish() -> None:
    election = village()
    assert sentences(why(election, make_plan("greedy", election), "p8"), "da") == [
        'Forslaget "Hjertestarter" (p8) fik 2 stemmer (nr. 3 af 5) og får 9 kr. af puljen.',
        "Turen kom i trin 3, da der var 12 kr. tilbage; det koster 9 kr.",
        "Det ville også have fået penge med en pris på 12 kr.; derover er det ikke sikkert.",
    ]


def test_where_the_count_stopped_is_told_to_those_that_had_no_turn() -> None:
    election = village()
    plan = make_plan("greedy-stop", election)
    turns = {i: sentences(why(election, plan, i, changes=False), "da")[1] for i in ("p1", "p7", "p8")}
    assert turns == {
        "p1": "Turen kom i trin 1, da der var 150 kr. tilbage; det koster 138 kr.",
        "p7": "Da turen kom (trin 2), var der 12 kr. tilbage; det koster 20 kr., så der manglede 8 kr. Dermed sluttede "
        "tællingen.",
        "p8": 'Tællingen sluttede i trin 2, før turen kom: "Ny legeplads" (p7) kunne ikke være i de 12 kr., der var '
        "tilbage.",
    }


def test_a_proposal_that_was_topped_up_ends_the_count_for_the_others(root: Path) -> None:
    election = read_round(root / "examples" / "strandby-kurv-2026.pb").election
    plan = make_plan("greedy-80", election)
    topped = sentences(why(election, plan, "S2", changes=False), "da")
    assert topped[0].endswith("Der mangler 9.274,50 kr. af prisen; de lægges til uden for puljen.")
    assert sentences(why(election, plan, "S3", changes=False), "da")[1] == (
        'Tællingen sluttede i trin 2, før turen kom: "Pumptrackbane ved hallen" (S2) fik alt det, der var tilbage.'
    )


def test_a_proposal_above_the_pool_is_told_so() -> None:
    election = village()
    told = why(election, make_plan("greedy", election), "p9")
    assert sentences(told, "da")[1:] == [
        "Det koster 990 kr., og det kan en pulje på 150 kr. ikke bære.",
        "Det ville have fået penge, hvis det havde kostet højst 3 kr., eller hvis puljen havde været 1.167 kr. "
        "(den mindste større pulje, der var nok). "
        "Flere stemmer alene havde ikke hjulpet.",
    ]


def test_equal_shares_tells_where_the_supporters_money_went() -> None:
    election = site()
    plan = make_plan("equal-shares", election)
    assert sentences(why(election, plan, "bike"), "da") == [
        'Forslaget "bike" fik 6 stemmer (nr. 2 af 5) og får ikke penge.',
        "Det koster 7 kr., men støtterne havde til sidst kun ca. 1,29 kr. tilsammen, så der manglede ca. 5,71 kr.",
        'Hver vælger rådede over 1 kr. Støtternes penge gik til: "gym" (ca. 3,43 kr. fra 6 vælgere) og "park" (ca. 1,29 kr. '
        "fra 3 vælgere). Til sidst havde de ca. 1,29 kr. tilbage.",
        "Det ville have fået penge, hvis det havde kostet højst 2,57 kr., hvis 3 flere vælgere havde stemt kun på det, eller "
        "hvis puljen havde været 19,12 kr. (den mindste større pulje, der var nok).",
    ]
    assert sentences(why(election, plan, "park"), "en")[1] == (
        "Its supporters bought it at step 2: 2 voters paid about 0.61 DKK each, and 3 voters paid all they had left. That is "
        "as much as about 4.12 voters paying in full."
    )


def test_a_raised_share_and_what_would_have_been_enough(root: Path) -> None:
    election = read_round(root / "examples" / "lillevig-2026.pb").election
    plan = make_plan("equal-shares/add1", election)
    told = why(election, plan, "L06", changes=False)
    assert told.raised is not None
    assert "Andelen blev hævet" in sentences(told, "da")[2]
    assert told.raised.reason == "over-pool"


# --- what constraints, weights and parts of a cost change ----------------------------------------------------------------


def hill(ballots: list[list[str]], costs: dict[str, int], pool: int, **least: int) -> Election:
    """A round in whole kroner."""
    proposals = [Proposal(i, cost * 100, min_cost=least[i] * 100 if i in least else None) for i, cost in costs.items()]
    return make_election(Pool(pool * 100, "DKK"), proposals, ballots)


def told_of(election: Election, proposal: str, name: str = "greedy", **given: object) -> str:
    plan = make_plan(name, election, given)
    return " ".join(sentences(why(election, plan, proposal), "da"))


def test_where_ballots_weigh_by_area_no_number_of_new_votes_is_named(root: Path) -> None:
    election = read_round(root / "examples" / "ringmarken-2026.pb").election
    plan = make_plan("greedy", election)
    told = why(election, plan, "R3")
    text = " ".join(sentences(told, "da"))
    assert not told.funded
    assert told.changes is not None
    assert told.changes.votes is None
    assert "Stemmerne er rettet efter område" in text
    assert "vælger" not in text
    assert "hvis puljen havde været" in text


def test_money_kept_for_others_at_the_first_turn_is_told() -> None:
    election = hill([["a"]] * 3 + [["b"]] * 2 + [["c"]], {"a": 60, "b": 50, "c": 30}, 100)
    keep = [{"kind": "earmark", "name": "klima", "proposals": ["c"], "amount": 30}]
    text = told_of(election, "b", constraints=keep)
    assert "30 kr. af det var holdt tilbage til andre" not in text  # 40 was left, less than it costs
    election = hill([["a"]] * 3 + [["b"]] * 2 + [["c"]], {"a": 40, "b": 50, "c": 30}, 100)
    text = told_of(election, "b", constraints=keep)
    assert (
        'Da turen kom (trin 2), var der 60 kr. tilbage, men 30 kr. af det var holdt tilbage til andre ("klima"); det koster '
        "50 kr., så der manglede 20 kr." in text
    )


def test_a_ceiling_a_pot_and_what_excludes_are_named() -> None:
    ballots = [["a"]] * 3 + [["b"]] * 2 + [["c"]]
    election = hill(ballots, {"a": 40, "b": 50, "c": 30}, 100)
    ceiling = [{"kind": "at-most", "name": "leg", "proposals": ["a", "b"], "amount": 60}]
    assert 'af loftet på 60 kr. ("leg") var kun 20 kr. ikke brugt' in told_of(election, "b", constraints=ceiling)
    either = [{"kind": "one-of", "name": "enten", "proposals": ["a", "b"]}]
    assert 'havde "a" allerede fået penge, og det udelukker dette forslag ("enten")' in told_of(
        election, "b", constraints=either
    )
    assert '"a" fik penge på forhånd, og det udelukker dette forslag ("enten")' in told_of(
        election, "b", constraints=either, pre_funded="a"
    )
    pot = [{"kind": "pot", "name": "Øster", "proposals": ["b"], "amount": 35}]
    assert 'det fik, hvad der var i dets egen del ("Øster")' in told_of(election, "b", "residual", constraints=pot)


def test_who_is_funded_only_together_is_named() -> None:
    election = hill([["a"]] * 3 + [["b"]] * 2 + [["c"]], {"a": 40, "b": 50, "c": 30}, 100)
    both = [{"kind": "together", "proposals": ["a", "c"]}]
    assert 'Det kan kun få penge sammen med "c".' in told_of(election, "a", constraints=both)
    assert "kun få penge sammen" not in told_of(election, "b", constraints=both)


def test_what_would_have_been_enough_names_the_amount_where_a_part_may_be_paid() -> None:
    election = hill([["a"]] * 3 + [["b"]] * 2 + [["c"]], {"a": 60, "b": 40, "c": 30}, 100)
    told = why(election, make_plan("residual", election), "c")
    assert told.changes is not None
    assert told.changes.votes is not None
    assert told.changes.votes.amount is not None
    text = " ".join(sentences(told, "da"))
    assert "var der intet tilbage" in text
    assert "(det havde givet 30 kr.)" in text
    more = told.changes.votes.value
    assert more is not None
    again = make_election(election.pool, election.proposals, [["a"]] * 3 + [["b"]] * 2 + [["c"]] * (1 + more))
    awards = {award.proposal: award.amount for award in count(again, make_plan("residual", again)).funded}
    assert awards["c"] == told.changes.votes.amount


def test_the_rest_of_a_rule_without_shares_is_not_told_as_supporters_money() -> None:
    election = hill([["a"]] * 3 + [["b"]] * 2 + [["c"]], {"a": 60, "b": 40, "c": 30}, 100)
    text = told_of(election, "c", "prize-ladder", prizes="40+30", leftover="next-part")
    assert "Da resten blev delt ud efter stemmer" in text
    assert "Støtternes egne penge" not in text


def test_rates_are_told_without_what_was_shared_out_later() -> None:
    election = hill([["a"]] * 3 + [["b"]] * 2, {"a": 60, "b": 40}, 80)
    text = told_of(election, "a", "rate-bands", bands="20:100%+*:50%", leftover="redistribute")
    assert "får 45 kr. af puljen. Det koster 60 kr.; efter satserne er det 40 kr. Det fik 5 kr. mere" in text


def test_a_split_in_equal_parts_has_no_turns() -> None:
    election = hill([["a"]] * 3 + [["b"]] * 3, {"a": 60, "b": 60}, 70)
    text = told_of(election, "a", "equal-split")
    assert "Turen kom" not in text
    assert "stod lige" not in text
    assert "Lige i trin" not in "\n".join(outcome_lines(count(election, make_plan("equal-split", election)), "da"))


def test_a_tie_names_only_those_whose_order_is_open() -> None:
    election = hill([["a", "b", "c"]] * 3, {"a": 20, "b": 20, "c": 30}, 100)
    assert 'Det stod lige med "b"; rækkefølgen ændrer ikke resultatet.' in told_of(election, "a")
    assert "a, b - a gik først" in "\n".join(outcome_lines(count(election, make_plan("greedy", election)), "da"))


def test_an_open_tie_names_everybody_from_its_first_step() -> None:
    election = hill([list("abcdef")], dict.fromkeys("abcdef", 20), 80)
    with pytest.raises(TieMatters) as found:
        count(election, make_plan("greedy", election))
    assert found.value.problems[0].sentence.da.startswith("lige stemmer i trin 1: a, b, c, d, e, f -")


def test_votes_by_area_are_marked_in_the_result_and_the_comparison(root: Path) -> None:
    election = read_round(root / "examples" / "ringmarken-2026.pb").election
    plan = make_plan("greedy", election)
    line = "Stemmerne er rettet efter område."
    assert line in outcome_lines(count(election, plan), "da")
    assert line in comparison_lines(election, compare(election, [("greedy", plan)]), "da")
    assert line not in outcome_lines(count(village(), make_plan("greedy", village())), "da")


def test_that_the_rest_went_on_is_said_only_where_somebody_got_of_it() -> None:
    ballots = [["a"]] * 3 + [["b"]] * 2 + [["c"]]

    def lines(pool: int) -> str:
        election = hill(ballots, {"a": 60, "b": 40, "c": 30}, pool)
        return "\n".join(outcome_lines(count(election, make_plan("greedy-stop", election, {"leftover": "next"})), "da"))

    assert "Resten gik til de næste" in lines(90)
    assert "Resten rakte ikke til nogen; 20 kr. blev tilbage." in lines(80)
    assert "Resten" not in lines(130)


def test_what_stood_in_the_way_of_random_proposals_is_less_than_they_needed() -> None:
    met = set()
    for seed in range(700):
        case = random_village_case(random.Random(seed))
        try:
            outcome = count(case.election, case.plan)
        except (InputRejected, TieMatters):
            continue
        traits = case.plan.traits
        for proposal in case.election.ids:
            told = why(case.election, case.plan, proposal, outcome=outcome, changes=False)
            assert all(sentences(told, language) for language in ("da", "en"))
            turn = told.turn
            if turn is None or turn.obstacle is None:
                assert told.reason != "excluded" or told.kept_out or turn
                continue
            met.add(turn.obstacle.kind)
            assert turn.because != "excluded" or turn.obstacle.constraints
            if turn.obstacle.available is None:
                continue
            assert turn.obstacle.available <= turn.left
            assert turn.obstacle.constraints
            if turn.kind == "funded":
                assert told.amount is not None
                assert turn.obstacle.available == told.amount - (told.more or 0)
            elif traits.partial:
                assert told.ask is not None
                assert turn.obstacle.available < (
                    told.ask if traits.whole_ask else told.least or 1
                ) or told.plan.rule == ("residual")
            else:
                assert turn.obstacle.available < told.cost
    assert met == {"ceiling", "pot", "kept", "excluded"}


def test_a_prize_that_is_too_small_is_named() -> None:
    election = hill([["a"]] * 3 + [["b"]] * 2, {"a": 60, "b": 40}, 100, a=50)
    assert "Det kunne få 30 kr. (trin 1), men kræver mindst 50 kr." in told_of(
        election, "a", "prize-ladder", prizes="30+20"
    )
