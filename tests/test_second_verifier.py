"""A second verifier, written from the format's page alone, says of each bundle what ours says."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from borgerbudget.errors import InputRejected
from borgerbudget.leaves import receipt
from tallies import count, make_plan
from tallies.audit.archive import pack, unpack
from tallies.rules import RULES
from tests.agree_second import Bundle, bundle_of, bundles, difference, judged, with_plan
from tests.histories import (
    AUDITOR,
    CLERK,
    COMMITTEE,
    THIEF,
    Made,
    document,
    fingerprints,
    lines,
    relisted,
    sealed_file,
    written,
    written_lines,
)
from tests.make_golden import FOLDER, LIMITS
from tests.small import Case
from tests.test_audit_checks import NEGATIVE, PINS, REWRITTEN, first_code, made, members, verified
from tests.test_audit_hand_count import WRONG, counted
from tests.test_audit_possible import CASES, honest
from tests.test_audit_possible import made as impossible
from tests.test_audit_totals import ELECTION, FORGED

HERE = Path(__file__).parent
SECOND = HERE / "second_verifier" / "verify.mjs"
EXAMPLES = HERE.parent / "examples"
GREEDY = ("greedy", "greedy-stop", "greedy-per-cost", "greedy-80")
EQUAL_SHARES = tuple(f"equal-shares{rest}" for rest in ("", "/utilitarian", "/add1", "/add1e", "/add1u", "/add1eu"))
SEVERAL = (
    14,
    15,
)  # 14 has names of its own for what differs; several codes of 15 hold at once, and which comes first is free
METHODS = ("knapsack", "points", "scoring", "ranked")
OPTIONS = [option for fingerprint in PINS for option in ("--key", fingerprint)]


@cache
def node() -> str | None:
    """The node to run, if there is one of version 18 or newer."""
    found = shutil.which("node")
    if found is None:
        return None
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    return found if int(version.strip().lstrip("v").partition(".")[0] or 0) >= 18 else None


pytestmark = pytest.mark.skipif(node() is None, reason="the second verifier runs with node 18 or newer")


def second(data: bytes, folder: Path, *options: str) -> dict[str, Any]:
    """What the second verifier says: {"checks": [[number, status], ...], "codes", "exit"}."""
    path = folder / "round.bba"
    path.write_bytes(data)
    command = [str(node()), str(SECOND), str(path), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.stderr == ""
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["exit"] == done.returncode
    return report


def both_say(data: bytes, folder: Path, *options: str, **asked: Any) -> None:
    """Every check of a bundle that holds has the same status in both; of one that does not, the first to fail, and its code."""
    ours, theirs = verified(data, **asked), second(data, folder, *options)
    found = [[check["number"], check["status"]] for check in ours["checks"]]
    assert theirs["exit"] == ours["exit"], theirs
    if ours["exit"] != 5:
        assert theirs["checks"] == found, theirs
        return
    number = first_failing(found)
    assert first_failing(theirs["checks"]) == number, theirs
    if number not in SEVERAL:
        assert theirs["codes"][str(number)].partition(":")[0] == first_code(ours)


def first_failing(checks: list[list[Any]]) -> int:
    return next(number for number, status in checks if status == "FAIL")


def signed(bundle: Made, tier: Any) -> bytes:
    return sealed_file(bundle.members(tier), CLERK, AUDITOR)


@pytest.mark.parametrize("tier", ["open", "sealed", "totals"])
@pytest.mark.parametrize("plan", [*GREEDY, *EQUAL_SHARES, "phragmen"])
def test_both_accept_every_rule_in_every_tier(plan: str, tier: str, tmp_path: Path) -> None:
    both_say(signed(made(plan), tier), tmp_path, *OPTIONS, keys=PINS)


@pytest.mark.parametrize("tier", ["open", "sealed", "totals"])
@pytest.mark.parametrize("plan", ["residual", "residual-last", "equal-split", "everyones-share"])
def test_both_accept_rounds_that_give_a_part(plan: str, tier: str, tmp_path: Path) -> None:
    both_say(signed(made(plan, method="knapsack", limits=LIMITS), tier), tmp_path, *OPTIONS, keys=PINS)


@pytest.mark.parametrize("tier", ["open", "totals"])
@pytest.mark.parametrize("plan", ["greedy-per-cost", "equal-shares/add1eu"])
@pytest.mark.parametrize("method", METHODS)
def test_both_accept_every_ballot_method(method: str, plan: str, tier: str, tmp_path: Path) -> None:
    both_say(signed(made(plan, method=method), tier), tmp_path, *OPTIONS, keys=PINS)


def test_both_ask_for_signatures_and_all_announced_keys(tmp_path: Path) -> None:
    both_say(pack(members()), tmp_path)
    both_say(pack(members()), tmp_path, *OPTIONS, keys=PINS)
    both_say(signed(made(), "open"), tmp_path)
    both_say(signed(made(), "open"), tmp_path, *OPTIONS[:2], keys=PINS[:1])
    both_say(signed(made(), "open"), tmp_path, "--key", "0" * 64, keys=("0" * 64,))
    half = sealed_file(members(), AUDITOR)
    for pins in ((), PINS[:1], PINS[1:], PINS):
        both_say(half, tmp_path, *(word for pin in pins for word in ("--key", pin)), keys=pins)
    three = sealed_file(made(signers=(CLERK, AUDITOR, THIEF), threshold=2).members(), CLERK, AUDITOR)
    for pins in (PINS, (*PINS, *fingerprints(THIEF)), (PINS[0], *fingerprints(THIEF)), (*PINS, "0" * 64)):
        both_say(three, tmp_path, *(word for pin in pins for word in ("--key", pin)), keys=pins)


def test_both_leave_a_withdrawn_proposal_out(tmp_path: Path) -> None:
    both_say(signed(made(withdrawn=("mad",)), "open"), tmp_path, *OPTIONS, keys=PINS)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.bba")), ids=lambda path: path.stem)
def test_both_judge_the_golden_bundles_alike(path: Path, tmp_path: Path) -> None:
    both_say(path.read_bytes(), tmp_path)


@pytest.mark.parametrize("place", range(len(NEGATIVE)), ids=lambda place: f"{NEGATIVE[place][0]}-{place}")
def test_both_refuse_at_the_same_check(place: int, tmp_path: Path) -> None:
    both_say(NEGATIVE[place][1](), tmp_path)


@pytest.mark.parametrize("name", FORGED)
def test_both_refuse_steps_that_no_plan_allows(name: str, tmp_path: Path) -> None:
    both_say(FORGED[name][1](), tmp_path)


@pytest.mark.parametrize("dice", [None, "4261538", COMMITTEE])
@pytest.mark.parametrize("plan", ["greedy", "residual-last", "equal-split"])
def test_both_accept_rounds_counted_by_hand(plan: str, dice: str | None, tmp_path: Path) -> None:
    both_say(sealed_file(counted(plan=plan, dice=dice), CLERK, AUDITOR), tmp_path, *OPTIONS, keys=PINS)


@pytest.mark.parametrize("name", WRONG)
def test_both_refuse_a_count_by_hand_that_does_not_add_up(name: str, tmp_path: Path) -> None:
    both_say(pack(WRONG[name][1]()), tmp_path)


@pytest.mark.parametrize("name", CASES)
def test_both_refuse_what_no_ballots_could_give(name: str, tmp_path: Path) -> None:
    """By the same condition of the page."""
    report = second(impossible(name), tmp_path)
    assert (first_failing(report["checks"]), report["codes"]) == (15, {"15": f"E1508: condition {CASES[name][0]}"})


def test_both_accept_every_honest_count_in_totals(tmp_path: Path) -> None:
    found = list(islice(honest(1), 200))
    told = map(difference, found, judged(found, str(node()), tmp_path))
    assert [one for one in told if one] == []


@pytest.mark.parametrize("place", range(len(REWRITTEN)))
def test_both_refuse_a_history_that_was_rewritten(place: int, tmp_path: Path) -> None:
    old = tmp_path / "old.bba"
    old.write_bytes(pack(members()))
    both_say(REWRITTEN[place][1](), tmp_path, "--since", str(old), since=old.read_bytes())


def test_both_accept_a_history_that_went_on(tmp_path: Path) -> None:
    old = tmp_path / "old.bba"
    old.write_bytes(pack(made(later=("published",)).members()))
    both_say(pack(members()), tmp_path, "--since", str(old), since=old.read_bytes())


def test_both_find_a_receipt_in_its_batch_only(tmp_path: Path) -> None:
    chosen = made().box.openings[5].leaf
    for batch in (1, 2, 3, 4, 5):
        code = receipt("lillevig-2026", batch, bytes.fromhex(chosen)).code()
        both_say(pack(members()), tmp_path, "--receipt", code, receipt=code)
    other = receipt("lillevig-2027", 1, bytes.fromhex(chosen)).code()
    both_say(pack(members()), tmp_path, "--receipt", other, receipt=other)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"{}\n"])
def test_the_second_knows_what_is_no_bundle_at_all(data: bytes, tmp_path: Path) -> None:
    assert second(data, tmp_path) == {"checks": [], "codes": {}, "exit": 3}


@pytest.mark.parametrize("options", [("--key", "abc"), ("--receipt", "lillevig-2026/1/0000000000000000Z")])
def test_the_second_knows_what_cannot_be_asked(options: tuple[str, str], tmp_path: Path) -> None:
    assert second(pack(members()), tmp_path, *options)["exit"] == 2


def test_the_second_gives_every_hash_and_spelling_of_the_vectors() -> None:
    command = [str(node()), str(SECOND.with_name("vectors.mjs")), str(HERE / "vectors" / "audit.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# -- plain files, by the real command


def of_file(folder: Path, name: str, *options: str) -> bytes:
    """The bundle that the command makes of an example."""
    out = folder / "file.bba"
    words = ["audit", "bundle", str(EXAMPLES / f"{name}.pb"), *options, "--out", str(out)]
    command = [sys.executable, "-c", "import cli; cli.main()", *words]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out.read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        "lillevig-2026 --plan equal-shares/add1u --set comparison=satisfaction --lot-dice 4261538 --ties lot",
        "lillevig-2026 --tier totals --round r-1 --lot-dice 4261538 --ties cheapest,lot",
        "lillevig-2026 --plan equal-shares/add1 --set start=exact --set increment=1/3 --set threshold=41/2",
        "hedegaard-rang-2026 --plan equal-shares/add1eu --set points_table=5,3,1",
        "kirkelund-kugler-2026 --tier totals --round r-1 --plan equal-shares --lot-dice 4261538 --ties lot",
        "strandby-kurv-2026 --plan phragmen",
    ],
)
def test_both_accept_the_bundle_of_a_plain_file(words: str, tmp_path: Path) -> None:
    both_say(of_file(tmp_path, *words.split()), tmp_path)


VILLAGES = sorted(path.stem for path in (EXAMPLES / "plans").glob("*.toml"))


@pytest.mark.parametrize("tier", ["open", "totals"])
@pytest.mark.parametrize("village", VILLAGES)
def test_both_accept_every_example_with_its_village_plan(village: str, tier: str, tmp_path: Path) -> None:
    if (village, tier) == ("egekrog", "open"):
        pytest.skip("a hand count has no ballots to show")
    words = f"{village}-2026 --plan {EXAMPLES}/plans/{village}.toml --tier {tier} --round r-1 --lot-dice 4261538"
    both_say(of_file(tmp_path, *words.split()), tmp_path)


def test_both_say_the_same_of_random_small_villages(tmp_path: Path) -> None:
    found = list(islice(bundles(0), 200))
    told = [
        difference(bundle, theirs) for bundle, theirs in zip(found, judged(found, str(node()), tmp_path), strict=True)
    ]
    assert [found[place] for place, one in enumerate(told) if one] == [], [one for one in told if one]
    counted = {bundle.case.name.partition("/")[0] for bundle in found if not bundle.uncounted}
    tables = {
        (bundle.case.name.partition("/")[0], table["kind"])
        for bundle in found
        if not bundle.uncounted
        for table in bundle.case.settings.get("constraints", [])
    }
    assert tables >= {(rule, kind) for rule in ("equal-shares", "phragmen") for kind in ("at-most", "one-of")}
    assert (counted, {bundle.uncounted for bundle in found}) == (
        set(RULES),
        {"", "a tie matters", "contradicts itself"},
    )


def with_tables(rule: str, *tables: dict[str, Any], **settings: Any) -> Bundle:
    """A hundred øre for four proposals: the count, or what a forger would write when the plan contradicts itself."""
    case = Case(ELECTION, rule, {"constraints": list(tables), **settings}, ("refuse",), None)
    try:
        return Bundle(case, pack(bundle_of(count(ELECTION, case.plan), "open")))
    except InputRejected:
        other = bundle_of(count(ELECTION, make_plan("greedy", ELECTION, {}, ("refuse",))), "open")
        return Bundle(case, pack(with_plan(other, case.plan)), "contradicts itself")


def floor(amount: str, *members: str) -> dict[str, Any]:
    return {"kind": "at-least", "proposals": list(members), "amount": amount}


SITE = {"kind": "one-of", "proposals": ["a", "b"]}
YOUTH = {"kind": "earmark", "proposals": ["c"], "amount": "0.20"}
TABLES: dict[str, tuple[bool, Bundle]] = {  # whether a plan can be kept
    "one of two reaches the floor": (True, with_tables("greedy", floor("0.40", "a", "b"), SITE)),
    "neither of two does": (False, with_tables("greedy", floor("0.41", "a", "b"), SITE)),
    "the rest is for others": (False, with_tables("greedy", floor("0.81", "d"), YOUTH)),
    "another would have to come along": (
        False,
        with_tables("greedy", floor("0.30", "d"), {"kind": "needs", "proposals": ["d", "c"]}),
    ),
    "a member of both is counted once": (
        True,
        with_tables(
            "greedy",
            {"kind": "pot", "proposals": ["c"], "amount": "0.90"},
            {"kind": "pot", "proposals": [], "amount": "0.10"},
            YOUTH,
            unused="leave",
        ),
    ),
    "nobody is": (
        False,
        with_tables("greedy", {"kind": "pot", "proposals": [], "amount": "0.90"}, YOUTH, unused="leave"),
    ),
    "a ceiling under the floor's members": (
        False,
        with_tables("greedy", floor("0.50", "a", "b"), {"kind": "at-most", "proposals": ["b", "d"], "amount": "0.30"}),
    ),
    "too few voters, and above the cap": (
        True,
        with_tables("greedy", floor("0.35", "b"), cap="0.30", turnout=1000),
    ),
    "equal shares buy one of two": (True, with_tables("equal-shares/add1u", SITE)),
    "phragmen buys one of two": (True, with_tables("phragmen", SITE)),
}


@pytest.mark.parametrize("name", TABLES)
def test_both_count_what_can_be_kept_and_refuse_the_rest(name: str, tmp_path: Path) -> None:
    holds, bundle = TABLES[name]
    assert (bundle.uncounted == "") == holds
    assert difference(bundle, next(judged([bundle], str(node()), tmp_path))) is None


# -- what the page asks for and ours once overlooked


def manifest_of_a_file(**changes: Any) -> Callable[[Path], bytes]:
    return lambda folder: pack(relisted(unpack(of_file(folder, "lillevig-2026")), **changes))


def totals(name: str, change: Callable[[Any], Any]) -> Callable[[Path], bytes]:
    """A bundle in tier totals of a rule that totals cannot repeat, with a document changed."""

    def make(_: Path) -> bytes:
        found = members("totals", "equal-shares/utilitarian")
        several = name.endswith(".jsonl")
        value = lines(found, name) if several else document(found, name)
        change(value)
        return pack(relisted({**found, name: (written_lines if several else written)(value)}))

    return make


INTERVAL = {"kind": "interval", "from": 0, "to": 0, "funded": ["bade"], "spent": 1}


def climbed_without_an_end(_: Path) -> bytes:
    """Equal shares with add1 whose trace does not say where the endowment stopped."""
    found = members("totals", "equal-shares/add1")
    trace, result = lines(found, "trace.jsonl"), document(found, "result.json")
    assert trace.pop()["kind"] == "endowment-stopped"
    result["outcome"]["endowment"] = f"{100_000_00 // 2}/{66 // 2}"
    return pack(relisted({**found, "trace.jsonl": written_lines(trace), "result.json": written(result)}))


def neither_taken(folder: Path) -> bytes:
    """A comparison that takes neither of the two."""
    words = "--tier totals --round r-1 --plan equal-shares --set comparison=exclusion-ratio --lot-dice 4261538"
    found = unpack(of_file(folder, "lillevig-2026", *words.split()))
    trace = lines(found, "trace.jsonl")
    comparison = next(line for line in trace if line["kind"] == "comparison")
    assert comparison["taken"] == "equal-shares"
    comparison["taken"] = "neither"
    return pack(relisted({**found, "trace.jsonl": written_lines(trace)}))


def not_in_lowest_terms(_: Path) -> bytes:
    found = members("totals")
    first, _, rest = found["totals.tsv"].partition(b"\n")
    proposal, supporters, score = first.split(b"\t")
    return pack(relisted({**found, "totals.tsv": b"\t".join((proposal, supporters, score + b"/1")) + b"\n" + rest}))


OVERLOOKED: dict[str, tuple[int, Callable[[Path], bytes]]] = {
    "a plain file's root": (5, manifest_of_a_file(ballots_root="0" * 64)),
    "a plain file's root is left out": (5, manifest_of_a_file(ballots_root=None)),
    "a plain file's head of events": (5, manifest_of_a_file(events_head="0" * 64)),
    "a step shows what ballots say": (15, totals("trace.jsonl", lambda v: v[1].update(ran_out=[[1, []]]))),
    "an interval": (15, totals("trace.jsonl", lambda v: v.insert(1, INTERVAL))),
    "the header has another cost": (15, totals("trace.jsonl", lambda v: v[0]["proposals"][0].update(cost=1))),
    "the header says withdrawn": (15, totals("trace.jsonl", lambda v: v[0]["proposals"][0].update(out="withdrawn"))),
    "the header has another pool": (15, totals("trace.jsonl", lambda v: v[0].update(pool=1))),
    "the header has one more key": (15, totals("trace.jsonl", lambda v: v[0].update(more=1))),
    "the outcome has one more key": (15, totals("result.json", lambda v: v["outcome"].update(more=1))),
    "the outcome has other ballots": (15, totals("result.json", lambda v: v["outcome"].update(ballots={"valid": 1}))),
    "the outcome has another endowment": (15, totals("result.json", lambda v: v["outcome"].update(endowment="1/1"))),
    "the outcome has ties": (15, totals("result.json", lambda v: v["outcome"].update(ties=[1]))),
    "no endowment-stopped": (15, climbed_without_an_end),
    "a comparison takes neither": (15, neither_taken),
    "a number of totals.tsv has the denominator 1": (2, not_in_lowest_terms),
    "the outcome has another input": (15, totals("result.json", lambda v: v["outcome"].update(input_sha256="0" * 64))),
}


@pytest.mark.parametrize("name", OVERLOOKED)
def test_the_second_refuses_what_the_page_does_not_allow(name: str, tmp_path: Path) -> None:
    number, make = OVERLOOKED[name]
    report = second(make(tmp_path), tmp_path)
    assert (report["exit"], first_failing(report["checks"])) == (5, number)


@pytest.mark.parametrize("name", OVERLOOKED)
def test_both_refuse_what_the_page_does_not_allow(name: str, tmp_path: Path) -> None:
    both_say(OVERLOOKED[name][1](tmp_path), tmp_path)


# -- what the page asks for and ours overlooks still
