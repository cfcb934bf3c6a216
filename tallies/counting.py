"""The count: election and plan in, outcome out; open ties are followed to see whether they matter (docs/trace.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NoReturn

from borgerbudget.election import Election
from borgerbudget.errors import DecisionNeeded, Problem, problem
from borgerbudget.frozen import frozen
from tallies.contest import Diagnostics, make_contest
from tallies.contradictions import refuse_contradictions
from tallies.leftover import with_leftover
from tallies.outcome import Outcome, fold
from tallies.plan import Plan
from tallies.rules import RULES
from tallies.steps import Interval, Step
from tallies.support import Support, support_of
from tallies.ties import Fork
from tallies.words import PROBLEMS

MOST_LEAVES = 256
"""Complete counts that are followed before open ties count as mattering."""


class TieMatters(DecisionNeeded):
    """Two ways of breaking an open tie lead to different outcomes, or there are too many ways to follow them all.

    ``reason``: ``matters`` or ``too-many``; ``whole``: the step and the ids of the whole tie, which people are told of;
    ``step`` and ``tied`` say where the ways part.
    """

    def __init__(
        self,
        step: int,
        run: int | None,
        tied: tuple[str, ...],
        reason: str,
        ties: tuple[str, ...],
        code: str | None = None,
    ) -> None:
        self.step, self.run, self.tied, self.reason = step, run, tied, reason
        self.whole = step, tied
        code = code or ("TIE-001" if reason == "matters" else "TIE-002")
        where = "" if run is None else f" (add1, k = {run})"
        policy = ",".join((*ties[:-1], "lot"))
        found: Problem = problem(PROBLEMS, code, step=step, run=where, tied=", ".join(tied), ties=policy)
        super().__init__(found)

    def as_json(self) -> dict[str, object]:
        """The document ``borgerbudget.tie/1``."""
        return {
            "schema": "borgerbudget.tie/1",
            "step": self.step,
            "tied": list(self.tied),
            "reason": self.reason,
            "run": self.run,
        }


Progress = Callable[[int, int], None]
"""Is told, after every sequence of purchases that add1 has found, its last run k and what it costs."""


def count(
    election: Election,
    plan: Plan,
    *,
    exact_only: bool = False,
    support: Support | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Counts ``election`` under ``plan``.

    ``exact_only`` disables the float filter: the same outcome and trace, slower.  Raises TieMatters when only a lot may
    decide, InputRejected for a plan that contradicts itself or the election.
    """
    first: Outcome | None = None
    for number, leaf in enumerate(leaves(election, plan, exact_only, support, progress)):
        if first is None:
            first = leaf
        elif number == MOST_LEAVES:
            _refuse(first, first.contest.ties.forks[0], "too-many")
        elif leaf.key != first.key:
            ours, theirs = first.contest.ties.forks, leaf.contest.ties.forks
            parted = next(a for a, b in zip(ours, theirs, strict=False) if a.chosen != b.chosen)
            _refuse(first, parted, "matters")
    assert first is not None
    return first


def _refuse(outcome: Outcome, fork: Fork, reason: str) -> NoReturn:
    contest = outcome.contest

    def named(proposals: Sequence[int]) -> tuple[str, ...]:
        return tuple(contest.election.ids[p] for p in proposals)

    same = (f for f in contest.ties.forks if f.run == fork.run and set(f.candidates) >= set(fork.candidates))
    first = next(same)
    # people are told of the whole tie, from its first step; the document says where the ways part
    found = TieMatters(first.step, first.run, named(first.candidates), reason, contest.plan.ties)
    found.step, found.tied = fork.step, named(fork.candidates)
    raise found


def leaves(
    election: Election,
    plan: Plan,
    exact_only: bool = False,
    support: Support | None = None,
    progress: Progress | None = None,
) -> Iterator[Outcome]:
    """One complete count for each way of breaking the open ties, depth first, least ids first; endless never, but
    possibly very many.  Raises InputRejected for a plan that contradicts itself or the election."""
    support = support or support_of(election, plan.points_table)
    diagnostics = Diagnostics()
    path: tuple[int, ...] = ()
    while True:
        contest = make_contest(election, plan, path, exact_only, support, diagnostics)
        if not diagnostics.counts:
            refuse_contradictions(contest, RULES[plan.rule].refusal)
        diagnostics.counts += 1
        steps = with_leftover(contest, RULES[plan.rule].steps(contest))
        yield fold(contest, steps if progress is None else _told(steps, progress))
        forks = contest.ties.forks
        while forks and forks[-1].chosen == forks[-1].candidates[-1]:
            forks = forks[:-1]
        if not forks:
            return
        last = forks[-1]
        following = last.candidates[last.candidates.index(last.chosen) + 1]
        path = (*(fork.chosen for fork in forks[:-1]), following)


def _told(steps: Iterator[Interval | Step], progress: Progress) -> Iterator[Interval | Step]:
    for step in steps:
        if isinstance(step, Interval):
            progress(step.last, step.spent)
        yield step


@frozen
class Reachable:
    """Every outcome that some order of the tied proposals leads to; ``complete`` unless the bound was met."""

    outcomes: tuple[Outcome, ...]
    counts: int
    complete: bool

    def as_json(self) -> dict[str, object]:
        """The document ``borgerbudget.all-ties/1``."""
        return {
            "schema": "borgerbudget.all-ties/1",
            "complete": self.complete,
            "counts": self.counts,
            "outcomes": [_reached(outcome) for outcome in self.outcomes],
        }


def _reached(outcome: Outcome) -> dict[str, object]:
    """Who gets money in one outcome, and, where the rule may pay part of a cost, how much."""
    awards = sorted(outcome.funded, key=lambda award: award.proposal.encode())
    found: dict[str, object] = {"funded": [award.proposal for award in awards], "spent": outcome.spent}
    if outcome.contest.plan.traits.partial:
        found["amounts"] = [award.amount for award in awards]
    return found


def reachable(election: Election, plan: Plan, bound: int = MOST_LEAVES) -> Reachable:
    """All outcomes over the open ties, in the order they are met, at most ``bound`` counts."""
    found: dict[frozenset[tuple[str, int]], Outcome] = {}
    counts = 0
    for leaf in leaves(election, plan):
        if counts == bound:
            return Reachable(tuple(found.values()), counts, False)
        counts += 1
        found.setdefault(leaf.key, leaf)
    return Reachable(tuple(found.values()), counts, True)
