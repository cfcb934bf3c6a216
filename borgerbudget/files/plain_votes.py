"""Votes at array speed, for tables in which nothing is out of the ordinary.

Plain means: no quotation marks, every row with as many cells as the header, every vote empty or entries that are each exactly
one of the ids, every voter named once, names of at most ``LONGEST`` bytes.  Whatever is not plain is read cell by cell
(``pabulib_ballots``), which also says what is wrong.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots.method import Ints, Marks
from borgerbudget.files.compiled_votes import quick
from borgerbudget.files.findings import Findings
from borgerbudget.files.lines import Lines
from borgerbudget.files.names import LONGEST, WORD, Names, Words, keys, words_at
from borgerbudget.files.numbers import parse_whole
from borgerbudget.files.table import Table
from borgerbudget.files.votes import Votes

KEPT = 1 << 22
"""Bytes of which no array made for a block needs more."""
SPACE = 32
"""Characters up to this one are white space or control characters."""
_Found = tuple[Ints | NDArray[np.int32], NDArray[np.int32], Ints]
_CAPITALS = np.uint64(0xDFDFDFDFDFDFDFDF)
"""Takes a word's letters a to z to A to Z, and keeps those."""


def read_plain_votes(
    lines: Lines, table: Table, ids: Sequence[str], with_points: bool, findings: Findings
) -> Votes | None:
    """The ballots in the lines, one for each row; None when they are not plain.  ``table`` has the header and no rows."""
    if len(table.delimiter.encode()) != 1 or table.delimiter == "," or len(table.columns) < 2:
        return None
    np.empty(KEPT, np.uint8)  # given back at once: from now on the C library keeps so much freed memory at hand
    names = Names(ids)
    voters, compiled = _Voters(table.titles), quick(table, names, with_points)
    sizes, proposals, points = _Growing(np.int32), _Growing(np.int32), _Growing(np.int64)
    for block in lines.blocks(LONGEST):
        parts = lines.left / len(block)
        at_once = None if compiled is None else compiled.block(block)
        found: _Found | None
        if at_once is None:
            found = _block(block, parts, table, names, voters, with_points)
        else:
            found = at_once.marks if voters.take(*at_once.voters, parts) else None
        if found is None:
            return None
        sizes.add(found[0], parts)
        proposals.add(found[1], parts)
        points.add(found[2], parts)
    if not voters.each_once():
        return None
    lengths = sizes.whole()
    offsets = np.zeros(lengths.size + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    votes = Votes(Marks(offsets, proposals.whole(), points.whole() if with_points else None), None, table)
    votes.tell_blank(findings)
    return votes


def _block(block: bytes, parts: float, table: Table, names: Names, voters: _Voters, with_points: bool) -> _Found | None:
    """How many proposals each ballot names, which, and the points, of some whole lines."""
    characters = np.frombuffer(block, np.uint8)[:-LONGEST]
    if b'"' in block or b"\0" in block or not (block.isascii() or _is_utf8(characters)):
        return None
    cut = characters == ord(table.delimiter)
    cut |= characters == ord(",")
    cut |= characters == ord("\n")
    cuts = np.flatnonzero(cut)
    kinds = characters[cuts]
    is_comma = kinds == ord(",")
    ends, width = np.flatnonzero(~is_comma), len(table.columns)
    if ends.size % width:
        return None
    cells = ends.reshape(-1, width)
    stops = cuts[cells[:, -1]]
    is_end = kinds == ord("\n")
    if not is_end[cells[:, -1]].all() or np.count_nonzero(is_end) != stops.size:
        return None  # some row has too few cells and another too many
    line_starts = np.concatenate(([0], stops[:-1] + 1))
    if int((stops - line_starts).max()) > csv.field_size_limit():
        return None
    ended_by_two = b"\r" in block
    if ended_by_two:
        returns = np.flatnonzero(characters == ord("\r"))
        if returns.size != stops.size or (returns != stops - 1).any():
            return None

    def entries(column: int) -> tuple[Ints, Ints, Ints]:
        """Of all cells in a column: how many entries each has, where the entries start, and how long they are."""
        before = cells[:, column - 1] if column else np.concatenate(([-1], cells[:-1, -1]))
        sizes = cells[:, column] - before
        if int(sizes.max()) == 1:
            starts = cuts[before] + 1 if column else line_starts
            lengths = cuts[cells[:, column]] - starts
        elif column and np.count_nonzero(is_comma) == int(sizes.sum()) - sizes.size:  # no commas in other columns
            begins, is_last = is_comma.copy(), is_comma.copy()
            begins[before] = True
            is_last[cells[:, column]] = True
            starts = cuts[begins] + 1
            lengths = cuts[is_last] - starts
        else:
            at = _runs(before + 1, sizes)
            starts = np.where(at > 0, cuts[at - 1], -1) + 1
            lengths = cuts[at] - starts
        if ended_by_two and column == width - 1:
            lengths[np.cumsum(sizes) - 1] -= 1
        return sizes, starts, lengths

    if not voters.add(block, parts, characters, *entries(table.column("voter_id"))):
        return None
    sizes, starts, lengths = _without_blank(*entries(table.column("vote")))
    proposals = names.numbers(block, starts, lengths)
    if proposals is None:
        return None
    points = np.zeros(0, np.int64)
    if with_points:
        counts, starts, lengths = _without_blank(*entries(table.column("points")))
        found = _numbers(block, starts, lengths)
        if found is None or (counts != sizes).any():
            return None
        points = found
    return sizes, proposals, points


def _is_utf8(characters: NDArray[np.uint8]) -> bool:
    """Whether whole lines are UTF-8: each run of bytes that are not ASCII is looked at with the character behind it."""
    kept = characters >= 128
    kept[1:] |= kept[:-1].copy()
    try:
        characters[kept].tobytes().decode()
    except UnicodeDecodeError:
        return False
    return True


def _runs(starts: Ints, sizes: Ints) -> Ints:
    """start, start + 1, ... for each of the starts, so many as its size says; sizes are not 0."""
    ends = np.cumsum(sizes)
    found: Ints = np.arange(int(ends[-1]), dtype=np.int64)
    found += np.repeat(starts - (ends - sizes), sizes)
    return found


def _without_blank(sizes: Ints, starts: Ints, lengths: Ints) -> tuple[Ints, Ints, Ints]:
    """Without the only entry of cells in which nothing stands."""
    if lengths.all():
        return sizes, starts, lengths
    first = np.cumsum(sizes) - sizes
    blank = first[(sizes == 1) & (lengths[first] == 0)]
    sizes = sizes.copy()
    sizes[np.searchsorted(first, blank)] = 0
    return sizes, np.delete(starts, blank), np.delete(lengths, blank)


def _numbers(block: bytes, starts: Ints, lengths: Ints) -> Ints | None:
    """The entries as whole numbers; None when one is not, or is longer than a word."""
    if not lengths.size:
        return np.zeros(0, np.int64)
    if int(lengths.max()) > WORD or not lengths.all():
        return None
    words = words_at(block, starts, lengths)
    assert words is not None
    digits = words[0] - np.uint64(ord("0"))
    if int(digits.max()) <= 9:
        return digits.astype(np.int64)
    distinct, inverse = np.unique(words[0], return_inverse=True)
    try:
        texts = [int(word).to_bytes(WORD, "little").rstrip(b"\0").decode() for word in distinct.tolist()]
        numbers: Ints = np.array([parse_whole(text) for text in texts], np.int64)[inverse.reshape(-1)]
    except ValueError:
        return None
    return numbers


class _Growing:
    """An array that grows at its end.

    It is made once for as much as the file will probably hold: memory that is not used is not taken.
    """

    def __init__(self, dtype: Any) -> None:
        self._array: NDArray[Any] = np.empty(0, dtype)
        self._size = 0

    def add(self, part: NDArray[Any], parts: float) -> None:
        """``parts``: with this one as a measure, so many are yet to come."""
        size = self._size + part.size
        if size > self._array.size:
            wider = np.empty(int((size + part.size * parts) * 1.03), self._array.dtype)
            wider[: self._size] = self._array[: self._size]
            self._array = wider
        self._array[self._size : size] = part
        self._size = size

    def whole(self) -> NDArray[Any]:
        """All that was added."""
        return self._array[: self._size]


class _Voters:
    """The voters' names, which must all be different.

    Most files have them in ascending order, shorter ones first: then no two of them need be compared.
    """

    def __init__(self, titles: frozenset[str]) -> None:
        self._titles = np.array([int.from_bytes(title.encode(), "little") for title in titles], np.uint64)
        self._keys = _Growing(np.uint64)
        self._last = b""
        self._ascending = True

    def add(
        self, block: bytes, parts: float, characters: NDArray[np.uint8], sizes: Ints, starts: Ints, lengths: Ints
    ) -> bool:
        """False when one is unnamed, named like a section's title, with a comma, or with what may be space at either end."""
        if sizes.size != starts.size or not lengths.all():
            return False
        for edge in (characters[starts], characters[starts + lengths - 1]):
            if int(edge.min()) <= SPACE or int(edge.max()) >= 128:  # perhaps a space of another alphabet
                return False
        words = words_at(block, starts, lengths)
        if words is None:
            return False
        first, last = (block[starts[i] : starts[i] + lengths[i]] for i in (0, -1))
        return self.take(keys(words), first, last, _ascend(words, lengths), parts)

    def take(self, key: Words, first: bytes, last: bytes, ascending: bool, parts: float) -> bool:
        """The same of voters whose names have these keys; ``ascending``: each comes after the one before it."""
        capital = key & _CAPITALS
        if any((capital == title).any() for title in self._titles):
            return False
        self._keys.add(key, parts)
        self._ascending &= ascending and (len(self._last), self._last) < (len(first), first)
        self._last = last
        return True

    def each_once(self) -> bool:
        """Whether every voter is named once; may say no where long names are only alike."""
        if self._ascending:
            return True
        found = self._keys.whole()
        found.sort()
        return not (found[1:] == found[:-1]).any()


def _ascend(words: Sequence[Words], lengths: Ints) -> bool:
    """Whether of the names each comes after the one before it, the shorter first."""
    after = np.zeros(lengths.size - 1, bool)
    for word in reversed(words):
        text = word.byteswap()  # the first letter decides first
        after &= text[1:] == text[:-1]
        after |= text[1:] > text[:-1]
    after &= lengths[1:] == lengths[:-1]
    after |= lengths[1:] > lengths[:-1]
    return bool(after.all())
