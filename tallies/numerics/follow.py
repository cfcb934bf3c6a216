"""Purchases that are repeated with more money for everybody: the certificate behind explanations (docs/exactness.md).

A lower price of p, more voters for p and a larger endowment have this in common: for a fixed sequence of purchases each
voter's money grows and every rho falls.  So the first certificate of ``tallies.numerics.repeat`` holds from one market to
another: if at the far end every rival's rho is more than what was paid at the near end, round by round, and nobody is
affordable at the end, then everything in between gives the same sequence.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from tallies.numerics.compiled import SAME, UNDECIDED, again
from tallies.numerics.market import Market
from tallies.numerics.purses import Bought, Purses, Root


def followed_by(
    market: Market, before: Purses, endowment: Fraction, goes_before: Callable[[int, int], bool], since: int = 0
) -> bool:
    """Whether the purchases of ``before`` certainly follow everywhere from there to ``endowment`` in ``market``, the first
    ``since`` of them taken for granted.  ``goes_before(p, q)``: the tie order is known to put p before q."""
    found, _ = again(market, before, endowment, goes_before, since)
    if found != UNDECIDED:
        return found == SAME
    purses = Purses(market, endowment)
    for k, bought in enumerate(before.bought):
        p, paid = bought.proposal, bought.root
        purses.withdraw(p)
        if k >= since and _undercut(purses, paid, partial(before.rho, k), partial(goes_before, p)):
            return False
        root = purses.root(p, paid.high)
        if root is None:
            return False
        purses.pay(Bought(p, root, (), None))
    return not purses.cheapest()


def _undercut(purses: Purses, paid: Root, exactly: Callable[[], Fraction], goes_after: Callable[[int], bool]) -> bool:
    """Whether any open proposal has rho < ``exactly()``, or rho = ``exactly()`` without going after in the tie order.

    ``paid``: the root whose interval holds ``exactly()``.
    """
    for q, overlap in purses.up_to(paid):
        if not overlap:
            return True
        rho = purses.rho_of(q)
        if rho is not None and (rho < exactly() or (rho == exactly() and not goes_after(q))):
            return True
    return False
