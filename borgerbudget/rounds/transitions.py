"""The transitions a person can ask for: a registry of records, each with its event and its guards.

Where a round may go from where stands in ``borgerbudget.states`` and nowhere else; here stands what must hold besides.  A
transition is idempotent: where the round already is, nothing happens and nothing is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from borgerbudget.errors import Problem
from borgerbudget.rounds import guards
from borgerbudget.rounds.guards import Attempt, Guard, found
from borgerbudget.rounds.round import Round
from borgerbudget.rounds.ways import next_step, ways_to
from borgerbudget.rounds.words import STATE_WORDS
from borgerbudget.states import MOVES
from borgerbudget.words import Text


@dataclass(frozen=True, slots=True)
class Transition:
    """``name``: the command's verb; ``event``: a move of ``states.MOVES``; ``asks``: cannot be undone, so people are asked."""

    name: str
    event: str
    guards: tuple[Guard, ...] = ()
    asks: bool = False

    @property
    def target(self) -> str:
        return MOVES[self.event][1]

    @property
    def sources(self) -> tuple[str | None, ...]:
        return MOVES[self.event][0]


TRANSITIONS: Mapping[str, Transition] = {
    transition.name: transition
    for transition in (
        Transition("call", "proposals-opened"),
        Transition("vet", "vetting-started"),
        Transition("freeze", "frozen", (*guards.READY.values(), guards.second_person), asks=True),
        Transition("thaw", "thawed", (guards.reason_given, guards.nobody_voted)),
        Transition("open", "opened", (guards.time_to_open, guards.codes_issued, guards.key_there, guards.plan_counts),
                   asks=True),
        Transition("suspend", "suspended", (guards.reason_given,)),
        Transition("resume", "resumed"),
        Transition("close", "closed", (guards.time_to_close,), asks=True),
        Transition("tally", "counted", (guards.box_sealed, guards.turnout_reached, guards.untampered)),
        Transition("recount", "recounted", (guards.reason_given, guards.untampered)),
        Transition("publish", "published", asks=True),
        Transition("finalise", "finalised", (guards.appeal_time_over, guards.appeals_decided, guards.appeals_answered,
                                             guards.council_decided, guards.second_person), asks=True),
        Transition("archive", "archived", (guards.retention_over,), asks=True),
        Transition("cancel", "cancelled", (guards.reason_given,), asks=True),
        Transition("annul", "annulled", (guards.reason_given, guards.second_person), asks=True),
    )
}  # fmt: skip


def unmet(transition: Transition, round: Round, attempt: Attempt) -> list[Problem]:
    """Everything that stands in the way; empty when the transition may happen or already has."""
    if already(transition, round):
        return []
    if round.state not in transition.sources:
        name = transition.name if transition.name == "tally" else f"round {transition.name}"
        return [wrong_state(round, name, [state for state in transition.sources if state])]
    return [problem for guard in (guards.clock, *transition.guards) for problem in guard(round, attempt)]


def wrong_state(round: Round, name: str, states: Sequence[str]) -> Problem:
    """What may be done only in these states: with the command that leads there, or how the round goes on when none does."""
    allowed = Text(*(" / ".join(words) for words in zip(*(STATE_WORDS[state] for state in states), strict=True)))
    ways = ways_to(round, states)
    if ways:
        way = Text(" eller ".join(one.da for one in ways), " or ".join(one.en for one in ways))
        return found(round, "STA-001", name=name, state=STATE_WORDS[round.state], allowed=allowed, way=way)
    state, way = STATE_WORDS[round.state], next_step(round)
    return found(round, "STA-006", name=name, state=state, allowed=allowed, way=way)


def already(transition: Transition, round: Round) -> bool:
    return round.state == transition.target and transition.event not in ("recounted",)
