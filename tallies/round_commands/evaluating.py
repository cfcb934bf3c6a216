"""``round evaluate``: what is learnt from one round, or from several side by side."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

import typer

from borgerbudget.console import say
from borgerbudget.office_commands.completion import complete_rounds
from borgerbudget.office_commands.desk import Desk, reads
from borgerbudget.words import Language, Text
from tallies.round_commands.group import app

if TYPE_CHECKING:
    from borgerbudget.store.work import Office
    from tallies.evaluation import Evaluation

ROWS: dict[str, Text] = {
    "voters": Text("Har stemt", "Voted"),
    "eligible": Text("Kunne stemme", "Could vote"),
    "turnout": Text("Deltagelse", "Turnout"),
    "by_hand": Text("Talt i hånden, kan ikke tælles om", "Counted by hand, cannot be counted again"),
    "accepted": Text("Gyldige sedler", "Valid ballots"),
    "blank": Text("heraf blanke", "of these blank"),
    "contentment": Text("Fik noget, de stemte på", "Got something they voted for"),
    "pool": Text("Pulje", "Pool"),
    "spent": Text("Brugt", "Spent"),
    "proposals": Text("Forslag", "Proposals"),
    "funded": Text("Får penge", "Funded"),
    "ties": Text("Lige stemmer undervejs", "Ties met"),
    "days": Text("Dage fra åbning til optælling", "Days from opening to count"),
}
CHANNEL = Text("Har stemt {channel}", "Voted {channel}")
GIVEN = Text("Fik en seddel", "Were given a ballot")
AREA = Text("Har stemt, {area}", "Voted, {area}")
TOGETHER = Text("Har stemt, områder med få under ét", "Voted, areas of few as one")
FEW = Text(
    "Områder, hvor færre end {least} har stemt, står under ét, om nødvendigt med det mindste af de andre, så ingen kan kendes "
    "på tallet.",
    "Areas where fewer than {least} voted stand as one, with the smallest of the others where it takes that, so that nobody can "
    "be known by the number.",
)
REJECTED = Text("Ikke talt med: {reason}", "Not counted: {reason}")
REASONS = {
    "late": Text("for sent", "late"),
    "double-vote": Text("stemt to gange", "voted twice"),
    "void-code": Text("spærret kode", "void code"),
    "struck": Text("slettet vælger", "struck voter"),
    "void": Text("ugyldig på papir", "void on paper"),
}
YES = Text("ja", "yes")
SPENT_ON = {
    "area": Text("Til området {value}", "To the area {value}"),
    "category": Text("Til {value}", "To {value}"),
    "goal": Text("Til verdensmål {value}", "To UN goal {value}"),
}


@reads(app, "evaluate")
def round_evaluate(
    desk: Desk,
    rounds: Annotated[
        list[str],
        typer.Argument(metavar="ROUND...", help="Counted rounds, side by side.", autocompletion=complete_rounds),
    ],
) -> None:
    """What is learnt: turnout, ballots, what the money became, ties, time; several rounds side by side.

    \b
    borgerbudget round evaluate lillevig-2025 lillevig-2026
    """
    from tallies.evaluation import FEWEST_TOLD

    found = [evaluated(desk.office, name) for name in dict.fromkeys(rounds)]
    shown: list[object] = [_as_json(one) for one in found]
    table = [["", *(one.round for one in found)], *_table(found, desk.language)]
    width = [max(len(row[column]) for row in table) for column in range(len(found) + 1)]
    lines = [
        "  ".join([f"{row[0]:<{width[0]}}", *(f"{cell:>{width[i]}}" for i, cell in enumerate(row[1:], 1))]).rstrip()
        for row in table
    ]
    desk.show({"schema": "borgerbudget.evaluation/1", "rounds": shown}, lines)
    if any(one.together for one in found) and not desk.json:
        say(FEW.say(desk.language, least=FEWEST_TOLD))


def evaluated(office: Office, name: str) -> Evaluation:
    """Refused until the result is there: before, it would tell what was voted."""
    import json

    from borgerbudget.office.voting import PAPER
    from borgerbudget.store import tables
    from borgerbudget.store.database import reading
    from borgerbudget.store.reading import read_roll, read_round, rows
    from tallies.evaluation import evaluate
    from tallies.round_commands.results import not_counted

    with reading(office.engine) as connection:
        round = read_round(connection, name)
        results = rows(connection, tables.RESULTS, round=name)
        if not results:
            raise not_counted(round)
        ballots = [(row["content"], row["verdict"]) for row in rows(connection, tables.BALLOTS, round=name)]
        taking_part = rows(connection, tables.PARTICIPATION, round=name)
        codes = rows(connection, tables.CODES, round=name, status="issued")
        roll = {voter.id: voter.area for voter in read_roll(connection, name) if voter.status == "on"}
    held = {(row["roll_id"], f"code/{row['issue']}") for row in codes}
    outcome: dict[str, Any] = json.loads(results[-1]["outcome"])
    funded = {award["proposal"]: award["amount"] for award in outcome["funded"]}
    participation = [
        (row["roll_id"], row["channel"])
        for row in taking_part
        if row["channel"] == "meeting" or row["channel"].startswith(PAPER) or (row["roll_id"], row["channel"]) in held
    ]
    return evaluate(round, funded, len(outcome["ties"]), ballots, participation, roll)


def _table(found: Sequence[Evaluation], language: Language) -> list[list[str]]:
    from borgerbudget.money import format_amount
    from borgerbudget.rounds.paper_words import REASONS as OF_PAPER
    from borgerbudget.rounds.value_words import CHANNELS
    from tallies.report import percent

    said = {**OF_PAPER, **REASONS}

    def cell(one: Evaluation, value: object, money: bool = False) -> str:
        if value is None or value is False:
            return "-"
        if value is True:
            return YES.say(language)
        if isinstance(value, Fraction):
            return percent(value, language)
        return format_amount(int(str(value)), one.currency, language) if money else str(value)

    lines: list[list[str]] = []
    for key, text in ROWS.items():
        if key == "by_hand" and not any(one.by_hand for one in found):
            continue
        lines.append([text.say(language), *(cell(one, getattr(one, key), key in ("pool", "spent")) for one in found)])
        if key == "turnout":
            for channel in sorted({name for one in found for name in one.by_channel or ()}):
                label = (GIVEN if channel == "paper" else CHANNEL).say(language, channel=CHANNELS[channel])
                lines.append([label, *(cell(one, (one.by_channel or {}).get(channel)) for one in found)])
            for area in sorted({name for one in found for name in one.by_area or ()}):
                pairs = [(one.by_area or {}).get(area) for one in found]
                lines.append([AREA.say(language, area=area), *("-" if p is None else f"{p[0]}/{p[1]}" for p in pairs)])
            if any(one.together for one in found):
                parts = [one.together and one.together[1:] for one in found]
                lines.append([TOGETHER.say(language), *("-" if p is None else f"{p[0]}/{p[1]}" for p in parts)])
        if key == "blank":
            for reason in sorted({name for one in found for name in one.rejected}):
                label = REJECTED.say(language, reason=said[reason])
                lines.append([label, *(str(one.rejected.get(reason, 0)) for one in found)])
    for kind, text in SPENT_ON.items():
        for value in sorted({name for one in found for name in one.spent_on[kind]}):
            label = text.say(language, value=value)
            lines.append([label, *(cell(one, one.spent_on[kind].get(value), True) for one in found)])
    return lines


def _as_json(one: Evaluation) -> dict[str, object]:
    from dataclasses import asdict

    from tallies.rationals import rational_text

    shares = {"turnout": one.turnout, "contentment": one.contentment}
    together = one.together and dict(zip(("areas", "voters", "eligible"), one.together, strict=True))
    told = {key: None if value is None else rational_text(value) for key, value in shares.items()}
    return asdict(one) | told | {"together": together}
