"""Amounts and numbers as people write them, read exactly by the one way of writing that the file is declared to use.

``da``: ``12.500,50`` (the point or a space between thousands, a comma before decimals).  ``en``: ``12,500.50``.  What could be
read in two ways is refused with both: ``12,500`` is twelve and a half in Danish, and looks like twelve thousand five hundred.
Around the number may stand ``kr.``, ``kr``, ``DKK`` (the round's currency), and ``,-`` after it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from borgerbudget.money import LARGEST_AMOUNT, MINOR_UNITS, ONE_UNIT, format_amount, parse_amount
from borgerbudget.sheets.cells import Cell, Fault, Moment, Number, Truth, number_text, plain
from borgerbudget.words import Text

Numbers = Literal["da", "en"]
MARKS: dict[Numbers, tuple[str, str]] = {"da": (".", ","), "en": (",", ".")}
"""Between thousands, before decimals."""
EXAMPLES: dict[Numbers, Text] = {
    "da": Text("12.500,00 eller 12,50", "12.500,00 or 12,50"),
    "en": Text("12,500.00 eller 12.50", "12,500.00 or 12.50"),
}
_AROUND = re.compile(
    r"(?:(?P<before>kr\.?|[A-Za-z]{3})\s*)?(?P<number>[-+]?[0-9][0-9., ]*?)"
    r"(?P<dash>[,.]?\s*[-–—]{1,2})?\s*(?P<after>kr\.?|kroner|[A-Za-z]{3})?",
    re.IGNORECASE | re.ASCII,
)
_SHORT = re.compile(r"[0-9][0-9.,]*e[+-]?[0-9]+", re.IGNORECASE | re.ASCII)
LARGEST_COUNT = 10**9


class Unread(Exception):
    """Why a cell is no number: a code of the catalogue with its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def amount(cell: Cell, numbers: Numbers, currency: str) -> int:
    """Minor units.  Raises Unread."""
    if isinstance(cell, Number):
        return _typed_amount(cell)
    _refuse_other(cell, "IMP-020")
    text = plain(cell)
    found = _AROUND.fullmatch(text)
    if found is None or (found["dash"] and re.search(r"[.,][0-9]{1,2}$", found["number"])):
        raise Unread("IMP-021" if _SHORT.fullmatch(text) else "IMP-020")
    for word in filter(None, (found["before"], found["after"])):
        named = word.casefold().rstrip(".")
        if named not in ("kr", "kroner") and named.upper() != currency:
            raise Unread("IMP-024", word=word, currency=currency)
        if named in ("kr", "kroner") and currency not in ("DKK", "SEK", "NOK"):
            raise Unread("IMP-024", word=word, currency=currency)
    return _written_amount(found["number"].strip(), numbers, currency)


def whole(cell: Cell) -> int:
    """A whole number with nothing between thousands.  Raises Unread."""
    if isinstance(cell, Number):
        if cell.value != cell.value.to_integral_value() or abs(cell.value) > LARGEST_COUNT or cell.percent:
            raise Unread("IMP-026")
        return int(cell.value)
    _refuse_other(cell, "IMP-026")
    text = plain(cell)
    if not re.fullmatch(r"-?[0-9]{1,9}", text, re.ASCII):
        raise Unread("IMP-026")
    return int(text)


def _refuse_other(cell: Cell, code: str) -> None:
    if isinstance(cell, Moment):
        raise Unread("IMP-023")
    if isinstance(cell, Fault):
        raise Unread(FAULTS[cell.kind])
    if isinstance(cell, Truth):
        raise Unread(code)


FAULTS = {"error": "IMP-027", "formula": "IMP-028", "foreign": "IMP-029"}


def _typed_amount(cell: Number) -> int:
    if cell.percent:
        raise Unread("IMP-025", seen=_said(cell.value * 100, " %"), held=_said(cell.value))
    if cell.places is not None and round(cell.value, cell.places) != cell.value:
        raise Unread("IMP-025", seen=_said(round(cell.value, cell.places)), held=_said(cell.value))
    minor = cell.value * ONE_UNIT
    if minor != minor.to_integral_value():
        raise Unread("IMP-030", places=MINOR_UNITS)
    if abs(minor) > LARGEST_AMOUNT:
        raise Unread("IMP-031")
    return int(minor)


def _said(value: Decimal, after: str = "") -> Text:
    text = number_text(Number(value)) + after
    return Text(text.replace(".", ","), text)


def _written_amount(text: str, numbers: Numbers, currency: str) -> int:
    thousands, decimal = MARKS[numbers]
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("+-")
    whole_part, mark, decimals = digits.partition(decimal)
    grouped = re.fullmatch(
        rf"[0-9]{{1,3}}(?:([ {re.escape(thousands)}])[0-9]{{3}}(?:\1[0-9]{{3}})*)?|[0-9]+", whole_part, re.ASCII
    )
    if grouped is None or (mark and not re.fullmatch("[0-9]+", decimals, re.ASCII)):
        other = MARKS["en" if numbers == "da" else "da"]
        if re.fullmatch(rf"(?:[0-9]+|[0-9]{{1,3}}(?:\{other[0]}[0-9]{{3}})+)\{other[1]}[0-9]{{1,2}}", digits, re.ASCII):
            raise Unread("IMP-032", mark=other[1], numbers="en" if numbers == "da" else "da")
        raise Unread("IMP-020")
    plain_digits = re.sub("[^0-9]", "", whole_part)
    if len(decimals) == 3 and len(plain_digits) <= 3 and not grouped[1]:
        small, large = _both(plain_digits, decimals, currency)
        otherwise = "en" if numbers == "da" else "da"
        raise Unread("IMP-022", small=small, large=large, numbers=otherwise, examples=EXAMPLES[numbers])
    if len(decimals.rstrip("0")) > MINOR_UNITS:
        raise Unread("IMP-030", places=MINOR_UNITS)
    try:
        return sign * parse_amount(f"{plain_digits}.{decimals}")
    except ValueError:
        raise Unread("IMP-031") from None


def _both(units: str, decimals: str, currency: str) -> tuple[Text, Text]:
    """The two readings of ``12,500``."""
    value = Decimal(f"{units}.{decimals}")
    small = round(value * ONE_UNIT)
    large = int(units + decimals) * ONE_UNIT
    return tuple(Text(format_amount(n, currency, "da"), format_amount(n, currency, "en")) for n in (small, large))  # type: ignore[return-value]
