"""The steps of a count, as docs/trace.md defines them: outcome and trace are folded from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

Phase = str


@dataclass(frozen=True, slots=True)
class Payers:
    """Who pays for a proposal under equal shares.

    ``paid_in_full``: weight times value of the supporters who pay the whole price; ``ran_out()`` lists the groups whose
    money runs out here (computed when asked: most counts are never asked).
    """

    paid_in_full: Fraction
    ran_out: Callable[[], list[tuple[Fraction, list[object]]]]


@dataclass(frozen=True, slots=True)
class Interval:
    """add1: the runs ``first``..``last`` fund this sequence."""

    first: int
    last: int
    funded: tuple[int, ...]
    spent: int


@dataclass(frozen=True, slots=True)
class Funded:
    phase: Phase
    proposal: int
    amount: int
    left: int
    value: Fraction
    tied: tuple[int, ...] = ()
    decided_by: str | None = None
    topped_up: int | None = None
    payers: Payers | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """It gets nothing in this turn, ``because`` of a constraint or its least amount, or because it does not fit (None);
    the count goes on."""

    phase: Phase
    proposal: int
    left: int
    value: Fraction
    tied: tuple[int, ...] = ()
    decided_by: str | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Topped:
    """A funded proposal gets ``amount`` more of what was left over."""

    phase: Phase
    proposal: int
    amount: int
    left: int
    value: Fraction
    tied: tuple[int, ...] = ()
    decided_by: str | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """The rule ends because ``over`` do not fit."""

    phase: Phase
    over: tuple[int, ...]
    left: int
    value: Fraction
    tied: tuple[int, ...] = ()
    decided_by: str | None = None


@dataclass(frozen=True, slots=True)
class Unaffordable:
    """Its supporters have only ``value`` together."""

    phase: Phase
    proposal: int
    left: int
    value: Fraction


@dataclass(frozen=True, slots=True)
class EndowmentStopped:
    phase: Phase
    reason: str
    kept: int
    endowment: Fraction
    next_endowment: Fraction | None = None
    next_total: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    phase: Phase
    by: str
    for_greedy: Fraction
    for_equal_shares: Fraction
    taken: str


Step = Funded | Skipped | Topped | Stopped | Unaffordable | EndowmentStopped | Comparison
