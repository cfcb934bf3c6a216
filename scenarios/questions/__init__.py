"""The questions: each is a function of what was asked that gives an answer; one line each in the registry below."""

from __future__ import annotations

from collections.abc import Callable

from scenarios.answer import Answer
from scenarios.questions.asked import Asked
from scenarios.questions.ballots import ballots
from scenarios.questions.compare import compare
from scenarios.questions.quorum import quorum
from scenarios.questions.rehearse import rehearse
from scenarios.questions.robust import robust
from scenarios.questions.sweep import sweep
from scenarios.questions.what_if import what_if

QUESTIONS: dict[str, Callable[[Asked], Answer]] = {
    "what-if": what_if,
    "sweep": sweep,
    "compare": compare,
    "robust": robust,
    "rehearse": rehearse,
    "quorum": quorum,
    "ballots": ballots,
}
IMAGINED = ("rehearse", "quorum", "ballots")
"""Questions that need no real round."""
