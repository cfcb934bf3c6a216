"""A sheet: one column, as wide as a telephone shows it, that grows downwards; everything is placed in points.

Names stand above what they name and not beside it, so a long title has the whole width; a picture of sixty proposals is
high and never crowded.  The sheet begins with the mark of a simulation and the title and ends with the mark again.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from matplotlib import rc_context
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from borgerbudget.words import Language
from scenarios.figures import Axis
from scenarios.numbers import bare, ticks
from scenarios.pictures.ink import BLACK, GREY, PALE, WHITE, Fill, fitted, letters, lines, printable, width

WIDTH, MARGIN = 360.0, 12.0
LEFT, RIGHT = MARGIN, WIDTH - MARGIN
TITLE, NAME, SMALL = 12.0, 10.0, 9.0
"""Sizes of letters in points: 9 are still read on a telephone, where the sheet is two thirds as wide."""
DOTS_PER_INCH = 200
MOST_DOTS = 60_000
"""The highest picture that can be painted; one of thousands of rows becomes coarser."""
POINTS_PER_INCH = 72

Side = Literal["left", "center", "right"]
Style = Literal["-", "--", "-.", ":"]


FAR = 300
"""Points below which an axis is repeated under its rows."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A number at ``x``, and from where to where it is written."""

    x: float
    text: str
    left: float
    right: float


class Sheet:
    """``y`` is how far down the sheet is written."""

    def __init__(self, language: Language) -> None:
        self.language, self.y = language, MARGIN
        self._drawing = Drawing(facecolor=WHITE)
        self._axes = self._drawing.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()

    def write(
        self, x: float, text: str, *, size: float = NAME, bold: bool = False, side: Side = "left", colour: str = BLACK
    ) -> None:
        """A line of a printable text, with ``y`` its middle."""
        self._axes.text(
            x,
            self.y,
            text,
            fontproperties=letters(bold, size),
            ha=side,
            va="center_baseline",
            color=colour,
            parse_math=False,
        )

    def paragraph(self, text: str, size: float, bold: bool = False, colour: str = BLACK) -> None:
        """Broken into lines over the whole width."""
        for line in lines(printable(text), RIGHT - LEFT, size, bold):
            self.y += 0.7 * size
            self.write(LEFT, line, size=size, bold=bold, colour=colour)
            self.y += 0.7 * size

    def name(self, text: str, beside: str = "", bold: bool = False) -> None:
        """A line with a name on the left, which gives way, and a few words on the right, which do not."""
        self.y += 7
        taken = width(printable(beside), SMALL) + 8 if beside else 0
        self.write(LEFT, fitted(printable(text), RIGHT - LEFT - taken, NAME, bold), bold=bold)
        if beside:
            self.write(RIGHT, printable(beside), size=SMALL, side="right")
        self.y += 8

    def box(self, left: float, right: float, height: float, fill: Fill, above: float = 0.0, edge: float = 0.6) -> None:
        """From ``left`` to ``right``, ``above`` points below ``y``."""
        self._axes.add_patch(
            Rectangle(
                (left, self.y + above),
                right - left,
                height,
                facecolor=fill.colour,
                edgecolor=BLACK,
                linewidth=edge,
                hatch=fill.hatch or None,
            )
        )

    def stroke(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        colour: str = BLACK,
        thick: float = 0.8,
        style: Style = "-",
    ) -> None:
        """A line through points of the sheet; it does not move ``y``."""
        self._axes.add_line(
            Line2D(xs, ys, color=colour, linewidth=thick, linestyle=style, solid_capstyle="butt", zorder=3)
        )

    def dot(self, x: float, y: float, fill: Fill, size: float = 6.0) -> None:
        """The mark of a line's point."""
        self._axes.add_line(
            Line2D(
                [x],
                [y],
                linestyle="",
                marker=fill.mark,
                markersize=size,
                markerfacecolor=fill.colour,
                markeredgecolor=BLACK,
                markeredgewidth=0.8,
                zorder=4,
            )
        )

    def key(self, entries: Sequence[tuple[Fill | Style, str]], marks: bool = False) -> None:
        """What the fills (``marks``: the signs) and the lines mean, as many on a line as fit."""
        x = LEFT
        self.y += 9
        for fill, text in entries:
            shown = fitted(printable(text), RIGHT - LEFT - 22, SMALL)
            long = 22 + width(shown, SMALL)
            if x > LEFT and x + long > RIGHT:
                x = LEFT
                self.y += 14
            if isinstance(fill, str):
                self.stroke([x, x + 16], [self.y, self.y], thick=1.6, style=fill)
            elif marks:
                self.stroke([x, x + 16], [self.y, self.y])
                self.dot(x + 8, self.y, fill)
            else:
                self.box(x, x + 16, 8, fill, above=-4)
            self.write(x + 20, shown, size=SMALL)
            x += long + 14
        self.y += 9

    @contextmanager
    def scale(self, low: float, high: float, axis: Axis, right: float = RIGHT) -> Iterator[Callable[[float], float]]:
        """What is drawn inside is placed along ``axis`` by the function given; its lines run behind everything, and its
        numbers stand above, and below as well where that is far away."""
        span = (high - low) or 1.0

        def place(value: float) -> float:
            return LEFT + (min(max(value, low), high) - low) / span * (right - LEFT)

        self.paragraph(axis.title.say(self.language), SMALL, colour=GREY)
        shown = self._fitting(low, high, axis, place)
        self._numbers(shown)
        top = self.y
        yield place
        self.y += 3
        for tick in shown:
            self._axes.add_line(Line2D([tick.x, tick.x], [top, self.y], color=PALE, linewidth=0.8, zorder=0))
        if self.y - top > FAR:
            self._numbers(shown)

    def _fitting(self, low: float, high: float, axis: Axis, place: Callable[[float], float]) -> list[Tick]:
        """As many round values as have room for their numbers."""
        for most in (6, 5, 4, 3, 2, 1):
            shown = [self._tick(place(v), bare(v, axis.kind, self.language)) for v in ticks(low, high, axis, most)]
            if shown and all(a.right + 6 <= b.left for a, b in pairwise(shown)):
                break
        return shown

    def _tick(self, x: float, text: str) -> Tick:
        """The number's middle stands at x, or as near as the margins allow."""
        half = width(text, SMALL) / 2
        middle = min(max(x, LEFT + half), RIGHT - half)
        return Tick(x, text, middle - half, middle + half)

    def _numbers(self, shown: Sequence[Tick]) -> None:
        self.y += 7
        for tick in shown:
            self.write(tick.left, tick.text, size=SMALL, colour=GREY)
        self.y += 8

    def saved(self, form: Literal["svg", "png"], title: str, about: str) -> bytes:
        """The picture's bytes.  Nothing in them tells when, where or by which version they were made."""
        high = self.y + MARGIN
        self._drawing.set_size_inches(WIDTH / POINTS_PER_INCH, high / POINTS_PER_INCH)
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(high, 0)
        told: dict[str, str | None] = {"Title": title, "Description": about}
        told |= {"Date": None, "Creator": None, "Type": None, "Format": None} if form == "svg" else {"Software": None}
        stream = io.BytesIO()
        dots = min(DOTS_PER_INCH, int(MOST_DOTS * POINTS_PER_INCH / high))
        self._drawing.savefig(stream, format=form, dpi=dots, metadata=told)
        return stream.getvalue()


@contextmanager
def settings() -> Iterator[None]:
    """matplotlib's own settings while a picture is made, whatever the machine's file of settings says."""
    with rc_context():
        from matplotlib import rcdefaults, rcParams

        rcdefaults()
        rcParams.update(
            {"svg.fonttype": "path", "svg.hashsalt": "borgerbudget", "hatch.linewidth": 0.8, "path.simplify": False}
        )
        yield
