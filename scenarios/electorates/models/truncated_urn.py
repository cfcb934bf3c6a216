"""Truncated urn (approves, alpha): orders that are copied from each other, of which the first places are approved of.

The urn begins with all m! orders, and each order that is drawn goes back with copies that weigh alpha times the whole first
urn (Pólya-Eggenberger).  Each voter approves of the whole part of ``approves`` times m proposals, the first of her order.
Szufa et al.: How to Sample Approval Elections?, IJCAI 2022, section 3.  Drawn by prefsampling.
"""

from __future__ import annotations

import numpy as np

from borgerbudget.words import Text
from scenarios.electorates.models.model import ALPHA, APPROVES, Model
from scenarios.electorates.opinions import Floats, Setting, from_positions, share_of
from scenarios.electorates.parameters import Values
from scenarios.electorates.sampler import ordinal_sampler


def utility(values: Values, setting: Setting, generator: np.random.Generator) -> Floats:
    if not setting.people or not setting.proposals:
        return np.zeros((setting.people, setting.proposals))
    drawn = ordinal_sampler("urn")(setting.people, setting.proposals, alpha=float(values["alpha"]), seed=generator)
    position = np.argsort(np.array(drawn, np.int64), axis=1)
    return from_positions(position, share_of(float(values["approves"]), setting.proposals))


TRUNCATED_URN = Model(
    "truncated-urn",
    __doc__,
    Text(
        "Vælgerne tager ved lære af hinandens rækkefølge, og alle sætter lige mange kryds.",
        "Voters take over each other's order, and everybody makes the same number of marks.",
    ),
    (APPROVES, ALPHA),
    utility,
)
