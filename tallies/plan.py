"""A plan: rule, completion, utility and tie policy with every parameter; frozen before voting opens.

Every default is written out in it, so that a plan says all that a count depends on besides the election.
``tallies.planning`` makes plans from names and settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from borgerbudget.errors import UsageError, problem
from borgerbudget.frozen import frozen
from borgerbudget.money import ONE_UNIT
from tallies.lot import Lot
from tallies.rationals import number
from tallies.terms import Terms
from tallies.words import PROBLEMS

CRITERIA = ("cheapest", "most-votes")
DEFAULT_TIES = (*CRITERIA, "refuse")


@frozen(slots=True)
class Traits:
    """What a rule's way of paying means for who takes part.

    ``least_share``: of a proposal's cost, what must be in the pool for it to take part.  ``partial``: it may pay less than
    the cost, down to the proposal's least amount; ``whole_ask``: but never less than the proposal asks for under the plan.
    ``voteless``: it asks for no support.
    ``at_once``: the money is given out at once, so that turns say nothing.
    """

    least_share: Fraction = Fraction(1)
    partial: bool = False
    whole_ask: bool = False
    voteless: bool = False
    at_once: bool = False


@frozen(slots=True)
class Plan:
    """All parameters of one count.

    ``threshold``: least score of an eligible proposal.  ``points_table``: points by position for ranked ballots, None
    for Borda.  ``increment``: currency units per voter and step.  Parameters that the rule or the ballot method does
    not have are None.  ``terms``: what the second book adds.  ``traits``: the rule's.
    """

    rule: str
    method: str
    ties: tuple[str, ...] = DEFAULT_TIES
    threshold: Fraction | None = None
    points_table: tuple[int, ...] | None = None
    utility: str | None = None
    completion: str | None = None
    start: str | None = None
    increment: Fraction | None = None
    comparison: str | None = None
    lot: Lot | None = None
    terms: Terms = Terms()
    traits: Traits = Traits()
    version: int = 1

    @property
    def name(self) -> str:
        return self.rule if self.completion is None else f"{self.rule}/{self.completion}"

    @property
    def adds(self) -> bool:
        """Whether the completion raises the endowment."""
        return self.start is not None

    def as_json(self) -> dict[str, object]:
        """Every parameter, as in the header of a trace."""
        found: dict[str, object] = {
            "rule": self.rule,
            "version": self.version,
            "threshold": None if self.threshold is None else number(self.threshold),
            "ties": list(self.ties),
        }
        if self.method == "ranked":
            found["points_table"] = "borda" if self.points_table is None else list(self.points_table)
        if self.completion is not None:
            found |= {
                "utility": self.utility,
                "completion": self.completion,
                "start": self.start,
                "increment": None if self.increment is None else number(self.increment),
                "comparison": self.comparison,
            }
        return found | self.terms.as_json()

    @property
    def voteless(self) -> bool:
        """Whether nobody's support is asked for: the meeting decided who gets money."""
        return self.traits.voteless or self.terms.recipients == "all"

    def ask(self, cost: int) -> int:
        """What a proposal of this cost gets at most, in minor units."""
        asked = self.terms.banded(cost)
        return min(asked, self.terms.cap) if self.traits.partial and self.terms.cap is not None else asked

    def increment_amount(self) -> Fraction:
        """The increment in minor units."""
        return Fraction(ONE_UNIT) * (self.increment or 1)


def checked_ties(ties: Sequence[str]) -> tuple[str, ...]:
    """The tie policy, or UsageError."""
    found = tuple(ties)
    head, last = found[:-1], found[-1:]
    if last not in (("lot",), ("refuse",)) or len(set(head)) < len(head) or not set(head) <= set(CRITERIA):
        raise UsageError(problem(PROBLEMS, "PLN-005", ties=",".join(found)))
    return found
