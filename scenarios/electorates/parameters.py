"""The parameters of a model as data: what a scenario file may say, what it means, and how a wrong value is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from borgerbudget.errors import Place, Problem, problem
from borgerbudget.words import Text
from scenarios.electorates.words import PROBLEMS

Value = float | int | str
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Parameter:
    """``kind``: a ``number`` (also between whole ones), a ``count`` (whole), or a ``choice`` among words; ``least`` and
    ``most`` are allowed themselves."""

    name: str
    kind: Literal["number", "count", "choice"]
    plain: Text
    default: Value
    least: float = 0.0
    most: float | None = None
    choices: tuple[str, ...] = ()

    @property
    def allowed(self) -> Text:
        """What may be written, for people."""
        if self.kind == "choice":
            listed = ", ".join(self.choices)
            return Text(f"et af ordene {listed}", f"one of the words {listed}")
        if self.most is None:
            span = Text(f"fra {self.least:g} og op", f"from {self.least:g} upwards")
        else:
            span = Text(f"fra {self.least:g} til {self.most:g}", f"from {self.least:g} to {self.most:g}")
        whole = Text("et helt tal {span}", "a whole number {span}")
        return (whole if self.kind == "count" else Text("et tal {span}", "a number {span}")).fill(span=span)

    def fits(self, value: object) -> bool:
        if self.kind == "choice":
            return value in self.choices
        if isinstance(value, bool) or not isinstance(value, int if self.kind == "count" else (int, float)):
            return False
        return self.least <= value and (self.most is None or value <= self.most)  # NaN fits nowhere


def read_values(
    owner: str, parameters: tuple[Parameter, ...], said: Mapping[str, object], places: Mapping[str, Place]
) -> tuple[dict[str, Value], list[Problem]]:
    """All parameters with the values that are ``said`` or else their defaults, and what is wrong with what is said.

    ``owner`` names the model in messages; ``places``: where each word stands in its file.
    """
    values = {parameter.name: parameter.default for parameter in parameters}
    known = {parameter.name: parameter for parameter in parameters}
    problems = []
    for name, value in said.items():
        place = places.get(name, Place())
        if name not in known:
            listed = ", ".join(known) or "-"
            problems.append(problem(PROBLEMS, "EL-002", place, name=name, model=owner, known=listed))
        elif not known[name].fits(value):
            problems.append(
                problem(PROBLEMS, "EL-003", place, name=name, value=value, allowed=known[name].allowed, model=owner)
            )
        else:
            values[name] = value  # type: ignore[assignment]  # just checked
    return values, problems
