"""From which pool, or up to which price, is each proposal funded: every whole øre of a range, in certified intervals."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from borgerbudget.election import Election
from borgerbudget.errors import UsageError, problem
from borgerbudget.words import Text
from scenarios.answer import Answer, Cell, Column, Table
from scenarios.figures import Axis, Band, Bands
from scenarios.figures import Range as Stretch
from scenarios.intervals.held import Held
from scenarios.intervals.sweeping import Range, pools, prices
from scenarios.questions.asked import Asked, Named, amount_in, listed, name_of, said, said_of, titled
from scenarios.questions.what_if import counted
from scenarios.sentence import Sentence
from scenarios.words import PROBLEMS
from tallies.many.changes import Changed

POOLS = Text("Hvem får penge med en pulje fra {low} til {high}?", "Who is funded with a pool from {low} to {high}?")
PRICES = Text("Hvem får penge, når {proposal} koster fra {low} til {high}?",
              "Who is funded when {proposal} costs from {low} to {high}?")  # fmt: skip
GRAPH = Text("Hvor hvert forslag får penge", "Where each proposal is funded")
POOL, PRICE = Text("pulje", "pool"), Text("pris for {proposal}", "price of {proposal}")
ALWAYS = Text("i hele området får {names} penge.", "throughout the range funded: {names}.")
NEVER = Text("ingen steder i området får {names} penge.", "nowhere in the range funded: {names}.")
WHERE = Text("{name} får penge {where}.", "{name} is funded {where}.")
BETWEEN = Text("fra {low} til {high}", "from {low} to {high}")
UNCERTAIN = Text("et lod skal afgøre noget {where}.", "a lot must decide something {where}.")
REFUSED = Text("planen kan ikke gennemføres {where}; med {low}: {reason}.",
               "the plan cannot be carried out {where}; with {low}: {reason}.")  # fmt: skip
HERE = Text("med {value}, som det er nu, får {names} penge.", "with {value}, as it is now, funded: {names}.")
DOWN = Text("det holder ned til {end}; under det {moves}.", "that holds down to {end}; below it {moves}.")
UP = Text("det holder op til {end}; over det {moves}.", "that holds up to {end}; above it {moves}.")
OUT, IN = Text("falder {names} ud", "{names} would fall out"), Text("kommer {names} med", "{names} would come in")
LOT_THERE = Text("skal et lod afgøre noget", "a lot must decide something")
REFUSED_THERE = Text("kan planen ikke gennemføres", "the plan cannot be carried out")
NOBODY = Text("ingen", "nobody")
MORE = Text("og {count:sted|steder} til (se tabellen)", "and in {count:more place|more places} (see the table)")
CERTIFIED = Text(
    "grænserne er bevist for hver eneste øre i området, ikke kun for prøver.",
    "the limits are proven for every single minor unit of the range, not only for samples.",
)
SAMPLED = Text(
    "for denne plan er der ikke noget bevis i hele området; der er kun talt for hver {step}, og mellem tallene kan "
    "resultatet være et andet.",
    "for this plan there is no proof in all of the range; only every {step} was counted, and in between the outcome "
    "can be another.",
)
HOLES = Text(
    "Flere penge kan skubbe et forslag ud igen: se hullerne i billedet.",
    "More money can push a proposal out again: see the gaps in the picture.",
)
COLUMNS = (
    Column("plan", "text", Sentence("plan", "plan")),
    Column("parameter", "text", Sentence("hvad der ændres", "what changes")),
    Column("low", "amount", Sentence("fra", "from")),
    Column("high", "amount", Sentence("til", "to")),
    Column("certified", "truth", Sentence("bevist", "proven")),
    Column("lot", "truth", Sentence("lod afgør", "lot decides")),
    Column("refused", "text", Sentence("afvist", "refused")),
    Column("funded", "text", Sentence("får penge", "funded")),
)
ONE_OF = Text("en af --pool og --price", "one of --pool and --price")
MOST_TOLD = 3
STEPS = 200
"""Steps a range has where none was asked for."""


def range_of(given: str, option: str) -> Range:
    """``50000:500000:10000`` in whole units.  UsageError."""
    parts = given.split(":")
    if len(parts) not in (2, 3):
        raise UsageError(problem(PROBLEMS, "SCN-003", given=given, option=option))
    amounts = [amount_in(part, option) for part in parts]
    low, high = amounts[:2]
    step = amounts[2] if len(parts) == 3 else max(1, (high - low) // STEPS)
    if not 1 <= low <= high or step < 1:
        raise UsageError(problem(PROBLEMS, "SCN-003", given=given, option=option))
    return Range(low, high, step)


def sweep(asked: Asked) -> Answer:
    """One parameter, the pool or a price."""
    spec = asked.specification
    if spec.pools is not None and spec.price_of is not None:
        raise UsageError(problem(PROBLEMS, "SCN-006", option=ONE_OF))
    if (spec.pools is None) == (spec.price_of is None) or (spec.price_of is None) != (spec.price_range is None):
        options = "--pool 50000:500000, --price p7=10000:90000"
        raise UsageError(problem(PROBLEMS, "SCN-005", asked="sweep", options=options))
    p = None if spec.price_of is None else asked.place(spec.price_of)
    if p is None:
        assert spec.pools is not None
        over, parameter, base = range_of(spec.pools, "--pool"), POOL, asked.election.pool.amount
        title = said(POOLS, low=asked.told(over.low), high=asked.told(over.high))
    else:
        assert spec.price_range is not None
        over, base = range_of(spec.price_range, "--price"), asked.election.costs[p]
        name = name_of(asked.label(p))
        parameter = PRICE.fill(proposal=name)
        title = said(PRICES, proposal=name, low=asked.told(over.low), high=asked.told(over.high))

    def at(value: int) -> Election:
        changed = Changed(pool=value) if p is None else Changed(costs=((p, value),))
        return changed.election(asked.election)

    words: list[Sentence] = []
    figures: list[Bands] = []
    rows: list[tuple[Cell, ...]] = []
    for place, named in enumerate(asked.plans):
        tell = None if asked.progress is None else _telling(asked, over)
        parts = (
            pools(asked.election, named.of, over, tell)
            if p is None
            else prices(asked.election, named.of, p, over, tell)
        )
        words += _words(asked, named, parts, over, base, at)
        rows += _rows(asked, named, parts, "pool" if p is None else f"price {asked.election.ids[p]}")
        figures.append(_bands(asked, named.name, place, parts, over, base, parameter))
    assert asked.source is not None
    return Answer(
        "sweep", title, asked.source.name, None, None, tuple(words), tuple(figures), Table(COLUMNS, tuple(rows)),
        asked.election.pool.currency,
    )  # fmt: skip


def _telling(asked: Asked, over: Range) -> Callable[[int], None]:
    whole = over.high - over.low + 1

    def tell(value: int) -> None:
        assert asked.progress is not None
        asked.progress(min(100, (value - over.low) * 100 // whole), 100)

    return tell


def _where(parts: Iterable[Held]) -> list[Stretch]:
    """The stretches of these parts, those side by side as one."""
    found: list[Stretch] = []
    for part in parts:
        if found and found[-1].high + 1 == part.low:
            found[-1] = Stretch(found[-1].low, part.high)
        else:
            found.append(Stretch(part.low, part.high))
    return found


def _told(asked: Asked, stretches: list[Stretch]) -> Text:
    words = [BETWEEN.fill(low=asked.told(s.low), high=asked.told(s.high)) for s in stretches[:MOST_TOLD]]
    if len(stretches) > MOST_TOLD:
        words.append(MORE.fill(count=len(stretches) - MOST_TOLD))
    return Text(", ".join(word.da for word in words), ", ".join(word.en for word in words))


def _words(
    asked: Asked, named: Named, parts: tuple[Held, ...], over: Range, base: int, at: Callable[[int], Election]
) -> list[Sentence]:
    election, plan, found = asked.election, named.name, list[Sentence]()
    always, never, some = list[str](), list[str](), list[Sentence]()
    found += _around(asked, plan, parts, base)
    holes = False
    for p in range(len(election.ids)):
        name = name_of(asked.label(p))
        stretches = _where(part for part in parts if part.found.funded is not None and p in part.found.funded)
        if not stretches:
            never.append(name)
        elif stretches == [Stretch(over.low, over.high)]:
            always.append(name)
        else:
            holes = holes or len(stretches) > 1
            some.append(said_of(asked, plan, WHERE, name=name, where=_told(asked, stretches)))
    if always:
        found.append(said_of(asked, plan, ALWAYS, names=listed(always)))
    found += some
    if never:
        found.append(said_of(asked, plan, NEVER, names=listed(never)))
    if holes and asked.specification.pools is not None:
        found.append(said(HOLES))
    lots = _where(part for part in parts if part.found.funded is None and part.found.refused is None)
    if lots:
        found.append(said_of(asked, plan, UNCERTAIN, where=_told(asked, lots)))
    refused = [part for part in parts if part.found.refused is not None]
    if refused:
        low = refused[0].low
        reason = counted(at(low), named).refused or Text("", "")
        where = _told(asked, _where(refused))
        found.append(said_of(asked, plan, REFUSED, where=where, low=asked.told(low), reason=reason))
    sure = all(part.certified for part in parts)
    found.append(said_of(asked, plan, CERTIFIED) if sure else said_of(asked, plan, SAMPLED, step=asked.told(over.step)))
    return found


def _around(asked: Asked, plan: str, parts: tuple[Held, ...], base: int) -> list[Sentence]:
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
        moves = _moves(asked, here, parts[low - 1])
        found.append(said_of(asked, plan, DOWN, end=asked.told(parts[low].low), moves=moves))
    if high + 1 < len(parts):
        moves = _moves(asked, here, parts[high + 1])
        found.append(said_of(asked, plan, UP, end=asked.told(parts[high].high), moves=moves))
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


def _rows(asked: Asked, named: Named, parts: tuple[Held, ...], parameter: str) -> list[tuple[Cell, ...]]:
    ids = asked.election.ids
    return [
        (
            named.name, parameter, part.low, part.high, part.certified,
            part.found.funded is None and part.found.refused is None,
            None if part.found.refused is None else part.found.refused.code,
            None if part.found.funded is None else " ".join(ids[p] for p in part.found.funded),
        )
        for part in parts
    ]  # fmt: skip


def _bands(
    asked: Asked, plan: str, place: int, parts: tuple[Held, ...], over: Range, base: int, parameter: Text
) -> Bands:
    lots = tuple(_where(part for part in parts if part.found.funded is None and part.found.refused is None))
    bands = tuple(
        Band(
            asked.label(p),
            tuple(_where(part for part in parts if part.found.funded is not None and p in part.found.funded)),
            lots,
        )
        for p in range(len(asked.election.ids))
    )
    sampled = [part for part in parts if not part.certified]
    samples = tuple(value for part in sampled for value in range(part.low, part.high + 1, over.step))
    return Bands(
        f"bands-{place + 1}", titled(asked, plan, GRAPH), Axis(Sentence(*parameter), "amount", asked.election.pool.currency),
        over.low, over.high, base if over.low <= base <= over.high else None, bands, samples,
    )  # fmt: skip
