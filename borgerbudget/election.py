"""An election: everything a count depends on, frozen, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

import numpy as np

from borgerbudget.ballots import HAND_COUNT, METHODS, Limits
from borgerbudget.ballots.method import BallotMethod, Marks
from borgerbudget.frozen import frozen
from borgerbudget.pool import Pool
from borgerbudget.profile import AreaCorrection, Profile, ballots_root, merge, totals_root, unread
from borgerbudget.proposal import Proposal

Ballot = Iterable[str] | Mapping[str, int]


@frozen(eq=False)
class Election:
    """Pool, proposals, ballot method and profile.

    ``proposals`` stand in the byte order of their ids, so that the order of a file cannot matter; marks in the
    profile are indices into them.  ``round`` names the round in a lot's key (for a plain file: the hex SHA-256 of
    its bytes).  ``declared_rule`` and ``declared_threshold`` are what the source itself says about the count.
    ``sealed_root``: the root over the leaves of a sealed box (see ``leaves``), where there is one.
    ``areas``: what a ballot weighs by the area that it comes from, where the source says so; ``weighs_by_area``: it says
    only that they do (an exported profile).
    ``totals`` (P,), only in a hand count: the votes of each proposal; the profile then holds so many unread ballots.
    """

    pool: Pool
    proposals: tuple[Proposal, ...]
    method: BallotMethod
    profile: Profile
    limits: Limits = Limits()
    round: str = ""
    input_sha256: str | None = None
    declared_rule: str | None = None
    declared_threshold: Fraction | None = None
    sealed_root: str | None = None
    totals: tuple[int, ...] | None = None
    areas: AreaCorrection | None = None
    weighs_by_area: bool = False

    def __post_init__(self) -> None:
        keys = [proposal.id.encode() for proposal in self.proposals]
        if keys != sorted(set(keys)):
            raise ValueError("proposals must be distinct and in the byte order of their ids")
        if (self.totals is not None) != (self.method is HAND_COUNT):
            raise ValueError("a hand count, and nothing else, has totals")
        if self.totals is not None and (len(self.totals) != len(keys) or min(self.totals, default=0) < 0):
            raise ValueError("every proposal needs its total, zero or more")
        if any(self.totals or ()) and not self.profile.total:
            raise ValueError("there are votes without ballots")

    @property
    def hand_count(self) -> bool:
        """Whether only totals are known, so that nobody can count again."""
        return self.totals is not None

    @property
    def by_area(self) -> bool:
        """Whether the source makes ballots weigh by the area that they come from."""
        return self.areas is not None or self.weighs_by_area

    @property
    def weighted(self) -> bool:
        """Whether votes are not a number of people: ballots weigh by area, or parts of one."""
        return self.by_area or self.profile.denominator > 1

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(proposal.id for proposal in self.proposals)

    @cached_property
    def index(self) -> dict[str, int]:
        return {proposal_id: i for i, proposal_id in enumerate(self.ids)}

    @cached_property
    def costs(self) -> tuple[int, ...]:
        return tuple(proposal.cost for proposal in self.proposals)

    @cached_property
    def ballots_root(self) -> str:
        """The root of the sealed box, else the hex SHA-256 of the profile file (see ``profile.ballots_root``), in a hand
        count of its totals."""
        if self.sealed_root is not None:
            return self.sealed_root
        if self.totals is not None:
            return totals_root(self.ids, self.totals)
        return ballots_root(self.method, self.ids, self.profile)


def make_election(
    pool: Pool | int,
    proposals: Iterable[Proposal],
    ballots: Sequence[Ballot],
    method: str = "approval",
    weights: Sequence[Fraction | int] | None = None,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
    round: str = "",
) -> Election:
    """An election from plain values: each ballot an iterable of ids (in rank order for ``ranked``), or a mapping
    id -> points for ``points`` and ``scoring``.

    Raises KeyError for an unknown proposal or method and ValueError for repeated ids or a weight <= 0.  A count that was
    made by hand comes from ``make_hand_count``.
    """
    ordered = tuple(sorted(proposals, key=lambda proposal: proposal.id.encode()))
    index = {proposal.id: i for i, proposal in enumerate(ordered)}
    kind = METHODS[method]
    lengths, marks, points = [0], [], []
    for ballot in ballots:
        entries = list(ballot)
        marks += [index[i] for i in entries]
        if isinstance(ballot, Mapping):
            points += [int(ballot[i]) for i in entries]
        elif kind.has_points and entries:
            raise ValueError(f"a {method} ballot is a mapping from proposal to points")
        lengths.append(len(entries))
    flat = Marks(
        np.cumsum(lengths, dtype=np.int64),
        np.array(marks, np.int32),
        np.array(points, np.int64) if kind.has_points else None,
    )
    profile = merge(kind, flat, weights, limits.default_score)
    return Election(pool if isinstance(pool, Pool) else Pool(pool), ordered, kind, profile, limits, round)


def make_hand_count(
    pool: Pool | int,
    proposals: Iterable[Proposal],
    totals: Mapping[str, int],
    voters: int,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
    round: str = "",
) -> Election:
    """An election of which only ``totals`` (id -> votes) and the number of ``voters`` are known.

    Raises ValueError for repeated ids, for totals that do not name every proposal once, for negative numbers and for votes
    without voters.
    """
    ordered = tuple(sorted(proposals, key=lambda proposal: proposal.id.encode()))
    if totals.keys() != {proposal.id for proposal in ordered}:
        raise ValueError("the totals must name every proposal, and nothing else")
    counted = tuple(totals[proposal.id] for proposal in ordered)
    return Election(
        pool if isinstance(pool, Pool) else Pool(pool), ordered, HAND_COUNT, unread(voters), limits, round,
        totals=counted,
    )  # fmt: skip
