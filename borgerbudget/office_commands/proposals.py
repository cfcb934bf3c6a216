"""``proposal``: what may be voted on."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from borgerbudget.office_commands.completion import complete_proposals
from borgerbudget.office_commands.desk import Desk, RoundName, amount_of, reads, writes
from borgerbudget.words import Text

app = typer.Typer(name="proposal", no_args_is_help=True, help="What may be voted on.", rich_markup_mode=None)
ProposalId = Annotated[str, typer.Argument(metavar="PROPOSAL", help="Its id.", autocompletion=complete_proposals)]
Amount = Annotated[str | None, typer.Option(metavar="AMOUNT")]
Words = Annotated[str | None, typer.Option(metavar="TEXT")]
Several = Annotated[list[str] | None, typer.Option(metavar="TEXT", help="Several times for several.")]
Goals = Annotated[
    list[int] | None, typer.Option("--goal", metavar="1-17", help="A UN goal; several times for several.")
]

ADDED = Text('Forslaget "{proposal}" er skrevet ned.', 'The proposal "{proposal}" is written down.')
DECIDED = Text('Forslaget "{proposal}": {status}.', 'The proposal "{proposal}": {status}.')
WITHDRAWN = Text('Forslaget "{proposal}" er trukket tilbage.', 'The proposal "{proposal}" is withdrawn.')
NUMBERED = Text("Numre på stemmesedlen (nummer = id): {order}", "Numbers on the ballot (number = id): {order}")
AMOUNTS = ("cost", "min_cost", "total_price", "own_financing", "other_financing")


def mount(root: typer.Typer) -> None:
    root.add_typer(app)


@writes(app, "add")
def proposal_add(
    desk: Desk,
    round: RoundName,
    proposal: ProposalId,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="As it stands on the ballot.")],
    cost: Annotated[str, typer.Option("--cost", metavar="AMOUNT", help="The amount applied for: what counts.")],
    summary: Words = None,
    min_cost: Amount = None,
    total_price: Amount = None,
    own_financing: Amount = None,
    other_financing: Amount = None,
    vat: Words = None,
    quote: Words = None,
    responsible: Words = None,
    area: Words = None,
    category: Several = None,
    goal: Goals = None,
) -> None:
    """Add a proposal.

    \b
    borgerbudget proposal add lillevig-2026 bade --title "Badebro" --cost 38750
    """
    from borgerbudget.office.proposing import add_proposal
    from borgerbudget.rounds.round import Entry

    facts: dict[str, Any] = {
        "min_cost": min_cost, "total_price": total_price, "own_financing": own_financing,
        "other_financing": other_financing,
    }  # fmt: skip
    amounts = {key: amount_of(value, _option(key)) for key, value in facts.items() if value is not None}
    facts |= amounts | {"vat": vat, "quote": quote, "responsible": responsible, "area": area}
    facts |= {"category": tuple(category or ()), "goals": tuple(goal or ())}
    entry = Entry(proposal, 0, "proposed", title, amount_of(cost, "--cost"), summary or "", **facts)
    desk.changed(add_proposal(desk.office, round, entry), ADDED, proposal=proposal)


@reads(app, "list")
def proposal_list(desk: Desk, round: RoundName) -> None:
    """The proposals: number on the ballot, id, status, amount, title.

    \b
    borgerbudget proposal list lillevig-2026
    """
    from dataclasses import asdict

    from borgerbudget.money import format_amount
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.rounds.value_words import PROPOSAL_STATUS

    found = show_round(desk.office, round)
    listed = {entry.id for entry in found.listed}
    cells = [
        (str((entry.id in listed and entry.ballot_number) or "-"), entry.id,
         PROPOSAL_STATUS[entry.status].say(desk.language), format_amount(entry.cost, found.currency, desk.language),
         entry.title)
        for entry in found.proposals
    ]  # fmt: skip
    wide = [max((len(row[column]) for row in cells), default=0) for column in range(4)]
    lines = [
        f"{number:>3}  {name:<{wide[1]}}  {status:<{wide[2]}}  {cost:>{wide[3]}}  {title}"
        for number, name, status, cost, title in cells
    ]
    rows: list[object] = [asdict(entry) for entry in found.proposals]
    desk.show({"schema": "borgerbudget.proposals/1", "round": round, "proposals": rows}, lines)


@writes(app, "amend")
def proposal_amend(
    desk: Desk,
    round: RoundName,
    proposal: ProposalId,
    title: Words = None,
    cost: Amount = None,
    summary: Words = None,
    min_cost: Amount = None,
    total_price: Amount = None,
    own_financing: Amount = None,
    other_financing: Amount = None,
    vat: Words = None,
    quote: Words = None,
    responsible: Words = None,
    area: Words = None,
    category: Several = None,
    goal: Goals = None,
) -> None:
    """Change facts about a proposal; the old ones are kept as an older version.

    \b
    borgerbudget proposal amend lillevig-2026 bade --cost 36000
    """
    from borgerbudget.errors import UsageError, problem
    from borgerbudget.office.proposing import amend_proposal
    from borgerbudget.rounds.words import PROBLEMS

    given: dict[str, object] = {
        "title": title, "summary": summary, "vat": vat, "quote": quote, "responsible": responsible, "area": area,
        "category": tuple(category) if category else None, "goals": tuple(goal) if goal else None,
    }  # fmt: skip
    texts = dict(zip(AMOUNTS, (cost, min_cost, total_price, own_financing, other_financing), strict=True))
    given |= {key: amount_of(value, _option(key)) for key, value in texts.items() if value is not None}
    values = {key: value for key, value in given.items() if value is not None}
    if not values:
        raise UsageError(problem(PROBLEMS, "RND-018"))
    desk.changed(amend_proposal(desk.office, round, proposal, **values), ADDED, proposal=proposal)


@writes(app, "vet")
def proposal_vet(
    desk: Desk,
    round: RoundName,
    proposal: ProposalId,
    accept: Annotated[bool, typer.Option("--accept/--reject", help="On the ballot, or not (with --reason).")],
    merged_into: Annotated[
        str | None, typer.Option("--merged-into", metavar="PROPOSAL", help="With --reject: it lives on in that one.")
    ] = None,
) -> None:
    """Decide whether a proposal comes on the ballot.

    \b
    borgerbudget proposal vet lillevig-2026 bade --accept
    """
    from borgerbudget.office.proposing import vet_proposal
    from borgerbudget.rounds.value_words import PROPOSAL_STATUS

    changed = vet_proposal(desk.office, round, proposal, accept, None if accept else merged_into)
    status = "accepted" if accept else "merged" if merged_into else "rejected"
    desk.changed(changed, DECIDED, proposal=proposal, status=PROPOSAL_STATUS[status])


@writes(app, "number")
def proposal_number(
    desk: Desk,
    round: RoundName,
    order: Annotated[
        list[str] | None, typer.Argument(metavar="PROPOSAL...", help="In this order; else by the rules.")
    ] = None,
) -> None:
    """Give the accepted proposals their numbers on the ballot: in the order given, else drawn or by id as `order` says.

    \b
    borgerbudget proposal number lillevig-2026
    """
    from borgerbudget.office.proposing import number_proposals

    found = number_proposals(desk.office, round, order or ())
    desk.done(NUMBERED, order=", ".join(f"{n} = {proposal}" for n, proposal in enumerate(found, 1)))


@writes(app, "withdraw")
def proposal_withdraw(desk: Desk, round: RoundName, proposal: ProposalId) -> None:
    """Withdraw a proposal; after freezing it stays on the ballot and takes no part.

    \b
    borgerbudget proposal withdraw lillevig-2026 bade --reason "grunden er solgt"
    """
    from borgerbudget.office.proposing import withdraw_proposal

    desk.changed(withdraw_proposal(desk.office, round, proposal), WITHDRAWN, proposal=proposal)


def _option(key: str) -> str:
    return "--" + key.replace("_", "-")
