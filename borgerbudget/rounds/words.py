"""What rounds say to people, in Danish and English: the words for states and steps, and every problem.

Problems (RND), guards (STA) and what ``round verify`` finds (INT) stand in sister files by what they speak of.
"""

from __future__ import annotations

from collections.abc import Mapping

from borgerbudget.rounds import (
    asking_words,
    casting_words,
    freezing_words,
    integrity_words,
    moving_words,
    result_words,
)
from borgerbudget.words import Catalogue, Text

STATE_WORDS: Mapping[str, Text] = {
    "draft": Text("kladde", "draft"),
    "proposals": Text("åben for forslag", "open for proposals"),
    "vetting": Text("under behandling", "vetting"),
    "ready": Text("låst", "frozen"),
    "open": Text("åben", "open"),
    "suspended": Text("afbrudt", "suspended"),
    "closed": Text("lukket", "closed"),
    "counted": Text("talt op", "counted"),
    "provisional": Text("foreløbig", "provisional"),
    "final": Text("endelig", "final"),
    "archived": Text("arkiveret", "archived"),
    "cancelled": Text("aflyst", "cancelled"),
    "annulled": Text("annulleret", "annulled"),
}
VERBS: Mapping[str, Text] = {
    "freeze": Text("at låse", "freezing"),
    "open": Text("at åbne", "opening"),
    "close": Text("at lukke", "closing"),
    "seal": Text("at forsegle", "sealing"),
    "publish": Text("at offentliggøre", "publishing"),
    "finalise": Text("at gøre endelig", "finalising"),
    "archive": Text("at arkivere", "archiving"),
    "cancel": Text("at aflyse", "cancelling"),
    "annul": Text("at annullere", "annulling"),
    "purge": Text("at slette de personlige oplysninger om", "deleting the personal data of"),
}
"""What cannot be undone, as in: this cannot be undone: freezing the round."""
VERDICTS: Mapping[str | None, Text] = {
    "upheld": Text("medhold", "upheld"),
    "rejected": Text("afvist", "rejected"),
    None: Text("ikke afgjort", "not decided"),
}
"""Of appeals."""
AMOUNT = Text(
    "skriv kroner med punktum eller komma før øre og uden tusindtegn, fx 12500,50",
    "write kroner with a point or comma before øre and no grouping, e.g. 12500.50",
)

PROBLEMS = Catalogue(
    {
        **asking_words.ENTRIES,
        **casting_words.ENTRIES,
        **freezing_words.ENTRIES,
        **moving_words.ENTRIES,
        **result_words.ENTRIES,
        **integrity_words.ENTRIES,
    }
)
