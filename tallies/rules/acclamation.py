"""Acclamation: everything fits, so that nobody needs to vote.

(1) There are no ballots, and what all proposals that take part cost together is at most the pool; else the count is refused.
(2) All are funded.

Slagelse (Eggeslevmagle): two proposals together cost the pool of 50,000 and were funded without a vote.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from borgerbudget.errors import Problem, problem
from borgerbudget.words import Text
from tallies.contest import Contest
from tallies.plan import Traits
from tallies.rules.rule import ALL, Rule
from tallies.steps import Funded
from tallies.words import PROBLEMS


def refusal(contest: Contest) -> Problem | None:  # (1)
    if contest.support.total:
        return problem(PROBLEMS, "CON-011", ballots=contest.election.profile.voters)
    asked = sum(contest.asks[p] for p in contest.eligible)
    if asked <= contest.pool:
        return None
    names = ", ".join(contest.election.ids[p] for p in contest.eligible)
    return problem(PROBLEMS, "CON-012", proposals=names, asked=contest.told(asked), pool=contest.told(contest.pool))


def steps(contest: Contest) -> Iterator[Funded]:
    left = contest.pool
    for p in contest.eligible:  # (2)
        left -= contest.asks[p]
        yield Funded("rule", p, contest.asks[p], left, Fraction(0))


ACCLAMATION = Rule(
    "acclamation",
    __doc__,
    Text(
        "Alle forslag kan være i puljen tilsammen og får deres penge uden afstemning.",
        "All proposals fit in the pool together and get their money without a vote.",
    ),
    steps,
    methods=ALL,
    traits=Traits(voteless=True, at_once=True),
    unconstrained=Text("alle forslag får penge", "every proposal is funded"),
    refusal=refusal,
)
