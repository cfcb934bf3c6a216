"""What all runs of one count share: who may be bought, at which cost, and the support as arrays of floats."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots.method import Ints
from tallies.barring import Bars
from tallies.support import Support

Floats = NDArray[np.float64]
EPS = 2.0**-52


class Column(NamedTuple):
    """One proposal in floats: its supporters with their weights, values (None: all 1) and products of the two, the sum
    of these, the scaled cost, the factor, and the relative error of a sum over the supporters."""

    groups: Ints
    weights: Floats
    values: Floats | None
    weighted: Floats
    reach: float
    cost: float
    factor: float
    rounding: float


def sum_error(terms: int) -> float:
    """A bound of the relative error of a float sum of ``terms`` non-negative products, at least twice what is due.

    In whatever order they are added, no term passes through more additions than there are terms.
    """
    return (terms + 4) * EPS


@dataclass(frozen=True, eq=False)
class Market:
    """What all runs over one contest share: who may be bought, at which cost, with which factor.

    ``costs`` (minor units) and ``factors`` by proposal; ``proposals`` the ones that may be bought; ``sets``: the ballots
    have no values of their own.  ``bars``: who may no longer be bought after which purchases; None: everybody may.
    """

    support: Support
    costs: tuple[int, ...]
    factors: tuple[int, ...]
    proposals: tuple[int, ...]
    exact_only: bool = False
    sets: bool = True
    bars: Bars | None = None

    @cached_property
    def filtered(self) -> bool:
        """Whether floats may filter at all: they hold every weight and every sum of weights exactly."""
        return not self.exact_only and self.support.exact_in_floats

    @cached_property
    def scaled_costs(self) -> tuple[int, ...]:
        """Costs times the weights' denominator: what integer weights must add up to."""
        return tuple(c * self.support.denominator for c in self.costs)

    @cached_property
    def columns(self) -> tuple[tuple[Ints, Ints | None], ...]:
        return self.support.by_proposal

    @cached_property
    def weights(self) -> tuple[Floats, ...]:
        return tuple(self.support.weights[groups].astype(np.float64) for groups, _ in self.columns)

    @cached_property
    def values(self) -> tuple[Floats | None, ...]:
        return tuple(None if v is None else v.astype(np.float64) for _, v in self.columns)

    @cached_property
    def weighted(self) -> tuple[Floats, ...]:
        """Weight times value of each supporter."""
        return tuple(w if s is None else w * s for w, s in zip(self.weights, self.values, strict=True))

    @cached_property
    def reach(self) -> tuple[int, ...]:
        """Sum of weight times value by proposal."""
        amounts = self.support.weights[self.support.group]
        if self.support.value is not None:
            if self.support.exact_in_floats:
                amounts = amounts * self.support.value
            else:
                amounts = amounts.astype(object) * self.support.value.astype(object)
        return self.support.sum_by_proposal(amounts)

    @cached_property
    def in_floats(self) -> tuple[Column, ...]:
        return tuple(
            Column(
                groups,
                self.weights[p],
                self.values[p],
                self.weighted[p],
                float(self.reach[p]),
                float(self.scaled_costs[p]),
                float(self.factors[p]),
                sum_error(groups.size),
            )
            for p, (groups, _) in enumerate(self.columns)
        )

    @cached_property
    def bounds(self) -> tuple[tuple[float, int], ...]:
        """A lower bound of rho while everybody can pay in full, and the proposal; least first."""
        costs, reach = self.scaled_costs, self.reach
        return tuple(sorted((costs[p] / (reach[p] * self.factors[p]) * (1 - 8 * EPS), p) for p in self.proposals))
