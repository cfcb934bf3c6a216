"""Log-normal costs: many small proposals, a few large ones.

The logarithm of the cost is normal: half of the proposals cost less than ``median``, and ``spread`` is the standard deviation of
the logarithm; costs above the pool become the pool.  The defaults are those of real rounds: over 223 Pabulib rounds with at
least five proposals the median round has a median cost of 10 % of the pool and a spread of 1.19 (half of the rounds: 6 to 26 %
and 0.90 to 1.38).  Real costs fall off a little faster above than the model's (skewness of the logarithm -0.4).
Aitchison and Brown: The Lognormal Distribution, 1957.
"""

from __future__ import annotations

import numpy as np

from borgerbudget.words import Text
from scenarios.costs.cost_model import STEP, CostModel
from scenarios.electorates.opinions import Floats
from scenarios.electorates.parameters import Parameter, Values


def parts(values: Values, number: int, generator: np.random.Generator) -> Floats:
    drawn: Floats = generator.lognormal(np.log(float(values["median"])), float(values["spread"]), number)
    return drawn


LOGNORMAL = CostModel(
    "lognormal",
    __doc__,
    Text(
        "Mange små forslag og nogle få store, som i virkelige runder.",
        "Many small proposals and a few large, as in real rounds.",
    ),
    (
        Parameter(
            "median",
            "number",
            Text(
                "halvdelen af forslagene koster mindre end denne del af puljen",
                "half of the proposals cost less than this part of the pool",
            ),
            0.1,
            0.0001,
            1,
        ),
        Parameter(
            "spread",
            "number",
            Text("hvor forskellige priserne er (0 er ens)", "how different the costs are (0 is equal)"),
            1.19,
            0,
            5,
        ),
        STEP,
    ),
    parts,
)
