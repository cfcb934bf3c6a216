"""Nothing is lost, ruined or told silently: what a clerk could do to a round by a slip, and what she is told instead."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from borgerbudget.errors import BorgerbudgetError
from borgerbudget.office import afterwards
from borgerbudget.office.hand_outs import hand_out
from borgerbudget.store import tables
from borgerbudget.store.database import open_database, reading
from borgerbudget.store.reading import rows
from tests.clerks import Clerk
from tests.test_rounds_life import codes_of
from tests.villages import ROUND, Village


@pytest.fixture
def clerk(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    monkeypatch.chdir(tmp_path)
    shutil.copy(empty_database, tmp_path / "borgerbudget.db")
    engine = open_database(str(tmp_path / "borgerbudget.db"))
    yield Clerk(Village(engine, str(tmp_path / "borgerbudget.db")), monkeypatch)
    engine.dispose()


# another key


def test_a_key_of_another_database_is_refused_before_anything_is_written_with_it(clerk: Clerk, tmp_path: Path) -> None:
    village, key = clerk.village, tmp_path / "borgerbudget.key"
    village.play("open")
    village.cast("v000", ["1"])
    right = key.read_text(encoding="ascii")
    key.write_text("ab" * 32, encoding="ascii")
    for line in (
        "codes reissue ROUND v003 --out ny.csv --reason tabt", f"ballot cast ROUND 2 --code {village.codes['v003']}",
        "area add byen --name Byen", "round suspend ROUND --reason x",
    ):  # fmt: skip
        said = clerk.run(*line.split(), code=3)
        assert "[DB-016]" in said.err, line
    assert not (tmp_path / "ny.csv").exists()
    verified = clerk.run("round", "verify", "ROUND", code=8)
    assert verified.err.count("\n") == 1
    assert "[INT-014]" in verified.err
    health = clerk.run("doctor", code=1).out
    assert health.count("ERROR") == 1
    assert "not the one that this database was made with" in health
    key.write_text(right, encoding="ascii")
    clerk.run("round", "verify", "ROUND")
    clerk.run("ballot", "cast", "ROUND", "2", "--code", village.codes["v003"])
    assert village.round().tally.voters == 2


def test_rows_that_were_changed_are_still_named_under_another_key(clerk: Clerk, tmp_path: Path) -> None:
    clerk.village.play("ready")
    (tmp_path / "borgerbudget.key").write_text("ab" * 32, encoding="ascii")
    with clerk.village.engine.begin() as connection:
        connection.execute(tables.ROLL.update().where(tables.ROLL.c.id == "v000").values(area="x"))
    said = clerk.run("round", "verify", "ROUND", code=5).err
    assert "[INT-014]" in said
    assert "[INT-001]" in said


# a ballot that is lost


def test_letters_again_say_that_the_ballot_is_lost_as_a_new_code_does(clerk: Clerk) -> None:
    clerk.village.play("open")
    clerk.village.cast("v002", ["1"])
    letters = ("codes", "letters", "ROUND", "v002", "--again", "--reason", "tabt", "--out", "brev.pdf")
    assert "had voted" not in clerk.run(*letters, "--dry-run").err
    assert '"v002" had voted with the old code' in clerk.run(*letters).err
    other = clerk.run("codes", "letters", "ROUND", "v003", "--again", "--reason", "tabt", "--out", "andet.pdf")
    assert "had voted" not in other.err


def test_a_list_of_names_without_headings_is_refused(clerk: Clerk, tmp_path: Path) -> None:
    clerk.village.play("ready")
    (tmp_path / "navne.csv").write_text("v000;Anna And\nv001;Bo Beck\n", encoding="utf-8")
    line = ("codes", "letters", "ROUND", "v001", "--names", "navne.csv", "--out", "breve.pdf")
    assert "[PRT-011]" in clerk.run(*line, code=3).err
    (tmp_path / "navne.csv").write_text("id;navn\nv000;Anna And\nv001;Bo Beck\n", encoding="utf-8")
    clerk.run(*line)


def test_striking_says_what_becomes_of_a_ballot_and_in_a_dry_run_nothing(clerk: Clerk) -> None:
    clerk.village.play("open", channels="code+paper", urns="hallen")
    clerk.village.cast("v000", ["1"])
    hand_out(clerk.village.office(), ROUND, ["v001"], "hallen")
    strike = ("roll", "strike", "ROUND")
    for voter in ("v000", "v001", "v002"):
        said = clerk.run(*strike, voter, "--reason", "x", "--dry-run").err.replace(voter, "V")
        assert said == 'Dry run, nothing was kept: "V" was struck from the roll.\n'
    voided = clerk.run("codes", "void", "ROUND", "v000", "--reason", "x", "--dry-run").err
    assert voided == 'Dry run, nothing was kept: The code of "v000" is void.\n'
    reissued = clerk.run("codes", "reissue", "ROUND", "v000", "--reason", "x", "--out", "k.csv", "--dry-run").err
    assert "voted" not in reissued
    assert "that ballot does not count" in clerk.run(*strike, "v000", "--reason", "x").err
    on_paper = clerk.run(*strike, "v001", "--reason", "x").err
    assert "does not count" not in on_paper
    assert "it counts" in on_paper
    assert "ballot" not in clerk.run(*strike, "v002", "--reason", "x").err
    with reading(clerk.village.engine) as connection:
        assert len(rows(connection, tables.PARTICIPATION)) == 2


# the reserve list


def called(village: Village, proposal: str, amount: int, **more: str) -> list[str]:
    """What stands in the way of moving up from the reserve; empty when it did."""
    try:
        afterwards.award(village.office(**more), ROUND, proposal, amount, "tilsagn", reserve=True)
    except BorgerbudgetError as error:
        return codes_of(error)
    return []


def test_nobody_moves_up_where_the_round_has_no_reserve_list(clerk: Clerk) -> None:
    village = clerk.village.play("final")
    afterwards.award(village.office(), ROUND, "p3", 0, "trak sig")
    assert called(village, "p2", 35_000_00) == ["RND-080"]


def test_the_reserve_moves_up_in_its_order_when_somebody_gives_up_and_with_that_money_only(clerk: Clerk) -> None:
    village = clerk.village
    village.start(reserve="yes")
    village.propose("p5", 25_000_00)
    clerk.run("proposal", "number", "ROUND")
    for state in ("ready", "open", "closed", "sealed", "counted", "provisional"):
        getattr(village, f"_{state}")([["1", "3"], ["1", "3"], ["3"], ["2", "1"], ["2"], ["4"], ["5", "4"]])
    outcome = clerk.run("result", "show", "ROUND", "--json").out
    assert '"reserve": [["p2"], ["p5"]]' in outcome or '"reserve":[["p2"],["p5"]]' in outcome.replace(" ", "")
    village._final([])
    assert called(village, "p2", 35_000_00) == ["RND-082"]
    assert called(village, "p5", 10_000_00) == ["RND-082"]
    assert called(village, "p3", 30_000_00) == ["RND-081"]
    afterwards.award(village.office(), ROUND, "p1", 0, "trak sig")
    assert called(village, "p5", 25_000_00) == ["RND-083"]
    assert called(village, "p5", 25_000_00, reason="x") == ["RND-083", "STA-004"]
    assert called(village, "p2", 35_000_00) == []
    assert called(village, "p5", 25_000_00) == ["RND-031"]
    for winner, cost in (("p3", 30_000_00), ("p4", 20_000_00)):
        assert afterwards.award(village.office(), ROUND, winner, cost, "tilsagn")
    afterwards.award(village.office(), ROUND, "p3", 0, "trak sig")
    assert called(village, "p5", 25_000_00) == []
    village.whole()


def test_what_the_council_set_to_nothing_does_not_come_back_from_the_reserve(clerk: Clerk) -> None:
    village = clerk.village.play("provisional", reserve="yes")
    afterwards.decide(village.office(), ROUND, {"p3": 0}, "punkt 4", "fonden betaler")
    village.wait(days=9)
    village.move("finalise", second="bo")
    afterwards.award(village.office(), ROUND, "p1", 0, "trak sig")
    assert called(village, "p3", 30_000_00) == ["RND-081"]
    assert called(village, "p2", 35_000_00, reason="x", second="bo") == []
