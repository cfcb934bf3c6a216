"""How many voters, and how many choices on a ballot, until ties are rare and the pool is used: what the two questions share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from borgerbudget.words import Text
from scenarios.answer import Answer, Cell, Column, Table
from scenarios.figures import Axis, Curve, Line, Point
from scenarios.questions.asked import Asked, said
from scenarios.questions.drawing import drawn, seed_of
from scenarios.questions.imagined import imagined
from scenarios.questions.rehearse import ROUNDS
from scenarios.questions.robust import STOPPED, SURE
from scenarios.rehearsing import Rehearsal
from scenarios.runs import Row, share_of
from scenarios.runs.wilson import narrow
from scenarios.sentence import Sentence

RARE = 0.05
"""Ties are rare when one decides who is funded in at most this part of the votes, broken by a lot."""
USED = 0.9
"""The pool is used when so much of it is spent, in at least so many of the rounds."""
RUNS = 500
TIES = Text("Hvor ofte stemmelighed afgør noget", "How often a tie decides something")
SPENT = Text("Hvor ofte mindst 90 % af puljen bliver brugt", "How often at least 90% of the pool is spent")
SHARE = Text("andel af afstemninger", "share of votes")
COLUMNS = (
    Column("plan", "text", Sentence("plan", "plan")),
    Column("tie_runs", "integer", Sentence("gange afgjort af stemmelighed", "runs decided by a tie")),
    Column("tie_share", "number", Sentence("andel", "share")),
    Column("tie_low", "number", Sentence("mindst", "at least")),
    Column("tie_high", "number", Sentence("højst", "at most")),
    Column("used_runs", "integer", Sentence("gange med 90 % brugt", "runs with 90% spent")),
    Column("used_share", "number", Sentence("andel med 90 % brugt", "share with 90% spent")),
    Column("used_low", "number", Sentence("mindst", "at least")),
    Column("used_high", "number", Sentence("højst", "at most")),
    Column("mean_exclusion", "number", Sentence("intet fik, i gennemsnit", "got nothing, on average")),
)


@dataclass(frozen=True, slots=True)
class Along:
    """What is tried: ``by`` voters or choices, its values in rising order, and the sentences about where a goal is reached
    (``{plan}``, ``{value}``) or is not (``{plan}``, ``{most}``)."""

    by: Literal["voters", "choices"]
    title: Text
    axis: Text
    values: tuple[int, ...]
    rare: Text
    never_rare: Text
    used: Text
    never_used: Text
    advice: Text


def answered(asked: Asked, along: Along) -> Answer:
    village, voters_are = imagined(asked)
    plans = tuple(named.of(village.empty()) for named in asked.plans)
    tried = {"voters": along.values} if along.by == "voters" else {"choices": along.values}
    task = Rehearsal(village, plans, ("spent_share", "exclusion_ratio"), only_lots=True, **tried)
    done = drawn(asked, task, RUNS, partial(_settled, asked, task))
    runs = len(done.rows)
    words: list[Sentence] = [] if done.complete else [said(STOPPED)]
    rows: list[tuple[Cell, ...]] = []
    lines: tuple[list[Line], list[Line]] = ([], [])
    for k, named in enumerate(asked.plans):
        counts = [_counts(task, done.rows, case, k) for case in range(len(along.values))]
        shares = [(share_of(lots, runs), share_of(used, runs)) for lots, used, _ in counts]
        for (lot, full), (lots, used, excluded), value in zip(shares, counts, along.values, strict=True):
            rows.append(
                (value, named.name, lots, lot.share, lot.low, lot.high, used, full.share, full.low, full.high, excluded)
            )
        for which in (0, 1):
            points = tuple(Point(x, pair[which]) for x, pair in zip(along.values, shares, strict=True))
            lines[which].append(Line(named.name, points))
        rare = _from([lot.high <= RARE for lot, _ in shares], along.values)
        used_from = _from([full.low >= USED for _, full in shares], along.values)
        plan, most = named.name, along.values[-1]
        words.append(
            said(along.never_rare, plan=plan, most=most) if rare is None else said(along.rare, plan=plan, value=rare)
        )
        words.append(
            said(along.never_used, plan=plan, most=most)
            if used_from is None
            else said(along.used, plan=plan, value=used_from)
        )
    across = Axis(said(along.axis), "integer")
    figures = (
        Curve("ties", said(TIES), across, said(SHARE), tuple(lines[0]), RARE),
        Curve("spent", said(SPENT), across, said(SHARE), tuple(lines[1]), USED),
    )
    columns = (Column(along.by, "integer", said(along.axis)), *COLUMNS)
    name = ROUNDS.da if asked.source is None else asked.source.name
    told = (*words, said(along.advice), said(SURE, runs=runs), said(voters_are))
    question = "quorum" if along.by == "voters" else "ballots"
    return Answer(
        question, said(along.title), name, seed_of(asked), runs, told, figures, Table(columns, tuple(rows)),
        village.pool.currency,
    )  # fmt: skip


def _counts(task: Rehearsal, rows: Sequence[Row], case: int, plan: int) -> tuple[int, int, float | None]:
    """Runs that a tie decides, runs that use the pool, and the mean exclusion ratio."""
    lots = used = 0
    excluded = list[float]()
    for one in task.played(rows, case, plan):
        spent, without = one.measures
        lots += one.lot
        used += spent is not None and spent >= USED
        if without is not None:
            excluded.append(float(without))
    return lots, used, float(np.mean(excluded)) if excluded else None


def _settled(asked: Asked, task: Rehearsal, rows: Sequence[Row]) -> bool:
    precision = float(asked.specification.precision or 1)
    return all(
        narrow(_counts(task, rows, case, k)[:2], len(rows), precision)
        for case in range(len(task.cases))
        for k in range(len(task.plans))
    )


def _from(reached: Sequence[bool], values: Sequence[int]) -> int | None:
    """The least value from which on the goal is reached at every value that was tried."""
    found = None
    for value, good in zip(reversed(values), reversed(reached), strict=True):
        if not good:
            break
        found = value
    return found
