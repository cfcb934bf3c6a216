"""Which command usually comes next, and which one leads towards a state in which something may be done."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from borgerbudget.rounds.round import Round
from borgerbudget.states import MOVES
from borgerbudget.words import Text


def _command(words: str, da: str = "", en: str = "") -> Text:
    return Text(f"borgerbudget {words} {{round}}{da}", f"borgerbudget {words} {{round}}{en}")


_REASON = (" --reason GRUND", " --reason WHY")
_SECOND = (" --second NAVN", " --second NAME")
_BOTH = (" --second NAVN --reason GRUND", " --second NAME --reason WHY")
COMMANDS: Mapping[str, Text] = {
    "proposals-opened": _command("round call"),
    "vetting-started": _command("round vet"),
    "frozen": _command("round freeze", *_SECOND),
    "thawed": _command("round thaw", *_REASON),
    "opened": _command("round open"),
    "suspended": _command("round suspend", *_REASON),
    "resumed": _command("round resume"),
    "closed": _command("round close"),
    "box-sealed": _command("round seal"),
    "counted": _command("tally"),
    "recounted": _command("round recount", *_REASON),
    "published": _command("round publish"),
    "finalised": _command("round finalise", *_SECOND),
    "archived": _command("round archive"),
    "cancelled": _command("round cancel", *_REASON),
    "annulled": _command("round annul", *_BOTH),
}
"""Type of event -> the command that brings it, with what it always asks for."""
NEXT: Mapping[str, str] = {
    "draft": "frozen", "proposals": "vetting-started", "vetting": "frozen", "ready": "opened", "open": "closed",
    "suspended": "resumed", "closed": "counted", "counted": "published", "provisional": "finalised", "final": "archived",
}  # fmt: skip
"""State -> the usual next event."""
ENDS = ("cancelled", "annulled")
AWARD = _command("award", " FORSLAG --amount BELØB --reference SAG", " PROPOSAL --amount AMOUNT --reference CASE")
PURGE = _command("privacy purge", *_SECOND)
RERUN = _command("round rerun", " --as NY-RUNDE", " --as NEW-ROUND")
SHOW = _command("round show")


def next_step(round: Round) -> Text:
    """The command that usually comes next."""
    kind = NEXT.get(round.state)
    if round.state == "annulled":
        found = RERUN
    elif round.state == "final" and round.happened("awarded") is None:
        found = AWARD
    elif kind is not None:
        found = _possible(round, kind)
    else:
        found = SHOW if round.happened("purged") else PURGE
    return found.fill(round=round.id)


def ways_to(round: Round, states: Collection[str]) -> list[Text]:
    """The first commands of all the shortest ways from where the round is to one of these states; none when there is no way.

    Nobody is told to call a round off because something else may be done to rounds that were.
    """
    goals = {state for state in states if state not in ENDS} or set(states)
    reached: Collection[str] = (round.state,)
    firsts: dict[str, list[str]] = {round.state: []}
    while not goals.intersection(reached):
        further: dict[str, list[str]] = {}
        for kind, (sources, target) in MOVES.items():
            for source in sources:
                if source is not None and source in reached and target not in firsts:
                    further.setdefault(target, []).extend(firsts[source] or [kind])
        if not further:
            return []
        firsts |= further
        reached = further
    found = dict.fromkeys(kind for state in reached if state in goals for kind in firsts[state])
    return [_possible(round, kind).fill(round=round.id) for kind in found]


def _possible(round: Round, kind: str) -> Text:
    return COMMANDS["box-sealed" if kind == "counted" and not round.sealed else kind]
