"""Outcomes, comparisons and plans as lines for the console, in Danish and English."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from fractions import Fraction

from borgerbudget.election import Election
from borgerbudget.money import format_amount
from borgerbudget.words import Language, Text
from tallies.compare import Column
from tallies.completions import COMPLETIONS
from tallies.counting import Reachable
from tallies.outcome import Outcome
from tallies.plan import Plan
from tallies.rules import RULES
from tallies.rules.rule import SETS

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
DICE = Text(
    "Lodtrækningen gælder filen med SHA-256 {sha256}; det tal skal være offentligt, før terningerne kastes.",
    "The draw is for the file with SHA-256 {sha256}; that number must be public before the dice are thrown.",
)
POINTS = Text("point", "points")
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
    "no-support": Text("ingen stemte på det", "nobody voted for it"),
    "excluded": Text("udelukket af en betingelse", "excluded by a constraint"),
    "does-not-fit": Text("der var ikke penge nok tilbage", "not enough money was left"),
    "unaffordable": Text("støtterne havde ikke penge nok", "its supporters could not afford it"),
    "after-stop": Text("tællingen sluttede før", "the count ended before its turn"),
}
REACHABLE = Text("{outcomes} mulige udfald i {counts} optællinger:", "{outcomes} possible outcomes in {counts} counts:")
INCOMPLETE = Text("Flere rækkefølger end der kan følges: listen er ikke fuldstændig.",
                  "More orders than can be followed: the list is incomplete.")  # fmt: skip
PLAN_ENDS = Text("Vis en plan med alle dens indstillinger: borgerbudget plans NAVN",
                 "Show a plan with all its settings: borgerbudget plans NAME")  # fmt: skip
EMPTY = Text("uden noget", "empty-handed")
CHOICES = Text("ønsker pr. vælger", "choices per voter")
SPENT_SHORT = Text("brugt", "spent")
LOT_NEEDED = Text("lodtrækning", "lot needed")
PARAMETERS = {
    "threshold": Text("mindste stemmetal for at deltage (ingen grænse: lad være med at sætte den)",
                      "least score to take part (no threshold: leave it out)"),
    "ties": Text("hvordan lige stemmer afgøres: cheapest, most-votes, til sidst lot eller refuse",
                 "how ties are broken: cheapest, most-votes, and last lot or refuse"),
    "points_table": Text("point efter plads på rangordnede sedler: borda eller f.eks. 5,3,1",
                         "points by position on ranked ballots: borda or e.g. 5,3,1"),
    "utility": Text("hvad et forslag er værd for en støtte: cost (prisen), count (1) eller points (pointene)",
                    "what a proposal is worth to a supporter: cost, count (1) or points"),
    "completion": Text("hvordan det, der er tilbage, deles ud", "how what is left over is given out"),
    "start": Text("første andel: integral (hele kroner af B/n) eller exact (B/n)",
                  "first endowment: integral (whole currency units of B/n) or exact (B/n)"),
    "increment": Text("hvor meget andelen øges ad gangen, i kroner pr. vælger",
                      "how much the endowment grows at a time, in currency units per voter"),
    "comparison": Text("sammenlign med greedy bagefter: none, satisfaction eller exclusion-ratio",
                       "compare with greedy afterwards: none, satisfaction or exclusion-ratio"),
}  # fmt: skip
DEFAULTS: dict[str, object] = {"threshold": None, "ties": ["cheapest", "most-votes", "refuse"], "points_table": "borda"}
SHARES: dict[str, object] = {
    "utility": "cost (approval, knapsack) / points",
    "start": "integral",
    "increment": 1,
    "comparison": "none",
}


def outcome_lines(outcome: Outcome, language: Language) -> list[str]:
    """The result for a person: who gets money, who does not and why, ties, totals."""
    election, contest = outcome.contest.election, outcome.contest
    currency, plan = election.pool.currency, contest.plan

    def money(amount: int) -> str:
        return format_amount(amount, currency, language)

    def row(proposal: str, amount: str, rest: str = "") -> list[str]:
        p = election.index[proposal]
        return [proposal, election.proposals[p].title, number_text(contest.score(p), language), amount, rest]

    funded = [
        row(a.proposal, money(a.amount), TOPPED.say(language, amount=money(a.topped_up)) if a.topped_up else "")
        for a in outcome.funded
    ]
    rest = [
        row(
            i,
            "-" if reason == "withdrawn" else money(election.costs[election.index[i]]),
            REASONS[reason].say(language),
        )
        for i, reason in outcome.not_funded
    ]
    sets = plan.method in SETS
    head = ["", "", (VOTES if sets else POINTS).say(language)]
    lines = [f"{FUNDED.say(language)}:"]
    lines += table([[*head, AMOUNT.say(language), ""], *funded]) if funded else ["  " + NOBODY.say(language)]
    if rest:
        lines += ["", f"{NOT_FUNDED.say(language)}:", *table([[*head, COST.say(language), ""], *rest])]
    lines.append("")
    for tie in outcome.ties:
        how = HOW[tie.decided_by].say(language)
        lines.append(TIE.say(language, step=tie.step, tied=", ".join(tie.tied), chosen=tie.chosen, how=how))
    pool, spent = election.pool.amount, outcome.spent
    lines.append(SPENT.say(language, pool=money(pool), spent=money(spent), left=money(pool - spent)))
    if outcome.endowment is not None:
        lines.append(ENDOWMENT.say(language, endowment=share_text(outcome.endowment, currency, language)))
    ballots = outcome.ballots()
    named = ", ".join([plan.name, *settings_of(plan)])
    lines.append(
        COUNTED.say(language, valid=ballots["valid"], blank=ballots["blank"], plan=named, ties=",".join(plan.ties))
    )
    return lines


def settings_of(plan: Plan) -> list[str]:
    """``key=value`` of every setting that says something."""
    told = {k: v for k, v in plan.as_json().items() if k not in ("rule", "version", "ties", "completion")}
    shown = {k: ",".join(map(str, v)) if isinstance(v, list) else v for k, v in told.items()}
    return [f"{key}={value}" for key, value in shown.items() if value not in (None, "none")]


def reachable_lines(found: Reachable, language: Language) -> list[str]:
    lines = [REACHABLE.say(language, outcomes=len(found.outcomes), counts=found.counts)]
    for position, outcome in enumerate(found.outcomes, 1):
        ids = sorted((a.proposal for a in outcome.funded), key=str.encode)
        lines.append(f"  {position}. {', '.join(ids) or NOBODY.say(language)}")
    return lines if found.complete else [*lines, INCOMPLETE.say(language)]


def comparison_lines(election: Election, columns: Sequence[Column], language: Language) -> list[str]:
    """One row a proposal, one column a plan, totals below."""
    currency = election.pool.currency
    rows = [["", "", *(c.name for c in columns)]]
    won = [{a.proposal for a in c.outcome.funded} if c.outcome else set() for c in columns]
    for proposal in election.proposals:
        marks = [
            "x" if proposal.id in w else "?" if c.outcome is None else "." for w, c in zip(won, columns, strict=True)
        ]
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
    return table(rows, left=(0, 1))


def plan_json(name: str) -> dict[str, object]:
    """A plan's parameters with their defaults, and its specification."""
    rule, _, completion = name.partition("/")
    found: dict[str, object] = {
        "name": name,
        "rule": rule,
        "version": 1,
        "parameters": parameters(name),
        "specification": RULES[rule].specification,
    }
    if completion:
        found |= {"completion": completion, "completion_specification": COMPLETIONS[completion].specification}
    return found


def parameters(name: str) -> dict[str, object]:
    """Parameter -> default, of one plan."""
    _, _, completion = name.partition("/")
    found = dict(DEFAULTS)
    if completion:
        shares = dict(SHARES)
        if not COMPLETIONS[completion].climbs:
            del shares["start"], shares["increment"]
        found |= {"completion": completion, **shares}
    return found


def plan_list(names: Sequence[str], language: Language) -> list[str]:
    lines = []
    for name in names:
        lines += [name, *(f"    {line}" for line in _wrapped(_plain(name).say(language)))]
    return [*lines, "", PLAN_ENDS.say(language)]


def plan_lines(name: str, language: Language) -> list[str]:
    rule, _, completion = name.partition("/")
    lines = [name, "", *_wrapped(_plain(name).say(language)), ""]
    for key, default in parameters(name).items():
        shown = ",".join(default) if isinstance(default, list) else "-" if default is None else str(default)
        lines += [f"  {key} = {shown}", f"      {PARAMETERS[key].say(language)}"]
    specifications = [RULES[rule].specification, *([COMPLETIONS[completion].specification] if completion else [])]
    return lines + [line for text in specifications for line in ["", *text.strip().replace("``", "").split("\n")]]


def _plain(name: str) -> Text:
    rule, _, completion = name.partition("/")
    plain = RULES[rule].plain
    if not completion:
        return plain
    more = COMPLETIONS[completion].plain
    return Text(f"{plain.da} {more.da}", f"{plain.en} {more.en}")


def _wrapped(text: str) -> list[str]:
    import textwrap

    return textwrap.wrap(text, 100)


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
