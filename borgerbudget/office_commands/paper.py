"""``ballot hand-out|batch|batches|key|compare|resolve|drop`` and ``reconcile``: ballots on paper, from the urn to the box."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from borgerbudget.console import emit, say
from borgerbudget.office_commands import ballot_tables
from borgerbudget.office_commands.ballots import app
from borgerbudget.office_commands.desk import Desk, RoundName, reads, writes
from borgerbudget.words import Text

if TYPE_CHECKING:
    from borgerbudget.office.reconciling import Reconciliation
    from borgerbudget.words import Language

Urn = Annotated[str, typer.Option("--urn", metavar="URN", help="One of the round's urns.")]
Number = Annotated[int, typer.Argument(metavar="BATCH", help="The batch's number.")]
HANDED = Text("{count:seddel|sedler} udleveret ved {urn}.", "{count:ballot|ballots} handed out at {urn}.")
WINS = Text(
    '"{voter}" har stemt med kode. Nu gælder kun sedlen på papir: kommer den ikke i urnen, har vælgeren ingen stemme.',
    '"{voter}" has voted with a code. Now only the ballot on paper counts: if it never reaches the urn the voter has no vote.',
)
MADE = Text(
    "Bunke {number} ({urn}): {count:seddel|sedler}. Skriv 1-{sheets} på sedlerne. To personer taster den hver for sig:\n"
    "borgerbudget ballot key {round} {number} --actor NAVN",
    "Batch {number} ({urn}): {count:sheet|sheets}. Write 1-{sheets} on the sheets. Two people key it, each alone:\n"
    "borgerbudget ballot key {round} {number} --actor NAME",
)
BATCH = Text(
    "bunke {number}  {urn}  {count:seddel|sedler}  {status}  {readers}",
    "batch {number}  {urn}  {count:sheet|sheets}  {status}  {readers}",
)
DISPUTED = Text("  uenige om {sheets}", "  differed on {sheets}")
SETTLED = Text("  afgjort efter uenighed om {sheets}", "  settled after they differed on {sheets}")
STATUS = {
    "open": Text("tastes", "being keyed"),
    "adopted": Text("talt med", "adopted"),
    "dropped": Text("taget ud", "dropped"),
}
HOW = Text(
    'Bunke {number}: tast, hvad der står på hver seddel, fx "{example}". ? er et uklart kryds, - en blank seddel,\n'
    "< går én tilbage. Ugyldig efter dit skøn: {seen}. Hver seddel gemmes, når du trykker Enter.",
    'Batch {number}: key what stands on each sheet, e.g. "{example}". ? is an unclear mark, - a blank sheet,\n'
    "< goes one back. Invalid in your judgement: {seen}. Each sheet is kept when you press Enter.",
)
SHEET = Text("Seddel {sheet}", "Sheet {sheet}")
KEYED = Text(
    "{count:seddel|sedler} gemt. Når begge er færdige: borgerbudget ballot compare {round} {number}",
    "{count:sheet|sheets} kept. When both are done: borgerbudget ballot compare {round} {number}",
)
STILL = Text("{count:seddel|sedler} gemt, {left} mangler.", "{count:sheet|sheets} kept, {left} to go.")
ADOPTED = Text(
    "De to er enige om alle sedler: bunke {number} er talt med.",
    "The two agree on every sheet: batch {number} is adopted.",
)
DIFFER = Text(
    "De to er uenige om {count:seddel|sedler}: {sheets}. Begge læsninger af dem er slettet.\n"
    "Begge taster dem igen: borgerbudget ballot key {round} {number}\n"
    "eller en tredje afgør: borgerbudget ballot resolve {round} {number} SEDDEL INDHOLD --actor NAVN --reason GRUND",
    "The two differ on {count:sheet|sheets}: {sheets}. Both readings of them are cleared.\n"
    "Both key them again: borgerbudget ballot key {round} {number}\n"
    "or a third person decides: borgerbudget ballot resolve {round} {number} SHEET CONTENT --actor NAME --reason WHY",
)
RESOLVED = Text(
    "Seddel {sheet} i bunke {number} er afgjort. Næste: borgerbudget ballot compare {round} {number}",
    "Sheet {sheet} of batch {number} is decided. Next: borgerbudget ballot compare {round} {number}",
)
DROPPED = Text("Bunke {number} er taget ud.", "Batch {number} is dropped.")
BALANCE = Text(
    "{urn}: {issued} udleveret til urnen\n"
    "  = {counted} talt + {void} ugyldige + {spoiled} ødelagte + {unused} ubrugte{difference}\n"
    "  {handed_out} vælgere fik en seddel, {in_urn} lå i urnen",
    "{urn}: {issued} issued to the urn\n"
    "  = {counted} counted + {void} void + {spoiled} spoiled + {unused} unused{difference}\n"
    "  {handed_out} voters were given a ballot, {in_urn} lay in the urn",
)
MISSING = Text(" + {count} mangler", " + {count} missing")
EXTRA = Text(" - {count} for mange", " - {count} too many")


@writes(app, "hand-out")
def ballot_hand_out(
    desk: Desk,
    round: RoundName,
    urn: Urn,
    voters: Annotated[
        list[str] | None, typer.Argument(metavar="VOTER...", help="Ids on the roll or attendance list.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="One id per line, besides or instead.")
    ] = None,
) -> None:
    """Tick off voters who are given a ballot on paper; who has voted with a code is told so.

    \b
    borgerbudget ballot hand-out lillevig-2026 v001 v002 --urn hallen
    """
    from borgerbudget.office.hand_outs import hand_out
    from borgerbudget.office.voters import took_part
    from borgerbudget.office_commands.rolls import ids_given

    wanted = ids_given(voters, file)
    count = hand_out(desk.office, round, wanted, urn)
    desk.done(HANDED, count=count, urn=urn)
    for voter in dict.fromkeys(wanted):
        if took_part(desk.office, round, voter):
            desk.of_a_voter(WINS, voter=voter)


@writes(app, "batch")
def ballot_batch(
    desk: Desk,
    round: RoundName,
    urn: Urn,
    sheets: Annotated[int, typer.Option("--sheets", metavar="N", help="How many, counted by hand first; 50 at most.")],
) -> None:
    """Begin a batch of paper ballots from an urn, after closing: count its sheets first.

    \b
    borgerbudget ballot batch lillevig-2026 --urn hallen --sheets 50
    """
    from borgerbudget.office.paper_batches import new_batch

    number = new_batch(desk.office, round, urn, sheets)
    desk.done(MADE, number=number, urn=urn, count=sheets, sheets=sheets, round=round)


@reads(app, "batches")
def ballot_batches(desk: Desk, round: RoundName) -> None:
    """The batches of paper ballots and how far each is; never what stands on a sheet.

    \b
    borgerbudget ballot batches lillevig-2026
    """
    from borgerbudget.office.paper_batches import list_batches, listed

    found = list_batches(desk.office, round)
    lines, rows = [], []
    for one in found:
        disputed = DISPUTED if one.status == "open" else SETTLED
        people = [f"{name or '-'} {keyed}/{one.sheets}" for name, keyed in zip(one.readers, one.keyed, strict=True)]
        lines.append(
            BATCH.say(
                desk.language, number=one.number, urn=one.urn, count=one.sheets,
                status=STATUS[one.status], readers="  ".join(people) if one.status == "open" else "",
            ).rstrip()
            + (disputed.say(desk.language, sheets=listed(list(one.disputed))) if one.disputed else "")
        )  # fmt: skip
        rows.append(
            {"number": one.number, "urn": one.urn, "sheets": one.sheets, "status": one.status,
             "readers": list(one.readers), "keyed": list(one.keyed), "disputed": list(one.disputed)}
        )  # fmt: skip
    desk.show({"schema": "borgerbudget.batches/1", "round": round, "batches": rows}, lines)


@writes(app, "key")
def ballot_key(
    desk: Desk,
    round: RoundName,
    batch: Number,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="A sheet per line, in order, instead of asking.")
    ] = None,
) -> None:
    """Key what stands on each sheet of a batch; the other person's work is never shown.

    \b
    borgerbudget ballot key lillevig-2026 1 --actor anna
    """
    from borgerbudget.office.paper_batches import key_sheets, sheets_to_key
    from borgerbudget.office_commands.rolls import lines_of

    missing = sheets_to_key(desk.office, round, batch)
    if file is None:
        left = _ask_for_sheets(desk, round, batch, missing)
    else:
        lines = lines_of(file)
        left = key_sheets(
            desk.office, round, batch, dict(zip(missing, lines, strict=False)), too_many=lines[len(missing) :]
        )
    kept = len(missing) - len(left)
    if left:
        desk.done(STILL, count=kept, left=len(left))
    else:
        desk.done(KEYED, count=kept, round=round, number=batch)


def _ask_for_sheets(desk: Desk, round: str, batch: int, missing: list[int]) -> list[int]:
    """Asks for one sheet after the other and keeps each at once; what is left when the person stops with an empty line."""
    from borgerbudget.console import report
    from borgerbudget.errors import UsageError, problem
    from borgerbudget.office.paper_batches import forget_sheet, key_sheets
    from borgerbudget.office.paper_sheets import example
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.rounds.paper_words import SEEN
    from borgerbudget.rounds.words import PROBLEMS

    if desk.no_input:
        raise UsageError(problem(PROBLEMS, "RND-009", name="ballot key --file"))
    seen = " ".join(f"!{word.say(desk.language)}" for word in SEEN.values())
    say(HOW.say(desk.language, number=batch, example=example(show_round(desk.office, round)), seen=seen))
    left = list(missing)
    done: list[int] = []
    while left:
        text = typer.prompt(SHEET.say(desk.language, sheet=left[0]), default="", show_default=False, err=True).strip()
        if not text:
            break
        if text == "<":
            if done:
                left.insert(0, done.pop())
                forget_sheet(desk.office, round, batch, left[0])
            continue
        try:
            key_sheets(desk.office, round, batch, {left[0]: text})
        except UsageError as error:
            report(error.problems, desk.language)
            continue
        done.append(left.pop(0))
    return left


@writes(app, "compare")
def ballot_compare(desk: Desk, round: RoundName, batch: Number) -> None:
    """Compare the two readings of a batch, sheet by sheet; where they agree on all the batch is adopted, else exit 6.

    \b
    borgerbudget ballot compare lillevig-2026 1
    """
    from borgerbudget.office.paper_batches import compare, listed

    differing = compare(desk.office, round, batch)
    if not differing:
        desk.done(ADOPTED, number=batch)
        return
    desk.done(DIFFER, count=len(differing), sheets=listed(differing), round=round, number=batch)
    raise typer.Exit(6)


@writes(app, "resolve")
def ballot_resolve(
    desk: Desk,
    round: RoundName,
    batch: Number,
    sheet: Annotated[int, typer.Argument(metavar="SHEET", help="One on which the two differed.")],
    content: Annotated[list[str], typer.Argument(metavar="CONTENT...", help="What stands on it, as it is keyed.")],
) -> None:
    """Decide what stands on a sheet on which two readers differed: a third person, with a reason.

    \b
    borgerbudget ballot resolve lillevig-2026 1 17 3 7 --actor carl --reason "7-tallet er utydeligt, men kan læses"
    """
    from borgerbudget.office.paper_batches import resolve

    resolve(desk.office, round, batch, sheet, " ".join(content))
    desk.done(RESOLVED, sheet=sheet, number=batch, round=round)


@writes(app, "drop")
def ballot_drop(desk: Desk, round: RoundName, batch: Number) -> None:
    """Take an adopted batch out again (it was keyed twice, or is not of this round): two people, with a reason.

    \b
    borgerbudget ballot drop lillevig-2026 2 --second bo --reason "samme bunke som nummer 1"
    """
    from borgerbudget.office.paper_batches import drop

    drop(desk.office, round, batch)
    desk.done(DROPPED, number=batch)


def mount(root: typer.Typer) -> None:
    """The group ``ballot``, and ``reconcile``."""
    ballot_tables.mount(root)

    @writes(root, "reconcile")
    def reconcile(
        desk: Desk,
        round: RoundName,
        urn: Urn,
        issued: Annotated[int, typer.Option("--issued", metavar="N", help="Ballots brought to the urn.")],
        spoiled: Annotated[int, typer.Option("--spoiled", metavar="N", help="Given back spoiled.")] = 0,
        unused: Annotated[int, typer.Option("--unused", metavar="N", help="Left over.")] = 0,
    ) -> None:
        """Balance an urn: issued = counted + void + spoiled + unused; else it takes a reason and a second person.

        \b
        borgerbudget reconcile lillevig-2026 --urn hallen --issued 100 --spoiled 2 --unused 11
        """
        from borgerbudget.office.reconciling import reconcile as balance

        found, changed = balance(desk.office, round, urn, issued, spoiled, unused)
        emit(balance_text(found, desk.language))
        desk.changed(changed, Text("Urnen {urn} er afstemt.", "The urn {urn} is reconciled."), urn=urn)


def balance_text(found: Reconciliation, language: Language) -> str:
    """An urn's sheets as a sum, with why some are void."""
    from borgerbudget.rounds.paper_words import REASONS

    difference = ""
    if found.difference:
        words = MISSING if found.difference > 0 else EXTRA
        difference = words.say(language, count=abs(found.difference))
    lines = BALANCE.say(
        language, urn=found.urn, issued=found.issued, counted=found.counted, void=found.void, spoiled=found.spoiled,
        unused=found.unused, handed_out=found.handed_out, in_urn=found.counted + found.void, difference=difference,
    )  # fmt: skip
    return "\n".join([lines, *(f"    {number} {REASONS[reason].say(language)}" for reason, number in found.reasons)])
