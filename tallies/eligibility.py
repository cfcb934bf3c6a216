"""Who takes part: for every proposal the first reason that keeps it out, or None (docs/village-rules.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from borgerbudget.election import Election
from tallies.constraints import Constraint
from tallies.plan import Plan
from tallies.support import Support


def needs_of(constraints: Sequence[Constraint]) -> dict[str, frozenset[str]]:
    """For each proposal that needs others, which: by ``needs`` the first all the rest, by ``together`` each all."""
    found: dict[str, frozenset[str]] = {}
    for constraint in constraints:
        if constraint.kind in ("needs", "together"):
            needy = constraint.proposals if constraint.kind == "together" else constraint.proposals[:1]
            for i in needy:
                found[i] = found.get(i, frozenset()) | (frozenset(constraint.proposals) - {i})
    return found


def needed(i: str, needs: dict[str, frozenset[str]], funded: Callable[[str], bool]) -> frozenset[str]:
    """The proposal and all it needs, directly or on, that ``funded`` does not hold of: they stand or fall together."""
    found, waiting = {i}, [i]
    while waiting:
        for other in needs.get(waiting.pop(), ()):
            if other not in found and not funded(other):
                found.add(other)
                waiting.append(other)
    return frozenset(found)


def out_codes(election: Election, plan: Plan, support: Support) -> tuple[str | None, ...]:
    """By proposal: ``withdrawn``, ``pre-funded``, ``no-quorum``, ``over-pool``, ``over-cap``, ``below-minimum``,
    ``below-threshold``, ``excluded``, ``no-support``, whichever is the first that applies."""
    pool = shared_out(election, plan)
    early = [_early(election, plan, support, pool, p) for p in range(len(election.ids))]
    unsupported = [not plan.voteless and not supporters for supporters in support.supporters]
    excluded = set(_excluded(election, plan, early, unsupported)) if plan.terms.constraints else set()
    return tuple(
        code or ("excluded" if i in excluded else "no-support" if nobody else None)
        for i, code, nobody in zip(election.ids, early, unsupported, strict=True)
    )


def _early(election: Election, plan: Plan, support: Support, pool: int, p: int) -> str | None:
    """The reasons that lie in the proposal itself, with ``pool`` to share out."""
    proposal, terms, traits = election.proposals[p], plan.terms, plan.traits
    if proposal.withdrawn or proposal.id in terms.withdrawn:
        return "withdrawn"
    if proposal.id in terms.pre_funded:
        return "pre-funded"
    voters = Fraction(support.total, support.denominator) if terms.asks_voters else Fraction(0)
    if terms.turnout is not None and voters < terms.turnout:
        return "no-quorum"
    cost, share = proposal.cost, traits.least_share
    asked, least = plan.ask(cost), proposal.min_cost or 1
    smallest, of = (
        (asked if traits.whole_ask else least, 1) if traits.partial else (share.numerator * cost, share.denominator)
    )
    if smallest > pool * of:  # in whole numbers, which are compared faster
        return "over-pool"
    if not traits.partial and terms.cap is not None and cost > terms.cap:
        return "over-cap"
    if traits.partial and asked < least:
        return "below-minimum"
    if plan.threshold is None and not terms.asks_voters:
        return None
    score = Fraction(support.scores[p], support.denominator)
    if (
        (plan.threshold is not None and score < plan.threshold)
        or (terms.threshold_share is not None and score < terms.threshold_share * voters)
        or (terms.cost_share is not None and score * election.pool.amount < terms.cost_share * cost * voters)
    ):
        return "below-threshold"
    return None


def _excluded(election: Election, plan: Plan, early: list[str | None], unsupported: list[bool]) -> Iterator[str]:
    """Those that need one that is out, or share a ``one-of`` with a pre-funded one, or need one that does."""
    given = set(plan.terms.pre_funded)
    out = {
        i
        for i, code, nobody in zip(election.ids, early, unsupported, strict=True)
        if i not in given and (code or nobody)
    }
    barred = {
        i for c in plan.terms.constraints if c.kind == "one-of" and given & set(c.proposals) for i in c.proposals
    } - given
    needs = needs_of(plan.terms.constraints)
    for i in election.ids:
        if i in barred or (needed(i, needs, given.__contains__) - {i}) & (out | barred):
            yield i


def shared_out(election: Election, plan: Plan) -> int:
    """B': the pool less what is given beforehand."""
    return election.pool.amount - sum(election.costs[election.index[i]] for i in plan.terms.pre_funded)
