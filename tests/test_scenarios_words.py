"""What the questions say first: the answer, in words that need no explanation."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from borgerbudget import Proposal, make_election
from borgerbudget.money import plain_amount
from scenarios.answer import Answer
from scenarios.figures import Bands
from scenarios.questions import QUESTIONS
from scenarios.questions.asked import Asked, Named
from scenarios.sources import Source, read_source
from scenarios.specification import Specification
from tallies import make_plan

LILLEVIG = Path(__file__).resolve().parents[1] / "examples" / "lillevig-2026.pb"


@cache
def source() -> Source:
    return read_source(str(LILLEVIG))


def asked(
    question: str, *plans: str, of: Source | None = None, minutes: float | None = None, **given: object
) -> Answer:
    settings = given.pop("set", {})
    assert isinstance(settings, dict)

    def named(name: str) -> Named:
        return Named(name, lambda election: make_plan(name, election, settings))

    spec = Specification.model_validate({"question": question, **given})
    return QUESTIONS[question](Asked(spec, of or source(), tuple(map(named, plans)), minutes=minutes))


def small(pool: int, costs: dict[str, int], ballots: list[list[str]]) -> Source:
    proposals = [Proposal(name, cost * 100, name.upper()) for name, cost in costs.items()]
    return Source("small", make_election(pool * 100, proposals, ballots, "approval", round="r"))


def english(answer: Answer) -> list[str]:
    return [sentence.en for sentence in answer.words]


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


def test_a_lot_is_said_to_decide_about_those_it_decides_about_and_the_others_are_sure() -> None:
    tied = small(100, {"a": 50, "b": 40, "c": 40}, [["a", "b", "c"]] * 2 + [["a"]])
    answer = asked("sweep", "greedy", of=tied, pools="95:120")
    words = english(answer)
    assert "Whether b B and c C would be funded, a lot must decide from 95 DKK to 120 DKK." in words
    assert "Throughout the range funded: a A." in words
    assert not any(word.startswith("Nowhere") for word in words)
    [row] = answer.table.rows
    told = dict(zip((column.name for column in answer.table.columns), row, strict=True))
    assert told["lot"] is True
    assert (told["funded"], told["lot_among"]) == ("a", "b c")
    [bands] = answer.figures
    assert isinstance(bands, Bands)
    hatched = {band.proposal.id: (bool(band.funded), bool(band.lots)) for band in bands.bands}
    assert hatched == {"a": (True, False), "b": (False, True), "c": (False, True)}


def test_a_lot_about_amounts_is_said_though_it_decides_about_nobody() -> None:
    tied = small(100, {"a": 60, "b": 60, "c": 60}, [["a", "b", "c"]] * 2)
    answer = asked("sweep", "equal-split", of=tied, pools="99:101:1", set={"unit": 1})
    assert [row[-1] for row in answer.table.rows] == ["a b c"]
    assert list(answer.table.column("lot")) == [False]
    assert list(answer.table.column("lot_amounts")) == [True]
    assert (
        "Who is funded is settled at 2 values that were tried, but how much they get, a lot must decide at 1 of them, "
        "such as 101 DKK." in english(answer)
    )


def test_where_nothing_is_proven_every_sentence_speaks_of_the_values_that_were_counted() -> None:
    three = small(90, {"a": 40, "b": 30, "c": 80}, [["a", "b"]] * 3 + [["c"]] * 2)
    cap = {"constraints": [{"kind": "one-of", "name": "k", "proposals": ["b", "c"]}]}
    answer = asked("sweep", "equal-shares/add1", of=three, pools="60:140:20", set=cap)
    words = english(answer)
    assert list(answer.table.column("certified")) == [False] * len(answer.table.rows)
    assert any("at the values counted" in word or "at all values counted" in word for word in words)
    assert not any("throughout" in word.lower() or "proven" in word or "That holds" in word for word in words)
    assert words[-1].startswith("From 60 DKK to 140 DKK there is no proof: 6 values were counted, and between them")
    [bands] = answer.figures
    assert isinstance(bands, Bands)
    assert bands.samples == (6000, 8000, 9000, 10000, 12000, 14000)  # the pool as it is among them


def test_a_sweep_that_is_stopped_says_what_it_knows_and_how_to_ask_about_the_rest() -> None:
    answer = asked("sweep", "greedy", pools="50000:300000", minutes=0.0)
    words = english(answer)
    high = list(answer.table.column("high"))[-1]
    assert isinstance(high, int)
    assert high < 30_000_000
    rest = f"--pool {plain_amount(high + 1)}:300000"
    assert words[-1].startswith("It was stopped, and nothing is said of")
    assert words[-1].endswith(f"with {rest}.")
    assert any("the limits are proven for every single minor unit" in word for word in words)
    assert not any("hroughout the range" in word for word in words)
    [bands] = answer.figures
    assert isinstance(bands, Bands)
    assert bands.high == high
    of_price = english(asked("sweep", "greedy", price_of="L04", price_range="5000:50000", minutes=0.0))
    assert "with --price L04=5000:" in of_price[-1]


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
