"""The tutorials: every command in them runs in order and answers as they show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tutorial import BLOCK, PAGES, Clerk, masked


@pytest.mark.parametrize("language", PAGES)
def test_whoever_follows_the_tutorial_to_the_letter_sees_what_it_shows(tmp_path: Path, language: str) -> None:
    folder = tmp_path / "engby"
    folder.mkdir()
    shown = 0
    for tried in Clerk(language, folder).follow(PAGES[language].read_text("utf-8")):
        assert tried.code == tried.wanted, (tried.lines, tried.answer)
        if tried.shown is not None:
            assert masked(tried.answer) == masked(tried.shown), tried.lines
            shown += 1
    assert shown > 30


def test_both_tutorials_go_the_same_way() -> None:
    """The same blocks with the same exit codes, and no command that is left out in one language."""
    kinds = {language: [block[:2] if block[0] == "sh" else block[:1] for block in BLOCK.findall(page.read_text("utf-8"))]
             for language, page in PAGES.items()}  # fmt: skip
    assert kinds["da"] == kinds["en"]
    commands = {
        language: [line.split()[: 2 if line.startswith("borgerbudget") else 1]
                   for block in BLOCK.findall(page.read_text("utf-8")) if block[0] == "sh" for line in block[2].splitlines()]
        for language, page in PAGES.items()
    }  # fmt: skip
    assert commands["da"] == commands["en"]


@pytest.mark.parametrize("language", PAGES)
def test_a_tutorial_shows_refusals_and_what_mends_them(language: str) -> None:
    blocks = BLOCK.findall(PAGES[language].read_text("utf-8"))
    refused = [block for block in blocks if block[0] == "sh" and block[1]]
    assert len(refused) >= 5
    codes = {code for block in blocks if block[0] == "text" for code in re.findall(r"\[([A-Z]+-\d+)\]", block[2])}
    assert {"STA-010", "IMP-022", "STA-004"} <= codes


def test_what_differs_each_time_is_masked_and_nothing_else() -> None:
    assert masked("r/1/0G72ENNFXQ8H9ZXKH") == "r/1/RECEIPT"
    assert masked(f"Rod: {'ab' * 32}") == "Rod: HASH"
    assert masked("a_20261123T231455Z.db") == "a_MOMENT.db"
    assert masked("den 24. november 2026") == masked("den 3. maj 2027")
    assert masked("25.000 kr.") == "25.000 kr."
    assert masked("3 votes") != masked("4 votes")
