"""Moves: who comes in, who falls out, who gets more or less, who stays, with a bar as long as the money."""

from __future__ import annotations

from borgerbudget.money import format_amount
from borgerbudget.words import Text
from scenarios.figures import Axis, Move, Moves
from scenarios.pictures import words
from scenarios.pictures.ink import GONE, KEPT, SOLID, Fill
from scenarios.pictures.sheet import RIGHT, SMALL, Sheet
from scenarios.sentence import Sentence

HEIGHT = 9.0


def group(move: Move) -> Text:
    """Which of the six groups a proposal is in."""
    if move.before == move.after:
        return words.STAYS if move.after else words.STAYS_OUT
    if not move.before:
        return words.COMES_IN
    if not move.after:
        return words.FALLS_OUT
    return words.GETS_MORE if move.after > move.before else words.GETS_LESS


FILLS: dict[Text, Fill] = {
    words.COMES_IN: SOLID,
    words.FALLS_OUT: GONE,
    words.GETS_MORE: SOLID,
    words.GETS_LESS: GONE,
    words.STAYS: KEPT,
    words.STAYS_OUT: KEPT,
}
"""The groups in the order they are drawn; where an amount changes, the fill is that of the difference."""


def draw(sheet: Sheet, figure: Moves) -> None:
    language = sheet.language
    sheet.paragraph(f"{figure.before.say(language)} · {figure.after.say(language)}", SMALL)
    most = max((max(m.before, m.after) for m in figure.moves), default=0)
    money = Sentence(f"beløb i {figure.currency.replace('DKK', 'kr.')}", f"amount in {figure.currency}")
    with sheet.scale(0, max(most, 1), Axis(money, "amount", figure.currency), RIGHT - 6) as place:
        for heading, fill in FILLS.items():
            moves = [m for m in figure.moves if group(m) is heading]
            if moves:
                sheet.y += 4
                sheet.name(f"{heading.say(language)} ({len(moves)})", bold=True)
            for move in moves:
                before, after = (
                    format_amount(a, figure.currency, language) if a else "" for a in (move.before, move.after)
                )
                changed = move.before and move.after and move.before != move.after
                beside = f"{before} → {after}" if changed else after or before
                sheet.name(move.proposal.id + " " + move.proposal.title, beside)
                less, more = sorted((move.before, move.after))
                if more:
                    sheet.box(place(0), place(less), HEIGHT, KEPT)
                    if more > less:
                        sheet.box(place(less), place(more), HEIGHT, fill)
                    sheet.y += HEIGHT + 3
