"""Ballots of one kind read as another: what is kept, and what is refused because it was never written."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borgerbudget import Limits, Proposal, make_election
from borgerbudget.ballots import METHODS
from borgerbudget.election import Election
from borgerbudget.errors import BorgerbudgetError, InputRejected, UsageError
from borgerbudget.files import read_round
from scenarios.asking import answered, source_of
from scenarios.conversions import CONVERSIONS, as_cast_on
from scenarios.specification import Specification
from tests.test_cells import pb

IDS = ("a", "b", "c")


def election(method: str, ballots: list[Any], limits: Limits = Limits()) -> Election:  # noqa: B008  (frozen)
    proposals = [Proposal(i, 4000) for i in IDS]
    return make_election(10_000, proposals, ballots, method, None, limits, round="r")


def written(of: Election) -> dict[str, int]:
    """Each distinct ballot as its line, with how many cast it."""
    marks, found = of.profile.marks, {}
    for group, weight in enumerate(of.profile.weights.tolist()):
        inside = slice(int(marks.offsets[group]), int(marks.offsets[group + 1]))
        points = None if marks.points is None else marks.points[inside].tolist()
        found[of.method.line([of.ids[p] for p in marks.proposals[inside]], points)] = weight
    return found


@pytest.mark.parametrize(
    ("cast", "read", "ballots", "expected"),
    [
        ("points", "approval", [{"a": 3, "c": 1}, {"c": 2, "a": 9}, {}], {"a,c": 2, "": 1}),
        ("ranked", "approval", [["c", "a"], ["a", "c"], ["b"]], {"a,c": 2, "b": 1}),
        ("scoring", "approval", [{"a": -1, "b": 2}, {"b": 1}], {"b": 2}),
        ("knapsack", "approval", [["a", "b"], ["b"]], {"a,b": 1, "b": 1}),
        ("points", "ranked", [{"a": 1, "b": 5, "c": 3}, {"b": 2}], {"b>c>a": 1, "b": 1}),
        ("scoring", "ranked", [{"a": 1, "b": 5, "c": -3}], {"b>a": 1}),
        ("scoring", "points", [{"a": 1, "b": 5}, {"c": 2}], {"a:1,b:5": 1, "c:2": 1}),
        ("approval", "knapsack", [["a", "b"], []], {"a,b": 1, "": 1}),
    ],
)
def test_what_was_written_is_read(cast: str, read: str, ballots: list[Any], expected: dict[str, int]) -> None:
    assert written(as_cast_on(election(cast, ballots), read)) == expected


@pytest.mark.parametrize(
    ("cast", "read", "ballots", "people"),
    [
        ("points", "ranked", [{"a": 1, "b": 1}, {"a": 1, "b": 1}, {"a": 2, "b": 1}], 2),
        ("scoring", "points", [{"a": -1}, {"b": 2}], 1),
        ("approval", "knapsack", [["a", "b", "c"], ["a"]], 1),
    ],
)
def test_what_was_not_written_is_not_guessed(cast: str, read: str, ballots: list[Any], people: int) -> None:
    with pytest.raises(InputRejected) as refused:
        as_cast_on(election(cast, ballots), read)
    assert f"{people} ballot" in refused.value.problems[0].sentence.en


@pytest.mark.parametrize(("cast", "read"), [pair for pair in product(METHODS, METHODS) if pair[0] != pair[1]])
def test_a_way_that_is_not_defined_is_refused_and_names_those_that_are(cast: str, read: str) -> None:
    if "hand-count" in (cast, read) or (cast, read) in CONVERSIONS:
        return
    with pytest.raises(UsageError, match="SCN-014"):
        as_cast_on(election(cast, []), read)


def test_grades_of_what_is_not_listed_cannot_be_read_otherwise() -> None:
    with pytest.raises(InputRejected, match="SCN-020"):
        as_cast_on(election("scoring", [{"a": 2}], Limits(default_score=1)), "approval")


@given(st.lists(st.dictionaries(st.sampled_from(IDS), st.integers(1, 4)), min_size=1, max_size=6))
def test_an_order_of_points_is_an_order_and_its_set_is_the_set_of_the_points(ballots: list[dict[str, int]]) -> None:
    cast = election("points", ballots)
    try:
        ranked = as_cast_on(cast, "ranked")
    except BorgerbudgetError:
        assert any(len(set(ballot.values())) < len(ballot) for ballot in ballots)
        return
    assert ranked.profile.voters == cast.profile.voters
    assert written(as_cast_on(ranked, "approval")) == written(as_cast_on(cast, "approval"))


def test_the_worst_off_areas_and_ages_are_told_where_the_file_says_them(tmp_path: Path) -> None:
    rows = [f"n{i};a;25;Nord" for i in range(60)] + [f"s{i};{'a' if i < 5 else 'b'};61;Syd" for i in range(25)]
    path = tmp_path / "two.pb"
    path.write_bytes(
        pb(rows).replace(b"budget;1000", b"budget;700").replace(b"area_population;Nord:900,Syd:100\n", b"")
    )
    assert read_round(path).election.profile.voters == 85
    spec = Specification(question="compare", source=str(path), plans=["greedy"], effective_support=True)
    answer, _ = answered(spec, source_of(spec, Path(), None))
    words = [sentence.en for sentence in answer.words]
    assert "greedy: in Syd 80% of the voters get nothing that they marked; no area is worse off." in words
    assert "greedy: of those aged 60-74 80% get nothing that they marked; no age group is worse off." in words
    rows_of = [dict(zip((c.name for c in answer.table.columns), row, strict=True)) for row in answer.table.rows]
    assert [row["value"] for row in rows_of if row["measure"] == "worst_off_area"] == [0.8]
    support = {row["proposal"]: row["value"] for row in rows_of if row["measure"] == "effective_support"}
    assert support == {"a": 1.0, "b": 0.0}
