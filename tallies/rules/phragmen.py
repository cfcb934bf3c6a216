"""Sequential Phragmén.

Every voter earns money at the same steady rate, starting with nothing.  When the supporters N(p) of a proposal p
together hold cost(p), they buy it and their purses are empty again.  With x_i the time voter i last paid, p can be
bought at time

    t(p) = (cost(p) + sum of x_i over i in N(p)) / |N(p)|                   (1)

(2) Buy the proposal with the least t(p), ties in the plan's tie order.
(3) Stop when it, or one tied with it, costs more than is left of the pool.

A proposal without supporters is never bought, nor one that the plan's constraints bar (``tallies.barring``).
For ballots that are sets.

Los, Christoff, Grossi: Proportional Budget Allocations: Towards a Systematization, IJCAI 2022.
"""

from __future__ import annotations

from collections.abc import Iterator

from borgerbudget.words import Text
from tallies.barring import bars_of, open_at_first
from tallies.contest import Contest
from tallies.numerics.clocks import Clocks
from tallies.numerics.market import Market
from tallies.rules.rule import BARRING, OWN_MONEY, SETS, Rule
from tallies.steps import Funded, Skipped, Stopped


def steps(contest: Contest) -> Iterator[Funded | Skipped | Stopped]:
    ones = (1,) * len(contest.costs)
    bars = bars_of(contest)
    clocks = Clocks(Market(contest.support, contest.costs, ones, open_at_first(contest, bars), contest.exact_only))
    left, step, bought = contest.pool, contest.first_step - 1, list[int]()
    contest.diagnostics.runs += 1
    while (least := clocks.least()) is not None:
        first, load = least  # (1)
        step += 1
        tied = tuple(first) if len(first) > 1 else ()
        over = tuple(p for p in first if contest.costs[p] > left)
        contest.diagnostics.decisions += 1
        if over:  # (3)
            yield Stopped("rule", over, left, load, tied)
            break
        choice = contest.ties.choose(first, step)  # (2)
        left -= contest.costs[choice.chosen]
        clocks.buy(choice.chosen, load)
        bought.append(choice.chosen)
        for barred in bars.closed_by(bought) if bars is not None else ():
            clocks.withdraw(barred)
        yield Funded("rule", choice.chosen, contest.costs[choice.chosen], left, load, tied, choice.decided_by)
    for p in contest.eligible:
        if bars is not None and p not in bought and (because := bars.reason(p, bought)):
            yield Skipped("rule", p, left, clocks.load(p), because=because)
    contest.diagnostics.fallbacks += clocks.fallbacks


PHRAGMEN = Rule(
    "phragmen",
    __doc__,
    Text(
        "Alle vælgere sparer lige hurtigt op. Så snart et forslags støtter tilsammen har pengene, køber de det og "
        "begynder forfra. Det slutter, når det næste forslag ikke kan være i puljen.",
        "All voters save at the same pace. As soon as a proposal's supporters together have the money, they buy it and "
        "start again from nothing. It ends when the next proposal does not fit in the pool.",
    ),
    steps,
    methods=SETS,
    carried=BARRING,
    unconstrained=OWN_MONEY,
)
