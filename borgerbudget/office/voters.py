"""The roll and the codes: who may vote, and with what.  A roll entry is an opaque id; names stand in letters, not here."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from borgerbudget.errors import Place, StateForbids, UsageError, problem
from borgerbudget.office.setting_up import BEFORE_FREEZING, checked_name, refuse_lookalikes
from borgerbudget.rounds.codes import code_mac, new_code, read_code
from borgerbudget.rounds.guards import found, key_there, not_sealed, roll_there
from borgerbudget.rounds.round import ROLL_COMPLETE
from borgerbudget.rounds.words import PROBLEMS
from borgerbudget.sheets.uncollected import uncollected
from borgerbudget.sheets.voters import VoterRow
from borgerbudget.store import tables
from borgerbudget.store.database import reading
from borgerbudget.store.reading import rows
from borgerbudget.store.work import Office, Work, demand, work

CPR = re.compile(r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}-?[0-9]{4}", re.ASCII)
"""Ten digits that begin with a day and a month.  The checksum says nothing: valid numbers fail it."""
AT_ONCE = 100_000
"""Rows that one event tells of: what it says about each lies in memory until it is written."""
HandOut = Callable[[Sequence[tuple[str, str]]], None]
"""Takes (roll id, code) pairs, once; what it cannot keep undoes the whole transaction."""


def add_voters(office: Office, name: str, voters: Sequence[str], area: str | None = None) -> int:
    """Adds ids to the roll; how many were new.  While voting is open it takes a reason, and ends with the deadline.

    At a meeting the roll is the attendance list: whoever comes is added while voting is open, without further reason.
    """
    for voter in voters:
        checked_name(voter)
        if CPR.fullmatch(voter):
            raise UsageError(problem(PROBLEMS, "RND-008", value=voter[:2] + "..."))
    with work(office, name) as under_way:
        voting = _demand_open_roll(under_way, "roll add")
        there = {row["id"] for row in under_way.rows(tables.ROLL)}
        refuse_lookalikes(voters, there)
        new = [voter for voter in dict.fromkeys(voters) if voter not in there]
        under_way.insert_all(tables.ROLL, [{"id": voter, "area": area, "status": "on"} for voter in new])
        if new and voting:
            under_way.note("roll-added", {"number": len(new)})
        elif new:
            under_way.note("amended", {"what": "roll"})
    return len(new)


def freeze_roll(office: Office, name: str) -> bool:
    """Notes that the roll is complete, so that whoever changes it says why; False when that is noted already."""
    with work(office, name) as under_way:
        round = demand(under_way, "roll freeze", *BEFORE_FREEZING)
        wrong = roll_there(round, office.attempt("roll freeze"))
        if wrong:
            raise StateForbids(wrong)
        if round.roll_complete:
            return False
        under_way.note("amended", {"what": ROLL_COMPLETE})
    return True


@dataclass(frozen=True, slots=True)
class RollChange:
    """How many are ``new``, ``moved`` to another area, and as before; ``struck``: ids that stand struck, and stay so."""

    new: int
    moved: int
    same: int
    struck: tuple[str, ...]


@uncollected()
def import_voters(office: Office, name: str, voters: Sequence[VoterRow]) -> RollChange:
    """Ids with their areas, all or nothing: new ones are added, and known ones moved until freezing.

    Nobody is taken off, and who was struck is not put back.  Raises StateForbids.
    """
    with work(office, name) as under_way:
        voting = _demand_open_roll(under_way, "roll import")
        there = {row["id"]: row for row in under_way.rows(tables.ROLL)}
        refuse_lookalikes((voter.id for voter in voters), there)
        known = [(there[voter.id], voter.area) for voter in voters if voter.id in there] if there else []
        moved = [
            (row, area) for row, area in known if area is not None and row["area"] != area and row["status"] == "on"
        ]
        if voting and moved:
            raise StateForbids(found(under_way.known, "RND-070", count=len(moved), voter=moved[0][0]["id"]))
        new = [voter for voter in voters if voter.id not in there] if there else voters
        for row, area in moved:
            under_way.update(tables.ROLL, row, area=area)
        for start in range(0, len(new), AT_ONCE):
            part = new[start : start + AT_ONCE]
            columns: dict[str, list[Any]] = {"id": [voter.id for voter in part], "area": [voter.area for voter in part]}
            under_way.insert_columns(tables.ROLL, len(part), {"status": "on"}, **columns)
            if voting:
                under_way.note("roll-added", {"number": len(part)})
            else:
                under_way.note("amended", {"what": "roll"})
        if moved and not new:
            under_way.note("amended", {"what": "roll"})
    struck = tuple(row["id"] for row, _ in known if row["status"] == "struck")
    return RollChange(len(new), len(moved), len(known) - len(moved) - len(struck), struck)


def _demand_open_roll(under_way: Work, command: str) -> bool:
    """Whether voting is under way, when voters may still be added; StateForbids with all that stands in the way."""
    round, office = demand(under_way, command, *BEFORE_FREEZING, "open", "suspended"), under_way.office
    voting = round.state not in BEFORE_FREEZING
    wrong = []
    if (round.roll_complete or (voting and not round.attendance)) and not office.reason:
        wrong.append(found(round, "STA-003", name=command))
    if voting and round.closes is not None and under_way.now >= round.closes:
        wrong.append(found(round, "STA-042"))
    if wrong:
        raise StateForbids(wrong)
    return voting


def strike_voter(office: Office, name: str, voter: str) -> bool:
    """Takes somebody off the roll, with a reason; a ballot of hers that lies in its envelope is not counted."""
    with work(office, name) as under_way:
        round = demand(under_way, "roll strike", *BEFORE_FREEZING, "open", "suspended", "closed")
        old = under_way.rows(tables.ROLL, id=voter)
        if not old:
            raise UsageError(problem(PROBLEMS, "RND-007", Place(name), value=voter, round=name))
        if old[0]["status"] == "struck":
            return False
        wrong = not_sealed(round, office.attempt("roll strike"))
        if not office.reason:
            wrong.append(found(round, "STA-003", name="roll strike"))
        if wrong:
            raise StateForbids(wrong)
        under_way.update(tables.ROLL, old[0], status="struck")
        if round.state in BEFORE_FREEZING:
            under_way.note("amended", {"what": "roll"})
        else:
            under_way.note("roll-struck", {"number": 1})
    return True


def issue_codes(
    office: Office, name: str, hand_out: HandOut, voters: Collection[str] | None = None, file: Path | None = None
) -> int:
    """A code for everybody on the roll (or of these) who has none; how many.  Only ``hand_out`` sees them.

    ``file``: where it writes them, noted so that it can be destroyed in time.
    """
    with work(office, name) as under_way:
        demand(under_way, "codes issue", "ready", "open", "suspended")
        _demand_key(under_way)
        codes = under_way.rows(tables.CODES)
        coded = {row["roll_id"] for row in codes if row["status"] == "issued"}
        on = [row["id"] for row in under_way.rows(tables.ROLL, status="on")]
        _demand_known(under_way, voters or ())
        wanted = [voter for voter in on if voter not in coded and (voters is None or voter in voters)]
        _issue(under_way, wanted, codes, hand_out, file)
    return len(wanted)


def reissue_code(office: Office, name: str, voter: str, hand_out: HandOut, file: Path | None = None) -> None:
    """Voids a voter's code and issues another, with a reason.  A ballot cast with the old one is not counted."""
    with work(office, name) as under_way:
        round = demand(under_way, "codes reissue", "ready", "open", "suspended")
        if not office.reason:
            raise StateForbids(found(round, "STA-003", name="codes reissue"))
        _demand_key(under_way)
        _demand_known(under_way, [voter])
        _void(under_way, under_way.rows(tables.CODES, roll_id=voter))
        _issue(under_way, [voter], under_way.rows(tables.CODES), hand_out, file)


def void_code(office: Office, name: str, voter: str) -> bool:
    """Voids a voter's code, with a reason; False when she has none."""
    with work(office, name) as under_way:
        round = demand(under_way, "codes void", "ready", "open", "suspended", "closed")
        wrong = not_sealed(round, office.attempt("codes void"))
        if not office.reason:
            wrong.append(found(round, "STA-003", name="codes void"))
        if wrong:
            raise StateForbids(wrong)
        _demand_known(under_way, [voter])
        return _void(under_way, under_way.rows(tables.CODES, roll_id=voter))


def took_part(office: Office, name: str, voter: str, by_code: bool = False) -> bool:
    """Whether a ballot of this voter lies in an envelope, cast at a meeting or with the code that she holds (``by_code``: only
    so); never what it says."""
    with reading(office.engine) as connection:
        channels = {row["channel"] for row in rows(connection, tables.PARTICIPATION, round=name, roll_id=voter)}
        held = rows(connection, tables.CODES, round=name, roll_id=voter, status="issued")
    return bool(channels & {*([] if by_code else ["meeting"]), *(f"code/{row['issue']}" for row in held)})


def hand_out_to(path: Path) -> HandOut:
    """Into a new file that only its owner may read: ``roll_id;code``, opens in a Danish spreadsheet."""
    from borgerbudget.files.disk import write_bytes

    def hand_out(pairs: Sequence[tuple[str, str]]) -> None:
        lines = "".join(f"{voter};{code}\r\n" for voter, code in pairs)
        write_bytes(path, b"\xef\xbb\xbf" + f"roll_id;code\r\n{lines}".encode(), private=True)

    return hand_out


def find_code(under_way: Work, text: str) -> dict[str, object]:
    """The row of a code as somebody keyed it; UsageError for a slip and for one of another round."""
    assert under_way.office.key is not None
    try:
        letters = read_code(text)
    except ValueError:
        raise UsageError(problem(PROBLEMS, "RND-020", value=text[:20])) from None
    mac = code_mac(under_way.office.key, under_way.name, letters)
    found = under_way.rows(tables.CODES, mac=mac)
    if not found:
        raise UsageError(problem(PROBLEMS, "RND-021"))
    return found[0]


def _issue(
    under_way: Work, voters: Sequence[str], codes: list[dict[str, object]], hand_out: HandOut, file: Path | None
) -> None:
    if not voters:
        return
    assert under_way.office.key is not None
    issued: dict[str, int] = {}
    for row in codes:
        issued[str(row["roll_id"])] = issued.get(str(row["roll_id"]), 0) + 1
    pairs = [(voter, new_code()) for voter in voters]
    fresh = [
        {
            "mac": code_mac(under_way.office.key, under_way.name, read_code(code)), "roll_id": voter,
            "issue": issued.get(voter, 0) + 1, "status": "issued",
        }
        for voter, code in pairs
    ]  # fmt: skip
    under_way.insert_all(tables.CODES, fresh)
    written = {} if file is None else {"file": str(file.absolute())}
    under_way.note("codes-issued", {"number": len(pairs)}, None, **written)
    if not under_way.office.dry_run:
        hand_out(pairs)


def _void(under_way: Work, codes: list[dict[str, object]]) -> bool:
    standing = [row for row in codes if row["status"] == "issued"]
    for row in standing:
        under_way.update(tables.CODES, row, status="void")
    if standing:
        under_way.note("code-voided", {"number": len(standing)})
    return bool(standing)


def _demand_key(under_way: Work) -> None:
    wrong = key_there(under_way.known, under_way.office.attempt("codes"))
    if wrong:
        raise StateForbids(wrong)


def _demand_known(under_way: Work, voters: Collection[str]) -> None:
    """UsageError for voters who are not on the roll, or struck from it."""
    rows = {row["id"]: row for row in under_way.rows(tables.ROLL)} if voters else {}
    wrong = [
        problem(PROBLEMS, "RND-026" if voter in rows else "RND-007", Place(under_way.name), value=voter,
                round=under_way.name)
        for voter in voters
        if voter not in rows or rows[voter]["status"] == "struck"
    ]  # fmt: skip
    if wrong:
        raise UsageError(wrong)
