"""What is said of a sweep: the value as it is and how far that holds, each proposal, lots, and how sure all of it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from borgerbudget.election import Election
from borgerbudget.money import plain_amount
from borgerbudget.words import Text
from scenarios.intervals.held import Held
from scenarios.intervals.sweeping import Range, Swept, Why
from scenarios.questions.asked import Asked, Named, listed, name_of, said, said_of
from scenarios.questions.what_if import counted
from scenarios.sentence import Sentence

ALWAYS = Text("{range} får {names} penge.", "{range} funded: {names}.")
IN_ALL, IN_KNOWN = (
    Text("i hele området", "throughout the range"),
    Text("i alt det regnede", "in all that was worked out"),
)
AT_ALL = Text("ved alle talte værdier", "at all values counted")
IN_NONE, IN_NO_KNOWN = (
    Text("ingen steder i området", "nowhere in the range"),
    Text("ingen steder i det regnede", "nowhere in what was worked out"),
)
AT_NONE = Text("ved ingen talt værdi", "at no value counted")
WHERE = Text("{name} får penge {where}.", "{name} is funded {where}.")
BETWEEN = Text("fra {low} til {high}", "from {low} to {high}")
COUNTED = Text("ved de talte værdier fra {low} til {high}", "at the values counted from {low} to {high}")
AT = Text("ved {low}", "at {low}")
UNCERTAIN = Text(
    "om {names} får penge, skal et lod afgøre {where}.", "whether {names} would be funded, a lot must decide {where}."
)
TOO_MANY_WAYS = Text("et lod skal afgøre noget {where}.", "a lot must decide something {where}.")
AMOUNTS = Text(
    "hvem der får penge, er afgjort ved {tried:værdi, der blev prøvet|værdier, der blev prøvet}, men hvor meget de får, "
    "skal et lod afgøre ved {count} af dem, blandt andre {value}.",
    "who is funded is settled at {tried:value that was tried|values that were tried}, but how much they get, a lot must "
    "decide at {count} of them, such as {value}.",
)
REFUSED = Text("planen kan ikke gennemføres {where}; med {low}: {reason}.",
               "the plan cannot be carried out {where}; with {low}: {reason}.")  # fmt: skip
HERE = Text("med {value}, som det er nu, får {names} penge.", "with {value}, as it is now, funded: {names}.")
DOWN = Text("det holder ned til {end}; under det {moves}.", "that holds down to {end}; below it {moves}.")
UP = Text("det holder op til {end}; over det {moves}.", "that holds up to {end}; above it {moves}.")
DOWN_COUNTED = Text("sådan er det ved de talte værdier ned til {end}; ved {beyond} {moves}.",
                    "so it is at the values counted down to {end}; at {beyond} {moves}.")  # fmt: skip
UP_COUNTED = Text("sådan er det ved de talte værdier op til {end}; ved {beyond} {moves}.",
                  "so it is at the values counted up to {end}; at {beyond} {moves}.")  # fmt: skip
OUT, IN = Text("falder {names} ud", "{names} would fall out"), Text("kommer {names} med", "{names} would come in")
LOT_THERE = Text("skal et lod afgøre noget", "a lot must decide something")
REFUSED_THERE = Text("kan planen ikke gennemføres", "the plan cannot be carried out")
NOBODY = Text("ingen", "nobody")
MORE = Text("og {count:sted|steder} til (se tabellen)", "and in {count:more place|more places} (see the table)")
CERTIFIED = Text(
    "grænserne er bevist for hver eneste øre i området, ikke kun for prøver.",
    "the limits are proven for every single minor unit of the range, not only for samples.",
)
PROVEN = Text("fra {low} til {high} er grænserne bevist for hver eneste øre.",
              "from {low} to {high} the limits are proven for every single minor unit.")  # fmt: skip
SAMPLED = Text(
    "fra {low} til {high} er der ikke noget bevis, men kun talt ved {count:værdi|værdier}; mellem dem kan resultatet være et "
    "andet. {why}",
    "from {low} to {high} there is no proof: {count:value was|values were} counted, and between them the outcome can be "
    "another. {why}",
)
REASONS: dict[Why, Text] = {
    "terms": Text(
        "(For lige andele sammen med denne plans øvrige vilkår kender programmet ikke noget bevis.)",
        "(For equal shares together with the other terms of this plan the program knows no proof.)",
    ),
    "by-cost": Text(
        "(Enhvers del fordeles efter pris, så alle beløb ændrer sig med den.)",
        "(Everyone's share is spread by price, so that all amounts change with it.)",
    ),
    "too-many": Text(
        "(Der er for mange grænser til at finde dem alle: spørg om et kortere område.)",
        "(There are too many limits to find them all: ask about a shorter range.)",
    ),
    "untracked": Text(
        "(Der er noget i optællingen, som programmet ikke kan følge.)",
        "(There is something in the count that the program cannot follow.)",
    ),
}
STOPPED = Text(
    "Der blev standset, og om {low} til {high} er der intet sagt. Spørg om resten med {option}.",
    "It was stopped, and nothing is said of {low} to {high}. Ask about the rest with {option}.",
)
HOLES = Text(
    "Flere penge kan skubbe et forslag ud igen: se hullerne i billedet.",
    "More money can push a proposal out again: see the gaps in the picture.",
)
MOST_TOLD = 3

Lots = Mapping[int, bool]
"""By a value that was tried: whether a lot must decide how much somebody gets there, though not who."""


@dataclass(frozen=True)
class Where:
    """Parts side by side; ``counted``: at single values, not at all between the ends."""

    low: int
    high: int
    counted: bool = False


def where_of(parts: Sequence[Held], holds: Callable[[Held], bool]) -> list[Where]:
    """Where ``holds``, what stands side by side as one."""
    found: list[Where] = []
    before = False
    for part in parts:
        now = holds(part)
        if now and before:
            found[-1] = Where(found[-1].low, part.high, found[-1].counted or not part.certified)
        elif now:
            found.append(Where(part.low, part.high, not part.certified))
        before = now
    return found


def _told(asked: Asked, stretches: list[Where]) -> Text:
    words = []
    for one in stretches[:MOST_TOLD]:
        text = AT if one.low == one.high else COUNTED if one.counted else BETWEEN
        words.append(text.fill(low=asked.told(one.low), high=asked.told(one.high)))
    if len(stretches) > MOST_TOLD:
        words.append(MORE.fill(count=len(stretches) - MOST_TOLD))
    return Text(", ".join(word.da for word in words), ", ".join(word.en for word in words))


def words_of(
    asked: Asked, named: Named, swept: Swept, over: Range, base: int, at: Callable[[int], Election], lots: Lots
) -> list[Sentence]:
    election, plan, parts, found = asked.election, named.name, swept.parts, list[Sentence]()
    always, never, some = list[str](), list[str](), list[Sentence]()
    found += _around(asked, plan, parts, base)
    holes = False
    for p in range(len(election.ids)):
        name = name_of(asked.label(p))
        stretches = where_of(parts, lambda part: part.found.surely(p))  # noqa: B023  (used at once)
        if stretches and stretches[0].low == parts[0].low and stretches[0].high == parts[-1].high:
            always.append(name)
        elif stretches:
            holes = holes or len(stretches) > 1
            some.append(said_of(asked, plan, WHERE, name=name, where=_told(asked, stretches)))
        elif not any(part.found.perhaps(p) for part in parts):
            never.append(name)
    sampled = any(not part.certified for part in parts)
    whole = parts[0].low == over.low and parts[-1].high == over.high
    if always:
        range_ = AT_ALL if sampled else IN_ALL if whole else IN_KNOWN
        found.append(said_of(asked, plan, ALWAYS, range=range_, names=listed(always)))
    found += some
    if never:
        range_ = AT_NONE if sampled else IN_NONE if whole else IN_NO_KNOWN
        found.append(said_of(asked, plan, ALWAYS, range=range_, names=listed(never)))
    if holes and asked.specification.pools is not None:
        found.append(said(HOLES))
    by_lot = where_of(parts, lambda part: part.found.by_lot)
    if by_lot:
        among = [p for p in range(len(election.ids)) if any(p in (part.found.lot or ()) for part in parts)]
        known = all(part.found.lot is not None for part in parts)
        names, where = _names(asked, among), _told(asked, by_lot)
        found.append(said_of(asked, plan, UNCERTAIN if known else TOO_MANY_WAYS, names=names, where=where))
    found += _of_amounts(asked, plan, lots)
    refused = [part for part in parts if part.found.refused is not None]
    if refused:
        low = refused[0].low
        reason = counted(at(low), named).refused or Text("", "")
        where = _told(asked, where_of(parts, lambda part: part.found.refused is not None))
        found.append(said_of(asked, plan, REFUSED, where=where, low=asked.told(low), reason=reason))
    return found + _how_sure(asked, plan, swept, whole)


def _how_sure(asked: Asked, plan: str, swept: Swept, whole: bool) -> list[Sentence]:
    """What is proven, and where there are only samples."""
    parts = swept.parts
    if whole and all(part.certified for part in parts):
        return [said_of(asked, plan, CERTIFIED)]
    found = [
        said_of(asked, plan, PROVEN, low=asked.told(where.low), high=asked.told(where.high))
        for where in where_of(parts, lambda part: part.certified)
    ]
    for where in where_of(parts, lambda part: not part.certified):
        values = {"low": asked.told(where.low), "high": asked.told(where.high)}
        count = sum(len(part.samples) for part in parts)
        why = REASONS[swept.why or "untracked"]
        found.append(said_of(asked, plan, SAMPLED, **values, count=count, why=why))
    return found


def rest_of(asked: Asked, plan: str, parts: Sequence[Held], over: Range, p: int | None) -> list[Sentence]:
    """What was not worked out, and how to ask about it: a price falls, so that what is left of it lies below."""
    low, high = (parts[-1].high + 1, over.high) if p is None else (over.low, parts[0].low - 1)
    if low > high:
        return []
    what = "--pool " if p is None else f"--price {asked.election.ids[p]}="
    option = f"{what}{plain_amount(low)}:{plain_amount(high)}"
    return [said_of(asked, plan, STOPPED, low=asked.told(low), high=asked.told(high), option=option)]


def _of_amounts(asked: Asked, plan: str, lots: Lots) -> list[Sentence]:
    decided = sorted(value for value, lot in lots.items() if lot)
    if not decided:
        return []
    return [said_of(asked, plan, AMOUNTS, tried=len(lots), count=len(decided), value=asked.told(decided[0]))]


def _around(asked: Asked, plan: str, parts: Sequence[Held], base: int) -> list[Sentence]:
    """What the value as it is gives, and how far down and up that holds."""
    place = next((i for i, part in enumerate(parts) if part.low <= base <= part.high), None)
    here = None if place is None else parts[place].found.funded
    if place is None or here is None:
        return []
    found = [said_of(asked, plan, HERE, value=asked.told(base), names=_names(asked, here))]
    low, high = place, place
    while low > 0 and parts[low - 1].found.funded == here:
        low -= 1
    while high + 1 < len(parts) and parts[high + 1].found.funded == here:
        high += 1
    if low > 0:
        moves, proven = _moves(asked, here, parts[low - 1]), parts[low].certified and parts[low - 1].certified
        ends = {"end": asked.told(parts[low].low), "beyond": asked.told(parts[low - 1].high)}
        found.append(said_of(asked, plan, DOWN if proven else DOWN_COUNTED, **ends, moves=moves))
    if high + 1 < len(parts):
        moves, proven = _moves(asked, here, parts[high + 1]), parts[high].certified and parts[high + 1].certified
        ends = {"end": asked.told(parts[high].high), "beyond": asked.told(parts[high + 1].low)}
        found.append(said_of(asked, plan, UP if proven else UP_COUNTED, **ends, moves=moves))
    return found


def _moves(asked: Asked, here: tuple[int, ...], beyond: Held) -> Text:
    """Who falls out and who comes in on the other side of a limit."""
    there = beyond.found.funded
    if there is None:
        return LOT_THERE if beyond.found.refused is None else REFUSED_THERE
    moves = [(OUT, [p for p in here if p not in there]), (IN, [p for p in there if p not in here])]
    told = [text.fill(names=_names(asked, who)) for text, who in moves if who]
    return Text(" og ".join(one.da for one in told), " and ".join(one.en for one in told))


def _names(asked: Asked, proposals: Collection[int]) -> Text:
    return listed([name_of(asked.label(p)) for p in proposals]) if proposals else NOBODY
