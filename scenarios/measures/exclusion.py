"""Exclusion ratio: the share of voters of whose proposals none is funded.

Every valid ballot counts, a blank one as excluded.  0: everybody got something they voted for.
Faliszewski, Flis, Peters, Pierczyński, Skowron, Stolicki, Szufa, Talmon: Participatory Budgeting: Data, Tools, and Analysis,
IJCAI 2023 (exclusion ratio).
"""

from __future__ import annotations

from borgerbudget.ballots.method import Ints
from borgerbudget.words import Text
from scenarios.measures.measure import Measure, Result


def exclusion_ratio(result: Result) -> float | None:
    left_out: Ints = (result.number_got == 0).astype("int64")
    return result.mean(left_out)


EXCLUSION_RATIO = Measure(
    "exclusion_ratio",
    __doc__,
    Text("Vælgere, der intet fik", "Voters who got nothing"),
    Text(
        "Så stor en del af vælgerne stemte ikke på et eneste forslag, der får penge.",
        "This part of the voters voted for no proposal that is funded.",
    ),
    "share",
    "low",
    exclusion_ratio,
)
