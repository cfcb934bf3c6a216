"""Proportionality: how far the money lies from the votes, area by area and category by category.

Every voter who marked something has one vote, divided equally among the marks on her ballot; a proposal's vote goes to its
area (to its categories in equal parts), and so does its money.  Over areas a, with vote shares v_a and money shares m_a,

    gap = 1/2 sum over a of |m_a - v_a|                                                     (1)

is the part of the money that would have to move for the money to go as the votes did; proposals of no area (of no category)
are left out of both.  None where there are fewer than two areas, no votes or no money.
(1) is the index of Loosemore and Hanby: The theoretical limits of maximum distortion, British Journal of Political
Science 1, 1971.  Proportionality over categories: Faliszewski et al., IJCAI 2023.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from borgerbudget.proposal import Proposal
from borgerbudget.words import Text
from scenarios.measures.measure import Measure, Result


def vote_of(result: Result) -> list[float]:
    """For each proposal the votes it has, when each voter's one vote is divided equally among her marks."""
    support = result.support
    marks = np.diff(support.start)
    part = support.weights.astype(np.float64) / np.maximum(1, marks)
    sums = np.bincount(support.proposal, weights=part[support.group], minlength=support.proposals)
    return [float(number) for number in sums]


def gap(result: Result, kinds: Callable[[Proposal], tuple[str, ...]]) -> float | None:
    """(1) over what ``kinds`` says of each proposal."""
    votes: dict[str, float] = {}
    money: dict[str, float] = {}
    for p, vote in enumerate(vote_of(result)):
        names = kinds(result.election.proposals[p])
        for name in names:
            votes[name] = votes.get(name, 0.0) + vote / len(names)
            money[name] = money.get(name, 0.0) + result.amounts.get(p, 0) / len(names)
    all_votes, all_money = sum(votes.values()), sum(money.values())
    if len(votes) < 2 or not all_votes or not all_money:
        return None
    return sum(abs(money[name] / all_money - votes[name] / all_votes) for name in votes) / 2


def area_gap(result: Result) -> float | None:
    return gap(result, lambda proposal: (proposal.area,) if proposal.area else ())


def category_gap(result: Result) -> float | None:
    return gap(result, lambda proposal: proposal.category)


AREA_GAP = Measure(
    "area_gap",
    __doc__,
    Text("Skævhed mellem områder", "Gap between areas"),
    Text(
        "Så stor en del af pengene skulle flyttes til andre områder, for at pengene fulgte stemmerne.",
        "This part of the money would have to move to other areas for the money to follow the votes.",
    ),
    "share",
    "low",
    area_gap,
)
CATEGORY_GAP = Measure(
    "category_gap",
    __doc__,
    Text("Skævhed mellem emner", "Gap between categories"),
    Text(
        "Så stor en del af pengene skulle flyttes til andre emner, for at pengene fulgte stemmerne.",
        "This part of the money would have to move to other categories for the money to follow the votes.",
    ),
    "share",
    "low",
    category_gap,
)
