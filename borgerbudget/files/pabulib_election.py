"""An election as a .pb document: one ballot for each voter, or the totals of a hand count.

An election knows no country, unit, dates or voters; the format's keys for those are left out, never made up.
"""

from __future__ import annotations

from fractions import Fraction

from borgerbudget.election import Election
from borgerbudget.errors import InputRejected, Place, problem
from borgerbudget.files.meta import VOTE_TYPES
from borgerbudget.files.pabulib import WITHDRAWN
from borgerbudget.files.pabulib_document import Document, Section
from borgerbudget.files.words import PROBLEMS
from borgerbudget.money import plain_amount
from borgerbudget.words import Text

MOST_VOTERS = 10_000_000


def document_of(election: Election, name: str) -> Document:
    """The election's document.  Raises InputRejected when its ballots are not whole voters."""
    profile, method, limits = election.profile, election.method, election.limits
    reason = _no_voters(election)
    if reason is not None:
        raise InputRejected(problem(PROBLEMS, "FI-007", Place(name), reason=reason))
    vote_type = next((k for k, name in VOTE_TYPES.items() if name == method.name), "approval")  # knapsack, too
    basket = limits.max_sum_cost
    if method.name == "knapsack" and basket is None:
        basket = election.pool.amount
    threshold = election.declared_threshold
    meta = {
        "description": election.round,
        "num_projects": len(election.proposals),
        "num_votes": profile.total,
        "budget": plain_amount(election.pool.amount),
        "vote_type": vote_type,
        "rule": election.declared_rule or "unknown",
        "min_length": limits.min_length,
        "max_length": limits.max_length,
        "min_sum_cost": None if limits.min_sum_cost is None else plain_amount(limits.min_sum_cost),
        "max_sum_cost": None if basket is None else plain_amount(basket),
        "min_points": limits.min_points,
        "max_points": limits.max_points,
        "min_sum_points": limits.min_sum_points,
        "max_sum_points": limits.max_sum_points,
        "default_score": limits.default_score if method.name == "scoring" else None,
        "min_project_score_threshold": None if threshold is None else _decimal(threshold),
        "currency": election.pool.currency or None,
    }
    votes = []
    for group, weight in enumerate([] if election.hand_count else profile.weights.tolist()):
        listed, points = profile.ballot(group)
        ids = ",".join(election.ids[p] for p in listed)
        cells = (ids,) if points is None else (ids, ",".join(map(str, points)))
        votes += [cells] * weight
    return Document(
        Section(("key", "value"), tuple((key, str(value)) for key, value in meta.items() if value is not None)),
        _projects(election),
        Section(
            ("voter_id", "vote", "points") if method.has_points else ("voter_id", "vote"),
            tuple((str(number), *cells) for number, cells in enumerate(votes, 1)),
        ),
    )


def _no_voters(election: Election) -> Text | None:
    """Why its ballots cannot be written as one line for each voter; None where they can."""
    profile = election.profile
    if election.by_area:
        return Text(
            "sedlerne vejer efter område, og hvilken seddel der kom hvorfra, er ikke kendt",
            "the ballots weigh by area, and which of them came from where is not known",
        )
    if profile.denominator != 1:
        return Text("nogle sedler tæller som en brøkdel af en vælger", "some ballots count as a fraction of a voter")
    if profile.total > MOST_VOTERS and not election.hand_count:
        return Text(
            f"{profile.total} vælgere er flere end {MOST_VOTERS}", f"{profile.total} voters are more than {MOST_VOTERS}"
        )
    return None


def _projects(election: Election) -> Section:
    """The proposals; with the columns ``min_cost`` and ``votes`` only where they say something.

    The cost of a withdrawn proposal is lost, and so is the least amount that belonged to it.
    """
    proposals = election.proposals
    columns: dict[str, list[str]] = {
        "project_id": [p.id for p in proposals],
        "cost": [WITHDRAWN if p.withdrawn else plain_amount(p.cost) for p in proposals],
        "name": [p.title for p in proposals],
        "category": [",".join(p.category) for p in proposals],
        "neighborhood": [p.area or "" for p in proposals],
    }
    least = [None if p.withdrawn else p.min_cost for p in proposals]
    if any(least):
        columns["min_cost"] = ["" if amount is None else plain_amount(amount) for amount in least]
    if election.totals is not None:
        columns["votes"] = list(map(str, election.totals))
    return Section(tuple(columns), tuple(zip(*columns.values(), strict=True)))


def _decimal(value: Fraction) -> str:
    """A fraction that was read from decimal text, as decimal text."""
    digits = next(digits for digits in range(17) if 10**digits % value.denominator == 0)
    whole, decimals = divmod(abs(value.numerator) * 10**digits // value.denominator, 10**digits)
    return f"{'-' if value < 0 else ''}{whole}" + (f".{decimals:0{digits}d}" if digits else "")
