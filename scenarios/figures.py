"""What a picture shows, as plain frozen values: a question makes them, ``scenarios.pictures`` draws them.

Amounts are whole minor units (øre) and stay so until they are drawn; shares lie between 0 and 1.  A name of a proposal, a
plan or a line is data and may hold anything; what we say ourselves is a Sentence.  ``name`` is the picture's file name without
its ending: small letters, digits and ``-``, and no two figures of an answer have the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scenarios.sentence import Sentence

Kind = Literal["amount", "integer", "number", "share"]
"""How a number on an axis is written: øre as money, a whole number, a decimal number, a share as per cent."""


@dataclass(frozen=True, slots=True)
class Label:
    """A proposal: its id and its title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Axis:
    """What runs along an axis; ``currency`` only for amounts."""

    title: Sentence
    kind: Kind
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """From ``low`` to ``high``, both among it, in whole units of the axis (øre for an amount)."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Band:
    """Where along the parameter a proposal is funded, and where only the drawing of lots decides about it; in rising
    order, and never overlapping."""

    proposal: Label
    funded: tuple[Range, ...]
    lots: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Bands:
    """For each proposal the exact values of a parameter (the pool, a price) at which it is funded.

    ``samples``: empty where the ranges are certified, which means proven for every whole unit from ``low`` to ``high``;
    else the values that were counted, and a range only says that every counted value in it is so.  ``base``: the value
    as it is, None where there is none within the range.
    """

    name: str
    title: Sentence
    axis: Axis
    low: int
    high: int
    base: int | None
    bands: tuple[Band, ...]
    samples: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the runs, and the interval that holds the true one with 95 % confidence (Wilson)."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Chance:
    """How often a proposal is funded: a share for each plan, None where the plan gives none.  ``now``: funded in the count
    itself, by the first plan; None where there was no count."""

    proposal: Label
    shares: tuple[Share | None, ...]
    now: bool | None = None


@dataclass(frozen=True, slots=True)
class Chances:
    """How often each proposal is funded over many runs, several plans side by side."""

    name: str
    title: Sentence
    plans: tuple[str, ...]
    chances: tuple[Chance, ...]


@dataclass(frozen=True, slots=True)
class Distribution:
    """A measure over all runs of one plan: the values below which 5, 25, 50, 75 and 95 % of the runs lie."""

    name: str
    quantiles: tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spread:
    """The distribution of a measure, plan by plan.  Where the plan gave one number only (one count, not many runs), all
    five quantiles are that number.  ``low``, ``high``: ends of the axis; None for the least and the greatest."""

    name: str
    title: Sentence
    axis: Axis
    rows: tuple[Distribution, ...]
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """What a proposal gets before and after, in øre; 0 where it is not funded."""

    proposal: Label
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Moves:
    """Who comes in, who falls out and who stays; ``before`` and ``after`` tell the two counts apart: ``now: pool
    DKK 150,000``, ``then: pool DKK 130,000``."""

    name: str
    title: Sentence
    currency: str
    before: Sentence
    after: Sentence
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """At ``x`` (whole units of the axis) this share of the runs, with its interval."""

    x: int
    share: Share


@dataclass(frozen=True, slots=True)
class Line:
    """One plan's points, in rising order of x."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """A share along a number (voters, choices per ballot); ``goal`` is the share one wants to reach."""

    name: str
    title: Sentence
    across: Axis
    along: Sentence
    lines: tuple[Line, ...]
    goal: float | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What each plan gives a proposal, in øre: 0 where it is not funded, None where only drawing lots decides about it."""

    proposal: Label
    amounts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Plans (or ballots) side by side in one count each: who is funded by which, and what each spends."""

    name: str
    title: Sentence
    currency: str
    plans: tuple[str, ...]
    rows: tuple[Given, ...]


Figure = Bands | Chances | Spread | Moves | Curve | Grid
