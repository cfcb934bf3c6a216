"""Many counts in several processes.  A count is exact, so that who makes it, and what was counted before, changes nothing:
the results stand in the order of the changes, whatever the number of workers."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice

from borgerbudget.election import Election
from tallies.many.changes import Changed
from tallies.many.counting import Counted, Many, OpenTies
from tallies.plan import Plan

CHUNK = 64
"""Counts that a worker is given at a time."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """What was counted, in the order of the changes; not ``complete`` when somebody stopped it."""

    counts: tuple[Counted, ...]
    complete: bool


def count_all(
    election: Election,
    plan: Plan,
    changes: Iterable[Changed],
    *,
    ties: OpenTies = "refuse",
    workers: int = 1,
    progress: Progress | None = None,
) -> Run:
    """All counts.  ``progress`` is told how many are done; Ctrl-C keeps those.  Raises as ``Many.count``."""
    done: list[Counted] = []
    counts = (
        _here(election, plan, changes, ties) if workers <= 1 else _elsewhere(election, plan, changes, ties, workers)
    )
    try:
        for part in counts:
            done += part
            if progress is not None:
                progress(len(done))
    except KeyboardInterrupt:
        return Run(tuple(done), False)
    return Run(tuple(done), True)


def _here(election: Election, plan: Plan, changes: Iterable[Changed], ties: OpenTies) -> Iterator[list[Counted]]:
    many = Many(election, plan, ties)
    for changed in changes:
        yield [many.count(changed)]


def _elsewhere(
    election: Election, plan: Plan, changes: Iterable[Changed], ties: OpenTies, workers: int
) -> Iterator[list[Counted]]:
    # a new interpreter each: forking a process that has threads may hang it
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(workers, context, _begin, (election, plan, ties))
    waiting = iter(changes)
    try:
        queue = [executor.submit(_part, part) for _ in range(2 * workers) if (part := list(islice(waiting, CHUNK)))]
        while queue:
            yield queue.pop(0).result()
            if part := list(islice(waiting, CHUNK)):
                queue.append(executor.submit(_part, part))
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


_MANY: list[Many] = []
"""In a worker: what it counts."""


def _begin(election: Election, plan: Plan, ties: OpenTies) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asked says what is kept
    _MANY[:] = [Many(election, plan, ties)]


def _part(changes: list[Changed]) -> list[Counted]:
    return [_MANY[0].count(changed) for changed in changes]
