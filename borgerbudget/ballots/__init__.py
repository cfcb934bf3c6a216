"""The ballot methods, one file each; a method is one record of functions and one line in the registry below."""

from __future__ import annotations

from borgerbudget.ballots.approval import APPROVAL
from borgerbudget.ballots.hand_count import HAND_COUNT
from borgerbudget.ballots.knapsack import KNAPSACK
from borgerbudget.ballots.method import BallotMethod, Limits
from borgerbudget.ballots.points import POINTS
from borgerbudget.ballots.ranked import RANKED
from borgerbudget.ballots.scoring import SCORING

METHODS: dict[str, BallotMethod] = {
    method.name: method for method in (APPROVAL, KNAPSACK, POINTS, RANKED, SCORING, HAND_COUNT)
}

__all__ = ["HAND_COUNT", "METHODS", "BallotMethod", "Limits"]
