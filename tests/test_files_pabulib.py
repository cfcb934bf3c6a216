"""Reading .pb: what is an error, what is a warning, and what the cells mean."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from borgerbudget.errors import InputRejected
from borgerbudget.files import Document, Reading, Section, read_document, read_pabulib, write_document
from borgerbudget.files.names import LONGEST, Names
from borgerbudget.profile import ballot_lines
from tallies import verify

META = {
    "description": "Prøve", "country": "Denmark", "unit": "Lillevig", "instance": "2026", "num_projects": "3",
    "num_votes": "3", "budget": "1000", "vote_type": "approval", "rule": "greedy", "date_begin": "2026",
    "date_end": "2026", "currency": "DKK",
}  # fmt: skip
PROJECTS = ["a;600", "b;500,50", "c;300"]
VOTES = ["1;a,b", "2;c", "3;a"]


def pb(
    meta: dict[str, str] | None = None,
    projects: list[str] | None = None,
    votes: list[str] | None = None,
    project_columns: str = "project_id;cost",
    vote_columns: str = "voter_id;vote",
) -> str:
    keys = {key: value for key, value in {**META, **(meta or {})}.items() if value != "-"}
    lines = ["META", "key;value", *(f"{key};{value}" for key, value in keys.items())]
    lines += ["PROJECTS", project_columns, *(PROJECTS if projects is None else projects)]
    lines += ["VOTES", vote_columns, *(VOTES if votes is None else votes)]
    return "\n".join(lines) + "\n"


def read(text: str | bytes) -> Reading:
    return read_pabulib(text if isinstance(text, bytes) else text.encode(), "x.pb")


def refused(text: str | bytes) -> list[str]:
    """The codes of the errors; every problem is one line and has a mend."""
    with pytest.raises(InputRejected) as caught:
        read(text)
    for found in caught.value.problems:
        for language in ("da", "en"):
            said = found.say(language)
            assert "\n" not in said
            assert said.isprintable()
            assert len(said) < 700
        assert found.code == "PB-099" or (found.mend.da and found.mend.en)
    return sorted({found.code for found in caught.value.problems if found.severity == "error"})


def warned(text: str | bytes) -> list[str]:
    return sorted(found.code for found in read(text).warnings)


def lines_of(reading: Reading) -> list[str]:
    return ballot_lines(reading.election.method, reading.election.ids, reading.election.profile)


def header_line(text: str, title: str) -> int:
    return text.split("\n").index(title) + 2


# --- what is read ---------------------------------------------------------------------------------------------------


def test_the_example_reads_without_a_word() -> None:
    text = pb()
    reading = read(text)
    election = reading.election
    assert reading.warnings == ()
    assert (election.pool.amount, election.pool.currency) == (100_000, "DKK")
    assert election.costs == (60_000, 50_050, 30_000)
    assert lines_of(reading) == ["1\ta", "1\ta,b", "1\tc"]
    assert election.round == election.input_sha256 == sha256(text.encode()).hexdigest()
    assert election.declared_rule == "greedy"
    assert election.declared_threshold is None


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("META\n", "meta \n").replace("VOTES\n", "Votes\n"),
        lambda text: text.replace("a;600", '"a";"600.00"'),
        lambda text: text.replace("a,b", " a , b "),
        lambda text: text.replace("project_id;cost\n", "project_id; cost\n"),
    ],
    ids=["bom", "crlf", "cr", "no-final-newline", "titles", "quotes", "spaces", "header-space"],
)
def test_harmless_differences_change_nothing(change) -> None:  # type: ignore[no-untyped-def]
    reading = read(change(pb()))
    assert reading.warnings == ()
    assert reading.election.ballots_root == read(pb()).election.ballots_root
    assert reading.election.costs == read(pb()).election.costs


def test_a_withdrawn_proposal_is_known_by_the_exact_text_of_its_cost() -> None:
    election = read(pb(projects=["a;999999999", "b;999999999.00", "c;300"])).election
    assert [proposal.withdrawn for proposal in election.proposals] == [True, False, False]


def test_title_area_and_categories_are_taken_from_their_columns() -> None:
    text = pb(
        projects=['a;600;"Bro; ""Æble""\nved åen";natur, leg ,;Nord;By', "b;500;;;;By", "c;300;C;;;"],
        project_columns="project_id;cost;name;category;neighborhood;district",
    )
    first, second, third = read(text).election.proposals
    assert (first.title, first.category, first.area) == ('Bro; "Æble"\nved åen', ("natur", "leg"), "Nord")
    assert (second.title, second.category, second.area) == ("", (), "By")
    assert third.area is None


@pytest.mark.parametrize(
    ("meta", "method"),
    [
        ({"vote_type": "approval"}, "approval"),
        ({"vote_type": "choose-1"}, "approval"),
        ({"vote_type": "approval", "max_sum_cost": "1000"}, "knapsack"),
        ({"vote_type": "ordinal"}, "ranked"),
    ],
)
def test_vote_types_name_the_method(meta: dict[str, str], method: str) -> None:
    assert read(pb(meta)).election.method.name == method


def test_limits_and_threshold_are_read_exactly() -> None:
    keys = {"max_sum_cost": "99,5", "min_length": "1", "max_length": "5", "min_project_score_threshold": "2,50"}
    election = read(pb(keys)).election
    assert (election.limits.max_sum_cost, election.limits.min_length, election.limits.max_length) == (9950, 1, 5)
    assert election.declared_threshold == Fraction(5, 2)


def test_choose_1_means_exactly_one() -> None:
    reading = read(pb({"vote_type": "choose-1"}))
    assert (reading.election.limits.min_length, reading.election.limits.max_length) == (1, 1)
    assert [found.code for found in reading.warnings] == ["PB-043"]


def test_points_keep_the_larger_of_a_repeat_and_drop_what_is_not_positive() -> None:
    text = pb(
        {"vote_type": "cumulative", "max_sum_points": "5"},
        votes=["1;a,b;3,2", "2;a,a;1,2", "3;b,c;1,0", "4;a;-1"],
        vote_columns="voter_id;vote;points",
    ).replace("num_votes;3", "num_votes;4")
    reading = read(text)
    assert lines_of(reading) == ["1\t", "1\ta:2", "1\ta:3,b:2", "1\tb:1"]
    assert {found.code for found in reading.warnings} == {"PB-044", "PB-045"}


def test_scoring_has_a_default_and_may_be_negative() -> None:
    reading = read(
        pb(
            {"vote_type": "scoring", "default_score": "1"},
            votes=["1;a,b;3,-2", "2;a,b;1,1", "3;c;0"],
            vote_columns="voter_id;vote;points",
        )
    )
    assert reading.election.limits.default_score == 1
    assert lines_of(reading) == ["1\t", "1\ta:3,b:-2", "1\tc:0"]


def test_a_ranked_ballot_keeps_its_order_and_its_repeats() -> None:
    reading = read(pb({"vote_type": "ordinal"}, votes=["1;c,a", "2;b,a,b", "3;a"]))
    assert lines_of(reading) == ["1\ta", "1\tb>a>b", "1\tc>a"]
    assert [found.code for found in reading.warnings] == ["PB-044"]


def test_the_old_name_of_beneficiaries_is_kept() -> None:
    text = pb(projects=["a;600;børn", "b;500;", "c;300;"], project_columns="project_id;cost;target")
    assert read(text).warnings == ()
    assert read_document(text.encode(), "x").projects.columns == ("project_id", "cost", "target")


# --- errors ---------------------------------------------------------------------------------------------------------

GIANT = "9" * 4301
HOSTILE: dict[str, tuple[str | bytes, list[str]]] = {
    "empty file": (b"", ["PB-007"]),
    "only a bom": ("\ufeff", ["PB-007"]),
    "not utf-8": (pb({"unit": "Lillevig Å"}).encode("latin-1"), ["PB-001"]),
    "utf-16": (pb().encode("utf-16"), ["PB-001"]),
    "utf-16 without its mark": (pb({"description": "x"}).encode("utf-16-le"), ["PB-002"]),
    "nul": (pb().replace("c;300", "c\0;300"), ["PB-002"]),
    "random bytes": (bytes(range(256)) * 4, ["PB-001"]),
    "text before": ("hello\n" + pb(), ["PB-006"]),
    "no meta": (pb()[pb().index("PROJECTS") :], ["PB-007"]),
    "no projects": (pb().replace("PROJECTS\n", ""), ["PB-007"]),
    "no votes": (pb()[: pb().index("VOTES")], ["PB-007"]),
    "meta twice": (pb().replace("PROJECTS\n", "META\nkey;value\nbudget;1\nPROJECTS\n"), ["PB-008"]),
    "votes twice": (pb() + "VOTES\nvoter_id;vote\n4;a\n", ["PB-008"]),
    "votes twice, padded": (pb() + "VOTES;\nvoter_id;vote\n4;a\n", ["PB-008"]),
    "wrong order": (
        "META\nkey;value\nbudget;1\nVOTES\nvoter_id;vote\n1;a\nPROJECTS\nproject_id;cost\na;1\n", ["PB-008"],
    ),
    "no header": (pb().replace("project_id;cost\n", ""), ["PB-009"]),
    "commas instead of semicolons": (pb().replace(";", ","), ["PB-009"]),
    "title at the end": ("META\nkey;value\nPROJECTS\nproject_id;cost\nVOTES\n", ["PB-009"]),
    "no cost column": (pb().replace("project_id;cost", "project_id;price"), ["PB-010"]),
    "cost twice": (pb(projects=["a;1;2"], project_columns="project_id;cost;cost"), ["PB-011"]),
    "unquoted semicolon": (pb(projects=["a;600;Bro; ved", "b;1;B"], project_columns="project_id;cost;name"), ["PB-012"]),
    "row too short": (pb(votes=["1;a", "2", "3;b"]), ["PB-013"]),
    "row too long": (pb(votes=["1;a", "2;a;b", "3;b"]), ["PB-012"]),
    "no budget": (pb({"budget": "-"}), ["PB-020"]),
    "no vote_type": (pb({"vote_type": "-"}), ["PB-020"]),
    "budget twice": (pb().replace("budget;1000", "budget;1000\nbudget;2000"), ["PB-022"]),
    "unknown vote_type": (pb({"vote_type": "quadratic"}), ["PB-023"]),
    "budget is a word": (pb({"budget": "mange penge"}), ["PB-024"]),
    "budget is nan": (pb({"budget": "NaN"}), ["PB-024"]),
    "budget is infinite": (pb({"budget": "Infinity"}), ["PB-024"]),
    "budget with an exponent": (pb({"budget": "1e6"}), ["PB-024"]),
    "budget with groups": (pb({"budget": "1.000.000"}), ["PB-024"]),
    "budget with a sign": (pb({"budget": "+5"}), ["PB-024"]),
    "budget in other digits": (pb({"budget": "１０００"}), ["PB-024"]),
    "budget of 4,301 digits": (pb({"budget": GIANT}), ["PB-024"]),
    "budget above 2**53-1": (pb({"budget": "90071992547409.92"}), ["PB-024"]),
    "budget zero": (pb({"budget": "0"}), ["PB-025"]),
    "budget negative": (pb({"budget": "-1"}), ["PB-025"]),
    "max_length is no number": (pb({"max_length": "five"}), ["PB-024"]),
    "max_length is negative": (pb({"max_length": "-1"}), ["PB-024"]),
    "max_length of 4,301 digits": (pb({"max_length": GIANT}), ["PB-024"]),
    "threshold is no number": (pb({"min_project_score_threshold": "1/3"}), ["PB-024"]),
    "no id": (pb(projects=[";600", "b;500", "c;300"], votes=["1;b"]), ["PB-030"]),
    "id twice": (pb(projects=["a;600", "a;500", "b;2", "c;300"]), ["PB-031"]),
    "id twice after trimming": (pb(projects=["a;600", " a ;500", "b;2", "c;300"]), ["PB-031"]),
    "control character in an id": (pb(projects=["a\x07;600", "a;1", "b;500", "c;300"]), ["PB-032"]),
    "bidi character in an id": (pb(projects=["\u202ea;600", "a;1", "b;500", "c;300"]), ["PB-032"]),
    "newline in an id": (pb(projects=['"a\nb";600', "a;1", "b;500", "c;300"]), ["PB-032"]),
    "comma in an id": (pb(projects=["a,b;600", "a;1", "b;500", "c;300"]), ["PB-032"]),
    "semicolon in an id": (pb(projects=['"a;b";600', "a;1", "b;500", "c;300"]), ["PB-032"]),
    "> in an id of a ranked round": (pb({"vote_type": "ordinal"}, projects=["a>b;6", "a;1", "b;5", "c;3"]), ["PB-032"]),
    "cost zero": (pb(projects=["a;0", "b;500", "c;300"]), ["PB-034"]),
    "cost negative": (pb(projects=["a;-600", "b;500", "c;300"]), ["PB-034"]),
    "cost empty": (pb(projects=["a;", "b;500", "c;300"]), ["PB-024"]),
    "cost of three decimals": (pb(projects=["a;1.005", "b;500", "c;300"]), ["PB-024"]),
    "cost of 4,301 digits": (pb(projects=[f"a;{GIANT}", "b;500", "c;300"]), ["PB-024"]),
    "no proposals": (pb(projects=[], votes=[]), ["PB-035"]),
    "unknown id": (pb(votes=["1;a", "2;x", "3;b,y"]), ["PB-040"]),
    "empty entry": (pb(votes=["1;a,", "2;c", "3;a,,b"]), ["PB-040"]),
    "id of other case": (pb(votes=["1;A", "2;c", "3;b"]), ["PB-040"]),
    "10^5 unknown ids on a line": (pb(votes=["1;" + ",".join(f"x{i}" for i in range(10**4))]), ["PB-040"]),
    "10^5 columns on a line": (pb(votes=["1;a" + ";" * 10**5 + "z"]), ["PB-012"]),
    "a cell above the csv module's limit": (pb(votes=["1;" + ",".join(["a"] * 70_000)]), ["PB-005"]),
    "unclosed quote in votes": (pb(votes=["1;a", '2;"c', "3;a"]), ["PB-003"]),
    "text after a quoted id": (pb(projects=['"a"b;600', "a;1", "b;500", "c;300"]), ["PB-004"]),
    "text after a quoted vote": (pb(votes=["1;a", '2;"c"x', "3;a"]), ["PB-004", "PB-040"]),
}  # fmt: skip
POINTS_ROUND = {"vote_type": "cumulative", "max_sum_points": "10"}
HOSTILE_POINTS: dict[str, tuple[list[str], list[str]]] = {
    "lists of unequal length": (["1;a,b;1"], ["PB-041"]),
    "points without a vote": (["1;;1"], ["PB-041"]),
    "points not whole": (["1;a;1.5"], ["PB-042"]),
    "points a word": (["1;a;many"], ["PB-042"]),
    "points nan": (["1;a;nan"], ["PB-042"]),
    "points empty": (["1;a,b;1,"], ["PB-042"]),
    "points in other digits": (["1;a;٣"], ["PB-042"]),
    "points of 4,301 digits": ([f"1;a;{GIANT}"], ["PB-042"]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_a_sentence(name: str) -> None:
    text, codes = HOSTILE[name]
    assert set(codes) <= set(refused(text))


@pytest.mark.parametrize("name", HOSTILE_POINTS)
def test_hostile_points_are_refused_in_a_sentence(name: str) -> None:
    votes, codes = HOSTILE_POINTS[name]
    assert refused(pb(POINTS_ROUND, votes=votes, vote_columns="voter_id;vote;points")) == codes


def test_a_meta_without_column_names_loses_no_value() -> None:
    """As 29 rounds of Warszawa 2018 and 2019 in older collections."""
    whole, bare = read(pb()).election, pb().replace("META\nkey;value\n", "META\n")
    assert read(bare).election.pool == whole.pool
    assert read_document(bare.encode(), "x.pb") == read_document(pb().encode(), "x.pb")
    assert verify.read_input(bare.encode()).profile_lines() == verify.read_input(pb().encode()).profile_lines()
    wrong = pb().replace("META\nkey;value\n", "META\n").replace("vote_type;approval", "vote_type;odd")
    with pytest.raises(InputRejected) as caught:
        read(wrong)
    (told,) = (found.place.line for found in caught.value.problems if found.code == "PB-023")
    assert told == wrong.split("\n").index("vote_type;odd") + 1


def test_points_need_their_column() -> None:
    assert refused(pb(POINTS_ROUND)) == ["PB-010"]


def test_an_unclosed_quote_is_named_by_the_line_it_begins_on() -> None:
    text = pb().replace("description;Prøve", 'description;"Prøve')
    with pytest.raises(InputRejected) as caught:
        read(text)
    found = next(found for found in caught.value.problems if found.code == "PB-003")
    assert found.place.line == 3


def test_all_problems_are_told_at_once_with_their_lines() -> None:
    text = pb({"budget": "x"}, projects=["a;0", "a;5", "b;5", "c;5"], votes=["1;z", '2;"b\n"', "3;y,z"])
    with pytest.raises(InputRejected) as caught:
        read(text)
    told = [(found.code, found.place.line, found.place.column) for found in caught.value.problems]
    first, votes = header_line(text, "PROJECTS") + 1, header_line(text, "VOTES") + 1
    assert ("PB-024", text.split("\n").index("budget;x") + 1, "budget") in told
    assert ("PB-034", first, "cost") in told
    assert ("PB-031", first + 1, "project_id") in told
    assert told.count(("PB-040", votes, "vote")) == 1
    assert told.count(("PB-040", votes + 3, "vote")) == 2  # line 2 of the votes spans two lines
    assert all(found.place.source == "x.pb" for found in caught.value.problems)


def test_a_thousand_of_a_kind_are_told_and_the_rest_counted() -> None:
    text = pb(votes=[f"{i};x" for i in range(3000)])
    with pytest.raises(InputRejected) as caught:
        read(text)
    assert sum(found.code == "PB-040" for found in caught.value.problems) == 1000
    assert "2000" in next(found for found in caught.value.problems if found.code == "PB-099").say("da")


def test_a_hostile_value_is_shown_short_and_printable() -> None:
    with pytest.raises(InputRejected) as caught:
        read(pb(votes=["1;\u202ea\x1b[31m" + "x" * 1000]))
    said = caught.value.problems[0].say("en")
    assert said.isprintable()
    assert "\\u{202e}" in said


# --- warnings -------------------------------------------------------------------------------------------------------

ODD: dict[str, tuple[str, list[str]]] = {
    "blank lines": (pb(votes=["1;a,b", "", "2;c", ";", "3;a", ""]), ["PB-014"]),
    "needless empty cells": (pb(projects=["a;600;;", "b;500.5", "c;300"]), ["PB-014"]),
    "META without column names": (pb().replace("META\nkey;value\n", "META\n"), ["PB-015"]),
    "demanded keys missing": (pb({"country": "-", "unit": "-"}), ["PB-021"]),
    "a comment twice": (pb().replace("unit;Lillevig", "unit;Lillevig\nunit;Storvig"), ["PB-022"]),
    "the same budget twice": (pb().replace("budget;1000", "budget;1000\nbudget;1000"), ["PB-022"]),
    "limits that exclude each other": (pb({"min_length": "3", "max_length": "0"}), ["PB-026", "PB-043", "PB-043"]),
    "perhaps thousands": (pb({"budget": "1.000"}), ["PB-027"]),
    "other scoring function": (pb({"vote_type": "ordinal", "scoring_fn": "Dowdall"}), ["PB-028"]),
    "ids differing in case": (
        pb({"num_projects": "4"}, projects=["a;600", "b;500.5", "c;300", "A;5"]), ["PB-033"],
    ),
    "ids differing in form": (
        pb({"num_projects": "4"}, projects=["a;600", "b;500.5", "c;300", "ａ;5"]), ["PB-033"],
    ),
    "ids named like sections": (
        pb(projects=["meta;600", "b;500.5", "c;300"], votes=["Votes;meta", "2;b", "3;c"]), ["PB-038", "PB-038"],
    ),
    "wrong votes column": (
        pb(projects=["a;600;7;7", "b;500.5;;", "c;300;1;1"], project_columns="project_id;cost;votes;score"),
        ["PB-036", "PB-036"],
    ),
    "wrong num_projects": (pb({"num_projects": "4"}), ["PB-037"]),
    "wrong num_votes": (pb({"num_votes": "4"}), ["PB-037"]),
    "too many on a ballot": (pb({"max_length": "1"}), ["PB-043"]),
    "basket too full": (pb({"max_sum_cost": "700"}), ["PB-043"]),
    "a proposal repeated": (pb(votes=["1;a,b,a", "2;c", "3;a"]), ["PB-044"]),
    "a blank ballot": (pb(votes=["1;a", "2;", "3; "]), ["PB-046"]),
    "a voter twice": (pb(votes=["1;a", "2;b", " 1;c"]), ["PB-047"]),
    "no voter": (pb(votes=["1;a", ";b", "3;c"]), ["PB-048"]),
    "needless points": (pb(votes=["1;a;1", "2;b;1", "3;c;1"], vote_columns="voter_id;vote;points"), ["PB-049"]),
    "text after a quoted name": (
        pb(projects=['a;600;"Æblet" i haven', "b;500.5;", "c;300;"], project_columns="project_id;cost;name"),
        ["PB-004"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_files_are_read_with_a_warning(name: str) -> None:
    text, codes = ODD[name]
    assert warned(text) == codes


def test_a_warning_of_many_ballots_is_one_with_a_count_and_the_first_lines() -> None:
    text = pb({"num_votes": "5000"}, votes=[f"{i};a,a" for i in range(5000)])
    (found,) = read(text).warnings
    first = header_line(text, "VOTES") + 1
    assert found.code == "PB-044"
    assert "5000" in found.sentence.en
    assert f"{first}, {first + 1}, {first + 2}" in found.sentence.en


def test_blank_ballots_count_as_voters() -> None:
    election = read(pb(votes=["1;a", "2;", "3;"])).election
    assert (int(election.profile.voters), int(election.profile.blank)) == (3, 2)


def test_a_round_without_ballots_can_be_read() -> None:
    assert read(pb({"num_votes": "0"}, votes=[])).election.profile.voters == 0


def test_huge_costs_never_wrap_around() -> None:
    giant = "90071992547409.91"
    ids = [f"p{i}" for i in range(600)]
    text = pb(
        {"budget": giant, "max_sum_cost": giant, "num_projects": "600", "num_votes": "1"},
        projects=[f"{i};{giant}" for i in ids], votes=["1;" + ",".join(ids)],
    )  # fmt: skip
    assert warned(text) == ["PB-043"]


names = st.lists(st.text("abæ1𝟙", min_size=1, max_size=25), min_size=1, max_size=6, unique=True)


@given(st.data(), names)
def test_names_are_found_in_a_block_by_all_their_bytes(data: st.DataObject, names: list[str]) -> None:
    entries = data.draw(st.lists(st.sampled_from([*names, "a", "aaaaaaaa", "aaaaaaaab", "æ" * 12]), max_size=5))
    encoded = [entry.encode() for entry in entries]
    lengths = np.array(list(map(len, encoded)), np.int64)
    starts = np.cumsum(lengths + 1) - lengths
    block = b"," + b",".join(encoded) + b"a" * LONGEST
    found = Names(names).numbers(block, starts, lengths)
    if found is None:
        assert not set(entries) <= set(names) or max(len(name.encode()) for name in names) > LONGEST
    else:
        assert [names[at] for at in found] == entries


ballot = st.lists(st.sampled_from("abcd"), max_size=5)
bound = st.none() | st.integers(-1, 6)


@given(
    st.lists(st.tuples(ballot, st.lists(st.integers(-2, 4), min_size=5, max_size=5)), min_size=1, max_size=8),
    st.sampled_from(["approval", "cumulative", "ordinal", "scoring"]),
    st.dictionaries(
        st.sampled_from(["min_length", "max_length", "min_sum_cost", "max_sum_cost", "max_points", "min_sum_points"]),
        st.integers(0, 9),
    ),
)
def test_every_broken_limit_is_told_and_no_other(
    votes: list[tuple[list[str], list[int]]], vote_type: str, limits: dict[str, int]
) -> None:
    """The quick filter against the ballot method's own check, ballot by ballot."""
    points = vote_type in ("cumulative", "scoring")
    cost = {"a": 1, "b": 2, "c": 3, "d": 4}
    rows = [
        f"{i};{','.join(v)}" + (f";{','.join(map(str, p[: len(v)]))}" if points else "")
        for i, (v, p) in enumerate(votes)
    ]
    text = pb(
        {"vote_type": vote_type, "num_votes": "-", "num_projects": "-", **{k: str(v) for k, v in limits.items()}},
        projects=[f"{i};{c}" for i, c in cost.items()],
        votes=rows,
        vote_columns="voter_id;vote;points" if points else "voter_id;vote",
    )
    reading = read(text)
    method, declared = reading.election.method, reading.election.limits
    minor = {i: 100 * c for i, c in cost.items()}
    expected = [
        {b.limit for b in method.breaches(v, p[: len(v)] if points else None, minor, declared)} for v, p in votes if v
    ]
    for limit in set().union(*expected):
        code = {"repeats": "PB-044", "positive_points": "PB-045"}.get(limit, "PB-043")
        count = sum(limit in broken for broken in expected)
        said = [w.sentence.en for w in reading.warnings if w.code == code]
        assert any(s.startswith(f"{count} ") and (code != "PB-043" or f" {limit} = " in s) for s in said)
    told = [w for w in reading.warnings if w.code in ("PB-043", "PB-044", "PB-045")]
    assert len(told) == len(set().union(*expected))


# --- round trips ----------------------------------------------------------------------------------------------------

cells = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["", ";", '"', '""', '";"', "a\nb", "a\r\nb", "\r", " a", "a ", ",", "Æ,ø", "\u2028", "x\u0085y"]
)
names = st.text("abcdefgh_", min_size=1, max_size=6)
ended = cells.filter(lambda text: text.strip() != "" and text.strip().upper() not in ("META", "PROJECTS", "VOTES"))


@st.composite
def sections(draw: st.DrawFn, needed: tuple[str, ...]) -> Section:
    more = draw(st.lists(names.filter(lambda name: name not in needed), max_size=3, unique=True))
    rows = draw(st.lists(st.tuples(ended, *([cells] * (len(needed) + len(more) - 1))), max_size=4))
    return Section((*needed, *more), tuple(rows))


@given(
    st.builds(
        Document,
        sections(("key", "value")),
        sections(("project_id", "cost")),
        sections(("voter_id", "vote")),
    )
)
def test_any_document_comes_back_as_it_was(document: Document) -> None:
    data = write_document(document)
    assert read_document(data, "x") == document
    assert write_document(read_document(data, "x")) == data
    assert not data.startswith(b"\xef\xbb\xbf")


@pytest.mark.corpus
def test_every_real_round_comes_back_as_it_was(corpus: list[Path]) -> None:
    for path in corpus:
        document = read_document(path.read_bytes(), path.name)
        assert read_document(write_document(document), path.name) == document, path.name


@pytest.mark.corpus
def test_every_real_round_is_read(corpus: list[Path]) -> None:
    for path in corpus:
        reading = read_pabulib(path.read_bytes(), path.name)
        codes = {found.code for found in reading.warnings}
        assert codes <= {"PB-004", "PB-036", "PB-043", "PB-044"}, path.name
