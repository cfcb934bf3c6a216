"""What a completion is: a name, its specification and the steps of the whole count of equal shares with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from borgerbudget.frozen import frozen
from borgerbudget.words import Text
from tallies.contest import Contest
from tallies.steps import Interval, Step


@frozen(slots=True)
class Completion:
    """``climbs``: it raises the endowment, and takes ``start`` and ``increment``."""

    name: str
    specification: str
    plain: Text
    steps: Callable[[Contest], Iterator[Interval | Step]]
    climbs: bool = False
