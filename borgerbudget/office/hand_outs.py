"""Handing out ballots on paper: who was given one is ticked off on the roll, which ends her way to a second vote.

A sheet of paper carries no name, so double votes are settled here and in the spool: whoever was given a sheet has her envelopes
laid aside when the box is sealed, and whoever has voted with a code is given none, unless the round's rule is ``paper-wins``.
"""

from __future__ import annotations

from collections.abc import Sequence

from borgerbudget.errors import Place, Problem, StateForbids, UsageError, problem
from borgerbudget.office.paper_sheets import told
from borgerbudget.office.voting import PAPER, envelopes_of, open_batch
from borgerbudget.rounds.deadlines import say_moment
from borgerbudget.rounds.guards import key_there
from borgerbudget.rounds.round import Round
from borgerbudget.rounds.words import PROBLEMS
from borgerbudget.store import tables
from borgerbudget.store.database import reading
from borgerbudget.store.reading import rows
from borgerbudget.store.work import Office, Work, demand, work


def hand_out(office: Office, name: str, voters: Sequence[str], urn: str) -> int:
    """Ticks off these voters: all of them or, when one may not have a sheet, none.  How many.

    UsageError for ids that are not on the roll, StateForbids for who has voted, after the deadline, and where the round has no
    such urn.
    """
    with work(office, name) as under_way:
        round = demand(under_way, "ballot hand-out", "open")
        wrong = [*key_there(round, office.attempt("ballot hand-out")), *known_urn(round, urn)]
        if round.closes is not None and under_way.now >= round.closes and not office.reason:
            wrong.append(told(round, "PAP-005", closes=say_moment(round.closes, round.zone)))
        if wrong:
            raise StateForbids(wrong)
        wanted = list(dict.fromkeys(voters))
        _demand_on_the_roll(under_way, wanted)
        wrong = [found for voter in wanted for found in _may_have_one(under_way, voter)]
        if wrong:
            raise StateForbids(wrong)
        intake = open_batch(under_way)
        channel, day = PAPER + urn, under_way.day()
        rows = [{"roll_id": voter, "channel": channel, "day": day} for voter in wanted]
        under_way.insert_all(tables.PARTICIPATION, rows)
        under_way.update(tables.INTAKE, intake, voters=intake["voters"] + len(wanted), day=day)
    return len(wanted)


def known_urn(round: Round, urn: str) -> list[Problem]:
    if not round.urns:
        return [told(round, "PAP-002")]
    return [] if urn in round.urns else [told(round, "PAP-001", urn=urn, known=", ".join(round.urns))]


def handed_out(under_way: Work, urn: str) -> int:
    """How many people were given a sheet for this urn."""
    return len(under_way.rows(tables.PARTICIPATION, channel=PAPER + urn))


def on_paper(under_way: Work) -> set[str]:
    """The ids of all who were given a sheet."""
    rows = under_way.rows(tables.PARTICIPATION)
    return {row["roll_id"] for row in rows if row["channel"].startswith(PAPER)}


def was_given_one(office: Office, name: str, voter: str) -> bool:
    """Whether this voter was given a sheet, which nobody can find again in the urn."""
    with reading(office.engine) as connection:
        found = rows(connection, tables.PARTICIPATION, round=name, roll_id=voter)
    return any(row["channel"].startswith(PAPER) for row in found)


def _demand_on_the_roll(under_way: Work, voters: Sequence[str]) -> None:
    roll = {row["id"]: row["status"] for row in under_way.rows(tables.ROLL)}
    wrong = [
        problem(PROBLEMS, "RND-026" if voter in roll else "RND-007", Place(under_way.name), value=voter,
                round=under_way.name)
        for voter in voters
        if roll.get(voter) != "on"
    ]  # fmt: skip
    if wrong:
        raise UsageError(wrong)


def _may_have_one(under_way: Work, voter: str) -> list[Problem]:
    round = under_way.known
    channels = [row["channel"] for row in under_way.rows(tables.PARTICIPATION, roll_id=voter)]
    if any(channel.startswith(PAPER) for channel in channels):
        return [told(round, "PAP-003", voter=voter)]
    if channels and round.policy("double_vote") != "paper-wins" and envelopes_of(under_way, voter):
        return [told(round, "PAP-004", voter=voter)]
    return []
