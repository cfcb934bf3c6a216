"""What if the pool, a price or the proposals were others: who comes in and who falls out, against the count as it was."""

from __future__ import annotations

from dataclasses import dataclass, replace

from borgerbudget.election import Election
from borgerbudget.errors import InputRejected, UsageError, problem
from borgerbudget.words import Text
from scenarios.answer import Answer, Cell, Column, Table
from scenarios.figures import Move, Moves
from scenarios.questions.asked import Asked, Named, amount_in, listed, name_of, said, said_of, titled
from scenarios.sentence import Sentence
from scenarios.words import PROBLEMS
from tallies.counting import TieMatters, count
from tallies.many.changes import Changed
from tallies.outcome import Outcome
from tallies.report import REASONS

TITLE = Text("Hvad hvis {changes}?", "What if {changes}?")
GONE = Text("{proposal} trak sig", "{proposal} withdrew")
AND = Text(" og ", " and ")
POOL_NOW = Text("puljen var {pool} (nu {now})", "the pool were {pool} (now {now})")
PRICE_NOW = Text("{proposal} kostede {price} (nu {now})", "{proposal} cost {price} (now {now})")
MOVING = Text("Hvem kommer med, og hvem falder ud", "Who comes in and who falls out")
BEFORE, AFTER = Text("Nu: pulje {pool}", "Now: pool {pool}"), Text("Så: hvis {changes}", "Then: if {changes}")
COMES = Text("{names} kommer med.", "{names} would come in.")
FALLS = Text("{names} falder ud.", "{names} would fall out.")
BECAUSE = Text("{name}: {reason}.", "{name}: {reason}.")
SAME = Text("de samme forslag får penge.", "the same proposals are funded.")
LEFT = Text("{spent} ville blive brugt, og {left} blive tilbage.",
            "{spent} would be spent, and {left} left.")  # fmt: skip
TIE = Text(
    "{when} står {tied} lige, og kun en lodtrækning kan afgøre, hvem der får penge.",
    "{when} {tied} are tied, and only drawing lots can decide who is funded.",
)
REFUSED = Text("{when} kan planen ikke gennemføres: {reason}.", "{when} the plan cannot be carried out: {reason}.")
NOW, THEN = Text("som det er nu,", "as it is now,"), Text("med ændringen", "with the change")
SURE = Text(
    "Det er talt helt, lige så nøjagtigt som en rigtig optælling; intet er trukket tilfældigt.",
    "It was counted in full, exactly as a real count is; nothing was drawn at random.",
)
COLUMNS = (
    Column("plan", "text", Sentence("plan", "plan")),
    Column("proposal", "text", Sentence("forslag", "proposal")),
    Column("title", "text", Sentence("titel", "title")),
    Column("price_before", "amount", Sentence("pris nu", "price now")),
    Column("price_after", "amount", Sentence("pris så", "price then")),
    Column("amount_before", "amount", Sentence("får nu", "gets now")),
    Column("amount_after", "amount", Sentence("får så", "gets then")),
    Column("move", "text", Sentence("flytter", "moves"), {
        "in": Sentence("kommer med", "comes in"), "out": Sentence("falder ud", "falls out"),
        "stays": Sentence("med som før", "in as before"), "not funded": Sentence("stadig ikke med", "still not in"),
    }),
)  # fmt: skip
MOVES = {(False, True): "in", (True, False): "out", (True, True): "stays", (False, False): "not funded"}


@dataclass(frozen=True)
class Count:
    """One count, or why there is none."""

    outcome: Outcome | None
    tied: tuple[str, ...] = ()
    refused: Text | None = None

    @property
    def amounts(self) -> dict[str, int] | None:
        return None if self.outcome is None else {award.proposal: award.amount for award in self.outcome.funded}


def counted(election: Election, named: Named) -> Count:
    try:
        return Count(count(election, named.of(election)))
    except TieMatters as tie:
        return Count(None, tied=tie.tied)
    except InputRejected as error:
        return Count(None, refused=error.problems[0].sentence)


def changed_election(asked: Asked) -> tuple[Election, Text]:
    """The election as it is asked about, and what is other in it.  UsageError where nothing is."""
    spec, election = asked.specification, asked.election
    words: list[Text] = []
    pool = None
    if spec.pool is not None:
        pool = amount_in(spec.pool, "--pool")
        words.append(POOL_NOW.fill(pool=asked.told(pool), now=asked.told(election.pool.amount)))
    costs = []
    for proposal, price in (spec.prices or {}).items():
        p = asked.place(proposal)
        costs.append((p, amount_in(price, "--price")))
        prices = {"price": asked.told(costs[-1][1]), "now": asked.told(election.costs[p])}
        words.append(PRICE_NOW.fill(proposal=name_of(asked.label(p)), **prices))
    proposals = list(election.proposals)
    for proposal in spec.withdraw or ():
        p = asked.place(proposal)
        proposals[p] = replace(proposals[p], withdrawn=True)
        words.append(GONE.fill(proposal=name_of(asked.label(p))))
    if not words:
        raise UsageError(problem(PROBLEMS, "SCN-005", asked="what-if", options="--pool, --price, --withdraw"))
    for amount, option in [(pool, "--pool"), *((cost, "--price") for _, cost in costs)]:
        if amount is not None and amount < 1:
            raise UsageError(problem(PROBLEMS, "SCN-011", key=option, allowed="> 0", given=amount))
    changed = Changed(pool, tuple(costs)).election(replace(election, proposals=tuple(proposals)))
    told = words[0]
    for more in words[1:]:
        told = Text(f"{told.da}{AND.da}{more.da}", f"{told.en}{AND.en}{more.en}")
    return changed, told


def what_if(asked: Asked) -> Answer:
    after, changes = changed_election(asked)
    before = asked.election
    words: list[Sentence] = []
    figures: list[Moves] = []
    rows: list[tuple[Cell, ...]] = []
    title = said(TITLE, changes=changes)
    for place, named in enumerate(asked.plans):
        then, now = counted(after, named), counted(before, named)
        words += _words(asked, named.name, now, then)
        rows += _rows(asked, named.name, after, now, then)
        if now.amounts is not None and then.amounts is not None:
            figures.append(_figure(asked, named.name, place, changes, now.amounts, then.amounts))
    assert asked.source is not None
    return Answer(
        "what-if", title, asked.source.name, None, None, (*words, said(SURE)), tuple(figures),
        Table(COLUMNS, tuple(rows)), before.pool.currency,
    )  # fmt: skip


def _words(asked: Asked, plan: str, now: Count, then: Count) -> list[Sentence]:
    found: list[Sentence] = []
    for when, one in ((NOW, now), (THEN, then)):
        if one.tied:
            found.append(
                said_of(
                    asked,
                    plan,
                    TIE,
                    when=when,
                    tied=listed([name_of(asked.label(asked.election.index[i])) for i in one.tied]),
                )
            )
        elif one.refused is not None:
            found.append(said_of(asked, plan, REFUSED, when=when, reason=one.refused))
    if now.amounts is None or then.amounts is None or then.outcome is None:
        return found
    comes = [
        name_of(asked.label(asked.election.index[i]))
        for i in asked.election.ids
        if i in then.amounts and i not in now.amounts
    ]
    falls = [i for i in asked.election.ids if i in now.amounts and i not in then.amounts]
    if comes:
        found.append(said_of(asked, plan, COMES, names=listed(comes)))
    if falls:
        found.append(
            said_of(asked, plan, FALLS, names=listed([name_of(asked.label(asked.election.index[i])) for i in falls]))
        )
    if not comes and not falls:
        found.append(said_of(asked, plan, SAME))
    reasons = dict(then.outcome.not_funded)
    found += [
        said(BECAUSE, name=name_of(asked.label(asked.election.index[i])), reason=REASONS[reasons[i]])
        for i in falls
        if reasons[i] in REASONS
    ]
    found.append(said_of(asked, plan, LEFT, spent=asked.told(then.outcome.spent), left=asked.told(then.outcome.left)))
    return found


def _rows(asked: Asked, plan: str, after: Election, now: Count, then: Count) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for p, proposal in enumerate(asked.election.proposals):
        gets = [None if one.amounts is None else one.amounts.get(proposal.id, 0) for one in (now, then)]
        move = None if None in gets else MOVES[bool(gets[0]), bool(gets[1])]
        rows.append((plan, proposal.id, proposal.title, proposal.cost, after.costs[p], gets[0], gets[1], move))
    return rows


def _figure(asked: Asked, plan: str, place: int, changes: Text, now: dict[str, int], then: dict[str, int]) -> Moves:
    currency = asked.election.pool.currency
    moves = tuple(
        Move(asked.label(p), now.get(i, 0), then.get(i, 0))
        for p, i in enumerate(asked.election.ids)
        if i in now or i in then
    )
    return Moves(
        f"moves-{place + 1}", titled(asked, plan, MOVING), currency,
        said(BEFORE, pool=asked.told(asked.election.pool.amount)), said(AFTER, changes=changes), moves,
    )  # fmt: skip
