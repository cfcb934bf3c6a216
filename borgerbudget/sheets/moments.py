"""Dates and times as people write them, by the order that the file is declared to use; ``2026-09-14`` needs none.

``dmy``: 14-09-2026, 14/9/2026 20.05, 14. september 2026.  ``mdy``: 9/14/2026 8:05:00 PM.  Without a declared order a date with
slashes, hyphens or points is read only when it can be read in one way.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Literal

from borgerbudget.sheets.amounts import FAULTS, Unread
from borgerbudget.sheets.cells import Cell, Fault, Moment, plain

Order = Literal["dmy", "mdy"]
ZONES = {"z": 0, "gmt": 0, "utc": 0, "cet": 1, "cest": 2, "eet": 2, "eest": 3}
"""Hours before UTC, of the names that forms write."""
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jan", "februar february feb", "marts march mar", "april apr", "maj may", "juni june jun",
            "juli july jul", "august aug", "september sep sept", "oktober october okt oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_TIME = (
    r"(?:[ T,]+(?:kl\.? ?)?(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r" ?(?P<half>[ap]\.?m\.?)?)?(?: ?(?P<zone>Z|GMT|UTC|CES?T|EES?T)?"
    r"(?:(?P<sign>[+-])(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?)?)?"
)
_ISO = re.compile(
    r"(?P<year>[0-9]{4})[-/](?P<month>[0-9]{1,2})[-/](?P<day>[0-9]{1,2})" + _TIME, re.IGNORECASE | re.ASCII
)
_WORDS = re.compile(r"(?P<day>[0-9]{1,2})\.? (?P<name>[a-z]+)\.? (?P<year>[0-9]{4})" + _TIME, re.IGNORECASE | re.ASCII)
_PLAIN = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<mark>[-/.])(?P<other>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4})" + _TIME,
    re.IGNORECASE | re.ASCII,
)


def moment(cell: Cell, order: Order | None) -> datetime:
    """As it is written, with the zone that some forms write beside it, else without one.  Raises Unread."""
    if isinstance(cell, Moment):
        return cell.value
    if isinstance(cell, Fault):
        raise Unread(FAULTS[cell.kind])
    text = plain(cell)
    if found := _ISO.fullmatch(text):
        return _made(found, found["month"], found["day"])
    if (found := _WORDS.fullmatch(text)) and found["name"].casefold() in MONTHS:
        return _made(found, str(MONTHS[found["name"].casefold()]), found["day"])
    found = _PLAIN.fullmatch(text)
    if found is None:
        raise Unread("IMP-033")
    first, other = int(found["first"]), int(found["other"])
    if order is None and first <= 12 and other <= 12 and first != other:
        raise Unread("IMP-034", first=first, other=other)
    day_first = order == "dmy" or (order is None and (first > 12 or first == other))
    return _made(
        found, found["other"] if day_first else found["first"], found["first"] if day_first else found["other"]
    )


def _made(found: re.Match[str], month: str, day: str) -> datetime:
    hour = int(found["hour"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise Unread("IMP-033")
        hour = hour % 12 + (12 if found["half"].lower().startswith("p") else 0)
    try:
        clock = hour, int(found["minute"] or 0), int(found["second"] or 0)
        return datetime(int(found["year"]), int(month), int(day), *clock, tzinfo=_zone(found))
    except ValueError:
        raise Unread("IMP-033") from None


def _zone(found: re.Match[str]) -> timezone | None:
    """``GMT+2`` and ``CEST`` are the same.  ValueError for an offset of a day or more."""
    if found["sign"]:
        offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        return timezone(-offset if found["sign"] == "-" else offset)
    return timezone(timedelta(hours=ZONES[found["zone"].casefold()])) if found["zone"] else None
