"""What a question about many counts is answered with: words, figures and a tidy table, frozen, in Danish and English.

Amounts are whole minor units (øre) everywhere; they become text only where they are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from scenarios.figures import Figure
from scenarios.sentence import Sentence as Sentence

Kind = Literal["text", "integer", "amount", "number", "truth"]
"""What a column holds: ``amount`` are minor units, ``number`` a probability or a measure (a float), ``truth`` yes or no.
Any cell may be None: nothing can be said there."""

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """``name``: tidy, English snake_case; ``title``: the heading a person reads; ``said``: how a tidy text is said to people
    (the files keep the text)."""

    name: str
    kind: Kind
    title: Sentence
    said: Mapping[str, Sentence] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows hold one cell for each column, in order.  ValueError for a row of another length."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row has one cell for each column")

    def column(self, name: str) -> Iterator[Cell]:
        """The cells under one heading.  ValueError where there is none."""
        place = [column.name for column in self.columns].index(name)
        return (row[place] for row in self.rows)


@dataclass(frozen=True, slots=True)
class Answer:
    """``question``: the command's name; ``title``: the question as a person asks it; ``source``: what was counted;
    ``seed`` and ``runs`` are None where nothing was drawn; ``words``: plain sentences, the answer first, how sure it is
    last; ``currency``: of all amounts."""

    question: str
    title: Sentence
    source: str
    seed: int | None
    runs: int | None
    words: tuple[Sentence, ...]
    figures: tuple[Figure, ...]
    table: Table
    currency: str = "DKK"
