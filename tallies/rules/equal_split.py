"""Equal split: everybody who takes part gets the same, nobody more than she asks for.

R are the proposals that take part; with ``winners`` the first so many of them by score, ties in the plan's tie order.
Amounts are whole multiples of ``unit``; what a proposal asks for (its cost, at most the plan's cap) is rounded down to one.

(1) T is the pool, at most what R ask for together, rounded down to whole units.  The level is such that
    sum over R of min(ask, level) = T; everybody gets min(ask, level rounded down to whole units).
(2) Those for whom that is less than their least amount (``min_cost``, else one øre) leave R, all together, and (1) is done
    anew until nobody leaves.
(3) The units that do not divide go one each to the first by score of those who got less than they ask; with
    ``remainder`` = ``leave`` they stay in the pool.

With ``recipients`` = ``all`` the meeting has decided: support is not asked for.  Hånden under Midtfyn 2017: four times
13,853 of 55,414.96.  Aumann, Maschler 1985 (constrained equal awards).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count, islice

from borgerbudget.words import Text
from tallies.contest import Contest
from tallies.plan import Traits
from tallies.rules.rule import AT_ONCE, COUNTED, Rule
from tallies.splits import Split, equal_awards, shared_in_turn
from tallies.steps import Funded, Skipped
from tallies.turns import in_turn


def steps(contest: Contest) -> Iterator[Funded | Skipped]:
    unit, left = contest.plan.terms.unit or 1, contest.pool
    sharing = winners(contest)
    split, too_little = split_of(contest, sharing, unit)
    for p in too_little:
        yield Skipped("rule", p, left, contest.score(p), because="below-minimum")
    turns = shared_in_turn(
        contest,
        split,
        [p for p in contest.eligible if p not in too_little],
        unit,
        count(contest.first_step + len(too_little)).__next__,
    )
    for turn, amount in islice(turns, len(split.base)):
        left -= amount
        yield Funded("rule", turn.proposal, amount, left, turn.value, turn.tied, turn.decided_by)


def winners(contest: Contest) -> list[int]:
    """R: the first in turn."""
    winners = contest.plan.terms.winners
    if winners is None:
        return list(contest.eligible)
    places = winners

    def all_fit(open_ones: Sequence[int]) -> bool:
        return not 0 < places < len(open_ones)

    found = []
    step = count(contest.first_step).__next__
    for turn in in_turn(contest, contest.eligible, contest.score, all_fit, step, lambda _: places > 0):  # noqa: B023
        found.append(turn.proposal)
        places -= 1
    return sorted(found)


def split_of(contest: Contest, sharing: Sequence[int], unit: int) -> tuple[Split, list[int]]:
    """(1), (2): the split, and by id those that left."""
    asks = {p: contest.asks[p] // unit * unit for p in sharing}
    while True:
        split = equal_awards(asks, contest.pool, unit)
        staying = {p: ask for p, ask in asks.items() if split.base[p] >= contest.least[p]}
        if len(staying) == len(asks):
            break
        asks = staying
    if contest.plan.terms.remainder == "leave":
        split = replace(split, units=0)
    return split, [p for p in sharing if p not in asks]


EQUAL_SPLIT = Rule(
    "equal-split",
    __doc__,
    Text(
        "Puljen deles lige mellem de forslag, der er med, men ingen får mere end det, forslaget koster.",
        "The pool is split equally among the proposals that take part, but none gets more than it costs.",
    ),
    steps,
    methods=COUNTED,
    traits=Traits(partial=True, at_once=True),
    optional=("unit", "remainder", "winners", "recipients"),
    unconstrained=AT_ONCE,
)
