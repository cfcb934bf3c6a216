"""Outcomes, comparisons and plans as lines for the console, in Danish and English."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from borgerbudget.election import Election
from borgerbudget.money import format_amount
from borgerbudget.proposal import Proposal
from borgerbudget.words import Language, Text
from tallies.contest import Contest
from tallies.counting import Reachable
from tallies.outcome import Award, MetTie, Outcome
from tallies.plan_report import settings_of
from tallies.reserve import reserve_list
from tallies.rules.rule import SETS
from tallies.splits import tells
from tallies.steps import Funded, Topped

if TYPE_CHECKING:
    from tallies.compare import Column
    from tallies.withdrawal import Withdrawal

FUNDED = Text("Får penge", "Funded")
NOT_FUNDED = Text("Får ikke penge", "Not funded")
AMOUNT = Text("beløb", "amount")
VOTES = Text("stemmer", "votes")
COST = Text("pris", "cost")
NOBODY = Text("(ingen)", "(none)")
SPENT = Text("Pulje: {pool} | brugt: {spent} | tilbage: {left}", "Pool: {pool} | spent: {spent} | left: {left}")
COUNTED = Text("Stemmesedler: {valid}, heraf blanke: {blank} | plan: {plan} | lige stemmer: {ties}",
               "Ballots: {valid}, of them blank: {blank} | plan: {plan} | ties: {ties}")  # fmt: skip
DECLARES = Text(
    "Filen angiver selv reglen {declared}; her er talt med {name}. Tæl med filens egen regel: --plan declared",
    "The file itself declares the rule {declared}; this is a count with {name}. Count with the file's own: --plan declared",
)
POINTS = Text("point", "points")
ASKED = Text("(koster {cost})", "(costs {cost})")
GIVEN = Text("(på forhånd)", "(beforehand)")
LEFTOVER = {
    "carry-over": Text("De {left} gemmes til næste runde.", "The {left} are carried over to the next round."),
    "return": Text("De {left} går tilbage.", "The {left} are returned."),
    "next": Text("Resten gik til de næste, der kunne være i den; {left} blev tilbage.",
                 "The rest went to the next that fitted; {left} stayed."),
    "next-part": Text("Resten gik til de næste, også til en del af prisen; {left} blev tilbage.",
                      "The rest went to the next, even for part of the cost; {left} stayed."),
    "redistribute": Text("Resten blev delt mellem dem, der havde fået for lidt; {left} blev tilbage.",
                         "The rest was shared by those that had got too little; {left} stayed."),
}  # fmt: skip
REACHED_NOBODY = Text(
    "Resten rakte ikke til nogen; {left} blev tilbage.", "The rest sufficed for nobody; {left} stayed."
)
RESERVE = Text("Reserver i rækkefølge: {reserve}", "Reserves in order: {reserve}")
BY_AREA = Text("Stemmerne er rettet efter område.", "Votes are corrected by area.")
NO_RESERVE = Text("(ingen)", "(none)")
HAND_COUNT = Text("Talt i hånden: kun summerne er kendt, så ingen kan tælle efter.",
                  "Counted by hand: only the totals are known, so nobody can count again.")  # fmt: skip
FREED = Text("{withdrawn} trækker sig; det frigør {freed}.", "{withdrawn} withdraws; that frees {freed}.")
MOVES_UP = Text("{proposal} rykker op og får {amount}.", "{proposal} moves up and gets {amount}.")
NOBODY_MOVES = Text("Ingen rykker op.", "Nobody moves up.")
LEFT_NOW = Text("Tilbage i puljen: {left}", "Left in the pool: {left}")
ENDOWMENT = Text("Hver vælger rådede over: {endowment}", "Each voter could spend: {endowment}")
TIE = Text(
    "Lige i trin {step}: {tied} - {chosen} gik først ({how}).",
    "Tie at step {step}: {tied} - {chosen} went first ({how}).",
)
TOPPED = Text("(mangler {amount}, lægges til udefra)", "({amount} missing, added from outside)")
HOW = {
    "cheapest": Text("billigst først", "cheapest first"),
    "most-votes": Text("flest stemmer først", "most votes first"),
    "lot": Text("lodtrækning", "by lot"),
    "no-difference": Text("rækkefølgen ændrer ikke resultatet", "the order does not change the outcome"),
}
REASONS = {
    "withdrawn": Text("trukket tilbage", "withdrawn"),
    "over-pool": Text("koster mere end puljen", "costs more than the pool"),
    "below-threshold": Text("under grænsen for stemmer", "below the vote threshold"),
    "no-quorum": Text("for få stemte", "too few voted"),
    "over-cap": Text("koster mere end loftet for ét forslag", "costs more than one proposal may get"),
    "below-minimum": Text("beløbet er for lille til at gennemføre det", "the amount is too small to carry it out"),
    "over-quota": Text("mere end loftet for gruppen tillader", "more than the ceiling of its group allows"),
    "earmarked": Text("resten er øremærket andre", "the rest is kept for others"),
    "no-support": Text("ingen stemte på det", "nobody voted for it"),
    "excluded": Text("udelukket af et andet forslag", "excluded by another proposal"),
    "does-not-fit": Text("der var ikke penge nok tilbage", "not enough money was left"),
    "unaffordable": Text("støtterne havde ikke penge nok", "its supporters could not afford it"),
    "after-stop": Text("tællingen sluttede før", "the count ended before its turn"),
}
OVER_REST = Text("mere end resten efter det givne på forhånd",
                 "more than is left after what is given first")  # fmt: skip
UNREACHED = Text(
    'Gulvet "{name}" blev ikke nået: {spent} af {amount}.', 'The floor "{name}" was not reached: {spent} of {amount}.'
)
REACHABLE = Text("{outcomes} i {counts}:", "{outcomes} in {counts}:")
AT_LEAST = Text("mindst {number}", "at least {number}")
OUTCOMES = {True: Text("{number} muligt udfald", "{number} possible outcome"),
            False: Text("{number} mulige udfald", "{number} possible outcomes")}  # fmt: skip
COUNTS = {True: Text("{number} optælling", "{number} count"), False: Text("{number} optællinger", "{number} counts")}
INCOMPLETE = Text("Flere rækkefølger end der kan følges: listen er ikke fuldstændig.",
                  "More orders than can be followed: the list is incomplete.")  # fmt: skip
EMPTY = Text("uden noget", "empty-handed")
CHOICES = Text("ønsker pr. vælger", "choices per voter")
SPENT_SHORT = Text("brugt", "spent")
LOT_NEEDED = Text("lodtrækning", "lot needed")


def outcome_lines(outcome: Outcome, language: Language) -> list[str]:
    """The result for a person: who gets money, who does not and why, ties, totals."""
    election, contest = outcome.contest.election, outcome.contest
    currency, plan = election.pool.currency, contest.plan

    def money(amount: int) -> str:
        return format_amount(amount, currency, language)

    def row(proposal: str, amount: str, rest: str = "") -> list[str]:
        p = election.index[proposal]
        return [proposal, election.proposals[p].title, score_text(contest, p, language), amount, rest]

    def remark(award: Award) -> str:
        if award.topped_up:
            return TOPPED.say(language, amount=money(award.topped_up))
        if award.proposal in plan.terms.pre_funded:
            return GIVEN.say(language)
        cost = election.costs[election.index[award.proposal]]
        return ASKED.say(language, cost=money(cost)) if award.amount != cost else ""

    funded = [row(a.proposal, money(a.amount), remark(a)) for a in outcome.funded]
    rest = [
        row(
            i,
            "-" if reason == "withdrawn" else money(election.costs[election.index[i]]),
            reason_text(outcome, i, reason, language),
        )
        for i, reason in outcome.not_funded
    ]
    head = ["", "", score_head(contest, language)]
    lines = [f"{FUNDED.say(language)}:"]
    lines += table([[*head, AMOUNT.say(language), ""], *funded]) if funded else ["  " + NOBODY.say(language)]
    if rest:
        lines += ["", f"{NOT_FUNDED.say(language)}:", *table([[*head, COST.say(language), ""], *rest])]
    lines.append("")
    lines += closing_lines(outcome, language)
    if election.hand_count:
        lines.append(HAND_COUNT.say(language))
    if election.weighted and not plan.voteless:
        lines.append(BY_AREA.say(language))
    ballots = outcome.ballots()
    named = ", ".join([plan.name, *settings_of(plan)])
    blank = "?" if election.hand_count else ballots["blank"]
    lines.append(COUNTED.say(language, valid=ballots["valid"], blank=blank, plan=named, ties=",".join(plan.ties)))
    return lines


def closing_lines(outcome: Outcome, language: Language) -> list[str]:
    """Ties, the sums, and what becomes of the rest."""
    lines = []
    for tie in ties_told(outcome):
        how = HOW[tie.decided_by].say(language)
        lines.append(TIE.say(language, step=tie.step, tied=", ".join(tie.tied), chosen=tie.chosen, how=how))
    return lines + sum_lines(outcome, language)


def ties_told(outcome: Outcome) -> list[MetTie]:
    """Those in which it shows who went first; where no order of theirs makes a difference, without those that a criterion had
    put behind."""
    contest = outcome.contest
    return [
        replace(tie, tied=tuple(_open_ones(contest, tie)))
        for tie in outcome.ties
        if tells(outcome, [contest.election.index[i] for i in tie.tied])
    ]


def sum_lines(outcome: Outcome, language: Language, name: Callable[[str], str] = str) -> list[str]:
    """The sums, and what becomes of the rest; ``name``: how a proposal is called whose id this is."""
    contest, terms = outcome.contest, outcome.contest.plan.terms
    pool = contest.election.pool
    whole, spent, left = (
        format_amount(amount, pool.currency, language) for amount in (pool.amount, outcome.spent, outcome.left)
    )
    lines = unreached_floors(outcome, language)
    lines.append(SPENT.say(language, pool=whole, spent=spent, left=left))
    shared = any(step.phase == "leftover" and isinstance(step, (Funded, Topped)) for step in outcome.steps)
    if terms.leftover is not None and (outcome.left or shared):
        said = LEFTOVER[terms.leftover] if shared or terms.leftover in ("carry-over", "return") else REACHED_NOBODY
        lines.append(said.say(language, left=left))
    if terms.reserve:
        waiting = [" / ".join(map(name, tied)) for tied in reserve_list(contest, outcome.won)]
        lines.append(RESERVE.say(language, reserve=", ".join(waiting) or NO_RESERVE.say(language)))
    if outcome.endowment is not None:
        lines.append(ENDOWMENT.say(language, endowment=share_text(outcome.endowment, pool.currency, language)))
    return lines


def _open_ones(contest: Contest, tie: MetTie) -> Sequence[str]:
    """All that are tied; where no order of theirs makes a difference, those that no criterion had put behind."""
    if tie.decided_by != "no-difference":
        return tie.tied
    return [contest.election.ids[p] for p in contest.ties.narrowed([contest.election.index[i] for i in tie.tied])]


def unreached_floors(outcome: Outcome, language: Language) -> list[str]:
    """Floors whose members got less than they were to have: too few of them were voted for, or fitted."""
    currency = outcome.contest.election.pool.currency
    got = {award.proposal: award.amount for award in outcome.funded}
    lines = []
    for floor in outcome.contest.plan.terms.constraints:
        spent = sum(got.get(i, 0) for i in floor.proposals)
        if floor.kind == "at-least" and floor.amount is not None and spent < floor.amount:
            amounts = {"spent": spent, "amount": floor.amount}
            told = {key: format_amount(amount, currency, language) for key, amount in amounts.items()}
            lines.append(UNREACHED.say(language, name=floor.name, **told))
    return lines


def score_head(contest: Contest, language: Language) -> str:
    """Over the column of scores; nothing where nobody was asked to vote."""
    if contest.plan.voteless:
        return ""
    sets = contest.plan.method in SETS or contest.election.hand_count
    return (VOTES if sets else POINTS).say(language)


def score_text(contest: Contest, p: int, language: Language) -> str:
    return "" if contest.plan.voteless else number_text(contest.score(p), language)


def reason_text(outcome: Outcome, proposal: str, reason: str, language: Language) -> str:
    """Why a proposal got nothing, in a few words; one within the pool may cost more than was left to share out."""
    contest = outcome.contest
    p = contest.election.index[proposal]
    within = contest.costs[p] <= contest.election.pool.amount
    if reason == "over-pool" and within and contest.plan.terms.pre_funded:
        return OVER_REST.say(language)
    return REASONS[reason].say(language)


def withdrawal_lines(found: Withdrawal, election: Election, language: Language) -> list[str]:
    """What a withdrawal frees and who moves up."""
    currency = election.pool.currency

    def money(amount: int) -> str:
        return format_amount(amount, currency, language)

    def name(proposal: str) -> str:
        title = election.proposals[election.index[proposal]].title
        return f"{proposal} ({title})" if title else proposal

    withdrawn = ", ".join(map(name, found.withdrawn))
    lines = [FREED.say(language, withdrawn=withdrawn, freed=money(found.freed))]
    for proposal, amount in found.moves_up:
        lines.append(MOVES_UP.say(language, proposal=name(proposal), amount=money(amount)))
    if not found.moves_up:
        lines.append(NOBODY_MOVES.say(language))
    return [*lines, LEFT_NOW.say(language, left=money(found.left))]


def reachable_lines(found: Reachable, language: Language) -> list[str]:
    several, counts = len(found.outcomes), found.counts
    number = str(several) if found.complete else AT_LEAST.say(language, number=several)
    outcomes = OUTCOMES[several == 1].say(language, number=number)
    lines = [REACHABLE.say(language, outcomes=outcomes, counts=COUNTS[counts == 1].say(language, number=counts))]
    for position, outcome in enumerate(found.outcomes, 1):
        currency = outcome.contest.election.pool.currency
        awards = sorted(outcome.funded, key=lambda award: award.proposal.encode())
        partial = outcome.contest.plan.traits.partial
        named = [a.proposal + (f" {format_amount(a.amount, currency, language)}" if partial else "") for a in awards]
        lines.append(f"  {position}. {', '.join(named) or NOBODY.say(language)}")
    return lines if found.complete else [*lines, INCOMPLETE.say(language)]


def comparison_lines(election: Election, columns: Sequence[Column], language: Language) -> list[str]:
    """One row a proposal, one column a plan, totals below."""
    currency = election.pool.currency
    rows = [["", "", *(c.name for c in columns)]]
    won = [{a.proposal: a.amount for a in c.outcome.funded} if c.outcome else {} for c in columns]

    def mark(proposal: Proposal, column: Column, amounts: Mapping[str, int]) -> str:
        amount = amounts.get(proposal.id)
        if amount is None:
            return "?" if column.outcome is None else "."
        partial = column.plan.traits.partial and amount != proposal.cost
        return format_amount(amount, currency, language) if partial else "x"

    for proposal in election.proposals:
        marks = [mark(proposal, c, w) for w, c in zip(won, columns, strict=True)]
        rows.append([proposal.id, proposal.title, *marks])
    lot = LOT_NEEDED.say(language)
    rows.append(
        ["", FUNDED.say(language), *(str(len(w)) if c.outcome else lot for w, c in zip(won, columns, strict=True))]
    )
    rows.append(
        [
            "",
            SPENT_SHORT.say(language),
            *(format_amount(c.outcome.spent, currency, language) if c.outcome else "" for c in columns),
        ]
    )
    rows.append(
        ["", EMPTY.say(language), *(percent(c.exclusion_ratio, language) if c.outcome else "" for c in columns)]
    )
    rows.append(
        [
            "",
            CHOICES.say(language),
            *(decimal(c.funded_choices, language) if c.funded_choices is not None else "" for c in columns),
        ]
    )
    lines = table(rows, left=(0, 1))
    return [*lines, BY_AREA.say(language)] if election.weighted else lines


def number_text(value: Fraction, language: Language) -> str:
    """Votes: whole as such, else with two decimals."""
    return (
        f"{value.numerator:,}".replace(",", "." if language == "da" else ",")
        if value.denominator == 1
        else decimal(value, language)
    )


def decimal(value: Fraction, language: Language) -> str:
    """Two decimals, rounded half up in integers: for display only."""
    hundredths = (200 * value.numerator + value.denominator) // (2 * value.denominator)
    text = f"{hundredths // 100}.{hundredths % 100:02d}"
    return text.replace(".", ",") if language == "da" else text


def percent(value: Fraction, language: Language) -> str:
    thousandths = (2000 * value.numerator + value.denominator) // (2 * value.denominator)
    text = f"{thousandths // 10}.{thousandths % 10} %"
    return text.replace(".", ",") if language == "da" else text


def share_text(value: Fraction, currency: str, language: Language) -> str:
    """An exact share of money, rounded down to whole minor units for display and said to be so."""
    whole = value.numerator // value.denominator
    about = "" if value.denominator == 1 else ("ca. " if language == "da" else "about ")
    return about + format_amount(whole, currency, language)


def table(rows: Sequence[Sequence[str]], left: tuple[int, ...] = (0, 1, 4), widest: int = 46) -> list[str]:
    """Columns aligned by what the letters take on a screen: those of ``left`` to the left, the rest to the right."""
    cut = [[_cut(cell, widest) for cell in row] for row in rows]
    widths = [max(_width(row[i]) for row in cut) for i in range(len(cut[0]))]
    lines = []
    for row in cut:
        cells = [
            cell + " " * (w - _width(cell)) if i in left else " " * (w - _width(cell)) + cell
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append(("  " + "  ".join(cells)).rstrip())
    return lines


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str, widest: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= widest else flat[: widest - 3] + "..."
