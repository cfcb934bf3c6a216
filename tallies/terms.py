"""What a plan says beyond rule, ties and threshold: who takes part, what is given beforehand, how an allocation pays, what
happens to the rest (docs/village-rules.md)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from borgerbudget.frozen import frozen
from tallies.constraints import Constraint
from tallies.rationals import number

LEFTOVERS = ("carry-over", "return", "next", "next-part", "redistribute")
REMAINDERS = ("order", "leave")
RECIPIENTS = ("supported", "all")
UNUSED = ("common", "leave", "resplit")
REST = "rest"

Band = tuple[int | None, Fraction]


@frozen(slots=True)
class Terms:
    """Amounts in minor units; what is not set is None, empty or false.

    ``threshold_share``: eligible iff score >= share * n.  ``cost_share``: iff score * B >= share * cost * n.  ``turnout``:
    least number of ballots.  ``prizes``: by rank, None is the rest (the last).  ``bands``: (up to, rate), limits rising,
    the last up to None.
    """

    threshold_share: Fraction | None = None
    cost_share: Fraction | None = None
    turnout: Fraction | None = None
    electorate: int | None = None
    cap: int | None = None
    leftover: str | None = None
    reserve: bool = False
    withdrawn: tuple[str, ...] = ()
    pre_funded: tuple[str, ...] = ()
    prizes: tuple[int | None, ...] = ()
    bands: tuple[Band, ...] = ()
    unit: int | None = None
    remainder: str | None = None
    winners: int | None = None
    recipients: str | None = None
    unused: str | None = None
    constraints: tuple[Constraint, ...] = ()

    def as_json(self) -> dict[str, object]:
        """What is set, as it stands in PLAN."""
        found: dict[str, object] = {
            "threshold_share": None if self.threshold_share is None else number(self.threshold_share),
            "cost_share": None if self.cost_share is None else number(self.cost_share),
            "turnout": None if self.turnout is None else number(self.turnout),
            "electorate": self.electorate,
            "cap": self.cap,
            "leftover": self.leftover,
            "reserve": self.reserve or None,
            "withdrawn": list(self.withdrawn) or None,
            "pre_funded": list(self.pre_funded) or None,
            "prizes": [REST if prize is None else prize for prize in self.prizes] or None,
            "bands": [[limit, number(rate)] for limit, rate in self.bands] or None,
            "unit": self.unit,
            "remainder": self.remainder,
            "winners": self.winners,
            "recipients": self.recipients,
            "unused": self.unused,
            "constraints": [constraint.as_json() for constraint in self.constraints] or None,
        }
        return {key: value for key, value in found.items() if value is not None}

    @property
    def plain(self) -> bool:
        """Whether a count goes as it would without them: at most words for the minutes and a reserve list are asked for."""
        words_only = self.leftover in (None, "carry-over", "return")
        return words_only and replace(self, leftover=None, reserve=False) == Terms()

    @property
    def asks_voters(self) -> bool:
        """Whether taking part depends on how many voted."""
        return not (self.threshold_share is None and self.cost_share is None and self.turnout is None)

    def banded(self, cost: int) -> int:
        """The sum over the bands of (part of the cost in the band) * rate, rounded down at the end; without bands the cost."""
        if not self.bands:
            return cost
        paid, below = Fraction(0), 0
        for limit, rate in self.bands:
            upper = cost if limit is None else min(cost, limit)
            paid += max(0, upper - below) * rate
            below = upper
        return paid.numerator // paid.denominator
