"""The runs of a question that draws: its seed, how many, and what is kept of them while they are made."""

from __future__ import annotations

from borgerbudget.errors import UsageError, problem
from scenarios.questions.asked import Asked
from scenarios.runs.running import Asked as Runs
from scenarios.runs.running import Done, Settled, run
from scenarios.runs.task import Task
from scenarios.words import PROBLEMS

SEED = 1
"""Where none was asked for: the same question then always has the same answer."""


def seed_of(asked: Asked) -> int:
    return SEED if asked.specification.seed is None else asked.specification.seed


def drawn(asked: Asked, task: Task, runs: int, settled: Settled) -> Done:
    """``runs``: where no number was asked for.  ``settled`` is only asked where a precision was."""
    spec = asked.specification
    _precision(spec.precision)
    how_many = Runs(seed_of(asked), spec.runs or runs, asked.workers, asked.address)
    enough = settled if spec.precision is not None else None
    if asked.kept is None:
        return run(task, how_many, enough, asked.progress)
    decides = spec.model_dump(exclude={"runs", "precision"}) | {"seed": how_many.seed}
    with asked.kept(decides) as kept:
        done = run(task, how_many, enough, asked.progress, kept)
        if done.complete:
            kept.remove()
    if not done.complete:
        asked.stopped.append(True)
    return done


def _precision(text: str | None) -> None:
    if text is None:
        return
    try:
        fits = 0 < float(text) < 1
    except ValueError:
        fits = False
    if not fits:
        raise UsageError(problem(PROBLEMS, "SCN-011", key="--precision", allowed="0.001-0.5", given=f'"{text}"'))
