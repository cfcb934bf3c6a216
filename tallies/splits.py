"""Equal awards: money split equally, nobody getting more than she asks for, in whole units.

With sum of min(ask, level) = total, everybody gets min(ask, level rounded down to whole units); what does not divide are
``units`` more to give, one each, to those who got less than they ask.  Aumann, Maschler: Game Theoretic Analysis of a
Bankruptcy Problem from the Talmud, Journal of Economic Theory 1985 (constrained equal awards).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from borgerbudget.frozen import frozen
from tallies.contest import Contest
from tallies.outcome import Outcome
from tallies.steps import Funded
from tallies.turns import Turn, in_turn


@frozen
class Split:
    """``base``: proposal -> amount; ``more``: who gets one of the ``units`` if their turn comes in time."""

    base: Mapping[int, int]
    more: frozenset[int]
    units: int


def equal_awards(asks: Mapping[int, int], total: int, unit: int) -> Split:
    """Splits at most ``total`` among asks that are whole units; all in minor units."""
    total = min(total, sum(asks.values())) // unit * unit
    left, waiting, level = total, len(asks), 0
    for ask in sorted(asks.values()):
        if ask * waiting >= left:
            level = left // waiting // unit * unit
            break
        left, waiting, level = left - ask, waiting - 1, ask
    base = {p: min(ask, level) for p, ask in asks.items()}
    more = frozenset(p for p, ask in asks.items() if ask > base[p])
    return Split(base, more, (total - sum(base.values())) // unit)


def tells(outcome: Outcome, tied: Sequence[int]) -> bool:
    """Whether an order of these says anything: where the money is given out at once, only if it decides who is among those
    who share, or who gets a unit more."""
    contest = outcome.contest
    if not contest.plan.traits.at_once:
        return True
    steps = {step.proposal: step for step in outcome.steps if isinstance(step, Funded) and step.phase == "rule"}
    if any(p not in steps for p in tied):
        return True
    unit = contest.plan.terms.unit or 1
    wanting = [steps[p] for p in tied if steps[p].amount < contest.asks[p] // unit * unit]
    return len({step.amount for step in wanting}) > len({step.value for step in wanting})


def shared_in_turn(
    contest: Contest, split: Split, proposals: Sequence[int], unit: int, step: Callable[[], int]
) -> Iterator[tuple[Turn, int]]:
    """Turns by score, and what each gets: the first in turn of those who want more get the units."""
    units = split.units

    def all_fit(open_ones: Sequence[int]) -> bool:
        """Unless the units end strictly inside these, nothing depends on their order."""
        return not 0 < units < sum(p in split.more for p in open_ones)

    for turn in in_turn(contest, proposals, contest.score, all_fit, step):
        amount = split.base.get(turn.proposal, 0)
        if units and turn.proposal in split.more:
            units, amount = units - 1, amount + unit
        yield turn, amount
