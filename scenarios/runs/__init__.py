"""Runs: the same thing drawn and counted many times, each from a seed of its own."""

from __future__ import annotations

from scenarios.runs.running import Asked, Done, run
from scenarios.runs.task import Row, Task
from scenarios.runs.wilson import share_of, wilson

__all__ = ["Asked", "Done", "Row", "Task", "run", "share_of", "wilson"]
