"""What the reference says when something is wrong, in both languages, and its command line, called in this process."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallies import verify
from tests.test_verify import BIKE, MUTATED, counted, mutations, pabulib, profile

NAMES_FIRST = {"E203", "E204", "E205", "E206", "E207", "E208", "E209", "E210", "E212", "E302"}
"""Complaints that begin with the name of a setting or with a place, which may be in lower case."""


@pytest.fixture(autouse=True)
def danish(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Danish locale: the words are Danish unless --lang says otherwise."""
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")


def test_without_a_danish_locale_the_words_are_english(monkeypatch: pytest.MonkeyPatch) -> None:
    assert verify.preferred_language() == "da"
    monkeypatch.setenv("LC_ALL", "")
    monkeypatch.setenv("LC_MESSAGES", "da_DK")
    assert verify.preferred_language() == "da"
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert verify.preferred_language() == "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert verify.preferred_language() == "en"


def reads_well(error: verify.VerifyError) -> None:
    """Two sentences with a capital and a full stop, or ``place: what is wrong there``; nothing shouted, nothing left out."""
    for language in ("da", "en"):
        said = error.sentence(language)
        assert said.startswith(f"{error.code}: ")
        text = said.removeprefix(f"{error.code}: ")
        assert text[0].isupper() or error.code in NAMES_FIRST, text
        assert "XX" not in text
        assert "None" not in text
        assert not text.partition(": ")[2].isupper()
        assert not text.isupper()
    assert error.danish != error.english
    assert str(error) == error.sentence("en")


def complaint(action: Callable[[], object]) -> verify.VerifyError:
    with pytest.raises(verify.VerifyError) as caught:
        action()
    reads_well(caught.value)
    return caught.value


def one(**changes: Any) -> bytes:
    """A profile of one proposal and one ballot, with some keys changed."""
    document = json.loads(profile("approval", 10, {"a": 5}, ["1\ta"]))
    return verify.canonical({**document, **changes})


def item(**changes: Any) -> list[dict[str, Any]]:
    return [{"id": "a", "cost": 5, "withdrawn": False, **changes}]


ROUND = pabulib(10, {"a": 5, "b": 6}, ["a", "b"])

INPUTS = [
    (b"\xff", "E303", "The file is not UTF-8."),
    (BIKE + b"\x00", "E304", "The file contains control characters."),
    (BIKE + b"\x01", "E304", "The file contains control characters."),
    (b"x\n" + BIKE, "E302", "line 1: the file does not begin with META"),
    (BIKE + b"META\n", "E302", "META stands twice"),
    (BIKE + b'9;"a', "E302", "VOTES: a quotation mark is not closed"),
    (b"META\nkey;value\nPROJECTS\n", "E302", "VOTES: the section is missing"),
    (b"META\nkey;value\nVOTES\n", "E302", "PROJECTS: the section is missing"),
    (b"PROJECTS\nkey;value\nVOTES\n", "E302", "META: the section is missing"),
    (ROUND.replace(b"budget;10", b"budget;10\nbudget;10"), "E302", "line 4: budget stands twice"),
    (ROUND.replace(b"approval", b"guess"), "E302", "META vote_type: unknown: 'guess'"),
    (ROUND.replace(b"budget;10", b"budget;x"), "E302", "META budget: the amount cannot be read"),
    (ROUND.replace(b"budget;10", b"budget;1." + b"0" * 59), "E302", "META budget: the amount cannot be read"),
    (ROUND.replace(b"budget;10", b"budget;1.234"), "E302", "META budget: the amount has more than two decimals"),
    (ROUND.replace(b"budget;10", b"budget;90071992547409.92"), "E302", "META budget: the amount is too large"),
    (ROUND.replace(b"project_id", b"id"), "E302", "PROJECTS: column project_id must stand once"),
    (ROUND.replace(b"_id;cost", b"_id;cost;cost"), "E302", "PROJECTS: column cost must stand once"),
    (ROUND.replace(b"voter_id;vote", b"voter_id;choice"), "E302", "VOTES: column vote must stand once"),
    (ROUND.replace(b"\na;5", b"\n;5"), "E302", "line 8: the proposal has no usable id"),
    (ROUND.replace(b"\na;5", b"\na\ta;5"), "E302", "line 8: the proposal has no usable id"),
    (ROUND.replace(b"\nb;6", b"\na;6"), "E302", "line 9: proposal a stands twice"),
    (ROUND.replace(b"\nb;6", b"\nb"), "E302", "line 9: the amount cannot be read"),
    (ROUND.replace(b"\nb;6", b"\nb;0.00"), "E302", "line 9: the cost must be above zero"),
    (ROUND.replace(b"0;a", b"0;c"), "E302", "line 12: unknown proposal 'c'"),
    (pabulib(10, {"a": 5}, ["a"], kind="cumulative"), "E302", "VOTES: column points is missing"),
    (pabulib(10, {"a": 5}, ["a;1,2"], "cumulative", points=True), "E302", "vote and points differ in length"),
    (pabulib(10, {"a": 5}, ["a;1.5"], "cumulative", points=True), "E302", "points must be whole numbers"),
    (pabulib(10, {"a": 5}, [f"a;{2**53}"], "cumulative", points=True), "E302", "points must be whole numbers"),
    (pabulib(10, {"a": 5}, [f"a;{'0' * 61}"], "cumulative", points=True), "E302", "points must be whole numbers"),
    (b"{}", "E305", "The profile: not valid canonical JSON"),
    (b"{}\n", "E305", "The profile: wrong keys."),
    (one(more=1), "E305", "The profile: wrong keys."),
    (one(schema="borgerbudget.profile/2"), "E305", "The profile: unknown version."),
    (one(minor_units=3), "E305", "The profile: unknown version."),
    (one(round=1), "E305", "The profile: round, currency or method is wrong."),
    (one(currency=1), "E305", "The profile: round, currency or method is wrong."),
    (one(method="guess"), "E305", "The profile: round, currency or method is wrong."),
    (one(input_sha256="0" * 63), "E305", "The profile: input_sha256 is wrong."),
    (one(input_sha256=1), "E305", "The profile: input_sha256 is wrong."),
    (one(pool=-1), "E305", "The profile: pool or default_score is wrong."),
    (one(pool=2**53), "E305", "The profile: pool or default_score is wrong."),
    (one(default_score="0"), "E305", "The profile: pool or default_score is wrong."),
    (one(default_score=-(2**53)), "E305", "The profile: pool or default_score is wrong."),
    (one(proposals={}), "E305", "The profile: lists expected."),
    (one(ballots={}), "E305", "The profile: lists expected."),
    (one(proposals=[1]), "E305", "The profile: a proposal has wrong keys."),
    (one(proposals=item(more=1)), "E305", "The profile: a proposal has wrong keys."),
    (one(proposals=item(cost=0)), "E305", "The profile: proposal 'a' is wrong."),
    (one(proposals=item(cost=2**53)), "E305", "The profile: proposal 'a' is wrong."),
    (one(proposals=item(withdrawn=0)), "E305", "The profile: proposal 'a' is wrong."),
    (one(proposals=item(id="")), "E305", "The profile: proposal '' is wrong."),
    (one(proposals=item(id=" a")), "E305", "The profile: proposal ' a' is wrong."),
    (one(proposals=item(id="a\x1fb")), "E305", "is wrong."),
    (one(proposals=item() + item()), "E305", "The profile: the proposals are not in order."),
    (one(proposals=item(id="b") + item(id="a")), "E305", "The profile: the proposals are not in order."),
    (one(ballots=[1]), "E302", "profile, ballot 1: the count is wrong"),
    (one(ballots=["1"]), "E302", "the count is wrong"),
    (one(ballots=["1\ta", "0\t"]), "E302", "profile, ballot 2: the count is wrong"),
    (one(ballots=["-1\ta"]), "E302", "the count is wrong"),
    (one(ballots=["2/1\ta"]), "E302", "the count is wrong"),
    (one(ballots=["2/4\ta"]), "E302", "the count is wrong"),
    (one(ballots=[f"{2**53}\ta"]), "E302", "the count is wrong"),
    (one(ballots=[f"1/{2**53}\ta"]), "E302", "the count is wrong"),
    (profile("scoring", 10, {"a": 5}, ["1\ta:0"]), "E305", "The profile: the ballots are not written canonically."),
    (one(ballots=["1\ta", "1\ta"]), "E302", "the ballot stands twice"),
    (one(ballots=["1\ta", "1\t"]), "E305", "The profile: the ballots are not written canonically."),
]


@pytest.mark.parametrize("place", range(len(INPUTS)))
def test_what_is_wrong_with_a_round_is_said(place: int) -> None:
    data, code, sentence = INPUTS[place]
    error = complaint(lambda: verify.read_input(data))
    assert isinstance(error, verify.InputRejected)
    assert error.exit_code == 3
    assert error.code == code
    assert sentence in error.english


@pytest.mark.parametrize(
    "data",
    [
        ROUND.replace(b"budget;10", b"budget;90071992547409.91"),
        ROUND.replace(b"budget;10", b"budget;1." + b"0" * 58),
        ROUND.replace(b"budget;10", b"budget;10.1000"),
        one(input_sha256="0123456789abcdef" * 4),
        one(pool=0),
        one(pool=2**53 - 1, default_score=1 - 2**53),
        one(proposals=item(cost=2**53 - 1)),
        one(ballots=[f"{2**53 - 1}\ta"]),
        one(ballots=[f"1/{2**53 - 1}\ta"]),
        pabulib(10, {"a": 5}, [f"a;{2**53 - 1}"], "cumulative", points=True),
        pabulib(10, {"a": 5}, ["a;2.00"], "cumulative", points=True),
    ],
)
def test_what_is_just_allowed_is_read(data: bytes) -> None:
    election = verify.read_input(data)
    assert verify.read_input(election.profile()).profile() == election.profile()


def test_money_is_read_by_its_decimal_text() -> None:
    read = [verify.read_money(text, "x") for text in ("0", "7", "7.", "7.5", "7,05", "7.50", "007.250", "24186815")]
    assert read == [0, 700, 700, 750, 705, 750, 725, 2_418_681_500]


def test_points_are_read_with_their_sign() -> None:
    assert [verify.read_points(text, "x") for text in ("0", "-3", "4.0", "-5.", "012")] == [0, -3, 4, -5, 12]


def test_what_the_head_of_a_file_says_is_read() -> None:
    meta = "rule;greedy\nmin_project_score_threshold;3\n"
    election = verify.read_input(pabulib(10, {"a": 5, "b": 6}, ["a", "b"], "choose-1", meta))
    assert (election.method, election.currency, election.pool) == ("approval", "DKK", 1000)
    assert election.declared == ("greedy", "3")
    assert (
        election.round
        == election.input_sha256
        == verify.sha256(pabulib(10, {"a": 5, "b": 6}, ["a", "b"], "choose-1", meta))
    )
    plain = verify.read_input(ROUND.replace(b"currency;DKK\n", b""))
    assert (plain.currency, plain.declared, plain.default_score) == ("", (None, None), 0)
    scored = pabulib(10, {"a": 5, "b": 6}, ["a;2", "b;1", ";"], "scoring", "default_score;1\n", True)
    assert verify.read_input(scored).profile_lines() == ["2\t", "1\ta:2"]
    assert verify.read_input(scored.replace(b"default_score;1\n", b"")).profile_lines() == ["1\t", "1\ta:2", "1\tb:1"]
    for missing in (b"vote_type", b"budget"):
        without = b"\n".join(line for line in ROUND.split(b"\n") if not line.startswith(missing))
        assert complaint(lambda given=without: verify.read_input(given)).code == "E302"  # type: ignore[misc]


def test_short_rows_are_blank_at_the_end() -> None:
    assert verify.read_input(ROUND + b"7\n").profile_lines() == ["1\t", "1\ta", "1\tb"]
    points = (
        b"META\nkey;value\nbudget;9\nvote_type;cumulative\nPROJECTS\nproject_id;cost\na;5\nVOTES\npoints;vote\n2;a\n"
    )
    assert verify.read_input(points).profile_lines() == ["1\ta:2"]
    assert verify.read_input(points + b"\n;\n" + b'"";\n').profile_lines()[-1] == "1\ta:2"
    cumulative = pabulib(10, {"a": 5}, ["a;2"], "cumulative", points=True)
    assert verify.read_input(cumulative + b"7\n").profile_lines() == ["1\t", "1\ta:2"]
    empty = pabulib(10, {"a": 5}, []).replace(b"voter_id;vote\n", b"")
    assert complaint(lambda: verify.read_input(empty)).english == "VOTES: column vote must stand once"
    nameless = pabulib(10, {"a": 5}, []).replace(b"project_id;cost\na;5", b"cost;project_id\n5")
    assert complaint(lambda: verify.read_input(nameless)).english.endswith("the proposal has no usable id")


# -- plans and lots

PLANS: list[tuple[str, dict[str, Any], str, Any, str, str]] = [
    ("schulze", {}, "lot", None, "E204", "rule is one of: greedy, greedy-stop, "),
    ("greedy/none", {}, "lot", None, "E206", "greedy takes no completion."),
    ("equal-shares/add2", {}, "lot", None, "E204", "completion is one of: none, utilitarian, "),
    ("equal-shares", {"start": "exact"}, "lot", None, "E207", "start does not belong to equal-shares."),
    ("greedy", {"utility": "cost"}, "lot", None, "E207", "utility does not belong to greedy."),
    ("greedy", {"points_table": "borda"}, "lot", None, "E207", "points_table does not belong to greedy."),
    ("equal-shares", {"utility": "points"}, "lot", None, "E204", "utility is one of: cost, count."),
    ("equal-shares", {"comparison": "x"}, "lot", None, "E204", "comparison is one of: none, satisfaction, "),
    ("equal-shares/add1", {"start": "x"}, "lot", None, "E204", "start is one of: integral, exact."),
    ("equal-shares/add1", {"increment": "0"}, "lot", None, "E212", "increment must be above zero."),
    ("equal-shares/add1", {"increment": "-1"}, "lot", None, "E212", "increment must be above zero."),
    ("equal-shares/add1", {"increment": "1/0"}, "lot", None, "E203", "increment must be a number."),
    ("greedy", {"threshold": "x"}, "lot", None, "E203", "threshold must be a number."),
    ("greedy", {"threshold": "1" * 4001}, "lot", None, "E203", "threshold must be a number."),
    ("greedy", {}, "", None, "E209", "ties end in lot or refuse."),
    ("greedy", {}, "cheapest", None, "E209", "ties end in lot or refuse."),
    ("greedy", {}, "cheapest,cheapest,lot", None, "E209", "ties end in lot or refuse."),
    ("greedy", {}, "dearest,lot", None, "E210", "unknown criterion in ties."),
    ("greedy", {}, "lot,refuse", None, "E210", "unknown criterion in ties."),
    ("greedy", {}, "refuse", "a,b", "E211", "A lot needs ties that end in lot."),
    ("greedy", {}, "lot", "a", "E202", "The lot order must name every proposal once."),
    ("greedy", {}, "lot", "a,b,b", "E202", "The lot order must name every proposal once."),
    ("declared", {}, "lot", None, "E306", "The file's rule cannot be counted: -."),
]


@pytest.mark.parametrize("place", range(len(PLANS)))
def test_what_is_wrong_with_a_plan_is_said(place: int) -> None:
    name, settings, ties, lot, code, sentence = PLANS[place]
    error = complaint(lambda: counted(ROUND, name, ties, lot, **settings))
    assert error.exit_code == (3 if name == "declared" else 2)
    assert (error.code, error.english[: len(sentence)]) == (code, sentence)


def test_plans_fit_their_ballots() -> None:
    ranked = pabulib(10, {"a": 5, "b": 6}, ["a,b"], kind="ordinal")
    assert complaint(lambda: counted(ranked, "phragmen")).code == "E208"
    assert complaint(lambda: counted(ranked, "equal-shares", utility="cost")).code == "E204"
    for table in ("", "1,x", "1,-2", "1.5", "1" * 16):
        assert complaint(lambda given=table: counted(ranked, "greedy", points_table=given)).code == "E205"  # type: ignore[misc]
    assert counted(ranked, "greedy", points_table="[3, 1]").lines[0]["plan"]["points_table"] == [3, 1]
    assert counted(ranked, "greedy", points_table="borda").lines[0]["plan"]["points_table"] == "borda"
    error = complaint(lambda: verify.lot_from_dice(verify.read_input(ROUND), "1a"))
    assert (error.code, error.english) == ("E201", "Dice are written with the digits 0-9.")


def test_defaults_are_written_into_the_plan() -> None:
    plan = counted(ROUND, "equal-shares/add1").lines[0]["plan"]
    assert plan == {
        "rule": "equal-shares",
        "version": 1,
        "threshold": None,
        "ties": ["cheapest", "most-votes", "refuse"],
        "utility": "cost",
        "completion": "add1",
        "start": "integral",
        "increment": 1,
        "comparison": "none",
    }
    assert counted(ROUND, "greedy", threshold="0,5").lines[0]["plan"]["threshold"] == "1/2"
    assert counted(ROUND, "greedy", threshold=" 3 ").lines[0]["plan"]["threshold"] == 3
    assert counted(ROUND, "equal-shares").lines[0]["plan"]["completion"] == "none"


# -- traces

SHARES = pabulib(11, {"a": 3, "b": 4, "c": 6}, ["a,b", "a,b", "c", "c,a"])
LOT = "a,b,c"


def changed(data: bytes, name: str, change: Callable[[list[dict[str, Any]]], object], **settings: Any) -> str:
    """The complaint about a trace after ``change`` has been at its lines."""
    lines = json.loads(json.dumps(counted(data, name, "cheapest,lot", LOT, **settings).lines))
    change(lines)
    trace = b"".join(map(verify.canonical, lines))
    error = complaint(lambda: verify.check(verify.read_input(data), trace))
    assert isinstance(error, verify.CheckFailed)
    assert error.exit_code == 5
    return f"{error.code} {error.english}"


TRACES: list[tuple[str, Callable[[list[dict[str, Any]]], object], str]] = [
    ("greedy", lambda t: t.pop(), "E1406 Line 4: this proposal cannot stand here."),
    ("greedy", lambda t: t.append(t[-1]), "E1411 Line 5 (step 3): the trace should have ended."),
    ("greedy", lambda t: t[1].update(more=1), "E1402 Line 2 (step 1): wrong keys."),
    ("greedy", lambda t: t[1].update(left=1), "E1410 Line 2 (step 1): left is not right."),
    ("greedy", lambda t: t[1].update(proposal="z"), "E1406 Line 2 (step 1): this proposal cannot stand here."),
    (
        "greedy",
        lambda t: t[1].update(kind="skipped"),
        "E1411 Line 2 (step 1): wrong kind: 'skipped', 'funded' expected.",
    ),
    ("greedy", lambda t: t[0].update(pool=1), "E1403 Line 1: the header says something else than the round of pool."),
    (
        "greedy",
        lambda t: t[0]["proposals"][1].update(cost=1),
        "E1403 Line 1: the header says something else than the round of proposals, b: cost.",
    ),
    (
        "greedy",
        lambda t: t[0]["ballots"].update(blank=7),
        "E1403 Line 1: the header says something else than the round of ballots: blank.",
    ),
    (
        "greedy",
        lambda t: t[0]["proposals"].pop(),
        "E1403 Line 1: the header says something else than the round of proposals.",
    ),
    ("greedy", lambda t: t[0]["plan"].update(ties="lot"), "E1404 Line 1: E209 ties is not a list."),
    ("greedy", lambda t: t[0]["plan"].update(version=2), "E1404 Line 1: E216 the plan is not written in full."),
    ("greedy", lambda t: t[0].update(plan=1), "E1404 Line 1: E213 the plan is missing."),
    ("greedy", lambda t: t[0].update(lot={}), "E1404 Line 1: E214 the lot has no order."),
    ("greedy", lambda t: t[0]["lot"].update(dice="1"), "E1404 Line 1: E215 the lot gives another order."),
    ("greedy", lambda t: t[0].pop("kind"), "E1402 Line 1 has no kind."),
    ("greedy", lambda t: t.pop(0), "E1402 Line 1 is not the header."),
    ("phragmen", lambda t: t.pop(), "E1407 Line 4: the value is not a rational above zero."),
    ("phragmen", lambda t: t[1].update(value="1/1"), "E1407 Line 2 (step 1): no proposal has that load."),
    ("phragmen", lambda t: t[1].update(value="9999/1"), "E1408 Line 2 (step 1): a has a smaller load."),
    ("phragmen", lambda t: t[1].update(value=7), "E1407 Line 2 (step 1): the value is not a rational above zero."),
    ("phragmen", lambda t: t[1].update(value="0/1"), "E1407 Line 2 (step 1): the value is not a rational above zero."),
    (
        "equal-shares",
        lambda t: t[1].update(value="1/1"),
        "E1407 Line 2 (step 1): this rho does not just collect the cost.",
    ),
    ("equal-shares/add1", lambda t: t.pop(1), "E1405 Line 2: the interval does not follow the last."),
    ("equal-shares/add1", lambda t: t[1].update(funded=1), "E1405 Line 2: the list of proposals is wrong."),
    ("equal-shares/add1", lambda t: t[1].update(funded=["z"]), "E1405 Line 2: a proposal cannot stand here."),
    ("equal-shares/add1", lambda t: t[1].update(funded=["a", "a"]), "E1405 Line 2: a proposal cannot stand here."),
    ("equal-shares/add1", lambda t: t[1].update(funded=[]), "E1405 Line 2: the run at k = 0 buys something else."),
    ("equal-shares/add1", lambda t: t.__delitem__(slice(1, None)), "E1411 Line 2: the interval table ends early."),
]


@pytest.mark.parametrize("place", range(len(TRACES)))
def test_what_is_wrong_with_a_trace_is_said(place: int) -> None:
    name, change, sentence = TRACES[place]
    assert changed(SHARES, name, change).startswith(sentence)


def test_a_replay_knows_when_a_proposal_is_topped_up() -> None:
    for cost, kinds in ((50, ["header", "funded", "funded"]), (51, ["header", "funded", "stopped"])):
        data = pabulib(100, {"a": 60, "b": cost}, ["a,b", "a"])
        lines = counted(data, "greedy-80").lines
        assert [line["kind"] for line in lines] == kinds
        trace = b"".join(map(verify.canonical, lines))
        assert verify.check(verify.read_input(data), trace).at == 3
    more = [
        *lines[:2],
        {**lines[1], "step": 2, "proposal": "b", "amount": 4000, "left": 0, "value": "1/1", "topped_up": 1100},
    ]
    assert complaint(
        lambda: verify.check(verify.read_input(data), b"".join(map(verify.canonical, more)))
    ).english.startswith("Line 3 (step 2): wrong kind")


def test_both_languages_name_the_same_line() -> None:
    election, result = verify.read_input(SHARES), counted(SHARES, "greedy", "cheapest,lot", LOT)
    error = complaint(lambda: verify.check(election, result.trace_bytes().replace(b'"left":', b'"left":1', 1)))
    assert (error.danish, error.english) == (
        "Linje 2 (trin 1): left passer ikke.",
        "Line 2 (step 1): left is not right.",
    )


def test_a_recount_that_meets_an_open_tie_says_so() -> None:
    data = pabulib(10, {"a": 6, "b": 6}, ["a,b"])
    lines = json.loads(json.dumps(counted(data, "greedy", "lot", "a,b").lines))
    lines[0]["plan"]["ties"], lines[0]["lot"] = ["refuse"], None
    error = complaint(lambda: verify.recount(verify.read_input(data), b"".join(map(verify.canonical, lines))))
    assert error.code == "E1413"
    assert "between a, b" in error.english


def test_a_phragmen_tie_that_matters_names_its_step() -> None:
    data = pabulib(6, {"a": 1, "b": 4, "c": 4}, ["a,b,c"] * 3)
    error = complaint(lambda: counted(data, "phragmen"))
    assert isinstance(error, verify.TieMatters)
    assert (error.document["step"], error.document["tied"]) == (2, ["b", "c"])


@pytest.mark.parametrize("case", range(len(MUTATED)))
def test_every_ninth_change_of_a_trace_is_refused(case: int) -> None:
    """What tests/test_verify.py does with every change, in a second."""
    data, name, settings = MUTATED[case]
    election = verify.read_input(data)
    result = counted(data, name, "cheapest,lot", ",".join(proposal.id for proposal in election.proposals), **settings)
    for lines in mutations(result.lines)[case::9]:
        trace = b"".join(map(verify.canonical, lines))
        try:
            verify.check(election, trace)
        except verify.CheckFailed as error:
            reads_well(error)
        else:
            verify.recount(election, trace)


def test_a_trace_that_cannot_be_read_is_named_by_its_line() -> None:
    election, trace = verify.read_input(SHARES), counted(SHARES, "greedy", "cheapest,lot", LOT).trace_bytes()
    cases = [
        (trace[:-1], "E1401", "The trace's last line is not ended."),
        (trace.replace(b'"step":1', b'"step":1.0'), "E1401", "Line 2: a number is not whole."),
        (trace.replace(b'"step":1', b'"step": 1'), "E1401", "Line 2: not written canonically"),
        (trace.replace(b'"step":1', b'"step":1,"step":1'), "E1401", "Line 2: a key stands twice."),
        (trace.replace(b'"step":1', b'"step":' + b"1" * 4001), "E1401", "Line 2: a number is too long."),
        (b"", "E1402", "Line 1 is not the header."),
    ]
    for data, code, sentence in cases:
        error = complaint(lambda given=data: verify.check(election, given))  # type: ignore[misc]
        assert (error.code, error.english[: len(sentence)]) == (code, sentence)


def test_a_recount_names_the_first_line_that_differs() -> None:
    election, result = verify.read_input(SHARES), counted(SHARES, "greedy", "cheapest,lot", LOT)
    trace = result.trace_bytes()
    assert verify.recount(election, trace).trace_bytes() == trace
    for data, line in (
        (trace.replace(b'"step":2', b'"step":7'), 3),
        (b"".join(trace.splitlines(keepends=True)[:-1]), 4),
        (trace + verify.canonical({"kind": "x"}), 5),
    ):
        error = complaint(lambda given=data: verify.recount(election, given))  # type: ignore[misc]
        assert (error.code, error.english) == ("E1301", f"The recount differs in line {line}.")


def test_a_wrong_outcome_is_named_by_its_key() -> None:
    election, result = verify.read_input(SHARES), counted(SHARES, "greedy", "cheapest,lot", LOT)
    for outcome, sentence in (
        (b"x", "The outcome: "),
        (b"[]\n", "The outcome has wrong keys."),
        (verify.canonical({**result.outcome, "more": 1}), "The outcome has wrong keys."),
        (verify.canonical({**result.outcome, "spent": 0}), "The outcome: spent is not right."),
    ):
        error = complaint(lambda given=outcome: verify.check(election, result.trace_bytes(), given))  # type: ignore[misc]
        assert error.code == "E1414"
        assert error.english.startswith(sentence)


# -- the command line


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "round.pb").write_bytes(SHARES)
    (tmp_path / "tied.pb").write_bytes(pabulib(10, {"a": 6, "b": 6}, ["a,b"]))
    (tmp_path / "lot.txt").write_bytes("\ufeffc\r\n\nb\na\n".encode())
    (tmp_path / "latin.txt").write_bytes(b"\xe6\n")
    return tmp_path


def called(capsysbinary: pytest.CaptureFixture[bytes], *arguments: object) -> tuple[int, bytes, str]:
    code = verify.main([str(argument) for argument in arguments])
    out, err = capsysbinary.readouterr()
    return code, out, err.decode()


def test_count_prints_the_outcome_or_the_trace(files: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    round_file = files / "round.pb"
    given = ["--lot-order", files / "lot.txt"]
    result = counted(SHARES, "greedy", "cheapest,most-votes,lot", "c,b,a")
    assert called(capsysbinary, "count", round_file, *given) == (0, result.outcome_bytes(), "")
    assert called(capsysbinary, "count", round_file, *given, "--json") == (0, result.outcome_bytes(), "")
    assert called(capsysbinary, "count", round_file, *given, "--trace") == (0, result.trace_bytes(), "")
    shares = counted(SHARES, "equal-shares/add1", "lot", "c,b,a", utility="count", increment="1/2")
    more = ["--plan", "equal-shares/add1", "--set", "utility=count", "--set", "increment=1/2", "--ties", "lot"]
    for slow in ([], ["--slow"]):
        assert called(capsysbinary, "count", round_file, *given, *more, *slow, "--trace") == (
            0,
            shares.trace_bytes(),
            "",
        )
    election = verify.read_input(SHARES)
    plan = verify.make_plan(
        election, "greedy", {}, ["cheapest", "most-votes", "lot"], verify.lot_from_dice(election, "42")
    )
    dice = called(capsysbinary, "count", round_file, "--lot-dice", "42", "--trace")
    assert dice == (0, verify.count(election, plan).trace_bytes(), "")


def test_check_and_recount_say_what_they_proved(files: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    round_file, trace, outcome = files / "round.pb", files / "t.jsonl", files / "o.json"
    result = counted(SHARES, "greedy", "cheapest,lot", LOT)
    trace.write_bytes(result.trace_bytes())
    outcome.write_bytes(result.outcome_bytes())
    plan = '{"rule":"greedy","threshold":null,"ties":["cheapest","lot"],"version":1}'
    holds = (0, f"The trace holds: 3 steps are proved. Plan: {plan}. Funded: a, b\n".encode(), "")
    assert called(capsysbinary, "check", round_file, trace, "--lang", "en") == holds
    assert called(capsysbinary, "check", round_file, trace, "--outcome", outcome, "--lang", "en") == holds
    assert called(capsysbinary, "check", round_file, trace)[1].decode() == (
        f"Sporet holder: 3 trin er bevist. Plan: {plan}. Får penge: a, b\n"
    )
    for slow in ([], ["--slow"]):
        same = called(capsysbinary, "recount", round_file, trace, *slow, "--lang", "en")
        assert same == (0, b"The recount gives the same bytes.\n", "")
    assert called(capsysbinary, "recount", round_file, trace)[1].decode() == "Optællingen giver de samme byte.\n"
    outcome.write_bytes(b"{}\n")
    wrong = called(capsysbinary, "check", round_file, trace, "--outcome", outcome, "--lang", "en")
    assert wrong == (5, b"", "E1414: The outcome has wrong keys.\n")
    assert called(capsysbinary, "check", round_file, trace, "--outcome", outcome)[2].startswith("E1414: Resultatet ")


def test_a_tie_is_told_and_printed_when_json_is_asked_for(
    files: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    document = b'{"reason":"matters","run":null,"schema":"borgerbudget.tie/1","step":1,"tied":["a","b"]}\n'
    sentence = "tie: Tie in step 1 between a, b: the outcome depends on a draw of lots.\n"
    assert called(capsysbinary, "count", files / "tied.pb", "--json", "--lang", "en") == (6, document, sentence)
    assert called(capsysbinary, "count", files / "tied.pb", "--lang", "en") == (6, b"", sentence)
    danish = "tie: Stemmelighed i trin 1 mellem a, b: udfaldet afhænger af lodtrækning.\n"
    assert called(capsysbinary, "count", files / "tied.pb", "--lang", "da") == (6, b"", danish)
    with pytest.raises(verify.TieMatters, match=r"step 2 \(k = 3\) between a, b: ") as caught:
        raise verify.TieMatters(2, ["a", "b"], "matters", 3)
    assert "trin 2 (k = 3) mellem a, b: " in caught.value.danish


def test_wrong_calls_end_with_one_sentence(files: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    round_file = files / "round.pb"
    for arguments, code, sentence in (
        ([files / "absent.pb"], 3, f"E300: {files / 'absent.pb'}: there is no such file.\n"),
        ([round_file, "--set", "threshold"], 2, "E217: --set is written key=value, once.\n"),
        ([round_file, "--set", "threshold=1", "--set", "threshold=1"], 2, "E217: --set is written key=value, once.\n"),
        ([round_file, "--lot-order", files / "latin.txt"], 2, "E218: The lot file is not UTF-8.\n"),
        ([round_file, "--lot-dice", "x"], 2, "E201: Dice are written with the digits 0-9.\n"),
    ):
        assert called(capsysbinary, "count", *arguments, "--lang", "en") == (code, b"", sentence)
        danish = called(capsysbinary, "count", *arguments)[2]
        assert danish.startswith(sentence[:6])
        assert danish.endswith(".\n")
        assert danish != sentence


ASKED_WRONGLY = {
    "count": ("ROUND mangler", "ROUND is missing"),
    "--json": ("FILE.bba mangler", "FILE.bba is missing"),
    "guess x": ("x er et ord for meget", "x is a word too many"),
    "count r --json --trace": ("--trace og --json kan ikke gives sammen", "--trace and --json exclude each other"),
    "count r --trace --withdraw a": ("--trace og --withdraw kan ikke", "--trace and --withdraw exclude"),
    "count r --json --withdraw a": ("--json og --withdraw kan ikke", "--json and --withdraw exclude"),
    "count r --lot-dice 1 --lot-order x": ("--lot-order og --lot-dice kan ikke", "--lot-order and --lot-dice exclude"),
    "check r": ("TRACE mangler", "TRACE is missing"),
    "recount r": ("TRACE mangler", "TRACE is missing"),
    "recount r t u": ("u er et ord for meget", "u is a word too many"),
    "count r --lang sv": ("--lang er da eller en", "--lang is da or en"),
    "count r --plan": ("--plan skal have en værdi", "--plan needs a value"),
    "count r --plan a --plan=b": ("--plan er givet to gange", "--plan is given twice"),
    "count r --key a": ("--key kendes ikke her", "--key is not known here"),
    "b.bba --slow": ("--slow kendes ikke her", "--slow is not known here"),
    "b.bba --json=1": ("--json=1 kendes ikke her", "--json=1 is not known here"),
    "b.bba --": ("b.bba: filen findes ikke", "b.bba: there is no such file"),
    "-- -b.bba": ("-b.bba: filen findes ikke", "-b.bba: there is no such file"),
    "--js -x.bba": ("--js kendes ikke her", "--js is not known here"),
    "b.bba --limit -5": ("--limit er et helt antal sekunder", "--limit is a whole number of seconds"),
    "b.bba --limit abc": ("--limit er et helt antal sekunder", "--limit is a whole number of seconds"),
    "b.bba --limit 1_0": ("--limit er et helt antal sekunder", "--limit is a whole number of seconds"),
    "b.bba --key abc": ("--key abc: et fingeraftryk er 64 tegn", "--key abc: a fingerprint is 64 characters"),
}


@pytest.mark.parametrize("words", ASKED_WRONGLY)
def test_a_question_that_cannot_be_asked_is_told_in_one_sentence(
    words: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for language, sentence in zip(("da", "en"), ASKED_WRONGLY[words], strict=True):
        asked = [f"--lang={language}", *words.split()] if words.startswith("--") else words.split()
        if asked[0] not in ("--lang=da", "--lang=en") and "--lang" not in words:
            asked[1:1] = ["--lang", language]
        code, out, err = called(capsysbinary, *asked)
        if "--lang sv" in words:  # then the locale's
            sentence = ASKED_WRONGLY[words][0]
        assert code == (3 if "findes ikke" in ASKED_WRONGLY[words][0] else 2)
        assert (out != b"") == ("--json" in asked)
        assert sentence in err
        assert err.count("\n") == 1


HELP = {
    "da": (
        *("verify.py prøver en revisionspakke efter", "--key FINGERAFTRYK", "SHA-256", "Udgangskoder: 0 alt holder."),
        *("HOLDER", "FEJL", "IKKE PRØVET", "IKKE RELEVANT", "kør aldrig den kopi, der ligger i en pakke"),
    ),
    "en": (
        *("verify.py checks an audit bundle", "--key FINGERPRINT", "SHA-256", "Exit codes: 0 everything holds."),
        *("PASS", "FAIL", "NOT CHECKED", "NOT APPLICABLE", "never run the copy that lies in a bundle"),
    ),
}


@pytest.mark.parametrize("language", HELP)
def test_help_tells_of_bundles_keys_and_exit_codes_in_both_languages(
    language: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for words in (["--help"], ["count", "-h"], ["b.bba", "--help"]):
        code, out, err = called(capsysbinary, *words, "--lang", language)
        assert (code, err) == (0, "")
        text = " ".join(out.decode().split())
        for said in HELP[language]:
            assert said in text, said
        assert max(map(len, out.decode().splitlines())) <= 126
    code, out, _ = called(capsysbinary)
    assert (code, out.decode()) == (2, verify.HELP[0])


def test_help_tells_of_every_option_and_exit_code() -> None:
    codes = {
        found.exit_code for found in (verify.UsageError, verify.InputRejected, verify.CheckFailed, verify.TieMatters)
    }
    for text in verify.HELP:
        for command, grammar in verify.COMMANDS.items():
            assert command == "bundle" or f"verify.py {command} " in text
            for name in (*grammar.values, *grammar.repeated, *grammar.flags, "lang"):
                assert f"--{name}" in text
        for code in (0, 1, 8, *codes):
            assert re.search(rf"(: |\. |\.\n){code} ", text), code
