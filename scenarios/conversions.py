"""Ballots of one kind read as another kind, where what was written says what the other would have been.

* **approval** from knapsack, points, grades and orders: what got points, a grade above zero or a place is approved of.
* **points** from grades: a grade is so many points; only where no grade is below zero.
* **ranked** from points and grades: the most first; only where nobody gave two proposals the same.
* **knapsack** from approval: only where nobody approves of more than the pool can pay.

Nothing is guessed: a set tells no order, and a tie on a ballot is none.  Whether people would have written the same on another
sheet is another question, which no conversion answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots import METHODS
from borgerbudget.ballots.method import Ints, Limits, Marks
from borgerbudget.election import Election
from borgerbudget.errors import InputRejected, UsageError, problem
from borgerbudget.profile import Profile, merge
from borgerbudget.words import Text
from scenarios.words import PROBLEMS

Read = Callable[[Marks], Marks]
Unfit = Callable[[Marks, Ints, int], NDArray[np.bool_]]
"""Which ballots cannot be read so, by their marks, the costs and the pool."""

BELOW = Text("en karakter under nul kan ikke blive til point", "a grade below zero cannot become points")
SAME = Text(
    "to forslag fik lige mange point, og det er ingen rækkefølge",
    "two proposals got the same points, which is no order",
)
DEAR = Text(
    "det, der er sat kryds ved, koster tilsammen mere end puljen", "what is marked costs more than the pool together"
)
SILENT = Text("også det, der ikke står på sedlen, får en karakter", "what a ballot does not list has a grade as well")


def converted(election: Election, method: str) -> Callable[[Profile], Profile]:
    """How profiles of the election's kind are read as ballots of ``method``.  UsageError where that is not defined,
    InputRejected where some ballots of the election forbid it."""
    cast = election.method.name
    if method == cast:
        return lambda profile: profile
    if (cast, method) not in CONVERSIONS:
        raise UsageError(problem(PROBLEMS, "SCN-014", method=method, cast=cast))
    read, unfit, reason = CONVERSIONS[cast, method]
    if election.limits.default_score > 0:
        raise InputRejected(
            problem(PROBLEMS, "SCN-020", count=int(election.profile.total), method=method, reason=SILENT)
        )
    if unfit is not None:
        wrong = unfit(election.profile.marks, np.array(election.costs, np.int64), election.pool.amount)
        people = sum(election.profile.weights[wrong].tolist()) // election.profile.denominator
        if wrong.any():
            raise InputRejected(problem(PROBLEMS, "SCN-020", count=people, method=method, reason=reason))

    def convert(profile: Profile) -> Profile:
        found = merge(METHODS[method], read(profile.marks), profile.weights)
        return replace(found, denominator=profile.denominator)

    return convert


def as_cast_on(election: Election, method: str) -> Election:
    """The election with its ballots read as ballots of ``method``; raises as ``converted``."""
    if method == election.method.name:
        return election
    profile = converted(election, method)(election.profile)
    return replace(election, method=METHODS[method], profile=profile, limits=Limits(), sealed_root=None)


def _liked(marks: Marks) -> Marks:
    return marks if marks.points is None else marks.keep(marks.points > 0)


def _as_set(marks: Marks) -> Marks:
    return replace(_liked(marks), points=None)


def _in_order(marks: Marks) -> Marks:
    liked = _liked(marks)
    assert liked.points is not None
    order = np.lexsort((-liked.points, liked.owners()))
    return Marks(liked.offsets, liked.proposals[order])


def _below_zero(marks: Marks, costs: Ints, pool: int) -> NDArray[np.bool_]:
    assert marks.points is not None
    return _ballots(marks, marks.points < 0)


def _same_points(marks: Marks, costs: Ints, pool: int) -> NDArray[np.bool_]:
    ordered = _in_order(marks)
    liked = _liked(marks)
    assert liked.points is not None
    owners = liked.owners()
    points = liked.points[np.lexsort((-liked.points, owners))]
    again = np.zeros(points.size, bool)
    again[1:] = (points[1:] == points[:-1]) & (owners[1:] == owners[:-1])
    return _ballots(ordered, again)


def _dearer_than_the_pool(marks: Marks, costs: Ints, pool: int) -> NDArray[np.bool_]:
    sums = np.zeros(marks.offsets.size - 1, np.int64)
    np.add.at(sums, marks.owners(), costs[marks.proposals])
    return np.asarray(sums > pool)


def _ballots(marks: Marks, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which ballots hold one of the chosen marks."""
    found = np.zeros(marks.offsets.size - 1, bool)
    found[marks.owners()[chosen]] = True
    return found


CONVERSIONS: dict[tuple[str, str], tuple[Read, Unfit | None, Text]] = {
    **{(cast, "approval"): (_as_set, None, SILENT) for cast in ("knapsack", "points", "ranked", "scoring")},
    ("scoring", "points"): (_liked, _below_zero, BELOW),
    ("points", "ranked"): (_in_order, _same_points, SAME),
    ("scoring", "ranked"): (_in_order, _same_points, SAME),
    ("approval", "knapsack"): (lambda marks: marks, _dearer_than_the_pool, DEAR),
}
"""(Cast as, read as) -> how, which ballots forbid it, and why."""
