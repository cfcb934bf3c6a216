"""Plans side by side: each as it is counted alone, what they differ in, and what only a lot decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from borgerbudget import Pool, Proposal, make_election
from borgerbudget.election import Election
from borgerbudget.files import read_pabulib
from scenarios.answer import Answer
from scenarios.figures import Grid, Spread
from scenarios.measures import MEASURES, result_of
from scenarios.page.page import page
from scenarios.questions.compare import compare
from tallies import count, make_plan

PLANS = ("greedy", "equal-shares/add1u", "phragmen")


@pytest.fixture(scope="module")
def lillevig(examples: Path) -> Election:
    return read_pabulib((examples / "lillevig-2026.pb").read_bytes(), "lillevig-2026.pb").election


def asked(election: Election, *names: str, effective: bool = False) -> Answer:
    return compare("source", election, [(name, make_plan(name, election)) for name in names], effective=effective)


def test_every_plan_is_counted_as_alone(lillevig: Election) -> None:
    answer = asked(lillevig, *PLANS)
    cells = list(zip(*(answer.table.column(n) for n in ("plan", "proposal", "funded", "amount")), strict=True))
    for name in PLANS:
        outcome = count(lillevig, make_plan(name, lillevig))
        amounts = {award.proposal: award.amount for award in outcome.funded}
        rows = {proposal: (funded, amount) for plan, proposal, funded, amount in cells if plan == name}
        assert rows == {p.id: (p.id in amounts, amounts.get(p.id, 0)) for p in lillevig.proposals}


def test_measures_stand_in_every_row_of_their_plan(lillevig: Election) -> None:
    answer = asked(lillevig, *PLANS)
    for measure in MEASURES.values():
        found = set(zip(answer.table.column("plan"), answer.table.column(f"plan_{measure.name}"), strict=True))
        assert found == {(name, measure.of(result_of(count(lillevig, make_plan(name, lillevig))))) for name in PLANS}


def test_the_words_tell_what_is_in_common_and_what_is_not(lillevig: Election) -> None:
    said = [sentence.en for sentence in asked(lillevig, *PLANS).words]
    assert said[0] == "No proposal is funded by every plan."
    assert "Only by greedy: Nyt køkken i forsamlingshuset." in said
    assert any(line.startswith("greedy spends 143,400 DKK of 150,000 DKK on 2 proposals. 43.6%") for line in said)
    same = [sentence.da for sentence in asked(lillevig, "greedy", "greedy-stop").words]
    assert same[0].startswith(("Alle 2 planer giver penge til de samme", "2 forslag får penge efter alle planerne"))


def test_the_figures_agree_with_the_table(lillevig: Election) -> None:
    answer = asked(lillevig, *PLANS)
    grid = next(figure for figure in answer.figures if isinstance(figure, Grid))
    amounts = [amount for place in range(len(PLANS)) for amount in (row.amounts[place] for row in grid.rows)]
    assert amounts == list(answer.table.column("amount"))
    spent = next(figure for figure in answer.figures if isinstance(figure, Spread) and figure.name == "spent")
    assert [row.quantiles[2] for row in spent.rows] == [sum(row.amounts[i] or 0 for row in grid.rows) for i in range(3)]


def test_effective_support_is_one_or_more_for_winners_only(lillevig: Election) -> None:
    table = asked(lillevig, "greedy", effective=True).table
    for funded, share in zip(table.column("funded"), table.column("effective_support"), strict=True):
        assert isinstance(share, float)
        assert (share >= 1) == funded


def tied() -> Election:
    return make_election(Pool(10_00, "DKK"), [Proposal("a", 10_00, title="{a}"), Proposal("b", 10_00)], [["a"], ["b"]])


def test_a_plan_that_only_a_lot_could_finish_is_named_and_left_out() -> None:
    answer = asked(tied(), "greedy", "equal-shares/none")
    assert any("{a}, b are tied" in sentence.en for sentence in answer.words)
    by_plan = dict(zip(answer.table.column("plan"), answer.table.column("funded"), strict=True))
    assert by_plan["greedy"] is None
    grid = next(figure for figure in answer.figures if isinstance(figure, Grid))
    assert grid.plans == ("equal-shares/none",)


def test_with_lots_only_there_are_words_and_no_pictures() -> None:
    answer = asked(tied(), "greedy")
    assert answer.figures == ()
    assert "lodtrækning" in page(answer, "da", {})


def test_of_a_hand_count_only_what_totals_tell(examples: Path) -> None:
    election = read_pabulib((examples / "egekrog-2026.pb").read_bytes(), "egekrog-2026.pb").election
    assert election.hand_count
    names = {column.name for column in asked(election, "greedy").table.columns}
    assert "plan_spent" in names
    assert "plan_exclusion_ratio" not in names
