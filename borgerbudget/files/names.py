"""Names in a block of bytes, taken eight bytes at a time as machine words and looked up all at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots.method import Ints

Words = NDArray[np.uint64]

WORD = 8
LONGEST = 8 * WORD
"""Bytes of the longest name; so much room must follow the names in a block."""
MOST_BITS = 22
"""Of the number of a slot; enough for some 4,000 names."""
_MASKS = np.array([2 ** (8 * length) - 1 for length in range(WORD + 1)], np.uint64)
MIXED = np.array([pow(0x9E3779B97F4A7C15, n, 2**64) for n in range(1, 17)], np.uint64)
"""Odd numbers without a pattern."""


def words_at(block: bytes, starts: Ints, lengths: Ints) -> list[Words] | None:
    """The names that stand there, word by word, the last one filled with zeros; None when one is longer than ``LONGEST``."""
    longest = int(lengths.max(initial=0))
    if longest > LONGEST:
        return None
    at: Words = np.ndarray((len(block) - WORD + 1,), "<u8", block, strides=(1,))
    if longest <= WORD:
        return [at[starts] & _MASKS[lengths]]
    return [at[starts + first] & _MASKS[np.clip(lengths - first, 0, WORD)] for first in range(0, longest, WORD)]


def keys(words: Sequence[Words]) -> Words:
    """A number for each name: for names of one word the word itself; longer ones that differ may have the same."""
    key = words[0]
    for word, odd in zip(words[1:], MIXED, strict=False):
        key = key + word * odd
    return key


class Names:
    """A list of names that can be looked up: the number of each is its place in the list.

    ``words``: the names word by word.  ``table``: numbers by slot, and the factor and shift that lead from a name's key to its
    slot; None when the list cannot be used so.
    """

    def __init__(self, names: Sequence[str]) -> None:
        encoded = [name.encode() for name in names]
        lengths = np.array([len(name) for name in encoded], np.int64)
        block = b"".join(encoded) + bytes(LONGEST)
        self.words = words_at(block, np.cumsum(lengths) - lengths, lengths) or [] if encoded else []
        self.table = self._build(keys(self.words)) if self.words else None

    def _build(self, known: Words) -> tuple[NDArray[np.int32], np.uint64, np.uint64] | None:
        """A table in which no two names fall on one slot, if there is one; else none."""
        numbers = np.arange(known.size, dtype=np.int32)
        enough = (known.size * known.size).bit_length() - 1  # then two names meet in two tables out of three
        for bits in range(min(max(4, enough), MOST_BITS - 1), MOST_BITS + 1):
            for odd in MIXED[:8]:
                slots = (known * odd) >> np.uint64(64 - bits)
                table = np.zeros(1 << bits, np.int32)
                table[slots] = numbers
                if (table[slots] == numbers).all():
                    return table, odd, np.uint64(64 - bits)
        return None

    def numbers(self, block: bytes, starts: Ints, lengths: Ints) -> NDArray[np.int32] | None:
        """For each name in the block its number; None when one is not in the list, or the list cannot be used so."""
        words = words_at(block, starts, lengths) if self.table is not None else None
        if words is None or self.table is None or len(words) > len(self.words):
            return None
        table, odd, shift = self.table
        found: NDArray[np.int32] = table[(keys(words) * odd) >> shift]
        for known, word in zip(self.words, words, strict=False):
            if (known[found] != word).any():
                return None
        for known in self.words[len(words) :]:
            if known[found].any():
                return None
        return found
