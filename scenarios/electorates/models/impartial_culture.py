"""Impartial culture (p): every voter approves of every proposal with probability p, independently.

A ballot holds a binomial number of the m proposals: mean m p, variance m p (1 - p).
Szufa, Faliszewski, Janeczko, Lackner, Slinko, Sornat, Talmon: How to Sample Approval Elections?, IJCAI 2022, section 3.
"""

from __future__ import annotations

import numpy as np

from borgerbudget.words import Text
from scenarios.electorates.models.model import Model, P
from scenarios.electorates.opinions import Floats, Setting, from_approvals
from scenarios.electorates.parameters import Values


def utility(values: Values, setting: Setting, generator: np.random.Generator) -> Floats:
    approved = generator.random((setting.people, setting.proposals)) < float(values["p"])
    return from_approvals(approved, generator)


IMPARTIAL_CULTURE = Model(
    "impartial-culture",
    __doc__,
    Text(
        "Alle krydser af i blinde: intet forslag er på forhånd mere populært end et andet.",
        "Everybody marks blindly: no proposal is more popular than another beforehand.",
    ),
    (P,),
    utility,
)
