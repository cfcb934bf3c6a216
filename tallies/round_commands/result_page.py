"""``result page``: the result of a counted round as a page for everybody, as HTML, PDF or plain text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from borgerbudget.console import emit, say
from borgerbudget.office_commands.desk import Desk, RoundName
from tallies.round_commands.prints import WRITTEN, printed, told

if TYPE_CHECKING:
    from borgerbudget.rounds.round import Round
    from borgerbudget.store.work import Office
    from borgerbudget.words import Language
    from tallies.prints.blocks import Document
    from tallies.prints.result import Kept

ENDINGS = (".html", ".pdf", ".txt")
Page = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE.html|.pdf|.txt", help="A new file; without it plain text is shown."),
]


def result_page(
    desk: Desk,
    round: RoundName,
    out: Page = None,
    bundle: Annotated[
        Path | None,
        typer.Option("--bundle", metavar="FILE.bba", help="The bundle that is published with it: its hash is named."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """The page of a result: who gets money, why, why not, and how to check it.  Refused until the round is counted.

    \b
    borgerbudget result page lillevig-2026 --bundle lillevig.bba --out resultat.html
    """
    import hashlib

    from borgerbudget.files.disk import write_bytes
    from borgerbudget.office.setting_up import show_round
    from tallies.audit.round_bundle import counted_again
    from tallies.prints.result import result
    from tallies.prints.text import text_bytes
    from tallies.round_commands.results import not_counted

    if out is not None:
        demand_page(out, force)
    found = show_round(desk.office, round)
    if not found.results:
        raise not_counted(found)
    outcome, _ = counted_again(desk.office, found)
    document = result(outcome, desk.language, _kept(desk.office, found, bundle))
    data = text_bytes(document) if out is None else page_bytes(document, out, desk.language)
    if out is not None:
        write_bytes(out, data, force=force)
    if desk.json:
        sha256 = hashlib.sha256(data).hexdigest()
        desk.show(
            {
                "schema": "borgerbudget.print/1",
                "round": round,
                "what": "result",
                "file": out and str(out),
                "sha256": sha256,
            },
            [],
        )
    elif out is None:
        emit(data.decode())
    else:
        say(WRITTEN.say(desk.language, path=out))


def demand_page(out: Path, force: bool = False) -> None:
    """UsageError for a file that is there or that ends in something else."""
    from borgerbudget.errors import UsageError
    from borgerbudget.files.disk import refuse_existing

    if out.suffix.lower() not in ENDINGS:
        raise UsageError(told("PRT-009", path=out.name))
    refuse_existing(out, force)


def page_bytes(document: Document, out: Path, language: Language) -> bytes:
    """As the file's ending says."""
    if out.suffix.lower() == ".txt":
        from tallies.prints.text import text_bytes

        return text_bytes(document)
    return printed(document, out, language)


def _kept(office: Office, round: Round, bundle: Path | None) -> Kept:
    """What is known of the result besides the outcome."""
    from borgerbudget.store import tables
    from borgerbudget.store.database import reading
    from borgerbudget.store.reading import rows
    from tallies.prints.result import Kept
    from tallies.round_commands.evaluating import evaluated

    published = None if bundle is None else (bundle.name, _hash_of_bundle(round, bundle))
    with reading(office.engine) as connection:
        awards = {row["proposal"]: row["amount"] for row in rows(connection, tables.AWARDS, round=round.id)}
        again = rows(connection, tables.ROUNDS, rerun_of=round.id)
    rerun = again[0]["id"] if again else None
    return Kept(round, round.results, evaluated(office, round.id), awards, rerun, published)


def _hash_of_bundle(round: Round, path: Path) -> str:
    """SHA-256 of the file.  InputRejected unless its history is the round's own, up to the count that holds or further."""
    import hashlib

    from borgerbudget.chain import chain_bytes
    from borgerbudget.errors import InputRejected
    from borgerbudget.files.disk import read_bytes
    from tallies.audit.archive import unpack

    data = read_bytes(path)
    counted = max(event.seq for event in round.chain if event.type in ("counted", "recounted"))
    try:
        history = unpack(data).get("events.jsonl", b"")
    except ValueError:
        history = b""
    told_so_far = chain_bytes(round.chain[:counted])
    if not (history.startswith(told_so_far) and chain_bytes(round.chain).startswith(history)):
        raise InputRejected(told("PRT-010", path=path.name, round=round.id))
    return hashlib.sha256(data).hexdigest()
