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
