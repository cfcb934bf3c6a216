"""Utilitarian completion: equal shares with exactly B/n, then the remaining eligible proposals greedily.

(1) The remaining proposals in order of score, ties in the plan's tie order: each that fits in what is left, and that no
    constraint keeps from it, is funded.
"""

from __future__ import annotations

from collections.abc import Iterator

from borgerbudget.words import Text
from tallies.allowances import opened, whatever_is_left
from tallies.completions import none
from tallies.completions.completion import Completion
from tallies.contest import Contest
from tallies.passes import Passes
from tallies.steps import Funded, Interval, Step


def steps(contest: Contest) -> Iterator[Interval | Step]:
    return completed(contest, none.steps(contest))


def completed(contest: Contest, counted: Iterator[Interval | Step]) -> Iterator[Interval | Step]:
    """``counted`` and then (1)."""
    allowances, number = opened(contest), contest.first_step
    for step in counted:
        if not isinstance(step, Interval):
            number += 1
        if isinstance(step, Funded):
            allowances.pay(step.proposal, step.amount)
        yield step
    passes = Passes(contest, allowances, contest.score, step=number)
    yield from passes.one("completion", contest.eligible, whatever_is_left)


UTILITARIAN = Completion(
    "utilitarian",
    __doc__,
    Text(
        "Det, der er tilbage, deles ud efter stemmer: flest først, og hvad der ikke kan være, springes over.",
        "What is left over is given out by votes: most first, skipping what does not fit.",
    ),
    steps,
)
