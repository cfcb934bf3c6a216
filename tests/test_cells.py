"""Cells of voters: who belongs to which, and that small cells are left alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from borgerbudget import Proposal, make_election
from borgerbudget.files import read_pabulib
from borgerbudget.files.pabulib_document import read_document
from scenarios.cells import age_group, cells_of, home_cells
from scenarios.electorates.ballots import Sheet, filled_in
from scenarios.electorates.models import simulated
from scenarios.electorates.opinions import Setting
from scenarios.measures import MEASURES, Result

HEAD = """META
key;value
budget;1000
vote_type;approval
rule;greedy
num_votes;{n}
area_population;Nord:900,Syd:100
PROJECTS
project_id;cost
a;700
b;300
VOTES
"""


def pb(rows: list[str], columns: str = "voter_id;vote;age;neighborhood") -> bytes:
    return (HEAD.format(n=len(rows)) + columns + "\n" + "\n".join(rows) + "\n").encode()


def test_areas_and_ages_of_a_file_are_cells_in_which_everybody_counts_alike() -> None:
    rows = [f"n{i};a;{20 + i % 5};Nord" for i in range(30)] + [f"s{i};b;61;Syd" for i in range(25)]
    rows += [f"f{i};b;17;Vest" for i in range(19)]  # too few of both
    data = pb(rows).replace(b",Syd:100", b",Syd:100,Vest:10")
    cells = cells_of(read_document(data, "x"), "x")
    assert [(cell.kind, cell.name, cell.profile.voters) for cell in cells] == [
        ("area", "Nord", 30),
        ("area", "Syd", 25),
        ("age", "18-29", 30),
        ("age", "60-74", 25),
    ]
    election = read_pabulib(data, "x").election
    result = Result(election, {0: 70000}, cells)
    assert MEASURES["worst_off_area"].of(result) == 1.0
    assert MEASURES["worst_off_age"].of(result) == 1.0


@pytest.mark.parametrize(
    ("age", "group"),
    [
        ("0", "0-17"), ("17", "0-17"), ("18", "18-29"), ("29", "18-29"), ("30", "30-44"), ("74", "60-74"), ("75", "75+"),
        ("104", "75+"), ("", None), ("30-39", None), ("-3", None), ("4000", None), ("x", None), ("٣٠", None), (None, None),
    ],
)  # fmt: skip
def test_ages_fall_into_groups_and_what_is_no_age_into_none(age: str | None, group: str | None) -> None:
    assert age_group(age) == group


def test_the_area_of_a_ballot_is_its_neighbourhood_or_else_its_district() -> None:
    rows = [f"{i};a;{'Nord' if i % 2 else ''};Syd" for i in range(50)]
    cells = cells_of(read_document(pb(rows, "voter_id;vote;neighborhood;district"), "x"), "x")
    assert [(cell.name, cell.profile.voters) for cell in cells] == [("Nord", 25), ("Syd", 25)]


def test_a_file_without_such_columns_has_no_cells() -> None:
    assert cells_of(read_document(pb(["1;a", "2;b"] * 30, "voter_id;vote"), "x"), "x") == ()


def test_simulated_voters_are_cells_of_their_homes() -> None:
    election = make_election(100, [Proposal("a", 60), Proposal("b", 50)], [])
    setting = Setting((30, 5, 40), (0, 2))
    opinions = simulated("euclidean", {}, 2).opinions(setting, np.random.default_rng(1))
    marks = filled_in("approval", opinions, Sheet(np.array([60, 50]), 100, election.limits))
    cells = home_cells(election, marks, opinions.home, ["x", "y", "z"])
    assert [(cell.name, cell.profile.voters) for cell in cells] == [("x", 30), ("z", 40)]


@pytest.mark.corpus
def test_the_ages_of_a_real_round_are_those_of_its_rows(shared: Path) -> None:
    name = "Poland_Katowice_2023_Srodmiescie.pb"
    document = read_document((shared / "pabulib" / name).read_bytes(), name)
    column = document.votes.columns.index("age")
    ages = Counter(age_group(row[column]) for row in document.votes.rows)
    cells = {cell.name: cell.profile.voters for cell in cells_of(document, name) if cell.kind == "age"}
    assert cells
    assert all(cells[group] == ages[group] for group in cells)
    assert all(number < 20 for group, number in ages.items() if group not in cells and group is not None)
