"""A stored round as the tally sees it: election, plan and terms; the checker and the counter that its transitions ask for."""

from __future__ import annotations

import hashlib
import json
from collections import Counter as Multiset
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from borgerbudget import canonical
from borgerbudget.canonical import fit_text
from borgerbudget.election import Election, make_election, make_hand_count
from borgerbudget.errors import BorgerbudgetError, DecisionNeeded, Problem, UsageError, problem
from borgerbudget.leaves import box_root
from borgerbudget.office.lifecycle import Counted, PlanChecker, Settled
from borgerbudget.pool import Pool
from borgerbudget.profile_lines import read_profile_lines
from borgerbudget.proposal import Proposal
from borgerbudget.rounds.guards import POLICIES_OF_A_COUNT
from borgerbudget.rounds.limits import limits_of
from borgerbudget.rounds.policies import CONSTRAINTS
from borgerbudget.rounds.round import Entry, Round
from tallies.audit.keys import PublicKey
from tallies.audit.members import Signer, Terms, proposals_jsonl, round_json
from tallies.audit.tiers import Tier
from tallies.counting import count
from tallies.lot import Lot, dice_lot, drawn_lot
from tallies.outcome import Outcome
from tallies.plan import Plan, checked_ties
from tallies.planning import SETTINGS, known_plans, make_plan
from tallies.rules import RULES
from tallies.trace import trace_bytes
from tallies.words import PROBLEMS

if TYPE_CHECKING:
    from tallies.plan_file import PlanFile

TIERS: dict[str, Tier] = {"open": "open", "totals": "totals", "sealed": "sealed"}


def election_of(round: Round, lines: Sequence[str] = (), leaves: Sequence[str] | None = None) -> Election:
    """The election of these ballots (fields of profile lines), in a hand count of what the box was sealed with.  ``leaves``:
    hex, of the sealed box."""
    method, limits = round.policy("ballot") or "approval", limits_of(round)
    proposals = [_proposal(entry, round) for entry in round.listed]
    area = replace(round.area, name=fit_text(round.area.name))
    pool = Pool(round.pool, round.currency, tuple(money.source for money in round.sources), area)
    if round.by_hand:
        voters, votes = round.counted_by_hand or (0, dict.fromkeys((proposal.id for proposal in proposals), 0))
        return make_hand_count(pool, proposals, votes, voters, limits, round.id)
    counts = Multiset(lines)
    profile = "".join(f"{counts[line]}\t{line}\n" for line in sorted(counts, key=str.encode)).encode()
    known = [proposal.id for proposal in proposals]
    groups = read_profile_lines(profile, method, known, limits.default_score)
    ballots = [dict(zip(group.ids, group.points, strict=True)) if group.points else group.ids for group in groups]
    weights = [group.voters for group in groups]
    election = make_election(pool, proposals, ballots, method, weights, limits, round.id)
    if leaves is None:
        return election
    return replace(election, sealed_root=box_root(bytes.fromhex(one) for one in leaves))


def plan_of(round: Round, election: Election) -> Plan:
    """The plan that the round's policies ask for, with its draw of lots.  UsageError for what cannot be asked."""
    settings = settings_of(round.policies)
    settings.setdefault("leftover", round.policy("leftover"))
    if round.policy("reserve") == "yes":
        settings.setdefault("reserve", "yes")
    ties = [part.strip() for part in (round.policy("ties") or "").split(",")]
    return replace(make_plan(round.policy("plan") or "", election, settings, ties), lot=_lot(round, election))


def settings_of(policies: Mapping[str, str]) -> dict[str, object]:
    """The plan's settings among a round's policies."""
    found: dict[str, object] = {
        key.removeprefix("plan."): value for key, value in policies.items() if key.startswith("plan.")
    }
    if "constraints" in found:
        found["constraints"] = json.loads(policies[CONSTRAINTS])
    return found


def terms_of(round: Round) -> Terms:
    """What is settled besides: once frozen, the number of eligible voters as it was then."""
    signers = tuple(Signer(PublicKey(bytes.fromhex(raw)), role) for _, raw, role in round.signers)
    threshold = round.policy("threshold")
    eligible: int | None = round.tally.roll
    if round.frozen is not None and round.happened("frozen") and round.state not in ("draft", "proposals", "vetting"):
        eligible = canonical.read(round.frozen[0])["eligible"]
    elif round.attendance:
        eligible = None  # known only when people have come
    tier = TIERS[round.policy("tier") or "totals"]
    needed = len(signers) if threshold is None else int(threshold)
    return Terms("round", tier, round.policy("tier_reason"), signers, needed, eligible)


def count_round(round: Round, lines: Sequence[str], leaves: Sequence[str] | None = None) -> Outcome:
    """Raises DecisionNeeded when a tie matters and no lot was drawn."""
    election = election_of(round, lines, leaves)
    return count(election, plan_of(round, election))


def _check(round: Round) -> list[Problem]:
    try:
        _settle(round)
        count_round(round, ())
    except DecisionNeeded:
        return []  # without ballots everything is tied
    except BorgerbudgetError as error:
        return list(error.problems)
    return []


def _settle(round: Round) -> Settled:
    election = election_of(round)
    return round_json(election, plan_of(round, election), terms_of(round)), proposals_jsonl(election, round.withdrawn)


def policies_of_plan(file: PlanFile) -> dict[str, str]:
    """A plan file as policies of a round, each setting as it is written after ``--set``; the constraints as JSON."""
    found = {"plan": file.plan}
    if file.ties is not None:
        found["ties"] = ",".join(file.ties)
    for key, value in file.settings().items():
        name = key if key == "leftover" else f"plan.{key}"
        found[name] = _setting_text(key, value)
    return found


def _setting_text(key: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, list):
        return str(value)
    if key == "constraints":
        return json.dumps(value, ensure_ascii=False)
    if key == "bands":
        return "+".join(":".join(map(str, pair)) for pair in value)
    return ("+" if key == "prizes" else ",").join(map(str, value))


def refuse_unknown_plans(policies: Mapping[str, str]) -> None:
    """UsageError for a plan, a setting or a tie policy that no round can have, before any of it is written down."""
    wrong: list[Problem] = []
    name, ties = policies.get("plan"), policies.get("ties")
    if name is not None and name not in (*known_plans(), *RULES):
        wrong.append(problem(PROBLEMS, "PLN-001", name=name, known=", ".join(known_plans())))
    for key in policies:
        if key.startswith("plan.") and key.removeprefix("plan.") not in SETTINGS:
            wrong.append(problem(PROBLEMS, "PLN-002", key=key.removeprefix("plan."), known=", ".join(SETTINGS)))
    if ties is not None:
        try:
            checked_ties([part.strip() for part in ties.split(",")])
        except BorgerbudgetError as error:
            wrong += error.problems
    if wrong:
        raise UsageError(wrong)


def told_early(round: Round) -> list[Problem]:
    """As warnings, what would keep a round with these policies from being frozen: plan and ballot that do not go together, and
    the like; empty while there is too little to try it on."""
    if not round.listed or not round.pool or any(round.policy(key) is None for key in POLICIES_OF_A_COUNT):
        return []
    return [replace(found, severity="warning") for found in _check(round)]


CHECKER = PlanChecker(_check, _settle)


def counter(round: Round, lines: Sequence[str], leaves: Sequence[str]) -> Counted:
    """What is kept of a count."""
    outcome = count_round(round, lines, leaves)
    document = outcome.as_json()
    funded = hashlib.sha256(canonical.write(document["funded"])).hexdigest()
    return Counted(canonical.write(document)[:-1], trace_bytes(outcome), funded)


def _proposal(entry: Entry, round: Round) -> Proposal:
    return Proposal(
        entry.id, entry.cost, entry.title, entry.ballot_number, entry.total_price, entry.min_cost, entry.area,
        entry.category, entry.goals, withdrawn=entry.id in round.withdrawn,
    )  # fmt: skip


def _lot(round: Round, election: Election) -> Lot | None:
    drawn = round.happened("lot-drawn")
    if drawn is None:
        return None
    dice, order = drawn.payload["dice"], drawn.payload["order"]
    return dice_lot(election, str(dice)) if dice is not None else drawn_lot(election, list(order))  # type: ignore[call-overload]
