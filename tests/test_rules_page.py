"""The page that a meeting approves: every word of a plan has its sentence, in both languages, and the example is a count."""

from __future__ import annotations

import json
import random
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_args

import pytest

from borgerbudget import Election, Limits, Proposal, make_election
from borgerbudget.ballots import METHODS
from borgerbudget.election import make_hand_count
from borgerbudget.errors import InputRejected
from borgerbudget.words import Language
from tallies import count, make_plan, specifications_danish
from tallies.completions import COMPLETIONS
from tallies.constraints import KINDS
from tallies.meeting import INVENTED, SETTINGS, fictive_election, page_json, page_lines, with_votes, words, work_out
from tallies.plan import CRITERIA, DEFAULT_TIES
from tallies.planning import COMPARISONS, STARTS, UTILITIES, known_plans
from tallies.planning import SETTINGS as KEYS
from tallies.rules import RULES
from tallies.terms import LEFTOVERS, RECIPIENTS, REMAINDERS, UNUSED
from tests.small import random_village_case
from tests.test_cli import one_sentence, run

LANGUAGES: tuple[Language, ...] = get_args(Language)
PROPOSALS = (
    Proposal("p1", 4_000_000, title="Solceller", category=("Klima",), area="Nord"),
    Proposal("p2", 2_500_000, title="Sti", min_cost=1_000_000, area="Nord"),
    Proposal("p3", 1_500_000, title="Borde", area="Syd"),
)
VOTED = make_election(5_000_000, PROPOSALS, [["p1"]] * 5 + [["p2"]] * 4 + [["p3"]] * 3)


def page(
    election: Election, name: str, language: Language = "en", ties: tuple[str, ...] = DEFAULT_TIES, **given: Any
) -> str:
    plan = make_plan(name, election, given, ties)
    return "\n".join(page_lines(work_out(*_votes(election, plan)), language))


def _votes(election: Election, plan: Any) -> tuple[Election, Any, str]:
    voted, votes = with_votes(election, plan)
    return voted, plan, votes


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_page_says_when_floors_were_too_many_to_examine() -> None:
    proposals = [Proposal(f"p{k:02}", 100) for k in range(17)]
    election = make_election(10_000, proposals, [[p.id for p in proposals]])
    floor = {"kind": "at-least", "proposals": [p.id for p in proposals], "amount": 5}
    few = floor | {"proposals": [p.id for p in proposals[:16]]}
    said = "Mere end 16 forslag står i gulve"
    assert said in flat(page(election, "greedy", "da", constraints=[floor]))
    assert said not in flat(page(election, "greedy", "da", constraints=[few]))


def test_the_page_says_that_nobody_is_in_a_pot() -> None:
    pot = {"kind": "pot", "name": "Vest", "area": "Vest", "amount": 500}
    assert '"Vest": DKK 500' in flat(page(VOTED, "greedy", constraints=[pot])).replace("500 DKK", "DKK 500")
    assert "which no proposal is in" in flat(page(VOTED, "greedy", constraints=[pot]))


# --- every word has its sentence


def test_every_setting_has_a_sentence() -> None:
    assert {*words.TERMS, "constraints"} == set(KEYS)
    assert {section for section, _ in words.TERMS.values()} <= set(words.SECTIONS)


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("leftover", LEFTOVERS),
        ("remainder", REMAINDERS),
        ("recipients", RECIPIENTS),
        ("unused", UNUSED),
        ("utility", UTILITIES),
        ("start", STARTS),
        ("comparison", COMPARISONS),
    ],
)
def test_every_word_of_a_choice_has_a_sentence(key: str, known: tuple[str, ...]) -> None:
    sentences = words.TERMS[key][1]
    assert isinstance(sentences, dict)
    assert {word.partition(", ")[0] for word in sentences} == set(known)
    assert {word.partition(", ")[2] for word in sentences} - {""} <= set(RULES)


def test_every_kind_method_criterion_and_limit_has_a_sentence() -> None:
    assert {kind.partition(", ")[0] for kind in words.CONSTRAINTS} == set(KINDS)
    assert set(words.METHODS) == set(METHODS)
    assert set(words.CRITERIA) == set(CRITERIA)
    limits = {f"{end}_{name}" for name in words.LIMITS for end in ("min", "max")}
    assert limits | {"default_score"} == {field.name for field in fields(Limits)}


@pytest.mark.parametrize("name", known_plans())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plan_has_a_page_of_one_sheet_with_an_invented_example(name: str, language: Language) -> None:
    rule, _, completion = name.partition("/")
    given = {key: SETTINGS[key] for key in RULES[rule].required}
    election = fictive_election(rule, given, language)
    worked = work_out(election, make_plan(name, election, given), INVENTED)
    lines = page_lines(worked, language)
    text = flat("\n".join(lines))
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 130
    assert flat(RULES[rule].plain.say(language)) in text
    assert not completion or flat(COMPLETIONS[completion].plain.say(language)) in text
    assert worked.outcome is not None
    assert worked.outcome.funded
    for proposal in election.proposals:
        assert f" {proposal.id} {proposal.title} " in text


@pytest.mark.parametrize(
    ("name", "given", "da", "en"),
    [
        ("greedy", {"threshold": 5}, "stemmetal på mindst 5.", "a score of at least 5."),
        ("greedy", {"threshold": 0}, "stemmetal på mindst 0.", "a score of at least 0."),
        ("greedy", {"threshold": "12.5%"}, "mindst så mange stemmer som 12,5 % af antallet", "at least 12.5 % as many"),
        ("greedy", {"threshold_share": "1/3"}, "mindst så mange stemmer som 1/3 af antallet", "at least 1/3 as many"),
        ("greedy", {"cost_share": "1/3"}, "mindst være 1/3 af pris", "at least 1/3 of cost"),
        ("greedy", {"turnout": 30}, "mindst 30 stemmesedler", "at least 30 ballots"),
        ("greedy", {"turnout": "20%", "electorate": 412}, "mindst 82,4 stemmesedler", "412 can vote."),
        ("greedy", {"cap": 75000}, "mere end 75.000 kr., kan ikke", "costs more than 75,000 DKK cannot"),
        ("residual", {"cap": "12500.50"}, "får mere end 12.500,50 kr.", "gets more than 12,500.50 DKK."),
        ("greedy", {"withdrawn": "p2"}, "afstemningen: p2 (Sti).", "after the vote: p2 (Sti)."),
        ("greedy", {"pre_funded": "p2+p3"}, "p2 (Sti) og p3 (Borde).", "p2 (Sti) and p3 (Borde)."),
        ("prize-ladder", {"prizes": "12000+10000+rest"}, "1. 12.000 kr., 2. 10.000 kr., 3. resten.", "3. the rest."),
        (
            "rate-bands",
            {"bands": "15000:100%+*:50%"},
            "100 % op til 15.000 kr., 50 % af det derover.",
            "50 % of what lies above.",
        ),
        ("rate-bands", {"bands": "*:1/3"}, "1/3 af prisen.", "1/3 of the cost."),
        ("rate-bands", {"bands": "1:1+2:1/2+*:0"}, "50 % af det derover op til 2 kr., 0 % af", "up to 2 DKK"),
        ("equal-split", {"unit": 100}, "Alle beløb er i hele 100 kr.", "multiples of 100 DKK."),
        ("equal-split", {"unit": 1}, "Alle beløb er i hele kroner.", "multiples of 1 DKK."),
        ("equal-split", {"winners": 1}, "Kun den første får.", "Only the first gets money."),
        ("equal-split", {"winners": 2}, "Kun de 2 første", "Only the first 2"),
        (
            "equal-split",
            {"recipients": "all"},
            "Mødet har besluttet, at der deles mellem alle.",
            "The meeting decided that it is shared by all.",
        ),
        ("equal-split", {"remainder": "leave"}, "går op, bliver i puljen", "does not divide stays"),
        ("equal-shares/add1", {"increment": "1/3"}, "hæves 1/3 kr. pr.", "raised by 1/3 DKK per"),
        ("equal-shares/add1", {"increment": 10}, "hæves 10 kr. pr.", "raised by 10 DKK per"),
        ("equal-shares", {"utility": "count"}, "lige meget værd", "worth the same"),
        ("equal-shares", {"comparison": "exclusion-ratio"}, "ikke tomhændet hjem", "without anything"),
        ("greedy", {"leftover": "carry-over"}, "gemmes til næste runde", "carried over to the next round"),
        ("residual", {"leftover": "next-part"}, "kan gennemføres med det", "if it can be carried out with that"),
        ("greedy", {"reserve": "yes"}, "Resultatet har en reserveliste", "The result has a reserve list"),
        ("greedy", {}, "har ingen reserveliste", "the meeting must decide"),
    ],
)
def test_every_value_stands_on_the_page_as_people_write_it(name: str, given: dict[str, Any], da: str, en: str) -> None:
    election = replace(VOTED, pool=replace(VOTED.pool, amount=8_000_000))
    assert da in flat(page(election, name, "da", **given))
    assert en in flat(page(election, name, "en", **given))


@pytest.mark.parametrize(
    ("table", "da"),
    [
        (
            {"kind": "at-most", "category": "Klima", "amount": 1000},
            '"at-most-1": p1 (Solceller) får højst 1.000 kr.',
        ),
        (
            {"kind": "at-least", "area": "Nord", "share": "1/4"},
            "og p2 (Sti) kommer først i tur, indtil de har fået 12.500 kr.",
        ),
        (
            {"kind": "earmark", "name": "klima", "category": "Klima", "share": "1/2"},
            '"klima": af puljen er 25.000 kr. kun til',
        ),
        (
            {"kind": "pot", "area": "Syd", "amount": "15000.50"},
            '"pot-1": 15.000,50 kr. er en del for sig, til p3 (Borde).',
        ),
        ({"kind": "one-of", "proposals": ["p1", "p2"]}, "højst ét af p1 (Solceller) og p2 (Sti) får penge."),
        ({"kind": "together", "proposals": ["p3", "p2"]}, "p2 (Sti) og p3 (Borde) får alle penge, eller ingen"),
        (
            {"kind": "needs", "proposals": ["p3", "p2", "p1"]},
            "p3 (Borde) får kun penge sammen med p2 (Sti) og p1 (Solceller).",
        ),
    ],
)
def test_every_constraint_is_a_sentence_with_its_members(table: dict[str, Any], da: str) -> None:
    election = VOTED if table["kind"] != "needs" else replace(VOTED, pool=replace(VOTED.pool, amount=8_000_000))
    assert da in flat(page(election, "greedy", "da", constraints=[table]))


@pytest.mark.parametrize("kind", ["earmark", "pot"])
def test_what_is_kept_for_some_is_not_said_to_be_for_those_who_were_given_theirs_beforehand(kind: str) -> None:
    table = {"kind": kind, "name": "K", "proposals": ["p1", "p2"], "amount": 1000}
    told = flat(page(VOTED, "greedy", "da", constraints=[table], pre_funded="p2"))
    assert "til p1 (Solceller)." in told
    assert "til p1 (Solceller) og" not in told


@pytest.mark.parametrize("kind", KINDS)
def test_who_stands_and_falls_together_withdraws_together(kind: str) -> None:
    table = {"kind": kind, "proposals": ["p2", "p3"]} | ({"amount": 40_000} if KINDS[kind] else {})
    told = words.WITHDRAWAL_TOGETHER.en in page(VOTED, "greedy", constraints=[table])
    assert told == (kind in ("needs", "together"))


def test_ties_are_told_in_the_order_of_the_plan() -> None:
    told = flat(page(VOTED, "greedy", "da", ties=("most-votes", "cheapest", "lot")))
    assert "det med flest stemmer går først; er de stadig lige, så det billigste går først" in told
    assert "afgør én lodtrækning om alle forslag det" in told
    assert "Står forslag lige" not in page(VOTED, "greedy", "da", ties=("refuse",))


def test_limits_and_points_tables_are_told_for_a_real_round() -> None:
    limits = Limits(min_length=1, max_length=3, min_sum_points=3, max_sum_points=3)
    balls = make_election(5_000_000, PROPOSALS, [{"p1": 2, "p2": 1}], "points", limits=limits)
    told = page(balls, "greedy", "da")
    assert "Højst 3 forslag på en seddel." in told
    assert "Præcis 3 point på en seddel." in told
    ranked = make_election(5_000_000, PROPOSALS, [["p1", "p2"]], "ranked")
    assert "3, 2, 1" in page(ranked, "greedy", "da", points_table=[3, 2, 1])
    assert "ét færre for hver plads" in flat(page(ranked, "greedy", "da"))


# --- the example


def test_the_example_is_the_count_itself() -> None:
    worked = work_out(*_votes(VOTED, make_plan("residual", VOTED, {"reserve": True})))
    assert page_json(worked)["example"] == {
        "votes": "actual",
        "outcome": count(VOTED, worked.plan).as_json(),
        "tie": None,
    }
    told = page_lines(worked, "da")
    assert any(re.fullmatch(r"  p2 Sti +4  25\.000 kr\.  10\.000 kr\.  10\.000 kr\. +0 kr\.", line) for line in told)


@pytest.mark.parametrize("method", METHODS)
def test_before_anybody_has_voted_the_rounds_own_proposals_get_invented_votes(method: str) -> None:
    if method == "hand-count":
        election = make_hand_count(5_000_000, PROPOSALS, dict.fromkeys(("p1", "p2", "p3"), 0), 0)
    else:
        election = make_election(5_000_000, PROPOSALS, [], method)
    voted, votes = with_votes(election, make_plan("greedy", election))
    assert votes == "invented-votes"
    assert voted.profile.voters == 6
    outcome = count(voted, make_plan("greedy", voted, ties=("refuse",)))
    assert [outcome.contest.score(p) for p in range(3)] == [3, 2, 1]
    assert "ingen har stemt endnu" in page(election, "greedy", "da")


def test_a_meeting_that_decides_without_a_vote_gets_no_invented_votes() -> None:
    election = make_election(9_000_000, PROPOSALS, [])
    assert "uden afstemning" in page(election, "acclamation", "da")
    assert "invented" not in page(election, "equal-split", recipients="all").lower()


def test_a_tie_in_the_example_is_told_and_is_no_error() -> None:
    proposals = [Proposal("p{1}", 4_000_000), Proposal("p2", 2_500_000)]
    tied = make_election(5_000_000, proposals, [["p{1}"], ["p2"]])
    worked = work_out(*_votes(tied, make_plan("greedy", tied, ties=("refuse",))))
    assert worked.outcome is None
    document: Any = page_json(worked)
    assert document["example"]["tie"]["tied"] == ["p2", "p{1}"]
    assert "uden lodtrækning: lige stemmer i trin 1: p2, p{1}" in "\n".join(page_lines(worked, "da"))


def test_where_the_comparison_takes_most_votes_first_the_example_shows_that_outcome() -> None:
    proposals = [Proposal("big", 900), Proposal("small", 300)]
    election = make_election(900, proposals, [["big"]] * 5 + [["small"]] * 2)
    worked = work_out(*_votes(election, make_plan("equal-shares", election, {"comparison": "exclusion-ratio"})))
    assert worked.outcome is not None
    assert [award.proposal for award in worked.outcome.funded] == ["big"]
    told = "\n".join(page_lines(worked, "en"))
    assert "Most votes first does better" in told
    assert re.search(r"^  big +5 +9 DKK +9 DKK +0 DKK$", told, re.M)


def test_money_from_outside_the_pool_is_told() -> None:
    election = replace(VOTED, pool=replace(VOTED.pool, amount=6_000_000))
    assert re.search(
        r"^  p2 Sti .* 20,000 DKK +0 DKK  \(5,000 DKK missing, added from outside\)$", page(election, "greedy-80"), re.M
    )


def test_many_proposals_stay_on_one_page_and_it_says_how_many_are_not_shown() -> None:
    many = [Proposal(f"p{i:03}", 100_000 + i) for i in range(120)]
    ballots = [[f"p{i:03}"] for i in range(60) for _ in range(61 - i)]
    text = page(make_election(1_000_000, many, ballots), "greedy", "da")
    assert len(text.splitlines()) <= 60
    shown = len(re.findall(r"^  p\d{3} ", text, re.M))
    more = [int(number) for number in re.findall(r"og (\d+) (?:linjer|forslag) mere", text)]
    assert shown + sum(more) == 120


def test_contradictions_are_refused_before_a_meeting_approves_them() -> None:
    table = {"kind": "at-least", "proposals": ["p1"], "amount": 99_000_000}
    with pytest.raises(InputRejected) as found:
        page(VOTED, "greedy", constraints=[table])
    assert found.value.problems[0].code == "CON-001"


def test_every_random_plan_has_a_page_that_names_every_proposal() -> None:
    told = 0
    for seed in range(300):
        case = random_village_case(random.Random(seed))
        for language in LANGUAGES:
            try:
                worked = work_out(*_votes(case.election, case.plan))
            except InputRejected:
                continue
            text = "\n".join(page_lines(worked, language))
            document = page_json(worked)
            assert json.dumps(document)
            assert "{" not in text
            assert "kr.." not in text
            if worked.outcome is not None:
                told += 1
                example = text.partition("\nEksempel\n" if language == "da" else "\nExample\n")[2]
                for i in case.election.ids:
                    assert re.search(rf"^  {re.escape(i)} ", example, re.M), (seed, i)
    assert told > 200


# --- what is said only where it has a meaning


def test_a_page_without_a_vote_has_no_ties_and_nobody_moves_up() -> None:
    election = make_election(9_000_000, PROPOSALS, [])
    told = flat(page(election, "acclamation", "da"))
    assert "lodtrækning" not in told.partition("Indstillingerne")[0]
    assert "rykker de næste" not in told


def test_what_is_given_beforehand_narrows_what_a_proposal_may_cost() -> None:
    told = flat(page(VOTED, "greedy", "da", pre_funded="p3"))
    assert "koster mere, end der er tilbage efter det, der gives på forhånd, kan ikke få penge" in told
    assert "koster mere end puljen" not in told.partition("Eksempel")[0]


def test_what_is_not_used_is_said_of_the_pot_by_its_name() -> None:
    pot = {"kind": "pot", "name": "syd", "area": "Syd", "amount": 15_000}
    told = flat(page(VOTED, "greedy", "da", constraints=[pot], unused="leave", leftover="next"))
    assert 'Hvad der ikke bruges af "syd", hører med til det, der bliver tilbage.' in told


def test_a_constraint_about_one_proposal_is_said_of_one() -> None:
    floor = {"kind": "at-least", "proposals": ["p3"], "amount": 1000}
    assert "p3 (Borde) kommer først i tur, indtil det har fået 1.000 kr." in flat(
        page(VOTED, "greedy", "da", constraints=[floor])
    )


def test_least_amounts_have_a_column_where_they_have_a_say() -> None:
    assert re.search(r"koster +mindst +får", page(VOTED, "residual", "da"))
    assert re.search(r"koster +får", page(VOTED, "greedy", "da"))
    assert "min_cost" not in page(VOTED, "residual", "da")


def test_the_invented_example_of_residual_last_pays_a_part() -> None:
    election = fictive_election("residual-last", {}, "da")
    outcome = count(election, make_plan("residual-last", election))
    assert any(award.amount < election.costs[election.index[award.proposal]] for award in outcome.funded)


def test_one_ballot_is_not_ballots() -> None:
    one = make_election(5_000_000, PROPOSALS, [["p1"]])
    assert "1 stemmeseddel:" in page(one, "greedy", "da")
    assert "1 ballot:" in page(one, "greedy", "en")


# --- the command


def test_the_command_shows_the_page_of_a_plan_file_on_the_round(tmp_path: Path) -> None:
    words_of = ("rules", "explain", "examples/plans/fjordmark.toml")
    done = run(*words_of, "examples/fjordmark-2026.pb", "--set", "cap=50000", "--ties", "lot", "--lang", "da")
    assert done.returncode == 0
    assert "Intet forslag får mere end 50.000 kr." in done.stdout
    assert "det billigste går først" not in done.stdout
    alone = run(*words_of, "--lang", "da")
    assert "Opdigtede forslag og stemmer" in alone.stdout
    assert "Pulje: 275.000" not in alone.stdout


def test_the_document_holds_plan_sentences_and_count() -> None:
    file, plan = "examples/ringmarken-2026.pb", "examples/plans/ringmarken.toml"
    document = json.loads(run("rules", "explain", plan, file, "--json").stdout)
    counted = json.loads(run("tally", file, "--plan", plan, "--json").stdout)
    del counted["diagnostics"]
    assert document["schema"] == "borgerbudget.rules/1"
    assert document["plan"] == counted["plan"]
    assert document["example"]["outcome"] == counted
    told = {section["name"]: section for section in document["sections"]}
    assert "Nord: 900, Syd: 300" in " ".join(told["voting"]["da"])
    assert [len(section["da"]) for section in told.values()] == [len(section["en"]) for section in told.values()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("asked", "code", "exit_code"),
    [
        (["examples/plans/ringmarken.toml"], "RUL-001", 3),
        (["greedy", "--set", "withdrawn=x"], "RUL-001", 3),
        (["prize-ladder", "--set", "prizes=999999"], "RUL-001", 3),
        (["declared"], "RUL-001", 3),
        (["prize-ladder"], "PLN-019", 2),
        (["greed"], "PLN-001", 2),
        (["none.toml"], "FI-001", 3),
        (["greedy", "none.pb"], "FI-001", 3),
    ],
)
def test_what_cannot_be_explained_is_refused_in_one_sentence(
    asked: list[str], code: str, exit_code: int, language: str
) -> None:
    done = run("rules", "explain", *asked, "--lang", language)
    assert done.returncode == exit_code
    assert f"[{code}]" in done.stderr
    one_sentence(done)
    assert done.stdout == ""


def test_a_specification_in_danish_has_the_same_steps_and_figures() -> None:
    """The numbered steps and formulas in their order, and the names of settings, which are no words to translate."""
    assert set(specifications_danish.RULES) == set(RULES)
    assert set(specifications_danish.COMPLETIONS) == set(COMPLETIONS)
    for name, danish in (specifications_danish.RULES | specifications_danish.COMPLETIONS).items():
        english = (RULES if name in RULES else COMPLETIONS)[name].specification
        # (1) on its own line of the docstring, or at the right of a formula
        steps = [re.findall(r"^ *\((\d)\) |\((\d)\)$", text, re.MULTILINE) for text in (danish, english)]
        assert steps[0] == steps[1], name
        for setting in ("threshold", "utility", "winners", "remainder", "start", "rest", "unit"):
            assert (f"``{setting}``" in english) <= (setting in danish), (name, setting)
