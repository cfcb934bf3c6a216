"""Ballots from office files into a stored round, by the codes that stand beside them.

The village's vote is open from 2 March 2026 13.00 to 9 March 13.00, Danish time.
"""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from borgerbudget.errors import InputRejected, StateForbids
from borgerbudget.office import setting_up
from borgerbudget.office.hand_outs import hand_out
from borgerbudget.office.importing import Imported, import_ballots, read_returned
from borgerbudget.office.paper_sheets import judge
from borgerbudget.office.voters import reissue_code, strike_voter, void_code
from borgerbudget.rounds.codes import new_code
from borgerbudget.sheets.mapping import PLATFORMS, BallotManner
from borgerbudget.sheets.opening import new_findings, open_sheets
from borgerbudget.sheets.proposals import ProposalRow
from borgerbudget.store import tables
from borgerbudget.store.database import open_database, reading
from borgerbudget.store.reading import rows
from tests.clerks import Clerk
from tests.power_loss import somebody_else
from tests.tables import ballots_of, book, told
from tests.test_paper_commands import english_words
from tests.test_rounds_unlinkable import places, tells
from tests.villages import ROUND, Village, crowded

FORM = BallotManner(column="Hvad vælger du?", voter="Din kode", time="Tidsstempel", order="dmy")
QUESTION = "Tidsstempel,Din kode,Hvad vælger du?\n"


@pytest.fixture
def fast(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Village]:
    monkeypatch.chdir(tmp_path)
    shutil.copy(empty_database, tmp_path / "borgerbudget.db")
    engine = open_database(str(tmp_path / "borgerbudget.db"))
    yield Village(engine, str(tmp_path / "borgerbudget.db"))
    engine.dispose()


def take_in(village: Village, data: str | bytes, manner: BallotManner | None = None) -> Imported:
    """``{v000}`` in a text is that voter's code."""
    findings, manner = new_findings(), manner or BallotManner()
    if isinstance(data, str):
        data = data.format(**village.codes).encode()
    found = read_returned(village.round(), open_sheets(data, "svar", None, findings), manner, findings)
    if found is None:
        findings.raise_if_failed()
    assert found is not None
    return import_ballots(village.office(), ROUND, found, findings)


def refused(village: Village, data: str | bytes, manner: BallotManner | None = None) -> list[tuple[str, str | None]]:
    """Code and cell of each fault; and nothing was kept."""
    before = village.round().tally
    with pytest.raises(InputRejected) as found:
        take_in(village, data, manner)
    assert village.round().tally == before
    return [(one.code, one.place.cell) for one in found.value.problems if one.severity == "error"]


def box(village: Village) -> list[tuple[str, str]]:
    """Content and verdict, once voting is over and the box sealed."""
    village.whole()
    village.wait(days=8)
    village.move("close")
    village.seal()
    village.whole()
    with reading(village.engine) as connection:
        return sorted((row["content"], row["verdict"]) for row in rows(connection, tables.BALLOTS, round=ROUND))


PLAIN = "kode;stemmer\n"


# what is read


def test_an_import_is_what_casting_each_would_be(village: Village) -> None:
    village.play("open")
    village.cast("v000", ["1"])
    table = PLAIN + "{v000};2\n{v001};3\n{v002};1 3\n{v002};4\n{v003};\n"
    assert take_in(village, table) == Imported(5, (2, 5), 1)
    assert Counter(box(village)) == Counter(
        [("p1", "accepted"), ("p2", "double-vote"), ("p3", "accepted"), ("p1,p3", "accepted"), ("p4", "double-vote"),
         ("", "accepted")]
    )  # fmt: skip


def test_a_google_form_is_taken_in_by_its_titles(fast: Village) -> None:
    fast.play("open")
    fast.wait(days=4)
    answers = (
        '04/03/2026 20.05.11,{v000},"Forslag p1, Forslag p3"\n05/03/2026 08.00.00,{v001},\n05/03/2026 8.00,{v002},2\n'
    )
    assert take_in(fast, QUESTION + answers, FORM) == Imported(3)
    assert box(fast) == [("", "accepted"), ("p1,p3", "accepted"), ("p2", "accepted")]


def test_a_workbook_with_a_column_for_each_proposal_is_taken_in(fast: Village) -> None:
    fast.play("open")
    heads = ["Stemmekode", *(f"Hvad vælger du? [Forslag p{n}]" for n in (1, 2, 3, 4))]
    rows = [fast.codes["v000"], "x", None, "x", None], [fast.codes["v001"].lower().replace("-", " "), 0, 0, 0, 1]
    assert take_in(fast, book(heads, *rows), BallotManner(shape="marks")).ballots == 2
    assert box(fast) == [("p1,p3", "accepted"), ("p4", "accepted")]


def test_a_platforms_table_is_taken_in_with_codes_for_its_voter_ids(fast: Village) -> None:
    fast.play("open", ballot="ranked")
    table = "Voter ID,Rank1,Rank2\n{v000},Forslag p3 ($30000),Forslag p1 ($40000)\n"
    assert take_in(fast, table, PLATFORMS["stanford-ranking"].ballots).ballots == 1
    assert box(fast) == [("p3>p1", "accepted")]


@pytest.mark.parametrize(
    ("ballot", "cells", "kept"),
    [
        ("points", ("3 3 1", "1:2 p3:1", ""), ["", "p1:2,p3:1", "p1:1,p3:2"]),
        ("scoring", ("3:0 1:4", "p2:5", ""), ["", "p1:4,p3:0", "p2:5"]),
    ],
)
def test_points_stand_beside_the_numbers_or_as_a_number_again(
    fast: Village, ballot: str, cells: tuple[str, ...], kept: list[str]
) -> None:
    limits = {
        "points": {"ballot.max_sum_points": "5"},
        "scoring": {"ballot.max_points": "5", "ballot.default_score": "1"},
    }
    fast.play("open", ballot=ballot, **limits[ballot])
    take_in(fast, PLAIN + "".join(f"{{v{n:03}}};{cell}\n" for n, cell in enumerate(cells)))
    with reading(fast.engine) as connection:
        assert sorted(row["content"] for row in rows(connection, tables.SPOOL, round=ROUND)) == sorted(kept)


def test_a_point_of_nothing_is_no_mark_and_a_score_of_nothing_is_one(fast: Village) -> None:
    fast.play("open", ballot="points")
    heads = "kode;Forslag p1;Forslag p2;Forslag p3;Forslag p4\n"
    take_in(fast, heads + "{v000};3;0;;1\n", BallotManner(shape="points"))
    with reading(fast.engine) as connection:
        assert [row["content"] for row in rows(connection, tables.SPOOL, round=ROUND)] == ["p1:3,p4:1"]


def test_points_where_there_are_none_and_none_where_there_are_some_are_told(fast: Village) -> None:
    fast.play("open")
    assert refused(fast, PLAIN + "{v000};1\n{v001};1:2\n") == [("IMP-086", "B3")]


def test_a_score_needs_its_points(fast: Village) -> None:
    fast.play("open", ballot="scoring")
    assert refused(fast, PLAIN + "{v000};1:2\n{v001};1\n") == [("IMP-087", "B3")]


def test_a_number_that_is_another_proposals_id_is_not_guessed_at() -> None:
    """Freezing refuses such a list; a round that was frozen before may have one."""
    listed = tuple(ProposalRow(0, name, f"Forslag {name}", 1, number=n) for n, name in enumerate(["p2", "1", "p1"], 1))
    table = "Stemmer\n1\n1 2\n2\nForslag 1\n"
    assert told(ballots_of(table, proposals=listed)[1]) == [("IMP-084", "A2"), ("IMP-084", "A3")]
    assert told(ballots_of("1;2;p1\nx;;\n", BallotManner(shape="marks"), listed)[1]) == [("IMP-040", 1)]
    for digits, meant in (("numbers", "p2"), ("ids", "1")):
        found, _ = ballots_of("Stemmer\n1\n2\n", BallotManner(digits=digits), listed)  # type: ignore[arg-type]
        assert found is not None
        assert [row.choices for row in found.rows] == [(meant,), ("1",)]


# what is told


def test_everything_wrong_is_told_at_once_with_its_cell_and_nothing_is_kept(fast: Village) -> None:
    fast.play("open")
    void_code(fast.office(reason="stjålet"), ROUND, "v001")
    strike_voter(fast.office(reason="fraflyttet"), ROUND, "v002")
    table = PLAIN + f"{{v000}};1\nX;1\n{{v001}};9\n{new_code()};1\n{{v002}};1\n;1\n{{v003}};1 1\n"
    assert refused(fast, table) == [
        ("RND-020", "A3"), ("IMP-070", "B4"), ("RND-022", "A4"), ("RND-021", "A5"), ("RND-026", "A6"),
        ("IMP-083", "A7"), ("IMP-072", None),
    ]  # fmt: skip


def test_a_ballot_that_breaks_a_limit_is_kept_as_it_stands_and_void_in_the_box(fast: Village) -> None:
    fast.play("open", **{"ballot.max_length": "1"})
    table = PLAIN + "{v000};1\n{v001};1 2\n{v002};3\n{v003};4 2\n"
    assert refused(fast, table + "X;1\n") == [("RND-020", "A6")]
    assert take_in(fast, table) == Imported(4, void=((3, "max-length"), (5, "max-length")))
    take_in(fast, PLAIN + "{v003};1\n")  # the first one stands, void or not
    assert box(fast) == [
        ("p1", "accepted"), ("p1", "double-vote"), ("p1,p2", "max-length"), ("p2,p4", "max-length"), ("p3", "accepted"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("policies", "cells", "kept"),
    [
        ({"ballot": "knapsack"}, ("1 2", "1 2 3"), {"p1,p2": "accepted", "p1,p2,p3": "max-sum-cost"}),
        ({"ballot": "points", "ballot.max_sum_points": "5"}, ("1:5", "1:3 2:3"),
         {"p1:5": "accepted", "p1:3,p2:3": "max-sum-points"}),
        ({"ballot": "scoring", "ballot.max_points": "5"}, ("1:5", "1:6"), {"p1:5": "accepted", "p1:6": "max-points"}),
        ({"ballot": "ranked", "ballot.max_length": "2"}, ("2 1", "3 1 2"), {"p2>p1": "accepted", "p3>p1>p2": "max-length"}),
        ({"ballot": "ranked", "ballot.max_length": "2", "invalid_partial": "keep-clear"}, ("2 1", "3 1 2"),
         {"p2>p1": "accepted", "p3>p1": "accepted"}),
        ({"ballot.min_length": "2"}, ("1 2", "1"), {"p1,p2": "accepted", "p1": "min-length"}),
    ],
)  # fmt: skip
def test_every_limit_is_judged_as_it_is_on_paper(
    fast: Village, policies: dict[str, str], cells: tuple[str, ...], kept: dict[str, str]
) -> None:
    fast.play("open", **policies)
    done = take_in(fast, PLAIN + "".join(f"{{v{n:03}}};{cell}\n" for n, cell in enumerate(cells)))
    void = tuple(reason for reason in kept.values() if reason != "accepted")
    assert done == Imported(2, void=tuple((3, reason) for reason in void), cut=() if void else (3,))
    for n, cell in enumerate(cells):
        assert judge(fast.round(), cell).reason == (None if n == 0 or not void else void[0])
    assert dict(box(fast)) == kept


def test_a_dash_is_a_blank_ballot_as_it_is_on_paper(fast: Village) -> None:
    fast.play("open")
    assert take_in(fast, PLAIN + "{v000};-\n{v001};\n") == Imported(2)
    assert box(fast) == [("", "accepted"), ("", "accepted")]


def test_twenty_envelopes_of_one_voter_are_the_most(fast: Village) -> None:
    fast.play("open")
    assert refused(fast, PLAIN + "{v000};1\n" * 21) == [("STA-044", "A22")]
    take_in(fast, PLAIN + "{v000};1\n" * 20)
    assert refused(fast, PLAIN + "{v000};1\n") == [("STA-044", "A2")]


def test_a_table_without_codes_is_told_so_and_one_without_ballots_too(fast: Village) -> None:
    fast.play("open")
    assert [code for code, _ in refused(fast, "navn;stemmer\nÅse;1\n")] == ["IMP-040"]
    assert [code for code, _ in refused(fast, PLAIN)] == ["IMP-055"]


def test_only_an_open_round_takes_ballots(fast: Village) -> None:
    fast.play("ready")
    fast.issue()
    with pytest.raises(StateForbids):
        take_in(fast, PLAIN + "{v000};1\n")


# when it was answered


def form(*lines: str) -> str:
    return QUESTION + "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize(
    ("time", "late"),
    [
        ("09/03/2026 12.59.59", False), ("09/03/2026 13.00.00", True), ("2026-03-09 13:00 GMT+2", False),
        ("2026/03/09 12:59:59 PM CET", False), ("2026/03/09 1:00:00 PM CET", True), ("2026-03-09T12:30Z", True),
        ("9. marts 2026 12.30 UTC", True), ("2026-03-09 08:00 GMT-5", True), ("09/03/2026 13.30 CEST", False),
    ],
)  # fmt: skip
def test_an_answer_is_late_by_the_time_of_the_form_not_of_the_import(fast: Village, time: str, late: bool) -> None:
    fast.play("open")
    fast.wait(days=7)  # the deadline is over
    assert take_in(fast, form(f"{time},{{v000}},1"), FORM) == Imported(1, late=(2,) if late else ())
    assert box(fast) == [("p1", "late" if late else "accepted")]


def test_without_a_time_the_import_is_when_it_was_answered(fast: Village) -> None:
    fast.play("open")
    fast.wait(days=7)
    assert take_in(fast, PLAIN + "{v000};1\n{v001};2\n") == Imported(2, late=(2, 3))
    assert fast.round().tally.voters == 0


def test_where_late_ballots_count_the_time_does_not_matter(fast: Village) -> None:
    fast.play("open", late_ballot="counted")
    fast.wait(days=7)
    assert take_in(fast, form("2026-03-09,{v000},1", "2026-03-09 14:00,{v001},2"), FORM) == Imported(2)
    assert {verdict for _, verdict in box(fast)} == {"accepted"}


@pytest.mark.parametrize("policy", ["first", "last"])
def test_which_of_two_came_first_is_told_by_the_form_not_by_the_row(fast: Village, policy: str) -> None:
    fast.play("open", double_vote=policy)
    fast.wait(days=4)
    lines = ["05/03/2026 10.00,{v000},3", "04/03/2026 10.00,{v000},1", "04/03/2026 11.00,{v000},2"]
    assert take_in(fast, form(*lines), FORM) == Imported(3, (2, 4))
    assert [content for content, verdict in box(fast) if verdict == "accepted"] == ["p1" if policy == "first" else "p3"]


def test_answers_from_before_the_vote_or_after_now_are_faults(fast: Village) -> None:
    fast.play("open")
    lines = ["01/03/2026 10.00,{v000},1", "04/03/2026 20.00,{v001},1", "03/02/2026 20.00,{v002},1"]
    assert refused(fast, form(*lines), FORM) == [("RND-050", "A2"), ("RND-051", "A3"), ("RND-050", "A4")]
    take_in(fast, form("03/03/2026 13.04,{v000},1"), FORM)  # two clocks


def test_a_day_without_an_hour_is_enough_but_for_the_last(fast: Village) -> None:
    fast.play("open")
    fast.wait(days=7)
    assert refused(fast, form("08/03/2026,{v000},1", "09/03/2026,{v001},1"), FORM) == [("RND-052", "A3")]
    assert take_in(fast, form("08/03/2026,{v000},1", "10/03/2026,{v001},1"), FORM).late == (3,)


def test_an_hour_that_happens_twice_is_asked_for_where_it_matters(fast: Village) -> None:
    fast.now = datetime(2026, 10, 16, 0, 30, tzinfo=UTC)
    fast.start()
    closes = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)  # 02.15, the second time
    setting_up.set_dates(fast.office(), ROUND, fast.now + timedelta(days=1), closes)
    fast.move("freeze", second="bo")
    fast.issue()
    fast.wait(days=2)
    fast.move("open")
    fast.now = closes + timedelta(hours=3)
    table = form("2026-10-25 02:10,{v000},1", "2026-10-25 02:20,{v001},1")
    assert refused(fast, table, FORM) == [("RND-052", "A3")]
    table = form("2026-10-25 02:20 CEST,{v000},1", "2026-10-25 02:20 CET,{v001},1")
    assert take_in(fast, table, FORM).late == (3,)


# with other ways of voting


def test_who_was_given_a_sheet_or_another_code_is_settled_as_one_voter(fast: Village) -> None:
    fast.play("open", channels="code+paper", urns="hallen")
    hand_out(fast.office(), ROUND, ["v000"], "hallen")
    fast.cast("v001", ["2"])
    reissue_code(fast.office(reason="tabt"), ROUND, "v001", fast.codes.update)
    assert take_in(fast, PLAIN + "{v000};1\n{v001};3\n") == Imported(2, (2,), 0)
    fast.whole()
    assert fast.round().tally.envelopes == 3


# nothing tells who voted for what


def test_a_table_in_any_order_leaves_no_order_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "borgerbudget.db"
    engine = open_database(str(path), create=True)
    village = Village(engine, str(path))
    village.start(ballot="points")
    crowded(village, number := 200)
    village.move("freeze", second="bo")
    village.issue()
    village.wait(days=2)
    village.move("open")
    voters = sorted(village.codes)[:number]
    random.Random(1).shuffle(voters)
    marks = [f"p1:{5_000_000 + at}" for at in range(number)]
    table = PLAIN + "".join(f"{{{voter}}};{mark}\n" for voter, mark in zip(voters, marks, strict=True))
    with somebody_else(path):  # so that the log stays a file
        assert take_in(village, table).ballots == number
        with reading(engine) as connection:
            taken_part = {row["roll_id"]: row["seal"] for row in rows(connection, tables.PARTICIPATION, round=ROUND)}
        came = [taken_part[voter] for voter in voters]
        assert tells(path.read_bytes(), marks) == []
        village.wait(days=8)
        village.move("close")
        village.seal()
        assert places(path.read_bytes(), marks)
        assert tells(path.read_bytes(), marks, came) == []
        assert tells(path.with_name(f"{path.name}-wal").read_bytes(), marks, came) == []
    engine.dispose()


# the real command


@pytest.fixture
def clerk(fast: Village, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    fast.play("open", double_vote="last")
    fast.wait(days=7)
    found = Clerk(fast, monkeypatch)
    found.lang = "da"
    return found


MAPPING = '[ballots]\ncolumn = "Hvad vælger du?"\nvoter = "Din kode"\ntime = "Tidsstempel"\norder = "dmy"\n'


def test_a_secretary_takes_in_the_answers_of_a_form(clerk: Clerk, tmp_path: Path) -> None:
    run, codes = clerk.run, clerk.village.codes
    lines = ["08/03/2026 10.00,{v000},Forslag p1", "08/03/2026 11.00,{v000},Forslag p2", "10/03/2026 11.00,{v001},3"]
    (tmp_path / "svar.csv").write_text(form(*lines).format(**codes), encoding="utf-8")
    (tmp_path / "svar.toml").write_text(MAPPING, encoding="utf-8")
    told = run("ballot", "import", "ROUND", "svar.csv", "--mapping", "svar.toml", "--dry-run")
    assert told.out.splitlines() == ["efter en anden af samme vælger: række 3", "for sent: række 4"]
    assert told.err.startswith("Prøvekørsel, intet er gemt: 3 sedler lagt i kuverter, 1 efter en anden")
    assert clerk.village.round().tally.envelopes == 0
    assert "round seal minder om den" in run("ballot", "import", "ROUND", "svar.csv", "--mapping", "svar.toml").err
    assert "svar.csv" in (tmp_path / "borgerbudget-backups" / "copies.txt").read_text(encoding="utf-8")
    again = ("ballot", "import", "ROUND", "svar.csv", "--mapping", "svar.toml")
    asked = run(*again, typed="n\n", code=130).err
    assert "Er filen måske lagt ind før?" in asked
    assert "[RND-009]" in run(*again, "--no-input", code=2).err
    assert clerk.village.round().tally.envelopes == 3
    assert "Er filen måske lagt ind før?" in run(*again, "--dry-run").err
    assert "Er filen måske lagt ind før?" in run(*again, "--yes").err
    assert clerk.village.round().tally.envelopes == 6
    run("round", "close", "ROUND", "--yes")
    assert re.search(r"^  .*svar\.csv$", run("round", "seal", "ROUND", "--yes").err, re.M)
    assert english_words(clerk) == {}


@pytest.mark.parametrize("line", ['double_vote = "first"', "from = 2026-03-02", "until = 2026-03-08T20:00:00"])
def test_what_the_round_has_settled_is_not_said_again_by_a_mapping(clerk: Clerk, tmp_path: Path, line: str) -> None:
    (tmp_path / "svar.csv").write_text(
        form("08/03/2026 10.00,{v000},1").format(**clerk.village.codes), encoding="utf-8"
    )
    (tmp_path / "svar.toml").write_text(f"{MAPPING}{line}\n", encoding="utf-8")
    told = clerk.run("ballot", "import", "ROUND", "svar.csv", "--mapping", "svar.toml", code=3).err
    assert "[IMP-085]" in told
    assert f"“{line.partition(' ')[0]}”" in told


def test_every_fault_is_told_as_the_spreadsheet_shows_it(clerk: Clerk, tmp_path: Path) -> None:
    (tmp_path / "svar.xlsx").write_bytes(
        book(["Kode", "Stemmer"], ["X", 1], [clerk.village.codes["v000"], 9], name="Svar")
    )
    told = clerk.run("ballot", "import", "ROUND", "svar.xlsx", code=3).err
    assert re.findall(r"ark “Svar”, celle (\w+)", told) == ["A2", "B3"]
    assert english_words(clerk) == {}


def test_a_secretary_confirms_what_will_be_void_and_is_told_where_it_stands(
    fast: Village, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fast.play("open", **{"ballot.max_length": "2"})
    clerk = Clerk(fast, monkeypatch)
    clerk.lang = "da"
    (tmp_path / "svar.csv").write_text(
        (PLAIN + "{v000};1\n{v001};1 2 3\n{v002};-\n").format(**fast.codes), encoding="utf-8"
    )
    take = ("ballot", "import", "ROUND", "svar.csv")
    told = clerk.run(*take, "--dry-run")
    assert told.out == "ugyldig: række 3 (for mange forslag)\n"
    assert "Prøvekørsel, intet er gemt: 3 sedler lagt i kuverter, 1 ugyldige." in told.err
    asked = clerk.run(*take, typed="n\n", code=130).err
    assert "1 seddel bryder en grænse:\n  ugyldig: række 3 (for mange forslag)\nDe lægges i kassen" in asked
    assert "[RND-009]" in clerk.run(*take, "--no-input", code=2).err
    assert fast.round().tally.envelopes == 0
    done = clerk.run(*take, typed="ja\n")
    assert "1 stemmeseddel er blank (række 4)" in done.err
    assert fast.round().tally.envelopes == 3
    fast.wait(days=8)
    fast.move("close")
    assert "2 tælles, 1 ikke" in clerk.run("round", "seal", "ROUND", "--yes").err
    fast.tally()
    fast.whole()
    assert "Ikke talt med: for mange forslag" in clerk.run("round", "evaluate", "ROUND").out
    clerk.run("round", "print", "ROUND", "protocol", "--out", "p.html")
    assert "for mange forslag" in (tmp_path / "p.html").read_text(encoding="utf-8")
    clerk.run("audit", "bundle", "ROUND", "--out", "r.bba")
    clerk.run("audit", "verify", "r.bba", code=8)  # but for the signatures, all is well
    assert english_words(clerk) == {}
