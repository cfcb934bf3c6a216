"""Pictures in words: how a picture is read, and what it shows to those who do not see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from borgerbudget.money import format_amount
from borgerbudget.words import Language
from scenarios.figures import Bands, Chances, Curve, Figure, Grid, Moves, Spread
from scenarios.numbers import bare, percent, written
from scenarios.page import words
from scenarios.pictures.bands import summary
from scenarios.pictures.moves import group
from scenarios.pictures.words import NEVER

MOST_NAMED = 12
"""Rows a description names; the table beside the picture has them all."""


def reading(figure: Figure, language: Language) -> str:
    """How the picture is read, and how sure it is."""
    match figure:
        case Bands():
            told = [words.BANDS.say(language)]
            if figure.base is not None:
                told.append(words.BANDS_BASE.say(language))
            if any(band.lots for band in figure.bands):
                told.append(words.BANDS_LOTS.say(language))
            axis = figure.axis
            low, high = (written(end, axis.kind, language, axis.currency) for end in (figure.low, figure.high))
            sure = words.SAMPLED if figure.samples else words.CERTIFIED
            each = words.EACH_AMOUNT if axis.kind == "amount" else words.EACH_NUMBER
            told.append(sure.say(language, count=len(figure.samples), each=each, low=low, high=high))
            return " ".join(told)
        case Curve():
            return " ".join(t.say(language) for t in (words.CURVE, words.CURVE_GOAL)[: 1 + (figure.goal is not None)])
        case Grid():
            any_lots = any(None in row.amounts for row in figure.rows)
            return " ".join(text.say(language) for text in (words.GRID, words.GRID_LOTS)[: 1 + any_lots])
        case Chances():
            return words.CHANCES.say(language)
        case Spread():
            return words.SPREAD.say(language)
        case Moves():
            return words.MOVES.say(language)


def described(figure: Figure, language: Language) -> str:
    """What the picture shows, row by row."""
    rows = list(ROWS[type(figure)](figure, language))
    told = [words.SHOWS.say(language, title=figure.title.say(language))]
    told += [words.FOR_EACH.say(language, name=name, value=value) for name, value in rows[:MOST_NAMED]]
    if len(rows) > MOST_NAMED:
        told.append(words.THE_REST.say(language, count=len(rows) - MOST_NAMED))
    return ". ".join(line.rstrip(".") for line in told) + "."


Rows = Iterator[tuple[str, str]]


def _bands(figure: Bands, language: Language) -> Rows:
    for band in figure.bands:
        yield band.proposal.title or band.proposal.id, summary(figure, band, language)


def _chances(figure: Chances, language: Language) -> Rows:
    for chance in figure.chances:
        shares = ("–" if share is None else percent(share.share, language) for share in chance.shares)
        named = zip(figure.plans, shares, strict=True)
        several = len(figure.plans) > 1
        yield (
            chance.proposal.title or chance.proposal.id,
            ", ".join(f"{plan} {share}" if several else share for plan, share in named),
        )


def _spread(figure: Spread, language: Language) -> Rows:
    for row in figure.rows:
        yield row.name, written(row.quantiles[2], figure.axis.kind, language, figure.axis.currency)


def _moves(figure: Moves, language: Language) -> Rows:
    for move in figure.moves:
        before, after = (format_amount(a, figure.currency, language) for a in (move.before, move.after))
        amounts = before if move.before == move.after else f"{before} → {after}"
        name = move.proposal.title or move.proposal.id
        yield name, f"{group(move).say(language).lower()}" + (f", {amounts}" if move.before or move.after else "")


def _curve(figure: Curve, language: Language) -> Rows:
    kind = figure.across.kind
    for line in figure.lines:
        if line.points:
            first, last = line.points[0], line.points[-1]
            yield (
                line.name,
                words.FROM_TO.say(
                    language,
                    first=percent(first.share.share, language),
                    low=bare(first.x, kind, language),
                    last=percent(last.share.share, language),
                    high=bare(last.x, kind, language),
                ),
            )


def _grid(figure: Grid, language: Language) -> Rows:
    for row in figure.rows:
        given = [plan for plan, amount in zip(figure.plans, row.amounts, strict=True) if amount]
        yield row.proposal.title or row.proposal.id, ", ".join(given) or NEVER.say(language)


ROWS: dict[type[Any], Callable[[Any, Language], Rows]] = {
    Bands: _bands,
    Chances: _chances,
    Curve: _curve,
    Grid: _grid,
    Moves: _moves,
    Spread: _spread,
}
