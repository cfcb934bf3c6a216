"""What the plan's constraints leave for a proposal when its turn comes, and which proposals stand in its way.

The money is paid out again, step by step, up to the turn (docs/village-rules.md, "Going on with constraints").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tallies.allowances import Allowances, opened, room_in
from tallies.contest import Contest
from tallies.eligibility import needed, needs_of
from tallies.outcome import Outcome
from tallies.passes import resplit
from tallies.steps import Funded


@dataclass(frozen=True, slots=True)
class Obstacle:
    """``kind``: ``ceiling`` (an at-most), ``pot`` (the proposal's own is too small), ``kept`` (for others) or ``excluded`` (by
    ``proposals``; by none where it needs some that exclude each other).  ``constraints``: the names of those that say so.
    ``available``: what they leave for the proposal, ``amount``: the ceiling; minor units, None where nothing is said of money.
    """

    kind: str
    constraints: tuple[str, ...]
    available: int | None = None
    amount: int | None = None
    proposals: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "constraints": list(self.constraints),
            "available": self.available,
            "amount": self.amount,
            "proposals": list(self.proposals),
        }


def obstacle(outcome: Outcome, at: int, p: int, phase: str) -> Obstacle | None:
    """What stood in the way of p in step ``at``; None where no constraint did, or not p itself but one that it needs."""
    contest = outcome.contest
    if not contest.plan.terms.constraints:
        return None
    allowances = _before(outcome, at)
    bundle = allowances.bundle(p)
    if allowances.excluded(bundle):
        return _exclusion(allowances, bundle)
    if len(bundle) > 1:
        return None
    pots = [c for c in allowances.of_kind("pot") if p in allowances.conditions[c].members and phase == "pot"]
    pot = next(iter(pots), None)
    room, keepers = room_in(phase, contest.plan.terms.unused, pot)(allowances, p)
    ceilings = [c for c in allowances.of_kind("at-most") if p in allowances.conditions[c].members]
    lowest = min(ceilings, key=lambda c: allowances.conditions[c].amount - allowances.spent[c], default=None)
    if lowest is not None and (left := allowances.quota(p)) is not None and left < min(room, contest.asks[p]):
        return Obstacle("ceiling", _names(contest, [lowest]), left, allowances.conditions[lowest].amount)
    if room < min(contest.asks[p], allowances.left):
        if pot is not None and pot in keepers:
            return Obstacle("pot", _names(contest, keepers), room)
        kept = allowances.kept(keepers)
        telling = [c for c in keepers if allowances.kept([other for other in keepers if other != c]) < kept]
        return Obstacle("kept", _names(contest, telling or keepers), room)
    return None


def kept_out(contest: Contest, p: int) -> Obstacle | None:
    """Why a proposal of code ``excluded`` took no part: those pre-funded that exclude it, else what it needs and cannot have."""
    i, given = contest.election.ids[p], set(contest.plan.terms.pre_funded)
    constraints = contest.plan.terms.constraints
    bundle = needed(i, needs_of(constraints), given.__contains__)
    barring = [
        c for c in constraints if c.kind == "one-of" and given & set(c.proposals) and not bundle.isdisjoint(c.proposals)
    ]
    if barring:
        others = {q for c in barring for q in given & set(c.proposals)}
        return Obstacle("excluded", tuple(c.name for c in barring), proposals=_sorted(others))
    out = {q for q in bundle - {i} if contest.out[contest.election.index[q]] is not None}
    return Obstacle("needs", (), proposals=_sorted(out)) if out else None


def needed_by(contest: Contest, p: int) -> tuple[str, ...]:
    """What the proposal is funded only together with."""
    i, given = contest.election.ids[p], set(contest.plan.terms.pre_funded)
    return _sorted(needed(i, needs_of(contest.plan.terms.constraints), given.__contains__) - {i})


def _before(outcome: Outcome, at: int) -> Allowances:
    """The money before step ``at``."""
    contest = outcome.contest
    allowances = opened(contest)
    if contest.plan.terms.unused == "resplit":
        resplit(contest, allowances)
    for step in outcome.steps[: at - 1]:
        if isinstance(step, Funded) and step.phase != "given":
            allowances.pay(step.proposal, step.amount, from_pot=step.phase in ("floor", "pot"))
    return allowances


def _exclusion(allowances: Allowances, bundle: Sequence[int]) -> Obstacle:
    """Funded proposals that share a ``one-of`` with one of the bundle; else the bundle's own."""
    contest, own = allowances.contest, set(bundle)
    met = {c: allowances.conditions[c].members & allowances.funded for c in allowances.of_kind("one-of")}
    against = [c for c in met if met[c] and own & allowances.conditions[c].members]
    others = {contest.election.ids[q] for c in against for q in met[c]}
    within = [c for c in met if len(own & allowances.conditions[c].members) > 1]
    return Obstacle("excluded", _names(contest, against or within), proposals=_sorted(others))


def _names(contest: Contest, constraints: Sequence[int]) -> tuple[str, ...]:
    return tuple(contest.plan.terms.constraints[c].name for c in constraints)


def _sorted(ids: set[str] | frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(ids, key=str.encode))
