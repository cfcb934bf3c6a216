"""Engine and reference on the same few hundred small elections: equal bytes, whichever of the two is asked.

Each test compares the program it is about, asked afresh, with answers of the other that are asked for only once.  So
a fault in one of them fails one test, and quickly (docs/mutation.md); ``tests/agree.py`` compares very many more."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import pytest

from borgerbudget import Proposal, make_election
from borgerbudget.files import write_profile
from tallies import Lot, verify
from tests.agree import engine, reference
from tests.small import METHODS, Case, random_case

EACH = 60
KINDS = (*METHODS, "approval/climbs", "points/climbs")


@cache
def cases(kind: str) -> tuple[Case, ...]:
    method, _, climbs = kind.partition("/")
    if climbs:
        return tuple(climb(random.Random(f"climb/{method}/{i}"), method, mirrored=i % 2 == 1) for i in range(6))
    return tuple(random_case(random.Random(f"agreement/{method}/{i}"), method) for i in range(EACH))


def climb(rng: random.Random, method: str, mirrored: bool) -> Case:
    """Hundreds of endowments with few sequences; mirrored: a and b, c and d, ... are alike, and so tied all the way."""
    ids = "abcdefgh"
    costs = [rng.choice((20_000, 30_000, 30_000, 45_000)) for _ in ids]
    if mirrored:
        costs = [costs[p - p % 2] for p in range(len(ids))]
    ballots: list[Any] = []
    for _ in range(18):
        chosen = rng.sample(ids, rng.randint(1, 4))
        points = [rng.randint(1, 3) for _ in chosen]
        for names in (chosen, [ids[ids.index(i) ^ 1] for i in chosen]) if mirrored else (chosen,):
            ballots.append(dict(zip(names, points, strict=True)) if method == "points" else names)
    proposals = [Proposal(i, c) for i, c in zip(ids, costs, strict=True)]
    election = make_election(rng.choice((90_000, 150_000)), proposals, ballots, method)
    name = rng.choice(("equal-shares/add1", "equal-shares/add1e", "equal-shares/add1eu", "equal-shares/add1u"))
    settings = {"start": "exact", "increment": "1/20"}
    if method == "approval":
        settings["utility"] = rng.choice(("cost", "count"))
    criteria = rng.choice(((), ("most-votes",), ("cheapest", "most-votes")))
    if rng.random() < 0.6:
        return Case(election, name, settings, (*criteria, "lot"), Lot(tuple(rng.sample(ids, len(ids)))))
    return Case(election, name, settings, (*criteria, "refuse"), None)


@cache
def answers_of_the_engine(method: str) -> tuple[tuple[bytes, str] | str, ...]:
    return tuple(engine(case) for case in cases(method))


@cache
def answers_of_the_reference(method: str) -> tuple[tuple[bytes, str] | str, ...]:
    return tuple(reference(case) for case in cases(method))


@pytest.mark.parametrize("method", METHODS)
def test_the_engine_gives_the_bytes_of_the_reference(method: str) -> None:
    for case, expected in zip(cases(method), answers_of_the_reference(method), strict=True):
        assert engine(case) == expected, case


@pytest.mark.parametrize("method", METHODS)
def test_without_the_filter_the_engine_gives_the_same_bytes(method: str) -> None:
    for case, expected in zip(cases(method), answers_of_the_reference(method), strict=True):
        assert engine(case, exact_only=True) == expected, case


@pytest.mark.parametrize("method", KINDS)
def test_where_ballots_are_many_the_engine_gives_the_same_bytes(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = answers_of_the_engine(method)  # made before every round counts as one of many ballots
    monkeypatch.setattr("tallies.support.NARROW", 0)
    for case, answer in zip(cases(method), expected, strict=True):
        assert engine(case) == answer, case


@pytest.mark.parametrize("method", KINDS)
def test_the_reference_gives_the_bytes_of_the_engine(method: str) -> None:
    for case, expected in zip(cases(method), answers_of_the_engine(method), strict=True):
        assert reference(case) == expected, case


@pytest.mark.parametrize("method", KINDS)
def test_the_reference_accepts_the_traces_of_the_engine(method: str) -> None:
    for case, answer in zip(cases(method), answers_of_the_engine(method), strict=True):
        if isinstance(answer, tuple):
            election = verify.read_input(write_profile(case.election))
            verify.check(election, answer[0], (answer[1] + "\n").encode())
