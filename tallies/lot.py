"""The lot: one order over all proposals, fixed for the whole count; drawn by a committee or computed from public dice.

Dice are thrown after the ballot box is closed: the key holds the root of the ballots, so nobody can choose digits to
suit a known count, nor ballots to suit known digits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from borgerbudget.dice import FEWEST_DICE, SIDES
from borgerbudget.election import Election
from borgerbudget.errors import InputRejected, Place, UsageError, problem
from borgerbudget.frozen import frozen
from tallies.words import PROBLEMS


@frozen(slots=True)
class Lot:
    """``order``: every id, best first.  ``dice`` and ``round`` when it was computed."""

    order: tuple[str, ...]
    dice: str | None = None
    round: str | None = None

    def as_json(self) -> dict[str, object]:
        return {"order": list(self.order), "dice": self.dice, "round": self.round}


def drawn_lot(election: Election, order: Sequence[str], source: str = "") -> Lot:
    """A committee's draw: every proposal exactly once, best first; InputRejected names what is wrong."""
    problems = []
    seen: dict[str, int] = {}
    for line, proposal in enumerate(order, 1):
        place = Place(source or None, line)
        if proposal not in election.index:
            problems.append(problem(PROBLEMS, "LOT-001", place, proposal=proposal))
        elif proposal in seen:
            problems.append(problem(PROBLEMS, "LOT-002", place, proposal=proposal, first=seen[proposal]))
        seen.setdefault(proposal, line)
    missing = [i for i in election.ids if i not in seen]
    if missing:
        problems.append(problem(PROBLEMS, "LOT-003", Place(source or None), missing=", ".join(missing[:20])))
    if problems:
        raise InputRejected(problems)
    return Lot(tuple(order))


def refuse_few(dice: str) -> None:
    """UsageError for fewer dice than may decide anything."""
    if len(dice) < FEWEST_DICE:
        outcomes = len(SIDES) ** len(dice)
        raise UsageError(problem(PROBLEMS, "LOT-008", count=len(dice), outcomes=outcomes, least=FEWEST_DICE))


def dice_lot(election: Election, digits: str) -> Lot:
    """The order that public dice give: ascending SHA-256 of round, ballots, digits and id (see docs/trace.md)."""
    if not digits or not digits.isascii() or not digits.isdigit():
        raise UsageError(problem(PROBLEMS, "LOT-004", digits=digits))

    def key(proposal: str) -> bytes:
        text = f"bb/lot/1\n{election.round}\n{election.ballots_root}\n{digits}\n{proposal}"
        return hashlib.sha256(text.encode()).digest()

    return Lot(tuple(sorted(election.ids, key=key)), digits, election.round)
