"""For those who run the vote: the voter list, the sheet for counting by hand, and the minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from borgerbudget.office.reconciling import Reconciliation
from borgerbudget.rounds.paper_words import REASONS
from borgerbudget.rounds.round import Round, Voter
from borgerbudget.rounds.words import STATE_WORDS
from borgerbudget.words import Language
from tallies.prints import words
from tallies.prints.blocks import Block, Document, Heading, Paragraph, Signatures, Table, Together
from tallies.prints.saying import day_of, foot, freeze_hash, listed, moment, money, title_of

EMPTY_LINES = 44
"""On a list for people whom nobody knows of yet."""


@dataclass(frozen=True, slots=True)
class Happened:
    """When something was done (UTC), and why: what is not public of an event, gone after a purge."""

    moment: datetime
    reason: str = ""


def attendance(round: Round, roll: Sequence[Voter], language: Language) -> Document:
    """The roll, to tick off who is given a ballot; where people come unannounced, empty lines for them."""
    title = (words.ATTENDANCE_OPEN if round.attendance else words.ATTENDANCE).say(language)
    blocks: list[Block] = [Heading(round.title, 1), Paragraph(f"{title} · {round.area.name}", "large", True)]
    if round.urns:
        blocks.append(Paragraph(words.ATTENDANCE_HOW.say(language, round=round.id), "small"))
    if roll:
        head = tuple(text.say(language) for text in words.COLUMNS_ROLL)
        struck = words.STRUCK.say(language)
        rows = tuple(
            (str(number), voter.id, voter.area or "", "", struck if voter.status == "struck" else "")
            for number, voter in enumerate(roll, 1)
        )
        blocks.append(Table(head, rows, (10, 60, 35, 22, 45), frozenset({0}), tall=8))
    if round.attendance:
        head = tuple(text.say(language) for text in words.COLUMNS_MEETING)
        lines = tuple((str(number), "", "", "") for number in range(len(roll) + 1, len(roll) + EMPTY_LINES + 1))
        blocks += [Paragraph(words.ATTENDANCE_MEETING.say(language, round=round.id), "small")]
        blocks.append(Table(head, lines, (10, 72, 22, 68), frozenset({0}), tall=9))
    return Document(f"{title}: {round.title}", language, tuple(blocks), foot(round, language), day_of(round))


def tally_sheet(round: Round, language: Language) -> Document:
    """For strokes at the table."""
    title = words.TALLY_SHEET.say(language)
    asked = words.TALLY_FIELDS_BY_HAND if round.by_hand else words.TALLY_FIELDS
    fields = tuple(text.say(language) for text in asked)
    rows = tuple((str(entry.ballot_number or "?"), title_of(round, entry, language), "", "") for entry in listed(round))
    head = tuple(text.say(language) for text in words.COLUMNS_TALLY)
    blocks: list[Block] = [
        Heading(round.title, 1),
        Paragraph(f"{title} · {round.area.name}", "large", True),
        Paragraph((words.TALLY_BY_HAND if round.by_hand else words.TALLY_HOW).say(language), "small"),
        Table(fields, (("",) * len(fields),), (40, 26, 40, 26, 26), tall=10),
        Signatures((words.SIGN[1].say(language), words.SIGN[2].say(language))),
        Table(head, rows, (10, 62, 82, 18), frozenset({0}), tall=12 if len(rows) <= 14 else 8),
    ]
    return Document(f"{title}: {round.title}", language, tuple(blocks), foot(round, language), day_of(round))


def minutes(
    round: Round,
    urns: Sequence[Reconciliation],
    verdicts: Mapping[str, int],
    reasons: Sequence[str],
    language: Language,
    happened: Mapping[str, Happened] | None = None,
) -> Document:
    """What happened, as far as it has, with lines to sign.  ``verdicts``: of the box, why ballots do not count;
    ``reasons``: what was written about urns that do not balance; ``happened``: of the last event of each type."""
    title = words.PROTOCOL.say(language)
    blocks: list[Block] = [Heading(title, 1), Paragraph(f"{round.title} · {round.area.name}", "large", True)]
    blocks += [
        _facts(round, happened or {}, language),
        Heading(words.URNS.say(language)),
        *_urns(round, urns, language),
    ]
    blocks += [Heading(words.VOID.say(language)), _void(round, urns, verdicts, language)]
    blocks += [Heading(words.BOX.say(language)), *_box(round, language)]
    blocks += [Heading(words.LOT.say(language)), Paragraph(_lot(round, language))]
    notes = [Paragraph(reason) for reason in reasons] or [Paragraph("\n\n")]
    signatures = Signatures(tuple(text.say(language) for text in words.SIGN))
    blocks.append(Together((Heading(words.NOTES.say(language)), *notes, signatures)))
    return Document(f"{title}: {round.title}", language, tuple(blocks), foot(round, language), day_of(round))


def _facts(round: Round, happened: Mapping[str, Happened], language: Language) -> Table:
    """Moments as they were; what has not happened yet as it is planned."""
    values = {
        "round": round.id, "area": round.area.name, "pool": money(round, round.pool, language),
        "opens": moment(round.opens, round.zone, language), "closes": moment(round.closes, round.zone, language),
        "opened": _when(round, "opened", happened, language), "closed": _when(round, "closed", happened, language),
        "roll": str(round.tally.roll), "voters": str(round.tally.voters), "state": STATE_WORDS[round.state].say(language),
        "hash": freeze_hash(round) or words.DRAFT.say(language),
    }  # fmt: skip
    if round.extended:
        last, known = round.happened("resumed"), happened.get("resumed")
        why = known.reason if known and last and "closes" in last.payload else ""
        before = moment(round.extended[0][0], round.zone, language)
        text = words.EXTENDED_BECAUSE if why else words.EXTENDED
        values["closes"] = text.say(language, closes=values["closes"], before=before, reason=why)
    left_out = "opened" if round.happened("opened") is None else "opens"
    rows = tuple((word.say(language), values[key]) for key, word in words.PROTOCOL_ROWS.items() if key != left_out)
    return Table((words.PROTOCOL_FACTS.say(language), ""), rows, (40, 132), size="small")


def _when(round: Round, kind: str, happened: Mapping[str, Happened], language: Language) -> str:
    event = round.happened(kind)
    if event is None:
        return moment(None, round.zone, language)
    known = happened.get(kind)
    when = event.day if known is None else moment(known.moment, round.zone, language)
    return f"{when}: {known.reason}" if known and known.reason else when


def _urns(round: Round, urns: Sequence[Reconciliation], language: Language) -> list[Block]:
    if not round.urns:
        return [Paragraph(words.NO_PAPER.say(language))]
    known = {found.urn: found for found in urns}
    rows: list[tuple[str, ...]] = [_urn(urn, known.get(urn)) for urn in round.urns]
    if len(rows) > 1 and len(known) == len(rows):
        sums = [sum(int(row[column]) for row in rows) for column in range(1, 8)]
        rows.append((words.URNS_SUM.say(language), *map(str, sums)))
    head = tuple(text.say(language) for text in words.COLUMNS_URNS)
    strong = len(rows) > len(round.urns)
    tall = 0 if known else 10
    right = frozenset(range(1, 8))
    return [
        Table(head, tuple(rows), (34, 21, 17, 20, 21, 20, 23, 20), right, tall, strong, "small"),
        Paragraph(words.URNS_MEAN.say(language), "small"),
    ]


def _urn(name: str, found: Reconciliation | None) -> tuple[str, ...]:
    if found is None:
        return (name, *[""] * 7)
    numbers = (
        found.issued, found.counted, found.void, found.spoiled, found.unused, found.difference, found.handed_out,
    )  # fmt: skip
    return (name, *map(str, numbers))


def _void(
    round: Round, urns: Sequence[Reconciliation], verdicts: Mapping[str, int], language: Language
) -> Table | Paragraph:
    """After sealing as the box says, before it as far as urns are reconciled."""
    found = Counter(verdicts)
    if round.by_hand:  # whoever counted has laid them aside
        found = Counter(void=sum(urn.void for urn in urns))
        found = +found
    elif not round.sealed:
        for urn in urns:
            found.update(dict(urn.reasons))
    if not found:
        return Paragraph(words.NO_VOID.say(language) if round.sealed else "\n")
    said = {**REASONS, **words.VERDICTS, "void": words.VOID_BY_HAND}
    ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    rows = tuple((said[reason].say(language), str(number)) for reason, number in ordered)
    return Table(
        tuple(text.say(language) for text in words.COLUMNS_VOID), rows, (140, 32), frozenset({1}), size="small"
    )


def _box(round: Round, language: Language) -> list[Block]:
    sealed = round.happened("box-sealed")
    if sealed is None:
        return [Paragraph(words.NOT_SEALED.say(language))]
    numbers = {key: sealed.payload[key] for key in ("accepted", "rejected")}
    root = words.ROOT.say(language, root=sealed.payload["ballots_root"])
    by_hand = [Paragraph(words.BY_HAND.say(language))] if round.by_hand else []
    return [Paragraph(words.SEALED.say(language, day=sealed.day, **numbers)), *by_hand, Paragraph(root, "small")]


def _lot(round: Round, language: Language) -> str:
    drawn = round.happened("lot-drawn")
    if drawn is None:
        return words.NO_LOT.say(language)
    witnesses = ", ".join(str(one) for one in drawn.payload["witnesses"]) or "-"  # type: ignore[attr-defined]
    if drawn.payload["dice"] is not None:
        return words.LOT_DICE.say(language, dice=drawn.payload["dice"], day=drawn.day, witnesses=witnesses)
    titles = {entry.id: f"{entry.ballot_number} {entry.title}" for entry in round.listed}
    order = " – ".join(titles.get(str(one), str(one)) for one in drawn.payload["order"])  # type: ignore[attr-defined]
    return words.LOT_ORDER.say(language, order=order, day=drawn.day, witnesses=witnesses)
