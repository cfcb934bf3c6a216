"""Ballots that are counted by hand after voting has closed: of each urn only figures are entered, twice and blind.

1. People count the ballots of an urn and write its tally sheet: how many are valid, how many void, and how many votes each
   proposal got.
2. Two people enter these figures, each alone.  Nothing shows to one what the other has entered.
3. ``compare`` looks at each figure.  Where the two differ both entries are cleared, and both enter these figures again; or a
   third person decides, with a reason.
4. When all agree the urn is counted, with an event that tells how many ballots there were.  A count that is wrong is dropped by
   two people with a reason, and entered anew.
5. When the box is sealed the urns are added up.  The sum is what stays, in the chain; how an urn voted is deleted.

Nobody can count such a round again from its ballots: result, trace, evaluation and bundle say so.

Rows lie in the tables of batches and readings (``paper_batches``): a count of an urn where a batch lies, and a figure where a
sheet lies: 1 valid ballots, 2 void ones, 3 and up the proposals by their numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from borgerbudget.canonical import fit_text
from borgerbudget.errors import Place, Problem, StateForbids, UsageError, problem
from borgerbudget.office.hand_outs import known_urn
from borgerbudget.office.paper_batches import THIRD, readings_of, same_person, until_sealing
from borgerbudget.profile import totals_root
from borgerbudget.rounds.guards import reason_given, second_person
from borgerbudget.rounds.hand_words import PROBLEMS, VALID, VOID, VOTES
from borgerbudget.rounds.limits import limits_of
from borgerbudget.rounds.round import Entry, Round
from borgerbudget.store import database, tables
from borgerbudget.store.reading import read_round, rows
from borgerbudget.store.work import Office, Work
from borgerbudget.words import Text

MOST = 10**9
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class UrnCount:
    """``readers``: who enters; ``entered``: whether each of the two has entered all; ``disputed``: figures on which they ever
    differed; ``ballots``, ``void``: once the urn is counted."""

    urn: str
    readers: tuple[str | None, str | None]
    entered: tuple[bool, bool]
    disputed: tuple[int, ...]
    counted: bool
    ballots: int | None = None
    void: int | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """Of all counted urns.  ``votes``: id -> votes."""

    ballots: int
    void: int
    votes: Mapping[str, int]

    @property
    def root(self) -> str:
        """What the box is sealed with (docs/audit-bundle.md, section 4): of the lines ``id TAB votes``."""
        ids = sorted(self.votes, key=str.encode)
        return totals_root(ids, [self.votes[one] for one in ids])


def told(round: Round, code: str, **values: Any) -> Problem:
    return problem(PROBLEMS, code, Place(round.id), round=round.id, **values)


def by_number(round: Round) -> list[Entry]:
    return sorted(round.listed, key=lambda entry: (entry.ballot_number or 0, entry.id))


def figures(round: Round) -> list[Text]:
    """What each figure of a tally sheet says, from the first on."""
    votes = [VOTES.fill(number=str(entry.ballot_number or "?"), title=entry.title) for entry in by_number(round)]
    return [VALID, VOID, *votes]


def to_enter(office: Office, name: str, urn: str) -> list[int]:
    """The figures that this person has still to enter."""
    with _counting(office, name, "hand-count enter", urn) as under_way:
        return _desk_of(under_way, urn)[2]


def enter(office: Office, name: str, urn: str, entered: Sequence[str]) -> None:
    """Keeps what one person has found, all that she has still to enter at once, in the order of the figures.

    UsageError with everything that cannot be; then nothing is kept.
    """
    with _counting(office, name, "hand-count enter", urn) as under_way:
        row, reading, missing = _desk_of(under_way, urn)
        round = under_way.known
        if len(entered) != len(missing):
            raise UsageError(told(round, "HND-003", urn=urn, missing=_listed(round, missing)))
        read = read_figures(round, dict(zip(missing, entered, strict=True)))
        kept = {} if row is None else _entered(under_way, row, reading)
        wrong = _impossible(round, {**kept, **read})
        if wrong:
            raise UsageError(wrong)
        column, actor = ("first", "second")[reading - 1], fit_text(office.actor)
        if row is None:
            number = 1 + max((one["number"] for one in under_way.rows(tables.BATCHES)), default=0)
            parts = {"urn": urn, "sheets": len(figures(round)), "disputed": "[]", "status": "open", column: actor}
            under_way.insert(tables.BATCHES, number=number, **parts)
        else:
            number = row["number"]
            if row[column] is None:
                under_way.update(tables.BATCHES, row, **{column: actor})
        fresh = [{"batch": number, "sheet": p, "reading": reading, "content": str(n)} for p, n in read.items()]
        under_way.insert_all(tables.READINGS, fresh)


def compare(office: Office, name: str, urn: str) -> list[int]:
    """The figures on which the two differ, now cleared; none: the urn is counted.  StateForbids while one of them is missing."""
    with _counting(office, name, "hand-count compare", urn) as under_way:
        row = _open(under_way, urn)
        round = under_way.known
        if row is None:
            raise StateForbids(told(round, "HND-008", urn=urn))
        readings = readings_of(under_way, row)
        absent = [
            row[column] or Text("den anden", "the other")
            for reading, column in ((1, "first"), (2, "second"))
            if any(reading not in read and THIRD not in read for read in readings.values())
        ]
        if absent:
            raise StateForbids([told(round, "HND-010", urn=urn, missing=one) for one in absent])
        differing = [
            p for p, read in readings.items() if THIRD not in read and read[1]["content"] != read[2]["content"]
        ]
        disputed = sorted({*json.loads(row["disputed"]), *differing})
        if differing:
            for place in differing:
                for reading in (1, 2):
                    under_way.delete(tables.READINGS, readings[place][reading])
            under_way.update(tables.BATCHES, row, disputed=json.dumps(disputed))
            return differing
        found = _settled(under_way, row)
        wrong = _impossible(round, found)
        if wrong:  # a third person's figure
            raise StateForbids(wrong)
        under_way.update(tables.BATCHES, row, status="adopted")
        numbers = {"ballots": found[1], "void": found[2], "differed": len(disputed)}
        under_way.note("hand-counted", {"urn": urn, **numbers})
    return []


def resolve(office: Office, name: str, urn: str, place: int, value: str) -> None:
    """The third entry, by a third person with a reason, of a figure on which the two differed."""
    with _counting(office, name, "hand-count resolve", urn) as under_way:
        row, round = _open(under_way, urn), under_way.known
        if row is None:
            raise StateForbids(told(round, "HND-008", urn=urn))
        if not 1 <= place <= row["sheets"]:
            raise UsageError(told(round, "HND-014", figure=place))
        wrong = reason_given(round, office.attempt("hand-count resolve"))
        if same_person(office.actor, row["first"]) or same_person(office.actor, row["second"]):
            wrong.append(told(round, "HND-012", actor=office.actor, urn=urn))
        disputed = json.loads(row["disputed"])
        if place not in disputed:
            what, known = figures(round)[place - 1], _listed(round, disputed)
            wrong.append(told(round, "HND-011", what=what, known=known))
        if wrong:
            raise StateForbids(wrong)
        read = read_figures(round, {place: value})
        for reading in readings_of(under_way, row)[place].values():
            under_way.delete(tables.READINGS, reading)
        third = {"batch": row["number"], "sheet": place, "reading": THIRD, "content": str(read[place])}
        under_way.insert(tables.READINGS, **third)
        under_way.note("adjudicated", {"urn": urn, "third_reading_of": place})


def drop(office: Office, name: str, urn: str) -> None:
    """Takes the figures of a counted urn out again: two people, with a reason.  It is then entered anew."""
    with _counting(office, name, "hand-count drop", urn) as under_way:
        round, attempt = under_way.known, office.attempt("hand-count drop")
        wrong = [*reason_given(round, attempt), *second_person(round, attempt)]
        adopted = under_way.rows(tables.BATCHES, urn=urn, status="adopted")
        if not adopted:
            wrong.append(told(round, "HND-013", urn=urn))
        if wrong:
            raise StateForbids(wrong)
        for readings in readings_of(under_way, adopted[0]).values():
            for reading in readings.values():
                under_way.delete(tables.READINGS, reading)
        under_way.update(tables.BATCHES, adopted[0], status="dropped")
        under_way.note("adjudicated", {"urn": urn, "dropped": adopted[0]["sheets"]})


def list_counts(office: Office, name: str) -> list[UrnCount]:
    """Every urn of the round and how far it is; never the votes, and of what is being entered nothing."""
    with database.reading(office.engine) as connection:
        round = read_round(connection, name)
        batches = rows(connection, tables.BATCHES, round=name)
        readings = rows(connection, tables.READINGS, round=name)
    found = {row["urn"]: row for row in batches if row["status"] != "dropped"}
    counted = {str(event.payload["urn"]): event.payload for event in round.chain if event.type == "hand-counted"}
    lines = []
    for urn in round.urns if round.by_hand else ():
        row = found.get(urn)
        if row is None:
            lines.append(UrnCount(urn, (None, None), (False, False), (), False))
            continue
        entered = [
            sum(one["batch"] == row["number"] and one["reading"] in (number, THIRD) for one in readings)
            for number in (1, 2)
        ]
        done = row["status"] == "adopted"
        lines.append(
            UrnCount(
                urn, (row["first"], row["second"]), (done or entered[0] == row["sheets"], done or entered[1] == row["sheets"]),
                tuple(json.loads(row["disputed"])), done,
                *((int(str(counted[urn][key])) for key in ("ballots", "void")) if done else ()),
            )
        )  # fmt: skip
    return lines


def uncounted(under_way: Work, urn: str) -> list[Problem]:
    """Whether the figures of an urn are still to be entered or compared."""
    counted = under_way.rows(tables.BATCHES, urn=urn, status="adopted")
    return [] if counted else [told(under_way.known, "HND-008", urn=urn)]


def added_up(under_way: Work, urn: str | None = None) -> Sum:
    """The figures of all counted urns (or of one)."""
    entries = by_number(under_way.known)
    votes = dict.fromkeys((entry.id for entry in entries), 0)
    ballots = void = 0
    for row in under_way.rows(tables.BATCHES, status="adopted"):
        if urn in (None, row["urn"]):
            found = _settled(under_way, row)
            ballots, void = ballots + found[1], void + found[2]
            for place, entry in enumerate(entries, 3):
                votes[entry.id] += found[place]
    return Sum(ballots, void, votes)


def pour_sum(under_way: Work) -> Sum:
    """For sealing: the sum of the urns; how each of them voted is deleted."""
    found = added_up(under_way)
    under_way.connection.execute(tables.READINGS.delete().where(tables.READINGS.c.round == under_way.name))
    return found


@contextmanager
def _counting(office: Office, name: str, verb: str, urn: str) -> Iterator[Work]:
    """A transaction between closing and sealing, with the key, at an urn of a round that is counted by hand."""
    with until_sealing(office, name, verb) as under_way:
        round = under_way.known
        if not round.by_hand:
            raise StateForbids(told(round, "HND-002"))
        wrong = known_urn(round, urn)
        if wrong:
            raise StateForbids(wrong)
        yield under_way


def _open(under_way: Work, urn: str) -> Row | None:
    """The count of an urn that is under way; None when nothing is entered yet.  StateForbids when it is counted."""
    if under_way.rows(tables.BATCHES, urn=urn, status="adopted"):
        raise StateForbids(told(under_way.known, "HND-007", urn=urn))
    found = under_way.rows(tables.BATCHES, urn=urn, status="open")
    return found[0] if found else None


def _desk_of(under_way: Work, urn: str) -> tuple[Row | None, int, list[int]]:
    """The count, which of the two entries this person makes, and the figures that she has still to enter: never none."""
    row, actor = _open(under_way, urn), under_way.office.actor
    if row is None:
        return None, 1, list(range(1, len(figures(under_way.known)) + 1))
    if row["first"] is None or same_person(actor, row["first"]):
        reading = 1
    else:
        reading = 2
    missing = [p for p, read in readings_of(under_way, row).items() if reading not in read and THIRD not in read]
    stranger = reading == 2 and row["second"] is not None and not same_person(actor, row["second"])
    if stranger or not missing:
        raise StateForbids(told(under_way.known, "HND-009", urn=urn))
    return row, reading, missing


def _entered(under_way: Work, row: Row, reading: int) -> dict[int, int]:
    """What one of the two has entered, with what a third person has decided."""
    kept = {}
    for place, read in readings_of(under_way, row).items():
        one = read.get(reading) or read.get(THIRD)
        if one is not None:
            kept[place] = int(one["content"])
    return kept


def _settled(under_way: Work, row: Row) -> dict[int, int]:
    """The figures of an urn on which all agree."""
    return {place: int((read.get(THIRD) or read[1])["content"]) for place, read in readings_of(under_way, row).items()}


def read_figures(round: Round, entered: Mapping[int, str]) -> dict[int, int]:
    """Figures as they were typed, by place; UsageError with every one that is no number."""
    read, wrong = {}, []
    for place, text in entered.items():
        if re.fullmatch("[0-9]{1,10}", text.strip(), re.ASCII) and int(text) <= MOST:
            read[place] = int(text)
        else:
            wrong.append(told(round, "HND-004", what=figures(round)[place - 1], value=text.strip()[:40]))
    if wrong:
        raise UsageError(wrong)
    return read


def _impossible(round: Round, found: Mapping[int, int]) -> list[Problem]:
    """Votes that so many valid ballots cannot carry: with a limit all together, without one each proposal for itself."""
    ballots, longest = found[1], limits_of(round).max_length
    votes = {entry.title: found[place] for place, entry in enumerate(by_number(round), 3)}
    if longest is None:
        over = {title: number for title, number in votes.items() if number > ballots}
        return [told(round, "HND-006", votes=number, title=title, ballots=ballots) for title, number in over.items()]
    total, bound = sum(votes.values()), ballots * longest
    return [told(round, "HND-005", votes=total, ballots=ballots, most=longest, bound=bound)] if total > bound else []


def _listed(round: Round, places: Sequence[int]) -> Text:
    known = figures(round)
    said = [known[place - 1] for place in places]
    return Text("; ".join(one.da for one in said) or "-", "; ".join(one.en for one in said) or "-")
