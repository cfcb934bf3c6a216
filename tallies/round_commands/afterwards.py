"""``result``, ``appeal``, ``decide``, ``award``, ``privacy``: what comes after the count."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from borgerbudget.console import say
from borgerbudget.office_commands.desk import Desk, RoundName, amount_of, reads, writes
from borgerbudget.words import Text
from tallies.round_commands.life import NO_WAY_BACK
from tallies.round_commands.result_page import result_page

result = typer.Typer(name="result", no_args_is_help=True, help="The result of a round.", rich_markup_mode=None)
appeal = typer.Typer(name="appeal", no_args_is_help=True, help="Appeals against a result.", rich_markup_mode=None)
decide = typer.Typer(name="decide", no_args_is_help=True, help="The council's decision.", rich_markup_mode=None)
privacy = typer.Typer(name="privacy", no_args_is_help=True, help="Personal data.", rich_markup_mode=None)
Reference = Annotated[str, typer.Option("--reference", metavar="CASE", help="The case or the minutes.")]

RECEIVED = Text("Klagen er noteret som nummer {number}.", "The appeal is noted as number {number}.")
APPEAL_DECIDED = Text("Klage nummer {number}: {verdict}.", "Appeal number {number}: {verdict}.")
DECIDED = Text("Afgørelsen er noteret.", "The decision is noted.")
AWARDED = Text('"{proposal}" er bevilget {amount}.', '"{proposal}": {amount} awarded.')
PURGED = Text("De personlige oplysninger er slettet.", "The personal data are deleted.")
STILL_THERE = Text(
    "Disse filer har dem endnu og skal destrueres, også kopier og udskrifter af dem. Skriv listen af: den er nu slettet her.",
    "These files still have them and must be destroyed, with all copies and prints. Note the list: it is deleted here now.",
)
VERSION = Text("Version {version}", "Version {version}")
DEVIATES = Text(
    "{decider} har besluttet noget andet end det beregnede ({reference}): {grounds}",
    "{decider} decided otherwise than computed ({reference}): {grounds}",
)
CONFIRMED = Text("{decider} har bekræftet resultatet ({reference}).", "{decider} confirmed the result ({reference}).")


def mount(root: typer.Typer) -> None:
    writes(root, "award")(award)
    for group in (result, appeal, decide, privacy):
        root.add_typer(group)


@result.callback()
@privacy.callback()
def _group() -> None:
    """Groups with one command keep their name."""


@reads(result, "show")
def result_show(desk: Desk, round: RoundName) -> None:
    """The result as computed, and the council's decision beside it.

    \b
    borgerbudget result show lillevig-2026
    """
    import json

    from borgerbudget.money import format_amount
    from borgerbudget.rounds.words import STATE_WORDS
    from borgerbudget.store import tables
    from borgerbudget.store.database import reading
    from borgerbudget.store.reading import read_round, rows
    from tallies.report import HAND_COUNT
    from tallies.round_commands.results import not_counted

    with reading(desk.office.engine) as connection:
        found = read_round(connection, round)
        versions = rows(connection, tables.RESULTS, round=round)
    if not versions:
        raise not_counted(found)
    last: dict[str, Any] = json.loads(versions[-1]["outcome"])
    decision = found.decision
    titles = {p.id: p.title for p in found.proposals}

    def amount(minor: int) -> str:
        return format_amount(minor, found.currency, desk.language)

    lines = [
        f"{found.title}: {STATE_WORDS[found.state].say(desk.language)}. "
        + VERSION.say(desk.language, version=versions[-1]["version"]),
        *(f"  {one['proposal']}  {titles[one['proposal']]}  {amount(one['amount'])}" for one in last["funded"]),
    ]
    if found.by_hand:
        lines.append(HAND_COUNT.say(desk.language))
    if decision is not None:
        words = CONFIRMED if decision.kind == "confirm" else DEVIATES
        told = {"decider": decision.decider, "reference": decision.reference, "grounds": decision.grounds}
        lines.append(words.say(desk.language, **told))
        if decision.kind == "deviate":
            lines += [f"  {proposal}  {titles[proposal]}  {amount(a)}" for proposal, a in decision.amounts.items()]
    document = {
        "schema": "borgerbudget.round-result/1", "round": round, "state": found.state,
        "version": versions[-1]["version"], "outcome": last,
        "decision": decision and {"kind": decision.kind, "day": decision.day, "decider": decision.decider,
                                  "reference": decision.reference, "grounds": decision.grounds,
                                  "amounts": dict(decision.amounts)},
    }  # fmt: skip
    desk.show(document, lines)


reads(result, "page")(result_page)


@writes(appeal, "add")
def appeal_add(
    desk: Desk,
    round: RoundName,
    words: Annotated[str, typer.Argument(metavar="TEXT", help="What it says.")],
) -> None:
    """Note an appeal against a provisional result.

    \b
    borgerbudget appeal add lillevig-2026 "Min seddel blev ikke talt med"
    """
    from borgerbudget.office.afterwards import receive_appeal

    desk.done(RECEIVED, number=receive_appeal(desk.office, round, words))


@writes(appeal, "decide")
def appeal_decide(
    desk: Desk,
    round: RoundName,
    number: Annotated[int, typer.Argument(metavar="NUMBER")],
    grounds: Annotated[str, typer.Option("--grounds", metavar="TEXT", help="Why.")],
    uphold: Annotated[bool, typer.Option("--uphold", help="It is right.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It is not.")] = False,
) -> None:
    """Decide an appeal, once, one way or the other; what an upheld one leads to is a step of its own.

    \b
    borgerbudget appeal decide lillevig-2026 1 --reject --grounds "sedlen er i kassen"
    """
    from borgerbudget.errors import UsageError, problem
    from borgerbudget.office.afterwards import decide_appeal
    from borgerbudget.rounds.words import PROBLEMS, VERDICTS

    if uphold == reject:
        raise UsageError(problem(PROBLEMS, "RND-084"))
    changed = decide_appeal(desk.office, round, number, uphold, grounds)
    desk.changed(changed, APPEAL_DECIDED, number=number, verdict=VERDICTS["upheld" if uphold else "rejected"])


@reads(appeal, "list")
def appeal_list(desk: Desk, round: RoundName) -> None:
    """The appeals of a round.

    \b
    borgerbudget appeal list lillevig-2026
    """
    from borgerbudget.rounds.words import VERDICTS
    from borgerbudget.store import tables
    from borgerbudget.store.database import reading
    from borgerbudget.store.reading import read_round, rows

    with reading(desk.office.engine) as connection:
        read_round(connection, round)
        found = rows(connection, tables.APPEALS, round=round)
    told: list[object] = [{key: value for key, value in row.items() if key != "round"} for row in found]
    lines = [
        f"{row['number']}  {row['day']}  {VERDICTS[row['verdict']].say(desk.language)}  {row['words']}" for row in found
    ]
    desk.show({"schema": "borgerbudget.appeals/1", "round": round, "appeals": told}, lines)


@writes(decide, "confirm")
def decide_confirm(desk: Desk, round: RoundName, reference: Reference) -> None:
    """The council confirms the computed result.

    \b
    borgerbudget decide confirm lillevig-2026 --reference "byrådet 2026-05-06, punkt 4"
    """
    from borgerbudget.office.afterwards import decide as record

    desk.changed(record(desk.office, round, None, reference), DECIDED)


@writes(decide, "deviate")
def decide_deviate(
    desk: Desk,
    round: RoundName,
    amounts: Annotated[
        list[str], typer.Option("--amount", metavar="PROPOSAL=AMOUNT", help="What differs; 0 is nothing.")
    ],
    reference: Reference,
    grounds: Annotated[str, typer.Option("--grounds", metavar="TEXT", help="Why; published beside the result.")],
) -> None:
    """The council decides otherwise; the computed result stays beside it.

    \b
    borgerbudget decide deviate lillevig-2026 --amount bade=30000 --reference "punkt 4" --grounds "tilskud fra fond"
    """
    from borgerbudget.errors import UsageError, problem
    from borgerbudget.office.afterwards import decide as record
    from borgerbudget.rounds.words import AMOUNT, PROBLEMS

    deviations = {}
    for text in amounts:
        proposal, equals, amount = text.partition("=")
        if not equals:
            raise UsageError(problem(PROBLEMS, "RND-006", what="--amount", value=text[:40], mend=AMOUNT))
        if proposal.strip() in deviations:
            raise UsageError(problem(PROBLEMS, "RND-085", value=proposal.strip()))
        deviations[proposal.strip()] = amount_of(amount, "--amount")
    desk.changed(record(desk.office, round, deviations, reference, grounds), DECIDED)


def award(
    desk: Desk,
    round: RoundName,
    proposal: Annotated[str, typer.Argument(metavar="PROPOSAL")],
    amount: Annotated[str, typer.Option("--amount", metavar="AMOUNT")],
    reference: Reference,
    reserve: Annotated[bool, typer.Option("--reserve", help="It moves up from the reserve list.")] = False,
) -> None:
    """Note what a proposal was awarded after the result became final.

    \b
    borgerbudget award lillevig-2026 bade --amount 38750 --reference "tilsagn 12"
    """
    from borgerbudget.money import amount_text
    from borgerbudget.office.afterwards import award as record
    from borgerbudget.office.setting_up import show_round

    minor = amount_of(amount, "--amount")
    changed = record(desk.office, round, proposal, minor, reference, reserve)
    desk.changed(
        changed, AWARDED, proposal=proposal, amount=amount_text(minor, show_round(desk.office, round).currency)
    )


@reads(privacy, "report")
def privacy_report(desk: Desk, round: RoundName) -> None:
    """What is kept about people, what a copy of the database tells now, when it goes, and which files hold the same.

    \b
    borgerbudget privacy report lillevig-2026
    """
    from tallies.round_commands.privacy_report import show_report

    show_report(desk, round)


@writes(privacy, "purge")
def privacy_purge(desk: Desk, round: RoundName) -> None:
    """Delete roll, codes, appeals and who did what: takes two people; ballots, chain and result stay and can still be checked.

    \b
    borgerbudget privacy purge lillevig-2026 --actor anna --second bo
    """
    from borgerbudget.office.afterwards import purge
    from borgerbudget.office.copies import copies_with_people
    from borgerbudget.rounds.words import VERBS
    from borgerbudget.store.database import reading
    from tallies.round_commands.privacy_report import held_lines

    copies = desk.once_sure(
        "privacy purge", lambda office: purge(office, round), NO_WAY_BACK, verb=VERBS["purge"], round=round
    )
    desk.changed(copies is not None, PURGED)
    if copies:
        desk.list_files(STILL_THERE, copies)
    if not desk.office.dry_run:
        with reading(desk.office.engine) as connection:
            held = copies_with_people(connection, desk.office.engine, round)
        for line in held_lines([one for one in held if one.path not in (copies or ())], desk.language):
            say(line)
