"""Lower turnout: so many of those who voted stay at home, every choice of them equally likely (without replacement).

The number left of each ballot is hypergeometric: with k of n at home, mean n_g (n - k) / n.
"""

from __future__ import annotations

import numpy as np

from borgerbudget.ballots.method import Ints
from borgerbudget.words import Text
from scenarios.perturbation.perturbation import Box, Perturbation, some_of


def weights(box: Box, size: int, generator: np.random.Generator) -> Ints:
    return box.people - some_of(box.people, size, generator)


LOWER_TURNOUT = Perturbation(
    "lower-turnout",
    __doc__,
    Text("Nogle bliver hjemme", "Some stay at home"),
    weights,
    lambda box: box.ballots - 1,
)
