"""borgerbudget: the round, its money, proposals and ballots; reading and keeping them."""

from borgerbudget.ballots import METHODS, Limits
from borgerbudget.election import Election, make_election
from borgerbudget.errors import BorgerbudgetError, DecisionNeeded, InputRejected, Place, Problem, UsageError
from borgerbudget.money import format_amount, parse_amount
from borgerbudget.pool import Area, Pool, Source
from borgerbudget.proposal import Proposal

__all__ = [
    "METHODS",
    "Area",
    "BorgerbudgetError",
    "DecisionNeeded",
    "Election",
    "InputRejected",
    "Limits",
    "Place",
    "Pool",
    "Problem",
    "Proposal",
    "Source",
    "UsageError",
    "format_amount",
    "make_election",
    "parse_amount",
]
