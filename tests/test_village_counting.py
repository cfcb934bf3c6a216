"""The village rules against the plain oracle, and what holds for every outcome under every rule and constraint."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borgerbudget import Election, Proposal, make_election
from borgerbudget.console import canonical_json
from borgerbudget.errors import InputRejected
from borgerbudget.money import plain_amount
from borgerbudget.words import Language
from tallies import Lot, TieMatters, count, make_plan, reachable, trace_bytes, verify
from tallies.constraints import KINDS, Constraint, kept_together
from tallies.explain import sentences, why
from tallies.outcome import Outcome
from tallies.plan import Plan
from tallies.rules import RULES
from tallies.steps import Comparison, EndowmentStopped, Skipped
from tests.conftest import ROOT
from tests.plain import Open
from tests.plain_village import Village
from tests.plain_village import kept as brute_kept
from tests.small import Case, random_village_case

seeds = st.integers(0, 2**48)
LANGUAGES: tuple[Language, ...] = ("da", "en")
GOING_ON = [name for name, rule in RULES.items() if rule.unconstrained is None]
CARRYING = [name for name, rule in RULES.items() if any(map(rule.carries, KINDS))]


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
    try:
        expected = Village(case.election, case.plan).outcome()
        outcome = count(case.election, case.plan)
    except (Open, InputRejected):
        return
    assert {a.proposal: a.amount for a in outcome.funded} == expected


@pytest.mark.parametrize("rule", RULES)
@given(seed=seeds)
@settings(max_examples=100, deadline=None)
def test_what_holds_for_every_outcome(rule: str, seed: int) -> None:
    case = random_village_case(random.Random(seed), rule)
    outcome = counted(case)
    if outcome is None:
        return
    election, contest, terms = case.election, outcome.contest, case.plan.terms
    amounts = {election.index[a.proposal]: a.amount for a in outcome.funded}
    assert outcome.spent + outcome.left == election.pool.amount
    assert outcome.left >= 0
    assert all(step.left >= 0 for step in outcome.steps if not isinstance(step, (EndowmentStopped, Comparison)))
    assert len(amounts) == len(outcome.funded)
    assert sorted([*(a.proposal for a in outcome.funded), *(i for i, _ in outcome.not_funded)]) == sorted(election.ids)
    for p, amount in amounts.items():
        proposal = election.proposals[p]
        assert not proposal.withdrawn
        assert proposal.id not in terms.withdrawn
        if p in contest.given:
            assert amount == proposal.cost
            continue
        assert contest.out[p] is None
        assert contest.support.supporters[p] or case.plan.voteless
        topped = next(a.topped_up for a in outcome.funded if a.proposal == proposal.id) or 0
        assert amount + topped <= min(proposal.cost, terms.cap or proposal.cost)
        if not case.plan.traits.partial:
            assert amount + topped == proposal.cost
        elif terms.leftover != "redistribute":
            assert contest.least[p] <= amount <= contest.asks[p]


@pytest.mark.parametrize("rule", CARRYING)
@given(seed=seeds)
@settings(max_examples=200, deadline=None)
def test_every_constraint_holds(rule: str, seed: int) -> None:
    case = random_village_case(random.Random(seed), rule)
    outcome = counted(case)
    if outcome is None:
        return
    terms, given = case.plan.terms, set(case.plan.terms.pre_funded)
    amounts = {a.proposal: a.amount for a in outcome.funded}
    shared_out = case.election.pool.amount - sum(amounts[i] for i in given)
    for constraint in terms.constraints:
        members = set(constraint.proposals)
        got = sum(amounts.get(i, 0) for i in members)
        if constraint.kind == "at-most":
            assert got <= (constraint.amount or 0)
        elif constraint.kind == "one-of":
            assert len(members & set(amounts)) <= 1
        elif constraint.kind == "together":
            assert members <= set(amounts) or not (members - given) & set(amounts)
        elif constraint.kind == "needs" and constraint.proposals[0] in set(amounts) - given:
            assert members <= set(amounts)
        elif (
            constraint.kind == "earmark"
            and terms.unused == "leave"
            and terms.leftover in (None, "carry-over", "return")
        ):
            others = sum(amount for i, amount in amounts.items() if i not in members | given)
            assert others <= shared_out - max(
                0, (constraint.amount or 0) - sum(amounts.get(i, 0) for i in members - given)
            )
        elif constraint.kind == "at-least" and got < (constraint.amount or 0):
            # a floor that was not reached: whoever of its members is unfunded had a turn in its pass and could not have it
            passed_over = {
                case.election.ids[s.proposal] for s in outcome.steps if isinstance(s, Skipped) and s.phase == "floor"
            }
            unfunded = {i for i in members - set(amounts) if case.election.index[i] in outcome.contest.eligible}
            assert unfunded <= passed_over


@pytest.mark.parametrize("rule", GOING_ON)
@given(seed=seeds)
@settings(max_examples=150, deadline=None)
def test_promises_are_refused_iff_no_proposals_at_all_keep_them_and_none_of_those_named_can_be_spared(
    rule: str, seed: int
) -> None:
    case = with_promises(random.Random(seed), rule)
    out_of_reach = Village(case.election, case.plan).floors_are_out_of_reach()
    try:
        count(case.election, case.plan)
    except TieMatters:
        assert not out_of_reach
    except InputRejected as refused:
        (found,) = refused.problems
        if found.code != "CON-015":  # one of those that are seen at a glance
            return
        assert out_of_reach
        named = [c for c in case.plan.terms.constraints if f'"{c.name}"' in found.sentence.en]
        assert Village(case.election, with_only(case.plan, named)).floors_are_out_of_reach()
        for spared in named:
            others = [c for c in named if c is not spared]
            assert not Village(case.election, with_only(case.plan, others)).floors_are_out_of_reach()
    else:
        assert not out_of_reach


def with_promises(rng: random.Random, rule: str) -> Case:
    """A floor or two among caps, pots, earmarks and links that overlap; nothing given beforehand half of the time."""
    case = random_village_case(rng, rule)
    ids, amounts = case.election.ids, case.election.costs
    tables = []
    for kind in ["at-least", *rng.choices(list(KINDS), k=rng.randint(1, 3))]:
        members = rng.sample(ids, min(len(ids), rng.randint(2, 4)))
        table: dict[str, object] = {"kind": kind if len(members) > 1 else "one-of", "proposals": members}
        if KINDS[str(table["kind"])]:
            table["amount"] = plain_amount(max(1, sum(rng.choices(amounts, k=2)) // rng.choice((1, 2))))
        tables.append(table)
    kept = {key: case.settings[key] for key in ("cap", "bands", "withdrawn", "pre_funded") if key in case.settings}
    if rng.random() < 0.5:
        kept.pop("pre_funded", None)
    return replace(case, settings=kept | {"constraints": tables})


def with_only(plan: Plan, constraints: list[Constraint]) -> Plan:
    return replace(plan, terms=replace(plan.terms, constraints=tuple(constraints)))


@pytest.mark.parametrize("rule", RULES)
@given(seed=seeds)
@settings(max_examples=40, deadline=None)
def test_neither_the_order_of_ballots_nor_of_proposals_matters(rule: str, seed: int) -> None:
    rng = random.Random(seed)
    case = random_village_case(rng, rule)
    if not case.election.hand_count:
        again = rebuilt(case.election, {i: i for i in case.election.ids}, rng)
        assert answer(replace(case, election=again)) == answer(case)


def rebuilt(election: Election, names: dict[str, str], rng: random.Random) -> Election:
    """The election with other ids, ballots and proposals in any order."""
    groups, ballots = rng.sample(range(election.profile.distinct), election.profile.distinct), []
    for group in groups:
        marks, points = election.profile.ballot(group)
        ids = [names[election.ids[p]] for p in marks]
        ballots.append(ids if points is None else dict(zip(ids, points, strict=True)))
    weights = [Fraction(int(election.profile.weights[g]), election.profile.denominator) for g in groups]
    proposals = [replace(p, id=names[p.id]) for p in rng.sample(election.proposals, len(election.proposals))]
    return make_election(
        election.pool, proposals, ballots, election.method.name, weights, election.limits, election.round
    )


def answer(case: Case) -> object:
    try:
        outcome = count(case.election, case.plan)
    except TieMatters as tie:
        return tie.as_json()
    except InputRejected as refused:
        return [p.code for p in refused.problems]
    return trace_bytes(outcome), outcome.as_json()


@pytest.mark.parametrize("rule", RULES)
@given(seed=seeds)
@settings(max_examples=40, deadline=None)
def test_ids_never_decide(rule: str, seed: int) -> None:
    """Renaming the proposals renames the outcome, whatever the byte order of the new names."""
    rng = random.Random(seed)
    case = random_village_case(rng, rule)
    if case.election.hand_count:
        return
    names = dict(zip(case.election.ids, rng.sample([f"n{k}" for k in range(9)], len(case.election.ids)), strict=True))
    renamed = rebuilt(case.election, names, rng)
    settings = dict(case.settings)
    for key in ("withdrawn", "pre_funded"):
        if key in settings:
            ids = settings[key].split("+") if isinstance(settings[key], str) else settings[key]
            settings[key] = [names[i] for i in ids]
    if "constraints" in settings:
        settings["constraints"] = [
            table | {"proposals": [names[i] for i in table["proposals"]]} for table in settings["constraints"]
        ]
    lot = None if case.lot is None else Lot(tuple(names[i] for i in case.lot.order))
    other = Case(renamed, case.name, settings, case.ties, lot)
    before, after = counted(case), counted(other)
    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert {(names[a.proposal], a.amount) for a in before.funded} == {(a.proposal, a.amount) for a in after.funded}


@pytest.mark.parametrize("rule", RULES)
@given(seed=seeds)
@settings(max_examples=60, deadline=None)
def test_a_tie_matters_iff_orders_lead_to_different_outcomes(rule: str, seed: int) -> None:
    case = random_village_case(random.Random(seed), rule)
    case = replace(case, ties=(*case.ties[:-1], "refuse"), lot=None)
    try:
        found = reachable(case.election, case.plan)
    except InputRejected:
        return
    outcome = counted(case)
    order = list(case.election.ids)
    random.Random(seed).shuffle(order)
    drawn = counted(replace(case, ties=(*case.ties[:-1], "lot"), lot=Lot(tuple(order))))
    assert drawn is not None
    if found.complete:
        assert drawn.key in {o.key for o in found.outcomes}
        assert (outcome is None) == (len(found.outcomes) > 1)
    if outcome is not None:
        assert outcome.key == drawn.key


def test_the_hash_seed_changes_nothing() -> None:
    code = """
import hashlib, random
from tests.small import random_village_case
from tests.test_village_counting import answer
digest = hashlib.sha256()
for seed in range(150):
    digest.update(repr(answer(random_village_case(random.Random(seed)))).encode())
print(digest.hexdigest())
"""
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "12345")
    }
    assert len(found) == 1


@pytest.mark.parametrize("rule", RULES)
@given(seed=seeds)
@settings(max_examples=8, deadline=None)
def test_every_proposal_can_be_explained_in_both_languages(rule: str, seed: int) -> None:
    case = random_village_case(random.Random(seed), rule)
    outcome = counted(case)
    if outcome is None:
        return
    reasons = dict(outcome.not_funded)
    for proposal in case.election.ids:
        found = why(case.election, case.plan, proposal, outcome=outcome)
        canonical_json(found.as_json())
        for language in LANGUAGES:
            told = sentences(found, language)
            # what is given out at once has no turns
            brief = reasons.get(proposal) == "withdrawn" or (case.plan.traits.at_once and found.funded)
            assert len(told) >= (1 if brief else 2)
            assert not re.search(r"-[0-9.,]+ (kr|DKK)", re.sub(r'"[^"]*"', "", " ".join(told)))


def test_a_tie_in_what_is_left_over_is_found() -> None:
    """b and c both want the last 300, and only after the rule."""
    election = make_election(
        1000, [Proposal("a", 700), Proposal("b", 300), Proposal("c", 300)], [["a", "b", "c"], ["b", "c"], ["a"], ["a"]]
    )
    plan = make_plan("greedy-stop", election, {"leftover": "next"}, ("refuse",))
    with pytest.raises(TieMatters) as found:
        count(election, plan)
    assert (found.value.step, found.value.tied) == (2, ("b", "c"))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), max_size=6), st.lists(st.integers(0, 3), max_size=9))
@settings(max_examples=300, deadline=None)
def test_what_is_kept_together_is_the_greatest_sum_without_common_members(
    tables: list[tuple[int, int]], homes: list[int]
) -> None:
    """Members 0..8 have a home among four pots; an earmark has the members of one remainder of three, pots those at home."""
    pots = [
        (amount, frozenset(m for m, home in enumerate(homes) if home == k)) for k, (amount, _) in enumerate(tables[:4])
    ]
    earmarks = [(amount, frozenset(range(k, len(homes), 3))) for k, (amount, _) in enumerate(tables[3:])]
    found = kept_together(earmarks, pots)
    by_hand = [[(list(map(str, members)), amount) for amount, members in side] for side in (earmarks, pots)]
    assert found == brute_kept(*by_hand)
    theirs = verify.kept_together([(set(m), a) for a, m in earmarks], [(set(m), a) for a, m in pots])
    assert found == theirs
