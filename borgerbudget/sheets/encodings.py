"""Bytes -> text: a byte order mark decides, then strict UTF-8, then strict Windows-1252 if it makes sense; else a person.

Nothing is guessed from the data and no character is ever replaced.  Two kinds of damage decode without an error and are
looked for: text of old DOS or Macintosh programs (``bel›b``), and UTF-8 that was once read as Windows-1252 (``BÃ¥l``).
"""

from __future__ import annotations

import codecs
import re

from borgerbudget.errors import Place
from borgerbudget.files.findings import Findings, shown

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
KNOWN = (
    "utf-8",
    "cp1252",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp850",
    "cp865",
    "mac_roman",
    "iso8859-1",
    "iso8859-15",
)
"""What ``--encoding`` takes."""
_TWICE = re.compile(r"[ÂÃ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€.|Ã…|Ã†|Ã˜")
_OTHER = re.compile("[A-Za-zÆØÅæøå][†‘›¿Œ¾¯®][a-zæøå]|(?<![A-Za-zÆØÅæøå])[†Œ¾][a-zæøå]")
"""Signs within a word that no Dane writes there: what ø, å, æ of DOS and Macintosh look like in Windows-1252."""


def decode(data: bytes, source: str, encoding: str | None, findings: Findings) -> str | None:
    """The text without its byte order mark; None after an error."""
    place = Place(source)
    if encoding is not None:
        return _declared(data, source, encoding, findings)
    for mark, name in MARKS:
        if data.startswith(mark):
            try:
                return _whole(data[len(mark) :].decode(name), source, findings)
            except UnicodeDecodeError as error:
                findings.error("IMP-003", place, name=name, byte=len(mark) + error.start + 1)
                return None
    if b"\0" in data[:4096]:
        findings.error("IMP-004", place)
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if found := _search(_TWICE, "ÂÃâ", text):
            findings.error("IMP-005", place, value=_around(text, found.start()))
            return None
        return _whole(text, source, findings)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        findings.error("IMP-006", place, byte=error.start + 1, known=", ".join(KNOWN))
        return None
    if found := _search(_TWICE, "ÂÃâ", text):
        findings.error("IMP-005", place, value=_around(text, found.start()))
        return None
    if found := _search(_OTHER, "†‘›¿Œ¾¯®", text):
        findings.error("IMP-007", place, value=_around(text, found.start()))
        return None
    return _whole(text, source, findings)


def _declared(data: bytes, source: str, encoding: str, findings: Findings) -> str | None:
    """In the encoding that somebody says it has."""
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        findings.error("IMP-008", Place(source), name=encoding)
        return None
    return _whole(text.removeprefix("\ufeff"), source, findings)


def _whole(text: str, source: str, findings: Findings) -> str | None:
    if "\0" in text or "\ufffd" in text:
        sign = "NUL" if "\0" in text else "U+FFFD (�)"
        findings.error("IMP-009", Place(source), sign=sign)
        return None
    return text


def _search(pattern: re.Pattern[str], signs: str, text: str) -> re.Match[str] | None:
    """Looks with the pattern only where one of the signs is in the text at all."""
    return pattern.search(text) if any(sign in text for sign in signs) else None


def _around(text: str, at: int) -> str:
    start = max(text.rfind(sign, 0, at) for sign in ' ;,\t\n"') + 1
    return shown(re.split(r'[;,\t\r\n"]', text[start : start + 40])[0])
