"""What all runs of one count share: who may be bought, at which cost, and the support as arrays of floats."""

from __future__ import annotations

from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots.method import Ints
from borgerbudget.frozen import frozen
from tallies.barring import Bars
from tallies.support import Support

if TYPE_CHECKING:
    from tallies.numerics.compiled import Kernel, Pieces

Floats = NDArray[np.float64]
EPS = 2.0**-52


Payers = tuple[Ints, Floats, Floats | None, Floats]


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


@frozen(eq=False)
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
    def reach(self) -> tuple[int, ...]:
        """Sum of weight times value by proposal."""
        if self.support.value is None:
            return self.support.supporters
        amounts = self.support.weights[self.support.group]
        if self.support.exact_in_floats:
            amounts = amounts * self.support.value
        else:
            amounts = amounts.astype(object) * self.support.value.astype(object)
        return self.support.sum_by_proposal(amounts)

    @cached_property
    def _in_floats(self) -> dict[int, Column]:
        return {}

    @cached_property
    def _ones(self) -> Floats | None:
        """A one for each group when every group weighs one, so that no proposal needs a column of its own."""
        weights = self.support.weights
        return np.ones(weights.size) if bool((weights == 1).all()) else None

    @cached_property
    def payers(self) -> dict[int, Payers]:
        """Groups, weights, values and products of the two of those supporters that have been asked for."""
        return {}

    def in_floats(self, p: int) -> Column:
        """The supporters of p as floats see them, made when first asked for."""
        found = self._in_floats.get(p)
        if found is None:
            payers = self.payers.get(p)
            if payers is None:
                groups, value = self.columns[p]
                ones = self._ones
                weights = self.support.weights[groups].astype(np.float64) if ones is None else ones[: groups.size]
                values = None if value is None else value.astype(np.float64)
                payers = self.payers[p] = groups, weights, values, weights if values is None else weights * values
            rest = float(self.reach[p]), float(self.scaled_costs[p]), float(self.factors[p]), sum_error(payers[0].size)
            found = self._in_floats[p] = Column(*payers, *rest)
        return found

    @cached_property
    def open(self) -> frozenset[int]:
        """``proposals`` as a set."""
        return frozenset(self.proposals)

    def bound(self, p: int) -> float:
        """A lower bound of rho of p while everybody can pay in full."""
        return self.scaled_costs[p] / (self.reach[p] * self.factors[p]) * (1 - 8 * EPS)

    def share(self, p: int) -> float:
        """With less than this in each purse p is certainly not affordable."""
        return self.scaled_costs[p] / self.support.supporters[p] * (1 - 8 * EPS)

    @cached_property
    def bounds(self) -> tuple[tuple[float, int], ...]:
        """``bound`` of each proposal, and the proposal; least first."""
        return tuple(sorted((self.bound(p), p) for p in self.proposals))

    @cached_property
    def shares(self) -> Floats:
        """In the order of ``bounds``."""
        return np.array([self.share(p) for _, p in self.bounds])

    @cached_property
    def pieces(self) -> Pieces:
        """The supporters of all proposals as compiled code reads them."""
        from tallies.numerics.compiled import in_pieces

        return in_pieces(self.columns)

    @cached_property
    def kernel(self) -> Kernel | None:
        """Compiled code that does the work of the filter, where there is any."""
        from tallies.numerics.compiled import kernel_of

        return kernel_of(self)

    def bounds_within(self, endowment: float) -> list[tuple[float, int]]:
        """``bounds`` without the proposals that nobody can afford with ``endowment`` in each purse."""
        return list(compress(self.bounds, (self.shares <= endowment).tolist()))
