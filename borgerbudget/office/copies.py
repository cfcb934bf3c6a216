"""Files outside the database that hold what must not outlive it: backups, copies a person made, and files of codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine

from borgerbudget.chain import Event
from borgerbudget.rounds.deadlines import kept_moment
from borgerbudget.store.backup import backup_folder
from borgerbudget.store.copies import noted_copies
from borgerbudget.store.history import read_private

WITH_ENVELOPES = ("suspended", "resumed", "closed", "adjudicated")
"""Events before which a backup was made while ballots lay in their envelopes."""


def backups_of(engine: Engine, name: str) -> list[Path]:
    """The backups of a round that still lie in the folder, by their names: after a purge nothing else tells of them."""
    mine = re.compile(re.escape(name) + r"_[0-9]{3,}_[a-z]+-to-[a-z]+_[0-9TZ]+\.db", re.ASCII)
    folder = backup_folder(engine)
    return sorted(path for path in folder.iterdir() if mine.fullmatch(path.name)) if folder.is_dir() else []


def copies_to_destroy(
    connection: Connection, engine: Engine, name: str, chain: Sequence[Event], envelopes: bool = False
) -> list[Path]:
    """All such files of a round that were written down; with ``envelopes`` only what can still show who cast which ballot: the
    copies made since voting opened, and the files of codes."""
    found: list[Path] = []
    since = None
    for event in chain:
        private = read_private(connection, name, event.seq)
        if private is None:
            continue
        if since is None and (not envelopes or event.type == "opened"):
            since = kept_moment(private.words["moment"])
        if private.words.get("backup") and (not envelopes or event.type in WITH_ENVELOPES):
            found.append(backup_folder(engine) / str(private.words["backup"][0]))
        if private.words.get("file"):
            found.append(Path(private.words["file"]))
    if since is not None:
        found += noted_copies(engine, since)
    return list(dict.fromkeys(found))
