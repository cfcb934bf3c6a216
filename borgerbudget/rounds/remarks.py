"""What may be meant so, but seldom is, and cannot be mended later: told before freezing, and before a result.  Never refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from borgerbudget.errors import Place, Problem, problem
from borgerbudget.money import amount_text
from borgerbudget.rounds.deadlines import say_moment
from borgerbudget.rounds.round import Round
from borgerbudget.rounds.ways import COMMANDS
from borgerbudget.rounds.words import PROBLEMS

FEW_BALLOTS = 2
"""With so many at most each voter sees from the result what the other one voted."""


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


def few_ballots(round: Round) -> list[Problem]:
    """Before a result is shown: that it tells what somebody voted, where the round is secret and hardly anybody voted."""
    sealed = round.happened("box-sealed")
    accepted = 0 if sealed is None else int(str(sealed.payload["accepted"]))
    if round.policy("secrecy") == "open" or not 0 < accepted <= FEW_BALLOTS:
        return []
    way = COMMANDS["annulled" if round.results else "cancelled"]
    return [_remark(round, "STA-084", count=accepted, decider=round.policy("decider"), way=way.fill(round=round.id))]


def too_late(round: Round, now: datetime) -> list[Problem]:
    """When voting goes on after an interruption: that its deadline has passed meanwhile."""
    if round.closes is None or now < round.closes or round.policy("late_ballot") == "counted":
        return []
    return [_remark(round, "STA-063", closes=say_moment(round.closes, round.zone))]


def _remark(round: Round, code: str, **values: Any) -> Problem:
    return problem(PROBLEMS, code, Place(round.id), "warning", round=round.id, **values)
