"""The exported profile (docs/trace.md): one JSON document from which a count can be repeated, and no voter told.

It is read strictly: one canonical form, no floats, no repeated keys, nothing that is not described.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Annotated, Any, Literal, NoReturn

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, Strict, ValidationError

from borgerbudget.ballots import HAND_COUNT, METHODS, BallotMethod, Limits
from borgerbudget.ballots.method import Marks
from borgerbudget.console import canonical_json
from borgerbudget.election import Election
from borgerbudget.errors import InputRejected, Place
from borgerbudget.files.findings import Findings, shown
from borgerbudget.files.numbers import parse_whole
from borgerbudget.files.profile_people import People, people_of, read_count, read_people
from borgerbudget.files.reading import Reading
from borgerbudget.money import LARGEST_AMOUNT, MINOR_UNITS
from borgerbudget.pool import Pool
from borgerbudget.profile import ballot_lines, merge, unread
from borgerbudget.proposal import Proposal

SCHEMA = "borgerbudget.profile/1"
MOST_BITS = 4096
"""Of the common denominator of all counts."""

Word = Annotated[str, Field(min_length=1)]
Amount = Annotated[int, Field(ge=1, le=LARGEST_AMOUNT)]
Count = Annotated[int, Strict(), Field(ge=0, le=LARGEST_AMOUNT)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Proposal(_Strict):
    id: str = Field(min_length=1)
    cost: Amount
    withdrawn: bool
    min_cost: Amount | None = None
    area: Word | None = None
    category: Annotated[list[Word], Field(min_length=1)] | None = None

    def as_proposal(self) -> Proposal:
        return Proposal(
            self.id,
            self.cost,
            withdrawn=self.withdrawn,
            min_cost=self.min_cost,
            area=self.area,
            category=tuple(self.category or ()),
        )


class _Profile(_Strict):
    schema_: Literal["borgerbudget.profile/1"] = Field(alias="schema")
    round: str
    input_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None
    currency: str
    minor_units: Literal[2]
    pool: Amount
    method: Literal["approval", "knapsack", "points", "scoring", "ranked", "hand-count"]
    default_score: Annotated[int, Field(ge=-LARGEST_AMOUNT, le=LARGEST_AMOUNT)]
    proposals: list[_Proposal]
    ballots: list[str]
    totals: list[Annotated[tuple[str, Count], Strict(False)]] | None = None
    valid: Count | None = None
    by_area: Literal[True] | None = None
    weights: People | None = None


def write_profile(election: Election) -> bytes:
    """The exported profile of an election."""
    return (canonical_json(profile_of(election)) + "\n").encode()


def profile_of(election: Election) -> dict[str, object]:
    found: dict[str, object] = {
        "schema": SCHEMA,
        "round": election.round,
        "input_sha256": election.input_sha256,
        "currency": election.pool.currency,
        "minor_units": MINOR_UNITS,
        "pool": election.pool.amount,
        "method": election.method.name,
        "default_score": election.limits.default_score,
        "proposals": [_proposal(proposal) for proposal in election.proposals],
        "ballots": _lines(election),
    }
    if election.totals is not None:
        found["totals"] = [list(total) for total in zip(election.ids, election.totals, strict=True)]
        found["valid"] = election.profile.total
    if election.by_area:
        found["by_area"] = True
    people = people_of(election)
    if people is not None:
        found["weights"] = people
    return found


def _proposal(proposal: Proposal) -> dict[str, object]:
    """What a count, or a plan that names an area or a category, can ask about; no more."""
    found: dict[str, object] = {"id": proposal.id, "cost": proposal.cost, "withdrawn": proposal.withdrawn}
    more = {"min_cost": proposal.min_cost, "area": proposal.area, "category": list(proposal.category)}
    return found | {key: value for key, value in more.items() if value}


def _lines(election: Election) -> list[str]:
    """The distinct ballots; of a hand count there are none to show."""
    return [] if election.hand_count else ballot_lines(election.method, election.ids, election.profile)


def read_profile(data: bytes, source: str) -> Reading:
    """The election of an exported profile.  Raises InputRejected with all problems."""
    findings = Findings()
    place = Place(source)
    profile = _parse(data, place, findings)
    if profile is not None:
        election = _election(profile, place, findings)
        if election is not None and not _is_canonical(data, election):
            findings.error("PR-004", place, reason=_difference(profile, election))
        if election is not None and not findings.failed:
            return Reading(election, findings.problems)
    raise InputRejected(findings.problems)


def _parse(data: bytes, place: Place, findings: Findings) -> _Profile | None:
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_no_repeats,
            parse_float=_refuse,
            parse_constant=_refuse,
            parse_int=parse_whole,
        )
        return _Profile.model_validate(value)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_context=False, include_input=False):
            where = ".".join(map(str, fault["loc"])) or "-"
            findings.error("PR-002", place, where=shown(where), reason=fault["msg"])
    except RecursionError:
        findings.error("PR-001", place, reason="nested too deeply")
    except (ValueError, UnicodeDecodeError) as error:
        findings.error("PR-001", place, reason=shown(str(error), 200))
    return None


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text[:20]} is not a whole number")


def _election(profile: _Profile, place: Place, findings: Findings) -> Election | None:
    keys = [proposal.id.encode("utf-8", "surrogatepass") for proposal in profile.proposals]
    if any(not a < b for a, b in pairwise(keys)):
        findings.error("PR-004", place, reason="proposals are not distinct and in byte order of their ids")
    for proposal in profile.proposals:
        bad = not proposal.id.isprintable() or proposal.id != proposal.id.strip() or any(c in proposal.id for c in ",;")
        if bad or (profile.method == "ranked" and ">" in proposal.id):
            findings.error("PR-002", place, where="proposals", reason=f"id {shown(proposal.id)} cannot be an id")
        if proposal.min_cost is not None and proposal.min_cost > proposal.cost:
            findings.error(
                "PR-002", place, where="proposals", reason=f"min_cost of {shown(proposal.id)} above its cost"
            )
    method = METHODS[profile.method]
    index = {proposal.id: i for i, proposal in enumerate(profile.proposals)}
    ballots: list[tuple[list[int], list[int]]] = []
    weights: list[Fraction] = []
    totals = _totals(profile, place, findings)
    for number, line in enumerate(profile.ballots, 1):
        try:
            count, _, ballot = line.partition("\t")
            weights.append(read_count(count))
            ballots.append(_ballot(ballot, method, index))
        except ValueError as error:
            findings.error("PR-003", place, number=number, value=shown(line), reason=error)
    common = 1
    for weight in weights:
        common = lcm(common, weight.denominator)
        if common.bit_length() > MOST_BITS:
            findings.error("PR-002", place, where="ballots", reason="the counts have no reasonable common denominator")
            break
    areas, heads = None, None
    if profile.weights is not None and not findings.failed:
        areas = read_people(profile.weights, weights, place, findings)
        heads = np.array(profile.weights.heads, np.int64)
        if profile.by_area is None:
            findings.error("PR-002", place, where=shown("weights"), reason="only beside by_area")
    if findings.failed:
        return None
    marks = Marks(
        np.cumsum([0, *(len(listed) for listed, _ in ballots)], dtype=np.int64),
        np.array([p for listed, _ in ballots for p in listed], np.int32),
        np.array([p for _, points in ballots for p in points], np.int64) if method.has_points else None,
    )
    merged = merge(method, marks, weights, profile.default_score, heads)
    if totals is not None:
        merged = unread(profile.valid or 0)
    return Election(
        pool=Pool(profile.pool, profile.currency),
        proposals=tuple(proposal.as_proposal() for proposal in profile.proposals),
        method=method,
        profile=merged,
        limits=Limits(default_score=profile.default_score),
        round=profile.round,
        input_sha256=profile.input_sha256,
        totals=totals,
        areas=areas,
        weighs_by_area=bool(profile.by_area) and areas is None,
    )


def _totals(profile: _Profile, place: Place, findings: Findings) -> tuple[int, ...] | None:
    """The totals of a hand count, in the order of the proposals; None for every other method."""
    by_hand = profile.method == HAND_COUNT.name
    for key, given in (("totals", profile.totals), ("valid", profile.valid)):
        if by_hand != (given is not None):
            reason = "a hand count needs it" if by_hand else "only a hand count has it"
            findings.error("PR-002", place, where=shown(key), reason=reason)
    if not by_hand or profile.totals is None:
        return None
    if profile.ballots:
        findings.error("PR-002", place, where=shown("ballots"), reason="a hand count has totals only")
    if [name for name, _ in profile.totals] != [proposal.id for proposal in profile.proposals]:
        reason = "not every proposal once, in byte order of the ids"
        findings.error("PR-002", place, where=shown("totals"), reason=reason)
    totals = tuple(votes for _, votes in profile.totals)
    if any(totals) and profile.valid == 0:
        findings.error("PR-002", place, where=shown("valid"), reason="votes without ballots")
    return totals


def _ballot(text: str, method: BallotMethod, index: dict[str, int]) -> tuple[list[int], list[int]]:
    """Proposals and points of a ballot line; the inverse of ``method.line``."""
    entries = text.split(">" if method.name == "ranked" else ",") if text else []
    points = []
    if method.has_points:
        pairs = [entry.rpartition(":") for entry in entries]
        entries = [name for name, _, _ in pairs]
        points = [parse_whole(number) for _, _, number in pairs]
    unknown = next((entry for entry in entries if entry not in index), None)
    if unknown is not None:
        raise ValueError(f"unknown proposal {shown(unknown)}")
    return [index[entry] for entry in entries], points


def _is_canonical(data: bytes, election: Election) -> bool:
    try:
        return write_profile(election) == data
    except UnicodeEncodeError:  # half a character, written as an escape
        return False


def _difference(profile: _Profile, election: Election) -> str:
    """Where a document differs from how it would be written."""
    written: Sequence[str] = _lines(election)
    for number, (found, expected) in enumerate(zip(profile.ballots, written, strict=False), 1):
        if found != expected:
            return f"ballot {number} is {shown(found)}, expected {shown(expected)}"
    if len(written) != len(profile.ballots):
        return f"{len(profile.ballots)} ballots, expected {len(written)}"
    return "keys, spaces, escapes or the line's end"
