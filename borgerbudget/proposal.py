"""A proposal: what may be funded, at which cost."""

from __future__ import annotations

from borgerbudget.frozen import frozen


@frozen(slots=True)
class Proposal:
    """One proposal on the ballot.  Amounts are in minor units.

    ``cost`` is the amount applied for: it is what every rule counts with.  ``total_price`` may be larger (own or
    other financing); ``min_cost`` is the least amount with which the proposal can still be carried out.
    ``goals`` are numbers of the UN goals (1-17).
    """

    id: str
    cost: int
    title: str = ""
    ballot_number: int | None = None
    total_price: int | None = None
    min_cost: int | None = None
    area: str | None = None
    category: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    proposer: str | None = None
    withdrawn: bool = False

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a proposal needs an id")
        if self.cost <= 0:
            raise ValueError(f"the cost of {self.id!r} must be positive")
        if self.min_cost is not None and not 0 < self.min_cost <= self.cost:
            raise ValueError(f"the least amount of {self.id!r} must lie between 1 and its cost")
        if self.total_price is not None and self.total_price < self.cost:
            raise ValueError(f"{self.id!r} applies for more than its total price")
        if not all(1 <= goal <= 17 for goal in self.goals):
            raise ValueError(f"the UN goals of {self.id!r} must lie between 1 and 17")
