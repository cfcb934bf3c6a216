"""``tally`` and ``audit bundle`` of a stored round, as their commands hand them over."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from borgerbudget.errors import Place, StateForbids, UsageError, problem

FILE_SUFFIXES = (".pb", ".json", ".csv")
"""Of files that can be counted: a name that ends so is a file's, also when it is not there."""

if TYPE_CHECKING:
    from borgerbudget.rounds.round import Round
    from tallies.audit.tiers import Tier


def is_round(file: str, db: str | None) -> bool:
    """Whether a word on the command line names a stored round: no file of that name is there nor meant, and a database is."""
    if file == "-" or Path(file).exists() or file.lower().endswith(FILE_SUFFIXES):
        return False
    if db is not None:
        return True
    from borgerbudget.office.setting_up import NAME
    from borgerbudget.store.database import find_database

    try:
        find_database(None, Path.cwd())
    except UsageError:
        return False
    return NAME.fullmatch(file) is not None


def tally_round(name: str, common: Mapping[str, object], other: list[str]) -> None:
    """Counts a sealed round by its frozen plan, keeps the result, and shows it; counted once, it is only shown.

    ``other``: options that a stored round does not have, because its plan is frozen.
    """
    from borgerbudget.console import emit, emit_json, report
    from borgerbudget.errors import DecisionNeeded
    from borgerbudget.office.lifecycle import tally
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.office_commands.desk import at_desk
    from borgerbudget.rounds.remarks import few_ballots
    from borgerbudget.rounds.words import PROBLEMS
    from tallies.audit.round_bundle import counted_again
    from tallies.counting import TieMatters
    from tallies.report import outcome_lines
    from tallies.stored_round import counter

    if other:
        raise UsageError(problem(PROBLEMS, "RND-044", options=", ".join(other)))
    with at_desk(common) as desk:
        before = show_round(desk.office, name)
        report(few_ballots(before) if not before.results else (), desk.language)
        try:
            tally(desk.office, name, counter)
        except TieMatters as tie:
            if desk.json:
                emit_json(tie.as_json())
            step, tied = tie.whole
            raise DecisionNeeded(
                problem(PROBLEMS, "RND-045", Place(name), round=name, step=step, tied=", ".join(tied))
            ) from None
        if desk.office.dry_run:
            return
        round = show_round(desk.office, name)
        outcome, _ = counted_again(desk.office, round)
        if desk.json:
            emit_json(outcome.as_json(diagnostics=True))
        else:
            emit("\n".join(outcome_lines(outcome, desk.language)))


def bundle_round(
    name: str, db: str | None, out: Path, tier: Tier | None, force: bool, lang: str | None, other: list[str]
) -> None:
    """Writes the bundle of a counted round.  A tier that shows more than the round settled is refused."""
    import hashlib

    from borgerbudget.console import report, say
    from borgerbudget.files.disk import refuse_existing, write_bytes
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.office_commands.desk import at_desk
    from borgerbudget.rounds.remarks import few_ballots
    from borgerbudget.rounds.words import PROBLEMS
    from tallies.audit.round_bundle import round_bundle
    from tallies.audit.words import WRITTEN

    if other:
        raise UsageError(problem(PROBLEMS, "RND-044", options=", ".join(other)))
    refuse_existing(out, force)
    with at_desk({"db": db, "lang": lang}) as desk:
        round = show_round(desk.office, name)
        data = round_bundle(desk.office, round, tier)
        report(few_ballots(round), desk.language)
        write_bytes(out, data, force, private=tier == "sealed")
        say(WRITTEN.say(desk.language, path=out, sha256=hashlib.sha256(data).hexdigest()))


def explain_round(name: str, proposal: str | None, common: Mapping[str, object], other: list[str]) -> None:
    """Why a proposal (by id or number on the ballot; None: each) was or was not funded by the result that is kept.  Refused
    until the round was counted."""
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.office_commands.desk import at_desk
    from borgerbudget.rounds.words import PROBLEMS
    from tallies.audit.round_bundle import counted_again
    from tallies.telling import tell_why

    if other:
        raise UsageError(problem(PROBLEMS, "RND-044", options=", ".join(other)))
    with at_desk(common) as desk:
        round = show_round(desk.office, name)
        if not round.results:
            raise not_counted(round)
        outcome, _ = counted_again(desk.office, round)
    election = outcome.contest.election
    if proposal is not None and proposal not in election.index:
        proposal = {str(entry.ballot_number): entry.id for entry in round.listed}.get(proposal, proposal)
    if proposal is not None and proposal not in election.index:
        raise UsageError(problem(PROBLEMS, "RND-005", Place(name), value=proposal, round=name))
    tell_why(election, outcome.contest.plan, proposal, desk.json, desk.language)


def not_counted(round: Round) -> StateForbids:
    from borgerbudget.rounds.ways import next_step, ways_to
    from borgerbudget.rounds.words import PROBLEMS

    ways = ways_to(round, ["counted"]) or [next_step(round)]
    return StateForbids(problem(PROBLEMS, "RND-040", Place(round.id), way=ways[0]))
