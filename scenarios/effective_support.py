"""Effective support of a proposal: the largest price at which it wins, as a part of its price.

1 or more for a winner; for a loser what part of its price it could have won with.  It is the measure of cost reduction of
Boehmer, Faliszewski, Janeczko, Peters, Pierczyński, Schierreich, Skowron, Szufa: Evaluation of Project Performance in
Participatory Budgeting, IJCAI 2024, carried on to winners.  Each proposal is counted again with other prices, so it is
taken of a few outcomes, not of each of thousands.
"""

from __future__ import annotations

from dataclasses import dataclass

from tallies.explain.least_change import cost_change
from tallies.explain.trials import Trials
from tallies.outcome import Outcome


@dataclass(frozen=True, slots=True)
class EffectiveSupport:
    """``largest_price`` in minor units, None where no price helps; ``exact``: whether it is the very largest, or only one
    that was found."""

    proposal: str
    largest_price: int | None
    share: float
    exact: bool


def effective_support(outcome: Outcome) -> tuple[EffectiveSupport, ...]:
    """For every proposal, in the order of the election."""
    contest, found = outcome.contest, []
    election, lines = contest.election, None
    for p, proposal in enumerate(election.proposals):
        trial = Trials(election, contest.plan, p, contest.support, shared=lines)
        change = cost_change(trial, outcome)
        lines = trial.shared
        share = 0.0 if change.value is None else change.value / proposal.cost
        found.append(EffectiveSupport(proposal.id, change.value, share, change.kind == "least"))
    return tuple(found)
