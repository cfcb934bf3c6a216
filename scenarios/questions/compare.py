"""Compare: several plans side by side on the same ballots, one exact count each.

One row of the table for each plan and proposal; the measures of a plan stand in each of its rows.  A plan without an outcome
(only drawing lots would decide) keeps its rows, with nothing said in them.
"""

from __future__ import annotations

from collections.abc import Sequence

from borgerbudget.election import Election
from borgerbudget.money import amount_text
from borgerbudget.words import Text
from scenarios.answer import Answer, Cell, Column, Kind, Table
from scenarios.effective_support import effective_support
from scenarios.figures import Axis, Distribution, Figure, Given, Grid, Label, Spread
from scenarios.measures import MEASURES, Measure, Result, result_of
from scenarios.measures import Cell as Voters
from scenarios.measures.worst_off import worst_off
from scenarios.numbers import percent
from scenarios.questions import compare_words as words
from scenarios.sentence import Sentence
from tallies import compare as counts
from tallies.plan import Plan

KINDS: dict[str, Kind] = {"share": "number", "amount": "amount", "integer": "integer", "number": "number"}
OF_TOTALS = ("funded", "spent", "spent_share", "ties_met")
"""Measures that can be taken where only the totals of a hand count are known."""


def compare(
    source: str,
    election: Election,
    plans: Sequence[tuple[str, Plan]],
    cells: Sequence[Voters] = (),
    effective: bool = True,
) -> Answer:
    """``plans``: names and plans; ``cells``: areas and age groups of the voters; ``effective``: whether each proposal's
    effective support is found, which takes many counts."""
    columns = counts.compare(election, plans)
    results = {c.name: result_of(c.outcome, tuple(cells)) for c in columns if c.outcome is not None}
    measures = [m for m in MEASURES.values() if not election.hand_count or m.name in OF_TOTALS]
    return Answer(
        "compare",
        Sentence.of(words.TITLE),
        source,
        None,
        None,
        tuple(_words(election, columns, results)),
        tuple(_figures(election, results)),
        _table(election, columns, results, measures, effective),
        election.pool.currency,
    )


def _words(election: Election, columns: Sequence[counts.Column], results: dict[str, Result]) -> list[Sentence]:
    said = _differences(election, results)
    pool = amount_text(election.pool.amount, election.pool.currency)
    for name, result in results.items():
        spent = amount_text(result.spent, election.pool.currency)
        told = [Sentence.of(words.SPENDS, plan=name, spent=spent, pool=pool, count=len(result.amounts))]
        left_out = None if election.hand_count else MEASURES["exclusion_ratio"].of(result)
        if left_out is not None:
            told.append(Sentence.of(words.LEFT_OUT, share=_share(left_out)))
        for kind, text in (("area", words.WORST_AREA), ("age", words.WORST_AGE)):
            worst = worst_off(result, kind)
            if worst is not None:
                told.append(Sentence.of(text, cell=worst[0].name, share=_share(worst[1])))
        said.append(Sentence(" ".join(t.da for t in told), " ".join(t.en for t in told)))
    for column in columns:
        if column.tie is not None:
            tied = [election.index[p] for p in column.tie.tied]
            said.append(Sentence.of(words.LOTS, plan=column.name, names=_names(election, tied)))
    return [*said, Sentence.of(words.SURE, ballots=int(election.profile.voters))]


def _differences(election: Election, results: dict[str, Result]) -> list[Sentence]:
    """Who is funded by every plan, and who only by some."""
    if not results:
        return []
    by_plans: dict[tuple[str, ...], list[int]] = {}
    for p in range(len(election.proposals)):
        given = tuple(name for name, result in results.items() if p in result.amounts)
        by_plans.setdefault(given, []).append(p)
    common = by_plans.pop(tuple(results), [])
    by_plans.pop((), None)
    if common and not by_plans and len(results) > 1:
        names = _names(election, common)
        return [Sentence.of(words.ALL_SAME, plans=len(results), count=len(common), names=names)]
    said = [Sentence.of(words.IN_COMMON, count=len(common), names=_names(election, common))] if common else []
    said += [] if common else [Sentence.of(words.NOTHING_IN_COMMON)]
    for given, proposals in by_plans.items():
        said.append(Sentence.of(words.ONLY_BY, plans=_and(given), names=_names(election, proposals)))
    return said


def _figures(election: Election, results: dict[str, Result]) -> list[Figure]:
    if not results:
        return []
    rows = tuple(
        Given(Label(proposal.id, proposal.title), tuple(result.amounts.get(p, 0) for result in results.values()))
        for p, proposal in enumerate(election.proposals)
    )
    currency = election.pool.currency
    found: list[Figure] = [Grid("plans", Sentence.of(words.GRID), currency, tuple(results), rows)]
    shares = {} if election.hand_count else {n: MEASURES["exclusion_ratio"].of(r) for n, r in results.items()}
    drawn = tuple(Distribution(name, (float(v),) * 5) for name, v in shares.items() if v is not None)
    if drawn:
        axis = Axis(Sentence.of(words.OF_VOTERS), "share")
        found.append(Spread("left-out", Sentence.of(words.LEFT_OUT_TITLE), axis, drawn, 0.0, 1.0))
    axis = Axis(Sentence.of(words.SPENT_AXIS), "amount", currency)
    spent = tuple(Distribution(name, (float(result.spent),) * 5) for name, result in results.items())
    return [*found, Spread("spent", Sentence.of(words.SPENT_TITLE), axis, spent, 0.0, float(election.pool.amount))]


def _table(
    election: Election,
    columns: Sequence[counts.Column],
    results: dict[str, Result],
    measures: Sequence[Measure],
    effective: bool,
) -> Table:
    heads = [
        Column("plan", "text", Sentence.of(words.PLAN)),
        Column("proposal", "text", Sentence.of(words.PROPOSAL)),
        Column("title", "text", Sentence.of(words.NAME)),
        Column("cost", "amount", Sentence.of(words.COST)),
        Column("funded", "truth", Sentence.of(words.IS_FUNDED)),
        Column("amount", "amount", Sentence.of(words.AMOUNT)),
    ]
    if effective:
        heads.append(Column("largest_price", "amount", Sentence.of(words.LARGEST_PRICE)))
        heads.append(Column("effective_support", "number", Sentence.of(words.EFFECTIVE)))
    heads += [Column(f"plan_{m.name}", KINDS[m.unit], Sentence.of(m.title)) for m in measures]
    rows: list[tuple[Cell, ...]] = []
    for column in columns:
        result = results.get(column.name)
        ofplan = [None if result is None else m.of(result) for m in measures]
        prices = effective_support(column.outcome) if effective and column.outcome is not None else None
        for p, proposal in enumerate(election.proposals):
            amount = None if result is None else result.amounts.get(p, 0)
            row: list[Cell] = [column.name, proposal.id, proposal.title, proposal.cost]
            row += [None if amount is None else amount > 0, amount]
            if effective:
                row += [None, None] if prices is None else [prices[p].largest_price, prices[p].share]
            rows.append((*row, *ofplan))
    return Table(tuple(heads), tuple(rows))


def _and(names: Sequence[str]) -> Text:
    """a, b and c."""
    first, last = ", ".join(names[:-1]), names[-1]
    return Text(f"{first} og {last}", f"{first} and {last}") if first else Text(last, last)


def _share(share: float) -> Text:
    return Text(percent(share, "da"), percent(share, "en"))


def _names(election: Election, proposals: Sequence[int]) -> str:
    return ", ".join(election.proposals[p].title or election.proposals[p].id for p in proposals)
