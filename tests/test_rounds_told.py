"""What a clerk is told about a round is so: turnout, times, ties, dice, and what the next step is."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from borgerbudget.store.database import open_database
from tests.clerks import Clerk
from tests.test_paper import batch, give
from tests.villages import ROUND, Village


@pytest.fixture
def clerk(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    monkeypatch.chdir(tmp_path)
    shutil.copy(empty_database, tmp_path / "borgerbudget.db")
    engine = open_database(str(tmp_path / "borgerbudget.db"))
    clerk = Clerk(Village(engine, str(tmp_path / "borgerbudget.db")), monkeypatch)
    clerk.lang = "da"
    yield clerk
    engine.dispose()


def purged(clerk: Clerk) -> None:
    """From a counted round."""
    clerk.village.move("publish")
    clerk.village.confirm()
    clerk.village.wait(days=9)
    clerk.village.move("finalise", second="bo")
    clerk.village.move("archive", reason="prøve")
    clerk.run("privacy", "purge", "ROUND", "--second", "bo", "--yes")


# turnout


def test_every_page_tells_the_same_turnout_with_codes_and_paper_before_and_after_the_purge(
    clerk: Clerk, tmp_path: Path
) -> None:
    village = clerk.village
    village.play("open", channels="code+paper", urns="hallen", double_vote="paper-wins")
    village.cast("v000", ["1"])
    village.cast("v001", ["2"])
    give(village, ["v000", "v002", "v003", "v004"])
    village.wait(days=8)
    village.move("close")
    batch(village, ["1", "2", "!ulæselig", "!kendemærke"])
    clerk.run("reconcile", "ROUND", "--urn", "hallen", "--issued", "4")
    village.seal()
    village.tally()

    def told() -> list[str]:
        evaluated = clerk.run("round", "evaluate", "ROUND").out
        clerk.run("round", "print", "ROUND", "protocol", "--out", "p.html", "--force")
        page = (tmp_path / "p.html").read_text(encoding="utf-8")
        found = [
            re.search(r"Har stemt  +(\d+)", evaluated),
            re.search(r"(\d+) har stemt", clerk.run("round", "show", "ROUND").out),
            re.search(r"  (\d+)/12  ", clerk.run("round", "list").out),
            re.search(r"Har taget del\D+(\d+)", page),
        ]
        return [one[1] if one else "" for one in found]

    assert told() == ["5"] * 4
    assert "Kunne stemme" in clerk.run("round", "evaluate", "ROUND").out
    assert "Ikke talt med: ulæselig" in clerk.run("round", "evaluate", "ROUND").out
    purged(clerk)
    assert told() == ["5"] * 4


# times


def test_the_minutes_tell_when_voting_opened_and_closed_and_why_and_what_is_only_planned(
    clerk: Clerk, tmp_path: Path
) -> None:
    def minutes() -> str:
        clerk.run("round", "print", "ROUND", "protocol", "--out", "p.html", "--force")
        return re.sub(r"(<[^>]*>|\s)+", " ", (tmp_path / "p.html").read_text(encoding="utf-8"))

    village = clerk.village
    village.play("ready")
    before = minutes()
    assert "Skal åbne 2. marts 2026 kl. 13.00 Frist 9. marts 2026 kl. 13.00 Lukkede ____________ På" in before
    assert "Åbnede" not in before
    village.issue()
    village.wait(days=2)
    village.move("open")
    village.wait(hours=5)
    village.move("close", reason="brand i hallen")
    after = minutes()
    assert "Åbnede 3. marts 2026 kl. 13.00 Frist 9. marts" in after
    assert "Lukkede 3. marts 2026 kl. 18.00: brand i hallen På" in after
    assert "Skal åbne" not in after


# ties


def test_a_stored_round_names_the_whole_tie_as_a_file_does(clerk: Clerk) -> None:
    """Four are tied for the money of two: from step 1 on their order decides."""
    village = clerk.village
    village.start(ties="lot")
    for proposal in ("p1", "p2", "p3", "p4"):
        clerk.run("proposal", "amend", "ROUND", proposal, "--cost", "40000")
    village._ready(())
    village._open(())
    village._closed((("1", "2", "3", "4"),) * 3)
    village.seal()
    said = clerk.run("tally", "ROUND", code=6).err
    assert "lige stemmer i trin 1: p1, p2, p3, p4" in said
    assert "round lot lillevig-2026 --dice TAL --witness NAVN" in said


# dice


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--dice", "4", "--witness", "Anna"), "RND-090"),
        (("--dice", "42615", "--witness", "Anna"), "RND-090"),
        (("--dice", "4261538", "--witness", "Anna"), "RND-090"),
        (("--dice", "426150", "--witness", "Anna"), "RND-090"),
        (("--dice", "426153"), "RND-047"),
        (("--dice", "426153", "--witness", " "), "RND-047"),
    ],
)
def test_a_lot_is_at_least_six_throws_of_a_die_that_somebody_saw(
    clerk: Clerk, words: tuple[str, ...], problem: str
) -> None:
    clerk.village.play("sealed", ballots=(("1",),))
    assert f"[{problem}]" in clerk.run("round", "lot", "ROUND", *words, "--yes", code=2).err
    assert clerk.village.round().happened("lot-drawn") is None


# ids that are numbers


def numbered(village: Village, ids: tuple[str, ...]) -> None:
    """A draft with these proposals only."""
    from borgerbudget.office import proposing

    village.start()
    for number in range(1, 5):
        proposing.withdraw_proposal(village.office(reason="x"), ROUND, f"p{number}")
    for proposal in ids:
        village.propose(proposal)


def test_an_id_that_is_another_proposals_number_is_told_before_freezing_with_an_order_that_mends_it(clerk: Clerk) -> None:
    numbered(clerk.village, ("2", "1", "x", "7"))
    clerk.run("proposal", "number", "ROUND", "2", "x", "1", "7")
    said = clerk.run("round", "check", "ROUND", code=4).err
    assert "[STA-090]" in said
    mend = re.search(r"proposal number lillevig-2026 ([^;]+);", said)
    assert mend is not None
    order = clerk.run("proposal", "number", "ROUND", *mend[1].split()).err
    assert "(nummer = id): 1 = 1, 2 = 2, 3 = 7, 4 = x" in order
    clerk.run("round", "check", "ROUND")


def test_a_proposal_is_explained_by_its_number_on_the_ballot(clerk: Clerk) -> None:
    clerk.village.play("counted")
    assert clerk.run("explain", "ROUND", "2").out == clerk.run("explain", "ROUND", "p2").out
    clerk.run("explain", "ROUND", "9", code=2)


# the page of a round's rules


def test_the_page_of_a_stored_round_says_who_may_vote_once(clerk: Clerk) -> None:
    clerk.village.start(ballot="ranked")
    page = " ".join(clerk.run("rules", "explain", "ROUND").out.split())
    assert "Mødet beslutter særskilt" not in page
    assert "hvem må stemme: beboere" in page
    assert "så mange, som vælgeren har skrevet op, til det første" in page
    assert "Mødet beslutter særskilt" in clerk.run("rules", "explain", "greedy").out
