"""Electorates: every model has the properties that its paper says it has, and is the same again for the same seed."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from math import comb, factorial, pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prefsampling.approval.noise import SetDistance
from prefsampling.approval.noise import theoretical_distribution as noise_distribution
from prefsampling.approval.resampling import (
    disjoint_resampling_theoretical_distribution,
    resampling_theoretical_distribution,
)
from prefsampling.ordinal.mallows import theoretical_distribution as mallows_distribution
from scipy.stats import binom, binomtest, chisquare

from borgerbudget import Limits, Proposal, make_election
from borgerbudget.ballots import METHODS
from borgerbudget.errors import InputRejected, Place
from scenarios.electorates.ballots import FORMS, Sheet, filled_in, voted
from scenarios.electorates.models import MODELS, simulated
from scenarios.electorates.models.mallows import mean_disagreement, phi_of
from scenarios.electorates.opinions import EVERYWHERE, Opinions, Setting

SURE = 1e-4
"""A correct sampler fails a test less often than this over all seeds; the seeds are fixed, so that it never does."""


def drawn(name: str, said: Mapping[str, object], people: int, proposals: int, seed: int) -> np.ndarray:
    setting = Setting((people,), (0,) * proposals)
    return simulated(name, said, proposals).opinions(setting, np.random.default_rng(seed)).utility


def approvals(name: str, said: Mapping[str, object], people: int, proposals: int, seed: int) -> np.ndarray:
    return drawn(name, said, people, proposals, seed) > 0


def orders(name: str, said: Mapping[str, object], people: int, proposals: int, seed: int) -> np.ndarray:
    return np.argsort(-drawn(name, {**said, "approves": 1}, people, proposals, seed), axis=1)


def as_numbers(approved: np.ndarray) -> np.ndarray:
    """Each ballot as a number from 0 to 2**m - 1."""
    return approved @ (1 << np.arange(approved.shape[1]))


def fits(found: np.ndarray, expected: np.ndarray) -> None:
    assert found.sum() == pytest.approx(expected.sum())
    possible = expected > 1e-9
    assert not found[~possible].any()
    if possible.sum() > 1:
        assert chisquare(found[possible], expected[possible]).pvalue > SURE


def centre_of(name: str, said: Mapping[str, object], proposals: int, seed: int) -> frozenset[int]:
    """The central ballot: what everybody hands in when nobody differs."""
    alike = approvals(name, {**said, "phi": 0.0}, 5, proposals, seed)
    assert (alike == alike[0]).all()
    return frozenset(np.flatnonzero(alike[0]).tolist())


# --- all models


@pytest.mark.parametrize("name", MODELS)
def test_the_same_seed_gives_the_same_voters_and_another_seed_others(name: str) -> None:
    setting = Setting((20, 30), (0, 1, EVERYWHERE, 0, 1))
    electorate = simulated(name, {}, 5)
    first, again, other = (electorate.opinions(setting, np.random.default_rng(seed)) for seed in (7, 7, 8))
    assert (first.utility == again.utility).all()
    assert (first.utility != other.utility).any()
    assert first.utility.shape == (50, 5)
    assert np.bincount(first.home).tolist() == [20, 30]


@pytest.mark.parametrize("name", MODELS)
def test_a_model_draws_from_its_generator_only(name: str) -> None:
    electorate, setting = simulated(name, {}, 6), Setting((40,), (0,) * 6)
    np.random.seed(1)
    first = electorate.opinions(setting, np.random.default_rng(3)).utility
    np.random.seed(2)
    assert (electorate.opinions(setting, np.random.default_rng(3)).utility == first).all()


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize(("people", "proposals"), [(0, 3), (3, 1), (0, 0), (2, 0), (1, 1)])
def test_nobody_and_nothing_can_be_drawn(name: str, people: int, proposals: int) -> None:
    model = MODELS[name]
    values = {parameter.name: parameter.default for parameter in model.parameters}
    setting = Setting((people,), (0,) * proposals)
    assert model.utility(values, setting, np.random.default_rng(1)).shape == (people, proposals)


@pytest.mark.parametrize("name", MODELS)
def test_the_voters_of_a_model_are_alike_on_average_whatever_the_number_of_a_proposal(name: str) -> None:
    """No model prefers a proposal for where it stands in the list."""
    times = [approvals(name, {}, 3, 6, seed).sum(axis=0) for seed in range(600)]
    rates = np.mean(times, axis=0) / 3
    errors = np.std(times, axis=0) / 3 / np.sqrt(600)
    assert (abs(rates - rates.mean()) < 4.5 * np.maximum(errors, 1e-12)).all()


@pytest.mark.parametrize("name", MODELS)
def test_every_parameter_has_an_allowed_default_and_is_explained(name: str) -> None:
    model = MODELS[name]
    assert all(parameter.fits(parameter.default) for parameter in model.parameters)
    assert all(parameter.plain.da and parameter.plain.en for parameter in model.parameters)
    assert model.conflict({p.name: p.default for p in model.parameters}, 12) is None
    assert model.specification.strip()


@pytest.mark.parametrize(
    ("name", "said", "da", "en"),
    [
        ("mallow", {}, "ingen vælgermodel, der hedder “mallow”", "choose one of: impartial-culture, "),
        ("urn", {"phi": 1}, "ingen indstilling “phi”", "it has these: p, alpha"),
        ("urn", {"p": 1.5}, "p = 1.5 kan ikke bruges i urn -> skriv et tal fra 0 til 1", "write a number from 0 to 1"),
        ("urn", {"p": True}, "p = True", "p = True"),
        ("urn", {"p": float("nan")}, "p = nan", "p = nan"),
        ("urn", {"alpha": -1}, "skriv et tal fra 0 til 1e+06", "from 0 to 1e+06"),
        ("mallows", {"groups": 1.5}, "skriv et helt tal fra 1 til 1000", "write a whole number from 1 to 1000"),
        ("noise", {"distance": "near"}, "et af ordene hamming, jaccard", "one of the words hamming, jaccard"),
        ("disjoint-resampling", {"p": 0.4, "groups": 3}, "fx p = 0.333", "for example p = 0.333"),
        ("party-list", {"parties": 9}, "9 partier, men kun 5 forslag", "write parties = 5 or fewer"),
    ],
)
def test_a_wrong_parameter_is_refused_with_line_and_mend(name: str, said: dict[str, object], da: str, en: str) -> None:
    places = {word: Place("spec.toml", 4) for word in ("model", *said)}
    with pytest.raises(InputRejected) as refused:
        simulated(name, said, 5, places)
    [problem] = refused.value.problems
    assert da in problem.say("da")
    assert en in problem.say("en")
    assert problem.say("da").startswith("spec.toml, linje 4: ")


def test_all_wrong_parameters_are_told_at_once() -> None:
    with pytest.raises(InputRejected) as refused:
        simulated("resampling", {"p": 2, "phi": "much", "q": 1}, 5)
    assert len(refused.value.problems) == 3


# --- impartial culture


def test_impartial_culture_marks_a_binomial_number_of_proposals() -> None:
    sizes = approvals("impartial-culture", {"p": 0.3}, 4000, 10, 11).sum(axis=1)
    fits(np.bincount(sizes, minlength=11), 4000 * binom.pmf(np.arange(11), 10, 0.3))


@pytest.mark.parametrize(("p", "share"), [(0, 0.0), (1, 1.0)])
def test_impartial_culture_at_its_ends(p: float, share: float) -> None:
    assert approvals("impartial-culture", {"p": p}, 100, 6, 1).mean() == share


def test_ranked_impartial_culture_has_all_orders_equally_often() -> None:
    places = orders("ranked-impartial-culture", {}, 6000, 4, 5)
    found = np.unique(places @ [64, 16, 4, 1], return_counts=True)[1]
    assert found.size == 24
    fits(found, np.full(24, 250.0))


def test_approves_is_how_many_of_an_order_are_approved() -> None:
    for name in ("ranked-impartial-culture", "mallows", "truncated-urn"):
        assert (approvals(name, {"approves": 0.29}, 50, 100, 1).sum(axis=1) == 29).all()


# --- resampling


@pytest.mark.parametrize("phi", [0.0, 0.2, 0.7, 1.0])
def test_resampling_has_the_published_distribution(phi: float) -> None:
    """Against (1) as prefsampling writes it down: an independent program."""
    centre = centre_of("resampling", {"p": 0.5}, 5, 3)
    assert len(centre) == 2
    found = as_numbers(approvals("resampling", {"p": 0.5, "phi": phi}, 8000, 5, 3))
    subsets = [tuple(c for c in range(5) if n >> c & 1) for n in range(32)]
    exact = resampling_theoretical_distribution(5, phi, 0.5, central_vote=set(centre), subsets=subsets)
    fits(np.bincount(found, minlength=32), 8000 * np.array([exact[subset] for subset in subsets]))


def test_resampling_everything_is_impartial_culture() -> None:
    sizes = approvals("resampling", {"p": 0.3, "phi": 1}, 4000, 10, 4).sum(axis=1)
    fits(np.bincount(sizes, minlength=11), 4000 * binom.pmf(np.arange(11), 10, 0.3))


def test_resampling_approves_of_p_m_proposals_on_average_whatever_phi_is() -> None:
    """A closed form: m p (1 - phi + phi p) + m (1 - p) phi p = m p."""
    for phi in (0.0, 0.4, 0.9):
        mean = approvals("resampling", {"p": 0.3, "phi": phi}, 4000, 20, 9).sum(axis=1).mean()
        assert mean == pytest.approx(6, abs=4.5 * np.sqrt(20 * 0.25 / 4000))


def test_disjoint_resampling_has_the_published_distribution() -> None:
    alike = approvals("disjoint-resampling", {"p": 0.34, "phi": 0, "groups": 2}, 200, 6, 2)
    centres = {frozenset(np.flatnonzero(ballot).tolist()) for ballot in alike}
    assert len(centres) == 2
    assert not frozenset.intersection(*centres)
    found = as_numbers(approvals("disjoint-resampling", {"p": 0.34, "phi": 0.3, "groups": 2}, 12000, 6, 2))
    subsets = [tuple(c for c in range(6) if n >> c & 1) for n in range(64)]
    exact = disjoint_resampling_theoretical_distribution(
        6, 0.3, 0.34, 2, central_votes=[set(centre) for centre in centres], subsets=subsets
    )
    fits(np.bincount(found, minlength=64), 12000 * np.array([exact[subset] for subset in subsets]))


def test_every_group_of_disjoint_resampling_is_as_large_on_average() -> None:
    alike = approvals("disjoint-resampling", {"p": 0.2, "phi": 0, "groups": 5}, 5000, 10, 6)
    assert (alike.sum(axis=1) == 2).all()
    found = np.unique(as_numbers(alike), return_counts=True)[1]
    fits(found, np.full(5, 1000.0))


# --- noise


@pytest.mark.parametrize("distance", ["hamming", "jaccard", "zelinka", "bunke-shearer"])
@pytest.mark.parametrize("phi", [0.1, 0.6, 1.0])
def test_noise_has_the_published_distribution(distance: str, phi: float) -> None:
    said = {"p": 0.5, "distance": distance}
    centre = centre_of("noise", said, 5, 8)
    found = as_numbers(approvals("noise", {**said, "phi": phi}, 8000, 5, 8))
    subsets = [frozenset(c for c in range(5) if n >> c & 1) for n in range(32)]
    kind = SetDistance[distance.replace("-", "_").upper()]
    exact = noise_distribution(5, phi, kind, 0.5, central_vote=set(centre), subsets=subsets)
    fits(np.bincount(found, minlength=32), 8000 * np.array([exact[subset] for subset in subsets]))


def test_hamming_noise_turns_each_mark_over_with_probability_phi_over_one_plus_phi() -> None:
    """A closed form of the model (Szufa et al. 2022, on resampling and Hamming noise)."""
    centre = centre_of("noise", {"p": 0.4}, 10, 3)
    found = approvals("noise", {"p": 0.4, "phi": 0.25}, 4000, 10, 3)
    turned = (found != [c in centre for c in range(10)]).sum(axis=1)
    fits(np.bincount(turned, minlength=11), 4000 * binom.pmf(np.arange(11), 10, 0.25 / 1.25))


# --- Mallows


@pytest.mark.parametrize("proposals", [2, 3, 7, 40])
def test_norm_phi_is_the_part_of_the_greatest_mean_disagreement(proposals: int) -> None:
    m = proposals
    for norm_phi in (0.001, 0.3, 0.5, 0.99, 0.999999):
        phi = phi_of(norm_phi, m)
        assert mean_disagreement(phi, m) == pytest.approx(norm_phi * m * (m - 1) / 4)
        if norm_phi < 0.9:  # (1) as it is published: it cancels near phi = 1
            closed = m * phi / (1 - phi) - sum(j * phi**j / (1 - phi**j) for j in range(1, m + 1))
            assert closed == pytest.approx(norm_phi * m * (m - 1) / 4)
    assert (phi_of(0.0, m), phi_of(1.0, m)) == (0.0, 1.0)


def kendall(first: tuple[int, ...], second: tuple[int, ...]) -> int:
    place = {c: i for i, c in enumerate(second)}
    return sum(place[a] > place[b] for a, b in itertools.combinations(first, 2))


@pytest.mark.parametrize("norm_phi", [0.2, 0.6, 1.0])
def test_mallows_has_the_published_distribution(norm_phi: float) -> None:
    [centre] = {tuple(order) for order in orders("mallows", {"norm_phi": 0}, 4, 4, 13).tolist()}
    found: dict[tuple[int, ...], int] = {}
    for order in orders("mallows", {"norm_phi": norm_phi}, 8000, 4, 13).tolist():
        found[tuple(order)] = found.get(tuple(order), 0) + 1
    rankings = list(itertools.permutations(range(4)))
    exact = mallows_distribution(4, phi_of(norm_phi, 4), rankings=rankings)
    fits(
        np.array([found.get(tuple(centre[c] for c in ranking), 0) for ranking in rankings]),
        8000 * np.array([exact[ranking] for ranking in rankings]),
    )


def test_the_mean_disagreement_of_mallows_votes_is_what_norm_phi_says() -> None:
    [centre] = {tuple(order) for order in orders("mallows", {"norm_phi": 0}, 4, 9, 21).tolist()}
    found = [kendall(centre, tuple(order)) for order in orders("mallows", {"norm_phi": 0.4}, 3000, 9, 21).tolist()]
    assert np.mean(found) == pytest.approx(0.4 * 9 * 8 / 4, abs=4.5 * np.std(found) / np.sqrt(3000))


def test_a_mixture_of_mallows_without_noise_is_its_centres() -> None:
    found = orders("mallows", {"norm_phi": 0, "groups": 3}, 3000, 8, 2)
    kinds, counts = np.unique(found, axis=0, return_counts=True)
    assert len(kinds) == 3
    fits(counts, np.full(3, 1000.0))


# --- urns


@pytest.mark.parametrize("alpha", [0.0, 0.5, 3.0])
def test_two_voters_of_an_urn_are_copies_with_the_published_probability(alpha: float) -> None:
    """alpha / (1 + alpha), or alike by chance: 2**-m when p is a half."""
    times = 3000
    chance = alpha / (1 + alpha) + 1 / (1 + alpha) / 2**4
    pairs = [approvals("urn", {"p": 0.5, "alpha": alpha}, 2, 4, seed) for seed in range(times)]
    assert binomtest(sum((a == b).all() for a, b in pairs), times, chance).pvalue > SURE
    assert binomtest(sum(int(a.sum()) for a, _ in pairs), 4 * times, 0.5).pvalue > SURE


def test_an_urn_that_no_ballot_goes_back_to_is_impartial_culture() -> None:
    sizes = approvals("urn", {"p": 0.3, "alpha": 0}, 4000, 10, 17).sum(axis=1)
    fits(np.bincount(sizes, minlength=11), 4000 * binom.pmf(np.arange(11), 10, 0.3))


def test_orders_from_an_urn_are_copies_with_the_published_probability() -> None:
    times, alpha = 2000, 0.5
    pairs = [orders("truncated-urn", {"alpha": alpha}, 2, 4, seed) for seed in range(times)]
    chance = alpha / (1 + alpha) + 1 / (1 + alpha) / factorial(4)
    assert binomtest(sum((a == b).all() for a, b in pairs), times, chance).pvalue > SURE


@pytest.mark.parametrize("alpha", [0.0, 1.0])
def test_two_voters_belong_to_one_party_with_the_published_probability(alpha: float) -> None:
    times = 2000
    pairs = [approvals("party-list", {"parties": 3, "alpha": alpha}, 2, 7, seed) for seed in range(times)]
    chance = (1 / 3 + alpha) / (1 + alpha)
    assert binomtest(sum((a == b).all() for a, b in pairs), times, chance).pvalue > SURE


def test_parties_share_no_proposal_and_are_almost_equally_large() -> None:
    found = np.unique(approvals("party-list", {"parties": 3, "alpha": 0}, 500, 8, 4), axis=0)
    assert sorted(found.sum(axis=1).tolist()) == [2, 3, 3]
    assert (found.sum(axis=0) == 1).all()


# --- Euclidean

NEAR = {
    1: lambda r: 2 * r - r**2,
    2: lambda r: pi * r**2 - 8 * r**3 / 3 + r**4 / 2,
    3: lambda r: 4 * pi * r**3 / 3 - 3 * pi * r**4 / 2 + 8 * r**5 / 5 - r**6 / 6,
}


@pytest.mark.parametrize("dimensions", [1, 2, 3])
@pytest.mark.parametrize("radius", [0.2, 0.6, 1.0])
def test_the_share_of_approvals_is_the_chance_that_two_points_in_a_cube_are_near(
    dimensions: int, radius: float
) -> None:
    """Closed forms (1)-(3) of the model's page."""
    said = {"dimensions": dimensions, "radius": radius}
    electorate, setting, times = simulated("euclidean", said, 1), Setting((1,), (0,)), 4000
    generator = np.random.default_rng(31)
    near = sum(electorate.opinions(setting, generator).utility[0, 0] > 0 for _ in range(times))
    assert binomtest(int(near), times, NEAR[dimensions](radius)).pvalue > SURE


def test_everything_is_within_the_diagonal_and_nothing_within_nothing() -> None:
    assert approvals("euclidean", {"radius": 1.42}, 50, 9, 1).all()
    assert not approvals("euclidean", {"radius": 0}, 50, 9, 1).any()


def test_an_area_is_a_cluster_that_prefers_its_own_proposals() -> None:
    electorate = simulated("euclidean", {"spread": 0.05, "radius": 1}, 40)
    setting = Setting((50, 50), (0,) * 20 + (1,) * 20)
    squares = []
    for seed in range(40):
        opinions = electorate.opinions(setting, np.random.default_rng(seed))
        own = opinions.home[:, None] == np.array(setting.proposal_area)[None, :]
        distance = 1 - opinions.utility
        squares.append((distance[own] ** 2).mean())
        assert distance[own].mean() < distance[~own].mean()
    # two points of one cluster: 2 spread**2 per dimension
    assert np.mean(squares) == pytest.approx(2 * 0.05**2 * 2, rel=0.1)


def test_a_proposal_for_everybody_may_lie_anywhere() -> None:
    electorate = simulated("euclidean", {"spread": 0.0, "radius": 1}, 2)
    opinions = electorate.opinions(Setting((3, 3), (0, EVERYWHERE)), np.random.default_rng(2))
    assert (opinions.utility[:3, 0] == 1).all()  # at the centre with everybody of the area
    assert (opinions.utility[:, 1] < 1).all()


# --- ballots


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Opinions, Sheet]:
    people, proposals = draw(st.integers(0, 6)), draw(st.integers(1, 6))
    model = draw(st.sampled_from(sorted(MODELS)))
    values = {parameter.name: parameter.default for parameter in MODELS[model].parameters} | {"groups": 1, "parties": 1}
    setting = Setting((people,), (0,) * proposals)
    utility = MODELS[model].utility(values, setting, np.random.default_rng(draw(st.integers(0, 99))))
    costs = np.array(draw(st.lists(st.integers(1, 9), min_size=proposals, max_size=proposals)), np.int64)
    small = st.none() | st.integers(1, 9)
    limits = Limits(
        max_length=draw(small), max_sum_cost=draw(small), max_points=draw(small), max_sum_points=draw(small)
    )
    return Opinions(utility, setting.homes()), Sheet(costs, draw(st.integers(1, 30)), limits)


@settings(max_examples=150, deadline=None)
@given(sheets(), st.sampled_from(sorted(FORMS)))
def test_no_simulated_ballot_breaks_a_limit(case: tuple[Opinions, Sheet], method: str) -> None:
    opinions, sheet = case
    marks = filled_in(method, opinions, sheet)
    assert marks.offsets.size == opinions.utility.shape[0] + 1
    cost_of = {str(p): int(cost) for p, cost in enumerate(sheet.costs)}
    for voter in range(opinions.utility.shape[0]):
        part = marks.part(voter, voter + 1)
        ids = [str(p) for p in part.proposals.tolist()]
        points = None if part.points is None else part.points.tolist()
        assert METHODS[method].breaches(ids, points, cost_of, sheet.limits) == []
        assert set(part.proposals.tolist()) <= set(np.flatnonzero(opinions.utility[voter] > 0).tolist())
        if method == "knapsack":
            assert sum(cost_of[i] for i in ids) <= (sheet.limits.max_sum_cost or sheet.pool)


HERS = Opinions(np.array([[0.1, -0.5, 0.6, 0.3, -0.1]]), np.zeros(1, np.int64))


@pytest.mark.parametrize(
    ("method", "limits", "marks", "points"),
    [
        ("ranked", Limits(), [2, 3, 0], None),
        ("ranked", Limits(max_length=2), [2, 3], None),
        ("ranked", Limits(min_length=4), [2, 3, 0, 4], None),
        ("approval", Limits(max_sum_cost=5), [2, 0], None),  # the fourth proposal no longer fits
        ("knapsack", Limits(), [2, 3], None),  # the pool is 7
        ("points", Limits(), [2, 3, 0], [6, 3, 1]),  # 10 by Sainte-Laguë
        ("points", Limits(max_points=4), [2, 3, 0], [4, 4, 2]),
        ("points", Limits(max_sum_points=2, max_length=2), [2, 3], [1, 1]),
        ("points", Limits(max_sum_points=1), [2], [1]),
    ],
)
def test_one_voter_fills_in_her_ballot(method: str, limits: Limits, marks: list[int], points: list[int] | None) -> None:
    found = filled_in(method, HERS, Sheet(np.array([2, 1, 3, 4, 1], np.int64), 7, limits))
    assert found.proposals.tolist() == marks
    assert (None if found.points is None else found.points.tolist()) == points


def test_who_likes_nothing_hands_in_a_blank_ballot() -> None:
    opinions = Opinions(np.array([[-0.1, -0.2]]), np.zeros(1, np.int64))
    for method in FORMS:
        assert not filled_in(method, opinions, Sheet(np.array([1, 1]), 2, Limits(min_length=1))).proposals.size


def test_an_election_can_be_voted_on_by_simulated_voters() -> None:
    election = make_election(5000, [Proposal("a", 3000), Proposal("b", 2000)], [], "approval")
    opinions = simulated("impartial-culture", {"p": 1}, 2).opinions(Setting((9,), (0, 0)), np.random.default_rng(1))
    assert voted(election, opinions).profile.weights.tolist() == [9]
    assert voted(election, opinions, "knapsack").method.name == "knapsack"
    assert voted(election, opinions, limits=Limits(max_length=1)).profile.distinct == 2


def test_many_marks_are_shared_as_binomial_coefficients_say() -> None:
    """All sets of one size are equally likely in noise at phi = 1."""
    found = as_numbers(approvals("noise", {"p": 0.5, "phi": 1.0}, 6400, 5, 9))
    sizes = np.array([bin(n).count("1") for n in found])
    fits(np.bincount(sizes, minlength=6), 6400 * np.array([comb(5, k) for k in range(6)]) / 32)
