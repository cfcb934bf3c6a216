"""What the commands of the tally are asked on the command line, and how it becomes an election and a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from borgerbudget.console import reading_progress, report, say
from borgerbudget.errors import InputRejected, Place, UsageError, problem
from borgerbudget.frozen import frozen
from borgerbudget.words import Language, Text

if TYPE_CHECKING:
    from borgerbudget.election import Election
    from borgerbudget.files import Reading
    from tallies.outcome import Outcome
    from tallies.plan import Plan

LOT = Text(
    "Lodtrækningen er regnet af terningerne {dice}, rundens navn {round} og sedlerne{file}. Sammenlign med det, der var "
    "bekendtgjort, før terningerne blev kastet: hvor mange terninger, navnet og SHA-256. Passer det ikke, gælder den ikke.",
    "The lot is computed from the dice {dice}, the round's name {round} and the ballots{file}. Compare with what was announced "
    "before the dice were thrown: how many dice, the name and the SHA-256. If it differs, the lot is void.",
)
LOT_FILE = Text(" i filen med SHA-256 {sha256}", " in the file with SHA-256 {sha256}")
NAMELESS = Text(" i filen med den SHA-256", " in the file with that SHA-256")  # a round without a name is called so
File = Annotated[str, typer.Argument(metavar="FILE", help="A .pb file, an exported profile, a CSV folder, or - .")]
OnePlan = Annotated[
    list[str] | None,
    typer.Option(
        "--plan",
        metavar="NAME|FILE.toml",
        help="The plan, greedy unless given; see `borgerbudget plans`. `declared`: the file's own.",
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="A setting of the plan; `borgerbudget plans NAME` lists them."),
]
Ties = Annotated[
    str | None,
    typer.Option("--ties", metavar="LIST", help="How ties are broken, e.g. cheapest,most-votes,lot (or ...,refuse)."),
]
LotOrder = Annotated[
    Path | None, typer.Option("--lot-order", metavar="FILE", help="A drawn order: one id per line, best first.")
]
LotDice = Annotated[
    str | None, typer.Option("--lot-dice", metavar="DIGITS", help="Public dice, thrown after the ballots were closed.")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
Lang = Annotated[Literal["da", "en"] | None, typer.Option("--lang", help="Language of the words.")]


@frozen
class Asked:
    """A plan as it was asked for: name, settings, tie policy."""

    name: str
    settings: dict[str, object]
    ties: tuple[str, ...]


def read(file: str, language: Language) -> Reading:
    """The round, after its warnings have been told."""
    from borgerbudget.files import read_round

    reading = read_round(Path(file), reading_progress(language))
    report(reading.warnings, language)
    return reading


def known(election: Election, proposal: str, file: str) -> None:
    """UsageError for a proposal that is not in the round."""
    from tallies.words import PROBLEMS

    if proposal not in election.index:
        known = ", ".join(election.ids[:20]) + (" ..." if len(election.ids) > 20 else "")
        raise UsageError(problem(PROBLEMS, "EXP-001", Place(file), proposal=proposal, known=known))


def tell_unfit(election: Election, language: Language) -> None:
    """Before a lot is drawn: which ids have no place in an audit bundle.  With other ids the same dice give another order."""
    from dataclasses import replace

    from tallies.audit.bundle import unfit

    report((replace(found, severity="warning") for found in unfit(election)), language)


def one_plan(names: list[str] | None, default: str) -> str:
    """UsageError for several: the last one would win without a word."""
    from tallies.words import PROBLEMS

    if names is not None and len(names) > 1:
        raise UsageError(problem(PROBLEMS, "USE-001", names=", ".join(names)))
    return names[0] if names else default


def asked_plan(
    election: Election,
    name: str,
    settings: list[str] | None,
    ties: str | None,
    lot_order: Path | None,
    lot_dice: str | None,
) -> Plan:
    """The plan with its draw of lots."""
    from tallies.lot import dice_lot, drawn_lot, refuse_few
    from tallies.plan import CRITERIA, DEFAULT_TIES
    from tallies.planning import make_plan
    from tallies.words import PROBLEMS

    drawn = lot_order is not None or lot_dice is not None
    asked = asked_for(name, settings, ties)
    policy = asked.ties
    if drawn and ties is None and policy == DEFAULT_TIES:
        policy = (*CRITERIA, "lot")  # a draw is made to be used
    if lot_order is not None and lot_dice is not None:
        raise UsageError(problem(PROBLEMS, "LOT-006"))
    if drawn and policy[-1:] == ("refuse",):
        raise UsageError(problem(PROBLEMS, "LOT-005"))
    plan = make_plan(asked.name, election, asked.settings, policy)
    if not drawn:
        return plan
    from dataclasses import replace

    if lot_order:
        lot = drawn_lot(election, read_lines(lot_order), str(lot_order))
    else:
        lot = dice_lot(election, lot_dice or "")
        refuse_few(lot_dice or "")
    return replace(plan, lot=lot)


def tell_dice(dice: str, name: str, sha256: str | None, outcome: Outcome, language: Language) -> None:
    """What must have been announced before the throw, and whether these were too few dice, or none."""
    from math import factorial, prod

    from borgerbudget.dice import FEWEST_DICE, SIDES
    from tallies.words import PROBLEMS

    file_hash = "" if sha256 is None else NAMELESS if name == sha256 else LOT_FILE.fill(sha256=sha256)
    say(LOT.say(language, dice=dice, round=name, file=file_hash))
    groups: list[set[str]] = []  # whom the lot decided between; ties that share a proposal are one group
    for tied in (set(tie.tied) for tie in outcome.ties if tie.decided_by == "lot"):
        groups = [tied.union(*(group for group in groups if group & tied)), *(one for one in groups if not one & tied)]
    orders = prod(factorial(len(group)) for group in groups)
    least, outcomes = FEWEST_DICE, len(SIDES) ** len(dice)
    while len(SIDES) ** least < orders:
        least += 1
    warned = []
    if len(dice) < least:
        warned.append(problem(PROBLEMS, "LOT-009", severity="warning", count=len(dice), outcomes=outcomes, least=least))
    if not set(dice) <= set(SIDES):
        warned.append(problem(PROBLEMS, "LOT-010", severity="warning", dice=dice))
    if warned:
        report(warned, language)


def asked_for(name: str, settings: list[str] | None, ties: str | None) -> Asked:
    """What stands on the command line goes before what stands in a plan file."""
    from tallies.plan import DEFAULT_TIES
    from tallies.settings import parse_settings

    given = parse_settings(settings or [])
    policy: tuple[str, ...] = DEFAULT_TIES
    if name.endswith(".toml"):
        from tallies.plan_file import read_plan_file

        written = read_plan_file(Path(name))
        name, given = written.plan, written.settings() | given
        policy = tuple(written.ties) if written.ties is not None else policy
    if ties is not None:
        policy = tuple(part.strip() for part in ties.split(","))
    return Asked(name, given, policy)


def read_lines(path: Path) -> list[str]:
    from borgerbudget.files.disk import read_bytes
    from tallies.words import PROBLEMS

    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputRejected(problem(PROBLEMS, "LOT-007", Place(str(path)))) from None
    return [line.strip() for line in text.splitlines() if line.strip()]
