"""Resampling (p, phi): voters that resemble one central ballot.

The central ballot u holds the whole part of p m proposals, drawn by lot.  Each voter starts from u; for each proposal, with
probability phi the mark is drawn anew, an approval with probability p, and else it stays as in u.  So

    P(approves of c) = 1 - phi + phi p   for c in u,      phi p   for the others                       (1)

phi = 0: everybody hands in u.  phi = 1: impartial culture (p).
Szufa et al.: How to Sample Approval Elections?, IJCAI 2022, section 3.
"""

from __future__ import annotations

import numpy as np

from borgerbudget.words import Text
from scenarios.electorates.models.model import PHI, Model, P
from scenarios.electorates.opinions import Floats, Setting, from_approvals, share_of
from scenarios.electorates.parameters import Values


def utility(values: Values, setting: Setting, generator: np.random.Generator) -> Floats:
    p, phi = float(values["p"]), float(values["phi"])
    central = np.zeros(setting.proposals, bool)
    central[generator.permutation(setting.proposals)[: share_of(p, setting.proposals)]] = True
    chance = np.where(central, 1 - phi + phi * p, phi * p)  # (1)
    return from_approvals(generator.random((setting.people, setting.proposals)) < chance, generator)


RESAMPLING = Model(
    "resampling",
    __doc__,
    Text(
        "Alle ligner den samme typiske vælger, og hver afviger lidt: nogle forslag er populære, andre ikke.",
        "Everybody resembles one typical voter and differs a little: some proposals are popular, others are not.",
    ),
    (P, PHI),
    utility,
)
