"""What a shell offers when somebody presses Tab: names of rounds and of a round's proposals, from the database at hand.

Whatever goes wrong, nothing is offered and nothing said: the line that is being written is not ours to break.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import typer


def complete_rounds(context: typer.Context, incomplete: str) -> list[str]:
    """Rounds whose names begin so."""
    found: list[str] = []
    with contextlib.suppress(Exception):
        from borgerbudget.store.database import find_database, open_database, reading
        from borgerbudget.store.reading import round_names

        engine = open_database(find_database(context.params.get("db"), Path.cwd()))
        with reading(engine) as connection:
            found = round_names(connection)
        engine.dispose()
    return [name for name in found if name.startswith(incomplete)]


def complete_proposals(context: typer.Context, incomplete: str) -> list[str]:
    """Ids of the proposals of the round that stands before on the line."""
    found: list[str] = []
    with contextlib.suppress(Exception):
        from borgerbudget.store.database import find_database, open_database, reading
        from borgerbudget.store.reading import read_round

        engine = open_database(find_database(context.params.get("db"), Path.cwd()))
        with reading(engine) as connection:
            found = [entry.id for entry in read_round(connection, context.params["round"]).proposals]
        engine.dispose()
    return [name for name in found if name.startswith(incomplete)]
