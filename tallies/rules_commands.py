"""The commands about the rules of a round: rules explain."""

from __future__ import annotations

from typing import Annotated

import typer

from borgerbudget.console import emit, emit_json
from borgerbudget.errors import InputRejected, problem
from borgerbudget.words import preferred_language
from tallies.command_line import Json, Lang, Settings, Ties, asked_for, read


def mount(app: typer.Typer) -> None:
    rules = typer.Typer(name="rules", help="The rules of a round.", no_args_is_help=True, rich_markup_mode=None)
    rules.command("explain")(rules_explain)
    app.add_typer(rules)


def rules_explain(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A plan by name, or a plan file (TOML).")],
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="The round; without it the example is an invented one.")
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
    asked = asked_for(plan, settings, ties)
    if file is not None:
        reading = read(file, language)
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
