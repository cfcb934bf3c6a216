"""What simulated voters think: one number per voter and proposal, from which a ballot of any method can be filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots.method import Ints

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
EVERYWHERE = -1
"""The area of a proposal that belongs to no single one."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Who votes on what.  ``voters``: how many from each area; ``proposal_area``: for each proposal the index of its area,
    or ``EVERYWHERE``."""

    voters: tuple[int, ...]
    proposal_area: tuple[int, ...]

    @property
    def people(self) -> int:
        return sum(self.voters)

    @property
    def proposals(self) -> int:
        return len(self.proposal_area)

    def homes(self) -> Ints:
        """For each voter (people,) the index of the area."""
        return np.repeat(np.arange(len(self.voters), dtype=np.int64), self.voters)


@dataclass(frozen=True, eq=False)
class Opinions:
    """``utility`` (voters, proposals): above zero is what a voter would approve of, and more is better liked; ``home``
    (voters,): the index of each voter's area.  The same opinions give ballots of every method, so that methods can be
    compared on the same people."""

    utility: Floats
    home: Ints


class Electorate(Protocol):
    """Whoever can be asked for voters: a published model with its parameters, or one fitted to a past round."""

    def opinions(self, setting: Setting, generator: np.random.Generator) -> Opinions:
        """A new electorate for each generator; the same one for the same state of it."""
        ...


def from_approvals(approved: Truths, generator: np.random.Generator) -> Floats:
    """Utilities of models that only say who approves of what: which of the approved is liked better is drawn by lot."""
    liking = 1.0 - generator.random(approved.shape)  # in (0, 1]: an approved proposal is never at zero
    return np.where(approved, liking, -liking)


def from_positions(position: Ints, approves: int) -> Floats:
    """Utilities of models that rank everything: ``position`` (voters, proposals) counts from zero, and the first
    ``approves`` are approved of."""
    utility: Floats = (approves - position) / max(1, position.shape[1])
    return utility


def share_of(part: float, proposals: int) -> int:
    """The whole part of ``part`` times the number of proposals, as the models define the size of a ballot."""
    return int(np.floor(part * proposals + 1e-9))  # 0.29 * 100 is a little below 29
