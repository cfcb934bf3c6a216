"""What a measure is, and the result that it is taken of: an election, who got what, and cells of voters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots.method import Ints
from borgerbudget.election import Election
from borgerbudget.profile import Profile
from borgerbudget.words import Text
from tallies.outcome import Outcome
from tallies.support import Support, exact_sums, support_of

Floats = NDArray[np.float64]
Unit = Literal["share", "amount", "integer", "number"]
"""``share``: from 0 to 1; ``amount``: minor units; ``integer``: counted; ``number``: anything else."""
LEAST_CELL = 20
"""Voters below which nothing is said about a cell: a few people's luck, and a risk to their secret ballot."""


@dataclass(frozen=True, eq=False)
class Cell:
    """Some of the voters: ``kind`` says what they have in common (``area``, ``age``), ``name`` what it is for these."""

    kind: str
    name: str
    profile: Profile


@dataclass(frozen=True, eq=False)
class Result:
    """One count.  ``amounts``: index of each funded proposal -> minor units.  ``ties``: ties that the count met, None where
    that is not known.  All voters count alike, also where ballots weigh by area: by their weight."""

    election: Election
    amounts: Mapping[int, int]
    cells: tuple[Cell, ...] = ()
    ties: int | None = None

    @property
    def spent(self) -> int:
        return sum(self.amounts.values())

    @cached_property
    def support(self) -> Support:
        """Who supports what: a mark with a value above zero."""
        return support_of(self.election)

    @property
    def voters(self) -> int:
        """All valid ballots, blank ones too, over the support's denominator."""
        return self.support.total

    @cached_property
    def funded(self) -> Ints:
        """(proposals,) 1 for a funded one."""
        found = np.zeros(len(self.election.proposals), np.int64)
        found[list(self.amounts)] = 1
        return found

    @cached_property
    def number_got(self) -> Ints:
        """For each distinct ballot how many funded proposals stand on it."""
        support = self.support
        got = exact_sums(support.group, self.funded[support.proposal], support.weights.size)
        return np.array(got, np.int64)

    @cached_property
    def money_got(self) -> Ints:
        """For each distinct ballot what the funded proposals on it get together, in minor units."""
        support, amount = self.support, np.zeros(len(self.election.proposals), np.int64)
        for p, money in self.amounts.items():
            amount[p] = money
        return np.array(exact_sums(support.group, amount[support.proposal], support.weights.size), np.int64)

    @cached_property
    def share(self) -> Floats:
        """For each distinct ballot the voter's share in minor units: every funded proposal's money, divided equally among
        its supporters (Maly, Rey, Endriss and Lackner 2023, definition of share)."""
        support = self.support
        each = np.zeros(len(self.election.proposals))
        for p, money in self.amounts.items():
            if support.supporters[p]:
                each[p] = money * support.denominator / support.supporters[p]
        return np.bincount(support.group, weights=each[support.proposal], minlength=support.weights.size).astype(
            np.float64
        )

    def within(self, cell: Cell) -> Result:
        """The same outcome, seen by the voters of a cell."""
        election = self.election
        seen = Election(election.pool, election.proposals, election.method, cell.profile, election.limits)
        return Result(seen, self.amounts)

    def mean(self, of_ballot: Ints | Floats) -> float | None:
        """The mean over all voters of a value of each distinct ballot; None without voters."""
        if not self.voters:
            return None
        weights = self.support.weights
        if of_ballot.dtype != np.float64:
            total: int = sum(w * v for w, v in zip(weights.tolist(), of_ballot.tolist(), strict=True))
            return total / self.voters
        return float((weights.astype(np.float64) * of_ballot).sum() / self.voters)


def result_of(outcome: Outcome, cells: tuple[Cell, ...] = ()) -> Result:
    """The result of a whole count."""
    election = outcome.contest.election
    amounts = {election.index[award.proposal]: award.amount for award in outcome.funded}
    return Result(election, amounts, cells, len(outcome.ties))


@dataclass(frozen=True, slots=True)
class Measure:
    """``name`` is a tidy column; ``of``: its value in ``unit``, None where nothing can be said.  ``better``: whether more is
    better (``high``), or less, or neither."""

    name: str
    specification: str
    title: Text
    plain: Text
    unit: Unit
    better: Literal["high", "low", "neither"]
    of: Callable[[Result], float | int | None]
