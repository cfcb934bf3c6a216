"""``roll`` and ``codes``: who may vote, and with what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from borgerbudget.office_commands.desk import Desk, RoundName, reads, writes
from borgerbudget.words import Text

roll = typer.Typer(name="roll", no_args_is_help=True, help="Who may vote.", rich_markup_mode=None)
codes = typer.Typer(name="codes", no_args_is_help=True, help="What they vote with.", rich_markup_mode=None)
Voter = Annotated[str, typer.Argument(metavar="VOTER", help="An id on the roll.")]
Out = Annotated[
    Path, typer.Option("--out", metavar="FILE.csv", help="A new file for printing: the codes are shown here only.")
]

ADDED = Text("{count:vælger er|vælgere er} føjet til listen.", "{count:voter was|voters were} added to the roll.")
FROZEN = Text("Vælgerlisten er færdig: herefter ændres den kun med en begrundelse.",
              "The roll is complete: from now on it changes only with a reason.")  # fmt: skip
STRUCK = Text('"{voter}" er slettet fra listen.', '"{voter}" was struck from the roll.')
ISSUED = Text(
    "{count:kode|koder} skrevet til {path}. En kode kan ikke vises igen: print filen, og slet den.",
    "{count:code|codes} written to {path}. A code cannot be shown again: print the file and delete it.",
)
VOTED_BEFORE = Text(
    '"{voter}" havde stemt med den gamle kode: den seddel tælles ikke. Vælgeren skal stemme igen med den nye.',
    '"{voter}" had voted with the old code: that ballot does not count. The voter must vote again with the new one.',
)
VOTE_LOST = Text('"{voter}" havde stemt: den seddel tælles ikke.', '"{voter}" had voted: that ballot does not count.')
ON_PAPER = Text(
    '"{voter}" har fået en stemmeseddel på papir. Ligger den i urnen, kan den ikke findes igen, og den tælles med.',
    '"{voter}" was given a ballot on paper. If it lies in the urn it cannot be found again, and it counts.',
)
VOIDED = Text('Koden til "{voter}" er spærret.', 'The code of "{voter}" is void.')


def mount(root: typer.Typer) -> None:
    root.add_typer(roll)
    root.add_typer(codes)


def lines_of(file: Path) -> list[str]:
    """Those that are not empty."""
    return [line.strip() for line in text_of(file).splitlines() if line.strip()]


def text_of(file: Path) -> str:
    """A text in UTF-8, or in Windows-1252 as Excel writes it; InputRejected for what is no such text."""
    from borgerbudget.errors import InputRejected, Place, problem
    from borgerbudget.files.disk import read_bytes
    from borgerbudget.rounds.words import PROBLEMS
    from borgerbudget.sheets.encodings import decode
    from borgerbudget.sheets.opening import new_findings

    findings = new_findings()
    text = decode(read_bytes(file), file.name, None, findings)
    if text is None:
        reason = findings.problems[0].sentence
        raise InputRejected(problem(PROBLEMS, "RND-027", Place(file.name), reason=reason))
    return text


def ids_given(voters: list[str] | None, file: Path | None) -> list[str]:
    """Of voters, from the command line and from a file; UsageError when there is none."""
    from borgerbudget.errors import UsageError, problem
    from borgerbudget.rounds.words import PROBLEMS

    ids = [*(voters or ()), *(lines_of(file) if file is not None else ())]
    if not ids:
        raise UsageError(problem(PROBLEMS, "RND-018"))
    return ids


@writes(roll, "add")
def roll_add(
    desk: Desk,
    round: RoundName,
    voters: Annotated[list[str] | None, typer.Argument(metavar="VOTER...", help="Ids.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="One id per line, besides or instead.")
    ] = None,
    area: Annotated[
        str | None, typer.Option("--area", metavar="AREA", help="The part of the area they belong to.")
    ] = None,
) -> None:
    """Put voters on the roll; at a meeting whoever comes in.

    \b
    borgerbudget roll add lillevig-2026 v001 v002 v003
    """
    from borgerbudget.office.voters import add_voters

    added = add_voters(desk.office, round, ids_given(voters, file), area)
    desk.changed(added, ADDED, count=added)


@writes(roll, "freeze")
def roll_freeze(desk: Desk, round: RoundName) -> None:
    """Say that the roll is complete: from now on it changes only with a reason, also before the round is frozen.

    \b
    borgerbudget roll freeze lillevig-2026
    """
    from borgerbudget.office.voters import freeze_roll

    desk.changed(freeze_roll(desk.office, round), FROZEN)


@writes(roll, "strike")
def roll_strike(desk: Desk, round: RoundName, voter: Voter) -> None:
    """Take somebody off the roll; a ballot of hers in an envelope is not counted, one on paper cannot be found again.

    \b
    borgerbudget roll strike lillevig-2026 v001 --reason fraflyttet
    """
    from borgerbudget.office.hand_outs import was_given_one
    from borgerbudget.office.voters import strike_voter, took_part

    changed = strike_voter(desk.office, round, voter)
    desk.changed(changed, STRUCK, voter=voter)
    if changed and was_given_one(desk.office, round, voter):
        desk.of_a_voter(ON_PAPER, voter=voter)
    elif changed and took_part(desk.office, round, voter):
        desk.of_a_voter(VOTE_LOST, voter=voter)


@reads(roll, "show")
def roll_show(desk: Desk, round: RoundName) -> None:
    """The roll: ids and whether they are on it or struck; never who voted.

    \b
    borgerbudget roll show lillevig-2026
    """
    from borgerbudget.rounds.value_words import ROLL_STATUS
    from borgerbudget.store.database import reading
    from borgerbudget.store.reading import read_roll, read_round

    with reading(desk.office.engine) as connection:
        read_round(connection, round)
        found = read_roll(connection, round)
    rows: list[object] = [{"id": voter.id, "area": voter.area, "status": voter.status} for voter in found]
    desk.show(
        {"schema": "borgerbudget.roll/1", "round": round, "roll": rows},
        [f"{voter.id}  {ROLL_STATUS[voter.status].say(desk.language)}" for voter in found],
    )


@contextmanager
def no_dead_codes(out: Path) -> Iterator[None]:
    """Codes that were not kept after all must not be printed."""
    try:
        yield
    except BaseException:
        out.unlink(missing_ok=True)
        raise


@writes(codes, "issue")
def codes_issue(
    desk: Desk,
    round: RoundName,
    out: Out,
    voters: Annotated[list[str] | None, typer.Argument(metavar="VOTER...", help="Only these.")] = None,
) -> None:
    """A code for everybody on the roll who has none.

    \b
    borgerbudget codes issue lillevig-2026 --out koder.csv
    """
    from borgerbudget.files.disk import refuse_existing
    from borgerbudget.office.voters import hand_out_to, issue_codes

    refuse_existing(out, None)
    with no_dead_codes(out):
        issued = issue_codes(desk.office, round, hand_out_to(out), voters or None, out)
    desk.changed(issued, ISSUED, count=issued, path=out)


@writes(codes, "reissue")
def codes_reissue(desk: Desk, round: RoundName, voter: Voter, out: Out) -> None:
    """Void a voter's code and issue another, with a reason.

    \b
    borgerbudget codes reissue lillevig-2026 v001 --out ny-kode.csv --reason "brevet gik tabt"
    """
    from borgerbudget.files.disk import refuse_existing
    from borgerbudget.office.voters import hand_out_to, reissue_code, took_part

    refuse_existing(out, None)
    voted = took_part(desk.office, round, voter, by_code=True)
    with no_dead_codes(out):
        reissue_code(desk.office, round, voter, hand_out_to(out), out)
    desk.done(ISSUED, count=1, path=out)
    if voted:
        desk.of_a_voter(VOTED_BEFORE, voter=voter)


@writes(codes, "void")
def codes_void(desk: Desk, round: RoundName, voter: Voter) -> None:
    """Void a voter's code, with a reason; a ballot cast with it is not counted.

    \b
    borgerbudget codes void lillevig-2026 v001 --reason stjålet
    """
    from borgerbudget.office.voters import took_part, void_code

    voted = took_part(desk.office, round, voter, by_code=True)
    changed = void_code(desk.office, round, voter)
    desk.changed(changed, VOIDED, voter=voter)
    if changed and voted:
        desk.of_a_voter(VOTE_LOST, voter=voter)
