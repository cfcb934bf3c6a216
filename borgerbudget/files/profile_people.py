"""People and votes in an exported profile: where ballots weigh by area, it tells from which areas they came and how many
people cast each, so that nobody takes votes for people.

``weights``: ``{"by": "weights" | "population", "areas": [[name, number, people], ... by name], "heads": [people, ...]}``;
``heads`` stands in the order of ``ballots``.  What a ballot from an area weighs follows: its number, or

    weight(a) = population(a) / sum of populations * all ballots / ballots from a

Which ballots came from which area is not told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict

from borgerbudget.election import Election
from borgerbudget.errors import Place
from borgerbudget.files.areas import MOST_BITS
from borgerbudget.files.findings import Findings, shown
from borgerbudget.files.numbers import MOST_DIGITS as MOST_DIGITS_OF_AREA
from borgerbudget.money import LARGEST_AMOUNT
from borgerbudget.profile import AreaCorrection, AreaShare, ballot_order

MOST_DIGITS = 1000
"""Of a ballot's count, on either side of the stroke."""
_COUNT = re.compile(r"([1-9][0-9]*)(?:/([1-9][0-9]*))?", re.ASCII)

Heads = Annotated[int, Strict(), Field(ge=1, le=LARGEST_AMOUNT)]


class People(BaseModel):
    """The key ``weights``."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    by: Literal["weights", "population"]
    areas: list[Annotated[tuple[Annotated[str, Field(min_length=1)], str, Heads], Strict(False)]]
    heads: list[Heads]


def people_of(election: Election) -> dict[str, object] | None:
    """``weights`` of an election; None where every ballot weighs as one, or where only its weight is known."""
    corrected, heads = election.areas, election.profile.heads
    if corrected is None or heads is None:
        return None
    order = ballot_order(election.method, election.ids, election.profile)
    return {
        "by": corrected.by,
        "areas": [[share.name, str(share.number), share.heads] for share in corrected.shares],
        "heads": [int(heads[group]) for group in order],
    }


def read_people(people: People, counts: Sequence[Fraction], place: Place, findings: Findings) -> AreaCorrection | None:
    """What a ballot from each area weighs; None, with a finding, when that does not fit what the ballots count as."""
    shares = _shares(people)
    if shares is not None and _fit(shares, people.heads, counts):
        return AreaCorrection(people.by, shares)
    reason = "the areas and people do not fit what the ballots count as"
    findings.error("PR-002", place, where=shown("weights"), reason=reason)
    return None


def _shares(people: People) -> tuple[AreaShare, ...] | None:
    """The areas with their weights; None for names out of order or a number that no file could have."""
    texts = [text for _, text, _ in people.areas]
    if any(len(part) > MOST_DIGITS_OF_AREA for text in texts for part in text.split("/")):
        return None
    try:
        numbers = [read_count(text) for text in texts]
    except ValueError:
        return None
    if any(not a < b for (a, _, _), (b, _, _) in pairwise(people.areas)):
        return None
    weights = numbers
    if people.by == "population":
        if any(number.denominator > 1 for number in numbers):
            return None
        everybody, cast = sum(numbers), sum(heads for _, _, heads in people.areas)
        weights = [
            n / everybody * Fraction(cast, heads) for n, (_, _, heads) in zip(numbers, people.areas, strict=True)
        ]
    common = 1
    for weight in weights:
        common = lcm(common, weight.denominator)
        if common.bit_length() > MOST_BITS:
            return None
    return tuple(
        AreaShare(name, number, heads, weight)
        for (name, _, heads), number, weight in zip(people.areas, numbers, weights, strict=True)
    )


def _fit(shares: Sequence[AreaShare], heads: Sequence[int], counts: Sequence[Fraction]) -> bool:
    """Whether all are as many, and each ballot weighs between the least and the largest weight of those who cast it."""
    if len(heads) != len(counts) or sum(heads) != sum(share.heads for share in shares):
        return False
    if sum(share.weight * share.heads for share in shares) != sum(counts):
        return False
    weights = [share.weight for share in shares]
    least, most = min(weights, default=Fraction(0)), max(weights, default=Fraction(0))
    return all(least * n <= count <= most * n for n, count in zip(heads, counts, strict=True))


def read_count(text: str) -> Fraction:
    """A positive number as profiles write it, whole or as a fraction; ValueError for anything else."""
    match = _COUNT.fullmatch(text)
    if match is None or max(map(len, text.split("/"))) > MOST_DIGITS:
        raise ValueError("the count is not a positive number")
    return Fraction(int(match[1]), int(match[2] or "1"))
