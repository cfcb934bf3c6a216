"""A grid: a field for each proposal and plan, dark with the money in it where the plan funds the proposal."""

from __future__ import annotations

from scenarios.figures import Grid
from scenarios.numbers import bare
from scenarios.pictures import words
from scenarios.pictures.ink import BLACK, GREY, LOTS, SOLID, WHITE, Fill, width
from scenarios.pictures.sheet import FAR, LEFT, RIGHT, SMALL, Sheet, Style

HEIGHT, GAP = 13.0, 3.0
EMPTY = Fill(WHITE, "", "o")


def letter(place: int) -> str:
    """A, B, ... Z, then 27, 28, ..."""
    return chr(ord("A") + place) if place < 26 else str(place + 1)


def draw(sheet: Sheet, figure: Grid) -> None:
    language = sheet.language
    wide = (RIGHT - LEFT + GAP) / max(1, len(figure.plans))
    lefts = [LEFT + wide * place for place in range(len(figure.plans))]
    told: list[tuple[Fill | Style, str]] = [
        (SOLID, words.FUNDED.say(language)),
        (EMPTY, words.NOT_FUNDED.say(language)),
    ]
    if any(None in row.amounts for row in figure.rows):
        told.append((LOTS, words.LOTS.say(language)))
    sheet.key(told)
    for place, plan in enumerate(figure.plans):
        sheet.paragraph(f"{letter(place)}: {plan}", SMALL)
    top = sheet.y
    _line(sheet, lefts, wide, [letter(place) for place in range(len(figure.plans))])
    for row in figure.rows:
        sheet.name(row.proposal.id + " " + row.proposal.title)
        for left, amount in zip(lefts, row.amounts, strict=True):
            fill = LOTS if amount is None else SOLID if amount else EMPTY
            sheet.box(left, left + wide - GAP, HEIGHT, fill)
        sheet.y += HEIGHT / 2
        for left, amount in zip(lefts, row.amounts, strict=True):
            if amount:
                _centred(sheet, left, wide, bare(amount, "amount", language), WHITE)
        sheet.y += HEIGHT / 2 + 3
    if sheet.y - top > FAR:
        _line(sheet, lefts, wide, [letter(place) for place in range(len(figure.plans))])
    sheet.name(
        words.SPENT.say(
            language, currency=figure.currency.replace("DKK", "kr.") if language == "da" else figure.currency
        ),
        bold=True,
    )
    spent = [sum(row.amounts[place] or 0 for row in figure.rows) for place in range(len(figure.plans))]
    _line(sheet, lefts, wide, [bare(amount, "amount", language) for amount in spent], BLACK)


def _line(sheet: Sheet, lefts: list[float], wide: float, texts: list[str], colour: str = GREY) -> None:
    """A text over each column's middle."""
    sheet.y += 7
    for left, text in zip(lefts, texts, strict=True):
        _centred(sheet, left, wide, text, colour)
    sheet.y += 7


def _centred(sheet: Sheet, left: float, wide: float, text: str, colour: str) -> None:
    """Left out where it has no room: a number cut short would be another number."""
    if width(text, SMALL) <= wide - GAP:
        sheet.write(left + (wide - GAP) / 2, text, size=SMALL, side="center", colour=colour)
