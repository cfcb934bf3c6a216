"""Sealing the box: envelopes are settled and opened, ballots moved in one shuffled batch, and the link destroyed.

After the transaction the database is rewritten and its log emptied, so that neither pages nor log tell which ballot lay in which
envelope.  Copies made before still do: ``copies_with_envelopes`` lists them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from borgerbudget.chain import Event
from borgerbudget.errors import StateForbids
from borgerbudget.leaves import box_root
from borgerbudget.office.copies import copies_to_destroy
from borgerbudget.office.voting import publish_batch
from borgerbudget.rounds.codes import token
from borgerbudget.rounds.guards import batch_large_enough, key_there, untampered
from borgerbudget.rounds.round import Round
from borgerbudget.rounds.settling import Envelope, rejected
from borgerbudget.store import tables
from borgerbudget.store.database import reading, rewrite
from borgerbudget.store.integrity import look_through
from borgerbudget.store.work import Office, Work, demand, work


def seal(office: Office, name: str) -> Event | None:
    """Fixes the ballots' root: the event that says so, None when it is fixed already.

    StateForbids with everything that stands in the way.
    """
    with work(office, name) as under_way:
        round = demand(under_way, "round seal", "closed", "counted", "provisional", "final", "archived")
        if round.sealed:
            return None
        intake = under_way.rows(tables.INTAKE)
        spool = under_way.rows(tables.SPOOL)
        pending = [row for row in spool if row["batch"] == intake[0]["batch"]] if intake else []
        broken = look_through(under_way.connection, name, office.key).problems
        attempt = office.attempt("round seal", broken=broken, pending=len(pending))
        wrong = [one for guard in (key_there, untampered, batch_large_enough) for one in guard(round, attempt)]
        if wrong:
            raise StateForbids(wrong)
        backup = under_way.back_up("adjudicated")
        if intake:
            publish_batch(under_way, intake[0])
        reasons = rejected(_envelopes(under_way, spool), round.policy("double_vote") or "first")
        _move(under_way, spool, reasons)
        accepted = [bytes.fromhex(row["leaf"]) for row in spool if row["leaf"] not in reasons]
        told = sorted(reasons.items())
        under_way.note("adjudicated", {"link": "destroyed"}, rejected=told, backup=backup)
        root = {"ballots_root": box_root(accepted), "accepted": len(accepted), "rejected": len(reasons)}
        event = under_way.note("box-sealed", root)
    if not office.dry_run:
        rewrite(office.engine)
    return event


def _envelopes(under_way: Work, spool: list[dict[str, Any]]) -> list[Envelope]:
    key, name = under_way.office.key, under_way.name
    assert key is not None
    codes, roll = under_way.rows(tables.CODES), under_way.rows(tables.ROLL)
    void = {token(key, name, row["mac"]) for row in codes if row["status"] == "void"}
    struck = {row["id"] for row in roll if row["status"] == "struck"}
    off = {token(key, name, row["mac"]) for row in codes if row["roll_id"] in struck}
    off |= {token(key, name, voter) for voter in struck}
    return [
        Envelope(row["leaf"], row["token"], row["turn"], row["content"], bool(row["late"]), row["token"] in void,
                 row["token"] in off)
        for row in spool
    ]  # fmt: skip


def _move(under_way: Work, spool: list[dict[str, Any]], reasons: dict[str, str]) -> None:
    """By leaf, which is as good as shuffled: a leaf hides its salt."""
    moved = [
        {"leaf": row["leaf"], "salt": row["salt"], "content": row["content"],
         "verdict": reasons.get(row["leaf"], "accepted")}
        for row in spool
    ]  # fmt: skip
    under_way.insert_all(tables.BALLOTS, sorted(moved, key=lambda row: row["leaf"]))
    under_way.connection.execute(tables.SPOOL.delete().where(tables.SPOOL.c.round == under_way.name))


def copies_with_envelopes(office: Office, round: Round) -> list[Path]:
    """Files that can still show who cast which ballot, and must be destroyed with care."""
    with reading(office.engine) as connection:
        return copies_to_destroy(connection, office.engine, round.id, round.chain, envelopes=True)
