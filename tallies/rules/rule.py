"""What a rule is: a name, its specification, what it carries, and a function that yields the steps of the count."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from borgerbudget.errors import Problem
from borgerbudget.frozen import frozen
from borgerbudget.words import Text
from tallies.contest import Contest
from tallies.plan import Traits
from tallies.steps import Interval, Step

SETS = ("approval", "knapsack")
"""The ballot methods whose ballots are sets."""
ALL = (*SETS, "points", "scoring", "ranked")
COUNTED = (*ALL, "hand-count")
"""The methods of rules that need nothing but scores."""

ENDS = Text(
    "den slutter ved det første forslag, der ikke kan være i puljen, og når måske aldrig dem, betingelsen handler om",
    "it ends at the first proposal that does not fit, and may never reach those the constraint is about",
)
BARRING = ("at-most", "one-of")
"""Kinds of constraints that only bar proposals, and ask nothing of anybody's money."""
OWN_MONEY = Text(
    "støtterne køber ét forslag ad gangen for deres egne andele, og dem kan et møde ikke binde til bestemte forslag",
    "supporters buy one proposal at a time with shares of their own, which a meeting cannot tie to certain proposals",
)
AT_ONCE = Text("den deler pengene ud på én gang og ikke i tur", "it gives the money out at once and not in turn")


def nothing_wrong(contest: Contest) -> Problem | None:
    return None


@frozen(slots=True)
class Rule:
    """``specification`` is the docstring of the rule's module; ``plain`` says it in a few sentences for a poster.

    ``methods``: the ballot methods it counts.  ``completed``: whether a plan names a completion, a utility and a
    comparison besides.  ``traits``: how it pays.  ``required`` and ``optional``: settings that are its own.
    ``unconstrained``: why it cannot carry constraint tables, but for those of the kinds ``carried``; None if it carries all.
    ``refusal``: what keeps it from counting this contest at all.
    """

    name: str
    specification: str
    plain: Text
    steps: Callable[[Contest], Iterator[Interval | Step]]
    methods: tuple[str, ...] = ALL
    completed: bool = False
    traits: Traits = Traits()
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    unconstrained: Text | None = None
    refusal: Callable[[Contest], Problem | None] = nothing_wrong

    def carries(self, kind: str) -> bool:
        """Whether it carries constraint tables of this kind."""
        return self.unconstrained is None or kind in self.carried
