"""Ballots on paper after voting has closed: batches of sheets, keyed twice by two people who do not see each other's work.

1. The sheets of an urn, emptied and mixed, are divided into batches of at most ``MOST_SHEETS``, counted, and numbered by
   hand from 1.
2. Two people key each batch, each alone.  Nothing shows to one what the other has keyed.
3. ``compare`` looks at each sheet.  Where the two differ both readings are cleared, and both key these sheets again; or a
   third person reads the sheet, with a reason, and that stands.
4. When all sheets agree the batch is adopted, with an event.  A batch that should not have been (keyed twice, of another
   round) is dropped by two people with a reason.
5. When the box is sealed the adopted sheets become ballots like all others, with nothing left of batch, number or reader.

Until then every row carries a seal, and the chain tells how many sheets were adopted, so that none can vanish.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from borgerbudget.canonical import fit_text
from borgerbudget.errors import Place, Problem, StateForbids, UsageError, problem
from borgerbudget.leaves import leaf
from borgerbudget.office.hand_outs import known_urn
from borgerbudget.office.paper_sheets import judge, read_sheet, told
from borgerbudget.rounds.guards import key_there, not_sealed, reason_given, second_person
from borgerbudget.rounds.hand_words import PROBLEMS as BY_HAND
from borgerbudget.store import database, tables
from borgerbudget.store.reading import read_round, rows
from borgerbudget.store.work import Office, Work, demand, work
from borgerbudget.words import Text

MOST_SHEETS = 50
THIRD = 3
"""The reading that decides."""


@dataclass(frozen=True, slots=True)
class Batch:
    """``keyed``: sheets that each of the two has keyed; ``disputed``: sheets on which they ever differed."""

    number: int
    urn: str
    sheets: int
    readers: tuple[str | None, str | None]
    keyed: tuple[int, int]
    disputed: tuple[int, ...]
    status: str


def new_batch(office: Office, name: str, urn: str, sheets: int) -> int:
    """A batch of so many sheets, counted before the first is keyed; its number in the round."""
    with _counting(office, name, "ballot batch") as under_way:
        wrong = known_urn(under_way.known, urn)
        if wrong:
            raise StateForbids(wrong)
        if not 1 <= sheets <= MOST_SHEETS:
            raise UsageError(told(under_way.known, "PAP-006", most=MOST_SHEETS, found=sheets))
        number = 1 + max((row["number"] for row in under_way.rows(tables.BATCHES)), default=0)
        under_way.insert(tables.BATCHES, number=number, urn=urn, sheets=sheets, disputed="[]", status="open")
    return number


def list_batches(office: Office, name: str) -> list[Batch]:
    found = []
    with database.reading(office.engine) as connection:
        by_hand = read_round(connection, name).by_hand  # figures are no sheets
        batches = [] if by_hand else rows(connection, tables.BATCHES, round=name)
        of_batch: dict[int, list[dict[str, Any]]] = {row["number"]: [] for row in batches}
        for one in [] if by_hand else rows(connection, tables.READINGS, round=name):
            of_batch[one["batch"]].append(one)
    for row in batches:
        readings = _by_sheet(row, of_batch[row["number"]])
        keyed = [sum(1 for sheet in readings.values() if number in sheet) for number in (1, 2)]
        found.append(
            Batch(
                row["number"], row["urn"], row["sheets"], (row["first"], row["second"]), (keyed[0], keyed[1]),
                tuple(json.loads(row["disputed"])), row["status"],
            )
        )  # fmt: skip
    return found


def sheets_to_key(office: Office, name: str, number: int) -> list[int]:
    """What this person has still to key of a batch."""
    with _counting(office, name, "ballot key") as under_way:
        row, _, missing = _desk_of(under_way, number)
        if not missing:
            raise StateForbids(told(under_way.known, "PAP-009", batch=row["number"]))
        return missing


def key_sheets(
    office: Office, name: str, number: int, keyed: Mapping[int, str], too_many: Sequence[str] = ()
) -> list[int]:
    """Keeps what one person read on these sheets; what she has still to key.  Each of the two keys under her own name.

    ``too_many``: what was keyed besides, for which there is no sheet.
    UsageError with all slips at once; then nothing is kept.
    """
    with _counting(office, name, "ballot key") as under_way:
        row, reading, missing = _desk_of(under_way, number)
        if not missing:
            raise StateForbids(told(under_way.known, "PAP-009", batch=number))
        read, wrong = {}, [told(under_way.known, "PAP-024", count=len(too_many), batch=number)] if too_many else []
        for sheet, text in keyed.items():
            if sheet not in missing:
                wrong.append(told(under_way.known, "PAP-010", sheet=sheet, missing=listed(missing)))
                continue
            try:
                read[sheet] = read_sheet(under_way.known, text)
            except UsageError as error:
                wrong += error.problems
        if wrong:
            raise UsageError(wrong)
        column = ("first", "second")[reading - 1]
        if row[column] is None:
            under_way.update(tables.BATCHES, row, **{column: fit_text(office.actor)})
        fresh = [{"batch": number, "sheet": s, "reading": reading, "content": text} for s, text in read.items()]
        under_way.insert_all(tables.READINGS, fresh)
    return [sheet for sheet in missing if sheet not in read]


def forget_sheet(office: Office, name: str, number: int, sheet: int) -> None:
    """Clears what this person has keyed of a sheet, so that she can key it anew."""
    with _counting(office, name, "ballot key") as under_way:
        row, reading, _ = _desk_of(under_way, number)
        for old in under_way.rows(tables.READINGS, batch=row["number"], sheet=sheet, reading=reading):
            under_way.delete(tables.READINGS, old)


def compare(office: Office, name: str, number: int) -> list[int]:
    """The sheets on which the two differ, now cleared; none: the batch is adopted.  StateForbids while a sheet is not keyed."""
    with _counting(office, name, "ballot compare") as under_way:
        row = _open(under_way, number)
        readings = readings_of(under_way, row)
        wrong = []
        for reading, person in ((1, row["first"]), (2, row["second"])):
            missing = [sheet for sheet, read in readings.items() if reading not in read and THIRD not in read]
            if missing:
                who = Text(*(f"{person or nobody} ({listed(missing)})" for nobody in ("den anden", "the other")))
                wrong.append(told(under_way.known, "PAP-012", batch=number, missing=who))
        if wrong:
            raise StateForbids(wrong)
        differing = [
            s for s, read in readings.items() if THIRD not in read and read[1]["content"] != read[2]["content"]
        ]
        disputed = sorted({*json.loads(row["disputed"]), *differing})
        if differing:
            for sheet in differing:
                for reading in (1, 2):
                    under_way.delete(tables.READINGS, readings[sheet][reading])
            under_way.update(tables.BATCHES, row, disputed=json.dumps(disputed))
            return differing
        under_way.update(tables.BATCHES, row, status="adopted")
        told_of = {"batch": number, "urn": row["urn"], "sheets": row["sheets"], "disputed": len(disputed)}
        under_way.note("adjudicated", told_of)
    return []


def resolve(office: Office, name: str, number: int, sheet: int, text: str) -> None:
    """The third reading, by a third person with a reason, of a sheet on which the two differed."""
    with _counting(office, name, "ballot resolve") as under_way:
        row, round = _open(under_way, number), under_way.known
        wrong = reason_given(round, office.attempt("ballot resolve"))
        if same_person(office.actor, row["first"]) or same_person(office.actor, row["second"]):
            wrong.append(told(round, "PAP-014", actor=office.actor, batch=number))
        disputed = json.loads(row["disputed"])
        if sheet not in disputed:
            wrong.append(told(round, "PAP-013", sheet=sheet, batch=number, known=listed(disputed)))
        if wrong:
            raise StateForbids(wrong)
        content = read_sheet(round, text)
        for reading in readings_of(under_way, row)[sheet].values():
            under_way.delete(tables.READINGS, reading)
        under_way.insert(tables.READINGS, batch=number, sheet=sheet, reading=THIRD, content=content)
        under_way.note("adjudicated", {"batch": number, "third_reading_of": sheet})


def drop(office: Office, name: str, number: int) -> None:
    """Takes an adopted batch out again: two people, with a reason.  Its number is not used again."""
    with _counting(office, name, "ballot drop") as under_way:
        row, attempt = _batch(under_way, number), office.attempt("ballot drop")
        wrong = [*reason_given(under_way.known, attempt), *second_person(under_way.known, attempt)]
        if row["status"] != "adopted":
            wrong.append(told(under_way.known, "PAP-023", batch=number))
        if wrong:
            raise StateForbids(wrong)
        for readings in readings_of(under_way, row).values():
            for reading in readings.values():
                under_way.delete(tables.READINGS, reading)
        under_way.update(tables.BATCHES, row, status="dropped")
        under_way.note("adjudicated", {"batch": number, "dropped": row["sheets"]})


def unadopted(under_way: Work, urn: str) -> list[Problem]:
    """Batches of an urn that are still being keyed."""
    waiting = under_way.rows(tables.BATCHES, urn=urn, status="open")
    return [told(under_way.known, "PAP-016", batch=row["number"]) for row in waiting]


def adopted_sheets(under_way: Work, urn: str | None = None) -> list[str]:
    """What stands on the sheets of all adopted batches (of an urn)."""
    found = []
    for row in under_way.rows(tables.BATCHES, status="adopted"):
        if urn in (None, row["urn"]):
            settled = readings_of(under_way, row).values()
            found += [(read.get(THIRD) or read[1])["content"] for read in settled]
    return found


def pour(under_way: Work) -> dict[str, str]:
    """Puts the adopted sheets into the spool, each in an envelope of nobody's; leaf -> reason, for those that do not count.

    For sealing: what is left of batches tells of people who keyed and of numbers, and nothing of what stood on a sheet.
    """
    sheets = [judge(under_way.known, sheet) for sheet in adopted_sheets(under_way)]
    if not sheets:
        return {}
    if not under_way.rows(tables.INTAKE):
        under_way.insert(tables.INTAKE, voters=0, envelopes=0, batch=1, day=under_way.day())
    intake = under_way.rows(tables.INTAKE)[0]
    reasons, envelopes = {}, []
    for sheet in sheets:
        salt = secrets.token_bytes(32)
        mark = leaf(under_way.name, salt, sheet.line).hex()
        if sheet.reason is not None:
            reasons[mark] = sheet.reason
        envelopes.append(
            {"leaf": mark, "token": secrets.token_hex(32), "turn": 1, "channel": "paper", "content": sheet.line,
             "salt": salt.hex(), "late": 0, "batch": intake["batch"]}
        )  # fmt: skip
    under_way.insert_all(tables.SPOOL, sorted(envelopes, key=lambda row: str(row["leaf"])))
    under_way.update(tables.INTAKE, intake, envelopes=intake["envelopes"] + len(envelopes))
    under_way.connection.execute(tables.READINGS.delete().where(tables.READINGS.c.round == under_way.name))
    return reasons


@contextmanager
def _counting(office: Office, name: str, verb: str) -> Iterator[Work]:
    """A transaction between closing and sealing, with the key, in a round whose sheets are keyed one by one."""
    with until_sealing(office, name, verb) as under_way:
        if under_way.known.by_hand:
            raise StateForbids(problem(BY_HAND, "HND-001", Place(name), round=name))
        yield under_way


@contextmanager
def until_sealing(office: Office, name: str, verb: str) -> Iterator[Work]:
    """A transaction between closing and sealing, with the key."""
    with work(office, name) as under_way:
        round = demand(under_way, verb, "closed")
        wrong = [*key_there(round, office.attempt(verb)), *not_sealed(round, office.attempt(verb))]
        if wrong:
            raise StateForbids(wrong)
        yield under_way


def _batch(under_way: Work, number: int) -> dict[str, Any]:
    found = under_way.rows(tables.BATCHES, number=number)
    if not found:
        raise UsageError(told(under_way.known, "PAP-007", batch=number))
    return found[0]


def _open(under_way: Work, number: int) -> dict[str, Any]:
    row = _batch(under_way, number)
    if row["status"] != "open":
        raise StateForbids(told(under_way.known, "PAP-008", batch=number))
    return row


def readings_of(under_way: Work, row: Mapping[str, Any]) -> dict[int, dict[int, dict[str, Any]]]:
    """Sheet -> reading -> row; every sheet of the batch has its place."""
    return _by_sheet(row, under_way.rows(tables.READINGS, batch=row["number"]))


def _by_sheet(row: Mapping[str, Any], readings: list[dict[str, Any]]) -> dict[int, dict[int, dict[str, Any]]]:
    found: dict[int, dict[int, dict[str, Any]]] = {sheet: {} for sheet in range(1, row["sheets"] + 1)}
    for reading in readings:
        found[reading["sheet"]][reading["reading"]] = reading
    return found


def _desk_of(under_way: Work, number: int) -> tuple[dict[str, Any], int, list[int]]:
    """The batch, which of the two readings this person makes, and the sheets she has still to key."""
    row, actor = _open(under_way, number), under_way.office.actor
    if row["first"] is None or same_person(actor, row["first"]):
        reading = 1
    elif row["second"] is None or same_person(actor, row["second"]):
        reading = 2
    else:
        raise StateForbids(told(under_way.known, "PAP-009", batch=number))
    readings = readings_of(under_way, row)
    return row, reading, [sheet for sheet, read in readings.items() if reading not in read and THIRD not in read]


def same_person(actor: str, reader: str | None) -> bool:
    return reader is not None and fit_text(actor).casefold() == reader.casefold()


def listed(sheets: Sequence[int]) -> str:
    """``1-4, 7``."""
    parts: list[list[int]] = []
    for sheet in sorted(sheets):
        if parts and sheet == parts[-1][-1] + 1:
            parts[-1].append(sheet)
        else:
            parts.append([sheet])
    return ", ".join(f"{part[0]}-{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts) or "-"
