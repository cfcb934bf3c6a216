"""``ballot cast``: one ballot, by code or at a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from borgerbudget.console import emit
from borgerbudget.office_commands.desk import Desk, RoundName, writes
from borgerbudget.words import Text

if TYPE_CHECKING:
    from borgerbudget.office.voting import Cast
    from borgerbudget.store.work import Office

app = typer.Typer(name="ballot", no_args_is_help=True, help="Casting ballots.", rich_markup_mode=None)
ASK_CODE = Text("Kode", "Code")
ASK_VOTER = Text("Vælger på fremmødelisten", "Voter on the attendance list")
BLANK = Text("Intet forslag er valgt: sedlen bliver blank.", "No proposal is chosen: the ballot will be blank.")
CAST = Text("Stemmen er afgivet. Kvittering:", "The ballot is cast. Receipt:")
STANDING = {
    ("cast", "first"): CAST,
    ("cast", "last"): CAST,
    ("cast", "all-void"): CAST,
    ("cast", "paper-wins"): CAST,
    ("second", "first"): Text(
        "Der er allerede en seddel fra denne vælger, og den første gælder. Denne er lagt ved siden af og tælles ikke. "
        "Kvittering:",
        "There is a ballot from this voter already, and the first one counts. This one was laid beside it and does not count. "
        "Receipt:",
    ),
    ("second", "all-void"): Text(
        "Der er allerede en seddel fra denne vælger. Siger de ikke det samme, tælles ingen af dem. Kvittering:",
        "There is a ballot from this voter already. Unless they say the same, none of them counts. Receipt:",
    ),
}
STANDING["second", "paper-wins"] = STANDING["second", "first"]
"""By what became of a ballot and the round's ``double_vote``; never by what it says."""
LATE = Text(
    "Fristen er udløbet: sedlen er noteret som for sen og tælles ikke. Kvittering:",
    "The deadline has passed: the ballot was noted as late and does not count. Receipt:",
)


@app.callback()
def group() -> None:
    """Casting ballots."""


@writes(app, "cast")
def ballot_cast(
    desk: Desk,
    round: RoundName,
    choices: Annotated[
        list[str] | None,
        typer.Argument(metavar="CHOICE...", help="Numbers or ids from the ballot, in order; with points 3:2."),
    ] = None,
    code: Annotated[
        str | None,
        typer.Option(
            "--code", metavar="CODE", help="The voter's code; asked for when neither it nor --voter is given."
        ),
    ] = None,
    voter: Annotated[
        str | None, typer.Option("--voter", metavar="VOTER", help="At a meeting: who on the attendance list.")
    ] = None,
    blank: Annotated[
        bool, typer.Option("--blank", help="Nothing is chosen; without it a blank one is asked about.")
    ] = False,
    kiosk: Annotated[
        bool,
        typer.Option("--kiosk", help="A terminal in the hall: asks one voter after the other, and clears the screen."),
    ] = False,
) -> None:
    """Cast a ballot.  Prints a receipt, which shows that it is in the box and not what it says.

    \b
    borgerbudget ballot cast lillevig-2026 3 7 --code ABCDE-FGHJK-M
    """
    from borgerbudget.errors import UsageError, problem
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.office.voting import cast, castable
    from borgerbudget.rounds.words import PROBLEMS

    if kiosk:
        from borgerbudget.office_commands.kiosk import serve

        return serve(desk, round)
    chosen, settled = choices or (), show_round(desk.office, round)
    if blank and chosen:
        raise UsageError(problem(PROBLEMS, "RND-054", choices=" ".join(chosen)[:80]))
    asks_blank = not blank and not chosen
    if asks_blank and (desk.yes or desk.no_input or desk.office.dry_run):
        raise UsageError(problem(PROBLEMS, "RND-053"))
    ways = set((settled.policy("channels") or "").split("+")) - {"paper"}
    if code is None and voter is None and not desk.no_input and len(ways) == 1:
        (channel,) = ways
        castable(desk.office, settled, chosen, channel)
        if channel == "code":
            code = typer.prompt(ASK_CODE.say(desk.language), err=True)
        else:
            voter = typer.prompt(ASK_VOTER.say(desk.language), err=True)
    if (code is None) == (voter is None):
        raise UsageError(problem(PROBLEMS, "RND-041"))

    def act(office: Office) -> Cast:
        return cast(office, round, chosen, code, voter)

    found = desk.once_sure("ballot cast", act, BLANK) if asks_blank else act(desk.office)
    desk.done(LATE if found.standing == "late" else STANDING[found.standing, settled.policy("double_vote") or "first"])
    if not desk.office.dry_run:
        emit(found.receipt)
    if found.standing in ("second", "late"):
        raise typer.Exit(4)
