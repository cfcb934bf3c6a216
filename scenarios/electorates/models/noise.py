"""Noise (p, phi, distance): a ballot is the less likely the farther it lies from one central ballot.

The central ballot u holds the whole part of p m proposals, drawn by lot; a voter casts v with probability proportional to

    phi ** d(u, v)                                                                          (1)

where, with a = |u and v|,  hamming: |u| + |v| - 2a;  jaccard: 1 - a / |u or v|;  zelinka: max(|u|, |v|) - a;
bunke-shearer: 1 - a / max(|u|, |v|).  All ballots with as many proposals of u, and as many others, are equally likely: first
those two numbers are drawn, then which.  phi = 0: everybody hands in u.  phi = 1: impartial culture (1/2).
For hamming each mark is turned over on its own, with probability phi / (1 + phi).  The distance of two empty ballots is 0.
Szufa et al.: How to Sample Approval Elections?, IJCAI 2022, section 3.
"""

from __future__ import annotations

from collections.abc import Callable
from math import comb

import numpy as np

from borgerbudget.ballots.method import Ints
from borgerbudget.words import Text
from scenarios.electorates.models.model import PHI, Model, P
from scenarios.electorates.opinions import Floats, Setting, Truths, from_approvals, share_of
from scenarios.electorates.parameters import Parameter, Values


def _part(common: int, all_of_it: int) -> float:
    return 1 - common / all_of_it if all_of_it else 0.0


DISTANCES: dict[str, Callable[[int, int, int], float]] = {
    "hamming": lambda u, v, a: u + v - 2 * a,
    "jaccard": lambda u, v, a: _part(a, u + v - a),
    "zelinka": lambda u, v, a: max(u, v) - a,
    "bunke-shearer": lambda u, v, a: _part(a, max(u, v)),
}
"""Each as a function of |u|, |v| and |u and v|."""


def utility(values: Values, setting: Setting, generator: np.random.Generator) -> Floats:
    phi, distance = float(values["phi"]), DISTANCES[str(values["distance"])]
    size = share_of(float(values["p"]), setting.proposals)
    other = setting.proposals - size
    central = generator.permutation(setting.proposals)
    pairs = [(a, b) for a in range(size + 1) for b in range(other + 1)]
    least = min(distance(size, a + b, a) for a, b in pairs)
    odds = [comb(size, a) * comb(other, b) * phi ** (distance(size, a + b, a) - least) for a, b in pairs]  # (1)
    chances = np.array([odd / sum(odds) for odd in odds])
    drawn = np.array(pairs)[generator.choice(len(pairs), size=setting.people, p=chances / chances.sum())]
    approved = np.zeros((setting.people, setting.proposals), bool)
    approved[:, central[:size]] = _some(drawn[:, 0], size, generator)
    approved[:, central[size:]] = _some(drawn[:, 1], other, generator)
    return from_approvals(approved, generator)


def _some(numbers: Ints, of: int, generator: np.random.Generator) -> Truths:
    """For each voter so many of ``of`` places, each set with the same probability."""
    rank = generator.random((numbers.size, of)).argsort(axis=1).argsort(axis=1)
    return rank < numbers[:, None]


NOISE = Model(
    "noise",
    __doc__,
    Text(
        "Alle ligner den samme typiske stemmeseddel, og store afvigelser er sjældne.",
        "Everybody resembles one typical ballot, and large differences are rare.",
    ),
    (
        P,
        PHI,
        Parameter(
            "distance",
            "choice",
            Text("hvordan afstanden mellem to stemmesedler måles", "how the distance between two ballots is measured"),
            "hamming",
            choices=tuple(DISTANCES),
        ),
    ),
    utility,
)
