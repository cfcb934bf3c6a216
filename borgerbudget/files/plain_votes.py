"""Votes at array speed, for tables in which nothing is out of the ordinary.

Plain means: no quotation marks, every row with as many cells as the header, every entry exactly one of the ids, no
blank vote, ids of at most eight bytes, voters of sixteen, every voter named once.  Whatever is not plain is read cell by cell
(``pabulib_ballots``), which also says what is wrong.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots.method import Ints
from borgerbudget.files.entries import WORD, number_of, words_at
from borgerbudget.files.numbers import parse_whole
from borgerbudget.files.table import Table

BLOCK = 1 << 19
"""Bytes taken at a time."""
SPACE = 32
"""Characters up to this one are white space or control characters."""


def read_plain_votes(
    table: Table, ids: Sequence[str], with_points: bool
) -> tuple[Ints, NDArray[np.int32], Ints | None] | None:
    """How many proposals each ballot names, which, and with how many points; None when the table is not plain."""
    text = table.text[table.start : table.end]
    if not text or '"' in text or "\0" in text or len(table.delimiter.encode()) != 1 or table.delimiter == ",":
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            return None
    data = text.encode()
    if not data.endswith(b"\n"):
        data += b"\n"
    if len(table.columns) < 2:
        return None
    voters: list[NDArray[np.uint64]] = []
    sizes: list[Ints] = []
    proposals: list[NDArray[np.int32]] = []
    points: list[Ints] = []
    start = 0
    while start < len(data):  # blocks that stay in the processor's cache
        end = data.rfind(b"\n", start, start + BLOCK) + 1 or data.find(b"\n", start) + 1
        found = _block(data[start:end], table, ids, with_points)
        if found is None:
            return None
        voters.append(found[0])
        sizes.append(found[1])
        proposals.append(found[2])
        points.append(found[3])
        start = end
    if not _each_once(np.concatenate(voters), table.titles):
        return None
    return np.concatenate(sizes), np.concatenate(proposals), np.concatenate(points) if with_points else None


def _block(
    data: bytes, table: Table, ids: Sequence[str], with_points: bool
) -> tuple[NDArray[np.uint64], Ints, NDArray[np.int32], Ints] | None:
    """Voters as words, how many proposals each ballot names, which, and the points, of some whole lines."""
    characters = np.frombuffer(data, np.uint8)
    line_ends = np.flatnonzero(characters == ord("\n"))
    line_starts = np.concatenate(([0], line_ends[:-1] + 1))
    width = len(table.columns)
    cuts = np.flatnonzero(characters == ord(table.delimiter))
    if cuts.size != line_ends.size * (width - 1) or int((line_ends - line_starts).max()) > csv.field_size_limit():
        return None
    rows = cuts.reshape(-1, width - 1)
    if (rows[:, 0] < line_starts).any() or (rows[:, -1] > line_ends).any():
        return None  # some row has too few cells and another too many

    def cell(column: int) -> tuple[Ints, Ints]:
        starts = line_starts if column == 0 else rows[:, column - 1] + 1
        return starts, line_ends if column == width - 1 else rows[:, column]

    starts, ends = cell(table.column("voter_id"))
    voters = _names(data, starts, ends - starts)
    edges = np.stack((characters[starts], characters[ends - 1]))
    if voters is None or (edges <= SPACE).any() or (edges >= 128).any():  # perhaps a space of another alphabet
        return None
    commas = np.flatnonzero(characters == ord(","))
    sizes, words = _entries(data, commas, *cell(table.column("vote")))
    proposals = None if words is None else number_of(words, ids)
    if proposals is None:
        return None
    points = np.zeros(0, np.int64)
    if with_points:
        lengths, words = _entries(data, commas, *cell(table.column("points")))
        if words is None or (lengths != sizes).any():
            return None
        distinct, inverse = np.unique(words, return_inverse=True)
        try:
            texts = [int(word).to_bytes(WORD, "little").rstrip(b"\0").decode() for word in distinct.tolist()]
            points = np.array([parse_whole(text) for text in texts], np.int64)[inverse.reshape(-1)]
        except ValueError:
            return None
    return voters, sizes, proposals, points


def _entries(data: bytes, commas: Ints, starts: Ints, ends: Ints) -> tuple[Ints, NDArray[np.uint64] | None]:
    """How many entries each cell has, and all entries as words (None when one is not a word)."""
    first, last = np.searchsorted(commas, starts), np.searchsorted(commas, ends)
    if int((last - first).sum()) != commas.size:  # other columns hold commas, too
        within = np.zeros(commas.size + 1, np.int64)
        np.add.at(within, first, 1)
        np.add.at(within, last, -1)
        commas = commas[np.cumsum(within[:-1]) > 0]
    sizes = last - first + 1
    begin = np.cumsum(sizes) - sizes
    entry_starts = np.insert(commas + 1, begin - np.arange(begin.size), starts)
    entry_ends = np.insert(commas, begin + sizes - 1 - np.arange(begin.size), ends)
    return sizes, words_at(data, entry_starts, entry_ends - entry_starts)


def _names(data: bytes, starts: Ints, lengths: Ints) -> NDArray[np.uint64] | None:
    """Names of up to sixteen bytes as two words each."""
    heads = words_at(data, starts, np.minimum(lengths, WORD))
    if heads is None or lengths.max() > 2 * WORD:
        return None
    names = np.zeros((starts.size, 2), np.uint64)
    names[:, 0] = heads
    long = np.flatnonzero(lengths > WORD)
    if long.size:
        tails = words_at(data, starts[long] + WORD, lengths[long] - WORD)
        assert tails is not None
        names[long, 1] = tails
    return names


def _each_once(voters: NDArray[np.uint64], titles: frozenset[str]) -> bool:
    """Whether every voter is named once, and none like a section's title."""
    if voters[:, 1].any():
        by_name = np.lexsort((voters[:, 1], voters[:, 0]))
        if (voters[by_name[1:]] == voters[by_name[:-1]]).all(axis=1).any():
            return False
        ordered = np.sort(voters[voters[:, 1] == 0, 0])
        if not ordered.size:
            return True
    else:
        ordered = np.sort(voters[:, 0])
    named = [int.from_bytes(form.encode(), "little") for t in titles for form in (t, t.lower(), t.capitalize())]
    titled = np.array(named, np.uint64)
    at = np.minimum(np.searchsorted(ordered, titled), ordered.size - 1)
    return bool((ordered[1:] != ordered[:-1]).all()) and not (ordered[at] == titled).any()
