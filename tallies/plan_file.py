"""Plans from files: the border where TOML becomes a plan."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from borgerbudget.errors import InputRejected, Place, Problem, problem
from borgerbudget.files.disk import read_bytes
from borgerbudget.words import Text
from tallies.words import PROBLEMS

NOT_UTF_8 = Text("den er ikke UTF-8", "it is not UTF-8")
NOT_TOML = Text("her er den ikke TOML", "it is not TOML here")
WRITE_TOML = Text("skriv UTF-8 og TOML med plan, ties og indstillinger, se docs/plans.md",
                  "write UTF-8 and TOML with plan, ties and settings, see docs/plans.md")  # fmt: skip
KEYS = Text("nøglerne er: {known}", "the keys are: {known}")
REASONS = {
    "extra_forbidden": Text('nøglen "{key}" findes ikke', 'there is no key "{key}"'),
    "missing": Text('nøglen "{key}" mangler', 'the key "{key}" is missing'),
}
WRONG_KIND = Text(
    '"{key}" har en værdi, som ikke kan stå der (tal, der ikke er hele, skrives i anførselstegn: "2.5")',
    '"{key}" has a value that cannot stand there (numbers that are not whole are written in quotation marks: "2.5")',
)


class ConstraintTable(BaseModel):
    """A table ``[[constraint]]`` of a plan file; what it needs besides depends on its kind."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kind: str
    name: str | None = None
    proposals: list[str] | None = None
    category: str | None = None
    area: str | None = None
    amount: int | str | None = None
    share: str | None = None


class PlanFile(BaseModel):
    """A plan file (TOML): ``plan`` names it, ``ties`` is the tie policy, the rest are settings of the rule.

    Numbers that are not whole are written as text ("2.5", "1/3"), so that they stay exact.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    plan: str
    ties: list[str] | None = None
    utility: str | None = None
    start: str | None = None
    increment: int | str | None = None
    comparison: str | None = None
    threshold: int | str | None = None
    points_table: list[int] | str | None = None
    threshold_share: int | str | None = None
    cost_share: int | str | None = None
    turnout: int | str | None = None
    electorate: int | None = None
    cap: int | str | None = None
    leftover: str | None = None
    reserve: bool | str | None = None
    withdrawn: list[str] | str | None = None
    pre_funded: list[str] | str | None = None
    prizes: list[int | str] | str | None = None
    bands: list[list[int | str]] | str | None = None
    unit: int | str | None = None
    remainder: str | None = None
    winners: int | None = None
    recipients: str | None = None
    unused: str | None = None
    constraint: list[ConstraintTable] | None = None

    def settings(self) -> dict[str, object]:
        found = self.model_dump(exclude={"plan", "ties", "constraint"}, exclude_none=True)
        if self.constraint is not None:
            found["constraints"] = [table.model_dump(exclude_none=True) for table in self.constraint]
        return found


def read_plan_file(path: Path) -> PlanFile:
    """The plan in a TOML file; InputRejected with line and reason."""
    data = read_bytes(path)
    try:
        return PlanFile.model_validate(tomllib.loads(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise InputRejected(problem(PROBLEMS, "PLN-011", Place(str(path)), reason=NOT_UTF_8, mend=WRITE_TOML)) from None
    except tomllib.TOMLDecodeError as error:
        found = re.search("at line ([0-9]+)", str(error))
        place = Place(str(path), int(found[1]) if found else data.count(b"\n") + 1)
        raise InputRejected(problem(PROBLEMS, "PLN-011", place, reason=NOT_TOML, mend=WRITE_TOML)) from None
    except ValidationError as error:
        faults = {_place_in(fault["loc"]): fault["type"] for fault in error.errors()}
        raise InputRejected([_fault(key, kind, path) for key, kind in faults.items()]) from None


def _place_in(parts: tuple[int | str, ...]) -> str:
    """The key in which something is wrong; which of several types a value is none of says nothing to a person."""
    depth = 3 if parts[:1] == ("constraint",) else 1
    return ".".join(str(part + 1 if isinstance(part, int) else part) for part in parts[:depth])


def _fault(key: str, kind: str, path: Path) -> Problem:
    model = ConstraintTable if key.startswith("constraint.") else PlanFile
    reason = REASONS.get(kind, WRONG_KIND).fill(key=key)
    return problem(
        PROBLEMS, "PLN-011", Place(str(path)), reason=reason, mend=KEYS.fill(known=", ".join(model.model_fields))
    )
