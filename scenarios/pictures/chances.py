"""Chances: a bar for each proposal and plan, as long as its share of the runs, with the interval of its uncertainty."""

from __future__ import annotations

from borgerbudget.words import Language
from scenarios.figures import Axis, Chances
from scenarios.numbers import percent
from scenarios.pictures import words
from scenarios.pictures.ink import BLACK, WHITE, series
from scenarios.pictures.sheet import RIGHT, SMALL, Sheet
from scenarios.sentence import Sentence

HEIGHT = 8.0
NUMBERS = 44.0
"""Points kept free for the numbers on the right."""
SHARE = Axis(Sentence(words.OF_RUNS.da, words.OF_RUNS.en), "share")


def draw(sheet: Sheet, figure: Chances) -> None:
    language = sheet.language
    several = len(figure.plans) > 1
    if several:
        sheet.key([(series(i), plan) for i, plan in enumerate(figure.plans)])
    sheet.key([("-", words.SURE_TO.say(language))])
    with sheet.scale(0.0, 1.0, SHARE, RIGHT - NUMBERS) as place:
        for chance in figure.chances:
            sheet.name(chance.proposal.id + " " + chance.proposal.title, now(chance.now, language))
            for i, share in enumerate(chance.shares):
                if share is not None:
                    sheet.box(place(0.0), place(share.share), HEIGHT, series(i))
                    middle = sheet.y + HEIGHT / 2
                    _whisker(sheet, place(share.low), place(share.high), middle)
                sheet.y += HEIGHT / 2
                sheet.write(RIGHT, "–" if share is None else percent(share.share, language), size=SMALL, side="right")
                sheet.y += HEIGHT / 2 + 2.5
            sheet.y += 2


def _whisker(sheet: Sheet, low: float, high: float, y: float) -> None:
    """White under black, so that it is seen on a dark bar and beside it."""
    for colour, thick in ((WHITE, 2.6), (BLACK, 1.1)):
        sheet.stroke([low, high], [y, y], colour, thick)
        for end in (low, high):
            sheet.stroke([end, end], [y - 2.5, y + 2.5], colour, thick)


def now(funded: bool | None, language: Language) -> str:
    """Whether the proposal is funded in the count itself."""
    if funded is None:
        return ""
    return (words.FUNDED_NOW if funded else words.NOT_NOW).say(language)
