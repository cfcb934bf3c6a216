"""Points (cumulative voting): a ballot gives proposals whole points above zero, within a sum.

A proposal named twice gets the larger of the two; points of zero or less say nothing and are dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from borgerbudget.ballots.method import (
    BallotMethod,
    Breach,
    Limits,
    Marks,
    first_of_each,
    length_breaches,
    point_breaches,
    repeat_breaches,
)


def normalise(marks: Marks, default_score: int = 0) -> Marks:
    assert marks.points is not None
    return first_of_each(marks.keep(marks.points > 0))


def line(ids: Sequence[str], points: Sequence[int] | None = None) -> str:
    """``p1:3,p7:2``: ids in byte order."""
    pairs = sorted(zip(ids, points or (), strict=True), key=lambda pair: pair[0].encode())
    return ",".join(f"{i}:{p}" for i, p in pairs)


def breaches(
    ids: Sequence[str], points: Sequence[int] | None, cost_of: Mapping[str, int], limits: Limits
) -> list[Breach]:
    low = [Breach("positive_points", 1, p) for p in points or () if p <= 0]
    return low + repeat_breaches(ids) + length_breaches(ids, limits) + point_breaches(points or (), limits)


POINTS = BallotMethod("points", True, normalise, line, breaches)
