"""Plans from files: the border where TOML becomes a plan."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from borgerbudget.errors import InputRejected, Place, problem
from tallies.words import PROBLEMS


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
    try:
        return PlanFile.model_validate(tomllib.loads(path.read_bytes().decode("utf-8-sig")))
    except OSError as error:
        reason = error.strerror or str(error)
    except UnicodeDecodeError:
        reason = "not UTF-8"
    except tomllib.TOMLDecodeError as error:
        reason = str(error)
    except ValidationError as error:
        reason = "; ".join(
            f"{'.'.join(str(part) for part in found['loc']) or 'plan'}: {found['msg']}" for found in error.errors()
        )
    raise InputRejected(problem(PROBLEMS, "PLN-011", Place(str(path)), reason=reason))
