"""Engine and reference, written apart, give the same bytes; tests/agree.py does this at length."""

from __future__ import annotations

import random

import pytest

from tests.agree import check
from tests.small import METHODS, random_case


@pytest.mark.parametrize("method", METHODS)
def test_engine_reference_and_plain_oracle_agree(method: str) -> None:
    for i in range(250):
        case = random_case(random.Random(f"ci/{method}/{i}"), method)
        assert check(case) is None, f"ci/{method}/{i}"
