"""Before and after the rule: what is given beforehand, and what happens to money that is left over (docs/village-rules.md)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tallies.allowances import opened, whatever_is_left
from tallies.contest import Contest
from tallies.passes import Passes
from tallies.splits import equal_awards, shared_in_turn
from tallies.steps import Comparison, Funded, Interval, Skipped, Step, Topped

PARTS = {"next": 0, "next-part": 1}
"""Policies that go on with the next in line -> how many may get part of what they ask."""


def given_beforehand(contest: Contest) -> Iterator[Funded]:
    left = contest.election.pool.amount
    for p in contest.given:
        left -= contest.costs[p]
        yield Funded("given", p, contest.costs[p], left, Fraction(0))


def with_leftover(contest: Contest, counted: Iterator[Interval | Step]) -> Iterator[Interval | Step]:
    """What was given, ``counted`` by the rule, and what the plan's policy does with the rest."""
    yield from given_beforehand(contest)
    policy = contest.plan.terms.leftover
    if policy not in PARTS and policy != "redistribute":
        yield from counted
        return
    awards: dict[int, int] = {}
    number = contest.first_step
    for step in counted:
        number += not isinstance(step, Interval)
        if isinstance(step, Funded):
            awards[step.proposal] = step.amount
        elif isinstance(step, Comparison) and step.taken == "greedy":
            awards = {}
        yield step
    yield from _next(contest, awards, number) if policy in PARTS else _redistributed(contest, awards, number)


def _next(contest: Contest, awards: dict[int, int], number: int) -> Iterator[Funded | Skipped]:
    allowances = opened(contest)
    for p, amount in awards.items():
        allowances.pay(p, amount)
    supported = [p for p in contest.eligible if contest.support.supporters[p]]
    parts = PARTS[contest.plan.terms.leftover or ""]
    return Passes(contest, allowances, contest.score, parts, number).one("leftover", supported, whatever_is_left)


def _redistributed(contest: Contest, awards: dict[int, int], number: int) -> Iterator[Topped]:
    """Split equally among the funded that got less than their cost and the plan's cap."""
    cap, left = contest.plan.terms.cap, contest.pool - sum(awards.values())
    lacking = {p: min(contest.costs[p], cap or contest.costs[p]) - amount for p, amount in awards.items()}
    lacking = {p: lack for p, lack in lacking.items() if lack > 0}
    if not lacking or not left:
        return
    step = iter(range(number, number + len(lacking))).__next__
    for turn, amount in shared_in_turn(contest, equal_awards(lacking, left, 1), sorted(lacking), 1, step):
        if amount:
            left -= amount
            yield Topped("leftover", turn.proposal, amount, left, turn.value, turn.tied, turn.decided_by)
