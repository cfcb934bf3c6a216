"""How a voter with opinions fills in a ballot: one function per ballot method, all keeping to the declared limits.

approval   Everything she approves of, best first until ``max_length`` or ``max_sum_cost`` is reached; one that would break the
           limit on costs is passed over.  Who approves of something, but of fewer than ``min_length``, goes on to what she
           dislikes least.  Who approves of nothing hands in a blank ballot.
knapsack   As approval, within a basket: ``max_sum_cost``, or else the pool.
ranked     As approval, written in order of preference.
points     As approval, and the sum (``max_sum_points``, or else ten) is shared out in proportion to the utilities by the
           method of Sainte-Laguë, no proposal getting more than ``max_points``.

Voters are sincere: nobody votes by what others might do.  Other limits (``min_sum_cost``, ``min_points``) are not looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from borgerbudget.ballots import METHODS, Limits
from borgerbudget.ballots.method import Ints, Marks
from borgerbudget.election import Election
from borgerbudget.profile import merge
from scenarios.electorates.opinions import Floats, Opinions, Truths

POINTS = 10
"""Points to share out where no sum is declared."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a voter holds in her hand: costs (proposals,) and the pool in minor units, and the limits."""

    costs: Ints
    pool: int
    limits: Limits


def _chosen(utility: Floats, sheet: Sheet, basket: int | None) -> tuple[Ints, Truths]:
    """For each voter the proposals from the best liked down (voters, proposals), and which of them she marks."""
    limits = sheet.limits
    order = np.argsort(-utility, axis=1, kind="stable")
    liked = (utility > 0).sum(axis=1)
    length = liked if limits.min_length is None else np.where(liked > 0, np.maximum(liked, limits.min_length), 0)
    marked: Truths = np.arange(utility.shape[1])[None, :] < length[:, None]
    if basket is not None:
        marked = _within(basket, sheet.costs[order], marked)
    if limits.max_length is not None:
        marked &= np.cumsum(marked, axis=1) <= limits.max_length
    return order, marked


def _within(basket: int, costs: Ints, marked: Truths) -> Truths:
    """What still fits, taken from the best liked down."""
    kept = np.zeros_like(marked)
    left = np.full(costs.shape[0], basket, np.int64)
    for place in range(costs.shape[1]):
        taken = marked[:, place] & (costs[:, place] <= left)
        kept[:, place] = taken
        left -= np.where(taken, costs[:, place], 0)
    return kept


def _written(order: Ints, marked: Truths, points: Ints | None = None) -> Marks:
    offsets = np.zeros(marked.shape[0] + 1, np.int64)
    np.cumsum(marked.sum(axis=1), out=offsets[1:])
    return Marks(offsets, order[marked].astype(np.int32), None if points is None else points[marked])


def _approval(utility: Floats, sheet: Sheet) -> Marks:
    return _written(*_chosen(utility, sheet, sheet.limits.max_sum_cost))


def _knapsack(utility: Floats, sheet: Sheet) -> Marks:
    basket = sheet.limits.max_sum_cost
    return _written(*_chosen(utility, sheet, sheet.pool if basket is None else basket))


def _points(utility: Floats, sheet: Sheet) -> Marks:
    order, marked = _chosen(utility, sheet, sheet.limits.max_sum_cost)
    total, most = sheet.limits.max_sum_points, sheet.limits.max_points
    # what is marked although it is disliked (``min_length``) comes last, and counts for next to nothing
    strength = np.where(marked, np.maximum(np.take_along_axis(utility, order, axis=1), 1e-9), 0.0)
    given = np.zeros(order.shape, np.int64)
    voter = np.arange(order.shape[0])
    for _ in range(POINTS if total is None else total):
        claim = strength / (2 * given + 1)
        if most is not None:
            claim[given >= most] = 0.0
        best = claim.argmax(axis=1) if claim.shape[1] else np.zeros(0, np.int64)
        if claim.shape[1]:
            given[voter, best] += claim[voter, best] > 0
    return _written(order, given > 0, given)


FORMS: dict[str, Callable[[Floats, Sheet], Marks]] = {
    "approval": _approval,
    "knapsack": _knapsack,
    "points": _points,
    "ranked": _approval,  # both are written from the best liked down; approval forgets the order when ballots are merged
}
"""Ballot method -> how it is filled in.  Nobody can simulate a hand count, and grades have no published model here."""


def filled_in(method: str, opinions: Opinions, sheet: Sheet) -> Marks:
    """One ballot per voter, in the order of the voters.  Raises KeyError for a method that is not in ``FORMS``."""
    return FORMS[method](opinions.utility, sheet)


def voted(election: Election, opinions: Opinions, method: str | None = None, limits: Limits | None = None) -> Election:
    """``election`` with these voters' ballots instead of its own; ``method`` and ``limits`` as there, unless given."""
    kind = election.method if method is None else METHODS[method]
    limits = election.limits if limits is None else limits
    sheet = Sheet(np.array(election.costs, np.int64), election.pool.amount, limits)
    profile = merge(kind, filled_in(kind.name, opinions, sheet))
    return Election(election.pool, election.proposals, kind, profile, limits, election.round)
