"""A curve: a share along a number, plan by plan, with the intervals of its uncertainty and the goal one wants to reach."""

from __future__ import annotations

from math import log

from scenarios.figures import Axis, Curve
from scenarios.numbers import bare, percent
from scenarios.pictures import words
from scenarios.pictures.ink import BLACK, GREY, PALE, Fill, series, width
from scenarios.pictures.sheet import LEFT, RIGHT, SMALL, Sheet, Style

HEIGHT, NUMBERS = 190.0, 38.0
STYLES: tuple[Style, ...] = ("-", "--", "-.")
WIDE = 8
"""From this many times the least x, steps that double are as long as each other."""


def draw(sheet: Sheet, figure: Curve) -> None:
    language = sheet.language
    if len(figure.lines) > 1:
        sheet.key([(series(i), line.name) for i, line in enumerate(figure.lines)], marks=True)
    told: list[tuple[Fill | Style, str]] = [("-", words.SURE_TO.say(language))]
    if figure.goal is not None:
        told.append((":", words.GOAL.say(language, share=percent(figure.goal, language))))
    sheet.key(told)
    sheet.paragraph(figure.along.say(language), SMALL, colour=GREY)
    sheet.y += 8
    top, left, right = sheet.y, LEFT + NUMBERS, RIGHT - 8
    for fifth in range(6):
        y = top + HEIGHT * (1 - fifth / 5)
        sheet.stroke([left, RIGHT], [y, y], PALE)
        sheet.y = y
        sheet.write(left - 5, percent(fifth / 5, language), size=SMALL, side="right", colour=GREY)
    xs = sorted({point.x for line in figure.lines for point in line.points})
    place = _across(xs, left + 8, right)

    def height(share: float) -> float:
        return top + HEIGHT * (1 - share)

    if figure.goal is not None:
        sheet.stroke([left, RIGHT], [height(figure.goal)] * 2, BLACK, 1.8, ":")
    for i, line in enumerate(figure.lines):
        fill = series(i)
        style = STYLES[i % len(STYLES)]
        sheet.stroke([place[p.x] for p in line.points], [height(p.share.share) for p in line.points], BLACK, 1.1, style)
        for point in line.points:
            x = place[point.x]
            sheet.stroke([x, x], [height(point.share.low), height(point.share.high)], GREY)
            sheet.dot(x, height(point.share.share), fill)
    sheet.y = top + HEIGHT + 10
    _ticks(sheet, xs, place, figure.across)
    sheet.y += 8
    sheet.paragraph(figure.across.title.say(language), SMALL, colour=GREY)


def _across(xs: list[int], left: float, right: float) -> dict[int, float]:
    """Where each x stands: evenly, or by its logarithm where the last is many times the first."""
    if len(xs) < 2:
        return dict.fromkeys(xs, (left + right) / 2)
    wide = xs[0] > 0 and xs[-1] >= WIDE * xs[0]
    low, high = (log(xs[0]), log(xs[-1])) if wide else (float(xs[0]), float(xs[-1]))
    return {x: left + (right - left) * ((log(x) if wide else x) - low) / (high - low) for x in xs}


def _ticks(sheet: Sheet, xs: list[int], place: dict[int, float], axis: Axis) -> None:
    """The numbers of the points, those left out for which there is no room."""
    free = 0.0
    for x in xs:
        text = bare(x, axis.kind, sheet.language)
        half = width(text, SMALL) / 2
        if place[x] - half >= free:
            sheet.write(place[x], text, size=SMALL, side="center", colour=GREY)
            free = place[x] + half + 6
