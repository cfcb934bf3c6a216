"""Lists in cells: many texts whose entries are separated by commas, taken apart all at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots.method import Ints


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


def _sizes(characters: NDArray[np.uint8]) -> Ints:
    """The number of entries of each text, when NUL stands between texts and a comma between entries."""
    commas, joints = np.flatnonzero(characters == ord(",")), np.flatnonzero(characters == 0)
    return np.diff(np.searchsorted(commas, joints), prepend=0, append=commas.size) + 1
