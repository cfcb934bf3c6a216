"""A sentence in both languages with its values filled in: it may hold braces of a proposal's title, and is never filled again."""

from __future__ import annotations

from dataclasses import dataclass

from borgerbudget.words import Language, Text


@dataclass(frozen=True, slots=True)
class Sentence:
    """The same words in both languages, filled in already."""

    da: str
    en: str

    @classmethod
    def of(cls, text: Text, /, **values: object) -> Sentence:
        """``text`` with its values filled in."""
        return cls(text.say("da", **values), text.say("en", **values))

    def say(self, language: Language) -> str:
        return self.da if language == "da" else self.en
