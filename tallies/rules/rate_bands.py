"""Rate bands: small amounts in full, part of what is above.

What a proposal asks for follows from its cost c and the plan's bands, at most the plan's cap:

    g(c) = sum over the bands of (the part of c in the band) * rate, rounded down to whole øre            (1)

(2) Take the proposals in order of score, the greatest first, ties in the plan's tie order.  Fund a proposal with what it asks
    for when that is left; else skip it and go on.

Svendborg 5700 Vest 2023: up to 15,000 at 100 %, above at 50 %, at most 100,000; at least 10 % of the ballots.
"""

from __future__ import annotations

from collections.abc import Iterator

from borgerbudget.words import Text
from tallies.contest import Contest
from tallies.passes import go_on
from tallies.plan import Traits
from tallies.rules.rule import COUNTED, Rule
from tallies.steps import Funded, Skipped


def steps(contest: Contest) -> Iterator[Funded | Skipped]:
    return go_on(contest, contest.score)  # (2); (1) is what the contest's proposals ask for


RATE_BANDS = Rule(
    "rate-bands",
    __doc__,
    Text(
        "Forslagene tages efter stemmer, flest først. Små beløb dækkes helt, større kun delvis, efter satser der er aftalt "
        "på forhånd. Hvad der ikke kan være i puljen, springes over.",
        "Proposals are taken by votes, most first. Small amounts are paid in full, larger ones only in part, at rates "
        "agreed beforehand. What does not fit in the pool is skipped.",
    ),
    steps,
    methods=COUNTED,
    traits=Traits(partial=True, whole_ask=True),
    required=("bands",),
)
