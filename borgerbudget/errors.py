"""One family of errors: what, where, why and how to mend it; anything else that is raised is a bug."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from typing import Literal

from borgerbudget.frozen import frozen
from borgerbudget.words import Catalogue, Language, Text


@frozen
class Place:
    """Where in a file a problem lies; parts that do not apply are None.  Lines count from 1.

    In a spreadsheet as it shows them: ``row`` counts records, ``letter`` is the column's (``B``), ``column`` its heading.
    """

    source: str | None = None
    line: int | None = None
    column: str | None = None
    sheet: str | None = None
    row: int | None = None
    letter: str | None = None

    @property
    def cell(self) -> str | None:
        """As a spreadsheet names it: ``B7``."""
        return f"{self.letter}{self.row}" if self.letter and self.row is not None else None

    def say(self, language: Language) -> str:
        danish, parts = language == "da", [self.source] if self.source else []
        if self.sheet is not None:
            parts.append(f"{'ark' if danish else 'sheet'} “{self.sheet}”")
        if self.line is not None:
            parts.append(f"{'linje' if danish else 'line'} {self.line}")
        heading = f" ({self.column})" if self.column and self.letter else ""
        if self.cell:
            parts.append(f"{'celle' if danish else 'cell'} {self.cell}{heading}")
        elif self.row is not None:
            parts.append(f"{'række' if danish else 'row'} {self.row}")
        elif self.letter or self.column is not None:
            parts.append(f"{'kolonne' if danish else 'column'} {self.letter or self.column}{heading}")
        return ", ".join(parts)


@frozen
class Problem:
    """One thing that is wrong: a stable code, a place, a sentence and a mend."""

    code: str
    sentence: Text
    mend: Text
    place: Place = Place()
    severity: Literal["error", "warning"] = "error"

    def say(self, language: Language) -> str:
        """One line: place, sentence, mend, code."""
        where = self.place.say(language)
        sentence, mend = (self.sentence.da, self.mend.da) if language == "da" else (self.sentence.en, self.mend.en)
        return f"{where + ': ' if where else ''}{sentence}{' -> ' + mend if mend else ''} [{self.code}]"

    def as_json(self) -> dict[str, object]:
        return {
            "code": self.code,
            "severity": self.severity,
            "source": self.place.source,
            "line": self.place.line,
            "column": self.place.column,
            "sheet": self.place.sheet,
            "row": self.place.row,
            "cell": self.place.cell,
            "da": {"sentence": self.sentence.da, "mend": self.mend.da},
            "en": {"sentence": self.sentence.en, "mend": self.mend.en},
        }


def problem(
    catalogue: Catalogue,
    code: str,
    place: Place = Place(),
    severity: Literal["error", "warning"] = "error",
    **values: object,
) -> Problem:
    """A problem with the catalogue's sentence and mend filled in."""
    entry = catalogue.fill(code, **values)
    return Problem(code, entry.sentence, entry.mend, place, severity)


REFUSALS = {
    errno.ENOENT: Text("fil eller mappe findes ikke", "no such file or folder"),
    errno.EACCES: Text("ingen adgang", "permission denied"),
    errno.EPERM: Text("ingen adgang", "permission denied"),
    errno.EEXIST: Text("den findes allerede", "it exists already"),
    errno.EISDIR: Text("det er en mappe", "it is a folder"),
    errno.ENOTDIR: Text("en del af stien er ikke en mappe", "a part of the path is not a folder"),
    errno.ENAMETOOLONG: Text("navnet er for langt", "the name is too long"),
    errno.ENOSPC: Text("der er ikke mere plads", "no space is left"),
    errno.EDQUOT: Text("der er ikke mere plads", "no space is left"),
    errno.EROFS: Text("der kan kun læses", "it can only be read"),
    errno.EIO: Text("læse- eller skrivefejl", "input/output error"),
    errno.EBADF: Text("der er intet sted at skrive svaret", "there is nowhere to write the answer"),
    errno.EPIPE: Text("modtageren er væk", "the reader has gone"),
}


def refusal(error: OSError) -> Text:
    """Why the computer would not, in both languages; what is not in the table in the system's own words."""
    own = error.strerror or str(error) or type(error).__name__
    return REFUSALS.get(error.errno or 0, Text(own, own))


class BorgerbudgetError(Exception):
    """Base: carries one or more problems and the exit code of the command line."""

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(p.say("en") for p in self.problems))


class UsageError(BorgerbudgetError):
    """The question itself cannot be asked so."""

    exit_code = 2


class InputRejected(BorgerbudgetError):
    """A file or value that cannot be read as what it should be; all problems at once."""

    exit_code = 3


class StateForbids(BorgerbudgetError):
    """The round's state does not allow it; all that stands in the way, each with what mends it."""

    exit_code = 4


class DecisionNeeded(BorgerbudgetError):
    """Only a person may decide what comes next (a tie without a lot)."""

    exit_code = 6


class Busy(BorgerbudgetError):
    """Somebody else is writing in the database just now."""

    exit_code = 7
