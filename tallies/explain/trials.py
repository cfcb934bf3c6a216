"""One question asked many times: would this proposal win if its cost, its votes or the pool were different?

To win is to be funded in every way of breaking open ties.  A trial answers with a count in which the proposal loses, or
with None when it wins.  The plan and its lot stay as they are; what a change does not touch is not built again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import islice

import numpy as np

from borgerbudget.ballots.method import Marks
from borgerbudget.election import Election
from borgerbudget.errors import InputRejected
from borgerbudget.pool import Pool
from borgerbudget.profile import Profile
from tallies.counting import MOST_LEAVES, leaves
from tallies.outcome import Outcome
from tallies.plan import Plan
from tallies.stretches import Lines
from tallies.support import LARGEST_EXACT, Support, support_of


@dataclass(eq=False)
class Trials:
    """``proposal``: an index.  ``shared``: runs made for other proposals.
    ``undecided`` becomes true when a trial had more ways of breaking ties than are followed:
    it then counts as lost, and nothing found with it is exact."""

    election: Election
    plan: Plan
    proposal: int
    support: Support
    undecided: bool = False
    counted: int = field(default=0)
    shared: Lines | None = None

    @property
    def lines(self) -> Lines:
        """The runs of equal shares that the questions about all proposals share."""
        if self.shared is None:
            self.shared = Lines(self.election, self.plan, self.support)
        return self.shared

    @property
    def id(self) -> str:
        return self.election.ids[self.proposal]

    @property
    def cost(self) -> int:
        return self.election.costs[self.proposal]

    @property
    def pool(self) -> int:
        return self.election.pool.amount

    @cached_property
    def voters(self) -> Fraction:
        return Fraction(self.support.total, self.support.denominator)

    @cached_property
    def supporters(self) -> tuple[Fraction, ...]:
        return tuple(Fraction(n, self.support.denominator) for n in self.support.supporters)

    @cached_property
    def scores(self) -> tuple[Fraction, ...]:
        return tuple(Fraction(s, self.support.denominator) for s in self.support.scores)

    @cached_property
    def rivals(self) -> tuple[int, ...]:
        """All others that could take part with some pool and some votes."""
        return tuple(q for q, other in enumerate(self.election.proposals) if q != self.proposal and not other.withdrawn)

    @cached_property
    def joining(self) -> tuple[int, ...]:
        """The pools at which others begin to take part, ascending."""
        return tuple(sorted({least_pool_for(self, self.election.costs[q]) for q in self.rivals}))

    # --- trials --------------------------------------------------------------------------------------------------

    def at_cost(self, cost: int) -> Outcome | None:
        return self._lost(self.with_cost(cost), self.support)

    def with_votes(self, more: int) -> Outcome | None:
        """With ``more`` new ballots that hold only this proposal."""
        return self._lost(self.election, self.joined(more))

    def with_pool(self, pool: int) -> Outcome | None:
        return self._lost(self.larger(pool), self.support)

    def _lost(self, election: Election, support: Support) -> Outcome | None:
        self.counted += 1
        for number, leaf in enumerate(leaves(election, self.plan, support=support)):
            if number == MOST_LEAVES:
                self.undecided = True
                return leaf
            if all(award.proposal != self.id for award in leaf.funded):
                return leaf
        return None

    def amount(self, election: Election, support: Support) -> int:
        """What the proposal gets where it wins: the least over all ways of breaking open ties."""
        followed = islice(leaves(election, self.plan, support=support), MOST_LEAVES)
        return min(award.amount for leaf in followed for award in leaf.funded if award.proposal == self.id)

    def wins(self, trial: Callable[[int], Outcome | None], value: int) -> bool:
        """Whether the proposal wins in a trial; a change that makes the plan contradict itself helps nobody."""
        try:
            return trial(value) is None
        except InputRejected:
            return False

    # --- what is changed -----------------------------------------------------------------------------------------

    def with_cost(self, cost: int) -> Election:
        proposals = list(self.election.proposals)
        least = proposals[self.proposal].min_cost
        least = None if least is None else min(least, cost)
        proposals[self.proposal] = replace(proposals[self.proposal], cost=cost, total_price=None, min_cost=least)
        return replace(self.election, proposals=tuple(proposals))

    def larger(self, pool: int) -> Election:
        old = self.election.pool
        return replace(self.election, pool=Pool(pool, old.currency, (), old.area))

    @cached_property
    def points(self) -> int:
        """What a new ballot gives the proposal: 1 for a set; the table's first place (Borda: 1); the most points that
        the round's limits allow, else the most on any ballot, else 1."""
        if self.election.method.name == "ranked":
            table = self.plan.points_table
            return 1 if table is None else max(table[:1], default=0)
        if not self.election.method.has_points:
            return 1
        limits, seen = self.election.limits, self.election.profile.marks.points
        allowed = [most for most in (limits.max_points, limits.max_sum_points) if most is not None]
        if allowed:
            return min(allowed)
        return max(1, int(seen.max())) if seen is not None and seen.size else 1

    @cached_property
    def silence(self) -> int:
        """What a new ballot gives every other proposal: the default grade."""
        return self.election.limits.default_score if self.election.method.name == "scoring" else 0

    @cached_property
    def _one_more(self) -> Support:
        """The support with one new ballot, which stands last."""
        profile = self.election.profile
        marks = profile.marks
        added = Marks(
            np.append(marks.offsets, marks.offsets[-1] + 1),
            np.append(marks.proposals, np.int32(self.proposal)),
            None if marks.points is None else np.append(marks.points, np.int64(self.points)),
        )
        weights = np.append(profile.weights, np.array([profile.denominator], profile.weights.dtype))
        election = replace(self.election, profile=Profile(added, weights, profile.denominator))
        return support_of(election, self.plan.points_table)

    def joined(self, more: int) -> Support:
        """The support with ``more`` new ballots: only one weight and the scores differ from that with one."""
        if self.election.totals is not None:
            return self._added_by_hand(more)
        one, weight = self._one_more, more * self.support.denominator
        small = one.weights.dtype != object and self.support.total + weight < LARGEST_EXACT
        weights = one.weights.copy() if small else one.weights.astype(object)
        weights[-1] = weight
        scores = tuple(old + more * (new - old) for old, new in zip(self.support.scores, one.scores, strict=True))
        found = replace(one, weights=weights, scores=scores)
        # cached on the frozen value: who stands on which ballot is the same for every number of new ballots
        supporters = list(one.supporters)
        supporters[self.proposal] += (more - 1) * self.support.denominator * (self.points > 0)
        vars(found).update(
            group=one.group,
            by_proposal=one.by_proposal,
            supporters=tuple(supporters),
            total=self.support.total + weight,
        )
        return found

    def _added_by_hand(self, more: int) -> Support:
        """The same for a hand count: the proposal's total and the number of voters grow."""
        totals = list(self.support.scores)
        totals[self.proposal] += more
        found = replace(
            self.support,
            weights=np.array([self.support.total + more], np.int64),
            start=np.zeros(2, np.int64),
            scores=tuple(totals),
        )
        vars(found).update(supporters=found.scores)
        return found


def eligibility_events(trial: Trials, pool: int) -> tuple[int, ...]:
    """The least larger pool at which another proposal begins to take part, if there is one."""
    place = bisect_right(trial.joining, pool)
    return trial.joining[place : place + 1]


def least_pool_for(trial: Trials, cost: int) -> int:
    """The least pool in which a proposal of this cost takes part."""
    if trial.plan.traits.partial:
        return 1
    return -(-4 * cost // 5) if trial.plan.rule == "greedy-80" else cost
