"""Pólya-Eggenberger urn (p, alpha): ballots that are copied from each other.

The urn begins with all approval ballots, as likely as in impartial culture (p).  After a ballot is drawn it goes back with
copies of itself that weigh alpha times the whole first urn: voter i (from zero) copies an earlier ballot, each with the
same probability, with probability alpha i / (1 + alpha i).  So two given voters hand in copies of one ballot with
probability alpha / (1 + alpha), and a proposal has p m approvals on a ballot on average, as in impartial culture.
Eggenberger and Pólya: Über die Statistik verketteter Vorgänge, ZAMM 3, 1923.  Szufa et al., IJCAI 2022.  Drawn by prefsampling.
"""

from __future__ import annotations

import numpy as np

from borgerbudget.words import Text
from scenarios.electorates.models.model import ALPHA, Model, P
from scenarios.electorates.opinions import Floats, Setting, from_approvals
from scenarios.electorates.parameters import Values
from scenarios.electorates.sampler import approval_sampler, marked


def utility(values: Values, setting: Setting, generator: np.random.Generator) -> Floats:
    if not setting.people or not setting.proposals:
        return np.zeros((setting.people, setting.proposals))
    drawn = approval_sampler("urn")(
        setting.people, setting.proposals, p=float(values["p"]), alpha=float(values["alpha"]), seed=generator
    )
    return from_approvals(marked(drawn, setting.proposals), generator)


URN = Model(
    "urn",
    __doc__,
    Text(
        "Vælgerne smitter hinanden: jo flere der har stemt på en måde, jo flere gør det samme.",
        "Voters catch on to each other: the more have voted in one way, the more do the same.",
    ),
    (P, ALPHA),
    utility,
)
