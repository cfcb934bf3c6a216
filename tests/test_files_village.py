"""What village meetings write in their files: least amounts, totals counted by hand, votes corrected by area."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from borgerbudget import Election, InputRejected, Limits, Proposal, make_election, make_hand_count
from borgerbudget.commands import mount
from borgerbudget.console import canonical_json
from borgerbudget.files import read_profile, write_document, write_profile
from borgerbudget.files.folder import read_folder, write_folder
from borgerbudget.files.pabulib_election import document_of
from borgerbudget.files.tidy import tidied
from borgerbudget.profile import ballot_lines
from tallies import verify
from tests.test_files_pabulib import pb, read, refused, warned

app = typer.Typer()
mount(app)


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


def lines_of(election: Election) -> list[str]:
    return ballot_lines(election.method, election.ids, election.profile)


def values_of(election: Election) -> tuple[object, ...]:
    """What a count of it depends on."""
    proposals = [(p.id, p.withdrawn, None if p.withdrawn else (p.cost, p.min_cost)) for p in election.proposals]
    return (
        election.pool.amount, election.method.name, proposals, election.totals, election.profile.voters,
        election.ballots_root,
    )  # fmt: skip


def written_and_read(election: Election) -> list[Election]:
    """The election after a stay in each format."""
    document = document_of(election, "x")
    return [
        read(write_document(document)).election,
        read_folder(write_folder(document), "x").election,
        read_profile(write_profile(election), "x.json").election,
    ]


ids = st.lists(st.text("abcÆø1-", min_size=1, max_size=4), min_size=1, max_size=6, unique=True)


# --- the least amount with which a proposal can be carried out ------------------------------------------------------


def least(*cells: str) -> str:
    rows = [f"{row};{cell}" for row, cell in zip(("a;600", "b;500,50", "c;300"), cells, strict=True)]
    return pb(projects=rows, project_columns="project_id;cost;min_cost")


def test_the_least_amount_is_read_to_the_øre_and_may_be_absent() -> None:
    reading = read(least("599,99", "500.50", ""))
    assert reading.warnings == ()
    assert [p.min_cost for p in reading.election.proposals] == [59_999, 50_050, None]
    assert [p.min_cost for p in read(pb()).election.proposals] == [None, None, None]


@pytest.mark.parametrize(
    ("cell", "code"),
    [("600.01", "PB-039"), ("0", "PB-039"), ("-1", "PB-039"), ("1e2", "PB-024"), ("half", "PB-024"), ("0.001", "PB-024"),
     ("9" * 4301, "PB-024"), ('"5"0', "PB-004")],
)  # fmt: skip
def test_a_least_amount_outside_the_cost_is_refused(cell: str, code: str) -> None:
    assert code in refused(least(cell, "", ""))


def test_a_faulty_cost_is_not_blamed_on_the_least_amount_as_well() -> None:
    text = pb(projects=["a;x;5", "b;500;", "c;300;"], project_columns="project_id;cost;min_cost")
    assert refused(text) == ["PB-024"]


def test_a_profile_names_a_least_amount_only_where_there_is_one() -> None:
    written = json.loads(write_profile(read(least("5", "", "")).election))["proposals"]
    assert written == [
        {"id": "a", "cost": 60_000, "withdrawn": False, "min_cost": 500},
        {"id": "b", "cost": 50_050, "withdrawn": False},
        {"id": "c", "cost": 30_000, "withdrawn": False},
    ]


# --- counted by hand ------------------------------------------------------------------------------------------------

HAND = {"vote_type": "hand-count", "num_votes": "40"}
TOTALS = ["a;600;22", "b;500,50;7", "c;300;0"]


def by_hand(
    meta: dict[str, str] | None = None,
    projects: list[str] | None = None,
    columns: str = "project_id;cost;votes",
    votes: list[str] | None = None,
) -> str:
    return pb({**HAND, **(meta or {})}, TOTALS if projects is None else projects, votes or [], columns)


def test_a_hand_count_is_its_totals_and_the_number_of_ballots() -> None:
    reading = read(by_hand())
    election = reading.election
    assert reading.warnings == ()
    assert (election.method.name, election.hand_count, election.totals) == ("hand-count", True, (22, 7, 0))
    assert election.profile.voters == 40
    assert election.ballots_root == sha256(b"a\t22\nb\t7\nc\t0\n").hexdigest()


HOSTILE_COUNTS: dict[str, tuple[str, list[str]]] = {
    "no num_votes": (by_hand({"num_votes": "-"}), ["PB-020"]),
    "num_votes a word": (by_hand({"num_votes": "mange"}), ["PB-024"]),
    "num_votes negative": (by_hand({"num_votes": "-40"}), ["PB-024"]),
    "num_votes a fraction": (by_hand({"num_votes": "40.5"}), ["PB-024"]),
    "num_votes perhaps thousands": (by_hand({"num_votes": "1.000"}), ["PB-024"]),
    "num_votes of 4,301 digits": (by_hand({"num_votes": "9" * 4301}), ["PB-024"]),
    "num_votes twice": (by_hand().replace("num_votes;40", "num_votes;40\nnum_votes;41"), ["PB-022"]),
    "no votes": (by_hand(projects=["a;6", "b;5", "c;3"], columns="project_id;cost"), ["PB-010"]),
    "a total empty": (by_hand(projects=["a;6;", "b;5;1", "c;3;1"]), ["PB-024"]),
    "a total negative": (by_hand(projects=["a;6;-1", "b;5;1", "c;3;1"]), ["PB-024"]),
    "a total with half a vote": (by_hand(projects=["a;6;1,5", "b;5;1", "c;3;1"]), ["PB-024"]),
    "a total perhaps thousands": (by_hand(projects=["a;6;1.000", "b;5;1", "c;3;1"]), ["PB-024"]),
    "a total in other digits": (by_hand(projects=["a;6;٣", "b;5;1", "c;3;1"]), ["PB-024"]),
    "text after a quoted total": (by_hand(projects=['a;6;"2"1', "b;5;1", "c;3;1"]), ["PB-004"]),
    "ballots all the same": (by_hand(votes=["1;a", "2;b"]), ["PB-050"]),
    "more votes than the ballots hold": (by_hand({"max_length": "1", "num_votes": "28"}), ["PB-051"]),
    "votes without ballots": (by_hand({"num_votes": "0"}), ["PB-054"]),
    "votes without ballots, however many on each": (by_hand({"max_length": "3", "num_votes": "0"}), ["PB-054"]),
    "weights of areas": (by_hand({"area_weights": "Nord:2"}), ["PB-066"]),
    "populations of areas": (by_hand({"area_population": "Nord:2"}), ["PB-066"]),
    "an id twice": (by_hand(projects=["a;6;1", "a;5;1", "c;3;1"]), ["PB-031"]),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_COUNTS)
def test_a_hand_count_that_would_be_a_guess_is_refused(name: str) -> None:
    text, codes = HOSTILE_COUNTS[name]
    assert refused(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (by_hand({"max_length": "1", "num_votes": "29"}), []),
        (by_hand({"num_votes": "22"}), []),
        (by_hand({"num_votes": "21"}), ["PB-052"]),
        (by_hand({"num_votes": "21", "max_length": "3"}), []),
        (by_hand(projects=["a;6;22;22", "b;5;7;8", "c;3;0;"], columns="project_id;cost;votes;score"), ["PB-053"]),
        (by_hand({"num_votes": "0"}, ["a;6;0", "b;5;0", "c;3;0"]), []),
        (by_hand(votes=["", ";"]), ["PB-014"]),
    ],
    ids=["just enough", "all for one", "too many for one", "stacked", "score", "nobody", "blank lines"],
)
def test_an_odd_hand_count_is_read_with_a_warning(text: str, codes: list[str]) -> None:
    assert warned(text) == codes


@given(st.data(), ids)
def test_any_hand_count_comes_back_from_every_format(data: st.DataObject, ids: list[str]) -> None:
    proposals = [
        Proposal(i, cost, withdrawn=data.draw(st.booleans()), min_cost=data.draw(st.none() | st.integers(1, cost)))
        for i in ids
        for cost in [data.draw(st.integers(1, 10**6))]
    ]
    totals = {i: data.draw(st.integers(0, 2**53 - 1)) for i in ids}
    election = make_hand_count(10**6, proposals, totals, data.draw(st.integers(1, 2**53 - 1)))
    for again in written_and_read(election):
        assert values_of(again) == values_of(election)
    profile = write_profile(election)
    assert write_profile(read_profile(profile, "x.json").election) == profile


@given(st.data(), ids, st.booleans())
def test_a_profile_keeps_areas_categories_and_that_ballots_weigh_by_area(
    data: st.DataObject, ids: list[str], by_area: bool
) -> None:
    """What a plan may ask about comes back from the exported profile, in the engine and in the reference."""
    words = st.text("abcæø ,", min_size=1, max_size=4)
    proposals = [
        Proposal(i, 100, area=data.draw(st.none() | words), category=tuple(data.draw(st.lists(words, max_size=2))))
        for i in ids
    ]
    election = replace(make_election(10**6, proposals, [ids[:1]]), weighs_by_area=by_area)
    profile = write_profile(election)
    again = read_profile(profile, "x.json").election
    assert again.proposals == election.proposals
    assert again.weighted == by_area
    assert write_profile(again) == profile
    theirs = verify.read_input(profile)
    assert theirs.profile() == profile
    assert [(p.area or None, p.categories) for p in theirs.proposals] == [
        (p.area, p.category) for p in election.proposals
    ]


@pytest.mark.parametrize("wrong", [{"area": ""}, {"area": 3}, {"category": []}, {"category": "x"}, {"category": [""]}])
def test_an_area_or_category_of_a_profile_that_is_none_is_refused(wrong: dict[str, object]) -> None:
    document = json.loads(write_profile(make_election(100, [Proposal("a", 100)], [["a"]])))
    document["proposals"][0] |= wrong
    data = (canonical_json(document) + "\n").encode()
    with pytest.raises(InputRejected):
        read_profile(data, "x.json")
    with pytest.raises(verify.InputRejected):
        verify.read_input(data)


@given(st.data(), ids)
def test_any_least_amounts_come_back_from_every_format(data: st.DataObject, ids: list[str]) -> None:
    costs = {i: data.draw(st.integers(1, 10**6)) for i in ids}
    proposals = [Proposal(i, c, min_cost=data.draw(st.none() | st.integers(1, c))) for i, c in costs.items()]
    election = make_election(10**6, proposals, data.draw(st.lists(st.lists(st.sampled_from(ids)), max_size=4)))
    for again in written_and_read(election):
        assert values_of(again) == values_of(election)


def _profile(**changes: object) -> bytes:
    value = json.loads(write_profile(read(by_hand()).election)) | changes
    value = {key: kept for key, kept in value.items() if kept != "absent"}
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"totals": "absent"}, "PR-002"),
        ({"valid": "absent"}, "PR-002"),
        ({"totals": None}, "PR-002"),
        ({"totals": [["a", 22], ["b", 7]]}, "PR-002"),
        ({"totals": [["b", 7], ["a", 22], ["c", 0]]}, "PR-002"),
        ({"totals": [["a", 22], ["b", 7], ["c", 0], ["c", 0]]}, "PR-002"),
        ({"totals": [["a", -1], ["b", 7], ["c", 0]]}, "PR-002"),
        ({"totals": [["a", True], ["b", 7], ["c", 0]]}, "PR-002"),
        ({"totals": [["a", "22"], ["b", 7], ["c", 0]]}, "PR-002"),
        ({"totals": [["a", 22, 1], ["b", 7], ["c", 0]]}, "PR-002"),
        ({"totals": {"a": 22, "b": 7, "c": 0}}, "PR-002"),
        ({"valid": -1}, "PR-002"),
        ({"valid": 0}, "PR-002"),
        ({"valid": "40"}, "PR-002"),
        ({"ballots": ["1\ta"]}, "PR-002"),
        ({"ballots": ["40\t"]}, "PR-002"),
        ({"method": "approval"}, "PR-002"),
        ({"valid": 2**53}, "PR-001"),
    ],
)
def test_a_profile_of_a_hand_count_is_read_strictly(changes: dict[str, object], code: str) -> None:
    with pytest.raises(InputRejected) as caught:
        read_profile(_profile(**changes), "x.json")
    assert {found.code for found in caught.value.problems} == {code}
    assert read_profile(_profile(), "x.json").election.totals == (22, 7, 0)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"min_cost": 60_001}, "PR-002"), ({"min_cost": 0}, "PR-002"), ({"min_cost": None}, "PR-004")],
)
def test_a_profile_with_a_wrong_least_amount_is_refused(change: dict[str, object], code: str) -> None:
    proposals = json.loads(_profile())["proposals"]
    with pytest.raises(InputRejected) as caught:
        read_profile(_profile(proposals=[proposals[0] | change, *proposals[1:]]), "x.json")
    assert {found.code for found in caught.value.problems} == {code}


def test_check_says_that_a_hand_count_cannot_be_counted_again(tmp_path: Path) -> None:
    path = tmp_path / "x.pb"
    path.write_text(by_hand(), encoding="utf-8")
    assert "40, kun stemmetal: kan ikke tælles om" in run("check", path, "--lang", "da")
    assert "40, totals only: cannot be counted again" in run("check", path, "--lang", "en")
    told = json.loads(run("check", path, "--json"))["read"]
    assert (told["method"], told["ballots"]) == ("hand-count", {"valid": 40, "blank": None, "distinct": None})


def test_a_hand_count_is_converted_there_and_back(tmp_path: Path) -> None:
    path = tmp_path / "x.pb"
    path.write_text(by_hand({"max_length": "1"}), encoding="utf-8")
    run("convert", path, tmp_path / "folder")
    run("convert", tmp_path / "folder", tmp_path / "y.json")
    run("convert", tmp_path / "y.json", tmp_path / "z.pb")
    found = [read(path.read_bytes()).election, read((tmp_path / "z.pb").read_bytes()).election]
    assert values_of(found[0]) == values_of(found[1])


# --- corrected by area ----------------------------------------------------------------------------------------------

VOTES = ["1;a,b;Nord", "2;a;Nord", "3;c;Syd"]
FROM = "voter_id;vote;neighborhood"


def by_area(meta: dict[str, str], votes: list[str] | None = None, columns: str = FROM) -> str:
    return pb(meta, votes=VOTES if votes is None else votes, vote_columns=columns)


def test_each_ballot_weighs_as_its_area_says() -> None:
    reading = read(by_area({"area_weights": "Nord:3/2, Syd : 1"}))
    assert reading.warnings == ()
    assert lines_of(reading.election) == ["3/2\ta", "3/2\ta,b", "1\tc"]
    assert reading.election.profile.voters == 4


def test_areas_vote_with_their_inhabitants_and_all_together_with_their_ballots() -> None:
    election = read(by_area({"area_population": "Nord:1200,Syd:300"})).election
    # Nord has 4/5 of the people and cast 2 of 3 ballots: 4/5 * 3/2; Syd 1/5 * 3/1
    assert lines_of(election) == ["6/5\ta", "6/5\ta,b", "3/5\tc"]
    assert election.profile.voters == 3


def test_an_area_without_ballots_is_left_out_of_the_population_and_told() -> None:
    meta = {"area_population": "Nord:1200,Vest:9000,Syd:300"}
    assert lines_of(read(by_area(meta)).election) == ["6/5\ta", "6/5\ta,b", "3/5\tc"]
    assert warned(by_area(meta)) == ["PB-065"]
    assert warned(by_area({"area_weights": "Nord:1,Vest:9,Syd:3"})) == []


def test_equal_ballots_from_different_areas_become_one_with_the_sum_of_their_weights() -> None:
    text = by_area({"area_weights": "Nord:1/3,Syd:1/6"}, ["1;a;Nord", "2;a;Syd", "3;a;Syd"])
    assert lines_of(read(text).election) == ["2/3\ta"]


def test_a_ballot_without_neighborhood_belongs_to_its_district() -> None:
    columns = "voter_id;district;vote;neighborhood"
    votes = ["1;By;a;Nord", "2;By;b;", "3;By;c; "]
    assert lines_of(read(by_area({"area_weights": "Nord:2,By:5"}, votes, columns)).election) == ["2\ta", "5\tb", "5\tc"]


def test_without_the_key_the_area_of_a_ballot_weighs_nothing() -> None:
    assert lines_of(read(by_area({})).election) == ["1\ta", "1\ta,b", "1\tc"]


@pytest.mark.parametrize(
    ("kind", "votes"),
    [
        ("cumulative", ["1;a,b;Nord;3,2", "2;b,a;Syd;2,3", "3;c;Syd;0"]),
        ("scoring", ["1;a,b;Nord;3,-2", "2;b,a;Syd;-2,3", "3;c;Syd;0"]),
        ("ordinal", ["1;a,b;Nord;", "2;a,b;Syd;", "3;;Syd;"]),
    ],
)
def test_every_method_can_be_corrected_by_area(kind: str, votes: list[str]) -> None:
    meta = {"vote_type": kind, "area_weights": "Nord:1/2,Syd:2"}
    lines = lines_of(read(by_area(meta, votes, FROM + ";points")).election)
    assert [line.partition("\t")[0] for line in lines] == ["2", "5/2"]


def test_the_number_of_ballots_and_the_column_votes_are_compared_as_cast() -> None:
    columns = "project_id;cost;votes;score"
    right = ["a;600;2;99", "b;500.50;1;99", "c;300;1;99"]
    meta = {"area_weights": "Nord:3/2,Syd:1"}
    assert warned(pb(meta, right, VOTES, columns, FROM)) == []
    wrong = ["a;600;3;", *right[1:]]
    assert warned(pb({**meta, "num_votes": "4"}, wrong, VOTES, columns, FROM)) == ["PB-036", "PB-037"]


HOSTILE_AREAS: dict[str, tuple[str, list[str]]] = {
    "both keys": (by_area({"area_weights": "Nord:1,Syd:1", "area_population": "Nord:1,Syd:1"}), ["PB-060"]),
    "no number": (by_area({"area_weights": "Nord,Syd:1"}), ["PB-061"]),
    "no name": (by_area({"area_weights": ":1,Nord:1,Syd:1"}), ["PB-061"]),
    "an empty entry": (by_area({"area_weights": "Nord:1,Syd:1,"}), ["PB-061"]),
    "weight zero": (by_area({"area_weights": "Nord:0,Syd:1"}), ["PB-061"]),
    "weight negative": (by_area({"area_weights": "Nord:-1,Syd:1"}), ["PB-061"]),
    "over nothing": (by_area({"area_weights": "Nord:1/0,Syd:1"}), ["PB-061"]),
    "a decimal": (by_area({"area_weights": "Nord:1.5,Syd:1"}), ["PB-061"]),
    "a word": (by_area({"area_weights": "Nord:nan,Syd:1"}), ["PB-061"]),
    "other digits": (by_area({"area_weights": "Nord:٣,Syd:1"}), ["PB-061"]),
    "a decimal comma": (by_area({"area_weights": "Nord:1,5,Syd:1"}), ["PB-061"]),
    "a number of no area": (by_area({"area_weights": "7,Nord:3,Syd:1"}), ["PB-061"]),
    "a decimal comma after a fraction": (by_area({"area_weights": "Nord:3/1,5,Syd:2"}), ["PB-061"]),
    "population with marks for thousands": (by_area({"area_population": "Nord:1,200,Syd:300"}), ["PB-061"]),
    "weights without a value": (by_area({"area_weights": ""}), ["PB-061"]),
    "population without a value": (by_area({"area_population": ""}), ["PB-061"]),
    "4,301 digits": (by_area({"area_weights": f"Nord:{'9' * 4301},Syd:1"}), ["PB-061"]),
    "an area twice": (by_area({"area_weights": "Nord:1,Syd:1,Nord:2"}), ["PB-061"]),
    "population a fraction": (by_area({"area_population": "Nord:1/2,Syd:1"}), ["PB-061"]),
    "population zero": (by_area({"area_population": "Nord:0,Syd:1"}), ["PB-061"]),
    "an area not named": (by_area({"area_weights": "Nord:1"}), ["PB-062"]),
    "an area not named in the population": (by_area({"area_population": "Syd:1"}), ["PB-062"]),
    "an area of other case": (by_area({"area_weights": "Nord:1,syd:1"}), ["PB-062"]),
    "a ballot without area": (by_area({"area_weights": "Nord:1,Syd:1"}, [*VOTES, "4;a;"]), ["PB-063"]),
    "no column for it": (pb({"area_weights": "Nord:1,Syd:1"}), ["PB-010"]),
    "the key twice": (by_area({"area_weights": "Nord:1,Syd:1"}).replace("PROJECTS", "area_weights;Nord:1\nPROJECTS"), ["PB-022"]),
    "text after a quoted area": (by_area({"area_weights": "Nord:1,Syd:1"}, ['1;a;"No"rd', "2;b;Syd"]), ["PB-004"]),
    "an unknown id, too": (by_area({"area_weights": "Nord:1"}, ["1;x;Nord", "2;a;Syd"]), ["PB-040"]),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_AREAS)
def test_a_ballot_without_a_weight_is_refused(name: str) -> None:
    text, codes = HOSTILE_AREAS[name]
    assert refused(text) == codes


def test_an_area_that_is_not_named_is_told_once_with_its_lines() -> None:
    text = by_area({"area_weights": "Nord:1"}, [f"{i};a;Syd" for i in range(1000)])
    with pytest.raises(InputRejected) as caught:
        read(text)
    (found,) = (found for found in caught.value.problems if found.severity == "error")
    first = text.split("\n").index("VOTES") + 3
    assert (found.code, found.place.line, found.place.column) == ("PB-062", first, "neighborhood")
    assert f"1000 ballots are from “Syd” (line {first}, {first + 1}, {first + 2})" in found.sentence.en


def test_a_hundred_thousand_unknown_areas_are_told_without_delay() -> None:
    with pytest.raises(InputRejected) as caught:
        read(by_area({"area_weights": "Nord:1"}, [f"{i};a;{i}" for i in range(10**5)]))
    assert sum(found.code == "PB-062" for found in caught.value.problems) == 1000
    assert "99000" in next(found for found in caught.value.problems if found.code == "PB-099").say("en")


def test_weights_cannot_ask_for_endless_arithmetic() -> None:
    names = [f"o{i}" for i in range(400)]
    chance = random.Random(1)
    weights = ",".join(f"{name}:1/{chance.randrange(10**15, 10**16)}" for name in names)
    assert refused(by_area({"area_weights": weights}, [f"{i};a;{i}" for i in names])) == ["PB-064"]


area = st.sampled_from(["Nord", "Syd", "Æ: øst"])
ballots = st.lists(st.tuples(area, st.lists(st.sampled_from("abc"), max_size=3, unique=True)), max_size=8)
weight = st.fractions(Fraction(1, 20), 20, max_denominator=20)


def area_file(meta: dict[str, str], cast: list[tuple[str, list[str]]]) -> bytes:
    return by_area(meta, [f"{i};{','.join(vote)};{area}" for i, (area, vote) in enumerate(cast)]).encode()


@given(ballots, st.fixed_dictionaries({"Nord": weight, "Syd": weight, "Æ: øst": weight}), st.randoms())
def test_a_file_with_weights_is_the_election_with_those_weights(
    cast: list[tuple[str, list[str]]], weights: dict[str, Fraction], chance: random.Random
) -> None:
    meta = {"area_weights": ",".join(f"{name}:{weight}" for name, weight in weights.items())}
    proposals = [Proposal("a", 60_000), Proposal("b", 50_050), Proposal("c", 30_000)]
    made = make_election(100_000, proposals, [vote for _, vote in cast], weights=[weights[area] for area, _ in cast])
    election = read(area_file(meta, cast)).election
    assert lines_of(election) == lines_of(made)
    again = read_profile(write_profile(election), "x.json").election
    assert (lines_of(again), again.profile.voters) == (lines_of(election), made.profile.voters)
    chance.shuffle(cast)
    assert lines_of(read(area_file(meta, cast)).election) == lines_of(made)


@given(ballots, st.fixed_dictionaries(dict.fromkeys(["Nord", "Syd", "Æ: øst"], st.integers(1, 10**6))))
def test_a_population_shares_the_ballots_out_among_the_areas_that_vote(
    cast: list[tuple[str, list[str]]], people: dict[str, int]
) -> None:
    meta = {"area_population": ",".join(f"{name}:{number}" for name, number in people.items())}
    marked = [(area, [{"Nord": "a", "Syd": "b"}.get(area, "c")]) for area, _ in cast]
    election = read(area_file(meta, marked)).election
    assert election.profile.voters == len(cast)
    voting = sorted({area for area, _ in cast})
    shares = [Fraction(people[area], sum(people[a] for a in voting)) * len(cast) for area in voting]
    assert [Fraction(line.partition("\t")[0]) for line in lines_of(election)] == shares


@given(ballots)
def test_equal_weights_change_nothing(cast: list[tuple[str, list[str]]]) -> None:
    even = read(area_file({"area_weights": "Nord:1,Syd:1,Æ: øst:1"}, cast)).election
    plain = read(area_file({}, cast)).election
    assert (even.ballots_root, even.profile.denominator) == (plain.ballots_root, 1)


def test_a_round_corrected_by_area_is_converted_with_its_weights(tmp_path: Path) -> None:
    path = tmp_path / "x.pb"
    text = by_area({"area_population": "Nord:1200,Syd:300"}).replace("500,50", "500.50")
    path.write_text(text, encoding="utf-8")
    run("convert", path, tmp_path / "folder")
    run("convert", tmp_path / "folder", tmp_path / "back.pb")
    run("convert", tmp_path / "back.pb", tmp_path / "y.json")
    assert (tmp_path / "back.pb").read_bytes() == path.read_bytes()
    assert json.loads((tmp_path / "y.json").read_bytes())["ballots"] == ["6/5\ta", "6/5\ta,b", "3/5\tc"]
    refused_back = CliRunner().invoke(app, ["convert", str(tmp_path / "y.json"), str(tmp_path / "z.pb")])
    assert isinstance(refused_back.exception, InputRejected)
    assert not (tmp_path / "z.pb").exists()


def test_tidying_keeps_what_a_village_wrote() -> None:
    document = tidied(document_of(make_hand_count(9, [Proposal("a", 500, min_cost=450)], {"a": 3}, 4, Limits()), "x"))
    assert document.projects.columns[-2:] == ("min_cost", "votes")
    assert document.projects.rows[0][-2:] == ("4.5", "3")


def test_one_ballot_is_told_as_one() -> None:
    said = [w.sentence for w in read(by_area({}, ["1;a;Nord", "2;;Syd", "3;c;Syd"])).warnings if w.code == "PB-046"]
    assert [text.da.partition(" (")[0] for text in said] == ["1 stemmeseddel er blank"]
    several = read(by_area({}, ["1;a;Nord", "2;;Syd", "3;;Syd"])).warnings
    assert any("2 ballots are blank" in w.sentence.en for w in several)
