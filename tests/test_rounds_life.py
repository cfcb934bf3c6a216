"""A round from decision to archive, on SQLite and PostgreSQL: what may happen when, who must agree, and what is refused."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from borgerbudget.errors import BorgerbudgetError, DecisionNeeded, StateForbids, UsageError
from borgerbudget.office import afterwards, lifecycle, proposing, sealing, setting_up, voters, voting
from borgerbudget.rounds.transitions import TRANSITIONS
from borgerbudget.states import MOVES, STATES
from borgerbudget.store import tables
from borgerbudget.store.copies import LIST, note_copy
from borgerbudget.store.database import reading
from borgerbudget.store.reading import rows
from tallies.audit.archive import unpack
from tallies.audit.round_bundle import round_bundle
from tallies.audit.signing import signed
from tallies.reference import VERIFIER
from tallies.stored_round import CHECKER, counter
from tests.histories import AUDITOR, CLERK
from tests.villages import ON_THE_WAY, ROUND, Village, backups, crowded


def codes_of(error: BorgerbudgetError) -> list[str]:
    return [problem.code for problem in error.problems]


def verify(path: Path, data: bytes, *words: str) -> subprocess.CompletedProcess[str]:
    path.write_bytes(data)
    command = [sys.executable, "-I", "-S", str(VERIFIER), str(path), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_round_from_decision_to_archive_and_its_signed_bundle_passes(village: Village, tmp_path: Path) -> None:
    village.start(tier="sealed", tier_reason="revisionen skal kunne tælle om")
    for key, role in ((CLERK, "clerk"), (AUDITOR, "auditor")):
        setting_up.add_signer(village.office(), ROUND, key.public.fingerprint, key.public.raw.hex(), role)
    village.move("freeze", second="bo")
    village.issue()
    village.wait(days=2)
    village.move("open")
    receipts = [village.cast(f"v{i:03}", ["1", "3"]).receipt for i in range(3)] + [village.cast("v003", []).receipt]
    village.wait(days=8)
    village.move("close")
    assert village.seal()
    assert village.tally()
    village.move("publish")
    village.confirm()
    village.wait(days=9)
    village.move("finalise", second="bo")
    data = round_bundle(village.office(), village.round())
    for key in (CLERK, AUDITOR):
        data = signed(data, key, "x")
    keys = [word for key in (CLERK, AUDITOR) for word in ("--key", key.public.fingerprint)]
    done = verify(tmp_path / "x.bba", data, *keys, "--receipt", receipts[2])
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 17 PASS" in done.stdout
    assert json.loads(unpack(data)["result.json"])["outcome"]["ballots"]["valid"] == 4
    village.whole()


def test_the_same_round_gives_the_same_bundle_again(village: Village) -> None:
    village.play("counted")
    assert round_bundle(village.office(), village.round()) == round_bundle(village.office(), village.round())


@pytest.mark.parametrize("tier", ["totals", "sealed"])
def test_a_bundle_of_every_tier_has_nothing_wrong(village: Village, tmp_path: Path, tier: str) -> None:
    village.play("provisional", tier="open", tier_reason="byen er stor nok")
    village.wait(days=1)
    done = verify(tmp_path / "x.bba", round_bundle(village.office(), village.round(), tier))  # type: ignore[arg-type]
    assert done.returncode == 8, done.stdout  # unsigned
    assert "FAIL" not in done.stdout


def test_a_tier_that_shows_more_than_was_frozen_is_refused(village: Village) -> None:
    village.play("counted")
    with pytest.raises(UsageError) as refused:
        round_bundle(village.office(), village.round(), "open")
    assert codes_of(refused.value) == ["RND-046"]


def test_a_bare_draft_is_told_everything_that_is_missing_at_once(village: Village) -> None:
    village.start(**dict.fromkeys(("eligibility", "ties", "double_vote"), ""))
    proposing.add_proposal(village.office(), ROUND, proposing.Entry("p9", 0, "", "Ny", 1_00))
    with pytest.raises(StateForbids) as refused:
        village.move("freeze")
    assert refused.value.exit_code == 4
    assert codes_of(refused.value) == ["STA-010"] * 3 + ["STA-021", "STA-004"]
    assert all(problem.mend.da and problem.mend.en for problem in refused.value.problems)
    assert village.round().state == "draft"


def test_everything_that_check_asks_for_is_what_freezing_asks_for(village: Village) -> None:
    village.start(plan="", leftover="")
    told = [problem.code for problem in lifecycle.check(village.office(), village.round(), CHECKER)]
    with pytest.raises(StateForbids) as refused:
        village.move("freeze", second="bo")
    assert codes_of(refused.value) == told == ["STA-010", "STA-010"]


@pytest.mark.parametrize(
    ("policies", "code"),
    [
        ({"double_vote": "last", "channels": "code+meeting", "secrecy": "open"}, "STA-013"),
        ({"withdrawal": "void-choice", "ballot": "ranked"}, "STA-014"),
        ({"channels": "meeting"}, "STA-015"),
        ({"tier": "open"}, "STA-016"),
        ({"threshold": "2"}, "STA-017"),
        ({"ties": "cheapest,refuse"}, "STA-018"),
        ({"plan": "no-such-rule"}, "PLN-001"),
        ({"plan.prizes": "1+2"}, "PLN-003"),
        ({"plan": "phragmen", "ballot": "points"}, "PLN-004"),
    ],
)
def test_combinations_that_cannot_work_are_refused_before_freezing(
    village: Village, policies: dict[str, str], code: str
) -> None:
    village.start(**policies)
    with pytest.raises(StateForbids) as refused:
        village.move("freeze", second="bo")
    assert code in codes_of(refused.value)


def test_freezing_and_finalising_take_two_people_with_two_names(village: Village) -> None:
    village.start()
    with pytest.raises(StateForbids) as alone:
        village.move("freeze")
    with pytest.raises(StateForbids) as twice:
        village.move("freeze", second=" ANNA ")
    assert (codes_of(alone.value), codes_of(twice.value)) == (["STA-004"], ["STA-005"])


@pytest.mark.parametrize("state", ["draft", *(s for s in ON_THE_WAY if s != "sealed")])
def test_from_each_state_only_the_moves_of_the_table_happen(village: Village, state: str) -> None:
    """All guards are met as far as they can be, so what refuses is the state."""
    if state == "draft":
        village.start()
    else:
        village.play(state)
    for name, transition in TRANSITIONS.items():
        if name in ("tally", "recount") or state in transition.sources or transition.target == state:
            continue
        before = village.round().chain
        with pytest.raises(StateForbids) as refused:
            village.move(name, second="bo", reason="prøve")
        assert codes_of(refused.value) in (["STA-001"], ["STA-006"]), (name, state)
        assert village.round().chain == before


def test_every_move_of_the_table_has_its_transition() -> None:
    assert {transition.event for transition in TRANSITIONS.values()} == set(MOVES) - {"created"}
    assert {transition.target for transition in TRANSITIONS.values()} <= set(STATES)


def test_a_move_made_twice_is_made_once(village: Village) -> None:
    village.play("open")
    chain = village.round().chain
    assert not village.move("open")
    assert village.round().chain == chain


def test_a_dry_run_checks_everything_and_keeps_nothing(village: Village, tmp_path: Path) -> None:
    village.start()
    before = village.round()
    assert village.move("freeze", second="bo", dry_run=True)
    voters.add_voters(village.office(dry_run=True), ROUND, ["v999"])
    assert village.round() == before
    assert backups(tmp_path / "borgerbudget-backups") == []
    with pytest.raises(StateForbids):
        village.move("freeze", dry_run=True)


def test_a_verified_backup_stands_before_every_transition(village: Village, tmp_path: Path) -> None:
    village.play("provisional")
    names = backups(tmp_path / "borgerbudget-backups")
    assert all(
        re.fullmatch(f"{ROUND}_[0-9]{{3}}_[a-z]+-to-[a-z]+_2026[0-9]{{4}}T[0-9]{{6}}Z.db", name) for name in names
    )
    assert [name.split("_")[2] for name in names] == [
        "draft-to-ready", "ready-to-open", "open-to-closed", "closed-to-sealed", "closed-to-counted",
        "counted-to-provisional",
    ]  # fmt: skip


def test_a_frozen_round_keeps_list_rules_and_costs(village: Village) -> None:
    village.play("ready")
    tries = (
        lambda: setting_up.set_policies(village.office(), ROUND, {"plan": "phragmen"}),
        lambda: setting_up.set_source(village.office(), ROUND, setting_up.money_source("Fond", 1_00)),
        lambda: proposing.amend_proposal(village.office(), ROUND, "p1", cost=1_00),
        lambda: proposing.vet_proposal(village.office(reason="x"), ROUND, "p1", accept=False),
        lambda: proposing.number_proposals(village.office(), ROUND, ["p4", "p3", "p2", "p1"]),
        lambda: voters.add_voters(village.office(reason="x"), ROUND, ["v999"]),
    )
    for attempt in tries:
        with pytest.raises(StateForbids) as refused:
            attempt()
        assert codes_of(refused.value) == ["STA-001"]


def test_dates_of_a_frozen_round_move_later_only(village: Village) -> None:
    village.play("ready")
    closes = village.round().closes
    assert closes is not None
    with pytest.raises(StateForbids) as refused:
        setting_up.set_dates(village.office(), ROUND, None, closes.replace(day=closes.day - 1))
    assert codes_of(refused.value) == ["STA-060"]
    setting_up.set_dates(village.office(), ROUND, None, closes.replace(day=closes.day + 1))
    assert village.round().chain[-1].type == "dates-moved"
    village.whole()


def test_thawing_keeps_the_old_hash_and_ends_with_the_first_vote(village: Village) -> None:
    village.play("ready")
    frozen = village.round().chain[-1].freeze_hash
    assert village.move("thaw", reason="en pris var forkert")
    assert village.round().chain[-1].freeze_hash is None
    proposing.amend_proposal(village.office(), ROUND, "p1", cost=39_000_00)
    village.move("freeze", second="bo")
    assert village.round().chain[-1].freeze_hash != frozen
    assert frozen in [event.freeze_hash for event in village.round().chain]
    village.whole()


def test_voting_opens_neither_early_nor_without_codes(village: Village) -> None:
    village.play("ready")
    with pytest.raises(StateForbids) as refused:
        village.move("open")
    assert codes_of(refused.value) == ["STA-031", "STA-032"]


def test_voting_closes_before_the_deadline_only_with_a_reason(village: Village) -> None:
    village.play("open")
    with pytest.raises(StateForbids) as refused:
        village.move("close")
    assert codes_of(refused.value) == ["STA-033"]
    assert village.move("close", reason="alle har stemt")


def test_nothing_is_counted_before_the_box_is_sealed(village: Village) -> None:
    village.play("open")
    village.cast("v000", ["1"])
    for _ in range(2):
        with pytest.raises(StateForbids) as refused:
            village.tally()
        assert codes_of(refused.value)[0] in ("STA-001", "STA-036")
        village.move("close", reason="alle har stemt")
    village.seal()
    assert village.tally()


def test_a_suspended_round_takes_no_ballots_and_goes_on(village: Village) -> None:
    village.play("open")
    with pytest.raises(StateForbids) as refused:
        village.move("suspend")
    assert codes_of(refused.value) == ["STA-003"]
    village.move("suspend", reason="strømsvigt")
    with pytest.raises(StateForbids):
        village.cast("v000", ["1"])
    village.move("resume")
    assert village.cast("v000", ["1"]).standing == "cast"


def test_a_clock_that_runs_behind_is_refused_without_a_reason(village: Village) -> None:
    village.play("open")
    village.wait(hours=-1)
    with pytest.raises(StateForbids) as refused:
        village.cast("v000", ["1"])
    assert codes_of(refused.value) == ["STA-002"]


# ballots


@pytest.mark.parametrize("policy", ["first", "last", "all-void"])
def test_a_second_ballot_is_answered_the_same_whether_or_not_it_says_the_same(village: Village, policy: str) -> None:
    village.play("open", double_vote=policy)
    for voter in ("v000", "v001"):
        village.cast(voter, ["1", "2"])
    before = village.round().tally.envelopes
    same, other = village.cast("v000", ["p2", "p1"]), village.cast("v001", ["3"])
    assert same.standing == other.standing == ("cast" if policy == "last" else "second")
    assert village.round().tally.envelopes == before + 2
    assert village.round().tally.voters == 2
    village.whole()


@pytest.mark.parametrize(
    ("policy", "ballots", "counted"),
    [
        ("first", "12", ["p1"]), ("last", "12", ["p2"]), ("all-void", "12", []),
        ("first", "111", ["p1"]), ("last", "111", ["p1"]), ("all-void", "111", ["p1"]), ("all-void", "121", []),
    ],
)  # fmt: skip
def test_the_double_vote_policy_decides_when_the_box_is_sealed(
    village: Village, policy: str, ballots: str, counted: list[str]
) -> None:
    village.play("open", double_vote=policy)
    for choice in ballots:
        village.cast("v000", [choice])
    village.wait(days=8)
    village.move("close")
    village.seal()
    with reading(village.engine) as connection:
        box = rows(connection, tables.BALLOTS, round=ROUND)
    assert [row["content"] for row in box if row["verdict"] == "accepted"] == counted
    assert {row["verdict"] for row in box} <= {"accepted", "double-vote"}
    assert len(box) == len(ballots)
    village.whole()


@pytest.mark.parametrize(("policy", "standing"), [("refused", "late"), ("counted", "cast")])
def test_a_ballot_after_the_deadline_is_kept_as_late(village: Village, policy: str, standing: str) -> None:
    village.play("open", late_ballot=policy)
    village.cast("v000", ["1"])
    village.wait(days=8)
    assert village.cast("v001", ["2"]).standing == standing
    village.move("close")
    village.seal()
    event = village.round().happened("box-sealed")
    assert event is not None
    assert event.payload["rejected"] == (1 if standing == "late" else 0)


def test_struck_voters_and_void_codes_are_settled_in_their_envelopes(village: Village) -> None:
    village.play("open")
    old = dict(village.codes)
    for voter in ("v000", "v001", "v002"):
        village.cast(voter, ["1"])
    voters.strike_voter(village.office(reason="fraflyttet"), ROUND, "v000")
    voters.reissue_code(village.office(reason="stjålet"), ROUND, "v001", village.codes.update)
    assert village.codes["v001"] != old["v001"]
    village.cast("v001", ["2"])
    with pytest.raises(UsageError) as struck:
        village.cast("v000", ["3"])
    village.codes["v001"] = old["v001"]
    with pytest.raises(UsageError) as void:
        village.cast("v001", ["3"])
    assert (codes_of(struck.value), codes_of(void.value)) == (["RND-026"], ["RND-022"])
    village.wait(days=8)
    village.move("close")
    village.seal()
    with reading(village.engine) as connection:
        box = rows(connection, tables.BALLOTS, round=ROUND)
    verdicts = sorted((row["verdict"], row["content"]) for row in box)
    assert verdicts == [("accepted", "p1"), ("accepted", "p2"), ("struck", "p1"), ("void-code", "p1")]
    village.whole()


@pytest.mark.parametrize(
    ("choices", "code"),
    [(["9"], "RND-023"), (["p9"], "RND-023"), (["1", "1"], "RND-024"), (["1", "2", "3"], "RND-024")],
)
def test_a_ballot_that_breaks_the_rules_is_not_cast(village: Village, choices: list[str], code: str) -> None:
    village.play("open", **{"ballot.max_length": "2"})
    with pytest.raises(UsageError) as refused:
        village.cast("v000", choices)
    assert code in codes_of(refused.value)
    assert village.round().tally.voters == 0


def test_a_mistyped_code_is_told_from_one_of_another_round(village: Village) -> None:
    village.play("open")
    good = village.codes["v000"]
    slip = ("1" if good[0] != "1" else "2") + good[1:]
    with pytest.raises(UsageError) as mistyped:
        voting.cast(village.office(), ROUND, ["1"], code=slip)
    from borgerbudget.rounds.codes import new_code

    with pytest.raises(UsageError) as other:
        voting.cast(village.office(), ROUND, ["1"], code=new_code())
    assert codes_of(mistyped.value) in (["RND-020"], ["RND-021"])  # one slip in 32 looks right
    assert codes_of(other.value) == ["RND-021"]
    spoken = good.lower().replace("0", "o").replace("1", "l")
    assert voting.cast(village.office(), ROUND, ["1"], code=spoken).standing == "cast"


def test_a_proposal_withdrawn_while_voting_keeps_its_place_and_gets_nothing(village: Village, tmp_path: Path) -> None:
    village.play("open")
    village.cast("v000", ["1"])
    proposing.withdraw_proposal(village.office(reason="grunden er solgt"), ROUND, "p1")
    village.cast("v001", ["1", "2"])
    village.wait(days=8)
    village.move("close")
    village.seal()
    village.tally()
    done = verify(tmp_path / "x.bba", round_bundle(village.office(), village.round(), "sealed"))
    assert done.returncode == 8, done.stdout
    result = json.loads(unpack((tmp_path / "x.bba").read_bytes())["result.json"])["outcome"]
    assert [award["proposal"] for award in result["funded"]] == ["p2"]
    assert {"proposal": "p1", "reason": "withdrawn"} in result["not_funded"]


def test_ballots_of_many_days_are_published_in_batches_that_hide_who_came(village: Village, tmp_path: Path) -> None:
    village.start()
    crowded(village, 70)
    village.move("freeze", second="bo")
    village.issue()
    village.wait(days=2)
    village.move("open")
    for number in range(70):
        village.cast(f"v{number:03}", [str(1 + number % 4)])
        if number in (4, 29, 60):
            village.wait(days=1)
    village.wait(days=8)
    village.move("close")
    village.seal()
    batches = [event for event in village.round().chain if event.type == "batch-added"]
    assert [len(event.payload["leaves"]) for event in batches] == [30, 31, 9]  # type: ignore[arg-type]
    village.tally()
    done = verify(tmp_path / "x.bba", round_bundle(village.office(), village.round()))
    assert done.returncode == 8, done.stdout


# the meeting


def test_a_meeting_writes_its_roll_as_people_come_and_counts_the_same_evening(village: Village, tmp_path: Path) -> None:
    village.start(channels="meeting", secrecy="open", eligibility="attendance", appeal_days="0")
    opens = village.now
    setting_up.set_dates(village.office(), ROUND, opens, None)
    village.move("freeze", second="bo")
    village.move("open")
    voters.add_voters(village.office(), ROUND, ["a1", "a2", "a3"])
    for voter, choice in (("a1", "1"), ("a2", "1"), ("a3", "2")):
        voting.cast(village.office(), ROUND, [choice], voter=voter)
    with pytest.raises(UsageError):
        voting.cast(village.office(), ROUND, ["1"], voter="a4")
    village.move("close", reason="alle har stemt")
    village.seal()
    village.tally()
    village.move("publish")
    village.confirm()
    assert village.move("finalise", second="bo")
    done = verify(tmp_path / "x.bba", round_bundle(village.office(), village.round(), "sealed"))
    assert done.returncode == 8, done.stdout


def test_acclamation_needs_no_votes(village: Village, tmp_path: Path) -> None:
    village.start(plan="acclamation", channels="meeting", secrecy="open")
    setting_up.set_source(village.office(), ROUND, setting_up.money_source("Byrådet", 125_000_00, "sag 1"))
    setting_up.set_dates(village.office(), ROUND, village.now, None)
    village.move("freeze", second="bo")
    village.move("open")
    village.move("close", reason="alt kan lade sig gøre")
    village.seal()
    village.tally()
    done = verify(tmp_path / "x.bba", round_bundle(village.office(), village.round()))
    assert done.returncode == 8, done.stdout
    result = json.loads(unpack((tmp_path / "x.bba").read_bytes())["result.json"])["outcome"]
    assert len(result["funded"]) == 4


def test_acclamation_of_more_than_the_pool_cannot_be_frozen(village: Village) -> None:
    village.start(plan="acclamation", channels="meeting", secrecy="open")
    with pytest.raises(StateForbids):
        village.move("freeze", second="bo")


# the count and after


def test_a_tie_waits_for_a_lot_that_is_drawn_once(village: Village, tmp_path: Path) -> None:
    village.start(ties="lot")
    village.move("freeze", second="bo")
    village.issue()
    village.wait(days=2)
    village.move("open")
    village.cast("v000", ["1"])
    village.cast("v001", ["2"])
    village.cast("v002", ["3"])
    with pytest.raises(StateForbids):
        lifecycle.draw_lot(village.office(), ROUND, "4261534", None, ())
    village.wait(days=8)
    village.move("close")
    with pytest.raises(StateForbids) as unsealed:
        lifecycle.draw_lot(village.office(), ROUND, "4261534", None, ())
    assert codes_of(unsealed.value) == ["STA-036"]
    village.seal()
    with pytest.raises(DecisionNeeded):
        village.tally()
    assert village.round().state == "closed"
    lifecycle.draw_lot(village.office(), ROUND, "4261534", None, ["Anna", "Bo"])
    with pytest.raises(StateForbids) as again:
        lifecycle.draw_lot(village.office(), ROUND, "1", None, ())
    assert codes_of(again.value) == ["STA-039"]
    assert village.tally()
    done = verify(tmp_path / "x.bba", round_bundle(village.office(), village.round(), "sealed"))
    assert done.returncode == 8, done.stdout
    assert " 12 PASS" in done.stdout
    village.whole()


def test_counting_twice_is_one_result_and_a_recount_is_another_version(village: Village, tmp_path: Path) -> None:
    village.play("counted")
    assert not village.tally()
    with pytest.raises(StateForbids) as refused:
        lifecycle.tally(village.office(), ROUND, counter, again=True)
    assert codes_of(refused.value) == ["STA-003"]
    assert lifecycle.tally(village.office(reason="klage"), ROUND, counter, again=True)
    assert village.round().results == 2
    done = verify(tmp_path / "x.bba", round_bundle(village.office(), village.round()))
    assert done.returncode == 8, done.stdout


def test_an_open_appeal_and_a_missing_decision_hold_up_the_final_result(village: Village) -> None:
    village.play("provisional")
    number = afterwards.receive_appeal(village.office(), ROUND, "Min seddel blev væk")
    with pytest.raises(StateForbids) as refused:
        village.move("finalise", second="bo")
    assert codes_of(refused.value) == ["STA-050", "STA-051", "STA-052"]
    afterwards.decide_appeal(village.office(), ROUND, number, upheld=False, grounds="den er i kassen")
    village.confirm()
    village.wait(days=9)
    assert village.move("finalise", second="bo")
    village.whole()


def test_an_upheld_appeal_holds_everything_up_until_it_is_answered(village: Village) -> None:
    village.play("provisional")
    village.confirm()
    office = village.office
    number = afterwards.receive_appeal(office(), ROUND, "to sedler blev byttet om")
    assert afterwards.decide_appeal(office(), ROUND, number, upheld=True, grounds="det er rigtigt")
    assert not afterwards.decide_appeal(office(), ROUND, number, upheld=True, grounds="det er rigtigt")
    assert village.round().decision is None, "what was confirmed before the ruling no longer stands"
    for upheld, grounds in ((False, "det er rigtigt"), (True, "andre grunde")):
        with pytest.raises(StateForbids) as stands:
            afterwards.decide_appeal(office(), ROUND, number, upheld, grounds)
        assert codes_of(stands.value) == ["STA-056"]
    with pytest.raises(StateForbids) as unanswered:
        village.confirm()
    assert codes_of(unanswered.value) == ["STA-055"]
    village.wait(days=9)
    with pytest.raises(StateForbids) as refused:
        village.move("finalise", second="bo")
    assert codes_of(refused.value) == ["STA-055", "STA-052"]
    assert afterwards.decide(office(), ROUND, {"p3": 0}, "punkt 5", "klagen fik medhold")
    assert village.move("finalise", second="bo")
    village.whole()


def test_a_recount_answers_an_upheld_appeal_and_is_decided_on_anew(village: Village) -> None:
    village.play("provisional")
    afterwards.receive_appeal(village.office(), ROUND, "tæl igen")
    village.confirm()
    afterwards.decide_appeal(village.office(), ROUND, 1, upheld=True, grounds="ja")
    lifecycle.tally(village.office(reason="klage 1"), ROUND, counter, again=True)
    village.move("publish")
    village.wait(days=9)
    with pytest.raises(StateForbids) as undecided:
        village.move("finalise", second="bo")
    assert codes_of(undecided.value) == ["STA-052"]
    village.confirm()
    assert village.move("finalise", second="bo")
    village.whole()


def test_a_decision_about_one_count_is_none_about_the_next(village: Village) -> None:
    village.play("provisional")
    village.confirm()
    lifecycle.tally(village.office(reason="for en sikkerheds skyld"), ROUND, counter, again=True)
    assert village.round().decision is None
    village.move("publish")
    village.wait(days=9)
    with pytest.raises(StateForbids) as undecided:
        village.move("finalise", second="bo")
    assert codes_of(undecided.value) == ["STA-052"]
    village.whole()


def test_a_decision_made_twice_in_the_same_words_is_made_once(village: Village) -> None:
    village.play("provisional")
    assert afterwards.decide(village.office(), ROUND, None, "punkt 4")
    assert not afterwards.decide(village.office(), ROUND, None, " punkt 4")
    assert afterwards.decide(village.office(), ROUND, None, "punkt 5")


def test_a_deviation_stands_beside_the_computed_result(village: Village) -> None:
    village.play("provisional")
    with pytest.raises(StateForbids) as groundless:
        afterwards.decide(village.office(), ROUND, {"p2": 10_000_00}, "punkt 4")
    assert codes_of(groundless.value) == ["STA-054"]
    with pytest.raises(UsageError) as too_much:
        afterwards.decide(village.office(), ROUND, {"p2": 99_000_00}, "punkt 4", "grunde")
    assert codes_of(too_much.value) == ["RND-031"]
    before = village.round().results
    afterwards.decide(village.office(), ROUND, {"p3": 0, "p2": 10_000_00}, "punkt 4", "fonden betaler p3")
    decision = village.round().decision
    assert decision is not None
    assert decision.kind == "deviate"
    assert "p3" not in decision.amounts
    assert village.round().results == before
    village.wait(days=9)
    village.move("finalise", second="bo")
    assert village.round().chain[-1].payload["decision"] == "deviate"
    village.whole()


def test_nobody_moves_up_where_there_is_no_reserve_list(village: Village) -> None:
    village.play("final")
    decision = village.round().decision
    assert decision is not None
    unfunded = next(p.id for p in village.round().listed if p.id not in decision.amounts)
    with pytest.raises(StateForbids) as refused:
        afterwards.award(village.office(), ROUND, unfunded, 1_00, "tilsagn 1", reserve=True)
    assert codes_of(refused.value) == ["RND-080"]


def test_awards_follow_the_decision_and_stay_within_the_pool(village: Village) -> None:
    village.play("final", reserve="yes")
    decision = village.round().decision
    assert decision is not None
    proposal, amount = next(iter(decision.amounts.items()))
    assert afterwards.award(village.office(), ROUND, proposal, amount, "tilsagn 1")
    assert not afterwards.award(village.office(), ROUND, proposal, amount, "tilsagn 1")
    with pytest.raises(UsageError) as too_much:
        afterwards.award(village.office(), ROUND, proposal, amount + 1, "tilsagn 2")
    unfunded = next(p.id for p in village.round().listed if p.id not in decision.amounts)
    with pytest.raises(UsageError) as not_funded:
        afterwards.award(village.office(), ROUND, unfunded, 1_00, "tilsagn 3")
    assert (codes_of(too_much.value), codes_of(not_funded.value)) == (["RND-048"], ["RND-032"])
    cost = next(p.cost for p in village.round().listed if p.id == unfunded)
    with pytest.raises(UsageError) as over_cost:
        afterwards.award(village.office(), ROUND, unfunded, cost + 1, "tilsagn 3", reserve=True)
    others = [other for other in decision.amounts if other != proposal]
    for other in others:
        afterwards.award(village.office(), ROUND, other, decision.amounts[other], "tilsagn 4")
    assert afterwards.award(village.office(), ROUND, proposal, amount - 1_00, "tilsagn 5")
    with pytest.raises(UsageError) as over_pool:
        afterwards.award(village.office(), ROUND, unfunded, cost, "tilsagn 3", reserve=True)
    assert (codes_of(over_cost.value), codes_of(over_pool.value)) == (["RND-048"], ["RND-031"])
    assert afterwards.award(village.office(), ROUND, unfunded, 1_00, "tilsagn 3", reserve=True)
    with pytest.raises(StateForbids) as no_reserve:
        afterwards.award(village.office(), ROUND, proposal, 1_00, "tilsagn 5", reserve=True)
    assert codes_of(no_reserve.value) == ["RND-081"]
    awarded = ["awarded"] * (2 + len(others))
    assert [event.type for event in village.round().chain[-3 - len(others) :]] == [*awarded, "reserve-called"]
    village.whole()


def test_a_purge_deletes_people_and_leaves_what_can_be_checked(village: Village, tmp_path: Path) -> None:
    village.play("provisional")
    afterwards.receive_appeal(village.office(actor="Xaviera Hemmelig"), ROUND, "Klage fra Xaviera Hemmelig")
    afterwards.decide_appeal(village.office(), ROUND, 1, upheld=False, grounds="nej")
    village.confirm()
    village.wait(days=9)
    village.move("finalise", second="bo")
    with pytest.raises(StateForbids):
        afterwards.purge(village.office(second="bo"), ROUND)
    with pytest.raises(StateForbids) as early:
        village.move("archive")
    assert codes_of(early.value) == ["STA-053"]
    village.wait(days=400)
    village.move("archive")
    note_copy(village.engine, tmp_path / "kopi.db", village.now)
    with pytest.raises(StateForbids) as alone:
        afterwards.purge(village.office(), ROUND)
    assert codes_of(alone.value) == ["STA-004"]
    copies = afterwards.purge(village.office(second="bo"), ROUND)
    assert copies is not None
    folder = tmp_path / "borgerbudget-backups"
    assert sorted(path.name for path in copies) == sorted({*backups(folder), "kopi.db", "koder.csv"} - {LIST})
    assert afterwards.purge(village.office(second="bo"), ROUND) is None
    found = village.found()
    assert found.problems == ()
    assert found.purged == len(village.round().chain) - 1
    done = verify(tmp_path / "x.bba", round_bundle(village.office(), village.round(), "sealed"))
    assert done.returncode == 8, done.stdout
    if village.engine.dialect.name == "sqlite":
        for path in tmp_path.glob("borgerbudget.db*"):
            assert b"Xaviera" not in path.read_bytes()
            assert b"v001" not in path.read_bytes()


def test_an_annulled_round_is_run_again_with_the_same_rules(village: Village) -> None:
    village.play("provisional")
    with pytest.raises(StateForbids):
        afterwards.rerun(village.office(), ROUND, "omvalg")
    with pytest.raises(StateForbids) as refused:
        village.move("annul")
    assert codes_of(refused.value) == ["STA-003", "STA-004"]
    village.move("annul", reason="sedler blev væk", second="bo")
    afterwards.rerun(village.office(), ROUND, "omvalg")
    afterwards.rerun(village.office(), ROUND, "omvalg")
    old, new = village.round(), village.round("omvalg")
    assert (new.rerun_of, new.state, new.policies, new.proposals) == (ROUND, "draft", old.policies, old.proposals)
    assert new.tally.roll == 0
    village.whole()
    village.whole("omvalg")


def test_a_round_can_be_called_off_until_it_is_counted(village: Village) -> None:
    village.play("closed")
    assert village.move("cancel", reason="for få stemmer")
    assert village.round().state == "cancelled"
    village.whole()


def test_what_worked_is_carried_on_to_many_areas_at_once(village: Village) -> None:
    village.start()
    setting_up.save_template(village.office(), ROUND, "landsby")
    setting_up.add_area(village.office(), setting_up.Area("storvig", "Storvig"))
    names = {"a-2027": "lillevig", "b-2027": "storvig"}
    with pytest.raises(UsageError) as refused:
        setting_up.new_rounds(village.office(), {**names, "c": "ukendt"}, "2027", "Europe/Copenhagen", "landsby")
    assert codes_of(refused.value) == ["RND-002"]
    with pytest.raises(UsageError):
        village.round("a-2027")
    setting_up.new_rounds(village.office(), names, "2027", "Europe/Copenhagen", "landsby")
    assert village.round("b-2027").policies == village.round().policies
    village.whole("b-2027")


def test_sealing_waits_when_the_last_ballots_would_be_too_few_to_hide_in(village: Village) -> None:
    village.start()
    crowded(village, 40)
    village.move("freeze", second="bo")
    village.issue()
    village.wait(days=2)
    village.move("open")
    for number in range(25):
        village.cast(f"v{number:03}", ["1"])
    village.wait(days=1)
    village.cast("v030", ["2"])  # publishes what came the day before
    village.move("close", reason="alle har stemt")
    with pytest.raises(StateForbids) as refused:
        village.seal()
    assert codes_of(refused.value) == ["STA-038"]
    village.wait(days=1)
    assert village.seal()


def test_deadlines_know_when_the_clocks_change() -> None:
    from borgerbudget.rounds.deadlines import read_moment

    zone = "Europe/Copenhagen"
    assert read_moment("2026-03-29 01:59", zone) == datetime.fromisoformat("2026-03-29T00:59Z")
    assert read_moment("2026-03-29 03:00", zone) == datetime.fromisoformat("2026-03-29T01:00Z")
    assert read_moment("2026-10-25T02:30+01:00", zone) == datetime.fromisoformat("2026-10-25T01:30Z")
    for text, code in (
        ("2026-03-29 02:30", "RND-016"), ("2026-10-25 02:30", "RND-017"), ("2026-04-01", "RND-015"), ("i morgen", "RND-015"),
    ):  # fmt: skip
        with pytest.raises(UsageError) as refused:
            read_moment(text, zone)
        assert codes_of(refused.value) == [code]


def test_sealing_leaves_no_link_behind(village: Village, tmp_path: Path) -> None:
    village.play("closed")
    with reading(village.engine) as connection:
        tokens = {row["token"] for row in rows(connection, tables.SPOOL, round=ROUND)}
        leaves = {row["leaf"] for row in rows(connection, tables.SPOOL, round=ROUND)}
    village.seal()
    with reading(village.engine) as connection:
        assert rows(connection, tables.SPOOL, round=ROUND) == []
        assert {row["leaf"] for row in rows(connection, tables.BALLOTS, round=ROUND)} == leaves
        participation = rows(connection, tables.PARTICIPATION, round=ROUND)
    assert not {value for row in participation for value in row.values()} & leaves
    codes = {"mac", "roll_id", "issue", "status", "round"}
    assert {column.name for column in tables.BALLOTS.columns} & codes == {"round"}
    assert len(tokens) == len(participation)


def test_sealing_lists_every_file_that_can_still_show_who_cast_what(village: Village, tmp_path: Path) -> None:
    village.start()
    note_copy(village.engine, tmp_path / "before-opening.db", village.now)
    village.move("freeze", second="bo")
    village.issue()
    village.wait(days=2)
    village.move("open")
    note_copy(village.engine, tmp_path / "while-open.db", village.now)
    village.cast("v000", ["1"])
    village.move("close", reason="alle har stemt")
    village.seal()
    copies = [path.name for path in sealing.copies_with_envelopes(village.office(), village.round())]
    assert [re.sub(r"_\d+T\d+Z|_\d+(?=_)", "", name) for name in copies] == [
        "koder.csv", f"{ROUND}_open-to-closed.db", f"{ROUND}_closed-to-sealed.db", "while-open.db",
    ]  # fmt: skip
