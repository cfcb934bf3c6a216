"""The figures of docs/danish-rounds.md are what engine and reference count.

What is not published is made up here: prices of what got only a part, votes beyond their order, Holbæk's first four sums.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from borgerbudget import Election, Proposal, make_election
from borgerbudget.files import write_profile
from borgerbudget.money import format_amount
from tallies import count, make_plan, trace_bytes
from tallies.reference import check

PAGE = Path(__file__).resolve().parents[1] / "docs" / "danish-rounds.md"
LOT = ("lot",)


def voted(pool: int, costs: list[int], votes: list[int]) -> Election:
    """Amounts in øre; one vote a ballot."""
    proposals = [Proposal(f"p{k}", cost) for k, cost in enumerate(costs, 1)]
    return make_election(pool, proposals, [[p.id] for p, n in zip(proposals, votes, strict=True) for _ in range(n)])


MIDTFYN = voted(5_541_496, [2_000_000] * 4, [0] * 4)
VEMMELEV = voted(800_000, [400_000] * 3, [3, 2, 1])
ROUNDS: list[tuple[str, Election, str, dict[str, Any]]] = [
    ("Aarhus", voted(8_000_000, [3_200_000, 7_845_000, 2_000_000], [9, 7, 5]), "greedy", {}),
    (
        "Vester Hæsinge 2017",
        voted(2_853_461, [2_000_000, 1_500_000, 1_000_000, 400_000], [9, 7, 5, 3]),
        "prize-ladder",
        {"prizes": "12000+10000+rest"},
    ),
    ("Hånden under Midtfyn 2017", MIDTFYN, "equal-split", {"recipients": "all", "unit": 1, "remainder": "leave"}),
    ("Hoptrup 2017", voted(5_000_000, [1_449_000, 1_500_000, 2_000_000], [16, 13, 13]), "greedy", {}),
    ("Eggeslevmagle", voted(5_000_000, [3_000_000, 2_000_000], [0, 0]), "acclamation", {}),
    ("Vemmelev", VEMMELEV, "equal-split", {"unit": 1}),
    ("Vemmelev", VEMMELEV, "equal-split", {}),
    (
        "Holbæk 2014",
        voted(30_000_000, [10_000_000, 6_500_000, 5_000_000, 3_573_500, 7_000_000], [9, 8, 7, 6, 5]),
        "residual",
        {},
    ),
]


def row(place: str) -> list[str]:
    """The cells of a place's line in the table of published figures."""
    table = PAGE.read_text("utf-8").partition("## With published figures")[2].partition("\n## ")[0]
    (line,) = [line for line in table.splitlines() if line.startswith(f"| {place}")]
    return [cell.strip() for cell in line.strip("|").split("|")]


def plain(amount: int) -> str:
    return format_amount(amount, "", "en")


@pytest.mark.parametrize(("place", "election", "name", "settings"), ROUNDS)
def test_the_page_says_what_is_counted(place: str, election: Election, name: str, settings: dict[str, Any]) -> None:
    outcome = count(election, make_plan(name, election, settings, LOT))
    amounts = [award.amount for award in outcome.funded]
    assert sum(amounts) == outcome.spent <= election.pool.amount
    _, _, plan, ours = row(place)
    assert f"`{name}`" in plan
    if place == "Holbæk 2014":
        assert (sum(amounts[:4]), amounts[4]) == (25_073_500, 4_926_500)
        assert "49,265 to the last" in ours
    elif place == "Eggeslevmagle":
        assert (len(amounts), outcome.left) == (2, 0)
    else:
        assert re.search(rf"\b{re.escape(' · '.join(map(plain, amounts)))}(?![\d·])", ours)
    verdict = check(write_profile(election), trace_bytes(outcome), "en")
    assert verdict.exit_code == 0, verdict.words


@pytest.mark.parametrize(
    ("place", "left"), [("Aarhus", 2_800_000), ("Hånden under Midtfyn 2017", 296), ("Hoptrup 2017", 51_000)]
)
def test_the_page_says_what_is_left(place: str, left: int) -> None:
    (found,) = [r for r in ROUNDS if r[0] == place]
    _, election, name, settings = found
    assert count(election, make_plan(name, election, settings, LOT)).left == left
    assert f"({plain(left)} " in row(place)[3]


def test_the_two_results_that_overspend_are_published_so() -> None:
    assert 3 * 2_667 == 8_001 == 8_000 + 1
    assert "**8,001**" in row("Vemmelev")[1]
    assert 250_735 + 49_300 == 300_035 == 300_000 + 35
    assert "**300,035**" in row("Holbæk 2014")[1]
