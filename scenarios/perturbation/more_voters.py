"""More voters: so many more had come, each with the ballot of a voter drawn by lot (with replacement) from those who voted.

At most as many as voted: what a newcomer would have voted is not known, and more of them than voters would be a guess.  With k
newcomers the number of each ballot is n_g + a binomial of mean k n_g / n and variance k (n_g / n) (1 - n_g / n).
"""

from __future__ import annotations

import numpy as np

from borgerbudget.ballots.method import Ints
from borgerbudget.words import Text
from scenarios.perturbation.perturbation import Box, Perturbation


def weights(box: Box, size: int, generator: np.random.Generator) -> Ints:
    more: Ints = box.people + generator.multinomial(size, box.people / box.ballots)
    return more


MORE_VOTERS = Perturbation(
    "more-voters",
    __doc__,
    Text("Flere kommer, som dem, der stemte", "More come, like those who voted"),
    weights,
    lambda box: box.ballots,
)
