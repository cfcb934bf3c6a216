"""The page of a result: what stands on it in each state, whatever people call their proposals, and that it can be read by all."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from borgerbudget.files import read_round
from borgerbudget.office import proposing
from borgerbudget.rounds.round import Entry
from borgerbudget.store.database import open_database
from borgerbudget.words import Language
from tallies.counting import count
from tallies.planning import make_plan
from tallies.prints.html import html_bytes
from tallies.prints.result import result
from tallies.prints.result_words import STATUS
from tallies.prints.text import text_bytes
from tests.browser import browser
from tests.clerks import Clerk
from tests.test_hand_counts import sealed as sealed_by_hand
from tests.test_paper_commands import english_words
from tests.villages import ROUND, Village

HOSTILE = '<script>alert("p9")</script> & <b>Æble</b>'
EXAMPLES = [
    path
    for path in sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.pb"))
    if "uafgjort" not in path.stem  # its tie needs a lot
]


@pytest.fixture
def clerk(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    monkeypatch.chdir(tmp_path)
    shutil.copy(empty_database, tmp_path / "borgerbudget.db")
    engine = open_database(str(tmp_path / "borgerbudget.db"))
    found = Clerk(Village(engine, str(tmp_path / "borgerbudget.db")), monkeypatch)
    found.lang = "da"
    yield found
    engine.dispose()


def shown(clerk: Clerk) -> str:
    return clerk.run("result", "page", "ROUND").out


def test_before_the_count_there_is_no_page_and_the_way_to_it_is_named(clerk: Clerk, tmp_path: Path) -> None:
    clerk.village.play("sealed")
    said = clerk.run("result", "page", "ROUND", "--out", "resultat.html", code=4)
    assert "[RND-040]" in said.err
    assert "borgerbudget tally" in said.err
    assert not (tmp_path / "resultat.html").exists()


def test_each_state_is_said_on_top(clerk: Clerk) -> None:
    village = clerk.village
    village.play("counted")
    assert STATUS["counted"].da in shown(clerk)
    village.move("publish")
    village.confirm()
    clerk.run("appeal", "add", "ROUND", "Min seddel mangler")
    told = shown(clerk)
    assert STATUS["provisional"].da in told
    assert "Der kan klages til og med 18. marts 2026. Skriv til byrådet" in told
    assert "1 klage er kommet: 0 fik medhold, 0 blev afvist, 1 er ikke afgjort." in told
    assert "Byrådet har bekræftet resultatet 11. marts 2026 (punkt 4)." in told
    assert "Min seddel" not in told  # what somebody wrote is not public
    clerk.run("appeal", "decide", "ROUND", "1", "--reject", "--grounds", "den er der")
    village.wait(days=9)
    village.move("finalise", second="bo")
    assert STATUS["final"].da in shown(clerk)
    clerk.run("award", "ROUND", json.loads(clerk.run("result", "show", "ROUND", "--json").out)["outcome"]["funded"][0][
        "proposal"], "--amount", "1", "--reference", "x")  # fmt: skip
    assert re.search(r"Bevilget\n.* 1 kr\.$", shown(clerk), re.M)
    village.wait(days=400)
    village.move("archive")
    assert STATUS["archived"].da in shown(clerk)
    clerk.run("privacy", "purge", "ROUND", "--second", "bo", "--yes")
    assert "Har stemt" in shown(clerk)
    assert {word for words in english_words(clerk).values() for word in words} <= {
        "have",
        "not",
    }  # Danish, too, and a key of JSON


def test_an_annulled_result_says_so_first_and_names_the_round_in_its_place(clerk: Clerk) -> None:
    clerk.village.play("provisional")
    clerk.village.confirm()
    clerk.run("round", "annul", "ROUND", "--second", "bo", "--reason", "hemmelig grund", "--yes")
    clerk.run("round", "rerun", "ROUND", "--as", "omvalg")
    told = shown(clerk)
    assert STATUS["annulled"].da in told.split("\n\n")[1]
    assert 'Der stemmes igen: runden "omvalg".' in told
    assert "bekræftet" not in told
    assert "hemmelig" not in told


def test_what_was_decided_otherwise_stands_beside_what_was_computed(clerk: Clerk) -> None:
    clerk.village.play("provisional")
    funded = json.loads(clerk.run("result", "show", "ROUND", "--json").out)["outcome"]["funded"]
    won, lost = (
        funded[0]["proposal"],
        next(p for p in ("p1", "p2", "p3", "p4") if p not in {f["proposal"] for f in funded}),
    )
    clerk.run("decide", "deviate", "ROUND", "--amount", f"{won}=0", "--amount", f"{lost}=123", "--reference", "punkt 9",
              "--grounds", "Fonden betaler")  # fmt: skip
    told = shown(clerk)
    assert "har 11. marts 2026 besluttet noget andet end det, optællingen gav (punkt 9)" in " ".join(told.split())
    rows = {line.split()[0]: line for line in told.splitlines() if re.match(r"  \d+ +Forslag p", line)}
    assert re.search(r" 0 kr\.$", rows[won[1:]])
    assert re.search(r" 0 kr\. +123 kr\.$", rows[lost[1:]])
    assert told.count(f"Forslag {lost}  ") == 1  # not among those that get nothing


def test_the_bundle_that_is_published_with_it_is_named_by_its_hash_and_another_is_refused(
    clerk: Clerk, tmp_path: Path
) -> None:
    import hashlib

    clerk.village.play("provisional")
    clerk.run("audit", "bundle", "ROUND", "--out", "r.bba")
    clerk.village.confirm()  # the history grows, the bundle stays the round's
    told = clerk.run("result", "page", "ROUND", "--bundle", "r.bba").out
    assert hashlib.sha256((tmp_path / "r.bba").read_bytes()).hexdigest() in told
    assert "borgerbudget audit verify r.bba" in told
    for content in (b"", b"no bundle", (tmp_path / "r.bba").read_bytes()[:-1]):
        (tmp_path / "other.bba").write_bytes(content)
        assert "[PRT-010]" in clerk.run("result", "page", "ROUND", "--bundle", "other.bba", code=3).err
    clerk.run("round", "recount", "ROUND", "--reason", "klage")
    assert "[PRT-010]" in clerk.run("result", "page", "ROUND", "--bundle", "r.bba", code=3).err
    assert "Optælling nr. 2" in shown(clerk)


def test_a_reason_of_few_ballots_is_not_told_by_its_number(clerk: Clerk) -> None:
    village = clerk.village
    village.play("open")
    for number in range(8):
        village.cast(f"v{number:03}", ["1"])
    village.cast("v000", ["2"])
    village.wait(days=8)
    for number in range(6, 12):
        village.cast(f"v{number:03}", ["1"])
    village.move("close")
    village.seal()
    village.tally()
    told = shown(clerk)
    assert re.search(r"heraf: modtaget efter fristen +6\n", told)
    assert re.search(r"heraf: stemt mere end én gang +1-4\n", told)


def test_a_round_counted_by_hand_says_so_first_and_promises_no_receipts(clerk: Clerk) -> None:
    sealed_by_hand(clerk.village)
    clerk.village.tally()
    told = shown(clerk)
    assert "TALT I HÅNDEN" in told.partition("Hvem får penge")[0]
    assert "--receipt" not in told
    assert re.search(r"Sedler, der tælles +7\n", told)
    assert "heraf blanke" not in told
    assert re.search(r"Har stemt eller fået en seddel +8\n", told)
    assert "Regler, forslag og beløb, som de blev låst" in told


def test_the_same_result_gives_the_same_bytes_in_every_form(clerk: Clerk, tmp_path: Path) -> None:
    clerk.village.play("final")
    for ending in ("html", "pdf", "txt"):
        clerk.run("result", "page", "ROUND", "--out", f"a.{ending}")
        clerk.village.wait(days=3)
        clerk.run("result", "page", "ROUND", "--out", f"b.{ending}")
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()
    assert (tmp_path / "a.txt").read_text("utf-8") == shown(clerk)
    assert "[FI-005]" in clerk.run("result", "page", "ROUND", "--out", "a.pdf", code=2).err
    clerk.run("result", "page", "ROUND", "--out", "a.pdf", "--force")
    assert "[PRT-009]" in clerk.run("result", "page", "ROUND", "--out", "a.docx", code=2).err
    document = json.loads(clerk.run("result", "page", "ROUND", "--out", "c.html", "--json").out)
    assert (document["what"], document["file"], len(document["sha256"])) == ("result", "c.html", 64)


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_people_call_their_proposals_does_nothing_in_a_browser_and_all_can_read_it(
    clerk: Clerk, tmp_path: Path, language: str
) -> None:
    village = clerk.village
    village.start()
    proposing.add_proposal(village.office(), ROUND, Entry("p9", 0, "", HOSTILE, 100, category=("<img src=x>",)))
    proposing.vet_proposal(village.office(), ROUND, "p9", accept=True)
    proposing.number_proposals(village.office(), ROUND)
    village._ready(())
    village._open(())
    village.cast("v000", ["p9"])
    village.wait(days=8)
    village.move("close")
    village.seal()
    village.tally()
    clerk.run("result", "page", "ROUND", "--out", "r.html", lang=language)
    text = (tmp_path / "r.html").read_text("utf-8")
    assert "<script" not in text
    assert "<img" not in text
    assert f'<html lang="{language}">' in text
    assert all(re.search('<thead>.*scope="col"', table, re.S) for table in text.split("<table")[1:])
    assert all(table.count('scope="row"') == table.count("<tr>") - 1 for table in text.split("<table")[1:])
    levels = [int(level) for level in re.findall(r"<h(\d)", text)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    with browser(tmp_path) as seen:
        for width in (320, 1200):
            seen.open(tmp_path / "r.html", width)
            assert len(seen.requests) == 1  # the page itself
            assert seen.complaints == []
            assert seen.value("document.documentElement.scrollWidth") <= width
        assert HOSTILE in seen.value("document.body.innerText")
        assert seen.printed().startswith(b"%PDF-")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_example_has_its_page_and_it_says_that_a_file_was_counted(example: Path, language: Language) -> None:
    election = read_round(example).election
    outcome = count(election, make_plan("declared", election, ties=["cheapest", "most-votes", "refuse"]))
    document = result(outcome, language, name=example.stem)
    text = text_bytes(document).decode()
    for proposal in election.proposals:
        assert proposal.title[:40] in text
    assert example.stem in text
    assert ("OPTÆLLING AF EN FIL" if language == "da" else "COUNT OF A FILE") in text
    assert html_bytes(document).count(b"<h3>") >= len(election.proposals)


def test_a_file_is_counted_onto_a_page_by_the_command(clerk: Clerk, tmp_path: Path) -> None:
    example = next(path for path in EXAMPLES if path.stem == "lillevig-2026")
    shutil.copy(example, tmp_path / "min runde.pb")
    clerk.run("tally", "min runde.pb", "--page", "resultat.html")
    assert "Resultat: min runde</h1>" in (tmp_path / "resultat.html").read_text("utf-8")
    assert "[FI-005]" in clerk.run("tally", "min runde.pb", "--page", "resultat.html", code=2).err
    assert "[PRT-009]" in clerk.run("tally", "min runde.pb", "--page", "resultat.doc", code=2).err
    assert "--page" in clerk.run("tally", "min runde.pb", "--all-ties", "--page", "x.html", code=2).err
    clerk.village.play("counted")
    assert "--page" in clerk.run("tally", "ROUND", "--page", "x.html", code=2).err
