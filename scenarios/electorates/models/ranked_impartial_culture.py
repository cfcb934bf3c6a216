"""Ranked impartial culture: every voter has each of the m! orders of the proposals with the same probability.

Each proposal stands at each place with probability 1/m; two voters' orders disagree on m (m - 1) / 4 pairs on average.
Guilbaud: Les théories de l'intérêt général et le problème logique de l'agrégation, Économie appliquée 5, 1952.
"""

from __future__ import annotations

import numpy as np

from borgerbudget.words import Text
from scenarios.electorates.models.model import APPROVES, Model
from scenarios.electorates.opinions import Floats, Setting, from_positions, share_of
from scenarios.electorates.parameters import Values


def utility(values: Values, setting: Setting, generator: np.random.Generator) -> Floats:
    places = np.tile(np.arange(setting.proposals, dtype=np.int64), (setting.people, 1))
    position = generator.permuted(places, axis=1)
    return from_positions(position, share_of(float(values["approves"]), setting.proposals))


RANKED_IMPARTIAL_CULTURE = Model(
    "ranked-impartial-culture",
    __doc__,
    Text(
        "Hver vælger har sin egen tilfældige rækkefølge af forslagene.",
        "Every voter has a random order of the proposals of their own.",
    ),
    (APPROVES,),
    utility,
)
