"""Disjoint resampling (p, phi, groups): as resampling, with several central ballots that share no proposal.

Each of the g central ballots holds the whole part of p m proposals, drawn by lot without overlap, so that p g <= 1.  Each
voter belongs to a group, each with probability 1/g, and resamples its central ballot.  With one group it is resampling;
the marks of a voter are then no longer independent: two proposals of one group are approved of together more often.
Szufa et al.: How to Sample Approval Elections?, IJCAI 2022, section 3.
"""

from __future__ import annotations

import numpy as np

from borgerbudget.errors import Problem, problem
from borgerbudget.words import Text
from scenarios.electorates.models.model import GROUPS, PHI, Model, P
from scenarios.electorates.opinions import Floats, Setting, from_approvals, share_of
from scenarios.electorates.parameters import Values
from scenarios.electorates.words import PROBLEMS


def utility(values: Values, setting: Setting, generator: np.random.Generator) -> Floats:
    p, phi, groups = float(values["p"]), float(values["phi"]), int(values["groups"])
    size = share_of(p, setting.proposals)
    drawn = generator.permutation(setting.proposals)
    central = np.zeros((groups, setting.proposals), bool)
    for group in range(groups):
        central[group, drawn[group * size : (group + 1) * size]] = True
    chance = np.where(central, 1 - phi + phi * p, phi * p)[generator.integers(groups, size=setting.people)]
    return from_approvals(generator.random(chance.shape) < chance, generator)


def conflict(values: Values, proposals: int) -> Problem | None:
    p, groups = float(values["p"]), int(values["groups"])
    if p * groups <= 1 + 1e-9:
        return None
    return problem(PROBLEMS, "EL-004", groups=groups, p=f"{p:g}", most=f"{int(1000 / groups) / 1000:g}")


DISJOINT_RESAMPLING = Model(
    "disjoint-resampling",
    __doc__,
    Text(
        "Der er flere slags vælgere, som hver har deres forslag; hver vælger afviger lidt fra sin gruppe.",
        "There are several kinds of voters, each with proposals of their own; every voter differs a little from the group.",
    ),
    (P, PHI, GROUPS),
    utility,
    conflict,
)
