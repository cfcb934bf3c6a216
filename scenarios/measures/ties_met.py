"""Ties met: how many ties the count came to, whether or not they mattered.

None where a count was only asked for its outcome.  Whether a tie decides who gets money is a question of its own: then only a
lot can say, and a simulation draws none.
"""

from __future__ import annotations

from borgerbudget.words import Text
from scenarios.measures.measure import Measure, Result


def ties_met(result: Result) -> int | None:
    return result.ties


TIES_MET = Measure(
    "ties_met",
    __doc__,
    Text("Stemmelighed undervejs", "Ties met"),
    Text("Så mange gange stod forslag lige undervejs.", "Proposals were tied this many times during the count."),
    "integer",
    "low",
    ties_met,
)
