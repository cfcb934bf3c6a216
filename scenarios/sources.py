"""Where a question's round comes from: a .pb file or anything else that can be counted, a bundle, a stored round."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from borgerbudget.errors import InputRejected, Place, Problem, problem
from borgerbudget.files import Document, read_document
from scenarios.cells import cells_of
from scenarios.measures.measure import Cell
from scenarios.words import PROBLEMS

if TYPE_CHECKING:
    from borgerbudget.election import Election
    from tallies.plan import Plan

BUNDLE, PABULIB = ".bba", ".pb"
PlanOf = Callable[["Election"], "Plan"]


@dataclass(frozen=True)
class Source:
    """``name``: as people call it; ``own_plan``: the frozen plan of a stored round; ``document``: the .pb file cell by cell.
    ``sha256`` (hex) and ``path`` of the file, where it is one."""

    name: str
    election: Election
    warnings: tuple[Problem, ...] = ()
    own_plan: PlanOf | None = None
    document: Callable[[], Document] | None = None
    sha256: str | None = None
    path: Path = Path()

    def groups(self) -> tuple[Cell, ...]:
        """The areas and ages of voters, where the source says them (``scenarios.cells``)."""
        return () if self.document is None else cells_of(self.document(), self.name)


def read_source(asked: str, db: str | None = None) -> Source:
    """InputRejected where there is no such round, or where its ballots are not shown."""
    from tallies.round_commands.results import is_round

    path = Path(asked)
    if path.suffix.lower() == BUNDLE:
        return _bundle(path)
    if is_round(asked, db):
        return _stored(asked, db)
    from borgerbudget.files import read_round

    reading = read_round(path)
    document = partial(_document, path) if path.suffix.lower() == PABULIB and path.is_file() else None
    return Source(
        path.name, reading.election, tuple(reading.warnings), document=document, sha256=_sha256(path), path=path
    )


def _document(path: Path) -> Document:
    from borgerbudget.files.disk import read_bytes

    return read_document(read_bytes(path), path.name)


def _sha256(path: Path) -> str | None:
    from borgerbudget.files.disk import read_bytes

    return hashlib.sha256(read_bytes(path)).hexdigest() if path.is_file() else None


def _bundle(path: Path) -> Source:
    from borgerbudget.files.disk import read_bytes
    from borgerbudget.files.pabulib import read_pabulib
    from tallies.audit.archive import unpack

    data = read_bytes(path)
    try:
        members = unpack(data)
    except ValueError:
        raise InputRejected(problem(PROBLEMS, "SCN-013", Place(path.name))) from None
    if "round.pb" not in members:
        raise InputRejected(problem(PROBLEMS, "SCN-009", Place(path.name)))
    reading = read_pabulib(members["round.pb"], path.name)
    return Source(
        path.name, reading.election, tuple(reading.warnings), document=partial(read_document, members["round.pb"], path.name),
        sha256=hashlib.sha256(data).hexdigest(), path=path,
    )  # fmt: skip


def _stored(name: str, db: str | None) -> Source:
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.office_commands.desk import at_desk
    from tallies.audit.round_bundle import counted_again
    from tallies.stored_round import plan_of

    with at_desk({"db": db, "lang": None}) as desk:
        stored = show_round(desk.office, name)
        outcome, _ = counted_again(desk.office, stored)
        return Source(name, outcome.contest.election, own_plan=lambda election: plan_of(stored, election))
