"""The front door: mounts the command groups and turns errors into messages and exit codes."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Annotated, Any

import borgerbudget.interrupt  # noqa: F401  # isort: skip
import typer
from typer.main import get_command

from borgerbudget.console import emit, leave, prepare_streams, report, say
from borgerbudget.errors import BorgerbudgetError, refusal
from borgerbudget.misasked import misasked
from borgerbudget.quick_start import collect_seldom, quickly
from borgerbudget.words import Text, preferred_language

BUG = Text(
    "Uventet fejl i borgerbudget ({error}). Intet er gemt. Kør igen med BORGERBUDGET_DEBUG=1 og send os teksten.",
    "Unexpected error in borgerbudget ({error}). Nothing was saved. Run again with BORGERBUDGET_DEBUG=1 and send us the text.",
)

SYSTEM = Text(
    "Computeren siger nej: {reason}. Se efter plads, rettigheder og forbindelse, og prøv igen.",
    "The computer refuses: {reason}. Look at space, permissions and connection, and try again.",
)

MISASKED: Any = typer.BadParameter.__mro__[1]
"""What the command library raises when the command line cannot be understood: it has no public name there."""

STOPPED = 130
INTERRUPTED = Text("Afbrudt. Intet er halvt gemt.", "Interrupted. Nothing is half-saved.")

app = typer.Typer(
    name="borgerbudget",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from importlib import metadata  # slow to load

        try:
            emit(f"borgerbudget {metadata.version('borgerbudget')}")
        except metadata.PackageNotFoundError:
            emit("borgerbudget (run from a checkout, not installed)")
        raise typer.Exit


@app.callback()
def front(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Participatory budgeting: exact, explained and repeatable counts. / Borgerbudgetter, talt op eksakt."""


DOORS: dict[str, tuple[str, ...]] = {
    "borgerbudget.commands": ("check", "convert"),
    "tallies.commands": ("tally", "explain", "compare", "plans"),
    "tallies.audit.commands": ("audit",),
    "tallies.rules_commands": ("rules",),
    "scenarios.commands": ("scenario",),
    "tallies.round_commands.group": ("round",),
    "borgerbudget.office_commands.areas": ("area",),
    "tallies.round_commands.letters": ("proposal", "roll", "codes"),
    "borgerbudget.office_commands.paper": ("reconcile", "ballot"),
    "borgerbudget.office_commands.hand_counts": ("hand-count",),
    "tallies.round_commands.afterwards": ("award", "result", "appeal", "decide", "privacy"),
    "borgerbudget.office_commands.backups": ("backup", "restore"),
    "borgerbudget.office_commands.doctor": ("doctor",),
    "tallies.demo.command": ("demo",),
}
"""Module -> the first words of the commands that its ``mount`` adds, in the order in which help lists them."""


def open_doors(first: str | None) -> typer.Typer:
    """The command that the first word of a command line names, or its group with what stands behind the same door; without
    such a word all of them.

    Loading all takes longer than counting a village.
    """
    for module, words in DOORS.items():
        if first in words or not any(first in others for others in DOORS.values()):
            import_module(module).mount(app)
    if any(known.name == first for known in app.registered_commands):  # the others behind the door wait too
        app.registered_commands = [known for known in app.registered_commands if known.name == first]
    return app


def main() -> None:
    """Runs the command line; exit codes as documented in the README."""
    prepare_streams()
    collect_seldom()
    sys.argv[1:] = language_last(sys.argv[1:])
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads only wait, and burn the processor doing so
    try:
        command = quickly(get_command(open_doors(_first_word())))
        sys.exit(command(_words(command), prog_name="borgerbudget", standalone_mode=False))
    except MISASKED as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            say(error.format_message())  # a group alone: its help
        else:
            command = error.ctx.command_path if error.ctx else "borgerbudget"
            report([misasked(error.format_message(), command)], preferred_language(_asked_language()))
        sys.exit(error.exit_code)
    except BorgerbudgetError as error:
        report(error.problems, preferred_language(_asked_language()))
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        say(INTERRUPTED.say(preferred_language(_asked_language())))
        sys.exit(STOPPED)
    except BrokenPipeError:
        leave()
    except OSError as error:
        reason = refusal(error)
        if error.filename is not None:
            reason = Text(*(f"{error.filename}: {words}" for words in reason))
        say(SYSTEM.say(preferred_language(_asked_language()), reason=reason))
        sys.exit(1)
    except Exception as error:
        if os.environ.get("BORGERBUDGET_DEBUG"):
            raise
        say(BUG.say(preferred_language(_asked_language()), error=f"{type(error).__name__}: {error}"[:300]))
        sys.exit(1)


def language_last(words: list[str]) -> list[str]:
    """``--lang da round show`` as ``round show --lang da``: only commands take options, and people begin with the language."""
    asked = 2 if words[:1] == ["--lang"] else 1 if words[:1] and words[0].startswith("--lang=") else 0
    if not asked or len(words) <= asked:
        return words
    options, rest = words[:asked], words[asked:]
    end = rest.index("--") if "--" in rest else len(rest)
    return rest if any(word.partition("=")[0] == "--lang" for word in rest) else [*rest[:end], *options, *rest[end:]]


def _first_word() -> str | None:
    """None while a shell asks what could come next: whatever it says then is not our command line."""
    asked = "_BORGERBUDGET_COMPLETE" in os.environ
    return None if asked or len(sys.argv) < 2 else sys.argv[1]


def _words(command: Any) -> list[str]:
    """The words of the command line; where help is asked for, its language is settled here and said no more."""
    words, asked = sys.argv[1:], _asked_language()
    if asked not in ("da", "en") or not {"--help", "-h"} & set(words):
        return words
    if asked == "da" and _first_word() == "scenario":
        import_module("scenarios.help_danish").in_danish(command.commands["scenario"])
    pairs = zip(["", *words], words, strict=False)
    return [word for last, word in pairs if "--lang" not in (last, word) and not word.startswith("--lang=")]


def _asked_language() -> str | None:
    """--lang as given, also when the command ended before it was read."""
    for i, word in enumerate(sys.argv):
        if word == "--lang" and i + 1 < len(sys.argv):
            return sys.argv[i + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


if __name__ == "__main__":
    main()
