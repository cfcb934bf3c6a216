"""What a perturbation is: another box that might have been, as a number of people for each distinct ballot of the real one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from borgerbudget.ballots.method import Ints
from borgerbudget.election import Election
from borgerbudget.errors import InputRejected, UsageError, problem
from borgerbudget.words import Text
from scenarios.electorates.models import MODELS
from scenarios.electorates.words import PROBLEMS


@dataclass(frozen=True, eq=False)
class Box:
    """The ballots as cast.  ``people`` (G,): how many cast each distinct ballot of ``election``'s profile."""

    election: Election
    people: Ints

    @property
    def ballots(self) -> int:
        return int(self.people.sum())


def box_of(election: Election) -> Box:
    """Raises InputRejected where it is not known how many people cast each ballot, or where ballots weigh by area, so that
    one person's ballot cannot be taken away alone."""
    if election.hand_count or not election.profile.total:
        raise InputRejected(problem(PROBLEMS, "EL-006", known=", ".join(MODELS)))
    if election.by_area or election.profile.denominator != 1:
        raise InputRejected(problem(PROBLEMS, "EL-007"))
    return Box(election, np.array(election.profile.weights, np.int64))


@dataclass(frozen=True, slots=True)
class Perturbation:
    """``weights(box, size, generator)`` (G,) for ``tallies.many.Changed``; ``size`` is a number of ballots, from 0 to
    ``most(box)``, which is 0 for one that has no size."""

    name: str
    specification: str
    plain: Text
    weights: Callable[[Box, int, np.random.Generator], Ints]
    most: Callable[[Box], int]

    def draw(self, box: Box, size: int, generator: np.random.Generator) -> Ints:
        """Raises UsageError for a size that the box does not have."""
        if not 0 <= size <= self.most(box):
            raise UsageError(problem(PROBLEMS, "EL-008", people=box.ballots, asked=size, most=self.most(box)))
        return self.weights(box, size, generator)


def some_of(people: Ints, number: int, generator: np.random.Generator) -> Ints:
    """(G,) of so many different people, every choice of them equally likely."""
    drawn: Ints = generator.multivariate_hypergeometric(people, number, method="marginals")
    return drawn
