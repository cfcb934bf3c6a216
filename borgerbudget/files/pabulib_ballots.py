"""The section VOTES cell by cell: rows -> votes, and everything that is wrong with them.

Equal cells are counted first and read once.  Lines are looked up only for what is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import compress, islice

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots import BallotMethod
from borgerbudget.ballots.method import Ints, Marks
from borgerbudget.files.entries import split
from borgerbudget.files.findings import Findings, shown
from borgerbudget.files.numbers import parse_whole
from borgerbudget.files.pabulib_document import NEEDED
from borgerbudget.files.table import Table
from borgerbudget.files.vote_rows import EXAMPLES, Cell, Rows, gather, gather_well_formed
from borgerbudget.files.votes import Votes

_TITLES = {form(title) for title in NEEDED for form in (str.upper, str.lower, str.capitalize)}


def read_votes(
    table: Table, kind: BallotMethod, ids: Sequence[str], findings: Findings, with_area: bool = False
) -> Votes | None:
    """The ballots of the VOTES section; None when some of them cannot be read.

    ``with_area``: only ballots of one area are told as equal.
    """
    columns = ("vote", "points") if kind.has_points else ("vote",)
    rows = None if with_area else gather_well_formed(table, columns)
    if rows is None or not split(_column(rows.counted, 0))[0].all():
        # a row without a vote may be a blank line, or a section's title
        rows = gather(table, columns, findings, with_area)
    _check_voters(rows, findings)
    counted, cells = rows.counted, tuple(rows.counted)
    sizes, proposals = _proposals(rows, cells, ids, findings)
    sound = not findings.has("PB-040")

    points = None
    if kind.has_points:
        points = _points(rows, cells, sizes, findings)
        sound &= points is not None
    if not sound:
        return None
    offsets = np.zeros(len(cells) + 1, np.int64)
    np.cumsum(sizes, out=offsets[1:])
    counts = np.fromiter(counted.values(), np.int64, len(cells))
    votes = Votes(Marks(offsets, proposals, points), counts, table, rows, cells)
    votes.tell_blank(findings)
    return votes


def _proposals(
    rows: Rows, cells: Sequence[Cell], ids: Sequence[str], findings: Findings
) -> tuple[Ints, NDArray[np.int32]]:
    """How many proposals each cell names, and which; -1 for those that are reported as unknown."""
    sizes, entries = split(_column(cells, 0))
    index = {name: i for i, name in enumerate(ids)}
    known = {entry: index.get(entry.strip(), -1) for entry in set(entries)}
    unknown = {entry for entry, at in known.items() if at < 0}
    if unknown:
        for place, cell in rows.places(_holding(cells, unknown), "vote"):
            named = _column([cell], 0)[0].split(",")
            for name in dict.fromkeys(entry.strip() for entry in named if entry in unknown):
                findings.error("PB-040", place, value=shown(name))
    return sizes, np.fromiter(map(known.__getitem__, entries), np.int32, len(entries))


def _points(rows: Rows, cells: Sequence[Cell], sizes: Ints, findings: Findings) -> Ints | None:
    """The points of all marks, in the order of the cells."""
    texts = _column(cells, 1)
    lengths, tokens = split(texts)
    sound = True
    unequal = set(compress(cells, (sizes != lengths).tolist()))
    number: dict[str, int] = {}
    unread: set[str] = set()
    for token in set(tokens):
        try:
            number[token] = parse_whole(token.strip())
        except ValueError:
            unread.add(token)
    if unequal:
        sound = False
        for place, cell in rows.places(unequal, "points"):
            (found, points), _ = split([*_column([cell], 0), *_column([cell], 1)])
            findings.error("PB-041", place, found=found, points=points, value=shown(cell[1]))
    if unread:
        sound = False
        for place, cell in rows.places(_holding(cells, unread, 1), "points"):
            findings.error("PB-042", place, value=shown(cell[1]))
    return np.fromiter(map(number.__getitem__, tokens), np.int64, len(tokens)) if sound else None


def _column(cells: Collection[Cell], part: int) -> list[str]:
    """The votes (0) or the points (1) of the cells."""
    return [cell if isinstance(cell, str) else cell[part] for cell in cells]


def _holding(cells: Sequence[Cell], tokens: set[str], part: int = 0) -> set[Cell]:
    """The cells in which one of the tokens is an entry."""
    texts = zip(cells, _column(cells, part), strict=True)
    return {cell for cell, text in texts if not tokens.isdisjoint(text.split(","))}


def _check_voters(rows: Rows, findings: Findings) -> None:
    """Warns of ballots without a voter, and of voters with several ballots."""
    distinct = set(rows.voters)
    if len(f".{'.'.join(distinct)}.".split()) > 1 or "" in distinct:  # there is space somewhere
        distinct = set(map(str.strip, distinct))
    for title in sorted(distinct & _TITLES):
        row = next(r for r, name in enumerate(rows.voters) if name.strip() == title)
        findings.warn("PB-038", rows.table.place(rows.line(row), "voter_id"), value=shown(title))
    if len(distinct) == len(rows.voters) and "" not in distinct:
        return
    names = [voter.strip() for voter in rows.voters]
    counted = Counter(names)
    without = counted.pop("", 0)
    if without:
        lines = [rows.line(row) for row in islice((r for r, name in enumerate(names) if not name), EXAMPLES)]
        findings.warn("PB-048", rows.table.place(lines[0], "voter_id"), count=without, lines=", ".join(map(str, lines)))
    twice = [name for name, count in counted.items() if count > 1]
    if twice:
        lines = [rows.line(row) for row in islice((r for r, n in enumerate(names) if n == twice[0]), EXAMPLES)]
        findings.warn(
            "PB-047", rows.table.place(lines[0], "voter_id"), count=len(twice), value=shown(twice[0]),
            lines=", ".join(map(str, lines)),
        )  # fmt: skip
