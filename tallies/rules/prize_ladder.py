"""Prize ladder: fixed amounts by rank.

Take the proposals in order of score, the greatest first, ties in the plan's tie order, and the prizes in the plan's order.

(1) A proposal gets the next prize that is not given yet, at most what it asks for (its cost, at most the plan's cap).  The
    last prize may be ``rest``: what is left of the pool.
(2) If that is less than its least amount (``min_cost``, else one øre) it is skipped, and the prize goes to the next.
(3) The count ends when all prizes are given.

The amounts together are at most the pool.  Vester Hæsinge 2017: 12,000, 10,000 and the rest, 6,534.61, of 28,534.61.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from borgerbudget.errors import Problem, problem
from borgerbudget.words import Text
from tallies.contest import Contest
from tallies.plan import Traits
from tallies.rules.rule import COUNTED, Rule
from tallies.steps import Funded, Skipped
from tallies.turns import in_turn
from tallies.words import PROBLEMS


def refusal(contest: Contest) -> Problem | None:
    amounts = sum(prize or 0 for prize in contest.plan.terms.prizes)
    if amounts <= contest.pool:
        return None
    return problem(PROBLEMS, "CON-002", amounts=contest.told(amounts), pool=contest.told(contest.pool))


def steps(contest: Contest) -> Iterator[Funded | Skipped]:
    left, prizes = contest.pool, list(contest.plan.terms.prizes)

    def all_fit(open_ones: Sequence[int]) -> bool:
        following = prizes[: len(open_ones)]
        return len(following) == len(open_ones) and None not in following and len(set(following)) == 1

    step = count(contest.first_step).__next__
    waits = lambda p: bool(prizes)  # noqa: E731
    for turn in in_turn(contest, contest.eligible, contest.score, all_fit, step, waits):  # (3)
        p = turn.proposal
        prize = left if prizes[0] is None else prizes[0]
        amount = min(prize, contest.asks[p])  # (1)
        if amount < contest.least[p]:  # (2)
            yield Skipped("rule", p, left, turn.value, turn.tied, turn.decided_by, "below-minimum")
            continue
        del prizes[0]
        left -= amount
        yield Funded("rule", p, amount, left, turn.value, turn.tied, turn.decided_by)


PRIZE_LADDER = Rule(
    "prize-ladder",
    __doc__,
    Text(
        "Præmierne er aftalt på forhånd: forslaget med flest stemmer får den første, det næste den anden, og så videre, "
        "men aldrig mere end det koster.",
        "The prizes are agreed beforehand: the proposal with most votes gets the first, the next one the second, and so "
        "on, but never more than it costs.",
    ),
    steps,
    methods=COUNTED,
    traits=Traits(partial=True),
    required=("prizes",),
    unconstrained=Text("præmierne følger alene rækkefølgen", "the prizes follow the ranking alone"),
    refusal=refusal,
)
