"""The plain votes of a block in one pass of compiled code, where somebody has compiled it; see ``votes.c``.

It takes most blocks of most files.  What it refuses is read as if it were not there, so that every profile and every message
is the same with it and without it.
"""

from __future__ import annotations

import csv
import ctypes
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots.method import Ints
from borgerbudget.compiled import address, library_of
from borgerbudget.files.names import LONGEST, MIXED, Names, Words
from borgerbudget.files.table import Table

SOURCE = Path(__file__).with_name("votes.c")


class _Shape(ctypes.Structure):
    """``shape`` of votes.c."""

    _fields_ = (
        *((name, ctypes.c_int64) for name in ("delimiter", "width", "voter", "vote", "points", "line", "ids", "words")),
        *((name, ctypes.c_void_p) for name in ("known", "table")),
        ("slots", ctypes.c_int64),
        *((name, ctypes.c_uint64) for name in ("odd", "shift")),
        ("mixed", ctypes.c_void_p),
    )


class _Votes(ctypes.Structure):
    """``votes`` of votes.c."""

    _fields_ = (
        *((name, ctypes.c_int64) for name in ("rows_room", "marks_room")),
        *((name, ctypes.c_void_p) for name in ("sizes", "voters", "proposals", "numbers")),
        *(
            (name, ctypes.c_int64)
            for name in ("rows", "marks", "pointed", "first", "first_length", "last", "last_length")
        ),
        ("ascending", ctypes.c_int64),
    )


class Found(NamedTuple):
    """The votes of a block, valid until the next: how many proposals each row names, which, and the points; of the voters'
    names the keys, the first and the last, and whether each comes after the one before it."""

    marks: tuple[NDArray[np.int32], NDArray[np.int32], Ints]
    voters: tuple[Words, bytes, bytes, bool]


class Quick:
    """Reads blocks of one table."""

    def __init__(self, library: ctypes.CDLL, table: Table, names: Names, with_points: bool) -> None:
        assert names.table is not None
        slots, odd, shift = names.table
        known = np.ascontiguousarray(names.words)
        self._library, self._with_points, self._held = library, with_points, (slots, known)
        self._shape = _Shape(
            ord(table.delimiter), len(table.columns), table.column("voter_id"), table.column("vote"),
            table.column("points") if with_points else -1, csv.field_size_limit(), known.shape[1], known.shape[0],
            address(known), address(slots), slots.size, int(odd), int(shift), address(MIXED),
        )  # fmt: skip
        self._room(0)

    def _room(self, size: int) -> None:
        """Room for blocks of ``size`` bytes: a row has two bytes at least, and a mark too."""
        self._size, count = size, size // 2 + 1
        self._sizes, self._voters = np.empty(count, np.int32), np.empty(count, np.uint64)
        self._proposals = np.empty(count, np.int32)
        self._points = np.empty(count if self._with_points else 0, np.int64)
        places = [address(part) for part in (self._sizes, self._voters, self._proposals, self._points)]
        self._votes = _Votes(count, count, *places)

    def block(self, block: bytes) -> Found | None:
        """The votes of whole lines, behind which there are ``LONGEST`` bytes; None where they are not plain enough."""
        size, found = len(block) - LONGEST, self._votes
        if size > self._size:
            self._room(size)
            found = self._votes
        if not self._library.votes_in(ctypes.byref(self._shape), block, size, LONGEST, ctypes.byref(found)):
            return None
        first, last = (
            block[at : at + length]
            for at, length in ((found.first, found.first_length), (found.last, found.last_length))
        )
        marks = self._sizes[: found.rows], self._proposals[: found.marks], self._points[: found.pointed]
        return Found(marks, (self._voters[: found.rows], first, last, bool(found.ascending)))


def quick(table: Table, names: Names, with_points: bool) -> Quick | None:
    """None where nothing is compiled, or the ids cannot be looked up."""
    library = compiled()
    return None if library is None or names.table is None else Quick(library, table, names, with_points)


@cache
def compiled() -> ctypes.CDLL | None:
    """The library, if it was compiled from just this source."""
    path = library_of(SOURCE)
    return loaded(path) if path.exists() else None


def loaded(path: Path) -> ctypes.CDLL:
    library = ctypes.CDLL(str(path))
    whole = ctypes.c_int64
    library.votes_in.argtypes = [ctypes.POINTER(_Shape), ctypes.c_char_p, whole, whole, ctypes.POINTER(_Votes)]
    library.votes_in.restype = ctypes.c_int
    return library
