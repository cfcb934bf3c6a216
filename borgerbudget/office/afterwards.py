"""After the count: appeals, the council's decision, awards, archive and purge, and a new round in place of an annulled one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from borgerbudget.canonical import fit_text
from borgerbudget.errors import Place, StateForbids, UsageError, problem
from borgerbudget.money import amount_text
from borgerbudget.office.copies import copies_to_destroy
from borgerbudget.office.setting_up import checked_name, create, not_below_zero, written
from borgerbudget.rounds.deadlines import read_zone
from borgerbudget.rounds.guards import appeals_answered, found, second_person
from borgerbudget.rounds.round import Round
from borgerbudget.rounds.transitions import wrong_state
from borgerbudget.rounds.words import PROBLEMS, VERDICTS
from borgerbudget.store import tables
from borgerbudget.store.copies import PEOPLE
from borgerbudget.store.database import reading, rewrite
from borgerbudget.store.reading import SET_ASIDE, read_round, rows
from borgerbudget.store.rows import row_digest, row_key
from borgerbudget.store.work import Office, Work, demand, work


def receive_appeal(office: Office, name: str, words: str) -> int:
    """Its number."""
    text = written(words, "TEXT")
    with work(office, name) as under_way:
        demand(under_way, "appeal add", "provisional")
        number = len(under_way.rows(tables.APPEALS)) + 1
        under_way.insert(tables.APPEALS, number=number, day=under_way.day(), words=text)
        under_way.note("appeal-received", {"number": number})
    return number


def decide_appeal(office: Office, name: str, number: int, upheld: bool, grounds: str) -> bool:
    """False when it was decided so already; StateForbids when it was decided otherwise: a ruling stands.

    An upheld appeal sets aside what the council has decided, and must be answered: by a recount, a deviation or an annulment,
    each a step of its own.
    """
    verdict, words = "upheld" if upheld else "rejected", written(grounds, "--grounds")
    with work(office, name) as under_way:
        round = demand(under_way, "appeal decide", "provisional")
        old = under_way.rows(tables.APPEALS, number=number)
        if not old:
            raise UsageError(problem(PROBLEMS, "RND-029", Place(name), number=number, round=name))
        if (old[0]["verdict"], old[0]["grounds"]) == (verdict, words):
            return False
        if old[0]["verdict"] is not None:
            raise StateForbids(found(round, "STA-056", number=number, verdict=VERDICTS[old[0]["verdict"]]))
        under_way.update(tables.APPEALS, old[0], verdict=verdict, grounds=words)
        under_way.note("appeal-decided", {"number": number, "verdict": verdict})
        if upheld:
            set_decision_aside(under_way, f"appeal {number}")
    return True


def decide(office: Office, name: str, deviations: Mapping[str, int] | None, reference: str, grounds: str = "") -> bool:
    """The council confirms the computed result, or deviates from it: other amounts (id -> minor units) with grounds.

    The computed result stays as it is beside it.  Until the round is final a later decision takes the place of an earlier one;
    False when it was decided just so.  StateForbids for a confirmation while an upheld appeal waits for its answer.
    """
    case = written(reference, "--reference")
    with work(office, name) as under_way:
        round = demand(under_way, "decide", "provisional")
        if office.key is None:
            raise StateForbids(found(round, "STA-030"))
        kind = "confirm" if deviations is None else "deviate"
        if kind == "deviate" and not fit_text(grounds):
            raise StateForbids(found(round, "STA-054"))
        wrong = appeals_answered(round, office.attempt("decide")) if kind == "confirm" else []
        if wrong:
            raise StateForbids(wrong)
        for amount in (deviations or {}).values():
            not_below_zero(amount, "--amount", Place(name), round.currency)
        amounts = computed(under_way) | dict(deviations or {})
        unknown = [proposal for proposal in amounts if proposal not in {p.id for p in round.listed}]
        if unknown:
            raise UsageError(problem(PROBLEMS, "RND-005", Place(name), value=unknown[0], round=name))
        _within_the_pool(round, sum(amounts.values()) - round.pool, sum(amounts.values()))
        kept = {proposal: amount for proposal, amount in sorted(amounts.items()) if amount}
        words = {"kind": kind, "reference": case, "grounds": fit_text(grounds)}
        old = round.decision
        if old and old.amounts == kept and {key: getattr(old, key) for key in words} == words:
            return False
        _write_decision(under_way, words, kept)
    return True


def set_decision_aside(under_way: Work, why: str) -> None:
    """What the council decided about another count, or before an appeal was upheld, no longer stands.  StateForbids without the
    key when there is a decision."""
    if under_way.known.decision is None:
        return
    if under_way.office.key is None:
        raise StateForbids(found(under_way.known, "STA-030"))
    _write_decision(under_way, {"kind": SET_ASIDE, "reference": why, "grounds": ""}, {})


def _write_decision(under_way: Work, words: Mapping[str, str], amounts: Mapping[str, int]) -> None:
    under_way.insert(
        tables.DECISIONS, number=len(under_way.rows(tables.DECISIONS)) + 1, day=under_way.day(),
        decider=under_way.known.policy("decider"), amounts=json.dumps(amounts, sort_keys=True), **words,
    )  # fmt: skip


def award(office: Office, name: str, proposal: str, amount: int, reference: str, reserve: bool = False) -> bool:
    """Money promised to a funded proposal: at most what the decision gives it, 0 when it is given up; or to one that moves up
    from the reserve list: at most what it applied for.  Another amount takes the place of an earlier one; False when it was
    awarded just so.  What the decision gives to others and was not awarded yet is theirs.
    """
    text = written(reference, "--reference")
    with work(office, name) as under_way:
        round = demand(under_way, "award", "final")
        not_below_zero(amount, "--amount", Place(name), round.currency)
        decision = round.decision
        assert decision is not None
        costs = {p.id: p.cost for p in round.listed}
        if proposal not in costs:
            raise UsageError(problem(PROBLEMS, "RND-005", Place(name), value=proposal, round=name))
        if not reserve and proposal not in decision.amounts:
            raise UsageError(problem(PROBLEMS, "RND-032", Place(name), value=proposal))
        waiting = _waiting(under_way, proposal, decision.amounts) if reserve else []
        most = costs[proposal] if reserve else decision.amounts[proposal]
        if amount > most:
            shown = [amount_text(one, round.currency) for one in (amount, most)]
            raise UsageError(problem(PROBLEMS, "RND-048", Place(name), value=proposal, amount=shown[0], most=shown[1]))
        awarded = {row["proposal"]: row for row in under_way.rows(tables.AWARDS)}
        old = awarded.get(proposal)
        kind = "reserve" if reserve else "award"
        if old and (old["amount"], old["reference"], old["kind"]) == (amount, text, kind):
            return False
        promised = {**decision.amounts, **{one: row["amount"] for one, row in awarded.items()}, proposal: 0}
        left = round.pool - sum(promised.values())
        if reserve:
            before = [one for one in waiting if one not in awarded and costs[one] <= left]
            _demand_turn(under_way, before, [decision.amounts[one] - promised[one] for one in decision.amounts])
        _within_the_pool(round, amount - left, amount)
        row = {"amount": amount, "reference": text, "day": under_way.day(), "kind": kind}
        if old:
            under_way.update(tables.AWARDS, old, **row)
        else:
            under_way.insert(tables.AWARDS, proposal=proposal, **row)
        under_way.note("reserve-called" if reserve else "awarded", {"proposal": proposal, "amount": amount})
    return True


def _waiting(under_way: Work, proposal: str, decided: Mapping[str, int]) -> list[str]:
    """Who stands before it on the reserve list that was counted, and has no money by the decision.  StateForbids when there is
    no list, or it is not on it."""
    last = json.loads(under_way.rows(tables.RESULTS)[-1]["outcome"])
    if "reserve" not in last:
        raise StateForbids(found(under_way.known, "RND-080"))
    classes = [[one for one in tied if one not in decided] for tied in last["reserve"]]
    for place, tied in enumerate(classes):
        if proposal in tied:
            return [one for before in classes[:place] for one in before]
    known = ", ".join(one for tied in classes for one in tied) or "-"
    raise StateForbids(found(under_way.known, "RND-081", value=proposal, known=known))


def _demand_turn(under_way: Work, before: list[str], given_up: list[int]) -> None:
    """``before``: who stands before it, fits and was not asked; ``given_up``: of each winner.  StateForbids when nobody gave up
    anything, or when somebody is passed over without a reason and a second person."""
    round, office = under_way.known, under_way.office
    if not any(amount > 0 for amount in given_up):
        raise StateForbids(found(round, "RND-082"))
    if before:
        wrong = second_person(round, office.attempt("award --reserve")) if office.reason else []
        if wrong or not office.reason:
            raise StateForbids([found(round, "RND-083", before=", ".join(before), first=before[0]), *wrong])


def purge(office: Office, name: str) -> list[Path] | None:
    """Deletes roll, codes, participation, appeals and everything private about the events, and writes down that it did.

    The files that still hold them and must be destroyed; None when it was done before.  StateForbids without a second person;
    Busy when all is done but the log, which a later call then empties.
    """
    copies = _delete_private(office, name)
    if not office.dry_run:
        rewrite(office.engine)  # when it was done before, too: the power may have gone before this
    return copies


def _delete_private(office: Office, name: str) -> list[Path] | None:
    with work(office, name) as under_way:
        round = demand(under_way, "privacy purge", "archived", "cancelled", "annulled")
        if round.happened("purged"):
            return None
        wrong = second_person(round, office.attempt("privacy purge"))
        if wrong:
            raise StateForbids(wrong)
        copies = copies_to_destroy(under_way.connection, office.engine, name, under_way.chain)
        numbers: dict[str, object] = {}
        for table in (*PEOPLE, tables.INTAKE):
            numbers[table.name] = len(under_way.rows(table))
            under_way.connection.execute(table.delete().where(table.c.round == name))
        under_way.connection.execute(tables.PRIVATE.delete().where(tables.PRIVATE.c.round == name))
        for table in tables.DIGESTED:  # from here on these rows are all there is
            chosen: dict[str, object] = {"id": name} if table is tables.ROUNDS else {"round": name}
            for row in _rows(under_way, table, chosen):
                under_way.changes.append((table.name, row_key(table, row), row_digest(table, row)))
        verdicts = sorted(
            (row["leaf"], row["verdict"]) for row in under_way.rows(tables.BALLOTS) if row["verdict"] != "accepted"
        )
        under_way.note("purged", numbers, rejected=verdicts)
        return copies


def rerun(office: Office, name: str, new_name: str) -> None:
    """A new round with the policies, pool, proposals and signers of an annulled one, linked to it; dates and roll are new."""
    with reading(office.engine) as connection:
        old = read_round(connection, name)
    if old.state != "annulled":
        raise StateForbids(wrong_state(old, "round rerun", ["annulled"]))
    with work(office, checked_name(new_name), new_in=read_zone(old.zone)) as under_way:
        there = _rows(under_way, tables.ROUNDS, {"id": new_name})
        if there and there[0]["rerun_of"] == name:
            return
        if there:
            raise UsageError(problem(PROBLEMS, "RND-004", value=new_name))
        row = {"area": old.area.id, "title": old.title, "zone": old.zone, "currency": old.currency}
        create(under_way, row, old.policies, rerun_of=name)
        for table in (tables.SOURCES, tables.SIGNERS, tables.PROPOSALS):
            copied = _rows(under_way, table, {"round": name})
            under_way.insert_all(table, [{**one, "round": new_name} for one in copied])
        under_way.note("amended", {"what": "rerun"})


def computed(under_way: Work) -> dict[str, int]:
    """What the last version of the result funds: id -> minor units."""
    last = under_way.rows(tables.RESULTS)[-1]
    return {award["proposal"]: award["amount"] for award in json.loads(last["outcome"])["funded"]}


def _rows(under_way: Work, table: Any, chosen: dict[str, object]) -> list[dict[str, Any]]:
    return rows(under_way.connection, table, **chosen)


def _within_the_pool(round: Round, over: int, amount: int) -> None:
    if over > 0:
        allowed = amount_text(amount - over, round.currency)
        asked = amount_text(amount, round.currency)
        raise UsageError(problem(PROBLEMS, "RND-031", Place(round.id), amount=asked, left=allowed))
