"""``round new|pool|dates|signer|template|rerun``: what is settled before a round is frozen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from borgerbudget.errors import UsageError, problem
from borgerbudget.office_commands.desk import Desk, RoundName, amount_of, writes
from borgerbudget.words import Text
from tallies.round_commands.group import app

CREATED = Text('Runden "{round}" er oprettet. Næste: borgerbudget round check {round}',
               'The round "{round}" is made. Next: borgerbudget round check {round}')  # fmt: skip
CREATED_ALL = Text("{count:runde er|runder er} oprettet.", "{count:round was|rounds were} made.")
NOTED = Text("Noteret.", "Noted.")
PUT_IN = Text('"{source}" giver {new}. Puljen er nu {pool}.', '"{source}" gives {new}. The pool is now {pool}.')
MENDED = Text(
    '"{source}" er ændret fra {old} til {new}. Puljen er nu {pool}.',
    '"{source}" was changed from {old} to {new}. The pool is now {pool}.',
)
TAKEN_AWAY = Text(
    '"{source}" ({old}) er taget ud. Puljen er nu {pool}.', '"{source}" ({old}) was taken out. The pool is now {pool}.'
)
SAVED = Text('Skabelonen "{name}" er gemt.', 'The template "{name}" is saved.')
ZONE = "Europe/Copenhagen"


@writes(app, "new")
def round_new(
    desk: Desk,
    round: Annotated[
        str | None, typer.Argument(metavar="ROUND", help="Its name; with --areas the names follow from them.")
    ] = None,
    area: Annotated[str | None, typer.Option("--area", metavar="AREA", help="Where it is held.")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="For people; else the name.")] = None,
    zone: Annotated[str, typer.Option("--zone", metavar="ZONE", help="The time zone of its deadlines.")] = ZONE,
    currency: Annotated[str, typer.Option("--currency", metavar="CODE")] = "DKK",
    from_template: Annotated[
        str | None, typer.Option("--from-template", metavar="NAME", help="Policies that worked.")
    ] = None,
    areas: Annotated[
        Path | None,
        typer.Option("--areas", metavar="FILE", help="Lines AREA or AREA;ROUND: a round in each, all or none."),
    ] = None,
) -> None:
    """Start a round.

    \b
    borgerbudget round new lillevig-2026 --area lillevig --title "Lillevig 2026"
    """
    from borgerbudget.office.setting_up import new_round, new_rounds
    from borgerbudget.rounds.words import PROBLEMS

    if areas is not None and from_template is not None and title is not None and round is None:
        names = _area_lines(areas, title)
        new_rounds(desk.office, names, title, zone, from_template)
        desk.done(CREATED_ALL, count=len(names))
        return
    if round is None or area is None or areas is not None:
        raise UsageError(problem(PROBLEMS, "RND-042"))
    new_round(desk.office, round, area, title or round, zone, currency, from_template)
    desk.done(CREATED, round=round)


def _area_lines(path: Path, title: str) -> dict[str, str]:
    """Name of the round -> area."""
    import re

    from borgerbudget.errors import InputRejected, Place
    from borgerbudget.office_commands.rolls import text_of
    from borgerbudget.rounds.words import PROBLEMS

    year = (re.findall("[0-9]{4}", title) or [""])[-1]
    found: dict[str, str] = {}
    for number, line in enumerate(text_of(path).splitlines(), 1):
        area, _, name = (part.strip() for part in line.partition(";"))
        name = name or f"{area}-{year}".strip("-")
        if area and name in found:
            raise InputRejected(problem(PROBLEMS, "RND-004", Place(path.name, number), value=name))
        if area:
            found[name] = area
    return found


@writes(app, "pool")
def round_pool(
    desk: Desk,
    round: RoundName,
    source: Annotated[str, typer.Option("--source", metavar="NAME", help="Where the money comes from.")],
    amount: Annotated[str, typer.Option("--amount", metavar="AMOUNT", help="How much; 0 takes the source away.")],
    reference: Annotated[str | None, typer.Option("--reference", metavar="CASE", help="The decision.")] = None,
    carried_over: Annotated[bool, typer.Option("--carried-over", help="Left from an earlier round.")] = False,
    earmark: Annotated[
        str | None, typer.Option("--earmark", metavar="CATEGORY", help="What it is set aside for.")
    ] = None,
) -> None:
    """Put money in the pool, source by source; a source that is there already gets another amount.

    \b
    borgerbudget round pool lillevig-2026 --source Byrådet --amount 100000 --reference "sag 25/1234"
    """
    from borgerbudget.money import format_amount
    from borgerbudget.office.setting_up import money_source, set_source, show_round

    money = money_source(source, amount_of(amount, "--amount"), reference, carried_over, earmark)
    changed = set_source(desk.office, round, money)
    before, pool = changed or (0, 0)
    text = TAKEN_AWAY if not money.source.amount else MENDED if before else PUT_IN
    currency = show_round(desk.office, round).currency
    old, new, now = (format_amount(one, currency, desk.language) for one in (before, money.source.amount, pool))
    desk.changed(changed, text, source=money.source.name, old=old, new=new, pool=now)


@writes(app, "dates")
def round_dates(
    desk: Desk,
    round: RoundName,
    opens: Annotated[
        str | None, typer.Option("--opens", metavar="MOMENT", help='"2026-04-01 08:00", in the round\'s zone.')
    ] = None,
    closes: Annotated[str | None, typer.Option("--closes", metavar="MOMENT", help='"2026-04-14 20:00".')] = None,
) -> None:
    """Say when voting opens and closes; once frozen, later only.

    \b
    borgerbudget round dates lillevig-2026 --opens "2026-04-01 08:00" --closes "2026-04-14 20:00"
    """
    from borgerbudget.office.setting_up import set_dates, show_round
    from borgerbudget.rounds.deadlines import read_moment
    from borgerbudget.rounds.words import PROBLEMS

    if opens is None and closes is None:
        raise UsageError(problem(PROBLEMS, "RND-018"))
    zone = show_round(desk.office, round).zone
    moments = [None if text is None else read_moment(text, zone) for text in (opens, closes)]
    set_dates(desk.office, round, *moments)
    desk.done(NOTED)


@writes(app, "signer")
def round_signer(
    desk: Desk,
    round: RoundName,
    key: Annotated[Path, typer.Argument(metavar="KEY.pub", help="The public part of a key.")],
    role: Annotated[str, typer.Option("--role", metavar="WORD", help="clerk, auditor or another word.")] = "clerk",
) -> None:
    """Say whose key may sign the round's bundle.

    \b
    borgerbudget round signer lillevig-2026 revisor.pub --role auditor
    """
    from borgerbudget.files.disk import read_bytes
    from borgerbudget.office.setting_up import add_signer, checked_name
    from tallies.audit.keys import read_public

    public = read_public(read_bytes(key), key.name)
    add_signer(desk.office, round, public.fingerprint, public.raw.hex(), checked_name(role))
    desk.done(NOTED)


@writes(app, "template")
def round_template(
    desk: Desk,
    round: RoundName,
    save: Annotated[str, typer.Option("--save", metavar="NAME", help="The template's name.")],
) -> None:
    """Keep a round's policies as a template for other areas.

    \b
    borgerbudget round template lillevig-2026 --save landsby
    """
    from borgerbudget.office.setting_up import save_template

    save_template(desk.office, round, save)
    desk.done(SAVED, name=save)


@writes(app, "rerun")
def round_rerun(
    desk: Desk,
    round: RoundName,
    name: Annotated[str, typer.Option("--as", metavar="ROUND", help="The new round's name.")],
) -> None:
    """A new round in place of an annulled one: same rules, pool and proposals, linked to it.

    \b
    borgerbudget round rerun lillevig-2026 --as lillevig-2026-omvalg
    """
    from borgerbudget.office.afterwards import rerun

    rerun(desk.office, round, name)
    desk.done(CREATED, round=name)
