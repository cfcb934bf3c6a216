"""How much a ballot may hold: the limits of a round, in words, and how far a ballot has used them.

Costs are in minor units.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from borgerbudget.ballots import METHODS, Limits
from borgerbudget.money import amount_text
from borgerbudget.rounds.policies import LIMIT_NAMES
from borgerbudget.rounds.round import Round
from borgerbudget.words import Text

LIMITS: Mapping[str, tuple[Text, Text, Text]] = {
    "length": (Text("Vælg mindst {value:forslag|forslag}.", "Choose at least {value:proposal|proposals}."),
               Text("Vælg højst {value:forslag|forslag}.", "Choose {value:proposal|proposals} at most."),
               Text("Vælg præcis {value:forslag|forslag}.", "Choose exactly {value:proposal|proposals}.")),
    "points": (Text("Mindst {value} point til et forslag, du vælger.", "At least {value:point|points} to one that you choose."),
               Text("Højst {value} point til ét forslag.", "At most {value:point|points} to one proposal."),
               Text("Præcis {value} point til hvert forslag, du vælger.", "Exactly {value:point|points} to each you choose.")),
    "sum_points": (Text("Giv mindst {value} point i alt.", "Give at least {value:point|points} in all."),
                   Text("Du har {value} point i alt.", "You have {value:point|points} in all."),
                   Text("Giv præcis {value} point i alt.", "Give exactly {value:point|points} in all.")),
}  # fmt: skip
"""Limit -> at least, at most, exactly."""
BASKET = Text("Vælg forslag for højst {value} i alt.", "Choose proposals worth {value} at most in all.")
LEAST_BASKET = Text("Vælg forslag for mindst {value} i alt.", "Choose proposals worth at least {value} in all.")
CHOSEN = Text("Valgt: {found} af højst {most}", "Chosen: {found} of {most} at most")
SPENT = Text("Brugt: {found} af {most}", "Spent: {found} of {most}")
GIVEN = Text("Givet: {found} af {most} point", "Given: {found} of {most} points")
LEFT = Text("{used}; tilbage: {left}", "{used}; left: {left}")
TOO_MUCH = Text("{used}; for meget: {left}", "{used}; too much: {left}")


def limits_of(round: Round) -> Limits:
    """The limits that the round's policies set; a basket is at most the pool."""
    given = {name: value for name in LIMIT_NAMES if (value := round.policy(f"ballot.{name}")) is not None}
    if round.policy("ballot") == "knapsack":
        given.setdefault("max_sum_cost", str(round.pool))
    return Limits(**{name: int(value) for name, value in given.items()})


def said_of_marks(limits: Limits) -> Iterator[Text]:
    """A sentence for every limit but those of what the choices cost."""
    for name, (at_least, at_most, exactly) in LIMITS.items():
        least, most = getattr(limits, f"min_{name}"), getattr(limits, f"max_{name}")
        told = [(exactly, most)] if least == most else [(at_least, least), (at_most, most)]
        yield from (text.fill(value=value) for text, value in told if value)


def said(round: Round) -> list[Text]:
    """A sentence for every limit."""
    limits = limits_of(round)
    costs = ((LEAST_BASKET, limits.min_sum_cost), (BASKET, limits.max_sum_cost))
    found = [text.fill(value=amount_text(value, round.currency)) for text, value in costs if value]
    return [*found, *said_of_marks(limits)]


def used(round: Round, ids: Sequence[str], points: Sequence[int] | None) -> list[Text]:
    """How far these choices go towards what they may be at most, also when they go beyond it."""
    limits, found = limits_of(round), []
    if limits.max_length is not None:
        found.append(CHOSEN.fill(found=len(set(ids)), most=limits.max_length))
    if limits.max_sum_cost is not None:
        cost = sum(entry.cost for entry in round.listed if entry.id in ids)
        found.append(_of(SPENT, cost, limits.max_sum_cost, lambda amount: amount_text(amount, round.currency)))
    if limits.max_sum_points is not None and points is not None:
        found.append(_of(GIVEN, sum(points), limits.max_sum_points, str))
    return found


def first_broken(round: Round) -> Callable[[str], str | None]:
    """Which limit a ballot, as it is kept, breaks first: as ``paper_words.REASONS`` names it, None for one that breaks none."""
    method, limits = METHODS[round.policy("ballot") or "approval"], limits_of(round)
    cost_of = {entry.id: entry.cost for entry in round.listed}

    @cache
    def broken(line: str) -> str | None:
        if not line:  # a blank one
            return None
        marks = [mark.rpartition(":") for mark in line.split(">" if method.name == "ranked" else ",")]
        ids = [name if method.has_points else last for name, _, last in marks]
        points = [int(last) for _, _, last in marks] if method.has_points else None
        found = method.breaches(ids, points, cost_of, limits)
        return found[0].limit.replace("_", "-") if found else None

    return broken


def _of(text: Text, found: int, most: int, shown: Callable[[int], object]) -> Text:
    filled = text.fill(found=shown(found), most=shown(most))
    return (LEFT if found <= most else TOO_MUCH).fill(used=filled, left=shown(abs(most - found)))
