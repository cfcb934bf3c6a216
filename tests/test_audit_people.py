"""People and votes, limits, reasons, witnesses: what a bundle says about its ballots besides counting them."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from borgerbudget import Limits, Proposal, make_election
from borgerbudget.election import Election
from borgerbudget.errors import InputRejected
from borgerbudget.files import read_pabulib
from tallies import Lot, count, make_plan, verify
from tallies.audit.archive import pack, unpack
from tallies.audit.bundle import bundle, unfit
from tallies.audit.members import MAKER_SAYS, Terms, plan_reference
from tallies.audit.tiers import exposure
from tallies.completions import COMPLETIONS
from tallies.rules import RULES
from tests.histories import (
    AUDITOR,
    CLERK,
    COMMITTEE,
    chained,
    document,
    fingerprints,
    lines,
    play,
    relisted,
    sealed_file,
)
from tests.make_golden import FOLDER
from tests.test_audit_bundle import run
from tests.test_audit_checks import changed, first_code, put, statuses, verified
from tests.weighted import POPULATION, WEIGHTS, by_area


def weighted(
    meta: dict[str, str], kind: str = "approval", tier: Any = "open", plan: str = "greedy"
) -> dict[str, bytes]:
    """The members of such a round's bundle."""
    election = replace(read_pabulib(by_area(meta, kind), "x.pb").election, round="landsby")
    if tier == "totals":
        election = replace(election, input_sha256=None)
    return unpack(bundle(count(election, make_plan(plan, election)), Terms(tier=tier)))


# -- people and votes


@pytest.mark.parametrize("meta", [WEIGHTS, POPULATION, {"area_weights": "Nord:3/2,Syd:1/3,Øst:1"}])
@pytest.mark.parametrize("kind", ["approval", "cumulative", "scoring", "ordinal"])
@pytest.mark.parametrize("tier", ["open", "totals"])
def test_a_round_that_weighs_by_area_tells_people_and_votes_and_holds(meta: Any, kind: str, tier: str) -> None:
    found = weighted(meta, kind, tier)
    report = verified(pack(found))
    assert first_code(report) is None, report
    assert report["exit"] == 8
    weights, result = document(found, "weights.json"), document(found, "result.json")
    assert {area["name"]: area["heads"] for area in weights["areas"]} == {"Nord": 3, "Syd": 3, "Øst": 2}
    assert result["heads"]["valid"] == 8
    assert "round.pb" not in found
    assert any("8 people have voted" in note["en"] and "8 mennesker" in note["da"] for note in report["notes"])
    if tier == "totals":
        assert weights["heads"] is None
        assert result["heads"]["supporters"] is None
        assert b"personer" not in found["tables/result.csv"]
    else:
        assert sum(weights["heads"]) == 8
        assert [entry["heads"] for entry in result["heads"]["supporters"]] == [4, 3, 2, 0]
        assert ";4;" in found["tables/result.csv"].decode("utf-8-sig")


def test_with_whole_weights_nobody_takes_votes_for_people() -> None:
    """Whole weights look like so many voters: ten ballots of one line, though eight people voted in all."""
    found = weighted(WEIGHTS)
    rows = [row.split("\t") for row in found["ballots.tsv"].decode().splitlines()]
    assert sum(int(votes) for votes, _ in rows) == 15
    heads = dict(zip((ballot for _, ballot in rows), document(found, "weights.json")["heads"], strict=True))
    assert heads == {"": 1, "a": 3, "a,b": 1, "b": 1, "b,c": 1, "c": 1}
    header = found["tables/result.csv"].decode("utf-8-sig").splitlines()[0]
    assert header.split(";")[3:6] == ["støtter/supporters", "personer/people", "stemmetal/score"]


def test_random_rounds_by_area_hold_in_both_tiers() -> None:
    rng = random.Random(11)
    for _ in range(25):
        cast = tuple(
            (",".join(sorted(rng.sample("abcd", rng.randrange(4)))), rng.choice(("Nord", "Syd", "Øst")))
            for _ in range(rng.randrange(1, 14))
        )
        number = [rng.randrange(1, 9) for _ in range(3)]
        key = rng.choice(("area_weights", "area_population"))
        meta = {key: ",".join(f"{name}:{n}" for name, n in zip(("Nord", "Syd", "Øst"), number, strict=True))}
        election = replace(read_pabulib(by_area(meta, cast=cast), "x.pb").election, round="r")
        plan = replace(
            make_plan("equal-shares/add1u", election, ties=("cheapest", "lot")), lot=Lot(tuple(election.ids))
        )
        for tier in ("open", "totals"):
            data = bundle(count(election, plan), Terms(tier=tier, witnesses=("Anna",)))  # type: ignore[arg-type]
            report = verified(data)
            assert first_code(report) is None, (cast, meta, report)
            assert json.loads(unpack(data)["result.json"])["heads"]["valid"] == len(cast)


def test_people_are_measured_and_not_their_weights() -> None:
    """A hundred equal ballots of weight 1/100 each are not one that stands alone; one of weight 100 is."""

    def measured(cast: list[tuple[str, str]], weights: str) -> tuple[int, int]:
        election = read_pabulib(by_area({"area_weights": weights}, cast=tuple(cast)), "x.pb").election
        found = exposure(election.profile)
        return found.ballots, found.unique

    assert measured([("a", "Nord")] * 100 + [("b", "Syd")], "Nord:1/100,Syd:100") == (101, 1)
    assert measured([("a", "Nord")] * 2, "Nord:1/2") == (2, 0)


def test_where_only_weights_are_known_every_ballot_may_be_of_one_person() -> None:
    election = make_election(10, [Proposal("a", 5)], [["a"]] * 900, weights=[Fraction(1, 3)] * 900)
    assert exposure(election.profile).proposed == "totals"


def bent(change: Callable[[Any], Any], tier: str = "open", meta: dict[str, str] = WEIGHTS) -> bytes:
    """``weights.json`` changed in a bundle that otherwise holds."""
    return pack(relisted(changed(weighted(meta, tier=tier), "weights.json", change)))


BENT: list[tuple[str, Callable[[], bytes]]] = [
    ("E502", lambda: bent(lambda value: put(value, "by", "area"))),
    ("E502", lambda: bent(lambda value: put(value["areas"][0], "weight", "2/4"))),
    ("E501", lambda: bent(lambda value: put(value, "schema", "borgerbudget.weights/2"))),
    ("E703", lambda: bent(lambda value: value["areas"].reverse())),
    ("E703", lambda: bent(lambda value: put(value["areas"][0], "heads", 0))),
    ("E703", lambda: bent(lambda value: put(value["areas"][0], "heads", 4))),
    ("E703", lambda: bent(lambda value: put(value["areas"][0], "weight", 3))),
    ("E703", lambda: bent(lambda value: value["areas"][0].update(weight=0, number=0))),
    ("E703", lambda: bent(lambda value: put(value, "areas", []))),
    ("E703", lambda: bent(lambda value: put(value, "heads", None))),
    ("E703", lambda: bent(lambda value: value["heads"].pop() and None)),
    ("E703", lambda: bent(lambda value: value["heads"].reverse())),
    ("E703", lambda: bent(lambda value: put(value["heads"], 0, 0))),
    ("E703", lambda: bent(lambda value: value["heads"].append(1))),
    ("E703", lambda: bent(lambda value: put(value, "heads", [1]), "totals")),
    ("E703", lambda: bent(lambda value: put(value, "by", "weights"), meta=POPULATION)),
    ("E703", lambda: bent(lambda value: put(value["areas"][2], "number", 78), meta=POPULATION)),
    ("E703", lambda: bent(lambda value: put(value["areas"][2], "number", 78), "totals", POPULATION)),
    ("E506", lambda: as_1_0(weighted(WEIGHTS))),
    ("E704", lambda: pack(relisted(changed(weighted(WEIGHTS), "round.json", lambda v: put(v, "tier_reason", None))))),
    ("E1601", lambda: pack(relisted({**weighted(WEIGHTS), "round.pb": limited()["round.pb"]}))),
    ("E1504", lambda: without_weights()),
    ("E1504", lambda: result_changed(lambda value: put(value["heads"], "valid", 15))),
    ("E1504", lambda: result_changed(lambda value: put(value["heads"], "supporters", None))),
    ("E1504", lambda: result_changed(lambda value: put(value["heads"]["supporters"][0], "heads", 8))),
    ("E1504", lambda: result_changed(lambda value: put(value, "heads", None))),
    ("E702", lambda: limits_bent(lambda ballot: put(ballot, "breaking", 0))),
    ("E705", lambda: limits_bent(lambda ballot: put(ballot, "breaking", 1))),
    ("E705", lambda: limits_bent(lambda ballot: put(ballot, "breaking", 3))),
    ("E705", lambda: limits_bent(lambda ballot: put(ballot["limits"], "max_sum_cost", None))),
    ("E502", lambda: limits_bent(lambda ballot: put(ballot, "breaking", None))),
]  # fmt: skip


def as_1_0(found: dict[str, bytes]) -> bytes:
    """A bundle of today that says it is of format 1.0."""
    old = dict(found)
    for name, drop in (
        ("round.json", lambda value: value["ballot"].pop("breaking")),
        ("result.json", lambda v: v.pop("heads")),
    ):
        old = changed(old, name, drop)
    return pack(relisted(old, schema="borgerbudget.audit/1.0"))


def without_weights() -> bytes:
    """Whoever drops the weights passes votes off as people: but the result still names them."""
    found = weighted(WEIGHTS)
    del found["weights.json"]
    return pack(relisted(found))


def result_changed(change: Callable[[Any], Any]) -> bytes:
    return pack(relisted(changed(weighted(WEIGHTS), "result.json", change)))


BASKET = Limits(max_length=2, max_sum_cost=90)


def limited(tier: Any = "open", limits: Limits = BASKET, method: str = "approval") -> dict[str, bytes]:
    """A plain file of which two different ballots, cast by three people, break its own limits."""
    proposals = [Proposal("a", 60), Proposal("b", 50), Proposal("c", 40)]
    ballots: list[Any] = [["a", "b", "c"], ["a", "b", "c"], ["a", "b"], ["b", "c"], [], ["a"]]
    if method in ("points", "scoring"):
        ballots = [dict.fromkeys(ballot, 2) for ballot in ballots]
    election = make_election(100, proposals, ballots, method, limits=limits, round="r")
    return unpack(bundle(count(election, make_plan("greedy", election)), Terms(tier=tier)))


def limits_bent(change: Callable[[Any], Any]) -> bytes:
    return pack(relisted(changed(limited(), "round.json", lambda value: change(value["ballot"]))))


@pytest.mark.parametrize("place", range(len(BENT)), ids=lambda place: f"{BENT[place][0]}-{place}")
def test_what_is_said_of_people_or_limits_wrongly_fails_with_its_code(place: int) -> None:
    code, make = BENT[place]
    report = verified(make())
    assert (first_code(report), report["exit"]) == (code, 5), report


# -- limits of a plain file


def test_a_files_own_limits_are_carried_and_ballots_that_break_them_are_told() -> None:
    found = limited()
    ballot = document(found, "round.json")["ballot"]
    assert (ballot["limits"]["max_length"], ballot["limits"]["max_sum_cost"], ballot["breaking"]) == (2, 90, 2)
    report = verified(pack(found))
    assert first_code(report) is None
    said = [note for note in report["notes"] if "2 different ballots break" in note["en"]]
    assert len(said) == 1
    assert "2 forskellige sedler" in said[0]["da"]
    assert document(limited("totals"), "round.json")["ballot"]["breaking"] is None
    assert first_code(verified(pack(limited("totals")))) is None


@pytest.mark.parametrize("method", ["approval", "knapsack", "points", "scoring", "ranked"])
def test_writer_and_verifier_count_broken_limits_alike(method: str) -> None:
    names = [name for name in Limits.__dataclass_fields__ if name != "default_score"]
    rng = random.Random(method)
    seen = set()
    for _ in range(150):
        chosen = {name: rng.randrange(5) for name in rng.sample(names, rng.randrange(3)) if not name.endswith("cost")}
        if rng.random() < 0.3:
            chosen["max_sum_cost"] = rng.choice((60, 90, 110))
        found = limited(limits=Limits(**chosen), method=method)
        assert first_code(verified(pack(found))) is None, chosen
        seen.add(document(found, "round.json")["ballot"]["breaking"])
    assert len(seen) > 2


# -- reasons


def test_a_plain_files_bundle_says_only_what_is_known_of_why_its_ballots_are_shown() -> None:
    assert document(limited(), "round.json")["tier_reason"] == MAKER_SAYS
    assert "offentlig" not in MAKER_SAYS
    assert document(limited("totals"), "round.json")["tier_reason"] is None


def test_a_round_that_shows_few_ballots_without_a_reason_is_not_written() -> None:
    made = play()
    for reason in (None, "", " \u200b"):
        silent = replace(made, terms=replace(made.terms, tier_reason=reason))
        with pytest.raises(InputRejected, match="BUN-013"):
            silent.members()
    assert silent.members("totals")
    assert silent.members("sealed")


def test_a_round_is_not_written_more_openly_than_it_has_settled() -> None:
    with pytest.raises(InputRejected, match="BUN-015"):
        play(tier="totals").members("open")


def test_many_ballots_of_which_few_are_alone_need_no_reason() -> None:
    election = make_election(10, [Proposal("a", 5), Proposal("b", 6)], [["a"]] * 500 + [["b"]], round="r")
    found = unpack(bundle(count(election, make_plan("greedy", election)), Terms()))
    silent = changed(found, "round.json", lambda value: put(value, "tier_reason", None))
    assert first_code(verified(pack(relisted(silent)))) is None


# -- what was not seen


@pytest.mark.parametrize("plan", ["greedy", "phragmen"])
def test_totals_say_that_nobody_saw_the_ballots_also_when_all_is_well(plan: str) -> None:
    data = sealed_file(play(plan).members("totals"), CLERK, AUDITOR)
    report = verified(data, keys=fingerprints(CLERK, AUDITOR))
    assert report["verdict"] == ("pass" if plan == "greedy" else "incomplete")
    assert any("nobody has seen the ballots" in note["en"] for note in report["notes"])
    assert any("ingen har set stemmesedlerne" in note["da"] for note in report["notes"])
    for language, words in (("da", "ingen har set stemmesedlerne"), ("en", "nobody has seen the ballots")):
        told, _ = verify.bundle_report(data, verify.Asked(fingerprints(CLERK, AUDITOR)), False, language)
        assert words in told
        assert verify.VERDICTS["pass"][language == "en"] not in told
    opened, _ = verify.bundle_report(
        sealed_file(play(plan).members("open"), CLERK, AUDITOR), verify.Asked(fingerprints(CLERK, AUDITOR)), False, "en"
    )
    assert "nobody has seen" not in opened


# -- the lot


def test_the_verdict_tells_dice_and_witnesses() -> None:
    report = verified(pack(play().members()))
    assert any("dice: 4261538. Witnesses: «Anna», «Bo»." in note["en"] for note in report["notes"])
    assert any("terninger: 4261538. Vidner: «Anna», «Bo»." in note["da"] for note in report["notes"])


def tied() -> Election:
    return make_election(20, [Proposal(i, 20) for i in "abc"], [["a"], ["a"], ["b"], ["b"], ["c"]], round="r")


def test_a_committees_lot_names_its_witnesses() -> None:
    election = tied()
    plan = replace(make_plan("greedy", election, ties=("cheapest", "lot")), lot=Lot(("b", "c", "a")))
    for nobody in ((), ("",), (" ", "\u200b")):
        with pytest.raises(InputRejected, match="BUN-014"):
            bundle(count(election, plan), Terms(witnesses=nobody))
    report = verified(bundle(count(election, plan), Terms(witnesses=("Anna  Hansen", "Bo"))))
    assert first_code(report) is None
    assert any("by a committee. Witnesses: «Anna Hansen», «Bo»." in note["en"] for note in report["notes"])


def test_a_committees_lot_is_told_by_the_round_and_its_event() -> None:
    found = play(dice=COMMITTEE).members()
    assert next(e for e in lines(found, "events.jsonl") if e["type"] == "lot-drawn")["payload"]["witnesses"] == [
        "Anna",
        "Bo",
    ]
    assert first_code(verified(pack(found))) is None


def test_the_command_asks_for_witnesses_and_writes_them(tmp_path: Path) -> None:
    file, order = tmp_path / "t.pb", tmp_path / "order.txt"
    file.write_text(
        "META\nkey;value\nbudget;20\nvote_type;approval\nPROJECTS\nproject_id;cost\na;20\nb;20\n"
        "VOTES\nvoter_id;vote\n1;a\n2;b\n"
    )
    order.write_text("b\na\n")
    words = ("audit", "bundle", file, "--lot-order", order, "--out", "t.bba")
    refused = run(*words, folder=tmp_path)
    assert refused.returncode == 3
    assert "[BUN-014]" in refused.stderr
    assert not (tmp_path / "t.bba").exists()
    assert run(*words, "--witness", "Anna", "--witness", "Bo", folder=tmp_path).returncode == 0
    found = unpack((tmp_path / "t.bba").read_bytes())
    assert document(found, "lot.json")["witnesses"] == ["Anna", "Bo"]


# -- what is refused before anything is drawn


def test_ids_are_refused_before_a_lot_is_asked_for(tmp_path: Path) -> None:
    """The ids are part of what a lot is computed from: with others it would have to be drawn again."""
    file = tmp_path / "t.pb"
    file.write_text(
        "META\nkey;value\nbudget;20\nvote_type;approval\nPROJECTS\nproject_id;cost\nmål;20\nb;20\n"
        "VOTES\nvoter_id;vote\n1;mål\n2;b\n",
        encoding="utf-8",
    )
    for more in ((), ("--ties", "refuse"), ("--lot-dice", "no dice"), ("--lot-order", "nowhere")):
        done = run("audit", "bundle", file, *more, "--out", "t.bba", folder=tmp_path)
        assert (done.returncode, "[BUN-001]" in done.stderr) == (3, True), done.stderr
        assert 'e.g. "maal"' in done.stderr
        assert re.search("line [0-9]+, column project_id", done.stderr)


def test_a_count_that_asks_for_a_lot_says_which_ids_would_keep_it_out_of_a_bundle(tmp_path: Path) -> None:
    tied = Path(__file__).parents[1] / "examples" / "aaby-uafgjort-2026.pb"
    done = run("tally", tied, "--ties", "refuse", folder=tmp_path)
    assert done.returncode == 6
    assert done.stderr.index("[BUN-001]") < done.stderr.index("[TIE-001]")
    drawn = run("tally", tied, "--ties", "lot", "--lot-dice", "4261538", folder=tmp_path)
    assert (drawn.returncode, "BUN" in drawn.stderr) == (0, False)


def test_what_keeps_a_round_out_of_a_bundle_is_told_before_it_is_counted() -> None:
    election = make_election(10, [Proposal("å", 5), Proposal("ok", 5)], [["ok"]], round="Lille vig")
    assert [found.code for found in unfit(election)] == ["BUN-001", "BUN-002"]
    assert unfit(tied()) == []


def test_one_bundle_has_one_plan(tmp_path: Path) -> None:
    words = ("audit", "bundle", Path(__file__).parents[1] / "examples" / "lillevig-2026.pb", "--out", "l.bba")
    done = run(*words, "--plan", "greedy", "--plan", "phragmen", folder=tmp_path)
    assert done.returncode == 2
    assert "[USE-001]" in done.stderr
    assert list(tmp_path.iterdir()) == []


# -- the texts of rules


def test_the_verifier_knows_the_texts_of_every_rule_and_completion() -> None:
    """Newest last.  Whoever words one better appends the new hash and keeps the old: bundles that name it stay checkable."""
    hashes = {}
    for name in (*RULES, *COMPLETIONS):
        election = tied()
        plan = make_plan("greedy", election)
        reference: Any = plan_reference(
            replace(plan, completion=name) if name in COMPLETIONS else replace(plan, rule=name)
        )
        hashes[name] = reference["completion_sha256" if name in COMPLETIONS else "rule_sha256"]
    assert {name: known[-1] for name, known in verify.SPECIFICATIONS.items()} == hashes


def test_the_page_lists_the_texts_that_the_verifier_knows() -> None:
    page = (Path(__file__).parents[1] / "docs" / "audit-bundle.md").read_text("utf-8")
    for name, known in verify.SPECIFICATIONS.items():
        assert f"| `{name}` | {' '.join(f'`{one}`' for one in known)} |" in page


def test_the_texts_that_golden_bundles_name_are_still_known() -> None:
    for path in FOLDER.glob("*.bba"):
        reference = document(unpack(path.read_bytes()), "manifest.json")["plan"]
        plan = reference["parameters"]
        assert reference["rule_sha256"] in verify.SPECIFICATIONS[plan["rule"]]
        if plan["rule"] == "equal-shares":
            assert reference["completion_sha256"] in verify.SPECIFICATIONS[plan["completion"]]


# -- formats


def test_a_bundle_of_1_0_is_judged_as_it_was_and_a_later_minor_as_today() -> None:
    found = play().members()
    old = changed(
        changed(found, "round.json", lambda v: v["ballot"].pop("breaking")), "result.json", lambda v: v.pop("heads")
    )
    events = lines(old, "events.jsonl")
    frozen = verify.sha256(
        f"bb/freeze/1\n{verify.sha256(old['round.json'])}\n{verify.sha256(old['proposals.jsonl'])}\n".encode()
    )
    for event in events:
        if event["freeze_hash"] is not None:
            event["freeze_hash"] = frozen
        if event["type"] == "lot-drawn":
            del event["payload"]["witnesses"]
    old["events.jsonl"] = chained(events)
    assert first_code(verified(pack(relisted(old, schema="borgerbudget.audit/1.0")))) is None
    assert first_code(verified(pack(relisted(old)))) == "E502"
    assert first_code(verified(pack(relisted(found, schema="borgerbudget.audit/1.9")))) is None
    assert statuses(verified(pack(found)))[7] == "PASS"
