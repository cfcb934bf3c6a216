"""Shares: how evenly the money is spread over the voters.

A funded proposal's money is divided equally among its supporters: i's share is the sum over her funded proposals p of
amount(p) / |N(p)|.  Her fair share is B/n, or less when even all proposals on her ballot, each divided among its supporters,
would not come to that:  min(B/n, sum over p on her ballot of cost(p) / |N(p)|).

fair_share_reached   the share of voters whose share is at least their fair share
share_gini           the Gini coefficient of the shares: 0 when all are equal, near 1 when one voter has everything
Maly, Rey, Endriss, Lackner: Fairness in Participatory Budgeting via Equality of Resources, AAMAS 2023 (share, fair share).
Gini: Variabilità e mutabilità, 1912.
"""

from __future__ import annotations

import numpy as np

from borgerbudget.words import Text
from scenarios.measures.measure import Floats, Measure, Result

ROUNDING = 1e-9
"""Shares are compared as parts of B/n: what lies nearer than this to a fair share has reached it."""


def fair_share(result: Result) -> Floats:
    """For each distinct ballot, in minor units."""
    support, costs = result.support, result.election.costs
    each = np.array(
        [cost * support.denominator / n if n else 0.0 for cost, n in zip(costs, support.supporters, strict=True)]
    )
    most = np.bincount(support.group, weights=each[support.proposal], minlength=support.weights.size)
    equal = result.election.pool.amount * support.denominator / support.total
    found: Floats = np.minimum(equal, most)
    return found


def fair_share_reached(result: Result) -> float | None:
    if not result.voters:
        return None
    fair = fair_share(result)
    return result.mean((result.share >= fair * (1 - ROUNDING)).astype(np.int64))


def share_gini(result: Result) -> float | None:
    order = np.argsort(result.share, kind="stable")
    share, weight = result.share[order], result.support.weights.astype(np.float64)[order]
    total = float((share * weight).sum())
    if not total:
        return None
    # twice the area between the diagonal and the Lorenz curve
    above = np.cumsum(share * weight)
    area = float((weight * (2 * above - share * weight)).sum()) / (total * float(weight.sum()))
    return max(0.0, 1 - area)


FAIR_SHARE_REACHED = Measure(
    "fair_share_reached",
    __doc__,
    Text("Vælgere med deres andel", "Voters with their share"),
    Text(
        "Så stor en del af vælgerne får mindst deres lige store del af puljen brugt på det, de stemte på.",
        "For this part of the voters at least an equal part of the pool is spent on what they voted for.",
    ),
    "share",
    "high",
    fair_share_reached,
)
SHARE_GINI = Measure(
    "share_gini",
    __doc__,
    Text("Ulighed (Gini)", "Inequality (Gini)"),
    Text(
        "0, når alle vælgere får lige meget for deres stemme; nær 1, når få får det hele.",
        "0 when all voters get equally much for their vote; near 1 when a few get everything.",
    ),
    "number",
    "low",
    share_gini,
)
