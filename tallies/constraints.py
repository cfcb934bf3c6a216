"""Constraints on an outcome, as a plan declares them (docs/village-rules.md)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from borgerbudget.frozen import frozen

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


@frozen(slots=True)
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
    meeting = [[p for p, (_, theirs) in enumerate(pots) if ours & theirs] for _, ours in earmarks]
    met_by = [[e for e, some in enumerate(meeting) if p in some] for p in range(len(pots))]
    flow = {(e, p): 0 for e, some in enumerate(meeting) for p in some}
    total = sum(wanted) + sum(there)
    for e in range(len(earmarks)):
        while wanted[e]:
            # by pot the earmark that sends to it, by earmark the full pot to which it then sends less
            sender: dict[int, int] = {}
            instead: dict[int, int | None] = {e: None}
            end, waiting = None, [e]
            for one in waiting:  # which grows on the way
                for p in meeting[one] if end is None else ():
                    if p not in sender:
                        sender[p] = one
                        end = p if there[p] and end is None else end
                        more = [other for other in met_by[p] if flow[other, p] and other not in instead]
                        instead.update(dict.fromkeys(more, p))
                        waiting += more
            if end is None:
                break
            way: list[tuple[int, int]] = []
            at: int | None = end
            while at is not None:
                way.append((sender[at], at))
                at = instead[sender[at]]
            less = [(one, full) for one, _ in way if (full := instead[one]) is not None]
            sent = min(wanted[e], there[end], *(flow[pair] for pair in less))
            for pair in way:
                flow[pair] += sent
            for pair in less:
                flow[pair] -= sent
            wanted[e] -= sent
            there[end] -= sent
            total -= sent
    return total
