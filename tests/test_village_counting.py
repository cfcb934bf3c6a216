"""The village rules against the plain oracle, and what holds for every outcome under every rule and constraint."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borgerbudget.errors import InputRejected
from tallies import TieMatters, count
from tallies.outcome import Outcome
from tallies.rules import RULES
from tests.plain import Open
from tests.plain_village import Village
from tests.small import Case, random_village_case

seeds = st.integers(0, 2**48)
GOING_ON = [name for name, rule in RULES.items() if rule.unconstrained is None]


def counted(case: Case) -> Outcome | None:
    try:
        return count(case.election, case.plan)
    except (TieMatters, InputRejected):
        return None


@pytest.mark.parametrize("rule", RULES)
@given(seed=seeds)
@settings(max_examples=150, deadline=None)
def test_the_plain_oracle_agrees(rule: str, seed: int) -> None:
    case = random_village_case(random.Random(seed), rule)
    if case.plan.comparison == "exclusion-ratio" and case.plan.terms.pre_funded:
        return  # the oracle of the first book knows nothing of what was given
    try:
        expected = Village(case.election, case.plan).outcome()
        outcome = count(case.election, case.plan)
    except (Open, InputRejected):
        return
    assert {a.proposal: a.amount for a in outcome.funded} == expected
