"""From which pool, or up to which price, is each proposal funded: every whole øre of a range, in certified intervals.

Where no certificate is known single values are counted, and every sentence says so; where somebody stopped it, nothing is said of
the rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from borgerbudget.election import Election
from borgerbudget.errors import UsageError, problem
from borgerbudget.words import Text
from scenarios.answer import Answer, Cell, Column, Table
from scenarios.figures import Axis, Band, Bands
from scenarios.figures import Range as Stretch
from scenarios.intervals.held import Held
from scenarios.intervals.sweeping import GoesOn, Range, pools, prices
from scenarios.questions.asked import Asked, Named, amount_in, name_of, said, titled
from scenarios.questions.sweep_words import Lots, rest_of, where_of, words_of
from scenarios.questions.what_if import counted
from scenarios.sentence import Sentence
from scenarios.words import PROBLEMS
from tallies.many.changes import Changed

POOLS = Text("Hvem får penge med en pulje fra {low} til {high}?", "Who is funded with a pool from {low} to {high}?")
PRICES = Text("Hvem får penge, når {proposal} koster fra {low} til {high}?",
              "Who is funded when {proposal} costs from {low} to {high}?")  # fmt: skip
GRAPH = Text("Hvor hvert forslag får penge", "Where each proposal is funded")
POOL, PRICE = Text("pulje", "pool"), Text("pris for {proposal}", "price of {proposal}")
COLUMNS = (
    Column("plan", "text", Sentence("plan", "plan")),
    Column("parameter", "text", Sentence("hvad der ændres", "what changes")),
    Column("low", "amount", Sentence("fra", "from")),
    Column("high", "amount", Sentence("til", "to")),
    Column("certified", "truth", Sentence("bevist", "proven")),
    Column("lot", "truth", Sentence("lod afgør", "lot decides")),
    Column("lot_among", "text", Sentence("lodtrækning om", "lot among")),
    Column("lot_amounts", "truth", Sentence("lod afgør beløb", "lot decides amounts")),
    Column("refused", "text", Sentence("afvist", "refused")),
    Column("funded", "text", Sentence("får penge", "funded")),
)
ONE_OF = Text("en af --pool og --price", "one of --pool and --price")
STEPS = 200
"""Steps a range has where none was asked for."""
MOST_TRIED = 100
"""Intervals of which the ends are counted with all amounts."""


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

    over = replace(over, named=base)
    words: list[Sentence] = []
    figures: list[Bands] = []
    rows: list[tuple[Cell, ...]] = []
    began = time.monotonic()
    for place, named in enumerate(asked.plans):
        tell = _telling(asked, over, began)
        swept = (
            pools(asked.election, named.of, over, tell)
            if p is None
            else prices(asked.election, named.of, p, over, tell)
        )
        parts = swept.parts
        lots = _lots_of_amounts(named, parts, at)
        words += words_of(asked, named, swept, over, base, at, lots)
        words += rest_of(asked, named.name, parts, over, p)
        rows += _rows(asked, named, parts, lots, "pool" if p is None else f"price {asked.election.ids[p]}")
        figures.append(_bands(asked, named.name, place, parts, base, parameter))
        if (parts[0].low, parts[-1].high) != (over.low, over.high) and not _time_is_up(asked, began):
            asked.stopped.append(True)
            break
    assert asked.source is not None
    return Answer(
        "sweep", title, asked.source.name, None, None, tuple(words), tuple(figures), Table(COLUMNS, tuple(rows)),
        asked.election.pool.currency,
    )  # fmt: skip


def _telling(asked: Asked, over: Range, began: float) -> GoesOn:
    """Tells how far it is; stops it when the time is up."""
    whole = over.high - over.low + 1

    def goes_on(behind: int) -> bool:
        if asked.progress is not None:
            asked.progress(min(100, behind * 100 // whole), 100)
        return not _time_is_up(asked, began)

    return goes_on


def _time_is_up(asked: Asked, began: float) -> bool:
    return asked.minutes is not None and time.monotonic() - began >= 60 * asked.minutes


def _lots_of_amounts(named: Named, parts: Sequence[Held], at: Callable[[int], Election]) -> Lots:
    """At the ends of the parts, where the plan may give a part of what a proposal asks for."""
    found: dict[int, bool] = {}
    for part in [part for part in parts if part.found.funded is not None][:MOST_TRIED]:
        for value in (part.low, part.high):
            election = at(value)
            if value not in found and named.of(election).traits.partial:
                found[value] = bool(counted(election, named).tied)
    return found


def _rows(asked: Asked, named: Named, parts: Sequence[Held], lots: Lots, parameter: str) -> list[tuple[Cell, ...]]:
    def told(proposals: Collection[int] | None) -> str | None:
        return None if proposals is None else " ".join(asked.election.ids[p] for p in proposals)

    rows: list[tuple[Cell, ...]] = []
    for part in parts:
        found = part.found
        tried = [lots[value] for value in (part.low, part.high) if value in lots]
        partial = named.of(asked.election).traits.partial
        by_amounts = any(tried) if tried else None if partial else False
        refused = None if found.refused is None else found.refused.code
        funded = found.sure if found.by_lot else found.funded
        rows.append((
            named.name, parameter, part.low, part.high, part.certified, found.by_lot,
            told(found.lot) if found.by_lot else None, by_amounts, refused, told(funded),
        ))  # fmt: skip
    return rows


def _bands(asked: Asked, plan: str, place: int, parts: Sequence[Held], base: int, parameter: Text) -> Bands:
    """Only of what was worked out."""

    def ranges(holds: Callable[[Held], bool]) -> tuple[Stretch, ...]:
        return tuple(Stretch(where.low, where.high) for where in where_of(parts, holds))

    bands = tuple(
        Band(
            asked.label(p),
            ranges(lambda part: part.found.surely(p)),  # noqa: B023  (used at once)
            ranges(lambda part: part.found.perhaps(p)),  # noqa: B023
        )
        for p in range(len(asked.election.ids))
    )
    low, high = parts[0].low, parts[-1].high
    return Bands(
        f"bands-{place + 1}", titled(asked, plan, GRAPH), Axis(Sentence(*parameter), "amount", asked.election.pool.currency),
        low, high, base if low <= base <= high else None, bands,
        tuple(value for part in parts for value in part.samples),
    )  # fmt: skip
