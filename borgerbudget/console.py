"""The console: data on stdout, words on stderr, Danish letters on any terminal, one language per run."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterable
from typing import NoReturn, TextIO

from borgerbudget.errors import Problem
from borgerbudget.words import Language, Text

MOST_TOLD = 50
SEVERITY = {"error": Text("fejl", "error"), "warning": Text("advarsel", "warning")}
MORE = Text("… og {count} mere (alle med: check FIL --json)", "… and {count} more (all of them: check FILE --json)")


def prepare_streams() -> None:
    """UTF-8 where the console allows, and never an exception for a letter that it cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError, OSError):
                stream.reconfigure(errors="backslashreplace")


def canonical_json(value: object) -> str:
    """One document: sorted keys, no spaces, no escapes but JSON's own, no floats (TypeError), without the LF."""
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("no floats in canonical JSON")
    if isinstance(value, dict):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _refuse_floats(item)


def emit(text: str) -> None:
    """Data, with its line end."""
    _write(sys.stdout, text if text.endswith("\n") else text + "\n")


def emit_json(value: object) -> None:
    emit(canonical_json(value))


def say(text: str) -> None:
    """Words for a person."""
    _write(sys.stderr, text + "\n")


def report(problems: Iterable[Problem], language: Language) -> None:
    """Each problem on a line of its own, errors first; beyond the first fifty only how many there are."""
    ordered = sorted(problems, key=lambda found: found.severity != "error")
    for found in ordered[:MOST_TOLD]:
        say(f"{SEVERITY[found.severity].say(language)}: {found.say(language)}")
    if len(ordered) > MOST_TOLD:
        say(MORE.say(language, count=len(ordered) - MOST_TOLD))


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        leave()


def leave() -> NoReturn:
    """The reader has gone (``| head``): nothing more to say, and no second error at exit."""
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123
    raise SystemExit(0)
