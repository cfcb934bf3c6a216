"""How many proposals a voter should be allowed to choose: the same voters with longer and longer ballots."""

from __future__ import annotations

from borgerbudget.words import Text
from scenarios.answer import Answer
from scenarios.questions.asked import Asked
from scenarios.questions.curves import Along, answered

CHOICES = (1, 2, 3, 4, 5, 6, 8, 10)
"""Tried where nothing else is asked for."""


def ballots(asked: Asked) -> Answer:
    values = tuple(sorted(set(asked.specification.choices or CHOICES)))
    return answered(asked, Along("choices", TITLE, AXIS, values, RARE, NEVER_RARE, USED, NEVER_USED, ADVICE))


TITLE = Text("Hvor mange forslag skal man kunne vælge?", "How many proposals should one be able to choose?")
AXIS = Text("valg pr. stemmeseddel", "choices per ballot")
RARE = Text(
    "{plan}: når man kan vælge {value} eller flere, afgør stemmelighed noget i højst 5 af 100 afstemninger.",
    "{plan}: when one can choose {value} or more, a tie decides something in at most 5 of 100 votes.",
)
NEVER_RARE = Text(
    "{plan}: selv når man kan vælge {most}, er det ikke sikkert, at stemmelighed kun afgør noget i 5 af 100 afstemninger; flere "
    "gennemregninger kan gøre det sikrere.",
    "{plan}: even when one can choose {most}, it is not sure that a tie decides something in only 5 of 100 votes; more runs can "
    "make it surer.",
)
USED = Text(
    "{plan}: når man kan vælge {value} eller flere, bliver mindst 90 % af puljen brugt i mindst 90 af 100 afstemninger.",
    "{plan}: when one can choose {value} or more, at least 90% of the pool is spent in at least 90 of 100 votes.",
)
NEVER_USED = Text(
    "{plan}: selv når man kan vælge {most}, bliver puljen ikke brugt så ofte (90 % af den i 90 af 100 afstemninger).",
    "{plan}: even when one can choose {most}, the pool is not spent so often (90% of it in 90 of 100 votes).",
)
ADVICE = Text(
    "En vælger, der ikke synes om så mange forslag, sætter færre kryds; en lang stemmeseddel er kun en mulighed.",
    "A voter who does not like so many proposals makes fewer marks; a long ballot is only a possibility.",
)
