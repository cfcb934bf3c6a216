"""Ballots in order, which of them are equal, and who marks each proposal, by compiled code where somebody has compiled it; see
``marks.c``.

None everywhere else: then arrays do it, with the same answers.
"""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from borgerbudget.compiled import address, library_of

SOURCE = Path(__file__).with_name("marks.c")

Offsets = NDArray[np.int64]
Proposals = NDArray[np.int32]
Points = NDArray[np.int64]


def in_order(
    offsets: Offsets, proposals: Proposals, points: Points | None
) -> tuple[Proposals, Points | None, bool] | None:
    """The marks ballot by ballot in ascending order, of repeated ones the most points first (the same arrays if they are), and
    whether one is on a ballot twice."""
    library = _fit(offsets, proposals, points)
    if library is None:
        return None
    ballots = address(offsets), offsets.size - 1
    if library.marks_ascend(*ballots, address(proposals), proposals.size) == 1:
        return proposals, points, False
    proposals, points = proposals.copy(), None if points is None else points.copy()
    twice = library.marks_order(*ballots, address(proposals), address(points), proposals.size)
    return None if twice < 0 else (proposals, points, bool(twice))


def equal_ones(offsets: Offsets, proposals: Proposals, points: Points | None) -> tuple[Offsets, Offsets] | None:
    """For each ballot its group, and for each group its first ballot, in order of appearance."""
    library, ballots = _fit(offsets, proposals, points), offsets.size - 1
    if library is None:
        return None
    table = np.empty(1 << (ballots + ballots // 2).bit_length(), np.int32)
    group, first = np.empty(ballots, np.int64), np.empty(ballots, np.int64)
    groups = library.marks_equal(
        address(offsets), ballots, address(proposals), address(points), proposals.size, address(table), table.size,
        address(group), address(first),
    )  # fmt: skip
    return None if groups < 0 else (group, first[:groups].copy())


def by_proposal(
    offsets: Offsets, proposals: Proposals, points: Points | None, different: int, groups: Offsets
) -> tuple[Offsets, Points | None] | None:
    """The ballots that mark each of ``different`` proposals, one proposal after the other, written into ``groups`` (of 32 or 64
    bits, as many as there are marks), and with how many points."""
    library = _fit(offsets, proposals, points)
    if library is None:
        return None
    given, place = None if points is None else np.empty_like(points), np.empty(different + 1, np.int64)
    narrow, wide = (groups, None) if groups.dtype == np.int32 else (None, groups)
    done = library.marks_by_proposal(
        address(offsets), offsets.size - 1, address(proposals), address(points), proposals.size, different,
        address(place), address(narrow), address(wide), address(given),
    )  # fmt: skip
    return None if done < 0 else (groups, given)


def _fit(offsets: Offsets, proposals: Proposals, points: Points | None) -> ctypes.CDLL | None:
    """The library, for arrays as it takes them."""
    fit = offsets.dtype == np.int64 and proposals.dtype == np.int32 and offsets.size > 0
    fit = fit and offsets.flags.c_contiguous and proposals.flags.c_contiguous
    if points is not None:
        fit = fit and points.dtype == np.int64 and points.size == proposals.size and points.flags.c_contiguous
    return compiled() if fit else None


@cache
def compiled() -> ctypes.CDLL | None:
    """The library, if it was compiled from just this source."""
    path = library_of(SOURCE)
    return loaded(path) if path.exists() else None


def loaded(path: Path) -> ctypes.CDLL:
    library = ctypes.CDLL(str(path))
    pointer, whole = ctypes.c_void_p, ctypes.c_int64
    library.marks_ascend.argtypes = [pointer, whole, pointer, whole]
    library.marks_order.argtypes = [pointer, whole, pointer, pointer, whole]
    library.marks_equal.argtypes = [pointer, whole, pointer, pointer, whole, pointer, whole, pointer, pointer]
    library.marks_by_proposal.argtypes = [
        pointer, whole, pointer, pointer, whole, whole, pointer, pointer, pointer, pointer
    ]  # fmt: skip
    for function in (library.marks_ascend, library.marks_order, library.marks_equal, library.marks_by_proposal):
        function.restype = whole
    return library
