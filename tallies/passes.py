"""Going on: every proposal in turn gets what it asks if it may, else the next one has its turn; in several passes where
constraints reserve money (docs/village-rules.md, "Going on with constraints")."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallies.allowances import Allowances, Room, opened, room_in
from tallies.contest import Contest
from tallies.steps import Funded, Skipped
from tallies.turns import Turn, in_turn


@dataclass(eq=False)
class Passes:
    """``value`` ranks; ``parts``: how many proposals may still get part of what they ask (None: any number).
    ``step`` is the number of the next step in the trace."""

    contest: Contest
    allowances: Allowances
    value: Callable[[int], Fraction]
    parts: int | None = 0
    step: int = 1

    def one(
        self, phase: str, proposals: Sequence[int], room: Room, pot: int | None = None, floor: int | None = None
    ) -> Iterator[Funded | Skipped]:
        """One pass over the unfunded of ``proposals``; ``pot`` and ``floor`` are constraints, the pass being theirs."""
        allowances = self.allowances

        def all_fit(open_ones: Sequence[int]) -> bool:
            if floor is not None:
                asked = allowances.asked(open_ones, floor) - min(self.contest.asks[p] for p in open_ones)
                if allowances.spent[floor] + asked >= allowances.conditions[floor].amount:
                    return False
            return allowances.all_fit(open_ones, room)

        def waits(p: int) -> bool:
            reached = floor is not None and allowances.spent[floor] >= allowances.conditions[floor].amount
            return p not in allowances.funded and not reached

        waiting = [p for p in proposals if p not in allowances.funded]
        may_end = waits if allowances.needs or floor is not None else None
        for turn in in_turn(self.contest, waiting, self.value, all_fit, lambda: self.step, may_end):
            for step in self._taken(turn, phase, room, pot, floor is not None or pot is not None):
                self.step += 1
                yield step

    def _taken(self, turn: Turn, phase: str, room: Room, pot: int | None, from_pot: bool) -> Iterator[Funded | Skipped]:
        allowances, p, asks = self.allowances, turn.proposal, self.contest.asks
        bundle = allowances.bundle(p)
        amounts, because = [asks[q] for q in bundle], None
        fits = False
        if allowances.excluded(bundle):
            because = "excluded"
        elif len(bundle) > 1:
            if pot is not None and not allowances.conditions[pot].members.issuperset(bundle):
                because = "earmarked"
            else:
                misfits, because = allowances.misfit(bundle, room, from_pot)
                fits = not misfits
        else:
            limit = allowances.limit(p, room)
            fits = asks[p] <= limit
            if not fits and self.parts != 0 and limit >= self.contest.least[p]:
                fits, amounts = True, [limit]
                self.parts = self.parts and self.parts - 1
            elif not fits:
                because = allowances.why_not(p, asks[p] if self.parts is not None else self.contest.least[p])
        if not fits:
            yield Skipped(phase, p, allowances.left, turn.value, turn.tied, turn.decided_by, because)
            return
        for q, amount in zip(bundle, amounts, strict=True):
            allowances.pay(q, amount, from_pot)
            tied, decided_by = (turn.tied, turn.decided_by) if q == p else ((), None)
            yield Funded(phase, q, amount, allowances.left, turn.value, tied, decided_by)


def go_on(contest: Contest, value: Callable[[int], Fraction], parts: int | None = 0) -> Iterator[Funded | Skipped]:
    """The whole of a rule that goes on: floors, pots, everybody, what was released."""
    allowances = opened(contest)
    passes = Passes(contest, allowances, value, parts, contest.first_step)
    unused = contest.plan.terms.unused
    if unused == "resplit":
        resplit(contest, allowances)
    for c in allowances.of_kind("at-least"):
        yield from passes.one("floor", _members(allowances, c), room_in("floor", unused), floor=c)
    for c in allowances.of_kind("pot"):
        yield from passes.one("pot", _members(allowances, c), room_in("pot", unused, c), pot=c)
    yield from passes.one("rule", contest.eligible, room_in("rule", unused))
    earmarks = [(allowances.conditions[c].amount, allowances.spent[c]) for c in allowances.of_kind("earmark")]
    if unused in (None, "common") and any(amount > spent for amount, spent in earmarks):
        yield from passes.one("released", contest.eligible, room_in("released", unused))


def _members(allowances: Allowances, condition: int) -> list[int]:
    return [p for p in allowances.contest.eligible if p in allowances.conditions[condition].members]


def resplit(contest: Contest, allowances: Allowances) -> None:
    """Pots without an eligible member are emptied into the others, equally; the first get what does not divide."""
    pots = allowances.of_kind("pot")
    living = [c for c in pots if _members(allowances, c)]
    if not living:
        return
    freed = sum(allowances.held[c] for c in pots if c not in living)
    share, more = divmod(freed, len(living))
    for c in pots:
        allowances.held[c] = 0 if c not in living else allowances.held[c] + share
    for c in living[:more]:
        allowances.held[c] += 1
