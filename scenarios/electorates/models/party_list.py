"""Party list (parties, alpha): voters who each approve of all proposals of one party, and of no other.

The proposals are dealt out by lot to parties of (almost) equal size.  Which party a voter belongs to is drawn from an urn
(Pólya-Eggenberger) that begins with each party once and in which each draw adds copies that weigh alpha times the whole
first urn.  alpha = 0: all parties are equally large on average; the larger alpha, the more one of them dominates.
Two voters belong to the same party with probability (1 / parties + alpha) / (1 + alpha).
The urn is drawn by prefsampling.  Lackner and Skowron: Multi-Winner Voting with Approval Preferences, 2023, section 3
(party-list profiles).
"""

from __future__ import annotations

import numpy as np

from borgerbudget.errors import Problem, problem
from borgerbudget.words import Text
from scenarios.electorates.models.model import ALPHA, Model
from scenarios.electorates.opinions import Floats, Setting, from_approvals
from scenarios.electorates.parameters import Parameter, Values
from scenarios.electorates.sampler import approval_sampler, marked
from scenarios.electorates.words import PROBLEMS


def utility(values: Values, setting: Setting, generator: np.random.Generator) -> Floats:
    if not setting.people or not setting.proposals:
        return np.zeros((setting.people, setting.proposals))
    dealt = np.array_split(generator.permutation(setting.proposals), int(values["parties"]))
    drawn = approval_sampler("urn_partylist")(
        setting.people,
        setting.proposals,
        alpha=float(values["alpha"]),
        party_votes=[set(part.tolist()) for part in dealt if part.size],
        seed=generator,
    )
    return from_approvals(marked(drawn, setting.proposals), generator)


def conflict(values: Values, proposals: int) -> Problem | None:
    parties = int(values["parties"])
    return None if parties <= proposals else problem(PROBLEMS, "EL-005", parties=parties, proposals=proposals)


PARTY_LIST = Model(
    "party-list",
    __doc__,
    Text(
        "Vælgerne er delt i lejre, der hver stemmer på alle sine egne forslag og ingen andre.",
        "The voters are divided into camps that each vote for all of their own proposals and no others.",
    ),
    (
        Parameter("parties", "count", Text("hvor mange lejre der er", "how many camps there are"), 3, 1, 1000),
        ALPHA,
    ),
    utility,
    conflict,
)
