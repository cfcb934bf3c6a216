"""Areas, new rounds and what is settled about them: policies, pool, dates, signers, templates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from borgerbudget.canonical import UNFIT, fit_text
from borgerbudget.errors import BorgerbudgetError, Place, StateForbids, UsageError, problem
from borgerbudget.money import amount_text
from borgerbudget.pool import Area, Source
from borgerbudget.rounds.deadlines import moment_text, read_zone, say_moment
from borgerbudget.rounds.guards import closing_wrong, found
from borgerbudget.rounds.policies import read_policies
from borgerbudget.rounds.round import MoneySource, Round
from borgerbudget.rounds.value_words import DATE_KINDS
from borgerbudget.rounds.words import PROBLEMS
from borgerbudget.store import tables
from borgerbudget.store.database import reading, writing
from borgerbudget.store.reading import read_round, rows
from borgerbudget.store.rows import row_seal
from borgerbudget.store.work import Office, Work, demand, work

NAME = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
BEFORE_FREEZING = ("draft", "proposals", "vetting")


def checked_name(value: str) -> str:
    """An id of a round, area, template or voter, as it may stand in a bundle and in a file's name."""
    if not NAME.fullmatch(value) or value.startswith("."):
        raise UsageError(problem(PROBLEMS, "RND-003", value=UNFIT.sub("?", value[:80])))
    return value


def written(value: str, what: str) -> str:
    """``value`` as it may stand in a document; UsageError when nothing of it is left.  ``what``: the option or argument."""
    if not fit_text(value):
        raise UsageError(problem(PROBLEMS, "RND-086", what=what))
    return fit_text(value)


def not_below_zero(amount: int, what: str, place: Place, currency: str = "DKK") -> None:
    """UsageError for such an amount, in minor units.  ``what``: the option."""
    if amount < 0:
        raise UsageError(problem(PROBLEMS, "RND-037", place, what=what, amount=amount_text(amount, currency)))


def refuse_lookalikes(values: Iterable[str], there: Iterable[str]) -> None:
    """UsageError for ids that differ from one another or from one that is there in capital letters only."""
    values = tuple(values)
    seen = {value.casefold(): value for value in there}
    if not seen and len(set(map(str.casefold, values))) == len(values):
        return
    wrong = []
    for value in values:
        other = seen.setdefault(value.casefold(), value)
        if other != value:
            wrong.append(problem(PROBLEMS, "RND-049", value=value, other=other))
    if wrong:
        raise UsageError(wrong)


def need_key(office: Office) -> bytes:
    """StateForbids without the key."""
    if office.key is None:
        raise StateForbids(problem(PROBLEMS, "STA-030", round=""))
    return office.key


def add_area(office: Office, area: Area, statutes: str | None = None) -> bool:
    """Adds an area or mends the one with this id; False when nothing changed.  Rounds keep what they were made with."""
    key, name = need_key(office), checked_name(area.id)
    row = {
        "id": name, "name": written(area.name, "--name"), "grouping": area.group and fit_text(area.group),
        "population": area.population, "statutes": statutes and fit_text(statutes),
    }  # fmt: skip
    row["seal"] = row_seal(key, tables.AREAS, row)
    with writing(office.engine, keep=not office.dry_run) as connection:
        refuse_lookalikes([name], (one["id"] for one in rows(connection, tables.AREAS)))
        old = rows(connection, tables.AREAS, id=name)
        if old == [row]:
            return False
        if old:
            connection.execute(tables.AREAS.update().where(tables.AREAS.c.id == name).values(row))
        else:
            connection.execute(tables.AREAS.insert().values(row))
    return True


def list_areas(office: Office) -> list[Area]:
    with reading(office.engine) as connection:
        found = rows(connection, tables.AREAS)
    return [Area(row["id"], row["name"], row["grouping"], row["population"]) for row in found]


def new_round(
    office: Office, name: str, area: str, title: str, zone: str, currency: str = "DKK", template: str | None = None
) -> None:
    """A round in draft.  The same words again change nothing; another round of that name is refused."""
    row = {
        "area": area, "title": written(title, "--title"), "zone": read_zone(zone), "currency": fit_text(currency),
    }  # fmt: skip
    with work(office, checked_name(name), new_in=zone) as under_way:
        old = rows(under_way.connection, tables.ROUNDS, id=name)
        if old and all(old[0][key] == value for key, value in row.items()) and template is None:
            return
        if old:
            raise UsageError(problem(PROBLEMS, "RND-004", value=name))
        create(under_way, row, policies_of(under_way, template) if template else {})


def create(
    under_way: Work, row: Mapping[str, object], policies: Mapping[str, str], rerun_of: str | None = None
) -> None:
    """The round's row, its policies and its first event, in an open transaction."""
    refuse_lookalikes([under_way.name], (one["id"] for one in rows(under_way.connection, tables.ROUNDS)))
    areas = rows(under_way.connection, tables.AREAS, id=row["area"])
    if not areas:
        raise UsageError(problem(PROBLEMS, "RND-002", area=row["area"]))
    facts = {"area_name": areas[0]["name"], "area_population": areas[0]["population"], "rerun_of": rerun_of}
    under_way.insert(tables.ROUNDS, id=under_way.name, **row, **facts)
    under_way.insert_all(tables.POLICIES, [{"key": key, "value": value} for key, value in policies.items()])
    under_way.note("created")


def new_rounds(office: Office, names: Mapping[str, str], title: str, zone: str, template: str) -> None:
    """A round in each area (name -> area), with a template's policies: all of them or none."""
    wrong: list[BorgerbudgetError] = []
    with writing(office.engine, keep=not office.dry_run) as connection:
        for name, area in names.items():
            under_way = Work(office, connection, checked_name(name), None, office.clock(), read_zone(zone))
            try:
                if rows(connection, tables.ROUNDS, id=name):
                    raise UsageError(problem(PROBLEMS, "RND-004", value=name))
                row = {"area": area, "title": written(title, "--title"), "zone": zone, "currency": "DKK"}
                create(under_way, row, policies_of(under_way, template))
            except BorgerbudgetError as error:
                wrong.append(error)
        if wrong:
            raise UsageError([found for error in wrong for found in error.problems])


def policies_of(under_way: Work, template: str) -> dict[str, str]:
    found = rows(under_way.connection, tables.TEMPLATES, name=template)
    if not found:
        raise UsageError(problem(PROBLEMS, "RND-019", name=template))
    policies: dict[str, str] = json.loads(found[0]["policies"])
    return policies


def save_template(office: Office, name: str, template: str) -> None:
    """What worked is carried on: a round's policies under a name; an older template of that name is replaced."""
    key = need_key(office)
    with writing(office.engine, keep=not office.dry_run) as connection:
        policies = json.dumps(dict(read_round(connection, name).policies), ensure_ascii=False, sort_keys=True)
        row = {"name": checked_name(template), "policies": policies}
        row["seal"] = row_seal(key, tables.TEMPLATES, row)
        connection.execute(tables.TEMPLATES.delete().where(tables.TEMPLATES.c.name == template))
        connection.execute(tables.TEMPLATES.insert().values(row))


def set_policies(office: Office, name: str, given: Mapping[str, str], unset: Sequence[str] = ()) -> list[str]:
    """Sets these and forgets those; the keys that changed."""
    wanted = read_policies(given)
    with work(office, name) as under_way:
        round = demand(under_way, "rules set", *BEFORE_FREEZING)
        old = {row["key"]: row for row in under_way.rows(tables.POLICIES)}
        changed = [key for key, value in wanted.items() if round.policies.get(key) != value]
        for key in changed:
            if key in old:
                under_way.update(tables.POLICIES, old[key], value=wanted[key])
            else:
                under_way.insert(tables.POLICIES, key=key, value=wanted[key])
        gone = [key for key in unset if key in old and key not in wanted]
        for key in gone:
            under_way.delete(tables.POLICIES, old[key])
        if changed or gone:
            under_way.note("amended", {"what": "policies"})
    return [*changed, *gone]


def set_source(office: Office, name: str, money: MoneySource) -> tuple[int, int] | None:
    """A source of the pool, known by its name: added, or its amount mended; an amount of 0 takes it away.  What it was before (0:
    not there) and what the pool is now, in minor units; None when nothing changed.

    UsageError for a name that differs from another in capital letters only.  Once the round is open for proposals, people have
    counted on the pool: then it takes a reason.
    """
    source = money.source
    row = {
        "name": written(source.name, "--source"), "amount": source.amount,
        "reference": source.reference and fit_text(source.reference), "carried_over": int(money.carried_over),
        "earmark": money.earmark and fit_text(money.earmark),
    }  # fmt: skip
    with work(office, name) as under_way:
        round = demand(under_way, "round pool", *BEFORE_FREEZING)
        if round.state != "draft" and not office.reason:
            raise StateForbids(found(round, "STA-003", name="round pool"))
        there = under_way.rows(tables.SOURCES)
        refuse_lookalikes([str(row["name"])], (one["name"] for one in there))
        old = [one for one in there if one["name"] == row["name"]]
        if old and source.amount == 0:
            under_way.delete(tables.SOURCES, old[0])
        elif old and any(old[0][key] != value for key, value in row.items()):
            under_way.update(tables.SOURCES, old[0], **row)
        elif not old and source.amount > 0:
            numbers = [one["number"] for one in there]
            under_way.insert(tables.SOURCES, number=max(numbers, default=0) + 1, **row)
        else:
            return None
        under_way.note("amended", {"what": "pool"})
        return (old[0]["amount"] if old else 0), under_way.again().pool


def set_dates(office: Office, name: str, opens: datetime | None, closes: datetime | None) -> None:
    """When voting opens and closes.  Once the round is frozen they move later only."""
    with work(office, name) as under_way:
        if under_way.known.state in ("open", "suspended"):
            raise StateForbids(found(under_way.known, "STA-061" if under_way.known.state == "open" else "STA-062"))
        round = demand(under_way, "round dates", *BEFORE_FREEZING, "ready")
        ends = closes or round.closes
        wrong = [] if ends is None else closing_wrong(round, opens or round.opens, ends, under_way.now)
        if wrong:
            raise UsageError(wrong)
        old = {row["kind"]: row for row in under_way.rows(tables.DATES)}
        moved = False
        for kind, moment, before in (("opens", opens, round.opens), ("closes", closes, round.closes)):
            if moment is None or moment == before:
                continue
            if round.state == "ready" and before is not None and moment < before:
                raise StateForbids(
                    found(round, "STA-060", kind=DATE_KINDS[kind], before=say_moment(before, round.zone))
                )
            moved = True
            if kind in old:
                under_way.update(tables.DATES, old[kind], moment=moment_text(moment))
            else:
                under_way.insert(tables.DATES, kind=kind, moment=moment_text(moment))
        if moved and round.state == "ready":
            now = under_way.again()
            assert now.opens is not None
            assert now.closes is not None
            under_way.note("dates-moved", {"opens": moment_text(now.opens), "closes": moment_text(now.closes)})
        elif moved:
            under_way.note("amended", {"what": "dates"})


def add_signer(office: Office, name: str, fingerprint: str, public_key: str, role: str) -> None:
    """A key that may sign the round's bundle; the same key again changes only its role."""
    with work(office, name) as under_way:
        demand(under_way, "round signer", *BEFORE_FREEZING)
        old = under_way.rows(tables.SIGNERS, fingerprint=fingerprint)
        if old and old[0]["role"] == role:
            return
        if old:
            under_way.update(tables.SIGNERS, old[0], role=role)
        else:
            under_way.insert(tables.SIGNERS, fingerprint=fingerprint, public_key=public_key, role=role)
        under_way.note("amended", {"what": "signers"})


def money_source(
    name: str, amount: int, reference: str | None = None, carried_over: bool = False, earmark: str | None = None
) -> MoneySource:
    """UsageError for an amount below zero."""
    not_below_zero(amount, "--amount", Place(name))
    return MoneySource(Source(name, amount, reference), carried_over, earmark)


def show_round(office: Office, name: str) -> Round:
    with reading(office.engine) as connection:
        return read_round(connection, name)
