"""Every small election under every rule: the answer is the plain oracle's, and a lot is asked for exactly when two lots would
give different money.  All elections of up to three proposals and two voters; terms and constraints go round."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations, combinations_with_replacement, permutations
from typing import Any

import pytest

from borgerbudget import Election, Proposal, make_election
from borgerbudget.errors import InputRejected
from borgerbudget.files import write_profile
from tallies import Lot, TieMatters, count, make_plan, verify
from tallies.constraints import KINDS
from tallies.outcome import Outcome
from tallies.plan import Plan
from tallies.rules import RULES
from tallies.withdrawal import withdraw
from tests.plain import Open
from tests.plain_village import Village
from tests.small import Case, random_village_case

IDS = ("a", "b", "c")
POOLS = (2, 4)
TERMS: tuple[dict[str, Any], ...] = (
    {},
    {"leftover": "next"},
    {"cap": "0.02"},
    {"pre_funded": "a"},
    {"threshold": "50%"},
    {"turnout": "2", "leftover": "next"},
)
OWN: dict[str, tuple[dict[str, Any], ...]] = {
    "residual": ({"leftover": "redistribute"},),
    "residual-last": ({"leftover": "redistribute"},),
    "prize-ladder": (
        {"prizes": "0.01+0.01"},
        {"prizes": "0.01+rest"},
        {"prizes": "0.01", "leftover": "next-part"},
        {"prizes": "0.01+0.01", "leftover": "redistribute"},
    ),
    "rate-bands": (
        {"bands": "0.01:100%+*:50%"},
        {"bands": "0.02:1/2+*:1", "leftover": "redistribute"},
        {"bands": "*:100%", "leftover": "next-part"},
    ),
    "equal-split": ({"winners": 2}, {"recipients": "all"}, {"unit": "0.02"}, {"winners": 1, "remainder": "leave"}),
    "everyones-share": ({"unit": "0.02"}, {"remainder": "leave"}, {"leftover": "redistribute"}),
}
TABLES: tuple[tuple[tuple[Any, ...], ...], ...] = (
    (),
    (("at-most", 2, "a", "b"),),
    (("at-least", 1, "b"), ("one-of", None, "a", "c")),
    (("earmark", 1, "a"), ("one-of", None, "a", "b")),
    (("pot", 1, "a"), ("together", None, "b", "c")),
    (("pot", 1, "a", "b"), ("earmark", 1, "b"), ("needs", None, "b", "c")),
    (("at-least", 1, "a", "b"), ("needs", None, "a", "c")),
    (("pot", 1, "a"), ("pot", 1, "b", "c"), ("at-least", 1, "c")),
)
UNUSED = ("common", "leave", "resplit")


def small_elections(rule: str) -> Iterator[Election]:
    method = "knapsack" if rule == "everyones-share" else "approval"
    for size in (1, 2, 3):
        ids = IDS[:size]
        marks = list(chain.from_iterable(combinations(ids, k) for k in range(size + 1)))
        voters = (0,) if rule == "acclamation" else (1, 2)
        ballots = [b for n in voters for b in combinations_with_replacement(marks, n)]
        for number, costs in enumerate(combinations_with_replacement((1, 2, 3), size)):
            proposals = [Proposal(i, cost) for i, cost in zip(ids, costs, strict=True)]
            if number % 2:
                proposals[-1] = replace(proposals[-1], min_cost=(proposals[-1].cost + 1) // 2)
            for pool in POOLS:
                for voted in ballots:
                    yield make_election(pool, proposals, [list(ballot) for ballot in voted], method)


def settings_of(name: str, election: Election, number: int) -> dict[str, Any]:
    """The ``number``-th of all the combinations, which go round."""
    rule = name.partition("/")[0]
    record, own = RULES[rule], OWN.get(rule, ({},))
    found = own[number % len(own)] if record.required else {}
    if any(record.carries(kind) for kind in KINDS):
        tables = TABLES[number % len(TABLES)]
        tables = tuple(t for t in tables if set(t[2:]) <= set(election.ids) and record.carries(t[0]))
        found = found | {"constraints": [constraint(*table) for table in tables]}
        kinds = {table[0] for table in tables}
        if kinds & {"pot", "earmark"}:
            found["unused"] = UNUSED[number // len(TABLES) % (3 if "pot" in kinds else 2)]
        if "at-most" in kinds and found.get("leftover") == "redistribute":
            del found["leftover"]
    elif not record.required:
        found = found | own[number // len(TERMS) % len(own)]
    if not record.traits.voteless and "recipients" not in found:
        found = TERMS[number % len(TERMS)] | found
    return found


def constraint(kind: str, amount: int | None, *members: str) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": kind, "proposals": list(members)}
    return found if amount is None else found | {"amount": f"0.{amount:02d}"}


def reached(election: Election, plan: Plan) -> set[frozenset[tuple[str, int]]]:
    """Every outcome that some lot leads to, by the plain oracle."""
    try:
        return {frozenset(Village(election, plan).outcome().items())}
    except Open:
        drawn = (replace(plan, ties=(*plan.ties[:-1], "lot"), lot=Lot(order)) for order in permutations(election.ids))
        return {frozenset(Village(election, one).outcome().items()) for one in drawn}


@pytest.mark.parametrize("rule", [*RULES, "equal-shares/add1eu"])
def test_every_small_election_is_counted_as_the_plain_oracle_counts_it(rule: str) -> None:
    counted = 0
    for number, election in enumerate(small_elections(rule)):
        plan = make_plan(rule, election, settings_of(rule, election, number), ("refuse",))
        try:
            outcome: Outcome | None = count(election, plan)
        except TieMatters:
            outcome = None
        except InputRejected:
            continue
        counted += 1
        expected = reached(election, plan)
        assert (outcome is None) == (len(expected) > 1), (election, plan.as_json(), expected)
        if outcome is not None:
            assert expected == {outcome.key}, (election, plan.as_json())
            assert outcome.spent <= election.pool.amount
    assert counted > (10 if rule == "acclamation" else 300)


# --- bundles


@pytest.mark.parametrize("names", [("j", "k"), ("k", "j")])
def test_no_id_decides_whether_those_that_come_together_fit(names: tuple[str, str]) -> None:
    """The pot and the earmark of one of them are free for the other when it gets its money, whoever is first by id."""
    reserved, beside = names
    proposals = [Proposal("a", 1), Proposal(reserved, 30), Proposal(beside, 50), Proposal("rival", 60)]
    election = make_election(100, proposals, [["a", "j", "k", "rival"], *[["rival"]] * 3])
    tables = [
        constraint("at-least", 1, "a"),
        constraint("pot", 30, reserved),
        constraint("earmark", 30, reserved),
        constraint("together", None, "a", "j", "k"),
    ]
    outcome = count(election, make_plan("greedy", election, {"constraints": tables}))
    assert {a.proposal: a.amount for a in outcome.funded} == {"a": 1, reserved: 30, beside: 50}


@pytest.mark.parametrize("names", [("b", "c"), ("c", "b")])
def test_no_id_decides_why_those_that_come_together_do_not_fit(names: tuple[str, str]) -> None:
    limited, dear = names
    proposals = [Proposal("a", 1), Proposal(limited, 3), Proposal(dear, 9), Proposal("first", 8)]
    tables = [constraint("at-most", 2, limited), constraint("together", None, "a", "b", "c")]
    election = make_election(20, proposals, [["a", "b", "c", "first"], ["first"]])
    outcome = count(election, make_plan("greedy", election, {"constraints": tables}))
    assert dict(outcome.not_funded) == dict.fromkeys("abc", "over-quota")


# --- who moves up


def moves(outcome: Outcome, gone: list[str]) -> dict[str, Any] | tuple[str, ...] | None:
    """The engine's document, those tied, or None where it is refused."""
    try:
        return withdraw(outcome, gone).as_json()
    except TieMatters as tie:
        return tie.tied
    except InputRejected:
        return None


def moves_of_the_reference(case: Case, gone: list[str]) -> dict[str, Any] | tuple[str, ...] | None:
    election = verify.read_input(write_profile(case.election))
    lot = None if case.lot is None else verify.lot_from_order(election, case.lot.order)
    plan = verify.make_plan(election, case.name, dict(case.settings), list(case.ties), lot)
    try:
        return dict(verify.withdraw(verify.count(election, plan), verify.Contest(election, plan), gone))
    except verify.TieMatters as tie:
        return tuple(tie.document["tied"])
    except verify.InputRejected:
        return None


@pytest.mark.parametrize("rule", RULES)
def test_who_moves_up_is_a_tie_exactly_when_two_lots_let_others_move_up(rule: str) -> None:
    for number in range(120):
        rng = random.Random(f"withdrawal/{rule}/{number}")
        case = random_village_case(rng, rule)
        if len(case.election.ids) > 4:
            continue
        case = replace(case, ties=(*case.ties[:-1], "refuse"), lot=None)
        gone = rng.sample(case.election.ids, 1)
        try:
            outcome = count(case.election, case.plan)
        except (TieMatters, InputRejected):
            continue
        gone = [rng.choice(outcome.funded).proposal, *gone] if outcome.funded else gone
        gone = sorted(set(gone))
        found = moves(outcome, gone)
        assert found == moves_of_the_reference(case, gone), (case, gone)
        drawn = set()
        for order in permutations(case.election.ids):
            one = replace(case, ties=(*case.ties[:-1], "lot"), lot=Lot(order))
            moved = moves(count(one.election, one.plan), gone)
            drawn.add(None if moved is None else frozenset((m["proposal"], m["amount"]) for m in moved["moves_up"]))
        assert isinstance(found, tuple) == (len(drawn) > 1), (case, gone, drawn)
        if isinstance(found, dict):
            assert drawn == {frozenset((m["proposal"], m["amount"]) for m in found["moves_up"])}


def test_a_pair_that_comes_together_moves_up_without_a_lot() -> None:
    election = make_election(
        400, [Proposal("w", 400), Proposal("a", 150), Proposal("b", 200)], [["w"], ["w", "a", "b"]]
    )
    tables = [constraint("together", None, "a", "b")]
    outcome = count(election, make_plan("greedy", election, {"constraints": tables, "reserve": "yes"}, ("refuse",)))
    assert withdraw(outcome, ["w"]).moves_up == (("a", 150), ("b", 200))


def test_one_that_could_not_move_up_in_any_order_ties_with_nobody() -> None:
    proposals = [Proposal("w", 350), Proposal("x", 150), Proposal("a", 150), Proposal("b", 400)]
    election = make_election(500, proposals, [["w", "x", "a", "b"], ["w", "x"]])
    outcome = count(election, make_plan("greedy", election, {"reserve": "yes"}, ("refuse",)))
    assert outcome.as_json()["reserve"] == [["a", "b"]]
    assert withdraw(outcome, ["x"]).moves_up == (("a", 150),)
