"""How far a count holds that is made by the rule itself on tracked numbers: every rule but equal shares.

All ways of breaking open ties are followed on one track, so that a tie that matters does so as far as the track reaches.  What
is asked is who is funded.  Where the money is given out at once, amounts change with every øre and so may the tie about the
last one; who shares does not, and only that is followed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial

from borgerbudget.election import Election
from borgerbudget.errors import InputRejected
from borgerbudget.words import Text
from scenarios.intervals.held import TOO_MANY_WAYS, Found, of_ways, rejected
from scenarios.intervals.loads import phragmen
from scenarios.intervals.tracked import Tracked
from tallies.contest import Contest, make_contest
from tallies.contradictions import refuse_contradictions
from tallies.counting import MOST_LEAVES
from tallies.leftover import with_leftover
from tallies.passes import go_on
from tallies.plan import Plan
from tallies.rules import RULES, equal_split, everyones_share
from tallies.steps import Comparison, Funded, Interval, Step
from tallies.support import Support

Winners = Callable[[Contest], Collection[int]]


def found_at(election: Election, plan: Plan, support: Support) -> Found:
    """Who is funded, all open ties followed; the pool or a cost of ``election`` may be tracked."""
    winners = _winners_of(election, plan)
    ways: set[frozenset[int]] = set()
    path: tuple[int, ...] = ()
    for _ in range(MOST_LEAVES + 1):
        contest = _Silent.of(make_contest(election, plan, path, support=support))
        if not ways:
            try:
                refuse_contradictions(contest, RULES[plan.rule].refusal)
            except InputRejected as error:
                return rejected(error)
        ways.add(frozenset(winners(contest)))
        forks = contest.ties.forks
        while forks and forks[-1].chosen == forks[-1].candidates[-1]:
            forks = forks[:-1]
        if not forks:
            return of_ways(ways)
        last = forks[-1]
        path = (
            *(fork.chosen for fork in forks[:-1]),
            last.candidates[last.candidates.index(last.chosen) + 1],
        )
    return TOO_MANY_WAYS


class _Silent(Contest):
    """A contest whose problems are not written out: to write a tracked amount it must be known, and that ends the track."""

    @classmethod
    def of(cls, contest: Contest) -> _Silent:
        return cls(contest.election, contest.plan, contest.support, contest.out, contest.ties)

    def told(self, amount: int) -> Text:
        return Text("", "")


def _winners_of(election: Election, plan: Plan) -> Winners:
    next_in_line = plan.terms.leftover in ("next", "next-part")
    if plan.rule == "equal-split" and not next_in_line:
        return _who_splits
    if plan.rule == "everyones-share" and not next_in_line:
        return _who_shares
    steps: Callable[[Contest], Iterator[Interval | Step]] = RULES[plan.rule].steps
    if any(isinstance(cost, Tracked) for cost in election.costs):
        if plan.rule == "phragmen":
            steps = phragmen
        elif plan.rule == "greedy-per-cost":
            steps = _per_cost
    # what is given to those who got too little makes nobody a winner
    only_amounts = plan.terms.leftover == "redistribute"
    return partial(_who_wins, steps, only_amounts)


def _who_wins(
    steps: Callable[[Contest], Iterator[Interval | Step]], only_amounts: bool, contest: Contest
) -> Collection[int]:
    if only_amounts:
        contest = replace(contest, plan=replace(contest.plan, terms=replace(contest.plan.terms, leftover=None)))
    won = list[int]()
    for step in with_leftover(contest, steps(contest)):
        if isinstance(step, Funded):
            won.append(step.proposal)
        elif isinstance(step, Comparison) and step.taken == "greedy":
            won = list(contest.given)
    return won


def _who_splits(contest: Contest) -> Collection[int]:
    split, _ = equal_split.split_of(contest, equal_split.winners(contest), contest.plan.terms.unit or 1)
    return [*contest.given, *split.base]


def _who_shares(contest: Contest) -> Collection[int]:
    if not contest.eligible:
        return contest.given
    shares, _ = everyones_share.shares_of(contest, contest.plan.terms.unit or 1)
    return [*contest.given, *shares]


def _per_cost(contest: Contest) -> Iterator[Interval | Step]:
    """Greedy by score per cost: the order of turns is that of now, for as long as no two change places."""
    scores, costs = contest.scores, contest.costs
    tracked = [p for p in contest.eligible if isinstance(costs[p], Tracked)]
    now = {p: Fraction(scores[p], Fraction(getattr(costs[p], "now", costs[p]))) for p in contest.eligible}
    for p in tracked:
        for q in contest.eligible:
            if q != p and scores[p] * costs[q] != scores[q] * costs[p]:  # noted
                _ = scores[p] * costs[q] < scores[q] * costs[p]
    return go_on(contest, now.__getitem__)
