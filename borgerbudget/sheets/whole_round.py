"""Two tables and the sum of money as one round, in the cells of a .pb file.

The ballots come in the order of what they say, numbered anew: nothing in the round tells who answered or when.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from borgerbudget.files.pabulib_document import Document, Section
from borgerbudget.money import plain_amount
from borgerbudget.sheets.ballots import BallotTable
from borgerbudget.sheets.proposals import ProposalRow, ProposalTable

COLUMNS = ("project_id", "cost", "name", "min_cost", "category", "neighborhood", "description")


def round_document(
    proposals: ProposalTable, ballots: BallotTable, pool: int, currency: str, said: Mapping[str, str]
) -> Document:
    """``pool`` in minor units; ``said``: other keys of META, which go before what would be written otherwise."""
    votes = sorted(
        (",".join(row.choices), "" if row.points is None else ",".join(map(str, row.points))) for row in ballots.rows
    )
    with_points = any(row.points is not None for row in ballots.rows)
    meta = {
        "description": said.get("description", ""),
        **{key: value for key, value in said.items() if key not in ("pool", "description")},
        "num_projects": str(len(proposals.rows)),
        "num_votes": str(len(votes)),
        "budget": plain_amount(pool),
        "vote_type": said.get("vote_type", ballots.vote_type),
        "currency": currency,
    }
    return Document(
        Section(("key", "value"), tuple((key, value) for key, value in meta.items() if value)),
        _projects(proposals.rows),
        Section(
            ("voter_id", "vote", "points") if with_points else ("voter_id", "vote"),
            tuple((str(n), *(vote if with_points else vote[:1])) for n, vote in enumerate(votes, 1)),
        ),
    )


def _projects(proposals: Sequence[ProposalRow]) -> Section:
    """The proposals, with those of the columns that say something of one of them."""
    cells = [
        (
            p.id, plain_amount(p.cost), p.title, "" if p.min_cost is None else plain_amount(p.min_cost),
            ",".join(p.category), p.area or "", p.summary or "",
        )
        for p in proposals
    ]  # fmt: skip
    kept = [at for at, name in enumerate(COLUMNS) if at < 3 or any(row[at] for row in cells)]
    return Section(tuple(COLUMNS[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in cells))
