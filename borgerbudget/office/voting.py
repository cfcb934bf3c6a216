"""Casting a ballot: into an envelope in the spool, in one transaction with what says that this voter took part.

A ballot is never dropped: late ones and second ones lie in the spool too, and are settled when the box is sealed.  An envelope is
the only thing that says whose ballot it is, and sealing destroys it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from borgerbudget.ballots import METHODS, Limits
from borgerbudget.ballots.method import BallotMethod, Breach
from borgerbudget.errors import Place, StateForbids, UsageError, problem
from borgerbudget.leaves import leaf, receipt
from borgerbudget.money import amount_text
from borgerbudget.office.voters import find_code
from borgerbudget.rounds.codes import token
from borgerbudget.rounds.guards import SMALLEST_BATCH, found, key_there
from borgerbudget.rounds.limits import limits_of
from borgerbudget.rounds.round import Round
from borgerbudget.rounds.transitions import wrong_state
from borgerbudget.rounds.value_words import CHANNELS, LIMITS
from borgerbudget.rounds.words import PROBLEMS
from borgerbudget.store import tables
from borgerbudget.store.work import Office, Work, work
from borgerbudget.words import Text

PAPER = "paper/"
"""Before the urn's name, as the channel of somebody who was given a sheet of paper."""
BREAKS_A_LIMIT = "RND-024"
MOST_TURNS = 20
"""Envelopes of one voter; more is an attack or a broken key."""


@dataclass(frozen=True, slots=True)
class Cast:
    """What became of a ballot: its receipt, and whether it counts as far as that can be said without looking into others."""

    receipt: str
    standing: Standing


Standing = Literal["cast", "second", "late"]


def read_choices(round: Round, choices: Sequence[str]) -> tuple[list[str], list[int] | None]:
    """Ids and points (None where none are given), from numbers or ids as on the ballot paper (``3:2`` where points are given).

    UsageError with everything that is wrong.
    """
    method = METHODS[round.policy("ballot") or "approval"]
    listed = {p.id: p for p in round.listed}
    numbers = {str(p.ballot_number): p.id for p in round.listed}
    wrong, ids, points = [], [], []
    for choice in choices:
        text, colon, mark = choice.strip().rpartition(":") if method.has_points else (choice.strip(), "", "")
        proposal = numbers.get(text, text)
        if method.has_points and (not colon or not re.fullmatch("-?[0-9]{1,9}", mark, re.ASCII)):
            wrong.append(problem(PROBLEMS, "RND-025", value=choice[:40]))
        elif proposal not in listed:
            known = ", ".join(f"{p.ballot_number} = {p.id}" for p in listed.values())
            wrong.append(problem(PROBLEMS, "RND-023", value=text[:40], known=known))
        else:
            ids.append(proposal)
            points.append(int(mark or 0))
    if wrong:
        raise UsageError(wrong)
    return ids, points if method.has_points else None


def ballot_line(round: Round, choices: Sequence[str]) -> str:
    """A ballot as it is kept, from what stands on it as ``read_choices`` takes it.

    UsageError with everything that is wrong: unknown proposals, a limit broken.  No choice at all is a blank ballot.
    """
    method, limits = METHODS[round.policy("ballot") or "approval"], limits_of(round)
    ids, points = read_choices(round, choices)
    wrong = _breaches(round, method, limits, ids, points) if ids else []
    if wrong:
        raise UsageError(wrong)
    if method.name == "scoring" and points is not None:  # what is left at the default says nothing
        kept = [(i, p) for i, p in zip(ids, points, strict=True) if p != limits.default_score]
        ids, points = [i for i, _ in kept], [p for _, p in kept]
    return method.line(ids, points)


def castable(office: Office, round: Round, choices: Sequence[str], channel: str) -> str:
    """The line of a ballot that may be cast now ("code" or "meeting"), whoever casts it: all that can be refused before a code
    is asked for.  StateForbids when the round takes none so, UsageError for a ballot that is none."""
    if round.state != "open":
        raise StateForbids(wrong_state(round, "ballot cast", ["open"]))
    wrong = key_there(round, office.attempt("ballot cast"))
    if channel not in (round.policy("channels") or "").split("+"):
        used = (round.policy("channels") or "code").split("+")
        known = Text(*(" / ".join(CHANNELS[one][i] for one in used) for i in (0, 1)))
        options = {"code": "--code", "meeting": "--voter", "paper": "ballot hand-out"}
        option = " / ".join(options[one] for one in used)
        place = Place(round.id)
        wrong.append(problem(PROBLEMS, "RND-028", place, channel=CHANNELS[channel], known=known, option=option))
    if wrong:
        raise StateForbids(wrong)
    return ballot_line(round, choices)


def cast(office: Office, name: str, choices: Sequence[str], code: str | None = None, voter: str | None = None) -> Cast:
    """Casts a ballot with a code, or at a meeting for somebody on the attendance list.

    Each ballot gets an envelope of its own, also one that says what another said: whoever holds a code must not learn from the
    answer what was cast with it.  Whether a second one or one after the deadline counts is settled by the round's policies when
    the box is sealed.  Raises UsageError for a code or ballot that is none, StateForbids when the round is not open.
    """
    with work(office, name) as under_way:
        round = under_way.known
        line = castable(office, round, choices, "code" if code is not None else "meeting")
        whose, roll_id, channel = _voter(under_way, code, voter)
        taken_part = {row["channel"] for row in under_way.rows(tables.PARTICIPATION, roll_id=roll_id)}
        before = envelopes_of(under_way, roll_id)
        standing = _standing(under_way, before, taken_part)
        intake = open_batch(under_way)
        salt = secrets.token_bytes(32)
        turn = before[-1]["turn"] + 1 if before else 1
        envelope = {
            "leaf": leaf(name, salt, line).hex(), "token": whose, "turn": turn, "channel": channel,
            "content": line, "salt": salt.hex(), "late": int(standing == "late"),
            "batch": intake["batch"],
        }  # fmt: skip
        under_way.insert(tables.SPOOL, **envelope)
        new_voter = not envelope["late"] and channel not in taken_part
        if new_voter:
            under_way.insert(tables.PARTICIPATION, roll_id=roll_id, channel=channel, day=under_way.day())
        counted_in = {"voters": intake["voters"] + new_voter, "envelopes": intake["envelopes"] + 1}
        under_way.update(tables.INTAKE, intake, **counted_in, day=under_way.day())
    return Cast(_receipt(name, envelope), standing)


def standing_with(office: Office, name: str, code: str) -> Standing:
    """What a ballot with this code would be now, before anything is chosen: no more than casting one would answer.  Raises as
    ``cast`` does; nothing is written."""
    with work(replace(office, dry_run=True), name) as under_way:
        castable(office, under_way.known, (), "code")
        _, roll_id, _ = _voter(under_way, code, None)
        taken_part = {row["channel"] for row in under_way.rows(tables.PARTICIPATION, roll_id=roll_id)}
        return _standing(under_way, envelopes_of(under_way, roll_id), taken_part)


def _standing(under_way: Work, before: Sequence[object], taken_part: Iterable[str]) -> Standing:
    """``before``: the voter's envelopes; ``taken_part``: in which ways she voted.  StateForbids when there are too many."""
    round = under_way.known
    if len(before) >= MOST_TURNS:
        raise StateForbids(found(round, "STA-043", count=len(before)))
    if round.closes is not None and under_way.now >= round.closes and round.policy("late_ballot") != "counted":
        return "late"
    on_paper = any(way.startswith(PAPER) for way in taken_part)
    return "second" if (before or on_paper) and round.policy("double_vote") != "last" else "cast"


def envelopes_of(under_way: Work, roll_id: str) -> list[dict[str, Any]]:
    """What lies in the spool of a voter, by whichever way she voted, in order; not what was cast with a code that is void now."""
    name, key = under_way.name, under_way.office.key
    assert key is not None
    macs = [row["mac"] for row in under_way.rows(tables.CODES, roll_id=roll_id) if row["status"] != "void"]
    found = [row for who in (*macs, roll_id) for row in under_way.rows(tables.SPOOL, token=token(key, name, who))]
    return sorted(found, key=lambda row: int(row["turn"]))


def publish_batch(under_way: Work, intake: dict[str, Any]) -> None:
    """An event with the leaves of the batch that is being filled, so that none of its ballots can vanish any more."""
    leaves = sorted(row["leaf"] for row in under_way.rows(tables.SPOOL, batch=intake["batch"]))
    if leaves:
        under_way.note("batch-added", {"batch": intake["batch"], "leaves": leaves})
        under_way.update(tables.INTAKE, intake, batch=intake["batch"] + 1)
        intake["batch"] += 1


def open_batch(under_way: Work) -> dict[str, Any]:
    """The row that counts what comes in.  The first ballot of a day publishes what came before, when it is enough to hide in.

    Not on the last day: what comes after would then be too few for a batch of its own.
    """
    today = under_way.day()
    found = under_way.rows(tables.INTAKE)
    if not found:
        under_way.insert(tables.INTAKE, voters=0, envelopes=0, batch=1, day=today)
        return under_way.rows(tables.INTAKE)[0]
    intake, closes = found[0], under_way.known.closes
    last_day = closes is None or under_way.known.day(closes) <= date.fromisoformat(today)
    if intake["day"] < today and not last_day:
        pending = len(under_way.rows(tables.SPOOL, batch=intake["batch"]))
        if pending >= SMALLEST_BATCH:
            publish_batch(under_way, intake)
    return intake


def _voter(under_way: Work, code: str | None, voter: str | None) -> tuple[str, str, str]:
    """Token, roll id and channel; UsageError for somebody who may not vote."""
    name, key = under_way.name, under_way.office.key
    assert key is not None
    if code is not None:
        row = find_code(under_way, code)
        if row["status"] == "void":
            raise UsageError(problem(PROBLEMS, "RND-022", Place(name)))
        who, roll_id, channel = str(row["mac"]), str(row["roll_id"]), f"code/{row['issue']}"
    else:
        who, roll_id, channel = voter or "", voter or "", "meeting"
    found = under_way.rows(tables.ROLL, id=roll_id)
    if not found:
        raise UsageError(problem(PROBLEMS, "RND-007", Place(name), value=roll_id, round=name))
    if found[0]["status"] == "struck":
        raise UsageError(problem(PROBLEMS, "RND-026", Place(name), round=name))
    return token(key, name, who), roll_id, channel


def _breaches(
    round: Round, method: BallotMethod, limits: Limits, ids: Sequence[str], points: Sequence[int] | None
) -> list[Any]:
    cost_of = {p.id: p.cost for p in round.listed}

    def shown(breach: Breach, value: object) -> object:
        return amount_text(int(str(value)), round.currency) if breach.limit.endswith("sum_cost") else value

    return [
        problem(PROBLEMS, BREAKS_A_LIMIT, limit=LIMITS.get(breach.limit, breach.limit), allowed=shown(breach, breach.allowed),
                found=shown(breach, breach.found))
        for breach in method.breaches(ids, points, cost_of, limits)
    ]  # fmt: skip


def _receipt(name: str, row: dict[str, Any]) -> str:
    return receipt(name, row["batch"], bytes.fromhex(row["leaf"])).code()
