"""Satisfaction: what a voter gets of what she voted for, on average over all voters.

mean_number    the number of funded proposals on her ballot (cardinality utility)
mean_money     their amounts added up, in minor units, rounded to whole ones (cost utility)
Peters, Pierczyński, Skowron: Proportional Participatory Budgeting with Additive Utilities, NeurIPS 2021, section 2.
"""

from __future__ import annotations

from borgerbudget.words import Text
from scenarios.measures.measure import Measure, Result


def mean_number(result: Result) -> float | None:
    return result.mean(result.number_got)


def mean_money(result: Result) -> int | None:
    mean = result.mean(result.money_got)
    return None if mean is None else round(mean)


MEAN_NUMBER = Measure(
    "mean_number",
    __doc__,
    Text("Opfyldte ønsker pr. vælger", "Wishes come true per voter"),
    Text(
        "Så mange af sine forslag får en vælger igennem i gennemsnit.",
        "A voter gets this many of her proposals funded on average.",
    ),
    "number",
    "high",
    mean_number,
)
MEAN_MONEY = Measure(
    "mean_money",
    __doc__,
    Text("Penge til en vælgers forslag", "Money for a voter's proposals"),
    Text(
        "Så mange penge går i gennemsnit til de forslag, en vælger har stemt på.",
        "This much money goes to the proposals that a voter voted for on average.",
    ),
    "amount",
    "high",
    mean_money,
)
