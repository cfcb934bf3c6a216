"""Money in whole minor units (øre, grosz, cent), read from decimal text exactly and never through a float."""

from __future__ import annotations

import re

from borgerbudget.words import Language, Text

MINOR_UNITS = 2
"""Digits after the decimal mark; two whatever the currency, so that one currency unit is always 100 minor units."""
ONE_UNIT = 10**MINOR_UNITS
LARGEST_AMOUNT = 2**53 - 1
"""The largest amount in minor units: every reader of JSON, in any language, still holds it exactly."""

_AMOUNT = re.compile(r"(-?)([0-9]+)(?:[.,]([0-9]*))?", re.ASCII)


def parse_amount(text: str) -> int:
    """Minor units of ``text`` such as ``24186815``, ``315.52`` or ``315,5``.

    Raises ValueError with a short English reason for anything else: grouping marks, exponents, more than two
    decimals that are not zero, more than ``LARGEST_AMOUNT``.
    """
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise ValueError("not a number")
    sign, whole, decimals = match[1], match[2].lstrip("0"), (match[3] or "").rstrip("0")
    if len(decimals) > MINOR_UNITS:
        raise ValueError("more than two decimals")
    if len(whole) > 16:  # also keeps int() away from texts of thousands of digits
        raise ValueError("too large")
    amount = int((whole or "0") + decimals.ljust(MINOR_UNITS, "0"))
    if amount > LARGEST_AMOUNT:
        raise ValueError("too large")
    return -amount if sign else amount


def plain_amount(amount: int) -> str:
    """``amount`` minor units as the shortest decimal text with a point: 31552 -> ``315.52``, 50000 -> ``500``."""
    whole, rest = divmod(abs(amount), ONE_UNIT)
    sign = "-" if amount < 0 else ""
    return f"{sign}{whole}" + (f".{rest:0{MINOR_UNITS}d}".rstrip("0") if rest else "")


def format_amount(amount: int, currency: str, language: Language) -> str:
    """For people: ``12.500,50 kr.`` in Danish, ``12,500.50 DKK`` in English; whole units without decimals."""
    whole, rest = divmod(abs(amount), ONE_UNIT)
    text = f"{whole:,}" + (f".{rest:0{MINOR_UNITS}d}" if rest else "")
    if language == "da":
        text = text.translate({ord(","): ".", ord("."): ","})
    unit = "kr." if language == "da" and currency == "DKK" else currency
    return f"{'-' if amount < 0 else ''}{text} {unit}".rstrip()


def amount_text(amount: int, currency: str) -> Text:
    """``format_amount`` in both languages."""
    return Text(format_amount(amount, currency, "da"), format_amount(amount, currency, "en"))
