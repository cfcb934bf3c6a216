"""Deadlines: written in the round's own time, kept in UTC.

An hour that the change to summer time skips does not exist; of one that happens twice the writer must say which.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from borgerbudget.errors import UsageError, problem
from borgerbudget.rounds.words import PROBLEMS


def read_zone(name: str) -> str:
    """UsageError for a zone that nobody knows."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(problem(PROBLEMS, "RND-014", value=name)) from None
    return name


def read_moment(text: str, zone: str) -> datetime:
    """UTC of ``2026-03-29 18:00`` there, or of a moment with its own offset (``2026-10-25T02:30+01:00``)."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(problem(PROBLEMS, "RND-015", value=text[:60])) from None
    if len(text.strip()) <= 10:  # a day without an hour: of which end?
        raise UsageError(problem(PROBLEMS, "RND-015", value=text[:60]))
    if found.tzinfo is not None:
        return found.astimezone(UTC)
    there = ZoneInfo(zone)
    early, late = (found.replace(tzinfo=there, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early.astimezone(there).replace(tzinfo=None) != found:
        raise UsageError(problem(PROBLEMS, "RND-016", value=text.strip(), zone=zone))
    if early != late:
        first, second = (moment.astimezone(there).isoformat(timespec="minutes") for moment in (early, late))
        raise UsageError(problem(PROBLEMS, "RND-017", value=text.strip(), first=first, second=second))
    return early


def say_moment(moment: datetime, zone: str) -> str:
    """``2026-03-29 18:00 CEST``."""
    there = moment.astimezone(ZoneInfo(zone))
    return there.strftime("%Y-%m-%d %H:%M %Z")


def moment_text(moment: datetime) -> str:
    """As it is kept."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def kept_moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
