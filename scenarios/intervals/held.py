"""What holds on an interval of a pool or a price: who is funded there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from borgerbudget.errors import InputRejected, Problem


@dataclass(frozen=True, slots=True)
class Found:
    """Who is funded (indices, ascending); None when only a lot could decide it, or when the plan cannot be counted at all:
    then ``refused`` says why."""

    funded: tuple[int, ...] | None
    refused: Problem | None = None


ONLY_A_LOT = Found(None)


def rejected(error: InputRejected) -> Found:
    return Found(None, error.problems[0])


@dataclass(frozen=True, slots=True)
class Held:
    """From ``low`` to ``high``, both included, in minor units.  ``certified``: at every whole value between; else only at those
    that were counted."""

    low: int
    high: int
    found: Found
    certified: bool = True

    @property
    def same(self) -> tuple[object, ...]:
        """What two that stand side by side must share to be one."""
        refused = self.found.refused
        return self.found.funded, refused and refused.code, self.certified


def joined(parts: Iterable[Held]) -> Iterator[Held]:
    """The parts, ascending, those side by side that say the same as one."""
    last: Held | None = None
    for part in parts:
        if last is None:
            last = part
        elif last.same == part.same:
            last = replace(last, high=part.high)
        else:
            yield last
            last = part
    if last is not None:
        yield last
