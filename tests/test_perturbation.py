"""Other boxes that might have been: as many ballots as promised, each with the chance that its page says; and flips."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import chisquare

from borgerbudget import Limits, Proposal, make_election
from borgerbudget.election import Election, make_hand_count
from borgerbudget.errors import BorgerbudgetError
from borgerbudget.files import read_pabulib
from scenarios.flips import fewest_flips
from scenarios.perturbation import PERTURBATIONS, Box, box_of
from tallies import TieMatters, count, make_plan
from tallies.many import Changed, Many
from tests.small import METHODS, random_election

SURE = 1e-4
PROPOSALS = [Proposal("a", 300), Proposal("b", 200), Proposal("c", 100)]


def village() -> Election:
    return make_election(400, PROPOSALS, [["a"]] * 50 + [["b"]] * 30 + [["a", "b"]] * 15 + [["c"]] * 4 + [[]])


def draws(name: str, size: int, times: int, box: Box | None = None) -> np.ndarray:
    box = box or box_of(village())
    generator = np.random.default_rng(5)
    return np.array([PERTURBATIONS[name].draw(box, size, generator) for _ in range(times)])


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_the_same_seed_gives_the_same_box(name: str) -> None:
    assert (draws(name, 0, 3) == draws(name, 0, 3)).all()


@pytest.mark.parametrize(
    ("name", "size"), [("lower-turnout", 0), ("lost-batch", 0), ("changed-ballots", 0), ("more-voters", 0)]
)
def test_a_perturbation_of_no_ballots_changes_nothing(name: str, size: int) -> None:
    assert (draws(name, size, 3) == box_of(village()).people).all()


@pytest.mark.parametrize(
    ("name", "size", "left"),
    [
        ("bootstrap", 0, 100),
        ("lower-turnout", 30, 70),
        ("lost-batch", 30, 70),
        ("changed-ballots", 30, 100),
        ("more-voters", 30, 130),
    ],
)
def test_as_many_ballots_are_left_as_it_says(name: str, size: int, left: int) -> None:
    found = draws(name, size, 50)
    assert (found.sum(axis=1) == left).all()
    assert (found >= 0).all()


def moments(found: np.ndarray, mean: np.ndarray, variance: np.ndarray) -> None:
    times = found.shape[0]
    assert (abs(found.mean(axis=0) - mean) <= 4.5 * np.sqrt(np.maximum(variance, 1e-12) / times)).all()
    large = variance > 1
    assert found.var(axis=0)[large] == pytest.approx(variance[large], rel=0.12)


def test_a_bootstrap_has_the_moments_of_a_multinomial() -> None:
    p = box_of(village()).people / 100
    moments(draws("bootstrap", 0, 4000), 100 * p, 100 * p * (1 - p))


def test_lower_turnout_has_the_moments_of_a_hypergeometric() -> None:
    p = box_of(village()).people / 100
    moments(draws("lower-turnout", 30, 4000), 70 * p, 70 * p * (1 - p) * 30 / 99)


def test_more_voters_have_the_moments_of_a_multinomial_and_nobody_is_lost() -> None:
    people = box_of(village()).people
    found, p = draws("more-voters", 30, 4000), people / 100
    moments(found, 130 * p, 30 * p * (1 - p))
    assert (found >= people).all()


def test_changed_ballots_keep_the_mean_of_each_ballot() -> None:
    p = box_of(village()).people / 100
    variance = 30 * p * (1 - p) * 70 / 99 + 30 * p * (1 - p)
    moments(draws("changed-ballots", 30, 4000), 100 * p, variance)


def test_everybody_changed_is_a_bootstrap() -> None:
    p = box_of(village()).people / 100
    moments(draws("changed-ballots", 100, 4000), 100 * p, 100 * p * (1 - p))


def test_a_lost_batch_is_of_one_kind() -> None:
    """Around a ballot for a alone: those, then a with b; around c alone: those, then any of the others."""
    box = box_of(village())
    found = box.people - draws("lost-batch", 30, 300)
    a, b, both, c, blank = found.T
    assert set(a[b == 0][c[b == 0] == 0].tolist()) >= {30}  # from among those for a
    assert set(b.tolist()) >= {0, 30}
    around_c = (c == 4) & (blank == 0)
    assert around_c.any()
    assert (found[around_c].sum(axis=1) == 30).all()
    assert (both[a == 30] == 0).all()
    times = np.array([(a == 30).sum(), (b == 30).sum()])
    assert chisquare(times, times.sum() * np.array([50, 30]) / 80).pvalue > SURE


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_a_size_that_the_box_does_not_have_is_refused(name: str) -> None:
    box = box_of(village())
    for size in (-1, PERTURBATIONS[name].most(box) + 1):
        with pytest.raises(BorgerbudgetError) as refused:
            PERTURBATIONS[name].draw(box, size, np.random.default_rng(1))
        assert refused.value.exit_code == 2
        assert "der er kun 100 stemmesedler" in refused.value.problems[0].say("da")


@pytest.mark.parametrize(
    "election",
    [
        make_hand_count(400, PROPOSALS, {"a": 3, "b": 2, "c": 1}, 5),
        make_election(400, PROPOSALS, []),
        make_election(400, PROPOSALS, [["a"], ["b"]], weights=[1, 0.5]),  # type: ignore[list-item]
    ],
)
def test_a_box_whose_people_are_not_known_is_refused_with_a_mend(election: Election) -> None:
    with pytest.raises(BorgerbudgetError) as refused:
        box_of(election)
    [problem] = refused.value.problems
    assert problem.mend.da
    assert problem.mend.en


def test_a_perturbed_box_can_be_counted() -> None:
    election = village()
    many = Many(election, make_plan("greedy", election), "order")
    for weights in draws("bootstrap", 0, 5):
        assert many.count(Changed(weights=weights)).spent <= 400


# --- flips


def flipped(election: Election, groups: list[int], w: int, p: int) -> Election:
    """One voter of each group flipped, made anew from plain ballots."""
    ballots: list[object] = []
    for g in range(election.profile.distinct):
        ids, points = election.profile.ballot(g)
        flips = groups.count(g)
        for voter in range(int(election.profile.weights[g])):
            swap = {w: p, p: w} if voter < flips else {}
            changed = [election.ids[swap.get(i, i)] for i in ids]
            ballots.append(changed if points is None else dict(zip(changed, points, strict=True)))
    return make_election(
        election.pool,
        election.proposals,
        ballots,
        election.method.name,
        None,
        election.limits,
        election.round,  # type: ignore[arg-type]
    )


def outcome(election: Election, name: str) -> frozenset[tuple[str, int]] | None:
    plan = make_plan(name, election, {}, ("refuse",))
    try:
        return count(election, plan).key
    except TieMatters:
        return None


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", ["greedy", "equal-shares/add1u"])
def test_what_one_flip_is_said_to_change_is_changed_by_it(method: str, name: str) -> None:
    """In small boxes of every method, the flipped box made anew from plain ballots."""
    rng, tried = random.Random(3), 0
    while tried < 12:
        election = random_election(rng, method)
        if (
            election.profile.denominator != 1
            or not election.profile.total
            or any(p.withdrawn for p in election.proposals)
        ):
            continue
        plan = make_plan(name, election, {}, ("refuse",))
        found = fewest_flips(box_of(election), plan)
        base = outcome(election, name)
        tried += 1
        if base is None:
            assert found is not None
            assert (found.ballots, found.by_lot) == (0, True)
            continue
        if found is None or found.ballots > 1:
            continue
        w, p = (election.index[i] for i in (found.loses or "", found.wins or ""))
        others = {outcome(flipped(election, [g], w, p), name) for g in range(election.profile.distinct)}
        assert others - {base}, "one flip was said to change the outcome"


def test_the_fewest_flips_of_two_proposals_that_exclude_each_other() -> None:
    """Seven to three: after two flips 5-5, where a lot decides."""
    election = make_election(300, [Proposal("a", 300), Proposal("b", 200)], [["a"]] * 7 + [["b"]] * 3)
    found = fewest_flips(box_of(election), make_plan("greedy", election, {}, ("refuse",)))
    assert found is not None
    assert (found.ballots, found.loses, found.wins, found.by_lot) == (2, "a", "b", True)
    found = fewest_flips(box_of(election), make_plan("greedy", election, {}, ("cheapest", "refuse")))
    assert found is not None
    assert (found.ballots, found.by_lot) == (2, False)


def test_what_cannot_be_changed_is_said_so() -> None:
    election = make_election(500, PROPOSALS[:2], [["a"], ["b"]])
    assert fewest_flips(box_of(election), make_plan("greedy", election)) is None


@pytest.mark.parametrize("basket", [None, 200])
def test_a_flip_keeps_to_the_basket(basket: int | None) -> None:
    election = make_election(
        300,
        [Proposal("a", 300), Proposal("b", 200)],
        [["b"]] * 2 + [["a"]],
        "knapsack",
        limits=Limits(max_sum_cost=basket),
    )
    found = fewest_flips(box_of(election), make_plan("greedy", election, {}, ("refuse",)))
    assert (found is None) == (basket == 200)


def test_many_flips_are_confirmed_by_a_count_of_the_flipped_box() -> None:
    election = make_election(
        500,
        [Proposal("a", 300), Proposal("b", 250), Proposal("c", 200)],
        [["a", "c"]] * 12 + [["a"]] * 3 + [["b"]] * 8 + [["b", "c"]] * 2,
    )
    for name in ("greedy", "equal-shares/add1u"):
        found = fewest_flips(box_of(election), make_plan(name, election, {}, ("refuse",)))
        assert found is not None
        w, p = election.index[found.loses or ""], election.index[found.wins or ""]
        base = outcome(election, name)
        possible = [
            g for g in range(4) if w in election.profile.ballot(g)[0] and p not in election.profile.ballot(g)[0]
        ]
        ways = product(possible, repeat=found.ballots) if found.ballots < 4 else [[possible[0]] * found.ballots]
        assert any(outcome(flipped(election, list(way), w, p), name) != base for way in ways)


# --- how often a tie decides


@pytest.mark.corpus
def test_the_share_of_small_rounds_that_a_tie_decides_is_what_it_was(corpus: list[Path]) -> None:
    """Bootstraps of 30, 60 and 120 ballots of the real approval rounds with 6-15 proposals that do not all fit, counted by
    greedy with every tie left to a lot: measured with 20 draws each of 60 rounds (1,200 at each size), 16.2, 8.7 and 4.7 %."""
    villages = []
    for path in corpus:
        try:
            election = read_pabulib(path.read_bytes(), path.name).election
        except BorgerbudgetError:
            continue
        fits = election.method.name == "approval" and 6 <= len(election.proposals) <= 15
        if fits and sum(election.costs) > election.pool.amount and election.profile.denominator == 1:
            villages.append((box_of(election).people, Many(election, make_plan("greedy", election, {}, ("refuse",)))))
    assert len(villages) >= 60
    for ballots, measured in ((30, 0.162), (60, 0.087), (120, 0.047)):
        generator = np.random.default_rng([2026, ballots])
        ties = [
            many.count(Changed(weights=generator.multinomial(ballots, people / people.sum()))).tie
            for people, many in villages
            for _ in range(4)
        ]
        error = np.sqrt(measured * (1 - measured) * (1 / len(ties) + 1 / 1200))
        assert np.mean(ties) == pytest.approx(measured, abs=3 * error)
