"""Values of settings as they stand on a command line or in a plan file: read exactly, or UsageError with what may stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from borgerbudget.errors import UsageError, problem
from borgerbudget.money import ONE_UNIT, parse_amount
from borgerbudget.words import Text
from tallies.words import PROBLEMS

NUMBER = Text("skriv et tal som 3, 2.5 eller 1/3", "write a number such as 3, 2.5 or 1/3")
POSITIVE = Text("skriv et tal over 0 som 3, 2.5 eller 1/3", "write a number above 0 such as 3, 2.5 or 1/3")
SHARE = Text("skriv en andel fra 0 og op som 10% eller 1/3", "write a share from 0 up such as 10% or 1/3")
WHOLE = Text("skriv et helt tal over 0", "write a whole number above 0")
TURNOUT = Text("skriv et antal stemmesedler som 30, eller en andel som 20%",
               "write a number of ballots such as 30, or a share such as 20%")  # fmt: skip
LONGEST = 60
"""Of a number's text."""
LARGEST = 10**12
ONE_VOTE_EACH = ("approval", "knapsack", "hand-count")
"""Ballot methods in which a ballot is worth one vote to a proposal."""
_THOUSANDS = re.compile(r"[0-9]+[.,][0-9]{3}", re.ASCII)
"""``12.000`` is twelve thousand to a Dane and twelve to a computer: nobody's plan is counted on a guess."""


def choice(value: object, key: str, known: Sequence[str]) -> str:
    if value not in known:
        raise UsageError(problem(PROBLEMS, "PLN-007", key=key, value=value, known=", ".join(known)))
    return str(value)


def rational(
    value: object, key: str, least: int | None = None, above: int | None = None, mend: Text = NUMBER
) -> Fraction:
    """A number given as such or as text (``3``, ``2.5``, ``1/3``); ``mend`` says what may stand there."""
    try:
        if isinstance(value, bool) or not isinstance(value, (int, str, Fraction)):
            raise ValueError
        if isinstance(value, str) and (
            len(value) > LONGEST or not value.isascii() or "e" in value.lower() or "_" in value
        ):
            raise ValueError
        found = Fraction(value)
        if (least is not None and found < least) or (above is not None and found <= above):
            raise ValueError
    except (ValueError, ZeroDivisionError):
        raise UsageError(problem(PROBLEMS, "PLN-008", key=key, value=value, mend=mend)) from None
    return found


def is_percentage(value: object) -> bool:
    return isinstance(value, str) and value.strip().endswith("%")


def share(value: object, key: str) -> Fraction:
    """A share, zero or more: ``"1/3"``, ``"10%"``."""
    if isinstance(value, str) and is_percentage(value):
        return rational(value.strip()[:-1].rstrip(), key, least=0, mend=SHARE) / 100
    return rational(value, key, least=0, mend=SHARE)


def share_of_ballots(value: object, key: str, method: str) -> Fraction:
    """A share of the ballots that a score is held against: where a ballot gives a proposal one vote, at most all of them."""
    found = share(value, key)
    if found > 1 and method in ONE_VOTE_EACH:
        raise UsageError(problem(PROBLEMS, "PLN-036", key=key, value=value))
    return found


def money(value: object, key: str, least: int = 1) -> int:
    """Currency units (``12000``, ``"6534.61"``) -> minor units, at least ``least``."""
    try:
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            raise ValueError
        if isinstance(value, str) and _THOUSANDS.fullmatch(value.strip()):
            digits = re.sub("[.,]", "", value.strip())
            raise UsageError(problem(PROBLEMS, "PLN-035", key=key, value=value.strip(), digits=digits))
        found = parse_amount(value.strip()) if isinstance(value, str) else value * ONE_UNIT
        if not least <= found <= LARGEST * ONE_UNIT:
            raise ValueError
    except ValueError:
        raise UsageError(problem(PROBLEMS, "PLN-014", key=key, value=value)) from None
    return found


def whole(value: object, key: str) -> int:
    """A whole number above zero."""
    found = rational(value, key, above=0, mend=WHOLE)
    if found.denominator != 1 or found > LARGEST:
        raise UsageError(problem(PROBLEMS, "PLN-015", key=key, value=value))
    return found.numerator


def yes(value: object, key: str) -> bool:
    """``yes`` or ``no``; in a file also true or false."""
    if isinstance(value, bool):
        return value
    return choice(value, key, ("yes", "no")) == "yes"


def listed(value: object, key: str) -> list[str]:
    """``p1+p2``, in a file also a list of text; nothing twice."""
    parts = value.split("+") if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)) or not all(isinstance(part, str) for part in parts):
        raise UsageError(problem(PROBLEMS, "PLN-016", key=key, value=value))
    found = [part.strip() for part in parts if part.strip()]
    if len(set(found)) < len(found):
        raise UsageError(problem(PROBLEMS, "PLN-017", key=key, value="+".join(found)))
    return found
