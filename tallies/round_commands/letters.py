"""``codes letters``: codes that stand in letters only, and with it the groups ``proposal``, ``roll`` and ``codes``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from borgerbudget.office_commands import tables
from borgerbudget.office_commands.desk import Desk, RoundName, writes
from borgerbudget.office_commands.rolls import codes
from borgerbudget.words import Text
from tallies.round_commands.prints import Printed, demand_ending, demand_printable, printed, told

if TYPE_CHECKING:
    from borgerbudget.store.work import Office

LETTERS = Text(
    "{count:brev|breve} skrevet til {path}. En kode kan ikke vises igen: print filen, og slet den.",
    "{count:letter|letters} written to {path}. A code cannot be shown again: print the file and delete it.",
)


def mount(root: typer.Typer) -> None:
    tables.mount(root)


@writes(codes, "letters")
def codes_letters(
    desk: Desk,
    round: RoundName,
    out: Printed,
    voters: Annotated[list[str] | None, typer.Argument(metavar="VOTER...", help="Only these.")] = None,
    names: Annotated[
        Path | None,
        typer.Option(
            "--names", metavar="FILE.csv", help="id;name;street;town: stands on the letters and is kept nowhere."
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Another code instead of a lost one, which is void; with a reason.")
    ] = False,
) -> None:
    """Make codes for those who have none, and the letters in which alone they stand.

    \b
    borgerbudget codes letters lillevig-2026 --names adresser.csv --out breve.pdf
    """
    from borgerbudget.errors import UsageError
    from borgerbudget.files.disk import refuse_existing, write_bytes
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.office.voters import issue_codes, reissue_code, took_part
    from borgerbudget.office_commands.rolls import VOTED_BEFORE, no_dead_codes
    from tallies.prints.voting import letters

    refuse_existing(out, None)
    demand_ending(out)
    if again and len(voters or ()) != 1:
        raise UsageError(told("PRT-008", round=round))
    found = show_round(desk.office, round)
    demand_printable(found)
    addresses = None if names is None else _read_names(names, desk.office, round)
    lost = again and took_part(desk.office, round, (voters or [""])[0], by_code=True)

    def hand_out(pairs: Sequence[tuple[str, str]]) -> None:
        if addresses is not None:
            missing = [voter for voter, _ in pairs if voter not in addresses]
            if missing:
                raise UsageError(told("PRT-005", count=len(missing), voters=", ".join(missing[:10])))
        document = letters(found, pairs, addresses, desk.language)
        write_bytes(out, printed(document, out, desk.language), private=True)

    with no_dead_codes(out):
        if again:
            reissue_code(desk.office, round, (voters or [""])[0], hand_out, out)
            issued = 1
        else:
            issued = issue_codes(desk.office, round, hand_out, voters or None, out)
    if not issued:
        raise UsageError(told("PRT-007", round=round))
    desk.done(LETTERS, count=issued, path=out)
    if lost:
        desk.of_a_voter(VOTED_BEFORE, voter=(voters or [""])[0])


def _read_names(path: Path, office: Office, round: str) -> dict[str, tuple[str, ...]]:
    """Voter -> the lines of her address; InputRejected for lines that are not ``id;name;...``, and for a voter where the headings
    should be."""
    from borgerbudget.errors import InputRejected
    from borgerbudget.office_commands.rolls import lines_of
    from borgerbudget.store.database import reading
    from borgerbudget.store.reading import read_roll

    found, wrong = {}, []
    lines = lines_of(path)
    first = lines[0].partition(";")[0].strip() if lines else ""
    with reading(office.engine) as connection:
        if first in {voter.id for voter in read_roll(connection, round)}:
            wrong.append(told("PRT-011", voter=first))
    for number, line in enumerate(lines[1:], 2):
        voter, *address = (cell.strip() for cell in line.split(";"))
        if not voter or not any(address):
            wrong.append(told("PRT-006", line=number))
        found[voter] = tuple(cell for cell in address if cell)
    if wrong:
        raise InputRejected(wrong)
    return found
