"""The least push with which a proposal p wins under a completion that raises the endowment: a lower price, more new voters.

A push is a whole number s: the more, the sooner p is bought in every single run (``tallies.explain.least_change``).  In one
run, then, p is bought from some s on, and before that the run is the one without p.  But which run is kept depends on all:
nothing is monotone, and every s counts.  In a fixed order of ties, a search of add1 at s (``tallies.stretches.climb``)
passes spots, and each spot knows up to which s it stays as it is:

  * p is not bought: up to the least s at which it may be (``tallies.numerics.reach``, or a run that says it is not);
  * p is bought: as long as the purchases repeat with the larger push.  With the same purchases, everybody's money grows with
    the push and every rho falls, as it does with the endowment, so the lemma of ``tallies.numerics.repeat`` holds for both
    together: from the run at the lowest endowment and s to a forced one at the highest endowment and s'.

With all spots as they are, the sums are the same but for p's own price.  So the search ends with the same run until the one
that cost too much fits, or nothing stops fitting any more, or another endowment is the first.  And while it does, p wins
in the completion from the turn on at which enough is left for it.  The least s at which any of this may change comes next.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache, partial
from math import ceil, floor
from typing import NamedTuple, Protocol

from borgerbudget.election import Election
from borgerbudget.money import ONE_UNIT
from tallies.contest import Contest
from tallies.explain.trials import Trials
from tallies.numerics.compiled import share_kernel
from tallies.numerics.follow import followed_by
from tallies.numerics.market import Market
from tallies.numerics.purses import Purses
from tallies.numerics.reach import Reach
from tallies.shares import market_of, run, run_after, sequence
from tallies.stretches import (
    EXHAUSTIVE,
    UTILITARIAN,
    Climb,
    Line,
    Lines,
    Stretch,
    climb,
    share_all_but,
    share_columns,
    start_of,
)  # fmt: skip
from tallies.support import Support
from tallies.ties import FixedOrder
from tallies.turns import queue_of

MOST_RUNS = 600
"""Runs and certificates after which a search is given up."""
MANY, FEW = 64, 4
"""Certificates for how far a run that loses, and one that wins, stays as it is."""


class Place(NamedTuple):
    """Election and support at one push, as the numerics see them."""

    contest: Contest
    market: Market

    @property
    def ties(self) -> FixedOrder:
        assert isinstance(self.contest.ties, FixedOrder)
        return self.contest.ties


class Push(Protocol):
    """A way of pushing p: ``at`` a push, its cost and its score; the first endowment; how far p is from being bought."""

    trial: Trials
    lines: Lines

    def at(self, push: int) -> Place: ...
    def cost(self, push: int) -> int: ...
    def score(self, push: int) -> Fraction: ...
    def start(self, push: int) -> Fraction: ...
    def bounds(self, reach: Reach, low: Purses, high: Purses) -> list[int]:
        """The least pushes with which p may be bought before each purchase, and at the end, of these runs without p."""
        ...

    def where_cost_is(self, cost: int) -> int | None:
        """The push at which p costs this; None when its cost is always the same."""
        ...

    def where_score_is(self, score: Fraction) -> int | None:
        """The least push with at least this score; None when its score is always the same."""
        ...

    def next_start(self, push: int) -> int | None:
        """The least larger push with another first endowment."""
        ...


def _contest(trial: Trials, lines: Lines, election: Election, support: Support) -> Contest:
    """With p's cost or supporters changed; p takes part."""
    whole = lines.in_pool(trial.pool).contest
    out = tuple(None if q == trial.proposal else code for q, code in enumerate(whole.out))
    keys = {"cheapest": election.costs, "most-votes": tuple(-score for score in support.scores)}
    criteria = tuple((name, keys[name]) for name in trial.plan.ties[:-1])
    assert isinstance(whole.ties, FixedOrder)
    ties = whole.ties.unasked(criteria)
    return replace(whole, election=election, support=support, out=out, ties=ties)


class Cheaper:
    """A lower price: the push is minus the price in minor units."""

    def __init__(self, trial: Trials, lines: Lines) -> None:
        self.trial, self.lines = trial, lines
        self._start = start_of(trial.plan, trial.pool, trial.support)
        self._per_cost = trial.plan.utility == "cost"

    @lru_cache(16)  # noqa: B019  (as short-lived as this)
    def at(self, push: int) -> Place:
        contest = _contest(self.trial, self.lines, self.trial.with_cost(-push), self.trial.support)
        market = market_of(contest)
        real = self.lines.in_pool(self.trial.pool).market
        share_columns(real, market)
        share_kernel(real, market, self.trial.proposal)
        return Place(contest, market)

    def cost(self, push: int) -> int:
        return -push

    def score(self, push: int) -> Fraction:
        return self.trial.scores[self.trial.proposal]

    def start(self, push: int) -> Fraction:
        return self._start

    def bounds(self, reach: Reach, low: Purses, high: Purses) -> list[int]:
        return [-price for price in reach.price(low, high, self._per_cost)]

    def where_cost_is(self, cost: int) -> int:
        return -cost

    def where_score_is(self, score: Fraction) -> None:
        return None

    def next_start(self, push: int) -> None:
        return None


class MoreVoters:
    """New voters with p alone: the push is their number."""

    def __init__(self, trial: Trials, lines: Lines) -> None:
        self.trial, self.lines = trial, lines

    @lru_cache(16)  # noqa: B019
    def at(self, push: int) -> Place:
        contest = _contest(self.trial, self.lines, self.trial.election, self.trial.joined(push))
        market = market_of(contest)
        share_all_but(self._one, market, self.trial.proposal)
        share_kernel(self._one, market, self.trial.proposal)
        return Place(contest, market)

    @cached_property
    def _one(self) -> Market:
        """With one new voter."""
        return market_of(_contest(self.trial, self.lines, self.trial.election, self.trial.joined(1)))

    def cost(self, push: int) -> int:
        return self.trial.cost

    def score(self, push: int) -> Fraction:
        return self.trial.scores[self.trial.proposal] + push * self.trial.points

    def start(self, push: int) -> Fraction:
        share = self.trial.pool / (self.trial.voters + push)
        return share // ONE_UNIT * Fraction(ONE_UNIT) if self.trial.plan.start == "integral" else share

    def bounds(self, reach: Reach, low: Purses, high: Purses) -> list[int]:
        return reach.voters(low, high, self.trial.points)

    def where_cost_is(self, cost: int) -> None:
        return None

    def where_score_is(self, score: Fraction) -> int:
        return ceil((score - self.trial.scores[self.trial.proposal]) / self.trial.points)

    def next_start(self, push: int) -> int | None:
        trial = self.trial
        if trial.plan.start != "integral":
            return push + 1
        start = self.start(push)
        # with that many a share is less than ``start``
        return None if not start else floor(trial.pool / start - trial.voters) + 1


@dataclass(eq=False, slots=True)
class Found:
    """Runs from ``low`` to ``high`` at any push from ``since`` to ``until``; ``first``: that at ``low`` and ``since``, where
    p is bought.  ``unknown``: whether p is bought may differ from run to run."""

    low: Fraction
    high: Fraction
    since: int
    until: int
    funded: tuple[int, ...]
    others: int
    cheapest_other: int | None
    by_order: bool
    first: Purses | None = None
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class At:
    """A spot of a climb at one push."""

    high: Fraction
    funded: tuple[int, ...]
    spent: int
    cheapest_out: int | None
    by_order: bool
    found: Found


@dataclass(frozen=True, slots=True)
class Answer:
    """The least push that wins in the order that was followed; it certainly wins ``until``.  ``open_tie``: whether a tie that
    the plan leaves open was met."""

    push: int
    until: int
    open_tie: bool


class Search:
    """The search for one push in the order of ties of ``push.lines``."""

    def __init__(self, push: Push) -> None:
        trial = push.trial
        self.push, self.plan, self.p, self.pool = push, trial.plan, trial.proposal, trial.pool
        self._with = push.lines.in_pool(trial.pool)
        contest = self._with.contest
        out = tuple("excluded" if q == self.p else code for q, code in enumerate(contest.out))
        assert isinstance(contest.ties, FixedOrder)
        self._without = Line(replace(contest, out=out, ties=contest.ties.unasked()), self._with.market)
        self._costs = contest.costs
        self._others = [q for q in contest.eligible if q != self.p]
        self._increment = trial.plan.increment_amount()
        self._exhaustive = trial.plan.completion in EXHAUSTIVE
        self._completes = trial.plan.completion in UTILITARIAN
        self._bounds: dict[tuple[Fraction, Fraction], list[int]] = {}
        self._no: dict[Fraction, int] = {}  # before which push p is not bought
        self._yes: dict[Fraction, int] = {}  # from which push on it is, last of all
        self._seen: dict[Fraction, Found] = {}  # what was last certain from an endowment on
        self._afterwards: dict[tuple[Fraction, Fraction, int], tuple[int, int | None, int]] = {}
        self._exactly: list[Fraction] = []  # where nothing may be left open, ascending
        self._order_asked = False
        self._cheapest: dict[tuple[int, ...], int | None] = {}
        self._began = self._with.runs
        self._top = 0
        self._failed: dict[Fraction, int] = {}  # by endowment: the push at which its last certificate failed
        self._reached = self._went = 2**62  # how far the last certificates went that did not reach their goal
        self.runs = 0

    @cached_property
    def _queue(self) -> tuple[int, ...]:
        """The others in the order of their turns in the completion."""
        contest = self._with.contest
        order = queue_of(contest, contest.score).order
        return tuple(q for q in order if q != self.p)

    @cached_property
    def _reach(self) -> Reach | None:
        market = self._with.market
        return Reach(market, self.p) if market.filtered else None

    @property
    def given_up(self) -> bool:
        return self.runs + self._without.runs + self._with.runs - self._began > MOST_RUNS

    # --- the search ----------------------------------------------------------------------------------------------

    def least(self, first: int, top: int) -> Answer | None:
        """The least push from ``first`` to ``top`` that wins; None when there is none, or when it was
        ``given_up``."""
        push, self._top = first, top
        while push <= top and not self.given_up:
            climbed = self._climb(push)
            wins, changes, tie = self._decided(climbed, push)
            until = self._until(climbed, push, int(min([top, *(at - 1 for at in changes)])), FEW if wins else MANY)
            if wins:
                tie = tie or self._order_asked or any(passed.spot.by_order for passed in climbed.path)
                return Answer(push, until, tie)
            push = until + 1
        return None

    def _climb(self, push: int) -> Climb:
        start = self.push.start(push)
        while True:
            found = climb(partial(self._spot, push), self.pool, start, self._increment, self._exhaustive)
            assert isinstance(found.spot, At)
            if not found.spot.found.unknown:
                return found
            insort(self._exactly, start + found.kept * self._increment)

    def _decided(self, climbed: Climb, push: int) -> tuple[bool, list[int], bool]:
        """Whether p wins at ``push``, from which pushes on that may change though all spots stay as they are, and whether
        an open tie in the completion was met."""
        cost, kept, end = self.push.cost(push), climbed.spot, climbed.end
        assert isinstance(end, At)
        limit = self.pool - end.found.others
        if climbed.reason != "over-pool" and self.p in end.funded:
            # it ends because nothing more fits: where p costs less, another may
            limit -= end.found.cheapest_other or self.pool
        changes = self._later(self.push.where_cost_is(limit), push)
        following = self.push.next_start(push)
        if following is not None:
            changes.append(following)
        if self.p in kept.funded:
            return True, changes, False
        if not self._completes:
            return False, changes, False
        return self._in_the_rest(kept.funded, self.pool - kept.spent, cost, push, changes)

    def _in_the_rest(
        self, funded: tuple[int, ...], left: int, cost: int, push: int, changes: list[int]
    ) -> tuple[bool, list[int], bool]:
        """The same for p's turn in the completion."""
        ties, scores, mine = self.push.at(push).ties, self.push.trial.scores, self.push.score(push)
        rest = [q for q in self._queue if q not in funded]
        place = 0
        while place < len(rest) and not (
            mine > scores[rest[place]] or (mine == scores[rest[place]] and ties.goes_before(self.p, rest[place]))
        ):
            place += 1
        wins, passed, skipped = False, False, []
        for q in (*rest[:place], self.p, *rest[place:]):
            price = cost if q == self.p else self._costs[q]
            if q == self.p:
                wins, passed = price <= left, True
                changes += self._later(self.push.where_cost_is(left), push)
            elif not passed and left - price < cost <= left and price <= left:
                # its turn before this one would do
                at = self.push.where_score_is(scores[q])
                changes += [] if at is None else [max(at, push + 1)]
            if q != self.p and scores[q] == mine:  # ``cheapest`` may move p
                for limit in (self._costs[q], self._costs[q] - 1):
                    changes += self._later(self.push.where_cost_is(limit), push)
            if price <= left:
                left -= price
            else:
                skipped.append(q)
        return wins, changes, wins and self.plan.lot is None and self._open(rest, skipped, ties, mine)

    def _open(self, rest: list[int], skipped: list[int], ties: FixedOrder, mine: Fraction) -> bool:
        """Whether somebody who was skipped was tied with another in the rest, and only an order parted them."""
        scores = {q: mine if q == self.p else self.push.trial.scores[q] for q in (*rest, self.p)}
        return any(
            scores[q] == scores[other] and q != other and len(ties.narrowed((q, other))) == 2
            for q in skipped
            for other in scores
        )

    def _later(self, at: int | None, push: int) -> list[int]:
        return [] if at is None or at <= push else [at]

    # --- spots ---------------------------------------------------------------------------------------------------

    def _spot(self, push: int, endowment: Fraction) -> At:
        known = self._seen.get(endowment)
        if known is not None and push <= known.until:
            return self._at(known, push)
        stretch, line = self._stretch(endowment)
        if known is not None and known.first is not None:  # nothing wider was certain here before
            return self._at(self._alone(push, stretch, endowment), push)
        low, high = stretch.low, stretch.high
        place = bisect_left(self._exactly, endowment)
        following = self._exactly[place] if place < len(self._exactly) else None
        if following is not None and following <= high:
            high = max(endowment, following - self._increment)
        while True:
            bounds = self._bounds_in(stretch, line, low, high)
            if min(bounds) > push:
                self._seen[endowment] = self._not_bought(stretch, low, high, min(bounds) - 1)
                return self._at(self._seen[endowment], push)
            if min(bounds[:-1], default=push + 1) > push:
                return self._bought_last(push, stretch, line, endowment, high, min([*bounds[:-1], 2**63]) - 1)
            if endowment != following and (found := self._either_way(push, stretch, low, high, bounds)) is not None:
                return found
            if low == high:
                return self._at(self._alone(push, stretch, endowment), push)
            if low < endowment:
                low = endowment
            else:  # a shorter part
                high = endowment + (high - endowment) // self._increment // 2 * self._increment

    def _either_way(self, push: int, stretch: Stretch, low: Fraction, high: Fraction, bounds: list[int]) -> At | None:
        """The spot from ``low`` to ``high`` when no run there ends the search, or all do, wherever p may be bought in them."""
        ends = self._ends(stretch.spent, self._cheapest_other(stretch.funded), push, bought=False)
        places = [t for t, bound in enumerate(bounds) if bound <= push]
        if len(places) > max(1, (high - low) // self._increment):  # the runs one by one are cheaper
            return None
        until = min([self._top + 1, *(bound for bound in bounds if bound > push)]) - 1
        goal = until
        for t in places:
            found = self._after(push, goal, stretch, low, high, t, ends)
            if found is None:
                return None
            others, out, until = found[0], found[1], min(until, found[2])
            if self._ends(others, out, push, bought=True) != ends:
                return None
            if ends:  # until it costs no more than the pool
                at = self.push.where_cost_is(self.pool - others)
                until = until if at is None else min(until, at - 1)
        if until < push or (ends and stretch.spent <= self.pool):
            return None
        free = replace(self._not_bought(stretch, low, high, until), unknown=True)
        return At(high, free.funded, stretch.spent, 0 if not ends else None, free.by_order, free)

    def _ends(self, others: int, out: int | None, push: int, bought: bool) -> bool:
        """Whether a run with these others ends the search."""
        cost = self.push.cost(push)
        spent, out = (others + cost, out) if bought else (others, min(out or cost, cost))
        return spent > self.pool or out is None or (self._exhaustive and out > self.pool - spent)

    def _after(
        self, push: int, until: int, stretch: Stretch, low: Fraction, high: Fraction, t: int, ends: bool
    ) -> tuple[int, int | None, int] | None:
        """What all others cost together, and the least cost of who is left out, wherever from ``low`` to ``high`` p is bought
        after ``t`` others, from ``push`` up to the push that is the third part of the answer; None when it is not certain, or
        when it is another than ``ends`` whether such a run ends the search."""
        key = low, high, t
        known = self._afterwards.get(key)
        if known is not None and push <= known[2]:
            return known[0], known[1], min(until, known[2])
        here = self.push.at(push)
        here.ties.asked = False
        self.runs += 1
        first = run_after(here.contest, here.market, low, (*stretch.funded[:t], self.p), 0, stretch.first)
        if first is None:
            return None
        funded = sequence(first)
        others = sum(self._costs[q] for q in funded if q != self.p)
        out = self._cheapest_other(funded)
        if self._ends(others, out, push, bought=True) != ends:
            return None
        for _ in range(FEW):
            if self._goes_on(first, push, until, high, t):
                self._went, self._afterwards[key] = until - push, (others, out, until)
                return others, out, until
            if until == push:
                break
            until = push + min((until - push) // 4, 2 * self._went + 1)
        return None

    def _goes_on(self, first: Purses, push: int, until: int, high: Fraction, t: int) -> bool:
        """Whether after p, bought after ``t`` others, the purchases of ``first`` follow up to ``high`` and ``until``."""
        here, there = self.push.at(push), self.push.at(until)

        def goes_before(p: int, q: int) -> bool:
            return here.ties.goes_before(p, q) and there.ties.goes_before(p, q)

        self.runs += 1
        again = followed_by(there.market, first, high, goes_before, t + 1)
        self._order_asked |= here.ties.asked or there.ties.asked
        return again

    def _bought_last(
        self, push: int, stretch: Stretch, line: Line, endowment: Fraction, high: Fraction, until: int
    ) -> At:
        """The spot at ``endowment``, when p may be bought up to ``high`` and ``until``, but after all others: then it is bought
        from some endowment on, and nothing else changes."""
        steps = (high - endowment) // self._increment
        end = endowment + steps * self._increment
        if not self._buys(push, stretch, line, end):
            return self._at(self._not_bought(stretch, endowment, end, min(until, self._no[end] - 1)), push)
        out = self._cheapest_other(stretch.funded)
        with_p = Found(
            endowment, endowment, push, until, (*stretch.funded, self.p), stretch.spent, out, stretch.by_order
        )
        left = self.pool - stretch.spent - self.push.cost(push)
        if left < 0:
            # the first run that buys p ends the search; the one before it is kept, as long as there is one here
            if self._buys(push, stretch, line, endowment):
                return self._at(with_p, push)
            without, buys = 0, int(steps)
            while buys - without > 1:
                middle = (buys + without) // 2
                if self._buys(push, stretch, line, endowment + middle * self._increment):
                    buys = middle
                else:
                    without = middle
            until = min(until, self._no[endowment] - 1)
            return self._at(self._not_bought(stretch, endowment, endowment + without * self._increment, until), push)
        if out is None or (self._exhaustive and out > left) or not steps:
            return self._at(with_p, push)  # where it is bought first it ends the search; or only here
        # wherever it is bought first, the search goes on
        return self._at(self._not_bought(stretch, endowment, end - self._increment, until), push)

    def _buys(self, push: int, stretch: Stretch, line: Line, endowment: Fraction) -> bool:
        """Whether p is bought at ``endowment``, where it can only be the last.  If not, ``_no`` says before which push."""
        if self._yes.get(endowment, push + 1) <= push:
            return True
        if endowment not in self._no:
            self._no[endowment] = min(self._bounds_in(stretch, line, endowment, endowment))
        if self._no[endowment] > push:
            return False
        _, purses = self._run(push, stretch, endowment)
        if self.p in sequence(purses):
            self._yes[endowment] = push
            return True
        self._no[endowment] = self._first_bought(push, stretch, endowment)
        return False

    def _first_bought(self, push: int, stretch: Stretch, endowment: Fraction) -> int:
        """A push before which p is certainly not bought at ``endowment``, where it is not at ``push``."""
        return push + 1

    def _alone(self, push: int, stretch: Stretch, endowment: Fraction) -> Found:
        """The run at one endowment, where p may be bought at any time."""
        if self._no.get(endowment, push) > push:
            return self._not_bought(stretch, endowment, endowment, self._no[endowment] - 1)
        place, purses = self._run(push, stretch, endowment)
        funded = sequence(purses)
        if self.p not in funded:
            self._no[endowment] = self._first_bought(push, stretch, endowment)
            return self._not_bought(stretch, endowment, endowment, self._no[endowment] - 1)
        others = sum(self._costs[q] for q in funded if q != self.p)
        found = Found(
            endowment, endowment, push, push, funded, others, self._cheapest_other(funded), place.ties.asked, purses
        )
        self._seen[endowment] = found
        return found

    def _run(self, push: int, stretch: Stretch, endowment: Fraction) -> tuple[Place, Purses]:
        place = self.push.at(push)
        place.ties.asked = False
        self.runs += 1
        return place, run(place.contest, place.market, endowment, 0, stretch.first)

    def _stretch(self, endowment: Fraction) -> tuple[Stretch, Line]:
        """The run without p: the real one where it does not buy p."""
        stretch = self._with.at(endowment, self._increment)
        if self.p not in stretch.funded:
            return stretch, self._with
        return self._without.at(endowment, self._increment), self._without

    def _at(self, found: Found, push: int) -> At:
        cost = self.push.cost(push)
        if self.p in found.funded:
            out, spent = found.cheapest_other, found.others + cost
        else:
            out, spent = min(found.cheapest_other or cost, cost), found.others
        return At(found.high, found.funded, spent, out, found.by_order, found)

    def _not_bought(self, stretch: Stretch, low: Fraction, high: Fraction, until: int) -> Found:
        out = self._cheapest_other(stretch.funded)
        return Found(low, high, until, until, stretch.funded, stretch.spent, out, stretch.by_order)

    def _cheapest_other(self, funded: tuple[int, ...]) -> int | None:
        if funded not in self._cheapest:
            won = set(funded)
            self._cheapest[funded] = min((self._costs[q] for q in self._others if q not in won), default=None)
        return self._cheapest[funded]

    def _bounds_in(self, stretch: Stretch, line: Line, low: Fraction, high: Fraction) -> list[int]:
        """Bounds of the push from ``low`` to ``high``, both in ``stretch``."""
        if self._reach is None:
            return [-(2**63)] * (len(stretch.funded) + 1)
        if (low, high) not in self._bounds:
            first = line.first(stretch) if low == stretch.low else self._alike(line, low)
            last = first if low == high else line.last(stretch) if high == stretch.high else self._alike(line, high)
            self._bounds[low, high] = self.push.bounds(self._reach, first, last)
        return self._bounds[low, high]

    def _alike(self, line: Line, endowment: Fraction) -> Purses:
        self.runs += 1
        return run(line.contest, line.market, endowment, 0)

    # --- how far they hold ---------------------------------------------------------------------------------------

    def _until(self, climbed: Climb, push: int, horizon: int, tries: int) -> int:
        """The largest push up to ``horizon`` up to which all that was passed certainly stays as it is."""
        passed = [p.spot.found for p in climbed.path if isinstance(p.spot, At)]
        horizon = goal = min([horizon, *(found.until for found in passed if found.first is None)])
        for found in passed:
            if found.first is not None and horizon > push:
                # what is certain farther on than others need not be made again when they are
                horizon = min(horizon, self._drawn_out(found, goal if tries > FEW else horizon, tries))
        return max(horizon, push)

    def _drawn_out(self, found: Found, goal: int, tries: int) -> int:
        """Certifies ``found`` up to ``goal`` or as far as it goes; where it is only passed, no farther than pays: the next
        run is nearer to what ends it, and sees farther from there than the certificates of this one."""
        first, fails = found.until, goal + 1
        if first < self._failed.get(found.low, 0) < fails:  # what ended the last one there will end this one
            fails = self._failed[found.low]
        aim = fails - 1 if fails > goal else first + max(1, (fails - first) // 2)
        while found.until < goal and found.until + 1 < fails and tries:
            tries -= 1
            if self._repeats(found, aim):
                found.until = aim
            else:
                fails = aim
            reached = found.until - first
            if tries > FEW and fails - found.until <= reached // 2:
                break
            aim = found.until + max(1, min((fails - found.until) // 2, 2 * max(reached, self._reached)))
        if found.until < goal:
            self._reached, self._failed[found.low] = found.until - first, fails
        return found.until

    def _repeats(self, found: Found, push: int) -> bool:
        assert found.first is not None
        here, there = self.push.at(found.since), self.push.at(push)
        here.ties.asked = there.ties.asked = False

        def goes_before(p: int, q: int) -> bool:  # at both ends, so in between
            return here.ties.goes_before(p, q) and there.ties.goes_before(p, q)

        self.runs += 1
        again = followed_by(there.market, found.first, found.high, goes_before)
        found.by_order |= again and (here.ties.asked or there.ties.asked)
        return again
