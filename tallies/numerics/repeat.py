"""The same purchases at a larger endowment: the certificate behind the jumps of add1 (docs/exactness.md).

Lemma.  Let a run at b buy p_1, ..., p_m at rho_1, ..., rho_m, and let b' > b.  Force the same purchases at b'.  If in every
round k every rival j still open has rho_j(b') > rho_k(b), or rho_j(b') = rho_k(b) and goes after p_k in the tie order,
and at the end nobody is affordable, then every endowment in [b, b'] gives the same run: for a fixed sequence money grows
with the endowment, so rho_j(x) >= rho_j(b') >= rho_k(b) >= rho_k(x) for every x in between, and where all are equal the
tie order says p_k.  Whom a plan bars after k purchases is no longer open, and the same at every endowment: it depends on
the purchases alone.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from tallies.numerics.market import Market
from tallies.numerics.purses import Purses


def repeated(
    market: Market, before: Purses, endowment: Fraction, goes_before: Callable[[int, int], bool]
) -> Purses | None:
    """The purchases at ``endowment``, when it is certain that every endowment from ``before``'s to it gives its
    sequence.  ``goes_before(p, q)``: the tie order is known to put p before q.  (Ties are not noted in the purchases.)
    """
    purses = Purses(market, endowment)
    for k, bought in enumerate(before.bought):
        p, paid = bought.proposal, bought.root
        purses.withdraw(p)
        if purses.undercut(paid, partial(before.rho, k), partial(goes_before, p)) or not purses.buy(p, near=paid.high):
            return None
    return None if purses.cheapest() else purses
