"""A round that has not happened, played many times: what each plan would do, before anybody has decided which to use.

In every run new voters are drawn and vote, and all plans count the same ballots.  Where a lot would be drawn, the run draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from borgerbudget.money import amount_text
from borgerbudget.words import Text
from scenarios.answer import Answer, Cell, Column, Table
from scenarios.figures import Axis, Chance, Chances, Distribution, Figure, Label, Spread
from scenarios.measures import MEASURES
from scenarios.questions.asked import Asked, listed, name_of, said
from scenarios.questions.drawing import drawn, seed_of
from scenarios.questions.imagined import imagined
from scenarios.questions.robust import RUNS, STOPPED, SURE, percent_text
from scenarios.rehearsing import Number, Rehearsal
from scenarios.runs import Row, share_of
from scenarios.runs.wilson import narrow
from scenarios.sentence import Sentence
from scenarios.villages import Village

TITLE = Text("Hvordan ville afstemningen gå?", "How would the vote go?")
ROUNDS = Text("opdigtede vælgere", "simulated voters")
VILLAGE = Text(
    "{people} kan stemme, {voters} stemmer i gennemsnit, på {proposals:forslag|forslag} til {cost}; puljen er {pool}.",
    "{people} may vote, {voters} vote on average, on {proposals:proposal|proposals} for {cost}; the pool is {pool}.",
)
USUAL = Text(
    "{plan}: i en typisk gennemregning får {funded:forslag|forslag} penge, {spent} % af puljen bliver brugt, og {excluded} % af "
    "dem, der stemte, får intet af det, de stemte på.",
    "{plan}: in a typical run {funded:proposal is|proposals are} funded, {spent}% of the pool is spent, and {excluded}% of those "
    "who voted get nothing that they voted for.",
)
WORST = Text(
    "{plan}: i det dårligst stillede område er det typisk {excluded} %, der intet får.",
    "{plan}: in the worst-off area typically {excluded}% get nothing.",
)
FEWEST = Text(
    "Med de samme vælgere lader {plan} færrest stå uden noget.",
    "With the same voters {plan} leaves fewest with nothing.",
)
OFTEN = Text("{plan}: oftest får {names} penge.", "{plan}: most often funded are {names}.")
LOT = Text(
    "{plan}: i {share} % af gennemregningerne stod forslag så lige, at et lod afgjorde, hvem der fik penge.",
    "{plan}: in {share}% of the runs proposals were tied so that a lot decided who was funded.",
)
MOST_TOLD = 5
CHANCES = Text(
    "Hvor ofte hvert forslag får penge ({runs:gennemregning|gennemregninger})",
    "How often each proposal is funded ({runs:run|runs})",
)
SHOWN = ("exclusion_ratio", "spent_share", "worst_off_area")
TAKEN = (
    *("funded", "spent_share", "exclusion_ratio", "worst_off_area", "mean_number", "fair_share_reached", "share_gini"),
    *("weakest_support", "area_gap", "category_gap"),
)
QUANTILES = (5, 25, 50, 75, 95)
COLUMNS = (
    Column("plan", "text", Sentence("plan", "plan")),
    Column("quantity", "text", Sentence("hvad", "what")),
    Column("proposal", "text", Sentence("forslag", "proposal")),
    Column("title", "text", Sentence("titel", "title")),
    Column("known_runs", "integer", Sentence("gange", "runs")),
    Column("lot_runs", "integer", Sentence("gange med lod", "runs by lot")),
    Column("mean", "number", Sentence("andel eller gennemsnit", "share or mean")),
    Column("low", "number", Sentence("mindst", "at least")),
    Column("high", "number", Sentence("højst", "at most")),
    *(Column(f"q{q:02}", "number", Sentence(f"{q} % ligger under", f"{q}% are below")) for q in QUANTILES),
)


def rehearse(asked: Asked) -> Answer:
    village, voters_are = imagined(asked)
    plans = tuple(named.of(village.empty()) for named in asked.plans)
    names = tuple(named.name for named in asked.plans)
    task = Rehearsal(village, plans, TAKEN)
    done = drawn(asked, task, RUNS, partial(_settled, asked, task))
    runs = len(done.rows)
    words: list[Sentence] = [] if done.complete else [said(STOPPED)]
    rows: list[tuple[Cell, ...]] = []
    hits, taken = [], []
    for k, name in enumerate(names):
        played = list(task.played(done.rows, 0, k))
        lots = sum(one.lot for one in played)
        values = [[one.measures[m] for one in played if one.measures[m] is not None] for m in range(len(TAKEN))]
        hits.append(_hits(task, done.rows, k))
        taken.append(dict(zip(TAKEN, values, strict=True)))
        words += _words(village, name, hits[k], taken[k], lots, runs)
        rows += _rows(village, name, hits[k], taken[k], lots, runs)
    if len(names) > 1 and (best := _fewest(names, taken)) is not None:
        words.insert(0 if done.complete else 1, said(FEWEST, plan=best))
    labels = [Label(proposal.id, proposal.title) for proposal in village.proposals]
    chances = tuple(
        Chance(label, tuple(share_of(of_plan[p], runs) for of_plan in hits)) for p, label in enumerate(labels)
    )
    figures: list[Figure] = [Chances("chances", said(CHANCES, runs=runs), names, chances)]
    figures += [spread for name in SHOWN if (spread := _spread(name, names, taken)) is not None]
    told = [*words, said(VILLAGE, **_village(asked, village)), said(SURE, runs=runs), said(voters_are)]
    name = said(ROUNDS).da if asked.source is None else asked.source.name
    return Answer(
        "rehearse", said(TITLE), name, seed_of(asked), runs, tuple(told), tuple(figures),
        Table(COLUMNS, tuple(rows)), village.pool.currency,
    )  # fmt: skip


def _village(asked: Asked, village: Village) -> dict[str, object]:
    return {
        "people": village.people,
        "voters": round(village.people * village.turnout),
        "proposals": len(village.proposals),
        "cost": amount_text(sum(proposal.cost for proposal in village.proposals), village.pool.currency),
        "pool": amount_text(village.pool.amount, village.pool.currency),
    }


def _hits(task: Rehearsal, rows: Sequence[Row], plan: int) -> list[int]:
    """How often each proposal is funded for certain."""
    found = [0] * len(task.village.proposals)
    for one in task.played(rows, 0, plan):
        for p in one.funded:
            found[p] += 1
    return found


def _settled(asked: Asked, task: Rehearsal, rows: Sequence[Row]) -> bool:
    precision = float(asked.specification.precision or 1)
    return all(narrow(_hits(task, rows, k), len(rows), precision) for k in range(len(task.plans)))


def _middle(values: Sequence[Number]) -> float | None:
    return float(np.median(np.array(values, np.float64))) if values else None


def _words(
    village: Village, plan: str, hits: Sequence[int], taken: dict[str, list[Number]], lots: int, runs: int
) -> list[Sentence]:
    found = list[Sentence]()
    middle = {name: _middle(values) for name, values in taken.items()}
    spent, excluded, funded = (middle[name] for name in ("spent_share", "exclusion_ratio", "funded"))
    if spent is not None and excluded is not None and funded is not None:
        found.append(
            said(USUAL, plan=plan, funded=round(funded), spent=percent_text(spent), excluded=percent_text(excluded))
        )
    worst = middle["worst_off_area"]
    if worst is not None:
        found.append(said(WORST, plan=plan, excluded=percent_text(worst)))
    often = sorted((p for p, number in enumerate(hits) if number), key=lambda p: (-hits[p], p))[:MOST_TOLD]
    if often:
        labels = [name_of(Label(proposal.id, proposal.title)) for proposal in village.proposals]
        found.append(said(OFTEN, plan=plan, names=_with_shares([(labels[p], hits[p] / runs) for p in often])))
    if lots:
        found.append(said(LOT, plan=plan, share=percent_text(lots / runs)))
    return found


def _with_shares(shares: Sequence[tuple[str, float]]) -> Text:
    """``a (81 %), b (72 %) and c (66 %)``."""
    both = [percent_text(share) for _, share in shares]
    danish = listed([f"{name} ({share.da} %)" for (name, _), share in zip(shares, both, strict=True)])
    english = listed([f"{name} ({share.en}%)" for (name, _), share in zip(shares, both, strict=True)])
    return Text(danish.da, english.en)


def _fewest(names: Sequence[str], taken: Sequence[dict[str, list[Number]]]) -> str | None:
    """The plan that excludes fewest on average; None where that is not clear."""
    means = [
        float(np.mean(np.array(of["exclusion_ratio"], np.float64))) if of["exclusion_ratio"] else 1.0 for of in taken
    ]
    best = min(means)
    return names[means.index(best)] if means.count(best) == 1 else None


def _rows(
    village: Village, plan: str, hits: Sequence[int], taken: dict[str, list[Number]], lots: int, runs: int
) -> list[tuple[Cell, ...]]:
    found = list[tuple[Cell, ...]]()
    for proposal, number in zip(village.proposals, hits, strict=True):
        share = share_of(number, runs)
        found.append(
            (plan, "funded", proposal.id, proposal.title, runs, lots, share.share, share.low, share.high, *[None] * 5)
        )
    for name, values in taken.items():
        numbers = np.array(values, np.float64)
        mean = float(numbers.mean()) if numbers.size else None
        quantiles = [float(q) for q in np.percentile(numbers, QUANTILES)] if numbers.size else [None] * 5
        found.append((plan, name, None, None, numbers.size, lots, mean, None, None, *quantiles))
    return found


def _spread(name: str, plans: Sequence[str], taken: Sequence[dict[str, list[Number]]]) -> Spread | None:
    if not all(of[name] for of in taken):
        return None
    measure = MEASURES[name]
    rows = []
    for plan, of in zip(plans, taken, strict=True):
        low, lower, middle, upper, high = (float(q) for q in np.percentile(np.array(of[name], np.float64), QUANTILES))
        rows.append(Distribution(plan, (low, lower, middle, upper, high)))
    return Spread(
        name.replace("_", "-"), said(measure.plain), Axis(said(measure.title), "share"), tuple(rows), 0.0, 1.0
    )
