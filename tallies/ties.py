"""Ties are data: an order over the proposals that is fixed before the count, or a question that only a lot can answer.

The plan's criteria narrow a tie.  What they leave open is decided by the lot; without a draw the count follows one way
of breaking it and notes the choice, so that ``tallies.settle`` can follow the others and see whether it matters.
docs/trace.md, "Ties that may matter".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from borgerbudget.frozen import frozen


@frozen(slots=True)
class Decision:
    """Who goes first, and the criterion that said so (None: nobody else was tied)."""

    chosen: int
    decided_by: str | None


@frozen(slots=True)
class Fork:
    """An open tie on the way of a count: where it was met, who could go first, who did."""

    step: int
    run: int | None
    candidates: tuple[int, ...]
    chosen: int


@dataclass(slots=True)
class TieBreaker:
    """Breaks the ties of one complete count; proposals are indices in byte order of their ids.

    ``cheapest`` and ``most_votes`` are the keys of the two criteria (less is better).  ``path`` prescribes the first
    open choices; later ones take the least id.  ``forks`` collects every open choice made.
    """

    criteria: tuple[tuple[str, Sequence[int]], ...]
    lot: Sequence[int] | None
    path: tuple[int, ...] = ()
    forks: list[Fork] = field(default_factory=list)
    behind: dict[int, set[int]] = field(default_factory=dict)

    def choose(self, tied: Sequence[int], step: int, run: int | None = None, fits_all: bool = False) -> Decision:
        """One of ``tied`` (ascending).

        ``fits_all`` answers, for the caller, that all of them will be funded in any order: nothing is followed then.
        """
        if len(tied) == 1:
            return Decision(tied[0], None)
        left = list(tied)
        for name, key in self.criteria:
            best = min(key[p] for p in left)
            left = [p for p in left if key[p] == best]
            if len(left) == 1:
                return Decision(left[0], name)
        if self.lot is not None:
            rank = self.lot
            return Decision(min(left, key=lambda p: rank[p]), "lot")
        candidates = tuple(p for p in left if not any(p in self.behind.get(q, ()) for q in left))
        if fits_all or len(candidates) == 1:
            return Decision(candidates[0], "no-difference")
        number = len(self.forks)
        chosen = self.path[number] if number < len(self.path) else candidates[0]
        self.forks.append(Fork(step, run, candidates, chosen))
        self._put_before(chosen, [p for p in left if p != chosen])
        return Decision(chosen, "no-difference")

    def goes_before(self, p: int, q: int) -> bool:
        """Whether p is known to go before q whenever they are tied."""
        for _, key in self.criteria:
            if key[p] != key[q]:
                return key[p] < key[q]
        if self.lot is not None:
            return self.lot[p] < self.lot[q]
        return q in self.behind.get(p, ())

    def narrowed(self, tied: Sequence[int]) -> list[int]:
        """What the criteria leave of ``tied``."""
        left = list(tied)
        for _, key in self.criteria:
            best = min(key[p] for p in left)
            left = [p for p in left if key[p] == best]
        return left

    def _put_before(self, chosen: int, others: Sequence[int]) -> None:
        """``chosen`` before ``others``, kept transitively closed: behind[x] are all that come after x."""
        after: set[int] = set(others)
        for p in others:
            after |= self.behind.get(p, set())
        for p, known in self.behind.items():
            if p == chosen or chosen in known:
                known |= after
        self.behind.setdefault(chosen, set()).update(after)


@dataclass(slots=True)
class FixedOrder(TieBreaker):
    """One full order (``lot``) that leaves no tie open; ``asked`` becomes true when it was needed for two that ``settled``
    (as ``behind``) says nothing about."""

    asked: bool = False
    settled: dict[int, set[int]] = field(default_factory=dict)

    def choose(self, tied: Sequence[int], step: int, run: int | None = None, fits_all: bool = False) -> Decision:
        found = TieBreaker.choose(self, tied, step, run, fits_all)
        if found.decided_by == "lot":
            others = set(self.narrowed(tied)) - {found.chosen}
            self.asked |= not others <= self.settled.get(found.chosen, set())
        return found

    def goes_before(self, p: int, q: int) -> bool:
        if len(self.narrowed((p, q))) == 2:
            self.asked |= q not in self.settled.get(p, ()) and p not in self.settled.get(q, ())
        return TieBreaker.goes_before(self, p, q)

    def unasked(self, criteria: tuple[tuple[str, Sequence[int]], ...] | None = None) -> FixedOrder:
        """The same order, or with other ``criteria``, of which nothing was asked yet."""
        return FixedOrder(self.criteria if criteria is None else criteria, self.lot, settled=self.settled)
