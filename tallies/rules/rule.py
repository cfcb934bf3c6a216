"""What a rule is: a name, its specification and a function that yields the steps of the count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from borgerbudget.words import Text
from tallies.contest import Contest
from tallies.steps import Interval, Step


@dataclass(frozen=True, slots=True)
class Rule:
    """``specification`` is the docstring of the rule's module; ``plain`` says it in a few sentences for a poster."""

    name: str
    specification: str
    plain: Text
    steps: Callable[[Contest], Iterator[Interval | Step]]
