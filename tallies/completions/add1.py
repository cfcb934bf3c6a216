"""The add1 family: equal shares repeated with ever larger endowments.

    E_k = E_0 + k * increment,   k = 0, 1, 2, ...                            (1)

E_0 is B/n, or the whole currency units in it (``start`` = ``integral``).  The run at E_k is equal shares from scratch
with that endowment per voter, costs still checked against the real pool B:

(2) If the run at E_k costs more than B, keep the run at E_(k-1).
(3) ``add1e`` and ``add1eu``: else, if it is exhaustive (no eligible, supported, unfunded proposal fits in what is
    left), keep it.
(4) Else, if it funds every eligible supported proposal, keep it.  In (3) and (4) proposals that the plan's constraints bar
    once these are funded (``tallies.barring``) do not count.
(5) ``add1u`` and ``add1eu``: then the remaining proposals greedily by score, as in the utilitarian completion.

Nothing along this path is monotone (total cost falls somewhere in 15 % of real paths), so every k counts.  They are not
all run: two runs of one sequence prove, where its rivals are certainly dearer all the way between them, that every endowment
in between gives this sequence (tallies/numerics/repeat.py; docs/exactness.md).

equalshares.net/implementation/completion; Wieliczka 2023, Świecie 2023 and Assen 2024 were decided by ``add1``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial

from borgerbudget.money import ONE_UNIT
from borgerbudget.words import Text
from tallies.completions.completion import Completion
from tallies.completions.utilitarian import completed
from tallies.contest import Contest
from tallies.numerics.compiled import climbed
from tallies.numerics.market import Market
from tallies.numerics.purses import Purses
from tallies.numerics.repeat import followed
from tallies.shares import market_of, run, sequence, steps_of
from tallies.steps import EndowmentStopped, Interval, Step
from tallies.support import per_voter
from tallies.ties import TieBreaker

FEW = 8
"""Endowments: where a sequence holds for fewer, plain runs find its end sooner than proofs."""


def search(contest: Contest, exhaustive: bool) -> Iterator[Interval | Step]:
    """Interval table, the kept run, why the search ended: (1) to (4)."""
    market = market_of(contest)
    start = per_voter(contest.pool, contest.support)
    if contest.plan.start == "integral":
        start = Fraction(start // ONE_UNIT * ONE_UNIT)
    increment = contest.plan.increment_amount()

    def endowment(k: int) -> Fraction:  # (1)
        return start + k * increment

    first = k = sequences = 0
    stride = 1
    purses = run(contest, market, endowment(0), 0)
    while True:
        funded = sequence(purses)
        spent = sum(contest.costs[p] for p in funded)
        reason = _stop(contest, market, funded, spent, exhaustive)
        if reason == "over-pool" and k > 0:  # (2)
            yield Interval(first, k, funded, spent)
            yield from steps_of(contest, run(contest, market, endowment(k - 1), k - 1))
            yield EndowmentStopped("completion", reason, k - 1, endowment(k - 1), endowment(k), spent)
            return
        if reason in ("exhaustive", "all-funded"):  # (3), (4)
            yield Interval(first, k, funded, spent)
            yield from steps_of(contest, run(contest, market, endowment(k), k))
            yield EndowmentStopped("completion", reason, k, endowment(k))
            return
        k, following = _as_far_as_it_goes(contest, market, purses, k, endowment, stride)
        sequences += 1
        stride = k - first + 1 if k >= FEW * sequences else 1
        yield Interval(first, k, funded, spent)
        first = k = k + 1
        purses = following


def _stop(contest: Contest, market: Market, funded: tuple[int, ...], spent: int, exhaustive: bool) -> str | None:
    left = contest.pool - spent
    if left < 0:
        return "over-pool"
    rest = set(contest.eligible) - set(funded)
    if market.bars is not None:
        rest = {p for p in rest if market.bars.reason(p, funded) is None}
    if not rest:
        return "all-funded" if not exhaustive else "exhaustive"
    if exhaustive and all(contest.costs[p] > left for p in rest):
        return "exhaustive"
    return None


def _as_far_as_it_goes(
    contest: Contest, market: Market, purses: Purses, k: int, endowment: Callable[[int], Fraction], stride: int
) -> tuple[int, Purses]:
    """The last k with the sequence of ``purses`` (the run at k), and the run after it.

    ``stride``: how far to jump first; 1 where sequences change so often that jumps seldom succeed.
    """
    ties, increment = contest.ties, endowment(1) - endowment(0)
    while True:  # as far as compiled code is certain
        choose = partial(_chosen, ties, k)
        found = climbed(purses, increment, stride, choose, ties.goes_before)
        contest.diagnostics.runs += found.runs
        contest.diagnostics.jumps += found.jumps
        k += found.steps
        if found.following is not None:
            return k, found.following
        if not found.steps:
            break
        purses = run(contest, market, endowment(k), k, purses)
        following = run(contest, market, endowment(k + 1), k + 1, purses)
        if sequence(following) != sequence(purses):
            return k, following
        purses, k = following, k + 1
    settled, failures = False, 0
    rest = patience = 0 if stride > 1 else FEW
    while True:
        if stride > 1:
            further, change = followed(market, purses, endowment(k + stride), contest.ties.goes_before, stride)
            if further is None:
                failures += 1
                stride, settled = change if failures < 3 else min(change, stride // 2), True
                if stride < 2:
                    rest = patience = 2 * rest + FEW
            else:
                contest.diagnostics.jumps += 1
                purses, k = further, k + stride
                stride, failures, rest = 1 if settled else change - stride, 0, 0
            continue
        following = run(contest, market, endowment(k + 1), k + 1, purses)
        if sequence(following) != sequence(purses):
            return k, following
        purses, k, settled = following, k + 1, False
        patience -= 1
        if patience <= 0:
            stride = FEW


def _chosen(ties: TieBreaker, k: int, number: int, place: int, tied: list[int]) -> int:
    """Who goes first in purchase ``place``, from 0, of the run ``number`` after k."""
    return ties.choose(tied, place + 1, k + number).chosen


def _variant(name: str, exhaustive: bool, utilitarian: bool, plain: Text) -> Completion:
    def steps(contest: Contest) -> Iterator[Interval | Step]:
        counted = search(contest, exhaustive)
        return completed(contest, counted) if utilitarian else counted  # (5)

    return Completion(name, __doc__, plain, steps, climbs=True)


_GROW = Text(
    "Alles andel øges en smule ad gangen, og der tælles forfra, ",
    "Everyone's share is raised a little at a time and the count starts again, ",
)
_OVER = Text("indtil puljen ville blive overskredet; tællingen før gælder.",
             "until the pool would be overspent; the count before holds.")  # fmt: skip
_FULL = Text("indtil intet mere kan være i puljen (eller den ville blive overskredet; så gælder tællingen før).",
             "until nothing more fits in the pool (or it would be overspent; then the count before holds).")  # fmt: skip
_REST = Text(" Til sidst deles resten ud efter stemmer.", " Finally the rest is given out by votes.")


def _plain(*parts: Text) -> Text:
    return Text("".join(p.da for p in parts), "".join(p.en for p in parts))


ADD1 = _variant("add1", False, False, _plain(_GROW, _OVER))
ADD1E = _variant("add1e", True, False, _plain(_GROW, _FULL))
ADD1U = _variant("add1u", False, True, _plain(_GROW, _OVER, _REST))
ADD1EU = _variant("add1eu", True, True, _plain(_GROW, _FULL, _REST))
