"""A document as plain text: the same blocks as the PDF and the HTML, for a screen, a letter or a post."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from tallies.prints.blocks import Block, Document, Frame, Heading, Paragraph, Table, Together
from tallies.report import table

WIDTH = 96
WIDEST = 72
"""Of a cell: what is longer ends in dots."""
RULES = {0: "=", 1: "=", 2: "-"}


def text_bytes(document: Document) -> bytes:
    """The whole file, in UTF-8.  Of blocks that are filled in by hand there is no text: ValueError."""
    lines = [line for block in document.blocks for line in _lines(block)]
    text = "\n".join([*lines, "", *document.foot.split("\n")]).replace("\u00a0", " ")
    return (text.lstrip("\n") + "\n").encode()


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield from ("", block.text)
            yield from [RULES[block.level] * len(block.text)] if block.level in RULES else []
        case Paragraph():
            yield from textwrap.wrap(block.text, WIDTH) or [""]
        case Frame():
            yield from ["", *_framed(block.lines), ""]
        case Table():
            left = tuple(column for column in range(len(block.head)) if column not in block.right)
            yield from table([block.head, *block.rows], left, WIDEST)
        case Together():
            for one in block.blocks:
                yield from _lines(one)
        case _:
            raise ValueError(f"{type(block).__name__} is not said in plain text")


def _framed(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield from textwrap.wrap(line, WIDTH, initial_indent="  | ", subsequent_indent="  | ")
