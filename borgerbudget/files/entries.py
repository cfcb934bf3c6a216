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
    words = [name.encode() for name in ids]
    if not texts or not words or max(map(len, words)) > WORD:
        return None
    encoded = "\0".join(texts).encode()
    characters = np.frombuffer(encoded, np.uint8)
    marks = np.flatnonzero((characters == ord(",")) | (characters == 0))
    starts = np.concatenate(([0], marks + 1))
    lengths = np.concatenate((marks, [characters.size])) - starts
    if lengths.min() == 0 or lengths.max() > WORD:
        return None
    windows: NDArray[np.uint64] = np.ndarray((characters.size,), "<u8", encoded + bytes(WORD), strides=(1,))
    entries = windows[starts] & _MASKS[lengths]
    known = np.array([int.from_bytes(word, "little") for word in words], np.uint64)
    order = np.argsort(known)
    ranked = known[order]
    at = np.minimum(np.searchsorted(ranked, entries), known.size - 1)
    if (ranked[at] != entries).any():
        return None
    return _sizes(characters), order[at].astype(np.int32)


def _sizes(characters: NDArray[np.uint8]) -> Ints:
    """The number of entries of each text, when NUL stands between texts and a comma between entries."""
    commas, joints = np.flatnonzero(characters == ord(",")), np.flatnonzero(characters == 0)
    return np.diff(np.searchsorted(commas, joints), prepend=0, append=commas.size) + 1
