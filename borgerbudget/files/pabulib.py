"""A .pb file as an election: what the cells of its three sections mean.

Errors are what would make the count a guess: an unknown id on a ballot, two proposals with one id, a cost that is not
positive, numbers that cannot be read, lists of unequal length.  Everything else that is odd is a warning, and the
ballots count as they are written: published rounds break their own limits.  docs/pabulib.md lists both.

vote_type: approval and choose-1 -> approval, approval with max_sum_cost -> knapsack, cumulative -> points,
scoring -> scoring, ordinal -> ranked, hand-count -> only totals (``totals.py``).
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence

from borgerbudget.ballots import HAND_COUNT, BallotMethod, Limits
from borgerbudget.election import Election
from borgerbudget.files.areas import POPULATION, WEIGHTS, corrected_by, declared_areas, weights_of
from borgerbudget.files.cells import parse_cell
from borgerbudget.files.findings import Findings, shown
from borgerbudget.files.meta import Meta
from borgerbudget.files.numbers import parse_count, parse_decimal
from borgerbudget.files.pabulib_ballots import Votes, read_votes
from borgerbudget.files.pabulib_document import COUNTED_COLUMNS, NEEDED, check_quotes, scan
from borgerbudget.files.reading import Reading
from borgerbudget.files.table import Table
from borgerbudget.files.totals import read_totals
from borgerbudget.money import parse_amount
from borgerbudget.pool import Pool
from borgerbudget.profile import AreaCorrection, Profile, merge, unread
from borgerbudget.proposal import Proposal

WITHDRAWN = "999999999"
"""The cost that Pabulib writes for a proposal that was withdrawn: exactly this text."""


def read_pabulib(data: bytes, source: str) -> Reading:
    """The election of a .pb file.  Raises InputRejected with all problems; ``source`` names the file in them."""
    findings = Findings()
    tables = scan(data, source, findings)
    if tables is not None:
        reading = election_of(tables, hashlib.sha256(data).hexdigest(), findings)
        if reading is not None:
            return reading
    findings.raise_if_failed()
    raise AssertionError("nothing was read and nothing reported")


def election_of(tables: Mapping[str, Table], sha256: str, findings: Findings) -> Reading | None:
    """The election of three tables that can be told apart; None when something in them is an error."""
    check_quotes([tables["META"]], findings)
    meta = Meta(tables["META"], findings)
    kind = meta.method()
    counted = COUNTED_COLUMNS | {"votes"} if kind is HAND_COUNT else COUNTED_COLUMNS
    check_quotes([tables["PROJECTS"]], findings, counted)
    proposals = tuple(_proposals(tables["PROJECTS"], meta, findings).values())
    budget, limits = meta.budget(), meta.limits()
    threshold = meta.number("min_project_score_threshold", parse_decimal)
    meta.check_absent()
    profile: Profile | None = None
    corrected: AreaCorrection | None = None
    totals: tuple[int, ...] | None = None
    if kind is HAND_COUNT:
        totals, voters = read_totals(tables, meta, [p.id for p in proposals], limits, findings)
        profile = unread(voters)
    elif kind is not None:
        profile, corrected = _profile(tables, meta, kind, proposals, limits, findings) or (None, None)
    if kind is None or profile is None or budget is None or findings.failed:
        return None
    areas = next(((key, value) for key in (WEIGHTS, POPULATION) if (value := meta.text(key)) is not None), None)
    election = Election(
        pool=Pool(budget, meta.text("currency") or ""),
        proposals=proposals,
        method=kind,
        profile=profile,
        limits=limits,
        round=sha256,
        input_sha256=sha256,
        declared_rule=meta.text("rule"),
        declared_threshold=threshold,
        totals=totals,
        areas=corrected,
    )
    return Reading(election, findings.problems, areas)


def _profile(
    tables: Mapping[str, Table], meta: Meta, kind: BallotMethod, proposals: Sequence[Proposal], limits: Limits,
    findings: Findings,
) -> tuple[Profile, AreaCorrection | None] | None:  # fmt: skip
    """The ballots, merged, and what they weigh by area; None when something in the file is an error."""
    areas = declared_areas(meta, tables["VOTES"], findings)
    votes = read_votes(tables["VOTES"], kind, [p.id for p in proposals], findings, with_area=areas is not None)
    if votes is None:
        return None
    corrected = None if areas is None else corrected_by(areas, votes, findings)
    if findings.failed:
        return None
    weights = votes.counts if corrected is None else weights_of(corrected, votes)
    heads = None if corrected is None else votes.counts
    votes.check_limits(kind, proposals, limits, findings)
    _check_counts(tables["PROJECTS"], meta, kind, proposals, votes, limits, findings, with_score=areas is None)
    if findings.failed:
        return None
    marks = votes.marks if kind.name == "ranked" else votes.once
    return merge(kind, marks, weights, limits.default_score, heads), corrected


def _proposals(table: Table, meta: Meta, findings: Findings) -> dict[str, Proposal]:
    """The proposals by id, in byte order of the ids; what stands on a faulty line is left out."""
    columns = {name: table.column(name) for name in table.columns if name}
    found: dict[str, Proposal] = {}
    lines: dict[str, int] = {}
    count = 0
    for line, row in table.rows(findings):
        count += 1

        def cell(name: str, row: Sequence[str] = row) -> str:
            return row[columns[name]].strip() if name in columns else ""

        name, cost_text = cell("project_id"), cell("cost")
        place = table.place(line, "project_id")
        if not name:
            findings.error("PB-030", place)
        elif name in lines:
            findings.error("PB-031", place, value=shown(name), first=lines[name])
        elif reason := _unfit(name, ranked=meta.text("vote_type") == "ordinal"):
            findings.error("PB-032", place, value=shown(name), reason=reason)
        elif name.upper() in NEEDED:
            findings.warn("PB-038", place, value=shown(name))
        lines.setdefault(name, line)
        cost = parse_cell(cost_text, "cost", table.place(line, "cost"), parse_amount, findings)
        if cost is not None and cost <= 0:
            findings.error("PB-034", table.place(line, "cost"), id=shown(name), value=shown(cost_text))
        least, least_text = None, cell("min_cost")
        if least_text:
            least = parse_cell(least_text, "min_cost", table.place(line, "min_cost"), parse_amount, findings)
        if least is not None and (least <= 0 or (cost is not None and least > cost > 0)):
            findings.error("PB-039", table.place(line, "min_cost"), id=shown(name), value=shown(least_text))
        if cost is None or cost <= 0 or (least is not None and not 0 < least <= cost):
            cost, least = 1, None  # an error has been told
        found.setdefault(
            name,
            Proposal(
                id=name or "-",
                cost=cost,
                title=cell("name"),
                min_cost=least,
                area=cell("neighborhood") or cell("district") or None,
                category=tuple(filter(None, map(str.strip, cell("category").split(",")))),
                withdrawn=cost_text == WITHDRAWN,
            ),
        )
    if not count and not findings.failed:
        findings.error("PB-035", table.place(table.line))
    declared = meta.number("num_projects", parse_count)
    if declared is not None and declared != count:
        findings.warn("PB-037", meta.place("num_projects"), key="num_projects", value=declared, found=count)
    _warn_of_confusable_ids(table, lines, findings)
    return dict(sorted(found.items(), key=lambda item: item[0].encode()))


def _unfit(name: str, ranked: bool) -> str:
    """The character for which ``name`` cannot be an id, or nothing.  (Ballots are written with ``,`` and, ranked, with ``>``.)"""
    for character in name:
        if not character.isprintable() or character in ",;" or (ranked and character == ">"):
            return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
    return ""


def _warn_of_confusable_ids(table: Table, lines: Mapping[str, int], findings: Findings) -> None:
    alike: dict[str, list[str]] = {}
    for name in lines:
        alike.setdefault(unicodedata.normalize("NFKC", name).casefold(), []).append(name)
    for names in alike.values():
        if len(names) > 1:
            place = table.place(lines[names[-1]], "project_id")
            findings.warn("PB-033", place, value=", ".join(map(shown, names[:5])))


def _check_counts(
    table: Table, meta: Meta, kind: BallotMethod, proposals: Sequence[Proposal], votes: Votes, limits: Limits,
    findings: Findings, with_score: bool,
) -> None:  # fmt: skip
    """Compares num_votes and the columns votes and, ``with_score``, score with the ballots: warnings only."""
    declared = meta.number("num_votes", parse_count)
    if declared is not None and declared != votes.total:
        findings.warn("PB-037", meta.place("num_votes"), key="num_votes", value=declared, found=votes.total)
    columns = [name for name in ("votes", "score")[: 1 + with_score] if table.has(name)]
    if not columns:
        return
    listed, score = votes.tallies(kind, len(proposals), limits.default_score)
    index = {proposal.id: i for i, proposal in enumerate(proposals)}
    for column in columns:
        counted = listed if column == "votes" else score
        at, at_id, wrong, first = table.column(column), table.column("project_id"), [], 0
        for line, row in table.rows():
            text, name = row[at].strip(), row[at_id].strip()
            if not text:
                continue
            number = parse_cell(text, column, table.place(line, column), parse_decimal, findings)
            if number is not None and number != counted[index[name]]:
                first = first or line
                wrong.append(f"{shown(name)} {shown(text, 20)}≠{counted[index[name]]}")
        if wrong:
            findings.warn(
                "PB-036", table.place(first, column), column=column, count=len(wrong), examples=", ".join(wrong[:3])
            )
