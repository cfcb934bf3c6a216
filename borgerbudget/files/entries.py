"""Lists in cells: many texts whose entries are separated by commas, taken apart all at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots.method import Ints

WORD = 8
"""Bytes that fit one machine word: entries up to this length can be compared as numbers."""
_MASKS = np.array([2 ** (8 * length) - 1 for length in range(WORD + 1)], np.uint64)


def split(texts: Sequence[str]) -> tuple[Ints, list[str]]:
    """How many entries each text has, and the entries of all, one after the other; blank texts have none."""
    if not texts:
        return np.zeros(0, np.int64), []
    joined = "\0".join(texts)  # no text holds a NUL
    sizes = _sizes(np.frombuffer(joined.encode(), np.uint8))
    entries = joined.replace("\0", ",").split(",")
    if not all(texts) or any(map(str.isspace, texts)):
        blank = np.fromiter((not text or text.isspace() for text in texts), bool, len(texts))
        kept = np.ones(len(entries), bool)
        kept[(np.cumsum(sizes) - sizes)[blank]] = False
        entries = list(compress(entries, kept.tolist()))
        sizes[blank] = 0
    return sizes, entries


def find(texts: Sequence[str], ids: Sequence[str]) -> tuple[Ints, NDArray[np.int32]] | None:
    """As ``split``, with each entry as its number among ``ids``.

    None unless every entry is exactly one of the ids and all ids are short: each is then one machine word.
    """
    if not texts:
        return None
    encoded = "\0".join(texts).encode()
    characters = np.frombuffer(encoded, np.uint8)
    marks = np.flatnonzero((characters == ord(",")) | (characters == 0))
    starts = np.concatenate(([0], marks + 1))
    words = words_at(encoded, starts, np.concatenate((marks, [characters.size])) - starts)
    numbers = None if words is None else number_of(words, ids)
    if numbers is None:
        return None
    joints = np.flatnonzero(characters[marks] == 0)
    return np.diff(joints, prepend=-1, append=marks.size), numbers


def words_at(data: bytes, starts: Ints, lengths: Ints) -> NDArray[np.uint64] | None:
    """The bytes of each entry as a number; None unless all have one to eight bytes."""
    if not starts.size or lengths.min() < 1 or lengths.max() > WORD:
        return None
    windows: NDArray[np.uint64] = np.ndarray((len(data),), "<u8", data + bytes(WORD), strides=(1,))
    return windows[starts] & _MASKS[lengths]


def number_of(words: NDArray[np.uint64], ids: Sequence[str]) -> NDArray[np.int32] | None:
    """For each word its number among ``ids``; None when one is not among them or an id is too long for a word."""
    names = [name.encode() for name in ids]
    if not names or max(map(len, names)) > WORD:
        return None
    known = np.array([int.from_bytes(name, "little") for name in names], np.uint64)
    for size in range(len(names) * 4 + 1, len(names) * 4 + 2001, 2):  # a table without collisions, if there is one
        slots = known % np.uint64(size)
        if np.bincount(slots.astype(np.int64)).max() == 1:
            table = np.zeros(size, np.int32)
            table[slots] = np.arange(known.size, dtype=np.int32)
            at = table[words % np.uint64(size)]
            break
    else:
        order = np.argsort(known)
        at = order[np.minimum(np.searchsorted(known[order], words), known.size - 1)].astype(np.int32)
    return at if (known[at] == words).all() else None


def _sizes(characters: NDArray[np.uint8]) -> Ints:
    """The number of entries of each text, when NUL stands between texts and a comma between entries."""
    commas, joints = np.flatnonzero(characters == ord(",")), np.flatnonzero(characters == 0)
    return np.diff(np.searchsorted(commas, joints), prepend=0, append=commas.size) + 1
