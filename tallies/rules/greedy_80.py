"""Greedy by score with the 80 % rule of Poznań.

Take the proposals in order of score, the greatest first, ties in the plan's tie order.  A proposal takes part when at
least 80 % of its cost is in the pool: 5 * pool >= 4 * cost.

(1) Fund a proposal when its cost is at most what is left of the pool.
(2) The first that costs more is funded too when at least 80 % of its cost is left, 5 * left >= 4 * cost: it gets
    what is left, the rest is topped up from outside the pool.  Either way the count ends with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import count

from borgerbudget.words import Text
from tallies.contest import Contest
from tallies.plan import Traits
from tallies.rules.rule import COUNTED, ENDS, Rule
from tallies.steps import Funded, Stopped
from tallies.turns import fitting, in_turn


def steps(contest: Contest) -> Iterator[Funded | Stopped]:
    left = contest.pool
    step = count(contest.first_step).__next__
    for turn in in_turn(contest, contest.eligible, contest.score, fitting(contest, lambda: left), step):  # noqa: B023
        p, cost = turn.proposal, contest.costs[turn.proposal]
        if cost <= left:  # (1)
            left -= cost
            yield Funded("rule", p, cost, left, turn.value, turn.tied, turn.decided_by)
            continue
        if 5 * left >= 4 * cost:  # (2)
            yield Funded("rule", p, left, 0, turn.value, turn.tied, turn.decided_by, topped_up=cost - left)
        else:
            yield Stopped("rule", (p,), left, turn.value, turn.tied, turn.decided_by)
        return


GREEDY_80 = Rule(
    "greedy-80",
    __doc__,
    Text(
        "Forslagene tages efter stemmer, flest først. Det første, der ikke kan være i puljen, får resten, hvis det er "
        "mindst 80 % af prisen; det manglende lægges til udefra. Så er det slut.",
        "Proposals are taken by votes, most first. The first that does not fit gets the rest if that is at least 80 % "
        "of its cost; what is missing is added from outside. Then it ends.",
    ),
    steps,
    methods=COUNTED,
    traits=Traits(least_share=Fraction(4, 5)),
    unconstrained=ENDS,
)
