"""Brings a database to the schema of this version, step by step, in one transaction."""

from __future__ import annotations

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from sqlalchemy import Engine

from borgerbudget.errors import InputRejected, Place, problem
from borgerbudget.store.database import SCHEMA, shown, writing
from borgerbudget.store.words import PROBLEMS


def migrate(engine: Engine, found: str | None) -> None:
    """From schema ``found`` (None: an empty database) to ``SCHEMA``.  InputRejected for one that is newer than this program."""
    steps = ScriptDirectory(str(Path(__file__).parent / "migrations"))
    try:
        revisions = list(steps.iterate_revisions(SCHEMA, found or "base"))
    except (CommandError, RevisionError):
        place = Place(shown(engine))
        raise InputRejected(problem(PROBLEMS, "DB-003", place, path=shown(engine), found=found)) from None
    with writing(engine, empty=found is None) as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            for revision in reversed(revisions):
                revision.module.upgrade()
                context.stamp(steps, revision.revision)
