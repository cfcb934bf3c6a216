"""What a command need not wait for: checks of words that need no checking, and looking for what nobody uses any more.

Typer has Pydantic check every word, also those that are not given; loading it takes longer than counting a village.  A text
that is to be a text or a path, a choice that is one of the choices and an option that is not there need nothing of it.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_origin

import typer

_Check = Callable[[typer.Context, Any], Any]

SELDOM = 100_000
"""New objects after which Python looks for unused ones that refer to each other; by itself it does after 700."""


def collect_seldom() -> None:
    """Nearly all that a command loads stays until its end, when the system takes back everything at once: looking through it
    again and again, and once more then, is a fourteenth of a village's count."""
    gc.set_threshold(SELDOM)
    atexit.register(gc.freeze)


def quickly(command: Any) -> Any:
    """The command with all that are in it, as Typer made it, whose parameters look themselves before they have Typer look.

    With a Typer that does not say what kind of word a parameter takes, everything is left to it.
    """
    for parameter in command.params:
        _look_first(parameter)
    made_later = command.get_help_option  # the parameter --help, which stands in no list
    command.get_help_option = lambda context: _look_first(made_later(context))
    for inner in getattr(command, "commands", {}).values():
        quickly(inner)
    return command


def _look_first(parameter: Any) -> Any:
    kind = getattr(getattr(parameter, "type_descriptor", None), "annotation", None)
    if kind is not None and not isinstance(parameter.process_value, partial):
        parameter.process_value = partial(_take, parameter, kind, parameter.process_value)
    return parameter


def _take(parameter: Any, kind: Any, check: _Check, context: typer.Context, value: Any) -> Any:
    several = parameter.multiple or parameter.nargs == -1
    if value is None and not parameter.required:
        taken: Any = () if several else None
    elif (
        several and kind in (list[str], list[Path]) and isinstance(value, (list, tuple)) and value and _all_text(value)
    ):
        taken = list(value) if kind == list[str] else [Path(one) for one in value]
    elif not several and isinstance(value, str) and (kind is str or _is_choice(value, kind)):
        taken = value
    elif not several and isinstance(value, str) and kind is Path:
        taken = Path(value)  # whoever reads the file says what keeps him from it, and better
    else:
        return check(context, value)
    return taken if parameter.callback is None else parameter.callback(context, parameter, taken)


def _all_text(values: Any) -> bool:
    return all(isinstance(value, str) for value in values)


def _is_choice(value: str, kind: Any) -> bool:
    return get_origin(kind) is Literal and value in kind.__args__
