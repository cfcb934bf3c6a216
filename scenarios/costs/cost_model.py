"""What a cost model is: its name, its parameters (parts of the pool), where it is from, and how it draws costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from borgerbudget.errors import Problem
from borgerbudget.words import Text
from scenarios.electorates.opinions import Floats
from scenarios.electorates.parameters import Parameter, Values


def nothing_wrong(values: Values) -> Problem | None:
    return None


@dataclass(frozen=True, slots=True)
class CostModel:
    """``parts(values, number, generator)`` (number,): costs as parts of the pool, above zero."""

    name: str
    specification: str
    plain: Text
    parameters: tuple[Parameter, ...]
    parts: Callable[[Values, int, np.random.Generator], Floats]
    conflict: Callable[[Values], Problem | None] = nothing_wrong


STEP = Parameter(
    "step",
    "count",
    Text(
        "prisen bliver afrundet til hele gange dette beløb i øre",
        "costs are rounded to multiples of this, in minor units",
    ),
    10_000,
    1,
)


def rounded(parts: Floats, pool: int, step: int) -> tuple[int, ...]:
    """Costs in minor units, at least one step and at most the pool."""
    whole = np.rint(parts * (pool / step)).clip(1, max(1, pool // step))
    return tuple(min(pool, int(steps) * step) for steps in whole)
