"""``hand-count enter|compare|resolve|drop|show``: ballots that are counted by hand, of which only the figures are entered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from borgerbudget.office_commands.desk import Desk, RoundName, reads, writes
from borgerbudget.words import Text

if TYPE_CHECKING:
    from borgerbudget.rounds.round import Round

app = typer.Typer(
    name="hand-count", no_args_is_help=True, help="Ballots on paper that are counted by hand.", rich_markup_mode=None
)
Urn = Annotated[str, typer.Option("--urn", metavar="URN", help="One of the round's urns.")]
Figure = Annotated[int, typer.Argument(metavar="FIGURE", help="Its number: see hand-count show.")]
HOW = Text(
    "Urnen {urn}: tast tallene fra optællingssedlen, og tryk Enter efter hvert. < går én tilbage.\n"
    "Intet gemmes, før alle er tastet.",
    "The urn {urn}: enter the figures of its tally sheet, each with Enter. < goes one back.\n"
    "Nothing is kept before all are there.",
)
KEPT = Text(
    "Dine tal for {urn} er gemt. Når den anden også har tastet: borgerbudget hand-count compare {round} --urn {urn}",
    "Your figures for {urn} are kept. When the other has entered too: borgerbudget hand-count compare {round} --urn {urn}",
)
COUNTED = Text("De to er enige: urnen {urn} er talt.", "The two agree: the urn {urn} is counted.")
DIFFER = Text(
    "De to er uenige om {count:tal|tal}, som er slettet hos begge:\n{figures}\n"
    "Se på optællingssedlen, og tast dem igen begge to: borgerbudget hand-count enter {round} --urn {urn} --actor NAVN\n"
    "eller en tredje afgør hvert af dem:\n"
    "borgerbudget hand-count resolve {round} TAL ANTAL --urn {urn} --actor NAVN --reason GRUND",
    "The two differ on {count:figure|figures}, now cleared for both:\n{figures}\n"
    "Look at the tally sheet, and both enter them again: borgerbudget hand-count enter {round} --urn {urn} --actor NAME\n"
    "or a third person decides each:\n"
    "borgerbudget hand-count resolve {round} FIGURE NUMBER --urn {urn} --actor NAME --reason WHY",
)
FIGURE = Text("  {place}: {what}", "  {place}: {what}")
RESOLVED = Text(
    "Afgjort: {what}. Næste: borgerbudget hand-count compare {round} --urn {urn}",
    "Decided: {what}. Next: borgerbudget hand-count compare {round} --urn {urn}",
)
DROPPED = Text(
    "Tallene for {urn} er taget ud. De tastes forfra af to:\n"
    "borgerbudget hand-count enter {round} --urn {urn} --actor NAVN",
    "The figures for {urn} are taken out. Two people enter them anew:\n"
    "borgerbudget hand-count enter {round} --urn {urn} --actor NAME",
)
NOT_BEGUN = Text("{urn}: ikke begyndt", "{urn}: not begun")
UNDER_WAY = Text("{urn}: {people}", "{urn}: {people}")
ENTERED = Text("{name} har tastet", "{name} has entered")
MISSING = Text("{name} mangler", "{name} is missing")
OTHER = Text("den anden", "the other")
DONE = Text(
    "{urn}: talt, {ballots:gyldig seddel|gyldige sedler}, {void:ugyldig|ugyldige}",
    "{urn}: counted, {ballots:valid ballot|valid ballots}, {void} void",
)
DISPUTED = Text("; uenige om tal {places}", "; differed on figure {places}")
SETTLED = Text("; afgjort efter uenighed om tal {places}", "; settled after they differed on figure {places}")
FIGURES = Text("Tallene på optællingssedlen:", "The figures of the tally sheet:")


@writes(app, "enter")
def hand_count_enter(
    desk: Desk,
    round: RoundName,
    urn: Urn,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="A figure per line, in order, instead of asking.")
    ] = None,
) -> None:
    """Enter the figures of an urn that was counted by hand; the other person's figures are never shown.

    \b
    borgerbudget hand-count enter lillevig-2026 --urn hallen --actor anna
    """
    from borgerbudget.office.hand_counts import enter, to_enter
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.office_commands.rolls import lines_of

    missing = to_enter(desk.office, round, urn)
    entered = lines_of(file) if file is not None else _ask(desk, show_round(desk.office, round), urn, missing)
    enter(desk.office, round, urn, entered)
    desk.done(KEPT, urn=urn, round=round)


def _ask(desk: Desk, round: Round, urn: str, missing: list[int]) -> list[str]:
    """What the person at the terminal answers, as far as it is numbers; with ``--no-input`` nothing, which is then refused."""
    from borgerbudget.console import report, say
    from borgerbudget.errors import UsageError
    from borgerbudget.office.hand_counts import figures, read_figures

    known = figures(round)
    entered: list[str] = []
    if desk.no_input:
        return entered
    say(HOW.say(desk.language, urn=urn))
    while len(entered) < len(missing):
        place = missing[len(entered)]
        what = known[place - 1].say(desk.language)
        text = typer.prompt(what[:1].upper() + what[1:], default="", show_default=False, err=True).strip()
        if not text:
            break
        if text == "<":
            entered = entered[:-1]
            continue
        try:
            read_figures(round, {place: text})
        except UsageError as error:
            report(error.problems, desk.language)
            continue
        entered.append(text)
    return entered


@writes(app, "compare")
def hand_count_compare(desk: Desk, round: RoundName, urn: Urn) -> None:
    """Compare what two people have entered; where they agree on all figures the urn is counted, else exit 6.

    \b
    borgerbudget hand-count compare lillevig-2026 --urn hallen
    """
    from borgerbudget.office.hand_counts import compare, figures
    from borgerbudget.office.setting_up import show_round

    differing = compare(desk.office, round, urn)
    if not differing:
        desk.done(COUNTED, urn=urn)
        return
    known = figures(show_round(desk.office, round))
    lines = "\n".join(FIGURE.say(desk.language, place=place, what=known[place - 1]) for place in differing)
    desk.done(DIFFER, count=len(differing), figures=lines, round=round, urn=urn)
    raise typer.Exit(6)


@writes(app, "resolve")
def hand_count_resolve(
    desk: Desk,
    round: RoundName,
    figure: Figure,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="What the tally sheet says.")],
    urn: Urn,
) -> None:
    """Decide a figure on which two people differed: a third person, with a reason.

    \b
    borgerbudget hand-count resolve lillevig-2026 4 17 --urn hallen --actor carl --reason "7-tallet er utydeligt"
    """
    from borgerbudget.office.hand_counts import figures, resolve
    from borgerbudget.office.setting_up import show_round

    resolve(desk.office, round, urn, figure, number)
    desk.done(RESOLVED, what=figures(show_round(desk.office, round))[figure - 1], round=round, urn=urn)


@writes(app, "drop")
def hand_count_drop(desk: Desk, round: RoundName, urn: Urn) -> None:
    """Take the figures of a counted urn out again, to count it anew: two people, with a reason.

    \b
    borgerbudget hand-count drop lillevig-2026 --urn hallen --second bo --reason "en bunke lå endnu i kassen"
    """
    from borgerbudget.office.hand_counts import drop

    drop(desk.office, round, urn)
    desk.done(DROPPED, urn=urn, round=round)


@reads(app, "show")
def hand_count_show(desk: Desk, round: RoundName) -> None:
    """The urns and how far each is, and the figures of a tally sheet; never the votes.

    \b
    borgerbudget hand-count show lillevig-2026
    """
    from borgerbudget.office.hand_counts import UrnCount, figures, list_counts
    from borgerbudget.office.setting_up import show_round

    def line(one: UrnCount) -> str:
        places = ", ".join(map(str, one.disputed))
        text = SETTLED if one.counted else DISPUTED
        disputed = text.say(desk.language, places=places) if one.disputed else ""
        if one.counted:
            return DONE.say(desk.language, urn=one.urn, ballots=one.ballots, void=one.void) + disputed
        if one.readers == (None, None):
            return NOT_BEGUN.say(desk.language, urn=one.urn)
        people = ", ".join(
            (ENTERED if done else MISSING).say(desk.language, name=name or OTHER)
            for name, done in zip(one.readers, one.entered, strict=True)
        )
        return UNDER_WAY.say(desk.language, urn=one.urn, people=people) + disputed

    found = list_counts(desk.office, round)
    known = figures(show_round(desk.office, round))
    lines = [line(one) for one in found]
    if found:
        lines.append(FIGURES.say(desk.language))
        lines += [FIGURE.say(desk.language, place=place, what=what) for place, what in enumerate(known, 1)]
    rows = [
        {"urn": one.urn, "readers": list(one.readers), "entered": list(one.entered), "disputed": list(one.disputed),
         "counted": one.counted, "ballots": one.ballots, "void": one.void}
        for one in found
    ]  # fmt: skip
    desk.show({"schema": "borgerbudget.hand-counts/1", "round": round, "urns": rows}, lines)


def mount(root: typer.Typer) -> None:
    """The group ``hand-count``."""
    root.add_typer(app)
