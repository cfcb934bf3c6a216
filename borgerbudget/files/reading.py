"""What reading a round gives."""

from __future__ import annotations

from borgerbudget.election import Election
from borgerbudget.errors import Problem
from borgerbudget.frozen import frozen


@frozen
class Reading:
    """An election that can be counted, and what a person should know about its source.

    ``areas``: the key of META that corrects votes by area, with its value as written; the weights are in the profile.
    """

    election: Election
    warnings: tuple[Problem, ...] = ()
    areas: tuple[str, str] | None = None
