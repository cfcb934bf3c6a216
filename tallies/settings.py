"""Settings of a plan as the command line gives them."""

from __future__ import annotations

from collections.abc import Sequence

from borgerbudget.errors import UsageError, problem
from tallies.words import PROBLEMS


def parse_settings(texts: Sequence[str], option: str = "--set ") -> dict[str, object]:
    """``key=value`` texts, behind ``option`` on the command line; UsageError for anything else."""
    found: dict[str, object] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise UsageError(problem(PROBLEMS, "PLN-012", text=text, option=option))
        if key.strip() in found:
            raise UsageError(problem(PROBLEMS, "USE-003", key=key.strip()))
        found[key.strip()] = value.strip()
    return found
