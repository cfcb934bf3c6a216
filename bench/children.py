"""Measures a function in forked children: CPU seconds (user + system) each, so that no run warms the next.

Standard library only: it also runs under the peers' Python.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import statistics
from collections.abc import Callable
from typing import Any

ONCE_ABOVE = 20.0
"""Seconds from which one run is enough."""


def cpu() -> float:
    """CPU seconds of this process and of the children it waited for."""
    own, waited = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + waited.ru_utime + waited.ru_stime


def measure(function: Callable[[], Any], repeat: int = 5, cap: float = 600.0, gigabytes: float = 8.0) -> dict[str, Any]:
    """``{"cpu": median, "runs": n, "result": of the last run}``, or ``{"error": text}``, or ``{"capped": seconds}`` with the CPU
    seconds that it had used when ``cap`` seconds had passed, which are fewer on a busy machine."""
    times: list[float] = []
    result = None
    for _ in range(repeat):
        found = _once(function, cap, gigabytes)
        if "cpu" not in found:
            return found
        times.append(found["cpu"])
        result = found["result"]
        if found["cpu"] > ONCE_ABOVE:
            break
    return {"cpu": statistics.median(times), "runs": len(times), "result": result}


def _once(function: Callable[[], Any], cap: float, gigabytes: float) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.setsid()  # a solver started by a peer ends with it
        resource.setrlimit(resource.RLIMIT_AS, (int(gigabytes * 2**30),) * 2)
        try:
            before = cpu()
            result = function()
            found = {"cpu": cpu() - before, "result": result}
        except BaseException as error:  # a peer that gives up is a finding
            found = {"error": f"{type(error).__name__}: {error}"[:200]}
        with os.fdopen(writing, "w") as stream:
            stream.write(json.dumps(found))
        os._exit(0)
    os.close(writing)
    ready, _, _ = select.select([reading], [], [], cap)
    if not ready:
        os.killpg(child, signal.SIGKILL)
    with os.fdopen(reading) as stream:
        text = stream.read() if ready else ""
    _, status, used = os.wait4(child, 0)
    if not ready:
        return {"capped": used.ru_utime + used.ru_stime}
    answer: dict[str, Any] = json.loads(text) if text else {"error": f"ended by signal {os.WTERMSIG(status)}"}
    return answer
