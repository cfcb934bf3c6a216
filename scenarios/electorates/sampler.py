"""``prefsampling``, the field's sampler, where it serves: the urns.

It takes our generator wherever it asks for a seed, and draws from it alone (a test holds it to that), so that a run can be
repeated.  It is loaded when a model asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import chain
from typing import Any

import numpy as np

from scenarios.electorates.opinions import Truths


def approval_sampler(name: str) -> Callable[..., list[set[int]]]:
    from prefsampling import approval  # type: ignore[import-untyped]

    found: Any = getattr(approval, name)
    return found  # type: ignore[no-any-return]


def ordinal_sampler(name: str) -> Callable[..., list[list[int]]]:
    from prefsampling import ordinal

    found: Any = getattr(ordinal, name)
    return found  # type: ignore[no-any-return]


def marked(ballots: Sequence[Collection[int]], proposals: int) -> Truths:
    """Sets of proposals as a table (voters, proposals)."""
    found = np.zeros((len(ballots), proposals), bool)
    voter = np.repeat(np.arange(len(ballots)), [len(ballot) for ballot in ballots])
    found[voter, np.fromiter(chain.from_iterable(ballots), np.int64)] = True
    return found
