"""Real rounds: named oracles, official outcomes, and the reference; skipped without the shared rounds.

The oracles of ``../shared/oracles`` were made by other programs.  The longest counts run with ``--nightly``.
"""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from borgerbudget.election import Election
from borgerbudget.files import read_pabulib
from tallies import TieMatters, count, make_plan
from tallies.rationals import rational

SHARED = Path(__file__).resolve().parents[2] / "shared"
ROUNDS = SHARED / "pabulib"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not ROUNDS.is_dir(), reason="the shared real rounds are not beside this checkout"),
]

EXCEPTIONS = {
    # docs/official-outcomes.md gives the reasons
    "Poland_Warszawa_2018_Wawrzyszew.pb",
}
LONG = 10_000  # ballots from which add1 on a round belongs to the nightly run


def load(name: str) -> dict[str, Any]:
    path = SHARED / "oracles" / name
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def files() -> list[str]:
    return sorted(path.name for path in ROUNDS.glob("*.pb")) if ROUNDS.is_dir() else []


@cache
def expected() -> dict[str, Any]:
    return load("expected.json")


def read(name: str) -> Election:
    return read_pabulib((ROUNDS / name).read_bytes(), name).election


@pytest.mark.parametrize("name", files())
def test_every_outcome_of_the_independent_program(name: str, request: pytest.FixtureRequest) -> None:
    election = read(name)
    nightly = request.config.getoption("--nightly")
    for question, answer in expected()[name].items():
        plan_name, *settings = question.split()
        if answer is None or ("/add1" in plan_name and election.profile.voters > LONG and not nightly):
            continue
        plan = make_plan(plan_name, election, dict(s.split("=") for s in settings))
        try:
            outcome = count(election, plan)
        except TieMatters:
            outcome = None
        if outcome is None:
            assert "lot" in answer, question
            continue
        ids = [award.proposal for award in outcome.funded]
        if "lot" in answer:
            # the other program stops at any open tie; ours may show that it does not matter
            assert any(tie.decided_by == "no-difference" for tie in outcome.ties), question
            continue
        assert set(ids) == set(answer["funded"]), question
        if not any(tie.decided_by == "no-difference" for tie in outcome.ties):
            assert ids == answer["funded"], question
        endowment = answer.get("endowment")
        assert outcome.endowment == (None if endowment is None else Fraction(endowment)), question


def test_official_outcomes_are_reproduced() -> None:
    official = {
        name: row
        for name, row in load("official.json").items()
        if row["rule"] in ("greedy", "greedy-threshold", "greedy-no-skip") or row["rule"].startswith("equalshares/")
    }
    differing = set()
    for name, row in official.items():
        election = read(name)
        outcome = count(election, make_plan("declared", election))
        if {award.proposal for award in outcome.funded} != set(row["funded"]):
            differing.add(name)
    assert len(official) == 184
    assert differing == EXCEPTIONS


@pytest.mark.parametrize(
    ("name", "winners", "endowment"),
    [("Poland_Wieliczka_2023_Green_Budget.pb", 30, "31500/1"), ("Poland_Swiecie_2023.pb", None, None)],
)
def test_the_first_elections_by_equal_shares(name: str, winners: int | None, endowment: str | None) -> None:
    election = read(name)
    outcome = count(election, make_plan("declared", election))
    assert {award.proposal for award in outcome.funded} == set(load("official.json")[name]["funded"])
    if winners is not None and endowment is not None:
        assert len(outcome.funded) == winners
        assert outcome.endowment == rational(endowment)


def test_adding_until_exhaustive_would_have_elected_others_in_wieliczka() -> None:
    election = read("Poland_Wieliczka_2023_Green_Budget.pb")
    assert len(count(election, make_plan("equal-shares/add1e", election)).funded) == 31
