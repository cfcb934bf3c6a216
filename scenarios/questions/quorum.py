"""How many must vote before ties are rare and the pool is used: the same round with more and more voters."""

from __future__ import annotations

from borgerbudget.words import Text
from scenarios.answer import Answer
from scenarios.questions.asked import Asked
from scenarios.questions.curves import Along, answered

VOTERS = (10, 20, 40, 80, 160, 320, 640)
"""Tried where nothing else is asked for."""


def quorum(asked: Asked) -> Answer:
    values = tuple(sorted(set(asked.specification.voters or VOTERS)))
    return answered(asked, Along("voters", TITLE, AXIS, values, RARE, NEVER_RARE, USED, NEVER_USED, ADVICE))


TITLE = Text("Hvor mange skal stemme?", "How many must vote?")
AXIS = Text("antal stemmende", "voters")
RARE = Text(
    "{plan}: fra {value} stemmende afgør stemmelighed noget i højst 5 af 100 afstemninger.",
    "{plan}: from {value} voters on, a tie decides something in at most 5 of 100 votes.",
)
NEVER_RARE = Text(
    "{plan}: selv med {most} stemmende er det ikke sikkert, at stemmelighed kun afgør noget i 5 af 100 afstemninger; flere "
    "gennemregninger kan gøre det sikrere.",
    "{plan}: even with {most} voters it is not sure that a tie decides something in only 5 of 100 votes; more runs can "
    "make it surer.",
)
USED = Text(
    "{plan}: fra {value} stemmende bliver mindst 90 % af puljen brugt i mindst 90 af 100 afstemninger.",
    "{plan}: from {value} voters on, at least 90% of the pool is spent in at least 90 of 100 votes.",
)
NEVER_USED = Text(
    "{plan}: op til {most} stemmende bliver puljen ikke brugt så ofte (90 % af den i 90 af 100 afstemninger).",
    "{plan}: up to {most} voters the pool is not spent so often (90% of it in 90 of 100 votes).",
)
ADVICE = Text(
    "Kommer der færre end det, så aftal på forhånd, hvad der gælder, når forslag står lige, og hvordan der trækkes lod.",
    "If fewer come than that, agree beforehand on what counts when proposals are tied, and on how lots are drawn.",
)
