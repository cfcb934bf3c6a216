"""How a table is to be read: what a person declares of it, and where it may differ from the rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from borgerbudget.sheets.amounts import Numbers

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Manner:
    """``columns``: key -> heading, where the usual names do not fit.  ``allow_cpr``: columns that look like personal numbers are
    passed over instead of refused."""

    encoding: str | None = None
    sheet: str | None = None
    numbers: Numbers = "da"
    currency: str = "DKK"
    columns: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    allow_cpr: bool = False
