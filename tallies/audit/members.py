"""The members of a bundle that say what was voted on: ``round.json``, ``proposals.jsonl``, ``ballots.tsv``, ``totals.tsv``,
``lot.json``.  Their keys and meanings are docs/audit-bundle.md.
"""

from __future__ import annotations

import hashlib
import inspect
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from borgerbudget import canonical
from borgerbudget.canonical import fit_text
from borgerbudget.election import Election
from borgerbudget.money import MINOR_UNITS
from borgerbudget.profile import ballot_lines
from tallies.audit.keys import PublicKey
from tallies.audit.tiers import Tier
from tallies.completions import COMPLETIONS
from tallies.contest import Contest
from tallies.lot import Lot
from tallies.plan import Plan
from tallies.rationals import number
from tallies.rules import RULES

MAKER_SAYS = (
    "Lavet af en fil; den, der lavede pakken, siger, at filens sedler må vises. / "
    "Made from a file; whoever made the bundle says that the file's ballots may be shown."
)
"""The reason that is written when a plain file's ballots are shown and no other reason was given: nothing is known of who has
seen the file, so nothing is said of it."""
FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters that show as nothing (Unicode, Default_Ignorable_Code_Point)."""
LIMITS = (
    "min_length", "max_length", "min_sum_cost", "max_sum_cost", "min_points", "max_points", "min_sum_points",
    "max_sum_points",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signer:
    """Who may sign: ``role`` is ``clerk``, ``auditor`` or another word."""

    key: PublicKey
    role: str = "clerk"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is settled besides election and plan before the first ballot.

    ``source``: ``file`` (a plain file: its ballots are counted even where they break its limits, nothing is known of a
    roll) or ``round``.  ``tier``: the tier to be published, ``tier_reason``: why, if the ballots are shown although few or
    lonely; ``eligible``: voters on the roll at opening; ``threshold``: signatures needed; ``witnesses``: who saw the lot
    of a plain file being drawn.
    """

    source: str = "file"
    tier: Tier = "open"
    tier_reason: str | None = None
    signers: tuple[Signer, ...] = ()
    threshold: int = 0
    eligible: int | None = None
    witnesses: tuple[str, ...] = ()

    @property
    def recorded_reason(self) -> str | None:
        """Why the tier is what it is, as it is written; a plain file that is shown was made into a bundle by
        somebody who may show it."""
        reason = fit_text(self.tier_reason or "")
        if not reason and self.source == "file" and self.tier == "open":
            reason = MAKER_SAYS
        return reason or None


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing that could be a name or a reason: no letter and no digit."""
    return not any(unicodedata.category(letter)[0] in "LN" and letter not in FILLERS for letter in text)


def round_json(election: Election, plan: Plan, terms: Terms, breaking: int | None = None) -> bytes:
    """``breaking``: how many different ballots of a plain file break its limits, where they are shown."""
    pool, area, limits = election.pool, election.pool.area, election.limits
    return canonical.write(
        {
            "schema": "borgerbudget.round/1",
            "round": election.round,
            "source": {"kind": terms.source, "sha256": election.input_sha256},
            "area": None
            if area is None
            else {"id": fit_text(area.id), "name": fit_text(area.name), "population": area.population},
            "pool": {
                "amount": pool.amount,
                "currency": fit_text(pool.currency),
                "minor_units": MINOR_UNITS,
                "sources": [
                    {
                        "name": fit_text(source.name),
                        "amount": source.amount,
                        "reference": None if source.reference is None else fit_text(source.reference),
                    }
                    for source in pool.sources
                ],
            },
            "ballot": {
                "method": election.method.name,
                "default_score": limits.default_score,
                "limits": {name: getattr(limits, name) for name in LIMITS},
                "breaking": breaking,
            },
            "plan": plan.as_json(),
            "tier": terms.tier,
            "tier_reason": terms.recorded_reason,
            "eligible": terms.eligible,
            "threshold": terms.threshold,
            "signers": [
                {"fingerprint": signer.key.fingerprint, "public_key": signer.key.raw.hex(), "role": signer.role}
                for signer in sorted(terms.signers, key=lambda signer: signer.key.fingerprint)
            ],
        }
    )


def proposals_jsonl(election: Election, withdrawn_later: Sequence[str] = ()) -> bytes:
    """The frozen list; ``withdrawn_later`` are proposals that an event withdrew: the list itself still has them."""
    return b"".join(
        canonical.write(
            {
                "id": proposal.id,
                "number": proposal.ballot_number,
                "title": fit_text(proposal.title),
                "cost": proposal.cost,
                "min_cost": proposal.min_cost,
                "area": None if proposal.area is None else fit_text(proposal.area),
                "category": [text for text in map(fit_text, proposal.category) if text],
                "goals": list(proposal.goals),
                "withdrawn": proposal.withdrawn and proposal.id not in withdrawn_later,
            }
        )
        for proposal in election.proposals
    )


def breaking_lines(election: Election) -> int:
    """How many different ballots, as they stand in ``ballots.tsv``, break a declared limit; blank ones break none."""
    limits = election.limits
    if election.method.name == "knapsack" and limits.max_sum_cost is None:
        limits = replace(limits, max_sum_cost=election.pool.amount)
    cost_of = dict(zip(election.ids, election.costs, strict=True))
    found = 0
    for group in range(election.profile.distinct):
        proposals, points = election.profile.ballot(group)
        ids = [election.ids[p] for p in proposals]
        broken = election.method.breaches(ids, points, cost_of, limits) if ids else []
        found += any(breach.limit in LIMITS for breach in broken)
    return found


def ballots_tsv(election: Election) -> bytes:
    lines = ballot_lines(election.method, election.ids, election.profile)
    return "".join(f"{line}\n" for line in lines).encode()


def totals_tsv(contest: Contest) -> bytes:
    """``id TAB supporters TAB score`` by id."""
    support = contest.support
    rows = [
        f"{proposal}\t{number(Fraction(support.supporters[p], support.denominator))}\t{number(contest.score(p))}\n"
        for p, proposal in enumerate(contest.election.ids)
    ]
    return "".join(rows).encode()


def lot_json(lot: Lot, witnesses: Sequence[str] = ()) -> bytes:
    return canonical.write(
        {"schema": "borgerbudget.lot/1", **lot.as_json(), "witnesses": [fit_text(name) for name in witnesses]}
    )


def plan_reference(plan: Plan) -> Mapping[str, object]:
    """The plan with the hashes of the texts that define its rule and completion."""
    completion = None if plan.completion is None else _text_sha256(COMPLETIONS[plan.completion].specification)
    return {
        "parameters": plan.as_json(),
        "rule_sha256": _text_sha256(RULES[plan.rule].specification),
        "completion_sha256": completion,
    }


def _text_sha256(specification: str) -> str:
    return hashlib.sha256(inspect.cleandoc(specification).encode()).hexdigest()
