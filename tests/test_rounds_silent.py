"""Nothing is lost, ruined or told silently: what a clerk could do to a round by a slip, and what she is told instead."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.event import listen

from borgerbudget.errors import BorgerbudgetError
from borgerbudget.office import afterwards
from borgerbudget.office.hand_outs import hand_out
from borgerbudget.store import tables
from borgerbudget.store.database import open_database, reading
from borgerbudget.store.integrity import is_another_key
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


def test_whether_the_key_is_right_takes_one_row_and_no_changed_row_makes_it_another(clerk: Clerk) -> None:
    clerk.village.play("open")
    for number in range(3):
        clerk.village.cast(f"v00{number}", ["1"])
    assert clerk.village.key is not None
    asked: list[str] = []
    listen(clerk.village.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    with reading(clerk.village.engine) as connection:
        asked.clear()
        assert not is_another_key(connection, clerk.village.key)
    assert len(asked) == 1
    assert "LIMIT" in asked[0]
    with clerk.village.engine.begin() as connection:
        connection.execute(tables.AREAS.update().values(name="x"))
        connection.execute(tables.INTAKE.update().values(voters=9))
        for table, spoilt in ((tables.SPOOL, {"turn": 7}), (tables.PARTICIPATION, {"day": "x"})):
            key = list(table.primary_key)[-1]
            first = connection.execute(select(key).limit(1)).scalar()
            connection.execute(table.update().where(key == first).values(spoilt))
    with reading(clerk.village.engine) as connection:
        assert not is_another_key(connection, clerk.village.key)
        assert is_another_key(connection, bytes(32))


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


# money and rulings


def test_putting_money_in_a_second_time_says_that_it_takes_the_place_of_the_first(clerk: Clerk) -> None:
    clerk.village.start()
    put = ("round", "pool", "ROUND", "--source")
    said = clerk.run(*put, "Byrådet", "--amount", "25000", lang="da").err
    assert said == '"Byrådet" er ændret fra 100.000 kr. til 25.000 kr. Puljen er nu 25.000 kr.\n'
    assert "The pool is now" in clerk.run(*put, "Fond", "--amount", "500").err
    assert "Unchanged" in clerk.run(*put, "Fond", "--amount", "500").err
    assert "taken out" in clerk.run(*put, "Fond", "--amount", "0", "--dry-run").err
    assert "[RND-049]" in clerk.run(*put, "byrådet", "--amount", "1", code=2).err
    assert clerk.village.round().pool == 25_500_00


def test_an_appeal_is_upheld_or_rejected_and_which_is_said(clerk: Clerk) -> None:
    clerk.village.play("provisional")
    clerk.run("appeal", "add", "ROUND", "min seddel")
    decide = ("appeal", "decide", "ROUND", "1", "--grounds", "nej")
    for words in ((), ("--uphold", "--reject")):
        assert "[RND-084]" in clerk.run(*decide, *words, code=2).err
    assert clerk.village.round().appeals == {1: None}
    assert clerk.run(*decide, "--reject", lang="da").err == "Klage nummer 1: afvist.\n"


def test_a_decision_gives_a_proposal_one_amount(clerk: Clerk) -> None:
    clerk.village.play("provisional")
    deviate = ("decide", "deviate", "ROUND", "--reference", "punkt 4", "--grounds", "x", "--amount", "p1=1")
    assert "[RND-085]" in clerk.run(*deviate, "--amount", "p1=2", code=2).err
    assert clerk.village.round().decision is None


# paper


def test_who_is_given_paper_after_a_vote_by_code_is_told_that_only_the_paper_counts(clerk: Clerk) -> None:
    clerk.village.play("open", channels="code+paper", urns="hallen", double_vote="paper-wins")
    clerk.village.cast("v000", ["1"])
    give = ("ballot", "hand-out", "ROUND", "v000", "v001", "--urn", "hallen")
    assert "has voted" not in clerk.run(*give, "--dry-run").err
    said = clerk.run(*give).err
    assert '"v000" has voted with a code' in said
    assert "v001" not in said


def test_an_urn_with_fewer_sheets_used_than_people_who_got_one_does_not_balance(clerk: Clerk) -> None:
    clerk.village.play("open", channels="code+paper", urns="hallen")
    hand_out(clerk.village.office(), ROUND, ["v000", "v001"], "hallen")
    clerk.village.wait(days=8)
    clerk.village.move("close")
    balance = ("reconcile", "ROUND", "--urn", "hallen")
    refused = clerk.run(*balance, "--issued", "2", "--unused", "2", code=4).err
    assert "[PAP-030]" in refused
    assert "[PAP-018]" not in refused
    assert "[PAP-018]" in clerk.run(*balance, "--issued", "3", "--unused", "1", code=4).err
    clerk.run(*balance, "--issued", "5", "--unused", "2", "--spoiled", "3")  # both spoiled theirs, one of them two


# what cannot be mended once the round is frozen


def test_a_round_without_signers_is_told_so_before_it_is_frozen_and_when_somebody_signs(
    clerk: Clerk, tmp_path: Path
) -> None:
    clerk.village.start()
    assert "warning: " in clerk.run("round", "check", "ROUND").err
    assert [one["code"] for one in json.loads(clerk.run("round", "check", "ROUND", "--json").out)["warnings"]] == [
        "STA-080"
    ]
    asked = clerk.run("round", "freeze", "ROUND", "--second", "bo", typed="n\n", code=130).err
    assert asked.startswith("warning: ")
    assert "[STA-080]" in asked
    assert "cannot be undone" not in asked
    assert "round thaw" in asked
    (tmp_path / "ord").write_text("en meget lang sætning", encoding="utf-8")
    clerk.run("audit", "keygen", "sekretaer", "--passphrase-file", "ord")
    for state in ("ready", "open", "closed", "sealed", "counted"):
        getattr(clerk.village, f"_{state}")([["1", "3"]])
    clerk.run("audit", "bundle", "ROUND", "--out", "r.bba")
    signing = clerk.run("audit", "sign", "r.bba", "--key", "sekretaer.pem", "--passphrase-file", "ord", code=2).err
    assert "[BUN-024]" in signing
    assert "fingerprint -" not in signing


def test_a_round_with_a_signer_and_sound_proposals_is_not_warned_of(clerk: Clerk, tmp_path: Path) -> None:
    clerk.village.start()
    (tmp_path / "ord").write_text("en meget lang sætning", encoding="utf-8")
    clerk.run("audit", "keygen", "sekretaer", "--passphrase-file", "ord")
    clerk.run("round", "signer", "ROUND", "sekretaer.pub")
    assert "warning" not in clerk.run("round", "check", "ROUND").err
    clerk.run("proposal", "amend", "ROUND", "p1", "--title", " ", "--cost", "200000")
    told = clerk.run("round", "check", "ROUND").err
    assert "[STA-082]" in told
    assert "[STA-083]" in told
    clerk.run("round", "freeze", "ROUND", "--second", "bo", "--yes")


def test_check_of_a_round_that_is_frozen_does_not_say_that_it_can_be_frozen(clerk: Clerk) -> None:
    clerk.village.play("sealed")
    said = clerk.run("round", "check", "ROUND", lang="da").err
    assert "kan låses" not in said
    assert said.endswith("Næste: borgerbudget tally lillevig-2026\n")


@pytest.mark.parametrize(
    ("state", "line"),
    [
        ("provisional", 'appeal add ROUND "  "'),
        ("provisional", 'decide confirm ROUND --reference ""'),
        ("provisional", 'decide deviate ROUND --amount p1=1 --grounds x --reference " "'),
        ("final", 'award ROUND p1 --amount 1 --reference ""'),
        ("draft", 'area add byen --name "   "'),
        ("draft", 'round new ny --area lillevig --title " "'),
        ("draft", 'round pool ROUND --source " " --amount 5'),
    ],
)
def test_what_must_be_said_is_not_said_with_nothing(clerk: Clerk, state: str, line: str) -> None:
    if state == "draft":
        clerk.village.start()
    else:
        clerk.village.play(state)
    assert "[RND-086]" in clerk.run(*shlex.split(line), code=2).err


# what is still there, and what is too late


def test_after_a_purge_the_backups_that_lie_there_are_still_named(clerk: Clerk, tmp_path: Path) -> None:
    clerk.village.play("ready")
    clerk.run("round", "cancel", "ROUND", "--reason", "for få", "--yes")
    clerk.run("privacy", "purge", "ROUND", "--second", "bo", "--yes")
    (tmp_path / "borgerbudget-backups" / f"{ROUND}_andet_001_draft-to-ready_20260301T120000Z.db").touch()
    said = clerk.run("privacy", "report", "ROUND").out
    assert len(re.findall(rf"{ROUND}_[0-9]+_draft-to-ready_", said)) == 1
    assert "andet" in said  # it cannot be read, so nobody knows


def test_what_is_too_late_does_not_lead_to_calling_the_round_off(clerk: Clerk) -> None:
    clerk.village.play("closed")
    said = clerk.run("ballot", "cast", "ROUND", "1", "--code", clerk.village.codes["v009"], code=4).err
    assert "[STA-006]" in said
    assert "cancel" not in said
    assert "borgerbudget round seal" in said


def test_the_kiosk_marks_what_was_withdrawn(clerk: Clerk) -> None:
    clerk.village.play("open")
    clerk.run("proposal", "withdraw", "ROUND", "p2", "--reason", "solgt")
    said = clerk.run("ballot", "cast", "ROUND", "--kiosk", code=None, typed="\n").err
    assert "Forslag p2 (withdrawn)" in said
