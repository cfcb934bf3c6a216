"""A winner withdraws after the vote: what that frees, and who of the reserve moves up (docs/village-rules.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from borgerbudget.errors import InputRejected, problem
from tallies.allowances import opened, whatever_is_left
from tallies.counting import TieMatters
from tallies.outcome import Outcome
from tallies.reserve import in_reserve
from tallies.words import PROBLEMS


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Amounts in minor units; ``moves_up``: (id, amount) in the order of the reserve."""

    withdrawn: tuple[str, ...]
    freed: int
    moves_up: tuple[tuple[str, int], ...]
    left: int

    def as_json(self) -> dict[str, object]:
        """The document ``borgerbudget.withdrawal/1``."""
        return {
            "schema": "borgerbudget.withdrawal/1",
            "withdrawn": list(self.withdrawn),
            "freed": self.freed,
            "moves_up": [{"proposal": i, "amount": amount} for i, amount in self.moves_up],
            "left": self.left,
        }


def withdraw(outcome: Outcome, withdrawn: Sequence[str]) -> Withdrawal:
    """The reserve in its order: each that fits whole moves up, the others are passed over.

    KeyError for an unknown proposal; InputRejected when a funded proposal that stays needs a funded one that goes: somebody
    has to decide about both; TieMatters when those of a tied class that fit do not fit together.
    """
    contest = outcome.contest
    ids, index = contest.election.ids, contest.election.index
    gone = {index[i] for i in withdrawn}
    allowances = opened(contest)
    allowances.left, allowances.funded = contest.election.pool.amount, set()
    allowances.spent = [0] * len(allowances.conditions)
    for i in (ids[p] for p in sorted(outcome.won - gone)):
        needed = allowances.needs.get(i, frozenset()).intersection(withdrawn)
        if left_alone := [other for other in sorted(needed, key=str.encode) if index[other] in outcome.won]:
            raise InputRejected(problem(PROBLEMS, "EXP-002", proposal=i, needed=", ".join(left_alone)))
    freed = 0
    for award in outcome.funded:
        p = index[award.proposal]
        if p in gone:
            freed += award.amount
        else:
            allowances.pay(p, award.amount)
    moved: list[int] = []
    barred = gone | {p for p, code in enumerate(contest.out) if code is not None}

    def fit(proposals: Sequence[int]) -> bool:
        return (
            not barred.intersection(proposals)
            and not allowances.excluded(proposals)
            and not allowances.misfit(proposals, whatever_is_left)[0]
        )

    for tied in list(in_reserve(contest, outcome.won | gone)):
        bundles = {p: allowances.bundle(p) for p in tied if p not in allowances.funded}
        candidates = [p for p, bundle in bundles.items() if fit(bundle)]
        together = list(dict.fromkeys(q for p in candidates for q in bundles[p]))
        # whoever fits goes first in some order; so if they do not all fit together, somebody depends on the order
        if len(candidates) > 1 and not fit(together):
            step = len(outcome.steps) + 1
            raise TieMatters(step, None, tuple(ids[p] for p in candidates), "matters", contest.plan.ties, "TIE-003")
        for q in together:
            allowances.pay(q, contest.asks[q])
            moved.append(q)
    return Withdrawal(
        tuple(sorted(set(withdrawn), key=str.encode)),
        freed,
        tuple((ids[p], contest.asks[p]) for p in moved),
        allowances.left,
    )
