"""The console: data on stdout, words on stderr, Danish letters on any terminal, one language per run."""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from typing import NoReturn, TextIO

from borgerbudget.errors import Problem
from borgerbudget.words import Language, Text

MOST_TOLD = 50
MEGABYTE = 10**6
SPELT = "borgerbudget.spelt"
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa", "…": "..."})
READ_SO_FAR = Text("Læst: {done} af {total} MB", "Read: {done} of {total} MB")
SEVERITY = {"error": Text("fejl", "error"), "warning": Text("advarsel", "warning")}
MORE = Text("… og {count} mere (alle med: check FIL --json)", "… and {count} more (all of them: check FILE --json)")


def prepare_streams() -> None:
    """UTF-8 where the console allows, and never an exception for a letter that it cannot show.

    Where a stream was closed before we started (``>&-``), something stands in its place, or the next file that is opened
    would: words are let go, and an answer that has nowhere to go is an OSError.
    """
    for name, mode in (("stdout", "r"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115, PTH123
    codecs.register_error(SPELT, _spelt_out)
    for stream, errors in ((sys.stdout, "backslashreplace"), (sys.stderr, SPELT)):  # data is never spelt otherwise
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError, OSError):
                stream.reconfigure(errors=errors)


def _spelt_out(error: UnicodeError) -> tuple[str, int]:
    """Danish letters as they are spelt where there are none; other signs by their number."""
    assert isinstance(error, UnicodeEncodeError)
    unknown = error.object[error.start : error.end].translate(LETTERS)
    return unknown.encode("ascii", "backslashreplace").decode(), error.end


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


def passing(text: str) -> None:
    """Words on a terminal that the next ones replace."""
    _write(sys.stderr, f"\r{text}\033[K")


def reading_progress(language: Language) -> Callable[[int, int], None] | None:
    """What tells on a terminal, once a second and only of what takes longer, how many bytes of all have been read; None where
    nobody looks."""
    if not sys.stderr.isatty():
        return None
    last, told = time.monotonic(), False

    def tell(done: int, total: int) -> None:
        nonlocal last, told
        if done < total and time.monotonic() - last >= 1:
            last, told = time.monotonic(), True
            _write(sys.stderr, "\r" + READ_SO_FAR.say(language, done=done // MEGABYTE, total=total // MEGABYTE))
        elif done >= total and told:
            told = False
            _write(sys.stderr, "\r\033[K")  # back to the start of the line, and nothing on it

    return tell


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
    except io.UnsupportedOperation:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF)) from None


def leave() -> NoReturn:
    """The reader has gone (``| head``): nothing more to say, and no second error at exit."""
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123
    raise SystemExit(0)
