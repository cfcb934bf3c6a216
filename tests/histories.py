"""Rounds with a history, for the tests of the audit: events, leaves, batches, signers, before a program runs them.

Everything is drawn from names, so that a round is the same bytes each time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from borgerbudget import Limits, Proposal, canonical, make_election, make_hand_count
from borgerbudget.chain import Event, follow, freeze_hash, private_sha256
from borgerbudget.election import Election
from borgerbudget.leaves import box_root, leaf
from tallies import Lot, count, dice_lot, make_plan
from tallies.audit.archive import pack
from tallies.audit.bundle import Box, Opening, manifest, members
from tallies.audit.envelope import envelope, signed_bytes
from tallies.audit.keys import Key
from tallies.audit.members import Signer, Terms, proposals_jsonl, round_json
from tallies.audit.tiers import Tier
from tallies.outcome import Outcome
from tallies.plan import Plan

PROPOSALS = (
    Proposal("bade", 38_750_00, "Badebro ved Nordstranden", ballot_number=1, area="Nordstrand", goals=(3, 14)),
    Proposal("gade", 52_400_00, 'Lys på stien "Æblerenden"; Kirkeby', ballot_number=2, category=("Tryghed",)),
    Proposal("have", 14_750_00, "=Frugtlund", ballot_number=3, min_cost=10_000_00),
    Proposal("hjerte", 16_480_50, "Hjertestarter", ballot_number=4),
    Proposal("klub", 27_900_00, "Ungeklub", ballot_number=5),
    Proposal("mad", 12_300_00, "Fællesspisning", ballot_number=6),
)
COMMITTEE = "committee"
"""In place of dice."""
APPROVALS = (
    ("bade", "have"), ("bade", "mad"), ("gade", "klub"), ("hjerte",), ("gade", "hjerte", "mad"), (), ("bade", "klub"),
    ("have", "hjerte"), ("mad",), ("bade", "gade", "klub"), ("klub", "mad"),
)  # fmt: skip


def drawn(*names: object) -> bytes:
    """32 bytes that stand for random ones."""
    return hashlib.sha256("/".join(map(str, names)).encode()).digest()


def key(name: str) -> Key:
    return Key(Ed25519PrivateKey.from_private_bytes(drawn("key", name)))


CLERK, AUDITOR, THIEF = key("clerk"), key("auditor"), key("thief")


@dataclass(frozen=True)
class Made:
    """A round that was played to the end."""

    outcome: Outcome
    terms: Terms
    box: Box

    @property
    def election(self) -> Election:
        return self.outcome.contest.election

    def members(self, tier: Tier | None = None) -> dict[str, bytes]:
        """All members, the manifest included."""
        shown = tier or self.terms.tier
        found = members(self.outcome, self.terms, shown, self.box)
        return {**found, "manifest.json": manifest(self.outcome, shown, found, self.box)}


def play(
    plan_name: str = "greedy",
    tier: Tier = "open",
    voters: int = 66,
    rejected: int = 2,
    dice: str | None = "4261538",
    signers: Sequence[Key] = (CLERK, AUDITOR),
    withdrawn: Sequence[str] = (),
    method: str = "approval",
    limits: Limits = Limits(max_length=4),  # noqa: B008  (frozen)
    name: str = "lillevig-2026",
    batch: int = 22,
    later: Sequence[str] = ("published", "finalised"),
    threshold: int | None = None,
    finalised: Mapping[str, object] | None = None,
) -> Made:
    """From the council's decision to the final result."""
    ballots = [APPROVALS[i * i % len(APPROVALS)] for i in range(voters)]
    cast: list[Any] = [{p: 1 + len(p) % 3 for p in b} if method in ("points", "scoring") else b for b in ballots]
    proposals = [replace(p, withdrawn=p.id in withdrawn) for p in PROPOSALS]
    by_hand = method == "hand-count"
    if by_hand:
        totals = {p.id: sum(p.id in ballot for ballot in ballots) for p in proposals}
        election = make_hand_count(100_000_00, proposals, totals, voters, limits, name)
    else:
        election = make_election(100_000_00, proposals, cast, method, limits=limits, round=name)
    ties = ("cheapest", "most-votes", "lot" if dice else "refuse")
    plan = make_plan(plan_name, election, ties=ties)
    roles = ("clerk", "auditor", "auditor")
    public = tuple(Signer(one.public, role) for one, role in zip(signers, roles, strict=False))
    needed = len(public) if threshold is None else threshold
    reason = "Borgermødet vil se sedlerne" if tier == "open" else None
    terms = Terms("round", tier, reason, public, needed, eligible=voters + 30)

    openings: list[Opening] = []
    for voter, ballot in enumerate([] if by_hand else cast):
        items = None if not isinstance(ballot, Mapping) else [ballot[p] for p in ballot]
        text = election.method.line(list(ballot), items)
        salt = drawn("salt", name, voter)
        openings.append(Opening(leaf(name, salt, text).hex(), salt, text))
    refused = tuple((leaf(name, drawn("void", name, i), "bade").hex(), "double-vote") for i in range(rejected))
    if not by_hand:
        election = replace(election, sealed_root=box_root(bytes.fromhex(o.leaf) for o in openings))
    if dice:
        drawn_order = Lot(tuple(reversed(election.ids)))
        plan = replace(plan, lot=drawn_order if dice == COMMITTEE else dice_lot(election, dice))
    outcome = count(election, plan)
    box = Box((), tuple(openings), refused, ("Anna", "Bo"))
    happened = [(kind, finalised if kind == "finalised" and finalised else {}) for kind in later]
    return Made(outcome, terms, replace(box, events=_events(outcome, terms, box, withdrawn, plan, batch, happened)))


def _events(
    outcome: Outcome,
    terms: Terms,
    box: Box,
    withdrawn: Sequence[str],
    plan: Plan,
    batch: int,
    later: Sequence[tuple[str, Mapping[str, object]]],
) -> tuple[Event, ...]:
    election = outcome.contest.election
    frozen = freeze_hash(round_json(election, plan, terms), proposals_jsonl(election, withdrawn))
    leaves = sorted(
        [opening.leaf for opening in box.openings] + [one for one, _ in box.rejected], key=lambda x: x[::-1]
    )
    batches = [sorted(leaves[i : i + batch]) for i in range(0, len(leaves) - len(leaves) % batch, batch)]
    if batches:
        batches[-1] = sorted(batches[-1] + leaves[len(leaves) - len(leaves) % batch :])
    else:
        batches = [sorted(leaves)]
    cast, counted_by_hand = len(leaves), []
    if election.hand_count:  # what is left of the box: how many are void
        batches, cast = [], election.profile.total + len(box.rejected)
        few = min(8, election.profile.total)
        first = {"urn": "hallen", "ballots": 1, "void": 0, "differed": 2}  # counted again: the last count stands
        again = {"urn": "hallen", "ballots": election.profile.total - few, "void": len(box.rejected), "differed": 0}
        other = {"urn": "brugsen", "ballots": few, "void": 0, "differed": 1}
        counted_by_hand = [("hand-counted", urn) for urn in (first, again, other)]
    funded = canonical.write(outcome.as_json()["funded"])
    happenings: list[tuple[str, dict[str, object]]] = [
        ("created", {}), ("proposals-opened", {}), ("vetting-started", {}), ("frozen", {}),
        ("codes-issued", {"number": cast + 10}), ("opened", {}),
        *(("batch-added", {"batch": i, "leaves": part}) for i, part in enumerate(batches, 1)),
        *(("withdrawn", {"proposal": proposal}) for proposal in withdrawn),
        ("closed", {"roll": (terms.eligible or 0) + 2, "codes": cast + 10, "withdrawn": list(withdrawn)}),
        *counted_by_hand,
        ("reconciled", {}),
        ("box-sealed", {"ballots_root": election.ballots_root, "accepted": cast - len(box.rejected),
                        "rejected": len(box.rejected)}),
    ]  # fmt: skip
    if plan.lot is not None:
        drawn_order = None if plan.lot.dice else list(plan.lot.order)
        drawing = {"dice": plan.lot.dice, "order": drawn_order, "witnesses": list(box.witnesses)}
        happenings.append(("lot-drawn", drawing))
    happenings.append(("counted", {"funded_sha256": hashlib.sha256(funded).hexdigest()}))
    happenings += [(kind, dict(payload)) for kind, payload in later]
    chain: list[Event] = []
    for number, (kind, payload) in enumerate(happenings):
        private = private_sha256(drawn("private", number), {"actor": "clerk", "reason": kind})
        day = (date(2026, 3, 1) + timedelta(number)).isoformat()
        chain.append(follow(chain, kind, day, payload, frozen if kind == "frozen" else None, private))
    return tuple(chain)


def document(found: Mapping[str, bytes], name: str) -> Any:
    return json.loads(found[name])


def lines(found: Mapping[str, bytes], name: str) -> list[Any]:
    return [json.loads(line) for line in found[name].splitlines()]


def written(value: Any) -> bytes:
    """As a bundle spells it, but without looking whether it may."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode(
        "utf-8", "surrogatepass"
    )


def written_lines(values: Sequence[Any]) -> bytes:
    return b"".join(map(written, values))


def relisted(found: Mapping[str, bytes], **changes: Any) -> dict[str, bytes]:
    """The members with a manifest that fits them again, and fields of it changed."""
    listed = {name: data for name, data in found.items() if not name.startswith("manifest.")}
    old = document(found, "manifest.json")
    files = [{"path": n, "size": len(d), "sha256": hashlib.sha256(d).hexdigest()} for n, d in sorted(listed.items())]
    fresh: dict[str, Any] = {**old, "files": files}
    if "verify.py" in listed:
        fresh["verifier_sha256"] = hashlib.sha256(listed["verify.py"]).hexdigest()
    if "events.jsonl" in listed:
        fresh["events_head"] = hashlib.sha256(listed["events.jsonl"].splitlines()[-1]).hexdigest()
    return {**listed, "manifest.json": written({**fresh, **changes})}


def sealed_file(found: Mapping[str, bytes], *signers: Key) -> bytes:
    """Packed, and signed by these."""
    whole = {name: data for name, data in found.items() if name != "manifest.dsse.json"}
    if signers:
        message = signed_bytes(whole["manifest.json"])
        signatures = {one.public.fingerprint: one.sign(message) for one in signers}
        whole["manifest.dsse.json"] = envelope(whole["manifest.json"], signatures)
    return pack(whole)


def chained(events: Sequence[dict[str, Any]]) -> bytes:
    """Events with numbers and hashes made to follow each other again: what somebody who rewrites history does."""
    prev, found = "0" * 64, []
    for seq, event in enumerate(events, 1):
        line = written({**event, "seq": seq, "prev": prev})
        prev = hashlib.sha256(line[:-1]).hexdigest()
        found.append(line)
    return b"".join(found)


def fingerprints(*signers: Key) -> tuple[str, ...]:
    return tuple(one.public.fingerprint for one in signers)
