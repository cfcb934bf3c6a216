"""An electorate like the voters of a past round: the share of each proposal, the lengths of ballots, what is marked together.

Voters are of a few kinds.  A voter of kind k (with probability pi_k) marks l proposals with probability q_k(l), and which l by
the weights w_k of her kind:

    P(ballot S | k) = q_k(|S|) * product of w_kj over j in S / e_|S|(w_k)                         (1)

This is a latent class model (Lazarsfeld and Henry 1968) whose classes are maximum-entropy designs (see
``scenarios.electorates.sets``).  It is fitted by expectation and maximisation (Dempster, Laird, Rubin 1977).  At the maximum
the expected share of every proposal and the expected number of ballots of every length are those of the round; marks of the
same ballot hang together by the kinds, but two proposals that almost everybody marks together are not wholly caught (in
Świecie 2023 pairs are 2.2 standard errors off on average, the worst 21).  The number of kinds, up to ``MOST_KINDS``, is that
with the least Bayesian information criterion (Schwarz 1978).  Points and ranks are fitted as marks; which mark is liked better is
drawn by the weights (Plackett and Luce).

Nothing of a single voter is kept, and no ballot is copied: the round's own voters drawn again are ``perturbation.bootstrap``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from borgerbudget.ballots.method import Ints
from borgerbudget.election import Election
from scenarios.electorates.opinions import Floats, Opinions, Setting
from scenarios.electorates.sets import draw, inclusions, polynomials
from scenarios.perturbation.perturbation import box_of
from tallies.support import Support, support_of

MOST_KINDS = 6
ROUNDS = 200
"""Steps of expectation and maximisation at most."""
LAST_ROUNDS = 2_000
"""Steps towards the shares at most, for each kind."""
STEADY = 1e-5
"""What the mean log-likelihood gains in a step that is the last one."""
FARTHEST = 20.0
"""Greatest logarithm of a weight, either way: everybody marks it, nobody marks it."""


@dataclass(frozen=True, eq=False)
class Statistics:
    """What a fitted electorate shares with its round.  ``shares`` (m,) of the voters who mark each proposal; ``lengths``
    (m + 1,) share of ballots with so many marks; ``together`` (m, m) share of voters who mark both."""

    shares: Floats
    lengths: Floats
    together: Floats


def statistics(election: Election) -> Statistics:
    """Of a real or a simulated round with ballots.  Raises InputRejected as ``box_of``."""
    people = box_of(election).people
    support = support_of(election)
    m, n = support.proposals, float(people.sum())
    marked = np.zeros((people.size, m))
    marked[support.group, support.proposal] = 1.0
    together = (marked * people[:, None]).T @ marked / n
    lengths = np.bincount(np.diff(support.start), weights=people, minlength=m + 1) / n
    return Statistics(np.diag(together).copy(), lengths, together)


@dataclass(frozen=True, eq=False)
class Fitted:
    """An electorate that looks like a past round.  Kinds k, proposals m: ``chance`` (k,), ``lengths`` (k, most + 1),
    ``log_weights`` (k, m)."""

    chance: Floats
    lengths: Floats
    log_weights: Floats

    @property
    def kinds(self) -> int:
        return int(self.chance.size)

    def opinions(self, setting: Setting, generator: np.random.Generator) -> Opinions:
        """As ``Electorate.opinions``.  ValueError for another number of proposals than the round's."""
        if setting.proposals != self.log_weights.shape[1]:
            raise ValueError("a fitted electorate votes on the proposals of its round")
        kind = generator.choice(self.kinds, size=setting.people, p=self.chance)
        ladder = np.cumsum(self.lengths, axis=1)
        size = (generator.random(setting.people)[:, None] * ladder[kind, -1:] >= ladder[kind]).sum(axis=1)
        tables = np.array([polynomials(weights, self.lengths.shape[1] - 1) for weights in self.log_weights])
        chosen = draw(tables, self.log_weights, kind, size.astype(np.int64), generator)
        liking = self.log_weights[kind] + generator.gumbel(size=chosen.shape)
        near = 1 / (1 + np.exp(-liking))
        return Opinions(np.where(chosen, near + 1e-12, near - 1), setting.homes())


def fit(election: Election) -> Fitted:
    """The electorate that fits the round best.  Raises InputRejected where it is not known who cast what."""
    people = box_of(election).people.astype(np.float64)
    support = support_of(election)
    best: tuple[float, Fitted, Floats] | None = None
    for kinds in range(1, MOST_KINDS + 1):
        fitted, likelihood, goal = _maximised(support, people, kinds)
        free = kinds * (support.proposals - 1 + np.count_nonzero(fitted.lengths.sum(axis=0)) - 1) + kinds - 1
        criterion = float(free * np.log(people.sum()) - 2 * likelihood)
        if best is not None and criterion >= best[0]:
            break
        best = (criterion, fitted, goal)
    assert best is not None
    return _finished(best[1], best[2], float(people.sum()))


def _maximised(support: Support, people: Floats, kinds: int) -> tuple[Fitted, float, Floats]:
    """The fitted electorate with so many kinds, its log-likelihood, and how often (kinds, m) each kind should mark what."""
    size = np.diff(support.start)
    most = int(size.max(initial=0))
    # the start does not depend on who asks: the same round always gives the same electorate
    belongs = np.random.default_rng(kinds).dirichlet(np.ones(kinds), people.size)
    log_weights = np.zeros((kinds, support.proposals))
    last = -np.inf
    for _ in range(ROUNDS):
        members = belongs * people[:, None]
        chance = members.sum(axis=0) / people.sum()
        lengths = np.array([np.bincount(size, weights=members[:, k], minlength=most + 1) for k in range(kinds)])
        goal = np.array(
            [
                np.bincount(support.proposal, weights=members[support.group, k], minlength=support.proposals)
                for k in range(kinds)
            ]
        )
        for k in range(kinds):
            log_weights[k] = _nearer(log_weights[k], goal[k], lengths[k])
        fitted = Fitted(chance, lengths / np.maximum(lengths.sum(axis=1, keepdims=True), 1e-300), log_weights.copy())
        logs = _log_chances(fitted, support, size)
        top = logs.max(axis=1, keepdims=True)
        each = top[:, 0] + np.log(np.exp(logs - top).sum(axis=1))
        belongs = np.exp(logs - each[:, None])
        likelihood = float((each * people).sum())
        if likelihood - last < STEADY * people.sum():
            break
        last = likelihood
    return fitted, likelihood, goal


def _finished(fitted: Fitted, goal: Floats, people: float) -> Fitted:
    """With weights that give the shares as they are, not only nearly."""
    finished = fitted.log_weights.copy()
    for k, weights in enumerate(finished):
        lengths = fitted.lengths[k] * fitted.chance[k] * people
        for _ in range(LAST_ROUNDS):
            if np.abs(inclusions(weights, lengths) - goal[k]).max(initial=0.0) < STEADY * people:
                break
            weights = _nearer(weights, goal[k], lengths)
        finished[k] = weights
    return Fitted(fitted.chance, fitted.lengths, finished)


def _nearer(log_weights: Floats, goal: Floats, lengths: Floats) -> Floats:
    """One step of Chen, Dempster and Liu towards weights that mark each proposal as often as ``goal`` says."""
    expected = inclusions(log_weights, lengths)
    with np.errstate(divide="ignore", invalid="ignore"):
        step = np.log(goal) - np.log(expected)
    moved = log_weights + np.where(np.isfinite(step), step, np.where(goal > 0, 0.0, -FARTHEST))
    middle = np.median(moved[goal > 0]) if (goal > 0).any() else 0.0
    found: Floats = np.clip(moved - middle, -FARTHEST, FARTHEST)
    return found


def _log_chances(fitted: Fitted, support: Support, size: Ints) -> Floats:
    """(G, kinds): the logarithm of pi_k times (1) for each distinct ballot."""
    most = fitted.lengths.shape[1] - 1
    with np.errstate(divide="ignore"):
        logs = np.log(fitted.chance)[None, :] + np.log(fitted.lengths.T)[size]
    for k, weights in enumerate(fitted.log_weights):
        marks = np.bincount(support.group, weights=weights[support.proposal], minlength=size.size)
        logs[:, k] += marks - polynomials(weights, most)[0, size]
    return logs
