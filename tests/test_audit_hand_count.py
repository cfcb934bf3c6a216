"""Bundles of rounds that were counted by hand: totals, a history, how many ballots each urn held, and no ballots."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from borgerbudget.errors import InputRejected
from borgerbudget.leaves import receipt
from tallies import verify
from tallies.audit.archive import pack
from tests.histories import (
    AUDITOR,
    CLERK,
    COMMITTEE,
    chained,
    drawn,
    lines,
    relisted,
    sealed_file,
    written_lines,
)
from tests.test_audit_checks import PINS, changed, first_code, made, put, statuses, verified

Members = dict[str, bytes]
Events = list[dict[str, Any]]


def counted(**options: Any) -> Members:
    return dict(made(method="hand-count", tier="totals", **options).members())


def urns(change: Callable[[Events], Any], **options: Any) -> Members:
    """The bundle with its history changed and written anew."""
    found = counted(**options)
    events = lines(found, "events.jsonl")
    result = change(events)
    return relisted({**found, "events.jsonl": chained(events if result is None else result)})


def of(kind: str, events: Events) -> list[dict[str, Any]]:
    return [event["payload"] for event in events if event["type"] == kind]


def told(place: int, key: str, value: Any) -> Members:
    return urns(lambda events: put(of("hand-counted", events)[place], key, value))


def sealed_with(**changes: Any) -> Members:
    return urns(lambda events: of("box-sealed", events)[0].update(changes))


def without(kind: str, events: Events, first: int = 0) -> Events:
    places = [place for place, event in enumerate(events) if event["type"] == kind][first:]
    return [event for place, event in enumerate(events) if place not in places]


def moved_behind_the_seal(events: Events) -> Events:
    counts = [event for event in events if event["type"] == "hand-counted"]
    rest = without("hand-counted", events, len(counts) - 1)
    seal = next(place for place, event in enumerate(rest) if event["type"] == "box-sealed")
    return [*rest[: seal + 1], counts[-1], *rest[seal + 1 :]]


def other_totals() -> Members:
    """Votes moved from one proposal to another everywhere but under the seal."""
    found = counted()
    ballots, header = found["totals.tsv"], lines(found, "trace.jsonl")
    rows = [row.split("\t") for row in ballots.decode().splitlines()]
    rows[0][1:], rows[1][1:] = rows[1][1:], rows[0][1:]
    found["totals.tsv"] = "".join("\t".join(row) + "\n" for row in rows).encode()
    root = verify.sha256("".join(f"{row[0]}\t{row[1]}\n" for row in rows).encode())
    header[0]["ballots_root"] = root
    found["trace.jsonl"] = written_lines(header)
    return relisted(found, ballots_root=root)


def batch(events: Events) -> Events:
    place = next(place for place, event in enumerate(events) if event["type"] == "hand-counted")
    leaves = {"batch": 1, "leaves": ["0" * 64]}
    return [*events[:place], {**events[place], "type": "batch-added", "payload": leaves}, *events[place:]]


def by_hand_in_a_round_with_ballots() -> Members:
    found = dict(made().members("totals"))
    events = lines(found, "events.jsonl")
    place = next(place for place, event in enumerate(events) if event["type"] == "reconciled")
    payload = {"urn": "hallen", "ballots": 66, "void": 2, "differed": 0}
    events.insert(place, {**events[place], "type": "hand-counted", "payload": payload})
    return relisted({**found, "events.jsonl": chained(events)})


def more_than_could_vote(events: Events) -> None:
    of("closed", events)[0]["codes"] = 65


def shorter_roll(events: Events) -> None:
    of("closed", events)[0]["roll"] = 77


WRONG: dict[str, tuple[str, Callable[[], Members]]] = {
    "leaves": ("E506", lambda: relisted({**counted(), "leaves.txt": b""})),
    "rejected": ("E506", lambda: relisted({**counted(), "rejected.tsv": b""})),
    "no history": ("E505", lambda: relisted({n: d for n, d in counted().items() if n != "events.jsonl"})),
    "an older format": ("E502", lambda: relisted(counted(), schema="borgerbudget.audit/1.0", engine="1.0")),
    "half a vote": ("E606", lambda: relisted({**counted(), "totals.tsv": counted()["totals.tsv"].replace(
        b"mad\t24\t24", b"mad\t49/2\t49/2")})),
    "votes that differ from the score": ("E606", lambda: relisted({**counted(), "totals.tsv": counted()[
        "totals.tsv"].replace(b"mad\t24\t24", b"mad\t24\t23")})),
    "an urn without a name": ("E806", lambda: told(0, "urn", 7)),
    "ballots below none": ("E806", lambda: told(0, "ballots", -1)),
    "half a void ballot": ("E806", lambda: told(1, "void", "1/2")),
    "who counted": ("E806", lambda: told(2, "who", "Anna")),
    "nothing of differences": ("E806", lambda: urns(lambda events: of("hand-counted", events)[0].__delitem__("differed"))),
    "counted behind the seal": ("E802", lambda: urns(moved_behind_the_seal)),
    "a batch": ("E802", lambda: urns(batch)),
    "by hand in a round with ballots": ("E802", by_hand_in_a_round_with_ballots),
    "other totals than those under the seal": ("E1001", other_totals),
    "another root under the seal": ("E1001", lambda: sealed_with(ballots_root="0" * 64)),
    "another root in the manifest": ("E1001", lambda: relisted(counted(), ballots_root="0" * 64)),
    "no urn at all": ("E1006", lambda: urns(lambda events: without("hand-counted", events))),
    "no urn and no ballot": ("E1006", lambda: urns(lambda events: without("hand-counted", events), voters=0, rejected=0)),
    "an urn too few": ("E1006", lambda: urns(lambda events: without("hand-counted", events, 2))),
    "an urn of one ballot less": ("E1006", lambda: told(2, "ballots", 7)),
    "an urn of one void ballot more": ("E1006", lambda: told(2, "void", 1)),
    "an earlier count that stands": ("E1006", lambda: told(0, "urn", "Hallen")),
    "more accepted than counted": ("E1006", lambda: sealed_with(accepted=67)),
    "fewer void ones than counted": ("E1006", lambda: sealed_with(rejected=1)),
    "more ballots than people who could vote": ("E1003", lambda: urns(more_than_could_vote)),
    "more people who could vote than on the roll": ("E1003", lambda: urns(shorter_roll)),
}  # fmt: skip


@pytest.mark.parametrize("dice", [None, "4261538", COMMITTEE])
@pytest.mark.parametrize("plan", ["greedy", "greedy-stop", "greedy-80", "greedy-per-cost", "residual", "equal-split"])
def test_a_round_counted_by_hand_holds(plan: str, dice: str | None) -> None:
    data = sealed_file(counted(plan=plan, dice=dice, withdrawn=("mad",)), CLERK, AUDITOR)
    report = verified(data, keys=PINS, since=data)
    assert (report["verdict"], report["exit"]) == ("pass", 0)
    found = statuses(report)
    assert {check for check, status in found.items() if status == "NOT APPLICABLE"} == (
        {7, 11, 17} if dice else {7, 11, 12, 17}
    )
    assert found[13] == found[14] == "PASS"  # the count is repeated from the totals


@pytest.mark.parametrize("name", WRONG)
def test_a_round_counted_by_hand_fails_with_the_code_of_what_is_wrong(name: str) -> None:
    code, make = WRONG[name]
    report = verified(pack(make()))
    assert (first_code(report), report["exit"]) == (code, 5)


@pytest.mark.parametrize(("language", "words"), [
    ("da", ("Talt i hånden: kun", "Urner talt: 2; gyldige sedler: 66, ugyldige: 2.", "kan ikke tælles om")),
    ("en", ("Counted by hand: only", "Urns counted: 2; valid ballots: 66, void: 2.", "cannot be counted again")),
])  # fmt: skip
def test_it_is_said_that_nobody_can_count_the_ballots_again(language: str, words: tuple[str, ...]) -> None:
    text, _ = verify.bundle_report(sealed_file(counted(), CLERK, AUDITOR), verify.Asked(keys=PINS), False, language)
    assert all(word in text for word in words), text


def test_a_receipt_cannot_be_looked_up_where_there_are_none() -> None:
    report = verified(pack(counted()), receipt=receipt("lillevig-2026", 1, drawn("nobody")).code())
    assert statuses(report)[17] == "NOT CHECKED"


def test_a_history_that_was_rewritten_is_named() -> None:
    report = verified(pack(told(0, "differed", 3)), since=pack(counted()))
    assert first_code(report) == "E901"


@pytest.mark.parametrize("tier", ["open", "sealed"])
def test_a_round_counted_by_hand_has_no_ballots_to_show(tier: Any) -> None:
    assert first_code(verified(pack(relisted(counted(), tier=tier)))) == "E505"
    with pytest.raises(InputRejected, match=r"BUN-01[05]"):
        made(method="hand-count", tier="totals").members(tier)


def test_the_number_of_ballots_is_told_in_the_document() -> None:
    assert verified(pack(counted()))["ballots"] == {"people": 66, "counted": 66, "different": None}


def test_a_proposal_withdrawn_after_the_freezing_is_not_funded() -> None:
    found = counted(withdrawn=("bade",))
    assert first_code(verified(pack(found))) is None
    back = changed(found, "result.json", lambda value: put(value["outcome"]["funded"][0], "proposal", "bade"))
    assert first_code(verified(pack(relisted(back)))) == "E808"
