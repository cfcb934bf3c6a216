"""The steps of a count, as docs/trace.md defines them: outcome and trace are folded from them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from borgerbudget.frozen import frozen

Phase = str
Worth = Fraction | Callable[[], Fraction]
"""A number, or how to find it exactly: most counts are never asked."""


class Valued:
    """A step that has ``value``: its ``worth``, found when asked."""

    __slots__ = ()
    worth: Worth

    @property
    def value(self) -> Fraction:
        return self.worth if isinstance(self.worth, Fraction) else self.worth()


@frozen(slots=True)
class Payers:
    """Who pays for a proposal under equal shares.

    ``paid_in_full()``: weight times value of the supporters who pay the whole price; ``ran_out()`` lists the groups whose
    money runs out here.  Both are found when asked.
    """

    paid_in_full: Callable[[], Fraction]
    ran_out: Callable[[], list[tuple[Fraction, list[object]]]]


@frozen(slots=True)
class Interval:
    """add1: the runs ``first``..``last`` fund this sequence."""

    first: int
    last: int
    funded: tuple[int, ...]
    spent: int


@frozen(slots=True)
class Funded(Valued):
    phase: Phase
    proposal: int
    amount: int
    left: int
    worth: Worth
    tied: tuple[int, ...] = ()
    decided_by: str | None = None
    topped_up: int | None = None
    payers: Payers | None = None


@frozen(slots=True)
class Skipped(Valued):
    """It gets nothing in this turn, ``because`` of a constraint or its least amount, or because it does not fit (None);
    the count goes on."""

    phase: Phase
    proposal: int
    left: int
    worth: Worth
    tied: tuple[int, ...] = ()
    decided_by: str | None = None
    because: str | None = None


@frozen(slots=True)
class Topped:
    """A funded proposal gets ``amount`` more of what was left over."""

    phase: Phase
    proposal: int
    amount: int
    left: int
    value: Fraction
    tied: tuple[int, ...] = ()
    decided_by: str | None = None


@frozen(slots=True)
class Stopped(Valued):
    """The rule ends because ``over`` do not fit."""

    phase: Phase
    over: tuple[int, ...]
    left: int
    worth: Worth
    tied: tuple[int, ...] = ()
    decided_by: str | None = None


@frozen(slots=True)
class Unaffordable(Valued):
    """Its supporters have only ``value`` together."""

    phase: Phase
    proposal: int
    left: int
    worth: Worth


@frozen(slots=True)
class EndowmentStopped:
    phase: Phase
    reason: str
    kept: int
    endowment: Fraction
    next_endowment: Fraction | None = None
    next_total: int | None = None


@frozen(slots=True)
class Comparison:
    phase: Phase
    by: str
    for_greedy: Fraction
    for_equal_shares: Fraction
    taken: str


Step = Funded | Skipped | Topped | Stopped | Unaffordable | EndowmentStopped | Comparison
