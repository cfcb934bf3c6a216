"""Cells of voters: those of one area, those of one age; from the columns of a .pb file, or from where simulated voters live."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from borgerbudget.ballots.method import Ints, Marks
from borgerbudget.election import Election
from borgerbudget.files.areas import POPULATION, WEIGHTS
from borgerbudget.files.pabulib import read_pabulib
from borgerbudget.files.pabulib_document import Document, Section, write_document
from borgerbudget.files.vote_rows import AREA_COLUMNS
from borgerbudget.profile import merge
from scenarios.measures.measure import LEAST_CELL, Cell

AGES = (18, 30, 45, 60, 75)
"""Where a new age group begins."""
WHOLE_ROUND = (WEIGHTS, POPULATION, "num_votes")
"""Keys of META that are about all voters together: within a cell every voter counts alike."""


def cells_of(document: Document, source: str) -> tuple[Cell, ...]:
    """The areas and age groups of at least ``LEAST_CELL`` voters; raises InputRejected where the file cannot be counted."""
    found = []
    for kind, labels in _labels(document):
        for label in sorted({label for label in labels if label is not None}):
            rows = tuple(row for row, one in zip(document.votes.rows, labels, strict=True) if one == label)
            if len(rows) < LEAST_CELL:
                continue
            meta = tuple(row for row in document.meta.rows if row[0].strip() not in WHOLE_ROUND)
            part = replace(
                document, meta=Section(document.meta.columns, meta), votes=Section(document.votes.columns, rows)
            )
            found.append(Cell(kind, label, read_pabulib(write_document(part), source).election.profile))
    return tuple(found)


def _labels(document: Document) -> Iterator[tuple[str, list[str | None]]]:
    """Kind of cell, and for each row of votes the cell it belongs to."""
    columns = [column.strip() for column in document.votes.columns]
    areas = [columns.index(name) for name in AREA_COLUMNS if name in columns]
    if areas:
        yield "area", [next(filter(None, (_cell(row, area) for area in areas)), None) for row in document.votes.rows]
    if "age" in columns:
        age = columns.index("age")
        yield "age", [age_group(_cell(row, age)) for row in document.votes.rows]


def _cell(row: Sequence[str], column: int) -> str | None:
    return (row[column].strip() or None) if column < len(row) else None


def age_group(age: str | None) -> str | None:
    """``18-29`` for ``25``; None for what is no age."""
    if age is None or not age.isascii() or not age.isdigit() or len(age) > 3:
        return None
    number = int(age)
    if number < AGES[0]:
        return f"0-{AGES[0] - 1}"
    if number >= AGES[-1]:
        return f"{AGES[-1]}+"
    start = max(first for first in AGES if first <= number)
    return f"{start}-{AGES[AGES.index(start) + 1] - 1}"


def home_cells(election: Election, marks: Marks, home: Ints, names: Sequence[str]) -> tuple[Cell, ...]:
    """The areas of simulated voters: ``marks`` is one ballot per voter, ``home`` the index of each voter's area.  None where all
    live in one."""
    found = list[Cell]()
    if len(names) < 2:
        return ()
    for area, name in enumerate(names):
        here = np.flatnonzero(home == area)
        if here.size >= LEAST_CELL:
            profile = merge(election.method, marks.ballots(here), default_score=election.limits.default_score)
            found.append(Cell("area", name, profile))
    return tuple(found)
