"""From a figure to a picture: SVG for pages and print, PNG for everything else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from borgerbudget.words import Language
from scenarios.figures import Bands, Chances, Curve, Figure, Grid, Moves, Spread
from scenarios.numbers import bare
from scenarios.pictures import bands, chances, curve, grid, moves, spread, words
from scenarios.pictures.ink import GREY
from scenarios.pictures.sheet import LEFT, SMALL, TITLE, Sheet, settings

DRAWERS: dict[type[Any], Callable[[Sheet, Any], None]] = {
    Bands: bands.draw,
    Chances: chances.draw,
    Curve: curve.draw,
    Grid: grid.draw,
    Moves: moves.draw,
    Spread: spread.draw,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """One figure in one language, as files' bytes."""

    svg: bytes
    png: bytes


def draw(figure: Figure, language: Language, seed: int | None, runs: int | None) -> Picture:
    """The picture of ``figure``, marked as a simulation with its seed and its runs."""
    return Picture(drawn(figure, language, seed, runs, "svg"), drawn(figure, language, seed, runs, "png"))


def drawn(figure: Figure, language: Language, seed: int | None, runs: int | None, form: Literal["svg", "png"]) -> bytes:
    """One of the two."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # that it gathers fonts is nothing to a clerk
    mark = watermark(language, seed, runs)
    with settings():
        sheet = Sheet(language)
        sheet.y += SMALL / 2
        sheet.write(LEFT, words.MARK.say(language), size=SMALL, bold=True)
        sheet.y += SMALL
        sheet.paragraph(figure.title.say(language), TITLE, bold=True)
        sheet.y += 4
        DRAWERS[type(figure)](sheet, figure)
        sheet.y += 8
        sheet.paragraph(mark, SMALL, colour=GREY)
        return sheet.saved(form, figure.title.say(language), mark)


def watermark(language: Language, seed: int | None, runs: int | None) -> str:
    """What every picture and page says about itself."""
    told = [f"{words.MARK.say(language)}: {words.NO_RESULT.say(language)}"]
    if runs is not None:
        told.append(words.RUNS.say(language, runs=bare(runs, "integer", language)))
    if seed is not None:
        told.append(words.SEED.say(language, seed=seed))
    return " · ".join(told)
