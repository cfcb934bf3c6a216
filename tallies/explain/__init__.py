"""Why, why not, and what it would have taken: facts about one proposal, and sentences made of them."""

from __future__ import annotations

from tallies.explain.facts import Explanation, why

__all__ = ["Explanation", "why"]
