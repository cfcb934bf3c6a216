"""The electorate models by their published names, one file each and one line each in the registry below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from borgerbudget.errors import InputRejected, Place, problem
from scenarios.electorates.models.disjoint_resampling import DISJOINT_RESAMPLING
from scenarios.electorates.models.euclidean import EUCLIDEAN
from scenarios.electorates.models.impartial_culture import IMPARTIAL_CULTURE
from scenarios.electorates.models.mallows import MALLOWS
from scenarios.electorates.models.model import Model, Simulated
from scenarios.electorates.models.noise import NOISE
from scenarios.electorates.models.party_list import PARTY_LIST
from scenarios.electorates.models.ranked_impartial_culture import RANKED_IMPARTIAL_CULTURE
from scenarios.electorates.models.resampling import RESAMPLING
from scenarios.electorates.models.truncated_urn import TRUNCATED_URN
from scenarios.electorates.models.urn import URN
from scenarios.electorates.parameters import read_values
from scenarios.electorates.words import PROBLEMS

MODELS: dict[str, Model] = {
    model.name: model
    for model in (
        IMPARTIAL_CULTURE,
        RANKED_IMPARTIAL_CULTURE,
        RESAMPLING,
        DISJOINT_RESAMPLING,
        NOISE,
        MALLOWS,
        URN,
        TRUNCATED_URN,
        EUCLIDEAN,
        PARTY_LIST,
    )
}


def simulated(
    name: str, said: Mapping[str, object], proposals: int, places: Mapping[str, Place] | None = None
) -> Simulated:
    """The electorate of the model ``name`` with what is ``said`` of its parameters, for so many proposals.

    ``places``: where each word stands in its file, the name under ``model``.  Raises InputRejected with all that is wrong.
    """
    where = places or {}
    if name not in MODELS:
        known = ", ".join(MODELS)
        raise InputRejected(problem(PROBLEMS, "EL-001", where.get("model", Place()), name=name, known=known))
    model = MODELS[name]
    values, problems = read_values(name, model.parameters, said, where)
    if not problems and (wrong := model.conflict(values, proposals)):
        problems = [replace(wrong, place=where.get("model", Place()))]
    if problems:
        raise InputRejected(problems)
    return Simulated(model, values)


__all__ = ["MODELS", "Model", "Simulated", "simulated"]
