"""The folder of an answer: tables, specification, pictures and page, all of it or nothing.

A folder that is there is replaced only where that was asked for and all in it is an answer's: a picture or a page of ours
says so in its first lines.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from borgerbudget.errors import InputRejected, Place, UsageError, problem
from borgerbudget.files.disk import refuse_existing, write_files
from borgerbudget.words import Catalogue, Entry, Language, Text
from scenarios import words
from scenarios.answer import Answer

PAGE = "index.html"
TABLES = ("table.csv", "table.parquet", "spec.toml")
SIGN = b"SIMULATION"
"""Stands in the first lines of everything we draw or write for people."""
FIRST_BYTES = 4096

PROBLEMS = Catalogue(
    {
        "SCF-001": Entry(
            Text("mappen {folder} rummer andet end et svar: {names}",
                 "the folder {folder} holds something else than an answer: {names}"),
            Text("vælg en anden mappe med --out", "choose another folder with --out"),
        ),
    }
)  # fmt: skip
MOST_NAMED = 5


def answer_files(answer: Answer, language: Language) -> Iterator[tuple[str, bytes]]:
    """Each picture as SVG and PNG, and at last the page.  UsageError where what draws them is not installed."""
    try:
        from scenarios.page.page import page
        from scenarios.pictures.drawing import drawn
    except ModuleNotFoundError as missing:
        if missing.name and missing.name.partition(".")[0] in ("matplotlib", "jinja2"):
            library = missing.name.partition(".")[0]
            raise UsageError(problem(words.PROBLEMS, "SCN-001", library=library, extra="scenarios")) from None
        raise
    pictures: dict[str, bytes] = {}
    for figure in answer.figures:
        pictures[figure.name] = drawn(figure, language, answer.seed, answer.runs, "svg")
        yield f"{figure.name}.svg", pictures[figure.name]
        yield f"{figure.name}.png", drawn(figure, language, answer.seed, answer.runs, "png")
    yield PAGE, page(answer, language, pictures).encode()


def write_answer(
    folder: Path, answer: Answer, language: Language, tables: Mapping[str, bytes], force: bool = False
) -> None:
    """``tables``: the bytes of TABLES.  UsageError where the folder is there and ``force`` does not say to replace it.
    InputRejected where something in it is not ours."""
    refuse_folder(folder, force)
    files = {**tables, **dict(answer_files(answer, language))}
    if not folder.exists():
        write_files(folder, files)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        write_files(aside / "new", files)
        refuse_folder(folder, force)  # again, for drawing takes its time
        folder.replace(aside / "old")
        try:
            (aside / "new").replace(folder)
        except OSError:
            (aside / "old").replace(folder)
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def refuse_folder(folder: Path, force: bool) -> None:
    """Before anything is counted: whether ``write_answer`` would refuse the folder."""
    refuse_existing(folder, force, folder=True)
    if folder.exists():
        strange = (
            sorted(path.name for path in folder.iterdir() if not _ours(path)) if folder.is_dir() else [folder.name]
        )
        if strange:
            more = ["…"] if len(strange) > MOST_NAMED else []
            names = ", ".join([*strange[:MOST_NAMED], *more])
            raise InputRejected(problem(PROBLEMS, "SCF-001", Place(folder.name), folder=folder, names=names))


def _ours(path: Path) -> bool:
    if not path.is_file() or path.is_symlink():
        return False
    if path.name in TABLES:
        return True
    if path.suffix not in (".svg", ".png", ".html"):
        return False
    with path.open("rb") as stream:
        return SIGN in stream.read(FIRST_BYTES)
