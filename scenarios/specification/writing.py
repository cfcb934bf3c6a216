"""A specification as commented TOML: what it was asked with, ready to be edited and asked again."""

from __future__ import annotations

import re
from typing import Any

from borgerbudget.words import Language, Text
from scenarios.specification.specification import Specification

HEAD = Text(
    "# SIMULATION. Alt, hvad der skal til for at regne det igen:\n"
    "#   borgerbudget scenario {question} spec.toml --out MAPPE\n"
    "# Ret tallene og spørg igen. En linje, der begynder med #, er en bemærkning.\n",
    "# SIMULATION. All that is needed to work it out again:\n"
    "#   borgerbudget scenario {question} spec.toml --out FOLDER\n"
    "# Change the numbers and ask again. A line that begins with # is a remark.\n",
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def written(specification: Specification, language: Language) -> bytes:
    """The same specification, whatever the language of its remarks."""
    lines = [HEAD.say(language, question=specification.question)]
    for key, field in Specification.model_fields.items():
        value = getattr(specification, key)
        if value is None:
            continue
        da, _, en = (field.description or "").partition(" | ")
        if field.description:
            lines.append(f"# {da if language == 'da' else en}")
        lines.append(f"{key} = {_value(value)}")
    return ("\n".join(lines) + "\n").encode()


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items()) + "}"
    return _text(str(value))


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    def escaped(sign: str) -> str:
        if sign in '"\\':
            return f"\\{sign}"
        return sign if sign.isprintable() else f"\\u{ord(sign):04x}" if ord(sign) < 2**16 else f"\\U{ord(sign):08x}"

    return '"' + "".join(map(escaped, text)) + '"'
