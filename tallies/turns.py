"""Proposals in turn, the greatest value first: the middle of every rule that goes by votes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from fractions import Fraction
from functools import cmp_to_key
from itertools import pairwise
from typing import NamedTuple

from borgerbudget.frozen import frozen
from tallies.contest import Contest


@frozen(slots=True)
class Turn:
    """A proposal whose turn it is, and why."""

    proposal: int
    value: Fraction
    tied: tuple[int, ...]
    decided_by: str | None


def in_turn(
    contest: Contest,
    proposals: Sequence[int],
    value: Callable[[int], Fraction],
    all_fit: Callable[[Sequence[int]], bool],
    step: Callable[[], int],
    waits: Callable[[int], bool] | None = None,
) -> Iterator[Turn]:
    """The proposals by descending ``value``, ties by the plan.

    ``all_fit`` is asked about open proposals before a turn: whether they may go in any order.  ``step`` gives the number of
    the step in which a turn is taken.  ``waits``: whether a proposal still has a turn to come (None: all that had none).
    """
    classes: dict[Fraction, list[int]] = {}
    for p in proposals:
        classes.setdefault(value(p), []).append(p)
    for common in sorted(classes, reverse=True):
        waiting = sorted(classes[common])
        while waiting := waiting if waits is None else [p for p in waiting if waits(p)]:
            tied = tuple(waiting) if len(waiting) > 1 else ()
            fits_all = bool(tied) and all_fit(contest.ties.narrowed(waiting))
            choice = contest.ties.choose(waiting, step(), fits_all=fits_all)
            waiting.remove(choice.chosen)
            yield Turn(choice.chosen, common, tied, choice.decided_by)


def fitting(contest: Contest, left: Callable[[], int]) -> Callable[[Sequence[int]], bool]:
    """Whether all of some proposals fit together in what is ``left`` when they are asked about."""
    return lambda proposals: sum(contest.asks[p] for p in proposals) <= left()


class Taken(NamedTuple):
    """Who is funded; ``tie``: whether a tie that the plan leaves open may have mattered.  All of it is the same with every
    amount from ``low`` to ``high`` (None: any larger one), both included, that the same proposals wait for."""

    funded: list[int]
    tie: bool
    low: int
    high: int | None


@frozen(eq=False)
class Queue:
    """All turns of a contest in one full order, sorted once for many counts in which neither values nor order change.

    ``open_class``: for those tied with a neighbour in value and in all criteria the first of their class."""

    order: tuple[int, ...]
    costs: tuple[int, ...]
    open_class: dict[int, int]

    def taken(self, waiting: Collection[int], left: int, ends: bool = False) -> Taken:
        """Which of ``waiting`` get their cost out of ``left``.  ``ends``: the first that does not fit ends it."""
        spent, high = 0, None
        funded, skipped = [], set()
        for p in self.order:
            if p not in waiting:
                continue
            needed = spent + self.costs[p]
            if needed <= left:
                spent = needed
                funded.append(p)
            else:
                high = needed - 1 if high is None else min(high, needed - 1)
                skipped.add(self.open_class.get(p))
                if ends:
                    break
        skipped.discard(None)
        tie = bool(skipped) and any(sum(self.open_class.get(p) == c for p in waiting) > 1 for c in skipped)
        return Taken(funded, tie, spent, high)


def queue_of(contest: Contest, value: Callable[[int], Fraction]) -> Queue:
    """The queue of who takes part by ``value``, greatest first, ties in the full order of ``contest``."""
    ties, values = contest.ties, {p: value(p) for p in contest.eligible}

    def compare(p: int, q: int) -> int:
        first = ties.goes_before(p, q) if values[p] == values[q] else values[p] > values[q]
        return -1 if first else 1

    order = tuple(sorted(contest.eligible, key=cmp_to_key(compare)))
    open_class: dict[int, int] = {}
    for p, q in pairwise(order):
        if contest.plan.lot is None and values[p] == values[q] and len(ties.narrowed((p, q))) == 2:
            open_class[p] = open_class.get(p, p)
            open_class[q] = open_class[p]
    return Queue(order, contest.costs, open_class)
