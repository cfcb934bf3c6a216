"""The fewest flips that were found to change the outcome: an upper bound, never a proof that fewer do not.

A flip: one voter who gives funded proposal w more than unfunded proposal l gives each what she gave the other (with marks only:
marks l instead of w).  The ballot stays as long and its points the same.  For each pair, the nearest in score first, the
ballots on which w lies farthest above l are flipped, the outcome is counted, and the number is halved as long as the outcome
still changes.  ``by_lot``: with so many flips a lot decides whether it does.
After the margin of victory: Xia, Computing the Margin of Victory for Various Voting Rules, EC 2012; greedy search is ours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from borgerbudget.ballots.method import Ints, Marks
from borgerbudget.election import Election
from borgerbudget.profile import Profile
from scenarios.perturbation.perturbation import Box
from tallies.many import Changed, Counted, Many
from tallies.plan import Plan

MOST_COUNTS = 400
"""Counts after which no further pair is tried."""


@dataclass(frozen=True, slots=True)
class Flips:
    """``ballots`` flipped from ``loses`` to ``wins`` (ids) change the outcome; 0 and no ids when a lot decides already."""

    ballots: int
    loses: str | None
    wins: str | None
    by_lot: bool


def fewest_flips(box: Box, plan: Plan) -> Flips | None:
    """The fewest found; None when no pair was found to change anything."""
    election = box.election
    many = Many(election, plan)
    base = many.count()
    if base.tie:
        return Flips(0, None, None, True)
    scores = many.support.scores
    losers = [p for p in range(len(election.proposals)) if p not in base.funded and not election.proposals[p].withdrawn]
    pairs = sorted(product(base.funded, losers), key=lambda pair: (scores[pair[0]] - scores[pair[1]], pair))
    found: Flips | None = None
    counted = 0
    for w, p in pairs:
        pair = _Pair(box, plan, w, p, base)
        most = pair.ballots if found is None else min(pair.ballots, found.ballots - 1)
        least = pair.search(most)
        if least is not None:
            found = Flips(least[0], election.ids[w], election.ids[p], least[1])
        counted += pair.counted
        if counted > MOST_COUNTS or (found is not None and found.ballots == 1):
            break
    return found


class _Pair:
    """One election that holds each ballot on which w lies above l twice: as it is, and flipped."""

    def __init__(self, box: Box, plan: Plan, w: int, loser: int, base: Counted) -> None:
        self._people, self._base, self.counted = box.people, base, 0
        marks = box.election.profile.marks
        above = _lead(box.election, w, loser)
        self._order = np.lexsort((np.arange(above.size), -above))[: int((above > 0).sum())]
        swap = np.arange(len(box.election.proposals), dtype=np.int32)
        swap[[w, loser]] = [loser, w]
        chosen = [marks.part(g, g + 1) for g in self._order.tolist()]
        flipped = Marks(
            np.concatenate([[0], np.cumsum([part.proposals.size for part in chosen])]).astype(np.int64),
            swap[np.concatenate([part.proposals for part in chosen])] if chosen else marks.proposals[:0],
            None if marks.points is None else np.concatenate([marks.points[:0], *(part.points for part in chosen)]),
        )
        flipped = box.election.method.normalise(flipped, box.election.limits.default_score)
        both = Marks(
            np.concatenate([marks.offsets, marks.offsets[-1] + flipped.offsets[1:]]),
            np.concatenate([marks.proposals, flipped.proposals]),
            None if marks.points is None else np.concatenate([marks.points, flipped.points]),
        )
        ones = np.ones(self._people.size + self._order.size, np.int64)
        self._many = Many(replace(box.election, profile=Profile(both, ones), sealed_root=None), plan)

    @property
    def ballots(self) -> int:
        """How many can be flipped."""
        return int(self._people[self._order].sum())

    def _count(self, flips: int) -> Counted:
        self.counted += 1
        before = np.cumsum(self._people[self._order]) - self._people[self._order]
        moved = np.clip(flips - before, 0, self._people[self._order])
        left = self._people.copy()
        left[self._order] -= moved
        return self._many.count(Changed(weights=np.concatenate([left, moved])))

    def search(self, most: int) -> tuple[int, bool] | None:
        """A number of flips up to ``most`` that changes the outcome, and whether by lot only."""
        if most < 1:
            return None
        last = self._count(most)
        if not self._other(last):
            return None
        same, other = 0, most  # ``same`` does not change the outcome, ``other`` does
        while other - same > 1:
            middle = (same + other) // 2
            counted = self._count(middle)
            if self._other(counted):
                other, last = middle, counted
            else:
                same = middle
        return other, last.tie

    def _other(self, counted: Counted) -> bool:
        return counted.tie or counted.funded != self._base.funded or counted.amounts != self._base.amounts


def _lead(election: Election, w: int, loser: int) -> Ints:
    """(G,) by how much each ballot prefers w to l: points, places, or 1 for a mark; at most 0 where a flip helps nobody."""
    marks = election.profile.marks
    groups = marks.offsets.size - 1
    if marks.points is not None:
        silence = election.limits.default_score if election.method.name == "scoring" else 0
        given, value = np.full((2, groups), silence, np.int64), marks.points
    else:
        length = np.diff(marks.offsets)
        place = np.arange(marks.proposals.size, dtype=np.int64) - np.repeat(marks.offsets[:-1], length)
        given = np.zeros((2, groups), np.int64)
        ranked = election.method.name == "ranked"
        value = np.repeat(length, length) - place if ranked else np.ones(marks.proposals.size, np.int64)
    for row, p in enumerate((w, loser)):
        here = np.flatnonzero(marks.proposals == p)[::-1]  # the first of repeated marks is written last
        given[row, marks.owners()[here]] = value[here]
    lead: Ints = given[0] - given[1]
    basket = election.limits.max_sum_cost
    if basket is not None:
        spent = np.bincount(marks.owners(), weights=np.array(election.costs)[marks.proposals], minlength=groups)
        lead[spent - election.costs[w] + election.costs[loser] > basket] = 0
    return lead
