"""Why a proposal was or was not funded: the facts of one count about one proposal, exact, before any sentence is made.

Everything is read from the steps of the count or counted again.  If the comparison took the greedy outcome, the greedy steps are
what is explained.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from borgerbudget.election import Election
from borgerbudget.money import MINOR_UNITS
from tallies.counting import count
from tallies.explain.least_change import Change, cost_change, pool_change, votes_change
from tallies.explain.obstacles import Obstacle, kept_out, needed_by
from tallies.explain.payments import Payment, Price, payments_of, price_of
from tallies.explain.trials import Trials
from tallies.explain.turn import Turn, turn_of
from tallies.numerics.purses import Purses
from tallies.outcome import Outcome
from tallies.plan import Plan
from tallies.rationals import number, rational_text
from tallies.shares import market_of, run
from tallies.steps import Comparison, EndowmentStopped, Topped
from tallies.stretches import Lines

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Votes:
    """``rank``: 1 + how many proposals (not withdrawn, ``of`` of them) have a greater score; ``shared``: how many
    others have the same.  ``voters``: every valid ballot."""

    supporters: Fraction
    score: Fraction
    voters: Fraction
    rank: int
    of: int
    shared: int

    def as_json(self) -> dict[str, object]:
        return {
            "supporters": number(self.supporters),
            "score": number(self.score),
            "voters": number(self.voters),
            "rank": self.rank,
            "of": self.of,
            "shared": self.shared,
        }


@dataclass(frozen=True, slots=True)
class Shares:
    """Equal shares: what every voter began with, what the supporters hold at the end, what they paid for, and if they
    bought the proposal itself at which price."""

    endowment: Fraction
    held: Fraction
    payments: tuple[Payment, ...]
    price: Price | None

    def as_json(self) -> dict[str, object]:
        return {
            "endowment": rational_text(self.endowment),
            "held": rational_text(self.held),
            "payments": [payment.as_json() for payment in self.payments],
            "price": None if self.price is None else self.price.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Raised:
    """add1*: the endowment was raised ``kept`` times; ``reason`` says why not once more."""

    kept: int
    reason: str
    next_endowment: Fraction | None
    next_total: int | None

    def as_json(self) -> dict[str, object]:
        following = self.next_endowment
        return {
            "kept": self.kept,
            "reason": self.reason,
            "next_endowment": None if following is None else rational_text(following),
            "next_total": self.next_total,
        }


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparison with greedy, and which outcome was taken."""

    by: str
    for_greedy: Fraction
    for_equal_shares: Fraction
    taken: str

    def as_json(self) -> dict[str, object]:
        return {
            "by": self.by,
            "for_greedy": number(self.for_greedy),
            "for_equal_shares": number(self.for_equal_shares),
            "taken": self.taken,
        }


@dataclass(frozen=True, slots=True)
class Changes:
    """Each on its own; for a funded proposal only ``cost``, the largest price at which it still wins.  ``votes`` is None, too,
    where ballots weigh differently: no number of new voters says what is needed."""

    cost: Change
    votes: Change | None
    pool: Change | None

    def as_json(self) -> dict[str, object]:
        return {
            "cost": self.cost.as_json(),
            "votes": None if self.votes is None else self.votes.as_json(),
            "pool": None if self.pool is None else self.pool.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """``reason``: why it was not funded, as in the outcome.  ``amount`` and ``topped_up`` when it was.  ``titles``: of
    every proposal that is named.  ``ask``: what the plan gives at most, ``least``: the smallest amount it can be carried out
    with, both where the rule may pay part of the cost; ``more``: what of the amount came from what was left over;
    ``shared_out``: the pool without what was given beforehand, if anything was.  ``needs``: what it is funded only together
    with; ``kept_out``: what of the constraints keeps it from taking part.  Amounts in minor units."""

    proposal: str
    titles: tuple[tuple[str, str], ...]
    cost: int
    pool: int
    currency: str
    method: str
    plan: Plan
    votes: Votes
    weighted: bool
    funded: bool
    reason: str | None
    amount: int | None
    topped_up: int | None
    turn: Turn | None
    shares: Shares | None
    raised: Raised | None
    compared: Compared | None
    changes: Changes | None
    ask: int | None = None
    least: int | None = None
    more: int | None = None
    shared_out: int | None = None
    needs: tuple[str, ...] = ()
    kept_out: Obstacle | None = None

    def as_json(self) -> dict[str, object]:
        """The document ``borgerbudget.explanation/1``: integers and ``num/den``, never a float."""

        def part(value: Any) -> object:
            return None if value is None else value.as_json()

        return {
            "schema": "borgerbudget.explanation/1",
            "proposal": self.proposal,
            "titles": dict(self.titles),
            "cost": self.cost,
            "pool": self.pool,
            "currency": self.currency,
            "minor_units": MINOR_UNITS,
            "method": self.method,
            "plan": self.plan.as_json(),
            "votes": self.votes.as_json(),
            **({"weighted": True} if self.weighted else {}),
            "funded": self.funded,
            "reason": self.reason,
            "amount": self.amount,
            "topped_up": self.topped_up,
            "turn": part(self.turn),
            "shares": part(self.shares),
            "raised": part(self.raised),
            "compared": part(self.compared),
            "changes": part(self.changes),
            **({} if self.ask is None else {"ask": self.ask, "least": self.least}),
            **({} if self.more is None else {"more": self.more}),
            **({} if self.shared_out is None else {"shared_out": self.shared_out}),
            **({"needs": list(self.needs)} if self.needs else {}),
            **({} if self.kept_out is None else {"kept_out": self.kept_out.as_json()}),
        }


def why(
    election: Election,
    plan: Plan,
    proposal_id: str,
    *,
    outcome: Outcome | None = None,
    changes: bool = True,
    lines: Lines | None = None,
) -> Explanation:
    """Explains one proposal.

    ``outcome``: the count, if it is already known; ``changes``: also look for what it would have taken (many counts);
    ``lines``: runs that other proposals' explanations share.
    KeyError for an unknown proposal; TieMatters when only a lot may decide.
    """
    p = election.index[proposal_id]
    outcome = outcome or count(election, plan)
    contest = outcome.contest
    award = next((award for award in outcome.funded if award.proposal == proposal_id), None)
    trial = Trials(election, plan, p, contest.support, shared=lines or Lines(election, plan, contest.support))
    turn = turn_of(outcome, p)
    shares = _shares(outcome, p)
    needs = needed_by(contest, p)
    barred = kept_out(contest, p) if contest.out[p] == "excluded" else None
    named = {proposal_id, *needs, *(barred.proposals if barred else ())}
    if turn is not None:
        named |= {*turn.tied, *turn.over, *(turn.obstacle.proposals if turn.obstacle else ())}
    if shares is not None:
        named |= {payment.proposal for payment in shares.payments}
    return Explanation(
        proposal=proposal_id,
        titles=tuple((i, election.proposals[election.index[i]].title) for i in sorted(named, key=str.encode)),
        cost=election.costs[p],
        pool=election.pool.amount,
        currency=election.pool.currency,
        method=election.method.name,
        plan=plan,
        votes=_votes(trial),
        weighted=election.weighted,
        funded=award is not None,
        reason=None if award else dict(outcome.not_funded)[proposal_id],
        amount=award.amount if award else None,
        topped_up=award.topped_up if award else None,
        turn=turn,
        shares=shares,
        raised=next(
            (Raised(s.kept, s.reason, s.next_endowment, s.next_total) for s in _of(outcome, EndowmentStopped)), None
        ),
        compared=next(
            (Compared(s.by, s.for_greedy, s.for_equal_shares, s.taken) for s in _of(outcome, Comparison)), None
        ),
        changes=_changes(trial, outcome, award is not None) if changes and p not in contest.given else None,
        ask=contest.asks[p] if plan.traits.partial else None,
        least=contest.least[p] if plan.traits.partial else None,
        shared_out=contest.pool if contest.given else None,
        needs=needs,
        kept_out=barred,
        more=sum(step.amount for step in _of(outcome, Topped) if step.proposal == p) or None,
    )


def _of(outcome: Outcome, kind: type[S]) -> list[S]:
    return [step for step in outcome.steps if isinstance(step, kind)]


def _changes(trial: Trials, outcome: Outcome, funded: bool) -> Changes:
    cost = cost_change(trial, outcome)
    if funded:
        return Changes(cost, None, None)
    return Changes(cost, None if trial.election.weighted else votes_change(trial, outcome), pool_change(trial))


def _votes(trial: Trials) -> Votes:
    p, scores = trial.proposal, trial.scores
    mine = scores[p]
    return Votes(
        supporters=trial.supporters[p],
        score=mine,
        voters=trial.voters if trial.support.total else Fraction(0),
        rank=1 + sum(scores[q] > mine for q in trial.rivals),
        of=len(trial.rivals) + (not trial.election.proposals[p].withdrawn),
        shared=sum(scores[q] == mine for q in trial.rivals),
    )


def _run(outcome: Outcome) -> Purses | None:
    """The run of equal shares behind the outcome, once more."""
    if outcome.endowment is None:
        return None
    contest = outcome.contest
    kept = next((step.kept for step in _of(outcome, EndowmentStopped)), None)
    return run(contest, market_of(contest), outcome.endowment, kept)


def _shares(outcome: Outcome, p: int) -> Shares | None:
    purses = _run(outcome)
    if purses is None or outcome.contest.out[p] is not None:
        return None
    return Shares(
        endowment=purses.endowment,
        held=purses.ledger.money_of(p),
        payments=payments_of(purses, p, outcome.contest.election.ids),
        price=price_of(purses, p, outcome.contest.plan.utility),
    )
