"""Many ballots with codes at once: what ``ballot cast`` does for one, for a whole file in one transaction, or for none of it.

Lines are taken in their order, so that of two with the same code the first comes first.  Everything wrong with all of them is
told together.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from borgerbudget.errors import BorgerbudgetError, Place, Problem, StateForbids, UsageError, problem
from borgerbudget.leaves import leaf
from borgerbudget.office.voting import MOST_TURNS, PAPER, ballot_line, castable, open_batch
from borgerbudget.rounds.codes import code_mac, read_code, token
from borgerbudget.rounds.round import Round
from borgerbudget.rounds.words import PROBLEMS
from borgerbudget.store import tables
from borgerbudget.store.work import Office, Work, work


@dataclass(frozen=True, slots=True)
class Returned:
    """A ballot as it came back: where it stands in its file, the code, and the choices as ``ballot_line`` reads them."""

    place: Place
    code: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many were put into envelopes, and of them how many come after another ballot of the same voter, or too late."""

    ballots: int
    second: int
    late: int


@dataclass(frozen=True, slots=True)
class _Voter:
    token: str
    roll_id: str
    channel: str


def import_ballots(office: Office, name: str, returned: Sequence[Returned]) -> Imported:
    """UsageError with all that is wrong in any line, StateForbids when the round takes no ballots with codes; then none is."""
    with work(office, name) as under_way:
        round = under_way.known
        castable(office, round, (), "code")
        voters = _voters(under_way, returned)
        lines = _lines(round, returned)
        late = round.closes is not None and under_way.now >= round.closes and round.policy("late_ballot") != "counted"
        if not returned:
            return Imported(0, 0, 0)
        intake = open_batch(under_way)
        turns, ways = _before(under_way)
        envelopes, took_part, second = [], [], 0
        for one, voter in zip(returned, voters, strict=True):
            line, salt = lines[one.choices], secrets.token_bytes(32)
            turn = turns[voter.roll_id] = turns.get(voter.roll_id, 0) + 1
            there = ways.setdefault(voter.roll_id, set())
            second += turn > 1 or any(way.startswith(PAPER) for way in there)
            if voter.channel not in there and not late:
                there.add(voter.channel)
                took_part.append({"roll_id": voter.roll_id, "channel": voter.channel, "day": under_way.day()})
            envelopes.append(
                {"leaf": leaf(name, salt, line).hex(), "token": voter.token, "turn": turn, "channel": voter.channel,
                 "content": line, "salt": salt.hex(), "late": int(late), "batch": intake["batch"]}
            )  # fmt: skip
        _demand_few_turns(turns, voters, returned)
        under_way.insert_all(tables.SPOOL, sorted(envelopes, key=lambda row: str(row["leaf"])))
        under_way.insert_all(tables.PARTICIPATION, took_part)
        counted_in = {"voters": intake["voters"] + len(took_part), "envelopes": intake["envelopes"] + len(envelopes)}
        under_way.update(tables.INTAKE, intake, **counted_in, day=under_way.day())
    return Imported(len(envelopes), second, len(envelopes) if late else 0)


def _voters(under_way: Work, returned: Iterable[Returned]) -> list[_Voter]:
    """Whose codes these are."""
    name, key = under_way.name, under_way.office.key
    assert key is not None
    codes = {row["mac"]: row for row in under_way.rows(tables.CODES)}
    struck = {row["id"] for row in under_way.rows(tables.ROLL, status="struck")}
    found, wrong = [], []
    for one in returned:
        try:
            mac = code_mac(key, name, read_code(one.code))
        except ValueError:
            wrong.append(problem(PROBLEMS, "RND-020", one.place, value=one.code[:20]))
            continue
        row = codes.get(mac)
        if row is None:
            wrong.append(problem(PROBLEMS, "RND-021", one.place))
        elif row["status"] == "void":
            wrong.append(problem(PROBLEMS, "RND-022", one.place))
        elif row["roll_id"] in struck:
            wrong.append(problem(PROBLEMS, "RND-026", one.place, round=name))
        else:
            found.append(_Voter(token(key, name, mac), row["roll_id"], f"code/{row['issue']}"))
    wrong += _wrong_lines(under_way.known, returned)
    if wrong:
        raise UsageError(sorted(wrong, key=lambda one: one.place.line or 0))
    return found


def _wrong_lines(round: Round, returned: Iterable[Returned]) -> list[Problem]:
    wrong: list[Problem] = []
    told: dict[tuple[str, ...], tuple[Problem, ...]] = {}
    for one in returned:
        if one.choices not in told:
            try:
                ballot_line(round, one.choices)
                told[one.choices] = ()
            except BorgerbudgetError as error:
                told[one.choices] = error.problems
        wrong += [replace(found, place=one.place) for found in told[one.choices]]
    return wrong


def _lines(round: Round, returned: Iterable[Returned]) -> dict[tuple[str, ...], str]:
    return {choices: ballot_line(round, choices) for choices in {one.choices for one in returned}}


def _before(under_way: Work) -> tuple[dict[str, int], dict[str, set[str]]]:
    """Of each voter the last turn of an envelope, and the ways in which she took part."""
    name, key = under_way.name, under_way.office.key
    assert key is not None
    owner = {token(key, name, row["id"]): row["id"] for row in under_way.rows(tables.ROLL)}
    for row in under_way.rows(tables.CODES, status="issued"):
        owner[token(key, name, row["mac"])] = row["roll_id"]
    turns: dict[str, int] = {}
    for row in under_way.rows(tables.SPOOL):
        voter = owner.get(row["token"])
        if voter is not None:
            turns[voter] = max(turns.get(voter, 0), row["turn"])
    ways: dict[str, set[str]] = {}
    for row in under_way.rows(tables.PARTICIPATION):
        ways.setdefault(row["roll_id"], set()).add(row["channel"])
    return turns, ways


def _demand_few_turns(turns: dict[str, int], voters: Sequence[_Voter], returned: Sequence[Returned]) -> None:
    wrong: dict[str, Any] = {}
    for one, voter in zip(returned, voters, strict=True):
        if turns[voter.roll_id] > MOST_TURNS:
            wrong.setdefault(
                voter.roll_id, problem(PROBLEMS, "STA-044", one.place, count=turns[voter.roll_id], most=MOST_TURNS)
            )
    if wrong:
        raise StateForbids(list(wrong.values()))
