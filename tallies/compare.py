"""Several plans side by side on the same ballots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from borgerbudget.election import Election
from tallies.counting import TieMatters, count
from tallies.outcome import Outcome
from tallies.plan import Plan
from tallies.rationals import number, rational_text
from tallies.support import Support, support_of


@dataclass(frozen=True, eq=False)
class Column:
    """One plan's outcome, or the tie that keeps it from having one.

    ``empty_handed``: voters none of whose supported proposals is funded (over all voters: the exclusion ratio);
    ``funded_choices``: funded proposals among a voter's own, on average.
    """

    name: str
    plan: Plan
    outcome: Outcome | None
    tie: TieMatters | None
    empty_handed: Fraction | None = None
    funded_choices: Fraction | None = None

    def as_json(self) -> dict[str, object]:
        found: dict[str, object] = {"plan": self.plan.as_json(), "name": self.name}
        if self.outcome is None:
            assert self.tie is not None
            return found | {"tie": self.tie.as_json()}
        assert self.empty_handed is not None
        assert self.funded_choices is not None
        return found | {
            "funded": [{"proposal": a.proposal, "amount": a.amount} for a in self.outcome.funded],
            "spent": self.outcome.spent,
            "empty_handed": number(self.empty_handed),
            "exclusion_ratio": rational_text(self.exclusion_ratio),
            "funded_choices": rational_text(self.funded_choices),
        }

    @property
    def exclusion_ratio(self) -> Fraction:
        assert self.outcome is not None
        assert self.empty_handed is not None
        voters = self.outcome.contest.election.profile.voters
        return self.empty_handed / voters if voters else Fraction(0)


def compare(election: Election, plans: Sequence[tuple[str, Plan]]) -> list[Column]:
    """A column for each (name, plan)."""
    columns = []
    for name, plan in plans:
        support = support_of(election, plan.points_table)
        try:
            outcome = count(election, plan, support=support)
        except TieMatters as tie:
            columns.append(Column(name, plan, None, tie))
            continue
        empty, choices = _shares(election, support, outcome)
        columns.append(Column(name, plan, outcome, None, empty, choices))
    return columns


def _shares(election: Election, support: Support, outcome: Outcome) -> tuple[Fraction, Fraction]:
    won = np.zeros(len(election.proposals), np.int64)
    won[[election.index[a.proposal] for a in outcome.funded]] = 1
    hits = np.bincount(support.group, weights=won[support.proposal], minlength=support.weights.size).astype(np.int64)
    weights = support.weights.tolist()
    empty = sum(w for w, h in zip(weights, hits.tolist(), strict=True) if h == 0)
    total = sum(w * h for w, h in zip(weights, hits.tolist(), strict=True))
    return Fraction(empty, support.denominator), Fraction(total, support.total or 1)
