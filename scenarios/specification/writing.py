"""A specification as commented TOML: what it was asked with, ready to be edited and asked again."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel

from borgerbudget.words import Language, Text
from scenarios.specification.specification import Specification
from scenarios.specification.village import VillageSpecification

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
    tables = list[str]()  # in TOML every key after a table's heading belongs to the table
    fields = Specification.model_fields
    for key in (
        *(key for key in fields if key not in VillageSpecification.model_fields),
        *VillageSpecification.model_fields,
    ):
        field, value = fields[key], getattr(specification, key)
        if value is None:
            continue
        da, _, en = (field.description or "").partition(" | ")
        remark = [f"# {da if language == 'da' else en}"] if field.description else []
        if isinstance(value, list) and isinstance(value[0], BaseModel):
            tables += ["", *remark]
            for one in value:
                of = one.model_dump(exclude_none=True, exclude_defaults=True)
                tables += [f"[[{key}]]", *(f"{name} = {_value(said)}" for name, said in of.items())]
        else:
            lines += [*remark, f"{key} = {_value(value)}"]
    lines += tables
    return ("\n".join(lines) + "\n").encode()


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
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
