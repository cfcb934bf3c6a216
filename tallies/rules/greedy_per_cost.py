"""Greedy by score per cost.

Take the proposals in order of score divided by cost, the greatest first, ties in the plan's tie order.

(1) Fund a proposal when its cost is at most what is left of the pool; else skip it and go on.

Talmon, Faliszewski: A Framework for Approval-Based Budgeting Methods, AAAI 2019.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from borgerbudget.words import Text
from tallies.contest import Contest
from tallies.passes import go_on
from tallies.rules.rule import COUNTED, Rule
from tallies.steps import Funded, Skipped


def steps(contest: Contest) -> Iterator[Funded | Skipped]:
    def value(p: int) -> Fraction:
        return Fraction(contest.scores[p], contest.denominator * contest.costs[p])

    return go_on(contest, value)  # (1)


GREEDY_PER_COST = Rule(
    "greedy-per-cost",
    __doc__,
    Text(
        "Forslagene tages efter stemmer pr. krone, flest først. Et forslag får sine penge, hvis der er nok tilbage; "
        "ellers springes det over.",
        "Proposals are taken by votes per krone, most first. A proposal gets its money if enough is left; "
        "otherwise it is skipped.",
    ),
    steps,
    methods=COUNTED,
)
