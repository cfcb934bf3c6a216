"""What may be meant so, but seldom is, and cannot be mended once the round is frozen: told before freezing, never refused."""

from __future__ import annotations

from typing import Any

from borgerbudget.errors import Place, Problem, problem
from borgerbudget.money import amount_text
from borgerbudget.rounds.round import Round
from borgerbudget.rounds.words import PROBLEMS


def remarks(round: Round) -> list[Problem]:
    """Warnings, the weightiest first."""
    found = [] if round.signers else [_remark(round, "STA-080")]
    if not round.title.strip():
        found.append(_remark(round, "STA-081"))
    for entry in round.listed:
        if not entry.title.strip():
            found.append(_remark(round, "STA-082", value=entry.id))
        if entry.cost > round.pool > 0 and (entry.min_cost is None or entry.min_cost > round.pool):
            cost, pool = (amount_text(one, round.currency) for one in (entry.cost, round.pool))
            found.append(_remark(round, "STA-083", value=entry.id, cost=cost, pool=pool))
    return found


def _remark(round: Round, code: str, **values: Any) -> Problem:
    return problem(PROBLEMS, code, Place(round.id), "warning", round=round.id, **values)
