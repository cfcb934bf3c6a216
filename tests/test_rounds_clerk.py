"""What a clerk meets at the command line: questions that come when they should, refusals that name a step that works."""

from __future__ import annotations

import os
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
from borgerbudget.store.database import open_database, reading
from tests.clerks import Clerk
from tests.villages import ROUND, Village

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
    said = clerk.run("round", "freeze", "ROUND", "--second", "bo", typed=f"{answer}\n", code=130)
    assert said.err.endswith("Nothing was done.\n")
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
    refused = clerk.run("round", "lot", "ROUND", "--dice", "4261534", "--witness", "Anna And", typed="n\n", code=130)
    assert "7 dice, in this order: 4 2 6 1 5 3 4. Witnesses: Anna And." in refused.err
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
    "FILE.csv": "nye.csv", "NY-RUNDE": "omvalg", "NEW-ROUND": "omvalg", "DIGITS": "4261534",
}  # fmt: skip


def named(words: str) -> list[list[str]]:
    """The commands in a sentence, with values for what they leave open."""
    found = re.findall(r"borgerbudget ([a-z]+ .*?)(?= eller | or |; | \[[A-Z]|$)", words, re.M)
    return [[WORDS.get(word, word) for word in shlex.split(one)] for one in found]


def unasked(words: list[str]) -> list[str]:
    """``tally`` is the one that never asks."""
    return [] if words[0] == "tally" else ["--yes"]


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
        clerk.run(*shlex.split(line), "--dry-run", *unasked(shlex.split(line)), code=None)
        said = clerk.said[-1]
        assert said.code in (0, 2, 4, 6), (line, said)
        if "[STA-001]" not in said.err and "[STA-006]" not in said.err:
            continue
        steps = named(said.err)
        assert steps, said.err
        for step in steps:
            words = shlex.join(step)
            if words not in tried:
                tried[words] = clerk.run(*step, "--dry-run", *unasked(step), code=None).err
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
        ('round dates ROUND --closes "2026-03-01 08:00"', "STA-091"),
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


# reading a stored round


def test_the_page_of_a_rounds_rules_never_shows_what_was_voted(clerk: Clerk) -> None:
    clerk.village.start()
    before = clerk.run("rules", "explain", "ROUND", lang="da").out
    assert "Forslag p1" in before or "p1" in before
    assert "   når nogen stemmer to gange: den første gælder\n" in before
    assert "   der stemmes: fra 2026-03-02 13:00 CET til 2026-03-09 13:00 CET\n" in before
    clerk.village.move("freeze", second="bo")
    clerk.village.issue()
    clerk.village.wait(days=2)
    clerk.village.move("open")
    for voter in ("v000", "v001", "v002"):
        clerk.village.cast(voter, ["4"])
    frozen = f"   låst med fingeraftrykket: {clerk.village.round().chain[-1].freeze_hash}\n"
    assert clerk.run("rules", "explain", "ROUND", lang="da").out.replace(frozen, "") == before
    assert clerk.run("rules", "explain", "greedy").out, "a plan's name is still a plan"


def test_a_round_without_rules_says_what_is_missing_for_its_page(clerk: Clerk) -> None:
    clerk.village.start(plan="", leftover="")
    assert "[STA-010]" in clerk.run("rules", "explain", "ROUND", code=4).err


def test_a_stored_round_is_explained_once_it_is_counted(clerk: Clerk) -> None:
    clerk.village.play("closed")
    assert "round seal" in clerk.run("explain", "ROUND", "p1", code=4).err
    clerk.village.seal()
    clerk.village.tally()
    one = clerk.run("explain", "ROUND", "p4").out
    assert one.strip() in clerk.run("explain", "ROUND").out
    assert "RND-005" in clerk.run("explain", "ROUND", "p9", code=2).err
    assert "RND-044" in clerk.run("explain", "ROUND", "p1", "--plan", "greedy", code=2).err


@pytest.mark.parametrize("path", sorted((ROOT / "examples" / "plans").glob("*.toml")), ids=lambda path: path.stem)
def test_a_plan_file_becomes_the_policies_of_a_round(path: Path) -> None:
    """Every example's plan, made from its round's file and made from policies, is the same plan."""
    from borgerbudget import read_round
    from borgerbudget.rounds.policies import read_policies
    from tallies.plan_file import read_plan_file
    from tallies.planning import make_plan
    from tallies.stored_round import policies_of_plan, settings_of

    file = read_plan_file(path)
    election = read_round(ROOT / "examples" / f"{path.stem}-2026.pb").election
    policies = read_policies(policies_of_plan(file))
    ties = policies["ties"].split(",") if "ties" in policies else ["cheapest", "most-votes", "refuse"]
    asked = make_plan(file.plan, election, file.settings(), file.ties or ties)
    kept = settings_of(policies)
    if "leftover" in policies:
        kept["leftover"] = policies["leftover"]
    assert make_plan(policies["plan"], election, kept, ties) == asked


def test_constraints_reach_the_frozen_plan(clerk: Clerk, tmp_path: Path) -> None:
    clerk.village.start()
    path = tmp_path / "plan.toml"
    path.write_text(
        'plan = "greedy"\nties = ["lot"]\ncap = 90000\nleftover = "return"\n'
        '[[constraint]]\nkind = "one-of"\nname = "én legeplads"\nproposals = ["p1", "p2"]\n',
        encoding="utf-8",
    )
    clerk.run("rules", "set", "ROUND", "--plan-file", str(path))
    assert "én legeplads" in clerk.run("rules", "explain", "ROUND").out
    clerk.run("round", "freeze", "ROUND", "--second", "bo", "--yes")
    frozen = clerk.village.round().frozen
    assert frozen is not None
    assert '"kind":"one-of","name":"én legeplads","proposals":["p1","p2"]' in frozen[0].decode()
    assert "RND-011" in clerk.run("rules", "set", "ROUND", "plan.constraints=x", code=2).err


def test_the_list_of_proposals_tells_number_money_and_status(clerk: Clerk) -> None:
    clerk.village.start()
    clerk.run("proposal", "vet", "ROUND", "p2", "--reject", "--reason", "x")
    said = clerk.run("proposal", "list", "ROUND", lang="da").out
    assert re.search(r"^ +1  p1  +godkendt +40\.000 kr\.  Forslag p1$", said, re.M)
    assert re.search(r"^ +-  p2  +afvist +35\.000 kr\.  Forslag p2$", said, re.M)
    assert '"status":"rejected"' in clerk.run("proposal", "list", "ROUND", "--json").out


def test_rounds_are_evaluated_side_by_side_once_they_are_counted(clerk: Clerk) -> None:
    clerk.village.play("closed", double_vote="last")
    assert "RND-040" in clerk.run("round", "evaluate", "ROUND", code=4).err
    clerk.village.seal()
    clerk.village.tally()
    said = clerk.run("round", "evaluate", "ROUND", lang="da").out
    figures = dict(re.split(r"  +", line.strip(), maxsplit=1) for line in said.splitlines()[1:])
    assert figures["Har stemt"] == "8"
    assert figures["Kunne stemme"] == "12"
    assert figures["Deltagelse"] == "66,7 %"
    assert figures["heraf blanke"] == "1"
    assert figures["Har stemt med kode"] == "8"
    # p1 (4 votes) and p3 (5) are funded, then p4 (2); of seven with a mark all have one of these
    assert figures["Fik noget, de stemte på"] == "100,0 %"
    assert figures["Dage fra åbning til optælling"] == "8"
    clerk.village.move("publish")
    clerk.village.confirm()
    clerk.village.wait(days=9)
    clerk.village.move("finalise", second="bo")
    clerk.village.move("archive", reason="prøve")
    clerk.run("privacy", "purge", "ROUND", "--second", "bo", "--yes")
    after = clerk.run("round", "evaluate", "ROUND", "--json").out
    assert '"turnout":"2/3"' in after
    assert '"by_channel":null' in after


def test_a_shell_is_offered_rounds_and_their_proposals(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk.village.start()

    def offered(line: str, last: str) -> list[str]:
        monkeypatch.setenv("_BORGERBUDGET_COMPLETE", "complete_zsh")
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", f"{line} {last}")
        done = subprocess.run(
            [sys.executable, "-c", "import cli; cli.main()"],
            env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return re.findall(r'"([^"]+)"', done.stdout)

    assert offered("borgerbudget round show", "li") == [ROUND]
    assert offered(f"borgerbudget proposal amend {ROUND}", "p") == ["p1", "p2", "p3", "p4"]
    monkeypatch.setenv("BORGERBUDGET_DB", "missing.db")
    assert offered("borgerbudget round show", "li") == []


def test_the_doctor_names_what_is_wrong_and_how_it_is_mended(clerk: Clerk, tmp_path: Path) -> None:
    clerk.village.play("ready")
    key = tmp_path / "borgerbudget.key"
    key.chmod(0o600)
    Path(clerk.village.address).chmod(0o600)
    well = clerk.run("doctor").out
    assert set(re.findall(r"^(\w+)", well, re.M)) == {"ok"}
    copy = next((tmp_path / "borgerbudget-backups").iterdir())
    copy.write_bytes(copy.read_bytes() + b"x")
    key.chmod(0o644)
    with reading(clerk.village.engine) as connection:
        connection.exec_driver_sql("UPDATE roll SET area = 'x' WHERE id = 'v001'")
        connection.commit()
    clerk.village.wait(days=-3)
    ill = clerk.run("doctor", code=1, lang="da").out
    assert re.search(r"^FEJL .*ændret uden om programmet, steder: 1 -> borgerbudget round verify", ill, re.M)
    assert re.search(r"^FEJL .*uret går efter", ill, re.M)
    assert re.search(r"^pas på .*nøglen .* -> chmod 600", ill, re.M)
    assert re.search(r"^pas på .*sikkerhedskopi .* -> lav en ny", ill, re.M)
    key.unlink()
    assert re.search("^FEJL +nøglefilen", clerk.run("doctor", code=1, lang="da").out, re.M)


def test_a_copy_that_cannot_be_noted_is_not_made(clerk: Clerk, tmp_path: Path) -> None:
    clerk.village.start()
    (tmp_path / "borgerbudget-backups").write_text("en fil", encoding="utf-8")
    told = clerk.run("backup", "kopi.db", code=1, lang="da").err
    assert len(told.splitlines()) == 1
    assert "[FI-006]" in told
    assert not (tmp_path / "kopi.db").exists()


def test_the_privacy_report_tells_what_a_copy_shows_now(clerk: Clerk) -> None:
    clerk.village.play("open")
    clerk.village.cast("v000", ["1"])
    now = clerk.run("privacy", "report", "ROUND").out
    assert "12 ids on the roll (no names)" in now
    assert "1 ballot in envelopes" in now
    assert "whose envelope a ballot lies in" in now
    clerk.village.move("close", reason="alle har stemt")
    clerk.village.seal()
    sealed = clerk.run("privacy", "report", "ROUND").out
    assert "1 ballot without a link to anybody" in sealed
    assert "with nothing in common" in sealed
    assert "365 days after the result is final" in sealed
    assert "koder.csv" in sealed
    clerk.village.move("cancel", reason="x")
    clerk.run("privacy", "purge", "ROUND", "--second", "bo", "--yes")
    assert "no people" in clerk.run("privacy", "report", "ROUND").out


def test_a_roll_that_is_complete_changes_only_with_a_reason(clerk: Clerk) -> None:
    clerk.village.start()
    clerk.run("roll", "freeze", "ROUND")
    assert "Unchanged" in clerk.run("roll", "freeze", "ROUND").err
    assert "STA-003" in clerk.run("roll", "add", "ROUND", "v100", code=4).err
    clerk.run("roll", "add", "ROUND", "v100", "--reason", "glemt")
    assert "the roll is complete" in clerk.run("round", "log", "ROUND").out
    clerk.village.whole()


def test_who_only_does_what_is_named_comes_from_freezing_to_a_purged_archive(clerk: Clerk) -> None:
    """The next step as it stands; when it is refused, what the first refusal names, or waiting where it says so."""
    village = clerk.village
    village.start(ties="lot")
    states, stuck = [], 0
    for _ in range(60):
        round = village.round()
        if round.happened("purged"):
            break
        states.append(round.state)
        if round.state == "open" and not round.tally.voters:
            codes = Path("nye.csv").read_text("utf-8-sig").split()[1:]
            for line, choice in zip(codes, ["1", "2", "3"], strict=False):
                clerk.run("ballot", "cast", "ROUND", choice, "--code", line.split(";")[1])
        if round.state == "provisional" and not round.appeals:
            clerk.run("appeal", "add", "ROUND", "Min seddel blev ikke talt")
        if round.state == "final" and round.happened("awarded") is None:
            funded = next(iter(round.decision.amounts))  # type: ignore[union-attr]
            WORDS.update(FORSLAG=funded, PROPOSAL=funded)
        (step,) = named(next_step(round).en)
        said = clerk.run(*step, *unasked(step), code=None)
        if said.code == 0:
            stuck = 0
            continue
        stuck += 1
        assert stuck < 12, said.err
        first = said.err.splitlines()[0]
        if "-> wait" in first:
            village.wait(days=400 if "STA-053" in first else 1)
        elif "[STA-051]" in first:
            clerk.run("appeal", "decide", "ROUND", "1", "--uphold", "--grounds", "det er rigtigt")
        else:
            mend = first.partition("-> ")[2].replace("count again: ", "").partition(" (or")[0]
            (words,) = named(mend.partition("; or ")[0])
            clerk.run(*words, *unasked(words))
            stuck = 0
    assert village.round().happened("purged")
    assert list(dict.fromkeys(states)) == [
        "draft",
        "ready",
        "open",
        "closed",
        "counted",
        "provisional",
        "final",
        "archived",
    ]
    assert [event.type for event in village.round().chain].count("recounted") == 1
    village.whole()
