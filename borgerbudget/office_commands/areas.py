"""``area``: the local areas that rounds are held in."""

from __future__ import annotations

from typing import Annotated

import typer

from borgerbudget.office_commands.desk import Desk, reads, writes
from borgerbudget.words import Text

app = typer.Typer(name="area", no_args_is_help=True, help="Local areas: guilds, forums, towns.", rich_markup_mode=None)
ADDED = Text('Lokalområdet "{area}" er skrevet ned.', 'The area "{area}" is written down.')


def mount(root: typer.Typer) -> None:
    root.add_typer(app)


@writes(app, "add", create=True)
def area_add(
    desk: Desk,
    area: Annotated[str, typer.Argument(metavar="AREA", help="Its id.")],
    name: Annotated[str, typer.Option("--name", help="Its name.")],
    group: Annotated[str | None, typer.Option("--group", help="What it belongs to.")] = None,
    population: Annotated[int | None, typer.Option("--population", min=0, help="How many people live there.")] = None,
    statutes: Annotated[str | None, typer.Option("--statutes", help="Where its statutes are.")] = None,
) -> None:
    """Add an area, or mend one.  The first makes the database and its key.

    \b
    borgerbudget area add lillevig --name Lillevig --population 120
    """
    from borgerbudget.office.setting_up import add_area
    from borgerbudget.pool import Area

    changed = add_area(desk.office, Area(area, name, group, population), statutes)
    desk.changed(changed, ADDED, area=area)


@reads(app, "list")
def area_list(desk: Desk) -> None:
    """The areas.

    \b
    borgerbudget area list
    """
    from borgerbudget.office.setting_up import list_areas

    found = list_areas(desk.office)
    rows: list[object] = [
        {"id": area.id, "name": area.name, "group": area.group, "population": area.population} for area in found
    ]
    lines = [f"{area.id}  {area.name}" + (f"  ({area.population})" if area.population else "") for area in found]
    desk.show({"schema": "borgerbudget.areas/1", "areas": rows}, lines)
