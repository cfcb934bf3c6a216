"""Ink: the letters and the fills that all pictures share.

The letters are those that come with matplotlib, by file, and are drawn as paths: no machine's own fonts have a say.  Fills
differ in lightness and in hatching, so that meaning never hangs on the colour: they can be told apart in black and white
print and by colour-blind eyes (the hues are those of Okabe and Ito, Color Universal Design, 2008).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

BLACK, GREY, PALE, WHITE = "#1b1b1b", "#5c5c5c", "#d9d9d9", "#ffffff"
BLUE, ORANGE, SKY, VERMILION = "#00508c", "#e69f00", "#a6d8f5", "#b34700"
"""On white, grey and every darker ink have a contrast of at least 4.5 to 1 (WCAG 2.1, 1.4.3)."""


@dataclass(frozen=True, slots=True)
class Fill:
    """How an area is filled; ``hatch`` in matplotlib's signs; ``mark``: the sign of a line's points."""

    colour: str
    hatch: str
    mark: str


SOLID = Fill(BLUE, "", "o")
LOTS = Fill(ORANGE, "////", "s")
GONE = Fill(WHITE, "////", "s")
KEPT = Fill(SKY, "", "o")

SERIES = (
    Fill(BLUE, "", "o"),
    Fill(ORANGE, "", "s"),
    Fill(WHITE, "////", "^"),
    Fill(SKY, "....", "D"),
    Fill(VERMILION, "\\\\\\\\", "v"),
    Fill(PALE, "xxxx", "P"),
)
"""For plans side by side, in order; from the seventh on they begin again, and the order tells."""


def series(place: int) -> Fill:
    return SERIES[place % len(SERIES)]


@cache
def letters(bold: bool, size: float) -> FontProperties:
    """A font of that size in points."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=_file(bold), size=size)


def _file(bold: bool) -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")


@cache
def _glyphs() -> frozenset[int]:
    """What both fonts can show, so that a text is the same in either."""
    from matplotlib.font_manager import get_font

    both = [set(get_font(_file(bold)).get_charmap()) for bold in (False, True)]
    return frozenset(both[0] & both[1])


def printable(text: str) -> str:
    """``text`` on one line: what turns or hides letters is gone, and what the font lacks is a box."""
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join("".join(c if ord(c) in _glyphs() else "\N{WHITE SQUARE}" for c in kept).split())


@lru_cache(4096)
def width(text: str, size: float, bold: bool = False) -> float:
    """In points."""
    from matplotlib.textpath import text_to_path

    return float(text_to_path.get_text_width_height_descent(text, letters(bold, size), False)[0])


def fitted(text: str, room: float, size: float, bold: bool = False) -> str:
    """As much of a printable ``text`` as ``room`` points hold, with an ellipsis where something is left out."""
    if width(text, size, bold) <= room:
        return text
    short, long = 0, len(text)
    while short < long:  # the longest beginning that fits
        middle = (short + long + 1) // 2
        if width(text[:middle].rstrip() + "…", size, bold) <= room:
            short = middle
        else:
            long = middle - 1
    return text[:short].rstrip() + "…"


def lines(text: str, room: float, size: float, bold: bool = False, most: int = 4) -> list[str]:
    """A printable ``text`` broken between words into lines that fit; the last of ``most`` lines ends in an ellipsis."""
    found: list[str] = []
    words = text.split()
    while words and len(found) < most - 1:
        taken = len(words)
        while taken > 1 and width(" ".join(words[:taken]), size, bold) > room:
            taken -= 1
        found.append(fitted(" ".join(words[:taken]), room, size, bold))
        words = words[taken:]
    return [*found, fitted(" ".join(words), room, size, bold)] if words else found
