"""Other boxes that might have been; one line each in the registry below."""

from __future__ import annotations

from scenarios.perturbation.bootstrap import BOOTSTRAP
from scenarios.perturbation.changed_ballots import CHANGED_BALLOTS
from scenarios.perturbation.lost_batch import LOST_BATCH
from scenarios.perturbation.lower_turnout import LOWER_TURNOUT
from scenarios.perturbation.more_voters import MORE_VOTERS
from scenarios.perturbation.perturbation import Box, Perturbation, box_of

PERTURBATIONS: dict[str, Perturbation] = {
    perturbation.name: perturbation
    for perturbation in (BOOTSTRAP, LOWER_TURNOUT, MORE_VOTERS, LOST_BATCH, CHANGED_BALLOTS)
}

__all__ = ["PERTURBATIONS", "Box", "Perturbation", "box_of"]
