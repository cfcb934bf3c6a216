"""Bands: for each proposal, where along a parameter it is funded; the value as it is, is a line through all of them."""

from __future__ import annotations

from collections.abc import Iterable

from borgerbudget.words import Language
from scenarios.figures import Band, Bands, Range
from scenarios.numbers import bare, written
from scenarios.pictures import words
from scenarios.pictures.ink import BLACK, LOTS, SOLID, WHITE, Fill
from scenarios.pictures.sheet import SMALL, Sheet, Style

HEIGHT = 9.0
EMPTY = Fill(WHITE, "", "o")


def draw(sheet: Sheet, figure: Bands) -> None:
    language = sheet.language
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
        sheet.paragraph(words.COUNTED.say(language, count=len(figure.samples)), SMALL)
    with sheet.scale(figure.low, figure.high, figure.axis) as place:
        for band in figure.bands:
            sheet.name(band.proposal.id + " " + band.proposal.title, summary(figure, band, language))
            sheet.box(place(figure.low), place(figure.high), HEIGHT, EMPTY)
            for ranges, fill in ((band.funded, SOLID), (band.lots, LOTS)):
                for left, right in _drawn(figure, ranges):
                    # what is narrower than a line can be would not be seen
                    sheet.box(place(left), max(place(right), place(left) + 0.8), HEIGHT, fill)
            for counted in figure.samples:
                sheet.stroke([place(counted)] * 2, [sheet.y + HEIGHT, sheet.y + HEIGHT + 2.5])
            if figure.base is not None:
                x, ends = place(figure.base), [sheet.y - 1, sheet.y + HEIGHT + 3]
                sheet.stroke([x, x], ends, WHITE, 3.0)
                sheet.stroke([x, x], ends, BLACK, 1.4)
            sheet.y += HEIGHT + 3


def _drawn(figure: Bands, ranges: Iterable[Range]) -> Iterable[tuple[float, float]]:
    """A certified range as long as it is; of a sampled one, half of the way to the counted values beside it."""
    if not figure.samples:
        return [(r.low, r.high) for r in ranges]
    before = dict(zip(figure.samples[1:], figure.samples, strict=False))
    after = dict(zip(figure.samples, figure.samples[1:], strict=False))
    return [((r.low + before.get(r.low, r.low)) / 2, (r.high + after.get(r.high, r.high)) / 2) for r in ranges]


def summary(figure: Bands, band: Band, language: Language) -> str:
    """The band in two or three words: always, never, from 112,300, up to ..., between ..., in 3 pieces."""
    if not band.funded:
        return (words.NEVER_SURE if band.lots else words.NEVER).say(language)
    if len(band.funded) > 1:
        return words.SEVERAL.say(language, count=len(band.funded))
    low, high = band.funded[0].low, band.funded[0].high
    values = {"low": bare(low, figure.axis.kind, language), "high": bare(high, figure.axis.kind, language)}
    if low <= figure.low:
        return (words.ALWAYS if high >= figure.high else words.UP_TO).say(language, **values)
    return (words.FROM if high >= figure.high else words.BETWEEN).say(language, **values)
