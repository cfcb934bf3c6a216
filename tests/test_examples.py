"""The shipped rounds: written by their script, accepted by the published checker, and showing what they are there to show."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from borgerbudget.files import read_round
from tallies import TieMatters, count, make_plan

NAMES = (
    "aaby-uafgjort-2026",
    "hedegaard-rang-2026",
    "kirkelund-kugler-2026",
    "lillevig-2026",
    "strandby-kurv-2026",
)
"""For the first book; the villages of the second stand in test_danish_examples."""


def funded(path: Path, plan: str) -> set[str]:
    election = read_round(path).election
    return {line.proposal for line in count(election, make_plan(plan, election)).funded}


def test_the_script_writes_the_same_bytes_again(examples: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, examples / "make_examples.py", tmp_path], check=True)
    assert {p.name: p.read_bytes() for p in tmp_path.glob("*.pb")} == {
        p.name: p.read_bytes() for p in examples.glob("*.pb")
    }
    assert {p.stem for p in tmp_path.glob("*.pb")} > set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_published_checker_finds_no_error(name: str, examples: Path) -> None:
    from pabulib.checker import Checker  # type: ignore[import-untyped]

    found = Checker().process_files([str(examples / f"{name}.pb")])[name]["results"]
    assert found["errors"] == {}
    expected = {"missing selected field in projects"} if name in ("lillevig-2026", "aaby-uafgjort-2026") else set()
    if name == "lillevig-2026":
        expected.add("single project exceeded whole budget")  # the withdrawn proposal, as it should
    assert set(found["warnings"]) == expected


def test_they_are_read_without_a_warning(examples: Path) -> None:
    for path in examples.glob("*.pb"):
        assert read_round(path).warnings == (), path.name


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("lillevig-2026", "approval"),
        ("kirkelund-kugler-2026", "points"),
        ("strandby-kurv-2026", "knapsack"),
        ("hedegaard-rang-2026", "ranked"),
        ("aaby-uafgjort-2026", "approval"),
    ],
)
def test_each_shows_a_ballot_method(name: str, method: str, examples: Path) -> None:
    assert read_round(examples / f"{name}.pb").election.method.name == method


def test_the_most_votes_give_all_of_lillevig_to_the_church_town_and_equal_shares_does_not(examples: Path) -> None:
    path = examples / "lillevig-2026.pb"
    assert funded(path, "greedy") == {"L01", "L02"}
    assert funded(path, "equal-shares/add1u") == {"L01", "L03", "L05", "L09"}


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("aaby")])
@pytest.mark.parametrize("plan", ["greedy", "greedy-stop", "equal-shares", "equal-shares/add1u"])
def test_no_round_but_aaby_needs_a_lot(name: str, plan: str, examples: Path) -> None:
    assert funded(examples / f"{name}.pb", plan)


@pytest.mark.parametrize("name", ["kirkelund-kugler-2026", "strandby-kurv-2026", "hedegaard-rang-2026"])
def test_the_selected_column_is_what_the_declared_rule_funds(name: str, examples: Path) -> None:
    text = (examples / f"{name}.pb").read_text(encoding="utf-8")
    head, *rows = text.partition("PROJECTS\n")[2].partition("VOTES\n")[0].splitlines()
    at = head.split(";").index("selected")
    selected = {row.split(";")[0] for row in rows if row.split(";")[at] == "1"}
    assert funded(examples / f"{name}.pb", "declared") == selected


def test_aaby_needs_a_lot_between_the_greenhouse_and_the_goals(examples: Path) -> None:
    election = read_round(examples / "aaby-uafgjort-2026.pb").election
    with pytest.raises(TieMatters) as refusal:
        count(election, make_plan("greedy", election))
    assert refusal.value.tied == ("drivhus", "fodboldmål")
