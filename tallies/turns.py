"""Proposals in turn, the greatest value first: the middle of every rule that goes by votes, of the utilitarian completion and
of the outcome that a comparison compares with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from tallies.contest import Contest
from tallies.steps import Funded, Skipped


@dataclass(frozen=True, slots=True)
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


def take_what_fits(
    contest: Contest,
    phase: str,
    proposals: Sequence[int],
    value: Callable[[int], Fraction],
    left: int,
    first_step: int,
) -> Iterator[Funded | Skipped]:
    """Each proposal in turn is funded when its cost is at most what is left, else skipped."""
    all_fit = fitting(contest, lambda: left)
    for turn in in_turn(contest, proposals, value, all_fit, count(first_step).__next__):
        p = turn.proposal
        if contest.costs[p] <= left:
            left -= contest.costs[p]
            yield Funded(phase, p, contest.costs[p], left, turn.value, turn.tied, turn.decided_by)
        else:
            yield Skipped(phase, p, left, turn.value, turn.tied, turn.decided_by)
