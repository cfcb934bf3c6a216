"""Knapsack: a set of proposals whose cost together fits the voter's basket (``max_sum_cost``); counted as approval.

Goel, Krishnaswamy, Sakshuwong, Aitamurto: Knapsack Voting for Participatory Budgeting, TEAC 2019.
"""

from __future__ import annotations

from borgerbudget.ballots import approval
from borgerbudget.ballots.method import BallotMethod

KNAPSACK = BallotMethod("knapsack", False, approval.normalise, approval.line, approval.breaches)
