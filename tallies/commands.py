"""The commands of the tally: tally, explain, compare, plans, rules explain."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from borgerbudget.console import emit, emit_json, report, say
from borgerbudget.errors import InputRejected, Place, UsageError, problem
from borgerbudget.words import Language, preferred_language

if TYPE_CHECKING:
    from borgerbudget.election import Election
    from borgerbudget.files import Reading
    from tallies.plan import Plan

File = Annotated[str, typer.Argument(metavar="FILE", help="A .pb file, an exported profile, a CSV folder, or - .")]
PlanName = Annotated[
    str,
    typer.Option(
        "--plan", metavar="NAME|FILE.toml", help="The plan; see `borgerbudget plans`. `declared`: the file's own."
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="A setting of the plan; `borgerbudget plans NAME` lists them."),
]
Ties = Annotated[
    str | None,
    typer.Option("--ties", metavar="LIST", help="How ties are broken, e.g. cheapest,most-votes,lot (or ...,refuse)."),
]
LotOrder = Annotated[
    Path | None, typer.Option("--lot-order", metavar="FILE", help="A drawn order: one id per line, best first.")
]
LotDice = Annotated[
    str | None, typer.Option("--lot-dice", metavar="DIGITS", help="Public dice, thrown after the ballots were closed.")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
Lang = Annotated[Literal["da", "en"] | None, typer.Option("--lang", help="Language of the words.")]

DEFAULT_PLAN = "greedy"


def mount(app: typer.Typer) -> None:
    app.command("tally")(tally)
    app.command("explain")(explain)
    app.command("compare")(compare)
    app.command("plans")(plans)
    rules = typer.Typer(name="rules", help="The rules of a round.", no_args_is_help=True, rich_markup_mode=None)
    rules.command("explain")(rules_explain)
    app.add_typer(rules)


@dataclass(frozen=True)
class Asked:
    """A plan as it was asked for: name, settings, tie policy."""

    name: str
    settings: dict[str, object]
    ties: tuple[str, ...]


def tally(
    file: File,
    plan: PlanName = DEFAULT_PLAN,
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
    lang: Lang = None,
) -> None:
    """Count a round.

    \b
    borgerbudget tally examples/lillevig-2026.pb --plan equal-shares/add1u
    borgerbudget tally examples/aaby-uafgjort-2026.pb --ties cheapest,most-votes,lot --lot-dice 4261538
    """
    from tallies.counting import TieMatters, count, reachable
    from tallies.report import outcome_lines, reachable_lines, withdrawal_lines
    from tallies.trace import trace_bytes
    from tallies.withdrawal import withdraw

    language = preferred_language(lang)
    election = _read(file, language).election
    asked = _plan(election, plan, settings, ties, lot_order, lot_dice)
    if lot_dice is not None and election.input_sha256 is not None:
        from tallies.report import DICE

        say(DICE.say(language, sha256=election.input_sha256))
    if all_ties:
        found = reachable(election, asked)
        if json:
            emit_json(found.as_json())
        else:
            emit("\n".join(reachable_lines(found, language)))
        return
    for proposal in withdrawals or ():
        _known(election, proposal, file)
    try:
        outcome = count(election, asked)
        moved = withdraw(outcome, withdrawals) if withdrawals else None
    except TieMatters as tie:
        if json:
            emit_json(tie.as_json())
        raise
    steps = trace_bytes(outcome) if trace or verify else b""
    if trace:
        _write_trace(trace, steps)
    if json:
        emit_json(outcome.as_json(diagnostics=True) if moved is None else moved.as_json())
    else:
        emit("\n".join(outcome_lines(outcome, language)))
        if moved is not None:
            emit("\n" + "\n".join(withdrawal_lines(moved, election, language)))
        _note_declared(election, asked, plan, language)
        if explanations:
            from tallies.explain import sentences, why

            for proposal in election.ids:
                emit("\n" + "\n".join(sentences(why(election, asked, proposal, outcome=outcome), language)))
    if verify:
        _verify(file, election, steps, language)


def explain(
    file: File,
    proposal: Annotated[str, typer.Argument(metavar="PROPOSAL", help="Id of the proposal.")],
    plan: PlanName = DEFAULT_PLAN,
    settings: Settings = None,
    ties: Ties = None,
    lot_order: LotOrder = None,
    lot_dice: LotDice = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Why a proposal was or was not funded.

    And what it would have taken: the least change of its cost, of votes and of the pool.

    \b
    borgerbudget explain examples/lillevig-2026.pb L07 --plan equal-shares/add1u --lang da
    """
    from tallies.explain import sentences, why

    language = preferred_language(lang)
    election = _read(file, language).election
    asked = _plan(election, plan, settings, ties, lot_order, lot_dice)
    _known(election, proposal, file)
    found = why(election, asked, proposal)
    if json:
        emit_json(found.as_json())
    else:
        emit("\n".join(sentences(found, language)))


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
    election = _read(file, language).election
    named = [(name, _plan(election, name, settings, ties, lot_order, lot_dice)) for name in plan]
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
    known = known_plans()
    if name is None:
        if json:
            emit_json({"schema": "borgerbudget.plans/1", "plans": [plan_json(n) for n in known]})
        else:
            emit("\n".join(plan_list(known, language)))
        return
    found = "equal-shares/none" if name == "equal-shares" else name
    if found not in known:
        raise UsageError(problem(PROBLEMS, "PLN-001", name=name, known=", ".join(known)))
    if json:
        emit_json({"schema": "borgerbudget.plans/1", "plans": [plan_json(found)]})
    else:
        emit("\n".join(plan_lines(found, language)))
        _show_example(found, language)


def rules_explain(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A plan by name, or a plan file (TOML).")],
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="The round; without it the example is an invented one.")
    ] = None,
    settings: Settings = None,
    ties: Ties = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """The one page that a meeting approves before it votes.

    Who may be funded, how votes are counted, how the money is shared, ties, constraints, what happens to the rest, who moves
    up; and a worked example.

    \b
    borgerbudget rules explain examples/plans/ringmarken.toml examples/ringmarken-2026.pb --lang da
    """
    from tallies.meeting import INVENTED, fictive_election, page_json, page_lines, with_votes, work_out
    from tallies.planning import make_plan
    from tallies.words import PROBLEMS

    language = preferred_language(lang)
    asked = _asked(plan, settings, ties)
    if file is not None:
        reading = _read(file, language)
        made = make_plan(asked.name, reading.election, asked.settings, asked.ties)
        election, votes = with_votes(reading.election, made)
        worked = work_out(election, made, votes, reading.areas)
    else:
        election = fictive_election(asked.name.partition("/")[0], asked.settings, language)
        try:
            made = make_plan(asked.name, election, asked.settings, asked.ties)
            worked = work_out(election, made, INVENTED)
        except InputRejected as rejected:
            why = rejected.problems[0].sentence
            raise InputRejected(problem(PROBLEMS, "RUL-001", plan=plan, why_da=why.da, why=why.en)) from None
    if json:
        emit_json(page_json(worked))
    else:
        emit("\n".join(page_lines(worked, language)))


def _show_example(name: str, language: Language) -> None:
    """A plan on the invented round, with values for the settings that it must have."""
    from tallies.meeting import INVENTED, SETTINGS, example_lines, fictive_election, work_out
    from tallies.meeting.words import EXAMPLE_SETTINGS, SECTIONS
    from tallies.planning import make_plan
    from tallies.rules import RULES

    rule = name.partition("/")[0]
    given = {key: SETTINGS[key] for key in RULES[rule].required}
    election = fictive_election(rule, given, language)
    emit(f"\n{SECTIONS['example'].say(language)}")
    if given:
        emit(EXAMPLE_SETTINGS.say(language, settings=", ".join(f"{key}={value}" for key, value in given.items())))
    emit("\n".join(example_lines(work_out(election, make_plan(name, election, given), INVENTED), language)))


def _read(file: str, language: Language) -> Reading:
    from borgerbudget.files import read_round

    reading = read_round(Path(file))
    report(reading.warnings, language)
    return reading


def _known(election: Election, proposal: str, file: str) -> None:
    """UsageError for a proposal that is not in the round."""
    from tallies.words import PROBLEMS

    if proposal not in election.index:
        known = ", ".join(election.ids[:20]) + (" ..." if len(election.ids) > 20 else "")
        raise UsageError(problem(PROBLEMS, "EXP-001", Place(file), proposal=proposal, known=known))


def _plan(
    election: Election,
    name: str,
    settings: list[str] | None,
    ties: str | None,
    lot_order: Path | None,
    lot_dice: str | None,
) -> Plan:
    from tallies.lot import dice_lot, drawn_lot
    from tallies.plan import CRITERIA, DEFAULT_TIES
    from tallies.planning import make_plan
    from tallies.words import PROBLEMS

    drawn = lot_order is not None or lot_dice is not None
    asked = _asked(name, settings, ties)
    policy = asked.ties
    if drawn and ties is None and policy == DEFAULT_TIES:
        policy = (*CRITERIA, "lot")  # a draw is made to be used
    if lot_order is not None and lot_dice is not None:
        raise UsageError(problem(PROBLEMS, "LOT-006"))
    if drawn and policy[-1:] == ("refuse",):
        raise UsageError(problem(PROBLEMS, "LOT-005"))
    plan = make_plan(asked.name, election, asked.settings, policy)
    if not drawn:
        return plan
    from dataclasses import replace

    lot = drawn_lot(election, _lines(lot_order), str(lot_order)) if lot_order else dice_lot(election, lot_dice or "")
    return replace(plan, lot=lot)


def _asked(name: str, settings: list[str] | None, ties: str | None) -> Asked:
    """What stands on the command line goes before what stands in a plan file."""
    from tallies.plan import DEFAULT_TIES
    from tallies.settings import parse_settings

    given = parse_settings(settings or [])
    policy: tuple[str, ...] = DEFAULT_TIES
    if name.endswith(".toml"):
        from tallies.plan_file import read_plan_file

        written = read_plan_file(Path(name))
        name, given = written.plan, written.settings() | given
        policy = tuple(written.ties) if written.ties is not None else policy
    if ties is not None:
        policy = tuple(part.strip() for part in ties.split(","))
    return Asked(name, given, policy)


def _lines(path: Path) -> list[str]:
    from tallies.words import PROBLEMS

    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputRejected(problem(PROBLEMS, "LOT-007", Place(str(path)), reason=error.strerror or error)) from None
    except UnicodeDecodeError:
        raise InputRejected(problem(PROBLEMS, "LOT-007", Place(str(path)), reason="UTF-8")) from None
    return [line.strip() for line in text.splitlines() if line.strip()]


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
