"""Ranked: proposals in strict order of preference, best first, possibly only some of them.

A repeated proposal counts at its first position; the length of the ballot counts all entries, so that repeats stay
part of the ballot's canonical form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from borgerbudget.ballots.method import BallotMethod, Breach, Limits, Marks, length_breaches, repeat_breaches


def normalise(marks: Marks, default_score: int = 0) -> Marks:
    return marks


def line(ids: Sequence[str], points: Sequence[int] | None = None) -> str:
    """``p7>p1``: in order of rank."""
    return ">".join(ids)


def breaches(
    ids: Sequence[str], points: Sequence[int] | None, cost_of: Mapping[str, int], limits: Limits
) -> list[Breach]:
    return repeat_breaches(ids) + length_breaches(ids, limits)


RANKED = BallotMethod("ranked", False, normalise, line, breaches)
