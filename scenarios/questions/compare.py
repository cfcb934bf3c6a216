"""Plans side by side on the same ballots, and on other kinds of ballots: who is funded, and what the measures say.

An order or points tell a set as well, so that such ballots can be counted as approval ballots: what a voter gave points or a
place, she approves of.  A set tells no order; for the other way round there is ``rehearse``.  With ``--runs`` every measure also
gets the interval in which nine of ten of the boxes lie that might have been (bootstrap), the same boxes for every plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from borgerbudget.ballots import METHODS
from borgerbudget.ballots.method import Limits
from borgerbudget.election import Election
from borgerbudget.errors import UsageError, problem
from borgerbudget.money import ONE_UNIT
from borgerbudget.profile import merge
from borgerbudget.words import Text
from scenarios.answer import Answer, Cell, Column, Table
from scenarios.figures import Axis, Distribution, Given, Grid, Spread
from scenarios.measures import MEASURES, Measure, Result, result_of
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
    Column("measure", "text", Sentence("mål", "measure"), {m.name: Sentence(*m.title) for m in MEASURES.values()}),
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


def compare(asked: Asked) -> Answer:
    sides = [
        Side(_name(asked, named, election), election, named, counted(election, named))
        for election in _elections(asked)
        for named in asked.plans
    ]
    spread, runs = _intervals(asked, sides)
    rows = [row for place, side in enumerate(sides) for row in _rows(side, spread[place] if spread else {})]
    words = [*_words(asked, sides), said(SURE), *([said(INTERVALS, runs=runs)] if runs else [])]
    assert asked.source is not None
    return Answer(
        "compare", said(TITLE), asked.source.name, seed_of(asked) if runs else None, runs or None, tuple(words),
        (_grid(asked, sides), *_spreads(sides, spread)), Table(COLUMNS, tuple(rows)), asked.election.pool.currency,
    )  # fmt: skip


def _rows(side: Side, spread: Mapping[str, tuple[float, ...]]) -> list[tuple[Cell, ...]]:
    outcome = side.count.outcome
    found = []
    for measure in MEASURES.values():
        value = None if outcome is None else measure.of(result_of(outcome))
        numbers: list[float | int | None] = [value, None, None]
        if measure.name in spread:
            numbers[1:] = spread[measure.name][0], spread[measure.name][-1]
        whole = ONE_UNIT if measure.unit == "amount" else 1
        cells = [None if number is None else number / whole for number in numbers]
        found.append((side.plan.name, side.election.method.name, _funded(side), measure.name, *cells))
    return found


def _elections(asked: Asked) -> list[Election]:
    election = asked.election
    methods = asked.specification.methods
    if not methods:
        return [election]
    return [election if method == election.method.name else approvals(election, method) for method in methods]


def approvals(election: Election, method: str) -> Election:
    """What was marked with points or a place, as a set.  UsageError for any other way round."""
    if method != "approval" or election.method.name not in ("points", "ranked", "scoring"):
        raise UsageError(problem(PROBLEMS, "SCN-014", method=method, cast=election.method.name))
    marks = election.profile.marks
    if marks.points is not None:
        marks = marks.keep(marks.points > 0)
    kind = METHODS[method]
    profile = merge(kind, replace(marks, points=None), election.profile.weights)
    profile = replace(profile, denominator=election.profile.denominator)
    return replace(election, method=kind, profile=profile, limits=Limits(), sealed_root=None)


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
            empty = MEASURES["exclusion_ratio"].of(result_of(outcome))
            share = "–" if empty is None else f"{100 * empty:.1f}".removesuffix(".0")
            of_all = Text(f"{share.replace('.', ',')} %", f"{share}%")
            found.append(
                said(FUNDS, plan=side.name, count=len(outcome.funded), spent=asked.told(outcome.spent), empty=of_all)
            )
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
