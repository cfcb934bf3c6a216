"""A scenario file: everything a question is asked with, in commented TOML that a village secretary can edit."""

from __future__ import annotations

from scenarios.specification.reading import read_specification
from scenarios.specification.specification import Specification
from scenarios.specification.writing import written

__all__ = ["Specification", "read_specification", "written"]
