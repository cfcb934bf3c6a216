"""Whether the sheets of an urn add up:

    issued = counted + void + spoiled + unused                        (1)
    counted + void <= people who were given a sheet                   (2)
    people who were given a sheet <= issued - unused                  (3)

Who spoiled a sheet and was given another is ticked off once, so in (3) there may be more sheets than people, and never fewer.

``issued``: sheets that were printed and brought to the urn; ``counted`` and ``void`` follow from its adopted batches.
An urn that does not balance is counted again, or noted with a reason under two names; without either the box is not sealed.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection

from borgerbudget.errors import Problem, StateForbids, UsageError
from borgerbudget.office.hand_counts import added_up, uncounted
from borgerbudget.office.hand_outs import handed_out, known_urn
from borgerbudget.office.paper_batches import adopted_sheets, unadopted
from borgerbudget.office.paper_sheets import judge, told
from borgerbudget.rounds.guards import not_sealed, second_person
from borgerbudget.store import tables
from borgerbudget.store.reading import rows
from borgerbudget.store.work import Office, Work, demand, work
from borgerbudget.words import Text

NUMBERS = {
    "issued": Text("udleverede sedler", "ballots issued"),
    "spoiled": Text("ødelagte sedler", "spoiled ballots"),
    "unused": Text("ubrugte sedler", "unused ballots"),
}


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Numbers of sheets; ``handed_out``: people; ``reasons``: why sheets are void, with how many, most frequent first."""

    urn: str
    issued: int
    handed_out: int
    counted: int
    void: int
    spoiled: int
    unused: int
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def sum(self) -> int:
        return self.counted + self.void + self.spoiled + self.unused

    @property
    def difference(self) -> int:
        """Sheets too few (above zero) or too many."""
        return self.issued - self.sum  # (1)

    @property
    def unexplained(self) -> int:
        """Sheets in the urn that nobody was given."""
        return max(0, self.counted + self.void - self.handed_out)  # (2)

    @property
    def used(self) -> int:
        """Sheets that somebody was given."""
        return self.issued - self.unused


def reconcile(
    office: Office, name: str, urn: str, issued: int, spoiled: int, unused: int
) -> tuple[Reconciliation, bool]:
    """Balances an urn and keeps the numbers; another time takes the place of the last one.  Whether anything is new.

    StateForbids with all that does not add up, unless a reason and a second person are given.
    """
    with work(office, name) as under_way:
        round = demand(under_way, "reconcile", "closed")
        attempt = office.attempt("reconcile")
        wrong = [*known_urn(round, urn), *not_sealed(round, attempt), *_to_count(under_way, urn)]
        if wrong:
            raise StateForbids(wrong)
        slips = [
            told(round, "PAP-021", what=what, found=found)
            for what, found in zip(NUMBERS.values(), (issued, spoiled, unused), strict=True)
            if not 0 <= found <= 10**9
        ]
        if slips:
            raise UsageError(slips)
        counted, void, reasons = _counts(under_way, urn)
        found = Reconciliation(urn, issued, handed_out(under_way, urn), counted, void, spoiled, unused, reasons)
        row = _row(found)
        old = under_way.rows(tables.RECONCILIATIONS, urn=urn)
        if old and all(old[0][key] == value for key, value in row.items()):
            return found, False
        unbalanced = _unbalanced(under_way, found)
        if unbalanced:
            wrong = second_person(round, attempt) if office.reason else []
            if wrong or not office.reason:
                raise StateForbids([*unbalanced, *wrong])
        if old:
            under_way.update(tables.RECONCILIATIONS, old[0], **row)
        else:
            under_way.insert(tables.RECONCILIATIONS, **row)
        numbers = {key: value for key, value in row.items() if key != "reasons"}
        under_way.note(
            "reconciled", {**numbers, "difference": found.difference, "void_reasons": [list(one) for one in reasons]}
        )
    return found, True


def read_reconciliations(connection: Connection, name: str) -> list[Reconciliation]:
    """Of every urn that was balanced so far."""
    return [
        Reconciliation(
            row["urn"], row["issued"], row["handed_out"], row["counted"], row["void"], row["spoiled"], row["unused"],
            tuple((name, number) for name, number in json.loads(row["reasons"])),
        )
        for row in rows(connection, tables.RECONCILIATIONS, round=name)
    ]  # fmt: skip


def paper_unready(under_way: Work) -> list[Problem]:
    """What stands between the paper and sealing: batches that are not adopted, urns that are not reconciled as they now are."""
    known = {found.urn: found for found in read_reconciliations(under_way.connection, under_way.name)}
    wrong = []
    for urn in under_way.known.urns:
        wrong += _to_count(under_way, urn)
        if urn not in known:
            given = handed_out(under_way, urn)
            if given and not (under_way.known.by_hand or under_way.rows(tables.BATCHES, urn=urn)):
                wrong.append(told(under_way.known, "PAP-040", urn=urn, count=given))
            wrong.append(told(under_way.known, "PAP-017", urn=urn))
        elif (known[urn].counted, known[urn].void, known[urn].reasons) != _counts(under_way, urn):
            wrong.append(told(under_way.known, "PAP-020", urn=urn))
    return wrong


def _to_count(under_way: Work, urn: str) -> list[Problem]:
    return uncounted(under_way, urn) if under_way.known.by_hand else unadopted(under_way, urn)


def _counts(under_way: Work, urn: str) -> tuple[int, int, tuple[tuple[str, int], ...]]:
    if under_way.known.by_hand:
        figures = added_up(under_way, urn)
        return figures.ballots, figures.void, ()
    judged = [judge(under_way.known, sheet) for sheet in adopted_sheets(under_way, urn)]
    reasons = Counter(sheet.reason for sheet in judged if sheet.reason is not None)
    ordered = tuple(sorted(reasons.items(), key=lambda one: (-one[1], one[0])))
    void = sum(reasons.values())
    return len(judged) - void, void, ordered


def _row(found: Reconciliation) -> dict[str, object]:
    numbers = {key: getattr(found, key) for key in ("issued", "handed_out", "counted", "void", "spoiled", "unused")}
    return {"urn": found.urn, **numbers, "reasons": json.dumps(found.reasons)}


def _unbalanced(under_way: Work, found: Reconciliation) -> list[Problem]:
    wrong = []
    if found.difference:
        numbers = {
            key: getattr(found, key) for key in ("issued", "counted", "void", "spoiled", "unused", "sum", "difference")
        }
        wrong.append(told(under_way.known, "PAP-018", urn=found.urn, **numbers))
    if found.unexplained:
        in_it = found.counted + found.void
        wrong.append(told(under_way.known, "PAP-019", urn=found.urn, found=in_it, handed=found.handed_out))
    if found.handed_out > found.used:  # (3)
        numbers = {key: getattr(found, key) for key in ("issued", "unused", "used")}
        wrong.append(told(under_way.known, "PAP-030", urn=found.urn, handed=found.handed_out, **numbers))
    return wrong
