"""One election counted again and again: what does not change is made once.

Greedy rules.  The order of turns does not depend on the pool: it is sorted once, and a count is a walk along it.
Equal shares.  Runs do not depend on the pool, only on who takes part: a count is a walk along the stretches of endowments
that earlier counts found (``tallies.stretches``).
All other plans, and every count in which a tie stays open that might matter, are counted as ``tallies.counting`` does,
with the support made once.  Every way gives the outcome of a plain count of the changed election.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cmp_to_key
from itertools import pairwise
from typing import Literal

from borgerbudget.election import Election
from borgerbudget.pool import Pool
from tallies.contest import Contest, make_contest
from tallies.counting import TieMatters, count, leaves
from tallies.many.changes import Changed, Weighing
from tallies.outcome import Outcome
from tallies.plan import Plan
from tallies.stretches import Line, climb, in_order, start_of
from tallies.support import Support, per_voter, support_of
from tallies.ties import FixedOrder

OpenTies = Literal["order", "refuse"]
MOST_LINES = 64
"""Sets of proposals that took part for which stretches are kept."""


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
        self._base: _Shared | None = None

    def count(self, changed: Changed = Changed()) -> Counted:  # noqa: B008  (frozen)
        """Raises ValueError for a change that no election can have, InputRejected where the plan then contradicts itself."""
        if changed.weights is not None:
            if self._weighing is None:
                self._weighing = Weighing(self.election, self.plan, self.support)
            support = self._weighing.support(changed)
        else:
            support = self.support
        if not _quick(self.plan) or not support.total:
            return self._plainly(changed, support)
        if changed.weights is None and not changed.costs:
            self._base = self._base or _Shared(self.election, self.plan, support)
            shared = self._base
        else:
            shared = _Shared(replace(changed, pool=None, weights=None).election(self.election), self.plan, support)
        pool = self.election.pool.amount if changed.pool is None else changed.pool
        found = shared.count(pool)
        return self._plainly(changed, support) if found.tie and self.ties == "refuse" else found

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
        holds_each = Pool(max([1, *election.costs]), election.pool.currency, (), election.pool.area)
        self._contest = in_order(make_contest(replace(election, pool=holds_each), plan, support=support))
        self._levels = sorted({self.costs[p] for p in self._contest.eligible})
        self._order = _turns(self._contest, plan)
        self._open = _open_classes(self._contest, self._order, plan)
        self._lines: dict[int, Line] = {}

    def count(self, pool: int) -> Counted:
        if self.plan.rule != "equal-shares":
            ends = self.plan.rule == "greedy-stop"
            funded, tie = self._in_turn([p for p in self._order if self.costs[p] <= pool], pool, ends)
        else:
            funded, tie = self._equal_shares(pool)
        funded.sort()
        return Counted(tuple(funded), tuple(self.costs[p] for p in funded), tie and self.plan.lot is None)

    def _in_turn(self, waiting: Sequence[int], left: int, ends: bool = False) -> tuple[list[int], bool]:
        """Who is funded in turn, and whether it may have mattered how an open tie was broken."""
        costs, classes, funded, skipped = self.costs, self._open, [], set()
        for p in waiting:
            if costs[p] <= left:
                left -= costs[p]
                funded.append(p)
            else:
                if classes and p in classes:
                    skipped.add(classes[p])
                if ends:
                    break
        tie = bool(skipped) and any(sum(classes.get(p) == c for p in waiting) > 1 for c in skipped)
        return funded, tie

    def _equal_shares(self, pool: int) -> tuple[list[int], bool]:
        plan = self.plan
        line = self._line(pool)
        if plan.adds:
            increment = plan.increment_amount()
            exhaustive = plan.completion in ("add1e", "add1eu")
            start = start_of(plan, pool, self.support)
            found = climb(lambda endowment: line.at(endowment, increment), pool, start, increment, exhaustive)
            funded = list(found.spot.funded)
            tie = any(passed.spot.by_order for passed in found.path)
        else:
            stretch = line.at(per_voter(pool, self.support), Fraction(1))
            funded, tie = list(stretch.funded), stretch.by_order
        if plan.completion in ("utilitarian", "add1u", "add1eu"):
            left = pool - sum(self.costs[p] for p in funded)
            won = set(funded)
            rest, open_too = self._in_turn([p for p in self._order if p not in won and self.costs[p] <= pool], left)
            funded += rest
            tie = tie or open_too
        return funded, tie

    def _line(self, pool: int) -> Line:
        """The runs with who takes part in this pool."""
        level = bisect_right(self._levels, pool)
        if level not in self._lines:
            if len(self._lines) >= MOST_LINES:
                del self._lines[next(iter(self._lines))]
            out = tuple(
                "over-pool" if code is None and self.costs[p] > pool else code
                for p, code in enumerate(self._contest.out)
            )
            like = next((line.market for line in self._lines.values()), None)
            ties = self._contest.ties
            contest = replace(self._contest, out=out, ties=FixedOrder(ties.criteria, ties.lot))
            self._lines[level] = Line(contest, like)
        return self._lines[level]


def _turns(contest: Contest, plan: Plan) -> tuple[int, ...]:
    """Who takes part by value, greatest first, ties in the contest's full order."""

    def compare(p: int, q: int) -> int:
        mine, its = _value(contest, plan, p), _value(contest, plan, q)
        if mine != its:
            return -1 if mine > its else 1
        return -1 if contest.ties.goes_before(p, q) else 1

    return tuple(sorted(contest.eligible, key=cmp_to_key(compare)))


def _value(contest: Contest, plan: Plan, p: int) -> Fraction:
    """What a turn goes by, over the common denominator of scores."""
    per_cost = plan.rule == "greedy-per-cost"
    return Fraction(contest.scores[p], contest.costs[p] if per_cost else 1)


def _open_classes(contest: Contest, order: Sequence[int], plan: Plan) -> dict[int, int]:
    """For those whose turn is tied with a neighbour's and left open by the criteria: the first of their class."""
    if plan.lot is not None:
        return {}
    found: dict[int, int] = {}
    for p, q in pairwise(order):
        if _value(contest, plan, p) == _value(contest, plan, q) and len(contest.ties.narrowed((p, q))) == 2:
            found[p] = found.get(p, p)
            found[q] = found[p]
    return found
