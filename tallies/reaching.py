"""Whether some choice of proposals reaches every floor while all other promises of a plan are kept, whatever the votes are.

A choice is a set S of proposals with all they need, none of them out before the vote; what was given beforehand is funded
besides.  Every proposal counts with what it asks; where the rule may pay part of it, with its least amount in (2) and (3).

(1) In no ``one-of`` two are funded.
(2) No ``at-most`` is exceeded.
(3) S and what earmarks and pots then still keep (``tallies.constraints.kept_together``) fit in what there is to share out.
(4) Every ``at-least`` has its amount.

(1) to (3) can only be broken by taking more in, (4) only by leaving out: so the search goes from floor to floor, and turns back
as soon as one is out of reach.  It is made where at most ``MOST_MEMBERS`` proposals are to be chosen among
(docs/village-rules.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from borgerbudget.frozen import frozen
from tallies.constraints import Constraint, kept_together
from tallies.contest import Contest
from tallies.eligibility import needed, needs_of

MOST_MEMBERS = 16
BEFORE_THE_VOTE = ("withdrawn", "over-pool", "over-cap", "below-minimum")
"""Reasons to take no part that are known before anybody votes."""


@frozen(eq=False)
class Reaching:
    """The question for some of a plan's constraints."""

    contest: Contest
    constraints: Sequence[Constraint]

    @cached_property
    def given(self) -> frozenset[str]:
        return frozenset(self.contest.plan.terms.pre_funded)

    @cached_property
    def least(self) -> dict[str, int]:
        """What each costs at least when it is funded."""
        contest = self.contest
        parts = contest.plan.traits.partial and not contest.plan.traits.whole_ask
        amounts = map(min, contest.least, contest.asks) if parts else contest.asks
        return dict(zip(contest.election.ids, amounts, strict=True))

    @cached_property
    def asks(self) -> dict[str, int]:
        return dict(zip(self.contest.election.ids, self.contest.asks, strict=True))

    @cached_property
    def bundles(self) -> dict[str, frozenset[str]]:
        """The members of floors that can take part -> themselves with what they need."""
        needs, contest = needs_of(self.constraints), self.contest
        out = {i for i, code in zip(contest.election.ids, contest.out, strict=True) if code in BEFORE_THE_VOTE}
        floors = (c for c in self.constraints if c.kind == "at-least")
        members = dict.fromkeys(i for floor in floors for i in floor.proposals if i not in self.given)
        found = {i: needed(i, needs, self.given.__contains__) for i in members}
        return {i: bundle for i, bundle in found.items() if bundle.isdisjoint(out)}

    @property
    def examined(self) -> bool:
        return len(self.bundles) <= MOST_MEMBERS

    def possible(self) -> bool:
        """Whether there is such a choice."""
        return self._beyond(frozenset(), frozenset())

    def _beyond(self, chosen: frozenset[str], left_out: frozenset[str]) -> bool:
        """Whether some choice holds ``chosen`` and none of the bundles of ``left_out``."""
        if not self._allowed(chosen):
            return False
        open_ones = [i for i in self.bundles if i not in chosen and i not in left_out]
        missing = None
        for floor in (c for c in self.constraints if c.kind == "at-least"):
            reached = self._given_in(floor) + sum(self.asks[i] for i in chosen.intersection(floor.proposals))
            lacking = (floor.amount or 0) - reached
            if lacking > 0:
                among = [i for i in open_ones if i in floor.proposals]
                if sum(self.asks[i] for i in among) < lacking:  # (4)
                    return False
                missing = missing or max(among, key=self.asks.__getitem__)
        if missing is None:
            return True
        return self._beyond(chosen | self.bundles[missing], left_out) or self._beyond(chosen, left_out | {missing})

    def _allowed(self, chosen: frozenset[str]) -> bool:
        funded = chosen | self.given
        left = self.contest.pool - sum(self.least[i] for i in chosen)
        keeping: dict[str, list[tuple[int, frozenset[str]]]] = {"earmark": [], "pot": []}
        for c in self.constraints:
            members, amount = frozenset(c.proposals), c.amount or 0
            if c.kind == "one-of" and len(members & funded) > 1:  # (1)
                return False
            spent = sum(self.least[i] for i in members & chosen)
            if c.kind == "at-most" and self._given_in(c) + spent > amount:  # (2)
                return False
            if c.kind in keeping:
                keeping[c.kind].append((amount - spent, members))
        return kept_together(keeping["earmark"], keeping["pot"]) <= left  # (3)

    def _given_in(self, constraint: Constraint) -> int:
        costs, index = self.contest.costs, self.contest.election.index
        return sum(costs[index[i]] for i in self.given.intersection(constraint.proposals))
