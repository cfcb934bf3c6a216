"""What the plan's constraints leave for a proposal when its turn comes, and which proposals stand in its way.

The money is paid out again, step by step, up to the turn (docs/village-rules.md, "Going on with constraints").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tallies.allowances import Allowances, opened
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
    room, keepers = _room(allowances, p, phase)
    ceilings = [c for c in allowances.of_kind("at-most") if p in allowances.conditions[c].members]
    lowest = min(ceilings, key=lambda c: allowances.conditions[c].amount - allowances.spent[c], default=None)
    if lowest is not None and (left := allowances.quota(p)) is not None and left < min(room, contest.asks[p]):
        return Obstacle("ceiling", _names(contest, [lowest]), left, allowances.conditions[lowest].amount)
    if room < min(contest.asks[p], allowances.left):
        return Obstacle("pot" if phase == "pot" else "kept", _names(contest, keepers), room)
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


def _room(allowances: Allowances, p: int, phase: str) -> tuple[int, list[int]]:
    """How much there is for p in a pass, quotas apart, and the constraints that say so; as ``tallies.passes`` has it."""
    if phase in ("released", "leftover"):
        return allowances.left, []
    mine: Callable[[int], bool] = lambda c: p in allowances.conditions[c].members  # noqa: E731
    keeping = [
        c
        for c in allowances.of_kind("earmark")
        if not mine(c) and allowances.conditions[c].amount > allowances.spent[c]
    ]
    room = allowances.left - allowances.reserved(p)
    pots = [c for c in allowances.of_kind("pot") if allowances.held[c]]
    if phase == "pot":
        own = [c for c in allowances.of_kind("pot") if mine(c)]
        held = min((allowances.held[c] for c in own), default=room)
        return (held, own) if held <= room else (room, keeping)
    if phase == "floor":
        keeping += [c for c in pots if not mine(c)]
        room -= sum(allowances.held[c] for c in pots if not mine(c))
    elif phase == "rule" and allowances.contest.plan.terms.unused not in (None, "common"):
        keeping += pots
        room -= sum(allowances.held)
    return room, keeping


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
