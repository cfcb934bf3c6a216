"""``ballot cast``: one ballot, by code or at a meeting."""

from __future__ import annotations

from typing import Annotated

import typer

from borgerbudget.console import emit
from borgerbudget.office_commands.desk import Desk, RoundName, writes
from borgerbudget.words import Text

app = typer.Typer(name="ballot", no_args_is_help=True, help="Casting ballots.", rich_markup_mode=None)
ASK_CODE = Text("Kode", "Code")
STANDING = {
    "cast": Text("Stemmen er afgivet. Kvittering:", "The ballot is cast. Receipt:"),
    "again": Text("Den samme seddel var afgivet i forvejen. Kvittering:", "The same ballot was cast before. Receipt:"),
    "second": Text(
        "Der var stemt i forvejen: denne seddel er noteret som nummer to og afgøres efter rundens regel. Kvittering:",
        "There was a ballot before: this one was noted as a second one and is settled by the round's rule. Receipt:",
    ),
    "late": Text(
        "Fristen er udløbet: sedlen er noteret som for sen og tælles ikke. Kvittering:",
        "The deadline has passed: the ballot was noted as late and does not count. Receipt:",
    ),
}


def mount(root: typer.Typer) -> None:
    root.add_typer(app)


@app.callback()
def group() -> None:
    """Casting ballots."""


@writes(app, "cast")
def ballot_cast(
    desk: Desk,
    round: RoundName,
    choices: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CHOICE...", help="Numbers or ids from the ballot, in order; with points 3:2; none is blank."
        ),
    ] = None,
    code: Annotated[
        str | None,
        typer.Option("--code", metavar="CODE", help="The voter's code; without it and --voter it is asked for."),
    ] = None,
    voter: Annotated[
        str | None, typer.Option("--voter", metavar="VOTER", help="At a meeting: who on the attendance list.")
    ] = None,
) -> None:
    """Cast a ballot.  Prints a receipt, which shows that it is in the box and not what it says.

    \b
    borgerbudget ballot cast lillevig-2026 3 7 --code ABCDE-FGHJK-M
    """
    from borgerbudget.errors import UsageError, problem
    from borgerbudget.office.voting import cast
    from borgerbudget.rounds.words import PROBLEMS

    if code is None and voter is None:
        if desk.no_input:
            raise UsageError(problem(PROBLEMS, "RND-041"))
        code = typer.prompt(ASK_CODE.say(desk.language), err=True)
    if code is not None and voter is not None:
        raise UsageError(problem(PROBLEMS, "RND-041"))
    found = cast(desk.office, round, choices or (), code, voter)
    desk.done(STANDING[found.standing])
    if not desk.office.dry_run:
        emit(found.receipt)
    if found.standing in ("second", "late"):
        raise typer.Exit(4)
