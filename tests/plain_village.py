"""docs/village-rules.md once more, as plainly as it can be said: ids, Fractions, every ballot by itself, no ledger.

An oracle for small elections; ties that no lot decides are not its business (it raises Open)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, combinations
from typing import TypeVar

from borgerbudget import Election
from tallies.plan import Plan
from tests.plain import Plain

T = TypeVar("T")
Promise = tuple[Sequence[str], int]
"""Members, and what is kept for them."""


def down(amount: Fraction | int, unit: int = 1) -> int:
    return int(Fraction(amount) // unit) * unit


def subsets(things: Sequence[T]) -> Iterator[tuple[T, ...]]:
    return chain.from_iterable(combinations(things, size) for size in range(len(things) + 1))


def kept(earmarks: Sequence[Promise], pots: Sequence[Promise]) -> int:
    """The most that some of both keep of which none has a member in common with one of the others."""
    return max(
        sum(amount for _, amount in [*some, *others])
        for some in subsets(earmarks)
        for others in subsets(pots)
        if not any(set(a) & set(b) for a, _ in some for b, _ in others)
    )


class Village(Plain):
    def __init__(self, election: Election, plan: Plan) -> None:
        super().__init__(election, plan)
        self.terms, self.whole_pool, self.proposals = plan.terms, election.pool.amount, election.proposals
        self.points = election.method.has_points
        if election.totals is not None:
            self.score = {i: Fraction(votes) for i, votes in zip(election.ids, election.totals, strict=True)}
        self.supported = {
            i for i in self.cost if (self.score[i] if election.totals else any(v.get(i, 0) > 0 for v in self.value))
        }
        self.least = {p.id: p.min_cost or 1 for p in election.proposals}
        self.given = list(plan.terms.pre_funded)
        self.pool -= sum(self.cost[i] for i in self.given)
        self.partial = plan.rule in (
            "residual", "residual-last", "prize-ladder", "rate-bands", "equal-split", "everyones-share"
        )  # fmt: skip
        self.ask = {i: self._ask(i) for i in self.cost}
        self.rules = [(c.kind, list(c.proposals), c.amount or 0) for c in plan.terms.constraints]
        self.needs: dict[str, set[str]] = {i: set() for i in self.cost}
        for kind, members, _ in self.rules:
            for i in members if kind == "together" else members[:1] if kind == "needs" else ():
                self.needs[i] |= set(members) - {i}
        self.eligible = self._who()

    def _ask(self, i: str) -> int:
        ask = self.cost[i]
        if self.terms.bands:
            # øre by øre: in which band is it?
            rates = [next(r for limit, r in self.terms.bands if limit is None or x < limit) for x in range(ask)]
            ask = down(sum(rates, Fraction(0)))
        return min(ask, self.terms.cap) if self.partial and self.terms.cap else ask

    def _who(self) -> list[str]:
        early = {p.id for p in self.proposals if self._out(p.id, p.withdrawn)} - set(self.given)
        decided = self.plan.rule == "acclamation" or self.terms.recipients == "all"
        unsupported = set() if decided else set(self.cost) - self.supported
        bad = (early | unsupported) - set(self.given)
        for kind, members, _ in self.rules:
            if kind == "one-of" and set(members) & set(self.given):
                bad |= set(members) - set(self.given)
        while more := {i for i in self.cost if i not in bad and i not in self.given and self.needs[i] & bad}:
            bad |= more
        return [i for i in self.cost if i not in bad and i not in self.given]

    def _out(self, i: str, withdrawn: bool) -> bool:
        t, s, c = self.terms, self.score[i], self.cost[i]
        if self.plan.rule == "greedy-80":
            over = 4 * c > 5 * self.pool
        elif self.plan.rule == "rate-bands":
            over = self.ask[i] > self.pool
        else:
            over = (self.least[i] if self.partial else c) > self.pool
        return (
            withdrawn
            or i in t.withdrawn
            or (t.turnout is not None and self.n < t.turnout)
            or over
            or (not self.partial and t.cap is not None and c > t.cap)
            or (self.partial and self.ask[i] < self.least[i])
            or (self.plan.threshold is not None and s < self.plan.threshold)
            or (t.threshold_share is not None and s < t.threshold_share * self.n)
            or (t.cost_share is not None and s * self.whole_pool < t.cost_share * c * self.n)
        )

    def barred(self, funded: list[str]) -> set[str]:
        found: set[str] = set()
        for kind, members, most in self.rules:
            mine = [i for i in members if i in funded]
            if kind == "one-of" and mine:
                found |= set(members)
            if kind == "at-most":
                left = most - sum(self.cost[i] for i in [*mine, *set(members).intersection(self.given)])
                found |= {i for i in members if self.cost[i] > left}
        return found

    def ranked(self, ids: Iterable[str]) -> list[str]:
        """By score, all in turn."""
        waiting, found = list(ids), []
        while waiting:
            found.append(self.first(j for j in waiting if self.score[j] == max(self.score[i] for i in waiting)))
            waiting.remove(found[-1])
        return found

    def floors_are_out_of_reach(self) -> bool:
        """Whether no set of proposals at all gives every floor its amount and keeps the other promises."""
        never = [p.id for p in self.proposals if self._never(p.id, p.withdrawn)]
        low = {i: min(self.least[i], self.ask[i]) if self.plan.rule == "residual" else self.ask[i] for i in self.cost}
        for chosen in map(set, subsets([i for i in self.cost if i not in self.given and i not in never])):
            if all(self.needs[i] <= chosen | set(self.given) for i in chosen) and self._holds(chosen, low):
                return False
        return True

    def _never(self, i: str, withdrawn: bool) -> bool:
        asked = self.least[i] if self.partial and self.plan.rule != "rate-bands" else self.ask[i]
        over_cap = not self.partial and self.terms.cap is not None and self.cost[i] > self.terms.cap
        gone = withdrawn or i in self.terms.withdrawn
        return gone or asked > self.pool or over_cap or (self.partial and self.ask[i] < self.least[i])

    def _holds(self, chosen: set[str], low: dict[str, int]) -> bool:
        keeping: dict[str, list[Promise]] = {"earmark": [], "pot": []}
        for kind, members, amount in self.rules:
            given = sum(self.cost[i] for i in members if i in self.given)
            paid = sum(low[i] for i in members if i in chosen)
            if (
                (kind == "one-of" and len(set(members) & (chosen | set(self.given))) > 1)
                or (kind == "at-most" and given + paid > amount)
                or (kind == "at-least" and given + sum(self.ask[i] for i in members if i in chosen) < amount)
            ):
                return False
            if kind in keeping:
                keeping[kind].append((members, max(0, amount - paid)))
        return sum(low[i] for i in chosen) + kept(keeping["earmark"], keeping["pot"]) <= self.pool

    # --- the whole count

    def outcome(self) -> dict[str, int]:
        rule = self.plan.rule
        ways: dict[str, Callable[[], dict[str, int]]] = {
            "greedy": lambda: self.goes_on(self.score.__getitem__),
            "greedy-per-cost": lambda: self.goes_on(lambda i: self.score[i] / self.cost[i]),
            "rate-bands": lambda: self.goes_on(self.score.__getitem__),
            "residual": lambda: self.goes_on(self.score.__getitem__),
            "residual-last": self.residual_last,
            "prize-ladder": self.prize_ladder,
            "equal-split": self.equal_split,
            "everyones-share": self.everyones_share,
            "acclamation": lambda: {i: self.cost[i] for i in self.eligible},
        }
        self.phase = "rule"
        counted = ways[rule]() if rule in ways else super().outcome()
        self.phase = "leftover"
        return self.leftover({i: self.cost[i] for i in self.given} | counted)

    def residual_last(self) -> dict[str, int]:
        left, won = self.pool, {}
        for i in self.ranked(self.eligible):
            if self.ask[i] > left:
                return won | ({i: left} if left >= self.least[i] else {})
            won[i] = self.ask[i]
            left -= won[i]
        return won

    def prize_ladder(self) -> dict[str, int]:
        won: dict[str, int] = {}
        prizes = list(self.terms.prizes)
        for i in self.ranked(self.eligible):
            if prizes:
                prize = prizes[0] if prizes[0] is not None else self.pool - sum(won.values())
                if min(prize, self.ask[i]) >= self.least[i]:
                    won[i] = min(prize, self.ask[i])
                    prizes.pop(0)
        return won

    def split(self, asks: dict[str, int], total: int, unit: int, remainder: str = "order") -> dict[str, int]:
        """Unit by unit to whoever has least and asks for more; the last, incomplete round in turn."""
        got = dict.fromkeys(asks, 0)
        total = down(min(total, sum(asks.values())), unit)
        while (hungry := [i for i in asks if got[i] < asks[i]]) and len(hungry) * unit <= total:
            for i in hungry:
                got[i] += unit
            total -= len(hungry) * unit
        self.base = dict(got)
        if remainder == "order":
            for i in [j for j in self.ranked(asks) if j in hungry][: total // unit]:
                got[i] += unit
        return got

    def equal_split(self) -> dict[str, int]:
        unit = self.terms.unit or 1
        sharing = self.ranked(self.eligible)[: self.terms.winners]
        while True:
            asks = {i: down(self.ask[i], unit) for i in sharing}
            got = self.split(asks, self.pool, unit, self.terms.remainder or "")
            staying = [i for i in sharing if self.base[i] >= self.least[i]]
            if staying == sharing:
                return got
            sharing = staying

    def everyones_share(self) -> dict[str, int]:
        unit, sharing = self.terms.unit or 1, list(self.eligible)
        while True:
            x = dict.fromkeys(sharing, Fraction(0))
            for weight, value in zip(self.weight, self.value, strict=True):
                worth = {i: v if self.points else self.cost[i] for i, v in value.items() if i in x}
                for i, w in worth.items():
                    x[i] += weight * Fraction(self.pool) / self.n * w / sum(worth.values())
            y = {i: min(Fraction(down(self.ask[i], unit)), x[i]) for i in sharing}
            staying = [i for i in sharing if down(y[i], unit) >= self.least[i]]
            if staying == sharing:
                break
            sharing = staying
        won = {i: down(y[i], unit) for i in sharing}
        units = (down(sum(y.values(), Fraction(0)), unit) - sum(won.values())) // unit
        line = sorted(self.ranked(sharing), key=lambda i: won[i] - y[i])
        for i in line[: units if self.terms.remainder == "order" else 0]:
            won[i] += unit
        return won

    # --- going on: self.won and self.held (what each pot still has) are all that changes

    def goes_on(self, key: Callable[[str], Fraction]) -> dict[str, int]:
        self.won: dict[str, int] = {}
        self.key = key
        pots = [(members, amount) for kind, members, amount in self.rules if kind == "pot"]
        earmarks = [(members, amount) for kind, members, amount in self.rules if kind == "earmark"]
        self.held = [amount for _, amount in pots]
        alive = [k for k, (members, _) in enumerate(pots) if set(members) & set(self.eligible)]
        if self.terms.unused == "resplit" and alive:
            freed = sum(amount for k, (_, amount) in enumerate(pots) if k not in alive)
            self.held = [amount if k in alive else 0 for k, (_, amount) in enumerate(pots)]
            for k in alive:
                self.held[k] += freed // len(alive)
            for k in alive[: freed % len(alive)]:
                self.held[k] += 1

        def beside(i: str, pots_too: Callable[[list[str]], bool] = lambda members: False) -> int:
            """Without what earmarks for others, and those pots, keep."""
            mine = [
                (members, max(0, amount - sum(a for j, a in self.won.items() if j in members)))
                for members, amount in earmarks
                if i not in members
            ]
            theirs = [(members, self.held[k]) for k, (members, _) in enumerate(pots) if pots_too(members)]
            return self.left() - kept(mine, theirs)

        def beside_pots(i: str) -> int:
            return beside(i, lambda members: i not in members)

        def draw(i: str, amount: int) -> None:
            for k, (members, _) in enumerate(pots):
                if i in members:
                    self.held[k] = max(0, self.held[k] - amount)

        for kind, floor, least in self.rules:
            if kind == "at-least":
                self.one_pass(floor, beside_pots, draw, lambda: sum(map(self.paid, floor)) >= least)  # noqa: B023
        for k, (members, _) in enumerate(pots):
            self.one_pass(members, lambda i: min(self.held[k], beside_pots(i)), draw, within=members)  # noqa: B023
        common = self.terms.unused in (None, "common")
        self.one_pass(self.eligible, lambda i: beside(i, lambda members: not common))
        if common and any(amount > sum(self.won.get(i, 0) for i in members) for members, amount in earmarks):
            self.one_pass(self.eligible, lambda i: self.left())
        return self.won

    def left(self) -> int:
        return self.pool - sum(self.won.values())

    def paid(self, i: str) -> int:
        return self.cost[i] if i in self.given else self.won.get(i, 0)

    def quota(self, i: str) -> int:
        limits = [(members, amount) for kind, members, amount in self.rules if kind == "at-most" and i in members]
        return min((amount - sum(map(self.paid, members)) for members, amount in limits), default=10**18)

    def bundle(self, i: str) -> list[str]:
        found = {i}
        while more := {k for j in found for k in self.needs[j] if k not in self.won and k not in self.given} - found:
            found |= more
        return [i, *sorted(found - {i}, key=str.encode)]

    def one_pass(
        self,
        members: list[str],
        room: Callable[[str], int],
        draw: Callable[[str, int], None] = lambda i, amount: None,
        reached: Callable[[], bool] = lambda: False,
        within: list[str] | None = None,
        parts: int = 0,
    ) -> None:
        parts = 99 if self.plan.rule == "residual" and self.phase == "rule" else parts
        waiting = [i for i in self.eligible if i in members and i not in self.won]
        while waiting and not reached():
            i = self.first(j for j in waiting if self.key(j) == max(map(self.key, waiting)))
            bundle = self.bundle(i)
            if not self.excluded(bundle) and (len(bundle) == 1 or within is None or set(bundle) <= set(within)):
                before = dict(self.won), list(self.held)
                limits = {}
                for last in bundle:  # what there is for each when the others have theirs
                    for j in bundle:
                        if j != last:
                            self.won[j] = self.ask[j]
                            draw(j, self.won[j])
                    limits[last] = min(room(last), self.quota(last))
                    self.won, self.held = dict(before[0]), list(before[1])
                amounts = {j: self.ask[j] for j in bundle if self.ask[j] <= limits[j]}
                if not amounts and len(bundle) == 1 and parts and limits[i] >= self.least[i]:
                    amounts, parts = {i: limits[i]}, parts - 1
                if len(amounts) == len(bundle):
                    self.won |= amounts
                    for j, amount in amounts.items():
                        draw(j, amount)
            waiting = [j for j in waiting if j != i and j not in self.won]

    def excluded(self, bundle: list[str]) -> bool:
        together = {*self.won, *self.given, *bundle}
        one_of = [members for kind, members, _ in self.rules if kind == "one-of"]
        return any(set(bundle) & set(members) and len(together & set(members)) > 1 for members in one_of)

    # --- what is left over

    def leftover(self, won: dict[str, int]) -> dict[str, int]:
        left, policy = self.whole_pool - sum(won.values()), self.terms.leftover
        if policy == "redistribute":
            most = {i: min(self.cost[i], self.terms.cap or self.cost[i]) for i in won if i not in self.given}
            lacking = {i: cost - won[i] for i, cost in most.items() if cost > won[i]}
            more = self.split(lacking, left, 1)
            return {i: amount + more.get(i, 0) for i, amount in won.items()}
        if policy in ("next", "next-part"):
            self.won = {i: amount for i, amount in won.items() if i not in self.given}
            self.held, self.key = [], lambda i: self.score[i]
            self.one_pass(
                [i for i in self.eligible if i in self.supported],
                lambda i: self.left(),
                parts=1 if policy == "next-part" else 0,
            )
            return {i: amount for i, amount in won.items() if i in self.given} | self.won
        return won
