"""Scenario files from disk: every mistake with its line and its mend, all of them at once."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pydantic import BaseModel, ValidationError

from borgerbudget.errors import InputRejected, Place, Problem, problem
from borgerbudget.files.disk import read_bytes
from borgerbudget.words import Text
from scenarios.specification.specification import Specification
from scenarios.specification.village import AreaSpecification, ProposalSpecification
from scenarios.words import PROBLEMS

NOT_UTF_8 = Text("den er ikke UTF-8", "it is not UTF-8")
NOT_TOML = Text("her er den ikke TOML", "it is not TOML here")
WRITE_TOML = Text('skriv en linje som: pool = 250000, og tekster i anførselstegn', 'write a line such as: pool = 250000, '
                  "and texts in quotation marks")  # fmt: skip
KEYS = Text("nøglerne er: {known}", "the keys are: {known}")
NO_KEY = Text('nøglen "{key}" findes ikke', 'there is no key "{key}"')
MISSING = Text('nøglen "{key}" mangler', 'the key "{key}" is missing')
WRONG = Text('"{key}" kan ikke være {given}', '"{key}" cannot be {given}')
MENDS = {
    "int": Text("skriv et helt tal", "write a whole number"),
    "string": Text("skriv en tekst i anførselstegn", "write a text in quotation marks"),
    "list": Text('skriv en liste, som ["a", "b"]', 'write a list, such as ["a", "b"]'),
    "dict": Text("skriv en tabel, som {p7 = 40000}", "write a table, such as {p7 = 40000}"),
    "literal": Text("vælg en af: {known}", "choose one of: {known}"),
    "greater": Text("skriv et tal, der ikke er mindre end {least}", "write a number that is not below {least}"),
    "less": Text("skriv et tal, der ikke er større end {most}", "write a number that is not above {most}"),
}
MOST_SHOWN = 60
TABLES: dict[str, type[BaseModel]] = {"areas": AreaSpecification, "proposals": ProposalSpecification}


def read_specification(path: Path) -> Specification:
    """InputRejected with the lines."""
    data = read_bytes(path)
    try:
        text = data.decode("utf-8-sig")
        return with_file(Specification.model_validate(tomllib.loads(text)), path.name, text)
    except UnicodeDecodeError:
        raise InputRejected(problem(PROBLEMS, "SCN-012", Place(path.name), reason=NOT_UTF_8, mend=WRITE_TOML)) from None
    except tomllib.TOMLDecodeError as error:
        found = re.search("at line ([0-9]+)", str(error))
        place = Place(path.name, int(found[1]) if found else data.count(b"\n") + 1)
        raise InputRejected(problem(PROBLEMS, "SCN-012", place, reason=NOT_TOML, mend=WRITE_TOML)) from None
    except ValidationError as error:
        faults = {_where(fault["loc"]): dict(fault) for fault in error.errors()}
        raise InputRejected([_fault(path.name, text, where, fault) for where, fault in faults.items()]) from None


def _where(parts: tuple[int | str, ...]) -> tuple[str, ...]:
    """The key; which of the types that a value might have it has not says nothing to a person."""
    return tuple(map(str, parts[: 3 if parts[0] in TABLES else 2]))


def _fault(source: str, text: str, where: tuple[str, ...], fault: dict[str, object]) -> Problem:
    key, kind = next(part for part in reversed(where) if not part.isdigit()), str(fault["type"])
    known = ", ".join(_keys(TABLES.get(where[0], Specification) if len(where) > 2 else Specification))
    if kind == "missing":
        reason, mend = MISSING.fill(key=key), KEYS.fill(known=known)
    elif kind == "extra_forbidden":
        reason, mend = NO_KEY.fill(key=key), KEYS.fill(known=known)
    else:
        reason = WRONG.fill(key=key, given=repr(fault["input"])[:MOST_SHOWN])
        context = fault.get("ctx")
        limits = context if isinstance(context, dict) else {}
        mend = next((words for begin, words in MENDS.items() if kind.startswith(begin)), MENDS["string"])
        mend = mend.fill(
            known=str(limits.get("expected", "")).replace("'", "").replace(" or ", ", "),
            least=limits.get("ge", ""),
            most=limits.get("le", ""),
        )
    return problem(PROBLEMS, "SCN-012", Place(source, line_of(text, where)), reason=reason, mend=mend)


def with_file(specification: Specification, name: str, text: str) -> Specification:
    """The same, which also knows where it was read."""
    specification._file = (name, text)
    return specification


def place_of(specification: Specification, *where: str) -> Place:
    """Where a key stands in the file that it was read from; nowhere when there was none."""
    if specification._file is None or specification._given & set(where[:1]):
        return Place()
    name, text = specification._file
    return Place(name, line_of(text, where))


def _keys(model: type[BaseModel]) -> list[str]:
    return list(model.model_fields)


def line_of(text: str, where: tuple[str, ...]) -> int | None:
    """The line on which a key of the file, or of one of its tables, stands; None where it does not stand."""
    table: list[str] = []
    headings: dict[str, int] = {}
    best: int | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
            table = [part.strip(" \"'") for part in header[1].split(".")]
            if line.lstrip().startswith("[["):  # the first, second, ... of a list of tables
                headings[header[1]] = headings.get(header[1], -1) + 1
                table.append(str(headings[header[1]]))
            if table == list(where[: len(table)]):
                best = best or number
        elif found := re.match(r"""\s*["']?([^"'=#\[]+?)["']?\s*=""", line):
            key = [*table, *(part.strip() for part in found[1].split("."))]
            if key == list(where):
                return number
            if key == list(where[: len(key)]):
                best = number
    return best
