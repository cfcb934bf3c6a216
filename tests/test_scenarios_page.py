"""The page and the folder of an answer: self-contained, readable on a telephone, and never half of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest

from borgerbudget.errors import InputRejected, UsageError
from borgerbudget.words import Language
from scenarios.answer import Answer, Cell, Column, Table
from scenarios.figures import Figure
from scenarios.folder import SIGN, answer_files, refuse_folder, write_answer
from scenarios.page.descriptions import ROWS, described, reading
from scenarios.page.page import MOST_ROWS
from scenarios.sentence import Sentence
from tests import figures
from tests.browser import Browser, browser

TABLES = {"table.csv": b"proposal\n", "table.parquet": b"PAR1", "spec.toml": b"seed = 42\n"}
LANGUAGES: tuple[Language, ...] = ("da", "en")

COLUMNS = (
    Column("proposal", "text", Sentence("forslag", "proposal")),
    Column("title", "text", Sentence("titel", "title")),
    Column("amount", "amount", Sentence("beløb", "amount")),
    Column("votes", "integer", Sentence("stemmer", "votes")),
    Column("share", "number", Sentence("andel", "share")),
    Column("funded", "truth", Sentence("får penge", "funded")),
)


@cache
def answer(titles: tuple[str, ...] = figures.TITLES, rows: int = 6) -> Answer:
    def row(place: int) -> tuple[Cell, ...]:
        title = titles[place % len(titles)]
        return (f"L{place}", title, place * 12_345_67, place * 1000, place / 7, None if place == 2 else place % 2 == 0)

    return Answer(
        "robust",
        Sentence("Hvor sikkert er resultatet?", "How sure is the outcome?"),
        "lillevig-2026.pb",
        42,
        10_000,
        (Sentence(f"Sikker: {titles[1]}.", f"Safe: {titles[1]}."), Sentence("95 af 100.", "95 of 100.")),
        figures.every(titles),
        Table(COLUMNS, tuple(row(place) for place in range(rows))),
    )


SMALL = replace(answer(), figures=(figures.spread(),))
"""Quickly drawn."""


class Parsed(HTMLParser):
    """Tags with their attributes, texts by tag, and whether every tag that was opened was closed in order."""

    VOID = ("meta", "img")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and data.strip():
            self.texts.append((self.open[-1], data.strip()))

    def texts_of(self, tag: str) -> list[str]:
        return [text for name, text in self.texts if name == tag]


@cache
def files_of(asked: Answer, language: Language) -> dict[str, bytes]:
    return dict(answer_files(asked, language))


def page_of(asked: Answer, language: Language) -> str:
    return files_of(asked, language)["index.html"].decode()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders of answers: plain in both languages, and one of hostile titles with more rows than a page shows."""
    folder = tmp_path_factory.mktemp("answers")
    for language in LANGUAGES:
        write_answer(folder / language, answer(), language, TABLES)
    write_answer(folder / "hostile", answer(figures.HOSTILE, MOST_ROWS + 100), "da", TABLES)
    return folder


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("chromium")) as found:
        yield found


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("name", ["da", "en", "hostile"])
def test_a_browser_shows_the_page_whole_and_asks_nobody(
    chromium: Browser, written: Path, name: str, width: int
) -> None:
    chromium.open(written / name / "index.html", width)
    assert chromium.complaints == []
    assert [url[:5] for url in chromium.requests if not url.startswith("data:")] == ["file:"]
    assert chromium.value("document.documentElement.scrollWidth") <= width
    assert chromium.value("[...document.images].every(i => i.complete && i.naturalWidth > 300)") is True
    assert chromium.value("document.images.length") == len(get_args(Figure))


def test_a_wide_page_would_be_noticed(chromium: Browser, tmp_path: Path) -> None:
    page = tmp_path / "wide.html"
    page.write_text("<!doctype html><img src='https://picture.invalid/x.png' alt=''><div style='width: 2000px'>x</div>")
    chromium.open(page, 360)
    assert chromium.value("document.documentElement.scrollWidth") > 360
    assert "https://picture.invalid/x.png" in chromium.requests


def test_the_page_prints(chromium: Browser, written: Path) -> None:
    chromium.open(written / "da" / "index.html", 1200)
    assert chromium.printed().startswith(b"%PDF")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_come_before_pictures_and_pictures_before_the_table(language: Language) -> None:
    page = page_of(answer(), language)
    words = answer().words[0].say(language)
    assert page.index(words) < page.index("<img") < page.index("<table")
    parsed = Parsed(page)
    assert parsed.tags[0] == ("html", {"lang": language})
    assert parsed.texts_of("h1") == [answer().title.say(language)]
    assert len([tag for tag, _ in parsed.tags if tag == "h1"]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_have_words_and_the_table_has_headings(language: Language) -> None:
    parsed = Parsed(page_of(answer(), language))
    alts = [attributes["alt"] for tag, attributes in parsed.tags if tag == "img"]
    assert alts == [described(figure, language) for figure in answer().figures]
    scopes = [attributes["scope"] for tag, attributes in parsed.tags if tag == "th"]
    assert scopes == ["col"] * len(COLUMNS) + ["row"] * 6
    assert len(parsed.texts_of("figcaption")) == len(answer().figures)
    ids = [attributes["id"] for _, attributes in parsed.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {a["aria-labelledby"] for _, a in parsed.tags if "aria-labelledby" in a} <= set(ids)


def test_the_page_runs_nothing_and_loads_nothing() -> None:
    page = page_of(answer(figures.HOSTILE), "da")
    parsed = Parsed(page)
    assert "script" not in {tag for tag, _ in parsed.tags}
    for tag, attributes in parsed.tags:
        assert not [name for name in attributes if name.startswith("on")]
        assert tag not in ("link", "iframe", "object")
        assert all((a or "").startswith("data:image/svg+xml;base64,") for n, a in attributes.items() if n == "src")
    policy = next(a["content"] for t, a in parsed.tags if t == "meta" and a.get("http-equiv"))
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert "@import" not in page
    assert "url(" not in page


def test_titles_are_shown_as_they_are() -> None:
    parsed = Parsed(page_of(answer(figures.HOSTILE), "en"))
    assert figures.HOSTILE[2] in parsed.texts_of("td")
    assert f"Safe: {figures.HOSTILE[1]}." in parsed.texts_of("p")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_and_picture_is_marked_as_a_simulation(language: Language) -> None:
    for name, data in files_of(answer(), language).items():
        assert SIGN in data[:4096], name
    parsed = Parsed(page_of(answer(), language))
    marks = parsed.texts_of("header") + parsed.texts_of("footer")
    assert len(marks) == 2
    assert all("42" in mark and ("10.000" if language == "da" else "10,000") in mark for mark in marks)


def test_cells_are_written_for_people() -> None:
    texts = Parsed(page_of(answer(), "da")).texts_of("td")
    assert "61.728,35" in texts
    assert "5000" in texts
    assert "0,714" in texts
    assert {"ja", "nej", "–"} <= set(texts)


def test_a_long_table_is_cut_and_says_so() -> None:
    parsed = Parsed(page_of(replace(SMALL, table=answer(rows=MOST_ROWS + 1).table), "en"))
    assert len([tag for tag, attributes in parsed.tags if attributes.get("scope") == "row"]) == MOST_ROWS
    assert any(text.startswith(f"The first {MOST_ROWS} of {MOST_ROWS + 1} rows") for text in parsed.texts_of("p"))


def test_every_figure_has_a_description_and_a_way_to_read_it() -> None:
    assert set(ROWS) == set(get_args(Figure))
    for figure in figures.every():
        for language in LANGUAGES:
            assert described(figure, language).count(". ") >= 1
            assert reading(figure, language).endswith(".")


def test_only_certified_bands_are_called_proven() -> None:
    assert "are proven" in reading(figures.bands(), "en")
    sampled = reading(figures.bands(samples=(50_000_00, 500_000_00)), "en")
    assert "are proven" not in sampled
    assert "Only 2 values were counted" in sampled


def test_the_description_of_sixty_names_some_and_counts_the_rest() -> None:
    assert described(figures.sixty(), "en").endswith("The other 48 are in the table.")


def test_the_same_answer_gives_the_same_page() -> None:
    assert dict(answer_files(SMALL, "da")) == dict(answer_files(SMALL, "da"))


def test_a_folder_holds_everything(written: Path) -> None:
    pictures = {f"{figure.name}.{form}" for figure in answer().figures for form in ("svg", "png")}
    assert {path.name for path in (written / "da").iterdir()} == pictures | {*TABLES, "index.html"}


def test_a_folder_is_not_written_over_unless_asked(tmp_path: Path) -> None:
    write_answer(tmp_path / "out", SMALL, "da", TABLES)
    with pytest.raises(UsageError):
        write_answer(tmp_path / "out", SMALL, "en", TABLES)
    assert 'lang="da"' in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_an_answer_replaces_an_answer_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_answer(out, SMALL, "da", TABLES)
    (out / "spent.png").rename(out / "of-another-question.png")
    write_answer(out, SMALL, "en", TABLES, force=True)
    assert 'lang="en"' in (out / "index.html").read_text(encoding="utf-8")
    assert not (out / "of-another-question.png").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", ["grillfest.png", "index.html.bak", "regnskab.csv", "mappe/noget"])
def test_what_is_not_ours_is_never_replaced(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    write_answer(out, SMALL, "da", TABLES)
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_bytes(b"something else")
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with pytest.raises(InputRejected) as refused:
        write_answer(out, SMALL, "en", TABLES, force=True)
    assert name.partition("/")[0] in str(refused.value)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"a letter")
    with pytest.raises(InputRejected):
        refuse_folder(tmp_path / "out", force=True)


def test_nothing_half_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full in the middle of a replacement."""
    out = tmp_path / "out"
    write_answer(out, SMALL, "da", TABLES)
    before = {path: path.read_bytes() for path in out.iterdir()}

    def full(folder: Path, files: object, force: bool = False) -> None:
        folder.mkdir()
        (folder / "table.csv").write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("scenarios.folder.write_files", full)
    with pytest.raises(OSError, match="No space"):
        write_answer(out, SMALL, "en", TABLES, force=True)
    assert {path: path.read_bytes() for path in out.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("library", ["matplotlib", "jinja2"])
def test_what_is_not_installed_is_named_with_its_mend(library: str) -> None:
    code = f"""
import sys
from scenarios.folder import answer_files
from borgerbudget.errors import UsageError
from scenarios.answer import Answer, Table
from scenarios.sentence import Sentence
sys.modules[{library!r}] = None
said = Sentence("x", "x")
try:
    list(answer_files(Answer("q", said, "s", None, None, (), (), Table((), ())), "da"))
except UsageError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert f"needs {library}, which is not installed" in done.stdout
    assert "pip install 'borgerbudget[scenarios]'" in done.stdout
