"""Plans side by side on the same ballots, and on other kinds of ballots: who is funded, and what the measures say.

What can be read as what is told in ``scenarios.conversions``; for the rest there is ``rehearse``.  Where the source says where
voters live or how old they are, the worst-off are told.  With ``--runs`` every measure also gets the interval in which nine of
ten of the boxes lie that might have been (bootstrap), the same boxes for every plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from borgerbudget.election import Election
from borgerbudget.errors import UsageError, problem
from borgerbudget.money import ONE_UNIT
from borgerbudget.words import Text
from scenarios.answer import Answer, Cell, Column, Table
from scenarios.conversions import as_cast_on, converted
from scenarios.effective_support import EffectiveSupport, effective_support
from scenarios.figures import Axis, Distribution, Given, Grid, Spread
from scenarios.measures import MEASURES, Measure, Result, result_of
from scenarios.measures import Cell as Group
from scenarios.measures.worst_off import worst_off
from scenarios.perturbation import PERTURBATIONS, box_of
from scenarios.questions.asked import Asked, Named, listed, name_of, said
from scenarios.questions.drawing import drawn, seed_of
from scenarios.questions.what_if import Count, counted
from scenarios.runs import Row
from scenarios.runs.task import MakeRow
from scenarios.sentence import Sentence
from scenarios.words import PROBLEMS
from tallies.many import Changed, Many
from tallies.plan import Plan

TITLE = Text("Hvad giver planerne på de samme stemmesedler?", "What do the plans give on the same ballots?")
GRID = Text("Hvem får penge", "Who is funded")
FUNDS = Text(
    "{plan} giver penge til {count:forslag|forslag} og bruger {spent}; {empty} af vælgerne får intet af det, de pegede på.",
    "{plan} funds {count:proposal|proposals} and spends {spent}; {empty} of the voters get nothing that they marked.",
)
ONLY = Text("Kun {plan} giver penge til {names}.", "Only {plan} funds {names}.")
ALL = Text("Alle giver penge til {names}.", "All fund {names}.")
TIE = Text(
    "{plan}: {tied} står lige, og kun en lodtrækning kan afgøre, hvem der får penge.",
    "{plan}: {tied} are tied, and only drawing lots can decide who is funded.",
)
REFUSED = Text("{plan}: planen kan ikke gennemføres: {reason}.", "{plan}: the plan cannot be carried out: {reason}.")
WORST_AREA = Text("{plan}: i {name} får {share} af vælgerne intet af det, de pegede på; intet område har det værre.",
                  "{plan}: in {name} {share} of the voters get nothing that they marked; no area is worse off.")  # fmt: skip
WORST_AGE = Text("{plan}: blandt dem på {name} år får {share} intet af det, de pegede på; ingen aldersgruppe har det værre.",
                 "{plan}: of those aged {name} {share} get nothing that they marked; no age group is worse off.")  # fmt: skip
NEAREST = Text(
    "{plan}: nærmest ved at få penge var {name}; til {price} havde det fået dem (nu koster det {now}).",
    "{plan}: closest to being funded was {name}; at {price} it would have been (now it costs {now}).",
)
FARTHEST = Text(
    "{plan}: sikrest står {name}; det kunne have kostet {price} (nu {now}) og fået penge alligevel.",
    "{plan}: the safest is {name}; it could have cost {price} (now {now}) and been funded all the same.",
)
SEARCHED = Text(
    "{plan}: priserne er fundet ved at søge; måske rækker højere priser også.",
    "{plan}: these prices were found by searching; higher ones may do as well.",
)
SURE = Text(
    "Det er talt helt, lige så nøjagtigt som en rigtig optælling.",
    "It was counted in full, exactly as a real count is.",
)
INTERVALS = Text(
    "Intervallerne er fra {runs:gennemregning|gennemregninger} med andre vælgere som dem, der stemte: ni af ti ligger i dem.",
    "The intervals are from {runs:run|runs} with other voters like those who voted: nine in ten lie in them.",
)
COLUMNS = (
    Column("plan", "text", Sentence("plan", "plan")),
    Column("ballots", "text", Sentence("stemmesedler", "ballots")),
    Column("funded", "text", Sentence("får penge", "funded")),
    Column(
        "measure",
        "text",
        Sentence("mål", "measure"),
        {m.name: Sentence(*m.title) for m in MEASURES.values()}
        | {"effective_support": Sentence("Pris, der ville række (del af prisen)", "Price that would do (part of it)")},
    ),
    Column("proposal", "text", Sentence("forslag", "proposal")),
    Column("value", "number", Sentence("værdi", "value")),
    Column("p5", "number", Sentence("5 % ligger under", "5% lie below")),
    Column("p95", "number", Sentence("95 % ligger under", "95% lie below")),
)
"""Money is in whole currency units here, for a column holds many measures."""
SPREADS = ("spent_share", "exclusion_ratio")
"""Measures that are drawn."""
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Side:
    """One plan on one kind of ballots."""

    name: str
    election: Election
    plan: Named
    count: Count
    groups: tuple[Group, ...] = ()
    support: tuple[EffectiveSupport, ...] = ()

    @property
    def result(self) -> Result | None:
        return None if self.count.outcome is None else result_of(self.count.outcome, self.groups)


def compare(asked: Asked) -> Answer:
    assert asked.source is not None
    groups = asked.source.groups()
    sides = []
    for method in asked.specification.methods or [asked.election.method.name]:
        election, read = as_cast_on(asked.election, method), converted(asked.election, method)
        alike = tuple(replace(group, profile=read(group.profile)) for group in groups)
        for named in asked.plans:
            count = counted(election, named)
            asks = asked.specification.effective_support and count.outcome is not None
            support = effective_support(count.outcome) if asks and count.outcome is not None else ()
            sides.append(Side(_name(asked, named, election), election, named, count, alike, support))
    spread, runs = _intervals(asked, sides)
    rows = [row for place, side in enumerate(sides) for row in _rows(side, spread[place] if spread else {})]
    words = [*_words(asked, sides), said(SURE), *([said(INTERVALS, runs=runs)] if runs else [])]
    return Answer(
        "compare", said(TITLE), asked.source.name, seed_of(asked) if runs else None, runs or None, tuple(words),
        (_grid(asked, sides), *_spreads(sides, spread)), Table(COLUMNS, tuple(rows)), asked.election.pool.currency,
    )  # fmt: skip


def _rows(side: Side, spread: Mapping[str, tuple[float, ...]]) -> list[tuple[Cell, ...]]:
    result, head = side.result, (side.plan.name, side.election.method.name, _funded(side))
    found: list[tuple[Cell, ...]] = []
    for measure in MEASURES.values():
        value = None if result is None else measure.of(result)
        numbers: list[float | int | None] = [value, None, None]
        if measure.name in spread:
            numbers[1:] = spread[measure.name][0], spread[measure.name][-1]
        whole = ONE_UNIT if measure.unit == "amount" else 1
        cells = [None if number is None else number / whole for number in numbers]
        found.append((*head, measure.name, None, *cells))
    found += [(*head, "effective_support", one.proposal, one.share, None, None) for one in side.support]
    return found


def _name(asked: Asked, named: Named, election: Election) -> str:
    several = len(asked.specification.methods or ()) > 1
    return f"{named.name} ({election.method.name})" if several else named.name


def _funded(side: Side) -> str | None:
    amounts = side.count.amounts
    return None if amounts is None else " ".join(i for i in side.election.ids if i in amounts)


def _grid(asked: Asked, sides: Sequence[Side]) -> Grid:
    rows = []
    for p, proposal in enumerate(asked.election.ids):
        amounts = tuple(None if side.count.amounts is None else side.count.amounts.get(proposal, 0) for side in sides)
        rows.append(Given(asked.label(p), amounts))
    return Grid("plans", said(GRID), asked.election.pool.currency, tuple(side.name for side in sides), tuple(rows))


def _words(asked: Asked, sides: Sequence[Side]) -> list[Sentence]:
    found: list[Sentence] = []
    names = {i: name_of(asked.label(p)) for p, i in enumerate(asked.election.ids)}
    for side in sides:
        outcome = side.count.outcome
        if outcome is not None:
            empty = _percent(MEASURES["exclusion_ratio"].of(result_of(outcome)))
            found.append(
                said(FUNDS, plan=side.name, count=len(outcome.funded), spent=asked.told(outcome.spent), empty=empty)
            )
            found += _of_groups(side) + _of_support(asked, side)
        elif side.count.tied:
            found.append(said(TIE, plan=side.name, tied=listed([names[i] for i in side.count.tied])))
        elif side.count.refused is not None:
            found.append(said(REFUSED, plan=side.name, reason=side.count.refused))
    whole = [side for side in sides if side.count.amounts is not None]
    if len(whole) > 1:
        for_all = [i for i in names if all(i in (side.count.amounts or {}) for side in whole)]
        if for_all:
            found.append(said(ALL, names=listed([names[i] for i in for_all])))
        for side in whole:
            alone = [i for i in names if [s for s in whole if i in (s.count.amounts or {})] == [side]]
            if alone:
                found.append(said(ONLY, plan=side.name, names=listed([names[i] for i in alone])))
    return found


def _percent(share: float | int | None) -> Text:
    told = "–" if share is None else f"{100 * share:.1f}".removesuffix(".0")
    return Text(f"{told.replace('.', ',')} %", f"{told}%")


def _of_groups(side: Side) -> list[Sentence]:
    """Who is worst off, where there are several to be told apart."""
    found, result = [], side.result
    for kind, text in (("area", WORST_AREA), ("age", WORST_AGE)):
        worst = None if result is None else worst_off(result, kind)
        if worst is not None and worst[1] and sum(group.kind == kind for group in side.groups) > 1:
            found.append(said(text, plan=side.name, name=worst[0].name, share=_percent(worst[1])))
    return found


def _of_support(asked: Asked, side: Side) -> list[Sentence]:
    """The loser that was closest, and the winner that is safest."""
    amounts, found = side.count.amounts or {}, []
    for text, wins in ((NEAREST, False), (FARTHEST, True)):
        among = [one for one in side.support if (one.proposal in amounts) == wins and one.largest_price]
        if among:
            best = max(among, key=lambda one: one.share)
            p = asked.election.index[best.proposal]
            values = {"price": asked.told(best.largest_price or 0), "now": asked.told(asked.election.costs[p])}
            found.append(said(text, plan=side.name, name=name_of(asked.label(p)), **values))
    if not all(one.exact for one in side.support if one.largest_price):
        found.append(said(SEARCHED, plan=side.name))
    return found


# --- intervals ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Measuring:
    """The task of a run: one box, and every measure of what every side makes of it."""

    sides: tuple[tuple[Election, Plan], ...]

    def begin(self) -> MakeRow:
        box = box_of(self.sides[0][0])
        counts = [Many(election, plan) for election, plan in self.sides]
        measures = [m for m in MEASURES.values() if m.name != "ties_met"]

        def make(generator: np.random.Generator) -> Row:
            weights = PERTURBATIONS["bootstrap"].draw(box, 0, generator)
            row: Row = []
            for many in counts:
                changed = Changed(weights=weights)
                one = many.count(changed)
                result = Result(changed.election(many.election), dict(zip(one.funded, one.amounts, strict=True)))
                row.append(None if one.tie else [_value(measure, result) for measure in measures])
            return row

        return make


def _value(measure: Measure, result: Result) -> float | None:
    value = measure.of(result)
    return None if value is None else float(value)


def _intervals(asked: Asked, sides: Sequence[Side]) -> tuple[list[dict[str, tuple[float, ...]]], int]:
    """For each side the quantiles of each measure; nothing where no runs were asked for."""
    if asked.specification.runs is None:
        return [], 0
    if len({side.election.method.name for side in sides}) > 1:
        raise UsageError(problem(PROBLEMS, "SCN-015"))
    task = Measuring(tuple((side.election, side.plan.of(side.election)) for side in sides))
    rows = drawn(asked, task, asked.specification.runs, lambda rows: False).rows
    names = [name for name in MEASURES if name != "ties_met"]
    found: list[dict[str, tuple[float, ...]]] = []
    for place in range(len(sides)):
        of_side: dict[str, tuple[float, ...]] = {}
        for number, name in enumerate(names):
            values = [row[place][number] for row in rows if row[place] is not None]
            known = sorted(value for value in values if value is not None)
            if known:
                of_side[name] = tuple(known[min(len(known) - 1, int(q * len(known)))] for q in QUANTILES)
        found.append(of_side)
    return found, len(rows)


def _spreads(sides: Sequence[Side], spread: Sequence[Mapping[str, tuple[float, ...]]]) -> list[Spread]:
    found = []
    for name in SPREADS if spread else ():
        rows = [
            Distribution(side.name, (of[name][0], of[name][1], of[name][2], of[name][3], of[name][4]))
            for side, of in zip(sides, spread, strict=True)
            if name in of
        ]
        title = Sentence(*MEASURES[name].title)
        if rows:
            figure_name = name.replace("_", "-")
            found.append(Spread(figure_name, title, Axis(title, "share"), tuple(rows)))
    return found
