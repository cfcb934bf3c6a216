"""Plans with village rules: what can be written, what each rule carries, what is refused and why."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from borgerbudget import Election, Proposal, make_election, make_hand_count
from borgerbudget.errors import InputRejected, UsageError
from borgerbudget.words import Language, Text
from tallies import count, make_plan, reachable
from tallies.constraints import KINDS
from tallies.explain import sentences, why
from tallies.plan_file import read_plan_file
from tallies.plan_report import parameters, settings_of
from tallies.planning import SETTINGS
from tallies.report import REASONS, outcome_lines, reachable_lines
from tallies.rules import RULES
from tallies.terms_reading import BY_VOTES, GENERAL, OWN
from tests.test_cli import run

VALUES: dict[str, Any] = {
    "threshold_share": "10%",
    "cost_share": "1/3",
    "turnout": 1,
    "electorate": 40,
    "cap": "750.50",
    "leftover": "next",
    "reserve": "yes",
    "withdrawn": "c",
    "pre_funded": ["b"],
    "prizes": "3+2+rest",
    "bands": "1:100%+*:50%",
    "unit": "1",
    "remainder": "leave",
    "winners": 2,
    "recipients": "supported",
}
NEEDED = {"prizes": "1", "bands": "*:1"}
NAMES = {name: f"{name}/add1" if rule.completed else name for name, rule in RULES.items()}


def round_for(rule: str, ballots: bool = True) -> Election:
    method = RULES[rule].methods[0]
    votes = [["a"], ["a", "b"], ["b", "c"]] if ballots and rule != "acclamation" else []
    return make_election(1000, [Proposal("a", 400), Proposal("b", 300), Proposal("c", 200)], votes, method)


def needed(rule: str) -> dict[str, Any]:
    return {key: NEEDED[key] for key in RULES[rule].required}


def refused(error: type[Exception], election: Election, name: str, **settings: Any) -> str:
    with pytest.raises(error) as found:
        count(election, make_plan(name, election, settings))
    (problem,) = found.value.problems  # type: ignore[attr-defined]
    assert problem.sentence.da != problem.sentence.en
    assert problem.mend.da
    return str(problem.code)


# --- what is carried


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("key", [*GENERAL, *OWN])
def test_a_setting_is_carried_by_the_rules_that_say_so_and_refused_by_the_others(rule: str, key: str) -> None:
    election, own = round_for(rule), (*RULES[rule].required, *RULES[rule].optional)
    settings = needed(rule) | {key: VALUES[key]}
    if (key in OWN and key not in own) or (key in BY_VOTES and RULES[rule].traits.voteless):
        assert refused(UsageError, election, NAMES[rule], **settings) in ("PLN-003", "PLN-020")
        return
    plan = make_plan(NAMES[rule], election, settings)
    assert key in plan.as_json()
    assert key in parameters(NAMES[rule])
    assert any(line.startswith(f"{key}=") for line in settings_of(plan))
    count(election, plan)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_constraint_is_carried_by_the_rules_that_say_so_and_refused_by_the_others(rule: str, kind: str) -> None:
    election = round_for(rule)
    table = {"kind": kind, "proposals": ["a", "b"], **({"amount": 6} if KINDS[kind] else {})}
    settings = needed(rule) | {"constraints": [table]}
    assert ("constraints" in parameters(NAMES[rule])) == any(map(RULES[rule].carries, KINDS))
    if not RULES[rule].carries(kind):
        assert refused(UsageError, election, NAMES[rule], **settings) == "PLN-013"
        return
    plan = make_plan(NAMES[rule], election, settings)
    amount = {"amount": 600} if KINDS[kind] else {}
    assert plan.as_json()["constraints"] == [{"kind": kind, "name": f"{kind}-1", "proposals": ["a", "b"], **amount}]
    assert ("unused" in plan.as_json()) == (kind in ("pot", "earmark"))
    count(election, plan)


@pytest.mark.parametrize("rule", RULES)
def test_a_plan_that_uses_nothing_new_says_nothing_new(rule: str) -> None:
    if RULES[rule].traits.partial or RULES[rule].traits.voteless:
        return
    said = make_plan(NAMES[rule], round_for(rule)).as_json()
    assert set(said) <= {
        "rule",
        "version",
        "threshold",
        "ties",
        "utility",
        "completion",
        "start",
        "increment",
        "comparison",
    }


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("policy", ["next-part", "redistribute"])
def test_only_rules_that_pay_parts_give_parts_of_what_is_left(rule: str, policy: str) -> None:
    election = round_for(rule)
    if RULES[rule].traits.partial:
        count(election, make_plan(NAMES[rule], election, needed(rule) | {"leftover": policy}))
    else:
        assert refused(UsageError, election, NAMES[rule], **needed(rule), leftover=policy) == "PLN-021"


@pytest.mark.parametrize("rule", RULES)
def test_the_rules_that_need_nothing_but_totals_count_by_hand(rule: str) -> None:
    by_hand = {"greedy", "greedy-stop", "greedy-per-cost", "greedy-80", "residual", "residual-last", "prize-ladder"}
    assert ("hand-count" in RULES[rule].methods) == (rule in by_hand | {"rate-bands", "equal-split"})


def test_required_settings_are_asked_for() -> None:
    assert refused(UsageError, round_for("greedy"), "prize-ladder") == "PLN-019"
    assert refused(UsageError, round_for("greedy"), "rate-bands") == "PLN-019"


# --- how values are written


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("threshold", "10%", {"threshold_share": "1/10", "threshold": None}),
        ("threshold_share", "1/3", {"threshold_share": "1/3"}),
        ("turnout", "3", {"turnout": 3}),
        ("cap", "6534.61", {"cap": 653461}),
        ("cap", 12, {"cap": 1200}),
        ("reserve", "no", {}),
        ("withdrawn", "c+a", {"withdrawn": ["a", "c"]}),
        ("pre_funded", ["b"], {"pre_funded": ["b"]}),
        ("withdrawn", [], {}),
    ],
)
def test_values_are_read_exactly(key: str, value: object, said: dict[str, object]) -> None:
    plan = make_plan("greedy", round_for("greedy"), {key: value}).as_json()
    assert {k: v for k, v in plan.items() if k in {**said, key: 0}} == (
        {"threshold": None} if key == "threshold" else {}
    ) | said


@pytest.mark.parametrize(
    ("name", "key", "value", "said"),
    [
        ("prize-ladder", "prizes", "12000+6534.61+rest", [1200000, 653461, "rest"]),
        ("prize-ladder", "prizes", [5, "rest"], [500, "rest"]),
        ("rate-bands", "bands", "15000:100%+*:1/3", [[1500000, 1], [None, "1/3"]]),
        ("rate-bands", "bands", [[15000, "100%"], ["*", "50%"]], [[1500000, 1], [None, "1/2"]]),
        ("equal-split", "unit", "1", 100),
    ],
)
def test_allocations_are_read_exactly(name: str, key: str, value: object, said: object) -> None:
    assert make_plan(name, round_for("greedy"), {key: value}).as_json()[key] == said


@pytest.mark.parametrize(
    ("name", "settings", "code"),
    [
        ("greedy", {"cap": "0"}, "PLN-014"),
        ("greedy", {"cap": "12,345.6"}, "PLN-014"),
        ("greedy", {"cap": True}, "PLN-014"),
        ("greedy", {"cap": "1.234"}, "PLN-035"),
        ("greedy", {"cap": "12.000"}, "PLN-035"),
        ("greedy", {"cap": " 12,500 "}, "PLN-035"),
        ("greedy", {"cap": "6534.610"}, "PLN-035"),
        ("greedy", {"constraints": [{"kind": "pot", "proposals": ["a"], "amount": "50.000"}]}, "PLN-035"),
        ("prize-ladder", {"prizes": "12.000+rest"}, "PLN-035"),
        ("rate-bands", {"bands": "15.000:100%+*:50%"}, "PLN-035"),
        ("equal-split", {"unit": "1.000"}, "PLN-035"),
        ("greedy", {"cap": "9" * 30}, "PLN-014"),
        ("greedy", {"threshold": "x%"}, "PLN-008"),
        ("greedy", {"threshold": -1}, "PLN-037"),
        ("greedy", {"threshold": "110%"}, "PLN-036"),
        ("greedy", {"threshold_share": 10}, "PLN-036"),
        ("greedy", {"constraints": [{"kind": "at-most", "proposals": ["a"], "amount": 0}]}, "PLN-038"),
        ("greedy", {"constraints": [{"kind": "at-most", "proposals": ["a"], "share": "1/1001"}]}, "PLN-038"),
        ("rate-bands", {"bands": "*:0%"}, "PLN-026"),
        ("rate-bands", {"bands": "5:0+*:0"}, "PLN-026"),
        ("greedy", {"threshold_share": "-1/2"}, "PLN-008"),
        ("greedy", {"cost_share": "1/0"}, "PLN-008"),
        ("greedy", {"threshold": "5%", "threshold_share": "1/3"}, "PLN-018"),
        ("greedy", {"turnout": "20%"}, "PLN-023"),
        ("greedy", {"electorate": "1/2"}, "PLN-015"),
        ("greedy", {"leftover": "burn"}, "PLN-007"),
        ("greedy", {"reserve": "maybe"}, "PLN-007"),
        ("greedy", {"withdrawn": "a+a"}, "PLN-017"),
        ("greedy", {"withdrawn": 7}, "PLN-016"),
        ("greedy", {"unused": "leave"}, "PLN-029"),
        ("greedy", {"constraints": "x"}, "PLN-027"),
        ("greedy", {"constraints": [{"kind": "maybe", "proposals": ["a"]}]}, "PLN-007"),
        ("greedy", {"constraints": [{"kind": "one-of", "proposals": ["a"], "amount": 3}]}, "PLN-032"),
        ("greedy", {"constraints": [{"kind": "pot", "proposals": ["a"]}]}, "PLN-031"),
        ("greedy", {"constraints": [{"kind": "pot", "proposals": ["a"], "amount": 1, "share": "1/2"}]}, "PLN-031"),
        ("greedy", {"constraints": [{"kind": "pot", "amount": 1}]}, "PLN-033"),
        ("greedy", {"constraints": [{"kind": "one-of", "proposals": []}]}, "PLN-033"),
        ("greedy", {"constraints": [{"kind": "needs", "proposals": ["a"]}]}, "PLN-033"),
        ("greedy", {"constraints": [{"kind": "needs", "category": "x"}]}, "PLN-033"),
        ("greedy", {"constraints": [{"kind": "one-of", "proposals": ["a"], "colour": "red"}]}, "PLN-030"),
        (
            "greedy",
            {"constraints": [{"kind": "earmark", "proposals": ["a"], "amount": 1}], "unused": "resplit"},
            "PLN-041",
        ),
        (
            "residual",
            {"constraints": [{"kind": "at-most", "proposals": ["a"], "amount": 1}], "leftover": "redistribute"},
            "PLN-022",
        ),
        ("prize-ladder", {"prizes": "rest+5"}, "PLN-025"),
        ("prize-ladder", {"prizes": []}, "PLN-025"),
        ("rate-bands", {"bands": "5:1"}, "PLN-026"),
        ("rate-bands", {"bands": "5:1+5:1/2+*:0"}, "PLN-026"),
        ("rate-bands", {"bands": "*:150%"}, "PLN-026"),
        ("rate-bands", {"bands": "*"}, "PLN-026"),
        ("equal-split", {"winners": 0}, "PLN-008"),
        ("equal-split", {"recipients": "all", "threshold": 3}, "PLN-020"),
        ("acclamation", {"turnout": 3}, "PLN-020"),
    ],
)
def test_what_cannot_be_asked_is_a_usage_error(name: str, settings: dict[str, Any], code: str) -> None:
    assert refused(UsageError, round_for("greedy"), name, **settings) == code


def test_a_score_below_zero_may_be_asked_for_where_there_can_be_one() -> None:
    election = make_election(1000, [Proposal("a", 400)], [{"a": -2}], "scoring")
    assert make_plan("greedy", election, {"threshold": -3}).threshold == -3


def test_shares_above_one_may_be_asked_for_where_a_ballot_gives_points() -> None:
    election = make_election(1000, [Proposal("a", 400)], [{"a": 3}], "points")
    assert make_plan("greedy", election, {"threshold_share": 2}).as_json()["threshold_share"] == 2


def test_members_may_be_named_by_category_and_area() -> None:
    proposals = [Proposal("a", 100, category=("climate", "youth")), Proposal("b", 100, area="Nord"), Proposal("c", 100)]
    election = make_election(301, proposals, [["a", "b", "c"]])
    tables = [
        {"kind": "earmark", "category": "youth", "share": "1/2"},
        {"kind": "at-most", "name": "north", "area": "Nord", "amount": 1},
        {"kind": "at-most", "proposals": ["c", "a"], "amount": "0.01"},
    ]
    plan = make_plan("greedy", election, {"constraints": tables})
    assert plan.as_json()["constraints"] == [
        {"kind": "earmark", "name": "earmark-1", "proposals": ["a"], "amount": 150},
        {"kind": "at-most", "name": "north", "proposals": ["b"], "amount": 100},
        {"kind": "at-most", "name": "at-most-2", "proposals": ["a", "c"], "amount": 1},
    ]
    assert refused(InputRejected, election, "greedy", constraints=[{"kind": "one-of", "area": "Syd"}]) == "PLN-034"


@pytest.mark.parametrize(
    "settings",
    [{"withdrawn": "x"}, {"pre_funded": ["a", "x"]}, {"constraints": [{"kind": "one-of", "proposals": ["x"]}]}],
)
def test_unknown_proposals_are_named(settings: dict[str, Any]) -> None:
    assert refused(InputRejected, round_for("greedy"), "greedy", **settings) == "PLN-024"


def test_two_constraints_cannot_have_one_name() -> None:
    table = {"kind": "one-of", "name": "site", "proposals": ["a"]}
    assert refused(InputRejected, round_for("greedy"), "greedy", constraints=[table, table]) == "PLN-028"


# --- contradictions


def limit(kind: str, name: str, members: str, amount: object = None) -> dict[str, Any]:
    return {"kind": kind, "name": name, "proposals": list(members)} | ({} if amount is None else {"amount": amount})


@pytest.mark.parametrize(
    ("constraints", "code", "names"),
    [
        ([limit("at-least", "F", "a", 11)], "CON-001", ["F"]),
        ([limit("earmark", "E", "a", 11), limit("one-of", "O", "ab")], "CON-001", ["E"]),
        ([limit("pot", "P", "a", "10.01")], "CON-001", ["P"]),
        ([limit("at-least", "F", "ab", 5), limit("at-most", "M", "abc", 4)], "CON-005", ["F", "M"]),
        ([limit("earmark", "E", "ab", 5), limit("at-most", "M", "abc", "4.99")], "CON-013", ["E", "M"]),
        ([limit("earmark", "E", "ab", 5), limit("at-most", "M", "ac", 4)], None, []),
        ([limit("needs", "X", "cb"), limit("together", "T", "ab")], None, []),
        ([limit("at-least", "F", "ab", "7.01")], "CON-006", ["F"]),
        ([limit("at-least", "F", "ab", "7.01"), limit("at-most", "M", "ab", 7)], "CON-006", ["F"]),
        ([limit("at-least", "F", "ab", 5), limit("one-of", "O", "ab")], "CON-015", ["F", "O"]),
        ([limit("at-least", "F", "ab", 5), limit("at-most", "M", "bc", "2.99")], "CON-015", ["F", "M"]),
        ([limit("at-least", "F", "ab", 5), limit("at-most", "M", "bc", 3)], None, []),
        (
            [limit("at-least", "F", "abc", 6), limit("one-of", "O", "ab"), limit("one-of", "X", "ac")],
            "CON-015",
            ["F", "O", "X"],
        ),
        (
            [limit("at-least", "F", "abc", 6), limit("one-of", "X", "ac"), limit("one-of", "O", "ab")],
            "CON-015",
            ["F", "O", "X"],
        ),
        ([limit("at-least", "F", "ab", 4), limit("pot", "P", "c", "6.01")], "CON-015", ["F", "P"]),
        ([limit("at-least", "F", "ab", 4), limit("pot", "P", "c", 6)], None, []),
        ([limit("at-least", "F", "ab", 5), limit("pot", "P", "ab", 8)], None, []),
        (
            [limit("at-least", "F", "a", 1), limit("needs", "N", "ab"), limit("earmark", "E", "c", 4)],
            "CON-015",
            ["F", "N", "E"],
        ),
        ([limit("pot", "P", "ab", 5), limit("pot", "Q", "c", 5), limit("earmark", "E", "bc", 5)], None, []),
        ([limit("pot", "P", "ab", 5), limit("pot", "Q", "c", 5), limit("earmark", "E", "c", 5)], None, []),
        ([limit("pot", "P", "ab", 5), limit("earmark", "E", "c", "5.01")], "CON-001", ["P", "E"]),
        (
            [limit("together", "T", "ab"), limit("needs", "N", "bc"), limit("one-of", "O", "ac")],
            "CON-007",
            ["T", "N", "O"],
        ),
        (
            [limit("needs", "X", "cb"), limit("together", "T", "ab"), limit("one-of", "O", "ab")],
            "CON-007",
            ["T", "O"],
        ),
        (
            [limit(*link) for link in (("needs", "N", "ab"), ("needs", "X", "ac"), ("needs", "T", "cb"))]
            + [limit("one-of", "O", "ab")],
            "CON-007",
            ["N", "O"],
        ),
        ([limit("at-least", "F", "a", 4), limit("at-least", "G", "b", 3), limit("earmark", "E", "c", 2)], None, []),
        ([limit("earmark", "E", "a", 6), limit("pot", "P", "b", 3), limit("pot", "Q", "c", 5)], "CON-001", ["E", "Q"]),
        ([limit("earmark", "E", "ab", 1), limit("earmark", "F", "bc", 1)], "CON-010", ["E", "F"]),
        ([limit("pot", "E", "ab", 1), limit("pot", "F", "bc", 1)], "CON-010", ["E", "F"]),
        ([limit("pot", "E", "ab", 1), limit("earmark", "F", "bc", 1)], None, []),
    ],
)
def test_contradicting_constraints_are_refused_with_the_smallest_set(
    constraints: list[dict[str, Any]], code: str | None, names: list[str]
) -> None:
    election = make_election(1000, [Proposal("a", 400), Proposal("b", 300), Proposal("c", 200)], [["a", "b", "c"]])
    if code is None:
        count(election, make_plan("greedy", election, {"constraints": constraints}))
        return
    with pytest.raises(InputRejected) as found:
        count(election, make_plan("greedy", election, {"constraints": constraints}))
    (problem,) = found.value.problems
    assert problem.code == code
    for said in (problem.sentence.da, problem.sentence.en):
        assert [name for name in "FEPQMTNOXG" if f'"{name}"' in said] == sorted(names, key="FEPQMTNOXG".index)


def test_proposals_that_come_together_must_fit_in_the_pool_together() -> None:
    proposals = [Proposal("a", 600), Proposal("b", 500), Proposal("c", 100), Proposal("d", 2000)]
    election = make_election(1000, proposals, [["a", "b", "c", "d"]])
    needs = [limit("needs", "X", "ca"), limit("needs", "N", "cb")]
    assert refused(InputRejected, election, "greedy", constraints=needs) == "CON-014"
    assert refused(InputRejected, election, "residual", constraints=[limit("together", "T", "ab")]) == "CON-014"
    count(election, make_plan("greedy", election, {"constraints": [limit("together", "T", "ac")]}))
    count(election, make_plan("greedy", election, {"constraints": [limit("together", "T", "abd")]}))  # d is out anyway
    given = {"constraints": [limit("needs", "X", "ba")], "pre_funded": "a"}
    assert "b" in dict(count(election, make_plan("greedy", election, given)).not_funded)


def test_a_floor_that_nobody_votes_for_stops_no_count() -> None:
    election = make_election(1000, [Proposal("a", 800), Proposal("b", 200), Proposal("c", 1200)], [["a"]] * 3)
    outcome = count(election, make_plan("greedy", election, {"constraints": [limit("at-least", "F", "b", 2)]}))
    assert [a.proposal for a in outcome.funded] == ["a"]
    over = [limit("at-least", "F", "bc", 3)]
    assert refused(InputRejected, election, "greedy", constraints=over) == "CON-006"


def test_floors_without_common_members_must_fit_together() -> None:
    election = make_election(1000, [Proposal(i, 600) for i in "abc"], [["a", "b", "c"]])
    both = [limit("at-least", "F", "a", 6), limit("at-least", "G", "b", "4.01"), limit("at-least", "H", "ab", 10)]
    assert refused(InputRejected, election, "greedy", constraints=both) == "CON-001"
    assert refused(InputRejected, election, "greedy", constraints=[both[0], both[2]]) == "CON-015"  # 6 + 6 for 10
    count(election, make_plan("greedy", election, {"constraints": [both[0], limit("at-least", "H", "ab", 6)]}))


def test_any_number_of_floors_is_looked_at() -> None:
    """Thirteen areas, each with a floor of 1; only all together they are above the pool."""
    ids = [f"p{number:02d}" for number in range(13)]
    floors: list[dict[str, Any]] = [{"kind": "at-least", "proposals": [i], "amount": 1} for i in ids]
    for pool, code in ((1299, "CON-001"), (1300, None)):
        election = make_election(pool, [Proposal(i, 100) for i in ids], [ids])
        if code is None:
            assert count(election, make_plan("greedy", election, {"constraints": floors})).spent == pool
        else:
            assert refused(InputRejected, election, "greedy", constraints=floors) == code


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"pre_funded": "a+b", "withdrawn": "a"}, "CON-003"),
        ({"pre_funded": "a+b+c+d"}, "CON-004"),
        ({"pre_funded": "a", "constraints": [limit("at-most", "M", "ab", 3)]}, "CON-008"),
        ({"pre_funded": "a+b", "constraints": [limit("one-of", "O", "ab")]}, "CON-009"),
        ({"pre_funded": "a", "constraints": [limit("at-least", "F", "ab", 7)]}, None),
        ({"pre_funded": "a", "constraints": [limit("pot", "P", "bc", "6.01")]}, "CON-001"),
    ],
)
def test_what_is_given_beforehand_must_agree_with_the_rest(settings: dict[str, Any], code: str | None) -> None:
    costs = {"a": 400, "b": 300, "c": 200, "d": 150}
    election = make_election(1000, [Proposal(i, c) for i, c in costs.items()], [list(costs)])
    if code is None:
        count(election, make_plan("greedy", election, settings))
    else:
        assert refused(InputRejected, election, "greedy", **settings) == code


def test_prizes_must_fit_in_the_pool() -> None:
    assert refused(InputRejected, round_for("greedy"), "prize-ladder", prizes="6+4.01") == "CON-002"
    election = round_for("greedy")
    count(election, make_plan("prize-ladder", election, {"prizes": "6+4+rest"}))


def test_acclamation_is_refused_when_somebody_voted_or_not_everything_fits() -> None:
    assert refused(InputRejected, round_for("greedy"), "acclamation") == "CON-011"
    election = make_election(899, [Proposal("a", 400), Proposal("b", 300), Proposal("c", 200)], [])
    assert refused(InputRejected, election, "acclamation") == "CON-012"


# --- files and the command line

PLAN = """
plan = "residual"
ties = ["most-votes", "lot"]
leftover = "next-part"
reserve = true
cap = "750.50"
pre_funded = ["L05"]
[[constraint]]
kind = "earmark"
name = "youth"
proposals = ["L08"]
share = "1/10"
[[constraint]]
kind = "one-of"
proposals = ["L01", "L02"]
"""


def test_a_plan_file_holds_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "village.toml"
    path.write_text(PLAN, encoding="utf-8")
    settings = read_plan_file(path).settings()
    assert set(settings) <= set(SETTINGS)
    done = run("tally", "examples/lillevig-2026.pb", "--plan", str(path), "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["plan"]["cap"] == 75050
    assert [c["name"] for c in document["plan"]["constraints"]] == ["youth", "one-of-1"]
    assert document["funded"][0] == {"proposal": "L05", "amount": 1648050, "step": 1}
    assert document["leftover"]["policy"] == "next-part"
    assert {"proposal": "L02", "reason": "excluded"} in document["not_funded"]


def test_a_plan_file_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "village.toml"
    path.write_text(PLAN.replace("share", "shares"), encoding="utf-8")
    done = run("tally", "examples/lillevig-2026.pb", "--plan", str(path))
    assert (done.returncode, done.stdout) == (3, "")
    assert "PLN-011" in done.stderr


def test_who_moves_up_is_asked_on_the_command_line() -> None:
    words = ("tally", "examples/lillevig-2026.pb", "--withdraw", "L01", "--withdraw", "L05")
    document = json.loads(run(*words, "--json").stdout)
    assert document["schema"] == "borgerbudget.withdrawal/1"
    assert document["withdrawn"] == ["L01", "L05"]
    assert document["moves_up"]
    shown = run(*words, "--lang", "da").stdout
    assert "rykker op" in shown
    unknown = run("tally", "examples/lillevig-2026.pb", "--withdraw", "L99")
    assert (unknown.returncode, unknown.stdout) == (2, "")


# --- words


def test_plans_side_by_side_show_the_amount_where_it_is_not_the_cost() -> None:
    words = ("compare", "examples/lillevig-2026.pb", "--plan", "greedy", "--plan", "residual", "--lang", "en")
    shown = run(*words).stdout
    assert re.search(r"^ +L10 .* +\. +6,600 DKK$", shown, re.MULTILINE)


def test_every_reachable_outcome_says_who_gets_how_much() -> None:
    election = make_election(1000, [Proposal("a", 700), Proposal("b", 700)], [["a", "b"]])
    found = reachable(election, make_plan("residual", election)).as_json()["outcomes"]
    assert found == [
        {"funded": ["a", "b"], "amounts": [700, 300], "spent": 1000},
        {"funded": ["a", "b"], "amounts": [300, 700], "spent": 1000},
    ]


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_result_shows_amount_and_cost_leftover_and_reserve(language: Language) -> None:
    election = make_election(1000, [Proposal("a", 900), Proposal("b", 700), Proposal("c", 100)], [["a"], ["a", "b"]])
    settings = {"prizes": "6+2", "leftover": "carry-over", "reserve": "yes", "withdrawn": "c"}
    shown = "\n".join(outcome_lines(count(election, make_plan("prize-ladder", election, settings)), language))
    for said in {
        "da": (
            "6 kr.",
            "(koster 9 kr.)",
            "De 2 kr. gemmes til næste runde.",
            "Reserver i rækkefølge: (ingen)",
            "prizes=6+2",
        ),
        "en": ("6 DKK", "(costs 9 DKK)", "The 2 DKK are carried over", "Reserves in order: (none)", "withdrawn=c"),
    }[language]:
        assert said in shown


def explained(election: Election, name: str, proposal: str, language: Language = "en", **settings: Any) -> str:
    return " ".join(sentences(why(election, make_plan(name, election, settings), proposal), language))


def test_every_reason_has_words_and_every_skip_is_explained() -> None:
    from tallies.explain import words

    assert {"no-quorum", "over-cap", "below-minimum", "over-quota", "earmarked", "excluded"} <= set(REASONS)
    assert set(words.BECAUSE) == {"excluded", "over-quota", "earmarked", "below-minimum"}
    assert set(words.PART) == {name for name, rule in RULES.items() if rule.traits.partial}


def test_explanations_of_constraints_and_parts() -> None:
    costs = {"a": 600, "b": 500, "c": 300}
    election = make_election(
        1000, [Proposal(i, c) for i, c in costs.items()], [["a"], ["a"], ["a"], ["b"], ["b"], ["c"]]
    )
    ceiling = [{"kind": "at-most", "proposals": ["a", "b"], "amount": 8}]
    assert 'of the ceiling of 8 DKK ("at-most-1") only 2 DKK was not used' in explained(
        election, "greedy", "b", constraints=ceiling
    )
    pair = [{"kind": "together", "proposals": ["a", "b"]}]
    late = make_election(1100, election.proposals, [["a"], ["b"], ["c"], ["c"]])
    assert "not enough for it and the proposals that it needs" in explained(late, "greedy", "a", constraints=pair)
    earmark = [{"kind": "earmark", "proposals": ["c"], "amount": 6}]
    assert "kept for others" in explained(election, "greedy", "a", constraints=earmark, unused="leave")
    assert "5 DKK is needed at least, and only 4 DKK" in explained(election, "greedy", "b", pre_funded="a")
    assert '"a" had already been funded, which excludes this proposal ("one-of-1")' in explained(
        election, "greedy", "b", constraints=[{"kind": "one-of", "proposals": ["a", "b"]}]
    )
    assert "It costs 5 DKK; it got what there was for it." in explained(election, "residual", "b")
    assert "All prizes had been given" in explained(election, "prize-ladder", "c", prizes="3+2")
    assert "Kun de 2 første deler puljen." in explained(election, "equal-split", "c", "da", winners=2)
    assert "Only 6 voted, and at least 7 were needed." in explained(election, "greedy", "c", turnout=7)
    assert "At least 3 votes are needed" in explained(election, "greedy", "c", threshold="50%")
    assert "given its cost from the pool beforehand" in explained(election, "greedy", "c", pre_funded="c")
    assert "one proposal may get at most 4 DKK" in explained(election, "greedy", "b", cap=4)
    assert '"a" got all that was left' in explained(election, "residual-last", "c", pre_funded="b")
    topped = explained(election, "prize-ladder", "a", prizes="3+2", leftover="redistribute", withdrawn="c")
    assert "It costs 6 DKK; 3 DKK is the prize. It got 2.50 DKK more of what was left over." in topped


def test_what_is_told_about_money_that_was_left_over() -> None:
    """Nobody's own money comes into it, and one that nothing is needed for is not said to lack what it needs."""
    costs = {"a": 500, "b": 700, "c": 300}
    election = make_election(1000, [Proposal(i, c) for i, c in costs.items()], [["a", "b", "c"], ["a", "b"], ["a"]])
    for rule, settings in (("greedy-stop", {}), ("prize-ladder", {"prizes": "4"})):
        told = explained(election, rule, "c", leftover="next", **settings)
        assert "When the rest was given out by votes and its turn came (step " in told
        assert "own money" not in told
    short = explained(election, "prize-ladder", "b", prizes="4", leftover="next")
    assert "6 DKK was left; the plan gives it 7 DKK, so 1 DKK was missing." in short
    assert "that it needs" not in short


@pytest.mark.parametrize(
    ("rule", "settings"),
    [
        ("prize-ladder", {"prizes": "4+4"}),
        ("equal-split", {}),
        ("rate-bands", {"bands": "2:100%+*:50%"}),
        ("residual", {}),
    ],
)
def test_a_cap_that_decided_the_amount_is_named(rule: str, settings: dict[str, str]) -> None:
    election = make_election(1000, [Proposal("a", 800), Proposal("b", 900)], [["a", "b"], ["a"]])
    told = explained(election, rule, "a", cap=3, **settings)
    assert "It costs 8 DKK; under the plan a proposal may get at most 3 DKK." in told


def test_the_change_that_is_called_enough_is_enough() -> None:
    """A recount confirms it, whatever the constraint."""
    costs = {"a": 600, "b": 500, "c": 300}
    ballots = [["a"], ["a"], ["a"], ["b"], ["b"], ["c"]]
    election = make_election(1000, [Proposal(i, c) for i, c in costs.items()], ballots)
    settings = {"constraints": [{"kind": "at-most", "proposals": ["a", "b"], "amount": 8}]}
    found = why(election, make_plan("greedy", election, settings), "b").changes
    assert found is not None
    assert (found.cost.kind, found.cost.value) == ("enough", 200)
    assert found.votes is not None
    assert (found.votes.kind, found.votes.value) == ("least", 1)
    more = make_election(1000, [Proposal(i, c) for i, c in costs.items()], [*ballots, ["b"]])
    assert "b" in {a.proposal for a in count(more, make_plan("greedy", more, settings)).funded}
    assert found.pool is not None
    assert found.pool.kind == "none"
    assert found.pool.searched is not None


def test_a_floor_that_was_not_reached_is_told() -> None:
    election = make_election(1000, [Proposal("a", 800), Proposal("b", 200), Proposal("c", 100)], [["a"], ["a", "c"]])
    floor = [limit("at-least", "leg", "bc", 3)]
    outcome = count(election, make_plan("greedy", election, {"constraints": floor}))
    assert 'Gulvet "leg" blev ikke nået: 1 kr. af 3 kr.' in outcome_lines(outcome, "da")
    assert 'The floor "leg" was not reached: 1 DKK of 3 DKK.' in outcome_lines(outcome, "en")
    reached = count(election, make_plan("greedy", election, {"constraints": [limit("at-least", "leg", "bc", 1)]}))
    assert not any("Gulvet" in line for line in outcome_lines(reached, "da"))


def test_who_is_within_the_pool_but_not_within_what_is_left_of_it_is_told_so() -> None:
    election = make_election(1000, [Proposal("a", 800), Proposal("b", 300), Proposal("c", 1100)], [["a", "b", "c"]])
    lines = outcome_lines(count(election, make_plan("greedy", election, {"pre_funded": "a"})), "en")
    assert next(line for line in lines if line.startswith("  b")).endswith(
        "more than is left after what is given first"
    )
    assert next(line for line in lines if line.startswith("  c")).endswith("costs more than the pool")


def test_a_list_of_outcomes_says_how_many_and_whether_there_may_be_more() -> None:
    election = make_election(100, [Proposal(i, 100) for i in "abc"], [["a", "b", "c"]])
    plan = make_plan("greedy", election, ties=["refuse"])
    assert reachable_lines(reachable(election, plan), "da")[0] == "3 mulige udfald i 6 optællinger:"
    assert reachable_lines(reachable(election, plan, bound=3), "da")[0] == "mindst 2 mulige udfald i 3 optællinger:"
    alone = make_election(100, [Proposal("a", 100)], [["a"]])
    found = reachable(alone, make_plan("greedy", alone))
    assert [reachable_lines(found, language)[0] for language in ("da", "en")] == [
        "1 muligt udfald i 1 optælling:",
        "1 possible outcome in 1 count:",
    ]


def test_a_tie_about_who_moves_up_comes_after_the_result(tmp_path: Path) -> None:
    path = tmp_path / "round.pb"
    rows = "a;600;\nb;300;\nc;300;\n"
    path.write_text(
        "META\nkey;value\nbudget;700\nvote_type;approval\nPROJECTS\nproject_id;cost;name\n" + rows
        + "VOTES\nvoter_id;vote\n1;a\n2;a,b,c\n",
        encoding="utf-8",
    )  # fmt: skip
    done = run("tally", str(path), "--withdraw", "a", "--set", "withdrawn=", "--ties", "refuse", "--lang", "da")
    assert done.returncode == 0, done.stderr  # both fit
    path.write_text(path.read_text(encoding="utf-8").replace("budget;700", "budget;600").replace("b;300", "b;400"))
    done = run("tally", str(path), "--withdraw", "a", "--ties", "refuse", "--lang", "da")
    assert done.returncode == 6
    assert "Får penge:" in done.stdout
    assert "TIE-003" in done.stderr
    assert "--all-ties" not in done.stderr
    assert run("tally", str(path), "--withdraw", "a", "--ties", "refuse", "--json").stdout.count("borgerbudget.") == 1


def problem_of(election: Election, name: str, **settings: Any) -> Any:
    with pytest.raises((InputRejected, UsageError)) as found:
        count(election, make_plan(name, election, settings))
    return found.value.problems[0]


def test_amounts_of_a_contradiction_are_written_as_people_write_money() -> None:
    election = make_election(12_000_050, [Proposal("a", 100)], [["a"]])
    found = problem_of(election, "greedy", constraints=[limit("pot", "P", "a", "120000.75")])
    assert "120.000,75 kr." in found.sentence.da
    assert "120.000,50 kr." in found.sentence.da
    assert "120,000.75 DKK" in found.sentence.en


def test_two_that_exclude_each_other_are_named_once_also_when_one_needs_the_other() -> None:
    tables = [limit("needs", "N", "ab"), limit("one-of", "O", "ab")]
    found = problem_of(round_for("greedy"), "greedy", constraints=tables)
    assert found.sentence.da.endswith("a, b gennemføres kun sammen, men udelukker hinanden")


@pytest.mark.parametrize(
    ("settings", "mend"),
    [
        ({"threshold_share": "x"}, "en andel"),
        ({"turnout": "x"}, "et antal stemmesedler"),
        ({"electorate": "0"}, "et helt tal over 0"),
        ({"threshold": "x"}, "et tal som 3"),
        ({"ties": "lot"}, "skriv --ties lot"),
        ({"cap": "0"}, "over 0"),
    ],
)
def test_every_setting_says_what_may_stand_there(settings: dict[str, Any], mend: str) -> None:
    assert mend in problem_of(round_for("greedy"), "greedy", **settings).mend.da


def test_members_by_category_in_a_profile_have_a_mend_that_works() -> None:
    table = {"kind": "earmark", "category": "x", "amount": 1}
    assert "proposals = [...]" in problem_of(round_for("greedy"), "greedy", constraints=[table]).mend.da
    election = make_election(1000, [Proposal("a", 100, category=("y",))], [["a"]])
    assert "som det står i filen" in problem_of(election, "greedy", constraints=[table]).mend.da


def test_a_hand_count_says_why_a_rule_cannot_count_it_and_which_can() -> None:
    election = make_hand_count(1000, [Proposal("a", 100)], {"a": 1}, 2)
    found = problem_of(election, "phragmen")
    assert (found.code, "kun summerne" in found.sentence.da) == ("PLN-042", True)
    known = found.mend.da.removeprefix("vælg en af: ").split(", ")
    assert "greedy" in known
    for name in known:
        assert "hand-count" in RULES[name].methods


def test_words_follow_the_number() -> None:
    text = Text("{count:stemmeseddel|stemmesedler}", "{count:ballot|ballots}")
    assert [text.say("da", count=number) for number in (0, 1, 2)] == [
        "0 stemmesedler",
        "1 stemmeseddel",
        "2 stemmesedler",
    ]
    assert Text("{a}", "{a}").fill(a=Text("ja", "yes")) == Text("ja", "yes")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('plan = "greedy"\ncolour = "red"', 'nøglen "colour" findes ikke -> nøglerne er: plan, ties, utility'),
        ('ties = ["lot"]', 'nøglen "plan" mangler'),
        ('plan = "greedy"\ncap = 0.5', '"cap" har en værdi, som ikke kan stå der'),
        (
            'plan = "greedy"\n[[constraint]]\nkind = "pot"\nx = 1',
            'nøglen "constraint.1.x" findes ikke -> nøglerne er: kind',
        ),
        ('plan = "greedy"\ncap =', "linje 2: planfilen kan ikke læses: her er den ikke TOML"),
    ],
)
def test_a_plan_file_with_faults_is_refused_in_the_language_that_was_asked_for(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputRejected) as found:
        read_plan_file(path)
    (problem,) = found.value.problems
    assert said in problem.say("da")
    assert problem.code == "PLN-011"


def test_a_plan_file_in_the_place_of_the_round_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, encoding="utf-8")
    done = run("tally", str(path))
    assert done.returncode == 3
    assert "FI-008" in done.stderr
