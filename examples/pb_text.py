"""A fictive round as a .pb file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

WITHDRAWN = "999999999"
"""What a .pb file writes as the cost of a proposal that was withdrawn after it got on the ballot."""

Ballot = dict[str, int | None]
"""Proposal -> points, in the order of the ballot; None where the method has no points."""


@dataclass(frozen=True)
class Idea:
    """A proposal; ``cost`` and ``least`` (the least amount with which it can be carried out) as decimal text in kroner."""

    id: str
    cost: str
    name: str
    category: str
    beneficiaries: str
    place: str
    least: str = ""


@dataclass(frozen=True)
class Round:
    """``settled``: the ``selected`` column is written, as greedy with skipping decides.  ``homes``: where each ballot comes
    from, if the votes are corrected by area.  ``totals``: of a hand count, the votes of each proposal."""

    name: str
    meta: Mapping[str, str]
    ideas: tuple[Idea, ...]
    ballots: tuple[Ballot, ...]
    settled: bool = False
    paper_share: float = 1.0
    homes: tuple[str, ...] = ()
    totals: Mapping[str, int] | None = None


def meta_of(place: str, about: str, budget: str, kind: str, rule: str, dates: tuple[str, str]) -> dict[str, str]:
    return {
        "description": about,
        "country": "Denmark",
        "unit": place,
        "instance": "2026",
        "num_projects": "",
        "num_votes": "",
        "budget": budget,
        "vote_type": kind,
        "rule": rule,
        "date_begin": dates[0],
        "date_end": dates[1],
    }


def minor(cost: str) -> int:
    """Øre of a price in kroner."""
    kroner, _, rest = cost.partition(".")
    return int(kroner) * 100 + int(rest.ljust(2, "0"))


def _points(ballot: Ballot, kind: str) -> list[int]:
    if kind == "ordinal":
        return [len(ballot) - position for position in range(len(ballot))]
    return [1 if points is None else points for points in ballot.values()]


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ';"\n') else text


def text(found: Round) -> str:
    """The .pb file."""
    kind = found.meta["vote_type"]
    counted = kind in ("cumulative", "ordinal")
    votes = dict.fromkeys((idea.id for idea in found.ideas), 0) | dict(found.totals or {})
    score = dict(votes)
    for ballot in found.ballots:
        for proposal, points in zip(ballot, _points(ballot, kind), strict=True):
            votes[proposal] += 1
            score[proposal] += points
    funded, left = set[str](), minor(found.meta["budget"])
    for idea in sorted(found.ideas, key=lambda idea: (-score[idea.id], minor(idea.cost))):
        if minor(idea.cost) <= left:
            left -= minor(idea.cost)
            funded.add(idea.id)

    least = any(idea.least for idea in found.ideas)
    voters = found.meta["num_votes"] or str(len(found.ballots))
    meta = dict(found.meta) | {"num_projects": str(len(found.ideas)), "num_votes": voters}
    meta["neighborhoods"] = ",".join(dict.fromkeys(idea.place for idea in found.ideas))
    meta["categories"] = ",".join(dict.fromkeys(idea.category for idea in found.ideas))
    meta |= {"language": "da", "currency": "DKK"}
    head = [
        "project_id",
        "cost",
        *(["min_cost"] if least else []),
        "votes",
        *(["score"] if counted else []),
        "name",
        "category",
        "beneficiaries",
    ]
    rows = [["META"], ["key", "value"], *([key, value] for key, value in meta.items()), ["PROJECTS"]]
    rows.append([*head, *(["selected"] if found.settled else []), "neighborhood"])
    for idea in found.ideas:
        row = [idea.id, idea.cost, *([idea.least] if least else []), str(votes[idea.id])]
        row += [str(score[idea.id])] if counted else []
        row += [idea.name, idea.category, idea.beneficiaries]
        row += [str(int(idea.id in funded))] if found.settled else []
        rows.append([*row, idea.place])
    cumulative = kind == "cumulative"
    homes = ["neighborhood"] if found.homes else []
    rows += [["VOTES"], ["voter_id", "vote", *(["points"] if cumulative else []), "voting_method", *homes]]
    random = Random(1)
    for voter, ballot in enumerate(found.ballots, 1):
        row = [str(voter), ",".join(ballot)]
        row += [",".join(str(points) for points in ballot.values())] if cumulative else []
        row.append("paper" if random.random() < found.paper_share else "internet")
        rows.append([*row, found.homes[voter - 1]] if found.homes else row)
    return "".join(";".join(_cell(cell) for cell in row) + "\n" for row in rows)
