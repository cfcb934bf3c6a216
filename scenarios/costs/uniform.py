"""Uniform costs: every amount between two parts of the pool is as likely.

Mean (least + most) / 2, variance (most - least)**2 / 12.  The usual choice where nothing is known, for example of the random
instances of pabutools.
"""

from __future__ import annotations

import numpy as np

from borgerbudget.errors import Problem, problem
from borgerbudget.words import Text
from scenarios.costs.cost_model import STEP, CostModel
from scenarios.electorates.opinions import Floats
from scenarios.electorates.parameters import Parameter, Values
from scenarios.electorates.words import PROBLEMS


def parts(values: Values, number: int, generator: np.random.Generator) -> Floats:
    return generator.uniform(float(values["least"]), float(values["most"]), number)


def conflict(values: Values) -> Problem | None:
    if float(values["least"]) <= float(values["most"]):
        return None
    return problem(PROBLEMS, "EL-009", least=values["least"], most=values["most"])


UNIFORM = CostModel(
    "uniform",
    __doc__,
    Text("Alle priser mellem to grænser er lige sandsynlige.", "All costs between two bounds are equally likely."),
    (
        Parameter(
            "least",
            "number",
            Text("den mindste pris som del af puljen", "the least cost as a part of the pool"),
            0.05,
            0,
            1,
        ),
        Parameter(
            "most",
            "number",
            Text("den største pris som del af puljen", "the greatest cost as a part of the pool"),
            0.5,
            0,
            1,
        ),
        STEP,
    ),
    parts,
    conflict,
)
