"""No completion: equal shares with an endowment of exactly B/n; what is left over is left over."""

from __future__ import annotations

from collections.abc import Iterator

from borgerbudget.words import Text
from tallies.completions.completion import Completion
from tallies.contest import Contest
from tallies.shares import market_of, run, steps_of
from tallies.steps import Interval, Step
from tallies.support import per_voter


def steps(contest: Contest) -> Iterator[Interval | Step]:
    market = market_of(contest)
    purses = run(contest, market, per_voter(contest.pool, contest.support))
    yield from steps_of(contest, purses)


NONE = Completion(
    "none",
    __doc__,
    Text("Det, der er tilbage, bliver ikke delt ud.", "What is left over is not given out."),
    steps,
)
