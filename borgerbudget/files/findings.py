"""Collecting problems while reading, so that all are reported at once."""

from __future__ import annotations

from collections import Counter

from borgerbudget.errors import InputRejected, Place, Problem, problem
from borgerbudget.files.words import PROBLEMS
from borgerbudget.words import Catalogue

MOST_OF_A_KIND = 1000
"""So many problems with one code are told one by one; the rest are counted."""


def shown(value: str, most: int = 60) -> str:
    """``value`` in quotation marks, cut short, with control and direction characters made visible."""
    cut = value if len(value) <= most else value[: most - 1] + "…"
    if not cut.isprintable():
        cut = "".join(c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in cut)
    return f"“{cut}”"


class Findings:
    """The problems found so far in one reading; ``more`` is the code that says how many of a kind are not told."""

    def __init__(self, catalogue: Catalogue = PROBLEMS, more: str = "PB-099") -> None:
        self._catalogue, self._more = catalogue, more
        self._found: list[Problem] = []
        self._count: Counter[str] = Counter()
        self.failed = False

    def error(self, code: str, place: Place, **values: object) -> None:
        self.failed = True
        self._add(code, place, "error", values)

    def warn(self, code: str, place: Place, **values: object) -> None:
        self._add(code, place, "warning", values)

    def _add(self, code: str, place: Place, severity: str, values: dict[str, object]) -> None:
        self._count[code] += 1
        if self._count[code] <= MOST_OF_A_KIND:
            self._found.append(
                problem(self._catalogue, code, place, "error" if severity == "error" else "warning", **values)
            )

    def tell(self, found: Problem) -> None:
        """One of another catalogue."""
        self.failed = self.failed or found.severity == "error"
        self._count[found.code] += 1
        if self._count[found.code] <= MOST_OF_A_KIND:
            self._found.append(found)

    def has(self, code: str) -> bool:
        return code in self._count

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems by line (those without a line first), with a last one for each kind that was cut short."""
        ordered = sorted(self._found, key=lambda p: (p.place.source or "", p.place.line or p.place.row or 0))
        for code, count in self._count.items():
            if count > MOST_OF_A_KIND:
                last = next(p for p in reversed(ordered) if p.code == code)
                ordered.append(
                    problem(
                        self._catalogue,
                        self._more,
                        Place(last.place.source),
                        last.severity,
                        count=count - MOST_OF_A_KIND,
                        kind=code,
                    )
                )
        return tuple(ordered)

    def raise_if_failed(self) -> None:
        if self.failed:
            raise InputRejected(self.problems)
