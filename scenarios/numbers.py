"""Numbers as people write them: 12.500 kr. and 12,5 % in Danish, DKK 12,500 and 12.5% in English; ticks of an axis."""

from __future__ import annotations

from collections.abc import Sequence

from borgerbudget.money import format_amount
from borgerbudget.words import Language
from scenarios.figures import Axis, Kind

GROUPED = 10_000
"""Whole numbers from here on have marks between thousands; 1984 ballots read better without."""


def written(value: float, kind: Kind, language: Language, currency: str = "") -> str:
    """``value`` in words' company: amounts with their currency, shares as per cent."""
    if kind == "amount":
        return format_amount(round(value), currency, language)
    if kind == "share":
        return percent(value, language)
    return bare(value, kind, language)


def bare(value: float, kind: Kind, language: Language) -> str:
    """``value`` without a unit, as it stands at a tick."""
    if kind == "amount":
        return format_amount(round(value), "", language)
    if kind == "share":
        return percent(value, language)
    if value == round(value):
        whole = round(value)
        text = f"{whole:,}" if abs(whole) >= GROUPED else f"{whole}"
    else:
        text = f"{value:,.3g}" if abs(value) < 100 else f"{value:,.0f}"
    return danish(text) if language == "da" else text


def percent(share: float, language: Language) -> str:
    """A share as per cent with at most one decimal.  What is not all, or not nothing, is never written as if it were."""
    text = f"{100 * share:.1f}".removesuffix(".0")
    if text == "100" and share < 1:
        text = ">99.9"
    elif text == "0" and share > 0:
        text = "<0.1"
    return f"{danish(text)} %" if language == "da" else f"{text}%"


def danish(text: str) -> str:
    """Thousands and decimals the Danish way round."""
    return text.translate({ord(","): ".", ord("."): ","})


def ticks(low: float, high: float, axis: Axis, most: int) -> Sequence[float]:
    """At most ``most`` + 1 round values from ``low`` to ``high``; whole ones where the axis counts something."""
    from matplotlib.ticker import MaxNLocator

    whole = axis.kind in ("amount", "integer")
    found = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10], integer=whole).tick_values(low, high)
    slack = (high - low) * 1e-9
    return [float(value) for value in found if low - slack <= value <= high + slack]
