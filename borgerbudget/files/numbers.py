"""Numbers in files: decimal text with ``.`` or ``,``, digits 0-9 only, bounded before Python's int() sees them."""

from __future__ import annotations

import re
from fractions import Fraction

from borgerbudget.money import LARGEST_AMOUNT

_WHOLE = re.compile(r"(-?)([0-9]+)(?:\.0*)?", re.ASCII)
_DECIMAL = re.compile(r"(-?)([0-9]+)(?:[.,]([0-9]*))?", re.ASCII)
_THOUSANDS = re.compile(r"-?[0-9]{1,3}[.,][0-9]{3}", re.ASCII)
MOST_DIGITS = 16


def parse_whole(text: str) -> int:
    """A whole number of at most ``LARGEST_AMOUNT`` either way; ValueError with a short English reason otherwise."""
    match = _WHOLE.fullmatch(text)
    if match is None:
        raise ValueError("not a whole number" if _DECIMAL.fullmatch(text) else "not a number")
    digits = match[2].lstrip("0")
    if len(digits) > MOST_DIGITS or (value := int(digits or "0")) > LARGEST_AMOUNT:
        raise ValueError("too large")
    return -value if match[1] else value


def parse_count(text: str) -> int:
    """A whole number that is not negative."""
    value = parse_whole(text)
    if value < 0:
        raise ValueError("negative")
    return value


def parse_tally(text: str) -> int:
    """Votes that somebody counted: as ``parse_count``, but ``1.000`` could mean a thousand and is refused."""
    if looks_like_thousands(text):
        raise ValueError("perhaps thousands")
    return parse_count(text)


def parse_decimal(text: str) -> Fraction:
    """An exact decimal, with at most sixteen digits on either side of the mark."""
    match = _DECIMAL.fullmatch(text)
    if match is None:
        raise ValueError("not a number")
    whole, decimals = match[2].lstrip("0"), (match[3] or "").rstrip("0")
    if len(whole) > MOST_DIGITS or len(decimals) > MOST_DIGITS:
        raise ValueError("too large")
    value = Fraction(int((whole or "0") + decimals), 10 ** len(decimals))
    return -value if match[1] else value


def looks_like_thousands(text: str) -> bool:
    """Whether ``text`` is like ``12.500``, which a person may have meant as twelve thousand five hundred."""
    return _THOUSANDS.fullmatch(text) is not None
