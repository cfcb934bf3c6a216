"""From what was asked to an answer and its files: the specification, the source it names, its plans, its question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os import sep
from os.path import relpath
from pathlib import Path

from borgerbudget.election import Election
from borgerbudget.errors import InputRejected, Place, UsageError, problem
from borgerbudget.words import Language
from scenarios.answer import Answer
from scenarios.questions import IMAGINED, QUESTIONS
from scenarios.questions.asked import Asked, Named
from scenarios.runs.kept import Kept
from scenarios.runs.running import Progress
from scenarios.sources import PlanOf, Source, read_source
from scenarios.specification import Specification, read_specification, written
from scenarios.table import csv_bytes, parquet_bytes
from scenarios.words import PROBLEMS
from tallies.command_line import asked_for
from tallies.commands import DEFAULT_PLAN
from tallies.plan import Plan
from tallies.planning import make_plan

SCENARIO = ".toml"
INSTEAD = (("like", "electorate"), ("electorate", "like"))
"""What is given besides a file takes the place of the other that stands there."""
OWN_PLAN = "own"
"""As a stored round's frozen plan is called."""


def specified(question: str, source: str, given: Mapping[str, object]) -> tuple[Specification, Path]:
    """What is asked, and the folder that a source is looked for in: a scenario file with what was ``given`` on top, or a source
    with what was given.  UsageError where the file asks something else."""
    told = {key: value for key, value in given.items() if value is not None}
    path = Path(source)
    if path.suffix.lower() != SCENARIO:
        return Specification.model_validate({"question": question, "source": source, **told}), Path()
    spec = read_specification(path)
    if spec.question != question and not {spec.question, question} <= set(IMAGINED):
        raise UsageError(
            problem(PROBLEMS, "SCN-017", Place(path.name), asked=spec.question, question=question, file=source)
        )
    instead = {other: None for key, other in INSTEAD if key in told and other not in told}
    both = Specification.model_validate(spec.model_dump() | instead | {"question": question} | told)
    both._file, both._given = spec._file, frozenset(told)
    return both, path.parent


def source_of(spec: Specification, folder: Path, db: str | None) -> Source | None:
    """None for a round that is imagined.  InputRejected where the file is another than it was."""
    if spec.source is None and spec.question in IMAGINED:
        return None
    if spec.source is None:
        raise InputRejected(problem(PROBLEMS, "SCN-018"))
    return _read(spec.source, spec.source_sha256, folder, db)


def like_of(spec: Specification, folder: Path, db: str | None) -> Source | None:
    """The past round whose voters those of an imagined round resemble."""
    return None if spec.like is None else _read(spec.like, spec.like_sha256, folder, db)


def _read(name: str, sha256: str | None, folder: Path, db: str | None) -> Source:
    beside = folder / name
    found = read_source(str(beside) if beside.exists() else name, db)
    if sha256 is not None and found.sha256 != sha256:
        raise InputRejected(problem(PROBLEMS, "SCN-019", source=name))
    return found


def plans_of(spec: Specification, source: Source | None) -> tuple[Named, ...]:
    """The plans by name; where none is named the stored round's own, else greedy."""
    names = spec.plans
    if not names:
        if source is not None and source.own_plan is not None:
            return (Named(OWN_PLAN, source.own_plan),)
        names = [DEFAULT_PLAN]
    return tuple(Named(name, plan_of(name, spec)) for name in names)


def plan_of(name: str, spec: Specification) -> PlanOf:
    asked = asked_for(name, spec.settings, spec.ties)

    def of(election: Election) -> Plan:
        return make_plan(asked.name, election, asked.settings, asked.ties)

    return of


def answered(
    spec: Specification,
    source: Source | None,
    workers: int = 1,
    address: str | None = None,
    progress: Progress | None = None,
    kept: Callable[[dict[str, object]], Kept] | None = None,
    minutes: float | None = None,
    like: Source | None = None,
) -> tuple[Answer, bool]:
    """The answer, and whether all of it was worked out, or as much as ``minutes`` allow."""
    asked = Asked(spec, source, plans_of(spec, source), workers, address, progress, kept, minutes=minutes, like=like)
    for plan in asked.plans if source is not None else ():
        plan.of(asked.election)  # says what is wrong with it before anything long begins
    answer = QUESTIONS[spec.question](asked)
    return answer, not asked.stopped


def tables(
    spec: Specification,
    source: Source | None,
    answer: Answer,
    language: Language,
    out: Path,
    like: Source | None = None,
) -> dict[str, bytes]:
    """The files of an answer besides its pictures and its page.  In the scenario file rounds stand as they are seen from the
    folder ``out``."""
    known: dict[str, object] = {"seed": answer.seed}
    for key, round_ in (("source", source), ("like", like)):
        if round_ is not None and round_.sha256 is not None:
            known |= {f"{key}_sha256": round_.sha256, key: relpath(round_.path, out).replace(sep, "/")}
    told = spec.model_dump(exclude_none=True) | {key: value for key, value in known.items() if value is not None}
    return {
        "table.csv": csv_bytes(answer),
        "table.parquet": parquet_bytes(answer),
        "spec.toml": written(Specification.model_validate(told), language),
    }
