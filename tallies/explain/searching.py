"""Galloping: where a predicate over whole numbers changes, from a guess outwards and then by halves."""

from __future__ import annotations

from collections.abc import Callable


def largest(holds: Callable[[int], bool], guess: int, fails_at: int) -> int | None:
    """The largest v in 1..fails_at-1 with ``holds(v)``; None when none is met.

    Exact when ``holds`` is true up to some number and false after it; otherwise some v that holds while v + 1 does not.
    """
    if fails_at <= 1:
        return None
    at = min(max(guess, 1), fails_at - 1)
    stride = 1
    if holds(at):
        low, high = at, fails_at
        while low + stride < high:
            if not holds(low + stride):
                high = low + stride
                break
            low, stride = low + stride, stride * 2
    else:
        high = at
        while True:
            low = max(high - stride, 0)
            if low == 0 and (high == 1 or not holds(1)):
                return None
            if low == 0 or holds(low):
                low = max(low, 1)
                break
            high, stride = low, stride * 2
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return low


def least(holds: Callable[[int], bool], first: int, top: int, stride: int = 1) -> int | None:
    """The least v in first..top with ``holds(v)``; None when none is met, ``top`` among them.

    Exact when ``holds`` is false up to some number and true after it; otherwise some v that holds while v - 1, unless it
    lies before ``first``, does not.
    """
    if first > top:
        return None
    low, high = first - 1, first
    while not holds(high):
        if high == top:
            return None
        low, high, stride = high, min(high + stride, top), stride * 2
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high
