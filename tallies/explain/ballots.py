"""The least number of new supporters with which a proposal wins: new ballots that hold only this proposal p.

Greedy rules.  One more ballot raises p's score and no other: in a fixed order of ties p's turn comes no later, the
proposals before it are a beginning of those before, so as much is left or more and nothing has ended the count.  Once it
wins it wins with every further ballot: halving is exact.  When p's score (per cost) is the greatest it wins.

Phragmén.  The new voters buy nothing but p.  Until p is bought the purchases are the same, and p's load is less the more
they are: p is bought no later, when as much is left or more.  Halving is exact; when p's load c(p) / (|N(p)| + k) is below
c(q) / |N(q)| for every other q, p is bought first.

Equal shares: more voters, smaller shares, so one more ballot can harm and every number counts.  Without a completion p's
supporters must hold its cost:

    (|N(p)| + k) B / (n + k) >= c(p)     at least this many                           (1)
    k B / (n + k) >= c(p)                never more than this many: the new voters can pay for p alone           (2)

If p costs all of the pool, (1) says that everybody must support p; then, and with the utilitarian completion, as many are
enough that no other proposal's supporters hold its cost, |N(q)| B / (n + k) < c(q), and (for the completion) p's score is
the greatest.  In between, with a count at k2 in which p loses in some fixed order of ties, let the purchases repeat
(``tallies.numerics.repeat``) with the same k2 new voters but the larger shares of k1 < k2.  Then they are the same with all
shares in between; with fewer new voters p's rho is greater, its supporters' money and score less: p loses with every
number from k1 to k2.  In the completion p's turn comes later, and it does not fit either.

Grades with a default other than zero: a new ballot says something about every proposal.  The outcome of a greedy rule is
a function of the order of scores and of who reaches the threshold; both change only where two straight lines in k cross, so
the numbers at and just after each crossing are all that must be tried.  Equal shares then try every number.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from tallies.explain.searching import least
from tallies.explain.trials import Trials
from tallies.numerics.repeat import repeated
from tallies.outcome import Outcome
from tallies.shares import market_of, run
from tallies.support import per_voter

MOST_TRIED = 2_000
"""Numbers tried one by one where nothing bounds the search; counts after which the search for the least is given up."""


def least_votes(trial: Trials) -> tuple[int | None, int | None]:
    """(the least number of new supporters, None) or (None, the number up to which there is none; None: at all, unless a
    trial was undecided)."""
    if trial.plan.rule == "equal-shares":
        return _equal_shares(trial)
    first = first_votes(trial)
    if trial.silence:
        return next((k for k in sorted(set(_crossings(trial))) if trial.with_votes(k) is None), None), None
    top = max(first, _enough(trial))
    return least(lambda k: trial.with_votes(k) is None, first, top), None


def first_votes(trial: Trials) -> int:
    """Fewer than this never win: the threshold must be reached, (1) must hold."""
    first = 1
    if trial.plan.threshold is not None:
        first = max(first, ceil((trial.plan.threshold - trial.scores[trial.proposal]) / trial.points))
    if trial.plan.completion == "none" and trial.plan.comparison == "none" and trial.cost < trial.pool:
        held = trial.supporters[trial.proposal] * trial.pool
        first = max(first, ceil((trial.cost * trial.voters - held) / (trial.pool - trial.cost)))  # (1)
    return first


def _enough(trial: Trials) -> int:
    """With this many p comes before all others in a greedy rule or Phragmén's."""
    p, costs, points = trial.proposal, trial.election.costs, trial.points
    if trial.plan.rule == "phragmen":
        loads = [costs[q] / trial.supporters[q] for q in trial.rivals if trial.supporters[q]]
        return floor(trial.cost / min(loads) - trial.supporters[p]) + 1 if loads else 1
    if trial.plan.rule == "greedy-per-cost":
        best = max((trial.scores[q] / costs[q] for q in trial.rivals), default=Fraction(0)) * trial.cost
    else:
        best = max((trial.scores[q] for q in trial.rivals), default=Fraction(0))
    return max(1, floor((best - trial.scores[p]) / points) + 1)


def _crossings(trial: Trials) -> Iterator[int]:
    """The numbers of new ballots at and just after which the order or the eligibility changes."""
    lines: list[tuple[Fraction, Fraction, int]] = []
    for q in (trial.proposal, *trial.rivals):
        cost = trial.election.costs[q] if trial.plan.rule == "greedy-per-cost" else 1
        each = trial.points if q == trial.proposal else trial.silence
        lines.append((trial.scores[q] / cost, Fraction(each, cost), cost))
    yield 1
    for i, (height, slope, cost) in enumerate(lines):
        others = [line[:2] for line in lines[:i]]
        if trial.plan.threshold is not None:
            others.append((trial.plan.threshold / cost, Fraction(0)))
        for other, tilt in others:
            if slope != tilt and (meets := (other - height) / (slope - tilt)) > 0:
                yield from (max(1, floor(meets)), floor(meets) + 1)


def _equal_shares(trial: Trials) -> tuple[int | None, int | None]:
    p, n, k = trial.proposal, trial.voters, first_votes(trial)
    utilitarian = trial.plan.completion == "utilitarian"
    if trial.silence > 0:  # new voters pay for the others too
        top = k + MOST_TRIED
    elif trial.cost < trial.pool:
        top = max(k, ceil(n * trial.cost / (trial.pool - trial.cost)))  # (2)
    elif utilitarian or trial.supporters[p] == n:
        poor = [floor(trial.supporters[q] * trial.pool / trial.election.costs[q] - n) + 1 for q in trial.rivals]
        top = max(k, _enough(trial), *poor)
    else:
        return None, None  # (1)
    if trial.silence:
        found = next((j for j in range(k, top + 1) if trial.with_votes(j) is None), None)
        return found, None if found is not None else top
    while k <= top:
        lost = trial.with_votes(k)
        if lost is None:
            return k, None
        if trial.undecided or trial.counted > MOST_TRIED:
            break
        k = _certified(trial, k, top) + 1
    return None, min(k, top)


def _certified(trial: Trials, k: int, top: int) -> int:
    """``k`` new voters do not win; the largest number up to which it is certain that none does."""
    stride = 1
    while k < top and stride:
        further = min(k + stride, top)
        lost = trial.with_votes(further)
        if lost is not None and not trial.undecided and _same_until(trial, lost, k + 1):
            k, stride = further, 2 * stride
        else:
            stride = (further - k) // 2
    return k


def _same_until(trial: Trials, lost: Outcome, fewer: int) -> bool:
    """Whether the purchases of ``lost`` repeat with its new voters and the shares of ``fewer``."""
    contest = lost.contest
    market = market_of(contest)
    purses = run(contest, market, per_voter(contest.pool, contest.support))
    larger = trial.pool / (trial.voters + fewer)
    return larger == purses.endowment or repeated(market, purses, larger, contest.ties.goes_before) is not None
