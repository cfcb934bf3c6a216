"""What a clerk is told about a round is so: turnout, times, ties, dice, and what the next step is."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

import cli
from borgerbudget.office import proposing, sealing
from borgerbudget.office.voting import ballot_line
from borgerbudget.office_commands.kiosk import _repeat
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
            re.search(r"(\d+) har stemt eller", clerk.run("round", "show", "ROUND").out),
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
    village.start()
    for number in range(1, 5):
        proposing.withdraw_proposal(village.office(reason="x"), ROUND, f"p{number}")
    for proposal in ids:
        village.propose(proposal)


def test_an_id_that_is_another_proposals_number_is_told_before_freezing_with_an_order_that_mends_it(
    clerk: Clerk,
) -> None:
    numbered(clerk.village, ("2", "1", "x", "7"))
    clerk.run("proposal", "number", "ROUND", "2", "x", "1", "7")
    said = clerk.run("round", "check", "ROUND", code=4).err
    assert "[STA-090]" in said
    mend = re.search(r"proposal number lillevig-2026 ([^;]+);", said)
    assert mend is not None
    order = clerk.run("proposal", "number", "ROUND", *mend[1].split()).err
    assert "(nummer = id): 1 = 1, 2 = 2, 3 = 7, 4 = x" in order
    clerk.run("round", "check", "ROUND")


def test_the_kiosk_repeats_what_is_counted_also_where_ids_are_numbers(
    clerk: Clerk, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in a round that an older version froze."""
    numbered(clerk.village, ("2", "1"))
    clerk.run("proposal", "number", "ROUND", "2", "1")
    round = clerk.village.round()
    assert ballot_line(round, ["1"]) == "2"
    _repeat(SimpleNamespace(language="da"), round, ["1"])  # type: ignore[arg-type]
    assert "1 Forslag 2" in capsys.readouterr().err


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


# after the count


def test_another_count_says_whether_the_outcome_is_as_before_and_what_comes_next(clerk: Clerk) -> None:
    clerk.village.play("provisional")
    said = clerk.run("round", "recount", "ROUND", "--reason", "klage 1").err
    assert "version 2: samme udfald som før. Næste: borgerbudget round publish lillevig-2026" in said
    assert "Prøvekørsel" in clerk.run("round", "recount", "ROUND", "--reason", "klage 2", "--dry-run").err
    assert clerk.village.round().results == 2


def test_a_purged_round_has_no_next_step_that_is_the_page_itself(clerk: Clerk) -> None:
    clerk.village.play("counted")
    purged(clerk)
    assert "Næste:         intet, runden er slut" in clerk.run("round", "show", "ROUND").out


def test_sealing_says_that_the_ballots_of_an_urn_are_not_keyed(clerk: Clerk) -> None:
    village = clerk.village
    village.play("open", channels="code+paper", urns="hallen+brugsen")
    give(village, ["v000", "v001"])
    village.wait(days=8)
    village.move("close")
    said = clerk.run("round", "seal", "ROUND", code=4).err
    assert '2 vælgere fik en seddel ved urnen "hallen", og ingen seddel fra den er tastet' in said
    assert said.count("[PAP-040]") == 1
    clerk.run(
        "reconcile", "ROUND", "--urn", "hallen", "--issued", "2", "--unused", "2", "--reason", "x", "--second", "bo"
    )
    clerk.run("reconcile", "ROUND", "--urn", "brugsen", "--issued", "0")
    assert sealing.seal(village.office(), ROUND) is not None  # nobody put a ballot into the urn


def test_of_an_adopted_batch_it_is_told_that_what_two_differed_on_is_settled(clerk: Clerk) -> None:
    village = clerk.village
    village.play("open", channels="code+paper", urns="hallen")
    give(village, ["v000"])
    village.wait(days=8)
    village.move("close")
    clerk.run("ballot", "batch", "ROUND", "--urn", "hallen", "--sheets", "1")
    for sheet, actor in (("1", "anna"), ("2", "bo")):
        Path("seddel.txt").write_text(sheet)
        clerk.run("ballot", "key", "ROUND", "1", "--file", "seddel.txt", "--actor", actor)
    clerk.run("ballot", "compare", "ROUND", "1", code=6)
    assert "uenige om 1" in clerk.run("ballot", "batches", "ROUND").out
    Path("seddel.txt").write_text("1")
    for actor in ("anna", "bo"):
        clerk.run("ballot", "key", "ROUND", "1", "--file", "seddel.txt", "--actor", actor)
    clerk.run("ballot", "compare", "ROUND", "1")
    assert "talt med  afgjort efter uenighed om 1" in clerk.run("ballot", "batches", "ROUND").out


def test_a_bundle_of_an_uncounted_round_is_refused_by_its_state(clerk: Clerk) -> None:
    clerk.village.play("sealed")
    for words in (("audit", "bundle", "ROUND", "--out", "x.bba"), ("explain", "ROUND"), ("result", "show", "ROUND")):
        assert "[RND-040]" in clerk.run(*words, code=4).err


def test_the_log_has_the_time_of_day_until_it_is_purged(clerk: Clerk) -> None:
    clerk.village.play("counted")
    assert re.search(r"^ +1 2026-03-01 13:00 oprettet", clerk.run("round", "log", "ROUND").out, re.M)
    assert "sedler afgjort" in clerk.run("round", "log", "ROUND").out
    purged(clerk)
    assert re.search(r"^ +1 2026-03-01 +oprettet", clerk.run("round", "log", "ROUND").out, re.M)


# amounts and files


def test_an_amount_below_zero_is_told_as_it_was_written(clerk: Clerk) -> None:
    clerk.village.start()
    words = ("round", "pool", "ROUND", "--source", "Fonden", "--amount", "-500")
    assert "--amount er -500, og det er under nul" in clerk.run(*words, code=2).err


def test_names_and_ids_may_come_from_a_danish_excel(clerk: Clerk, tmp_path: Path) -> None:
    clerk.village.play("ready")
    (tmp_path / "navne.csv").write_bytes("id;navn\r\nv000;Åse Ærø\r\n".encode("cp1252"))
    clerk.run("codes", "letters", "ROUND", "v000", "--names", "navne.csv", "--out", "et.html")
    assert "Åse Ærø" in (tmp_path / "et.html").read_text(encoding="utf-8")
    (tmp_path / "navne.csv").write_bytes("id;navn\nv000;bel\x9b\x81b\n".encode("latin-1"))
    said = clerk.run("codes", "letters", "ROUND", "v001", "--names", "navne.csv", "--out", "to.html", code=3).err
    assert "gem filen igen som “CSV UTF-8”" in said
    assert said.count("navne.csv") == 1


# settings


def test_setting_signatures_where_votes_may_be_meant_is_told(clerk: Clerk) -> None:
    clerk.village.start()
    said = clerk.run("rules", "set", "ROUND", "threshold=0").err
    assert "threshold=0 er antallet af underskrifter" in said
    assert "underskrifter" not in clerk.run("rules", "set", "ROUND", "plan.threshold=2").err
    wrong = clerk.run("rules", "set", "ROUND", "tærskel", code=2).err
    assert "-> skriv navn=værdi" in wrong


def test_ready_made_rules_need_no_database(clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BORGERBUDGET_DB")
    (tmp_path / "tom").mkdir()
    (tmp_path / "borgerbudget.db").unlink()
    monkeypatch.chdir(tmp_path / "tom")
    assert "lige-andele" in clerk.run("rules", "presets").out


def test_closing_in_the_past_is_not_called_too_early(clerk: Clerk) -> None:
    clerk.village.start()
    said = clerk.run("round", "dates", "ROUND", "--closes", "2026-02-01 08:00", code=2).err
    assert "den tid er gået" in said
    said = clerk.run("round", "dates", "ROUND", "--closes", "2026-03-02 08:00", code=2).err
    assert "før den åbner" in said


# the command line


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("--lang da round show x", "round show x --lang da"),
        ("--lang=da round show x", "round show x --lang=da"),
        ("--lang da award r -- -x", "award r --lang da -- -x"),
        ("--lang da round show x --lang en", "round show x --lang en"),
        ("--lang da", "--lang da"),
        ("round show x", "round show x"),
    ],
)
def test_the_language_may_stand_first(words: str, found: str) -> None:
    assert cli.language_last(words.split()) == found.split()


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("round show", "runden (ROUND)"),
        ("appeal add ROUND", "teksten (TEXT)"),
        ("round print ROUND", "tryksagen (WHAT)"),
    ],
)
def test_a_word_that_is_missing_is_named_in_danish(clerk: Clerk, words: str, missing: str) -> None:
    assert missing in clerk.run(*words.split(), code=2).err


# when things are broken


def test_the_doctor_looks_at_what_there_is_beside_a_database_that_cannot_be_opened(
    clerk: Clerk, tmp_path: Path
) -> None:
    clerk.village.play("ready")
    database = tmp_path / "borgerbudget.db"
    whole = database.read_bytes()
    clerk.village.engine.dispose()
    for rest in ("-wal", "-shm"):
        (tmp_path / f"borgerbudget.db{rest}").unlink(missing_ok=True)
    for broken in (whole[: len(whole) // 2], b"en tekst", b""):
        database.write_bytes(broken)
        said = clerk.run("doctor", code=1).out
        assert re.search(r"^FEJL +.*borgerbudget.db", said, re.M), broken[:20]
        assert "plads på disken" in said
    database.write_bytes(b"en tekst")
    assert '"status":"error"' in clerk.run("doctor", "--json", code=1).out


def test_the_doctor_looks_at_the_rounds_with_a_broken_key(clerk: Clerk, tmp_path: Path) -> None:
    clerk.village.play("ready")
    (tmp_path / "borgerbudget.key").write_text("ikke en nøgle")
    said = clerk.run("doctor", code=1).out
    assert "kan ikke læses som en nøgle" in said
    assert "lillevig-2026: rækkerne er, som hændelserne siger" in said


def test_an_empty_database_beside_backups_is_not_made_anew(clerk: Clerk, tmp_path: Path) -> None:
    words = ("area", "add", "sandby", "--name", "Sandby")
    clerk.village.play("ready")
    clerk.village.engine.dispose()
    (tmp_path / "borgerbudget.db").write_bytes(b"")
    assert "[DB-020]" in clerk.run(*words, code=3).err
    assert (tmp_path / "borgerbudget.db").read_bytes() == b""
    shutil.rmtree(tmp_path / "borgerbudget-backups")
    for rest in ("db", "db-wal", "db-shm", "key"):
        (tmp_path / f"borgerbudget.{rest}").unlink(missing_ok=True)
    assert "Kopiér nøglen" in clerk.run(*words).err
    assert "Kopiér nøglen" not in clerk.run("area", "add", "nørby", "--name", "Nørby", code=2).err
