"""The transitions, from ``round call`` to ``round archive``, and sealing and the lot between them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from borgerbudget.console import emit, report, say
from borgerbudget.office_commands.desk import Desk, RoundName, writes
from borgerbudget.words import Text
from tallies.round_commands.group import app

if TYPE_CHECKING:
    from borgerbudget.store.work import Office

MOVED = Text('Runden "{round}" er nu {state}. Næste: {next}', 'The round "{round}" is now {state}. Next: {next}')
WOULD_MOVE = Text('runden "{round}" ville være {state}.', 'the round "{round}" would be {state}.')
RUNS_ON = Text(
    "Fristen ({closes}) løber imens. Skal den forlænges, så gør det, når der kan stemmes igen: borgerbudget round resume {round} "
    '--closes "..." --second NAVN --reason GRUND',
    "The deadline ({closes}) runs on. To extend it, do so when people can vote again: borgerbudget round resume {round} "
    '--closes "..." --second NAME --reason WHY',
)
LATER = Text(
    "Fristen er forlænget fra {before} til {after}. Sig det, hvor folk har læst den gamle: på plakaten og ved stemmestedet.",
    "The deadline is extended from {before} to {after}. Say so where people have read the old one: on the poster and where they "
    "vote.",
)
FREEZE_HASH = Text(
    "Låsens fingeraftryk, som trykkes på stemmeseddel og plakat:",
    "The freeze hash, to be printed on ballot and poster:",
)
NO_WAY_BACK = Text(
    'Det kan ikke gøres om: {verb} runden "{round}".', 'This cannot be undone: {verb} the round "{round}".'
)
FREEZING = Text(
    'Regler, liste og priser i runden "{round}" låses. Det kan kun gøres om, så længe ingen har stemt (round thaw), og '
    "fingeraftrykket bliver et andet.",
    'Rules, list and costs of the round "{round}" are frozen. It can be undone only as long as nobody has voted '
    "(round thaw), and the hash will be another.",
)
SEALED = Text(
    "Kassen er forseglet: {accepted} tælles, {rejected} ikke. Rod: {ballots_root}",
    "The box is sealed: {accepted} count, {rejected} do not. Root: {ballots_root}",
)
OLD_COPIES = Text(
    "Disse filer kan endnu vise, hvem der stemte hvad, og skal destrueres, også kopier og udskrifter af dem:",
    "These files can still show who cast which ballot, and must be destroyed, with all copies and prints of them:",
)
THROWN = Text(
    "{count:terning|terninger}, i denne rækkefølge: {dice}. Vidner: {witnesses}.",
    "{count:die|dice}, in this order: {dice}. Witnesses: {witnesses}.",
)
ORDERED = Text(
    "Trukket rækkefølge, den bedste først. Vidner: {witnesses}.", "Order drawn, best first. Witnesses: {witnesses}."
)
ONLY_ONCE = Text(
    'Et lod skrives ned én gang og kan ikke gøres om: runden "{round}".',
    'A lot is written down once and cannot be undone: the round "{round}".',
)
DRAWN = Text(
    "Loddet er noteret. Næste: borgerbudget tally {round}", "The lot is noted. Next: borgerbudget tally {round}"
)
RECOUNTED = Text(
    'Runden "{round}" er talt op igen, version {version}: {outcome}. Næste: {next}',
    'The round "{round}" is counted again, version {version}: {outcome}. Next: {next}',
)
SAME = Text("samme udfald som før", "the outcome is as before")
ANOTHER = Text(
    "et andet udfald end før (borgerbudget result show {round})",
    "the outcome is another than before (borgerbudget result show {round})",
)

_HELP = {
    "call": ("Open a round for proposals.", "borgerbudget round call lillevig-2026"),
    "vet": ("Close the list of proposals and begin to decide on them.", "borgerbudget round vet lillevig-2026"),
    "freeze": (
        "Freeze rules, list and costs: takes two people, and everything that `round check` asks for.",
        "borgerbudget round freeze lillevig-2026 --actor anna --second bo",
    ),
    "thaw": (
        "Back to vetting, as long as nobody has voted; the old hash stays in the history.",
        'borgerbudget round thaw lillevig-2026 --reason "en pris var forkert"',
    ),
    "open": ("Open the voting.", "borgerbudget round open lillevig-2026"),
    "suspend": ("Interrupt the voting, with a reason.", "borgerbudget round suspend lillevig-2026 --reason strømsvigt"),
    "close": (
        "Close the voting: at the deadline, or before it with a reason.",
        "borgerbudget round close lillevig-2026",
    ),
    "publish": ("Publish the result as provisional; appeals can come.", "borgerbudget round publish lillevig-2026"),
    "finalise": (
        "Make the result final, after appeals and the council's decision: takes two people.",
        "borgerbudget round finalise lillevig-2026 --actor anna --second bo",
    ),
    "archive": ("Put the round away.", "borgerbudget round archive lillevig-2026"),
    "cancel": (
        "Call the round off, with a reason.",
        'borgerbudget round cancel lillevig-2026 --reason "for få forslag"',
    ),
    "annul": (
        "Declare a counted round void, with a reason: takes two people.",
        'borgerbudget round annul lillevig-2026 --second bo --reason "sedler blev væk"',
    ),
}


def _add(verb: str) -> None:
    def move_round(desk: Desk, round: RoundName) -> None:
        _move(desk, round, verb)

    sentence, example = _HELP[verb]
    move_round.__doc__ = f"{sentence}\n\n\b\n{example}\n"
    move_round.__name__ = f"round_{verb}"
    writes(app, verb)(move_round)


for _verb in _HELP:
    _add(_verb)


def _move(desk: Desk, round: str, verb: str) -> None:
    from borgerbudget.office.lifecycle import move
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.rounds.deadlines import say_moment
    from borgerbudget.rounds.remarks import few_ballots, remarks
    from borgerbudget.rounds.transitions import TRANSITIONS
    from borgerbudget.rounds.ways import next_step
    from borgerbudget.rounds.words import STATE_WORDS, VERBS
    from tallies.stored_round import CHECKER

    transition = TRANSITIONS[verb]

    def act(office: Office) -> bool:
        return move(office, round, verb, CHECKER)

    if transition.asks:
        text = FREEZING if verb == "freeze" else NO_WAY_BACK
        known = show_round(desk.office, round)
        warnings = remarks(known) if verb == "freeze" else few_ballots(known) if verb == "publish" else ()
        changed = desk.once_sure(f"round {verb}", act, text, warnings, verb=VERBS[verb], round=round)
    else:
        changed = act(desk.office)
    now = show_round(desk.office, round)
    if changed and desk.office.dry_run:
        desk.done(WOULD_MOVE, round=round, state=STATE_WORDS[transition.target])
        return
    desk.changed(changed, MOVED, round=round, state=STATE_WORDS[transition.target], next=next_step(now))
    if verb == "suspend" and changed and now.closes is not None:
        say(RUNS_ON.say(desk.language, closes=say_moment(now.closes, now.zone), round=round))
    if verb == "freeze" and now.chain[-1].freeze_hash:
        say(FREEZE_HASH.say(desk.language))
        emit(now.chain[-1].freeze_hash)


@writes(app, "resume")
def round_resume(
    desk: Desk,
    round: RoundName,
    closes: Annotated[
        str | None,
        typer.Option("--closes", metavar="MOMENT", help="Move the deadline later: takes a reason and two people."),
    ] = None,
) -> None:
    """Go on after an interruption, and give back the time that was lost.

    \b
    borgerbudget round resume lillevig-2026 --closes "2026-05-11 18:00" --second bo --reason strømsvigt
    """
    from borgerbudget.office.lifecycle import resume
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.rounds.deadlines import read_moment, say_moment
    from borgerbudget.rounds.remarks import too_late
    from borgerbudget.rounds.ways import next_step
    from borgerbudget.rounds.words import STATE_WORDS

    before = show_round(desk.office, round)
    changed = resume(desk.office, round, read_moment(closes, before.zone) if closes else None)
    now = show_round(desk.office, round)
    if changed and desk.office.dry_run:
        desk.done(WOULD_MOVE, round=round, state=STATE_WORDS["open"])
        return
    desk.changed(changed, MOVED, round=round, state=STATE_WORDS["open"], next=next_step(now))
    if now.closes is not None and before.closes is not None and now.closes != before.closes:
        ends = {"before": say_moment(before.closes, now.zone), "after": say_moment(now.closes, now.zone)}
        say(LATER.say(desk.language, **ends))
    report(too_late(now, desk.office.clock()) if changed else (), desk.language)


@writes(app, "seal")
def round_seal(desk: Desk, round: RoundName) -> None:
    """Open the envelopes, destroy the link to the voters and fix the root of the ballots: now they can be counted.

    \b
    borgerbudget round seal lillevig-2026
    """
    from borgerbudget.office.sealing import copies_with_envelopes, seal
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.rounds.remarks import few_ballots
    from borgerbudget.rounds.words import VERBS

    event = desk.once_sure(
        "round seal", lambda office: seal(office, round), NO_WAY_BACK, verb=VERBS["seal"], round=round
    )
    changed = event is not None
    told = {key: event.payload[key] for key in ("accepted", "rejected", "ballots_root")} if event else {}
    desk.changed(changed, SEALED, **told)
    now = show_round(desk.office, round)
    report(few_ballots(now) if changed else (), desk.language)
    copies = copies_with_envelopes(desk.office, now)
    if changed and copies:
        desk.list_files(OLD_COPIES, copies)


@writes(app, "lot")
def round_lot(
    desk: Desk,
    round: RoundName,
    dice: Annotated[
        str | None, typer.Option("--dice", metavar="DIGITS", help="Public dice thrown now, six or more.")
    ] = None,
    order: Annotated[
        Path | None, typer.Option("--order", metavar="FILE", help="A drawn order: an id per line, best first.")
    ] = None,
    witness: Annotated[
        list[str] | None, typer.Option("--witness", metavar="NAME", help="Who saw it; published.")
    ] = None,
) -> None:
    """Record a draw of lots: once, after the box is sealed.  Repeats what it understood before it is kept.

    \b
    borgerbudget round lot lillevig-2026 --dice 4261534 --witness "Anna And"
    """
    from borgerbudget.errors import UsageError, problem
    from borgerbudget.office.lifecycle import draw_lot
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.rounds.words import PROBLEMS
    from tallies.command_line import read_lines
    from tallies.lot import dice_lot, drawn_lot
    from tallies.stored_round import election_of

    if (dice is None) == (order is None):
        raise UsageError(problem(PROBLEMS, "RND-043"))
    found = show_round(desk.office, round)
    election = election_of(found)
    seen_by, ids = ", ".join(witness or ()) or "-", None
    if dice is not None:
        dice_lot(election, dice)  # refuses what is no dice
        understood = [THROWN.say(desk.language, count=len(dice), dice=" ".join(dice), witnesses=seen_by)]
    elif order is not None:
        ids = list(drawn_lot(election, read_lines(order), str(order)).order)
        titles = {entry.id: entry.title for entry in found.proposals}
        understood = [ORDERED.say(desk.language, witnesses=seen_by)]
        understood += [f"{place:>3}. {proposal}  {titles[proposal]}" for place, proposal in enumerate(ids, 1)]
    draw_lot(replace(desk.office, dry_run=True), round, dice, ids, witness or ())
    say("\n".join(understood))
    desk.once_sure(
        "round lot", lambda office: draw_lot(office, round, dice, ids, witness or ()), ONLY_ONCE, round=round
    )
    desk.done(DRAWN, round=round)


@writes(app, "recount")
def round_recount(desk: Desk, round: RoundName) -> None:
    """Count again, as a new version of the result, with a reason; the old version is kept.

    \b
    borgerbudget round recount lillevig-2026 --reason "klage nr. 1"
    """
    from borgerbudget.office.lifecycle import tally
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.rounds.ways import next_step
    from borgerbudget.rounds.words import STATE_WORDS
    from tallies.stored_round import counter

    tally(desk.office, round, counter, again=True)
    if desk.office.dry_run:
        desk.done(WOULD_MOVE, round=round, state=STATE_WORDS["counted"])
        return
    now = show_round(desk.office, round)
    *_, before, last = (event.payload["funded_sha256"] for event in now.chain if event.type in ("counted", "recounted"))
    outcome = SAME if before == last else ANOTHER.fill(round=round)
    desk.done(RECOUNTED, round=round, version=now.results, outcome=outcome, next=next_step(now))
