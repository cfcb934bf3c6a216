"""What dice show, and how many must be thrown for a lot."""

from __future__ import annotations

SIDES = "123456"
FEWEST_DICE = 6
"""With fewer, 6^5 throws at most: each can be tried by whoever may still choose a name."""


def are_thrown(dice: str) -> bool:
    """Whether these may be the throws of a lot: digits of a die, and enough of them."""
    return len(dice) >= FEWEST_DICE and set(dice) <= set(SIDES)
