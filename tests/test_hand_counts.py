"""Rounds whose ballots are counted by hand: figures entered twice and blind, added up, counted, and bundled as what they are."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from borgerbudget.errors import BorgerbudgetError, StateForbids, UsageError
from borgerbudget.office import afterwards, voters
from borgerbudget.office.hand_counts import UrnCount, compare, drop, enter, list_counts, resolve, to_enter
from borgerbudget.office.hand_outs import hand_out
from borgerbudget.office.paper_batches import key_sheets, list_batches, new_batch
from borgerbudget.office.reconciling import Reconciliation, reconcile
from borgerbudget.rounds.hand_words import PROBLEMS
from borgerbudget.store import tables
from borgerbudget.store.database import open_database, reading
from borgerbudget.store.reading import rows
from tallies.audit.archive import unpack
from tallies.audit.round_bundle import round_bundle
from tests.test_rounds_life import codes_of, verify
from tests.villages import BY_HAND, ROUND, Village

T = TypeVar("T")
HALL = ("5", "1", "4", "2", "3", "0")
SHOP = ("2", "0", "0", "2", "1", "1")


@pytest.fixture
def fast(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Village]:
    """A village on SQLite, for what does not depend on the kind of database."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(empty_database, tmp_path / "borgerbudget.db")
    engine = open_database(str(tmp_path / "borgerbudget.db"))
    yield Village(engine, str(tmp_path / "borgerbudget.db"))
    engine.dispose()


def closed(village: Village, **policies: str) -> Village:
    """Voting is over: six people were given a sheet in the hall, two in the shop."""
    village.start(**{**BY_HAND, **policies})
    village.move("freeze", second="bo")
    village.wait(days=2)
    village.move("open")
    hand_out(village.office(), ROUND, [f"v{i:03}" for i in range(6)], "hallen")
    hand_out(village.office(), ROUND, [f"v{i:03}" for i in range(6, 8)], "brugsen")
    village.wait(days=8)
    village.move("close")
    return village


def put(village: Village, figures: tuple[str, ...], urn: str = "hallen", actor: str = "anna") -> None:
    enter(village.office(actor), ROUND, urn, figures)


def count(village: Village, figures: tuple[str, ...], urn: str = "hallen") -> None:
    """Two people agree on an urn, and its sheets balance."""
    for actor in ("anna", "bo"):
        put(village, figures, urn, actor)
    assert compare(village.office(), ROUND, urn) == []
    balance(village, int(figures[0]) + int(figures[1]), urn)


def balance(village: Village, issued: int, urn: str = "hallen", **more: str) -> Reconciliation:
    return reconcile(village.office(**more), ROUND, urn, issued, 0, 0)[0]


def sealed(village: Village, **policies: str) -> Village:
    closed(village, **policies)
    count(village, HALL)
    count(village, SHOP, "brugsen")
    assert village.seal()
    return village


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(BorgerbudgetError) as found:
        act()
    return codes_of(found.value)


def outcome(village: Village) -> dict[str, object]:
    with reading(village.engine) as connection:
        found: dict[str, object] = json.loads(rows(connection, tables.RESULTS, round=ROUND)[-1]["outcome"])
    return found


# the whole way


def test_a_round_counted_by_hand_goes_to_a_final_result_and_a_bundle_that_holds(
    village: Village, tmp_path: Path
) -> None:
    sealed(village)
    assert village.round().counted_by_hand == (7, {"p1": 4, "p2": 4, "p3": 4, "p4": 1})
    assert village.tally()
    found = outcome(village)
    assert found["ballots"] == {"valid": 7, "blank": None, "distinct": None}
    assert found["recountable"] is False
    village.move("publish")
    village.confirm()
    village.wait(days=9)
    village.move("finalise", second="bo")
    village.whole()
    done = verify(tmp_path / "x.bba", round_bundle(village.office(), village.round()))
    assert "FAIL" not in done.stdout
    assert "Counted by hand: only the totals are known" in done.stdout
    assert "Urns counted: 2; valid ballots: 7, void: 1." in done.stdout
    assert done.returncode == 8  # unsigned


def test_of_the_urns_only_their_sum_is_left(village: Village) -> None:
    sealed(village)
    with reading(village.engine) as connection:
        assert rows(connection, tables.READINGS) == rows(connection, tables.BALLOTS) == []
    told = [event.payload for event in village.round().chain if event.type == "hand-counted"]
    assert told == [
        {"urn": "hallen", "ballots": 5, "void": 1, "differed": 0},
        {"urn": "brugsen", "ballots": 2, "void": 0, "differed": 0},
    ]
    assert not village.seal()
    village.whole()


def test_a_tie_that_matters_waits_for_a_lot_as_in_any_round(fast: Village) -> None:
    closed(fast, ties="lot")
    count(fast, HALL)
    count(fast, SHOP, "brugsen")
    fast.seal()
    assert refused(fast.tally) == ["TIE-001"]


def test_it_can_be_counted_again_and_bundled_after_a_purge(fast: Village, tmp_path: Path) -> None:
    sealed(fast)
    for state in ("counted", "provisional", "final", "archived"):
        getattr(fast, f"_{state}")(())
    before = round_bundle(fast.office(), fast.round())
    afterwards.purge(fast.office(second="bo"), ROUND)
    fast.whole()
    with reading(fast.engine) as connection:
        assert rows(connection, tables.BATCHES) == []
    after = round_bundle(fast.office(), fast.round())
    assert "FAIL" not in verify(tmp_path / "x.bba", after).stdout
    for name in ("totals.tsv", "trace.jsonl", "result.json", "round.json"):
        assert unpack(after)[name] == unpack(before)[name]


# entering


def test_two_people_enter_and_neither_enters_both(fast: Village) -> None:
    closed(fast)
    assert to_enter(fast.office(), ROUND, "hallen") == [1, 2, 3, 4, 5, 6]
    put(fast, HALL)
    assert refused(lambda: put(fast, HALL)) == ["HND-009"]
    assert refused(lambda: put(fast, HALL, actor=" ANNA ")) == ["HND-009"]
    assert refused(lambda: compare(fast.office(), ROUND, "hallen")) == ["HND-010"]
    put(fast, HALL, actor="bo")
    assert refused(lambda: put(fast, HALL, actor="carl")) == ["HND-009"]
    assert compare(fast.office(), ROUND, "hallen") == []
    assert refused(lambda: put(fast, HALL)) == ["HND-007"]
    fast.whole()


def test_where_two_differ_only_those_figures_are_cleared_and_entered_again_by_both(fast: Village) -> None:
    closed(fast)
    put(fast, HALL)
    put(fast, ("5", "1", "3", "2", "3", "1"), actor="bo")
    assert compare(fast.office(), ROUND, "hallen") == [3, 6]
    assert to_enter(fast.office(), ROUND, "hallen") == to_enter(fast.office("bo"), ROUND, "hallen") == [3, 6]
    put(fast, ("4", "0"))
    assert refused(lambda: compare(fast.office(), ROUND, "hallen")) == ["HND-010"]
    put(fast, ("4", "0"), actor="bo")
    assert compare(fast.office(), ROUND, "hallen") == []
    counted = fast.round().happened("hand-counted")
    assert counted is not None
    assert counted.payload["differed"] == 2
    fast.whole()


def test_a_third_person_decides_with_a_reason_and_only_what_was_disputed(fast: Village) -> None:
    closed(fast)
    put(fast, HALL)
    put(fast, ("5", "1", "3", "2", "3", "0"), actor="bo")
    compare(fast.office(), ROUND, "hallen")

    def decide(actor: str, place: int, value: str = "4", **more: str) -> None:
        resolve(fast.office(actor, **more), ROUND, "hallen", place, value)

    assert refused(lambda: decide("carl", 3)) == ["STA-003"]
    assert refused(lambda: decide("bo", 3, reason="ses tydeligt")) == ["HND-012"]
    assert refused(lambda: decide("carl", 1, reason="ses tydeligt")) == ["HND-011"]
    assert refused(lambda: decide("carl", 7, reason="ses tydeligt")) == ["HND-014"]
    assert refused(lambda: decide("carl", 3, "fire", reason="ses tydeligt")) == ["HND-004"]
    decide("carl", 3, reason="ses tydeligt")
    assert compare(fast.office(), ROUND, "hallen") == []
    fast.whole()


def test_a_decided_figure_that_no_ballots_can_carry_is_not_adopted(fast: Village) -> None:
    closed(fast)
    put(fast, HALL)
    put(fast, ("5", "1", "3", "2", "3", "0"), actor="bo")
    compare(fast.office(), ROUND, "hallen")
    resolve(fast.office("carl", reason="sådan står der"), ROUND, "hallen", 3, "6")
    assert refused(lambda: compare(fast.office(), ROUND, "hallen")) == ["HND-005"]
    resolve(fast.office("carl", reason="nej, sådan"), ROUND, "hallen", 3, "4")
    assert compare(fast.office(), ROUND, "hallen") == []


@pytest.mark.parametrize(("figures", "codes"), [
    (HALL[:5], ["HND-003"]),
    ((*HALL, "1"), ["HND-003"]),
    ((), ["HND-003"]),
    (("5", "1", "4", "2", "3", "2"), ["HND-005"]),
    (("0", "6", "0", "0", "0", "1"), ["HND-005"]),
    (("5", "", "4,0", "-2", "3", "1.000"), ["HND-004"] * 4),
    (("٥", "1", "4", "2", "3", "99999999999"), ["HND-004"] * 2),
])  # fmt: skip
def test_everything_that_cannot_be_is_told_at_once_and_nothing_is_kept(
    fast: Village, figures: tuple[str, ...], codes: list[str]
) -> None:
    closed(fast)
    assert refused(lambda: put(fast, figures)) == codes
    with reading(fast.engine) as connection:
        assert rows(connection, tables.READINGS) == rows(connection, tables.BATCHES) == []


def test_without_a_limit_no_proposal_has_more_votes_than_there_are_ballots(fast: Village) -> None:
    closed(fast, **{"ballot.max_length": ""})
    assert refused(lambda: put(fast, ("5", "0", "6", "5", "5", "7"))) == ["HND-006"] * 2
    put(fast, ("5", "0", "5", "5", "5", "5"))


def test_a_counted_urn_is_taken_out_by_two_people_and_counted_anew(village: Village) -> None:
    closed(village)
    count(village, HALL)
    assert sorted(refused(lambda: drop(village.office(), ROUND, "hallen"))) == ["STA-003", "STA-004"]
    two = {"second": "bo", "reason": "en bunke lå endnu i kassen"}
    assert refused(lambda: drop(village.office(**two), ROUND, "brugsen")) == ["HND-013"]
    drop(village.office(**two), ROUND, "hallen")
    village.whole()
    assert "HND-008" in refused(village.seal)
    count(village, ("6", "0", "4", "2", "3", "0"))
    count(village, SHOP, "brugsen")
    assert village.seal()
    assert village.round().counted_by_hand == (8, {"p1": 4, "p2": 4, "p3": 4, "p4": 1})
    village.whole()


# what stands in the way


def test_figures_are_entered_between_closing_and_sealing_only(fast: Village) -> None:
    fast.start(**BY_HAND)
    assert refused(lambda: put(fast, HALL)) == ["STA-001"]
    assert list_counts(fast.office(), ROUND) == [
        UrnCount(urn, (None, None), (False, False), (), False) for urn in ("hallen", "brugsen")
    ]


def test_after_sealing_nothing_is_entered_dropped_or_compared(fast: Village) -> None:
    sealed(fast)
    for act in (
        lambda: put(fast, HALL),
        lambda: compare(fast.office(), ROUND, "hallen"),
        lambda: drop(fast.office(second="bo", reason="nu"), ROUND, "hallen"),
    ):
        assert refused(act) == ["STA-035"]


def test_the_box_is_not_sealed_before_every_urn_is_counted_and_reconciled_as_it_is(fast: Village) -> None:
    closed(fast)
    assert sorted(refused(fast.seal)) == ["HND-008", "HND-008", "PAP-017", "PAP-017"]
    assert refused(lambda: balance(fast, 6)) == ["HND-008"]
    count(fast, HALL)
    assert sorted(refused(fast.seal)) == ["HND-008", "PAP-017"]
    for actor in ("anna", "bo"):  # an empty urn is counted too
        put(fast, ("0", "0", "0", "0", "0", "0"), "brugsen", actor)
    compare(fast.office(), ROUND, "brugsen")
    reconcile(fast.office(), ROUND, "brugsen", 2, 2, 0)
    drop(fast.office(second="bo", reason="talt om"), ROUND, "hallen")
    for actor in ("anna", "bo"):
        put(fast, ("6", "0", "4", "2", "3", "0"), actor=actor)
    compare(fast.office(), ROUND, "hallen")
    assert refused(fast.seal) == ["PAP-020"]
    balance(fast, 6)
    assert fast.seal()


def test_more_ballots_than_people_are_never_sealed(fast: Village) -> None:
    closed(fast)
    for urn, figures in (("hallen", ("8", *HALL[1:])), ("brugsen", SHOP)):
        for actor in ("anna", "bo"):
            put(fast, figures, urn, actor)
        compare(fast.office(), ROUND, urn)
    balance(fast, 9, second="bo", reason="tre for mange")
    balance(fast, 2, "brugsen")
    assert refused(fast.seal) == ["STA-073"]


@pytest.mark.parametrize(("policies", "code"), [
    ({"channels": "code+paper"}, "STA-074"),
    ({"channels": "code", "urns": ""}, "STA-074"),
    ({"channels": "meeting", "urns": "", "secrecy": "open"}, "STA-074"),
    ({"tier": "open", "tier_reason": "alle må se"}, "STA-075"),
    ({"tier": "sealed", "tier_reason": "revisionen"}, "STA-075"),
    ({"urns": ""}, "STA-071"),
    ({"plan": "equal-shares"}, "PLN-042"),
])  # fmt: skip
def test_rules_that_a_hand_count_cannot_keep_are_refused_before_freezing(
    fast: Village, policies: dict[str, str], code: str
) -> None:
    fast.start(**{**BY_HAND, **policies})
    assert code in refused(lambda: fast.move("freeze", second="bo"))


def test_sheets_are_not_keyed_where_figures_are_entered_nor_figures_where_sheets_are(fast: Village) -> None:
    closed(fast)
    put(fast, HALL)
    assert refused(lambda: new_batch(fast.office(), ROUND, "hallen", 5)) == ["HND-001"]
    assert refused(lambda: key_sheets(fast.office("carl"), ROUND, 1, {1: "1"})) == ["HND-001"]
    assert list_batches(fast.office(), ROUND) == []


def test_in_a_round_whose_sheets_are_keyed_no_figures_are_entered(fast: Village) -> None:
    closed(fast, ballot="approval")
    assert refused(lambda: put(fast, HALL)) == ["HND-002"]
    assert list_counts(fast.office(), ROUND) == []


def test_an_urn_of_another_round_is_named(fast: Village) -> None:
    closed(fast)
    assert refused(lambda: put(fast, HALL, "kirken")) == ["PAP-001"]


def test_at_a_meeting_whoever_comes_is_on_the_list_and_gets_a_sheet(fast: Village) -> None:
    fast.start(**{**BY_HAND, "eligibility": "attendance", "urns": "hallen"})
    fast.move("freeze", second="bo")
    fast.wait(days=2)
    fast.move("open")
    voters.add_voters(fast.office(reason="kom til mødet"), ROUND, ["m1"])
    hand_out(fast.office(), ROUND, ["m1"], "hallen")
    fast.wait(days=8)
    fast.move("close")
    count(fast, ("1", "0", "1", "0", "0", "0"))
    assert fast.seal()
    assert fast.tally()


# what changes behind the program's back


@pytest.mark.parametrize("change", [
    "UPDATE batches SET status = 'dropped'",
    "DELETE FROM batches",
    "UPDATE readings SET content = '9' WHERE sheet = 3",
    "DELETE FROM readings WHERE sheet = 3",
])  # fmt: skip
def test_a_figure_or_an_urn_that_is_changed_behind_the_programs_back_is_named(fast: Village, change: str) -> None:
    closed(fast)
    count(fast, HALL)
    with fast.engine.begin() as connection:
        connection.exec_driver_sql(change)
    assert fast.found().problems
    assert "STA-037" in refused(fast.seal)


def test_totals_that_are_not_those_under_the_seal_are_named(fast: Village) -> None:
    sealed(fast)
    with fast.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS events_unchanged")
        for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("UPDATE events SET line = replace(line, '[\"p4\",1]', '[\"p4\",9]')")
    assert fast.found().problems


class Crash(BaseException):
    """The process is gone; what it had not committed is too."""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which voting has closed and nothing is counted."""
    folder = tmp_path_factory.mktemp("closed")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        engine = open_database(str(folder / "borgerbudget.db"), create=True)
        closed(Village(engine, str(folder / "borgerbudget.db")))
        engine.dispose()
    return folder / "borgerbudget.db"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_however_two_people_slip_and_crash_what_they_agree_on_is_what_is_counted(
    played: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("hand")
    shutil.copy(played, folder / "borgerbudget.db")
    engine = open_database(str(folder / "borgerbudget.db"))
    village, deadly = Village(engine, str(folder / "borgerbudget.db")), [-1]
    village.now += timedelta(days=10)

    def perhaps_die(*_: object) -> None:
        deadly[0] -= 1
        if deadly[0] == 0:
            raise Crash

    event.listen(engine, "before_cursor_execute", perhaps_die)

    def survive(act: Callable[[], T]) -> T:
        """The process dies at some statement, or not; then the same is done again."""
        deadly[0] = data.draw(st.sampled_from([-1, 3, 9, 15, 30]))
        try:
            return act()
        except Crash:
            village.whole()
            return act()
        finally:
            deadly[0] = -1

    adopted = {}
    for urn, most in (("hallen", 6), ("brugsen", 2)):
        valid = data.draw(st.integers(0, most))
        void = data.draw(st.integers(0, most - valid))
        truth = [valid, void, *(data.draw(st.integers(0, valid // 2)) for _ in range(4))]
        for attempt in range(4):
            typed: dict[int, set[int]] = {}
            for actor in ("anna", "bo"):
                missing = to_enter(village.office(actor), ROUND, urn)
                slips = data.draw(st.sets(st.sampled_from(missing), max_size=2)) if attempt < 3 else set()
                said = {p: max(0, truth[p - 1] - 1) if p in slips and p > 2 else truth[p - 1] for p in missing}
                survive(lambda a=actor, s=said, u=urn: enter(village.office(a), ROUND, u, [str(n) for n in s.values()]))  # type: ignore[misc]
                for place, number in said.items():
                    typed.setdefault(place, set()).add(number)
            differing = survive(lambda: compare(village.office(), ROUND, urn))  # noqa: B023
            assert differing == sorted(place for place, numbers in typed.items() if len(numbers) > 1)
            adopted.update({(urn, place): min(numbers) for place, numbers in typed.items() if len(numbers) == 1})
            village.whole()
            if not differing:
                break
        survive(lambda: reconcile(village.office(), ROUND, urn, most, most - valid - void, 0))  # noqa: B023
    assert survive(village.seal)
    told = village.round().counted_by_hand
    assert told is not None
    sums = [adopted["hallen", place] + adopted["brugsen", place] for place in range(1, 7)]
    assert (told[0], list(told[1].values())) == (sums[0], sums[2:])
    village.whole()
    engine.dispose()


def test_a_refusal_of_every_kind_says_what_mends_it_in_both_languages() -> None:
    for code, entry in PROBLEMS.entries.items():
        for text in (entry.sentence, entry.mend):
            assert text.da != text.en, code


def test_a_refusal_is_of_the_family_that_names_its_exit_code() -> None:
    assert (StateForbids.exit_code, UsageError.exit_code) == (4, 2)
