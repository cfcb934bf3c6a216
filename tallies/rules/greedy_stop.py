"""Greedy by score, stopping at the first that does not fit.

Take the proposals in order of score, the greatest first, ties in the plan's tie order.

(1) Fund a proposal when its cost is at most what is left of the pool.
(2) At the first that costs more, the count ends.

Pabulib's ``greedy-no-skip``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from borgerbudget.words import Text
from tallies.contest import Contest
from tallies.rules.rule import COUNTED, ENDS, Rule
from tallies.steps import Funded, Stopped
from tallies.turns import fitting, in_turn


def steps(contest: Contest) -> Iterator[Funded | Stopped]:
    left = contest.pool
    step = count(contest.first_step).__next__
    for turn in in_turn(contest, contest.eligible, contest.score, fitting(contest, lambda: left), step):  # noqa: B023
        p = turn.proposal
        if contest.costs[p] > left:  # (2)
            yield Stopped("rule", (p,), left, turn.value, turn.tied, turn.decided_by)
            return
        left -= contest.costs[p]  # (1)
        yield Funded("rule", p, contest.costs[p], left, turn.value, turn.tied, turn.decided_by)


GREEDY_STOP = Rule(
    "greedy-stop",
    __doc__,
    Text(
        "Forslagene tages efter stemmer, flest først, og får deres penge, så længe de kan være i puljen. "
        "Ved det første, der ikke kan, er det slut.",
        "Proposals are taken by votes, most first, and get their money as long as they fit in the pool. "
        "At the first that does not fit, it ends.",
    ),
    steps,
    methods=COUNTED,
    unconstrained=ENDS,
)
