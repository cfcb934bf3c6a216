"""Guards: each looks at a round and an attempt and tells everything that stands in the way, with the command that mends it.

They never stop at the first; whoever is refused sees the whole list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from borgerbudget.canonical import fit_text
from borgerbudget.errors import Place, Problem, problem
from borgerbudget.rounds.deadlines import say_moment
from borgerbudget.rounds.policies import POLICIES
from borgerbudget.rounds.round import Entry, Round
from borgerbudget.rounds.value_words import DATE_KINDS, TIERS, choices_words
from borgerbudget.rounds.words import PROBLEMS

SMALLEST_BATCH = 20
"""Leaves in a batch, unless it is the only one of its day (docs/audit-bundle.md, section 8)."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who tries what: ``now`` in UTC; ``second``: the other person, where two are asked for.

    ``key``: the key file is at hand; ``plan``: what the tally finds wrong with plan and ballot; ``broken``: what ``round verify``
    would find, ``pending``: leaves in no batch yet, both looked up only where a guard asks.
    """

    name: str
    actor: str
    now: datetime
    second: str | None = None
    reason: str | None = None
    key: bool = True
    plan: tuple[Problem, ...] = ()
    broken: tuple[Problem, ...] = ()
    pending: int = 0


Guard = Callable[[Round, Attempt], list[Problem]]


def found(round: Round, code: str, **values: Any) -> Problem:
    return problem(PROBLEMS, code, Place(round.id), round=round.id, **values)


def clock(round: Round, attempt: Attempt) -> list[Problem]:
    """A clock that runs behind the last event would make history wrong; somebody must say why."""
    if round.last_moment is None or attempt.now >= round.last_moment or attempt.reason:
        return []
    last, now = (say_moment(moment, round.zone) for moment in (round.last_moment, attempt.now))
    return [found(round, "STA-002", last=last, now=now)]


def reason_given(round: Round, attempt: Attempt) -> list[Problem]:
    return [] if attempt.reason else [found(round, "STA-003", name=attempt.name)]


def second_person(round: Round, attempt: Attempt) -> list[Problem]:
    """Two people, each under her own name; that they sit at one machine nobody can see from here."""
    if attempt.second is None:
        return [found(round, "STA-004", name=attempt.name)]
    if fit_text(attempt.second).casefold() == fit_text(attempt.actor).casefold():
        return [found(round, "STA-005", actor=attempt.actor)]
    return []


def policies_set(round: Round, attempt: Attempt) -> list[Problem]:
    missing = [policy for policy in POLICIES.bold if round.policy(policy.key) is None]
    return [found(round, "STA-010", asks=p.asks, key=p.key, values=choices_words(p.key, p.values)) for p in missing]


def policies_fit(round: Round, attempt: Attempt) -> list[Problem]:
    wrong = []
    if round.policy("double_vote") in ("last", "all-void") and round.policy("channels") != "code":
        wrong.append(found(round, "STA-013", value=round.policy("double_vote")))
    channels = (round.policy("channels") or "").split("+")
    if round.policy("double_vote") == "paper-wins" and not {"code", "paper"} <= set(channels):
        wrong.append(found(round, "STA-070"))
    if ("paper" in channels) != (round.policy("urns") is not None):
        wrong.append(found(round, "STA-071" if "paper" in channels else "STA-072"))
    if round.by_hand and channels != ["paper"]:
        wrong.append(found(round, "STA-074"))
    if round.by_hand and round.policy("tier") != "totals":
        wrong.append(found(round, "STA-075"))
    if round.policy("withdrawal") == "void-choice" and round.policy("ballot") == "ranked":
        wrong.append(found(round, "STA-014"))
    if "meeting" in (round.policy("channels") or "") and round.policy("secrecy") == "pseudonymous":
        wrong.append(found(round, "STA-015"))
    if round.policy("tier") != "totals" and round.policy("tier_reason") is None:
        wrong.append(found(round, "STA-016", tier=TIERS[round.policy("tier") or "totals"]))
    ties = round.policy("ties")
    if ties is not None and not ties.replace(" ", "").endswith("lot"):
        wrong.append(found(round, "STA-018"))
    threshold = round.policy("threshold")
    if threshold is not None and not min(1, len(round.signers)) <= int(threshold) <= len(round.signers):
        wrong.append(found(round, "STA-017", threshold=threshold, signers=len(round.signers)))
    return wrong


def money_there(round: Round, attempt: Attempt) -> list[Problem]:
    return [] if round.pool > 0 else [found(round, "STA-011")]


def proposals_ready(round: Round, attempt: Attempt) -> list[Problem]:
    listed = round.listed
    wrong = [found(round, "STA-020")] if not listed else []
    open_ones = [p.id for p in round.proposals if p.status == "proposed"]
    if open_ones:
        wrong.append(found(round, "STA-021", proposals=", ".join(open_ones)))
    unnumbered = [p.id for p in listed if p.ballot_number is None]
    numbers = [p.ballot_number for p in listed]
    if unnumbered or len(set(numbers)) < len(numbers):
        wrong.append(found(round, "STA-022"))
    mistakable = sorted({p.id for p in listed if p.id != str(p.ballot_number)} & set(map(str, numbers)))
    if mistakable:
        wrong.append(found(round, "STA-090", proposal=mistakable[0], order=" ".join(_by_own_numbers(listed))))
    return wrong


def _by_own_numbers(listed: Sequence[Entry]) -> list[str]:
    """The ids in an order in which each that is one of these numbers has that number."""
    ids = {p.id for p in listed}
    numbers = range(1, len(ids) + 1)
    others = iter(sorted(ids - set(map(str, numbers)), key=str.encode))
    return [str(number) if str(number) in ids else next(others) for number in numbers]


def dates_set(round: Round, attempt: Attempt) -> list[Problem]:
    if round.opens is None or round.closes is None:
        return [found(round, "STA-023")]
    return closing_wrong(round, round.opens, round.closes, attempt.now)


def closing_wrong(round: Round, opens: datetime | None, closes: datetime, now: datetime) -> list[Problem]:
    """Voting that closes in the past, or before it opens."""
    code = "STA-091" if closes <= now else "STA-024" if opens is not None and closes <= opens else None
    return [found(round, code, closes=say_moment(closes, round.zone))] if code else []


def later_deadline(round: Round, attempt: Attempt, closes: datetime | None) -> list[Problem]:
    """A deadline is moved after an interruption only, later only, by two people, with a reason."""
    wrong = [one for guard in (reason_given, second_person) for one in guard(round, attempt)]
    if closes is None or round.closes is None:
        return wrong
    if closes < round.closes:
        before = say_moment(round.closes, round.zone)
        wrong.append(found(round, "STA-060", kind=DATE_KINDS["closes"], before=before))
    return wrong or closing_wrong(round, None, closes, attempt.now)


def roll_there(round: Round, attempt: Attempt) -> list[Problem]:
    """At a meeting the roll is the attendance list, which is written when people come."""
    if round.tally.roll or (round.attendance and "code" not in (round.policy("channels") or "")):
        return []
    return [found(round, "STA-025")]


def plan_counts(round: Round, attempt: Attempt) -> list[Problem]:
    return list(attempt.plan)


def key_there(round: Round, attempt: Attempt) -> list[Problem]:
    return [] if attempt.key else [found(round, "STA-030")]


def time_to_open(round: Round, attempt: Attempt) -> list[Problem]:
    if round.opens is None or round.closes is None:
        return [found(round, "STA-023")]
    if attempt.now < round.opens:
        return [found(round, "STA-031", opens=say_moment(round.opens, round.zone))]
    return closing_wrong(round, None, round.closes, attempt.now)


def codes_issued(round: Round, attempt: Attempt) -> list[Problem]:
    """Everybody on the roll can vote, where codes are the only way."""
    without = round.tally.roll - round.tally.coded
    return [found(round, "STA-032", count=without)] if round.policy("channels") == "code" and without > 0 else []


def time_to_close(round: Round, attempt: Attempt) -> list[Problem]:
    if round.closes is not None and attempt.now < round.closes and not attempt.reason:
        return [found(round, "STA-033", closes=say_moment(round.closes, round.zone))]
    return []


def nobody_voted(round: Round, attempt: Attempt) -> list[Problem]:
    return [found(round, "STA-034")] if round.tally.voters else []


def not_sealed(round: Round, attempt: Attempt) -> list[Problem]:
    return [found(round, "STA-035")] if round.sealed else []


def box_sealed(round: Round, attempt: Attempt) -> list[Problem]:
    return [] if round.sealed else [found(round, "STA-036")]


def untampered(round: Round, attempt: Attempt) -> list[Problem]:
    return [found(round, "STA-037", count=len(attempt.broken)), *attempt.broken] if attempt.broken else []


def batch_large_enough(round: Round, attempt: Attempt) -> list[Problem]:
    today = round.day(attempt.now).isoformat()
    another = any(event.type == "batch-added" and event.day == today for event in round.chain)
    return [found(round, "STA-038", count=attempt.pending)] if another and 0 < attempt.pending < SMALLEST_BATCH else []


def lot_undrawn(round: Round, attempt: Attempt) -> list[Problem]:
    if round.happened("lot-drawn"):
        return [found(round, "STA-039")]
    ties = (round.policy("ties") or "").replace(" ", "").split(",")
    return [] if ties[-1] == "lot" else [found(round, "STA-040")]


def turnout_reached(round: Round, attempt: Attempt) -> list[Problem]:
    least = int(round.policy("min_turnout") or 0)
    voters = round.tally.voters
    return [found(round, "STA-041", voters=voters, least=least)] if voters < least and not attempt.reason else []


def appeal_time_over(round: Round, attempt: Attempt) -> list[Problem]:
    published = round.happened("published")
    days = int(round.policy("appeal_days") or 0)
    if published is None:
        return []
    until = date.fromisoformat(published.day) + timedelta(days=days)
    if days and round.day(attempt.now) <= until and not attempt.reason:
        return [found(round, "STA-050", until=until)]
    return []


def appeals_decided(round: Round, attempt: Attempt) -> list[Problem]:
    open_ones = [number for number, verdict in round.appeals.items() if verdict is None]
    return [found(round, "STA-051", number=number) for number in open_ones]


def appeals_answered(round: Round, attempt: Attempt) -> list[Problem]:
    """An appeal that was right changes something: the count, the decision or the round."""
    return [found(round, "STA-055", number=number) for number in round.unanswered]


def council_decided(round: Round, attempt: Attempt) -> list[Problem]:
    return [] if round.decision else [found(round, "STA-052", decider=round.policy("decider"))]


def retention_over(round: Round, attempt: Attempt) -> list[Problem]:
    finalised = round.happened("finalised")
    days = int(round.policy("retention_days") or 0)
    if finalised is None or attempt.reason:
        return []
    until = date.fromisoformat(finalised.day) + timedelta(days=days)
    return [found(round, "STA-053", until=until)] if round.day(attempt.now) < until else []


POLICIES_OF_A_COUNT = ("ballot", "plan", "ties", "leftover")
"""Without these nothing can be counted, nor tried."""
READY: Mapping[str, Guard] = {
    "policies": policies_set,
    "combinations": policies_fit,
    "pool": money_there,
    "proposals": proposals_ready,
    "dates": dates_set,
    "roll": roll_there,
    "plan": plan_counts,
    "key": key_there,
}
"""What ``round check`` looks at: all that must be in place before freezing, but for the second person."""
