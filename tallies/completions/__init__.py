"""Completions of equal shares, one file each (the add1 family shares one); one line each in the registry below."""

from __future__ import annotations

from tallies.completions.add1 import ADD1, ADD1E, ADD1EU, ADD1U
from tallies.completions.completion import Completion
from tallies.completions.none import NONE
from tallies.completions.utilitarian import UTILITARIAN

COMPLETIONS: dict[str, Completion] = {c.name: c for c in (NONE, UTILITARIAN, ADD1, ADD1E, ADD1U, ADD1EU)}

__all__ = ["COMPLETIONS", "Completion"]
