"""Why proposals were or were not funded, told to whoever asked."""

from __future__ import annotations

from borgerbudget.console import emit, emit_json
from borgerbudget.election import Election
from borgerbudget.words import Language
from tallies.explain import sentences, why
from tallies.plan import Plan


def tell_why(election: Election, plan: Plan, proposal: str | None, json: bool, language: Language) -> None:
    """Of one proposal, or of each in the order of their ids."""
    found = [why(election, plan, one) for one in ([proposal] if proposal is not None else election.ids)]
    if not json:
        emit("\n\n".join("\n".join(sentences(one, language)) for one in found))
    elif proposal is not None:
        emit_json(found[0].as_json())
    else:
        emit_json({"schema": "borgerbudget.explanations/1", "proposals": [one.as_json() for one in found]})
