"""Files made of the others, for other programs and for people: ``round.pb`` and ``tables/result.csv``.

Neither decides anything.  Both follow from the bundle's other members alone, so an auditor makes them again and
compares the bytes (docs/audit-bundle.md has the rules).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from borgerbudget.canonical import fit_text
from borgerbudget.election import Election
from borgerbudget.files.meta import VOTE_TYPES
from borgerbudget.files.pabulib import WITHDRAWN
from borgerbudget.files.pabulib_document import Document, Section, write_document
from borgerbudget.money import plain_amount
from borgerbudget.profile_lines import read_profile_lines
from tallies.outcome import Outcome
from tallies.rationals import number

MOST_VOTERS = 1_000_000
"""Beyond, a bundle has no ``round.pb``."""


def round_pb(election: Election, ballots: bytes) -> bytes | None:
    """The round as a Pabulib file, voters numbered in the order of ``ballots.tsv``; None when it has no such form: a row is
    one voter, so too many voters and ballots that weigh by area or in parts have none."""
    method, limits = election.method, election.limits
    lines = read_profile_lines(ballots, method.name, election.index, limits.default_score)
    total = sum((line.voters for line in lines), Fraction(0))
    if election.by_area or any(line.voters.denominator != 1 for line in lines) or total > MOST_VOTERS:
        return None
    meta: dict[str, object] = {
        "description": election.round,
        "num_projects": len(election.proposals),
        "num_votes": total,
        "budget": plain_amount(election.pool.amount),
        "vote_type": next((kind for kind, name in VOTE_TYPES.items() if name == method.name), "approval"),
        "rule": "unknown",
    }
    if method.name == "knapsack":
        meta["max_sum_cost"] = meta["budget"]
    if method.name == "scoring":
        meta["default_score"] = limits.default_score
    meta["currency"] = fit_text(election.pool.currency)
    least = [None if proposal.withdrawn else proposal.min_cost for proposal in election.proposals]
    columns = ("project_id", "cost", "name", "category", "neighborhood", *(["min_cost"] if any(least) else []))
    projects = tuple(
        (
            proposal.id,
            WITHDRAWN if proposal.withdrawn else _cost(proposal.cost),
            fit_text(proposal.title),
            ",".join(filter(None, map(fit_text, proposal.category))),
            fit_text(proposal.area or ""),
            "" if amount is None else plain_amount(amount),
        )[: len(columns)]
        for proposal, amount in zip(election.proposals, least, strict=True)
    )
    cells = [(",".join(line.ids), *([",".join(map(str, line.points))] if method.has_points else [])) for line in lines]
    votes = [cell for line, cell in zip(lines, cells, strict=True) for _ in range(int(line.voters))]
    document = Document(
        Section(("key", "value"), tuple((key, str(value)) for key, value in meta.items())),
        Section(columns, projects),
        Section(
            ("voter_id", "vote", *(["points"] if method.has_points else [])),
            tuple((str(place), *cell) for place, cell in enumerate(votes, 1)),
        ),
    )
    return write_document(document)


def _cost(amount: int) -> str:
    text = plain_amount(amount)
    return text + ".00" if text == WITHDRAWN else text


def result_csv(outcome: Outcome, document: Mapping[str, Any], people: Sequence[int] | None) -> bytes:
    """The result as a table that opens in a Danish spreadsheet: first those funded, in order, then the others by id.
    ``people``: how many support each proposal, where that is shown and another number than their votes."""
    contest = outcome.contest
    election, support = contest.election, contest.support
    awards = {award["proposal"]: award["amount"] for award in document["funded"]}
    reasons = {entry["proposal"]: entry["reason"] for entry in document["not_funded"]}
    told = [] if people is None else ["personer/people"]
    columns = ("støtter/supporters", *told, "stemmetal/score", "beløb/amount", "status")
    rows: list[tuple[str, ...]] = [("id", "titel/title", "pris/cost", *columns)]
    for proposal in (*awards, *reasons):
        p = election.index[proposal]
        rows.append(
            (
                _guarded(proposal),
                _guarded(fit_text(election.proposals[p].title)),
                _money(election.costs[p]),
                _number(Fraction(support.supporters[p], support.denominator)),
                *([] if people is None else [str(people[p])]),
                _number(contest.score(p)),
                _money(awards.get(proposal, 0)),
                reasons.get(proposal, "funded"),
            )
        )
    lines = (";".join(map(_quoted, row)) + "\r\n" for row in rows)
    return b"\xef\xbb\xbf" + "".join(lines).encode()


def _guarded(text: str) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe."""
    return "'" + text if text.startswith(("=", "+", "-", "@")) else text


def _money(amount: int) -> str:
    return f"{amount // 100},{amount % 100:02d}"


def _number(value: Fraction) -> str:
    text = number(value)
    return str(text) if isinstance(text, int) else "'" + text


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if ";" in cell or '"' in cell else cell
