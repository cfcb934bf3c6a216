"""Danish and English side by side: every text a person reads is written here or in a sister file.

A text is a pair, so a missing translation cannot be written down.  Problems have a stable code, a sentence and a mend.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Language = Literal["da", "en"]


class Text(NamedTuple):
    """One text in Danish and in English."""

    da: str
    en: str

    def say(self, language: Language, /, **values: object) -> str:
        return (self.da if language == "da" else self.en).format(**values)

    def fill(self, /, **values: object) -> Text:
        """Both languages with the values filled in."""
        return Text(self.da.format(**values), self.en.format(**values))


class Entry(NamedTuple):
    """A problem's sentence and how it is mended."""

    sentence: Text
    mend: Text


@dataclass(frozen=True)
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
