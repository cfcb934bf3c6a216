"""The reserve list: who comes next, frozen with the outcome; and who moves up when a winner withdraws."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tallies.contest import Contest


def reserve_list(contest: Contest, funded: Collection[int]) -> tuple[tuple[str, ...], ...]:
    """The eligible unfunded by score, greatest first; each class split by the tie criteria and by a drawn lot.  What stays
    tied stands together, by id."""
    ids = contest.election.ids
    return tuple(tuple(ids[p] for p in tied) for tied in in_reserve(contest, funded))


def in_reserve(contest: Contest, funded: Collection[int]) -> Iterator[tuple[int, ...]]:
    """``reserve_list`` as indices."""
    keys = [key for _, key in contest.ties.criteria]
    keys += [contest.ties.lot] if contest.ties.lot is not None else []
    classes: dict[tuple[int, ...], list[int]] = {}
    for p in contest.eligible:
        if p not in funded:
            classes.setdefault((-contest.scores[p], *(key[p] for key in keys)), []).append(p)
    for place in sorted(classes):
        yield tuple(classes[place])
