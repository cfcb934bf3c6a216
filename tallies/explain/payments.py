"""What a proposal's supporters paid for under equal shares: the purchases of one run, seen from some of the voters."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tallies.numerics.purses import Purses
from tallies.rationals import number, rational_text


@dataclass(frozen=True, slots=True)
class Payment:
    """``payers`` of the supporters paid ``paid`` minor units together for ``proposal``."""

    proposal: str
    paid: Fraction
    payers: Fraction

    def as_json(self) -> dict[str, object]:
        return {"proposal": self.proposal, "paid": rational_text(self.paid), "payers": number(self.payers)}


@dataclass(frozen=True, slots=True)
class Price:
    """What a winner's supporters paid: ``in_full`` of them ``each`` (times their points, where ballots have points),
    ``all_they_had`` less.  ``effective_votes``: 1/rho, for utility cost."""

    each: Fraction
    in_full: Fraction
    all_they_had: Fraction
    effective_votes: Fraction | None

    def as_json(self) -> dict[str, object]:
        votes = self.effective_votes
        return {
            "each": rational_text(self.each),
            "in_full": number(self.in_full),
            "all_they_had": number(self.all_they_had),
            "effective_votes": None if votes is None else rational_text(votes),
        }


def _when_out(purses: Purses) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """For each group the purchase, from 1, in which its money ran out; one past the last if it never did."""
    when = np.full(purses.market.support.weights.size, len(purses.ledger.purchases) + 1, np.int64)
    for turn, bought in enumerate(purses.ledger.purchases, 1):
        when[bought.ran_out] = turn
    return when


def payments_of(purses: Purses, proposal: int, ids: tuple[str, ...]) -> tuple[Payment, ...]:
    """The purchases that the supporters of ``proposal`` paid anything for, in order."""
    support = purses.market.support
    prices = [Fraction(bought.numerator, bought.denominator) for bought in purses.ledger.purchases]
    scale = math.lcm(purses.endowment.denominator, *(price.denominator for price in prices))
    units = [price.numerator * (scale // price.denominator) for price in prices]
    start = purses.endowment.numerator * (scale // purses.endowment.denominator)
    paid, payers = [0] * len(units), [0] * len(units)
    when_out = _when_out(purses)
    groups, _ = support.by_proposal[proposal]
    for group in groups.tolist():
        weight, money, out = int(support.weights[group]), start, int(when_out[group])
        for turn, value in purses.ledger.rounds_paid(group, out + 1):
            share = money if turn == out else value * units[turn - 1]
            money -= share
            paid[turn - 1] += weight * share
            payers[turn - 1] += weight if share else 0
    whole = support.denominator
    return tuple(
        Payment(ids[bought.proposal], Fraction(amount, scale * whole), Fraction(count, whole))
        for bought, amount, count in zip(purses.ledger.purchases, paid, payers, strict=True)
        if count
    )


def price_of(purses: Purses, proposal: int, utility: str | None) -> Price | None:
    """How the supporters shared the cost, when the run bought ``proposal``."""
    support = purses.market.support
    for turn, bought in enumerate(purses.ledger.purchases, 1):
        if bought.proposal == proposal:
            groups, _ = support.by_proposal[proposal]
            poor = groups[_when_out(purses)[groups] <= turn]
            short = Fraction(sum(support.weights[poor].tolist()), support.denominator)
            each = Fraction(bought.numerator, bought.denominator)
            return Price(
                each,
                Fraction(support.supporters[proposal], support.denominator) - short,
                short,
                purses.market.costs[proposal] / each if utility == "cost" else None,
            )
    return None
