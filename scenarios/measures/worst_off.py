"""The worst-off: the greatest exclusion ratio of any area, and of any age group.

Only cells of at least 20 voters are looked at; None where there are none.  ``worst_off`` also tells which cell it is.
The exclusion ratio: Faliszewski et al., IJCAI 2023.  That a rule is judged by the worst-off: Rawls, A Theory of Justice, 1971.
"""

from __future__ import annotations

from borgerbudget.words import Text
from scenarios.measures.exclusion import exclusion_ratio
from scenarios.measures.measure import LEAST_CELL, Cell, Measure, Result


def worst_off(result: Result, kind: str) -> tuple[Cell, float] | None:
    """The cell of that kind with the greatest exclusion ratio, the first by name of equals, and its ratio."""
    found: tuple[Cell, float] | None = None
    for cell in sorted((c for c in result.cells if c.kind == kind), key=lambda c: c.name):
        if cell.profile.voters < LEAST_CELL:
            continue
        ratio = exclusion_ratio(result.within(cell))
        if ratio is not None and (found is None or ratio > found[1]):
            found = (cell, ratio)
    return found


def worst_off_area(result: Result) -> float | None:
    found = worst_off(result, "area")
    return None if found is None else found[1]


def worst_off_age(result: Result) -> float | None:
    found = worst_off(result, "age")
    return None if found is None else found[1]


WORST_OFF_AREA = Measure(
    "worst_off_area",
    __doc__,
    Text("Det dårligst stillede område", "The worst-off area"),
    Text(
        "I det område, der er værst stillet, fik så stor en del af vælgerne intet af det, de stemte på.",
        "In the worst-off area this part of the voters got nothing that they voted for.",
    ),
    "share",
    "low",
    worst_off_area,
)
WORST_OFF_AGE = Measure(
    "worst_off_age",
    __doc__,
    Text("Den dårligst stillede aldersgruppe", "The worst-off age group"),
    Text(
        "I den aldersgruppe, der er værst stillet, fik så stor en del af vælgerne intet af det, de stemte på.",
        "In the worst-off age group this part of the voters got nothing that they voted for.",
    ),
    "share",
    "low",
    worst_off_age,
)
