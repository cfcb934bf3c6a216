"""The commands of the tally: tally, explain, compare, plans."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from borgerbudget.console import emit, emit_json, say
from borgerbudget.errors import Place, UsageError, problem
from borgerbudget.office_commands.desk import Actor, Db, DryRun, Reason
from borgerbudget.words import Language, preferred_language
from tallies.command_line import (
    File,
    Json,
    Lang,
    LotDice,
    LotOrder,
    OnePlan,
    Settings,
    Ties,
    asked_plan,
    known,
    one_plan,
    read,
    tell_dice,
    tell_unfit,
)
from tallies.round_commands.results import is_round

if TYPE_CHECKING:
    from borgerbudget.election import Election
    from tallies.meeting.example import Worked
    from tallies.outcome import Outcome
    from tallies.plan import Plan

DEFAULT_PLAN = "greedy"


def mount(app: typer.Typer) -> None:
    app.command("tally")(tally)
    app.command("explain")(explain)
    app.command("compare")(compare)
    app.command("plans")(plans)


def tally(
    file: File,
    plan: OnePlan = None,
    settings: Settings = None,
    ties: Ties = None,
    lot_order: LotOrder = None,
    lot_dice: LotDice = None,
    json: Json = False,
    trace: Annotated[
        Path | None, typer.Option("--trace", metavar="FILE", help="Write the steps of the count (JSON lines).")
    ] = None,
    withdrawals: Annotated[
        list[str] | None,
        typer.Option("--withdraw", metavar="ID", help="Who moves up when this proposal withdraws after the count."),
    ] = None,
    all_ties: Annotated[
        bool, typer.Option("--all-ties", help="List every outcome that open ties can lead to.")
    ] = False,
    explanations: Annotated[bool, typer.Option("--explain", help="Explain every proposal after the result.")] = False,
    verify: Annotated[bool, typer.Option("--verify", help="Have the independent reference check the count.")] = False,
    page: Annotated[
        Path | None,
        typer.Option(
            "--page", metavar="FILE.html|.pdf|.txt", help="Write the result as a page, every proposal explained."
        ),
    ] = None,
    db: Db = None,
    actor: Actor = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    lang: Lang = None,
) -> None:
    """Count a round: a file, or a stored round whose box is sealed, which is counted by its frozen plan only.

    \b
    borgerbudget tally examples/lillevig-2026.pb --plan equal-shares/add1u
    borgerbudget tally examples/aaby-uafgjort-2026.pb --ties cheapest,most-votes,lot --lot-dice 4261534
    """
    if is_round(file, db):
        from tallies.round_commands.results import tally_round

        other = {"plan": plan, "set": settings, "ties": ties, "lot-order": lot_order, "lot-dice": lot_dice, "trace": trace,
                 "withdraw": withdrawals, "all-ties": all_ties, "explain": explanations, "verify": verify,
                 "page": page}  # fmt: skip
        desk = {"db": db, "actor": actor, "reason": reason, "dry_run": dry_run, "json": json, "lang": lang}
        tally_round(file, desk, [f"--{name}" for name, value in other.items() if value])
        return
    from tallies.counting import TieMatters, count, reachable
    from tallies.progress import search_progress
    from tallies.report import outcome_lines, reachable_lines, withdrawal_lines

    language, name = preferred_language(lang), one_plan(plan, DEFAULT_PLAN)
    if all_ties:
        _refuse_beside_all_ties(withdraw=withdrawals, trace=trace, explain=explanations, verify=verify, page=page)
    if page:
        from tallies.round_commands.result_page import demand_page

        demand_page(page)
    election = read(file, language).election
    asked = asked_plan(election, name, settings, ties, lot_order, lot_dice)
    if all_ties:
        found = reachable(election, asked)
        if json:
            emit_json(found.as_json())
        else:
            emit("\n".join(reachable_lines(found, language)))
        return
    for proposal in withdrawals or ():
        known(election, proposal, file)
    outcome = moved = None
    try:
        with search_progress(election.pool.amount, language) as progress:
            outcome = count(election, asked, progress=progress)
        if withdrawals:
            from tallies.withdrawal import withdraw

            moved = withdraw(outcome, withdrawals)
    except TieMatters as tie:
        tell_unfit(election, language)
        if json:
            emit_json(tie.as_json())
        elif outcome is not None:  # the count stands; only who moves up is open
            emit("\n".join(outcome_lines(outcome, language)))
        raise
    if lot_dice is not None:
        tell_dice(lot_dice, election.round, election.input_sha256, outcome, language)
    steps = b""
    if trace or verify:
        from tallies.trace import trace_bytes

        steps = trace_bytes(outcome)
    if trace:
        _write_trace(trace, steps)
    if json:
        emit_json(outcome.as_json(diagnostics=True) if moved is None else moved.as_json())
    else:
        emit("\n".join(outcome_lines(outcome, language)))
        if moved is not None:
            emit("\n" + "\n".join(withdrawal_lines(moved, election, language)))
        _note_declared(election, asked, name, language)
        if explanations:
            from tallies.explain import sentences, why
            from tallies.stretches import Lines

            lines = Lines(election, asked, outcome.contest.support)
            for proposal in election.ids:
                told = why(election, asked, proposal, outcome=outcome, lines=lines)
                emit("\n" + "\n".join(sentences(told, language)))
    if page:
        _write_page(page, outcome, file, language)
    if verify:
        _verify(file, election, steps, language)


def explain(
    file: File,
    proposal: Annotated[
        str | None, typer.Argument(metavar="PROPOSAL", help="Id (of a stored round also the number); without it all.")
    ] = None,
    plan: OnePlan = None,
    settings: Settings = None,
    ties: Ties = None,
    lot_order: LotOrder = None,
    lot_dice: LotDice = None,
    json: Json = False,
    db: Db = None,
    lang: Lang = None,
) -> None:
    """Why a proposal was or was not funded, in a file or in a stored round that was counted.

    And what it would have taken: the least change of its cost, of votes and of the pool.

    \b
    borgerbudget explain examples/lillevig-2026.pb L07 --plan equal-shares/add1u --lang da
    """
    if is_round(file, db):
        from tallies.round_commands.results import explain_round

        other = {"plan": plan, "set": settings, "ties": ties, "lot-order": lot_order, "lot-dice": lot_dice}
        chosen = [f"--{name}" for name, value in other.items() if value is not None]
        explain_round(file, proposal, {"db": db, "json": json, "lang": lang}, chosen)
        return
    from tallies.telling import tell_why

    language = preferred_language(lang)
    name = one_plan(plan, DEFAULT_PLAN)
    election = read(file, language).election
    asked = asked_plan(election, name, settings, ties, lot_order, lot_dice)
    if proposal is not None:
        known(election, proposal, file)
    tell_why(election, asked, proposal, json, language)


def compare(
    file: File,
    plan: Annotated[list[str], typer.Option("--plan", metavar="NAME|FILE.toml", help="A plan; give several.")],
    settings: Settings = None,
    ties: Ties = None,
    lot_order: LotOrder = None,
    lot_dice: LotDice = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Several plans side by side on the same ballots.

    \b
    borgerbudget compare examples/lillevig-2026.pb --plan greedy --plan equal-shares/add1u --plan phragmen
    """
    from tallies.compare import compare as side_by_side
    from tallies.report import comparison_lines

    language = preferred_language(lang)
    election = read(file, language).election
    named = [(name, asked_plan(election, name, settings, ties, lot_order, lot_dice)) for name in plan]
    columns = side_by_side(election, named)
    if json:
        emit_json({"schema": "borgerbudget.compare/1", "plans": [column.as_json() for column in columns]})
    else:
        emit("\n".join(comparison_lines(election, columns, language)))


def plans(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A plan; without it, all are listed.")] = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """The plans one can count with.

    With a name: every parameter, the specification of its rule, and a small example.

    \b
    borgerbudget plans equal-shares/add1u
    """
    from tallies.plan_report import plan_json, plan_lines, plan_list
    from tallies.planning import known_plans
    from tallies.words import PROBLEMS

    language = preferred_language(lang)
    names = known_plans()
    if name is None:
        if json:
            emit_json({"schema": "borgerbudget.plans/1", "plans": [plan_json(n) for n in names]})
        else:
            emit("\n".join(plan_list(names, language)))
        return
    found = "equal-shares/none" if name == "equal-shares" else name
    if found not in names:
        raise UsageError(problem(PROBLEMS, "PLN-001", name=name, known=", ".join(names)))
    given, worked = _example(found, language)
    if json:
        from tallies.meeting import example_json

        shown = plan_json(found) | {"example": {"settings": given, **example_json(worked)}}
        emit_json({"schema": "borgerbudget.plans/1", "plans": [shown]})
    else:
        emit("\n".join(plan_lines(found, language)))
        _show_example(given, worked, language)


def _example(name: str, language: Language) -> tuple[dict[str, str], Worked]:
    """A plan on the invented round, with values for the settings that it must have."""
    from tallies.meeting import INVENTED, SETTINGS, fictive_election, work_out
    from tallies.planning import make_plan
    from tallies.rules import RULES

    rule = name.partition("/")[0]
    given = {key: SETTINGS[key] for key in RULES[rule].required}
    election = fictive_election(rule, given, language)
    return given, work_out(election, make_plan(name, election, given), INVENTED)


def _show_example(given: dict[str, str], worked: Worked, language: Language) -> None:
    from tallies.meeting import example_lines
    from tallies.meeting.words import EXAMPLE_SETTINGS, SECTIONS

    emit(f"\n{SECTIONS['example'].say(language)}")
    if given:
        emit(EXAMPLE_SETTINGS.say(language, settings=", ".join(f"{key}={value}" for key, value in given.items())))
    emit("\n".join(example_lines(worked, language)))


def _refuse_beside_all_ties(**asked: object) -> None:
    """UsageError for what is about one outcome where all of them are asked for."""
    from tallies.words import PROBLEMS

    beside = [f"--{name}" for name, value in asked.items() if value]
    if beside:
        raise UsageError(problem(PROBLEMS, "USE-002", options=", ".join(beside)))


def _note_declared(election: Election, plan: Plan, asked: str, language: Language) -> None:
    """The file declares another rule than the one that was counted because none was asked for."""
    from tallies.planning import DECLARED, make_plan
    from tallies.report import DECLARES

    declared = election.declared_rule
    if asked == DEFAULT_PLAN and declared in DECLARED:
        own = make_plan("declared", election)
        if (own.name, own.threshold) != (plan.name, plan.threshold):
            say(DECLARES.say(language, declared=declared, name=plan.name))


def _write_trace(path: Path, steps: bytes) -> None:
    """An older trace is replaced; anything else that stands there is somebody's file and stays."""
    from borgerbudget.files.disk import write_bytes
    from tallies.words import PROBLEMS

    try:
        with path.open("rb") as file:
            start = file.read(12) if path.is_file() else b""
    except OSError:
        start = b""  # not there, or the writing will say why not
    if start and not steps.startswith(start):
        raise UsageError(problem(PROBLEMS, "TRC-001", Place(str(path))))
    write_bytes(path, steps, force=True)


def _write_page(path: Path, outcome: Outcome, file: str, language: Language) -> None:
    from borgerbudget.files.disk import write_bytes
    from tallies.prints.result import result
    from tallies.round_commands.prints import WRITTEN
    from tallies.round_commands.result_page import page_bytes

    write_bytes(path, page_bytes(result(outcome, language, name=Path(file).stem), path, language))
    say(WRITTEN.say(language, path=path))


def _verify(file: str, election: Election, steps: bytes, language: Language) -> None:
    """The reference reads the file itself where it can; a folder or stdin is handed over as an exported profile."""
    from borgerbudget.files import write_profile
    from tallies.reference import check

    path = Path(file)
    source = path.read_bytes() if path.is_file() else write_profile(election)
    verdict = check(source, steps, language)
    say(verdict.words)
    if verdict.exit_code:
        raise typer.Exit(verdict.exit_code)
