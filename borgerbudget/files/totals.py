"""A hand count: the votes of each proposal in PROJECTS, the number of ballots in META, and no ballots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from borgerbudget.ballots import Limits
from borgerbudget.files.cells import parse_cell
from borgerbudget.files.findings import Findings, shown
from borgerbudget.files.meta import Meta
from borgerbudget.files.numbers import parse_decimal, parse_tally
from borgerbudget.files.table import Table


def read_totals(
    tables: Mapping[str, Table], meta: Meta, ids: Sequence[str], limits: Limits, findings: Findings
) -> tuple[tuple[int, ...], int]:
    """The votes of the proposals, in the order of ``ids``, and how many ballots were cast; 0 for what is an error."""
    lines = [line for line, _ in tables["VOTES"].rows(findings)]
    if lines:
        findings.error("PB-050", tables["VOTES"].place(lines[0]), count=len(lines))
    for key in ("area_weights", "area_population"):
        if key in meta.values:
            findings.error("PB-066", meta.place(key), key=key)
    ballots = meta.number("num_votes", parse_tally)
    table = tables["PROJECTS"]
    if not table.has("votes"):
        findings.error("PB-010", table.place(table.line), section=table.name, column="votes")
    else:
        found = _column(table, findings)
        totals = tuple(found.get(name, 0) for name in ids)
        if ballots is not None and not findings.failed:
            _check_sum(table, found, ballots, limits.max_length, findings)
            return totals, ballots
    return (0,) * len(ids), 0


def _column(table: Table, findings: Findings) -> dict[str, int]:
    """The column ``votes`` by id; a column ``score`` must say the same."""
    at_id, at_votes = table.column("project_id"), table.column("votes")
    at_score = table.column("score") if table.has("score") else None
    found: dict[str, int] = {}
    for line, row in table.rows():
        votes = parse_cell(row[at_votes].strip(), "votes", table.place(line, "votes"), parse_tally, findings)
        if votes is None:
            continue
        name = row[at_id].strip()
        found[name] = votes
        text = "" if at_score is None else row[at_score].strip()
        score = parse_cell(text, "score", table.place(line, "score"), parse_decimal, findings) if text else None
        if score is not None and score != votes:
            findings.warn("PB-053", table.place(line, "score"), id=shown(name), value=shown(text), votes=votes)
    return found


def _check_sum(
    table: Table, totals: Mapping[str, int], ballots: int, most_on_a_ballot: int | None, findings: Findings
) -> None:
    place, total = table.place(table.line, "votes"), sum(totals.values())
    if total and not ballots:
        findings.error("PB-054", place, total=total)
        return
    if most_on_a_ballot is not None:
        if total > ballots * most_on_a_ballot:
            findings.error("PB-051", place, total=total, ballots=ballots, most=most_on_a_ballot)
        return
    above = [name for name, votes in totals.items() if votes > ballots]
    if above:
        findings.warn("PB-052", place, ids=", ".join(map(shown, above[:3])), count=len(above), ballots=ballots)
