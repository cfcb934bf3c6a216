"""Pictures: the same bytes whatever the machine's settings, nothing outside the margins, meaning never by colour alone."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from borgerbudget.words import Language
from scenarios.figures import Axis, Figure
from scenarios.numbers import bare, percent, ticks, written
from scenarios.pictures import ink
from scenarios.pictures.bands import summary
from scenarios.pictures.drawing import DRAWERS, draw, drawn, watermark
from scenarios.pictures.sheet import DOTS_PER_INCH, POINTS_PER_INCH, WIDTH
from scenarios.sentence import Sentence
from tests import figures

SVG = "{http://www.w3.org/2000/svg}"
ALL = [
    *figures.every(),
    figures.bands(samples=(50_000_00, 180_000_00, 260_000_00, 500_000_00)),
    figures.sixty(),
    figures.grid(plans=("en plan",) * 9),
]


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("L"))


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: f"{type(figure).__name__}-{figure.name}")
def test_nothing_runs_over_the_margin(figure: Figure) -> None:
    image = pixels(drawn(figure, "da", 42, 10_000, "png"))
    margin = 8 * DOTS_PER_INCH // POINTS_PER_INCH
    assert image.shape[1] == round(WIDTH / POINTS_PER_INCH * DOTS_PER_INCH)
    for edge in (image[:, :margin], image[:, -margin:], image[:margin], image[-margin:]):
        assert edge.min() == 255


@pytest.mark.parametrize("figure", figures.every(figures.HOSTILE), ids=lambda figure: type(figure).__name__)
def test_a_title_may_hold_anything(figure: Figure) -> None:
    picture = draw(figure, "en", None, None)
    margin = 8 * DOTS_PER_INCH // POINTS_PER_INCH
    assert pixels(picture.png)[:, -margin:].min() == 255
    tree = ElementTree.fromstring(picture.svg)
    assert {element.tag for element in tree.iter() if element.tag.endswith("script")} == set()


@pytest.mark.parametrize("figure", figures.every(), ids=lambda figure: type(figure).__name__)
def test_an_svg_needs_no_font_and_no_network_and_tells_no_date(figure: Figure) -> None:
    svg = drawn(figure, "da", 1, 100, "svg")
    tree = ElementTree.fromstring(svg)
    assert tree.find(f".//{SVG}text") is None
    links = [value for element in tree.iter() for key, value in element.attrib.items() if key.endswith("href")]
    assert links
    assert all(link.startswith("#") for link in links)
    assert b"date" not in svg
    assert b"matplotlib" not in svg.lower()
    assert tree.findtext(f"{SVG}title") == figure.title.da


def test_the_same_figure_gives_the_same_bytes_whatever_the_machine_has_set(tmp_path: Path) -> None:
    """Another process, another hash seed, another matplotlibrc and another language of the machine."""
    (tmp_path / "matplotlibrc").write_text("font.size: 30\nsvg.fonttype: none\nsavefig.dpi: 33\nsavefig.bbox: tight\n")
    code = (
        "import hashlib; from tests import figures; from scenarios.pictures.drawing import drawn; print(*(hashlib.sha256("
        "drawn(f, 'da', 7, 100, form)).hexdigest() for f in figures.every() for form in ('svg', 'png')))"
    )
    found = set()
    for seed, settings in (("1", {}), ("2", {"MATPLOTLIBRC": str(tmp_path), "LC_ALL": "C", "TZ": "Asia/Tokyo"})):
        environment = os.environ | {"PYTHONHASHSEED": seed} | settings
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
        found.add(done.stdout)
    assert len(found) == 1


def test_a_picture_that_is_too_high_to_be_painted_becomes_coarser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenarios.pictures.sheet.MOST_DOTS", 500)
    assert 400 < pixels(drawn(figures.chances(), "da", 1, 100, "png")).shape[0] <= 500


def test_drawing_leaves_matplotlibs_settings_as_they_were() -> None:
    import matplotlib

    with matplotlib.rc_context({"font.size": 31.0}):
        drawn(figures.spread(), "da", None, None, "svg")
        assert matplotlib.rcParams["font.size"] == 31.0


def test_every_kind_of_figure_can_be_drawn() -> None:
    assert set(DRAWERS) == set(get_args(Figure))


def test_every_picture_shows_that_it_is_a_simulation_with_seed_and_runs() -> None:
    assert watermark("en", 42, 10_000) == "SIMULATION: a calculation, not a result · 10,000 runs · seed 42"
    assert watermark("da", None, None) == "SIMULATION: et regnestykke, ikke et resultat"
    one, other = (drawn(figures.moves(), "da", seed, 100, "png") for seed in (1, 2))
    assert (pixels(one) != pixels(other)).any(), "the seed is drawn, not only kept beside"


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_letters_have_contrast() -> None:
    for colour in (ink.BLACK, ink.GREY):
        assert (luminance(ink.WHITE) + 0.05) / (luminance(colour) + 0.05) >= 4.5


@pytest.mark.parametrize("fills", [ink.SERIES, (ink.SOLID, ink.LOTS, ink.GONE, ink.KEPT)])
def test_fills_can_be_told_apart_without_colour(fills: tuple[ink.Fill, ...]) -> None:
    for place, one in enumerate(fills):
        for other in fills[:place]:
            if one.hatch == other.hatch:
                light, dark = sorted((luminance(one.colour), luminance(other.colour)), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 1.5, (one, other)
    assert len({fill.mark for fill in ink.SERIES}) == len(ink.SERIES)


@given(st.text(), st.floats(20, 340))
def test_a_fitted_text_fits_and_begins_as_the_text_does(text: str, room: float) -> None:
    text = ink.printable(text)
    short = ink.fitted(text, room, 10.0)
    assert ink.width(short, 10.0) <= room
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@given(st.text(), st.floats(60, 340))
def test_lines_hold_all_words_or_end_in_an_ellipsis(text: str, room: float) -> None:
    text = ink.printable(text)
    found = ink.lines(text, room, 10.0)
    assert len(found) <= 4
    assert all(ink.width(line, 10.0) <= room for line in found)
    assert " ".join(found) == text or any(line.endswith("…") for line in found)


@given(st.floats(0, 1))
def test_what_is_not_certain_is_never_written_as_certain(share: float) -> None:
    assert (percent(share, "en") == "100%") == (share == 1)
    assert (percent(share, "en") == "0%") == (share == 0)


@pytest.mark.parametrize(
    ("value", "kind", "language", "text"),
    [
        (12_500_50, "amount", "da", "12.500,50 kr."),
        (12_500_50, "amount", "en", "12,500.50 DKK"),
        (0.456, "share", "da", "45,6 %"),
        (0.456, "share", "en", "45.6%"),
        (10_000, "integer", "da", "10.000"),
        (1984, "integer", "en", "1984"),
        (1.25, "number", "da", "1,25"),
        (-3.5, "number", "en", "-3.5"),
        (1234.5, "number", "da", "1.234"),
    ],
)
def test_numbers_are_written_as_people_do(value: float, kind: str, language: Language, text: str) -> None:
    assert written(value, kind, language, "DKK") == text  # type: ignore[arg-type]


def test_small_money_has_small_ticks() -> None:
    axis = Axis(Sentence("kr.", "DKK"), "amount", "DKK")
    assert [bare(value, "amount", "da") for value in ticks(0, 4, axis, 4)] == ["0", "0,01", "0,02", "0,03", "0,04"]
    assert ticks(7, 7, axis, 4) == [7]


def test_a_band_is_told_in_a_few_words() -> None:
    figure = figures.bands()
    assert [summary(figure, band, "en") for band in figure.bands] == [
        "always",
        "never",
        "from 112,300",
        "up to 180,000",
        "in 3 pieces",
        "only by lots",
    ]


def dark_columns(figure: Figure) -> int:
    """Columns of the first band's picture that hold the solid fill."""
    image = np.asarray(Image.open(io.BytesIO(drawn(figure, "en", None, None, "png"))).convert("RGB"))
    blue = np.all(image == [0, 80, 140], axis=2)[image.shape[0] // 5 :]  # below the key
    first = np.flatnonzero(blue.any(axis=1))[0]
    return int(blue[first + 4].sum())


def test_between_counted_values_is_white_paper_and_what_is_proven_is_a_band() -> None:
    whole = dark_columns(figures.bands())
    low, high = 50_000_00, 500_000_00
    few = dark_columns(figures.bands(samples=tuple(range(low, high + 1, (high - low) // 10))))
    many = dark_columns(figures.bands(samples=tuple(range(low, high + 1, (high - low) // 100))))
    half = dark_columns(figures.bands(samples=tuple(range((low + high) // 2, high + 1, (high - low) // 10))))
    assert few < whole / 4  # eleven boxes
    assert whole / 4 < many < 0.75 * whole  # a hundred strokes
    assert whole * 0.45 < half < whole * 0.75  # a band up to the middle, then boxes


@pytest.mark.parametrize(("place", "told"), [(0, "at 4 of 4"), (1, "at 0 of 4"), (3, "at 2 of 4"), (5, "at 0 of 4")])
def test_beside_counted_values_stands_at_how_many_a_proposal_is_funded(place: int, told: str) -> None:
    figure = figures.bands(samples=(50_000_00, 180_000_00, 260_000_00, 500_000_00))
    assert summary(figure, figure.bands[place], "en") == told
