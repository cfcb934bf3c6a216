"""The commands about the rules of a round: rules explain."""

from __future__ import annotations

from typing import Annotated

import typer

from borgerbudget.console import emit, emit_json
from borgerbudget.errors import InputRejected, problem
from borgerbudget.office_commands.desk import Desk, RoundName, reads, writes
from borgerbudget.words import Text, preferred_language
from tallies.command_line import Json, Lang, Settings, Ties, asked_for, read

OPEN = Text("   IKKE AFGJORT", "   NOT SETTLED")
DEFAULT = Text("   (forvalg)", "   (default)")
CHANGED = Text("Sat: {keys}", "Set: {keys}")


def mount(app: typer.Typer) -> None:
    rules = typer.Typer(name="rules", help="The rules of a round.", no_args_is_help=True, rich_markup_mode=None)
    rules.command("explain")(rules_explain)
    reads(rules, "presets")(rules_presets)
    reads(rules, "show")(rules_show)
    writes(rules, "set")(rules_set)
    app.add_typer(rules)


def rules_presets(desk: Desk) -> None:
    """Ready-made policies for the ways in which Danish meetings decide.

    \b
    borgerbudget rules presets
    """
    from borgerbudget.rounds.presets import PRESETS
    from tallies.rules import RULES

    offered = [one for one in PRESETS.values() if one.policies["plan"].partition("/")[0] in RULES]
    rows: list[object] = [
        {"name": one.name, "da": one.about.da, "en": one.about.en, "policies": dict(one.policies)} for one in offered
    ]
    lines = [f"{one.name}: {one.about.say(desk.language)}" for one in offered]
    desk.show({"schema": "borgerbudget.presets/1", "presets": rows}, lines)


def rules_show(desk: Desk, round: RoundName) -> None:
    """The policies of a stored round: what is set, what stands by default, what is still open.

    \b
    borgerbudget rules show lillevig-2026
    """
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.rounds.policies import POLICIES
    from borgerbudget.rounds.value_words import value_words

    found = show_round(desk.office, round)
    keys = [*POLICIES.known, *(key for key in found.policies if key not in POLICIES.known)]
    rows: list[object] = []
    lines = []
    for key in keys:
        value, policy = found.policy(key), POLICIES.known.get(key)
        if value is None and (policy is None or not policy.bold):
            continue
        asks = policy.asks.say(desk.language) if policy else key
        meaning = value_words(key, value or "")
        asks += f": {meaning.say(desk.language)}" if meaning else ""
        mark = "" if key in found.policies else OPEN.say(desk.language) if value is None else DEFAULT.say(desk.language)
        rows.append({"key": key, "value": value, "set": key in found.policies})
        lines.append(f"{key}={value or ''}{mark}   ({asks})")
    desk.show({"schema": "borgerbudget.policies/1", "round": round, "policies": rows}, lines)


def rules_set(
    desk: Desk,
    round: RoundName,
    policies: Annotated[list[str] | None, typer.Argument(metavar="KEY=VALUE...", help="See `rules show`.")] = None,
    preset: Annotated[str | None, typer.Option("--preset", metavar="NAME", help="See `rules presets`.")] = None,
    unset: Annotated[list[str] | None, typer.Option("--unset", metavar="KEY", help="Forget what was set.")] = None,
) -> None:
    """Set policies of a stored round; what stands here goes before what a preset says.

    \b
    borgerbudget rules set lillevig-2026 --preset lige-andele ties=cheapest,most-votes,lot double_vote=first
    """
    from borgerbudget.console import report
    from borgerbudget.errors import UsageError
    from borgerbudget.office.setting_up import set_policies, show_round
    from borgerbudget.rounds.presets import preset as find
    from borgerbudget.rounds.words import PROBLEMS
    from tallies.rules import RULES
    from tallies.settings import parse_settings
    from tallies.stored_round import refuse_unknown_plans, told_early

    given = {key: str(value) for key, value in parse_settings(policies or []).items()}
    if preset is not None:
        given = {**find(preset, RULES).policies, **given}
    if not given and not unset:
        raise UsageError(problem(PROBLEMS, "RND-018"))
    refuse_unknown_plans(given)
    changed = set_policies(desk.office, round, given, unset or ())
    desk.changed(changed, CHANGED, keys=", ".join(changed))
    report(told_early(show_round(desk.office, round)), desk.language)


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
