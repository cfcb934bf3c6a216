"""Files outside the database that hold what must not outlive it: backups, copies a person made, and files of codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from borgerbudget.chain import Event
from borgerbudget.rounds.deadlines import kept_moment
from borgerbudget.store.backup import backup_folder
from borgerbudget.store.copies import holds_people, noted_copies, reaches
from borgerbudget.store.history import read_private
from borgerbudget.store.reading import read_round, round_names

BACKUP = re.compile(r"(.+)_[0-9]{3,}_[a-z]+-to-[a-z]+_[0-9TZ]+\.db", re.ASCII)
OVER = ("archived", "cancelled", "annulled")
"""States of rounds that need no backup of their own any more."""
WITH_ENVELOPES = ("suspended", "resumed", "closed", "adjudicated")
"""Events before which a backup was made while ballots lay in their envelopes."""


@dataclass(frozen=True, slots=True)
class Held:
    """A copy of the database in which the people of a purged round still stand.  ``needed``: the round before whose transition it
    was made, when that one is not over and no copy was made since the purge."""

    path: Path
    needed: str | None


def copies_with_people(connection: Connection, engine: Engine, name: str) -> list[Held]:
    """Of a purged round: backups, also of other rounds, because each is a copy of the whole database, and a person's copies.

    Each is opened and looked into; a backup that cannot be read is taken to hold them.  Files of codes and imported tables are no
    copies: they were listed when it was purged.
    """
    folder, purged = backup_folder(engine), read_round(connection, name).happened("purged")
    if purged is None:
        return []
    backups = sorted(folder.glob("*.db")) if folder.is_dir() else []
    made = [path for path in dict.fromkeys(noted_copies(engine)) if path.is_file()]
    people = {path: holds_people(path, name, purged.seq) for path in (*backups, *made)}
    holding = [path for path, found in people.items() if found or (found is None and path in backups)]
    since = any(reaches(path, name, purged.seq) for path in people)
    owners = set() if since else {_owner(path) for path in holding}.intersection(round_names(connection))
    going = [one for one in owners if read_round(connection, one).state not in OVER]
    return [Held(path, owner if (owner := _owner(path)) in going else None) for path in holding]


def _owner(path: Path) -> str:
    """The round before whose transition a backup was made, by its name."""
    match = BACKUP.fullmatch(path.name)
    return match[1] if match else ""


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
