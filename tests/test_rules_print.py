"""The page that a meeting approves, as a file: the same sentences as on the screen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from borgerbudget.store.database import open_database
from borgerbudget.words import Language
from tallies.meeting import INVENTED, fictive_election, work_out
from tallies.meeting.page import sections
from tallies.planning import make_plan
from tallies.prints.html import html_bytes
from tallies.prints.pdf import pdf_bytes
from tallies.prints.rules import rules_page
from tests.clerks import Clerk
from tests.villages import Village


@pytest.fixture
def clerk(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    monkeypatch.chdir(tmp_path)
    shutil.copy(empty_database, tmp_path / "borgerbudget.db")
    engine = open_database(str(tmp_path / "borgerbudget.db"))
    found = Clerk(Village(engine, str(tmp_path / "borgerbudget.db")), monkeypatch)
    found.lang = "da"
    yield found
    engine.dispose()


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("plan", ["greedy", "equal-shares/add1u", "equal-split", "acclamation"])
def test_every_sentence_of_the_screen_stands_on_the_page(plan: str, language: Language) -> None:
    election = fictive_election(plan.partition("/")[0], {}, language)
    worked = work_out(election, make_plan(plan, election), INVENTED)
    document = rules_page(worked, language)
    text = " ".join(document.texts())
    assert all(sentence in text for sentences in sections(worked, language).values() for sentence in sentences)
    assert all(proposal.title in text for proposal in election.proposals)
    assert pdf_bytes(document) == pdf_bytes(rules_page(worked, language))
    assert f'<html lang="{language}">'.encode() in html_bytes(document)


def test_a_stored_rounds_page_says_what_is_settled_besides_and_carries_its_hash(clerk: Clerk, tmp_path: Path) -> None:
    clerk.village.play("ready")
    shown = clerk.run("rules", "explain", "ROUND").out
    said = clerk.run("rules", "explain", "ROUND", "--out", "regler.html")
    assert said.out == ""
    page = (tmp_path / "regler.html").read_text("utf-8")
    settled = shown.partition("Desuden gælder")[2].splitlines()[1:-2]
    assert len(settled) > 8
    for line in settled:
        what, how = line.strip().split(": ", 1)
        assert f'<th scope="row">{what}</th><td>{how}</td>' in page
    assert "[FI-005]" in clerk.run("rules", "explain", "ROUND", "--out", "regler.html", code=2).err
    assert "[PRT-001]" in clerk.run("rules", "explain", "ROUND", "--out", "regler.txt", code=2).err


def test_titles_of_proposals_do_nothing_in_a_browser(clerk: Clerk, tmp_path: Path) -> None:
    (tmp_path / "r.pb").write_text(
        "META\nkey;value\nbudget;100\nvote_type;approval\nPROJECTS\nproject_id;cost;name\n1;50;<script>x</script>\n"
        "VOTES\nvoter_id;vote\n1;1\n",
        encoding="utf-8",
    )
    clerk.run("rules", "explain", "greedy", "r.pb", "--out", "r.html", code=None)
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;x" in page
