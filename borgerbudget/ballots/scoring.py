"""Scoring (grades): every proposal gets a grade; one that a ballot does not list gets the default score.

A proposal named twice gets the larger grade.  A grade equal to the default says no more than silence and is dropped;
negative grades count in the score and give no support.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from borgerbudget.ballots import points as cumulative
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
    marks = first_of_each(marks)
    assert marks.points is not None
    return marks.keep(marks.points != default_score)


def breaches(
    ids: Sequence[str], points: Sequence[int] | None, cost_of: Mapping[str, int], limits: Limits
) -> list[Breach]:
    return repeat_breaches(ids) + length_breaches(ids, limits) + point_breaches(points or (), limits)


SCORING = BallotMethod("scoring", True, normalise, cumulative.line, breaches)
