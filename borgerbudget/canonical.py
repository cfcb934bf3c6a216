"""Canonical JSON: one document has one spelling, so that its bytes can be hashed.

UTF-8, keys sorted, no spaces, no escapes but ``\\"`` and ``\\\\``, one line feed at the end.  No floats; whole numbers within
2^53 - 1 on either side; texts in Unicode normal form C without control, bidi or zero-width characters; keys are ASCII
words; no key twice; at most ``DEEPEST`` levels.  What is larger or broken stands as text ``"num/den"``.

Python's own reader takes NaN, repeated keys, lone surrogates and 1e400: so a document is read, written again, and the
bytes compared.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any, NoReturn

LARGEST = 2**53 - 1
DEEPEST = 32
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
UNFIT = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\u00ad\u034f\u115f\u1160\u180e\u2800\u3164\uffa0\U000e0000-\U000e007f]"  # what looks like nothing
)
"""Control characters, halves of characters, and what is invisible, blank or turns the direction of writing."""


def write(value: object) -> bytes:
    """The one spelling of ``value``, with its line feed.  Raises ValueError for what has none."""
    _check(value, 0)
    return _spell(value)


def read(data: bytes) -> Any:
    """The document that ``data`` is the one spelling of.  Raises ValueError with a short English reason."""
    try:
        value = json.loads(
            data.decode("utf-8"), parse_int=_whole, parse_float=_never, parse_constant=_never, object_pairs_hook=_once
        )
    except RecursionError:
        raise ValueError("nested too deeply") from None
    _check(value, 0)
    if _spell(value) != data:
        raise ValueError("not written canonically")
    return value


def read_lines(data: bytes) -> list[Any]:
    """One document per line.  ValueError names the line."""
    found = []
    for number, line in enumerate(lines_of(data), 1):
        try:
            found.append(read(line + b"\n"))
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from None
    return found


def lines_of(data: bytes) -> list[bytes]:
    """The lines, each of which must end in LF; none for no bytes."""
    *lines, rest = data.split(b"\n")
    if rest:
        raise ValueError(f"line {len(lines) + 1}: the line feed is missing")
    return lines


def fit_text(text: str) -> str:
    """``text`` as it may stand in a document: line ends and tabs as spaces, what is unfit dropped, normal form C."""
    return unicodedata.normalize("NFC", UNFIT.sub("", " ".join(text.split())))


def _spell(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def _check(value: object, depth: int) -> None:
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        if value.isascii() and value.isprintable():
            return
        if UNFIT.search(value) or not unicodedata.is_normalized("NFC", value):
            raise ValueError("a text is not in normal form or has unfit characters")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not KEY.fullmatch(key):
                raise ValueError("a key is not an ASCII word")
            _check(item, depth + 1)
    elif isinstance(value, (list, tuple)):
        try:
            if (text := "".join(value)).isascii() and text.isprintable():
                return
        except TypeError:  # not texts only
            pass
        for item in value:
            _check(item, depth + 1)
    elif isinstance(value, int):  # True and False, too
        if abs(value) > LARGEST:
            raise ValueError("a number is too large")
    elif value is not None:
        raise ValueError(f"{type(value).__name__} has no place in a document")


def _whole(text: str) -> int:
    if len(text) > 17:
        raise ValueError("a number is too large")
    return int(text)


def _never(text: str) -> NoReturn:
    raise ValueError(f"{text[:20]} is not a whole number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found
