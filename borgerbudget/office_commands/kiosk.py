"""``ballot cast --kiosk``: a terminal in the hall.

Each voter keys her code, is told at once when no ballot would count with it, keys her choice, sees it repeated in words and how
far it goes towards the limits, confirms, is given a receipt, and the screen is cleared before the next one comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from borgerbudget.console import passing, report, say
from borgerbudget.office_commands.desk import Desk
from borgerbudget.words import Text

if TYPE_CHECKING:
    from borgerbudget.rounds.round import Round

TRIES = 3
"""Wrong codes after which the screen is cleared: somebody else may be waiting."""
CHOOSING = 10
"""Choices that were not meant or break a limit, after which it is, too."""
CLEAR = "\033[2J\033[3J\033[H"
"""The screen and what was scrolled off it."""
WELCOME = Text("{title}\n{line}\nForslagene:", "{title}\n{line}\nThe proposals:")
WITHDRAWN = Text("{title} (trukket tilbage)", "{title} (withdrawn)")
PROPOSAL = Text("  {number:>3}  {title}  ({cost})", "  {number:>3}  {title}  ({cost})")
ASK_CODE = Text("Din kode", "Your code")
ASK_CHOICE = Text("Numrene på dine forslag (fx {example}); tomt er en blank stemme",
                  "The numbers of your proposals (e.g. {example}); nothing is a blank vote")  # fmt: skip
YOURS = Text("Du har valgt:", "You have chosen:")
BLANK = Text("  ingen: en blank stemme", "  none: a blank vote")
WITH_POINTS = Text("  {points} til {title}", "  {points} to {title}")
RANKED = Text("  {place}. {title}", "  {place}. {title}")
PLAIN = Text("  {title}", "  {title}")
RIGHT = Text("Er det rigtigt? Skriv ja eller nej", "Is that right? Write yes or no")
THANKS = Text(
    "Tak. Din kvittering, som viser, at din seddel er i kassen, og ikke hvad der står på den:\n\n  {receipt}\n",
    "Thank you. Your receipt, which shows that your ballot is in the box and not what it says:\n\n  {receipt}\n",
)
NOT_COUNTED = {
    "second": Text(
        "Der er stemt i forvejen med denne kode eller på papir, så der kan ikke stemmes igen her. Spørg ved bordet.",
        "There is a vote already, with this code or on paper, so that you cannot vote again here. Ask at the desk.",
    ),
    "late": Text(
        "Fristen er udløbet, så en seddel tælles ikke mere. Spørg ved bordet.",
        "The deadline has passed, so that a ballot no longer counts. Ask at the desk.",
    ),
}
KEPT = Text("Sedlen er gemt og afgøres efter rundens regel.", "The ballot is kept and settled by the round's rule.")
NEXT = Text("Tryk Enter. Skærmen bliver ryddet.", "Press Enter. The screen will be cleared.")
YES = ("ja", "j", "yes", "y")
NO = ("nej", "n", "no")


def serve(desk: Desk, name: str) -> None:
    """One voter after the other, until the terminal is closed (Ctrl-C).  StateForbids where nobody votes with a code now."""
    from borgerbudget.errors import UsageError, problem
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.office.voting import castable
    from borgerbudget.rounds.words import PROBLEMS

    if desk.no_input:
        raise UsageError(problem(PROBLEMS, "RND-009", name="ballot cast --kiosk"))
    while True:
        round = show_round(desk.office, name)
        castable(desk.office, round, (), "code")
        try:
            _one_voter(desk, round)
        finally:
            passing(CLEAR)


def _one_voter(desk: Desk, round: Round) -> None:
    from borgerbudget.errors import StateForbids, UsageError
    from borgerbudget.office.voting import cast, standing_with

    _welcome(desk, round)
    for _ in range(TRIES):
        code = _ask(desk, ASK_CODE)
        try:
            standing = standing_with(desk.office, round.id, code)
        except (UsageError, StateForbids) as error:
            report(error.problems, desk.language)
            continue
        if standing != "cast":
            say(NOT_COUNTED[standing].say(desk.language))
            break
        choices = _choose(desk, round)
        if choices is None:
            break
        try:
            found = cast(desk.office, round.id, choices, code)
        except UsageError as error:  # the code was voided while she chose
            report(error.problems, desk.language)
            break
        desk.done(THANKS, receipt=found.receipt)
        if found.standing != "cast":  # what changed while she chose
            say(f"{NOT_COUNTED[found.standing].say(desk.language)} {KEPT.say(desk.language)}")
        break
    _ask(desk, NEXT)


def _choose(desk: Desk, round: Round) -> list[str] | None:
    """What she confirmed; None when she never did."""
    from borgerbudget.errors import UsageError
    from borgerbudget.office.paper_sheets import example
    from borgerbudget.office.voting import ballot_line, read_choices
    from borgerbudget.rounds.limits import said, used

    for _ in range(CHOOSING):
        say("".join(f"\n{text.say(desk.language)}" for text in said(round)))
        choices = _ask(desk, ASK_CHOICE, example=example(round)).replace(",", " ").split()
        try:
            ids, points = read_choices(round, choices)
            _repeat(desk, round, choices)
            for text in used(round, ids, points):
                say(f"  {text.say(desk.language)}")
            ballot_line(round, choices)
        except UsageError as error:
            report(error.problems, desk.language)
            continue
        answer = ""
        while answer not in (*YES, *NO):  # anything else is a slip of the finger
            answer = _ask(desk, RIGHT).casefold()
        if answer in YES:
            return choices
    return None


def _welcome(desk: Desk, round: Round) -> None:
    from borgerbudget.money import format_amount

    say(WELCOME.say(desk.language, title=round.title, line="=" * len(round.title)))
    for entry in sorted(round.listed, key=lambda p: p.ballot_number or 0):
        cost = format_amount(entry.cost, round.currency, desk.language)
        title = WITHDRAWN.fill(title=entry.title) if entry.id in round.withdrawn else entry.title
        say(PROPOSAL.say(desk.language, number=entry.ballot_number or 0, title=title, cost=cost))


def _repeat(desk: Desk, round: Round, choices: Sequence[str]) -> None:
    """The choice in words, so that a wrong number is seen."""
    titles = {p.id: f"{p.ballot_number} {p.title}" for p in round.listed}
    titles |= {str(p.ballot_number): f"{p.ballot_number} {p.title}" for p in round.listed}  # as the ballot is read
    say("\n" + YOURS.say(desk.language))
    if not choices:
        say(BLANK.say(desk.language))
    for place, choice in enumerate(choices, 1):
        number, _, points = choice.partition(":")
        text = WITH_POINTS if points else RANKED if round.policy("ballot") == "ranked" else PLAIN
        say(text.say(desk.language, title=titles[number], points=points, place=place))


def _ask(desk: Desk, text: Text, **values: object) -> str:
    found: str = typer.prompt(text.say(desk.language, **values), default="", show_default=False, err=True)
    return found.strip()
