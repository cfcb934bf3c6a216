"""Exact numbers as text: ``"num/den"`` in lowest terms, of any length.

Python refuses to write or read integers of more than 4,300 digits as decimal text; exact prices may be longer.
"""

from __future__ import annotations

import re
from fractions import Fraction

from borgerbudget.words import Language

_PLACES = 6
"""Decimals at most that a person is shown."""
_CHUNK = 4000
_RATIONAL = re.compile(r"(-?[0-9]+)/([0-9]+)", re.ASCII)


def integer_text(value: int) -> str:
    """Decimal text of an integer of any size."""
    if value < 0:
        return "-" + integer_text(-value)
    if value.bit_length() < 13_000:
        return str(value)
    half = value.bit_length() * 30103 // 200_000  # about half of the digits
    high, low = divmod(value, 10**half)
    return integer_text(high) + integer_text(low).zfill(half)


def integer(text: str) -> int:
    """The integer written in decimal ASCII digits, of any length."""
    if len(text) <= _CHUNK:
        return int(text)
    half = len(text) // 2
    shift: int = 10**half
    return integer(text[:-half]) * shift + integer(text[-half:])


def rational_text(value: Fraction | int) -> str:
    """``"num/den"``, always with a denominator."""
    value = Fraction(value)
    return f"{integer_text(value.numerator)}/{integer_text(value.denominator)}"


def number(value: Fraction | int) -> int | str:
    """An integer when whole, else ``"num/den"``: how numbers stand in JSON."""
    value = Fraction(value)
    return value.numerator if value.denominator == 1 else rational_text(value)


def decimal_text(value: Fraction) -> str | None:
    """``12.125``; None where few decimals do not say it exactly."""
    scaled = value * 10**_PLACES
    if scaled.denominator != 1:
        return None
    whole, rest = divmod(abs(scaled.numerator), 10**_PLACES)
    return ("-" if value < 0 else "") + f"{whole}.{rest:0{_PLACES}d}".rstrip("0").rstrip(".")


def exact_text(value: Fraction, language: Language) -> str:
    """A limit, which is never rounded: ``1.012,125`` in Danish where decimals are exact, else ``1/3``."""
    whole, point, rest = (decimal_text(value) or "").partition(".")
    if not whole:
        return str(value)
    text = f"{int(whole):,}{point}{rest}"
    return text.translate({ord(","): ".", ord("."): ","}) if language == "da" else text


def rational(text: str) -> Fraction:
    """Reads ``"num/den"``; ValueError for anything else."""
    match = _RATIONAL.fullmatch(text)
    if match is None:
        raise ValueError(f"not a rational: {text[:40]!r}")
    sign = -1 if match[1].startswith("-") else 1
    return Fraction(sign * integer(match[1].lstrip("-")), integer(match[2]))
