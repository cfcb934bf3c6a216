"""Which envelopes are opened: late ones, void codes, struck voters and double votes are settled before anyone sees a ballot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Envelope:
    """``voter``: whose it is; ``turn``: of two of the same voter the later one has the higher; ``leaf``: hex; ``content``: the
    ballot's line; ``on_paper``: the voter was given a ballot on paper, and that is the one that counts."""

    leaf: str
    voter: str
    turn: int
    content: str
    late: bool = False
    void: bool = False
    struck: bool = False
    on_paper: bool = False


def rejected(envelopes: Iterable[Envelope], double_vote: str) -> dict[str, str]:
    """Leaf -> reason, for those that are not counted.  ``double_vote``: first, last, all-void or paper-wins (where the first
    of those cast with codes counts, when there is none on paper).

    A ballot that does not count for another reason is no double vote: the other one of the same voter stands.  Nor are ballots
    that all say the same: one of them counts.
    """
    found: dict[str, str] = {}
    standing: dict[str, list[Envelope]] = {}
    for envelope in sorted(envelopes, key=lambda one: (one.voter, one.turn)):
        reason = "void-code" if envelope.void else "struck" if envelope.struck else "late" if envelope.late else None
        if reason is None and envelope.on_paper:
            reason = "double-vote"
        if reason:
            found[envelope.leaf] = reason
        else:
            standing.setdefault(envelope.voter, []).append(envelope)
    for turns in standing.values():
        same = len({one.content for one in turns}) == 1
        kept = {"last": turns[-1:], "all-void": turns[:1] if same else []}.get(double_vote, turns[:1])
        found |= {one.leaf: "double-vote" for one in turns if one not in kept}
    return found
