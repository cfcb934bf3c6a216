"""Going on: every proposal in turn gets what it asks if it may, else the next one has its turn; in several passes where
constraints reserve money (docs/village-rules.md, "Going on with constraints")."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallies.contest import Contest
from tallies.ledger import Ledger, Room, opened
from tallies.steps import Funded, Skipped
from tallies.turns import Turn, in_turn


@dataclass(eq=False)
class Passes:
    """``value`` ranks; ``parts``: how many proposals may still get part of what they ask (None: any number).
    ``step`` is the number of the next step in the trace."""

    contest: Contest
    ledger: Ledger
    value: Callable[[int], Fraction]
    parts: int | None = 0
    step: int = 1

    def one(
        self, phase: str, proposals: Sequence[int], room: Room, pot: int | None = None, floor: int | None = None
    ) -> Iterator[Funded | Skipped]:
        """One pass over the unfunded of ``proposals``; ``pot`` and ``floor`` are constraints, the pass being theirs."""
        ledger = self.ledger

        def all_fit(open_ones: Sequence[int]) -> bool:
            if floor is not None:
                asked = ledger.asked(open_ones, floor) - min(self.contest.asks[p] for p in open_ones)
                if ledger.spent[floor] + asked >= ledger.conditions[floor].amount:
                    return False
            return ledger.all_fit(open_ones, room)

        def waits(p: int) -> bool:
            reached = floor is not None and ledger.spent[floor] >= ledger.conditions[floor].amount
            return p not in ledger.funded and not reached

        waiting = [p for p in proposals if p not in ledger.funded]
        may_end = waits if ledger.needs or floor is not None else None
        for turn in in_turn(self.contest, waiting, self.value, all_fit, lambda: self.step, may_end):
            for step in self._taken(turn, phase, room, pot, floor is not None or pot is not None):
                self.step += 1
                yield step

    def _taken(self, turn: Turn, phase: str, room: Room, pot: int | None, from_pot: bool) -> Iterator[Funded | Skipped]:
        ledger, p, asks = self.ledger, turn.proposal, self.contest.asks
        bundle = ledger.bundle(p)
        amounts, because = [asks[q] for q in bundle], None
        fits = False
        if ledger.excluded(bundle):
            because = "excluded"
        elif len(bundle) > 1:
            if pot is not None and not ledger.conditions[pot].members.issuperset(bundle):
                because = "earmarked"
            else:
                misfits, because = ledger.misfit(bundle, room, from_pot)
                fits = not misfits
        else:
            limit = ledger.limit(p, room)
            fits = asks[p] <= limit
            if not fits and self.parts != 0 and limit >= self.contest.least[p]:
                fits, amounts = True, [limit]
                self.parts = self.parts and self.parts - 1
            elif not fits:
                because = ledger.why_not(p, asks[p] if self.parts is not None else self.contest.least[p])
        if not fits:
            yield Skipped(phase, p, ledger.left, turn.value, turn.tied, turn.decided_by, because)
            return
        for q, amount in zip(bundle, amounts, strict=True):
            ledger.pay(q, amount, from_pot)
            tied, decided_by = (turn.tied, turn.decided_by) if q == p else ((), None)
            yield Funded(phase, q, amount, ledger.left, turn.value, tied, decided_by)


def go_on(contest: Contest, value: Callable[[int], Fraction], parts: int | None = 0) -> Iterator[Funded | Skipped]:
    """The whole of a rule that goes on: floors, pots, everybody, what was released."""
    ledger = opened(contest)
    passes = Passes(contest, ledger, value, parts, contest.first_step)
    unused = contest.plan.terms.unused
    if unused == "resplit":
        resplit(contest, ledger)
    for c in ledger.of_kind("at-least"):
        yield from passes.one("floor", _members(ledger, c), _beside_pots, floor=c)
    for c in ledger.of_kind("pot"):
        yield from passes.one("pot", _members(ledger, c), _in_pot(c), pot=c)
    common = unused in (None, "common")
    yield from passes.one("rule", contest.eligible, _unreserved if common else _unkept)
    earmarks = [(ledger.conditions[c].amount, ledger.spent[c]) for c in ledger.of_kind("earmark")]
    if common and any(amount > spent for amount, spent in earmarks):
        yield from passes.one("released", contest.eligible, whatever_is_left)


def _members(ledger: Ledger, condition: int) -> list[int]:
    return [p for p in ledger.contest.eligible if p in ledger.conditions[condition].members]


def whatever_is_left(ledger: Ledger, p: int) -> int:
    return ledger.left


def _unreserved(ledger: Ledger, p: int) -> int:
    return ledger.left - ledger.reserved(p)


def _unkept(ledger: Ledger, p: int) -> int:
    return _unreserved(ledger, p) - sum(ledger.held)


def _beside_pots(ledger: Ledger, p: int) -> int:
    """Without what pots hold for others."""
    others = (held for c, held in zip(ledger.conditions, ledger.held, strict=True) if p not in c.members)
    return _unreserved(ledger, p) - sum(others)


def _in_pot(pot: int) -> Room:
    return lambda ledger, p: min(ledger.held[pot], _unreserved(ledger, p))


def resplit(contest: Contest, ledger: Ledger) -> None:
    """Pots without an eligible member are emptied into the others, equally; the first get what does not divide."""
    pots = ledger.of_kind("pot")
    living = [c for c in pots if _members(ledger, c)]
    if not living:
        return
    freed = sum(ledger.held[c] for c in pots if c not in living)
    share, more = divmod(freed, len(living))
    for c in pots:
        ledger.held[c] = 0 if c not in living else ledger.held[c] + share
    for c in living[:more]:
        ledger.held[c] += 1
