"""Ballots as forms and platforms write them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from borgerbudget.errors import Problem
from borgerbudget.files import read_pabulib
from borgerbudget.sheets.mapping import PLATFORMS, BallotManner, Mapped, read_mapping
from borgerbudget.sheets.opening import new_findings
from borgerbudget.sheets.proposals import ProposalRow
from tests.tables import ballots_of, book, told

QUESTION = "Hvilke forslag stemmer du på?"
FORM = BallotManner(column=QUESTION, time="Tidsstempel", order="dmy", voter="Mailadresse")


def choices(found: Any) -> list[tuple[str, ...]]:
    assert found is not None
    return [row.choices for row in found.rows]


def test_a_google_form_is_read_by_titles_that_hold_commas_themselves() -> None:
    text = (
        f"Tidsstempel,Mailadresse,{QUESTION}\n"
        '14/09/2026 20.05.11,a@x.dk,"Bænke, borde, Grill"\n'
        "14/09/2026 20.06.00,b@x.dk,Badebro\n"
        '14/09/2026 20.07.00,c@x.dk,"Grill, Bænke, borde, Badebro"\n'
        "14/09/2026 20.08.00,d@x.dk,\n"
    )
    found, problems = ballots_of(text, FORM)
    assert choices(found) == [("1", "3"), ("2",), ("3", "1", "2"), ()]
    assert told(problems, "warning") == [("IMP-080", 5)]


def test_the_words_of_a_form_may_hold_number_and_price() -> None:
    manner = BallotManner(column="Valg", form="{id}. {title} ({kr} kr.)")
    found, _ = ballots_of('Valg\n"1. Bænke, borde (12.500 kr.), 3. Grill (9.000 kr.)"\n', manner)
    assert choices(found) == [("1", "3")]


def test_words_that_are_declared_stand_for_a_proposal() -> None:
    manner = BallotManner(column="Valg", answers={"Den ved søen": "2"})
    assert choices(ballots_of('Valg\n"Den ved søen, Grill"\n', manner)[0]) == [("2", "3")]


@pytest.mark.parametrize(
    "cell", ["1 3", "1,3", "1, 3", "1;3", "Bænke, borde; Grill", "bænke,  borde\nGRILL", "1: Bænke, borde / 3. Grill"]
)
def test_numbers_and_titles_are_read_however_they_are_joined(cell: str) -> None:
    assert choices(ballots_of(book(["Stemmer"], [cell]))[0]) == [("1", "3")]


def test_a_single_number_typed_as_one_is_a_choice() -> None:
    assert choices(ballots_of(book(["Stemmer"], [3]))[0]) == [("3",)]


ALIKE = (
    ProposalRow(2, "a", "Sti", 1),
    ProposalRow(3, "b", "Sti, lys", 1),
    ProposalRow(4, "c", "Lys", 1),
    ProposalRow(5, "d", "Sti", 1),
)


def test_the_longest_title_is_tried_first_and_a_shorter_one_where_it_leads_nowhere() -> None:
    proposals = (ProposalRow(2, "a", "Sti", 1), ProposalRow(3, "b", "Sti, lys", 1), ProposalRow(4, "c", "lys, bænk", 1))
    assert choices(ballots_of('Valg\n"Sti, lys, bænk"\n"Sti, lys"\n', proposals=proposals)[0]) == [("a", "c"), ("b",)]


def test_two_readings_of_an_answer_are_refused_with_both() -> None:
    found, problems = ballots_of('Valg\n"Sti, lys"\n', proposals=ALIKE[:3])
    assert found is None
    assert told(problems) == [("IMP-071", "A2")]
    assert "a, c" in problems[0].say("da")


def test_a_title_that_two_proposals_have_says_nothing() -> None:
    assert told(ballots_of("Valg\nSti\n", proposals=ALIKE)[1]) == [("IMP-071", "A2")]


def test_what_is_no_proposal_is_quoted_from_where_it_is_unknown() -> None:
    _, problems = ballots_of('Valg\n"Badebro, Svømmehal, Grill"\n')
    assert told(problems) == [("IMP-070", "A2")]
    assert "“Svømmehal, Grill”" in problems[0].say("da")


def test_a_choice_twice_is_refused_where_it_can_count_once_only() -> None:
    assert told(ballots_of("Valg\n2 2\n")[1]) == [("IMP-072", 2)]


def test_balls_may_be_stacked() -> None:
    found, _ = ballots_of("Valg\n2 2 3\n", BallotManner(shape="balls"))
    assert found is not None
    assert (found.rows[0].choices, found.rows[0].points, found.vote_type) == (("2", "3"), (2, 1), "cumulative")


def test_points_stand_beside_their_choices() -> None:
    found, _ = ballots_of('voter_id;vote;points\n7;"1,3";"5,2"\n')
    assert found is not None
    assert (found.rows[0].choices, found.rows[0].points) == (("1", "3"), (5, 2))
    assert told(ballots_of('voter_id;vote;points\n7;"1,3";5\n')[1]) == [("IMP-077", "C2")]
    assert told(ballots_of("voter_id;vote;points\n7;1;fem\n")[1]) == [("IMP-026", "C2")]


SURVEY = ["Hvad vælger du? - Bænke, borde", "Hvad vælger du? - Badebro", "Hvad vælger du? [Grill]"]


def test_a_survey_with_a_column_for_each_proposal_is_read() -> None:
    rows = [["Valgt", "Ikke valgt", None], ["x", True, 0], [1, "Nej", "Ja"]]
    found, _ = ballots_of(book(SURVEY, *rows), BallotManner(shape="marks"))
    assert choices(found) == [("1",), ("1", "2"), ("1", "3")]


def test_what_is_neither_a_mark_nor_empty_is_refused() -> None:
    assert told(ballots_of(book(SURVEY, ["måske", 2, "#N/A"]), BallotManner(shape="marks"))[1]) == [
        ("IMP-073", "A2"), ("IMP-073", "B2"), ("IMP-027", "C2"),
    ]  # fmt: skip


def test_a_proposal_without_a_column_is_told() -> None:
    _, problems = ballots_of(book(SURVEY[:2], ["x", "x"]), BallotManner(shape="marks"))
    assert told(problems) == [("IMP-040", 1)]
    assert "grill" in problems[0].say("da").lower()


def test_points_in_columns_are_read() -> None:
    found, _ = ballots_of(book(SURVEY, [3, None, 0], ["1", "2", -1]), BallotManner(shape="points"))
    assert found is not None
    assert [(row.choices, row.points) for row in found.rows] == [(("1",), (3,)), (("1", "2", "3"), (1, 2, -1))]
    assert told(ballots_of(book(SURVEY, [1.5, None, 0]), BallotManner(shape="points"))[1]) == [("IMP-026", "A2")]


RANKS = BallotManner(shape="ranks", ranks=("1. prioritet", "2. prioritet", "3. prioritet"))


def test_choices_in_order_are_read_in_order() -> None:
    found, _ = ballots_of("1. prioritet;2. prioritet;3. prioritet\nGrill;Badebro;\n2;;\n", RANKS)
    assert found is not None
    assert (choices(found), found.vote_type) == ([("3", "2"), ("2",)], "ordinal")


def test_a_choice_that_is_left_out_in_the_middle_is_refused() -> None:
    assert told(ballots_of("1. prioritet;2. prioritet;3. prioritet\nGrill;;Badebro\n", RANKS)[1]) == [("IMP-078", "C2")]


VOTERS = "Kode;Valg\nK1;1\nK2;2\nk1;3\n"


def test_who_votes_twice_is_told_with_both_rows() -> None:
    found, problems = ballots_of(VOTERS)
    assert found is None
    assert told(problems) == [("IMP-074", "A4")]
    assert "række 2" in problems[0].say("da")


@pytest.mark.parametrize(("rule", "left"), [("first", [("1",), ("2",)]), ("last", [("2",), ("3",)])])
def test_the_first_or_the_last_counts_where_that_is_declared(rule: Any, left: list[tuple[str, ...]]) -> None:
    found, problems = ballots_of(VOTERS, BallotManner(double_vote=rule))
    assert choices(found) == left
    assert [p.code for p in problems] == ["IMP-075"]


def test_an_answer_after_the_deadline_is_refused() -> None:
    manner = BallotManner(column="Valg", time="Tid", order="dmy", closes=datetime(2026, 9, 14, 20))
    _, problems = ballots_of("Tid;Valg\n14-09-2026 20.00;1\n14-09-2026 20.00.01;1\n", manner)
    assert told(problems) == [("IMP-076", "A3")]


def test_a_date_that_can_be_two_is_refused_until_its_order_is_declared() -> None:
    text, manner = "Tid;Valg\n5/6/2026 10:00;1\n", BallotManner(column="Valg", time="Tid")
    assert told(ballots_of(text, manner)[1]) == [("IMP-034", "A2")]
    assert ballots_of(text, BallotManner(column="Valg", time="Tid", order="mdy"))[0] is not None


@pytest.mark.parametrize(
    "written",
    ["2026-09-14", "2026/09/14 8:05:12 PM GMT+2", "2026-09-14T20:05:12Z", "14/9/2026", "14-09-2026 kl. 20.05",
     "14. september 2026", "14 Sep 2026 20:05", "2026-09-14T20:05:12.123+02:00"],
)  # fmt: skip
def test_dates_are_read_in_the_ways_that_forms_write_them(written: str) -> None:
    manner = BallotManner(column="Valg", time="Tid", opens=datetime(2026, 9, 14), closes=datetime(2026, 9, 14, 23, 59))
    assert ballots_of(f'Tid;Valg\n"{written}";1\n', manner)[0] is not None


@pytest.mark.parametrize("written", ["", "i går", "31-02-2026", "14-09-26", "2026-13-01", "13:00 PM"])
def test_what_is_no_date_is_refused(written: str) -> None:
    manner = BallotManner(column="Valg", time="Tid", order="dmy")
    assert told(ballots_of(f'Tid;Valg\n"{written}";1\n', manner)[1]) == [("IMP-033", "A2")]


# Platforms

STANFORD = (ProposalRow(2, "1", "Benches, tables", 12_500_00), ProposalRow(3, "2", "Jetty", 38_750_00))
STANFORD_TABLES = {
    "stanford-approvals": (
        'Voter ID,Authentication ID,"Benches, tables",Jetty\n"","",$12500,$38750\n11,AB12,1,0\n12,CD34,1,1\n13,EF56,0,0\n',
        [("1",), ("1", "2"), ()],
    ),
    "stanford-knapsack": (
        'Voter ID,Voter Stage,"Benches, tables",Jetty\nAllocation,"",12500,0\n11,done,12500,0\n'
        "12,done,12500,38750\n13,done,0,0\n",
        [("1",), ("1", "2"), ()],
    ),
    "stanford-tokens": (
        'Voter ID,Authentication ID,"Benches, tables",Jetty\n11,AB12,3,0\n12,CD34,1,2\n', [("1",), ("1", "2")],
    ),
    "stanford-ranking": (
        'Voter ID,Rank1,Rank2\n11,Jetty ($38750),"Benches, tables ($12500)"\n12,Jetty ($38750)\n', [("2", "1"), ("2",)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PLATFORMS)
def test_the_tables_of_the_stanford_platform_are_read(name: str) -> None:
    text, expected = STANFORD_TABLES[name]
    found, _ = ballots_of(text, PLATFORMS[name].ballots, STANFORD)
    assert choices(found) == expected


def test_a_part_of_a_proposal_cannot_be_chosen() -> None:
    text = STANFORD_TABLES["stanford-knapsack"][0].replace("11,done,12500,0", "11,done,6000,0")
    assert told(ballots_of(text, PLATFORMS["stanford-knapsack"].ballots, STANFORD)[1]) == [("IMP-082", "C3")]


def test_what_decidim_exports_is_a_round() -> None:
    """As its exporter writes it: ids of the database, no rule, days with points, a title with a semicolon."""
    text = (
        "META\nkey;value\ndescription;Sønderborg - Borgerbudget - Nord\nunit;Nord\ninstance;2026\nnum_projects;2\nnum_votes;2\n"
        "budget;50000\nvote_type;approval\nrule;greedy\ndate_begin;01.09.2026\ndate_end;14.09.2026\nmin_length;1\nmax_length;2\n"
        'PROJECTS\nproject_id;name;cost;votes;selected\n101;"Bænke; borde";12500;2;0\n102;Badebro;38750;1;0\n'
        'VOTES\nvoter_id;vote\n9001;"101,102"\n9002;101\n'
    )
    election = read_pabulib(text.encode(), "decidim.pb").election
    assert (election.pool.amount, election.ids, election.profile.voters) == (5_000_000, ("101", "102"), 2)


# Mapping files


def mapped(text: str) -> tuple[Mapped | None, tuple[Problem, ...]]:
    findings = new_findings()
    return read_mapping(text.encode(), "svar.toml", findings), findings.problems


def test_a_mapping_says_all_that_there_is_to_say() -> None:
    found, problems = mapped(
        '[proposals]\nsheet = "Ark1"\nnumbers = "en"\ncolumns = { title = "Hvad", cost = "Pris" }\n'
        '[ballots]\nshape = "ranks"\nranks = ["1.", "2."]\nvoter = "Mail"\ndouble_vote = "last"\ntime = "Tid"\norder = "mdy"\n'
        "from = 2026-09-01\nuntil = 2026-09-14\n"
        '[ballots.answers]\n"Ny bro" = "2"\n[round]\npool = 50000\nmax_length = 3\ndate_begin = 2026-09-01\n'
    )
    assert problems == ()
    assert found is not None
    assert (found.proposals.sheet, found.proposals.columns["cost"]) == ("Ark1", "Pris")
    assert (found.ballots.ranks, found.ballots.double_vote) == (("1.", "2."), "last")
    assert found.ballots.closes == datetime(2026, 9, 14, 23, 59, 59, 999999)
    assert dict(found.round) == {"pool": "50000", "max_length": "3", "date_begin": "2026-09-01"}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("[ballots", ["IMP-090"]),
        ("[ballot]\n", ["IMP-091"]),
        ('[ballots]\nseperator = ","\n', ["IMP-091"]),
        ('[ballots]\nshape = "liste"\n', ["IMP-092"]),
        ("[ballots]\ncolumn = 3\nranks = 'a'\nprice_row = 1\nuntil = 'i dag'\n", ["IMP-092"] * 4),
        ('[proposals]\ncolumns = { pris = "X" }\n', ["IMP-091"]),
        ("ballots = 3\n", ["IMP-092"]),
        ("[round]\nbudget = 3\npool = [1]\n", ["IMP-091", "IMP-092"]),
    ],
)
def test_a_slip_of_the_pen_in_a_mapping_is_told(text: str, codes: list[str]) -> None:
    found, problems = mapped(text)
    assert found is None
    assert sorted(p.code for p in problems) == codes


def test_a_mapping_that_speaks_of_no_such_proposal_is_refused() -> None:
    assert [p.code for p in ballots_of("Valg\n1\n", BallotManner(answers={"Bro": "99"}))[1]] == ["IMP-093"]
