"""Area-corrected votes: ballots that weigh by the area they come from.

META ``area_weights`` gives the weights (``Nord:3/2,Syd:1``).  With ``area_population`` (``Nord:1200,Syd:300``)

    weight(a) = population(a) / sum of populations * all ballots / ballots from a                      (1)

so that the votes of an area weigh as its inhabitants and all together as many as there are ballots; areas without
ballots are left out of the sum.  A ballot's area is its column ``neighborhood``, else ``district``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from math import lcm

from borgerbudget.errors import Place
from borgerbudget.files.findings import Findings, shown
from borgerbudget.files.meta import Meta
from borgerbudget.files.numbers import MOST_DIGITS
from borgerbudget.files.table import Table
from borgerbudget.files.vote_rows import AREA_COLUMNS
from borgerbudget.files.votes import Votes
from borgerbudget.frozen import frozen
from borgerbudget.profile import AreaCorrection, AreaShare

WEIGHTS, POPULATION = "area_weights", "area_population"
MOST_BITS = 3000
"""Of the weights' common denominator: with more, the exported profile could not be read again."""
_NUMBER = {
    WEIGHTS: re.compile(r"([0-9]+)(?:/([0-9]+))?", re.ASCII),
    POPULATION: re.compile(r"([0-9]+)()", re.ASCII),
}


@frozen
class Areas:
    """The number that META gives each area: under ``area_weights`` its weight, else its population.

    ``place``: of the key; ``votes``: the table whose ballots have these areas.
    """

    key: str
    place: Place
    votes: Table
    numbers: Mapping[str, Fraction]


def declared_areas(meta: Meta, votes: Table, findings: Findings) -> Areas | None:
    """What META says about areas, with its faults reported; None when it says nothing or ballots have no areas.

    A key without a value is a fault: the votes would count uncorrected without a word.
    """
    keys = [key for key in (WEIGHTS, POPULATION) if key in meta.values]
    if not keys:
        return None
    key = keys[0]
    if len(keys) > 1:
        findings.error("PB-060", meta.place(keys[1]))
    numbers: dict[str, Fraction] = {}
    if meta.text(key) is None:
        findings.error("PB-061", meta.place(key), key=key, value=shown(""))
        return None
    for entry in (meta.text(key) or "").split(","):
        name, colon, text = map(str.strip, entry.rpartition(":"))
        number = _number(text, key)
        name = name if colon else text
        if not colon or not name or number is None or name in numbers:
            findings.error("PB-061", meta.place(key), key=key, value=shown(entry.strip()))
        numbers[name] = number or Fraction(1)
    if not any(map(votes.has, AREA_COLUMNS)):
        findings.error("PB-010", votes.place(votes.line), section=votes.name, column=AREA_COLUMNS[0])
        return None
    return Areas(key, meta.place(key), votes, numbers)


def corrected_by(areas: Areas, votes: Votes, findings: Findings) -> AreaCorrection | None:
    """What a ballot from each area weighs; None when some area is an error."""
    assert votes.counts is not None, "votes with areas are read cell by cell"
    cast: Counter[str] = Counter()
    for area, count in zip(votes.areas, votes.counts.tolist(), strict=True):
        cast[area] += count
    unnamed = sorted(cast.keys() - areas.numbers.keys())
    if unnamed:
        found, column = votes.lines_by_area(), next(filter(areas.votes.has, AREA_COLUMNS))
        for area in unnamed:
            lines = ", ".join(map(str, found[area]))
            findings.error(
                "PB-062" if area else "PB-063", areas.votes.place(found[area][0], column), value=shown(area),
                count=cast[area], lines=lines, key=areas.key,
            )  # fmt: skip
        return None
    weight = {area: areas.numbers[area] for area in cast}
    if areas.key == POPULATION:
        silent = [name for name in areas.numbers if name not in cast]
        if silent and cast:
            findings.warn("PB-065", areas.place, value=", ".join(map(shown, silent[:3])), count=len(silent))
        people, ballots = sum(weight.values()), sum(cast.values())
        weight = {a: number / people * Fraction(ballots, cast[a]) for a, number in weight.items()}  # (1)
    common = 1
    for number in weight.values():
        common = lcm(common, number.denominator)
        if common.bit_length() > MOST_BITS:
            findings.error("PB-064", areas.place, key=areas.key)
            return None
    shares = (AreaShare(area, areas.numbers[area], cast[area], weight[area]) for area in sorted(cast))
    return AreaCorrection("population" if areas.key == POPULATION else "weights", tuple(shares))


def weights_of(corrected: AreaCorrection, votes: Votes) -> list[Fraction]:
    """For each ballot its weight, equal ones together."""
    weight = {share.name: share.weight for share in corrected.shares}
    assert votes.counts is not None, "votes with areas are read cell by cell"
    return [weight[area] * count for area, count in zip(votes.areas, votes.counts.tolist(), strict=True)]


def _number(text: str, key: str) -> Fraction | None:
    """A number above 0 with at most sixteen digits on either side of the stroke, or None."""
    match = _NUMBER[key].fullmatch(text)
    if match is None or max(map(len, match.groups(""))) > MOST_DIGITS:
        return None
    above, below = int(match[1]), int(match[2] or 1)
    return Fraction(above, below) if above and below else None
