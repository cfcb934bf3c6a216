"""A rehearsal as a task: in each run new voters are drawn, vote, and are counted by every plan.

All cases of a run (so many voters, so many choices on a ballot) and all plans see the same people: the first so many of
them in an order drawn by lot.

Where real people would draw lots, the run draws: one order of the proposals, the same for every count of the run.  Whether the
lot mattered is told by a second count with the order turned round: two tied proposals then always change places.  (Where
three or more are tied it can, rarely, happen that both orders give the same although a third would not.)  A count that meets no
tie that is left open needs neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from borgerbudget.election import Election
from scenarios.measures import MEASURES, Result
from scenarios.runs.task import MakeRow, Row
from scenarios.villages import Village, some
from tallies.counting import count, leaves
from tallies.lot import Lot
from tallies.outcome import Outcome
from tallies.plan import Plan
from tallies.support import support_of

Number = float | int | None


@dataclass(frozen=True, slots=True)
class Played:
    """One count of one run.  ``lot``: the lot that was drawn decided who is funded.  ``funded``: indices; ``measures``: in the
    order of the rehearsal's."""

    lot: bool
    funded: tuple[int, ...]
    measures: tuple[Number, ...]


@dataclass(frozen=True, eq=False)
class Rehearsal:
    """``plans`` are made for ``village.empty()``.  ``voters``: numbers of voters; empty: as the turnout gives.  ``choices``:
    how many marks a ballot may have; empty: as the village says.  ``measures``: names.  ``only_lots``: every tie is broken by
    the lot, also where the plan would take the cheapest or the most votes first."""

    village: Village
    plans: tuple[Plan, ...]
    measures: tuple[str, ...] = ()
    voters: tuple[int, ...] = ()
    choices: tuple[int, ...] = ()
    only_lots: bool = False

    @property
    def cases(self) -> list[tuple[int | None, int | None]]:
        """Voters and choices of each case, None where they are as the village has them."""
        return list(product(self.voters or (None,), self.choices or (None,)))

    def begin(self) -> MakeRow:
        return self.row

    def row(self, generator: np.random.Generator) -> Row:
        """One list for each case and plan, case by case: what ``played`` reads."""
        village = self.village
        numbers = village.spread_out(max(self.voters), generator) if self.voters else village.turned_out(generator)
        everybody = village.opinions(numbers, generator)
        order = generator.permutation(everybody.home.size)
        lot = tuple(village.proposals[p].id for p in generator.permutation(len(village.proposals)))
        found: Row = []
        for voters, choices in self.cases:
            opinions = everybody if voters is None else some(everybody, order[:voters])
            limits = village.limits
            if choices is not None:
                least = limits.min_length
                limits = replace(limits, max_length=choices, min_length=None if least is None else min(least, choices))
            election, cells = village.voted(opinions, limits)
            for plan in self.plans:
                amounts, mattered = self._counted(election, plan, lot)
                result = Result(election, amounts, cells)
                measures = [MEASURES[name].of(result) for name in self.measures]
                found.append([mattered, list(amounts), measures])
        return found

    def _counted(self, election: Election, plan: Plan, lot: tuple[str, ...]) -> tuple[dict[int, int], bool]:
        """Who gets what (by ascending index), and whether the lot mattered."""
        plan = replace(plan, ties=(*(() if self.only_lots else plan.ties[:-1]), "lot"), lot=None)
        support = support_of(election, plan.points_table)
        first = next(leaves(election, plan, support=support))
        if not first.contest.ties.forks:
            return _amounts(first), False
        drawn, turned = (
            _amounts(count(election, replace(plan, lot=Lot(order)), support=support)) for order in (lot, lot[::-1])
        )
        return drawn, drawn != turned

    def played(self, rows: Sequence[Row], case: int, plan: int) -> Iterator[Played]:
        """The counts of one case and plan, run by run."""
        place = case * len(self.plans) + plan
        for row in rows:
            lot, funded, measures = row[place]
            yield Played(lot, tuple(funded), tuple(measures))


def _amounts(outcome: Outcome) -> dict[int, int]:
    index = outcome.contest.election.index
    return dict(sorted((index[award.proposal], award.amount) for award in outcome.funded))
