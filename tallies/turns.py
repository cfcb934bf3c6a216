"""Proposals in turn, the greatest value first: the middle of every greedy rule, of the utilitarian completion and of
the outcome that a comparison compares with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

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
    left: Callable[[], int],
    first_step: int,
) -> Iterator[Turn]:
    """The proposals by descending ``value``, ties by the plan; one turn is one step, counted from ``first_step``.

    ``left`` is asked before each turn: open proposals that all fit in it may go in any order.
    """
    classes: dict[Fraction, list[int]] = {}
    for p in proposals:
        classes.setdefault(value(p), []).append(p)
    step = first_step
    for common in sorted(classes, reverse=True):
        waiting = sorted(classes[common])
        while waiting:
            tied = tuple(waiting) if len(waiting) > 1 else ()
            open_ones = contest.ties.narrowed(waiting)
            fits_all = sum(contest.costs[p] for p in open_ones) <= left()
            choice = contest.ties.choose(waiting, step, fits_all=fits_all)
            waiting.remove(choice.chosen)
            yield Turn(choice.chosen, common, tied, choice.decided_by)
            step += 1


def take_what_fits(
    contest: Contest,
    phase: str,
    proposals: Sequence[int],
    value: Callable[[int], Fraction],
    left: int,
    first_step: int,
) -> Iterator[Funded | Skipped]:
    """Each proposal in turn is funded when its cost is at most what is left, else skipped."""
    for turn in in_turn(contest, proposals, value, lambda: left, first_step):  # noqa: B023 (asked anew)
        p = turn.proposal
        if contest.costs[p] <= left:
            left -= contest.costs[p]
            yield Funded(phase, p, contest.costs[p], left, turn.value, turn.tied, turn.decided_by)
        else:
            yield Skipped(phase, p, left, turn.value, turn.tied, turn.decided_by)
