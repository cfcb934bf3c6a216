"""The least larger pool with which a proposal p wins under a completion that raises the endowment.

Runs do not depend on the pool, but for who takes part (``tallies.stretches``).  In a fixed order of ties let p lose with a
pool.  With x more it loses in the same way before the least x at which

  * a proposal that cost too much begins to take part;
  * the run that cost too much costs no more than the pool, or after the run that ended the search another fits;
  * the search begins with another endowment, or an endowment that it passed leaves its stretch;
  * in the completion, p's turn: in the order of turns p fits, whatever others may then fit before it.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from math import ceil, floor

from borgerbudget.money import ONE_UNIT
from tallies.explain.trials import Trials, eligibility_events
from tallies.stretches import EXHAUSTIVE, UTILITARIAN, Climb, Line, Lines, climb, start_of
from tallies.turns import Queue, queue_of

MOST_CLIMBS = 20_000
"""Searches of add1 after which that for the least pool is given up; all but the first few find every run made."""
MOST_RUNS = 20_000


def least_pool(trial: Trials, lines: Lines, first: int, top: int) -> tuple[int, bool] | None:
    """The least pool from ``first`` to ``top`` with which p wins in the order of ``lines``, and whether a tie that the plan
    leaves open was met; None when there is none, or when the search was given up."""
    plan, p, pool = trial.plan, trial.proposal, first
    queue = queue_of(lines.contest, lines.contest.score)
    increment, began = plan.increment_amount(), lines.runs
    line, start, tie = lines.in_pool(pool), start_of(plan, pool, trial.support), False
    for _ in range(MOST_CLIMBS):
        if pool > top or lines.runs - began > MOST_RUNS:
            break
        found = climb(partial(line.at, step=increment), pool, start, increment, plan.completion in EXHAUSTIVE)
        tie = tie or any(passed.spot.by_order for passed in found.path)
        if p in found.spot.funded:
            return pool, tie
        events = [_next_start(trial, found, pool, start, increment), *eligibility_events(trial, pool)]
        events.append(
            found.end.spent if found.reason == "over-pool" else found.end.spent + (found.end.cheapest_out or 0)
        )
        if plan.completion in UTILITARIAN:
            limit = min(events) - pool
            more, open_tie = _missing(queue, line, found.spot.funded, p, pool - found.spot.spent, limit)
            if more == 0:
                return pool, tie or open_tie
            events.append(pool + more)
        pool = min(events)
        begin, kept = start_of(plan, pool, trial.support), start + found.kept * increment
        if lines.in_pool(pool) is line and (begin - start) % increment == 0:
            start = max(begin, kept)  # what did not end the search before does not with more in the pool
        else:
            line, start, tie = lines.in_pool(pool), begin, False
    return None


def _next_start(trial: Trials, found: Climb, pool: int, start: Fraction, increment: Fraction) -> int:
    """The least larger pool at which the search passes other endowments, or in which one of them leaves its stretch."""
    if trial.plan.start == "integral":
        whole = start_of(trial.plan, pool, trial.support)
        following: int = ceil((whole + ONE_UNIT) * trial.voters)
        return following
    room: Fraction = min(passed.spot.high - start - passed.last * increment for passed in found.path)
    return pool + floor(room * trial.voters) + 1


def _missing(queue: Queue, line: Line, funded: tuple[int, ...], p: int, left: int, limit: int) -> tuple[int, bool]:
    """What would have to be left more for p to fit in its turn, or ``limit`` if that is less; and whether it may matter how an
    open tie is broken."""
    waiting = set(line.contest.eligible).difference(funded)
    costs, before = queue.costs, []
    for q in queue.order:
        if q == p:
            break
        if q in waiting:
            before.append(costs[q])
    more = 0
    while True:
        rest, short = left + more, []
        for cost in before:
            if cost <= rest:
                rest -= cost
            else:
                short.append(cost - rest)
        if costs[p] <= rest or more >= limit:
            return min(more, limit), queue.taken(waiting, left).tie
        more += min([costs[p] - rest, *short])
