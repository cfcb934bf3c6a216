"""``backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from borgerbudget.console import say
from borgerbudget.office_commands.desk import Desk, Lang, writes
from borgerbudget.words import Text, preferred_language

COPIED = Text(
    "Kopieret til {path} og læst igen (SHA-256 {sha256}). Nøglefilen {key} er ikke med: gem den for sig.",
    "Copied to {path} and read back (SHA-256 {sha256}). The key file {key} is not in it: keep it elsewhere.",
)
RESTORED = Text("Hentet tilbage til {address} og læst igen.", "Restored to {address} and read back.")
NO_KEY = Text(
    "Nøglefilen {key} er der ikke: ingen kan stemme med kode, kuverter kan ikke forsegles, og rækker med segl kan ikke "
    "efterprøves, før den er lagt tilbage.",
    "The key file {key} is not there: nobody can vote with a code, envelopes cannot be sealed and sealed rows cannot be checked "
    "before it is put back.",
)


def mount(root: typer.Typer) -> None:
    writes(root, "backup")(backup)
    root.command("restore")(restore)


def backup(desk: Desk, out: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")]) -> None:
    """Copy the whole database to a file, and read it back.

    \b
    borgerbudget backup rounds-2026-04-01.db
    """
    from borgerbudget.files.disk import refuse_existing
    from borgerbudget.store.backup import back_up
    from borgerbudget.store.copies import note_copy
    from borgerbudget.store.database import reading
    from borgerbudget.store.keys import key_path

    refuse_existing(out, None)
    if desk.office.dry_run:
        return
    note_copy(desk.office.engine, out, desk.office.clock())
    with reading(desk.office.engine) as connection:
        made = back_up(connection, out)
    desk.done(COPIED, path=made.path, sha256=made.sha256, key=key_path(desk.address))


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    db: Annotated[str, typer.Option("--db", metavar="FILE|URL", help="A database that is not there yet.")],
    lang: Lang = None,
) -> None:
    """Make a database from a backup; one that is there is never overwritten.

    \b
    borgerbudget restore rounds-2026-04-01.db --db borgerbudget.db
    """
    from borgerbudget.errors import UsageError, problem
    from borgerbudget.store.backup import restore as bring_back
    from borgerbudget.store.database import is_url
    from borgerbudget.store.keys import key_path, read_key
    from borgerbudget.store.words import PROBLEMS

    language = preferred_language(lang)
    if not is_url(db) and Path(db).exists():
        raise UsageError(problem(PROBLEMS, "DB-008", path=db))
    bring_back(file, db)
    say(RESTORED.say(language, address=file.name if is_url(db) else db))
    if read_key(key_path(db)) is None:
        say(NO_KEY.say(language, key=key_path(db)))
