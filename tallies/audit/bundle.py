"""The bundle: one file that holds a counted round and everything needed to count it again.

``members`` makes what is inside, ``manifest`` lists it, ``packed`` is the file.  The same outcome, terms and box give the
same bytes, whatever machine, hash seed, locale or library.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from borgerbudget import canonical
from borgerbudget.chain import Event, chain_bytes
from borgerbudget.election import Election
from borgerbudget.errors import InputRejected, Place, Problem, problem
from borgerbudget.profile_lines import ID
from borgerbudget.version import VERSION
from tallies.audit.archive import pack
from tallies.audit.derived import result_csv, round_pb
from tallies.audit.envelope import envelope
from tallies.audit.members import (
    Terms,
    ballots_tsv,
    breaking_lines,
    is_blank,
    lot_json,
    plan_reference,
    proposals_jsonl,
    round_json,
    totals_tsv,
)  # fmt: skip
from tallies.audit.published import public_root, result, trace_lines
from tallies.audit.tiers import Tier, exposure, more_open
from tallies.audit.weights import people_supporting, weights_json
from tallies.audit.words import PROBLEMS, why_not_written
from tallies.outcome import Outcome
from tallies.reference import VERIFIER

SCHEMA = "borgerbudget.audit/1.1"
LETTERS: Mapping[int, str] = {ord(a): b for a, b in zip("æøåÆØÅ", ("ae", "oe", "aa", "Ae", "Oe", "Aa"), strict=True)}
ROUND = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
HASH = re.compile(r"[0-9A-Fa-f]{64}", re.ASCII)
"""What the name of a file without one looks like: a chosen name that looks so would pass for another file."""


@dataclass(frozen=True, slots=True)
class Opening:
    """An accepted ballot's leaf (hex), its salt and its ballot field."""

    leaf: str
    salt: bytes
    ballot: str


@dataclass(frozen=True, slots=True)
class Box:
    """What a round has and a plain file has not: events, the leaves of accepted ballots, the rejected ones by reason
    code (none of either in a hand count), and who saw the lot being drawn."""

    events: tuple[Event, ...]
    openings: tuple[Opening, ...]
    rejected: tuple[tuple[str, str], ...] = ()
    witnesses: tuple[str, ...] = ()

    @property
    def withdrawn(self) -> tuple[str, ...]:
        return tuple(str(event.payload["proposal"]) for event in self.events if event.type == "withdrawn")


def members(outcome: Outcome, terms: Terms, tier: Tier, box: Box | None = None) -> dict[str, bytes]:
    """Every member but the manifest and its envelope.  InputRejected for a round that has no place in a bundle."""
    contest = outcome.contest
    election, plan = contest.election, contest.plan
    witnesses = terms.witnesses if box is None else box.witnesses
    wrong = unfit(election)
    if election.hand_count and tier != "totals":
        wrong.append(problem(PROBLEMS, "BUN-010"))
    if more_open(tier, terms.tier):
        wrong.append(problem(PROBLEMS, "BUN-015", settled=terms.tier, tier=tier))
    elif tier == "open" and not terms.recorded_reason and exposure(election.profile).proposed != "open":
        wrong.append(problem(PROBLEMS, "BUN-013"))
    if plan.lot is not None and plan.lot.dice is None and all(map(is_blank, witnesses)):
        wrong.append(problem(PROBLEMS, "BUN-014"))
    if wrong:
        raise InputRejected(wrong)
    counted_limits = terms.source == "file" and tier != "totals"
    try:
        lines = trace_lines(outcome, tier)
        document = result(outcome, lines, tier)
        found = {
            "round.json": round_json(election, plan, terms, breaking_lines(election) if counted_limits else None),
            "proposals.jsonl": proposals_jsonl(election, box.withdrawn if box else ()),
            "trace.jsonl": b"".join(map(canonical.write, lines)),
            "result.json": canonical.write(document),
            "verify.py": VERIFIER.read_bytes(),
        }
        outcome_document: Any = document["outcome"]
        people = None if tier == "totals" else people_supporting(contest)
        found["tables/result.csv"] = result_csv(outcome, outcome_document, people)
        weights = weights_json(election, tier)
        if weights is not None:
            found["weights.json"] = weights
        if plan.lot is not None:
            found["lot.json"] = lot_json(plan.lot, witnesses)
        if tier == "totals":
            found["totals.tsv"] = totals_tsv(contest)
        else:
            found["ballots.tsv"] = ballots_tsv(election)
            derived = round_pb(election, found["ballots.tsv"])
            if derived is not None:
                found["round.pb"] = derived
        if box is not None:
            found |= _box_members(box, tier, election.hand_count)
    except ValueError as error:
        raise InputRejected(problem(PROBLEMS, "BUN-003", reason=why_not_written(error))) from None
    return found


def unfit(election: Election, lines: Mapping[str, int] | None = None) -> list[Problem]:
    """What keeps a round out of a bundle whatever is counted: to be mended before ballots are cast or lots drawn, because
    ids and name are part of what a lot is computed from.  ``lines``: where each proposal stands in its file."""
    stands = lines or {}
    wrong = [
        problem(
            PROBLEMS,
            "BUN-001",
            Place(line=stands.get(proposal), column="project_id"),
            value=proposal,
            suggestion=_plain_id(proposal),
        )
        for proposal in election.ids
        if not ID.fullmatch(proposal)
    ]
    if not ROUND.fullmatch(election.round):
        wrong.append(problem(PROBLEMS, "BUN-002", value=election.round[:80]))
    if election.weighs_by_area:
        wrong.append(problem(PROBLEMS, "BUN-023"))
    return wrong


def _plain_id(proposal: str) -> str:
    """An id that could stand in a bundle and still reminds of this one."""
    plain = unicodedata.normalize("NFKD", proposal.translate(LETTERS)).encode("ascii", "ignore").decode()
    return re.sub("[^A-Za-z0-9._/-]+", "-", plain).strip("-")[:64] or "p1"


def _box_members(box: Box, tier: Tier, by_hand: bool) -> dict[str, bytes]:
    found = {"events.jsonl": chain_bytes(box.events)}
    if by_hand:  # ballots of which nobody knows one by one have no leaves
        return found
    openings = sorted(box.openings, key=lambda opening: opening.leaf)
    found["leaves.txt"] = "".join(f"{opening.leaf}\n" for opening in openings).encode()
    found["rejected.tsv"] = "".join(f"{leaf}\t{reason}\n" for leaf, reason in sorted(box.rejected)).encode()
    if tier == "sealed":
        rows = (f"{opening.leaf}\t{opening.salt.hex()}\t{opening.ballot}\n" for opening in openings)
        found["openings.tsv"] = "".join(rows).encode()
    return found


def manifest(outcome: Outcome, tier: Tier, found: Mapping[str, bytes], box: Box | None = None) -> bytes:
    """``manifest.json`` over these members."""
    return canonical.write(
        {
            "schema": SCHEMA,
            "round": outcome.contest.election.round,
            "tier": tier,
            "plan": plan_reference(outcome.contest.plan),
            "ballots_root": public_root(outcome, tier),
            "events_head": box.events[-1].sha256() if box else None,
            "files": [
                {"path": path, "size": len(found[path]), "sha256": hashlib.sha256(found[path]).hexdigest()}
                for path in sorted(found)
            ],
            "verifier_sha256": hashlib.sha256(found["verify.py"]).hexdigest(),
            "engine": VERSION,
        }
    )


def packed(found: Mapping[str, bytes], listing: bytes, signatures: Mapping[str, bytes] | None = None) -> bytes:
    """The file; without signatures it has no envelope."""
    whole = {**found, "manifest.json": listing}
    if signatures:
        whole["manifest.dsse.json"] = envelope(listing, signatures)
    try:
        return pack(whole)
    except ValueError as error:
        raise InputRejected(problem(PROBLEMS, "BUN-003", reason=why_not_written(error))) from None


def bundle(outcome: Outcome, terms: Terms, tier: Tier | None = None, box: Box | None = None) -> bytes:
    """The unsigned bundle of a count in ``tier`` (by default the one the terms publish)."""
    shown = tier or terms.tier
    found = members(outcome, terms, shown, box)
    return packed(found, manifest(outcome, shown, found, box))
