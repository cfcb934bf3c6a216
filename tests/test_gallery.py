"""docs/scenarios.md: its answers are what the commands say today, and every column of every table is explained."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import pytest

from scenarios.answer import Column
from scenarios.questions.compare import COLUMNS as COMPARE
from scenarios.questions.curves import COLUMNS as CURVES
from scenarios.questions.rehearse import COLUMNS as REHEARSE
from scenarios.questions.robust import COLUMNS as ROBUST
from scenarios.questions.sweep import COLUMNS as SWEEP
from scenarios.questions.what_if import COLUMNS as WHAT_IF
from tests.make_gallery import PAGE, PICTURES, gallery

COLUMNS: dict[str, tuple[Column, ...]] = {
    "what-if": WHAT_IF,
    "sweep": SWEEP,
    "compare": COMPARE,
    "robust": ROBUST,
    "rehearse": REHEARSE,
    "quorum": CURVES,
}


@pytest.mark.parametrize("question", COLUMNS)
def test_every_column_is_explained(question: str) -> None:
    row = re.search(rf"^\| `{question}`.*$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert row is not None
    assert {column.name for column in COLUMNS[question]} <= set(re.findall("`([a-z0-9_]+)`", row[0]))


def pinned(library: str) -> bool:
    constraints = (Path(__file__).resolve().parents[1] / "constraints.txt").read_text(encoding="utf-8")
    return f"{library}=={version(library)}" in constraints.splitlines()


def test_asked_again_the_questions_give_the_same_words_and_the_same_pictures() -> None:
    if not pinned("matplotlib"):
        pytest.skip("pictures are the same bytes only with the matplotlib of constraints.txt")
    text = PAGE.read_text(encoding="utf-8")
    page, pictures = gallery(text)
    assert page == text, "python -m tests.make_gallery"
    kept = {path.name: path.read_bytes() for path in PICTURES.glob("*.svg")}
    assert {name: data == kept.get(name) for name, data in pictures.items()} == dict.fromkeys(kept, True)
