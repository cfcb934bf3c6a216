"""tallies: from closed ballots to an outcome that anyone can repeat."""

from tallies.count import TieMatters, count, reachable
from tallies.lot import Lot, dice_lot, drawn_lot
from tallies.outcome import Outcome
from tallies.plan import Plan, make_plan
from tallies.trace import trace_bytes

__all__ = [
    "Lot",
    "Outcome",
    "Plan",
    "TieMatters",
    "count",
    "dice_lot",
    "drawn_lot",
    "make_plan",
    "reachable",
    "trace_bytes",
]
