"""An election seen through a plan: who takes part, with which score, and how ties are broken.  What rules work on."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from borgerbudget.election import Election
from tallies.plan import Plan
from tallies.support import Support, support_of
from tallies.ties import TieBreaker


@dataclass(slots=True)
class Diagnostics:
    """How the answer was found: never part of an outcome, a trace or a hash.

    ``decisions``: comparisons that chose a proposal or ended a run; ``fallbacks``: those of them that interval
    arithmetic left open and exact arithmetic decided; ``runs``: counts at one endowment; ``jumps``: certified ones.
    """

    decisions: int = 0
    fallbacks: int = 0
    runs: int = 0
    jumps: int = 0
    counts: int = 0

    def as_json(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("counts", "decisions", "fallbacks", "jumps", "runs")}


@dataclass(frozen=True, eq=False)
class Contest:
    """Proposals are indices in byte order of ids; costs and pool in minor units; scores over ``denominator``."""

    election: Election
    plan: Plan
    support: Support
    out: tuple[str | None, ...]
    ties: TieBreaker
    exact_only: bool = False
    diagnostics: Diagnostics = field(default_factory=Diagnostics)

    @property
    def pool(self) -> int:
        return self.election.pool.amount

    @property
    def costs(self) -> tuple[int, ...]:
        return self.election.costs

    @property
    def scores(self) -> tuple[int, ...]:
        return self.support.scores

    @property
    def denominator(self) -> int:
        return self.support.denominator

    def score(self, proposal: int) -> Fraction:
        return Fraction(self.scores[proposal], self.denominator)

    @cached_property
    def eligible(self) -> tuple[int, ...]:
        """The proposals that take part, ascending."""
        return tuple(p for p, code in enumerate(self.out) if code is None)


def make_contest(
    election: Election,
    plan: Plan,
    path: tuple[int, ...] = (),
    exact_only: bool = False,
    support: Support | None = None,
    diagnostics: Diagnostics | None = None,
) -> Contest:
    """``path`` prescribes how open ties are broken; ``exact_only`` disables the float filter."""
    support = support or support_of(election, plan.points_table)
    out = tuple(_out(election, plan, support, p) for p in range(len(election.proposals)))
    keys = {"cheapest": election.costs, "most-votes": tuple(-s for s in support.scores)}
    rank = None
    if plan.ties[-1] == "lot" and plan.lot is not None:
        place = {proposal: i for i, proposal in enumerate(plan.lot.order)}
        rank = tuple(place[i] for i in election.ids)
    ties = TieBreaker(tuple((name, keys[name]) for name in plan.ties[:-1]), rank, path)
    return Contest(election, plan, support, out, ties, exact_only, diagnostics or Diagnostics())


def _out(election: Election, plan: Plan, support: Support, p: int) -> str | None:
    """Why a proposal takes no part: the first reason that applies, or None."""
    proposal, pool = election.proposals[p], election.pool.amount
    if proposal.withdrawn:
        return "withdrawn"
    if plan.least_share * proposal.cost > pool:
        return "over-pool"
    if plan.threshold is not None and Fraction(support.scores[p], support.denominator) < plan.threshold:
        return "below-threshold"
    return None if support.supporters[p] else "no-support"
