"""When the ballots of a table were answered, as a form notes it: which came first, which too early, which too late.

A time without a zone is the round's own.  Where it can be read in more than one way (an hour that happens twice, a day without an
hour) and one of them is before the deadline and another is not, nobody guesses.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from borgerbudget.errors import problem
from borgerbudget.files.findings import Findings
from borgerbudget.rounds.deadlines import say_moment
from borgerbudget.rounds.round import Round
from borgerbudget.rounds.words import PROBLEMS
from borgerbudget.sheets.ballots import BallotTable

SKEW = timedelta(minutes=5)
"""So far two clocks that are right may differ."""
DAY = timedelta(days=1) - timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Answered:
    """Positions of the rows in the ``order`` in which they came, and of those that came too ``late``."""

    order: Sequence[int] = ()
    late: Container[int] = ()


def answered(round: Round, now: datetime, found: BallotTable, findings: Findings) -> Answered:
    """``now`` is when those were answered that do not say it; what cannot be is told."""
    everybody, closes = range(len(found.rows)), round.closes
    if round.policy("late_ballot") == "counted":
        closes = None
    if "time" not in found.table.columns:
        return Answered(everybody, everybody if closes is not None and now >= closes else ())
    came, late = [], set()
    for at, row in enumerate(found.rows):
        if row.when is None:  # has been told
            continue
        readings = _readings(row.when, ZoneInfo(round.zone))
        first, last = min(readings), max(readings)
        came.append(first)
        values: dict[str, Any] = {"value": row.when.isoformat(" ", "minutes"), "zone": round.zone}
        place = found.table.at(row.row, "time")
        if round.opens is not None and last < round.opens:
            findings.tell(problem(PROBLEMS, "RND-050", place, opens=say_moment(round.opens, round.zone), **values))
        elif first > now + SKEW:
            findings.tell(problem(PROBLEMS, "RND-051", place, now=say_moment(now, round.zone), **values))
        elif closes is not None and first < closes <= last:
            findings.tell(problem(PROBLEMS, "RND-052", place, closes=say_moment(closes, round.zone), **values))
        elif closes is not None and first >= closes:
            late.add(at)
    return Answered(everybody if findings.failed else sorted(everybody, key=came.__getitem__), late)


def _readings(when: datetime, zone: ZoneInfo) -> list[datetime]:
    """UTC, of each moment that may be meant."""
    if when.tzinfo is not None:
        return [when.astimezone(UTC)]
    meant = [when, when + DAY] if when.time() == time.min else [when]
    return [one.replace(tzinfo=zone, fold=fold).astimezone(UTC) for one in meant for fold in (0, 1)]
