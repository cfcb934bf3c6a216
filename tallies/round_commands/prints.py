"""``round print``: what is printed for a round, as PDF or HTML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from borgerbudget.console import report, say
from borgerbudget.office_commands.desk import Desk, RoundName, reads
from borgerbudget.words import Text
from tallies.round_commands.group import app

if TYPE_CHECKING:
    from borgerbudget.errors import Problem
    from borgerbudget.rounds.round import Round
    from borgerbudget.store.work import Office
    from borgerbudget.words import Language
    from tallies.prints.blocks import Document

Kind = Literal["ballots", "attendance", "tally-sheet", "poster", "catalogue", "protocol"]
Printed = Annotated[
    Path, typer.Option("--out", metavar="FILE.pdf|.html", help="A new file; its ending says what it becomes.")
]
WRITTEN = Text("Skrevet: {path}", "Written: {path}")


@reads(app, "print")
def round_print(
    desk: Desk,
    round: RoundName,
    kind: Annotated[
        Kind, typer.Argument(metavar="WHAT", help="ballots|attendance|tally-sheet|poster|catalogue|protocol")
    ],
    out: Printed,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Make a file for printing: ballots, voter list, sheet for counting by hand, poster, catalogue, or the minutes to sign.

    \b
    borgerbudget round print lillevig-2026 ballots --out sedler.pdf
    """
    from borgerbudget.files.disk import refuse_existing, write_bytes
    from borgerbudget.office.setting_up import show_round

    refuse_existing(out, force)
    demand_ending(out)
    document = _document(desk.office, show_round(desk.office, round), kind, desk.language)
    data = printed(document, out, desk.language)
    write_bytes(out, data, force=force)
    if desk.json:
        import hashlib

        sha256 = hashlib.sha256(data).hexdigest()
        desk.show(
            {"schema": "borgerbudget.print/1", "round": round, "what": kind, "file": str(out), "sha256": sha256}, []
        )
    else:
        say(WRITTEN.say(desk.language, path=out))


def _document(office: Office, round: Round, kind: Kind, language: Language) -> Document:
    from tallies.prints import desk, voting

    if kind == "attendance":
        from borgerbudget.store.database import reading
        from borgerbudget.store.reading import read_roll

        with reading(office.engine) as connection:
            return desk.attendance(round, read_roll(connection, round.id), language)
    if kind == "protocol":
        return _minutes(office, round, language)
    demand_printable(round)
    made = {
        "ballots": voting.ballot,
        "tally-sheet": desk.tally_sheet,
        "poster": voting.poster,
        "catalogue": voting.catalogue,
    }
    return made[kind](round, language)


def _minutes(office: Office, round: Round, language: Language) -> Document:
    from collections import Counter

    from borgerbudget.office.reconciling import read_reconciliations
    from borgerbudget.rounds.deadlines import kept_moment
    from borgerbudget.store import tables
    from borgerbudget.store.database import reading
    from borgerbudget.store.history import read_private
    from borgerbudget.store.reading import rows
    from tallies.prints.desk import Happened, minutes

    reasons, happened = [], {}
    with reading(office.engine) as connection:
        urns = read_reconciliations(connection, round.id)
        verdicts = Counter(row["verdict"] for row in rows(connection, tables.BALLOTS, round=round.id))
        del verdicts["accepted"]
        for event in round.chain:
            private = read_private(connection, round.id, event.seq)
            if private is None:
                continue
            happened[event.type] = Happened(kept_moment(private.words["moment"]), private.words.get("reason") or "")
            if event.type == "reconciled" and private.words.get("reason"):
                people = " + ".join(filter(None, (private.words["actor"], private.words["second"])))
                reasons.append(f"{event.payload['urn']}: {private.words['reason']} ({people})")
    return minutes(round, urns, verdicts, reasons, language, happened)


def demand_ending(out: Path) -> None:
    from borgerbudget.errors import UsageError

    if out.suffix.lower() not in (".pdf", ".html"):
        raise UsageError(told("PRT-001", path=out.name))


def demand_printable(round: Round) -> None:
    from borgerbudget.errors import StateForbids

    wrong = [] if round.listed else [told("PRT-002", round=round.id)]
    if round.policy("ballot") is None:
        wrong.append(told("PRT-003", round=round.id))
    if wrong:
        raise StateForbids(wrong)


def printed(document: Document, out: Path, language: Language) -> bytes:
    if out.suffix.lower() == ".html":
        from tallies.prints.html import html_bytes

        return html_bytes(document)
    from tallies.prints.pdf import missing_letters, pdf_bytes

    missing = missing_letters(document.texts())
    if missing:
        report([told("PRT-004", "warning", letters=" ".join(missing[:20]))], language)
    return pdf_bytes(document)


def told(code: str, severity: Literal["error", "warning"] = "error", **values: object) -> Problem:
    from borgerbudget.errors import Place, problem
    from tallies.prints.words import PROBLEMS

    return problem(PROBLEMS, code, Place(), severity, **values)
