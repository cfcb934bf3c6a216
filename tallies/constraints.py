"""Constraints on an outcome, as a plan declares them (docs/village-rules.md)."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = {
    "at-most": True,
    "at-least": True,
    "earmark": True,
    "pot": True,
    "one-of": False,
    "together": False,
    "needs": False,
}
"""Kind -> whether it has an amount."""
RESERVING = ("earmark", "pot")
"""Kinds that keep money for their members, and so may leave some of it unused."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """``proposals``: ids in byte order; of ``needs`` in declared order, the first needs all the others.
    ``amount`` in minor units, None for the kinds without one."""

    kind: str
    name: str
    proposals: tuple[str, ...]
    amount: int | None = None

    def as_json(self) -> dict[str, object]:
        found: dict[str, object] = {"kind": self.kind, "name": self.name, "proposals": list(self.proposals)}
        return found if self.amount is None else found | {"amount": self.amount}
