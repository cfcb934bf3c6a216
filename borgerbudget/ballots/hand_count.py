"""Hand count: the ballots were counted at the meeting and only the totals are known.

Nothing can be counted again from them: an election by this method has ``totals`` and a profile of unread ballots.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from borgerbudget.ballots.method import BallotMethod, Breach, Limits, Marks


def normalise(marks: Marks, default_score: int = 0) -> Marks:
    return marks


def line(ids: Sequence[str], points: Sequence[int] | None = None) -> str:
    """Empty: what stands on an unread ballot is not known."""
    return ""


def breaches(
    ids: Sequence[str], points: Sequence[int] | None, cost_of: Mapping[str, int], limits: Limits
) -> list[Breach]:
    return []


HAND_COUNT = BallotMethod("hand-count", False, normalise, line, breaches)
