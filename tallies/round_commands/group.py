"""The group that the files of this folder add their commands to."""

from __future__ import annotations

import typer

app = typer.Typer(name="round", no_args_is_help=True, help="A round from decision to result.", rich_markup_mode=None)


def mount(root: typer.Typer) -> None:
    from tallies.round_commands import life, settings, showing  # importing them adds their commands

    assert all(vars(part)["app"] is app for part in (settings, showing, life))
    root.add_typer(app)
