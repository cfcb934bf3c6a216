"""The questions through the real command: from a file, a bundle, a stored round and a scenario file; and what is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.main import get_command

from borgerbudget.errors import InputRejected, UsageError
from borgerbudget.files import read_round
from scenarios import help_danish
from scenarios.asking import answered, plans_of, source_of, specified, tables
from scenarios.commands import app as scenario_commands
from scenarios.conversions import as_cast_on
from scenarios.questions import QUESTIONS
from scenarios.report import answer_json, answer_lines
from scenarios.specification import Specification, read_specification, written
from scenarios.table import csv_bytes, parquet_bytes, whole_table
from tallies.counting import count
from tallies.many import Changed
from tests.test_rounds_commands import Folder

ROOT = Path(__file__).resolve().parents[1]
LILLEVIG = ROOT / "examples" / "lillevig-2026.pb"
POINTS = ROOT / "examples" / "kirkelund-kugler-2026.pb"

ASKED: dict[str, dict[str, object]] = {
    "what-if": {"pool": 130000, "prices": {"L09": "12000"}, "withdraw": ["L01"]},
    "sweep": {"pools": "50000:90000"},
    "compare": {"plans": ["greedy", "equal-shares/utilitarian"], "runs": 20},
    "robust": {"ways": ["bootstrap", "lost-batch:10%"], "runs": 30, "seed": 4},
}


def spec_of(question: str, **more: object) -> Specification:
    given = {"question": question, "source": str(LILLEVIG), **ASKED[question], **more}
    return Specification.model_validate(given)


def ask(question: str, **more: object):  # type: ignore[no-untyped-def]
    spec = spec_of(question, **more)
    source = source_of(spec, Path(), None)
    return spec, source, answered(spec, source)[0]


@pytest.mark.parametrize("question", ASKED)
def test_every_question_is_answered_in_words_table_and_figures(question: str) -> None:
    _, _, answer = ask(question)
    assert answer.words
    assert answer.figures
    assert answer.table.rows
    for language in ("da", "en"):
        text = "\n".join(answer_lines(answer, language))
        assert "SIMULATION" in text
        assert "{" not in text
        assert "None" not in text
    assert json.dumps(answer_json(answer))


@pytest.mark.parametrize("question", ASKED)
def test_the_scenario_file_that_is_written_asks_the_same_again(question: str, tmp_path: Path) -> None:
    spec, source, answer = ask(question)
    for language in ("da", "en"):
        made = tables(spec, source, answer, language, tmp_path)
        (tmp_path / "spec.toml").write_bytes(made["spec.toml"])
        again, folder = specified(question, str(tmp_path / "spec.toml"), {})
        there = source_of(again, folder, None)
        assert csv_bytes(answered(again, there)[0]) == made["table.csv"]


@pytest.mark.parametrize("question", ASKED)
def test_parquet_holds_the_rows_of_the_csv(question: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    pyarrow = pytest.importorskip("pyarrow")
    _, _, answer = ask(question)
    rows = list(csv.DictReader(io.StringIO(csv_bytes(answer).decode())))
    read = parquet.read_table(pyarrow.BufferReader(parquet_bytes(answer))).to_pylist()
    kinds = {column.name: column.kind for column in whole_table(answer).columns}
    assert len(rows) == len(read) == len(answer.table.rows)
    for ours, theirs in zip(rows, read, strict=True):
        assert set(ours) == set(theirs)
        assert ours["simulation"] == "SIMULATION"
        for name, cell in ours.items():
            value = theirs[name]
            if not cell:
                assert value in (None, "")
            elif kinds[name] in ("amount", "number", "integer"):
                assert float(cell) == float(value)
            else:
                assert cell == (str(value).lower() if kinds[name] == "truth" else value)


def test_what_if_is_the_plain_count_of_the_changed_round() -> None:
    spec, source, answer = ask("what-if")
    election = source.election
    plan = plans_of(spec, source)[0].of
    changed = Changed(13_000_000, ((election.index["L09"], 1_200_000),)).election(election)
    proposals = list(changed.proposals)
    from dataclasses import replace

    first = election.index["L01"]
    proposals[first] = replace(proposals[first], withdrawn=True)
    changed = replace(changed, proposals=tuple(proposals))
    counted = {award.proposal: award.amount for award in count(changed, plan(changed)).funded}
    told = dict(zip(answer.table.column("proposal"), answer.table.column("amount_after"), strict=True))
    assert {i: amount for i, amount in told.items() if amount} == counted


def test_a_tie_in_a_what_if_names_who_is_tied() -> None:
    spec = Specification(question="what-if", source=str(ROOT / "examples" / "aaby-uafgjort-2026.pb"), pool=1000)
    source = source_of(spec, Path(), None)
    spec = spec.model_copy(update={"pool": f"{source.election.pool.amount // 100}"})
    answer, _ = answered(spec, source)
    assert any("kun en lodtrækning" in sentence.da for sentence in answer.words)
    assert None in set(answer.table.column("amount_after"))


def test_a_way_of_changing_the_box_keeps_the_same_boxes_for_every_plan() -> None:
    """Common random numbers: a plan's shares do not depend on which plans stand beside it."""
    _, _, alone = ask("robust", plans=["greedy"])
    _, _, together = ask("robust", plans=["phragmen", "greedy"])
    rows = [row for row in together.table.rows if "greedy" in row]
    assert rows == list(alone.table.rows)


def test_points_are_counted_as_approval_where_they_are_above_zero() -> None:
    election = read_round(POINTS).election
    sets = as_cast_on(election, "approval")
    assert sets.profile.voters == election.profile.voters
    marks = election.profile.marks
    assert marks.points is not None
    weight = election.profile.weights[marks.owners()]
    for p in range(len(election.ids)):
        here = (marks.proposals == p) & (marks.points > 0)
        there = sets.profile.marks.proposals == p
        assert weight[here].sum() == sets.profile.weights[sets.profile.marks.owners()][there].sum()


def test_a_set_tells_no_order() -> None:
    with pytest.raises(UsageError, match="SCN-014"):
        ask("compare", methods=["points"])


BAD = {
    'question = "sweeep"\nsource = "x.pb"\n': (1, "what-if, sweep"),
    'source = "x.pb"\n': (None, '"question"'),
    'question = "robust"\n\nruns = 0\n': (3, "not below 1"),
    'question = "robust"\nruns = "mange"\n': (2, "whole number"),
    '# en bemærkning\nquestion = "sweep"\npols = "1:2"\n': (3, '"pols"'),
    'question = "what-if"\n[prices]\np7 = [3]\n': (3, "[3]"),
    'question = "what-if"\npool = 3 kr\n': (2, "not TOML"),
    'question = "what-if"\nwithdraw = "p3"\n': (2, "list"),
}


@pytest.mark.parametrize("text", BAD)
def test_a_mistake_in_a_scenario_file_gets_its_line_and_its_mend(text: str, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputRejected) as told:
        read_specification(tmp_path / "s.toml")
    line, words = BAD[text]
    assert [found.place.line for found in told.value.problems] == [line]
    assert words in str(told.value)
    assert all(found.mend.da and found.mend.en for found in told.value.problems)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('question = "sweep"\nseed = "a"\npols = 1\n', encoding="utf-8")
    with pytest.raises(InputRejected) as told:
        read_specification(tmp_path / "s.toml")
    assert sorted(found.place.line or 0 for found in told.value.problems) == [2, 3]


@pytest.mark.parametrize("title", ['"quoted"', "back\\slash", "tab\tand\nline", "æøå 🎲", "\x00\x1f", "]=["])
def test_whatever_a_text_holds_is_written_and_read_again(title: str, tmp_path: Path) -> None:
    spec = Specification(question="what-if", source=title, prices={title: 5, "p7": "12500.50"}, withdraw=[title])
    (tmp_path / "s.toml").write_bytes(written(spec, "da"))
    assert read_specification(tmp_path / "s.toml").model_dump() == spec.model_dump()


def test_a_source_that_has_changed_since_is_refused(tmp_path: Path) -> None:
    spec = spec_of("what-if", source_sha256="0" * 64)
    with pytest.raises(InputRejected, match="SCN-019"):
        source_of(spec, tmp_path, None)


def test_every_question_that_can_be_written_can_be_asked() -> None:
    asked = Specification.model_fields["question"].annotation
    assert set(QUESTIONS) <= set(getattr(asked, "__args__", ()))


def test_a_bundle_that_shows_no_ballots_says_so(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.run(
        "audit",
        "bundle",
        str(LILLEVIG),
        "--plan",
        "greedy",
        "--tier",
        "totals",
        "--round",
        "lillevig",
        "--out",
        "l.bba",
    )
    assert "SCN-009" in folder.run("scenario", "sweep", "l.bba", "--pool", "1:2", code=3).stderr
    (tmp_path / "x.bba").write_bytes(b"PK")
    assert "SCN-013" in folder.run("scenario", "sweep", "x.bba", "--pool", "1:2", code=3).stderr


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (["what-if"], 2, "SCN-005"),
        (["what-if", "--pool", "12.500"], 2, "RND-006"),
        (["what-if", "--price", "L07"], 2, "SCN-004"),
        (["what-if", "--price", "L77=5"], 2, "SCN-007"),
        (["what-if", "--pool", "0"], 2, "SCN-011"),
        (["sweep"], 2, "SCN-005"),
        (["sweep", "--pool", "5:3"], 2, "SCN-003"),
        (["sweep", "--pool", "5:9", "--price", "L07=1:2"], 2, "SCN-006"),
        (["robust", "--way", "hest"], 2, "SCN-011"),
        (["robust", "--precision", "3"], 2, "SCN-011"),
        (["compare", "--ballots", "points"], 2, "SCN-014"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_in_one_sentence(
    words: list[str], exit_code: int, code: str, tmp_path: Path
) -> None:
    done = Folder(tmp_path).run("scenario", words[0], str(LILLEVIG), *words[1:], "--lang", "da", code=exit_code)
    assert f"[{code}]" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_help_is_danish_where_danish_is_asked_for() -> None:
    group = get_command(scenario_commands)
    named = {(name, parameter.name) for name, command in group.commands.items() for parameter in command.params}  # type: ignore[attr-defined]
    assert set(help_danish.COMMANDS) == set(group.commands)  # type: ignore[attr-defined]
    assert {key for _, key in named} == set(help_danish.OPTIONS) | {key for _, key in help_danish.OF_ONE}
    assert set(help_danish.OF_ONE) == {pair for pair in named if pair[1] in {key for _, key in help_danish.OF_ONE}}


@pytest.mark.parametrize(
    "words", [("scenario", "--help", "--lang", "da"), ("scenario", "sweep", "--lang=da", "--help")]
)
def test_the_real_command_shows_danish_help_and_the_same_examples(tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = Folder(tmp_path)
    shown = folder.run(*words).stdout
    if "sweep" in words:
        assert "Fra hvilken pulje" in shown
        assert "Ét JSON-dokument" in shown
        assert "borgerbudget scenario sweep examples/lillevig-2026.pb --pool 50000:250000" in shown
    else:
        assert "Hvad nu hvis: regnestykker" in shown
    assert "From which pool" in folder.run("scenario", "sweep", "--help").stdout
