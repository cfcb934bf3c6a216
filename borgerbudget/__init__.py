"""borgerbudget: the round, its money, proposals and ballots; reading and keeping them.

The names below are loaded when they are first used, so that the command line starts without numpy.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from borgerbudget.ballots import METHODS as METHODS
    from borgerbudget.ballots import Limits as Limits
    from borgerbudget.election import Election as Election
    from borgerbudget.election import make_election as make_election
    from borgerbudget.election import make_hand_count as make_hand_count
    from borgerbudget.errors import BorgerbudgetError as BorgerbudgetError
    from borgerbudget.errors import DecisionNeeded as DecisionNeeded
    from borgerbudget.errors import InputRejected as InputRejected
    from borgerbudget.errors import Place as Place
    from borgerbudget.errors import Problem as Problem
    from borgerbudget.errors import UsageError as UsageError
    from borgerbudget.files import Reading as Reading
    from borgerbudget.files import read_round as read_round
    from borgerbudget.money import format_amount as format_amount
    from borgerbudget.money import parse_amount as parse_amount
    from borgerbudget.pool import Area as Area
    from borgerbudget.pool import Pool as Pool
    from borgerbudget.pool import Source as Source
    from borgerbudget.proposal import Proposal as Proposal

_HOMES = {
    "METHODS": "ballots",
    "Area": "pool",
    "BorgerbudgetError": "errors",
    "DecisionNeeded": "errors",
    "Election": "election",
    "InputRejected": "errors",
    "Limits": "ballots",
    "Place": "errors",
    "Pool": "pool",
    "Problem": "errors",
    "Proposal": "proposal",
    "Reading": "files",
    "Source": "pool",
    "UsageError": "errors",
    "format_amount": "money",
    "make_election": "election",
    "make_hand_count": "election",
    "parse_amount": "money",
    "read_round": "files",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(importlib.import_module(f"borgerbudget.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'borgerbudget' has no attribute {name!r}")
