"""Everyone's share: a ballot read as amounts.

Each of n voters has the same share B/n of the pool and spreads it over the proposals R on her ballot: in proportion to their
costs (knapsack) or to her points.  With S_i the sum of s_i over R, proposal p gets

    x(p) = sum over voters i of (B/n) * s_i(p) / S_i                         (1)

but at most what it asks for (its cost, at most the plan's cap, rounded down to whole units): y(p) = min(ask, x(p)).

(2) Those for whom y(p), rounded down to whole units, is less than their least amount (``min_cost``, else one øre) leave R, all
    together, and (1) is done anew until nobody leaves.  A ballot with none of R on it leaves its share in the pool.
(3) The sum of all y(p) is rounded down to whole units, and so is each y(p); the units that are missing go one each to those
    with the largest part cut off, equal ones by score, ties in the plan's tie order; with ``remainder`` = ``leave`` they stay
    in the pool.

Goel, Krishnaswamy, Sakshuwong, Aitamurto: Knapsack Voting for Participatory Budgeting, TEAC 2019, for ballots as amounts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import count

from borgerbudget.words import Text
from tallies.contest import Contest
from tallies.numerics.baskets import baskets
from tallies.plan import Traits
from tallies.rules.rule import AT_ONCE, Rule
from tallies.steps import Funded, Skipped
from tallies.turns import in_turn


def steps(contest: Contest) -> Iterator[Funded | Skipped]:
    if not contest.eligible:
        return
    unit, left = contest.plan.terms.unit or 1, contest.pool
    shares, left_out = shares_of(contest, unit)
    for p in sorted(left_out):
        yield Skipped("rule", p, left, left_out[p], because="below-minimum")
    amounts = {p: min(_ask(contest, p, unit), x) for p, x in shares.items()}
    base = {p: _whole(y, unit) for p, y in amounts.items()}
    cut = {p: y - base[p] for p, y in amounts.items()}
    units = (_whole(sum(amounts.values(), Fraction(0)), unit) - sum(base.values())) // unit
    if contest.plan.terms.remainder == "leave":
        units = 0
    last = sorted(cut.values(), reverse=True)[units - 1] if units else None
    first_ones = [p for p in cut if last is not None and cut[p] > last]
    among = {p for p in cut if cut[p] == last}
    still = units - len(first_ones)

    def all_fit(open_ones: Sequence[int]) -> bool:
        return not (0 < still < len(among) and len(among.intersection(open_ones)) > 1)

    turns = list(
        in_turn(contest, sorted(shares), contest.score, all_fit, count(contest.first_step + len(left_out)).__next__)
    )
    in_line = [turn.proposal for turn in turns if turn.proposal in among]
    more = {*first_ones, *in_line[:still]}  # (3)
    for turn in turns:
        p = turn.proposal
        amount = base[p] + (unit if p in more else 0)
        left -= amount
        yield Funded("rule", p, amount, left, shares[p], turn.tied, turn.decided_by)


def _whole(amount: Fraction | int, unit: int) -> int:
    """Rounded down to whole units."""
    return amount.numerator // amount.denominator // unit * unit


def _ask(contest: Contest, p: int, unit: int) -> Fraction:
    return Fraction(0) + _whole(contest.asks[p], unit)


def shares_of(contest: Contest, unit: int) -> tuple[dict[int, Fraction], dict[int, Fraction]]:
    """(1), (2): x(p) of those that stay, and of those that left when they did."""
    worth = None if contest.election.method.has_points else contest.costs
    sharing, left_out = list(contest.eligible), {}
    while True:
        shares = baskets(contest.support, worth, contest.pool, sharing)
        staying = []
        for p in sharing:
            if _whole(min(_ask(contest, p, unit), shares[p]), unit) >= contest.least[p]:
                staying.append(p)
            else:
                left_out[p] = shares[p]
        if len(staying) == len(sharing):
            return shares, left_out
        sharing = staying


EVERYONES_SHARE = Rule(
    "everyones-share",
    __doc__,
    Text(
        "Alle vælgere råder over en lige stor del af puljen, og den fordeles på de forslag, de har peget på. Hvert forslag "
        "får summen, men ikke mere end det koster.",
        "Every voter has an equal part of the pool, which is spread over the proposals on her ballot. Every proposal gets "
        "the sum, but not more than it costs.",
    ),
    steps,
    methods=("knapsack", "points"),
    traits=Traits(partial=True, at_once=True),
    optional=("unit", "remainder"),
    unconstrained=AT_ONCE,
)
