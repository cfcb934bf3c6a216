"""The least change under the completions that raise the endowment: searches in one order of ties, confirmed in all.

To win is to win in every order of the ties that the plan leaves open.  A search follows one order.  Where it met an open
tie, its answer is counted in every order; if p then loses in one of them, the search goes on from there in that order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from graphlib import TopologicalSorter

from tallies.explain.pushed import Cheaper, MoreVoters, Push, Search
from tallies.explain.raised_pools import least_pool
from tallies.explain.trials import Trials
from tallies.outcome import Outcome
from tallies.stretches import Lines

FEW_BALLOTS, COUNTED = 1_000, 24
"""Distinct ballots up to which numbers of new voters are first counted one by one, and how many numbers."""


@dataclass(frozen=True, slots=True)
class Least:
    """``value``: the least change; it also helps for all values in ``holds``.  None: there is none up to ``looked``."""

    value: int | None
    holds: tuple[int, int] | None = None
    looked: int | None = None


def searchable(trial: Trials) -> bool:
    """Whether the searches here know the plan."""
    plan = trial.plan
    return plan.rule == "equal-shares" and plan.adds and plan.comparison == "none" and plan.terms.plain


def price(trial: Trials, funded: bool) -> Least | None:
    """The largest price with which p wins, of a winner that of all; None when the search was given up."""
    first = trial.pool if funded else min(trial.cost - 1, trial.pool)
    found = _pushed(trial, lambda lines: Cheaper(trial, lines), trial.at_cost, -first, -trial.cost if funded else -1)
    if found is None or found.value is None:
        return found and Least(None)
    assert found.holds is not None
    return Least(-found.value, (-found.holds[1], -found.value))


def votes(trial: Trials, first: int, top: int) -> Least | None:
    """The least number of new voters with p alone with which it wins; None when the search was given up.

    Where ballots are few the first numbers are counted one by one: a count costs less than a certificate saves."""
    if trial.support.weights.size <= FEW_BALLOTS:
        for more in range(first, min(first + COUNTED, top + 1)):
            if trial.with_votes(more) is None:
                return Least(more, (more, more))
            if trial.undecided:
                return None
        first += COUNTED
    return _pushed(trial, lambda lines: MoreVoters(trial, lines), trial.with_votes, first, top)


def pool(trial: Trials, first: int, top: int) -> Least | None:
    """The least larger pool with which p wins; None when the search was given up."""
    lines = trial.lines
    while True:
        found = least_pool(trial, lines, first, top)
        if found is None:
            return None
        first, open_tie = found
        other = _order_that_loses(trial, trial.with_pool, first) if open_tie else None
        if trial.undecided:
            return None
        if other is None:
            return Least(first)
        lines = other


def _pushed(
    trial: Trials, push: Callable[[Lines], Push], lost: Callable[[int], Outcome | None], first: int, top: int
) -> Least | None:
    lines = trial.lines
    while first <= top:
        search = Search(push(lines))
        found = search.least(first, top)
        if found is None:
            return None if search.given_up else Least(None, looked=top)
        other = _order_that_loses(trial, lambda push: lost(abs(push)), found.push) if found.open_tie else None
        if trial.undecided:
            return None
        if other is None:
            until = found.push if found.open_tie else found.until
            return Least(found.push, (found.push, until))
        first, lines = found.push, other
    return Least(None, looked=top)


def _order_that_loses(trial: Trials, lost: Callable[[int], Outcome | None], value: int) -> Lines | None:
    """The runs in an order of the open ties in which p loses at ``value``; None when there is none."""
    found = lost(value)
    if found is None:
        return None
    behind = found.contest.ties.behind
    sorter = TopologicalSorter({q: [] for q in range(len(trial.election.ids))})
    for p, after in sorted(behind.items()):
        for q in sorted(after):
            sorter.add(q, p)
    return Lines(trial.election, trial.plan, trial.support, tuple(sorter.static_order()))
