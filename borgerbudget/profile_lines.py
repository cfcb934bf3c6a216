"""The profile file ``ballots.tsv`` in its strict grammar: no quoting, nothing optional, one spelling.

line   = count TAB ballot LF            lines ascend strictly by the bytes of ``ballot``
count  = whole | whole "/" whole        lowest terms, above zero; without a stroke when whole
ballot = ""                             blank
       | id *("," id)                   approval, knapsack: ids ascend
       | id ":" points *("," ...)       points (above zero), scoring (any whole number but the default): ids ascend
       | id *(">" id)                   ranked: in order of rank, repeats kept
id     = 1 to 64 of A-Z a-z 0-9 . _ / -
"""

from __future__ import annotations

import re
from collections.abc import Collection
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from borgerbudget.canonical import LARGEST, lines_of

ID = re.compile(r"[A-Za-z0-9._/-]{1,64}", re.ASCII)
_COUNT = re.compile(r"([1-9][0-9]{0,15})(?:/([1-9][0-9]{0,15}))?", re.ASCII)
_POINTS = re.compile(r"0|-?[1-9][0-9]{0,15}", re.ASCII)


class ProfileLine(NamedTuple):
    """How many voters cast this ballot; its text; ids in their order; points where the method has them."""

    voters: Fraction
    text: str
    ids: tuple[str, ...]
    points: tuple[int, ...]


def read_profile_lines(data: bytes, method: str, known: Collection[str], default_score: int = 0) -> list[ProfileLine]:
    """The lines of ``ballots.tsv``.  Raises ValueError naming the first line that breaks the grammar."""
    found: list[ProfileLine] = []
    for number, line in enumerate(lines_of(data), 1):
        try:
            found.append(_read_line(line.decode("ascii"), method, known, default_score))
            if len(found) > 1 and found[-2].text >= found[-1].text:
                raise ValueError("the ballots do not ascend")
        except UnicodeDecodeError:
            raise ValueError(f"line {number}: not ASCII") from None
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from None
    return found


def _read_line(line: str, method: str, known: Collection[str], default_score: int) -> ProfileLine:
    count_text, tab, text = line.partition("\t")
    if not tab:
        raise ValueError("no tab")
    entries = text.split(">" if method == "ranked" else ",") if text else []
    points: list[int] = []
    if method in ("points", "scoring"):
        for place, entry in enumerate(entries):
            entries[place], _, mark = entry.rpartition(":")
            if not _POINTS.fullmatch(mark) or abs(int(mark)) > LARGEST:
                raise ValueError("points are not whole numbers")
            points.append(int(mark))
            if points[-1] == default_score if method == "scoring" else points[-1] <= 0:
                raise ValueError("points that say nothing are left out")
    for entry in entries:
        if entry not in known:
            raise ValueError(f"unknown proposal {entry[:64]!r}")
    if method != "ranked" and any(a >= b for a, b in pairwise(entries)):
        raise ValueError("the ids do not ascend")
    return ProfileLine(_count(count_text), text, tuple(entries), tuple(points))


def _count(text: str) -> Fraction:
    match = _COUNT.fullmatch(text)
    if match is None:
        raise ValueError("the count is not a positive number")
    count = Fraction(int(match[1]), int(match[2] or 1))
    if max(count.numerator, count.denominator) > LARGEST or str(count) != text:
        raise ValueError("the count is not in lowest terms or too large")
    return count
