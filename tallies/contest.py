"""An election seen through a plan: who takes part, with which score, and how ties are broken.  What rules work on."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from borgerbudget.election import Election
from borgerbudget.money import amount_text
from borgerbudget.words import Text
from tallies.eligibility import out_codes, shared_out
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

    def told(self, amount: int) -> Text:
        """An amount as people write it."""
        return amount_text(amount, self.election.pool.currency)

    @cached_property
    def pool(self) -> int:
        """What the rule shares out: the pool less what is given beforehand."""
        return shared_out(self.election, self.plan)

    @cached_property
    def given(self) -> tuple[int, ...]:
        """The proposals that are given their cost beforehand, ascending."""
        return tuple(self.election.index[i] for i in self.plan.terms.pre_funded)

    @property
    def first_step(self) -> int:
        """The number of the rule's first step in the trace."""
        return len(self.given) + 1

    @property
    def costs(self) -> tuple[int, ...]:
        return self.election.costs

    @cached_property
    def asks(self) -> tuple[int, ...]:
        """What each proposal gets at most."""
        return tuple(map(self.plan.ask, self.costs))

    @cached_property
    def least(self) -> tuple[int, ...]:
        """The smallest amount with which each can be carried out."""
        return tuple(proposal.min_cost or 1 for proposal in self.election.proposals)

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
    out = out_codes(election, plan, support)
    keys = {"cheapest": election.costs, "most-votes": tuple(-s for s in support.scores)}
    rank = None
    if plan.ties[-1] == "lot" and plan.lot is not None:
        place = {proposal: i for i, proposal in enumerate(plan.lot.order)}
        rank = tuple(place[i] for i in election.ids)
    ties = TieBreaker(tuple((name, keys[name]) for name in plan.ties[:-1]), rank, path)
    return Contest(election, plan, support, out, ties, exact_only, diagnostics or Diagnostics())
