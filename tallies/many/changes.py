"""What may differ from one count of an election to the next, and the election as it is then."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from borgerbudget.ballots.method import Ints
from borgerbudget.election import Election
from borgerbudget.pool import Pool
from borgerbudget.profile import Profile
from tallies.plan import Plan
from tallies.support import LARGEST_EXACT, Support, support_of


@dataclass(frozen=True, slots=True, eq=False)
class Changed:
    """``pool`` in minor units; ``costs``: (proposal's index, new cost in minor units).  ``weights`` (G,): how much each
    distinct ballot of the profile weighs, whole numbers from zero over ``denominator``: how often it was drawn, or how much
    its area counts.  What is not given stays as it is.  ValueError for what no election can have."""

    pool: int | None = None
    costs: tuple[tuple[int, int], ...] = ()
    weights: Ints | None = None
    denominator: int = 1

    def __post_init__(self) -> None:
        if min([1 if self.pool is None else self.pool, self.denominator, *(cost for _, cost in self.costs)]) < 1:
            raise ValueError("a pool, a cost and a denominator must be positive")
        if self.weights is not None and (self.weights < 0).any():
            raise ValueError("a ballot's weight must be zero or more")

    def election(self, election: Election) -> Election:
        """``election`` with this change.  ValueError when the weights are not those of its ballots."""
        pool, proposals, profile = election.pool, list(election.proposals), election.profile
        if self.pool is not None:
            pool = Pool(self.pool, pool.currency, (), pool.area)
        for p, cost in self.costs:
            least = proposals[p].min_cost
            least = None if least is None else min(least, cost)
            proposals[p] = replace(proposals[p], cost=cost, total_price=None, min_cost=least)
        if self.weights is not None:
            profile = _weighed(election, self.weights, self.denominator)
        return replace(election, pool=pool, proposals=tuple(proposals), profile=profile)


def _weighed(election: Election, weights: Ints, denominator: int) -> Profile:
    old = election.profile
    if election.totals is not None:
        raise ValueError("nothing is known of the ballots of a hand count, so that they cannot be weighed anew")
    if weights.shape != old.weights.shape:
        raise ValueError("every distinct ballot needs a weight")
    kept = np.flatnonzero(weights)
    return Profile(old.marks.ballots(kept), weights[kept], denominator)


class Weighing:
    """The support of one election's ballots under other weights, without reading the ballots again."""

    def __init__(self, election: Election, plan: Plan, support: Support) -> None:
        self._election, self._plan, self._support = election, plan, support
        self._order = np.argsort(support.proposal, kind="stable")
        # what support leaves out never adds to a score, so that equal sums at positive weights mean: nothing is left out
        worth = support.weights[support.group]
        if support.value is not None and support.exact_in_floats:
            worth = worth * support.value
        self._whole = (
            support.exact_in_floats and election.totals is None and support.sum_by_proposal(worth) == support.scores
        )

    def support(self, changed: Changed) -> Support:
        """As ``support_of`` the changed election.  ValueError when the weights are not those of its ballots."""
        old, weights = self._support, changed.weights
        assert weights is not None
        largest = 1 if old.value is None or not old.value.size else int(old.value.max())
        small = weights.dtype != object and int(weights.sum()) * largest * max(1, old.proposals) < LARGEST_EXACT
        if not self._whole or not small or weights.shape != old.weights.shape:
            return support_of(changed.election(self._election), self._plan.points_table)
        kept = weights > 0
        entries = kept[old.group]
        sizes = np.diff(old.start)[kept]
        group = np.repeat(np.arange(sizes.size, dtype=np.int64), sizes)
        proposal = old.proposal[entries]
        value = None if old.value is None else old.value[entries]
        weights = weights[kept]
        worth = weights[group] if value is None else weights[group] * value
        sums = np.bincount(proposal, weights=worth, minlength=old.proposals)
        scores = tuple(map(int, sums.tolist()))  # below 2**53: exact
        start = np.concatenate(([0], np.cumsum(sizes)))
        found = Support(weights, changed.denominator, start, proposal, value, scores)
        vars(found).update(group=group)  # cached on the frozen value
        if value is None:
            vars(found).update(supporters=scores)
        number = np.cumsum(kept) - 1
        order = self._order[entries[self._order]]
        ends = np.cumsum(np.bincount(proposal, minlength=old.proposals))[:-1]
        groups = np.split(number[old.group[order]], ends) if old.proposals else []
        if old.value is None:
            columns = tuple((g, None) for g in groups)
            vars(found).update(by_proposal=columns)
        else:
            vars(found).update(by_proposal=tuple(zip(groups, np.split(old.value[order], ends), strict=True)))
        return found
