"""Running: rows in the order of their numbers, until enough are made, somebody stops it, or all is known precisely enough.

Precision is judged only at 100, 200, 400, ... runs and on exactly the first so many of them, so that neither the number of
workers nor their pace has a say in where it ends.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass

from scenarios.runs.kept import Kept
from scenarios.runs.local import elsewhere, here
from scenarios.runs.task import Row, Task

FIRST_LOOK = 100

Progress = Callable[[int, int], None]
"""Is told how many runs are made, of how many at most."""
Settled = Callable[[Sequence[Row]], bool]
"""Whether what these rows say is known precisely enough."""


@dataclass(frozen=True, slots=True)
class Asked:
    """``runs`` at most; ``workers`` processes here, or those of the scheduler at ``address``."""

    seed: int
    runs: int
    workers: int = 1
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """The rows of the first so many runs; not ``complete`` when somebody stopped it."""

    rows: list[Row]
    complete: bool


def run(
    task: Task,
    asked: Asked,
    settled: Settled | None = None,
    progress: Progress | None = None,
    kept: Kept | None = None,
) -> Done:
    """All rows, those that are ``kept`` from before first; Ctrl-C ends it with the rows made so far."""
    rows: list[Row] = [] if kept is None else list(kept.rows[: asked.runs])
    looked, end = FIRST_LOOK, None
    try:
        with closing(_parts(task, asked, len(rows))) as parts:
            while True:
                while settled is not None and looked <= len(rows) and end is None:
                    end = looked if settled(rows[:looked]) else None
                    looked *= 2
                if progress is not None:
                    progress(len(rows) if end is None else end, asked.runs if end is None else end)
                part = next(parts, None) if end is None else None
                if part is None:
                    return Done(rows[:end], True)
                rows += part
                if kept is not None:
                    kept.keep(part)
    except KeyboardInterrupt:
        return Done(rows, False)


def _parts(task: Task, asked: Asked, first: int) -> Generator[list[Row]]:
    if asked.address is not None:
        from scenarios.runs.cluster import on_cluster

        return on_cluster(task, asked.seed, first, asked.runs, asked.address)
    if asked.workers <= 1:
        return here(task, asked.seed, first, asked.runs)
    return elsewhere(task, asked.seed, first, asked.runs, asked.workers)
