"""Sets of a given size, drawn with weights: the maximum-entropy (conditional Bernoulli) design.

A set of l of the m proposals has probability

    P(S) = product of w_j over j in S / e_l(w)                                              (1)

with e_l the elementary symmetric polynomial, the sum of those products over all sets of l.  All is done in logarithms: with
R_j(l) = log e_l of the weights from j on, R_j(l) = log(exp R_{j+1}(l) + w_j exp R_{j+1}(l - 1)).

Chen, Dempster, Liu: Weighted Finite Population Sampling to Maximize Entropy, Biometrika 81, 1994.
"""

from __future__ import annotations

import numpy as np

from borgerbudget.ballots.method import Ints
from scenarios.electorates.opinions import Floats, Truths


def polynomials(log_weights: Floats, most: int) -> Floats:
    """(m + 1, most + 1): R_j(l), minus infinity where there is no set of that size."""
    m = log_weights.size
    table = np.full((m + 1, most + 1), -np.inf)
    table[m, 0] = 0.0
    for j in range(m - 1, -1, -1):
        table[j, 0] = 0.0
        table[j, 1:] = np.logaddexp(table[j + 1, 1:], log_weights[j] + table[j + 1, :-1])
    return table


def inclusions(log_weights: Floats, sizes: Floats) -> Floats:
    """(m,) the expected number of sets that hold each proposal, when ``sizes`` (most + 1,) tells how many sets there are of
    each size: proposal by proposal, how many sets still lack how many."""
    m, most = log_weights.size, sizes.size - 1
    table = polynomials(log_weights, most)
    lacking = sizes.astype(np.float64)
    found = np.zeros(m)
    for j in range(m):
        taken = lacking[1:] * _chances(table[j + 1, :-1], table[j, 1:], log_weights[j])
        found[j] = taken.sum()
        lacking[1:] -= taken
        lacking[:-1] += taken
    return found


def _chances(with_it: Floats, all_of_them: Floats, log_weight: Floats | np.float64) -> Floats:
    """The part of the sets that holds a proposal, by (1); 0 where there are none."""
    possible = np.isfinite(all_of_them)
    chance = np.exp(np.where(possible, with_it + log_weight - np.where(possible, all_of_them, 0.0), -np.inf))
    return np.minimum(chance, 1.0)


def draw(tables: Floats, log_weights: Floats, kind: Ints, sizes: Ints, generator: np.random.Generator) -> Truths:
    """One set per voter (voters, m), by (1): ``tables`` (kinds, m + 1, most + 1) and ``log_weights`` (kinds, m) of each kind of
    voter, ``kind`` and ``sizes`` (voters,)."""
    m = log_weights.shape[1]
    chosen = np.zeros((kind.size, m), bool)
    left = sizes.copy()
    for j in range(m):
        chance = _chances(tables[kind, j + 1, left - 1], tables[kind, j, left], log_weights[kind, j])
        chosen[:, j] = (left > 0) & (generator.random(kind.size) < chance)
        left -= chosen[:, j]
    return chosen
