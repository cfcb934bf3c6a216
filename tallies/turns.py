"""Proposals in turn, the greatest value first: the middle of every rule that goes by votes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallies.contest import Contest


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
