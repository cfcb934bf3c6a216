"""A round read from the database as one frozen value."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, Text, cast, func, literal, select

from borgerbudget import words
from borgerbudget.chain import Event
from borgerbudget.errors import BorgerbudgetError, Place, UsageError, problem
from borgerbudget.pool import Area, Source
from borgerbudget.rounds.deadlines import kept_moment
from borgerbudget.rounds.round import Decision, Entry, MoneySource, Round, Tally, Voter
from borgerbudget.rounds.words import PROBLEMS
from borgerbudget.store import tables
from borgerbudget.store.history import read_chain, read_private

NOBODYS = ("late", "double-vote", "void-code", "struck", "foreign")
"""Verdicts on ballots that add nobody to those who voted."""
SET_ASIDE = "set-aside"
"""The kind of the row after a decision that no longer stands: another count, or an appeal that was upheld."""


def rows(connection: Connection, table: Table, **chosen: object) -> list[dict[str, Any]]:
    """The rows in which these columns have these values, in the order of their keys' bytes."""
    wanted = [table.c[name] == value for name, value in chosen.items()]
    found = [dict(row) for row in connection.execute(select(table).where(*wanted)).mappings()]
    keys = [column.name for column in table.primary_key]
    return sorted(found, key=lambda row: [_order(row[key]) for key in keys])


def _order(value: object) -> tuple[int, bytes]:
    return (value, b"") if isinstance(value, int) else (0, str(value).encode("utf-8", "surrogatepass"))


def read_round(connection: Connection, name: str) -> Round:
    """UsageError when there is none of this name, BorgerbudgetError when its rows cannot be understood."""
    found = rows(connection, tables.ROUNDS, id=name)
    if not found:
        raise UsageError(problem(PROBLEMS, "RND-001", round=name))
    try:
        return _round(connection, name, found[0])
    except (ValueError, KeyError, TypeError) as error:  # nothing that this program wrote
        reason = words.Text("en værdi er ikke, som programmet skriver den", str(error))
        raise BorgerbudgetError(problem(PROBLEMS, "INT-011", Place(name), round=name, reason=reason)) from None


def _round(connection: Connection, name: str, row: dict[str, Any]) -> Round:
    dates = {r["kind"]: kept_moment(r["moment"]) for r in rows(connection, tables.DATES, round=name)}
    chain = read_chain(connection, name)
    private = read_private(connection, name, len(chain))
    frozen = rows(connection, tables.FROZEN, round=name)
    return Round(
        id=name,
        title=row["title"],
        area=Area(row["area"], row["area_name"], population=row["area_population"]),
        zone=row["zone"],
        currency=row["currency"],
        rerun_of=row["rerun_of"],
        chain=chain,
        sources=tuple(map(_source, rows(connection, tables.SOURCES, round=name))),
        policies={r["key"]: r["value"] for r in rows(connection, tables.POLICIES, round=name)},
        opens=dates.get("opens"),
        closes=dates.get("closes"),
        proposals=_entries(rows(connection, tables.PROPOSALS, round=name)),
        signers=tuple(
            (r["fingerprint"], r["public_key"], r["role"]) for r in rows(connection, tables.SIGNERS, round=name)
        ),
        tally=_tally_after_purge(connection, name, chain) if _purged(chain) else _tally(connection, name),
        results=len(rows(connection, tables.RESULTS, round=name)),
        appeals={r["number"]: r["verdict"] for r in rows(connection, tables.APPEALS, round=name)},
        decision=_decision(rows(connection, tables.DECISIONS, round=name)),
        frozen=(bytes(frozen[-1]["round_json"]), bytes(frozen[-1]["proposals_jsonl"])) if frozen else None,
        last_moment=kept_moment(private.words["moment"]) if private else None,
    )


def round_names(connection: Connection) -> list[str]:
    return sorted(connection.execute(select(tables.ROUNDS.c.id)).scalars(), key=str.encode)


def read_roll(connection: Connection, name: str) -> tuple[Voter, ...]:
    return tuple(Voter(r["id"], r["area"], r["status"]) for r in rows(connection, tables.ROLL, round=name))


def _source(row: dict[str, Any]) -> MoneySource:
    return MoneySource(Source(row["name"], row["amount"], row["reference"]), bool(row["carried_over"]), row["earmark"])


def _entries(versions: list[dict[str, Any]]) -> tuple[Entry, ...]:
    """The latest version of each, in the byte order of their ids."""
    latest = {row["id"]: row for row in versions}
    found = []
    for row in latest.values():
        lists = {name: tuple(json.loads(row[name])) for name in ("category", "goals")}
        found.append(Entry(**{**{key: value for key, value in row.items() if key != "round"}, **lists}))
    return tuple(found)


def _tally(connection: Connection, name: str) -> Tally:
    roll, codes, participation = tables.ROLL, tables.CODES, tables.PARTICIPATION

    def number(query: Any) -> int:
        found: int = connection.execute(query).scalar_one()
        return found

    on = (roll.c.round == name) & (roll.c.status == "on")
    coded = select(codes.c.roll_id).where(codes.c.round == name, codes.c.status == "issued")
    holders = (
        select(codes.c.roll_id).where(codes.c.round == name)
        .union(select(participation.c.roll_id).where(participation.c.round == name)).subquery()
    )  # fmt: skip

    mine = (participation.c.round == name) & (participation.c.roll_id == roll.c.id)
    issue = literal("code/") + cast(codes.c.issue, Text)
    held = (codes.c.round == name) & (codes.c.roll_id == roll.c.id) & (codes.c.status == "issued")
    taking_part = roll.join(participation, mine).outerjoin(codes, held & (participation.c.channel == issue))
    seen = (participation.c.channel == "meeting") | participation.c.channel.startswith("paper/")
    valid = seen | codes.c.mac.is_not(None)
    return Tally(
        entries=number(select(func.count()).select_from(roll).where(roll.c.round == name)),
        roll=number(select(func.count()).select_from(roll).where(on)),
        coded=number(select(func.count()).select_from(roll).where(on, roll.c.id.in_(coded))),
        holders=number(select(func.count()).select_from(holders)),
        voters=number(select(func.count(roll.c.id.distinct())).select_from(taking_part).where(on, valid)),
        envelopes=number(select(func.count()).select_from(tables.SPOOL).where(tables.SPOOL.c.round == name)),
    )


def _purged(chain: Sequence[Event]) -> bool:
    return any(event.type == "purged" for event in chain)


def _tally_after_purge(connection: Connection, name: str, chain: Sequence[Event]) -> Tally:
    """As far as the chain and the box tell: the roll as it was when voting closed; a ballot that counts, or that does not for
    what stands on it, is a voter's."""
    told = {event.type: event.payload for event in chain}
    roll = int(str(told.get("closed", told["purged"])["roll"]))
    verdicts = [row["verdict"] for row in rows(connection, tables.BALLOTS, round=name)]
    voters = sum(verdict not in NOBODYS for verdict in verdicts)
    if "hand-counted" in told:
        voters = sum(int(str(told.get("box-sealed", {}).get(key, 0))) for key in ("accepted", "rejected"))
    return Tally(entries=roll, roll=roll, voters=voters)


def _decision(found: list[dict[str, Any]]) -> Decision | None:
    """The last one, unless it only says that the one before no longer stands."""
    if not found or found[-1]["kind"] == SET_ASIDE:
        return None
    row = found[-1]
    return Decision(
        row["kind"], row["day"], row["decider"], row["reference"], row["grounds"], json.loads(row["amounts"])
    )
