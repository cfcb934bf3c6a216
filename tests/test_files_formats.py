"""CSV folders, exported profiles, reading by path, writing to disk, and the commands check and convert."""

from __future__ import annotations

import io
import json
import sys
from fractions import Fraction
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from borgerbudget import Limits, Pool, Proposal, make_election
from borgerbudget.commands import mount
from borgerbudget.errors import BorgerbudgetError, InputRejected, UsageError
from borgerbudget.files import disk, read_pabulib, read_profile, read_round, write_document, write_profile
from borgerbudget.files.folder import FOLDER_FILES, folder_document, read_folder, write_folder
from borgerbudget.files.pabulib_document import read_document
from borgerbudget.files.pabulib_election import document_of
from borgerbudget.files.tidy import tidied

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.pb"))
app = typer.Typer()
mount(app)


def run(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, (result.output, result.exception)
    return result.stdout


def refused(data: bytes) -> list[str]:
    with pytest.raises(InputRejected) as caught:
        read_profile(data, "x.json")
    for found in caught.value.problems:
        assert found.say("da").isprintable()
        assert len(found.say("en")) < 600
    return [found.code for found in caught.value.problems]


# --- a folder of CSV ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_folder_holds_all_that_a_pb_holds(path: Path) -> None:
    document = read_document(path.read_bytes(), path.name)
    files = write_folder(document)
    assert folder_document(files, "folder") == document
    there, here = read_folder(files, "folder"), read_pabulib(path.read_bytes(), path.name)
    assert there.election.ballots_root == here.election.ballots_root
    assert there.election.proposals == here.election.proposals
    assert there.election.limits == here.election.limits


COMMAS = {
    "round.csv": b"key,value\nbudget,1000\nvote_type,approval\n",
    "proposals.csv": b'project_id,cost,name\na,"500,50","Bro, ved \xc3\xa5en"\nb,300,B\n',
    "ballots.csv": b'voter_id,vote\n1,"a,b"\n2,b\n',
}


def test_each_header_line_decides_between_comma_and_semicolon() -> None:
    election = read_folder(COMMAS | {"round.csv": b"key;value\nbudget;1000\nvote_type;approval\n"}, "f").election
    assert election.costs == (50050, 30000)
    assert election.proposals[0].title == "Bro, ved åen"


def test_columns_between_tabs_are_told_as_such() -> None:
    with pytest.raises(InputRejected) as found:
        read_folder(COMMAS | {"ballots.csv": b"voter_id\tvote\n1\ta\n"}, "runde")
    assert [problem.code for problem in found.value.problems] == ["PB-016"]


def test_a_folder_is_named_by_what_sha256sum_prints() -> None:
    from hashlib import sha256

    names = ("ballots.csv", "proposals.csv", "round.csv")
    printed = "".join(f"{sha256(COMMAS[name]).hexdigest()}  {name}\n" for name in names)
    assert read_folder(COMMAS, "f").election.round == sha256(printed.encode()).hexdigest()


def test_problems_in_a_folder_name_the_file_and_the_line() -> None:
    with pytest.raises(InputRejected) as caught:
        read_folder(COMMAS | {"ballots.csv": b'voter_id,vote\n1,"a,x"\n'}, "runde")
    (found,) = (found for found in caught.value.problems if found.severity == "error")
    assert (found.place.source, found.place.line) == ("runde/ballots.csv", 2)


@pytest.mark.parametrize("name", FOLDER_FILES)
@pytest.mark.parametrize(
    "data", [None, b"", b"\xff\xfe", b"a;b\n", b'"'], ids=["none", "empty", "bytes", "head", "quote"]
)
def test_a_folder_with_a_bad_file_is_refused(name: str, data: bytes | None) -> None:
    files = {key: value for key, value in COMMAS.items() if key != name} | ({} if data is None else {name: data})
    with pytest.raises(InputRejected):
        read_folder(files, "f")


# --- exported profiles ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_profile_counts_as_its_round(path: Path) -> None:
    election = read_pabulib(path.read_bytes(), path.name).election
    data = write_profile(election)
    again = read_profile(data, "x.json").election
    assert write_profile(again) == data
    assert (again.ballots_root, again.costs, again.round) == (election.ballots_root, election.costs, election.round)
    assert (again.input_sha256, again.pool) == (election.input_sha256, election.pool)


ids = st.lists(
    st.text("abcÆø1 -:\"'", min_size=1, max_size=4).filter(lambda i: i == i.strip()), min_size=1, unique=True
)


@given(st.data(), ids, st.sampled_from(["approval", "knapsack", "points", "scoring", "ranked"]))
def test_any_election_comes_back_from_its_profile(data: st.DataObject, ids: list[str], method: str) -> None:
    proposals = [Proposal(i, data.draw(st.integers(1, 10**6))) for i in ids]
    some = st.lists(st.sampled_from(ids), max_size=4)
    numbers = st.dictionaries(st.sampled_from(ids), st.integers(-3, 9), max_size=4)
    ballots = data.draw(st.lists(numbers if method in ("points", "scoring") else some, max_size=6))
    weight = st.fractions(Fraction(1, 9), 9, max_denominator=9)
    weights = data.draw(st.lists(weight, min_size=len(ballots), max_size=len(ballots)))
    limits = Limits(default_score=data.draw(st.integers(-1, 1)) if method == "scoring" else 0)
    election = make_election(Pool(10**6), proposals, ballots, method, weights, limits, "runde")
    again = read_profile(write_profile(election), "x.json").election
    assert write_profile(again) == write_profile(election)
    assert again.profile.voters == election.profile.voters


def _profile(**changes: object) -> bytes:
    election = read_pabulib(EXAMPLES[0].read_bytes(), "x.pb").election
    value = json.loads(write_profile(election)) | changes
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"", ["PR-001"]),
        (b"\xff", ["PR-001"]),
        (b"[" * 100_000, ["PR-001"]),
        (b'{"schema":NaN}', ["PR-001"]),
        (b'{"pool":1.0}', ["PR-001"]),
        (b'{"pool":1e400}', ["PR-001"]),
        (b'{"pool":' + b"9" * 5000 + b"}", ["PR-001"]),
        (b'{"pool":1,"pool":2}', ["PR-001"]),
        (b"[]", ["PR-002"]),
        (_profile(more=1), ["PR-002"]),
        (_profile(pool=True), ["PR-002"]),
        (_profile(pool=0), ["PR-002"]),
        (_profile(pool="1"), ["PR-002"]),
        (_profile(minor_units=3), ["PR-002"]),
        (_profile(method="cumulative"), ["PR-002"]),
        (_profile(input_sha256="x"), ["PR-002"]),
        (_profile(ballots=["1\tnobody"]), ["PR-003"]),
        (_profile(ballots=["0\t"]), ["PR-003"]),
        (_profile(ballots=["-1\t"]), ["PR-003"]),
        (_profile(ballots=["1/0\t"]), ["PR-003"]),
        (_profile(ballots=["٣\t"]), ["PR-003"]),
        (_profile(ballots=["9" * 4301 + "\t"]), ["PR-003"]),
        (_profile(ballots=["2/4\t"]), ["PR-004"]),
        (_profile(ballots=["1\t", "1\t"]), ["PR-004"]),
        (_profile(ballots=["1"]), ["PR-004"]),
        (_profile().rstrip(b"\n"), ["PR-004"]),
        (_profile().replace(b'"round":"', b'"round":"\\ud800'), ["PR-004"]),
        (_profile(proposals=[{"id": "a>,b", "cost": 1, "withdrawn": False}], ballots=[]), ["PR-002"]),
        (_profile(proposals=[{"id": i, "cost": 1, "withdrawn": False} for i in "ba"], ballots=[]), ["PR-004"]),
    ],
)
def test_a_profile_is_read_strictly(data: bytes, codes: list[str]) -> None:
    assert sorted(set(refused(data))) == codes


def test_a_profile_cannot_ask_for_endless_arithmetic() -> None:
    counts = [f"1/{10**900 + i}\t" for i in range(1, 400)]
    assert "PR-002" in refused(_profile(ballots=counts))


BY_AREA = "ringmarken-2026"
"""Its ballots weigh by area, so that its profile is no list of voters."""
PLAIN = [path for path in EXAMPLES if path.stem != BY_AREA]


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.stem)
def test_a_profile_becomes_one_ballot_per_voter(path: Path) -> None:
    election = read_profile(write_profile(read_pabulib(path.read_bytes(), "x").election), "x.json").election
    again = read_pabulib(write_document(document_of(election, "x")), "x.pb").election
    assert again.ballots_root == election.ballots_root
    assert (again.method.name, again.pool.amount) == (election.method.name, election.pool.amount)


def test_fractional_weights_cannot_become_voters() -> None:
    election = make_election(100, [Proposal("a", 5)], [["a"]], weights=[Fraction(1, 2)])
    with pytest.raises(InputRejected, match="FI-007"):
        document_of(election, "x")


# --- paths and the disk ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", ["nothing.pb", "nothing.json", "nothing", "folder/", "text.txt", "a\0b.pb"])
def test_what_cannot_be_read_is_said(tmp_path: Path, make: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.txt").write_text("x")
    with pytest.raises(InputRejected):
        read_round(tmp_path / make)


def test_a_dash_is_a_pb_on_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(EXAMPLES[0].read_bytes())))
    assert read_round(Path("-")).election.proposals


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.pb"
    disk.write_bytes(path, b"one")
    with pytest.raises(UsageError):
        disk.write_bytes(path, b"two")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(BorgerbudgetError, match="FI-006"):
        disk.write_bytes(path, b"two", force=True)
    with pytest.raises(BorgerbudgetError, match="FI-006"):
        disk.write_files(tmp_path / "folder", {"a.csv": b"1"})
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [("x.pb", b"one")]


def test_writing_to_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BorgerbudgetError, match="FI-006"):
        disk.write_bytes(tmp_path / "no" / "x.pb", b"")


# --- commands -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_converting_there_and_back_gives_the_same_bytes(tmp_path: Path, path: Path) -> None:
    run("convert", path, tmp_path / "folder")
    run("convert", tmp_path / "folder", tmp_path / "back.pb")
    assert (tmp_path / "back.pb").read_bytes() == write_document(tidied(read_document(path.read_bytes(), "x")))
    run("convert", path, tmp_path / "one.json")
    if path.stem == BY_AREA:
        refusal = CliRunner().invoke(app, ["convert", str(tmp_path / "one.json"), str(tmp_path / "two.pb")]).exception
        assert isinstance(refusal, InputRejected)
        assert [found.code for found in refusal.problems] == ["FI-007"]
        return
    run("convert", tmp_path / "one.json", tmp_path / "two.pb")
    run("convert", tmp_path / "two.pb", tmp_path / "two.json")
    one, two = (json.loads((tmp_path / name).read_bytes()) for name in ("one.json", "two.json"))
    assert one["ballots"] == two["ballots"]


def test_convert_does_not_overwrite_unless_told(tmp_path: Path) -> None:
    target = tmp_path / "x.json"
    target.write_text("mine")
    result = CliRunner().invoke(app, ["convert", str(EXAMPLES[0]), str(target)])
    assert isinstance(result.exception, UsageError)
    assert target.read_text() == "mine"
    run("convert", EXAMPLES[0], target, "--force")
    assert target.read_text() != "mine"


def test_check_tells_what_was_read() -> None:
    said = run("check", EXAMPLES[0], "--lang", "da")
    assert "Pulje" in said
    found = json.loads(run("check", EXAMPLES[0], "--json"))
    assert found["schema"] == "borgerbudget.check/1"
    assert found["ok"] is True
    assert found["problems"] == []
    assert found["read"]["ballots"]["valid"] > 0


def test_check_of_a_bad_file_still_prints_one_document(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pb"
    bad.write_bytes(EXAMPLES[0].read_bytes().replace(b"budget;", b"budget;x"))
    result = CliRunner().invoke(app, ["check", str(bad), "--json"])
    assert isinstance(result.exception, InputRejected)
    found = json.loads(result.stdout)
    assert (found["ok"], found["read"], found["problems"][0]["code"]) == (False, None, "PB-024")


def test_tidying_changes_no_election() -> None:
    text = (
        "META\nkey; value\nbudget ; 1000,5 \nbudget;1000.50\nvote_type;approval\n"
        "PROJECTS\nproject_id;cost;target;category\na ; 5,5;x, y;n , l\nb;7;;\nVOTES\nvoter_id;vote\n 1; a , b\n2;b\n"
    )
    with pytest.raises(InputRejected):  # 1000,5 and 1000.50 differ as texts
        read_pabulib(text.encode(), "x")
    text = text.replace("budget;1000.50\n", "")
    document = tidied(read_document(text.encode(), "x"))
    assert document.projects.columns == ("project_id", "cost", "beneficiaries", "category")
    assert document.projects.rows[0] == ("a", "5.5", "x,y", "n,l")
    assert document.votes.rows[0] == ("1", "a,b")
    one, two = read_pabulib(text.encode(), "x").election, read_pabulib(write_document(document), "x").election
    assert (one.ballots_root, one.proposals, one.pool) == (two.ballots_root, two.proposals, two.pool)
