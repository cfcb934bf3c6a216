"""Measures of an outcome, each with its source; one line each in the registry below."""

from __future__ import annotations

from scenarios.measures.exclusion import EXCLUSION_RATIO
from scenarios.measures.measure import Cell, Measure, Result, result_of
from scenarios.measures.proportionality import AREA_GAP, CATEGORY_GAP
from scenarios.measures.satisfaction import MEAN_MONEY, MEAN_NUMBER
from scenarios.measures.shares import FAIR_SHARE_REACHED, SHARE_GINI
from scenarios.measures.spending import FUNDED, SPENT, SPENT_SHARE
from scenarios.measures.ties_met import TIES_MET
from scenarios.measures.weakest import WEAKEST_SUPPORT
from scenarios.measures.worst_off import WORST_OFF_AGE, WORST_OFF_AREA

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        FUNDED,
        SPENT,
        SPENT_SHARE,
        EXCLUSION_RATIO,
        MEAN_NUMBER,
        MEAN_MONEY,
        FAIR_SHARE_REACHED,
        SHARE_GINI,
        WEAKEST_SUPPORT,
        AREA_GAP,
        CATEGORY_GAP,
        WORST_OFF_AREA,
        WORST_OFF_AGE,
        TIES_MET,
    )
}

__all__ = ["MEASURES", "Cell", "Measure", "Result", "result_of"]
