"""The same purchases at a larger endowment: the certificate behind the jumps of add1 (docs/exactness.md).

Lemma.  Let a run at b buy p_1, ..., p_m at rho_1, ..., rho_m, and let b' > b.  Force the same purchases at b'.  If in every
round k every rival j still open has rho_j(b') > rho_k(b), and at the end nobody is affordable, then every endowment
in [b, b'] gives the same run: money grows with the endowment for a fixed sequence, so rho_j(x) >= rho_j(b') >
rho_k(b) >= rho_k(x) for every x in between.
"""

from __future__ import annotations

import math
from fractions import Fraction

from tallies.numerics.purses import EPS, Market, Purses


def repeated(market: Market, before: Purses, endowment: Fraction) -> Purses | None:
    """The run at ``endowment``, when it is certain that every endowment from ``before``'s to it gives its sequence."""
    purses = Purses(market, endowment)
    for bought in before.purchases:
        factor = market.factors[bought.proposal]
        paid = bought.numerator / (bought.denominator * factor) * (1 + 4 * EPS)
        if purses.beats(paid, bought.proposal):
            return None
        if purses.buy(bought.proposal, bought.tied, bought.decided_by) is None:
            return None
    return None if purses.beats(math.inf, -1) else purses
