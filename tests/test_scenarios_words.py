"""What the questions say first: the answer, in words that need no explanation."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from borgerbudget.election import Election
from scenarios.answer import Answer
from scenarios.questions import QUESTIONS
from scenarios.questions.asked import Asked, Named
from scenarios.sources import Source, read_source
from scenarios.specification import Specification
from tallies import make_plan
from tallies.plan import Plan

LILLEVIG = Path(__file__).resolve().parents[1] / "examples" / "lillevig-2026.pb"


@cache
def source() -> Source:
    return read_source(str(LILLEVIG))


def asked(question: str, *plans: str, **given: object) -> Answer:
    def named(name: str) -> Named:
        def of(election: Election) -> Plan:
            return make_plan(name, election)

        return Named(name, of)

    spec = Specification.model_validate({"question": question, **given})
    return QUESTIONS[question](Asked(spec, source(), tuple(map(named, plans))))


def test_a_sweep_begins_with_the_pool_as_it_is_and_how_far_it_may_fall_or_rise() -> None:
    words = [sentence.da for sentence in asked("sweep", "equal-shares/add1eu", pools="50000:300000").words]
    assert words[0].startswith("Med 150.000 kr., som det er nu, får L01 Multibane bag skolen, L03 Badebro")
    assert (
        words[1]
        == "Det holder ned til 146.030,50 kr.; under det falder L09 Fællesspisning og sprogcafé for nye naboer ud."
    )
    assert words[2].startswith("Det holder op til 160.780,49 kr.; over det kommer L07 Frugtlund")
    assert words[-1].startswith("Grænserne er bevist")


def test_a_sweep_of_a_price_says_what_would_have_been_low_enough() -> None:
    words = [sentence.en for sentence in asked("sweep", "greedy", price_of="L04", price_range="5000:50000").words]
    assert "That holds down to 6,600.01 DKK; below it L04 Shelterplads og bålhytte i Skovhuse would come in." in words


def test_where_the_range_does_not_hold_the_pool_nothing_is_said_of_it() -> None:
    words = [sentence.en for sentence in asked("sweep", "greedy", pools="200000:300000").words]
    assert not any("as it is now" in word for word in words)


@pytest.mark.parametrize(("plans", "begins"), [(["greedy"], "L"), (["greedy", "phragmen"], "greedy: ")])
def test_a_plan_is_named_only_where_several_were_asked_about(plans: list[str], begins: str) -> None:
    answer = asked("what-if", *plans, pool=60000)
    assert answer.words[0].da.startswith(begins)
    assert all(plan in figure.title.da for plan, figure in zip(plans, answer.figures, strict=True))


def test_what_if_says_what_is_now_and_what_would_be() -> None:
    answer = asked("what-if", "greedy", pool=130000, prices={"L04": 20000})
    assert answer.title.en == (
        "What if the pool were 130,000 DKK (now 150,000 DKK) and L04 Shelterplads og bålhytte i Skovhuse cost 20,000 DKK "
        "(now 31,200 DKK)?"
    )


def test_tidy_words_are_said_in_the_readers_language() -> None:
    for question, given in (("what-if", {"pool": 60000}), ("compare", {})):
        table = asked(question, "greedy", **given).table
        for column in table.columns:
            if column.said:
                assert set(table.column(column.name)) - {None} <= set(column.said)
        assert any(column.said for column in table.columns)
