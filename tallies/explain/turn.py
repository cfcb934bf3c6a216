"""The turn of a proposal: the step of the count that decided about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from tallies.explain.obstacles import Obstacle, obstacle
from tallies.outcome import Outcome
from tallies.rationals import number
from tallies.splits import tells
from tallies.steps import Comparison, Funded, Skipped, Step, Stopped, Unaffordable


@dataclass(frozen=True, slots=True)
class Turn:
    """The step that decided about the proposal.

    ``left``: in the pool before it.  ``missing``: what was lacking, in the pool or, for ``unaffordable``, in its supporters'
    purses.  ``tied``: the others with the same value, without those that a criterion had put behind where their order makes no
    difference; ``decided_by`` as in the trace.  ``kind``: as in the trace, or
    ``used-up`` when ``over`` got all that was left.  ``over``: for ``stopped``, the proposals that did not fit.  ``because``:
    what stood in the way, as in the trace; ``obstacle``: the same with names and amounts.  ``before``: an earlier turn in which
    money was kept for others.  ``offered``: an amount with which it cannot be carried out.
    """

    step: int
    kind: str
    phase: str
    left: int
    missing: Fraction | None = None
    tied: tuple[str, ...] = ()
    decided_by: str | None = None
    over: tuple[str, ...] = ()
    because: str | None = None
    obstacle: Obstacle | None = None
    before: Turn | None = None
    offered: int | None = None

    def as_json(self) -> dict[str, object]:
        found: dict[str, object] = {
            "step": self.step,
            "kind": self.kind,
            "phase": self.phase,
            "left": self.left,
            "missing": None if self.missing is None else number(self.missing),
            "tied": list(self.tied),
            "decided_by": self.decided_by,
            "over": list(self.over),
        }
        more = {
            "because": self.because,
            "obstacle": self.obstacle and self.obstacle.as_json(),
            "before": self.before and self.before.as_json(),
            "offered": self.offered,
        }
        return found | {key: value for key, value in more.items() if value is not None}


def _deciding(outcome: Outcome) -> list[tuple[int, Step]]:
    """The steps that made the outcome: all, or the greedy ones if the comparison took them."""
    steps = list(enumerate(outcome.steps, 1))
    for at, (_, step) in enumerate(steps):
        if isinstance(step, Comparison):
            return steps[at + 1 :] if step.taken == "greedy" else steps[:at]
    return steps


def turn_of(outcome: Outcome, p: int) -> Turn | None:
    """The last step of p itself, else the one that ended the count; None for a proposal that took no part."""
    if outcome.contest.out[p] is not None:
        return None
    contest = outcome.contest
    ids, costs = contest.election.ids, contest.costs
    traits = contest.plan.traits
    least = contest.least[p] if traits.partial and not traits.whole_ask else contest.asks[p]

    def others(step: Funded | Skipped | Stopped) -> tuple[str, ...]:
        if not tells(outcome, step.tied):
            return ()
        open_ones = contest.ties.narrowed(step.tied) if step.decided_by == "no-difference" else step.tied
        return tuple(ids[q] for q in open_ones if q != p) if p in open_ones else ()

    def turn(at: int, mine: Funded | Skipped | Unaffordable) -> Turn:
        if isinstance(mine, Unaffordable):
            return Turn(at, "unaffordable", mine.phase, mine.left, costs[p] - mine.value)
        tied, decided_by = others(mine), mine.decided_by
        if isinstance(mine, Funded):
            in_the_way = obstacle(outcome, at, p, mine.phase) if mine.amount < contest.asks[p] else None
            return Turn(at, "funded", mine.phase, mine.left + mine.amount, None, tied, decided_by, obstacle=in_the_way)
        # what it would have taken in its turn; what it needs besides may be what does not fit
        needs = contest.asks[p] if mine.phase == "leftover" else least
        missing = Fraction(needs - mine.left) if mine.because is None and needs > mine.left else None
        in_the_way = None if mine.because is None else obstacle(outcome, at, p, mine.phase)
        skipped = Turn(at, "skipped", mine.phase, mine.left, missing, tied, decided_by, (), mine.because, in_the_way)
        return replace(skipped, offered=_offered(outcome, at, mine))

    own: list[tuple[int, Funded | Skipped | Unaffordable]] = []
    stop: tuple[int, Stopped | Funded] | None = None
    for at, step in _deciding(outcome):
        if isinstance(step, Stopped):
            stop = at, step
        elif isinstance(step, (Funded, Skipped, Unaffordable)) and step.proposal == p:
            own.append((at, step))
        elif isinstance(step, Funded) and (step.topped_up or _got_the_rest(outcome, step)):
            stop = at, step
    if own:
        last = turn(*own[-1])  # the completion has the last word
        kept = [step for step in own[:-1] if isinstance(step[1], Skipped) and step[1].because == "earmarked"]
        return replace(last, before=turn(*kept[0])) if kept else last
    if stop is None:
        return None
    at, end = stop
    if isinstance(end, Funded):
        return Turn(at, "used-up", end.phase, end.left, over=(ids[end.proposal],))
    over = tuple(ids[q] for q in end.over)
    missing = Fraction(least - end.left) if p in end.over else None
    if p not in end.over and p not in end.tied:
        return Turn(at, "stopped", end.phase, end.left, None, (), None, over)
    return Turn(at, "stopped", end.phase, end.left, missing, others(end), end.decided_by, over)


def _offered(outcome: Outcome, at: int, step: Skipped) -> int | None:
    """What was too little to be carried out: the prize in turn, or the voters' shares; None where nothing says."""
    contest, terms = outcome.contest, outcome.contest.plan.terms
    if step.because != "below-minimum":
        return None
    if terms.prizes:
        given = sum(isinstance(s, Funded) and s.phase == "rule" for s in outcome.steps[: at - 1])
        prize = terms.prizes[given]
        return min(step.left if prize is None else prize, contest.asks[step.proposal])
    if contest.plan.rule == "everyones-share":
        unit = terms.unit or 1
        return min(contest.asks[step.proposal], step.value.numerator // step.value.denominator) // unit * unit
    return None


def _got_the_rest(outcome: Outcome, step: Funded) -> bool:
    """Whether the count ended with a proposal that got less than it asked for."""
    contest = outcome.contest
    return contest.plan.rule == "residual-last" and step.phase == "rule" and step.amount < contest.asks[step.proposal]
