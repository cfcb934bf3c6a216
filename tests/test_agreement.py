"""Engine and reference on the same few hundred small elections: equal bytes, whichever of the two is asked.

Each test compares the program it is about, asked afresh, with answers of the other that are asked for only once.  So
a fault in one of them fails one test, and quickly (docs/mutation.md); ``tests/agree.py`` compares very many more."""

from __future__ import annotations

import random
from functools import cache

import pytest

from borgerbudget.files import write_profile
from tallies import verify
from tests.agree import engine, reference
from tests.small import METHODS, Case, random_case

EACH = 60


@cache
def cases(method: str) -> tuple[Case, ...]:
    return tuple(random_case(random.Random(f"agreement/{method}/{i}"), method) for i in range(EACH))


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


@pytest.mark.parametrize("method", METHODS)
def test_the_reference_gives_the_bytes_of_the_engine(method: str) -> None:
    for case, expected in zip(cases(method), answers_of_the_engine(method), strict=True):
        assert reference(case) == expected, case


@pytest.mark.parametrize("method", METHODS)
def test_the_reference_accepts_the_traces_of_the_engine(method: str) -> None:
    for case, answer in zip(cases(method), answers_of_the_engine(method), strict=True):
        if isinstance(answer, tuple):
            election = verify.read_input(write_profile(case.election))
            verify.check(election, answer[0], (answer[1] + "\n").encode())
