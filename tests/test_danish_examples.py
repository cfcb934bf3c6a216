"""The fictive villages of examples/: what their way of deciding gives, worked out by hand, from the engine and the reference.

Whose way it is, examples/README.md says; the real places and their published figures stand in docs/danish-rounds.md.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from borgerbudget import Election, read_round
from borgerbudget.console import canonical_json
from tallies import count, make_plan
from tallies.outcome import Outcome
from tallies.plan import DEFAULT_TIES
from tallies.plan_file import read_plan_file
from tests.test_cli import run

ROOT = Path(__file__).resolve().parents[1]
Amounts = dict[str, int]

BY_HAND: dict[str, tuple[Amounts, dict[str, str]]] = {
    # votes 11+5=16, 14, 11+2=13, 5+2=7.  A1 leaves 48,000; A2 costs 78,450; A3 leaves 28,000; A4 costs 30,000.
    "ahornby": (
        {"A1": 3_200_000, "A3": 2_000_000},
        {"A2": "does-not-fit", "A4": "does-not-fit"},
    ),
    # balls: K1 18+5+3=26, K2 16+3=19, K3 10+3=13; K4 is out.  75,000 - 30,000 - 28,000 = 17,000, and K3 costs 35,000.
    "kuglebjerg": ({"K1": 3_000_000, "K2": 2_800_000}, {"K3": "does-not-fit", "K4": "withdrawn"}),
    # 29,500 + 20,500 = 50,000.
    "enighed": ({"E1": 2_950_000, "E2": 2_050_000}, {}),
    # votes: F1 14, F2 and F4 12, F3 10, F6 8, F5 3 of 40 (a tenth is 4).  F1: 15,000 + half of 225,000 = 127,500, at most
    # 100,000.  F2, the cheaper: 15,000 + 25,000.  F4: 15,000 + 93,000, at most 100,000.  F3: whole.  Then 22,500 is left, and
    # F6 would get 15,000 + 37,500.
    "fjordmark": (
        {"F1": 10_000_000, "F2": 4_000_000, "F4": 10_000_000, "F3": 1_250_000},
        {"F5": "below-threshold", "F6": "does-not-fit"},
    ),
    # 28,534.61 - 12,000 - 10,000 = 6,534.61.
    "smedekaer": ({"S1": 1_200_000, "S2": 1_000_000, "S3": 653_461}, {"S4": "after-stop"}),
    # 55,414.96 / 4 = 13,853.74, in whole kroner 13,853; all four cost more.  Without votes the cheapest is named first.
    "ligevad": (dict.fromkeys(("L4", "L2", "L1", "L3"), 1_385_300), {}),
    # points: H1 150+100=250, H2 100+100=200, H3 100+100=200, H4 80+16=96, H5 20+24=44.
    # 300,000 - 80,000 - 60,000 - 65,700 - 45,000 = 49,300, and H5 can be carried out with 30,000.
    "holmekrog": (
        {"H1": 8_000_000, "H3": 6_000_000, "H2": 6_570_000, "H4": 4_500_000, "H5": 4_930_000},
        {},
    ),
    # 500,000 - 180,000 - 145,000 - 120,000 = 55,000 of the 90,000 of D4, which takes at least 50,000.
    "egekrog": (
        {"D1": 18_000_000, "D2": 14_500_000, "D3": 12_000_000, "D4": 5_500_000},
        {"D5": "after-stop"},
    ),
    # Sønder's 8,000 in three: 2,666.67 twice and 2,666.66, together 8,000 and not 8,001.  Each first proposal asks for more
    # than its village has, and nothing is left for Øster's second.
    "vemmekaer": (
        {"V1": 1_066_667, "V2": 1_066_667, "V3": 1_066_666},
        {"V4": "withdrawn", "V5": "does-not-fit"},
    ),
    # 54,490 - 14,490 - 15,000 - 20,000 = 5,000: too little for 12,000, enough for 4,900.
    "hopballe": (
        {"P1": 1_449_000, "P2": 1_500_000, "P3": 2_000_000, "P5": 490_000},
        {"P4": "does-not-fit"},
    ),
    # 3, 2, 1: M1 30+16+7=53, M2 24+21+5=50, M3 20+14+15=49, M4 10+10=20.  After M1 55,000 is left; M2 costs 60,000.
    "medalby": ({"M1": 4_500_000, "M3": 3_800_000, "M4": 1_500_000}, {"M2": "does-not-fit"}),
    # Nord has 3/4 of the people and half of the 60 ballots: its ballots weigh 3/2, Syd's 1/2.  R1 24+5=29, R2 24, R3 9,
    # R4 12+10=22, R5 9+5=14.  R3 costs more than 75,000.  R1 leaves 125,000, of which 100,000 is the climate's; R2 leaves
    # 65,000, of which 40,000 is; R4 costs 50,000 and must wait; R5 leaves 30,000; still too little for R4.
    "ringmarken": (
        {"R1": 7_500_000, "R2": 6_000_000, "R5": 3_500_000},
        {"R3": "over-cap", "R4": "does-not-fit"},
    ),
}
"""Village -> amounts in øre and why the others got nothing."""


def paths(village: str) -> tuple[Path, Path]:
    return ROOT / "examples" / f"{village}-2026.pb", ROOT / "examples" / "plans" / f"{village}.toml"


def counted(election: Election, plan_file: Path) -> Outcome:
    given = read_plan_file(plan_file)
    return count(election, make_plan(given.plan, election, given.settings(), given.ties or DEFAULT_TIES))


@pytest.mark.parametrize("village", BY_HAND)
def test_the_engine_gives_what_the_places_own_rule_gives(village: str) -> None:
    file, plan = paths(village)
    outcome = counted(read_round(file).election, plan)
    amounts, reasons = BY_HAND[village]
    assert [(award.proposal, award.amount) for award in outcome.funded] == list(amounts.items())
    assert dict(outcome.not_funded) == reasons
    assert outcome.spent <= outcome.contest.election.pool.amount


@pytest.mark.parametrize("village", BY_HAND)
def test_the_reference_counts_the_same_bytes_from_the_same_plan(village: str, tmp_path: Path) -> None:
    file, plan = paths(village)
    (tmp_path / "plan.json").write_text(json.dumps(tomllib.loads(plan.read_text("utf-8"))), "utf-8")
    words = [sys.executable, "-I", "-S", ROOT / "tallies" / "verify.py", "count", file]
    done = subprocess.run([*words, "--plan-file", tmp_path / "plan.json"], capture_output=True, check=True)
    ours = counted(read_round(file).election, plan).as_json()
    assert done.stdout.decode() == canonical_json(ours) + "\n"


def test_every_village_has_a_round_a_plan_with_danish_comments_and_a_line_in_the_readme() -> None:
    plans = sorted(path.stem for path in (ROOT / "examples" / "plans").glob("*.toml"))
    assert plans == sorted(BY_HAND)
    readme = (ROOT / "examples" / "README.md").read_text("utf-8")
    for village in BY_HAND:
        file, plan = paths(village)
        assert re.search(r"^# .*[æøåÆØÅ]", plan.read_text("utf-8"), re.M)
        assert f"[{file.name}]({file.name})" in readme
        assert f"[{plan.name}](plans/{plan.name})" in readme


def test_the_commands_of_the_readme_run() -> None:
    readme = (ROOT / "examples" / "README.md").read_text("utf-8")
    lines = [line for block in re.findall(r"^```sh\n(.*?)^```", readme, re.M | re.S) for line in block.splitlines()]
    assert len(lines) >= 4
    for line in lines:
        program, *words = shlex.split(line)
        assert program == "borgerbudget"
        done = run(*words)
        assert done.returncode == 0, (line, done.stderr)
        assert done.stdout


def test_when_hopballes_krolf_course_is_given_up_the_chairs_move_up() -> None:
    file, plan = paths("hopballe")
    words = ("tally", file, "--plan", plan)
    assert json.loads(run(*words, "--json").stdout)["reserve"] == [["P4"]]
    assert json.loads(run(*words, "--withdraw", "P3", "--json").stdout) == {
        "schema": "borgerbudget.withdrawal/1",
        "withdrawn": ["P3"],
        "freed": 2_000_000,
        "moves_up": [{"proposal": "P4", "amount": 1_200_000}],
        "left": 810_000,
    }


def test_without_the_correction_ringmarken_would_build_its_playground(tmp_path: Path) -> None:
    """R4 28, R1 26, R2 and R5 16 votes as cast."""
    file, plan = paths("ringmarken")
    as_cast = tmp_path / "as-cast.pb"
    text = file.read_text("utf-8")
    as_cast.write_text(re.sub(r"^area_population;.*\n", "", text, flags=re.M), "utf-8")
    outcome = counted(read_round(as_cast).election, plan)
    assert {award.proposal for award in outcome.funded} == {"R4", "R5", "R2"}


def test_an_aarhus_basket_holds_no_more_than_the_pool() -> None:
    election = read_round(paths("ahornby")[0]).election
    assert election.method.name == "knapsack"
    assert election.limits.max_sum_cost == election.pool.amount


def test_a_hand_count_cannot_be_counted_again_and_says_so() -> None:
    file, plan = paths("egekrog")
    assert json.loads(run("tally", file, "--plan", plan, "--json").stdout)["recountable"] is False
    assert "nobody can count again" in run("tally", file, "--plan", plan).stdout


@pytest.mark.parametrize("village", BY_HAND)
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_of_every_village_fits_on_one_sheet_and_names_what_everyone_gets(village: str, language: str) -> None:
    file, plan = paths(village)
    done = run("rules", "explain", plan, file, "--lang", language)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) <= 60
    example = done.stdout.partition("\nEksempel\n" if language == "da" else "\nExample\n")[2]
    election = read_round(file).election
    for proposal in election.proposals:
        assert f"  {proposal.id} {proposal.title}" in example
