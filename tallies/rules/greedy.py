"""Greedy by score.

Take the proposals in order of score, the greatest first.

(1) Fund a proposal when its cost is at most what is left of the pool; else skip it and go on.
(2) Proposals with the same score take their turns in the plan's tie order.

The rule of most Polish cities and of Aarhus ("most votes first, skip what does not fit, go on"); with
a threshold only proposals whose score reaches it take part.  In the literature: the greedy rule or basic
approval voting; Talmon, Faliszewski: A Framework for Approval-Based Budgeting Methods, AAAI 2019.
"""

from __future__ import annotations

from collections.abc import Iterator

from borgerbudget.words import Text
from tallies.contest import Contest
from tallies.passes import go_on
from tallies.rules.rule import COUNTED, Rule
from tallies.steps import Funded, Skipped


def steps(contest: Contest) -> Iterator[Funded | Skipped]:
    return go_on(contest, contest.score)  # (1), (2)


GREEDY = Rule(
    "greedy",
    __doc__,
    Text(
        "Forslagene tages efter stemmer, flest først. Et forslag får sine penge, hvis der er nok tilbage i puljen; "
        "ellers springes det over, og turen går til det næste.",
        "Proposals are taken by votes, most first. A proposal gets its money if enough is left in the pool; "
        "otherwise it is skipped and the next one has its turn.",
    ),
    steps,
    methods=COUNTED,
)
