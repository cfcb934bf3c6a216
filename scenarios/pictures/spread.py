"""Spread: for each plan the middle run, the half of the runs around it, and nine in ten of them."""

from __future__ import annotations

from scenarios.figures import Spread
from scenarios.numbers import written
from scenarios.pictures import words
from scenarios.pictures.ink import KEPT, SOLID
from scenarios.pictures.sheet import Sheet

HEIGHT = 11.0


def draw(sheet: Sheet, figure: Spread) -> None:
    language, axis = sheet.language, figure.axis
    values = [value for row in figure.rows for value in row.quantiles]
    low = min(values) if figure.low is None else figure.low
    high = max(values) if figure.high is None else figure.high
    if any(row.quantiles[0] < row.quantiles[-1] for row in figure.rows):
        sheet.key([(SOLID, words.MEDIAN.say(language))], marks=True)
        sheet.key([(KEPT, words.HALF.say(language)), ("-", words.NINE_TENTHS.say(language))])
    with sheet.scale(low, high, axis) as place:
        for row in figure.rows:
            least, quarter, middle, three_quarters, most = row.quantiles
            sheet.name(row.name, written(middle, axis.kind, language, axis.currency))
            y = sheet.y + HEIGHT / 2
            sheet.stroke([place(least), place(most)], [y, y], thick=1.4)
            if least < most:
                sheet.box(place(quarter), place(three_quarters), HEIGHT, KEPT)
            sheet.dot(place(middle), y, SOLID, size=8.0)
            sheet.y += HEIGHT + 5
