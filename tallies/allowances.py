"""The money of one count under constraints: what is left, what each constraint's members got, what may still be given.

A proposal stands or falls with its *bundle*: itself and every unfunded proposal that it needs, on and on.  docs/village-rules.md,
"Going on with constraints".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from borgerbudget.frozen import frozen
from tallies.constraints import kept_together
from tallies.contest import Contest
from tallies.eligibility import needed, needs_of


@frozen(slots=True)
class Condition:
    """A constraint over indices; ``amount`` is 0 for the kinds without one."""

    kind: str
    members: frozenset[int]
    amount: int


@dataclass(eq=False)
class Allowances:
    """``left`` in minor units; by constraint, in declared order, ``spent`` by its members and what a pot still holds (0 for
    the other kinds); ``needs`` by id."""

    contest: Contest
    conditions: tuple[Condition, ...]
    needs: dict[str, frozenset[str]]
    left: int
    funded: set[int]
    spent: list[int]
    held: list[int]

    def copy(self) -> Allowances:
        return replace(self, funded=set(self.funded), spent=list(self.spent), held=list(self.held))

    def of_kind(self, kind: str) -> list[int]:
        return [c for c, condition in enumerate(self.conditions) if condition.kind == kind]

    def pay(self, p: int, amount: int, from_pot: bool = False) -> None:
        """``from_pot``: the pot that p is in bears it, as far as it can."""
        self.left -= amount
        self.funded.add(p)
        for c, condition in enumerate(self.conditions):
            if p in condition.members:
                self.spent[c] += amount
                if from_pot:
                    self.held[c] = max(0, self.held[c] - amount)

    # --- how much there is for a proposal --------------------------------------------------------------------------

    def unspent(self, p: int) -> list[int]:
        """The earmarks that p is not in and that still keep something back."""
        conditions = self.conditions
        return [
            c
            for c in self.of_kind("earmark")
            if p not in conditions[c].members and conditions[c].amount > self.spent[c]
        ]

    def kept(self, keepers: Sequence[int]) -> int:
        """What these earmarks and pots keep together."""
        earmarks, pots = [], []
        for c in keepers:
            condition = self.conditions[c]
            if condition.kind == "earmark":
                earmarks.append((condition.amount - self.spent[c], condition.members))
            else:
                pots.append((self.held[c], condition.members))
        return kept_together(earmarks, pots)

    def quota(self, p: int) -> int | None:
        """What every ``at-most`` with p still allows; None without one."""
        at_most = (c for c in self.of_kind("at-most") if p in self.conditions[c].members)
        return min((self.conditions[c].amount - self.spent[c] for c in at_most), default=None)

    def limit(self, p: int, room: Room) -> int:
        quota, (there, _) = self.quota(p), room(self, p)
        return there if quota is None else min(there, quota)

    def why_not(self, p: int, amount: int) -> str | None:
        """Why p cannot have ``amount``, which is more than its limit; None: it does not fit."""
        quota = self.quota(p)
        if quota is not None and amount > quota:
            return "over-quota"
        return "earmarked" if amount <= self.left else None

    # --- which proposals exclude or need each other ------------------------------------------------------------------

    def bundle(self, p: int) -> tuple[int, ...]:
        """p first, then by id."""
        if not self.needs:
            return (p,)
        election = self.contest.election
        members = needed(election.ids[p], self.needs, lambda i: election.index[i] in self.funded)
        return (p, *sorted({election.index[i] for i in members} - {p}))

    def excluded(self, proposals: Sequence[int]) -> bool:
        """Whether one of them shares a ``one-of`` with another or with a funded one."""
        one_of = [self.conditions[c].members for c in self.of_kind("one-of")]
        if not one_of:
            return False
        taken = self.funded | set(proposals)
        return any(p in members and len(members & taken) > 1 for members in one_of for p in proposals)

    def misfit(self, bundle: Sequence[int], room: Room, from_pot: bool = False) -> tuple[bool, str | None]:
        """Whether some of a bundle does not fit with all it asks when all the others are funded, and why.

        Asked about each as the last one: one after the other, it could matter who stands first by id.
        """
        asks, reasons = self.contest.asks, []
        for p in bundle:
            trial = self.copy()
            for q in bundle:
                if q != p:
                    trial.pay(q, asks[q], from_pot)
            if asks[p] > trial.limit(p, room):
                reasons.append(trial.why_not(p, asks[p]))
        return bool(reasons), "over-quota" if "over-quota" in reasons else next(iter(reasons), None)

    def all_fit(self, proposals: Sequence[int], room: Room) -> bool:
        """Whether no order of these can matter: each alone, none excluded, together within every room and quota."""
        asks = self.contest.asks
        total = sum(asks[p] for p in proposals)
        if not self.conditions:
            return total <= self.left
        if any(total > room(self, p)[0] for p in proposals):
            return False
        return (
            all(len(self.bundle(p)) == 1 for p in proposals)
            and not self.excluded(proposals)
            and all(
                self.spent[c] + self.asked(proposals, c) <= self.conditions[c].amount for c in self.of_kind("at-most")
            )
        )

    def asked(self, proposals: Sequence[int], condition: int) -> int:
        """What those of the proposals that are members ask together."""
        return sum(self.contest.asks[p] for p in proposals if p in self.conditions[condition].members)


Room = Callable[[Allowances, int], tuple[int, Sequence[int]]]
"""How much a proposal may get, quotas apart, and the constraints that say so."""


def whatever_is_left(allowances: Allowances, p: int) -> tuple[int, Sequence[int]]:
    return allowances.left, ()


def room_in(phase: str, unused: str | None, pot: int | None = None) -> Room:
    """The room of a pass; ``unused`` as in the plan, ``pot``: the one that the pass belongs to."""
    if phase not in ("floor", "pot", "rule"):
        return whatever_is_left

    def room(allowances: Allowances, p: int) -> tuple[int, Sequence[int]]:
        pots = [c for c in allowances.of_kind("pot") if allowances.held[c]]
        if phase != "rule":
            pots = [c for c in pots if p not in allowances.conditions[c].members]
        elif unused in (None, "common"):
            pots = []
        keepers = [*allowances.unspent(p), *pots]
        there = allowances.left - allowances.kept(keepers)
        if pot is not None and allowances.held[pot] <= there:
            return allowances.held[pot], (pot,)
        return there, keepers

    return room


def opened(contest: Contest) -> Allowances:
    """At the start of the rule: what was given beforehand is spent, the pots are full."""
    election = contest.election
    conditions = tuple(
        Condition(c.kind, frozenset(election.index[i] for i in c.proposals), c.amount or 0)
        for c in contest.plan.terms.constraints
    )
    given = set(contest.given)
    return Allowances(
        contest,
        conditions,
        needs_of(contest.plan.terms.constraints),
        contest.pool,
        given,
        # money set aside for members is not what they were given beforehand
        [0 if c.kind in ("earmark", "pot") else sum(contest.costs[p] for p in c.members & given) for c in conditions],
        [c.amount if c.kind == "pot" else 0 for c in conditions],
    )
