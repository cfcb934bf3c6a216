"""What a clerk stumbles over: a word too few or too many, an outage, a small village; and what she is told then."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borgerbudget.errors import UsageError
from borgerbudget.office import afterwards, voters
from borgerbudget.store.database import open_database
from tallies.evaluation import FEWEST_TOLD, areas_told
from tests.clerks import Clerk
from tests.test_rounds_life import codes_of
from tests.villages import ROUND, Village


@pytest.fixture
def clerk(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    monkeypatch.chdir(tmp_path)
    shutil.copy(empty_database, tmp_path / "borgerbudget.db")
    engine = open_database(str(tmp_path / "borgerbudget.db"))
    yield Clerk(Village(engine, str(tmp_path / "borgerbudget.db")), monkeypatch)
    engine.dispose()


# amounts below zero

BELOW_ZERO = (
    "round pool ROUND --source Fond --amount -5", "proposal add ROUND ny --title Ny --cost -5",
    "proposal add ROUND ny --title Ny --cost 5 --min-cost -5", "proposal amend ROUND p1 --own-financing -5",
    "decide deviate ROUND --amount p1=-5 --reference x --grounds y", "award ROUND p1 --amount -5 --reference x",
)  # fmt: skip


@pytest.mark.parametrize("line", BELOW_ZERO)
def test_an_amount_below_zero_is_called_that_wherever_it_is_given(clerk: Clerk, line: str) -> None:
    clerk.village.start()
    option = next(word for word in reversed(line.split()[:-1]) if word.startswith("--") and "-5" in line.split(word)[1])
    said = clerk.run(*line.split(), code=2, lang="da").err
    assert f"{option} er -5, og det er under nul" in said
    assert "[RND-037]" in said


def test_nobody_is_promised_less_than_nothing(clerk: Clerk) -> None:
    village = clerk.village.play("provisional")
    with pytest.raises(UsageError) as decided:
        afterwards.decide(village.office(), ROUND, {"p1": -5_00, "p2": 10_000_00}, "punkt 4", "grunde")
    village.confirm()
    village.wait(days=9)
    village.move("finalise", second="bo")
    with pytest.raises(UsageError) as awarded:
        afterwards.award(village.office(), ROUND, "p1", -5_00, "tilsagn 1")
    assert codes_of(decided.value) == codes_of(awarded.value) == ["RND-037"]


# warnings


@pytest.mark.parametrize("how", [["--yes"], ["--dry-run"]])
def test_whoever_is_not_asked_is_still_warned(clerk: Clerk, how: list[str]) -> None:
    clerk.village.start()
    said = clerk.run("round", "freeze", "ROUND", "--second", "bo", *how).err
    assert said.startswith("warning: ")
    assert "[STA-080]" in said
    again = clerk.run("round", "freeze", "ROUND", "--second", "bo", *how).err
    assert ("[STA-080]" in again) == (clerk.village.round().state == "draft")


def test_two_secret_ballots_are_warned_of_before_each_step_that_shows_them(clerk: Clerk) -> None:
    village = clerk.village.play("closed", [["1"], ["2"]])
    sealed = clerk.run("round", "seal", "ROUND", "--yes", lang="da").err
    assert "kun 2 sedler tælles: resultatet røber, hvad der står på" in sealed
    assert "spørg byrådet, før nogen ser det" in sealed
    assert "borgerbudget round cancel lillevig-2026 --reason GRUND [STA-084]" in sealed
    counted = clerk.run("tally", "ROUND")
    assert "only 2 ballots count" in counted.err
    assert "[STA-084]" not in clerk.run("tally", "ROUND").err  # it was told, and is not counted again
    asked = clerk.run("round", "publish", "ROUND", typed="n\n", code=130).err
    assert asked.index("[STA-084]") < asked.index("[y/N]")
    assert "borgerbudget round annul lillevig-2026" in asked
    clerk.run("round", "publish", "ROUND", "--yes")
    assert "[STA-084]" in clerk.said[-1].err
    assert "[STA-084]" in clerk.run("audit", "bundle", "ROUND", "--out", "r.bba").err
    assert village.round().state == "provisional"


@pytest.mark.parametrize(
    ("ballots", "policies"),
    [([["1"], ["2"], ["3"]], {}), ([["1"], ["2"]], {"secrecy": "open"}), ([], {})],
)
def test_where_nobody_is_given_away_nothing_is_warned_of(
    clerk: Clerk, ballots: list[list[str]], policies: dict[str, str]
) -> None:
    clerk.village.play("closed", ballots, **policies)
    for line in ("round seal ROUND --yes", "tally ROUND", "round publish ROUND --yes"):
        assert "[STA-084]" not in clerk.run(*line.split()).err


# few people

AREAS = st.lists(
    st.tuples(st.sampled_from(["nord", "syd", "vest", "oest", None]), st.integers(0, 30), st.integers(0, 9)), max_size=5,
    unique_by=lambda one: one[0],
)  # fmt: skip


@given(AREAS)
def test_no_area_tells_of_a_few_voters_nor_do_the_others_with_the_total(
    areas: list[tuple[str | None, int, int]],
) -> None:
    roll: dict[str, str | None] = {}
    here: dict[str, str] = {}
    for area, voted, stayed in areas:
        for number in range(voted + stayed):
            roll[f"{area}{number}"] = area
            if number < voted:
                here[f"{area}{number}"] = "code"
    told, together = areas_told(roll, here)
    assert all(voters >= FEWEST_TOLD for voters, _ in told.values())
    _, few, could = together or (0, 0, 0)
    assert few >= FEWEST_TOLD or few == (len(here) if together else 0)
    apart = len(here) - few - sum(voters for voters, _ in told.values())  # of no area, which follows from the total
    assert apart == 0 or apart >= FEWEST_TOLD or not any(roll.values())
    assert could + sum(eligible for _, eligible in told.values()) + apart <= len(roll)


def test_areas_of_few_voters_stand_as_one_in_the_evaluation(clerk: Clerk) -> None:
    village = clerk.village
    village.start()
    for area, count in (("nord", 7), ("syd", 6), ("vest", 4), ("oest", 3)):
        voters.add_voters(village.office(), ROUND, [f"{area}{i}" for i in range(count)], area)
    village._ready([])
    village._open([])
    for area, count in (("nord", 7), ("syd", 5), ("vest", 4)):
        for i in range(count):
            village.cast(f"{area}{i}", ["1"])
    village.wait(days=8)
    for step in ("close", "seal", "tally"):
        village.move("close") if step == "close" else getattr(village, step)()
    said = clerk.run("round", "evaluate", "ROUND", lang="da")
    figures = dict(re.split(r"  +", line.strip(), maxsplit=1) for line in said.out.splitlines()[1:])
    assert {key: value for key, value in figures.items() if key.startswith("Har stemt,")} == {
        "Har stemt, nord": "7/7", "Har stemt, områder med få under ét": "9/25",
    }  # fmt: skip
    assert "hvor færre end 5 har stemt" in said.err
    told = json.loads(clerk.run("round", "evaluate", "ROUND", "--json").out)["rounds"][0]
    assert told["together"] == {"areas": 3, "eligible": 25, "voters": 9}


# blank ballots


def test_nothing_is_blank_that_was_not_meant_so(clerk: Clerk) -> None:
    village = clerk.village.play("open")
    code = village.codes["v000"]
    for extra in ("--yes", "--no-input", "--dry-run"):
        said = clerk.run("ballot", "cast", "ROUND", "--code", code, extra, code=2, lang="da").err
        assert "intet forslag er valgt" in said
        assert "--blank [RND-053]" in said
    asked = clerk.run("ballot", "cast", "ROUND", "--code", code, typed="n\n", code=130, lang="da").err
    assert "Intet forslag er valgt: sedlen bliver blank." in asked
    assert "[RND-054]" in clerk.run("ballot", "cast", "ROUND", "2", "--blank", "--code", code, code=2).err
    assert village.round().tally.envelopes == 0
    asked = clerk.run("ballot", "cast", "ROUND", typed=f"{code}\nja\n")
    meant = clerk.run("ballot", "cast", "ROUND", "--blank", "--no-input", "--code", village.codes["v001"])
    filled = clerk.run("ballot", "cast", "ROUND", "2", "--code", village.codes["v002"])
    assert village.round().tally.envelopes == 3
    assert meant.err == filled.err
    assert asked.err.endswith(filled.err)


def test_nobody_is_asked_whether_a_ballot_is_blank_that_cannot_be_cast(clerk: Clerk) -> None:
    clerk.village.play("open")
    said = clerk.run("ballot", "cast", "ROUND", "--code", "AAAAA-AAAAA-A", code=2).err
    assert "blank" not in said


# the terminal in the hall


def kiosk(clerk: Clerk, *typed: str) -> str:
    """What the screen shows, until there is nobody left to type."""
    lines = "".join(f"{line}\n" for line in typed)
    return clerk.run("ballot", "cast", "ROUND", "--kiosk", typed=lines, code=130, lang="da").err


def test_a_code_with_which_no_ballot_would_count_is_told_before_anything_is_chosen(clerk: Clerk) -> None:
    village = clerk.village.play("open")
    used, void, struck, good = (village.codes[f"v00{n}"] for n in range(4))
    village.cast("v000", ["1"])
    voters.void_code(village.office(reason="stjålet"), ROUND, "v001")
    voters.strike_voter(village.office(reason="fraflyttet"), ROUND, "v002")
    said = kiosk(clerk, "x", void, struck, "", used, "")
    assert [code for code in ("RND-020", "RND-022", "RND-026") if f"[{code}]" in said] == [
        "RND-020",
        "RND-022",
        "RND-026",
    ]
    assert "Der er stemt i forvejen med denne kode eller på papir" in said
    assert "Numrene på dine forslag" not in said
    village.wait(days=7)
    said = kiosk(clerk, good, "")
    assert "Fristen er udløbet, så en seddel tælles ikke mere." in said
    assert "Numrene på dine forslag" not in said
    assert village.round().tally.envelopes == 1


def test_where_the_last_vote_counts_a_used_code_is_like_any_other(clerk: Clerk) -> None:
    village = clerk.village.play("open", double_vote="last")
    first = kiosk(clerk, village.codes["v000"], "1", "ja", "")
    again = kiosk(clerk, village.codes["v000"], "1", "ja", "")
    receipt = re.compile(rf"{ROUND}/\S+")
    assert receipt.sub("", first) == receipt.sub("", again)
    assert village.round().tally.envelopes == 2


@pytest.mark.parametrize(
    ("policies", "typed", "before", "after"),
    [
        ({"ballot": "knapsack"}, "1 2", "Vælg forslag for højst 100.000 kr. i alt.",
         "Brugt: 75.000 kr. af 100.000 kr.; tilbage: 25.000 kr."),
        ({"ballot.max_length": "3"}, "1 2", "Vælg højst 3 forslag.", "Valgt: 2 af højst 3"),
        ({"ballot": "ranked", "ballot.max_length": "2"}, "2 1", "Vælg højst 2 forslag.", "  1. 2 Forslag p2"),
        ({"ballot": "points", "ballot.max_sum_points": "5"}, "1:3 2:1", "Du har 5 point i alt.",
         "Givet: 4 af 5 point; tilbage: 1"),
    ],
)  # fmt: skip
def test_the_terminal_tells_the_limits_and_how_far_a_choice_goes(
    clerk: Clerk, policies: dict[str, str], typed: str, before: str, after: str
) -> None:
    village = clerk.village.play("open", **policies)
    said = kiosk(clerk, village.codes["v000"], typed, "ja", "")
    assert (
        said.index(before) < said.index("Numrene på dine forslag") < said.index(after) < said.index("Er det rigtigt?")
    )
    assert village.round().tally.envelopes == 1


def test_a_basket_that_is_too_dear_says_by_how_much_and_the_choice_is_asked_for_again(clerk: Clerk) -> None:
    village = clerk.village.play("open", ballot="knapsack")
    said = kiosk(clerk, village.codes["v000"], "1 2 3", "1", "ja", "")
    assert "Brugt: 105.000 kr. af 100.000 kr.; for meget: 5.000 kr." in said
    assert "[RND-024]" in said
    assert said.count("Din kode") == 2  # once for each voter
    again = kiosk(clerk, village.codes["v001"], "1", "jo", "nej", "2", "ja", "")
    assert again.count("Er det rigtigt?") == 3
    assert again.count("Numrene på dine forslag") == 2
    assert village.round().tally.envelopes == 2


def test_a_rehearsal_at_the_terminal_says_that_nothing_is_kept(clerk: Clerk) -> None:
    village = clerk.village.play("open")
    typed = f"{village.codes['v000']}\n1\nja\n\n"
    said = clerk.run("ballot", "cast", "ROUND", "--kiosk", "--dry-run", typed=typed, code=130, lang="da").err
    assert "Prøvekørsel, intet er gemt: Tak." in said
    assert village.round().tally.envelopes == 0


# an outage


def test_after_an_interruption_and_only_then_two_people_extend_the_deadline(clerk: Clerk, tmp_path: Path) -> None:
    village = clerk.village.play("open")
    closes = village.round().closes
    assert closes is not None
    later = ("--closes", "2026-03-11 13:00")
    while_open = clerk.run("round", "dates", "ROUND", *later, code=4, lang="da").err
    assert "fristen kan kun forlænges efter en afbrydelse -> borgerbudget round suspend lillevig-2026" in while_open
    assert "[STA-061]" in clerk.run("round", "resume", "ROUND", *later, code=4).err
    village.cast("v000", ["1"])
    outage = clerk.run("round", "suspend", "ROUND", "--reason", "strømsvigt", lang="da").err
    assert "Fristen (2026-03-09 13:00 CET) løber imens." in outage
    assert "round resume lillevig-2026 --closes" in clerk.run("round", "dates", "ROUND", *later, code=4).err
    wrong = clerk.run("round", "resume", "ROUND", "--closes", "2026-03-08 13:00", code=4, lang="da").err
    assert re.findall(r"\[(STA-\d+)\]", wrong) == ["STA-003", "STA-004", "STA-060"]
    assert "fristen er 2026-03-09 13:00 CET og kan kun flyttes til senere" in wrong
    village.wait(days=7)
    people = ("--second", "bo", "--reason", "strømsvigt i to dage")
    assert "[STA-091]" in clerk.run("round", "resume", "ROUND", "--closes", "2026-03-09 14:00", *people, code=4).err
    clerk.run("round", "resume", "ROUND", *later, *people, "--dry-run")
    assert village.round().closes == closes
    said = clerk.run("round", "resume", "ROUND", *later, *people, lang="da").err
    assert "Fristen er forlænget fra 2026-03-09 13:00 CET til 2026-03-11 13:00 CET." in said
    village.whole()
    assert village.cast("v001", ["2"]).standing == "cast"
    shown = clerk.run("round", "show", "ROUND", lang="da").out
    assert "2026-03-11 13:00 CET (forlænget fra 2026-03-09 13:00 CET)" in shown
    assert "genoptaget: frist 2026-03-11 13:00 CET" in clerk.run("round", "log", "ROUND", lang="da").out
    village.wait(days=2)
    village.move("close")
    village.seal()
    village.tally()
    village.whole()
    clerk.run("round", "print", "ROUND", "protocol", "--out", "p.html", lang="da")
    minutes = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "11. marts 2026 kl. 13.00; forlænget fra 9. marts 2026 kl. 13.00: strømsvigt i to dage" in minutes
    clerk.run("result", "page", "ROUND", "--out", "r.txt", lang="da")
    page = (tmp_path / "r.txt").read_text(encoding="utf-8")
    assert "fristen blev forlænget fra 9. marts 2026 kl. 13.00" in " ".join(page.split())
    clerk.run("audit", "bundle", "ROUND", "--out", "r.bba")
    clerk.run("audit", "verify", "r.bba", code=None)
    assert "FAIL" not in clerk.said[-1].out + clerk.said[-1].err


def test_whoever_goes_on_after_the_deadline_is_told_that_it_has_passed(clerk: Clerk) -> None:
    village = clerk.village.play("open")
    clerk.run("round", "suspend", "ROUND", "--reason", "strømsvigt")
    village.wait(days=7)
    said = clerk.run("round", "resume", "ROUND", lang="da").err
    assert "er udløbet: en seddel, der kommer nu, er for sen" in said
    assert "--closes" in said
    village.whole()
    assert village.round().extended == ()


# after a purge


def test_copies_of_other_rounds_in_which_deleted_people_stand_are_named_with_what_to_do(
    clerk: Clerk, tmp_path: Path
) -> None:
    village = clerk.village.play("final")
    folder = tmp_path / "borgerbudget-backups"
    clerk.run("round", "new", "naeste", "--area", "lillevig", "--title", "Næste år")
    clerk.run("round", "call", "naeste")
    clerk.run("round", "new", "aflyst", "--area", "lillevig", "--title", "En anden")
    clerk.run("round", "cancel", "aflyst", "--reason", "x", "--yes")
    village.move("archive", reason="prøve")
    clerk.run("backup", str(tmp_path / "min.db"))
    own = sorted(path for path in folder.glob(f"{ROUND}_*.db"))
    going, over = (next(folder.glob(f"{name}_*.db")) for name in ("naeste", "aflyst"))
    purged = clerk.run("privacy", "purge", "ROUND", "--second", "bo", "--yes", lang="da").err
    assert f"  {over}\n" in purged
    assert (
        f"har ingen nyere kopi. Lav en (borgerbudget backup FIL), og destruér så også dem:\n  {going}   (naeste)"
        in purged
    )
    health = clerk.run("doctor", lang="da", code=None).out
    assert re.search(
        rf"pas på +{ROUND}: de slettede personer står endnu i kopier af databasen: {len(own) + 3} ", health
    )
    assert f"borgerbudget privacy report {ROUND}" in health
    told = json.loads(clerk.run("privacy", "report", "ROUND", "--json").out)
    assert told["needed_by"] == {str(going): "naeste"}
    assert set(told["files"]) == {str(path) for path in (*own, going, over, tmp_path / "min.db")}
    before = going.read_bytes()
    clerk.run("backup", str(tmp_path / "ny.db"))
    after = clerk.run("privacy", "report", "ROUND", lang="da").out
    assert "Lav en" not in after
    assert f"  {going}\n" in after
    assert "ny.db" not in after
    assert going.read_bytes() == before
    for path in (*own, going, over, tmp_path / "min.db"):
        path.unlink()
    health = clerk.run("doctor", lang="da").out
    assert "slettede personer" not in health
    assert "naeste: der er en nyere kopi" in health
    assert "er der ikke" not in health
    assert "kopier" not in clerk.run("privacy", "report", "ROUND", lang="da").out


# what was decided


def test_what_was_decided_about_a_proposal_is_said(clerk: Clerk) -> None:
    clerk.village.start()
    said = [
        clerk.run("proposal", "vet", "ROUND", *words, lang="da").err
        for words in (["p1", "--reject", "--reason", "x"], ["p2", "--reject", "--merged-into", "p3", "--reason", "x"],
                      ["p1", "--accept"])
    ]  # fmt: skip
    assert said == [
        'Forslaget "p1": afvist.\n', 'Forslaget "p2": lagt sammen med et andet.\n', 'Forslaget "p1": godkendt.\n',
    ]  # fmt: skip


def test_a_terminal_in_a_hall_where_nobody_votes_with_a_code_asks_nobody(clerk: Clerk) -> None:
    clerk.village.start(channels="meeting", secrecy="open", eligibility="attendance")
    clerk.village.move("freeze", second="bo")
    clerk.village.wait(days=2)
    clerk.village.move("open")
    said = clerk.run("ballot", "cast", "ROUND", "--kiosk", typed="x\n", code=4, lang="da").err
    assert "[RND-028]" in said
    assert "Din kode" not in said
