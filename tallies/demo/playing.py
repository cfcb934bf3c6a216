"""Plays the story: every command goes through the real command line, in this process; only the clock is the village's."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import typer
from typer.main import get_command

from borgerbudget.console import emit, report
from borgerbudget.errors import BorgerbudgetError
from borgerbudget.office_commands import areas, backups, paper
from borgerbudget.office_commands.desk import PLAYED
from borgerbudget.quick_start import quickly
from borgerbudget.words import Language, Text
from tallies import commands, rules_commands
from tallies.audit import commands as audit
from tallies.audit.keys import read_public
from tallies.demo.story import STORY, Act, Chapter
from tallies.demo.village import FILES, read_codes, write_files
from tallies.round_commands import afterwards, group, letters

SURROUNDINGS: Mapping[str, str | None] = {
    "BORGERBUDGET_DB": "borgerbudget.db", "BORGERBUDGET_KEY": None, "BORGERBUDGET_ACTOR": "anna",
}  # fmt: skip
"""What the commands are told meanwhile, so that nothing of the village ends up in somebody's real database."""
STEP = timedelta(minutes=1)
HEADING = Text("{number}. {title} ({day})", "{number}. {title} ({day})")
ENDED = Text("(slutter med kode {code})", "(ends with code {code})")


def play(folder: Path, language: Language) -> Act | None:
    """Plays everything in the empty ``folder``.  The first step that ends otherwise than told, after which nothing is played;
    None when all went as told."""
    command = quickly(get_command(_office()))
    write_files(folder, language)
    with chdir(folder), _surroundings():
        for number, chapter in enumerate(STORY, 1):
            day = chapter.begins.date().isoformat()
            title = HEADING.say(language, number=number, title=chapter.title, day=day)
            emit(f"\n{title}\n{'=' * len(title)}")
            for act, moment in _moments(chapter):
                if _act(act, moment, command, language) != act.code:
                    return act
    return None


def _moments(chapter: Chapter) -> Iterator[tuple[Act, datetime]]:
    for number, act in enumerate(chapter.acts):
        yield act, chapter.begins + number * STEP


def _act(act: Act, moment: datetime, command: Any, language: Language) -> int:
    """Its exit code."""
    if act.prepare is not None:
        act.prepare(Path(), language)
    line = act.command.say(language, **_values(language))
    words = act.words.say(language)
    emit(f"\n{words}\n$ {line}" if words else f"$ {line}")
    _, *arguments = shlex.split(line)
    into = None
    if arguments[-2] == ">":
        *arguments, _, into = arguments
    token = PLAYED.set(lambda: moment)
    try:
        if into is None:
            code = _run(command, arguments, language)
        else:
            with Path(into).open("w", encoding="utf-8") as file, redirect_stdout(file):
                code = _run(command, arguments, language)
    finally:
        PLAYED.reset(token)
    if code:
        emit(ENDED.say(language, code=code))
    return code


def _run(command: Any, arguments: list[str], language: Language) -> int:
    """As the front door runs it, with ``--lang`` behind."""
    try:
        found = command([*arguments, "--lang", language], prog_name="borgerbudget", standalone_mode=False)
    except BorgerbudgetError as error:
        report(error.problems, language)
        return error.exit_code
    return found if isinstance(found, int) else 0


def _values(language: Language) -> dict[str, str]:
    """What stands in braces in a command, as far as it is there."""
    keys = {f"key-{name}": Path(f"{name}.pub") for name in ("anna", "bo")}
    known = {
        name: read_public(path.read_bytes(), path.name).fingerprint for name, path in keys.items() if path.exists()
    }
    return {**{key: name.say(language) for key, name in FILES.items()}, **read_codes(Path(), language), **known}


def _office() -> typer.Typer:
    """The doors of the command line that the story goes through."""
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    for door in (commands, audit, rules_commands, group, areas, letters, paper, afterwards, backups):
        door.mount(app)
    return app


@contextmanager
def _surroundings() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in SURROUNDINGS}
    _set(SURROUNDINGS)
    try:
        yield
    finally:
        _set(before)


def _set(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
