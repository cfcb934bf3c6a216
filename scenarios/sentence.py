"""A sentence in both languages with its values filled in: it may hold braces of a proposal's title, and is never filled again."""

from __future__ import annotations

from dataclasses import dataclass

from borgerbudget.words import Language


@dataclass(frozen=True, slots=True)
class Sentence:
    """The same words in both languages, filled in already."""

    da: str
    en: str

    def say(self, language: Language) -> str:
        return self.da if language == "da" else self.en
