"""The commands about the rules of a round: rules explain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from borgerbudget.console import emit, emit_json, say
from borgerbudget.errors import InputRejected, problem
from borgerbudget.office_commands.desk import Db, Desk, RoundName, reads, writes
from borgerbudget.words import Language, Text, preferred_language
from tallies.command_line import Json, Lang, Settings, Ties, asked_for, read

if TYPE_CHECKING:
    from borgerbudget.rounds.round import Round
    from tallies.meeting.example import Worked

SETTLED = Text('Desuden gælder for runden "{title}":', 'Besides, for the round "{title}":')
VOTING = Text("der stemmes", "voting")
FROM_TO = Text("fra {opens} til {closes}", "from {opens} to {closes}")
HASH = Text("låst med fingeraftrykket", "frozen with the hash")
BESIDES = (
    "eligibility", "min_age", "channels", "secrecy", "order", "double_vote", "late_ballot", "withdrawal", "min_turnout",
    "decider", "appeal_days", "tier", "tier_reason", "retention_days",
)  # fmt: skip
"""Policies that a meeting should read and that are no part of the plan."""

SIGNATURES = Text(
    "threshold={count} er antallet af underskrifter på revisionspakken. Det mindste stemmetal for et forslag er plan.threshold.",
    "threshold={count} is the number of signatures on the audit bundle. The least votes of a proposal are plan.threshold.",
)
OPEN = Text("   IKKE AFGJORT", "   NOT SETTLED")
DEFAULT = Text("   (forvalg)", "   (default)")
CHANGED = Text("Sat: {keys}", "Set: {keys}")


def mount(app: typer.Typer) -> None:
    rules = typer.Typer(name="rules", help="The rules of a round.", no_args_is_help=True, rich_markup_mode=None)
    rules.command("explain")(rules_explain)
    rules.command("presets")(rules_presets)
    reads(rules, "show")(rules_show)
    writes(rules, "set")(rules_set)
    app.add_typer(rules)


def rules_presets(json: Json = False, lang: Lang = None) -> None:
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
    if json:
        emit_json({"schema": "borgerbudget.presets/1", "presets": rows})
    else:
        emit("\n".join(f"{one.name}: {one.about.say(preferred_language(lang))}" for one in offered))


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
    plan_file: Annotated[
        Path | None,
        typer.Option("--plan-file", metavar="FILE.toml", help="Plan, ties, settings and constraints of a plan file."),
    ] = None,
) -> None:
    """Set policies of a stored round; what stands here goes before what a preset or a plan file says.

    \b
    borgerbudget rules set lillevig-2026 --preset lige-andele ties=cheapest,most-votes,lot double_vote=first
    """
    from borgerbudget.console import report
    from borgerbudget.errors import UsageError
    from borgerbudget.office.setting_up import set_policies, show_round
    from borgerbudget.rounds.presets import preset as find
    from borgerbudget.rounds.words import PROBLEMS
    from tallies.plan_file import read_plan_file
    from tallies.rules import RULES
    from tallies.settings import parse_settings
    from tallies.stored_round import policies_of_plan, refuse_unknown_plans, told_early

    given = {key: str(value) for key, value in parse_settings(policies or [], "").items()}
    if plan_file is not None:
        given = {**policies_of_plan(read_plan_file(plan_file)), **given}
    if preset is not None:
        given = {**find(preset, RULES).policies, **given}
    if not given and not unset:
        raise UsageError(problem(PROBLEMS, "RND-018"))
    refuse_unknown_plans(given)
    changed = set_policies(desk.office, round, given, unset or ())
    desk.changed(changed, CHANGED, keys=", ".join(changed))
    if "threshold" in given and "plan.threshold" not in given:
        say(SIGNATURES.say(desk.language, count=given["threshold"]))
    report(told_early(show_round(desk.office, round)), desk.language)


def rules_explain(
    plan: Annotated[
        str, typer.Argument(metavar="PLAN|ROUND", help="A plan by name, a plan file (TOML), or a stored round.")
    ],
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="The round; without it the example is an invented one.")
    ] = None,
    settings: Settings = None,
    ties: Ties = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE.pdf|.html", help="A new file to print or publish, instead of the screen."),
    ] = None,
    json: Json = False,
    db: Db = None,
    lang: Lang = None,
) -> None:
    """The one page that a meeting approves before it votes: of a plan, or of what a stored round has settled.

    Who may be funded, how votes are counted, how the money is shared, ties, constraints, what happens to the rest, who moves
    up; and a worked example.

    \b
    borgerbudget rules explain examples/plans/ringmarken.toml examples/ringmarken-2026.pb --lang da
    """
    from tallies.meeting import INVENTED, fictive_election, page_json, page_lines, with_votes, work_out
    from tallies.planning import make_plan
    from tallies.round_commands.results import is_round
    from tallies.rules import RULES
    from tallies.words import PROBLEMS

    language = preferred_language(lang)
    if out is not None:
        _demand_new(out)
    if plan.partition("/")[0] not in RULES and is_round(plan, db):
        _explain_round(plan, {"db": db, "lang": lang, "json": json}, (file, settings, ties), out)
        return
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
    if out is not None:
        _write(out, worked, language)
    if json:
        emit_json(page_json(worked))
    elif out is None:
        emit("\n".join(page_lines(worked, language)))


def _demand_new(out: Path) -> None:
    from borgerbudget.files.disk import refuse_existing
    from tallies.round_commands.prints import demand_ending

    refuse_existing(out, False)
    demand_ending(out)


def _write(
    out: Path, worked: Worked, language: Language, round: Round | None = None, besides: Sequence[tuple[str, str]] = ()
) -> None:
    from borgerbudget.files.disk import write_bytes
    from tallies.prints.rules import rules_page
    from tallies.round_commands.prints import WRITTEN, printed

    write_bytes(out, printed(rules_page(worked, language, round, besides), out, language))
    say(WRITTEN.say(language, path=out))


def _explain_round(name: str, common: Mapping[str, object], other: Sequence[object], out: Path | None) -> None:
    """With invented votes: whatever has been cast stays where it is.  StateForbids while the rules are not settled."""
    from borgerbudget.errors import StateForbids, UsageError
    from borgerbudget.office.lifecycle import check
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.office_commands.desk import at_desk
    from borgerbudget.rounds.guards import POLICIES_OF_A_COUNT
    from borgerbudget.rounds.words import PROBLEMS
    from tallies.meeting import page_json, page_lines, with_votes, work_out
    from tallies.stored_round import CHECKER, election_of, plan_of

    if any(value is not None for value in other):
        raise UsageError(problem(PROBLEMS, "RND-044", options="FILE, --set, --ties"))
    with at_desk(common) as desk:
        round = show_round(desk.office, name)
        if any(round.policy(key) is None for key in POLICIES_OF_A_COUNT) or not round.pool or not round.listed:
            wrong = [one for one in check(desk.office, round, CHECKER) if one.code in ("STA-010", "STA-011", "STA-020")]
            raise StateForbids(wrong)
    election = election_of(round)
    made = replace(plan_of(round, election), lot=None)
    voted, votes = with_votes(election, made)
    worked = replace(work_out(voted, made, votes), settled=True)
    besides = {key: value for key in BESIDES if (value := round.policy(key)) is not None}
    said = _besides(round, besides, desk.language)
    if out is not None:
        _write(out, worked, desk.language, round, said)
    if desk.json:
        emit_json({**page_json(worked), "round": name, "policies": besides})
    elif out is None:
        *page, signature = page_lines(worked, desk.language)
        told = [SETTLED.say(desk.language, title=round.title), *(f"   {what}: {how}" for what, how in said)]
        emit("\n".join([*page, *told, "", signature]))


def _besides(round: Round, policies: Mapping[str, str], language: Language) -> list[tuple[str, str]]:
    """What is settled about a round and is no part of its plan, in words: what, and how."""
    from borgerbudget.rounds.deadlines import say_moment
    from borgerbudget.rounds.policies import POLICIES
    from borgerbudget.rounds.value_words import value_words

    found = []
    for key, value in policies.items():
        meaning = value_words(key, value)
        found.append((POLICIES.known[key].asks.say(language), meaning.say(language) if meaning else value))
    if round.opens is not None and round.closes is not None:
        moments = {"opens": say_moment(round.opens, round.zone), "closes": say_moment(round.closes, round.zone)}
        found.append((VOTING.say(language), FROM_TO.say(language, **moments)))
    frozen = round.chain[-1].freeze_hash
    return [*found, (HASH.say(language), frozen)] if frozen else found
