"""The bundle of a stored round: its box counted once more, and refused when that gives another result than the one kept."""

from __future__ import annotations

from typing import Any

from borgerbudget import canonical
from borgerbudget.errors import InputRejected, Place, StateForbids, UsageError, problem
from borgerbudget.rounds.round import Round
from borgerbudget.rounds.value_words import TIERS
from borgerbudget.rounds.ways import next_step, ways_to
from borgerbudget.rounds.words import PROBLEMS
from borgerbudget.store import tables
from borgerbudget.store.database import reading
from borgerbudget.store.reading import rows
from borgerbudget.store.work import Office
from tallies.audit.bundle import Box, Opening, bundle
from tallies.audit.members import proposals_jsonl, round_json
from tallies.audit.tiers import Tier, more_open
from tallies.outcome import Outcome
from tallies.stored_round import count_round, terms_of


def round_bundle(office: Office, round: Round, tier: Tier | None = None) -> bytes:
    """The unsigned bundle of a counted round, in ``tier`` or the one that the round publishes.

    StateForbids when the round was not counted, InputRejected when it no longer counts as it did.
    """
    outcome, box = counted_again(office, round)
    terms = terms_of(round)
    if tier is not None and more_open(tier, terms.tier):
        raise UsageError(
            problem(
                PROBLEMS, "RND-046", Place(round.id), tier=TIERS[tier], settled=TIERS[terms.tier], option=terms.tier
            )
        )
    election, plan = outcome.contest.election, outcome.contest.plan
    if (round_json(election, plan, terms), proposals_jsonl(election, round.withdrawn)) != round.frozen:
        raise InputRejected(problem(PROBLEMS, "RND-035", Place(round.id)))
    return bundle(outcome, terms, tier, box)


def counted_again(office: Office, round: Round) -> tuple[Outcome, Box]:
    """The outcome of the box, with all that it was counted from.  StateForbids when there is none, InputRejected when it
    is not the one that was kept."""
    with reading(office.engine) as connection:
        ballots = rows(connection, tables.BALLOTS, round=round.id)
        results = rows(connection, tables.RESULTS, round=round.id)
    if not results:
        ways = ways_to(round, ["counted"]) or [next_step(round)]
        raise StateForbids(problem(PROBLEMS, "RND-040", Place(round.id), way=ways[0]))
    accepted = [row for row in ballots if row["verdict"] == "accepted"]
    outcome = count_round(round, [row["content"] for row in accepted], [row["leaf"] for row in accepted])
    if canonical.write(outcome.as_json())[:-1].decode() != results[-1]["outcome"]:
        version = results[-1]["version"]
        raise InputRejected(problem(PROBLEMS, "RND-036", Place(round.id), version=version, round=round.id))
    openings = tuple(Opening(row["leaf"], bytes.fromhex(row["salt"]), row["content"]) for row in accepted)
    rejected = tuple((row["leaf"], row["verdict"]) for row in ballots if row["verdict"] != "accepted")
    drawn = round.happened("lot-drawn")
    witnesses: Any = drawn.payload["witnesses"] if drawn else ()
    return outcome, Box(round.chain, openings, rejected, tuple(witnesses))
