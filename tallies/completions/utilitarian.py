"""Utilitarian completion: equal shares with exactly B/n, then the remaining eligible proposals greedily.

(1) The remaining proposals in order of score, ties in the plan's tie order: each that fits in what is left is funded.
"""

from __future__ import annotations

from collections.abc import Iterator

from borgerbudget.words import Text
from tallies.completions import none
from tallies.completions.completion import Completion
from tallies.contest import Contest
from tallies.steps import Funded, Interval, Step
from tallies.turns import take_what_fits


def steps(contest: Contest) -> Iterator[Interval | Step]:
    return completed(contest, none.steps(contest))


def completed(contest: Contest, counted: Iterator[Interval | Step]) -> Iterator[Interval | Step]:
    """``counted`` and then (1)."""
    left, number, funded = contest.pool, contest.first_step, set()
    for step in counted:
        if not isinstance(step, Interval):
            number += 1
        if isinstance(step, Funded):
            left = step.left
            funded.add(step.proposal)
        yield step
    rest = [p for p in contest.eligible if p not in funded]
    yield from take_what_fits(contest, "completion", rest, contest.score, left, number)


UTILITARIAN = Completion(
    "utilitarian",
    __doc__,
    Text(
        "Det, der er tilbage, deles ud efter stemmer: flest først, og hvad der ikke kan være, springes over.",
        "What is left over is given out by votes: most first, skipping what does not fit.",
    ),
    steps,
)
