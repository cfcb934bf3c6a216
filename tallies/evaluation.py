"""What is learnt from a counted round: who took part, what the money became, and how long it took.

All figures are counts or sums of what is kept; a share is a ``Fraction``.  Nothing in it tells what a single person voted:
ballots are looked at only together.  Nor does it tell of a few people that they took part: areas where fewer than
``FEWEST_TOLD`` voted are told together, with the smallest of the others where that is needed, so that no figure of theirs follows
from the total.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from borgerbudget.profile_lines import read_profile_lines
from borgerbudget.rounds.round import Round

FEWEST_TOLD = 5
"""People, or ballots that do not count for the same reason: fewer are not told apart."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Of one round.  ``by_channel``: voters; ``by_area``: voters and how many could vote; both None after a purge.
    ``together``: where few voted, as one: how many areas, their voters, and how many could vote there; None if nowhere.
    ``content``: of the voters with a mark, how many have one at a funded proposal; it and ``blank`` are None where ballots were
    counted by hand, which nobody can count again (``by_hand``).  ``spent_on``: kind (area, category, goal) ->
    value -> minor units, a proposal of several categories or goals in each of them.  ``days``: from opening to the first count.
    """

    round: str
    title: str
    eligible: int
    voters: int
    by_channel: Mapping[str, int] | None
    by_area: Mapping[str, tuple[int, int]] | None
    accepted: int
    blank: int | None
    rejected: Mapping[str, int]
    content: int | None
    pool: int
    spent: int
    currency: str
    proposals: int
    funded: int
    ties: int
    days: int
    by_hand: bool = False
    together: tuple[int, int, int] | None = None
    spent_on: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def turnout(self) -> Fraction | None:
        """None when nobody could vote."""
        return Fraction(self.voters, self.eligible) if self.eligible else None

    @property
    def contentment(self) -> Fraction | None:
        """The share of voters with a funded choice; None when nobody marked anything."""
        if self.blank is None or self.content is None:
            return None
        marked = self.accepted - self.blank
        return Fraction(self.content, marked) if marked else None


def evaluate(
    round: Round,
    funded: Mapping[str, int],
    ties: int,
    ballots: Iterable[tuple[str, str]],
    participation: Sequence[tuple[str, str]],
    roll: Mapping[str, str | None],
) -> Evaluation:
    """``funded``: id -> minor units; ``ballots``: (line, verdict); ``participation``: (roll id, channel) of those whose ballots
    can count; ``roll``: id -> area, of those not struck.  The round is counted."""
    kept = list(ballots)
    lines = Counter(line for line, verdict in kept if verdict == "accepted")
    purged = round.happened("purged") is not None
    here = {voter: channel.partition("/")[0] for voter, channel in participation if voter in roll}
    rejected = Counter(verdict for _, verdict in kept if verdict != "accepted")
    accepted = sum(lines.values())
    by_area, together = ({}, None) if purged else areas_told(roll, here)
    sealed = round.happened("box-sealed")
    if round.by_hand and sealed is not None:
        accepted, rejected = int(str(sealed.payload["accepted"])), Counter(void=int(str(sealed.payload["rejected"])))
    return Evaluation(
        round=round.id,
        title=round.title,
        eligible=round.tally.roll,
        voters=round.tally.voters,
        by_channel=None if purged else dict(sorted(Counter(here.values()).items())),
        by_area=None if purged else by_area,
        accepted=accepted,
        blank=None if round.by_hand else lines[""],
        rejected={reason: number for reason, number in sorted(rejected.items()) if number},
        content=None if round.by_hand else _content(round, lines, funded),
        pool=round.pool,
        spent=sum(funded.values()),
        currency=round.currency,
        proposals=len(round.listed),
        funded=len(funded),
        ties=ties,
        days=_days(round),
        by_hand=round.by_hand,
        together=together,
        spent_on=_spent_on(round, funded),
    )


def areas_told(
    roll: Mapping[str, str | None], here: Mapping[str, str]
) -> tuple[dict[str, tuple[int, int]], tuple[int, int, int] | None]:
    """Area -> (voters, eligible), where the roll names areas and enough voted; and those of the other areas as one.  Where the
    roll names no area counts as one more."""
    eligible = Counter(area or "" for area in roll.values())
    voters = Counter(roll[voter] or "" for voter in here)
    by_size = sorted(eligible, key=lambda area: (voters[area], area))
    few = [area for area in by_size if voters[area] < FEWEST_TOLD]
    while few and len(few) < len(by_size) and sum(voters[area] for area in few) < FEWEST_TOLD:
        few.append(by_size[len(few)])
    told = {area: (voters[area], eligible[area]) for area in sorted(set(eligible) - set(few)) if area}
    named = sum(map(bool, few))
    return told, (named, sum(voters[area] for area in few), sum(eligible[area] for area in few)) if named else None


def _content(round: Round, lines: Mapping[str, int], funded: Mapping[str, int]) -> int:
    method = round.policy("ballot") or "approval"
    found = 0
    for line, count in lines.items():
        groups = read_profile_lines(f"1\t{line}\n".encode(), method, [entry.id for entry in round.listed], 0)
        found += count * any(proposal in funded for group in groups for proposal in group.ids)
    return found


def _days(round: Round) -> int:
    opened = next(event for event in round.chain if event.type == "opened")
    counted = next(event for event in round.chain if event.type == "counted")
    return (date.fromisoformat(counted.day) - date.fromisoformat(opened.day)).days


def _spent_on(round: Round, funded: Mapping[str, int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {"area": {}, "category": {}, "goal": {}}
    for entry in round.proposals:
        amount = funded.get(entry.id, 0)
        parts = {"area": [entry.area] if entry.area else [], "category": entry.category, "goal": map(str, entry.goals)}
        for kind, values in parts.items():
            for value in values if amount else ():
                found[kind][value] = found[kind].get(value, 0) + amount
    return {kind: dict(sorted(values.items())) for kind, values in found.items()}
