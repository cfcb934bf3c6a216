"""Spending: what is paid out, what part of the pool that is, and how many proposals get it.

spent          the sum of the amounts
spent_share    spent / pool
funded         the number of funded proposals
"""

from __future__ import annotations

from borgerbudget.words import Text
from scenarios.measures.measure import Measure, Result


def spent_share(result: Result) -> float:
    return result.spent / result.election.pool.amount


def spent(result: Result) -> int:
    return result.spent


def funded(result: Result) -> int:
    return len(result.amounts)


SPENT = Measure(
    "spent",
    __doc__,
    Text("Brugt", "Spent"),
    Text("Så mange penge bliver der delt ud.", "This much money is given out."),
    "amount",
    "neither",
    spent,
)
SPENT_SHARE = Measure(
    "spent_share",
    __doc__,
    Text("Brugt af puljen", "Spent of the pool"),
    Text("Så stor en del af puljen bliver delt ud.", "This part of the pool is given out."),
    "share",
    "high",
    spent_share,
)
FUNDED = Measure(
    "funded",
    __doc__,
    Text("Forslag, der får penge", "Funded proposals"),
    Text("Så mange forslag får penge.", "This many proposals are funded."),
    "integer",
    "neither",
    funded,
)
