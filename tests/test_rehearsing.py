"""Rounds that have not happened: drawn as described, the same people for every plan, lots drawn where real people would."""

from __future__ import annotations

import pickle
import subprocess
import sys
import tomllib
from os.path import relpath
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binomtest

from borgerbudget import Limits, Pool, Proposal, make_election
from borgerbudget.errors import BorgerbudgetError, Place
from borgerbudget.files import read_pabulib
from scenarios.answer import Answer
from scenarios.asking import answered, like_of, source_of, specified, tables
from scenarios.borrowed import Borrowed
from scenarios.electorates.models import simulated
from scenarios.electorates.opinions import EVERYWHERE, Setting
from scenarios.fitting import fit, statistics
from scenarios.rehearsing import Rehearsal
from scenarios.runs.task import generator_of, rows_of
from scenarios.specification import read_specification, written
from scenarios.table import csv_bytes
from scenarios.villages import Home, Village, like
from tallies import make_plan

SURE = 1e-4
ROOT = Path(__file__).resolve().parents[1]
PROPOSALS = tuple(Proposal(f"p{i}", (i + 1) * 1000, area=("north", "south", None)[i % 3]) for i in range(6))


def village(**changed: object) -> Village:
    homes = (Home("north", 60), Home("south", 40))
    given = {"electorate": simulated("euclidean", {"spread": 0.1}, 6), "turnout": 0.5} | changed
    return Village(Pool(9000), PROPOSALS, homes, **given)  # type: ignore[arg-type]


def rehearsal(here: Village, *plans: str, **changed: object) -> Rehearsal:
    return Rehearsal(
        here, tuple(make_plan(plan, here.empty()) for plan in plans), ("spent", "exclusion_ratio"), **changed
    )  # type: ignore[arg-type]


def test_every_person_votes_with_the_chance_that_the_turnout_says() -> None:
    drawn = np.array([village().turned_out(np.random.default_rng(seed)) for seed in range(300)])
    assert binomtest(int(drawn[:, 0].sum()), 300 * 60, 0.5).pvalue > SURE
    assert binomtest(int(drawn[:, 1].sum()), 300 * 40, 0.5).pvalue > SURE
    assert village(turnout=1.0).turned_out(np.random.default_rng(1)) == (60, 40)


def test_so_many_voters_come_from_areas_by_their_people() -> None:
    drawn = np.array([village().spread_out(10, np.random.default_rng(seed)) for seed in range(300)])
    assert (drawn.sum(axis=1) == 10).all()
    assert binomtest(int(drawn[:, 0].sum()), 3000, 0.6).pvalue > SURE


def test_people_prefer_proposals_of_their_own_area() -> None:
    opinions = village().opinions((30, 30), np.random.default_rng(4))
    own = {area: [p for p, one in enumerate(PROPOSALS) if one.area == area] for area in ("north", "south")}
    north, south = opinions.utility[:30], opinions.utility[30:]
    assert north[:, own["north"]].mean() > south[:, own["north"]].mean()
    assert south[:, own["south"]].mean() > north[:, own["south"]].mean()


def test_a_run_can_be_made_again_alone_and_in_another_process() -> None:
    task = rehearsal(village(), "greedy", "equal-shares/add1u")
    rows = rows_of(task.begin(), 7, 0, 5)
    assert pickle.loads(pickle.dumps(task)).begin()(generator_of(7, 3)) == rows[3]
    assert rows[0] != rows[1]


def test_every_plan_counts_the_same_people_whatever_else_is_counted() -> None:
    both, alone = rehearsal(village(), "greedy", "equal-shares/add1u"), rehearsal(village(), "equal-shares/add1u")
    one, other = (rows_of(task.begin(), 3, 0, 6) for task in (both, alone))
    assert list(both.played(one, 0, 1)) == list(alone.played(other, 0, 0))


def test_more_choices_are_a_question_to_the_same_people() -> None:
    """With one choice each, one mark each: half the pool's proposals of one mark; with all choices as in the village."""
    free = rehearsal(village(), "greedy")
    tried = rehearsal(village(), "greedy", choices=(1, 6))
    one, other = (rows_of(task.begin(), 3, 0, 6) for task in (free, tried))
    assert list(free.played(one, 0, 0)) == list(tried.played(other, 1, 0))
    fewer = [played.measures[1] for played in tried.played(other, 0, 0)]
    more = [played.measures[1] for played in tried.played(other, 1, 0)]
    assert np.mean(fewer) >= np.mean(more)  # type: ignore[arg-type]


def test_the_first_voters_are_among_the_more() -> None:
    task = rehearsal(village(electorate=simulated("impartial-culture", {"p": 1}, 6)), "greedy", voters=(5, 500))
    [row] = rows_of(task.begin(), 3, 0, 1)
    assert [played.measures[1] for case in (0, 1) for played in task.played([row], case, 0)] == [0.0, 0.0]
    assert task.cases == [(5, None), (500, None)]


def test_a_lot_is_drawn_where_proposals_are_tied_and_its_weight_is_told() -> None:
    proposals = (Proposal("a", 100), Proposal("b", 100))
    everybody = simulated("impartial-culture", {"p": 1}, 2)
    here = Village(Pool(100), proposals, (Home("", 20),), everybody)
    task = rehearsal(here, "greedy")
    played = list(task.played(rows_of(task.begin(), 1, 0, 400), 0, 0))
    assert all(one.lot for one in played)
    assert {one.funded for one in played} == {(0,), (1,)}
    assert binomtest(sum(one.funded == (0,) for one in played), 400, 0.5).pvalue > SURE
    cheaper = Village(Pool(100), (Proposal("a", 100), Proposal("b", 90)), (Home("", 20),), everybody)
    by_price, by_lot = rehearsal(cheaper, "greedy"), rehearsal(cheaper, "greedy", only_lots=True)
    assert not any(one.lot for one in by_price.played(rows_of(by_price.begin(), 1, 0, 20), 0, 0))
    assert all(one.lot for one in by_lot.played(rows_of(by_lot.begin(), 1, 0, 20), 0, 0))


def test_a_village_like_a_round_votes_like_it(examples: Path) -> None:
    election = read_pabulib((examples / "lillevig-2026.pb").read_bytes(), "lillevig").election
    here = like(election)
    voted, _ = here.voted(here.opinions((1000,), np.random.default_rng(1)), Limits())
    found, real = statistics(voted), statistics(election)
    assert found.shares == pytest.approx(real.shares, abs=0.08)
    assert here.people == election.profile.total


def test_graded_ballots_are_rehearsed_as_approval() -> None:
    election = make_election(100, [Proposal("a", 60), Proposal("b", 50)], [{"a": 3}, {"b": 2, "a": -1}] * 5, "scoring")
    assert like(election).method == "approval"


# --- the questions

SMALL = """question = "rehearse"
plans = ["greedy", "equal-shares/add1u"]
pool = 500
turnout = 0.5
electorate = {model = "euclidean", radius = 0.4}

[[areas]]
name = "Nord"
people = 60

[[areas]]
name = "Syd"
people = 50

[[proposals]]
id = "N1"
title = "Bænk {til} <alle>"
price = 200
area = "Nord"

[[proposals]]
id = "S1"
price = "150.50"
area = "Syd"
category = "leg"

[[proposals]]
id = "F1"
price = 300
"""


def asked(tmp_path: Path, question: str, text: str = SMALL, **given: object) -> Answer:
    path = tmp_path / "village.toml"
    path.write_text(text, encoding="utf-8")
    spec, folder = specified(question, str(path), given)
    answer, whole = answered(spec, source_of(spec, folder, None))
    assert whole
    return answer


def test_a_rehearsal_tells_chances_measures_and_that_nobody_is_real(tmp_path: Path) -> None:
    answer = asked(tmp_path, "rehearse", runs=40)
    assert (answer.question, answer.runs, answer.seed) == ("rehearse", 40, 1)
    assert [figure.name for figure in answer.figures] == ["chances", "exclusion-ratio", "spent-share", "worst-off-area"]
    words = " ".join(sentence.en for sentence in answer.words)
    assert "110 may vote, 55 vote on average, on 3 proposals for 650.50 DKK; the pool is 500 DKK." in words
    assert "not real but drawn from a model (euclidean: dimensions = 2, radius = 0.4, spread = 0.1)" in words
    rows = [dict(zip([c.name for c in answer.table.columns], row, strict=True)) for row in answer.table.rows]
    shares = [row["mean"] for row in rows if row["quantity"] == "funded" and row["proposal"]]
    assert len(shares) == 6
    assert all(isinstance(share, float) and 0 <= share <= 1 for share in shares)
    assert {row["title"] for row in rows if row["proposal"] == "N1"} == {"Bænk {til} <alle>"}


def test_the_same_file_and_seed_give_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    first, again, other = (csv_bytes(asked(tmp_path, "rehearse", runs=20, seed=seed)) for seed in (4, 4, 5))
    assert first == again != other


def test_what_is_written_can_be_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "village.toml"
    path.write_text(SMALL, encoding="utf-8")
    spec = read_specification(path)
    for language in ("da", "en"):
        text = written(spec, language).decode()  # type: ignore[arg-type]
        assert text.index("question = ") < text.index("turnout = ") < text.index("[[areas]]")
        again = tmp_path / "again.toml"
        again.write_text(text, encoding="utf-8")
        assert read_specification(again).model_dump() == spec.model_dump()


def test_more_voters_are_fewer_ties(tmp_path: Path) -> None:
    answer = asked(tmp_path, "quorum", runs=60, voters=[4, 400], plans=["greedy"])
    few, many = answer.table.column("tie_share")
    assert isinstance(few, float)
    assert isinstance(many, float)
    assert few > many
    assert list(answer.table.column("voters")) == [4, 400]
    assert [figure.name for figure in answer.figures] == ["ties", "spent"]


def test_ballots_of_more_choices_are_tried_on_a_real_round_too(examples: Path) -> None:
    spec, folder = specified("ballots", str(examples / "lillevig-2026.pb"), {"runs": 10, "choices": [3, 1, 3]})
    answer, _ = answered(spec, source_of(spec, folder, None))
    assert list(answer.table.column("choices")) == [1, 3]
    assert "made to resemble those who voted in lillevig-2026.pb" in answer.words[-1].en


def test_a_real_rounds_proposals_can_be_voted_on_by_a_model(examples: Path) -> None:
    given = {"runs": 10, "electorate": {"model": "mallows"}, "turnout": 0.5, "pool": "90000"}
    spec, folder = specified("rehearse", str(examples / "lillevig-2026.pb"), given)
    answer, _ = answered(spec, source_of(spec, folder, None))
    assert "117 may vote, 58 vote on average" in answer.words[-3].en
    assert "the pool is 90,000 DKK" in answer.words[-3].en
    assert "drawn from a model (mallows: norm_phi = 0.5" in answer.words[-1].en


@pytest.mark.parametrize(
    ("old", "new", "line", "da", "en"),
    [
        ('area = "Syd"', 'area = "Øst"', 24, "hører til “Øst”", "write one of the areas (Nord, Syd)"),
        ('id = "S1"', 'id = "N1"', 22, "“N1” står to gange under proposals", "give each a name of its own"),
        ('name = "Syd"', 'name = "Nord"', 12, "“Nord” står to gange under areas", "give each a name of its own"),
        ("price = 300", "price = 0", 29, "beløbet for “F1” skal være over 0", "write an amount"),
        ("pool = 500", "pool = 0", 3, "beløbet for “pool” skal være over 0", "write an amount"),
        ("people = 50", "people = 0", 13, '"people" kan ikke være 0', "not below 1"),
        ("people = 50", 'people = "50"', 13, '"people" kan ikke være', "whole number"),
        ("people = 50", "folk = 50", 13, "folk", "name, people"),
        ("turnout = 0.5", "turnout = 1.5", 4, '"turnout" kan ikke være 1.5', "not above 1"),
        ("radius = 0.4", "radios = 0.4", 5, "ingen indstilling “radios”", "it has these: dimensions, radius, spread"),
        ("radius = 0.4", "radius = -1", 5, "radius = -1 kan ikke bruges", "from 0 to 10"),
        ('"euclidean"', '"euklid"', 5, "ingen vælgermodel, der hedder “euklid”", "choose one of: impartial-culture"),
        ("pool = 500\n", "", None, "pool mangler i scenariefilen", "give a real round as the source"),
        ('question = "rehearse"', 'question = "what-if"', None, "what-if", "what-if"),
    ],
)
def test_a_mistake_in_a_village_gets_its_line_and_its_mend(
    tmp_path: Path, old: str, new: str, line: int | None, da: str, en: str
) -> None:
    assert SMALL.count(old) >= 1
    head, _, tail = SMALL.rpartition(old)
    with pytest.raises(BorgerbudgetError) as refused:
        asked(tmp_path, "rehearse", head + new + tail, runs=2)
    fitting = [one for one in refused.value.problems if da in one.say("da")]
    assert fitting, refused.value.problems
    assert en in fitting[0].say("en")
    assert fitting[0].place.source == "village.toml"
    assert line is None or fitting[0].place.line == line


def test_all_mistakes_of_a_village_are_told_at_once(tmp_path: Path) -> None:
    text = (
        SMALL.replace('area = "Syd"', 'area = "Øst"')
        .replace("price = 300", "price = -1")
        .replace("pool = 500", "pool = 0")
    )
    with pytest.raises(BorgerbudgetError) as refused:
        asked(tmp_path, "rehearse", text)
    assert len(refused.value.problems) == 3


def test_a_real_round_and_proposals_of_ones_own_are_refused(tmp_path: Path, examples: Path) -> None:
    text = f'source = "{(examples / "lillevig-2026.pb").as_posix()}"\n{SMALL}'
    with pytest.raises(BorgerbudgetError) as refused:
        asked(tmp_path, "rehearse", text)
    assert refused.value.problems[0].place.line == 16
    assert "lad proposals være ude" in refused.value.problems[0].say("da")


def without_proposals(costs: str) -> str:
    return SMALL[: SMALL.index("[[proposals]]")].replace("turnout = 0.5", f"turnout = 0.5\n{costs}")


def test_proposals_that_nobody_has_made_are_drawn_once_from_the_seed(tmp_path: Path) -> None:
    text = without_proposals('costs = {number = 10, model = "uniform", least = 0.1, most = 0.2, step = 100}')
    first, again, other = (asked(tmp_path, "rehearse", text, runs=5, seed=seed) for seed in (1, 1, 2))
    titles = [label.proposal.title for label in first.figures[0].chances]  # type: ignore[union-attr]
    assert len(titles) == 10
    assert all(50 <= int(title) <= 100 for title in titles)
    assert csv_bytes(first) == csv_bytes(again) != csv_bytes(other)


@pytest.mark.parametrize(
    ("costs", "line", "da"),
    [
        ("costs = {number = 0}", 5, "number = 0 kan ikke bruges i costs"),
        ('costs = {model = "normal"}', 5, "ingen prismodel, der hedder “normal”"),
        ("costs = {medium = 1}", 5, "modellen lognormal har ingen indstilling “medium”"),
    ],
)
def test_wrong_costs_get_their_line(tmp_path: Path, costs: str, line: int, da: str) -> None:
    with pytest.raises(BorgerbudgetError) as refused:
        asked(tmp_path, "rehearse", without_proposals(costs), runs=2)
    [problem] = refused.value.problems
    assert da in problem.say("da")
    assert problem.place.line == line


def test_known_proposals_and_drawn_ones_exclude_each_other(tmp_path: Path) -> None:
    with pytest.raises(BorgerbudgetError, match="EL-016"):
        asked(tmp_path, "rehearse", SMALL.replace("turnout", "costs = {number = 3}\nturnout"))


def test_what_is_given_besides_the_file_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    with pytest.raises(BorgerbudgetError) as refused:
        asked(tmp_path, "rehearse", electorate={"model": "foo"})
    assert refused.value.problems[0].place == Place()


def test_a_round_without_areas_has_no_worst_off_area(examples: Path) -> None:
    spec, folder = specified("rehearse", str(examples / "lillevig-2026.pb"), {"runs": 3})
    answer, _ = answered(spec, source_of(spec, folder, None))
    assert [figure.name for figure in answer.figures] == ["chances", "exclusion-ratio", "spent-share"]


def command(*words: str) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-c", "import cli; cli.main()", "scenario", *words, "--lang", "da"]
    return subprocess.run(whole, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_real_command_gives_the_same_table_with_one_worker_and_with_two(tmp_path: Path) -> None:
    tables = []
    for workers in ("1", "2"):
        out = tmp_path / workers
        done = command("quorum", "examples/skovby-2027.toml", "--plan", "greedy", "--voters", "5,9", "--runs", "60",
                       "--workers", workers, "--out", str(out))  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "SIMULATION" in done.stdout
        tables.append((out / "table.csv").read_bytes())
        again = command("quorum", str(out / "spec.toml"), "--workers", "1", "--json")
        assert again.returncode == 0, again.stderr
    assert tables[0] == tables[1]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("quorum", "examples/skovby-2027.toml", "--voters", "20,x"), 2, "hele tal over 0, som 20,40,80"),
        (("ballots", "examples/skovby-2027.toml", "--choices", "0"), 2, "hele tal over 0, som 20,40,80"),
        (("rehearse", "examples/skovby-2027.toml", "--turnout", "2"), 2, "--turnout"),
        (("rehearse", "examples/egekrog-2026.pb"), 3, "eller en af modellerne"),
        (("rehearse", "examples/ringmarken-2026.pb"), 3, "uden vægte efter område"),
    ],
)
def test_what_cannot_be_rehearsed_is_said_in_one_line(words: tuple[str, ...], code: int, told: str) -> None:
    done = command(*words)
    assert done.returncode == code, done.stderr
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_example_village_can_be_rehearsed(examples: Path) -> None:
    spec, folder = specified("rehearse", str(examples / "skovby-2027.toml"), {"runs": 4})
    answer, _ = answered(spec, source_of(spec, folder, None))
    assert answer.runs == 4


def test_borrowed_voters_mark_as_many_as_then_and_any_new_proposal_may_be_the_liked_one(examples: Path) -> None:
    election = read_pabulib((examples / "lillevig-2026.pb").read_bytes(), "l").election
    borrowed = Borrowed(fit(election))
    then = statistics(election)
    setting = Setting((40, 60), (0, 1, EVERYWHERE) + (0,) * 8)
    marks = np.zeros(11)
    for seed in range(150):
        opinions = borrowed.opinions(setting, np.random.default_rng(seed))
        assert opinions.utility.shape == (100, 11)
        marks += (opinions.utility > 0).sum(axis=0)
    mean = float((then.lengths * np.arange(12)).sum())
    assert abs(marks.sum() / 15_000 - mean) < 0.1
    each = mean / 11  # whichever stands for which: all alike in the long run
    assert np.abs(marks / 15_000 - each).max() < 5 * then.shares.std() / np.sqrt(150)
    assert borrowed.opinions(Setting((5,), (EVERYWHERE,) * 4), np.random.default_rng(1)).utility.shape == (5, 4)
    with pytest.raises(ValueError, match="no more proposals"):
        borrowed.opinions(Setting((5,), (EVERYWHERE,) * 12), np.random.default_rng(1))


def test_a_village_like_a_past_round_is_asked_again_from_what_the_answer_keeps(examples: Path, tmp_path: Path) -> None:
    given = {"runs": 5, "seed": 3, "like": str(examples / "lillevig-2026.pb")}
    spec, folder = specified("rehearse", str(examples / "skovby-2027.toml"), given)
    assert spec.electorate is None  # what is given besides the file stands instead of it
    resembled = like_of(spec, folder, None)
    answer, _ = answered(spec, None, like=resembled)
    assert "they mark as they did in lillevig-2026.pb, but other proposals" in answer.words[-1].en
    out = tmp_path / "answer"
    out.mkdir()
    files = tables(spec, None, answer, "da", out, resembled)
    (out / "spec.toml").write_bytes(files["spec.toml"])
    # Seen from where the answer lies: another machine has other folders above the two.
    assert tomllib.loads(files["spec.toml"].decode())["like"] == relpath(examples / "lillevig-2026.pb", out)
    again, folder = specified("rehearse", str(out / "spec.toml"), {})
    assert again.like_sha256 is not None
    same, _ = answered(again, None, like=like_of(again, folder, None))
    assert csv_bytes(same) == files["table.csv"]


@pytest.mark.parametrize(
    ("source", "given", "code"),
    [
        ("lillevig-2026.pb", {"like": "lillevig-2026.pb"}, "EL-019"),
        ("skovby-2027.toml", {"like": "lillevig-2026.pb", "electorate": {"model": "mallows"}}, "EL-017"),
        ("skovby-2027.toml", {"like": "kirkelund-kugler-2026.pb"}, "EL-018"),
    ],
)
def test_what_cannot_be_like_a_round_is_refused(
    examples: Path, source: str, given: dict[str, object], code: str
) -> None:
    spec, folder = specified("rehearse", str(examples / source), given | {"runs": 2})
    with pytest.raises(BorgerbudgetError) as refused:
        answered(spec, source_of(spec, folder, None), like=like_of(spec, examples, None))
    assert refused.value.problems[0].code == code
