"""Plans that cannot be carried out whatever the votes are: refused before the count, with the smallest set of constraints
that contradict (docs/village-rules.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from borgerbudget.errors import InputRejected, Problem, problem
from tallies.constraints import Constraint, kept_together
from tallies.contest import Contest
from tallies.eligibility import needed, needs_of
from tallies.reaching import BEFORE_THE_VOTE, Reaching
from tallies.words import PROBLEMS

MOST_TRIED = 3
"""Of constraints that contradict, so many at most are sought among all; above, a set of which none can be spared is named."""


def refuse_contradictions(contest: Contest, refusal: Callable[[Contest], Problem | None]) -> None:
    """Raises InputRejected with the first that is found, fewest constraints first; ``refusal`` is the rule's own."""
    found = next(_contradictions(contest, refusal), None)
    if found is not None:
        raise InputRejected(found)


def _contradictions(contest: Contest, refusal: Callable[[Contest], Problem | None]) -> Iterator[Problem]:
    yield from _given(contest)
    yield from _alone(contest)
    if (own := refusal(contest)) is not None:
        yield own
    yield from _given_and_limited(contest)
    yield from _floors(contest)
    yield from _linked(contest)
    yield from _bundles(contest)
    yield from _together(contest)
    yield from _out_of_reach(contest)


def _names(constraints: Sequence[Constraint]) -> str:
    return ", ".join(f'"{constraint.name}"' for constraint in constraints)


def _of(contest: Contest, *kinds: str) -> list[Constraint]:
    return [constraint for constraint in contest.plan.terms.constraints if constraint.kind in kinds]


def _cost_of_given(contest: Contest, constraint: Constraint) -> int:
    """What members were given beforehand."""
    return sum(contest.costs[p] for p in contest.given if contest.election.ids[p] in constraint.proposals)


def _missing(contest: Contest, floor: Constraint) -> int:
    """What a floor still needs after what its members were given beforehand."""
    return max(0, (floor.amount or 0) - _cost_of_given(contest, floor))


def _needs_of_pool(contest: Contest, constraint: Constraint) -> int:
    return _missing(contest, constraint) if constraint.kind == "at-least" else constraint.amount or 0


def _given(contest: Contest) -> Iterator[Problem]:
    for p in contest.given:
        if contest.out[p] == "withdrawn":
            yield problem(PROBLEMS, "CON-003", proposal=contest.election.ids[p])
    if contest.pool < 0:
        given = sum(contest.costs[p] for p in contest.given)
        names = ", ".join(contest.plan.terms.pre_funded)
        pool = contest.told(contest.election.pool.amount)
        yield problem(PROBLEMS, "CON-004", proposals=names, given=contest.told(given), pool=pool)


def _alone(contest: Contest) -> Iterator[Problem]:
    for constraint in _of(contest, "at-least", "earmark", "pot"):
        amount = _needs_of_pool(contest, constraint)
        if amount > contest.pool:
            yield problem(
                PROBLEMS,
                "CON-001",
                names=_names([constraint]),
                amount=contest.told(amount),
                pool=contest.told(contest.pool),
            )


def _floors(contest: Contest) -> Iterator[Problem]:
    for floor in _of(contest, "at-least"):  # one constraint comes before two
        asked = _asked_at_most(contest, floor)
        if asked < (floor.amount or 0):
            amount, shown = contest.told(floor.amount or 0), contest.told(asked)
            yield problem(PROBLEMS, "CON-006", names=_names([floor]), amount=amount, asked=shown)
    for wanted in _of(contest, "at-least", "earmark"):
        for ceiling in _of(contest, "at-most"):
            if set(wanted.proposals) <= set(ceiling.proposals) and (wanted.amount or 0) > (ceiling.amount or 0):
                yield problem(
                    PROBLEMS,
                    "CON-005" if wanted.kind == "at-least" else "CON-013",
                    names=_names([wanted, ceiling]),
                    amount=contest.told(wanted.amount or 0),
                    most=contest.told(ceiling.amount or 0),
                )


def _fewest(
    constraints: Sequence[Constraint], contradict: Callable[[Sequence[Constraint]], bool]
) -> Sequence[Constraint]:
    """The fewest of contradicting constraints that contradict; of many, those that are left when one after the other is left
    out that can be spared."""
    for size in range(MOST_TRIED + 1):
        for some in combinations(constraints, size):
            if contradict(some):
                return some
    kept = list(constraints)
    for constraint in constraints:
        without = [other for other in kept if other is not constraint]
        if contradict(without):
            kept = without
    return kept


def _asked_at_most(contest: Contest, floor: Constraint) -> int:
    """What its members can ask for together whatever the votes are."""
    index = contest.election.index
    asking = [index[i] for i in floor.proposals if contest.out[index[i]] not in (*BEFORE_THE_VOTE, "pre-funded")]
    return _cost_of_given(contest, floor) + sum(contest.asks[p] for p in asking)


def _linked(contest: Contest) -> Iterator[Problem]:
    """Proposals that need each other and exclude each other."""
    links = _of(contest, "needs", "together")
    found: list[tuple[list[Constraint], str]] = []
    for one_of in _of(contest, "one-of"):
        for i in contest.election.ids:
            if _both(i, links, one_of):
                chain = _fewest(links, lambda some: _both(i, some, one_of))  # noqa: B023
                found.append(([*chain, one_of], i))
    if found:
        (*chain, one_of), first = min(found, key=lambda pair: len(pair[0]))
        rivals = needed(first, needs_of(chain), lambda other: False) & set(one_of.proposals)
        proposals = ", ".join(sorted(rivals, key=str.encode))
        yield problem(PROBLEMS, "CON-007", names=_names([*chain, one_of]), proposals=proposals)


def _bundles(contest: Contest) -> Iterator[Problem]:
    """Proposals that come together or not at all, of which each could be paid, but never all."""
    links = _of(contest, "needs", "together")
    if not links:
        return
    found: list[tuple[Sequence[Constraint], str]] = []
    for i in contest.election.ids:
        if _asked_with(contest, i, links) > contest.pool:
            found.append((_fewest(links, lambda some: _asked_with(contest, i, some) > contest.pool), i))  # noqa: B023
    if found:
        chain, first = min(found, key=lambda pair: len(pair[0]))
        proposals = ", ".join(sorted(_bundle(contest, first, chain), key=str.encode))
        asked, pool = contest.told(_asked_with(contest, first, chain)), contest.told(contest.pool)
        yield problem(PROBLEMS, "CON-014", names=_names(chain), proposals=proposals, asked=asked, pool=pool)


def _bundle(contest: Contest, i: str, links: Sequence[Constraint]) -> frozenset[str]:
    return needed(i, needs_of(links), contest.plan.terms.pre_funded.__contains__)


def _asked_with(contest: Contest, i: str, links: Sequence[Constraint]) -> int:
    """What the proposal and all it needs ask for; 0 when it needs nothing, or one of them takes no part whatever the votes."""
    bundle = [contest.election.index[other] for other in _bundle(contest, i, links)]
    if len(bundle) == 1 or any(contest.out[p] in (*BEFORE_THE_VOTE, "pre-funded") for p in bundle):
        return 0
    return sum(contest.asks[p] for p in bundle)


def _both(i: str, links: Sequence[Constraint], one_of: Constraint) -> bool:
    return len(needed(i, needs_of(links), lambda other: False) & set(one_of.proposals)) > 1


def _given_and_limited(contest: Contest) -> Iterator[Problem]:
    for ceiling in _of(contest, "at-most"):
        given = _cost_of_given(contest, ceiling)
        if given > (ceiling.amount or 0):
            most = contest.told(ceiling.amount or 0)
            yield problem(PROBLEMS, "CON-008", names=_names([ceiling]), given=contest.told(given), most=most)
    for one_of in _of(contest, "one-of"):
        both = [i for i in contest.plan.terms.pre_funded if i in one_of.proposals]
        if len(both) > 1:
            yield problem(PROBLEMS, "CON-009", names=_names([one_of]), proposals=", ".join(both))


def _together(contest: Contest) -> Iterator[Problem]:
    """Amounts that do not fit in the pool together, members that stand in two pots or two earmarks."""
    reserving, pool = _of(contest, "earmark", "pot"), contest.told(contest.pool)
    above: Sequence[Constraint] = ()
    if _kept(reserving) > contest.pool:
        above = _fewest(reserving, lambda some: _kept(some) > contest.pool)
    for smallest in (_fewest_floors(contest), above):
        if smallest:
            amount = contest.told(sum(_needs_of_pool(contest, constraint) for constraint in smallest))
            yield problem(PROBLEMS, "CON-001", names=_names(smallest), amount=amount, pool=pool)
    for one, other in combinations(reserving, 2):
        both = sorted(set(one.proposals) & set(other.proposals), key=str.encode)
        if one.kind == other.kind and both:
            yield problem(PROBLEMS, "CON-010", names=_names([one, other]), proposals=", ".join(both))


def _fewest_floors(contest: Contest) -> Sequence[Constraint]:
    """The fewest floors without a common member that need more than the pool together."""
    floors = sorted(_of(contest, "at-least"), key=lambda floor: -_missing(contest, floor))

    def found(size: int, among: Sequence[Constraint], room: int) -> list[Constraint] | None:
        """So many of them, the greatest first, that need more than ``room``."""
        if not size:
            return [] if room < 0 else None
        for at, floor in enumerate(among):
            if sum(_missing(contest, other) for other in among[at : at + size]) <= room:
                return None  # what follows needs no more
            others = [other for other in among[at + 1 :] if not set(other.proposals) & set(floor.proposals)]
            rest = found(size - 1, others, room - _missing(contest, floor))
            if rest is not None:
                return [floor, *rest]
        return None

    sizes = range(2, len(floors) + 1)
    return next((some for size in sizes if (some := found(size, floors, contest.pool)) is not None), ())


def _kept(reserving: Sequence[Constraint]) -> int:
    """What these earmarks and pots keep together before anybody got anything."""
    earmarks, pots = (
        [(c.amount or 0, frozenset(c.proposals)) for c in reserving if c.kind == kind] for kind in ("earmark", "pot")
    )
    return kept_together(earmarks, pots)


def _out_of_reach(contest: Contest) -> Iterator[Problem]:
    """Floors that no choice of proposals reaches while everything else is kept."""
    reaching = Reaching(contest, contest.plan.terms.constraints)
    if reaching.examined and not reaching.possible():
        smallest = _fewest(reaching.constraints, lambda some: not Reaching(contest, some).possible())
        yield problem(PROBLEMS, "CON-015", names=_names(smallest), pool=contest.told(contest.pool))
