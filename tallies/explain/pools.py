"""The least larger pool with which a proposal wins.

More money can harm: a larger pool lets a skipped proposal in, which then takes what was left for this one.  So every
larger pool counts, and the search goes from one to the next at which anything can change.  Take a pool B' and one way of
breaking ties, a fixed order, in which p loses.

Greedy rules and Phragmén (``_next_decision``).  The order of turns does not depend on the pool, only on who takes part.
With x more in the pool, what is left at every turn is x more as long as all decisions up to then are the same.  Hence
nothing up to p's turn changes before the least of
  * what a skipped proposal, or p itself, was short of;
  * what the proposal that ended the count was short of (Phragmén: the dearest of those tied; 80 % rule: of 80 % of its cost,
    or of all of it if it was topped up);
  * the pool at which a proposal that cost too much begins to take part,
and p loses with every pool in between, in that same order.  Where only skips can change, the walk along that fixed order
is made in whole numbers (``_fits_at``), up to the next pool at which somebody begins to take part.  In Phragmén's rule
the pool decides only where it ends, so these steps add up to the largest, over the purchases up to p's, of what was spent
before and the dearest of those tied.

Equal shares (``_Walk``).  A pool of x gives every voter x/n.  ``tallies.numerics.repeat`` certifies that every
endowment between two gives the same purchases; p is not among them.  It is asked only up to the next pool at which a
proposal begins to take part.  Completion ``none``: the supporters N(p) never hold more than |N(p)| x/n, so the search
starts at x = n c(p) / |N(p)|.  Completion ``utilitarian``: with the same purchases what is left grows as much as the
pool, so its decisions change as those of the greedy rules.

The walk ends at a pool with which p wins: one that holds all costs together (equal shares without completion: all costs
times n, so that everybody can pay for everything alone).
"""

from __future__ import annotations

from math import ceil

from tallies.explain.trials import Trials, eligibility_events, least_pool_for
from tallies.numerics.repeat import repeated
from tallies.outcome import Outcome
from tallies.shares import market_of, run
from tallies.steps import Funded, Skipped, Stopped
from tallies.support import per_voter

MOST_COUNTS = 6_000
"""Counts and certificates after which the search for the very least pool is given up."""


def least_pool(trial: Trials) -> int | None:
    """The least pool above the real one with which the proposal wins; None when the search was given up."""
    pool, walk = first_pool(trial), _Walk(trial)
    while trial.counted + walk.certificates < MOST_COUNTS:
        lost = trial.with_pool(pool)
        if lost is None:
            return pool
        if trial.undecided:
            return None
        pool = walk.certified(lost, pool) + 1 if trial.plan.completion else _next_decision(trial, lost, pool)
    return None


def first_pool(trial: Trials) -> int:
    """No smaller pool than this one can be the answer."""
    first = max(trial.pool + 1, least_pool_for(trial, trial.cost))
    if trial.plan.completion == "none" and trial.plan.comparison == "none":
        first = max(first, ceil(trial.cost * trial.voters / trial.supporters[trial.proposal]))
    return first


def sufficient_pool(trial: Trials) -> int:
    """A pool in which everything is funded."""
    everything = trial.cost + sum(trial.election.costs[q] for q in trial.rivals)
    return everything * ceil(trial.voters) if trial.plan.completion == "none" else everything


def _next_decision(trial: Trials, lost: Outcome, pool: int) -> int:
    """A pool above ``pool``, before which the proposal certainly loses in the order of ``lost``."""
    costs = trial.election.costs
    horizon = min(eligibility_events(trial, pool), default=None)
    events = [] if horizon is None else [horizon]
    last = lost.steps[-1]
    if isinstance(last, Stopped):
        dearest = max(costs[q] for q in last.over)
        events.append(pool + least_pool_for(trial, dearest) - last.left)
    elif isinstance(last, Funded) and last.topped_up:
        events.append(pool + last.topped_up)
    elif (fits := _fits_at(trial, lost, pool)) is not None:
        events.append(fits)
    return min(events)


def _fits_at(trial: Trials, lost: Outcome, pool: int) -> int | None:
    """Greedy with skips, the order of turns fixed: the least pool with which the proposal fits when its turn comes."""
    costs, before, left = trial.election.costs, [], pool
    for step in lost.steps:
        if isinstance(step, Funded) and step.phase == "rule" and trial.plan.rule == "equal-shares":
            left -= step.amount
        elif isinstance(step, (Funded, Skipped)):
            if step.proposal == trial.proposal:
                break
            before.append(costs[step.proposal])
    else:
        return None
    more = 0
    while True:
        rest, short = left + more, []
        for cost in before:
            if cost <= rest:
                rest -= cost
            else:
                short.append(cost - rest)
        if trial.cost <= rest:
            return pool + more
        more += min([trial.cost - rest, *short])


class _Walk:
    """The walk for equal shares: ``stride`` is how far the first certificate after a change reaches for."""

    def __init__(self, trial: Trials) -> None:
        self.trial = trial
        self.certificates = 0
        self.stride = max(1, trial.cost // 8)

    def certified(self, lost: Outcome, pool: int) -> int:
        """The largest pool up to which it is certain that the proposal loses, in the order of ``lost``."""
        trial, contest = self.trial, lost.contest
        horizon = min(eligibility_events(trial, pool), default=sufficient_pool(trial)) - 1
        if trial.plan.completion != "none":
            fits = _fits_at(trial, lost, pool)
            horizon = pool if fits is None else min(horizon, fits - 1)
        market = market_of(contest)
        purses = run(contest, market, per_voter(pool, contest.support))
        stride, farthest, steady = self.stride, 1, True
        while pool < horizon and stride:
            further = min(pool + stride, horizon)
            self.certificates += 1
            again = repeated(market, purses, per_voter(further, contest.support), contest.ties.goes_before)
            if again is None:
                stride, steady = (further - pool) // 2, False
                continue
            farthest = max(farthest, further - pool)
            pool, purses = further, again
            stride, steady = stride * (2 if steady else 1), True  # after a failure not farther at once
        self.stride = farthest
        return pool
