"""A fitted electorate looks like its round; weighted sets and costs are drawn as their pages say."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare, kstest, lognorm, uniform

from borgerbudget import Limits, Proposal, make_election
from borgerbudget.election import Election, make_hand_count
from borgerbudget.errors import InputRejected, Place
from borgerbudget.files import read_pabulib
from scenarios.costs import COSTS, costs_like, drawn_costs, read_costs
from scenarios.electorates.ballots import voted
from scenarios.electorates.models import simulated
from scenarios.electorates.opinions import Setting
from scenarios.electorates.sets import draw, inclusions, polynomials
from scenarios.fitting import Fitted, Statistics, fit, statistics

SURE = 1e-4

# --- weighted sets


def by_definition(weights: np.ndarray, size: int) -> dict[tuple[int, ...], float]:
    odds = {s: float(np.prod(weights[list(s)])) for s in itertools.combinations(range(weights.size), size)}
    return {s: odd / sum(odds.values()) for s, odd in odds.items()}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-6, 6), min_size=1, max_size=6), st.data())
def test_inclusions_are_those_of_the_definition(log_weights: list[float], data: st.DataObject) -> None:
    logs = np.array(log_weights)
    sizes = np.array(data.draw(st.lists(st.integers(0, 9), min_size=1, max_size=logs.size + 1)), float)
    expected = np.zeros(logs.size)
    for size, sets in enumerate(sizes.tolist()):
        for chosen, chance in by_definition(np.exp(logs), size).items():
            expected[list(chosen)] += sets * chance
    assert inclusions(logs, sizes) == pytest.approx(expected, abs=1e-9)


def test_sets_are_drawn_by_the_definition() -> None:
    logs = np.log(np.array([[1.0, 2.0, 0.5, 4.0, 1.0]]))
    tables = np.array([polynomials(logs[0], 5)])
    for size in (0, 2, 3, 5):
        found = draw(tables, logs, np.zeros(6000, np.int64), np.full(6000, size), np.random.default_rng(size))
        assert (found.sum(axis=1) == size).all()
        exact = by_definition(np.exp(logs[0]), size)
        times = dict.fromkeys(exact, 0)
        for row in found:
            times[tuple(np.flatnonzero(row).tolist())] += 1
        if len(exact) > 1:
            assert chisquare(list(times.values()), 6000 * np.array(list(exact.values()))).pvalue > SURE


def test_a_proposal_that_nobody_marks_is_never_drawn_and_sets_stay_whole() -> None:
    logs = np.array([[0.0, -20.0, 0.0, 20.0]])
    found = draw(
        np.array([polynomials(logs[0], 3)]), logs, np.zeros(500, np.int64), np.full(500, 2), np.random.default_rng(1)
    )
    assert (found.sum(axis=1) == 2).all()
    assert found[:, 3].all()
    assert not found[:, 1].any()


# --- fitting


def expected(fitted: Fitted) -> tuple[np.ndarray, np.ndarray]:
    """Shares and lengths that the fitted electorate has on average, without drawing."""
    each = zip(fitted.chance, fitted.log_weights, fitted.lengths, strict=True)
    shares = sum(chance * inclusions(weights, lengths) for chance, weights, lengths in each)
    return shares, fitted.chance @ fitted.lengths  # type: ignore[return-value]


def drawn_again(election: Election, fitted: Fitted, people: int, seed: int) -> Statistics:
    setting = Setting((people,), (0,) * len(election.proposals))
    return statistics(voted(election, fitted.opinions(setting, np.random.default_rng(seed)), "approval", Limits()))


def errors(found: np.ndarray, real: np.ndarray, people: int) -> np.ndarray:
    """By how many standard errors of a draw of so many people they differ."""
    return abs(found - real) / np.sqrt(np.maximum(real * (1 - real), 1 / people) / people)


def two_villages() -> Election:
    """600 voters of two kinds, who each vote for proposals of their own."""
    election = make_election(1000, [Proposal(f"p{i}", 100) for i in range(8)], [])
    electorate = simulated("disjoint-resampling", {"p": 0.4, "phi": 0.4, "groups": 2}, 8)
    return voted(election, electorate.opinions(Setting((600,), (0,) * 8), np.random.default_rng(4)))


def test_a_fitted_electorate_has_the_shares_and_lengths_of_its_round() -> None:
    election = two_villages()
    fitted, real = fit(election), statistics(election)
    shares, lengths = expected(fitted)
    assert shares == pytest.approx(real.shares, abs=1e-4)
    assert lengths == pytest.approx(real.lengths[: lengths.size], abs=1e-9)


def test_fitted_voters_mark_together_what_was_marked_together() -> None:
    election = two_villages()
    fitted, real = fit(election), statistics(election)
    assert fitted.kinds > 1
    found = drawn_again(election, fitted, 4000, 1)
    assert errors(found.shares, real.shares, 4000).max() < 4.5
    assert errors(found.lengths, real.lengths, 4000).max() < 4.5
    # the round itself is a draw of 600, so that its pairs are not nearer to the truth than that
    pairs = np.triu_indices(8, 1)
    near = errors(found.together[pairs], real.together[pairs], 600)
    assert near.max() < 4.5
    alone = np.outer(real.shares, real.shares)[pairs]
    assert errors(alone, real.together[pairs], 600).max() > 7  # which independent marks would not have come near


def test_the_same_round_gives_the_same_electorate() -> None:
    first, again = fit(two_villages()), fit(two_villages())
    assert (first.log_weights == again.log_weights).all()
    setting = Setting((30,), (0,) * 8)
    one, other = (electorate.opinions(setting, np.random.default_rng(3)).utility for electorate in (first, again))
    assert (one == other).all()


def test_everybody_alike_and_blank_ballots_are_fitted_too() -> None:
    proposals = [Proposal(i, 100) for i in "abc"]
    for ballots in ([["a", "b"]] * 9, [["a"]] * 5 + [[]] * 5, [[]] * 4, [["a", "b", "c"]] * 3):
        election = make_election(300, proposals, ballots)
        real, found = statistics(election), drawn_again(election, fit(election), 400, 2)
        assert errors(found.shares, real.shares, 400).max() < 4.5
        assert errors(found.lengths, real.lengths, 400).max() < 4.5


def test_what_a_fitted_voter_marks_is_ranked_by_how_popular_it_is() -> None:
    election = make_election(300, [Proposal(i, 100) for i in "abc"], [["a"]] * 80 + [["b"]] * 10 + [["a", "b"]] * 10)
    fitted = fit(election)
    opinions = fitted.opinions(Setting((2000,), (0,) * 3), np.random.default_rng(1)).utility
    both = opinions[(opinions[:, 0] > 0) & (opinions[:, 1] > 0)]
    assert (both[:, 0] > both[:, 1]).mean() > 0.6
    assert not (opinions[:, 2] > 0).any()


def test_a_round_without_ballots_cannot_be_imitated() -> None:
    with pytest.raises(InputRejected, match="EL-006"):
        fit(make_hand_count(300, [Proposal("a", 100)], {"a": 3}, 5))
    with pytest.raises(ValueError, match="the proposals of its round"):
        fit(two_villages()).opinions(Setting((3,), (0,)), np.random.default_rng(1))


@pytest.mark.corpus
@pytest.mark.parametrize(
    "name", ["US_Stanford_Dataset_PB_Chicago_33rd_Ward_2020_vote_knapsacks.pb", "Poland_Katowice_2023_Srodmiescie.pb"]
)
def test_a_rehearsal_of_a_real_round_looks_like_home(shared: Path, name: str) -> None:
    election = read_pabulib((shared / "pabulib" / name).read_bytes(), name).election
    real, people = statistics(election), int(election.profile.total)
    found = drawn_again(election, fit(election), people, 6)
    assert errors(found.shares, real.shares, people).max() < 4.5
    assert errors(found.lengths, real.lengths, people).max() < 4.5


def test_the_example_round_looks_like_home(examples: Path) -> None:
    election = read_pabulib((examples / "lillevig-2026.pb").read_bytes(), "lillevig").election
    real, people = statistics(election), int(election.profile.total)
    found = drawn_again(election, fit(election), people, 6)
    assert errors(found.shares, real.shares, people).max() < 4.5
    assert errors(found.lengths, real.lengths, people).max() < 4.5
    pairs = np.triu_indices(len(election.proposals), 1)
    assert errors(found.together[pairs], real.together[pairs], people).max() < 6


# --- costs


def test_uniform_costs_are_uniform() -> None:
    model, values = read_costs("uniform", {"least": 0.1, "most": 0.3, "step": 1})
    found = drawn_costs(model, values, 10_000_000, 2000, np.random.default_rng(3))
    assert kstest(np.array(found) / 10_000_000, uniform(0.1, 0.2).cdf).pvalue > SURE


def test_lognormal_costs_are_lognormal_below_the_pool() -> None:
    model, values = read_costs("lognormal", {"median": 0.05, "spread": 0.5, "step": 1})
    found = drawn_costs(model, values, 1_000_000_000, 2000, np.random.default_rng(3))
    assert kstest(np.array(found) / 1_000_000_000, lognorm(0.5, scale=0.05).cdf).pvalue > SURE


@pytest.mark.parametrize("name", COSTS)
@pytest.mark.parametrize(("pool", "step"), [(100, 7), (5, 10_000), (1, 1), (12_345_600, 10_000)])
def test_costs_are_whole_steps_above_zero_and_no_more_than_the_pool(name: str, pool: int, step: int) -> None:
    model, values = read_costs(name, {"step": step})
    found = drawn_costs(model, values, pool, 300, np.random.default_rng(1))
    assert all(0 < cost <= pool and (cost % step == 0 or cost == pool) for cost in found)


def test_costs_like_a_round_keep_their_part_of_the_pool() -> None:
    election = make_election(1000, [Proposal("a", 100), Proposal("b", 500)], [])
    found = costs_like(election, 4000, 200, np.random.default_rng(1))
    assert set(found) == {400, 2000}


@pytest.mark.parametrize(
    ("name", "said", "da", "en"),
    [
        ("normal", {}, "ingen prismodel, der hedder “normal”", "choose one of: uniform, lognormal"),
        ("uniform", {"least": 0.5, "most": 0.2}, "byt om på de to tal", "exchange the two numbers"),
        ("uniform", {"step": 0}, "skriv et helt tal fra 1 og op", "write a whole number from 1 upwards"),
    ],
)
def test_wrong_costs_are_refused_with_a_mend(name: str, said: dict[str, object], da: str, en: str) -> None:
    with pytest.raises(InputRejected) as refused:
        read_costs(name, said, {"model": Place("spec.toml", 3), "step": Place("spec.toml", 4)})
    [problem] = refused.value.problems
    assert da in problem.say("da")
    assert en in problem.say("en")
    assert "spec.toml, linje" in problem.say("da")
