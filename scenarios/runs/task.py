"""What is run: a task makes once what all its runs share, and then a row for each run.

Run number i draws from ``SeedSequence(seed, spawn_key=(i,))``, which is the i-th that ``SeedSequence(seed).spawn`` gives.  So a
row depends on the task, the seed and its own number, and never on who makes it, when, or what was made before; it can be made
again alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

Row = list[Any]
"""What one run gives, of plain values: numbers, texts, None and lists of them, as JSON holds them."""
MakeRow = Callable[[np.random.Generator], Row]


class Task(Protocol):
    """Goes to other processes, so that it must be of picklable values."""

    def begin(self) -> MakeRow:
        """What makes a row; asked for once in each process."""
        ...


def generator_of(seed: int, number: int) -> np.random.Generator:
    """That of run ``number``, counted from zero."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(number,))))


def rows_of(make: MakeRow, seed: int, first: int, last: int) -> list[Row]:
    """The rows of runs ``first`` up to, not including, ``last``."""
    return [make(generator_of(seed, number)) for number in range(first, last)]
