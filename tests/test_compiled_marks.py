"""Compiled code puts ballots in order and finds equal ones as the arrays do, or leaves it to them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from borgerbudget import compiled_marks
from borgerbudget.ballots.method import SHORT, Marks, first_of_each
from borgerbudget.compiled import compile_part
from borgerbudget.compiled_marks import SOURCE, by_proposal, equal_ones, in_order
from borgerbudget.profile import _equal_ones

COMPILER = shutil.which(os.environ.get("CC", "cc"))
Ballots = list[list[int]]
BALLOTS = st.lists(
    st.lists(st.integers(0, 6), max_size=6) | st.lists(st.integers(0, 2**31 - 1), max_size=40), max_size=20
)


@pytest.fixture(scope="module", autouse=True)
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    if COMPILER is None:
        pytest.skip("there is no C compiler on this machine")
    path = tmp_path_factory.mktemp("marks") / "marks.so"
    compile_part(COMPILER, SOURCE, path, compiled_marks.loaded)
    with pytest.MonkeyPatch.context() as patch:
        loaded = compiled_marks.loaded(path)
        patch.setattr(compiled_marks, "compiled", lambda: loaded)
        yield


def marks(ballots: Ballots) -> Marks:
    ends = np.cumsum([0, *map(len, ballots)], dtype=np.int64)
    return Marks(ends, np.array([mark for ballot in ballots for mark in ballot], np.int32))


def listed(found: Marks) -> Ballots:
    return [
        found.proposals[start:end].tolist() for start, end in zip(found.offsets[:-1], found.offsets[1:], strict=True)
    ]


@given(BALLOTS)
def test_ballots_are_put_in_order_and_nothing_that_was_given_is_changed(ballots: Ballots) -> None:
    given_marks = marks(ballots)
    before = given_marks.proposals.copy()
    assert listed(first_of_each(given_marks)) == [sorted(set(ballot)) for ballot in ballots]
    assert (given_marks.proposals == before).all()
    found = in_order(given_marks.offsets, given_marks.proposals, None)
    if all(len(ballot) <= SHORT for ballot in ballots):
        assert found is not None
        assert found[2] is any(len(set(ballot)) < len(ballot) for ballot in ballots)


@given(BALLOTS)
def test_equal_ballots_are_found_in_order_of_appearance(ballots: Ballots) -> None:
    of = marks(ballots)
    found = equal_ones(of.offsets, of.proposals, None)
    assert found is not None
    numbers: dict[tuple[int, ...], int] = {}
    groups = [numbers.setdefault(tuple(ballot), len(numbers)) for ballot in ballots]
    assert found[0].tolist() == groups
    assert found[1].tolist() == [groups.index(group) for group in range(len(numbers))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled_marks, "compiled", lambda: None)
        assert [part.tolist() for part in _equal_ones(of)] == [part.tolist() for part in found], "by arrays the same"


POINTED = st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(-2, 3)), max_size=7), max_size=15)


@given(POINTED)
def test_points_go_with_their_marks_and_of_repeated_marks_the_most_stay(ballots: list[list[tuple[int, int]]]) -> None:
    of = marks([[mark for mark, _ in ballot] for ballot in ballots])
    of = replace(of, points=np.array([given for ballot in ballots for _, given in ballot], np.int64))
    with pytest.MonkeyPatch.context() as patch:
        found = first_of_each(of), _equal_ones(of), _equal_ones(first_of_each(of))
        assert in_order(of.offsets, of.proposals, of.points) is not None
        patch.setattr(compiled_marks, "compiled", lambda: None)
        by_arrays = first_of_each(of), _equal_ones(of), _equal_ones(first_of_each(of))
    ours, theirs = found[0], by_arrays[0]
    assert listed(ours) == listed(theirs) == [sorted({mark for mark, _ in ballot}) for ballot in ballots]
    assert ours.points is not None
    assert theirs.points is not None
    assert ours.points.tolist() == theirs.points.tolist()
    for one, other in zip(found[1:], by_arrays[1:], strict=True):
        assert [part.tolist() for part in one] == [part.tolist() for part in other]


@pytest.mark.parametrize("offsets", [[0, 5], [0, 2, 1, 3], [-1, 2], [1, 2**62], [0, 3, 4]])
def test_offsets_that_lead_out_of_the_marks_are_refused(offsets: list[int]) -> None:
    proposals = np.array([3, 2, 1], np.int32)
    assert in_order(np.array(offsets, np.int64), proposals, None) is None
    assert equal_ones(np.array(offsets, np.int64), proposals, None) is None
    assert proposals.tolist() == [3, 2, 1]


def test_arrays_of_another_shape_are_left_to_the_arrays() -> None:
    of = marks([[2, 1], [1, 2]])
    assert in_order(of.offsets.astype(np.int32), of.proposals, None) is None  # type: ignore[arg-type]
    assert equal_ones(of.offsets, of.proposals.astype(np.int64), None) is None  # type: ignore[arg-type]
    assert equal_ones(of.offsets, np.repeat(of.proposals, 2)[::2], None) is None
    assert in_order(of.offsets, of.proposals, np.ones(3, np.int64)) is None, "points for other marks"


def test_hashes_that_were_made_to_meet_cost_no_more_than_the_arrays() -> None:
    """One-mark ballots whose hashes end alike, found by turning the hash around, would be compared each with each."""
    count, odd = 20_000, 0x9E3779B97F4A7C15
    every = np.arange(2**31 // 64, dtype=np.uint64) * np.uint64(64)
    mixed = (every ^ np.uint64(2)) * np.uint64(odd)
    ends = (mixed ^ (mixed >> np.uint64(32))) & np.uint64(2**15 - 1)
    alike = every[ends < 2][:count].astype(np.int32)
    of = Marks(np.arange(alike.size + 1, dtype=np.int64), alike)
    assert alike.size > 1500
    assert equal_ones(of.offsets, of.proposals, None) is None
    assert _equal_ones(of)[1].size == alike.size


@given(
    st.lists(st.sets(st.integers(0, 6)).map(sorted), max_size=20), st.booleans(), st.sampled_from([np.int32, np.int64])
)
def test_who_marks_each_proposal_is_told_one_proposal_after_the_other(
    ballots: Ballots, with_points: bool, kind: type[np.int32] | type[np.int64]
) -> None:
    given_marks = marks(ballots)
    count = given_marks.proposals.size
    points = np.arange(100, 100 + count) if with_points else None
    found = by_proposal(given_marks.offsets, given_marks.proposals, points, 7, np.empty(count, kind))
    assert found is not None
    cast = [(mark, number) for number, ballot in enumerate(ballots) for mark in ballot]
    order = sorted(range(count), key=lambda place: cast[place])
    assert found[0].tolist() == [cast[place][1] for place in order]
    assert found[0].dtype == kind
    assert (None if found[1] is None else found[1].tolist()) == (
        [100 + place for place in order] if with_points else None
    )


@pytest.mark.parametrize(
    ("offsets", "proposals"), [([0, 2, 1], [0, 1]), ([0, 1, 3], [0, 1]), ([-1, 1], [0]), ([0, 1], [7]), ([0, 1], [-1])]
)
def test_marks_that_cannot_be_are_left_to_the_arrays(offsets: list[int], proposals: list[int]) -> None:
    marked = np.array(proposals, np.int32)
    assert by_proposal(np.array(offsets), marked, None, 7, np.empty(marked.size, np.int32)) is None
