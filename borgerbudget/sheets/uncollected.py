"""Rows by the hundred thousand, among which there are no cycles: the garbage collector would walk through all of them again and
again and find nothing.  What a library leaves behind is swept away part by part."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector, if it was at work."""
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()


def sweep() -> None:
    """Looks only at what was made since the last time; nothing to do while the collector is at work."""
    if not gc.isenabled():
        gc.collect(0)
