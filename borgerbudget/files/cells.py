"""A number in a cell, or an error that says where and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from borgerbudget.errors import Place
from borgerbudget.files.findings import Findings, shown
from borgerbudget.files.numbers import looks_like_thousands, parse_decimal
from borgerbudget.files.words import REASONS_DA
from borgerbudget.money import parse_amount, plain_amount

Number = TypeVar("Number")

_FORMS: Mapping[Callable[[str], object], tuple[str, str]] = {
    parse_amount: ("et beløb som 12500 eller 12500.50", "an amount such as 12500 or 12500.50"),
    parse_decimal: ("et tal som 100 eller 0.5", "a number such as 100 or 0.5"),
}
_WHOLE_FORM = ("et helt tal med cifrene 0-9", "a whole number in the digits 0-9")


def parse_cell(text: str, what: str, place: Place, parse: Callable[[str], Number], findings: Findings) -> Number | None:
    """The number in a cell, or None with an error; amounts that may have been meant as thousands are told."""
    try:
        number = parse(text)
    except ValueError as error:
        reason = str(error)
        form_da, form = _FORMS.get(parse, _WHOLE_FORM)
        findings.error(
            "PB-024", place, what=what, value=shown(text), form=form, form_da=form_da,
            reason=reason, reason_da=REASONS_DA.get(reason, reason),
        )  # fmt: skip
        return None
    if isinstance(number, int) and parse == parse_amount and looks_like_thousands(text):
        findings.warn("PB-027", place, what=what, value=shown(text), read=plain_amount(number))
    return number
