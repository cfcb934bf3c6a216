"""Engine and reference on the same small elections under village rules: equal bytes, whichever of the two is asked, and the
reference's replay accepts the engine's traces.  ``tests/agree.py --village`` compares very many more."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from borgerbudget import Proposal, make_election
from borgerbudget.errors import InputRejected
from borgerbudget.files import write_profile
from tallies import Lot, TieMatters, count, trace_bytes, verify
from tallies.outcome import Outcome
from tallies.rules import RULES
from tallies.withdrawal import withdraw
from tests.agree import REFUSED, engine, reference
from tests.small import Case, random_village_case

EACH = 60


@cache
def cases(rule: str) -> tuple[Case, ...]:
    """Every third without criteria and without a lot: those are followed to the end."""
    found = [random_village_case(random.Random(f"village/{rule}/{i}"), rule) for i in range(EACH)]
    return tuple(replace(c, ties=("refuse",), lot=None) if i % 3 == 0 else c for i, c in enumerate(found))


@cache
def answers_of_the_engine(rule: str) -> tuple[tuple[bytes, str] | str, ...]:
    return tuple(engine(case) for case in cases(rule))


@cache
def answers_of_the_reference(rule: str) -> tuple[tuple[bytes, str] | str, ...]:
    return tuple(reference(case) for case in cases(rule))


@pytest.mark.parametrize("rule", RULES)
def test_the_engine_gives_the_bytes_of_the_reference(rule: str) -> None:
    for case, expected in zip(cases(rule), answers_of_the_reference(rule), strict=True):
        assert engine(case) == expected, case


@pytest.mark.parametrize("rule", RULES)
def test_the_reference_gives_the_bytes_of_the_engine(rule: str) -> None:
    for case, expected in zip(cases(rule), answers_of_the_engine(rule), strict=True):
        assert reference(case) == expected, case


@pytest.mark.parametrize("rule", RULES)
def test_the_reference_accepts_the_traces_of_the_engine(rule: str) -> None:
    for case, answer in zip(cases(rule), answers_of_the_engine(rule), strict=True):
        if isinstance(answer, tuple):
            election = verify.read_input(write_profile(case.election))
            verify.check(election, answer[0], (answer[1] + "\n").encode())


def _withdrawn(case: Case, rng: random.Random) -> Iterator[list[str]]:
    """Each alone, and some together, in no order."""
    ids = list(case.election.ids)
    yield from ([i] for i in ids)
    for _ in range(3):
        yield rng.sample(ids, rng.randint(1, len(ids)))


def _moved_by_the_engine(outcome: Outcome, gone: list[str]) -> object:
    try:
        return withdraw(outcome, gone).as_json()
    except TieMatters as tie:
        return tie.as_json()
    except InputRejected as refused:
        (only,) = refused.problems
        return only.code


def _moved_by_the_reference(result: verify.Result, contest: verify.Contest, gone: list[str]) -> object:
    try:
        return verify.withdraw(result, contest, gone)
    except verify.TieMatters as tie:
        return tie.document
    except verify.InputRejected:
        return "EXP-002"


@pytest.mark.parametrize("rule", RULES)
def test_whoever_withdraws_the_reference_moves_up_the_same(rule: str) -> None:
    somebody_moved = False
    for number, case in enumerate(cases(rule)):
        if not isinstance(answers_of_the_engine(rule)[number], tuple):
            continue
        election = verify.read_input(write_profile(case.election))
        lot = None if case.lot is None else verify.lot_from_order(election, case.lot.order)
        plan = verify.make_plan(election, case.name, dict(case.settings), list(case.ties), lot)
        ours, theirs = count(case.election, case.plan), verify.count(election, plan)
        for gone in _withdrawn(case, random.Random(number)):
            found = _moved_by_the_engine(ours, gone)
            assert found == _moved_by_the_reference(theirs, verify.Contest(election, plan), gone), (case, gone)
            somebody_moved |= isinstance(found, dict) and bool(found.get("moves_up"))
    assert somebody_moved or rule == "acclamation"  # where everything fits there is no reserve


def test_a_jump_over_endowments_under_constraints_is_what_every_run_says() -> None:
    """Thirty voters, ten proposals of which some exclude each other and some share a ceiling; the reference runs every k."""
    rng, jumps = random.Random("jumps"), 0
    for seed in range(12):
        ids = [f"p{k}" for k in range(10)]
        proposals = [Proposal(i, rng.randint(5, 60) * 1000) for i in ids]
        ballots = [rng.sample(ids, rng.randint(1, 5)) for _ in range(30)]
        election = make_election(200_000, proposals, ballots, round=str(seed))
        tables = [
            {"kind": "one-of", "proposals": rng.sample(ids, 3)},
            {"kind": "at-most", "proposals": rng.sample(ids, 5), "amount": "900"},
            {"kind": "at-most", "proposals": rng.sample(ids, 4), "amount": "600"},
        ]
        name = rng.choice(("equal-shares/add1", "equal-shares/add1e", "equal-shares/add1eu"))
        case = Case(election, name, {"constraints": tables}, ("cheapest", "lot"), Lot(tuple(rng.sample(ids, 10))))
        outcome = count(election, case.plan)
        jumps += outcome.contest.diagnostics.jumps
        read = verify.read_input(write_profile(election))
        lot = verify.lot_from_order(read, case.lot.order if case.lot else ())
        plan = verify.make_plan(read, name, dict(case.settings), case.ties, lot)
        assert verify.count(read, plan, slow=True).trace_bytes() == trace_bytes(outcome), name
        assert verify.count(read, plan).trace_bytes() == trace_bytes(outcome), name
    assert jumps > 10  # most runs are plain where sequences change as often as here


def test_most_cases_are_counted_and_some_of_each_kind_are_not() -> None:
    answers = [answer for rule in RULES for answer in answers_of_the_engine(rule)]
    assert sum(isinstance(answer, tuple) for answer in answers) > len(answers) / 2
    assert REFUSED in answers
    assert any(isinstance(answer, str) and "borgerbudget.tie/1" in answer for answer in answers)
