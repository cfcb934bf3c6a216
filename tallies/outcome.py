"""The outcome, folded from the steps: it cannot disagree with the trace because it is made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from borgerbudget.frozen import frozen
from borgerbudget.money import MINOR_UNITS
from tallies.contest import Contest
from tallies.rationals import number, rational_text
from tallies.reserve import reserve_list
from tallies.steps import Comparison, EndowmentStopped, Funded, Interval, Skipped, Step, Stopped, Topped, Unaffordable
from tallies.support import per_voter


@frozen(slots=True)
class Award:
    """A funded proposal: id, amount in minor units, the step that funded it, what came from outside the pool."""

    proposal: str
    amount: int
    step: int
    topped_up: int | None = None


@frozen(slots=True)
class MetTie:
    """A tie in a step of the trace and what decided it."""

    step: int
    tied: tuple[str, ...]
    chosen: str
    decided_by: str


@frozen(eq=False)
class Outcome:
    """The result of one count with everything it was folded from.

    ``steps`` are numbered from 1; ``intervals`` is add1's table.  ``not_funded``: (id, reason) by id.  ``endowment`` in
    minor units per voter.
    """

    contest: Contest
    intervals: tuple[Interval, ...]
    steps: tuple[Step, ...]
    funded: tuple[Award, ...]
    not_funded: tuple[tuple[str, str], ...]
    ties: tuple[MetTie, ...]
    endowment: Fraction | None

    @property
    def spent(self) -> int:
        return sum(award.amount for award in self.funded)

    @property
    def left(self) -> int:
        """What is left of the pool."""
        return self.contest.election.pool.amount - self.spent

    @cached_property
    def won(self) -> frozenset[int]:
        """The funded proposals."""
        return frozenset(self.contest.election.index[award.proposal] for award in self.funded)

    @cached_property
    def key(self) -> frozenset[tuple[str, int]]:
        """What makes two outcomes the same: the funded proposals with their amounts."""
        return frozenset((award.proposal, award.amount) for award in self.funded)

    def ballots(self) -> dict[str, object]:
        """As in header and outcome; of a hand count only the number of ballots is known."""
        profile = self.contest.election.profile
        if self.contest.election.hand_count:
            return {"valid": number(profile.voters), "blank": None, "distinct": None}
        return {"valid": number(profile.voters), "blank": number(profile.blank), "distinct": profile.distinct}

    def as_json(self, diagnostics: bool = False) -> dict[str, object]:
        """The document ``borgerbudget.outcome/1``."""
        election = self.contest.election
        document: dict[str, object] = {
            "schema": "borgerbudget.outcome/1",
            "plan": self.contest.plan.as_json(),
            "currency": election.pool.currency,
            "minor_units": MINOR_UNITS,
            "pool": election.pool.amount,
            "spent": self.spent,
            "ballots": self.ballots(),
            "funded": [_award(award) for award in self.funded],
            "not_funded": [{"proposal": i, "reason": reason} for i, reason in self.not_funded],
            "ties": [
                {"step": t.step, "tied": list(t.tied), "chosen": t.chosen, "decided_by": t.decided_by}
                for t in self.ties
            ],
            "endowment": None if self.endowment is None else rational_text(self.endowment),
            "input_sha256": election.input_sha256,
        }
        terms = self.contest.plan.terms
        if terms.leftover is not None:
            document["leftover"] = {"amount": self.left, "policy": terms.leftover}
        if terms.reserve:
            document["reserve"] = [list(tied) for tied in reserve_list(self.contest, self.won)]
        if election.hand_count:
            document["recountable"] = False
        if diagnostics:
            document["diagnostics"] = self.contest.diagnostics.as_json()
        return document


def _award(award: Award) -> dict[str, object]:
    found: dict[str, object] = {"proposal": award.proposal, "amount": award.amount, "step": award.step}
    if award.topped_up is not None:
        found["topped_up"] = award.topped_up
    return found


def fold(contest: Contest, counted: Iterable[Interval | Step]) -> Outcome:
    """Steps -> outcome."""
    ids = contest.election.ids
    intervals, steps = [], []
    funded: list[Award] = []
    reasons: dict[int, str] = {}
    ties: list[MetTie] = []
    plan = contest.plan
    endowment: Fraction | None = None
    if plan.completion is not None and not plan.adds and contest.support.total:
        endowment = per_voter(contest.pool, contest.support)
    for step in counted:
        if isinstance(step, Interval):
            intervals.append(step)
            continue
        steps.append(step)
        if isinstance(step, (Funded, Skipped, Topped)) and step.tied and step.decided_by:
            tied = tuple(ids[p] for p in step.tied)
            ties.append(MetTie(len(steps), tied, ids[step.proposal], step.decided_by))
        if isinstance(step, Funded):
            funded.append(Award(ids[step.proposal], step.amount, len(steps), step.topped_up))
        elif isinstance(step, Skipped):
            reasons[step.proposal] = step.because or "does-not-fit"
        elif isinstance(step, Topped):
            at = next(i for i, award in enumerate(funded) if award.proposal == ids[step.proposal])
            funded[at] = replace(funded[at], amount=funded[at].amount + step.amount)
        elif isinstance(step, Unaffordable):
            reasons[step.proposal] = "unaffordable"
        elif isinstance(step, Stopped):
            reasons |= dict.fromkeys(step.over, "does-not-fit")
            if step.tied and step.decided_by:
                tied = tuple(ids[p] for p in step.tied)
                ties.append(MetTie(len(steps), tied, ids[step.over[0]], step.decided_by))
        elif isinstance(step, EndowmentStopped):
            endowment = step.endowment
        elif isinstance(step, Comparison) and step.taken == "greedy":
            funded, reasons, endowment = funded[: len(contest.given)], {}, None
    won = {award.proposal for award in funded}
    not_funded = tuple(
        (ids[p], code if code is not None else reasons.get(p, "after-stop"))
        for p, code in enumerate(contest.out)
        if ids[p] not in won
    )
    return Outcome(contest, tuple(intervals), tuple(steps), tuple(funded), not_funded, tuple(ties), endowment)
