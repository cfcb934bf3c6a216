"""The commands of the files: check and convert."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from borgerbudget.console import emit, emit_json, reading_progress, report, say
from borgerbudget.errors import InputRejected, Place, Problem, UsageError, problem
from borgerbudget.sheet_commands import (
    AllowCpr,
    Ballots,
    Currency,
    Encoding,
    MappingOption,
    NumbersOption,
    Pool,
    Question,
    What,
    changes,
    check_table,
    is_table,
)
from borgerbudget.words import Language, Text, preferred_language

if TYPE_CHECKING:
    from fractions import Fraction

    from borgerbudget.election import Election
    from borgerbudget.files import Document, Reading, Source

File = Annotated[str, typer.Argument(metavar="FILE", help="A .pb file, an exported profile, a CSV folder, or - .")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
NOT_A_FOLDER = {".csv", ".tsv", ".txt", ".toml", ".xls", ".xlsx", ".ods", ".zip", ".jsonl"}
"""Suffixes that would be a strange name for a folder of CSV files."""
Lang = Annotated[Literal["da", "en"] | None, typer.Option("--lang", help="Language of the words.")]

READ = Text(
    "{source}: kan læses\n"
    "Pulje:         {pool}\n"
    "Forslag:       {proposals} ({withdrawn} trukket tilbage), tilsammen {cost}\n"
    "Stemmesedler:  {ballots}\n"
    "Metode:        {method}\n"
    "Regel i filen: {rule}\n"
    "Advarsler:     {warnings}",
    "{source}: can be read\n"
    "Pool:          {pool}\n"
    "Proposals:     {proposals} ({withdrawn} withdrawn), together {cost}\n"
    "Ballots:       {ballots}\n"
    "Method:        {method}\n"
    "Rule in file:  {rule}\n"
    "Warnings:      {warnings}",
)
BALLOTS = Text("{valid} ({blank} blanke), {distinct} forskellige", "{valid} ({blank} blank), {distinct} distinct")
UNREAD = Text("{valid}, kun stemmetal: kan ikke tælles om", "{valid}, totals only: cannot be counted again")
METHOD_NAMES = {
    "approval": Text("afkrydsning (approval)", "approval"),
    "knapsack": Text("indkøbskurv (knapsack)", "knapsack"),
    "points": Text("pointfordeling (points)", "points"),
    "scoring": Text("karakterer (scoring)", "scoring"),
    "ranked": Text("rangordning (ranked)", "ranked"),
    "hand-count": Text("optælling i hånden (hand-count)", "hand count"),
}
NONE = Text("ingen", "none")
DRY = Text("Prøvekørsel, intet er gemt.", "Dry run, nothing was kept.")
WRITTEN = Text("Skrevet: {target}", "Written: {target}")
NOT_IN_PROFILE = Text(
    "En profil rummer kun det, der tælles: {lost} er ikke med.",
    "A profile holds only what is counted: {lost} are left out.",
)
LOST_IN_PROFILE = Text(
    "vælgere, titler, stemmegrænser og filens egen regel",
    "voters, titles, ballot limits and the file's own rule",
)
NOT_IN_ELECTION = Text(
    "Profilen kender ikke {keys}: skriv dem i META, før filen offentliggøres.{voters}",
    "The profile does not know {keys}: write them in META before the file is published.{voters}",
)
NUMBERED = Text(" Vælgerne er nummereret.", " The voters are numbered.")


def mount(app: typer.Typer) -> None:
    app.command("check")(check)
    app.command("convert")(convert)


def check(
    file: File,
    what: What = "proposals",
    ballots: Ballots = None,
    mapping: MappingOption = None,
    encoding: Encoding = None,
    numbers: NumbersOption = None,
    currency: Currency = None,
    allow_cpr: AllowCpr = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Read a round, or a table that is to be part of one, and tell what was read and everything that is wrong with it.

    \b
    borgerbudget check examples/lillevig-2026.pb
    borgerbudget check forslag.xlsx --ballots svar.csv --mapping svar.toml
    borgerbudget check liste.xlsx --as roll
    """
    from borgerbudget.files import read_round

    language = preferred_language(lang)
    question = Question(ballots, None, mapping, encoding, numbers, currency, allow_cpr)
    if is_table(Path(file)):
        check_table(question, Path(file), what, language, json)
        return
    question.refuse_for_rounds(file)
    try:
        reading = read_round(Path(file), reading_progress(language))
    except InputRejected as error:
        if json:
            emit_json(_check_json(file, None, error.problems))
        raise
    if json:
        emit_json(_check_json(file, reading.election, reading.warnings))
    else:
        emit(_summary(file, reading, language))
        report(reading.warnings, language)


def convert(
    source: Annotated[
        str,
        typer.Argument(
            metavar="IN", help="A .pb file, an exported profile, a CSV folder, - , or a table (.xlsx, .csv)."
        ),
    ],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="By its suffix: .pb, .json (profile), else a folder of CSV.")
    ],
    ballots: Ballots = None,
    pool: Pool = None,
    mapping: MappingOption = None,
    encoding: Encoding = None,
    numbers: NumbersOption = None,
    currency: Currency = None,
    allow_cpr: AllowCpr = False,
    excel: Annotated[bool, typer.Option("--excel", help="A folder of CSV as a Danish Excel opens it.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing: tell what would change in OUT.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
    lang: Lang = None,
) -> None:
    """Write a round in another format; or make one of a table of proposals and a table of ballots.

    \b
    borgerbudget convert examples/lillevig-2026.pb lillevig-csv
    borgerbudget convert examples/lillevig-2026.pb lillevig.json
    borgerbudget convert forslag.xlsx runde.pb --ballots svar.csv --pool 50000 --mapping svar.toml
    """
    from borgerbudget.files import Source, write_document, write_profile
    from borgerbudget.files.disk import refuse_existing, write_bytes, write_files
    from borgerbudget.files.folder import write_folder
    from borgerbudget.files.words import PROBLEMS

    language, suffix = preferred_language(lang), target.suffix.lower()
    if suffix in NOT_A_FOLDER or (excel and suffix in (".pb", ".json")):
        raise UsageError(problem(PROBLEMS, "FI-004", Place(target.name), path=target.name))
    if not dry_run:
        refuse_existing(target, force, folder=True)
    question = Question(ballots, pool, mapping, encoding, numbers, currency, allow_cpr)
    found = question.source(Path(source), target.name, language)
    reading = found.reading()
    told = is_table(Path(source))  # with its row in the table
    report([warning for warning in reading.warnings if not (told and warning.code == "PB-046")], language)
    if dry_run:
        for line in changes(found, target, language):
            emit(line)
        say(DRY.say(language))
    elif suffix == ".json":
        data = write_profile(reading.election)
        _same(reading.election, Source(target.name, data, is_profile=True))
        write_bytes(target, data, force)
        if not found.is_profile:
            say(NOT_IN_PROFILE.say(language, lost=LOST_IN_PROFILE.say(language)))
    else:
        document = _document(found, reading, language)
        if suffix == ".pb":
            data = write_document(document)
            _same(reading.election, Source(target.name, data))
            write_bytes(target, data, force)
        else:
            files = write_folder(document, excel)
            _same(reading.election, Source(target.name, files))
            write_files(target, files, force)
    if not dry_run:
        say(WRITTEN.say(language, target=target))


def _document(found: Source, reading: Reading, language: Language) -> Document:
    """The cells to write, tidied."""
    from borgerbudget.files.meta import DEMANDED_KEYS
    from borgerbudget.files.pabulib_election import document_of
    from borgerbudget.files.tidy import tidied

    document = found.document()
    if document is not None:
        return tidied(document)
    made = document_of(reading.election, found.name)
    absent = [key for key in DEMANDED_KEYS if made.value(key) is None]
    voters = "" if reading.election.hand_count else NUMBERED.say(language)
    say(NOT_IN_ELECTION.say(language, keys=", ".join(absent), voters=voters))
    return made


def _same(election: Election, written: Source) -> None:
    """What is about to be written must read as the same round; anything else is a bug, and nothing is written."""
    again = written.reading().election
    assert (again.pool.amount, again.ids, again.method.name) == (
        election.pool.amount,
        election.ids,
        election.method.name,
    ), "the pool, the proposals or the method changed"
    assert all(
        a.withdrawn == b.withdrawn and ((a.cost, a.min_cost) == (b.cost, b.min_cost) or a.withdrawn)
        for a, b in zip(again.proposals, election.proposals, strict=True)
    ), "a cost changed"
    assert (again.ballots_root, again.profile.voters) == (
        election.ballots_root,
        election.profile.voters,
    ), "the ballots changed"


def _summary(file: str, reading: Reading, language: Language) -> str:
    from borgerbudget.money import format_amount

    election = reading.election
    currency, profile = election.pool.currency, election.profile
    return READ.say(
        language,
        source=file,
        pool=format_amount(election.pool.amount, currency, language),
        proposals=len(election.proposals),
        withdrawn=sum(p.withdrawn for p in election.proposals),
        cost=format_amount(sum(p.cost for p in election.proposals if not p.withdrawn), currency, language),
        ballots=(UNREAD if election.hand_count else BALLOTS).say(
            language, valid=profile.voters, blank=profile.blank, distinct=profile.distinct
        ),
        method=METHOD_NAMES[election.method.name].say(language),
        rule=election.declared_rule or NONE.say(language),
        warnings=len(reading.warnings) or NONE.say(language),
    )


def _check_json(file: str, election: Election | None, problems: tuple[Problem, ...]) -> dict[str, object]:
    read: dict[str, object] | None = None
    if election is not None:
        profile, threshold = election.profile, election.declared_threshold
        read = {
            "round": election.round,
            "input_sha256": election.input_sha256,
            "currency": election.pool.currency,
            "minor_units": 2,
            "pool": election.pool.amount,
            "method": election.method.name,
            "proposals": len(election.proposals),
            "withdrawn": [p.id for p in election.proposals if p.withdrawn],
            "ballots": {
                "valid": _number(profile.voters),
                "blank": None if election.hand_count else _number(profile.blank),
                "distinct": None if election.hand_count else profile.distinct,
            },
            "ballots_root": election.ballots_root,
            "declared_rule": election.declared_rule,
            "declared_threshold": None if threshold is None else _number(threshold),
        }
    return {
        "schema": "borgerbudget.check/1",
        "source": file,
        "ok": election is not None,
        "read": read,
        "problems": [found.as_json() for found in problems],
    }


def _number(value: Fraction) -> int | str:
    """A JSON integer when whole, else the rational as text."""
    return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
