"""The least change with which a proposal would have won, each on its own and all else equal; for a winner the largest
price at which it still wins.

To win is to be funded in every way of breaking open ties.  ``least`` is exact: greedy, greedy-stop, greedy-per-cost,
greedy-80, phragmen, and equal-shares without completion or with the utilitarian one.  ``enough`` was found by
doubling and halving, in round amounts, is confirmed by a recount, and may not be the least: the completions that
raise the endowment, comparisons, ties with more ways to break them than are followed, and pools that lie too many
decisions away.  ``none``: nothing of the kind helps, proven when ``searched`` is None; else nothing was found as far as
``searched``.

The cost of p.  In a fixed order of ties let p win at price c, and take a lower one.  Until p is bought every count goes
the same way, for the price of p has a say in nothing but p.
  * Greedy rules: p's turn comes no later (the criterion ``cheapest`` only moves it forward, score / cost rises unless the
    score is negative): before it stands a beginning of what stood there, as much is left or more, p fits as before.
  * Phragmén: p's load is less.  When p was bought all those tied fitted; so they did at every step before, and so does p
    at each of them: it is bought no later.
  * Equal shares: p's rho is not greater.  For points and count the unit price r of p falls with its cost.  For utility
    cost 1/rho = c/r = sum of min(1, b_i / r) rises when r falls.  If rho is equal to another's, as before, ``cheapest``
    prefers the lower price, ``most-votes`` and the lot do not look at it: p is bought no later.
  * The utilitarian completion: if p is not bought before it, everything up to p's turn is as it was.
A win in every order is then kept by every lower price: halving is exact.  Greedy-per-cost with a negative score (grades
below zero): a lower price moves p backwards; p's place changes only at prices where its score / cost meets another's, and in
one place it wins up to what is left there.  So only those prices, the whole numbers next to them and the amounts left
along the count without p must be tried.

Votes: ``tallies.explain.ballots``.  Pool: ``tallies.explain.pools``.

The measures: Boehmer, Faliszewski, Janeczko, Peters, Pierczyński, Schierreich, Skowron, Szufa: Evaluation of Project
Performance in Participatory Budgeting, IJCAI 2024.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from math import ceil, floor
from typing import Literal

from borgerbudget.election import Election
from tallies.counting import MOST_LEAVES, leaves
from tallies.explain import ballots, pools, raised
from tallies.explain.searching import largest, least
from tallies.explain.trials import Trials
from tallies.outcome import Outcome
from tallies.steps import Funded, Skipped, Stopped, Unaffordable
from tallies.support import Support

Kind = Literal["least", "enough", "none"]


@dataclass(frozen=True, slots=True)
class Change:
    """``value``: a price or a pool in minor units, or a number of new ballots; None for ``none``.  ``points``: what
    each new ballot gives.  ``amount``: where the rule may pay part of what is asked, what the proposal gets then at least.
    ``holds``: where neither more nor less need help as well, values from and to which it certainly does, ``value`` among
    them."""

    kind: Kind
    value: int | None = None
    searched: int | None = None
    points: int | None = None
    amount: int | None = None
    holds: tuple[int, int] | None = None

    def as_json(self) -> dict[str, object]:
        found: dict[str, object] = {"kind": self.kind, "value": self.value, "searched": self.searched}
        more = {"points": self.points, "amount": self.amount, "holds": self.holds and list(self.holds)}
        return found | {key: value for key, value in more.items() if value is not None}


NOTHING = Change("none")
LOST_WHATEVER_THE_VOTES = ("withdrawn", "over-pool", "over-cap", "below-minimum")


def exact(trial: Trials) -> bool:
    """Whether this rule's answers are the very least: the proofs are about the rules of the first book as they stand."""
    plan = trial.plan
    if plan.traits.partial or plan.traits.voteless or not plan.terms.plain:
        return False
    return plan.rule != "equal-shares" or (not plan.adds and plan.comparison == "none")


def _found(trial: Trials, value: int | None, searched: int | None = None) -> Change:
    certain = exact(trial) and not trial.undecided
    if value is None:
        return Change("none", None, searched)
    return Change("least" if certain else "enough", value)


def _with_amount(trial: Trials, change: Change, changed: Callable[[int], tuple[Election, Support]]) -> Change:
    """A change that helps, with what it gives where that may be a part."""
    if change.value is None or not trial.plan.traits.partial or trial.plan.traits.whole_ask:
        return change
    return replace(change, amount=trial.amount(*changed(change.value)))


def cost_change(trial: Trials, outcome: Outcome) -> Change:
    """The largest price at which the proposal wins."""
    trial = replace(trial)
    if _hopeless(trial):
        return NOTHING
    if raised.searchable(trial):
        funded = any(award.proposal == trial.id for award in outcome.funded)
        searched = raised.price(trial, funded)
        if searched is not None:
            return _searched(searched)
    grid = 1
    dearest = 5 * trial.pool // 4 if trial.plan.rule == "greedy-80" else trial.pool
    funded = any(award.proposal == trial.id for award in outcome.funded)
    fails_at = dearest + 1 if funded else min(trial.cost, dearest + 1)
    if trial.plan.rule == "greedy-per-cost" and trial.scores[trial.proposal] < 0 and exact(trial):
        value = next((c for c in _prices(trial, fails_at) if trial.at_cost(c) is None), None)
    else:
        grid = 1 if exact(trial) else _grid(trial.cost)
        guess = trial.cost if funded else _held(trial, outcome)
        value = largest(lambda c: trial.wins(trial.at_cost, c * grid), guess // grid, -(-fails_at // grid))
        value = value and value * grid
        if funded:
            value = max(value or 0, trial.cost)
    found = _found(trial, value, None if exact(trial) else grid)
    return _with_amount(trial, found, lambda cost: (trial.with_cost(cost), trial.support))


def votes_change(trial: Trials, outcome: Outcome) -> Change:
    """The least number of new supporters with which the proposal wins."""
    trial = replace(trial)
    if outcome.contest.out[trial.proposal] in LOST_WHATEVER_THE_VOTES or trial.points <= 0:
        return NOTHING
    if raised.searchable(trial) and not trial.silence:
        found = raised.votes(trial, ballots.first_votes(trial), _most_votes(trial))
        if found is not None:
            return _with_points(trial, _searched(found))
    value, searched = ballots.least_votes(trial) if exact(trial) else (None, 0)
    if value is not None or (searched is None and not trial.undecided):
        change = _found(trial, value)
    else:
        first, top = ballots.first_votes(trial), _most_votes(trial)
        value = least(lambda k: trial.wins(trial.with_votes, k), first, top)
        change = Change("none", None, searched or top) if value is None else Change("enough", value)
    if change.kind == "enough" and change.value == 1:
        change = replace(change, kind="least")  # none is what lost
    change = _with_points(trial, change)
    return _with_amount(trial, change, lambda more: (trial.election, trial.joined(more)))


def pool_change(trial: Trials) -> Change:
    """The least pool above the real one with which the proposal wins."""
    trial = replace(trial)
    if _hopeless(trial):
        return NOTHING
    if raised.searchable(trial):
        found = raised.pool(trial, pools.first_pool(trial), pools.sufficient_pool(trial))
        if found is not None:
            return _searched(found)
    value = pools.least_pool(trial) if exact(trial) else None
    if value is not None:
        return _found(trial, value)
    grid, top = _grid(trial.cost), pools.sufficient_pool(trial)
    first, last = -(-pools.first_pool(trial) // grid), -(-top // grid)
    value = least(lambda pool: trial.wins(trial.with_pool, pool * grid), first, last, 8)
    if value is None:
        return Change("none", None, top)
    return _with_amount(trial, Change("enough", value * grid), lambda pool: (trial.larger(pool), trial.support))


def _searched(found: raised.Least) -> Change:
    """What a certified search found, or that there is none as far as it looked."""
    if found.value is None:
        return Change("none", None, found.looked)
    return Change("least", found.value, holds=found.holds)


def _most_votes(trial: Trials) -> int:
    """More new voters than anybody asks about; where p does not cost all of the pool they can pay for it twice."""
    top = max(ballots.first_votes(trial), 8 * ceil(trial.voters) + 8)
    if trial.cost < trial.pool:
        top = max(top, 2 * ceil(trial.voters * trial.cost / (trial.pool - trial.cost)))
    return top


def _with_points(trial: Trials, change: Change) -> Change:
    """With what each new ballot gives, where that is not one vote."""
    plain = trial.points == 1 and not trial.election.method.has_points
    return change if plain else replace(change, points=trial.points)


def _grid(cost: int) -> int:
    """What is not exact is looked for in round amounts, the greatest 1, 2 or 5 times a power of ten in 2 % of the cost."""
    power: int = 10 ** (len(str(max(1, cost // 50))) - 1)
    return max(power * times for times in (1, 2, 5) if power * times <= max(1, cost // 50))


def _hopeless(trial: Trials) -> bool:
    """Withdrawn, too few voters, below the threshold or without support: then neither price nor pool helps."""
    p, plan = trial.proposal, trial.plan
    low = plan.threshold is not None and trial.scores[p] < plan.threshold
    share = plan.terms.threshold_share
    low = low or (share is not None and trial.scores[p] < share * trial.voters)
    unheard = plan.terms.turnout is not None and trial.voters < plan.terms.turnout
    gone = trial.election.proposals[p].withdrawn or trial.id in plan.terms.withdrawn
    return gone or low or unheard or not (trial.supporters[p] or plan.voteless)


def _held(trial: Trials, outcome: Outcome) -> int:
    """A guess at the price: what was left for the proposal, or what its supporters held."""
    held = 0
    for step in outcome.steps:
        if isinstance(step, Unaffordable) and step.proposal == trial.proposal:
            held = floor(step.value)
        elif isinstance(step, Skipped) and step.proposal == trial.proposal:
            held = max(held, step.left)
        elif isinstance(step, Stopped):
            held = max(held, 5 * step.left // 4 if trial.plan.rule == "greedy-80" else step.left)
    return held or trial.pool


def _prices(trial: Trials, fails_at: int) -> list[int]:
    """For a negative score per cost: all prices below ``fails_at`` that can be the largest, descending."""
    score = trial.scores[trial.proposal]
    prices = {fails_at - 1}
    for q in trial.rivals:
        if trial.scores[q] < 0:
            meets: Fraction = score * trial.election.costs[q] / trial.scores[q]
            prices |= {floor(meets), ceil(meets) - 1}
    proposals = list(trial.election.proposals)
    proposals[trial.proposal] = replace(proposals[trial.proposal], withdrawn=True)
    without = replace(trial.election, proposals=tuple(proposals))
    prices.add(trial.pool)
    for leaf in islice(leaves(without, trial.plan, support=trial.support), MOST_LEAVES):
        prices |= {step.left for step in leaf.steps if isinstance(step, Funded)}
    return sorted((c for c in prices if 0 < c < fails_at), reverse=True)
