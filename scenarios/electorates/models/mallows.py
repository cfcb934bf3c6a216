"""Mallows (norm-phi, groups, approves): orders that lie near one central order, or near one of several.

With one group, an order has probability proportional to phi ** (number of pairs on which it disagrees with the central
order), the central order being drawn by lot.  norm-phi says what part of the greatest mean disagreement there is: the mean
number of pairs is norm-phi m (m - 1) / 4, whatever m is; 0: all orders equal, 1: ranked impartial culture.  It gives phi by

    m phi / (1 - phi) - sum over j = 1 .. m of j phi ** j / (1 - phi ** j)  =  norm-phi m (m - 1) / 4       (1)

An order is drawn by inserting the j-th proposal of the central order k places above the end with probability proportional to
phi ** k.  With several groups (a mixture) each voter belongs to one, all with the same probability.
Mallows: Non-null ranking models, Biometrika 44, 1957.  Boehmer, Bredereck, Faliszewski, Niedermeier, Szufa: Putting a
Compass on the Map of Elections, IJCAI 2021 (norm-phi).  Doignon, Pekeč, Regenwetter: The repeated insertion model for
rankings, Psychometrika 69, 2004.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy.optimize import brentq  # type: ignore[import-untyped]

from borgerbudget.ballots.method import Ints
from borgerbudget.words import Text
from scenarios.electorates.models.model import APPROVES, Model
from scenarios.electorates.opinions import Floats, Setting, from_positions, share_of
from scenarios.electorates.parameters import Parameter, Values


def mean_disagreement(phi: float, proposals: int) -> float:
    """The left side of (1), written so that it is exact near phi = 1 too: the mean of each insertion, added up."""
    total = 0.0
    for j in range(1, proposals):
        weights = phi ** np.arange(j + 1)
        total += float((weights * np.arange(j + 1)).sum() / weights.sum())
    return total


@cache
def phi_of(norm_phi: float, proposals: int) -> float:
    """phi from norm-phi, by (1)."""
    if proposals < 2 or norm_phi <= 0 or norm_phi >= 1:
        return min(1.0, max(0.0, norm_phi)) if proposals > 1 else 1.0
    goal = norm_phi * proposals * (proposals - 1) / 4
    return float(brentq(lambda phi: mean_disagreement(phi, proposals) - goal, 0.0, 1.0, xtol=1e-14))


def positions(people: int, proposals: int, phi: float, generator: np.random.Generator) -> Ints:
    """For each voter (people, proposals) where the j-th proposal of the central order stands, from zero."""
    place = np.zeros((people, proposals), np.int64)
    for j in range(1, proposals):
        cumulative = np.cumsum(phi ** np.arange(j + 1))
        up = np.searchsorted(cumulative, generator.random(people) * cumulative[-1], side="right")
        place[:, j] = j - np.minimum(up, j)
        place[:, :j] += place[:, :j] >= place[:, j : j + 1]
    return place


def utility(values: Values, setting: Setting, generator: np.random.Generator) -> Floats:
    groups, proposals = int(values["groups"]), setting.proposals
    centre = np.argsort(
        generator.random((groups, proposals)), axis=1
    )  # centre[g, p]: where p stands in group g's order
    of_group = centre[generator.integers(groups, size=setting.people)]
    place = positions(setting.people, proposals, phi_of(float(values["norm_phi"]), proposals), generator)
    position = np.take_along_axis(place, of_group, axis=1)
    return from_positions(position, share_of(float(values["approves"]), proposals))


MALLOWS = Model(
    "mallows",
    __doc__,
    Text(
        "Vælgerne rangordner forslagene næsten som den gruppe, de hører til.",
        "The voters rank the proposals almost as the group they belong to.",
    ),
    (
        Parameter(
            "norm_phi",
            "number",
            Text(
                "hvor forskellige rækkefølgerne er: 0 er ens inden for gruppen, 1 er helt tilfældige",
                "how different the orders are: 0 is alike within the group, 1 is wholly random",
            ),
            0.5,
            0.0,
            1.0,
        ),
        Parameter(
            "groups",
            "count",
            Text(
                "hvor mange grupper der er, hver med sin rækkefølge",
                "how many groups there are, each with its own order",
            ),
            1,
            1,
            1000,
        ),
        APPROVES,
    ),
    utility,
)
