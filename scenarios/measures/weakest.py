"""Weakest support: the least share of the voters that supports a funded proposal.

It answers who gets money although few want it: equal shares pays for what a small group can afford, greedy for what most want.
(How far a proposal is from winning is ``scenarios.effective_support``.)
"""

from __future__ import annotations

from borgerbudget.words import Text
from scenarios.measures.measure import Measure, Result


def weakest_support(result: Result) -> float | None:
    if not result.amounts or not result.voters:
        return None
    return min(result.support.supporters[p] for p in result.amounts) / result.voters


WEAKEST_SUPPORT = Measure(
    "weakest_support",
    __doc__,
    Text("Mindste opbakning", "Weakest support"),
    Text(
        "Det forslag, der får penge med færrest stemmer, har stemmer fra så stor en del af vælgerne.",
        "The funded proposal with the fewest votes has votes from this part of the voters.",
    ),
    "share",
    "high",
    weakest_support,
)
