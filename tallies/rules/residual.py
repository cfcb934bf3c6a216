"""Residual to the next in line.

Take the proposals in order of score, the greatest first, ties in the plan's tie order.  What a proposal asks for is its cost,
at most the plan's cap.

(1) Fund a proposal with what it asks for when that is left.
(2) When it is not, but at least the proposal's least amount (``min_cost``, else one øre) is, it gets what is left.
(3) Else skip it and go on.

After (2) nothing is left for anybody else, but for what quotas and earmarks keep.  Holbæk 2014: the last funded got 49,300 of
70,000.
"""

from __future__ import annotations

from collections.abc import Iterator

from borgerbudget.words import Text
from tallies.contest import Contest
from tallies.passes import go_on
from tallies.plan import Traits
from tallies.rules.rule import COUNTED, Rule
from tallies.steps import Funded, Skipped


def steps(contest: Contest) -> Iterator[Funded | Skipped]:
    return go_on(contest, contest.score, parts=None)  # (1) to (3)


RESIDUAL = Rule(
    "residual",
    __doc__,
    Text(
        "Forslagene tages efter stemmer, flest først. Et forslag, der ikke kan være i puljen, får det, der er tilbage, "
        "hvis det kan gennemføres med det; ellers springes det over.",
        "Proposals are taken by votes, most first. A proposal that does not fit in the pool gets what is left if it can "
        "be carried out with that; otherwise it is skipped.",
    ),
    steps,
    methods=COUNTED,
    traits=Traits(partial=True),
)
