"""Many ballots with codes at once: what ``ballot cast`` does for one, for a whole table in one transaction, or for none of it.

Where the table says when each was answered, that tells which of two came first, and what was late; else the order of the rows and
the moment of taking them in do.  Everything wrong with all of them is told together.  A ballot that breaks a limit is nobody's
slip at the desk: it is kept as it stands, like a sheet of paper, and is void when the box is sealed.  They are written in the
order of their leaves, which tells nothing of the table's, and lie in flat arrays until then, because a city has a million.
"""

from __future__ import annotations

import secrets
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import astuple, dataclass, field, replace
from typing import Any

import numpy as np
from sqlalchemy import select

from borgerbudget.ballots import METHODS
from borgerbudget.errors import BorgerbudgetError, Problem, problem
from borgerbudget.files.findings import Findings
from borgerbudget.leaves import leaf
from borgerbudget.office.answered import Answered, answered
from borgerbudget.office.paper_sheets import judge
from borgerbudget.office.voting import BREAKS_A_LIMIT, MOST_TURNS, PAPER, ballot_line, castable, open_batch
from borgerbudget.rounds.codes import code_mac, read_code, token
from borgerbudget.rounds.limits import first_broken
from borgerbudget.rounds.round import Round
from borgerbudget.rounds.words import PROBLEMS
from borgerbudget.sheets.ballots import BallotRow, BallotTable, read_ballots
from borgerbudget.sheets.cells import Sheet
from borgerbudget.sheets.mapping import BallotManner
from borgerbudget.sheets.opening import new_findings
from borgerbudget.sheets.proposals import ProposalRow
from borgerbudget.sheets.uncollected import sweep, uncollected
from borgerbudget.store import tables
from borgerbudget.store.work import AT_ONCE, Office, Work, work

NOBODY = ("", 0, "")
ASKED = 1000
"""Codes that are looked up together."""
CUT = "cut"
"""Not void, but only what is clear of it was kept."""
BYTES = 32
"""Of a leaf, a salt, a MAC."""


@dataclass(frozen=True, slots=True)
class Imported:
    """``ballots``: how many were put into envelopes.  Rows of those that come after another ballot of the same voter
    (``second``), and of how many of these that one was there ``before``; rows of those that came too ``late``; rows of those that
    are ``void`` because they break a limit, with which as ``paper_words.REASONS`` names it; rows of which only what is clear was
    kept (``cut``)."""

    ballots: int
    second: tuple[int, ...] = ()
    before: int = 0
    late: tuple[int, ...] = ()
    void: tuple[tuple[int, str], ...] = ()
    cut: tuple[int, ...] = ()


@dataclass
class _Envelopes:
    """Side by side, in the order of the table: the MAC of each code, whose it is and which of her codes, the ballot's line as its
    place among ``lines``, and whether it came too late.  ``odd``: of some of the lines the limit they break, or ``CUT``."""

    macs: bytearray = field(default_factory=bytearray)
    voters: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    contents: array[int] = field(default_factory=lambda: array("I"))
    lines: list[str] = field(default_factory=list)
    odd: dict[int, str] = field(default_factory=dict)
    answered: Answered = field(default_factory=Answered)


@uncollected()
def read_returned(
    round: Round, sheets: Sequence[Sheet], manner: BallotManner, findings: Findings
) -> BallotTable | None:
    """The ballots of a table, by the numbers, ids and titles on the round's ballot; None where there is no such table.

    What is wrong is in ``findings``.
    """
    if round.policy("ballot") == "points" and manner.shape == "list" and manner.points is None:
        manner = replace(manner, shape="balls")  # each mark is a point, as on paper
    listed = [ProposalRow(0, one.id, one.title, one.cost, number=one.ballot_number) for one in round.listed]
    return read_ballots(sheets, listed, manner, findings, codes=True)


@uncollected()
def import_ballots(office: Office, name: str, found: BallotTable, findings: Findings) -> Imported:
    """All of them or none: InputRejected with all that is wrong in any row and what ``findings`` hold, StateForbids when the
    round takes none with codes."""
    with work(office, name) as under_way:
        round = under_way.known
        castable(office, round, (), "code")
        envelopes = _Envelopes()
        _voters(under_way, found, findings, envelopes)
        _contents(round, found, findings, envelopes)
        envelopes.answered = answered(round, under_way.now, found, findings)
        findings.raise_if_failed()
        if not found.rows:
            return Imported(0)
        return _put_in(under_way, found, findings, envelopes)


def breaking(round: Round, found: BallotTable) -> Sequence[tuple[int, str]]:
    """Rows of ballots that would be void, and why: looked at beforehand, so that somebody can be asked."""
    envelopes = _Envelopes()
    _contents(round, found, new_findings(), envelopes)
    return _rows_of(found, envelopes)[0]


def _rows_of(found: BallotTable, envelopes: _Envelopes) -> tuple[tuple[tuple[int, str], ...], tuple[int, ...]]:
    """``void`` and ``cut`` of ``Imported``."""
    if not envelopes.odd or len(envelopes.contents) != len(found.rows):
        return (), ()
    odd = [
        (row.row, envelopes.odd[content])
        for row, content in zip(found.rows, envelopes.contents, strict=True)
        if content in envelopes.odd
    ]
    return tuple(one for one in odd if one[1] != CUT), tuple(row for row, why in odd if why == CUT)


def _voters(under_way: Work, found: BallotTable, findings: Findings, envelopes: _Envelopes) -> None:
    """Whose codes these are."""
    struck = {row["id"] for row in under_way.rows(tables.ROLL, status="struck")}
    for start in range(0, len(found.rows), ASKED):
        part = found.rows[start : start + ASKED]
        for row, code, values in _holders(under_way, part, struck, envelopes):
            findings.tell(problem(PROBLEMS, code, found.table.at(row.row, "voter"), **values))
        sweep()


def _holders(
    under_way: Work, part: Sequence[BallotRow], struck: Container[str], envelopes: _Envelopes
) -> list[tuple[BallotRow, str, dict[str, Any]]]:
    """What is wrong with the codes of a few rows."""
    name, key, codes = under_way.name, under_way.office.key, tables.CODES
    assert key is not None
    macs: list[tuple[BallotRow, str]] = []
    wrong: list[tuple[BallotRow, str, dict[str, Any]]] = []
    for row in part:
        try:
            macs.append((row, code_mac(key, name, read_code(row.voter or ""))))
        except ValueError:
            if row.voter is not None:  # else it has been told
                wrong.append((row, "RND-020", {"value": row.voter[:20]}))
    asked = codes.c.mac.in_({mac for _, mac in macs})
    chosen = select(codes.c.mac, codes.c.roll_id, codes.c.issue, codes.c.status).where(codes.c.round == name, asked)
    holders = {mac: holder for mac, *holder in under_way.connection.execute(chosen)}
    for row, mac in macs:
        voter, issue, status = holders.get(mac, NOBODY)
        if not status:
            wrong.append((row, "RND-021", {}))
        elif status == "void":
            wrong.append((row, "RND-022", {}))
        elif voter in struck:
            wrong.append((row, "RND-026", {"round": name}))
        envelopes.macs += bytes.fromhex(mac)
        envelopes.voters.append(voter)
        envelopes.channels.append(sys.intern(f"code/{issue}"))
    return wrong


def _contents(round: Round, found: BallotTable, findings: Findings, envelopes: _Envelopes) -> None:
    """What each ballot says as it is kept; each way of filling it in is looked at once."""
    method = METHODS[round.policy("ballot") or "approval"]
    misfit = next((one for one in found.rows if one.choices and (one.points is None) == method.has_points), None)
    if misfit is not None:
        findings.error("IMP-087" if method.has_points else "IMP-086", found.table.at(misfit.row, "choices"))
        return
    known: dict[tuple[object, object], int | tuple[Problem, ...]] = {}
    broken = first_broken(round)
    for row in found.rows:
        place = known.get((row.choices, row.points))
        if place is None:
            place = known[row.choices, row.points] = _content(round, row, method.name, envelopes, broken)
        if isinstance(place, int):
            envelopes.contents.append(place)
        else:
            for one in place:
                findings.tell(replace(one, place=found.table.at(row.row, "choices")))


def _content(
    round: Round, row: BallotRow, method: str, envelopes: _Envelopes, broken: Callable[[str], str | None]
) -> int | tuple[Problem, ...]:
    """Its place among ``lines``, or what is wrong with it.  A point of 0 is as good as no mark; a score of 0 is one.

    What breaks a limit is judged as a sheet of paper is, if sealing can see from the line that it does."""
    numbers = {one.id: str(one.ballot_number or one.id) for one in round.listed}
    marks = [numbers[name] for name in row.choices]
    if row.points is not None:
        both = zip(marks, row.points, strict=True)
        marks = [f"{number}:{mark}" for number, mark in both if mark or method == "scoring"]
    why = None
    try:
        line = ballot_line(round, marks)
    except BorgerbudgetError as error:
        if any(one.code != BREAKS_A_LIMIT for one in error.problems):
            return error.problems
        line, reason = astuple(judge(round, " ".join(marks)))
        if reason != broken(line):
            return error.problems
        why = reason or CUT
    envelopes.lines.append(line)
    if why is not None:
        envelopes.odd[len(envelopes.lines) - 1] = why
    return len(envelopes.lines) - 1


def _put_in(under_way: Work, found: BallotTable, findings: Findings, envelopes: _Envelopes) -> Imported:
    rows, voters, channels, late = found.rows, envelopes.voters, envelopes.channels, envelopes.answered.late
    before, ways = _before(under_way)
    several = {voter for voter, number in Counter(voters).items() if number > 1} | before.keys()
    last, turns = dict(before), array("I", [1]) * len(rows)
    took_part, others = array("I"), set()
    second = []
    for at in envelopes.answered.order:
        voter = voters[at]
        if voter in several:
            turns[at] = last[voter] = last.get(voter, 0) + 1
        there = ways.get(voter, ())
        if turns[at] > 1 or any(way.startswith(PAPER) for way in there):
            second.append(at)
        if turns[at] == MOST_TURNS + 1:
            place = found.table.at(rows[at].row, "voter")
            findings.tell(problem(PROBLEMS, "STA-044", place, most=MOST_TURNS))
        if channels[at] not in there and at not in late and voter not in others:
            took_part.append(at)
            if voter in several:
                others.add(voter)
    findings.raise_if_failed()
    intake = open_batch(under_way)
    for columns in _spool_columns(under_way, envelopes, turns):
        under_way.insert_columns(tables.SPOOL, len(columns["leaf"]), {"batch": intake["batch"]}, **columns)
    who = sorted(took_part, key=voters.__getitem__)
    ways_taken = {"roll_id": [voters[at] for at in who], "channel": [channels[at] for at in who]}
    under_way.insert_columns(tables.PARTICIPATION, len(who), {"day": under_way.day()}, **ways_taken)
    counted_in = {"voters": intake["voters"] + len(who), "envelopes": intake["envelopes"] + len(rows)}
    under_way.update(tables.INTAKE, intake, **counted_in, day=under_way.day())
    after_others = sum(voters[at] in before for at in second)
    shown = [
        tuple(rows[at].row for at in sorted(several))
        for several in (second, (at for at in range(len(rows)) if at in late))
    ]
    return Imported(len(rows), shown[0], after_others, shown[1], *_rows_of(found, envelopes))


def _spool_columns(under_way: Work, envelopes: _Envelopes, turns: Sequence[int]) -> Iterator[dict[str, list[Any]]]:
    """The rows of the spool, a part at a time, by their leaves."""
    name, key, late = under_way.name, under_way.office.key, envelopes.answered.late
    assert key is not None
    lines, contents, macs = envelopes.lines, envelopes.contents, envelopes.macs
    salts = secrets.token_bytes(BYTES * len(contents))
    leaves = bytearray()
    for start, content in zip(range(0, len(salts), BYTES), contents, strict=True):
        leaves += leaf(name, salts[start : start + BYTES], lines[content])
    order = np.frombuffer(leaves, f"S{BYTES}").argsort()
    for start in range(0, len(contents), AT_ONCE):
        part = order[start : start + AT_ONCE].tolist()
        places = [slice(at * BYTES, (at + 1) * BYTES) for at in part]
        yield {
            "leaf": [leaves[place].hex() for place in places],
            "token": [token(key, name, macs[place].hex()) for place in places],
            "turn": [turns[at] for at in part],
            "channel": [envelopes.channels[at] for at in part],
            "content": [lines[contents[at]] for at in part],
            "salt": [salts[place].hex() for place in places],
            "late": [int(at in late) for at in part],
        }


def _before(under_way: Work) -> tuple[dict[str, int], dict[str, set[str]]]:
    """Of each voter the last turn of an envelope, and the ways in which she took part."""
    name, key, spool = under_way.name, under_way.office.key, tables.SPOOL
    assert key is not None
    turns: dict[str, int] = {}
    there = under_way.connection.execute(select(spool.c.token, spool.c.turn).where(spool.c.round == name)).all()
    if there:
        owner = {token(key, name, row["id"]): row["id"] for row in under_way.rows(tables.ROLL)}
        for row in under_way.rows(tables.CODES, status="issued"):
            owner[token(key, name, row["mac"])] = row["roll_id"]
        for whose, turn in there:
            voter = owner.get(whose)
            if voter is not None:
                turns[voter] = max(turns.get(voter, 0), turn)
    ways: dict[str, set[str]] = {}
    for row in under_way.rows(tables.PARTICIPATION):
        ways.setdefault(row["roll_id"], set()).add(row["channel"])
    return turns, ways
