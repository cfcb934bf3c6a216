"""What a clerk meets at the command line: questions that come when they should, refusals that name a step that works."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from borgerbudget.rounds.ways import COMMANDS, next_step, ways_to
from borgerbudget.states import MOVES, STATES
from borgerbudget.store.database import open_database
from tests.clerks import Clerk
from tests.villages import Village

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def clerk(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    monkeypatch.chdir(tmp_path)
    shutil.copy(empty_database, tmp_path / "borgerbudget.db")
    engine = open_database(str(tmp_path / "borgerbudget.db"))
    yield Clerk(Village(engine, str(tmp_path / "borgerbudget.db")), monkeypatch)
    engine.dispose()


@pytest.mark.parametrize("answer", ["j", "JA", "y", "yes", "måske\nja"])
def test_a_yes_in_either_language_is_a_yes(clerk: Clerk, answer: str) -> None:
    clerk.village.start()
    said = clerk.run("round", "freeze", "ROUND", "--second", "bo", typed=f"{answer}\n", lang="da")
    assert "[j/N]" in said.err
    assert clerk.village.round().state == "ready"


@pytest.mark.parametrize("answer", ["", "n", "nej", "No"])
def test_anything_short_of_a_yes_changes_nothing(clerk: Clerk, answer: str) -> None:
    clerk.village.start()
    clerk.run("round", "freeze", "ROUND", "--second", "bo", typed=f"{answer}\n", code=130)
    assert clerk.village.round().state == "draft"


def test_nobody_is_asked_about_what_is_then_refused(clerk: Clerk) -> None:
    clerk.village.start()
    for words in (["round", "freeze"], ["round", "open"], ["round", "seal"], ["round", "finalise"], ["privacy", "purge"],
                  ["ballot", "cast"]):  # fmt: skip
        said = clerk.run(*words, "ROUND", code=4)
        assert "[y/N]" not in said.err, words
        assert "Code:" not in said.err, words


def test_at_a_meeting_the_voter_is_asked_for_and_no_code(clerk: Clerk) -> None:
    clerk.village.start(channels="meeting", secrecy="open", eligibility="attendance")
    clerk.village.move("freeze", second="bo")
    clerk.village.wait(days=2)
    clerk.village.move("open")
    clerk.run("roll", "add", "ROUND", "a1")
    said = clerk.run("ballot", "cast", "ROUND", "1", typed="a1\n")
    assert "Voter on the attendance list" in said.err
    assert clerk.village.round().tally.voters == 1


def test_a_lot_is_repeated_and_confirmed_before_it_is_written_down(clerk: Clerk, tmp_path: Path) -> None:
    clerk.village.play("sealed")
    refused = clerk.run("round", "lot", "ROUND", "--dice", "4261538", "--witness", "Anna And", typed="n\n", code=130)
    assert "7 dice, in this order: 4 2 6 1 5 3 8. Witnesses: Anna And." in refused.err
    assert clerk.village.round().happened("lot-drawn") is None
    order = tmp_path / "order.txt"
    order.write_text("p3\np1\np4\np2\n", encoding="utf-8")
    said = clerk.run("round", "lot", "ROUND", "--order", str(order), "--witness", "Bo", typed="y\n")
    assert "1. p3  Forslag p3" in said.err
    drawn = clerk.village.round().happened("lot-drawn")
    assert drawn is not None
    assert drawn.payload["order"] == ["p3", "p1", "p4", "p2"]
    again = clerk.run("round", "lot", "ROUND", "--dice", "666666", code=4)
    assert "STA-039" in again.err
    assert "[y/N]" not in again.err


def test_purging_takes_two_people_and_names_every_file(clerk: Clerk, tmp_path: Path) -> None:
    clerk.village.play("ready")
    clerk.run("codes", "issue", "ROUND", "--out", str(tmp_path / "breve.csv"))
    clerk.run("backup", str(tmp_path / "min-kopi.db"))
    clerk.run("round", "cancel", "ROUND", "--reason", "for få", "--yes")
    assert "STA-004" in clerk.run("privacy", "purge", "ROUND", code=4).err
    (tmp_path / "breve.csv").unlink()
    said = clerk.run("privacy", "purge", "ROUND", "--second", "bo", typed="ja\n", lang="da").err
    assert re.search(r"/min-kopi\.db$", said, re.M)
    assert re.search(r"/breve\.csv   \(ligger ikke her længere\)$", said, re.M)
    assert re.search(r"_draft-to-ready_\d{8}T\d{6}Z\.db$", said, re.M)


# what refusals name

WORDS = {
    "NAVN": "bo", "NAME": "bo", "GRUND": "fordi", "WHY": "fordi", "SAG": "punkt 4", "CASE": "punkt 4", "VÆLGER": "v001",
    "VOTER": "v001", "FORSLAG": "p1", "PROPOSAL": "p1", "BELØB": "100", "AMOUNT": "100", "FIL.csv": "nye.csv",
    "FILE.csv": "nye.csv", "NY-RUNDE": "omvalg", "NEW-ROUND": "omvalg",
}  # fmt: skip


def named(words: str) -> list[list[str]]:
    """The commands in a sentence, with values for what they leave open."""
    found = re.findall(r"borgerbudget ([a-z]+ .*?)(?= eller | or |; | \[[A-Z]|$)", words, re.M)
    return [[WORDS.get(word, word) for word in shlex.split(one)] for one in found]


@pytest.mark.parametrize("state", STATES)
def test_a_way_begins_where_the_round_is_and_is_shorter_by_its_first_step(state: str) -> None:
    def at(where: str) -> SimpleNamespace:
        return SimpleNamespace(id="lv", state=where, sealed=True, happened=lambda kind: None)

    def steps(where: str, goal: str) -> int | None:
        """How many commands it takes by the table of moves."""
        reached, count = {where}, 0
        while goal not in reached:
            more = {target for sources, target in MOVES.values() for source in sources if source in reached} - reached
            if not more:
                return None
            reached, count = reached | more, count + 1
        return count

    events = {text.fill(round="lv").en: kind for kind, text in COMMANDS.items()}
    for goal in STATES:
        found = ways_to(at(state), [goal])  # type: ignore[arg-type]
        length = steps(state, goal)
        assert bool(found) == (length is not None and length > 0), (state, goal)
        for way in found:
            sources, target = MOVES[events[way.en]]
            assert state in sources
            assert steps(target, goal) == length - 1  # type: ignore[operator]
    assert next_step(at(state)).en.startswith("borgerbudget ")  # type: ignore[arg-type]


ANYTIME = (
    "round call ROUND", "round vet ROUND", "round freeze ROUND --second bo", "round thaw ROUND --reason x",
    "round open ROUND", "round suspend ROUND --reason x", "round resume ROUND", "round close ROUND --reason x",
    "round seal ROUND", "round lot ROUND --dice 123456", "round recount ROUND --reason x", "round publish ROUND",
    "round finalise ROUND --second bo", "round archive ROUND --reason x", "round cancel ROUND --reason x",
    "round annul ROUND --second bo --reason x", "round rerun ROUND --as omvalg", "tally ROUND",
    "rules set ROUND ties=lot", "round pool ROUND --source Fond --amount 100 --reason x",
    'round dates ROUND --closes "2027-01-01 12:00"', "proposal add ROUND ny --title Ny --cost 100",
    "proposal amend ROUND p1 --cost 100", "proposal vet ROUND p1 --reject --reason x", "proposal number ROUND",
    "proposal withdraw ROUND p1 --reason x", "roll add ROUND nye --reason x", "roll strike ROUND v001 --reason x",
    "codes issue ROUND --out k.csv", "codes reissue ROUND v001 --out k.csv --reason x", "codes void ROUND v001 --reason x",
    "ballot cast ROUND 1 --code AAAAA-AAAAA-A", "appeal add ROUND klage", "appeal decide ROUND 1 --reject --grounds nej",
    "decide confirm ROUND --reference x", "award ROUND p1 --amount 100 --reference x", "privacy purge ROUND --second bo",
)  # fmt: skip


@pytest.mark.parametrize("state", ["draft", "ready", "open", "closed", "provisional", "annulled"])
def test_whatever_is_tried_in_a_state_is_done_or_names_a_step_that_can_be_taken(clerk: Clerk, state: str) -> None:
    village = clerk.village
    if state == "draft":
        village.start()
    elif state == "annulled":
        village.play("counted")
        village.move("annul", second="bo", reason="x")
    else:
        village.play(state)
    tried: dict[str, str] = {}
    for line in ANYTIME:
        clerk.run(*shlex.split(line), "--dry-run", "--yes", code=None)
        said = clerk.said[-1]
        assert said.code in (0, 2, 4, 6), (line, said)
        if "[STA-001]" not in said.err and "[STA-006]" not in said.err:
            continue
        steps = named(said.err)
        assert steps, said.err
        for step in steps:
            words = shlex.join(step)
            if words not in tried:
                tried[words] = clerk.run(*step, "--dry-run", "--yes", code=None).err
            assert "[STA-001]" not in tried[words], (line, words, tried[words])
            assert "[STA-006]" not in tried[words], (line, words, tried[words])
            assert "[ASK-001]" not in tried[words], (line, words, tried[words])
    assert tried


def test_doing_what_check_names_one_thing_after_another_leads_to_a_frozen_round(clerk: Clerk) -> None:
    clerk.run("area", "add", "lillevig", "--name", "Lillevig")
    clerk.run("round", "new", "ROUND", "--area", "lillevig")
    values = {
        "eligibility": "residents", "secrecy": "pseudonymous", "ballot": "approval", "plan": "greedy", "ties": "lot",
        "leftover": "return", "double_vote": "first", "withdrawal": "keep-votes",
    }  # fmt: skip
    opens, closes = (f"{clerk.village.now + timedelta(days=days):%Y-%m-%d %H:%M}" for days in (1, 8))
    seen: list[str] = []
    for _ in range(30):
        refused = clerk.run("round", "freeze", "ROUND", "--yes", code=None)
        if refused.code == 0:
            break
        first = refused.err.splitlines()[0]
        assert first not in seen, "the step that was named did not mend it"
        seen.append(first)
        if "[STA-004]" in first:
            clerk.run("round", "freeze", "ROUND", "--second", "bo", "--yes")
            break
        command = first.partition("-> borgerbudget ")[2].partition("  ")[0].partition(", and")[0].partition(", or")[0]
        words = [WORDS.get(word, word) for word in shlex.split(command.partition(" [")[0])]
        key = next((word for word in words if word.endswith("=...")), None)
        if key:
            words[words.index(key)] = key.replace("...", values[key.removesuffix("=...")])
        if words[:2] == ["round", "dates"]:
            words = ["round", "dates", "ROUND", "--opens", opens, "--closes", closes]
        if words[:2] == ["proposal", "add"]:
            clerk.run("proposal", "add", "ROUND", "p1", "--title", "Badebro", "--cost", "1000")
            words = ["proposal", "vet", "ROUND", "p1", "--accept"]
        if words[:2] == ["roll", "add"]:
            words = ["roll", "add", "ROUND", "v001"]
        clerk.run(*words)
    assert clerk.village.round().state == "ready"
    assert len(seen) > 10


# what is said early, once, and to whom it matters


def test_turnout_is_of_those_whose_ballots_can_count(clerk: Clerk) -> None:
    village = clerk.village
    village.play("open", double_vote="last")
    for voter in ("v000", "v001", "v002", "v003"):
        village.cast(voter, ["1"])
    village.cast("v000", ["2"])
    told = clerk.run("codes", "reissue", "ROUND", "v001", "--out", "ny.csv", "--reason", "tabt").err
    assert '"v001" had voted with the old code' in told
    assert "had voted" in clerk.run("codes", "void", "ROUND", "v002", "--reason", "stjålet").err
    assert "had voted" in clerk.run("roll", "strike", "ROUND", "v003", "--reason", "flyttet").err
    assert "had voted" not in clerk.run("codes", "void", "ROUND", "v004", "--reason", "stjålet").err
    village.wait(days=8)
    village.cast("v005", ["1"])
    assert village.round().tally.voters == 1
    village.whole()


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("roll add ROUND V001 --reason x", "RND-049"),
        ("roll add ROUND ny NY", "RND-049"),
        ("proposal add ROUND P1 --title x --cost 1", "RND-049"),
        ("area add Lillevig --name x", "RND-049"),
        ("round new Lillevig-2026 --area lillevig", "RND-049"),
        ("rules set ROUND plan=equal-shares/add9", "PLN-001"),
        ("rules set ROUND plan.farve=1", "PLN-002"),
        ("rules set ROUND ties=lotto", "PLN-005"),
        ('round dates ROUND --closes "2026-03-01 08:00"', "STA-024"),
        ('round dates ROUND --opens "2027-03-01 08:00"', "STA-024"),
        ("rules set ROUND min_turnout=mange", "RND-011"),
    ],
)
def test_what_can_never_be_right_is_refused_when_it_is_said(clerk: Clerk, words: str, problem: str) -> None:
    clerk.village.start()
    said = clerk.run(*shlex.split(words), code=2)
    assert f"[{problem}]" in said.err
    clerk.village.whole()


def test_rules_that_do_not_go_together_are_told_when_they_are_set(clerk: Clerk) -> None:
    clerk.village.start()
    said = clerk.run("rules", "set", "ROUND", "plan=phragmen", "ballot=points")
    assert "warning: " in said.err
    assert "[PLN-004]" in said.err
    assert "warning" not in clerk.run("rules", "set", "ROUND", "ballot=approval").err


def test_what_stands_by_default_is_told_before_freezing(clerk: Clerk) -> None:
    clerk.village.start()
    said = clerk.run("round", "check", "ROUND").err
    assert "tier=totals   (how much the audit bundle shows: totals only)" in said
    assert "ties=" not in said


def test_a_number_is_shown_only_beside_what_stands_on_the_ballot(clerk: Clerk) -> None:
    clerk.village.start()
    clerk.run("proposal", "vet", "ROUND", "p2", "--reject", "--reason", "x")
    clerk.run("proposal", "number", "ROUND")
    shown = re.findall(r"^ +([0-9-]+) (p[0-9]) ", clerk.run("round", "show", "ROUND").out, re.M)
    assert shown == [("1", "p1"), ("-", "p2"), ("2", "p3"), ("3", "p4")]


def test_files_that_are_never_overwritten_name_no_option_that_would(clerk: Clerk, tmp_path: Path) -> None:
    clerk.village.play("ready")
    (tmp_path / "there.csv").write_text("x")
    for words in ("codes issue ROUND --out there.csv", "codes reissue ROUND v001 --out there.csv", "backup there.csv"):
        said = clerk.run(*words.split(), code=2)
        assert "--force" not in said.err
        assert "[FI-013]" in said.err


def test_an_interrupt_while_the_program_loads_is_no_traceback() -> None:
    code = "import borgerbudget.interrupt; raise KeyboardInterrupt"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stderr == ""
    lines = (ROOT / "cli.py").read_text(encoding="utf-8").splitlines()
    imports = [line for line in lines if line.startswith(("import ", "from ")) and "__future__" not in line]
    slow = next(i for i, line in enumerate(imports) if "typer" in line)
    assert any("borgerbudget.interrupt" in line for line in imports[:slow])
