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
from borgerbudget.office.hand_counts import pour_sum
from borgerbudget.office.hand_outs import on_paper
from borgerbudget.office.paper_batches import adopted_sheets, pour
from borgerbudget.office.paper_sheets import judge
from borgerbudget.office.reconciling import paper_unready
from borgerbudget.office.voting import publish_batch
from borgerbudget.rounds.codes import token
from borgerbudget.rounds.guards import batch_large_enough, found, key_there, untampered
from borgerbudget.rounds.limits import first_broken
from borgerbudget.rounds.round import Round
from borgerbudget.rounds.settling import Envelope, rejected
from borgerbudget.store import tables
from borgerbudget.store.database import reading, rewrite
from borgerbudget.store.integrity import look_through
from borgerbudget.store.work import Office, Work, demand, work


def seal(office: Office, name: str) -> Event | None:
    """Fixes the ballots' root: the event that says so, None when it is fixed already.

    StateForbids with everything that stands in the way; Busy when all is done but the log, which a later call then empties.
    """
    event = _settle(office, name)
    if not office.dry_run:
        rewrite(office.engine)  # when it was fixed before, too: the power may have gone before this
    return event


def _settle(office: Office, name: str) -> Event | None:
    with work(office, name) as under_way:
        round = demand(under_way, "round seal", "closed", "counted", "provisional", "final", "archived")
        if round.sealed:
            return None
        intake = under_way.rows(tables.INTAKE)
        spool = under_way.rows(tables.SPOOL)
        broken = look_through(under_way.connection, name, office.key).problems
        sheets = [] if round.by_hand or broken else adopted_sheets(under_way)
        pending = [row for row in spool if row["batch"] == intake[0]["batch"]] if intake else []
        attempt = office.attempt("round seal", broken=broken, pending=len(pending) + len(sheets))
        wrong = [one for guard in (key_there, untampered, batch_large_enough) for one in guard(round, attempt)]
        if round.urns and office.key is not None and not broken:
            wrong += paper_unready(under_way)
        if wrong:
            raise StateForbids(wrong)
        if round.by_hand:
            return _seal_sum(under_way)
        reasons = rejected(_envelopes(under_way, spool), round.policy("double_vote") or "first")
        limit, standing = first_broken(round), [row for row in spool if row["leaf"] not in reasons]
        reasons |= {row["leaf"]: why for row in standing if (why := limit(row["content"])) is not None}
        counting = len(spool) - len(reasons) + sum(judge(round, sheet).reason is None for sheet in sheets)
        _no_more_than_may_vote(round, counting)
        backup = under_way.back_up("adjudicated")
        reasons |= pour(under_way)
        spool, intake = under_way.rows(tables.SPOOL), under_way.rows(tables.INTAKE)
        if intake:
            publish_batch(under_way, intake[0])
        _move(under_way, spool, reasons)
        accepted = [bytes.fromhex(row["leaf"]) for row in spool if row["leaf"] not in reasons]
        told = sorted(reasons.items())
        under_way.note("adjudicated", {"link": "destroyed"}, rejected=told, backup=backup)
        root = {"ballots_root": box_root(accepted), "accepted": len(accepted), "rejected": len(reasons)}
        return under_way.note("box-sealed", root)


def _seal_sum(under_way: Work) -> Event:
    """Of a hand count: the sum of the urns goes into the chain, which is all that is left of them."""
    found = pour_sum(under_way)
    _no_more_than_may_vote(under_way.known, found.ballots)
    backup = under_way.back_up("adjudicated")
    votes = [[proposal, number] for proposal, number in found.votes.items()]
    under_way.note("adjudicated", {"ballots": found.ballots, "void": found.void, "votes": votes}, backup=backup)
    numbers = {"ballots_root": found.root, "accepted": found.ballots, "rejected": found.void}
    return under_way.note("box-sealed", numbers)


def _no_more_than_may_vote(round: Round, counting: int) -> None:
    closed = round.happened("closed")
    assert closed is not None
    if counting > int(str(closed.payload["codes"])):
        raise StateForbids(found(round, "STA-073", accepted=counting, codes=closed.payload["codes"]))


def _envelopes(under_way: Work, spool: list[dict[str, Any]]) -> list[Envelope]:
    key, name = under_way.office.key, under_way.name
    assert key is not None
    roll = {row["id"]: row["status"] for row in under_way.rows(tables.ROLL)}
    owner, void = {token(key, name, voter): voter for voter in roll}, set()
    for row in under_way.rows(tables.CODES):
        owner[token(key, name, row["mac"])] = row["roll_id"]
        if row["status"] == "void":
            void.add(token(key, name, row["mac"]))
    paper = on_paper(under_way)
    return [
        Envelope(
            row["leaf"], owner.get(row["token"], row["token"]), row["turn"], row["content"], bool(row["late"]),
            row["token"] in void, roll.get(owner.get(row["token"], "")) == "struck", owner.get(row["token"]) in paper,
        )
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
    if round.by_hand:  # in no copy stands a ballot
        return []
    with reading(office.engine) as connection:
        return copies_to_destroy(connection, office.engine, round.id, round.chain, envelopes=True)
