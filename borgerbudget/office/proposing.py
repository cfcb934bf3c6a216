"""Proposals: added, amended, decided on, numbered, withdrawn.  Every change is a new version; none is ever lost."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace

from borgerbudget.canonical import fit_text
from borgerbudget.errors import Place, Problem, StateForbids, UsageError, problem
from borgerbudget.files.difference import Difference, difference
from borgerbudget.money import LARGEST_AMOUNT, plain_amount
from borgerbudget.office.setting_up import BEFORE_FREEZING, refuse_lookalikes
from borgerbudget.profile_lines import ID
from borgerbudget.proposal import Proposal
from borgerbudget.rounds.guards import found, not_sealed
from borgerbudget.rounds.round import Entry, Round
from borgerbudget.rounds.words import PROBLEMS
from borgerbudget.store import tables
from borgerbudget.store.work import Office, Work, demand, work
from borgerbudget.words import Text

UNLIKELY = Text("et beløb er under nul eller for stort", "an amount is below zero or too large")
FREE = Text("beløbet, der søges om, skal være over nul", "the amount applied for must be above zero")
LEAST = Text("det mindste beløb skal være over nul og højst det, der søges om",
             "the least amount must be above zero and at most what is applied for")  # fmt: skip
PRICE = Text("der søges om mere end den samlede pris", "more is applied for than the total price")
GOALS = Text("verdensmålene går fra 1 til 17", "the UN goals go from 1 to 17")

COMPARED = (
    "title", "cost", "min_cost", "total_price", "own_financing", "other_financing", "summary", "vat", "quote", "responsible",
    "area", "category", "goals",
)  # fmt: skip


def add_proposal(office: Office, name: str, entry: Entry) -> bool:
    """A new proposal; False when the very same one is there.  Once vetting has begun the list is closed."""
    entry = _fit(entry)
    with work(office, name) as under_way:
        round = demand(under_way, "proposal add", "draft", "proposals")
        refuse_lookalikes([entry.id], (one.id for one in round.proposals))
        old = _find(round, entry.id)
        if old is not None:
            if replace(entry, version=old.version, status=old.status, ballot_number=old.ballot_number) == old:
                return False
            raise UsageError(problem(PROBLEMS, "RND-004", Place(name), value=entry.id))
        _write(under_way, replace(entry, version=1, status="proposed"))
        under_way.note("amended", {"what": "proposals"})
    return True


def amend_proposal(office: Office, name: str, proposal: str, **values: object) -> bool:
    """Other facts about a proposal (fields of ``Entry``); False when nothing changed."""
    with work(office, name) as under_way:
        round = demand(under_way, "proposal amend", *BEFORE_FREEZING)
        old = known(round, proposal)
        new = _fit(replace(old, **values))  # type: ignore[arg-type]
        if new == old:
            return False
        _write(under_way, replace(new, version=old.version + 1))
        under_way.note("amended", {"what": "proposals"})
    return True


def import_proposals(office: Office, name: str, entries: Sequence[Entry], given: Collection[str]) -> Difference:
    """New proposals, and new versions of those that are there, by their ids; all or nothing.  What changes.

    ``given``: the fields of ``Entry`` that the table speaks of; others stay as they are, and so do proposals that it leaves out.
    New ones while they are collected, changes until freezing.  UsageError with the faults of all entries; StateForbids.
    """
    with work(office, name) as under_way:
        round = demand(under_way, "proposal import", *BEFORE_FREEZING)
        there = {entry.id: entry for entry in round.proposals}
        refuse_lookalikes((entry.id for entry in entries), there)
        if any(entry.id not in there for entry in entries):
            demand(under_way, "proposal import", "draft", "proposals")
        wrong: list[Problem] = []
        found: list[Entry] = []
        for entry in entries:
            old = there.get(entry.id)
            fields = {field: getattr(entry, field) for field in given if field != "id"}
            try:
                found.append(_fit(replace(old, **fields) if old else replace(entry, version=1, status="proposed")))
            except UsageError as error:
                wrong += (replace(problem, place=Place(entry.id)) for problem in error.problems)
        if wrong:
            raise UsageError(wrong)
        changed = [new for new in found if new != there.get(new.id)]
        for new in changed:
            _write(under_way, replace(new, version=new.version + 1) if new.id in there else new)
        if changed:
            under_way.note("amended", {"what": "proposals"})
    return difference(
        {new.id: _shown(there[new.id]) for new in found if new.id in there}, {new.id: _shown(new) for new in found}
    )


def vet_proposal(office: Office, name: str, proposal: str, accept: bool, merged_into: str | None = None) -> bool:
    """The verdict: on the ballot, or not and why.  A merged one keeps its history and names where it went."""
    status = "accepted" if accept else "merged" if merged_into else "rejected"
    with work(office, name) as under_way:
        round = demand(under_way, "proposal vet", *BEFORE_FREEZING)
        old = known(round, proposal)
        if merged_into is not None and known(round, merged_into).id == proposal:
            raise UsageError(problem(PROBLEMS, "RND-004", Place(name), value=proposal))
        if not accept and not office.reason:
            raise StateForbids(found(round, "STA-003", name="proposal vet --reject"))
        if (old.status, old.merged_into) == (status, merged_into):
            return False
        _write(under_way, replace(old, version=old.version + 1, status=status, merged_into=merged_into))
        under_way.note("amended", {"what": "verdict"})
    return True


def number_proposals(office: Office, name: str, order: Sequence[str] = ()) -> tuple[str, ...]:
    """Numbers the accepted proposals on the ballot, in this order, or drawn, or by id (10 after 9); the ids in order."""
    with work(office, name) as under_way:
        round = demand(under_way, "proposal number", *BEFORE_FREEZING)
        accepted = [p.id for p in round.listed]
        if all(re.fullmatch("[0-9]+", one, re.ASCII) for one in accepted):
            accepted.sort(key=int)
        chosen = list(order)
        if not chosen:
            chosen = list(accepted)
            if round.policy("order") == "drawn":
                secrets.SystemRandom().shuffle(chosen)
        if sorted(chosen) != sorted(accepted):
            raise UsageError(problem(PROBLEMS, "RND-038", Place(name), known=", ".join(accepted)))
        changed = False
        for number, proposal in enumerate(chosen, 1):
            old = known(round, proposal)
            if old.ballot_number != number:
                _write(under_way, replace(old, version=old.version + 1, ballot_number=number))
                changed = True
        if changed:
            under_way.note("amended", {"what": "numbers"})
    return tuple(chosen)


def withdraw_proposal(office: Office, name: str, proposal: str) -> bool:
    """Before freezing it leaves the list; afterwards the list stands, and an event says that it takes no part."""
    with work(office, name) as under_way:
        round = demand(under_way, "proposal withdraw", *BEFORE_FREEZING, "open", "suspended", "closed")
        old = known(round, proposal)
        if old.status == "withdrawn":
            return False
        wrong = not_sealed(round, office.attempt("proposal withdraw"))
        if not office.reason:
            wrong.append(found(round, "STA-003", name="proposal withdraw"))
        if round.state not in BEFORE_FREEZING and old not in round.listed:
            wrong.append(problem(PROBLEMS, "RND-005", Place(name), value=proposal, round=name))
        if wrong:
            raise StateForbids(wrong)
        _write(under_way, replace(old, version=old.version + 1, status="withdrawn"))
        if round.state in BEFORE_FREEZING:
            under_way.note("amended", {"what": "withdrawal"})
        else:
            under_way.note("withdrawn", {"proposal": proposal})
    return True


def known(round: Round, proposal: str) -> Entry:
    """UsageError for one that is not in the round."""
    entry = _find(round, proposal)
    if entry is None:
        raise UsageError(problem(PROBLEMS, "RND-005", Place(round.id), value=proposal, round=round.id))
    return entry


def _shown(entry: Entry) -> dict[str, str]:
    """What a person compares, as texts."""

    def text(field: str, value: object) -> str:
        if isinstance(value, tuple):
            return ", ".join(map(str, value))
        return plain_amount(value) if isinstance(value, int) else str(value or "")

    return {field: text(field, getattr(entry, field)) for field in COMPARED}


def _find(round: Round, proposal: str) -> Entry | None:
    return next((entry for entry in round.proposals if entry.id == proposal), None)


def _fit(entry: Entry) -> Entry:
    """With texts made fit; UsageError for values that no proposal can have."""
    if not ID.fullmatch(entry.id):
        raise UsageError(problem(PROBLEMS, "RND-003", value=entry.id[:80]))
    texts = {
        name: None if value is None else fit_text(value)
        for name in ("title", "summary", "vat", "quote", "responsible", "area")
        for value in [getattr(entry, name)]
    }
    amounts = [entry.cost, entry.min_cost, entry.total_price, entry.own_financing, entry.other_financing]
    wrong = [
        problem(PROBLEMS, "RND-039", Place(entry.id), reason=reason)
        for reason, met in (
            (UNLIKELY, any(amount is not None and not 0 <= amount <= LARGEST_AMOUNT for amount in amounts)),
            (FREE, entry.cost <= 0),
            (LEAST, entry.min_cost is not None and not 0 < entry.min_cost <= entry.cost),
            (PRICE, entry.total_price is not None and entry.total_price < entry.cost),
            (GOALS, not all(1 <= goal <= 17 for goal in entry.goals)),
        )
        if met
    ]
    if wrong:
        raise UsageError(wrong)
    Proposal(entry.id, entry.cost, min_cost=entry.min_cost, total_price=entry.total_price, goals=entry.goals)
    category = tuple(text for text in map(fit_text, entry.category) if text)
    return replace(entry, category=category, **texts)  # type: ignore[arg-type]


def _write(under_way: Work, entry: Entry) -> None:
    row = asdict(entry)
    row |= {name: json.dumps(list(row[name]), ensure_ascii=False) for name in ("category", "goals")}
    under_way.insert(tables.PROPOSALS, **row)
