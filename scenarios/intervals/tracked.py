"""Numbers that remember how far what was decided with them holds.

A count is made at one value of its parameter (a pool, a price), and every number that depends on it also knows what it is
x minor units further on.  Whenever two are compared, the track notes the largest x up to which every comparison so far comes
out as it did.  So one count, made by the rule itself, is a certificate for every whole value up to there.

    v(x) = now + slope * x + e(x),  low <= e(x) <= high,  e(0) = 0                                     (1)

Sums and multiples stay exact.  A quotient that is rounded down strays from its line by less than one: what it strays by is
carried in ``low`` and ``high``, and a comparison that this leaves open ends the track.  Whatever has no such rule (a number
used as an index, hashed, multiplied by another) ends the track at once or raises Untracked; nothing passes unseen.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, lcm

Number = int | Fraction


class Untracked(TypeError):
    """Something was done with a tracked number that has no rule here, so that a count cannot be followed."""


class Track:
    """``reach``: how far everything that was decided holds, in minor units of the parameter."""

    def __init__(self, reach: int) -> None:
        self.reach = reach

    def end(self, reach: int) -> None:
        self.reach = min(self.reach, max(reach, 0))

    def number(self, now: int, slope: int = 1) -> Tracked:
        return Tracked(self, now, slope)


class Tracked:
    """A number as in (1)."""

    __slots__ = ("high", "low", "now", "slope", "track")

    def __init__(self, track: Track, now: Number, slope: Number, low: Number = 0, high: Number = 0) -> None:
        self.track, self.now, self.slope, self.low, self.high = track, now, slope, low, high

    # --- arithmetic ----------------------------------------------------------------------------------------------

    def _plus(self, other: object, sign: int) -> Tracked:
        if isinstance(other, Tracked):
            low, high = (other.low, other.high) if sign > 0 else (-other.high, -other.low)
            return Tracked(
                self.track,
                self.now + sign * other.now,
                self.slope + sign * other.slope,
                self.low + low,
                self.high + high,
            )
        if isinstance(other, (int, Fraction)):
            return Tracked(self.track, self.now + sign * other, self.slope, self.low, self.high)
        raise Untracked("a tracked number and something that is no number")

    def __add__(self, other: object) -> Tracked:
        return self._plus(other, 1)

    __radd__ = __add__

    def __sub__(self, other: object) -> Tracked:
        return self._plus(other, -1)

    def __rsub__(self, other: object) -> Tracked:
        return (-self).__add__(other)

    def __neg__(self) -> Tracked:
        return self * -1

    def __abs__(self) -> Tracked:
        return self if self >= 0 else -self

    def __mul__(self, factor: object) -> Tracked:
        if not isinstance(factor, (int, Fraction)):
            raise Untracked("a product of what is tracked")
        ends = sorted((self.low * factor, self.high * factor))
        return Tracked(self.track, self.now * factor, self.slope * factor, *ends)

    __rmul__ = __mul__

    def __truediv__(self, divisor: object) -> Tracked:
        if not isinstance(divisor, (int, Fraction)):
            raise Untracked("a quotient of what is tracked")
        return self * (1 / Fraction(divisor))

    def _no_divisor(self, divided: object) -> Tracked:
        raise Untracked("divided by what is tracked")

    __rtruediv__ = __rfloordiv__ = __rmod__ = __rdivmod__ = _no_divisor

    def __floordiv__(self, divisor: object) -> Tracked:
        if not isinstance(divisor, (int, Fraction)) or divisor <= 0:
            raise Untracked("a quotient of what is tracked, rounded")
        there = self / divisor
        now = floor(there.now)
        if there.slope == floor(there.slope) and there.low == there.high == 0:
            return Tracked(self.track, now, floor(there.slope))
        cut = there.now - now
        return Tracked(self.track, now, there.slope, there.low + cut - 1, there.high + cut)

    def __mod__(self, divisor: object) -> Tracked:
        if not isinstance(divisor, (int, Fraction)):
            raise Untracked("a remainder of what is tracked")
        return self - self // divisor * divisor

    def __divmod__(self, divisor: int) -> tuple[Tracked, Tracked]:
        whole = self // divisor
        return whole, self - whole * divisor

    @property
    def denominator(self) -> int:
        return lcm(Fraction(self.now).denominator, Fraction(self.slope).denominator)

    @property
    def numerator(self) -> Tracked:
        """So that it is this over ``denominator``, though perhaps not in lowest terms."""
        return self * self.denominator

    # --- decisions -----------------------------------------------------------------------------------------------

    def _positive(self, or_zero: bool) -> bool:
        """Whether it is above zero (``or_zero``: or zero), noted."""
        holds = self.now >= 0 if or_zero else self.now > 0
        # as long as the nearest it may come does not cross: it stays above (or at) the bound, or below it
        nearest = Fraction(self.now + (self.low if holds else self.high))
        strict = holds != or_zero  # whether zero itself would be on the other side
        step = self.slope if holds else -self.slope
        room = nearest if holds else -nearest
        if step >= 0:
            first = room + step
            self.track.end(self.track.reach if (first > 0 if strict else first >= 0) else 0)
        else:
            # the largest x with room + step * x > 0, or >= 0
            most = room / -step
            self.track.end(ceil(most) - 1 if strict else floor(most))
        return holds

    def __lt__(self, other: object) -> bool:
        return not (self - other)._positive(True)

    def __le__(self, other: object) -> bool:
        return not (self - other)._positive(False)

    def __gt__(self, other: object) -> bool:
        return (self - other)._positive(False)

    def __ge__(self, other: object) -> bool:
        return (self - other)._positive(True)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (int, Fraction, Tracked)):
            return False
        difference = self - other
        if difference.now == 0:
            if difference.slope or difference.low or difference.high:
                self.track.end(0)
            return True
        return not (difference._positive(False) if difference.now > 0 else (-difference)._positive(False))

    def __bool__(self) -> bool:
        return self != 0

    # --- used as a plain number: it must stay the same ---------------------------------------------------------------

    def __index__(self) -> int:
        if self.now != floor(self.now):
            raise Untracked("not a whole number")
        return int(self.now) if self == self.now else 0

    __int__ = __index__

    def __hash__(self) -> int:
        return hash(self.now) if self == self.now else 0

    def __format__(self, form: str) -> str:
        return format(self.now, form)
