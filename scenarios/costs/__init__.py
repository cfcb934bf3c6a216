"""What proposals cost that nobody has made yet; one line for each model in the registry below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from borgerbudget.election import Election
from borgerbudget.errors import InputRejected, Place, problem
from scenarios.costs.cost_model import CostModel, rounded
from scenarios.costs.lognormal import LOGNORMAL
from scenarios.costs.uniform import UNIFORM
from scenarios.electorates.parameters import Values, read_values
from scenarios.electorates.words import PROBLEMS

COSTS: dict[str, CostModel] = {model.name: model for model in (UNIFORM, LOGNORMAL)}


def read_costs(
    name: str, said: Mapping[str, object], places: Mapping[str, Place] | None = None
) -> tuple[CostModel, Values]:
    """The model ``name`` with what is ``said`` of its parameters; as ``electorates.models.simulated`` for what is wrong."""
    where = places or {}
    if name not in COSTS:
        known = ", ".join(COSTS)
        raise InputRejected(problem(PROBLEMS, "EL-010", where.get("model", Place()), name=name, known=known))
    values, problems = read_values(name, COSTS[name].parameters, said, where)
    if not problems and (wrong := COSTS[name].conflict(values)):
        problems = [replace(wrong, place=where.get("model", Place()))]
    if problems:
        raise InputRejected(problems)
    return COSTS[name], values


def drawn_costs(
    model: CostModel, values: Values, pool: int, number: int, generator: np.random.Generator
) -> tuple[int, ...]:
    """Costs of so many proposals, in minor units, none above the pool."""
    return rounded(model.parts(values, number, generator), pool, int(values["step"]))


def costs_like(election: Election, pool: int, number: int, generator: np.random.Generator) -> tuple[int, ...]:
    """Costs as in a real round: parts of its pool, drawn with replacement, in minor units of a pool of ``pool``."""
    drawn = generator.integers(len(election.costs), size=number).tolist()
    return tuple(min(pool, max(1, election.costs[p] * pool // election.pool.amount)) for p in drawn)


__all__ = ["COSTS", "CostModel", "costs_like", "drawn_costs", "read_costs"]
