"""Approval: a ballot is a set of proposals (``single`` choice is approval with at most one)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from borgerbudget.ballots.method import (
    BallotMethod,
    Breach,
    Limits,
    Marks,
    cost_breaches,
    first_of_each,
    length_breaches,
    repeat_breaches,
)


def normalise(marks: Marks, default_score: int = 0) -> Marks:
    return first_of_each(marks)


def line(ids: Sequence[str], points: Sequence[int] | None = None) -> str:
    """``p1,p7``: ids in byte order."""
    return ",".join(sorted(ids, key=str.encode))


def breaches(
    ids: Sequence[str], points: Sequence[int] | None, cost_of: Mapping[str, int], limits: Limits
) -> list[Breach]:
    return repeat_breaches(ids) + length_breaches(ids, limits) + cost_breaches(ids, cost_of, limits)


APPROVAL = BallotMethod("approval", False, normalise, line, breaches)
