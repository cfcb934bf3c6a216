"""tallies: from closed ballots to an outcome that anyone can repeat.

The names below are loaded when they are first used, so that the command line starts without numpy.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallies.counting import TieMatters as TieMatters
    from tallies.counting import count as count
    from tallies.counting import reachable as reachable
    from tallies.lot import Lot as Lot
    from tallies.lot import dice_lot as dice_lot
    from tallies.lot import drawn_lot as drawn_lot
    from tallies.outcome import Outcome as Outcome
    from tallies.plan import Plan as Plan
    from tallies.planning import make_plan as make_plan
    from tallies.trace import trace_bytes as trace_bytes

_HOMES = {
    "Lot": "lot",
    "Outcome": "outcome",
    "Plan": "plan",
    "TieMatters": "counting",
    "count": "counting",
    "dice_lot": "lot",
    "drawn_lot": "lot",
    "make_plan": "planning",
    "reachable": "counting",
    "trace_bytes": "trace",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(importlib.import_module(f"tallies.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'tallies' has no attribute {name!r}")
