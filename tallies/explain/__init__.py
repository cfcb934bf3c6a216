"""Why, why not, and what it would have taken: facts about one proposal, and sentences made of them."""

from __future__ import annotations

from tallies.explain.facts import Explanation, why
from tallies.explain.sentences import sentences

__all__ = ["Explanation", "sentences", "why"]
