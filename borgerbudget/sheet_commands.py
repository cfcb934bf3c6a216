"""What the commands of the files ask about office files: tables of proposals, of ballots, of voters."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from borgerbudget.console import emit, emit_json, report
from borgerbudget.errors import InputRejected, Place, Problem, UsageError, problem
from borgerbudget.words import Language, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from borgerbudget.files import Source
    from borgerbudget.files.findings import Findings
    from borgerbudget.sheets.amounts import Numbers
    from borgerbudget.sheets.ballots import BallotTable
    from borgerbudget.sheets.cells import Sheet
    from borgerbudget.sheets.mapping import Mapped
    from borgerbudget.sheets.proposals import ProposalTable
    from borgerbudget.sheets.tables import Manner

Ballots = Annotated[
    Path | None,
    typer.Option("--ballots", metavar="FILE", help="The table of ballots (.xlsx, .csv) to a table of proposals."),
]
Pool = Annotated[
    str | None, typer.Option("--pool", metavar="AMOUNT", help="The sum of money, with a table of proposals.")
]
MappingOption = Annotated[
    str | None,
    typer.Option(
        "--mapping",
        metavar="FILE.toml",
        help="What columns and answers mean, or a platform's name; see docs/office-files.md.",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding", metavar="NAME", help="Of tables of text that do not say it: cp1252, cp850, mac_roman, ..."
    ),
]
NumbersOption = Annotated[
    Literal["da", "en"] | None,
    typer.Option("--numbers", help="How tables write amounts: 12.500,50 (da) or 12,500.50 (en)."),
]
Currency = Annotated[
    str | None, typer.Option("--currency", metavar="CODE", help="Of tables: DKK when nothing is said.")
]
AllowCpr = Annotated[bool, typer.Option("--allow-cpr", help="Pass over columns that look like personal numbers.")]
What = Annotated[Literal["proposals", "roll"], typer.Option("--as", help="What a table holds.")]

TABLE_READ = Text(
    "{source}: kan læses\nForslag:       {proposals}, tilsammen {cost}{ballots}\nAdvarsler:     {warnings}",
    "{source}: can be read\nProposals:     {proposals}, together {cost}{ballots}\nWarnings:      {warnings}",
)
BALLOTS_READ = Text(
    "\nStemmesedler:  {count} ({blank} blanke), {kind}", "\nBallots:       {count} ({blank} blank), {kind}"
)
ROLL_READ = Text(
    "{source}: kan læses\nVælgere:       {count}\nAdvarsler:     {warnings}",
    "{source}: can be read\nVoters:        {count}\nWarnings:      {warnings}",
)
SHOWN = 20
NONE = Text("ingen", "none")
BALLOTS_TOO, POOL_TOO = Text("--ballots FIL", "--ballots FILE"), Text("--pool BELØB", "--pool AMOUNT")


def is_table(path: Path) -> bool:
    """Whether it is one of the files that people keep tables in."""
    from borgerbudget.sheets.opening import SUFFIXES

    return path.suffix.lower() in SUFFIXES and not path.is_dir()


@dataclass(frozen=True)
class Question:
    """What the command line says about tables; each is None where it says nothing."""

    ballots: Path | None = None
    pool: str | None = None
    mapping: str | None = None
    encoding: str | None = None
    numbers: Numbers | None = None
    currency: str | None = None
    allow_cpr: bool = False

    def source(self, path: Path, made: str, language: Language) -> Source:
        """The round at ``path``, or the one that the tables make, as a .pb file called ``made``.  Warnings are told."""
        from borgerbudget.files import Source, read_source, write_document
        from borgerbudget.sheets.whole_round import round_document
        from borgerbudget.sheets.words import PROBLEMS

        if not is_table(path):
            self.refuse_for_rounds(str(path))
            return read_source(path)
        mapped = self.mapped()
        for missing, there in (
            ("--ballots FIL", self.ballots),
            ("--pool BELØB", self.pool or mapped.round.get("pool")),
        ):
            if there is None:
                raise UsageError(problem(PROBLEMS, "IMP-094", path=path.name, missing=missing))
        proposals, ballots, warnings = self.tables(path, mapped)
        report(warnings, language)
        assert ballots is not None
        said = {"description": path.stem, **mapped.round}
        currency = self.money(mapped)
        document = round_document(proposals, ballots, self._pool(mapped, currency), currency, said)
        return Source(made, write_document(document))

    def mapped(self) -> Mapped:
        """The mapping with what the command line says besides.  Raises InputRejected with all its problems."""
        from borgerbudget.files.disk import read_bytes
        from borgerbudget.sheets.encodings import KNOWN
        from borgerbudget.sheets.mapping import PLATFORMS, Mapped, read_mapping, with_declared
        from borgerbudget.sheets.opening import new_findings
        from borgerbudget.sheets.words import PROBLEMS

        if self.encoding is not None and self.encoding not in KNOWN:
            raise UsageError(problem(PROBLEMS, "IMP-097", value=self.encoding, known=", ".join(KNOWN)))
        found: Mapped | None = Mapped()
        if self.mapping is not None and self.mapping in PLATFORMS:
            found = PLATFORMS[self.mapping]
        elif self.mapping is not None:
            findings, path = new_findings(), Path(self.mapping)
            if path.suffix.lower() != ".toml" and not path.exists():
                raise UsageError(problem(PROBLEMS, "IMP-098", value=self.mapping, known=", ".join(PLATFORMS)))
            found = read_mapping(read_bytes(path, 1 << 20), path.name, findings)
            findings.raise_if_failed()
        assert found is not None
        return with_declared(found, self.encoding, self.numbers, self.money(found), self.allow_cpr)

    def money(self, mapped: Mapped) -> str:
        """The currency."""
        return self.currency or mapped.round.get("currency") or "DKK"

    def tables(self, path: Path, mapped: Mapped) -> tuple[ProposalTable, BallotTable | None, tuple[Problem, ...]]:
        """The proposals at ``path``, the ballots if there are to be any, and warnings.  InputRejected with all problems."""
        from borgerbudget.sheets.ballots import read_ballots
        from borgerbudget.sheets.opening import new_findings
        from borgerbudget.sheets.proposals import read_proposals

        findings = new_findings()
        proposals = read_proposals(opened(path, mapped.proposals, findings), mapped.proposals, findings)
        findings.raise_if_failed()
        assert proposals is not None
        if self.ballots is None:
            return proposals, None, findings.problems
        more = new_findings()  # nothing can be said about ballots before the proposals are known
        manner = mapped.ballots
        ballots = read_ballots(opened(self.ballots, manner.manner, more), proposals.rows, manner, more)
        more.raise_if_failed()
        return proposals, ballots, (*findings.problems, *more.problems)

    def refuse_for_rounds(self, path: str) -> None:
        """UsageError for options that only tables have."""
        from borgerbudget.sheets.words import PROBLEMS

        given = {
            "--ballots": self.ballots, "--pool": self.pool, "--mapping": self.mapping, "--encoding": self.encoding,
            "--numbers": self.numbers, "--currency": self.currency, "--allow-cpr": self.allow_cpr or None,
        }  # fmt: skip
        for option, value in given.items():
            if value is not None:
                raise UsageError(problem(PROBLEMS, "IMP-095", option=option, path=path))

    def _pool(self, mapped: Mapped, currency: str) -> int:
        from borgerbudget.files.findings import shown
        from borgerbudget.sheets.amounts import Unread, amount
        from borgerbudget.sheets.words import PROBLEMS

        text = self.pool or mapped.round["pool"]
        try:
            return amount(text, mapped.proposals.numbers, currency)
        except Unread as error:
            place = Place("--pool" if self.pool else self.mapping)
            values = {"value": shown(text), **error.values}
            raise UsageError(problem(PROBLEMS, error.code, place, "error", **values)) from None


def changes(found: Source, target: Path, language: Language) -> list[str]:
    """What writing ``found`` to ``target`` would change there."""
    from borgerbudget.files import read_source
    from borgerbudget.files.difference import document_lines
    from borgerbudget.files.pabulib_election import document_of
    from borgerbudget.files.tidy import tidied

    there = read_source(target) if target.exists() else None
    documents = [
        None if source is None else tidied(source.document() or document_of(source.reading().election, source.name))
        for source in (there, found)
    ]
    assert documents[1] is not None
    return document_lines(documents[0], documents[1], language)


def check_table(question: Question, path: Path, what: str, language: Language, json: bool) -> None:
    """Says what was read in a table, and everything that is wrong with it.  Raises InputRejected."""
    from borgerbudget.money import format_amount

    mapped = question.mapped()
    try:
        if what == "roll":
            count, warnings = _voters(path, mapped.roll)
            words = ROLL_READ.say(language, source=path.name, count=count, warnings=len(warnings) or NONE)
            read: dict[str, object] = {"voters": count}
        else:
            proposals, ballots, warnings = question.tables(path, mapped)
            total = sum(row.cost for row in proposals.rows)
            cast = "" if ballots is None else BALLOTS_READ.say(
                language, count=len(ballots.rows), blank=sum(not row.choices for row in ballots.rows), kind=ballots.vote_type
            )  # fmt: skip
            words = TABLE_READ.say(
                language, source=path.name, proposals=len(proposals.rows), ballots=cast,
                cost=format_amount(total, question.money(mapped), language), warnings=len(warnings) or NONE,
            )  # fmt: skip
            read = {
                "proposals": len(proposals.rows),
                "cost": total,
                "ballots": None if ballots is None else len(ballots.rows),
            }
    except InputRejected as error:
        if json:
            emit_json(_table_json(path, None, error.problems))
        raise
    if json:
        emit_json(_table_json(path, read, warnings))
    else:
        emit(words)
        report(warnings, language)


def _voters(path: Path, manner: Manner) -> tuple[int, tuple[Problem, ...]]:
    from borgerbudget.sheets.opening import new_findings
    from borgerbudget.sheets.voters import read_voters

    findings = new_findings()
    voters = read_voters(opened(path, manner, findings), manner, findings)
    findings.raise_if_failed()
    assert voters is not None
    return len(voters), findings.problems


def listed(names: Sequence[object]) -> str:
    """The first of them, for a message."""
    return ", ".join(map(str, names[:SHOWN])) + (", …" if len(names) > SHOWN else "")


def opened(path: Path, manner: Manner, findings: Findings) -> tuple[Sheet, ...]:
    """The sheets of the file; none after an error."""
    from borgerbudget.files.disk import read_bytes
    from borgerbudget.sheets.opening import open_sheets

    return open_sheets(read_bytes(path), path.name, manner.encoding, findings)


def _table_json(path: Path, read: dict[str, object] | None, problems: tuple[Problem, ...]) -> dict[str, object]:
    return {
        "schema": "borgerbudget.check-table/1",
        "source": path.name,
        "ok": read is not None,
        "read": read,
        "problems": [found.as_json() for found in problems],
    }
