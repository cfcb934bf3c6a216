"""``proposal import`` and ``export``, ``roll import``: office files in and out of a stored round."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from borgerbudget.console import emit, report, say
from borgerbudget.office_commands import proposals, rolls
from borgerbudget.office_commands.desk import Desk, RoundName, reads, writes
from borgerbudget.sheet_commands import AllowCpr, Encoding, MappingOption, NumbersOption, Question, listed, opened
from borgerbudget.words import Text

if TYPE_CHECKING:
    from borgerbudget.rounds.round import Round

Table = Annotated[Path, typer.Argument(metavar="FILE", help="A table: .xlsx or .csv.")]
Out = Annotated[Path, typer.Argument(metavar="FILE", help="The file to write: .xlsx or .csv.")]
app, roll = proposals.app, rolls.roll

PROPOSALS = Text("forslag", "proposals")
IMPORTED = Text(
    "{new:nyt forslag|nye forslag}, {changed} ændret, {same} som før.",
    "{new:new proposal|new proposals}, {changed} changed, {same} as before.",
)
NOT_IN_FILE = Text(
    "{count:forslag|forslag} i runden står ikke i filen og er uændret.",
    "{count:proposal|proposals} of the round not in the file, and as before.",
)
ROLL_IMPORTED = Text(
    "{new:ny vælger|nye vælgere}, {moved} flyttet, {same} som før.",
    "{new:new voter|new voters}, {moved} moved, {same} as before.",
)
STRUCK = Text(
    "{count:vælger|vælgere} i filen er slettet fra listen og bliver ved med at være det: {voters}",
    "{count:voter|voters} of the file struck from the roll, and still so: {voters}",
)
WRITTEN = Text("Skrevet: {path}", "Written: {path}")


def mount(root: typer.Typer) -> None:
    """``proposal``, ``roll`` and ``codes``, with what is added to them here."""
    proposals.mount(root)
    rolls.mount(root)


@writes(app, "import")
def proposal_import(
    desk: Desk,
    round: RoundName,
    file: Table,
    mapping: MappingOption = None,
    encoding: Encoding = None,
    numbers: NumbersOption = None,
    allow_cpr: AllowCpr = False,
) -> None:
    """Take a table of proposals into the round: new ones, and changes by their numbers; --dry-run tells what would change.

    \b
    borgerbudget proposal import lillevig-2026 forslag.xlsx --dry-run
    """
    from borgerbudget.errors import Place, UsageError, problem
    from borgerbudget.office.proposing import import_proposals
    from borgerbudget.rounds.round import Entry
    from borgerbudget.sheets.proposals import FIELDS
    from borgerbudget.sheets.words import PROBLEMS as SHEET_PROBLEMS

    there = _round(desk, round)
    question = Question(None, None, mapping, encoding, numbers, there.currency, allow_cpr)
    table, _, warnings = question.tables(file, question.mapped())
    if "id" not in table.given and there.proposals:
        raise UsageError(problem(SHEET_PROBLEMS, "IMP-096", Place(file.name)))
    report(warnings, desk.language)
    entries = [
        Entry(row.id, 0, "proposed", row.title, row.cost, **{
            field: value for field in FIELDS if (value := getattr(row, field)) is not None
        })
        for row in table.rows
    ]  # fmt: skip
    found = import_proposals(desk.office, round, entries, table.given)
    for line in found.lines(PROPOSALS, desk.language):
        emit(line)
    desk.done(IMPORTED, new=len(found.new), changed=len(found.changed), same=found.same)
    left = len({entry.id for entry in there.proposals} - {entry.id for entry in entries})
    if left:
        say(NOT_IN_FILE.say(desk.language, count=left))


@writes(roll, "import")
def roll_import(
    desk: Desk,
    round: RoundName,
    file: Table,
    mapping: MappingOption = None,
    encoding: Encoding = None,
    allow_cpr: AllowCpr = False,
) -> None:
    """Take a table of voters into the roll: an opaque id each, and the part of the area; nothing else of it is kept.

    \b
    borgerbudget roll import lillevig-2026 liste.xlsx
    """
    from borgerbudget.office.voters import import_voters
    from borgerbudget.sheets.opening import new_findings
    from borgerbudget.sheets.voters import read_voters

    _round(desk, round)
    manner, findings = Question(None, None, mapping, encoding, None, None, allow_cpr).mapped().roll, new_findings()
    voters = read_voters(opened(file, manner, findings), manner, findings)
    findings.raise_if_failed()
    assert voters is not None
    report(findings.problems, desk.language)
    change = import_voters(desk.office, round, voters)
    desk.done(ROLL_IMPORTED, new=change.new, moved=change.moved, same=change.same)
    if change.struck:
        say(STRUCK.say(desk.language, count=len(change.struck), voters=listed(change.struck)))


@reads(app, "export")
def proposal_export(
    desk: Desk,
    round: RoundName,
    out: Out,
    excel: Annotated[bool, typer.Option("--excel", help="A .csv as a Danish Excel opens it.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
) -> None:
    """Write the proposals as a table that can be changed in a spreadsheet and imported again.

    \b
    borgerbudget proposal export lillevig-2026 forslag.xlsx
    """
    from dataclasses import asdict

    from borgerbudget.files.disk import write_bytes
    from borgerbudget.sheets.proposals import WANTED
    from borgerbudget.sheets.workbook_writing import write_workbook
    from borgerbudget.sheets.writing import write_table

    there = _round(desk, round)
    goals = {entry.id: tuple(map(str, entry.goals)) for entry in there.proposals}
    rows = [{**asdict(entry), "goals": goals[entry.id]} for entry in there.proposals]
    first = sorted(WANTED, key=lambda one: one.key != "id")
    workbook = out.suffix.lower() == ".xlsx"
    made = write_workbook(first, rows, desk.language) if workbook else write_table(first, rows, desk.language, excel)
    write_bytes(out, made, force)
    say(WRITTEN.say(desk.language, path=out))


def _round(desk: Desk, name: str) -> Round:
    from borgerbudget.store.database import reading
    from borgerbudget.store.reading import read_round

    with reading(desk.office.engine) as connection:
        return read_round(connection, name)
