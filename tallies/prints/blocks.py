"""A printed page as values: a few kinds of blocks that the PDF and the HTML both know.

Texts are in one language already.  A document says nothing of the clock: its bytes follow from the round alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from borgerbudget.words import Language

Size = Literal["huge", "poster", "large", "normal", "small"]


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 0 is a poster's title, 1 a page's own, 2 a section's, 3 within one."""

    text: str
    level: Literal[0, 1, 2, 3] = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    size: Size = "normal"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Lines that must not be overlooked, in a box with a thick edge; the first is bold."""

    lines: tuple[str, ...]
    size: Size = "large"


@dataclass(frozen=True, slots=True)
class Choice:
    """A row of a ballot: the box in which the voter writes, number, title, amount, and a sentence or two about it."""

    number: str
    title: str
    amount: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """``mark``: what stands over the boxes; ``wide``: a number is written there, not a cross."""

    rows: tuple[Choice, ...]
    mark: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """``widths``: of the columns, in parts of the whole; ``right``: columns of numbers; ``tall``: in millimetres, rows that are
    filled in by hand; ``strong``: the last row is a sum; ``named``: the column that says what a row is about."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    right: frozenset[int] = frozenset()
    tall: int = 0
    strong: bool = False
    size: Size = "normal"
    named: int | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A code in large letters, grouped, so that nobody misreads it."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Address:
    """Where the window of an envelope is."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """A line to sign on for each of these."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    pass


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stay on one page."""

    blocks: tuple[Block, ...]


Block = Heading | Paragraph | Frame | Choices | Table | Code | Address | Signatures | NewPage | Together


@dataclass(frozen=True, slots=True)
class Document:
    """``foot``: small, on every page, beside the page's number; ``day``: YYYY-MM-DD, what the file says of its age, None where
    nothing tells; ``restart``: pages are counted anew after each ``NewPage``."""

    title: str
    language: Language
    blocks: tuple[Block, ...]
    foot: str
    day: str | None
    restart: bool = False

    def texts(self) -> Sequence[str]:
        """Every text that is printed."""
        return [self.title, self.foot, *_texts(self.blocks)]


def _texts(blocks: Sequence[Block]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                found.append(block.text)
            case Frame() | Address():
                found += block.lines
            case Choices():
                found.append(block.mark)
                found += [text for row in block.rows for text in (row.number, row.title, row.amount, row.about)]
            case Table():
                found += [*block.head, *(cell for row in block.rows for cell in row)]
            case Code():
                found += [block.text, block.label]
            case Signatures():
                found += block.labels
            case Together():
                found += _texts(block.blocks)
            case NewPage():
                pass
    return found
