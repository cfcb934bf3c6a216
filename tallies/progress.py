"""How far a long search has come, told to who waits for it on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from borgerbudget.console import passing
from borgerbudget.words import Language, Text

SEARCHED = Text(
    "Prøver større andele: {runs} indtil nu, {share} % af puljen er brugt.",
    "Trying larger shares: {runs} so far, {share}% of the pool is spent.",
)


@contextmanager
def search_progress(pool: int, language: Language) -> Iterator[Callable[[int, int], None] | None]:
    """What tells on a terminal, once a second and only of what takes longer, how far a search of the add1 family has come;
    None where nobody looks.  Nothing of it is left when the search has ended."""
    if not sys.stderr.isatty():
        yield None
        return
    last, told = time.monotonic(), False

    def tell(k: int, spent: int) -> None:
        nonlocal last, told
        if time.monotonic() - last >= 1:
            last, told = time.monotonic(), True
            passing(SEARCHED.say(language, runs=k + 1, share=100 * spent // max(1, pool)))

    try:
        yield tell
    finally:
        if told:
            passing("")
