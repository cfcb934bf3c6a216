"""A rehearsal as a task: in each run new voters are drawn, vote, and are counted by every plan.

All cases of a run (so many voters, so many choices on a ballot) and all plans see the same people: the first so many of
them in an order drawn by lot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from scenarios.measures import MEASURES, Result
from scenarios.runs.task import MakeRow, Row
from scenarios.villages import Village, some
from tallies.many import Many
from tallies.plan import Plan

Number = float | int | None


@dataclass(frozen=True, slots=True)
class Played:
    """One count of one run.  ``lot``: a lot would have to decide, and then nothing else is known.  ``funded``: indices;
    ``measures``: in the order of the rehearsal's."""

    lot: bool
    funded: tuple[int, ...]
    measures: tuple[Number, ...]


@dataclass(frozen=True, eq=False)
class Rehearsal:
    """``plans`` are made for ``village.empty()``.  ``voters``: numbers of voters; empty: as the turnout gives.  ``choices``:
    how many marks a ballot may have; empty: as the village says.  ``measures``: names."""

    village: Village
    plans: tuple[Plan, ...]
    measures: tuple[str, ...] = ()
    voters: tuple[int, ...] = ()
    choices: tuple[int, ...] = ()

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
        found: Row = []
        for voters, choices in self.cases:
            opinions = everybody if voters is None else some(everybody, order[:voters])
            limits = village.limits
            if choices is not None:
                least = limits.min_length
                limits = replace(limits, max_length=choices, min_length=None if least is None else min(least, choices))
            election, cells = village.voted(opinions, limits)
            for plan in self.plans:
                counted = Many(election, plan).count()
                amounts = dict(zip(counted.funded, counted.amounts, strict=True))
                result = Result(election, amounts, cells)
                measures = [None if counted.tie else MEASURES[name].of(result) for name in self.measures]
                found.append([counted.tie, list(counted.funded), measures])
        return found

    def played(self, rows: Sequence[Row], case: int, plan: int) -> Iterator[Played]:
        """The counts of one case and plan, run by run."""
        place = case * len(self.plans) + plan
        for row in rows:
            lot, funded, measures = row[place]
            yield Played(lot, tuple(funded), tuple(measures))
