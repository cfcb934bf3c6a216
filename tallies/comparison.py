"""The comparison step: the outcome of greedy under the same constraints is taken instead if strictly more voters prefer it.

``satisfaction``: a voter prefers the outcome with more funded proposals among those with a positive value on her ballot
(none counts as zero); ``exclusion-ratio``: she prefers an outcome with at least one to one with none.

Boehmer et al. 2024; Wieliczka's declared rule of 2023 has it with satisfaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import numpy as np

from borgerbudget.ballots.method import Ints
from tallies.allowances import opened, whatever_is_left
from tallies.contest import Contest
from tallies.passes import Passes
from tallies.steps import Comparison, Funded, Interval, Step


def compared(contest: Contest, counted: Iterator[Interval | Step]) -> Iterator[Interval | Step]:
    """``counted``, then the comparison, then greedy's steps if it is taken."""
    funded, number = list(contest.given), contest.first_step
    for step in counted:
        if not isinstance(step, Interval):
            number += 1
        if isinstance(step, Funded):
            funded.append(step.proposal)
        yield step
    rival = Passes(contest, opened(contest), contest.score, step=number + 1)
    other = list(rival.one("comparison", contest.eligible, whatever_is_left))
    by = contest.plan.comparison
    assert by is not None
    greedy = [*contest.given, *(step.proposal for step in other if isinstance(step, Funded))]
    for_greedy, for_equal_shares = votes_for(contest, greedy, funded)
    taken = "greedy" if for_greedy > for_equal_shares else "equal-shares"
    yield Comparison("comparison", by, for_greedy, for_equal_shares, taken)
    if taken == "greedy":
        yield from other


def votes_for(contest: Contest, greedy: Iterable[int], equal_shares: Iterable[int]) -> tuple[Fraction, Fraction]:
    """How many voters prefer each of two outcomes by the plan's comparison."""
    theirs, ours = _satisfaction(contest, greedy), _satisfaction(contest, equal_shares)
    if contest.plan.comparison == "exclusion-ratio":
        ours, theirs = np.minimum(ours, 1), np.minimum(theirs, 1)
    weights = contest.support.weights
    return (
        Fraction(sum(weights[theirs > ours].tolist()), contest.denominator),
        Fraction(sum(weights[ours > theirs].tolist()), contest.denominator),
    )


def _satisfaction(contest: Contest, funded: Iterable[int]) -> Ints:
    """For each group the number of funded proposals that it supports."""
    won = np.zeros(len(contest.costs), np.int64)
    won[list(funded)] = 1
    support = contest.support
    return np.bincount(support.group, weights=won[support.proposal], minlength=support.weights.size).astype(np.int64)
