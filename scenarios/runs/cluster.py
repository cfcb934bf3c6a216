"""Runs on more than one machine, by Dask (extra ``[cluster]``).

What a worker had in hand when it died is given to another; a row does not depend on who makes it, so nobody can tell from the
table.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from typing import Any

from borgerbudget.errors import InputRejected, UsageError, problem
from scenarios.runs.local import chunks
from scenarios.runs.task import MakeRow, Row, Task, rows_of
from scenarios.words import PROBLEMS

AHEAD = 2
"""Parts asked for ahead, for each thread of the cluster."""
PATIENCE = 20
"""Seconds to wait for the scheduler."""


def on_cluster(task: Task, seed: int, first: int, last: int, address: str) -> Generator[list[Row]]:
    """UsageError where Dask is not installed, InputRejected where no scheduler answers."""
    try:
        import distributed
    except ModuleNotFoundError as missing:
        raise UsageError(problem(PROBLEMS, "SCN-001", library=str(missing.name), extra="cluster")) from None
    try:
        client: Any = _client(distributed, address)
    except (OSError, ValueError) as error:
        raise InputRejected(problem(PROBLEMS, "SCN-002", address=address)) from error
    try:
        shared = client.scatter(task, broadcast=True, hash=False)
        key = f"{shared.key}"
        waiting, asked = chunks(first, last), deque[Any]()
        while True:
            ahead = max(2, AHEAD * sum(client.nthreads().values()))
            while len(asked) < ahead and (chunk := next(waiting, None)) is not None:
                asked.append(client.submit(_rows, key, shared, seed, *chunk, pure=False))
            if not asked:
                return
            yield asked.popleft().result()
    finally:
        client.close()


def _client(distributed: Any, address: str) -> Any:
    return distributed.Client(address, timeout=PATIENCE, set_as_default=False)


_MAKE: dict[str, MakeRow] = {}
"""On a worker: what makes the rows of the last task."""


def _rows(key: str, task: Task, seed: int, first: int, last: int) -> list[Row]:
    make = _MAKE.get(key)
    if make is None:
        make = task.begin()
        _MAKE.clear()
        _MAKE[key] = make
    return rows_of(make, seed, first, last)
