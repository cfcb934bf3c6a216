"""Ballots read as amounts, against the formula itself: one voter group at a time, in fractions."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from tallies.numerics.baskets import baskets
from tallies.support import Support

PROPOSALS = 5


def integers(values: list[int]) -> np.ndarray:  # type: ignore[type-arg]
    """The machine's integers where every value fits, else Python's."""
    return np.array(values, np.int64 if max(values, default=0) < 2**53 else object)


def ballots(seed: int, weight: int, points: int) -> list[tuple[int, dict[int, int]]]:
    chance = random.Random(f"baskets {seed}")
    return [
        (chance.randint(1, weight), {p: chance.randint(1, points) for p in range(PROPOSALS) if chance.random() < 0.6})
        for _ in range(7)
    ]


def support_of(groups: list[tuple[int, dict[int, int]]], valued: bool) -> Support:
    start = np.cumsum([0, *(len(marks) for _, marks in groups)])
    proposal = np.array([p for _, marks in groups for p in marks], np.int32)
    value = integers([s for _, marks in groups for s in marks.values()]) if valued else None
    scores = tuple(sum(w * marks.get(p, 0) for w, marks in groups) for p in range(PROPOSALS))
    return Support(integers([weight for weight, _ in groups]), 1, start, proposal, value, scores)


@pytest.mark.parametrize("worth", [None, [3, 1, 4, 1, 5], [2**60 + 1, 2**60, 7, 2**55, 1], [4, 8, 12, 4, 16]])
@pytest.mark.parametrize(("weight", "points"), [(3, 1), (9, 9), (2**30, 2**30), (2**40, 2**52), (2**60, 2**60)])
@pytest.mark.parametrize("seed", range(3))
def test_each_voter_spreads_her_share_over_what_is_open(
    seed: int, weight: int, points: int, worth: list[int] | None
) -> None:
    groups, open_ones, pool = ballots(seed, weight, points), [0, 1, 3], 1_000_003
    expected = dict.fromkeys(open_ones, Fraction(0))
    everybody = sum(weight for weight, _ in groups)
    for each, marks in groups:
        spread = {p: worth[p] if worth else marks[p] for p in open_ones if p in marks}
        for p, part in spread.items():
            expected[p] += Fraction(each * pool * part, everybody * sum(spread.values()))
    assert baskets(support_of(groups, points > 1), worth, pool, open_ones) == expected


def test_without_a_ballot_for_anything_open_nothing_is_spread() -> None:
    groups = [(2, {4: 1}), (1, {})]
    assert baskets(support_of(groups, True), None, 100, [0, 1]) == {0: 0, 1: 0}
    assert baskets(support_of([(1, {0: 1})], True), None, 100, []) == {}
