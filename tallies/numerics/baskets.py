"""Ballots read as amounts: everybody spreads the same share of the pool over the proposals on her ballot, exactly.

    x(p) = sum over ballots i of weight_i * (B/n) * s_i(p) / S_i,   S_i = sum of s_i over the proposals still open       (1)

Ballots with the same S_i are added up first, as integers.  The sums over different S_i are made in a tree, so that their
common denominators stay small for as long as they can.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

import numpy as np

from borgerbudget.ballots.method import Ints
from tallies.support import LARGEST_EXACT, Support, exact_sums


def baskets(
    support: Support, worth: Sequence[int] | None, pool: int, proposals: Collection[int]
) -> dict[int, Fraction]:
    """(1) in minor units for each of ``proposals``; ``worth`` (P,) is s_i(p) where p is on the ballot, None: its points."""
    open_ones = np.zeros(support.proposals, bool)
    open_ones[list(proposals)] = True
    kept = open_ones[support.proposal]
    proposal, group = support.proposal[kept], support.group[kept]
    weights = support.weights[group]
    if worth is None:
        each = np.ones(proposal.size, np.int64) if support.value is None else support.value[kept]
        factor = [1] * support.proposals
        amounts = _products(weights, each)
    else:
        common = math.gcd(*worth)
        factor = [cost // common for cost in worth]
        each = _integers(factor)[proposal]
        amounts = weights
    sums = exact_sums(group, each, support.weights.size)  # S_i
    different = sorted(set(sums) - {0})
    place = {total: k for k, total in enumerate(different)}
    which = np.array([place.get(total, 0) for total in sums], np.int64)[group]
    keys, inverse = np.unique(proposal.astype(np.int64) * max(1, len(different)) + which, return_inverse=True)
    by_key = exact_sums(inverse, amounts, keys.size)
    parts: dict[int, dict[int, int]] = {p: {} for p in proposals}
    for key, amount in zip(keys.tolist(), by_key, strict=True):
        p, k = divmod(key, len(different))
        parts[p][k] = amount
    added = _Tree(different)
    per_voter = Fraction(1, support.total) * pool  # weights stand over the same denominator as the total
    return {p: factor[p] * per_voter * added.of(terms) for p, terms in parts.items()}


def _integers(values: Sequence[int]) -> Ints:
    return np.array(values, np.int64 if max(values, default=0) < LARGEST_EXACT else object)


def _products(left: Ints, right: Ints) -> Ints:
    bound = int(left.max(initial=0)) * int(right.max(initial=0)) if left.size else 0
    return left * right if bound < LARGEST_EXACT else left.astype(object) * right.astype(object)


class _Tree:
    """Sums of fractions over fixed denominators, halved again and again."""

    def __init__(self, denominators: Sequence[int]) -> None:
        self._denominators = denominators
        self._common: dict[tuple[int, int], int] = {}
        if denominators:
            self._build(0, len(denominators))

    def _build(self, first: int, last: int) -> int:
        if last - first == 1:
            found = self._denominators[first]
        else:
            middle = (first + last) // 2
            found = math.lcm(self._build(first, middle), self._build(middle, last))
        self._common[first, last] = found
        return found

    def of(self, numerators: Mapping[int, int]) -> Fraction:
        """The sum of numerators[k] / denominators[k]."""
        size = len(self._denominators)
        return Fraction(self._numerator(numerators, 0, size), self._common[0, size]) if size else Fraction(0)

    def _numerator(self, numerators: Mapping[int, int], first: int, last: int) -> int:
        if last - first == 1:
            return numerators.get(first, 0)
        middle = (first + last) // 2
        whole = self._common[first, last]
        left = self._numerator(numerators, first, middle) * (whole // self._common[first, middle])
        return left + self._numerator(numerators, middle, last) * (whole // self._common[middle, last])
