"""The front door: mounts the command groups and turns errors into messages and exit codes."""

from __future__ import annotations

import os
import sys

import typer

from borgerbudget.commands import mount as mount_files
from borgerbudget.console import prepare_streams, report, say
from borgerbudget.errors import BorgerbudgetError
from borgerbudget.words import Text, preferred_language
from tallies.commands import mount as mount_tally

BUG = Text(
    "Uventet fejl i borgerbudget ({error}). Intet er gemt. Kør igen med BORGERBUDGET_DEBUG=1 og send os teksten.",
    "Unexpected error in borgerbudget ({error}). Nothing was saved. Run again with BORGERBUDGET_DEBUG=1 and send us the text.",
)

app = typer.Typer(
    name="borgerbudget",
    help="Participatory budgeting: exact, explained and repeatable counts. / Borgerbudgetter, talt op eksakt.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
mount_files(app)
mount_tally(app)


def main() -> None:
    """Runs the command line; exit codes as documented in the README."""
    prepare_streams()
    try:
        app()
    except BorgerbudgetError as error:
        report(error.problems, preferred_language(_asked_language()))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("BORGERBUDGET_DEBUG"):
            raise
        say(BUG.say(preferred_language(_asked_language()), error=f"{type(error).__name__}: {error}"[:300]))
        sys.exit(1)


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
