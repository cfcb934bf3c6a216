"""What holds on an interval of a pool or a price: who is funded there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from borgerbudget.errors import InputRejected, Problem


@dataclass(frozen=True, slots=True)
class Found:
    """Who is funded (indices, ascending); None when only a lot could decide it, or when the plan cannot be counted at all:
    then ``refused`` says why.

    Where a lot decides: ``sure`` are funded whatever it says; ``lot`` are those it decides about, None where there are too many
    ways to follow them all."""

    funded: tuple[int, ...] | None
    refused: Problem | None = None
    sure: tuple[int, ...] = ()
    lot: tuple[int, ...] | None = ()

    @property
    def by_lot(self) -> bool:
        return self.funded is None and self.refused is None

    def surely(self, p: int) -> bool:
        """Whether ``p`` is funded without a lot."""
        return p in (self.sure if self.funded is None else self.funded)

    def perhaps(self, p: int) -> bool:
        """Whether a lot decides about ``p``."""
        return self.by_lot and not self.surely(p) and (self.lot is None or p in self.lot)


TOO_MANY_WAYS = Found(None, lot=None)


def of_ways(ways: Collection[frozenset[int]]) -> Found:
    """Who is funded, by all that the ways of breaking the ties lead to."""
    sure, some = frozenset.intersection(*ways), frozenset.union(*ways)
    if sure == some:
        return Found(tuple(sorted(sure)))
    return Found(None, sure=tuple(sorted(sure)), lot=tuple(sorted(some - sure)))


def rejected(error: InputRejected) -> Found:
    return Found(None, error.problems[0])


@dataclass(frozen=True, slots=True)
class Held:
    """From ``low`` to ``high``, both included, in minor units: at every whole value between, or, where there are ``samples``,
    at those values, which are all that was counted there."""

    low: int
    high: int
    found: Found
    samples: tuple[int, ...] = ()

    @property
    def certified(self) -> bool:
        return not self.samples

    @property
    def same(self) -> tuple[object, ...]:
        """What two that stand side by side must share to be one."""
        found = self.found
        return found.funded, found.sure, found.lot, found.refused and found.refused.code, self.certified


def joined(parts: Iterable[Held]) -> Iterator[Held]:
    """The parts, ascending, those side by side that say the same as one."""
    last: Held | None = None
    for part in parts:
        if last is None:
            last = part
        elif last.same == part.same:
            last = replace(last, high=part.high, samples=last.samples + part.samples)
        else:
            yield last
            last = part
    if last is not None:
        yield last
