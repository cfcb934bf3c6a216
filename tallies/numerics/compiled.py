"""The filter of equal shares in compiled code: an optional extra, which makes long searches several times faster.

It is there once somebody has compiled it (``tallies.numerics.compiling``); nothing is ever compiled otherwise.  What its
floats leave open is decided in Python as ever, so that every outcome and trace is the same with it and without it.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from borgerbudget.ballots.method import Ints
from borgerbudget.compiled import library_of
from tallies.numerics.market import Floats, Market
from tallies.numerics.purses import Purses
from tallies.support import LARGEST_EXACT

SOURCE = Path(__file__).with_name("kernel.c")
WORK = 256
"""Runs that are made before Python looks for Ctrl-C again."""
MOST = 2**40
"""Endowments that are looked ahead."""
ENDED = 1
SAME, OTHER, UNDECIDED, FARTHEST, TIRED = range(5)


class _Market(ctypes.Structure):
    """``market`` of kernel.c."""

    _fields_ = (
        *((name, ctypes.c_int64) for name in ("proposals", "groups")),
        *((name, ctypes.c_void_p) for name in ("start", "group", "value", "weight", "cost", "factor", "reach")),
        *((name, ctypes.c_void_p) for name in ("supporters", "least", "share", "asked")),
        ("total", ctypes.c_double),
        *((name, ctypes.c_void_p) for name in ("held", "heavy", "found", "tied", "sure")),
    )


class _Run(ctypes.Structure):
    """``run`` of kernel.c."""

    _fields_ = (
        *((name, ctypes.c_double) for name in ("start", "error")),
        *((name, ctypes.c_void_p) for name in ("money", "bound", "guess")),
        ("bought", ctypes.c_int64),
        *((name, ctypes.c_void_p) for name in ("proposal", "unit", "missed", "below", "above", "sure")),
    )


_WHOLE = ctypes.c_int64
_CHOOSER = ctypes.PYFUNCTYPE(_WHOLE, _WHOLE, _WHOLE, _WHOLE, ctypes.POINTER(_WHOLE))
_ORDER = ctypes.PYFUNCTYPE(ctypes.c_int, _WHOLE, _WHOLE)

Choose = Callable[[int, int, list[int]], int]
"""Who goes first of those tied, asked with the number of the run and of the purchase, both from 0."""
GoesBefore = Callable[[int, int], bool]
"""Whether the tie order is known to put the first before the second."""


class _Asking:
    """What compiled code asks back.  What is raised then is raised when it returns."""

    def __init__(self, choose: Choose | None, goes_before: GoesBefore | None) -> None:
        self._raised: BaseException | None = None

        def chosen(number: int, place: int, many: int, tied: Any) -> int:
            try:
                return -1 if choose is None else choose(number, place, tied[:many])
            except BaseException as error:
                self._raised = error
                return -1

        def ordered(p: int, q: int) -> bool:
            try:
                return goes_before is not None and goes_before(p, q)
            except BaseException as error:
                self._raised = error
                return False

        self.choose, self.goes_before = _CHOOSER(chosen), _ORDER(ordered)

    def answered(self, found: Any) -> int:
        if self._raised is not None:
            raise self._raised
        return int(found)


class Course:
    """One run in arrays.  By proposal: ``bound``, below which its rho certainly is not (infinite: no longer open), and
    ``guess`` of it; by purchase: ``proposal``, ``unit`` price, what that ``missed``, an interval of rho, and ``sure``, the
    weight times value of who pays in full where all others certainly have nothing; else 0."""

    def __init__(self, proposals: int, start: float, money: Floats) -> None:
        self.money = money
        self._rows = np.empty((7, proposals))
        self.bound, self.guess, self.unit, self.missed, self.below, self.above, self.sure = self._rows
        self.guess.fill(np.inf)
        self.proposal = np.empty(proposals, np.int64)
        first, step = _address(self._rows), 8 * proposals
        rows = [first + i * step for i in range(7)]
        self.struct = _Run(start, 0.0, _address(money), *rows[:2], 0, _address(self.proposal), *rows[2:])

    @property
    def bought(self) -> int:
        return int(self.struct.bought)

    def copy(self) -> Course:
        """The same purchases and money; the money is shared."""
        found = Course(self.proposal.size, self.struct.start, self.money)
        found._rows[:], found.proposal[:] = self._rows, self.proposal
        found.struct.error, found.struct.bought = self.struct.error, self.struct.bought
        return found


class Pieces(NamedTuple):
    """The supporters of all proposals in one piece, which every market over the same ballots shares, and room to work in."""

    start: Ints
    group: NDArray[np.int32]
    value: Floats | None
    room: Floats


def in_pieces(columns: Sequence[tuple[Ints, Ints | None]]) -> Pieces:
    sizes = [groups.size for groups, _ in columns]
    start = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    whole = columns[0][0].base if columns else None
    if whole is None or whole.dtype != np.int32 or whole.size != start[-1]:
        whole = np.concatenate([np.empty(0, np.int32), *(groups for groups, _ in columns)], dtype=np.int32)
    values = [value for _, value in columns if value is not None]
    value = np.concatenate(values, dtype=np.float64) if values else None
    return Pieces(start, whole, value, np.empty((2, max(sizes, default=0))))


class Kernel:
    """What floats are certain of, for one market."""

    def __init__(self, library: ctypes.PyDLL, market: Market, like: Kernel | None = None, p: int = -1) -> None:
        """``like``: that of a market which differs from this one in what concerns ``p`` and in its weights alone."""
        support, pieces = market.support, market.pieces
        self._library, self._market, self._proposals = library, market, support.proposals
        self._weights = support.weights.astype(np.float64)
        if like is None:
            self._room = np.empty((3, self._proposals))  # of eight bytes each, whole or not
            self._rows = np.array([self._of(q) for q in range(self._proposals)]).reshape(-1, 7).T.copy()
        else:
            self._room, self._rows = like._room, like._rows.copy()
            self._rows[:, p] = self._of(p)
        self._pieces = pieces
        value = None if pieces.value is None else _address(pieces.value)
        of_each, rooms = (_address(rows) for rows in (self._rows, self._room))
        self._struct = _Market(
            self._proposals, self._weights.size, _address(pieces.start), _address(pieces.group), value,
            _address(self._weights), *(of_each + 8 * self._proposals * i for i in range(7)), float(support.total),
            *(_address(row) for row in pieces.room), *(rooms + 8 * self._proposals * i for i in range(3)),
        )  # fmt: skip

    def _of(self, p: int) -> tuple[float, ...]:
        """What kernel.c reads of a proposal: cost, factor, reach, supporters, least, share, asked."""
        market, support = self._market, self._market.support
        cost, factor = market.costs[p] * support.denominator, market.factors[p]
        whole, rest = divmod(cost, factor)
        asked = 0 if rest or whole >= LARGEST_EXACT else whole
        least, share = (market.bound(p), market.share(p)) if p in market.open else (math.inf, math.inf)
        return cost, factor, market.reach[p], support.supporters[p], least, share, asked

    def course(self, start: float, money: Floats, error: float) -> Course:
        """A run with endowment ``start`` and this ``money``, from which nobody is taken yet."""
        course = Course(self._proposals, start, money)
        course.struct.error = error
        course.bound[:] = self._rows[4]
        course.bound[self._rows[5] > start] = np.inf
        return course

    def alike(self, other: Kernel | None) -> NDArray[np.bool_]:
        """Which proposals cost the same there, by their factor."""
        return np.zeros(self._proposals, bool) if other is None else self._rows[6] == other._rows[6]

    def advance(self, course: Course, choose: Choose | None) -> bool:
        """Buys what is certainly next; whether until nobody is affordable.  Else something is open."""
        asking = _Asking(choose, None)
        found = self._library.shares_advance(
            ctypes.byref(self._struct), ctypes.byref(course.struct), 0, asking.choose
        )  # fmt: skip
        return asking.answered(found) == ENDED

    def buy(self, course: Course, proposals: Sequence[int]) -> int:
        """Buys these, in this order, whatever is cheaper; how many of them, up to the first that floats leave open."""
        order = np.array(proposals, np.int64)
        return int(
            self._library.shares_buy(
                ctypes.byref(self._struct), ctypes.byref(course.struct), order.size, _address(order)
            )
        )

    def follow(self, near: Course, far: Course, since: int, goes_before: GoesBefore) -> int:
        """Buys in ``far`` what ``near`` bought, and says whether every endowment between theirs certainly gives these
        purchases, the first ``since`` of them taken for granted: SAME, OTHER (or not to be seen so), or UNDECIDED."""
        structs = (ctypes.byref(part) for part in (self._struct, near.struct, far.struct))
        asking = _Asking(None, goes_before)
        return asking.answered(self._library.shares_follow(*structs, since, asking.goes_before))

    def climb(
        self, near: Course, step: float, stride: int, choose: Choose, goes_before: GoesBefore
    ) -> tuple[int, Course | None, int, int]:
        """How many times ``step`` above ``near`` its purchases certainly stay the same, seen in strides that begin with
        ``stride``, and the run after these if it certainly has others; how many runs were made and proofs succeeded.
        Nothing is left of ``near``."""
        start, steps = near.struct.start, 0
        far = Course(self._proposals, start, np.empty_like(near.money))
        far.struct.guess = near.struct.guess
        ahead, made, why = ctypes.c_int64(stride), (ctypes.c_int64 * 2)(), ctypes.c_int(TIRED)
        asking = _Asking(choose, goes_before)
        while why.value == TIRED:
            found = self._library.shares_climb(
                ctypes.byref(self._struct), ctypes.byref(near.struct), ctypes.byref(far.struct), start, step, steps,
                MOST, ctypes.byref(ahead), WORK, made, ctypes.byref(why), asking.choose, asking.goes_before,
            )  # fmt: skip
            steps = asking.answered(found)
        if far.struct.money != _address(far.money):  # they were exchanged on the way
            near.struct, far.struct = far.struct, near.struct
            near, far = far, near
        for course in near, far:  # each has its own again, as one may outlive the other
            course.struct.guess = _address(course.guess)
        return steps, far if why.value == OTHER else None, made[0], made[1]


def again(
    market: Market, before: Purses, endowment: Fraction, goes_before: GoesBefore, since: int = 0
) -> tuple[int, Purses | None]:
    """Whether all endowments from the whole run ``before`` to ``endowment`` in ``market`` certainly give its purchases, the
    first ``since`` of them taken for granted; if they are the SAME, the run there.  UNDECIDED where nothing is compiled."""
    kernel = market.kernel
    if kernel is None:
        return UNDECIDED, None
    near, far = before.course(kernel), Purses(market, endowment)
    if before.market is not market:  # what was bought there need not cost the same here
        near = near.copy()
        near.sure[: near.bought] *= kernel.alike(before.market.kernel)[near.proposal[: near.bought]]
    course = far.course(kernel)
    found = kernel.follow(near, course, since, goes_before)
    if found != SAME:
        return found, None
    far.take_over(course)
    return SAME, far


@dataclass(frozen=True, slots=True)
class Climbed:
    """``steps`` on which the purchases certainly stay the same; the run after these, ``following``, if it certainly has
    others; how many runs were made and proofs succeeded."""

    steps: int = 0
    following: Purses | None = None
    runs: int = 0
    jumps: int = 0


def climbed(purses: Purses, step: Fraction, stride: int, choose: Choose, goes_before: GoesBefore) -> Climbed:
    """Upwards from the whole run ``purses``, as far as compiled code sees.  ``stride``: what to try first."""
    kernel = purses.market.kernel
    if kernel is None:
        return Climbed()
    steps, other, *made = kernel.climb(
        purses.course(kernel), step.numerator / step.denominator, stride, choose, goes_before
    )
    following = None
    if other is not None:
        following = Purses(purses.market, purses.endowment + (steps + 1) * step)
        following.take_over(other)
    return Climbed(steps, following, *made)


def kernel_of(market: Market) -> Kernel | None:
    """None where nothing is compiled, where floats may not filter, and where purchases bar others."""
    if not market.filtered or market.bars is not None:
        return None
    library = compiled()
    return None if library is None else Kernel(library, market)


def share_kernel(old: Market, new: Market, p: int) -> None:
    """What compiled code knows of ``old``, for another market that differs in what concerns ``p`` and in the weights alone."""
    if old.kernel is not None and new.filtered:
        # cached on the frozen value
        vars(new)["kernel"] = Kernel(old.kernel._library, new, old.kernel, p)


@cache
def compiled() -> ctypes.PyDLL | None:
    """The library, if it was compiled from just this source."""
    path = place()
    return loaded(path) if path.exists() else None


def loaded(path: Path) -> ctypes.PyDLL:
    """Of the kind that keeps Python's lock: the room that runs work in is shared."""
    library = ctypes.PyDLL(str(path))
    market, run, whole, pointer = ctypes.POINTER(_Market), ctypes.POINTER(_Run), _WHOLE, ctypes.c_void_p
    real, asking = ctypes.c_double, (_CHOOSER, _ORDER)
    library.shares_advance.argtypes = [market, run, whole, _CHOOSER]
    library.shares_buy.argtypes = [market, run, whole, pointer]
    library.shares_buy.restype = whole
    library.shares_follow.argtypes = [market, run, run, whole, _ORDER]
    library.shares_climb.argtypes = [
        market,
        run,
        run,
        real,
        real,
        whole,
        whole,
        pointer,
        whole,
        pointer,
        pointer,
        *asking,
    ]
    library.shares_climb.restype = whole
    return library


def place() -> Path:
    """Where the library of this source is, on this kind of machine."""
    return library_of(SOURCE)


def _address(array: NDArray[Any]) -> int:
    return int(array.__array_interface__["data"][0])
