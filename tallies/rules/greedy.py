"""Greedy by score.

Take the proposals in order of score, the greatest first.

(1) Fund a proposal when its cost is at most what is left of the pool; else skip it and go on.
(2) Proposals with the same score take their turns in the plan's tie order.

The rule of most Polish cities and of Aarhus ("most votes first, skip what does not fit, go on"); with
a threshold only proposals whose score reaches it take part.  In the literature: the greedy rule or basic
approval voting; Talmon, Faliszewski: A Framework for Approval-Based Budgeting Methods, AAAI 2019.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from borgerbudget.words import Text
from tallies.contest import Contest
from tallies.rules.rule import Rule
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
    """(1) and (2) over ``proposals`` with ``left`` minor units."""
    for turn in in_turn(contest, proposals, value, lambda: left, first_step):  # noqa: B023 (asked anew)
        p = turn.proposal
        if contest.costs[p] <= left:  # (1)
            left -= contest.costs[p]
            yield Funded(phase, p, contest.costs[p], left, turn.value, turn.tied, turn.decided_by)
        else:
            yield Skipped(phase, p, left, turn.value, turn.tied, turn.decided_by)


def steps(contest: Contest, phase: str = "rule", first_step: int = 1) -> Iterator[Funded | Skipped]:
    return take_what_fits(contest, phase, contest.eligible, contest.score, contest.pool, first_step)


GREEDY = Rule(
    "greedy",
    __doc__,
    Text(
        "Forslagene tages efter stemmer, flest først. Et forslag får sine penge, hvis der er nok tilbage i puljen; "
        "ellers springes det over, og turen går til det næste.",
        "Proposals are taken by votes, most first. A proposal gets its money if enough is left in the pool; "
        "otherwise it is skipped and the next one has its turn.",
    ),
    steps,
)
