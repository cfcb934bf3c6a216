"""Residual to the last.

Take the proposals in order of score, the greatest first, ties in the plan's tie order.  What a proposal asks for is its cost,
at most the plan's cap.

(1) Fund a proposal with what it asks for when that is left.
(2) The first for which it is not gets what is left if that is at least its least amount (``min_cost``, else one øre).
    Either way the count ends with it.

Egedal: the last project gets what is left.
"""

from __future__ import annotations

from collections.abc import Iterator
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
        p, ask = turn.proposal, contest.asks[turn.proposal]
        if ask <= left:  # (1)
            left -= ask
            yield Funded("rule", p, ask, left, turn.value, turn.tied, turn.decided_by)
            continue
        if left >= contest.least[p]:  # (2)
            yield Funded("rule", p, left, 0, turn.value, turn.tied, turn.decided_by)
        else:
            yield Stopped("rule", (p,), left, turn.value, turn.tied, turn.decided_by)
        return


RESIDUAL_LAST = Rule(
    "residual-last",
    __doc__,
    Text(
        "Forslagene tages efter stemmer, flest først. Det første, der ikke kan være i puljen, får det, der er tilbage, "
        "hvis det kan gennemføres med det. Så er det slut.",
        "Proposals are taken by votes, most first. The first that does not fit in the pool gets what is left if it can be "
        "carried out with that. Then it ends.",
    ),
    steps,
    methods=COUNTED,
    traits=Traits(partial=True),
    unconstrained=ENDS,
)
