"""How sure a share of the runs is: the score interval of Wilson at 95 %.

    (h + z²/2 ± z sqrt(h (n - h) / n + z²/4)) / (n + z²),  h of n runs, z = 1.959964                         (1)

Wilson: Probable Inference, the Law of Succession, and Statistical Inference, JASA 22, 1927.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt

from scenarios.figures import Share

Z = 1.959963984540054


def wilson(hits: int, runs: int) -> tuple[float, float]:
    """(1); from 0 to 1 without any run."""
    if not runs:
        return 0.0, 1.0
    middle, spread = hits + Z * Z / 2, Z * sqrt(hits * (runs - hits) / runs + Z * Z / 4)
    low = (middle - spread) / (runs + Z * Z) if hits else 0.0
    high = (middle + spread) / (runs + Z * Z) if hits < runs else 1.0
    return low, high


def share_of(hits: int, runs: int) -> Share:
    low, high = wilson(hits, runs)
    return Share(hits / runs if runs else 0.0, low, high)


def narrow(hits: Iterable[int], runs: int, precision: float) -> bool:
    """Whether each of these shares is known to ``precision`` on either side."""
    return all((high - low) / 2 <= precision for low, high in (wilson(number, runs) for number in hits))
