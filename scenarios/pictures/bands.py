"""Bands: for each proposal, where along a parameter it is funded; the value as it is, is a line through all of them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from borgerbudget.words import Language
from scenarios.figures import Band, Bands
from scenarios.numbers import bare, written
from scenarios.pictures import words
from scenarios.pictures.ink import BLACK, GREY, LOTS, SOLID, WHITE, Fill
from scenarios.pictures.sheet import SMALL, Sheet, Style

HEIGHT = 9.0
WIDEST, SHORT = 6.0, 2.0
MOST_BOXES = 40
"""Samples that are boxes; more are strokes, a short one where a proposal is not funded."""
TICK = Fill(GREY, "", "o")
EMPTY = Fill(WHITE, "", "o")


def draw(sheet: Sheet, figure: Bands) -> None:
    language, dense = sheet.language, len(figure.samples) > MOST_BOXES
    told: list[tuple[Fill | Style, str]] = [
        (SOLID, words.FUNDED.say(language)),
        (EMPTY, words.NOT_FUNDED.say(language)),
    ]
    if any(band.lots for band in figure.bands):
        told.append((LOTS, words.LOTS.say(language)))
    if figure.base is not None:
        value = written(figure.base, figure.axis.kind, language, figure.axis.currency)
        told.append(("-", words.AS_IT_IS.say(language, value=value)))
    sheet.key(told)
    if figure.samples:
        text = words.COUNTED_CLOSELY if dense else words.COUNTED
        sheet.paragraph(text.say(language, count=len(figure.samples)), SMALL)
    with sheet.scale(figure.low, figure.high, figure.axis) as place:
        width = _width(figure, place)
        for band in figure.bands:
            sheet.name(band.proposal.id + " " + band.proposal.title, summary(figure, band, language))
            for low, high in _proven(figure):
                sheet.box(place(low), place(high), HEIGHT, EMPTY)
                for ranges, fill in ((band.funded, SOLID), (band.lots, LOTS)):
                    for left, right in ((max(r.low, low), min(r.high, high)) for r in ranges):
                        if left <= right:
                            # what is narrower than a line can be would not be seen
                            sheet.box(place(left), max(place(right), place(left) + 0.8), HEIGHT, fill)
            for sample in figure.samples:
                _draw_sample(sheet, place(sample), width, _at(band, sample), dense)
            if figure.base is not None:
                x, ends = place(figure.base), [sheet.y - 1, sheet.y + HEIGHT + 3]
                sheet.stroke([x, x], ends, WHITE, 3.0)
                sheet.stroke([x, x], ends, BLACK, 1.4)
            sheet.y += HEIGHT + 3


def _draw_sample(sheet: Sheet, x: float, width: float, fill: Fill, dense: bool) -> None:
    left, right = x - width / 2, x + width / 2
    if not dense:
        sheet.box(left, right, HEIGHT, fill)
    elif fill is EMPTY:
        sheet.box(left, right, SHORT, TICK, HEIGHT - SHORT, 0)
    else:
        sheet.box(left, right, HEIGHT, fill, 0, 0)


def _proven(figure: Bands) -> list[tuple[int, int]]:
    """The parts of the axis that are certified: what lies on either side of the samples, or all."""
    if not figure.samples:
        return [(figure.low, figure.high)]
    sides = [(figure.low, figure.samples[0]), (figure.samples[-1], figure.high)]
    return [(low, high) for low, high in sides if low < high]


def _width(figure: Bands, place: Callable[[float], float]) -> float:
    """Of one sample: between it and the next is white paper, for nothing is known there."""
    gaps = [place(after) - place(before) for before, after in pairwise(figure.samples)]
    return max(0.5, min([WIDEST, *(0.6 * gap for gap in gaps)]))


def _at(band: Band, value: int) -> Fill:
    """What holds at a value that was counted."""
    for ranges, fill in ((band.funded, SOLID), (band.lots, LOTS)):
        if any(r.low <= value <= r.high for r in ranges):
            return fill
    return EMPTY


def summary(figure: Bands, band: Band, language: Language) -> str:
    """The band in two or three words: always, never, from 112,300, up to ..., between ..., in 3 pieces, at 4 of 11."""
    if figure.samples and not _proven(figure):
        count = sum(_at(band, value) is SOLID for value in figure.samples)
        return words.AT_SOME.say(language, count=count, all=len(figure.samples))
    if not band.funded:
        return (words.NEVER_SURE if band.lots else words.NEVER).say(language)
    if len(band.funded) > 1:
        return words.SEVERAL.say(language, count=len(band.funded))
    low, high = band.funded[0].low, band.funded[0].high
    values = {"low": bare(low, figure.axis.kind, language), "high": bare(high, figure.axis.kind, language)}
    if low <= figure.low:
        return (words.ALWAYS if high >= figure.high else words.UP_TO).say(language, **values)
    return (words.FROM if high >= figure.high else words.BETWEEN).say(language, **values)
