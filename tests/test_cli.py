"""The real command, from outside: what it prints where, and its exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LILLEVIG = "examples/lillevig-2026.pb"
TIED = "examples/aaby-uafgjort-2026.pb"


def run(*words: object, env: dict[str, str] | None = None, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import cli; cli.main()", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), **(env or {})},
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def one_sentence(done: subprocess.CompletedProcess[str]) -> None:
    """Words for a person on stderr, no traceback."""
    assert "Traceback" not in done.stderr + done.stdout
    assert done.stderr.strip()


def test_a_count_for_people() -> None:
    done = run("tally", LILLEVIG, "--lang", "da")
    assert done.returncode == 0
    assert done.stderr.startswith("Filen angiver selv reglen equalshares/add1; her er talt med greedy.")
    assert "Multibane bag skolen" in done.stdout
    assert "78.500 kr." in done.stdout


def test_json_is_one_canonical_document_with_everything() -> None:
    done = run("tally", LILLEVIG, "--json", "--plan", "equal-shares/add1u")
    document = json.loads(done.stdout)
    assert done.stdout.count("\n") == 1
    assert sorted(document) == [
        *("ballots", "currency", "diagnostics", "endowment", "funded", "input_sha256", "minor_units"),
        *("not_funded", "plan", "pool", "schema", "spent", "ties"),
    ]
    assert document["schema"] == "borgerbudget.outcome/1"
    assert document["spent"] == sum(award["amount"] for award in document["funded"]) <= document["pool"]
    assert list(document) == sorted(document)


def test_the_same_bytes_under_every_hash_seed_and_locale() -> None:
    command = ("tally", LILLEVIG, "--json", "--plan", "equal-shares/add1eu")
    answers = {
        run(*command, env={"PYTHONHASHSEED": seed, "LC_ALL": where}).stdout
        for seed in ("0", "1", "4711")
        for where in ("C", "da_DK.UTF-8", "tr_TR.UTF-8")
    }
    assert len(answers) == 1


def test_the_trace_is_written_and_nothing_else(tmp_path: Path) -> None:
    trace = tmp_path / "trace.jsonl"
    assert run("tally", LILLEVIG, "--trace", trace).returncode == 0
    lines = [json.loads(line) for line in trace.read_text("utf-8").splitlines()]
    assert [line["kind"] for line in lines[:2]] == ["header", "funded"]
    assert [line["step"] for line in lines[1:]] == list(range(1, len(lines)))
    assert list(tmp_path.iterdir()) == [trace]


def test_a_trace_never_takes_the_place_of_another_file(tmp_path: Path) -> None:
    mine = tmp_path / "round.pb"
    mine.write_bytes((ROOT / LILLEVIG).read_bytes())
    done = run("tally", mine, "--trace", mine)
    assert done.returncode == 2
    assert "[TRC-001]" in done.stderr
    assert mine.read_bytes() == (ROOT / LILLEVIG).read_bytes()
    trace = tmp_path / "trace.jsonl"
    assert run("tally", mine, "--trace", trace).returncode == 0
    assert run("tally", mine, "--trace", trace, "--plan", "phragmen").returncode == 0  # an older trace may go


def test_a_trace_is_written_into_a_pipe_and_never_over_a_device(tmp_path: Path) -> None:
    command = f"{sys.executable} -c 'import cli; cli.main()' tally {LILLEVIG} --json --trace /dev/stderr"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert '{"ballots"' in done.stderr
    assert Path("/dev/stderr").exists()


def test_dice_name_the_file_they_are_thrown_for() -> None:
    done = run("tally", TIED, "--lot-dice", "426153", "--json")
    assert json.loads(done.stdout)["input_sha256"] in done.stderr


def test_settings_stand_below_the_result() -> None:
    shown = run("tally", LILLEVIG, "--set", "threshold=25", "--plan", "equal-shares/add1").stdout
    assert "plan: equal-shares/add1, threshold=25, utility=cost, start=integral, increment=1" in shown


def test_a_draw_may_have_blank_lines_and_spaces(tmp_path: Path) -> None:
    order = tmp_path / "draw.txt"
    order.write_text(" gadespejl \n\nfodboldmål\ndrivhus\nbogskab\n\n", "utf-8")
    assert run("tally", TIED, "--lot-order", order).returncode == 0


def test_the_version_is_shown() -> None:
    assert run("--version").stdout.startswith("borgerbudget ")


def test_points_are_called_points() -> None:
    assert "point" in run("tally", "examples/kirkelund-kugler-2026.pb", "--lang", "da").stdout


def test_what_is_no_folder_name_is_not_made_a_folder(tmp_path: Path) -> None:
    done = run("convert", LILLEVIG, tmp_path / "round.csv")
    assert done.returncode == 2
    assert "[FI-004]" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_tie_that_matters_is_exit_6_and_says_what_to_do(tmp_path: Path) -> None:
    done = run("tally", TIED, "--json")
    assert done.returncode == 6
    assert json.loads(done.stdout) == {
        "schema": "borgerbudget.tie/1",
        "step": 2,
        "tied": ["drivhus", "fodboldmål"],
        "reason": "matters",
        "run": None,
    }
    assert "--lot-order" in done.stderr
    order = tmp_path / "draw.txt"
    order.write_text("gadespejl\r\nfodboldmål\r\ndrivhus\r\nbogskab\r\n", "utf-8")
    drawn = json.loads(run("tally", TIED, "--json", "--lot-order", order).stdout)
    assert [award["proposal"] for award in drawn["funded"]] == ["bogskab", "fodboldmål"]
    assert drawn["ties"] == [
        {"step": 2, "tied": ["drivhus", "fodboldmål"], "chosen": "fodboldmål", "decided_by": "lot"}
    ]


@pytest.mark.parametrize("option", ["--verify", "--explain", "--trace=spor.jsonl", "--withdraw=A1"])
def test_all_ties_is_not_mixed_with_what_is_about_one_outcome(option: str) -> None:
    done = run("tally", TIED, "--all-ties", option)
    assert (done.returncode, done.stdout) == (2, "")
    assert "USE-002" in done.stderr
    assert option.partition("=")[0] in done.stderr


@pytest.mark.parametrize("words", [("tally", TIED), ("explain", TIED, "A1")])
def test_of_two_plans_none_is_silently_the_one(words: tuple[str, ...]) -> None:
    done = run(*words, "--plan", "greedy", "--plan", "residual")
    assert (done.returncode, done.stdout) == (2, "")
    assert "USE-001" in done.stderr


def test_a_setting_is_given_once() -> None:
    done = run("tally", TIED, "--set", "cap=5", "--set", "cap=6")
    assert (done.returncode, done.stdout) == (2, "")
    assert "USE-003" in done.stderr


def test_all_ties_lists_both_outcomes() -> None:
    found = json.loads(run("tally", TIED, "--all-ties", "--json").stdout)
    assert [outcome["funded"] for outcome in found["outcomes"]] == [["bogskab", "drivhus"], ["bogskab", "fodboldmål"]]
    assert found["complete"]


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (["tally", "none.pb"], "FI-001", 3),
        (["tally", LILLEVIG, "--plan", "greed"], "PLN-001", 2),
        (["tally", LILLEVIG, "--plan", "none.toml"], "FI-001", 3),
        (["tally", LILLEVIG, "--set", "threshold=x"], "PLN-008", 2),
        (["tally", LILLEVIG, "--set", "threshold"], "PLN-012", 2),
        (["tally", LILLEVIG, "--ties", "cheapest"], "PLN-005", 2),
        (["tally", LILLEVIG, "--lot-dice", "12x"], "LOT-004", 2),
        (["tally", LILLEVIG, "--lot-dice", "42615"], "LOT-008", 2),
        (["tally", LILLEVIG, "--lot-dice", "12", "--ties", "cheapest,refuse"], "LOT-005", 2),
        (["tally", LILLEVIG, "--lot-dice", "12", "--lot-order", "x"], "LOT-006", 2),
        (["tally", LILLEVIG, "--lot-order", "none.txt"], "FI-001", 3),
        (["tally", LILLEVIG, "--lot-order", "README.md"], "LOT-001", 3),
        (["tally", LILLEVIG, "--trace", "none/trace.jsonl"], "FI-006", 1),
        (["tally", "examples/hedegaard-rang-2026.pb", "--plan", "phragmen"], "PLN-004", 2),
        (["tally", "examples/hedegaard-rang-2026.pb", "--plan", "equal-shares", "--set", "utility=cost"], "PLN-006", 2),
        (["explain", LILLEVIG, "nobody"], "EXP-001", 2),
        (["plans", "greed"], "PLN-001", 2),
        (["tally", LILLEVIG, "--plan", "equal-shares/"], "PLN-001", 2),
    ],
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_refusal_is_a_sentence_with_a_code(words: list[str], code: str, exit_code: int, language: str) -> None:
    done = run(*words, "--lang", language)
    assert done.returncode == exit_code
    assert f"[{code}]" in done.stderr
    one_sentence(done)
    assert done.stdout == ""


@pytest.mark.parametrize(
    "words",
    [
        ["tally"],
        ["tally", LILLEVIG, "--lang", "dk"],
        ["tally", LILLEVIG, "--nonsense"],
        ["nonsense"],
        ["explain"],
    ],
)
def test_usage_errors_are_exit_2(words: list[str]) -> None:
    done = run(*words)
    assert done.returncode == 2
    one_sentence(done)


def test_a_file_that_declares_its_rule() -> None:
    done = run("tally", LILLEVIG, "--plan", "declared", "--json")
    assert json.loads(done.stdout)["plan"]["completion"] == "add1"


def test_a_plan_file(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text('plan = "equal-shares/add1"\nstart = "exact"\nincrement = 2\nties = ["cheapest", "lot"]\n', "utf-8")
    asked = json.loads(run("tally", LILLEVIG, "--plan", plan, "--set", "increment=1/3", "--json").stdout)["plan"]
    assert (asked["start"], asked["increment"], asked["ties"]) == ("exact", "1/3", ["cheapest", "lot"])


def test_a_round_on_standard_input() -> None:
    text = (ROOT / LILLEVIG).read_text("utf-8")
    assert json.loads(run("tally", "-", "--json", text=text).stdout)["ballots"]["valid"] == 117


def test_compare_puts_plans_side_by_side() -> None:
    words = ["compare", LILLEVIG, "--plan", "greedy", "--plan", "equal-shares/add1u"]
    found = json.loads(run(*words, "--json").stdout)
    assert [column["name"] for column in found["plans"]] == ["greedy", "equal-shares/add1u"]
    assert found["plans"][0]["empty_handed"] > found["plans"][1]["empty_handed"]
    shown = run(*words, "--lang", "da").stdout
    assert "uden noget" in shown
    tied = run("compare", TIED, "--plan", "greedy")
    assert tied.returncode == 0
    assert "lot needed" in tied.stdout


def test_the_example_of_a_plan_can_be_counted_again(tmp_path: Path) -> None:
    (plan,) = json.loads(run("plans", "prize-ladder", "--json").stdout)["plans"]
    example = plan["example"]
    assert example["settings"] == {"prizes": "25000+15000+rest"}
    profile = tmp_path / "example.json"
    profile.write_text(
        json.dumps(example["profile"], sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n", "utf-8"
    )
    again = run(
        "tally", profile, "--plan", "prize-ladder", "--set", f"prizes={example['settings']['prizes']}", "--json"
    )
    counted = json.loads(again.stdout)
    counted.pop("diagnostics", None)
    assert counted == example["outcome"]
    assert example["tie"] is None


def test_every_plan_is_listed_with_every_parameter() -> None:
    listed = json.loads(run("plans", "--json").stdout)["plans"]
    from tallies.planning import known_plans

    assert [plan["name"] for plan in listed] == known_plans()
    for plan in listed:
        assert plan["specification"].strip()
        shown = {language: run("plans", plan["name"], "--lang", language).stdout for language in ("da", "en")}
        for key in ("specification", "completion_specification"):
            if key in plan:
                assert plan[key].replace("``", "").strip() in shown["en"]
                assert plan[f"{key}_da"] in shown["da"]
                assert plan[key].replace("``", "").strip() not in shown["da"]
        for key in plan["parameters"]:
            assert f"  {key} = " in shown["da"]
            assert f"  {key} = " in shown["en"]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_danish_letters_never_crash_a_console(encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import cli; cli.main()", "tally", TIED, "--lang", "da", "--plan", "equal-shares"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -c 'import cli; cli.main()' plans equal-shares/add1 | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == ""


def test_help_of_every_command_shows_an_example_that_works() -> None:
    for command in ("tally", "explain", "compare", "plans", "rules explain"):
        shown = run(*command.split(), "--help", env={"COLUMNS": "200"}).stdout
        examples = re.findall(r"^ *borgerbudget (.*)$", shown, re.M)
        assert examples, command
        for example in examples:
            done = run(*example.split())
            assert done.returncode == 0, (example, done.stderr)


def test_an_unexpected_error_is_still_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import cli

    monkeypatch.setattr(cli, "quickly", lambda _: 1 // 0)
    monkeypatch.setattr(sys, "argv", ["borgerbudget", "tally", "--lang=da"])
    with pytest.raises(SystemExit) as found:
        cli.main()
    assert found.value.code == 1
    assert "Uventet fejl" in capsys.readouterr().err


# -- a command line that cannot be understood


NOT_UNDERSTOOD = {
    "audit bundle x": ("--out mangler -> se borgerbudget audit bundle --help", "--out is missing"),
    "tally": ("filen (FILE) mangler", "FILE is missing"),
    "audit bundle x --out y --tier secret": ('kan ikke være "secret", kun open, totals, sealed', 'cannot be "secret"'),
    "audit bundle x --out": ("--out skal have en værdi", "--out needs a value"),
    "audit bundle x --out y --threshold abc": ("værdien af --threshold kan ikke bruges", "the value of --threshold"),
    "tally a b": ('"b" er for meget', '"b" is too much'),
    "nosuch": ('kommandoen "nosuch" findes ikke', 'there is no command "nosuch"'),
    "tally x --nosuch": ("--nosuch kendes ikke her", "--nosuch is not known here"),
    "--versio": ("--versio kendes ikke her", "--versio is not known here"),
    "tally x --json=1": ("--json har ingen værdi", "--json takes no value"),
}


@pytest.mark.parametrize("words", NOT_UNDERSTOOD)
def test_a_command_that_cannot_be_understood_is_told_in_one_sentence(words: str) -> None:
    for locale, sentence in zip(("da_DK.UTF-8", "C.UTF-8"), NOT_UNDERSTOOD[words], strict=True):
        done = run(*words.split(), env={"LC_ALL": locale})
        assert (done.returncode, done.stdout) == (2, "")
        assert sentence in done.stderr
        assert done.stderr.endswith(" --help [ASK-001]\n")
        assert done.stderr.count("\n") == 1


def test_a_group_alone_tells_what_it_can_do() -> None:
    for words in ((), ("audit",)):
        done = run(*words)
        assert done.returncode == 2
        assert "Usage: " in done.stdout + done.stderr


# -- where the words go


PRINTING = {
    "--version": 0,
    f"check {LILLEVIG} --json": 0,
    f"check {LILLEVIG}": 0,
    f"tally {LILLEVIG}": 0,
    f"tally {LILLEVIG} --json": 0,
    f"tally {LILLEVIG} --trace /dev/stdout": 0,
    f"explain {LILLEVIG} L05": 0,
    f"compare {LILLEVIG} --plan greedy --plan phragmen": 0,
    "plans": 0,
    "plans greedy": 0,
    f"rules explain greedy {LILLEVIG}": 0,
    "plans --json": 0,
    "audit verify tests/golden/file-open-greedy.bba": 8,
    "audit verify tests/golden/file-open-greedy.bba --json": 8,
    "audit --help": 0,
}


def printed(words: str, target: int, language: str) -> tuple[int, str]:
    """Exit code and stderr of a command whose stdout is ``target``."""
    command = [sys.executable, "-c", "import cli; cli.main()", *words.split()]
    if "--help" not in words and "--version" not in words:
        command += ["--lang", language]
    env = {**os.environ, "LC_ALL": "da_DK.UTF-8" if language == "da" else "C.UTF-8", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=target, stderr=subprocess.PIPE, check=False)
    return done.returncode, done.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to be had")
@pytest.mark.parametrize("words", PRINTING)
def test_a_full_disk_ends_in_one_sentence(words: str) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        code, said = printed(words, full.fileno(), "da")
    assert code == 1
    assert said.count("\n") == 1 + said.count("Filen angiver selv")
    assert "kunne ikke skrives" in said or "der er ikke mere plads" in said
    assert "No space" not in said


@pytest.mark.parametrize("words", PRINTING)
def test_a_reader_who_has_gone_has_heard_enough(words: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    code, said = printed(words, writing, "en")
    os.close(writing)
    assert code in (PRINTING[words], 1)
    assert "Traceback" not in said
    assert "Exception" not in said
    assert "BrokenPipe" not in said


def test_a_dash_is_no_file_to_write(tmp_path: Path) -> None:
    for words in (
        ("audit", "bundle", LILLEVIG, "--out", "-"),
        ("convert", LILLEVIG, "-"),
        ("tally", LILLEVIG, "--trace", "-"),
    ):
        done = run(*words)
        one_sentence(done)
        assert done.returncode == 2
        assert "[FI-010]" in done.stderr
    assert not (ROOT / "-").exists()


def test_an_interrupt_is_one_sentence_and_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import cli

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "quickly", lambda _: interrupted)
    monkeypatch.setattr(sys, "argv", ["borgerbudget", "tally", "--lang=en"])
    with pytest.raises(SystemExit) as found:
        cli.main()
    assert found.value.code == 130
    assert capsys.readouterr().err == "Interrupted. Nothing is half-saved.\n"


def test_a_long_search_tells_a_terminal_how_far_it_is_and_leaves_nothing_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from borgerbudget.files import read_round
    from tallies import count, make_plan, progress

    election = read_round(ROOT / LILLEVIG).election
    plan = make_plan("equal-shares/add1", election)
    with progress.search_progress(election.pool.amount, "en") as nobody:
        assert nobody is None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress.search_progress(election.pool.amount, "en") as tell:
        plain = count(election, plan, progress=tell)
    assert capsys.readouterr().err == ""  # it took no second
    clock = iter(range(10**6))
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    with progress.search_progress(election.pool.amount, "en") as tell:
        assert count(election, plan, progress=tell).as_json() == plain.as_json()
    shown = capsys.readouterr().err
    assert re.fullmatch(
        r"(\rTrying larger shares: [0-9]+ so far, [0-9]+% of the pool is spent\.\x1b\[K)+\r\x1b\[K", shown
    )
    assert f": {plain.intervals[-1].last + 1} so far" in shown
