"""What a rule is: a name, its specification and a function that yields the steps of the count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from borgerbudget.words import Text
from tallies.contest import Contest
from tallies.steps import Interval, Step

SETS = ("approval", "knapsack")
"""The ballot methods whose ballots are sets."""
ALL = (*SETS, "points", "scoring", "ranked")


@dataclass(frozen=True, slots=True)
class Rule:
    """``specification`` is the docstring of the rule's module; ``plain`` says it in a few sentences for a poster.

    ``methods``: the ballot methods it counts.  ``completed``: whether a plan names a completion, a utility and a
    comparison besides.  ``least_share``: of a proposal's cost, what must be in the pool for it to take part.
    """

    name: str
    specification: str
    plain: Text
    steps: Callable[[Contest], Iterator[Interval | Step]]
    methods: tuple[str, ...] = ALL
    completed: bool = False
    least_share: Fraction = Fraction(1)
