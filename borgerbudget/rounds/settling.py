"""Which envelopes are opened: late ones, void codes, struck voters and double votes are settled before anyone sees a ballot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Envelope:
    """``token``: whose it is; ``turn``: the how manieth of that token, from 1; ``leaf``: hex; ``content``: the ballot's line."""

    leaf: str
    token: str
    turn: int
    content: str
    late: bool = False
    void: bool = False
    struck: bool = False


def rejected(envelopes: Iterable[Envelope], double_vote: str) -> dict[str, str]:
    """Leaf -> reason, for those that are not counted.  ``double_vote``: first, last or all-void.

    A ballot that does not count for another reason is no double vote: the other one of the same voter stands.  Nor are ballots
    that all say the same: one of them counts.
    """
    found: dict[str, str] = {}
    standing: dict[str, list[Envelope]] = {}
    for envelope in sorted(envelopes, key=lambda one: (one.token, one.turn)):
        reason = "void-code" if envelope.void else "struck" if envelope.struck else "late" if envelope.late else None
        if reason:
            found[envelope.leaf] = reason
        else:
            standing.setdefault(envelope.token, []).append(envelope)
    for turns in standing.values():
        same = len({one.content for one in turns}) == 1
        kept = {"first": turns[:1], "last": turns[-1:], "all-void": turns[:1] if same else []}[double_vote]
        found |= {one.leaf: "double-vote" for one in turns if one not in kept}
    return found
