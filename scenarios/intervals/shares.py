"""How far a count of equal shares holds, for a pool that grows and for a price that falls.

Who is bought, and up to which endowment or price that stays so, is certified by ``tallies.stretches`` and
``tallies.explain.pushed``; what follows the runs (where add1 stops, the completion, the comparison) is decided on tracked
numbers.  Both look at one full order of the ties at a time.  An open tie is first broken by id; where one was met, every way of
breaking ties is counted, and each is followed with only that settled which it had to settle itself: another tie on the way
ends the certificate.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from graphlib import TopologicalSorter
from math import floor
from typing import Protocol

from borgerbudget.election import Election
from borgerbudget.pool import Pool
from scenarios.intervals.held import TOO_MANY_WAYS, Found, of_ways
from scenarios.intervals.tracked import Track
from tallies.allowances import opened, whatever_is_left
from tallies.comparison import votes_for
from tallies.contest import Contest
from tallies.counting import MOST_LEAVES, leaves
from tallies.explain.pushed import Cheaper
from tallies.explain.steady import Steady
from tallies.explain.trials import Trials
from tallies.many.changes import Changed
from tallies.passes import Passes
from tallies.plan import Plan
from tallies.steps import Funded
from tallies.stretches import EXHAUSTIVE, UTILITARIAN, Lines, climb, start_of
from tallies.support import Support, per_voter
from tallies.ties import TieBreaker

Settled = dict[int, set[int]]


@dataclass(frozen=True)
class Followed:
    """Who is funded in one order of ties, how far that holds, and whether a tie was met that the order had not settled."""

    won: frozenset[int]
    reach: int
    open_tie: bool


@dataclass(frozen=True)
class Order:
    """``full``: the proposals in an order of ties (None: by id) with all that is ``settled``.  ``anew``: nothing found before
    may be used, for it remembers every tie that was ever met."""

    full: tuple[int, ...] | None
    settled: Settled
    anew: bool = False

    @property
    def key(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        return tuple(sorted((p, tuple(sorted(after))) for p, after in self.settled.items()))


BY_ID = Order(None, {})


class Walk(Protocol):
    """One parameter: the election at a value of it, and one order of ties followed from there."""

    plan: Plan
    support: Support

    def election(self, value: int) -> Election: ...
    def followed(self, asked: Order, value: int, most: int) -> Followed: ...


def found_at(walk: Walk, value: int, most: int) -> tuple[Found, int]:
    """Who is funded at ``value``, and for how many steps from there, ``most`` at most, that certainly stays so."""
    followed = walk.followed(BY_ID, value, most)
    if not followed.open_tie:
        return Found(tuple(sorted(followed.won))), followed.reach
    ways, reach = set[frozenset[int]](), most
    for number, leaf in enumerate(leaves(walk.election(value), walk.plan, support=walk.support)):
        if number == MOST_LEAVES:
            return TOO_MANY_WAYS, 0
        ways.add(leaf.won)
        if reach:
            followed = walk.followed(_order(leaf.contest.ties.behind, len(leaf.contest.costs)), value, most)
            reach = 0 if followed.open_tie or followed.won != leaf.won else min(reach, followed.reach)
    return of_ways(ways), reach


def _order(settled: Settled, count: int) -> Order:
    """A full order of the proposals with all that is settled."""
    before: dict[int, list[int]] = {p: [] for p in range(count)}
    for p, after in settled.items():
        for q in after:
            before[q].append(p)
    return Order(tuple(TopologicalSorter(before).static_order()), settled, anew=True)


class _AllLines:
    """The lines of an election by what is settled."""

    def __init__(self, election: Election, plan: Plan, support: Support) -> None:
        self._election, self._plan, self._support = election, plan, support
        self._known: dict[object, Lines] = {}

    def of(self, asked: Order) -> Lines:
        key = asked.key
        if asked.anew or key not in self._known:
            if len(self._known) >= MOST_LEAVES:
                del self._known[next(iter(self._known))]
            self._known[key] = Lines(self._election, self._plan, self._support, asked.full, asked.settled)
        return self._known[key]


class LargerPool:
    """The pool grows by one øre a step."""

    def __init__(self, election: Election, plan: Plan, support: Support) -> None:
        self.base, self.plan, self.support = election, plan, support
        self._lines = _AllLines(election, plan, support)

    def election(self, value: int) -> Election:
        return Changed(pool=value).election(self.base)

    def followed(self, asked: Order, value: int, most: int) -> Followed:
        plan, lines, track = self.plan, self._lines.of(asked), Track(most)
        following = lines.next_level(value)
        if following is not None:
            track.end(following - value - 1)
        line = lines.in_pool(value)
        pool = track.number(value)
        if plan.adds:
            increment, start = plan.increment_amount(), start_of(plan, value, self.support)
            at = partial(line.at, step=increment)
            climbed = climb(at, pool, start, increment, plan.completion in EXHAUSTIVE)  # type: ignore[arg-type]
            room = min(passed.spot.high - start - passed.last * increment for passed in climbed.path)
            if plan.start == "integral":
                track.end(self._same_start(start, value))
            else:
                track.end(floor(room * self._voters))
            bought, open_tie = climbed.spot.funded, any(passed.spot.by_order for passed in climbed.path)
        else:
            stretch = line.at(per_voter(value, self.support), per_voter(1, self.support))
            track.end(floor(stretch.high * self._voters) - value)
            bought, open_tie = stretch.funded, stretch.by_order
        contest = line.contest
        of_pool = Pool(pool, contest.election.pool.currency, (), contest.election.pool.area)  # type: ignore[arg-type]
        contest = _tracked(contest, replace(contest.election, pool=of_pool), asked.settled)
        return _with_the_rest(contest, bought, open_tie, track)

    @property
    def _voters(self) -> Fraction:
        return Fraction(self.support.total, self.support.denominator)

    def _same_start(self, start: Fraction, value: int) -> int:
        """For how many øre more every voter's share has the same whole units."""
        unit = Fraction(100)
        least = (start + unit) * self._voters
        return -(-least.numerator // least.denominator) - 1 - value


class LowerPrice:
    """The price of proposal ``p`` falls by one øre a step; values are minus the price.  p takes part, in ``election`` at
    its price there, and costs no more than the pool at any value that is asked for."""

    def __init__(self, election: Election, plan: Plan, support: Support, p: int) -> None:
        self.base, self.plan, self.support, self.p = election, plan, support, p
        self._lines = _AllLines(election, plan, support)
        self._searches: dict[object, Steady] = {}

    def election(self, value: int) -> Election:
        return Changed(costs=((self.p, -value),)).election(self.base)

    def followed(self, asked: Order, value: int, most: int) -> Followed:
        search, track = self._search(asked), Track(most)
        bought, until, open_tie = search.stays(value, value + most)
        track.end(until - value)
        contest = search.push.at(value).contest
        proposals, old = list(contest.election.proposals), contest.election.proposals[self.p]
        price = track.number(-value, -1)
        proposals[self.p] = replace(old, cost=price, total_price=None, min_cost=None)  # type: ignore[arg-type]
        changed = replace(contest.election, proposals=tuple(proposals))
        return _with_the_rest(_tracked(contest, changed, asked.settled), bought, open_tie, track)

    def _search(self, asked: Order) -> Steady:
        key, lines = asked.key, self._lines.of(asked)
        if asked.anew or key not in self._searches:
            if len(self._searches) >= MOST_LEAVES:
                del self._searches[next(iter(self._searches))]
            self._searches[key] = Steady(Cheaper(Trials(self.base, self.plan, self.p, self.support), lines))
        return self._searches[key]


def _tracked(contest: Contest, election: Election, settled: Settled) -> Contest:
    """``contest`` on an election with a tracked number, its ties open but for what is settled, unless a lot was drawn."""
    keys = {"cheapest": election.costs, "most-votes": tuple(-score for score in contest.scores)}
    criteria = tuple((name, keys[name]) for name, _ in contest.ties.criteria)
    lot = contest.ties.lot if contest.plan.lot is not None else None
    known = {p: set(after) for p, after in settled.items()}
    return replace(contest, election=election, ties=TieBreaker(criteria, lot, behind=known))


def _with_the_rest(contest: Contest, bought: Iterable[int], open_tie: bool, track: Track) -> Followed:
    """The completion by votes, and the comparison with greedy."""
    won = list(bought)
    if contest.plan.completion in UTILITARIAN:
        won += _by_votes(contest, won)
    if contest.plan.comparison not in (None, "none"):
        rival = _by_votes(contest, [])
        for_greedy, for_equal_shares = votes_for(contest, rival, won)
        won = rival if for_greedy > for_equal_shares else won
    return Followed(frozenset(won), track.reach, open_tie or bool(contest.ties.forks))


def _by_votes(contest: Contest, won: Iterable[int]) -> list[int]:
    """Who is funded by votes in what those who won leave."""
    allowances = opened(contest)
    for p in won:
        allowances.pay(p, contest.costs[p])
    passes = Passes(contest, allowances, contest.score)
    steps = passes.one("completion", contest.eligible, whatever_is_left)
    return [step.proposal for step in steps if isinstance(step, Funded)]
