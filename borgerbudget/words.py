"""Danish and English side by side: every text a person reads is written here or in a sister file.

A text is a pair, so a missing translation cannot be written down.  Problems have a stable code, a sentence and a mend.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping
from numbers import Integral
from typing import Literal, NamedTuple

from borgerbudget.frozen import frozen

Language = Literal["da", "en"]


class Text(NamedTuple):
    """One text in Danish and in English."""

    da: str
    en: str

    def say(self, language: Language, /, **values: object) -> str:
        """With the values filled in: texts among them in the same language, and ``{count:ballot|ballots}`` as a number with
        the word that goes with it.  A sentence that ends in an amount ends in one full stop."""
        said = (self.da if language == "da" else self.en).format(**_spoken(values, language))
        return said.replace("kr..", "kr.")

    def fill(self, /, **values: object) -> Text:
        """Both languages with the values filled in."""
        return Text(self.say("da", **values), self.say("en", **values))


class _Number(int):
    """A whole number that can be said with a word for one and a word for several."""

    def __format__(self, words: str) -> str:
        one, bar, several = words.partition("|")
        return f"{int(self)} {one if self == 1 else several}" if bar else int.__format__(self, words)


def _spoken(values: Mapping[str, object], language: Language) -> dict[str, object]:
    def said(value: object) -> object:
        if isinstance(value, Text):
            return value.da if language == "da" else value.en
        return _Number(value) if isinstance(value, Integral) and not isinstance(value, bool) else value

    return {key: said(value) for key, value in values.items()}


class Entry(NamedTuple):
    """A problem's sentence and how it is mended."""

    sentence: Text
    mend: Text


@frozen
class Catalogue:
    """The problems one package can report, by code."""

    entries: Mapping[str, Entry]

    def fill(self, code: str, /, **values: object) -> Entry:
        entry = self.entries[code]
        return Entry(entry.sentence.fill(**values), entry.mend.fill(**values))


def preferred_language(asked: str | None = None) -> Language:
    """``asked`` when given, else Danish under a Danish locale, else English."""
    if asked in ("da", "en"):
        return "da" if asked == "da" else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "da" if value.lower().startswith("da") else "en"
    return "da" if (locale.getlocale()[0] or "").lower().startswith("da") else "en"
