"""``borgerbudget demo``: a complete fictive village round, from the council's money to a bundle that anyone can check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from borgerbudget.console import emit, say
from borgerbudget.errors import Place, UsageError, problem
from borgerbudget.words import Catalogue, Entry, Text, preferred_language
from tallies.command_line import Lang

FOLDER = "borgerbudget-demo"

INTRODUCTION = Text(
    "En opdigtet landsbyrunde fra pengene bliver sat af, til resultatet er endeligt. Hvert $ er en kommando, som du selv kan\n"
    "skrive; det, der står under den, er dens svar. Kun uret er stillet: dagene går af sig selv. Alt ligger i {folder}.",
    "An invented village round from the money to the final result. Every $ is a command that you can write yourself; below it\n"
    "stands its answer. Only the clock is set: days pass by themselves. Everything is in {folder}.",
)
DONE = Text(
    "\nDet var hele runden. Pakken er prøvet, og der er intet at bemærke. Se på:",
    "\nThat was the whole round. The bundle was checked, and nothing was found wrong. Look at:",
)
GO_ON = Text(
    "Prøv selv: cd {folder}, og så fx borgerbudget round show lillevig-2026. Vejledningen: docs/tutorial.da.md",
    "Try it yourself: cd {folder}, and then perhaps borgerbudget round show lillevig-2026. The tutorial: docs/tutorial.en.md",
)
OTHERWISE = Text(
    "Demoen stoppede: denne kommando endte anderledes end ventet. Det, der er lavet, ligger i {folder}. Meld det som en fejl:\n"
    "{command}",
    "The demo stopped: this command ended otherwise than expected. What was made is in {folder}. Report it as a bug:\n{command}",
)
PROBLEMS = Catalogue(
    {
        "DEM-001": Entry(
            Text('"{folder}" er ikke en tom mappe', '"{folder}" is not an empty folder'),
            Text("vælg en anden: borgerbudget demo --dir MAPPE (en gammel demo slettes ikke af sig selv)",
                 "choose another: borgerbudget demo --dir FOLDER (an old demo is not deleted by itself)"),
        ),
    }
)  # fmt: skip


def mount(root: typer.Typer) -> None:
    root.command("demo")(demo)


def demo(
    folder: Annotated[
        Path, typer.Option("--dir", metavar="FOLDER", help="A new or empty folder for everything that is made.")
    ] = Path(FOLDER),
    lang: Lang = None,
) -> None:
    """Play a complete fictive village round, every step told with its command, and leave all its files to look at.

    \b
    borgerbudget demo --lang da
    """
    from tallies.demo.playing import play
    from tallies.demo.story import SHOWN

    language = preferred_language(lang)
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise UsageError(problem(PROBLEMS, "DEM-001", Place(), folder=folder))
    folder.mkdir(parents=True, exist_ok=True)
    emit(INTRODUCTION.say(language, folder=folder))
    failed = play(folder, language)
    if failed is not None:
        say(OTHERWISE.say(language, folder=folder, command=failed.command))
        raise typer.Exit(1)
    emit(DONE.say(language))
    width = max(len(name.say(language)) for name, _ in SHOWN)
    for name, what in SHOWN:
        emit(f"  {name.say(language):<{width}}  {what.say(language)}")
    emit(GO_ON.say(language, folder=folder))
