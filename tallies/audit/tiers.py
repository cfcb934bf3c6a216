"""Privacy tiers: how much of the ballots a bundle shows, measured and proposed.

``open``: the profile.  ``totals``: supporters and score of each proposal.  ``sealed``: everything with the openings of all
leaves, for the auditor and the archive.

A ballot that nobody else cast may tell who cast it: by its pattern, or because its voter told of a part of it.  So ``open``
is proposed only for many ballots of which few are unique; otherwise ``totals``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from borgerbudget.profile import Profile

Tier = Literal["open", "totals", "sealed"]
MOST_OPEN_FIRST: tuple[Tier, ...] = ("open", "totals", "sealed")
FEWEST_FOR_OPEN = 500
MOST_UNIQUE = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Exposure:
    """How many people cast ballots, and how many of them one that no other did; blank ones count as the others."""

    ballots: int
    unique: int

    @property
    def share(self) -> Fraction:
        return Fraction(self.unique, self.ballots) if self.ballots else Fraction(0)

    @property
    def proposed(self) -> Tier:
        return "open" if self.ballots >= FEWEST_FOR_OPEN and self.share <= MOST_UNIQUE else "totals"


def exposure(profile: Profile) -> Exposure:
    """Where only weights are known, every ballot might be of one person."""
    people = profile.people
    if people is None:
        people = [1] * profile.distinct
    return Exposure(sum(people), people.count(1))


def more_open(tier: Tier, than: Tier) -> bool:
    return MOST_OPEN_FIRST.index(tier) < MOST_OPEN_FIRST.index(than)
