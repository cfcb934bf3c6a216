"""Moving a round from state to state: guards, a verified backup, and the event, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from borgerbudget.canonical import fit_text
from borgerbudget.chain import freeze_hash
from borgerbudget.dice import FEWEST_DICE, are_thrown
from borgerbudget.errors import Problem, StateForbids, UsageError
from borgerbudget.office.afterwards import set_decision_aside
from borgerbudget.rounds import guards
from borgerbudget.rounds.deadlines import moment_text
from borgerbudget.rounds.guards import Attempt, found
from borgerbudget.rounds.round import Round
from borgerbudget.rounds.transitions import TRANSITIONS, already, unmet, wrong_state
from borgerbudget.store import tables
from borgerbudget.store.integrity import look_through
from borgerbudget.store.work import Office, work

Settled = tuple[bytes, bytes]
"""``round.json`` and ``proposals.jsonl``: what freezing fixes."""


@dataclass(frozen=True, slots=True)
class PlanChecker:
    """What the tally knows and a round does not: whether the plan can be counted, and what is written down when freezing.

    ``check`` tells everything that is wrong; ``settle`` is asked only when that is nothing.
    """

    check: Callable[[Round], Sequence[Problem]]
    settle: Callable[[Round], Settled]


@dataclass(frozen=True, slots=True)
class Counted:
    """A count: the outcome as one line of canonical JSON, the trace, and the hash that the event carries."""

    outcome: bytes
    trace: bytes
    funded_sha256: str


Counter = Callable[[Round, Sequence[str], Sequence[str]], Counted]
"""Round, accepted ballots' lines and their leaves (hex) -> a count.  DecisionNeeded when a tie matters and no lot was drawn."""


def check(office: Office, round: Round, checker: PlanChecker) -> list[Problem]:
    """Everything that stands between a round and freezing it, but for the second person."""
    attempt = office.attempt("freeze", plan=_plan_problems(round, checker))
    return [problem for guard in guards.READY.values() for problem in guard(round, attempt)]


def move(office: Office, name: str, verb: str, checker: PlanChecker) -> bool:
    """One transition but counting; False when the round is there already.  StateForbids with all unmet guards."""
    transition = TRANSITIONS[verb]
    with work(office, name) as under_way:
        round = under_way.known
        if already(transition, round):
            return False
        plan = _plan_problems(round, checker) if verb in ("freeze", "open") else ()
        _demand(verb, round, office.attempt(verb, plan=plan))
        backup = under_way.back_up(transition.event)
        frozen, payload = None, _PAYLOADS.get(verb, _nothing)(round)
        if verb == "freeze":
            settled = checker.settle(round)
            frozen = freeze_hash(*settled)
            seq = len(round.chain) + 1
            under_way.insert(tables.FROZEN, seq=seq, round_json=settled[0], proposals_jsonl=settled[1])
        under_way.note(transition.event, payload, frozen, backup=backup)
    return True


def resume(office: Office, name: str, closes: datetime | None = None) -> bool:
    """Goes on after an interruption; False when it is open already and nothing else is asked for.

    ``closes``: another deadline, in UTC, later than the one that stands: what was lost is given back, with a reason and a second
    person, and the event says in public what it was and what it is.  StateForbids with everything that stands in the way.
    """
    with work(office, name) as under_way:
        round = under_way.known
        moves = closes is not None and closes != round.closes
        if round.state == "open" and not moves:
            return False
        attempt = office.attempt("round resume --closes" if moves else "resume")
        wrong = unmet(TRANSITIONS["resume"], round, attempt)
        if round.state == "open":
            wrong = [found(round, "STA-061")]
        elif moves and not wrong:
            wrong = guards.later_deadline(round, attempt, closes)
        if wrong:
            raise StateForbids(wrong)
        backup = under_way.back_up("resumed")
        payload: dict[str, object] = {}
        if moves and closes is not None and round.closes is not None:
            (row,) = under_way.rows(tables.DATES, kind="closes")
            under_way.update(tables.DATES, row, moment=moment_text(closes))
            payload = {"closes": moment_text(closes), "closed": moment_text(round.closes)}
        under_way.note("resumed", payload, backup=backup)
    return True


def tally(office: Office, name: str, counter: Counter, again: bool = False) -> bool:
    """Counts the sealed box by the frozen plan and keeps the result as a version; ``again``: another version, with a reason.

    False when it was counted already.  What the counter raises (a tie that needs a lot) leaves everything as it was.
    """
    transition = TRANSITIONS["recount" if again else "tally"]
    with work(office, name) as under_way:
        round = under_way.known
        if round.results and not again:
            return False
        broken = look_through(under_way.connection, name, office.key).problems
        _demand(transition.name, round, office.attempt(transition.name, broken=broken))
        ballots = under_way.rows(tables.BALLOTS, verdict="accepted")
        counted = counter(round, [row["content"] for row in ballots], [row["leaf"] for row in ballots])
        backup = under_way.back_up(transition.event)
        set_decision_aside(under_way, transition.name)
        under_way.insert(
            tables.RESULTS, version=round.results + 1, outcome=counted.outcome.decode(), trace=counted.trace,
            reason=office.reason or "",
        )  # fmt: skip
        under_way.note(transition.event, {"funded_sha256": counted.funded_sha256}, backup=backup)
    return True


def draw_lot(
    office: Office, name: str, dice: str | None, order: Sequence[str] | None, witnesses: Sequence[str]
) -> bool:
    """Records a draw after the box is sealed: public dice, or a committee's order, with who saw it.  Once, if the round's rule
    asks."""
    with work(office, name) as under_way:
        round = under_way.known
        attempt = office.attempt("round lot")
        wrong = _state(round, "round lot", "closed") or [
            one for guard in (guards.box_sealed, guards.lot_undrawn) for one in guard(round, attempt)
        ]
        if wrong:
            raise StateForbids(wrong)
        seen_by = [name for name in map(fit_text, witnesses) if name]
        doubted = [] if seen_by else [found(round, "RND-047")]
        if dice is not None and not are_thrown(dice):
            doubted.append(found(round, "RND-090", dice=dice[:40], least=FEWEST_DICE))
        if doubted:
            raise UsageError(doubted)
        payload = {"dice": dice, "order": None if order is None else list(order), "witnesses": seen_by}
        under_way.note("lot-drawn", payload)
    return True


def _state(round: Round, name: str, *states: str) -> list[Problem]:
    return [] if round.state in states else [wrong_state(round, name, states)]


def _plan_problems(round: Round, checker: PlanChecker) -> tuple[Problem, ...]:
    """None while plan or ballot are unset: that is told by another guard."""
    if any(round.policy(key) is None for key in guards.POLICIES_OF_A_COUNT) or not round.pool:
        return ()
    wrong = tuple(checker.check(round)) if round.listed else ()
    if not wrong and round.frozen is not None and round.state == "ready" and checker.settle(round) != round.frozen:
        return (found(round, "RND-035"),)
    return wrong


def _demand(verb: str, round: Round, attempt: Attempt) -> None:
    wrong = unmet(TRANSITIONS[verb], round, attempt)
    if wrong:
        raise StateForbids(wrong)


def _nothing(round: Round) -> dict[str, object]:
    return {}


def _closed(round: Round) -> dict[str, object]:
    return {"roll": round.tally.entries, "codes": round.tally.holders, "withdrawn": list(round.withdrawn)}


def _finalised(round: Round) -> dict[str, object]:
    decision = round.decision
    assert decision is not None
    amounts = [[proposal, amount] for proposal, amount in sorted(decision.amounts.items())]
    return {"decision": decision.kind, "reference": decision.reference, "day": decision.day, "amounts": amounts}


_PAYLOADS: dict[str, Callable[[Round], dict[str, object]]] = {"close": _closed, "finalise": _finalised}
