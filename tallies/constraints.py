"""Constraints on an outcome, as a plan declares them (docs/village-rules.md)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
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


def kept_together(
    earmarks: Sequence[tuple[int, frozenset[Hashable]]], pots: Sequence[tuple[int, frozenset[Hashable]]]
) -> int:
    """What earmarks and pots, each (what it keeps in minor units, members), keep together: the greatest sum of some of which
    no earmark has a member in common with a pot.

    Money spent on a common member counts for both.  So it is the least money with which all can be kept: their sum less the
    greatest flow from earmarks to pots with common members (König; Ford and Fulkerson 1956).
    """
    wanted, there = ([max(0, amount) for amount, _ in side] for side in (earmarks, pots))
    total = sum(wanted) + sum(there)
    flow: dict[tuple[int, int], int] = {
        (e, p): 0 for e, (_, ours) in enumerate(earmarks) for p, (_, theirs) in enumerate(pots) if ours & theirs
    }

    def push(e: int, amount: int, seen: set[int]) -> int:
        """Sends so much of an earmark's money on to a pot with room, or to one whose own can go elsewhere."""
        for p in (p for one, p in flow if one == e and p not in seen):
            seen.add(p)
            sent = min(amount, there[p])
            if sent:
                there[p] -= sent
            for other in (other for other, pot in flow if pot == p and not sent and flow[other, p]):
                if sent := push(other, min(amount, flow[other, p]), seen):
                    flow[other, p] -= sent
                    break
            if sent:
                flow[e, p] += sent
                return sent
        return 0

    for e in range(len(wanted)):
        while wanted[e] and (sent := push(e, wanted[e], set())):
            wanted[e] -= sent
            total -= sent
    return total
