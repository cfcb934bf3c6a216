"""The states of a round and what may happen in each: the table that rounds obey and auditors check.

    draft - proposals - vetting - ready - open (- suspended) - closed - counted - provisional - final - archived

besides ``cancelled`` and ``annulled``.  Every event has a type; a type leads from some states to one (a move), or leaves the
state as it is (a remark).  In ``closed`` the box is sealed once; before it ballots may still come from paper, after it
the lot may be drawn, once, and the count made.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

STATES = (
    "draft", "proposals", "vetting", "ready", "open", "suspended", "closed", "counted", "provisional", "final",
    "archived", "cancelled", "annulled",
)  # fmt: skip

MOVES: Mapping[str, tuple[tuple[str | None, ...], str]] = MappingProxyType(
    {
        "created": ((None,), "draft"),
        "proposals-opened": (("draft",), "proposals"),
        "vetting-started": (("draft", "proposals"), "vetting"),
        "frozen": (("draft", "vetting"), "ready"),
        "thawed": (("ready",), "vetting"),
        "opened": (("ready",), "open"),
        "suspended": (("open",), "suspended"),
        "resumed": (("suspended",), "open"),
        "closed": (("open", "suspended"), "closed"),
        "counted": (("closed",), "counted"),
        "recounted": (("counted", "provisional"), "counted"),
        "published": (("counted",), "provisional"),
        "finalised": (("provisional",), "final"),
        "archived": (("final",), "archived"),
        "cancelled": (("draft", "proposals", "vetting", "ready", "open", "suspended", "closed"), "cancelled"),
        "annulled": (("counted", "provisional", "final"), "annulled"),
    }
)
"""Type -> the states it leads from, and the one it leads to."""

REMARKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "amended": ("draft", "proposals", "vetting"),
        "dates-moved": ("ready",),
        "codes-issued": ("ready", "open", "suspended"),
        "code-voided": ("ready", "open", "suspended", "closed"),
        "roll-added": ("open", "suspended"),
        "roll-struck": ("open", "suspended", "closed"),
        "batch-added": ("open", "suspended", "closed"),
        "withdrawn": ("open", "suspended", "closed"),
        "adjudicated": ("closed",),
        "hand-counted": ("closed",),
        "reconciled": ("closed",),
        "box-sealed": ("closed",),
        "lot-drawn": ("closed",),
        "appeal-received": ("provisional",),
        "appeal-decided": ("provisional",),
        "awarded": ("final",),
        "reserve-called": ("final",),
        "key-lost": ("ready", "open", "suspended", "closed", "counted", "provisional"),
        "key-replaced": ("ready", "open", "suspended", "closed", "counted", "provisional"),
        "purged": ("final", "archived", "cancelled", "annulled"),
    }
)
"""Type -> the states in which it may be noted."""

BEFORE_SEALING = (
    "code-voided", "roll-struck", "batch-added", "withdrawn", "adjudicated", "hand-counted", "reconciled", "box-sealed",
)  # fmt: skip
"""Not after ``box-sealed``."""
AFTER_SEALING = ("lot-drawn", "counted")
"""Not before it."""
ONCE = ("created", "box-sealed", "lot-drawn", "counted")


def next_state(kind: str, state: str | None) -> str | None:
    """The state after an event of type ``kind`` in ``state``; None when it may not happen there."""
    if kind in MOVES:
        sources, target = MOVES[kind]
        return target if state in sources else None
    return state if state in REMARKS.get(kind, ()) else None
