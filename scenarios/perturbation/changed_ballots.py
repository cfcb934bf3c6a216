"""Changed ballots: so many voters, drawn by lot, each hand in the ballot of a voter drawn by lot instead of their own.

As many vote as before.  With k of n changed, the number of each ballot keeps its mean n_g; k = n is close to a bootstrap.
"""

from __future__ import annotations

import numpy as np

from borgerbudget.ballots.method import Ints
from borgerbudget.words import Text
from scenarios.perturbation.perturbation import Box, Perturbation, some_of


def weights(box: Box, size: int, generator: np.random.Generator) -> Ints:
    left = box.people - some_of(box.people, size, generator)
    changed: Ints = left + generator.multinomial(size, box.people / box.ballots)
    return changed


CHANGED_BALLOTS = Perturbation(
    "changed-ballots",
    __doc__,
    Text("Nogle vælgere skifter mening", "Some voters change their minds"),
    weights,
    lambda box: box.ballots,
)
