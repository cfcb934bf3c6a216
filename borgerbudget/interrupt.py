"""Ctrl-C while the program is still loading: a quiet end instead of a traceback.  Imported before what is slow to load."""

from __future__ import annotations

import sys
from types import TracebackType


def _quietly(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, where)


sys.excepthook = _quietly
