"""A round that has not happened: who lives where, what is proposed, and how people would vote."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from borgerbudget.ballots import METHODS, Limits
from borgerbudget.ballots.method import Ints, Marks
from borgerbudget.election import Election
from borgerbudget.pool import Pool
from borgerbudget.profile import merge
from borgerbudget.proposal import Proposal
from scenarios.cells import home_cells
from scenarios.electorates.ballots import Sheet, filled_in
from scenarios.electorates.opinions import EVERYWHERE, Electorate, Opinions, Setting
from scenarios.fitting import fit
from scenarios.measures.measure import Cell


@dataclass(frozen=True, slots=True)
class Home:
    """An area and how many people in it may vote."""

    name: str
    people: int


@dataclass(frozen=True, eq=False)
class Village:
    """``turnout``: the chance that a person votes, each on their own; 1 is everybody.  ``homes``: at least one.
    Proposals stand in the byte order of their ids, and the area of each is one of the homes, or none."""

    pool: Pool
    proposals: tuple[Proposal, ...]
    homes: tuple[Home, ...]
    electorate: Electorate
    turnout: float = 1.0
    method: str = "approval"
    limits: Limits = Limits()  # noqa: RUF009 (frozen)

    @property
    def people(self) -> int:
        return sum(home.people for home in self.homes)

    def empty(self) -> Election:
        """The round before anybody has voted: what a plan is made for."""
        kind = METHODS[self.method]
        nobody = Marks(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int64) if kind.has_points else None)
        return Election(self.pool, self.proposals, kind, merge(kind, nobody), self.limits)

    def turned_out(self, generator: np.random.Generator) -> tuple[int, ...]:
        """How many vote, area by area."""
        drawn = generator.binomial([home.people for home in self.homes], self.turnout)
        return tuple(int(number) for number in drawn)

    def spread_out(self, voters: int, generator: np.random.Generator) -> tuple[int, ...]:
        """So many voters, each from an area with the chance that its people give it."""
        people = np.array([home.people for home in self.homes], np.float64)
        return tuple(int(number) for number in generator.multinomial(voters, people / people.sum()))

    def opinions(self, voters: tuple[int, ...], generator: np.random.Generator) -> Opinions:
        """What so many people from each area think."""
        number = {home.name: place for place, home in enumerate(self.homes)}
        areas = tuple(number.get(proposal.area or "", EVERYWHERE) for proposal in self.proposals)
        return self.electorate.opinions(Setting(voters, areas), generator)

    def voted(self, opinions: Opinions, limits: Limits | None = None) -> tuple[Election, tuple[Cell, ...]]:
        """The round with these people's ballots, and its areas of enough voters; ``limits`` instead of its own."""
        empty = self.empty()
        election = empty if limits is None else replace(empty, limits=limits)
        costs = np.array([proposal.cost for proposal in self.proposals], np.int64)
        marks = filled_in(self.method, opinions, Sheet(costs, self.pool.amount, election.limits))
        cells = home_cells(election, marks, opinions.home, [home.name for home in self.homes])
        return replace(election, profile=merge(election.method, marks)), cells


def like(election: Election) -> Village:
    """A village that votes as this round's voters did, as many as they were; its areas are not known.  Raises InputRejected as
    ``fit``."""
    fitted = fit(election)
    people = int(election.profile.total)
    limits = replace(election.limits, min_length=None)  # a fitted voter marks as many as were marked
    method = "approval" if election.method.name == "scoring" else election.method.name
    return Village(election.pool, election.proposals, (Home("", people),), fitted, 1.0, method, limits)


def some(opinions: Opinions, chosen: Ints) -> Opinions:
    """Only these voters."""
    return Opinions(opinions.utility[chosen], opinions.home[chosen])
