"""How sure is the outcome: how often each proposal is funded when other ballots had been cast than those that were.

Every way of changing the box (``scenarios.perturbation``) draws as many boxes as there are runs; the same boxes are counted by
every plan, so that plans differ by what they are and not by luck.  A run in which only a lot could decide funds nobody for
certain and is told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from borgerbudget.ballots.method import Ints
from borgerbudget.election import Election
from borgerbudget.errors import InputRejected, UsageError, problem
from borgerbudget.words import Text
from scenarios.answer import Answer, Cell, Column, Table
from scenarios.figures import Chance, Chances
from scenarios.flips import Flips, fewest_flips
from scenarios.perturbation import PERTURBATIONS, Box, Perturbation, box_of
from scenarios.questions.asked import Asked, listed, name_of, said, said_of
from scenarios.questions.drawing import drawn, seed_of
from scenarios.runs import Row, share_of
from scenarios.runs.task import MakeRow
from scenarios.runs.wilson import narrow
from scenarios.sentence import Sentence
from scenarios.words import PROBLEMS
from tallies.many import Changed, Many
from tallies.plan import Plan

TITLE = Text("Hvor sikkert er resultatet?", "How sure is the outcome?")
WAY = Text("{way}, {runs:gang|gange}", "{way}, {runs:run|runs}")
SIZED = Text("{way} ({size:stemmeseddel|stemmesedler})", "{way} ({size:ballot|ballots})")
SAFE = Text("{way}: sikre (i mindst 95 af 100): {names}.", "{way}: safe (at least 95 in 100): {names}.")
OPEN = Text("{way}: {name} får penge i {share} % af gangene (mellem {low} og {high} %).",
            "{way}: {name} is funded in {share}% of the runs (between {low} and {high}%).")  # fmt: skip
SAME = Text("{way}: i {share} % af gangene er det nøjagtig de samme, der får penge.",
            "{way}: in {share}% of the runs exactly the same are funded.")  # fmt: skip
LOTS = Text("{way}: i {share} % af gangene måtte et lod afgøre noget.",
            "{way}: in {share}% of the runs a lot had to decide something.")  # fmt: skip
FLIPS = Text(
    "{ballots:ændret stemmeseddel|ændrede stemmesedler} fra {loses} til {wins} er nok til et andet resultat. Det er "
    "fundet ved at lede; måske kan færre gøre det.",
    "{ballots:changed ballot|changed ballots} from {loses} to {wins} are enough for another outcome. That was found by "
    "searching; perhaps fewer would do.",
)
ALREADY = Text("allerede nu må et lod afgøre noget.", "already now a lot must decide something.")
SURE = Text(
    "Andele er fra {runs:gennemregning|gennemregninger}; med 95 % sikkerhed ligger de rigtige mellem de to grænser (Wilson).",
    "Shares are from {runs:run|runs}; with 95% confidence the true ones lie between the two limits (Wilson).",
)
STOPPED = Text(
    "Der blev standset undervejs; her er, hvad der var regnet.", "It was stopped on the way; this is what was done."
)
COLUMNS = (
    Column(
        "way",
        "text",
        Sentence("hvad der er anderledes", "what is otherwise"),
        {w.name: Sentence(*w.plain) for w in PERTURBATIONS.values()},
    ),
    Column("size", "integer", Sentence("stemmesedler", "ballots")),
    Column("plan", "text", Sentence("plan", "plan")),
    Column("proposal", "text", Sentence("forslag", "proposal")),
    Column("title", "text", Sentence("titel", "title")),
    Column("funded_now", "truth", Sentence("får penge nu", "funded now")),
    Column("funded_runs", "integer", Sentence("gange med penge", "runs funded")),
    Column("lot_runs", "integer", Sentence("gange med lod", "runs by lot")),
    Column("share", "number", Sentence("andel", "share")),
    Column("share_low", "number", Sentence("mindst", "at least")),
    Column("share_high", "number", Sentence("højst", "at most")),
)
LOT = -1
"""Stands in a row for a count that only a lot could decide."""
RUNS = 1_000
SAFELY = 0.95
MOST_TOLD = 12


@dataclass(frozen=True)
class Way:
    """``perturbation`` by its name; ``size``: a number of ballots."""

    perturbation: str
    size: int

    @property
    def record(self) -> Perturbation:
        return PERTURBATIONS[self.perturbation]

    def told(self) -> Text:
        return SIZED.fill(way=self.record.plain, size=self.size) if self.size else self.record.plain


def ways_of(asked: Asked, box: Box) -> list[Way]:
    """``bootstrap`` or ``lower-turnout:20``; a percentage is of all ballots.  UsageError for what there is not."""
    found = []
    for given in asked.specification.ways or ["bootstrap"]:
        name, _, size = given.partition(":")
        if name not in PERTURBATIONS:
            raise UsageError(
                problem(PROBLEMS, "SCN-011", key="--way", allowed=", ".join(PERTURBATIONS), given=f'"{name}"')
            )
        most = PERTURBATIONS[name].most(box)
        percent = size.endswith("%")
        number = size.removesuffix("%")
        if not size and most == 0:
            found.append(Way(name, 0))
            continue
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise UsageError(
                problem(PROBLEMS, "SCN-011", key=f"--way {name}", allowed=f"{name}:20, {name}:10%", given=f'"{given}"')
            )
        ballots = int(number) * box.ballots // 100 if percent else int(number)
        if ballots > most:
            raise UsageError(problem(PROBLEMS, "SCN-011", key=f"--way {name}", allowed=f"0-{most}", given=ballots))
        found.append(Way(name, ballots))
    return found


@dataclass(frozen=True)
class Counting:
    """The task of a run: for each way a box, for each plan who is funded in it."""

    election: Election
    plans: tuple[Plan, ...]
    ways: tuple[Way, ...]

    def begin(self) -> MakeRow:
        box, counts = box_of(self.election), [Many(self.election, plan) for plan in self.plans]

        def make(generator: np.random.Generator) -> Row:
            row: Row = []
            for way in self.ways:
                weights = way.record.draw(box, way.size, generator)
                row.append([_in_bits(many, weights) for many in counts])
            return row

        return make


def _in_bits(many: Many, weights: Ints) -> int:
    """Who is funded as the bits of one number; LOT where only a lot could decide."""
    counted = many.count(Changed(weights=weights))
    return LOT if counted.tie else sum(1 << p for p in counted.funded)


def robust(asked: Asked) -> Answer:
    election = asked.election
    box = box_of(election)
    ways = ways_of(asked, box)
    plans = tuple(named.of(election) for named in asked.plans)
    count = len(election.ids)

    def settled(rows: Sequence[Row]) -> bool:
        assert asked.specification.precision is not None
        precision = float(asked.specification.precision)
        return all(
            narrow(_hits([row[w][k] for row in rows], count), len(rows), precision)
            for w in range(len(ways))
            for k in range(len(plans))
        )

    done = drawn(asked, Counting(election, plans, tuple(ways)), RUNS, settled)
    runs = len(done.rows)
    now = [_now(election, plan) for plan in plans]
    words: list[Sentence] = [] if done.complete else [said(STOPPED)]
    rows: list[tuple[Cell, ...]] = []
    figures: list[Chances] = []
    for w, way in enumerate(ways):
        hits = []
        for k, named in enumerate(asked.plans):
            bits = [row[w][k] for row in done.rows]
            hits.append(_hits(bits, count))
            lots = bits.count(LOT)
            same = sum(now[k] is not None and one == now[k] for one in bits)
            words += _words(asked, named.name, way.told(), hits[k], lots, same if now[k] is not None else None, runs)
            rows += [_row(asked, way, named.name, p, now[k], hits[k][p], lots, runs) for p in range(count)]
        chances = tuple(
            Chance(
                asked.label(p),
                tuple(share_of(of_plan[p], runs) for of_plan in hits),
                None if now[0] is None else bool(now[0] >> p & 1),
            )
            for p in range(count)
        )
        title = said(WAY, way=way.told(), runs=runs)
        figures.append(Chances(f"chances-{w + 1}", title, tuple(named.name for named in asked.plans), chances))
    for plan, named in zip(plans, asked.plans, strict=True):
        words += _flips(asked, named.name, fewest_flips(box, plan))
    assert asked.source is not None
    return Answer(
        "robust", said(TITLE), asked.source.name, seed_of(asked), runs, (*words, said(SURE, runs=runs)), tuple(figures),
        Table(COLUMNS, tuple(rows)), election.pool.currency,
    )  # fmt: skip


def _now(election: Election, plan: Plan) -> int | None:
    """Who is funded in the box as it is, as bits; None where a lot decides or the plan refuses."""
    try:
        counted = Many(election, plan).count()
    except InputRejected:
        return None
    return None if counted.tie else sum(1 << p for p in counted.funded)


def _hits(bits: Sequence[int], proposals: int) -> list[int]:
    """How often each proposal is funded."""
    kinds: dict[int, int] = {}
    for one in bits:
        if one != LOT:
            kinds[one] = kinds.get(one, 0) + 1
    return [sum(times for one, times in kinds.items() if one >> p & 1) for p in range(proposals)]


def _row(
    asked: Asked, way: Way, plan: str, p: int, now: int | None, hits: int, lots: int, runs: int
) -> tuple[Cell, ...]:
    share, label = share_of(hits, runs), asked.label(p)
    funded = None if now is None else bool(now >> p & 1)
    return (
        way.perturbation, way.size or None, plan, label.id, label.title, funded, hits, lots, share.share, share.low, share.high,
    )  # fmt: skip


def percent(share: float) -> str:
    """With at most one decimal, and neither 0 nor 100 for what is not."""
    text = f"{100 * share:.1f}".removesuffix(".0")
    if text == "100" and share < 1:
        text = "99.9"
    return "0.1" if text == "0" and share > 0 else text


def percent_text(share: float) -> Text:
    text = percent(share)
    return Text(text.replace(".", ","), text)


def _words(
    asked: Asked, plan: str, way: Text, hits: Sequence[int], lots: int, same: int | None, runs: int
) -> list[Sentence]:
    if not runs:
        return []
    found: list[Sentence] = []
    way = Text(way.da[:1].lower() + way.da[1:], way.en[:1].lower() + way.en[1:])
    if same is not None:
        found.append(said_of(asked, plan, SAME, way=way, share=percent_text(same / runs)))
    safe = [name_of(asked.label(p)) for p, number in enumerate(hits) if share_of(number, runs).low >= SAFELY]
    if safe:
        found.append(said_of(asked, plan, SAFE, way=way, names=listed(safe)))
    between = [p for p, number in enumerate(hits) if number and share_of(number, runs).low < SAFELY]
    for p in sorted(between, key=lambda p: (-hits[p], p))[:MOST_TOLD]:
        share = share_of(hits[p], runs)
        found.append(
            said_of(
                asked, plan, OPEN, way=way, name=name_of(asked.label(p)), share=percent_text(share.share),
                low=percent_text(share.low), high=percent_text(share.high),
            )
        )  # fmt: skip
    if lots:
        found.append(said_of(asked, plan, LOTS, way=way, share=percent_text(lots / runs)))
    return found


def _flips(asked: Asked, plan: str, flips: Flips | None) -> list[Sentence]:
    if flips is None:
        return []
    if flips.loses is None or flips.wins is None:
        return [said_of(asked, plan, ALREADY)]
    index = asked.election.index
    loses, wins = (name_of(asked.label(index[i])) for i in (flips.loses, flips.wins))
    return [said_of(asked, plan, FLIPS, ballots=flips.ballots, loses=loses, wins=wins)]
