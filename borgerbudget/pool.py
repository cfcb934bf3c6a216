"""The pool: what is set aside, by whom, for which area."""

from __future__ import annotations

from borgerbudget.frozen import frozen


@frozen(slots=True)
class Area:
    """A local area (a guild, a forum, a town): data, never a constant."""

    id: str
    name: str = ""
    group: str | None = None
    population: int | None = None


@frozen(slots=True)
class Source:
    """Where money of a pool comes from; ``amount`` in minor units, ``reference`` names the decision."""

    name: str
    amount: int
    reference: str | None = None


@frozen(slots=True)
class Pool:
    """The budget limit B in minor units; with sources, their sum is the amount."""

    amount: int
    currency: str = "DKK"
    sources: tuple[Source, ...] = ()
    area: Area | None = None

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ValueError("a pool must be positive")
        if self.sources and sum(source.amount for source in self.sources) != self.amount:
            raise ValueError("the sources do not add up to the pool")
