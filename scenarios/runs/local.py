"""Runs on this machine: in this process, or in several new ones."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor

from scenarios.runs.task import MakeRow, Row, Task, rows_of

CHUNK = 50
"""Runs that a worker is given at a time."""


def chunks(first: int, last: int) -> Iterator[tuple[int, int]]:
    return ((start, min(start + CHUNK, last)) for start in range(first, last, CHUNK))


def here(task: Task, seed: int, first: int, last: int) -> Generator[list[Row]]:
    make = task.begin()
    for start in range(first, last):
        yield rows_of(make, seed, start, start + 1)


def elsewhere(task: Task, seed: int, first: int, last: int, workers: int) -> Generator[list[Row]]:
    # a new interpreter each: forking a process that has threads may hang it
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(workers, context, _begin, (task,))
    waiting, asked = chunks(first, last), deque[Future[list[Row]]]()
    try:
        while True:
            while len(asked) < 2 * workers and (chunk := next(waiting, None)) is not None:
                asked.append(executor.submit(_rows, seed, *chunk))
            if not asked:
                return
            yield asked.popleft().result()
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


_MAKE: list[MakeRow] = []
"""In a worker: what makes its rows."""


def _begin(task: Task) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asked says what is kept
    _MAKE[:] = [task.begin()]


def _rows(seed: int, first: int, last: int) -> list[Row]:
    return rows_of(_MAKE[0], seed, first, last)
