"""One election counted again and again: what does not change is made once.

Greedy rules.  The order of turns does not depend on the pool: it is sorted once, and a count is a walk along it.  What a walk
compared the pool with says from which pool to which the next one would be the same: there it is not walked again.
Equal shares.  Runs do not depend on the pool, only on who takes part: a count is a walk along the stretches of endowments
that earlier counts found (``tallies.stretches``).  With other votes or costs add1 finds none of them again, and its own
search of one count is the faster one.
All other plans, and every count in which a tie stays open that might matter, are counted as ``tallies.counting`` does,
with the support made once.  Every way gives the outcome of a plain count of the changed election.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial
from typing import Literal

from borgerbudget.election import Election
from tallies.contest import Contest
from tallies.counting import TieMatters, count, leaves
from tallies.many.changes import Changed, Weighing
from tallies.many.reused import Reused
from tallies.outcome import Outcome
from tallies.plan import Plan
from tallies.stretches import EXHAUSTIVE, UTILITARIAN, Lines, climb, start_of
from tallies.support import Support, per_voter, support_of
from tallies.turns import queue_of

OpenTies = Literal["order", "refuse"]


@dataclass(frozen=True, slots=True)
class Counted:
    """One count in short: indices of who is funded, ascending, with amounts in minor units.

    ``tie``: under the policy ``refuse``, that only a lot could decide (then nobody is funded); under ``order``, that a tie
    which the plan leaves open was broken by id, whether or not it mattered."""

    funded: tuple[int, ...]
    amounts: tuple[int, ...]
    tie: bool = False

    @property
    def spent(self) -> int:
        return sum(self.amounts)


NOBODY_KNOWS = Counted((), (), True)


class Many:
    """Counts ``election`` under ``plan`` with one change after another.

    ``ties``: no lot can be drawn in a simulation.  ``refuse``: a tie that matters makes the count a tie; ``order``: it is
    broken by id, and marked.
    """

    def __init__(self, election: Election, plan: Plan, ties: OpenTies = "refuse") -> None:
        self.election, self.plan, self.ties = election, plan, ties
        self.support = support_of(election, plan.points_table)
        self._weighing: Weighing | None = None

    def count(self, changed: Changed = Changed()) -> Counted:  # noqa: B008  (frozen)
        """Raises ValueError for a change that no election can have, InputRejected where the plan then contradicts itself."""
        if changed.weights is None and not changed.costs:
            support, shared = self.support, self._base
        else:
            support = self._weighed(changed)
            shared = None if self.plan.adds else self._shared(changed, support)
        if shared is None:
            return self._plainly(changed, support)
        found = shared.count(self.election.pool.amount if changed.pool is None else changed.pool)
        return self._plainly(changed, support) if found.tie and self.ties == "refuse" else found

    @cached_property
    def _base(self) -> _Shared | None:
        """What counts share that differ in the pool alone."""
        return self._shared(Changed(), self.support)

    def _shared(self, changed: Changed, support: Support) -> _Shared | None:
        if not _quick(self.plan) or not support.total:
            return None
        return _Shared(replace(changed, pool=None, weights=None).election(self.election), self.plan, support)

    def _weighed(self, changed: Changed) -> Support:
        if changed.weights is None:
            return self.support
        if self._weighing is None:
            self._weighing = Weighing(self.election, self.plan, self.support)
        return self._weighing.support(changed)

    def outcome(self, changed: Changed = Changed()) -> Outcome:  # noqa: B008  (frozen)
        """The whole outcome of a plain count.  Raises TieMatters, whatever the policy here."""
        return count(changed.election(self.election), self.plan)

    def _plainly(self, changed: Changed, support: Support) -> Counted:
        election = changed.election(self.election)
        if self.ties == "refuse" or self.plan.lot is not None:
            try:
                return _short(count(election, self.plan, support=support))
            except TieMatters:
                return NOBODY_KNOWS
        outcome = next(leaves(election, self.plan, support=support))
        return _short(outcome, bool(outcome.contest.ties.forks))


def _short(outcome: Outcome, tie: bool = False) -> Counted:
    index = outcome.contest.election.index
    awards = sorted((index[award.proposal], award.amount) for award in outcome.funded)
    return Counted(tuple(p for p, _ in awards), tuple(amount for _, amount in awards), tie)


def _quick(plan: Plan) -> bool:
    """Whether the plan is of those that ``_Shared`` knows."""
    if not plan.terms.plain or plan.comparison not in (None, "none"):
        return False
    return plan.rule in ("greedy", "greedy-stop", "greedy-per-cost", "equal-shares")


class _Shared:
    """What the counts of one election with different pools share."""

    def __init__(self, election: Election, plan: Plan, support: Support) -> None:
        self.plan, self.support, self.costs = plan, support, election.costs
        self._lines = Lines(election, plan, support)
        self._queue = queue_of(self._lines.contest, partial(_value, self._lines.contest, plan))
        self._levels = sorted({self.costs[p] for p in self._queue.order})
        self._known = Reused[Counted]()

    def count(self, pool: int) -> Counted:
        if self.plan.rule == "equal-shares":
            return self._short(*self._equal_shares(pool))
        known = self._known.at(pool)
        return self._greedy(pool) if known is None else known

    def _greedy(self, pool: int) -> Counted:
        taken = self._queue.taken(self._taking_part(pool), pool, self.plan.rule == "greedy-stop")
        found = self._short(taken.funded, taken.tie)
        level = bisect_right(self._levels, pool)  # those who take part are the same up to the next level
        highs = [
            high for high in (taken.high, *(cost - 1 for cost in self._levels[level : level + 1])) if high is not None
        ]
        self._known.keep(max([taken.low, *self._levels[:level][-1:]]), min(highs, default=None), found)
        return found

    def _short(self, funded: list[int], tie: bool) -> Counted:
        funded.sort()
        return Counted(tuple(funded), tuple(self.costs[p] for p in funded), tie and self.plan.lot is None)

    def _taking_part(self, pool: int) -> set[int]:
        return {p for p in self._queue.order if self.costs[p] <= pool}

    def _equal_shares(self, pool: int) -> tuple[list[int], bool]:
        plan, line = self.plan, self._lines.in_pool(pool)
        if plan.adds:
            increment = plan.increment_amount()
            start = start_of(plan, pool, self.support)
            found = climb(partial(line.at, step=increment), pool, start, increment, plan.completion in EXHAUSTIVE)
            funded = list(found.spot.funded)
            tie = any(passed.spot.by_order for passed in found.path)
        else:
            stretch = line.at(per_voter(pool, self.support), Fraction(1))
            funded, tie = list(stretch.funded), stretch.by_order
        if plan.completion in UTILITARIAN:
            left = pool - sum(self.costs[p] for p in funded)
            rest = self._queue.taken(self._taking_part(pool).difference(funded), left)
            funded, tie = funded + rest.funded, tie or rest.tie
        return funded, tie


def _value(contest: Contest, plan: Plan, p: int) -> Fraction:
    """What a turn goes by, over the common denominator of scores."""
    return Fraction(contest.scores[p], contest.costs[p] if plan.rule == "greedy-per-cost" else 1)
