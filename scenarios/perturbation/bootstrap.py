"""Bootstrap: as many voters as there were, each drawn anew and with replacement from those who voted.

It shows by how much the outcome hangs on who happened to turn up, if the voters were a random draw of all like them.  The
number of each ballot is multinomial: mean n_g, variance n_g (1 - n_g / n).
Efron: Bootstrap Methods: Another Look at the Jackknife, Annals of Statistics 7, 1979.
"""

from __future__ import annotations

import numpy as np

from borgerbudget.ballots.method import Ints
from borgerbudget.words import Text
from scenarios.perturbation.perturbation import Box, Perturbation


def weights(box: Box, size: int, generator: np.random.Generator) -> Ints:
    drawn: Ints = generator.multinomial(box.ballots, box.people / box.ballots)
    return drawn


BOOTSTRAP = Perturbation(
    "bootstrap",
    __doc__,
    Text("Andre vælgere som dem, der stemte", "Other voters like those who voted"),
    weights,
    lambda box: 0,
)
