"""Ballots on paper: who may have one, how sheets are keyed twice and compared, and that each is counted once or accounted for."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from borgerbudget.errors import BorgerbudgetError, StateForbids, UsageError
from borgerbudget.office import afterwards, voters, voting
from borgerbudget.office.hand_outs import hand_out
from borgerbudget.office.paper_batches import (
    MOST_SHEETS,
    compare,
    drop,
    forget_sheet,
    key_sheets,
    list_batches,
    new_batch,
    resolve,
    sheets_to_key,
)
from borgerbudget.office.paper_sheets import judge, read_sheet
from borgerbudget.office.reconciling import Reconciliation, reconcile
from borgerbudget.office.voters import strike_voter, void_code
from borgerbudget.rounds.paper_words import REASONS, SEEN
from borgerbudget.store import tables
from borgerbudget.store.database import open_database, reading
from borgerbudget.store.reading import rows
from tallies.audit.round_bundle import round_bundle
from tests.test_rounds_life import codes_of, verify
from tests.villages import ROUND, Village, crowded

PAPER = {"channels": "code+paper", "urns": "hallen"}


@pytest.fixture
def fast(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Village]:
    """A village on SQLite, for what does not depend on the kind of database."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(empty_database, tmp_path / "borgerbudget.db")
    engine = open_database(str(tmp_path / "borgerbudget.db"))
    yield Village(engine, str(tmp_path / "borgerbudget.db"))
    engine.dispose()


def opened(village: Village, **policies: str) -> Village:
    return village.play("open", **{**PAPER, **policies})


def closed(village: Village, on_paper: int = 6, **policies: str) -> Village:
    """Voting is over, and so many were given a sheet."""
    opened(village, **policies)
    give(village, [f"v{i:03}" for i in range(on_paper)])
    village.wait(days=8)
    village.move("close")
    return village


def give(village: Village, people: list[str], urn: str = "hallen") -> None:
    hand_out(village.office(), ROUND, people, urn)


def batch(village: Village, sheets: list[str], urn: str = "hallen", readers: tuple[str, str] = ("anna", "bo")) -> int:
    """A batch on which two people agree."""
    number = new_batch(village.office(), ROUND, urn, len(sheets))
    for reader in readers:
        key(village, number, dict(enumerate(sheets, 1)), reader)
    assert compare(village.office(), ROUND, number) == []
    return number


def key(village: Village, number: int, sheets: dict[int, str], reader: str) -> list[int]:
    return key_sheets(village.office(reader), ROUND, number, sheets)


def balance(
    village: Village, issued: int, urn: str = "hallen", spoiled: int = 0, unused: int = 0, **more: str
) -> Reconciliation:
    return reconcile(village.office(**more), ROUND, urn, issued, spoiled, unused)[0]


def box(village: Village) -> list[tuple[str, str]]:
    with reading(village.engine) as connection:
        return sorted((row["content"], row["verdict"]) for row in rows(connection, tables.BALLOTS, round=ROUND))


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(BorgerbudgetError) as found:
        act()
    return codes_of(found.value)


# the whole way


def test_a_round_on_paper_and_with_codes_goes_to_a_bundle_that_passes(village: Village, tmp_path: Path) -> None:
    opened(village, tier="sealed", tier_reason="revisionen tæller om")
    give(village, ["v000", "v001", "v002"])
    village.cast("v003", ["2"])
    village.wait(days=8)
    village.move("close")
    batch(village, ["1 3", "3 1", "!ulæselig"])
    assert balance(village, issued=10, spoiled=1, unused=6).difference == 0
    village.seal()
    assert box(village) == [("", "unreadable"), ("p1,p3", "accepted"), ("p1,p3", "accepted"), ("p2", "accepted")]
    village.tally()
    village.whole()
    village.move("publish")
    done = verify(tmp_path / "x.bba", round_bundle(village.office(), village.round()))
    assert "FAIL" not in done.stdout
    assert done.returncode == 8  # unsigned


def test_nothing_of_batches_is_left_in_the_box_but_who_keyed_how_many(village: Village) -> None:
    closed(village, on_paper=3)
    batch(village, ["1", "2", "3"])
    balance(village, issued=3)
    village.seal()
    with reading(village.engine) as connection:
        assert rows(connection, tables.READINGS) == []
        assert rows(connection, tables.SPOOL) == []
        assert rows(connection, tables.BATCHES)[0]["sheets"] == 3
    village.whole()


def test_a_purge_forgets_who_keyed(fast: Village) -> None:
    closed(fast, on_paper=3)
    batch(fast, ["1", "2", "3"])
    balance(fast, issued=3)
    fast.seal()
    fast.move("cancel", reason="en fejl")
    afterwards.purge(fast.office(second="bo"), ROUND)
    with reading(fast.engine) as connection:
        assert rows(connection, tables.BATCHES) == []
        assert [row["counted"] for row in rows(connection, tables.RECONCILIATIONS)] == [3]
    fast.whole()


# handing out


def test_who_has_voted_with_a_code_is_given_no_sheet_and_nobody_two(village: Village) -> None:
    opened(village)
    village.cast("v000", ["1"])
    give(village, ["v001"])
    assert refused(lambda: give(village, ["v002", "v000", "v001"])) == ["PAP-004", "PAP-003"]
    give(village, ["v002"])  # none of the three had been given one
    assert village.round().tally.voters == 3
    village.whole()


def test_a_code_used_after_the_sheet_was_handed_out_does_not_count(village: Village) -> None:
    opened(village)
    give(village, ["v000"])
    assert village.cast("v000", ["1"]).standing == "second"
    village.wait(days=8)
    village.move("close")
    batch(village, ["2"])
    balance(village, issued=1)
    village.seal()
    assert box(village) == [("p1", "double-vote"), ("p2", "accepted")]
    village.whole()


def test_paper_wins_where_the_rule_says_so(village: Village) -> None:
    opened(village, double_vote="paper-wins")
    village.cast("v000", ["1"])
    village.cast("v001", ["3"])
    village.cast("v001", ["4"])
    give(village, ["v000"])
    village.wait(days=8)
    village.move("close")
    batch(village, ["2"])
    balance(village, issued=1)
    village.seal()
    assert box(village) == [
        ("p1", "double-vote"), ("p2", "accepted"), ("p3", "accepted"), ("p4", "double-vote"),
    ]  # fmt: skip


def test_after_a_misused_code_was_voided_its_owner_may_vote_on_paper(fast: Village) -> None:
    opened(fast)
    fast.cast("v000", ["1"])
    void_code(fast.office(reason="stjålet"), ROUND, "v000")
    give(fast, ["v000"])
    assert fast.round().tally.voters == 1


def test_a_sheet_is_handed_out_only_to_who_is_on_the_roll_at_an_urn_of_the_round_in_time(fast: Village) -> None:
    opened(fast)
    strike_voter(fast.office(reason="flyttet"), ROUND, "v001")
    assert refused(lambda: give(fast, ["v999", "v001", "v000"])) == ["RND-007", "RND-026"]
    assert refused(lambda: give(fast, ["v000"], "kirken")) == ["PAP-001"]
    fast.wait(days=8)
    assert refused(lambda: give(fast, ["v000"])) == ["PAP-005"]
    assert hand_out(fast.office(reason="stod i kø"), ROUND, ["v000"], "hallen") == 1


def test_without_urns_there_is_no_paper(fast: Village) -> None:
    fast.play("open")
    assert refused(lambda: give(fast, ["v000"])) == ["PAP-002"]


@pytest.mark.parametrize(
    ("policies", "code"),
    [
        ({"channels": "code", "double_vote": "paper-wins"}, "STA-070"),
        ({"channels": "code+paper"}, "STA-071"),
        ({"urns": "hallen"}, "STA-072"),
        ({"channels": "code+paper", "urns": "hallen", "double_vote": "last"}, "STA-013"),
    ],
)
def test_rules_of_paper_that_cannot_work_are_refused_before_freezing(
    fast: Village, policies: dict[str, str], code: str
) -> None:
    fast.start(**policies)
    assert refused(lambda: fast.move("freeze", second="bo")) == [code]


def test_at_a_meeting_with_paper_the_roll_is_written_while_people_come(fast: Village) -> None:
    fast.start(channels="paper", urns="hallen", eligibility="attendance")
    with reading(fast.engine) as connection:
        enrolled = rows(connection, tables.ROLL)
    for voter in enrolled:
        strike_voter(fast.office(reason="kun fremmødte"), ROUND, voter["id"])
    fast.move("freeze", second="bo")
    fast.wait(days=2)
    fast.move("open")
    voters.add_voters(fast.office(), ROUND, ["m1"])
    give(fast, ["m1"])
    assert fast.round().tally.voters == 1


def test_a_vote_by_code_and_one_at_the_meeting_are_one_persons_two(fast: Village) -> None:
    fast.start(channels="code+meeting", secrecy="open")
    voters.add_voters(fast.office(), ROUND, ["v000"])
    fast.move("freeze", second="bo")
    fast.issue()
    fast.wait(days=2)
    fast.move("open")
    fast.cast("v000", ["1"])
    second = voting.cast(fast.office(), ROUND, ["2"], voter="v000")
    assert second.standing == "second"
    fast.wait(days=8)
    fast.move("close")
    fast.seal()
    assert box(fast) == [("p1", "accepted"), ("p2", "double-vote")]


# keying


def test_two_people_key_a_batch_and_neither_keys_both_readings(fast: Village) -> None:
    closed(fast)
    number = new_batch(fast.office(), ROUND, "hallen", 2)
    assert key(fast, number, {1: "1"}, "anna") == [2]
    assert refused(lambda: key(fast, number, {1: "1"}, " ANNA")) == ["PAP-010"]
    assert key(fast, number, {2: "2"}, "Anna") == []
    assert refused(lambda: sheets_to_key(fast.office("anna"), ROUND, number)) == ["PAP-009"]
    assert refused(lambda: compare(fast.office(), ROUND, number)) == ["PAP-012"]
    assert key(fast, number, {1: "1", 2: "2"}, "bo") == []
    assert refused(lambda: sheets_to_key(fast.office("carl"), ROUND, number)) == ["PAP-009"]
    assert compare(fast.office(), ROUND, number) == []
    assert refused(lambda: compare(fast.office(), ROUND, number)) == ["PAP-008"]


def test_where_two_differ_only_those_sheets_are_cleared_and_keyed_again_by_both(fast: Village) -> None:
    closed(fast)
    number = new_batch(fast.office(), ROUND, "hallen", 3)
    key(fast, number, {1: "1", 2: "2 3", 3: "4"}, "anna")
    key(fast, number, {1: "1", 2: "3", 3: "4"}, "bo")
    assert compare(fast.office(), ROUND, number) == [2]
    assert sheets_to_key(fast.office("anna"), ROUND, number) == sheets_to_key(fast.office("bo"), ROUND, number) == [2]
    key(fast, number, {2: "3"}, "anna")
    key(fast, number, {2: "3"}, "bo")
    assert compare(fast.office(), ROUND, number) == []
    assert list_batches(fast.office(), ROUND)[0].disputed == (2,)
    fast.whole()


def test_a_third_person_decides_with_a_reason_and_only_what_was_disputed(fast: Village) -> None:
    closed(fast, on_paper=2)
    number = new_batch(fast.office(), ROUND, "hallen", 2)
    key(fast, number, {1: "1", 2: "2"}, "anna")
    key(fast, number, {1: "1", 2: "3"}, "bo")
    compare(fast.office(), ROUND, number)

    def decide(actor: str, sheet: int, **more: str) -> None:
        resolve(fast.office(actor, **more), ROUND, number, sheet, "2")

    assert refused(lambda: decide("bo", 2, reason="x")) == ["PAP-014"]
    assert refused(lambda: decide("carl", 1, reason="x")) == ["PAP-013"]
    assert refused(lambda: decide("carl", 2)) == ["STA-003"]
    decide("carl", 2, reason="2-tallet kan læses")
    assert compare(fast.office(), ROUND, number) == []
    balance(fast, issued=2)
    fast.seal()
    assert box(fast) == [("p1", "accepted"), ("p2", "accepted")]


def test_slips_of_a_whole_file_are_told_at_once_and_nothing_is_kept(fast: Village) -> None:
    closed(fast)
    number = new_batch(fast.office(), ROUND, "hallen", 3)
    assert refused(lambda: key(fast, number, {1: "9", 2: "1", 3: "x"}, "anna")) == ["PAP-015", "PAP-015"]
    assert sheets_to_key(fast.office("anna"), ROUND, number) == [1, 2, 3]
    lines = {1: "1", 2: "2", 3: "3"}
    assert refused(lambda: key_sheets(fast.office("anna"), ROUND, number, lines, ["4"])) == ["PAP-024"]


def test_one_goes_back_only_in_ones_own_reading(fast: Village) -> None:
    closed(fast)
    number = new_batch(fast.office(), ROUND, "hallen", 1)
    key(fast, number, {1: "1"}, "anna")
    key(fast, number, {1: "2"}, "bo")
    forget_sheet(fast.office("bo"), ROUND, number, 1)
    key(fast, number, {1: "1"}, "bo")
    assert compare(fast.office(), ROUND, number) == []


@pytest.mark.parametrize("sheets", [0, MOST_SHEETS + 1, -1])
def test_a_batch_has_one_to_fifty_sheets(fast: Village, sheets: int) -> None:
    closed(fast)
    assert refused(lambda: new_batch(fast.office(), ROUND, "hallen", sheets)) == ["PAP-006"]


def test_sheets_are_keyed_between_closing_and_sealing_only(fast: Village) -> None:
    opened(fast)
    assert refused(lambda: new_batch(fast.office(), ROUND, "hallen", 1)) == ["STA-001"]
    fast.wait(days=8)
    fast.move("close")
    balance(fast, issued=5, unused=5)
    fast.seal()
    assert refused(lambda: new_batch(fast.office(), ROUND, "hallen", 1)) == ["STA-035"]


def test_a_batch_keyed_twice_is_taken_out_by_two_people(village: Village) -> None:
    closed(village, on_paper=2)
    batch(village, ["1", "2"])
    again = batch(village, ["1", "2"])
    assert refused(lambda: balance(village, issued=2)) == ["PAP-018", "PAP-019"]
    assert refused(lambda: drop(village.office(), ROUND, again)) == ["STA-003", "STA-004"]
    drop(village.office(reason="samme bunke", second="bo"), ROUND, again)
    assert balance(village, issued=2).counted == 2
    village.whole()
    village.seal()
    assert len(box(village)) == 2
    village.whole()


def test_a_batch_that_vanishes_behind_the_programs_back_is_missed(fast: Village) -> None:
    closed(fast)
    batch(fast, ["1", "2"])
    for table in (tables.READINGS, tables.BATCHES):
        with fast.engine.connect().execution_options(writing=True) as connection, connection.begin():
            connection.execute(table.delete())
        assert [found.code for found in fast.found().problems] == ["INT-013"]
    balance_first = refused(fast.seal)
    assert "STA-037" in balance_first


# what stands on a sheet


@pytest.mark.parametrize(
    ("method", "typed", "spelt"),
    [
        ("approval", " 3  1 ", "1 3"),
        ("approval", "03,1", "1 3"),
        ("approval", "? 2", "2 ?"),
        ("approval", "-", "-"),
        ("approval", "!ULÆSELIG", "!unreadable"),
        ("approval", "!unreadable", "!unreadable"),
        ("ranked", "3 1", "3 1"),
        ("ranked", "3 ? 1", "3 ? 1"),
        ("points", "3 3 1", "1:1 3:2"),
        ("points", "3:2 1", "1:1 3:2"),
        ("scoring", "3:-1 1:5", "1:5 3:-1"),
        ("knapsack", "4 2", "2 4"),
    ],
)
def test_a_sheet_has_one_spelling_however_it_is_keyed(fast: Village, method: str, typed: str, spelt: str) -> None:
    fast.start(ballot=method, plan="greedy")
    assert read_sheet(fast.round(), typed) == spelt
    if not typed.startswith("!"):
        assert read_sheet(fast.round(), spelt) == spelt


@pytest.mark.parametrize(
    ("method", "typed"),
    [
        ("approval", ""), ("approval", "5"), ("approval", "1 1"), ("approval", "1:2"), ("approval", "- 1"), ("approval", "en"),
        ("approval", "!hvorfor"), ("approval", "!ulæselig 1"), ("approval", "1 " * 501), ("approval", "-1"), ("approval", "١"),
        ("scoring", "1"), ("scoring", "1:2 1:3"), ("ranked", "1>2"), ("points", "1:"),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_is_asked_about_again(fast: Village, method: str, typed: str) -> None:
    fast.start(ballot=method, plan="greedy")
    with pytest.raises(UsageError) as found:
        read_sheet(fast.round(), typed)
    assert codes_of(found.value) == ["PAP-015"]
    assert all("{" not in one.say(language) for one in found.value.problems for language in ("da", "en"))


@pytest.mark.parametrize(
    ("policies", "sheet", "line", "reason"),
    [
        ({}, "-", "", None),
        ({}, "1 3", "p1,p3", None),
        ({"ballot.max_length": "1"}, "1 3", "p1,p3", "max-length"),
        ({"ballot.min_length": "2"}, "1", "p1", "min-length"),
        ({"ballot.min_length": "2"}, "-", "", None),
        ({}, "1 ?", "p1", "unclear"),
        ({"invalid_partial": "keep-clear"}, "1 ?", "p1", None),
        ({"invalid_partial": "keep-clear"}, "?", "", None),
        ({"invalid_partial": "keep-clear", "ballot.max_length": "1"}, "1 2", "p1,p2", "max-length"),
        ({"ballot": "knapsack"}, "1 2 3", "p1,p2,p3", "max-sum-cost"),
        ({"ballot": "points", "ballot.max_sum_points": "3"}, "1:2 3:2", "p1:2,p3:2", "max-sum-points"),
        ({"ballot": "points"}, "1:0", "p1:0", "positive-points"),
        ({"ballot": "scoring"}, "1:0 2:4", "p2:4", None),
        ({"ballot": "ranked"}, "3 1", "p3>p1", None),
        ({"ballot": "ranked"}, "3 1 3", "p3>p1>p3", "repeats"),
        ({"ballot": "ranked", "invalid_partial": "keep-clear"}, "3 ? 1", "p3", None),
        ({"ballot": "ranked", "invalid_partial": "keep-clear", "ballot.max_length": "2"}, "3 1 2", "p3>p1", None),
        ({}, "!marked", "", "marked"),
    ],
)  # fmt: skip
def test_a_sheet_counts_by_the_rounds_rules(
    fast: Village, policies: dict[str, str], sheet: str, line: str, reason: str | None
) -> None:
    fast.start(**policies)
    found = judge(fast.round(), sheet)
    assert (found.line, found.reason) == (line, reason)


def test_every_reason_has_its_words() -> None:
    from borgerbudget.ballots import Limits

    limits = {name.replace("_", "-") for name in Limits.__dataclass_fields__ if name != "default_score"}
    assert {*SEEN, *limits, "unclear", "repeats", "positive-points"} == set(REASONS)


def test_a_late_sheet_is_laid_aside_unless_the_rule_counts_late_ones(fast: Village) -> None:
    fast.start(late_ballot="counted")
    assert refused(lambda: read_sheet(fast.round(), "!forsent")) == ["PAP-022"]


# adding up


def test_an_urn_that_does_not_balance_takes_a_reason_under_two_names(village: Village) -> None:
    closed(village, on_paper=2)
    batch(village, ["1", "2", "3"])
    assert refused(lambda: balance(village, issued=5, unused=1)) == ["PAP-018", "PAP-019"]
    assert refused(lambda: balance(village, issued=5, unused=1, reason="?")) == ["PAP-018", "PAP-019", "STA-004"]
    assert refused(lambda: balance(village, issued=5, unused=1, reason="?", second="ANNA"))[-1] == "STA-005"
    found = balance(village, issued=5, unused=1, reason="en seddel blev taget med hjem", second="bo")
    assert (found.difference, found.unexplained) == (1, 1)
    event = village.round().happened("reconciled")
    assert event is not None
    assert event.payload["difference"] == 1
    assert "hjem" not in event.line().decode()
    village.whole()


def test_the_box_is_not_sealed_before_every_urn_is_keyed_and_reconciled_as_it_is(village: Village) -> None:
    closed(village, on_paper=2, urns="hallen+brugsen")
    assert refused(village.seal) == ["PAP-040", "PAP-017", "PAP-017"]
    batch(village, ["1"])
    balance(village, issued=2, spoiled=1)
    balance(village, issued=4, unused=4, urn="brugsen")
    open_batch = new_batch(village.office(), ROUND, "hallen", 1)
    assert refused(village.seal) == ["PAP-016"]
    assert refused(lambda: balance(village, issued=2)) == ["PAP-016"]
    key(village, open_batch, {1: "2"}, "anna")
    key(village, open_batch, {1: "2"}, "bo")
    compare(village.office(), ROUND, open_batch)
    assert refused(village.seal) == ["PAP-020"]
    balance(village, issued=2)
    assert village.seal()


def test_more_ballots_than_people_are_never_sealed(village: Village) -> None:
    opened(village)
    give(village, ["v000"])
    village.wait(days=8)
    village.move("close")
    batch(village, ["1"] * 13)  # and only twelve hold a code
    balance(village, issued=13, reason="ingen ved hvorfor", second="bo")
    assert refused(village.seal) == ["STA-073"]


def test_reconciling_twice_with_the_same_numbers_changes_nothing(fast: Village) -> None:
    closed(fast, on_paper=4)
    batch(fast, ["1", "1 2 3 4", "!fremmed", "!fremmed"])
    balance(fast, issued=4)
    chain = fast.round().chain
    assert balance(fast, issued=4).reasons == (("foreign", 2),)
    assert fast.round().chain == chain
    assert refused(lambda: balance(fast, issued=-1, spoiled=-2)) == ["PAP-021", "PAP-021"]


# whatever people do


SHEETS = st.lists(st.sampled_from(["1", "2 3", "-", "!marked", "1 ?", "4 1"]), min_size=1, max_size=6)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(
    batches=st.lists(SHEETS, min_size=1, max_size=3),
    slips=st.lists(st.tuples(st.integers(0, 2), st.integers(1, 6), st.sampled_from(["3", "-", "2"])), max_size=6),
    third=st.booleans(),
    dies=st.lists(st.integers(0, 40), max_size=4),
)
def test_no_sheet_is_lost_or_counted_twice(
    tmp_path_factory: pytest.TempPathFactory,
    played: Path,
    batches: list[list[str]],
    slips: list[tuple[int, int, str]],
    third: bool,
    dies: list[int],
) -> None:
    """The second reader slips, the process dies in between: what is in the box is what lay in the urn."""
    folder = tmp_path_factory.mktemp("urn")
    shutil.copy(played, folder / "borgerbudget.db")
    engine = open_database(str(folder / "borgerbudget.db"))
    village = Village(engine)
    village.wait(days=10)
    deadly: list[int] = []

    def perhaps_die(*_: object) -> None:
        if deadly:
            deadly[0] -= 1
            if deadly[0] < 0:
                deadly.clear()
                raise KeyboardInterrupt

    event.listen(engine, "before_cursor_execute", perhaps_die)

    def survive(act: Callable[[], object]) -> None:
        """Tries until it is done, as people do; what was done before the process died is refused the second time."""
        if dies:
            deadly[:] = [dies.pop()]
        try:
            act()
        except KeyboardInterrupt:
            deadly.clear()
            act()
        deadly.clear()

    for number, sheets in enumerate(batches, 1):
        survive(lambda sheets=sheets: new_batch(village.office(), ROUND, "hallen", len(sheets)))  # type: ignore[misc]
        wrong = {sheet: text for at, sheet, text in slips if at == number - 1 and sheet <= len(sheets)}
        right = dict(enumerate(sheets, 1))
        survive(lambda n=number, r=right: key(village, n, r, "anna"))  # type: ignore[misc]
        survive(lambda n=number, r=right, w=wrong: key(village, n, {**r, **w}, "bo"))  # type: ignore[misc]
        differing = compare(village.office(), ROUND, number)
        spelt = {s: read_sheet(village.round(), t) for s, t in right.items()}
        assert differing == sorted(s for s, t in wrong.items() if read_sheet(village.round(), t) != spelt[s])
        for sheet in differing:
            if third:
                resolve(village.office("carl", reason="set efter"), ROUND, number, sheet, right[sheet])
            else:
                key(village, number, {sheet: right[sheet]}, "bo")
                key(village, number, {sheet: right[sheet]}, "anna")
        if differing:
            survive(lambda n=number: compare(village.office(), ROUND, n))  # type: ignore[misc]
        village.whole()
    judged = [judge(village.round(), read_sheet(village.round(), text)) for sheets in batches for text in sheets]
    survive(lambda: balance(village, issued=len(judged), reason="x", second="bo"))
    survive(village.seal)
    assert Counter(box(village)) == Counter((one.line, one.reason or "accepted") for one in judged)
    village.whole()
    engine.dispose()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which voting has closed and everybody was given a sheet."""
    folder = tmp_path_factory.mktemp("closed")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        engine = open_database(str(folder / "borgerbudget.db"), create=True)
        village = Village(engine, str(folder / "borgerbudget.db"))
        village.start(**PAPER)
        crowded(village, 20)
        village.move("freeze", second="bo")
        village.issue()
        village.wait(days=2)
        village.move("open")
        give(village, [f"v{i:03}" for i in range(20)])
        village.wait(days=8)
        village.move("close")
        engine.dispose()
    return folder / "borgerbudget.db"


def test_events_of_paper_tell_numbers_and_nothing_of_what_stood_on_a_sheet(fast: Village) -> None:
    closed(fast, on_paper=3)
    batch(fast, ["4 2", "4", "!marked"])
    balance(fast, issued=3)
    told = [json.dumps(dict(one.payload)) for one in fast.round().chain if one.type in ("adjudicated", "reconciled")]
    assert told
    assert not any("p2" in one or "p4" in one or "4 2" in one for one in told)


def test_a_refusal_of_every_kind_says_what_mends_it_in_both_languages() -> None:
    from borgerbudget.rounds.paper_words import PROBLEMS

    for code, entry in PROBLEMS.entries.items():
        assert all(part.da and part.en for part in entry), code
    assert StateForbids.exit_code == 4
