"""People and votes: where ballots weigh by area, a bundle tells both, so that nobody takes one for the other."""

from __future__ import annotations

from borgerbudget import canonical
from borgerbudget.canonical import fit_text
from borgerbudget.election import Election
from tallies.audit.tiers import Tier
from tallies.contest import Contest
from tallies.rationals import number


def weights_json(election: Election, tier: Tier) -> bytes | None:
    """``weights.json``: the areas' ballots and weights and, where ballots are shown, how many people cast each; None where
    every ballot weighs as one.  ValueError for areas that only differ in characters that have no place in a document."""
    corrected, heads = election.areas, election.profile.heads
    if corrected is None or heads is None:
        return None
    areas: list[dict[str, object]] = [
        {
            "name": fit_text(share.name),
            "number": number(share.number),
            "heads": share.heads,
            "weight": number(share.weight),
        }
        for share in corrected.shares
    ]
    areas.sort(key=lambda area: str(area["name"]))
    if len({area["name"] for area in areas}) < len(areas):
        raise ValueError("two areas have the same name")
    people = None
    if tier != "totals":
        people = [cast for _, cast in sorted(zip(_ballots(election), heads.tolist(), strict=True))]
    return canonical.write({"schema": "borgerbudget.weights/1", "by": corrected.by, "areas": areas, "heads": people})


def heads_document(contest: Contest, tier: Tier) -> dict[str, object] | None:
    """``heads`` of ``result.json``: how many people voted and, where ballots are shown, how many support each proposal."""
    election, supporters = contest.election, people_supporting(contest)
    if election.areas is None:
        return None
    named = None
    if supporters is not None and tier != "totals":
        named = [{"proposal": i, "heads": people} for i, people in zip(election.ids, supporters, strict=True)]
    return {"valid": election.areas.heads, "supporters": named}


def people_supporting(contest: Contest) -> list[int] | None:
    """How many people support each proposal, where ballots weigh by area."""
    heads = contest.election.profile.heads
    if heads is None:
        return None
    return [int(heads[groups].sum()) for groups, _ in contest.support.by_proposal]


def _ballots(election: Election) -> list[str]:
    """The ballot field of each distinct ballot, in the order of the profile."""
    found = []
    for group in range(election.profile.distinct):
        proposals, points = election.profile.ballot(group)
        found.append(election.method.line([election.ids[p] for p in proposals], points))
    return found
