"""Who can no longer be bought, whatever money supporters have: the constraints that rules with voters' own money carry.

A proposal is barred

(1) ``excluded``: once another member of one of its ``one-of`` groups is funded;
(2) ``over-quota``: once its cost is more than one of its ``at-most`` ceilings has left.

What is funded only grows, so whoever is barred stays so, and which proposals are barred depends on nothing but what is
funded (docs/village-rules.md, "Buying with constraints").
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from borgerbudget.frozen import frozen
from tallies.contest import Contest


@frozen
class Bars:
    """Over indices.  ``costs`` in minor units; ``ceilings``: members and what is left for them after what was given
    beforehand; ``groups``: members of which one at most is funded."""

    costs: tuple[int, ...]
    ceilings: tuple[tuple[frozenset[int], int], ...]
    groups: tuple[frozenset[int], ...]

    def reason(self, p: int, funded: Collection[int]) -> str | None:
        """Why p is barred when these are funded; None when it is not."""
        if any(p in group and not group.isdisjoint(funded) for group in self.groups):  # (1)
            return "excluded"
        for members, amount in self.ceilings:  # (2)
            if p in members and self.costs[p] > amount - sum(self.costs[q] for q in members.intersection(funded)):
                return "over-quota"
        return None

    def closed_by(self, bought: Sequence[int]) -> list[int]:
        """Those that the last purchase, or an earlier one, bars, among those who share a constraint with the last."""
        sharing = [
            members for members in (*self.groups, *(members for members, _ in self.ceilings)) if bought[-1] in members
        ]
        near = frozenset[int]().union(*sharing).difference(bought)
        return [p for p in sorted(near) if self.reason(p, bought)]


def bars_of(contest: Contest) -> Bars | None:
    """None when the plan bars nobody."""
    given = frozenset(contest.given)
    ceilings, groups = [], []
    for constraint in contest.plan.terms.constraints:
        members = frozenset(contest.election.index[i] for i in constraint.proposals)
        if constraint.kind == "one-of":
            groups.append(members)
        elif constraint.kind == "at-most":
            ceilings.append((members, (constraint.amount or 0) - sum(contest.costs[p] for p in members & given)))
    return Bars(contest.costs, tuple(ceilings), tuple(groups)) if ceilings or groups else None


def open_at_first(contest: Contest, bars: Bars | None) -> tuple[int, ...]:
    """The proposals that take part and are not barred before anything is bought."""
    return tuple(p for p in contest.eligible if bars is None or bars.reason(p, ()) is None)
