"""The Method of Equal Shares.

Each of n voters gets the same share b_i = B/n of the pool (or, with a completion of the add1 family, a larger endowment).
A proposal p with supporters N(p), to whom it is worth u_i(p), is rho-affordable for the least rho with

    sum over N(p) of min(b_i, rho * u_i(p)) = cost(p)                        (1)

(2) Fund the proposal with the least rho, ties in the plan's tie order; each supporter pays min(b_i, rho * u_i(p)).
(3) Repeat until no proposal is affordable: its supporters together have less than its cost.

Utility ``cost``: u_i(p) = cost(p) (then 1/rho is the *effective vote count*, the rule of equalshares.net); ``count``: 1;
``points``: the ballot's points.  What is left over is then given out by the plan's completion; with a comparison,
the greedy outcome is taken instead if strictly more voters prefer it.

Choices that the papers leave open: proposals that cost more than the pool, miss the threshold or are withdrawn take no
part from the start; n counts every ballot, blank ones too; affordability is exact; a proposal that the plan's constraints bar
(``tallies.barring``) is no longer open, and its supporters keep their money for others.

Peters, Pierczyński, Skowron: Proportional Participatory Budgeting with Additive Utilities, NeurIPS 2021;
equalshares.net for completions and comparison.
"""

from __future__ import annotations

from collections.abc import Iterator

from borgerbudget.words import Text
from tallies.comparison import compared
from tallies.completions import COMPLETIONS
from tallies.contest import Contest
from tallies.rules.rule import BARRING, OWN_MONEY, Rule
from tallies.steps import Interval, Step


def steps(contest: Contest) -> Iterator[Interval | Step]:
    if not contest.support.total:
        return
    assert contest.plan.completion is not None
    counted = COMPLETIONS[contest.plan.completion].steps(contest)
    yield from counted if contest.plan.comparison == "none" else compared(contest, counted)


EQUAL_SHARES = Rule(
    "equal-shares",
    __doc__,
    Text(
        "Puljen deles lige mellem vælgerne. Et forslag købes af dem, der støtter det, og de deler prisen så lige som "
        "muligt. Det forslag, hvor hver krone af prisen bæres af flest, går først. Når ingen støttegruppe har råd til "
        "mere, er det slut.",
        "The pool is divided equally among the voters. A proposal is bought by those who support it, sharing its cost "
        "as equally as possible. The proposal whose cost is carried by most voters goes first. It ends when no group "
        "of supporters can afford more.",
    ),
    steps,
    completed=True,
    carried=BARRING,
    unconstrained=OWN_MONEY,
)
