"""A table's cells as a person reads them; the files beside the page keep the numbers as numbers."""

from __future__ import annotations

from borgerbudget.words import Language
from scenarios.answer import Cell, Column
from scenarios.numbers import bare
from scenarios.page import words

RIGHT = ("integer", "amount", "number")
"""Kinds that are set flush right, digit under digit."""


def shown(cell: Cell, column: Column, language: Language) -> str:
    """Amounts in whole currency units without the currency, numbers with three digits, yes and no."""
    if cell is None:
        return words.UNSAID.say(language)
    if isinstance(cell, bool):
        return (words.YES if cell else words.NO).say(language)
    if isinstance(cell, str):
        return column.said[cell].say(language) if cell in column.said else cell
    if column.kind == "amount":
        return bare(cell, "amount", language)
    return bare(cell, "integer" if isinstance(cell, int) else "number", language)
