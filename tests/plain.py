"""The rules once more, as plainly as they can be said: Fractions, every voter by herself, every endowment by itself.

An oracle for small elections.  It knows no merged ballots, no closed forms, no floats and no jumps; ties that no lot
decides are not its business (it raises Open)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from fractions import Fraction

from borgerbudget import Election
from tallies.plan import Plan


class Open(Exception):
    """A tie that the plan leaves open."""


class Plain:
    def __init__(self, election: Election, plan: Plan) -> None:
        self.plan, self.pool = plan, election.pool.amount
        self.given: list[str] = []  # what every outcome has
        self.cost = {p.id: p.cost for p in election.proposals}
        self.weight: list[Fraction] = []
        self.value: list[dict[str, int]] = []
        self.score = dict.fromkeys(self.cost, Fraction(0))
        for group, numerator in enumerate(election.profile.weights.tolist()):
            weight = Fraction(numerator, election.profile.denominator)
            proposals, points = election.profile.ballot(group)
            value = self._values(election, [election.ids[p] for p in proposals], points)
            self.weight.append(weight)
            self.value.append(value)
            for i, v in value.items():
                self.score[i] += weight * v
        self.n = sum(self.weight, Fraction(0))
        self.eligible = [p.id for p in election.proposals if self._takes_part(p.id, p.withdrawn)]

    def _values(self, election: Election, ids: list[str], points: list[int] | None) -> dict[str, int]:
        method = election.method.name
        if method in ("approval", "knapsack"):
            return dict.fromkeys(ids, 1)
        if points is not None:
            default = election.limits.default_score if method == "scoring" else 0
            return {i: default for i in election.ids if default} | dict(zip(ids, points, strict=True))
        found: dict[str, int] = {}
        for position, i in enumerate(ids):
            table = self.plan.points_table
            worth = len(ids) - position if table is None else table[position] if position < len(table) else 0
            found.setdefault(i, worth)
        return found

    def _takes_part(self, i: str, withdrawn: bool) -> bool:
        limit = 5 * self.pool >= 4 * self.cost[i] if self.plan.rule == "greedy-80" else self.cost[i] <= self.pool
        passes = self.plan.threshold is None or self.score[i] >= self.plan.threshold
        return not withdrawn and limit and passes and any(v.get(i, 0) > 0 for v in self.value)

    def first(self, tied: Iterable[str]) -> str:
        left = list(tied)
        for criterion in self.plan.ties[:-1]:
            key = self.cost if criterion == "cheapest" else {i: -s for i, s in self.score.items()}
            left = [i for i in left if key[i] == min(key[j] for j in left)]
        if len(left) == 1:
            return left[0]
        if self.plan.lot is None or self.plan.ties[-1] != "lot":
            raise Open(left)
        return min(left, key=self.plan.lot.order.index)

    def barred(self, funded: list[str]) -> set[str]:
        """Who may not be bought after these; plain plans bar nobody."""
        return set()

    # --- the rules, each -> funded ids in order

    def outcome(self) -> dict[str, int]:
        """Funded ids -> amounts, in order of funding."""
        rule = self.plan.rule
        if not self.n:
            return {}
        if rule == "equal-shares":
            return {i: self.cost[i] for i in self._equal_shares()}
        if rule == "phragmen":
            return {i: self.cost[i] for i in self._phragmen()}
        if rule == "greedy-per-cost":
            return {
                i: self.cost[i] for i in self.greedy(lambda i: self.score[i] / self.cost[i], self.eligible, self.pool)
            }
        if rule == "greedy":
            return {i: self.cost[i] for i in self.greedy(self.score.__getitem__, self.eligible, self.pool)}
        left, funded, waiting = self.pool, {}, list(self.eligible)
        while waiting:
            most = max(self.score[i] for i in waiting)
            i = self.first(j for j in waiting if self.score[j] == most)
            waiting.remove(i)
            if self.cost[i] > left:
                if rule == "greedy-80" and left * 5 >= self.cost[i] * 4:
                    funded[i] = left
                break
            funded[i] = self.cost[i]
            left -= self.cost[i]
        return funded

    def greedy(
        self, key: Callable[[str], Fraction], ids: list[str], left: int, before: Iterable[str] = ()
    ) -> list[str]:
        funded, waiting, before = [], list(ids), list(before)
        while waiting:
            most = max(key(i) for i in waiting)
            i = self.first(j for j in waiting if key(j) == most)
            waiting.remove(i)
            if self.cost[i] <= left and i not in self.barred(before + funded):
                funded.append(i)
                left -= self.cost[i]
        return funded

    def _phragmen(self) -> list[str]:
        load = [Fraction(0)] * len(self.weight)
        funded: list[str] = []
        left, waiting = self.pool, list(self.eligible)
        while waiting := [i for i in waiting if i not in self.barred(funded)]:
            time = {}
            for i in waiting:
                who = [g for g, v in enumerate(self.value) if v.get(i, 0) > 0]
                total = sum(self.weight[g] for g in who)
                time[i] = (sum((self.weight[g] * load[g] for g in who), Fraction(self.cost[i]))) / total
            tied = [i for i in waiting if time[i] == min(time.values())]
            if any(self.cost[i] > left for i in tied):
                break
            i = self.first(tied)
            waiting.remove(i)
            left -= self.cost[i]
            for g, v in enumerate(self.value):
                if v.get(i, 0) > 0:
                    load[g] = time[i]
            funded.append(i)
        return funded

    def run(self, endowment: Fraction) -> list[str]:
        money = [endowment] * len(self.weight)
        funded: list[str] = []
        while True:
            may = [i for i in self.eligible if i not in funded and i not in self.barred(funded)]
            rho = {i: r for i in may if (r := self._rho(i, money)) is not None}
            if not rho:
                return funded
            i = self.first(j for j in rho if rho[j] == min(rho.values()))
            for g in range(len(money)):
                money[g] -= min(money[g], rho[i] * self._utility(g, i))
            funded.append(i)

    def _utility(self, g: int, i: str) -> int:
        v = max(0, self.value[g].get(i, 0))
        return v * self.cost[i] if self.plan.utility == "cost" else v

    def _rho(self, i: str, money: list[Fraction]) -> Fraction | None:
        who = [g for g in range(len(money)) if self._utility(g, i)]
        if sum(self.weight[g] * money[g] for g in who) < self.cost[i]:
            return None
        who.sort(key=lambda g: money[g] / self._utility(g, i))
        paid = Fraction(0)
        utility = sum((self.weight[g] * self._utility(g, i) for g in who), Fraction(0))
        for g in who:
            rho = (self.cost[i] - paid) / utility
            if rho * self._utility(g, i) <= money[g]:
                return rho
            paid += self.weight[g] * money[g]
            utility -= self.weight[g] * self._utility(g, i)
        raise AssertionError

    def _equal_shares(self) -> list[str]:
        plan, completion = self.plan, self.plan.completion or ""
        start = Fraction(self.pool) / self.n
        if not completion.startswith("add1"):
            funded = self.run(start)
        else:
            if plan.start == "integral":
                start = Fraction(start // 100 * 100)
            funded = []
            for k in itertools.count():
                now = self.run(start + k * Fraction(plan.increment or 1) * 100)
                left = self.pool - sum(self.cost[i] for i in now)
                if left < 0:
                    break
                funded = now
                rest = [i for i in self.eligible if i not in now and i not in self.barred(now)]
                if not rest or (completion.startswith("add1e") and all(self.cost[i] > left for i in rest)):
                    break
        if completion.endswith("u") or completion == "utilitarian":
            left = self.pool - sum(self.cost[i] for i in funded)
            rest = [i for i in self.eligible if i not in funded]
            funded = funded + self.greedy(self.score.__getitem__, rest, left, funded)
        if plan.comparison != "none":
            other = self.greedy(self.score.__getitem__, self.eligible, self.pool)
            cap = 1 if plan.comparison == "exclusion-ratio" else len(self.cost)
            for_other = for_ours = Fraction(0)
            for g, v in enumerate(self.value):
                ours = min(cap, sum(v.get(i, 0) > 0 for i in [*self.given, *funded]))
                theirs = min(cap, sum(v.get(i, 0) > 0 for i in [*self.given, *other]))
                for_other += self.weight[g] * (theirs > ours)
                for_ours += self.weight[g] * (ours > theirs)
            if for_other > for_ours:
                return other
        return funded
