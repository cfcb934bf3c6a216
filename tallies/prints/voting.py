"""For voters: the ballot, the letter with a code, the poster and the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from borgerbudget.rounds.round import Entry, Round
from borgerbudget.words import Language
from tallies.meeting.example import Worked
from tallies.meeting.page import sections
from tallies.meeting.words import ELECTORATE_APART
from tallies.meeting.words import SECTIONS as SECTION_WORDS
from tallies.plan_report import settings_of
from tallies.prints import words
from tallies.prints.blocks import (
    Address,
    Block,
    Choice,
    Choices,
    Code,
    Document,
    Frame,
    Heading,
    NewPage,
    Paragraph,
    Table,
)
from tallies.prints.saying import day_of, filling, foot, freeze_hash, listed, moment, money, title_of
from tallies.stored_round import election_of, plan_of

MOST_WITH_SUMMARIES = 8
"""Proposals up to which a ballot has room for what each is about."""
MOST_ON_A_POSTER = 12
"""Proposals up to which they stand in large letters."""


def ballot(round: Round, language: Language) -> Document:
    """One ballot: all are alike, so that nothing on a sheet can tell whose it was."""
    entries, method = listed(round), round.policy("ballot") or "approval"
    short = len(entries) <= MOST_WITH_SUMMARIES
    rows = [
        Choice(
            str(entry.ballot_number or "?"), title_of(round, entry, language), money(round, entry.cost, language),
            _shortened(entry.summary) if short else "",
        )
        for entry in entries
    ]  # fmt: skip
    secret = round.policy("secrecy") != "open"
    last = [words.SECRET if secret else words.OPEN, words.SPOILED, words.CHOOSE_NONE]
    blocks: list[Block] = [
        Heading(round.title, 1),
        Paragraph(f"{words.BALLOT.say(language)} · {round.area.name}", "large", True),
        Frame(
            (" ".join(filling(round, language)), " ".join(text.say(language) for text in last)),
            "large" if short else "normal",
        ),
        Choices(
            tuple(rows), words.MARK[method].say(language), wide=method not in ("approval", "knapsack", "hand-count")
        ),
    ]
    return Document(
        f"{words.BALLOT.say(language)}: {round.title}", language, tuple(blocks), foot(round, language), day_of(round)
    )


def letters(
    round: Round, codes: Sequence[tuple[str, str]], names: Mapping[str, Sequence[str]] | None, language: Language
) -> Document:
    """A letter for each (roll id, code): ``names`` has who it is to and where she lives; without it the id stands there."""
    blocks: list[Block] = []
    for number, (voter, code) in enumerate(codes):
        lines = tuple(names[voter]) if names is not None else (voter,)
        blocks += [NewPage()] if number else []
        blocks += [
            Address(lines),
            Heading(round.title, 1),
            Paragraph(words.LETTER_DEAR.say(language, name=lines[0]), bold=True),
            Paragraph(words.LETTER.say(language, pool=money(round, round.pool, language), area=round.area.name)),
            Code(code, words.LETTER_CODE.say(language)),
            Paragraph(words.LETTER_WHEN.say(language, **_dates(round, language)), "large", True),
            Heading(words.LETTER_HOW.say(language)),
        ]
        fill = " ".join(filling(round, language))
        blocks += [
            Paragraph(f"{step}. {text.say(language, fill=fill)}") for step, text in enumerate(words.LETTER_STEPS, 1)
        ]
        blocks += [Paragraph(words.NO_CODE_KEPT.say(language), "small"), _list(round, language)]
    title = words.LETTER_CODE.say(language)
    return Document(
        f"{title}: {round.title}", language, tuple(blocks), foot(round, language), day_of(round), restart=True
    )


def poster(round: Round, language: Language) -> Document:
    """For the wall of the village hall: what is shared, when and how one votes, the list, and the rules."""
    election = election_of(round)
    plan = plan_of(round, election)
    large = len(round.listed) <= MOST_ON_A_POSTER
    blocks: list[Block] = [
        Heading(round.title, 0),
        Paragraph(words.POSTER_POOL.say(language, pool=money(round, round.pool, language)), "huge", True),
        Frame(
            (
                words.POSTER_WHEN.say(language, **_dates(round, language)),
                words.POSTER_WHO.say(language, who=_who(round, language)),
                words.POSTER_HOW.say(language, how=_how(round, language)),
                " ".join(filling(round, language)),
            ),
            "poster" if large else "large",
        ),
        Heading(words.PROPOSALS.say(language)),
        _list(round, language, large),
        NewPage(),
        Heading(words.RULES.say(language), 1),
    ]
    told = sections(Worked(election, plan, "none", None, None), language)
    for section, sentences in told.items():
        kept = [one for one in sentences if one != ELECTORATE_APART.say(language)]
        if kept:
            blocks += [Heading(SECTION_WORDS[section].say(language)), *(Paragraph(sentence) for sentence in kept)]
    settings = ", ".join([plan.name, *settings_of(plan), f"ties={','.join(plan.ties)}"])
    blocks += [Heading(SECTION_WORDS["settings"].say(language)), Paragraph(settings, "small")]
    found = freeze_hash(round)
    if found is not None:
        blocks += [
            Heading(words.HASH.say(language)),
            Paragraph(found),
            Paragraph(words.HASH_MEANS.say(language), "small"),
        ]
    return Document(round.title, language, tuple(blocks), foot(round, language), day_of(round))


def catalogue(round: Round, language: Language) -> Document:
    """Every proposal with what was written about it and its money."""
    title = words.CATALOGUE.say(language)
    blocks: list[Block] = [Heading(round.title, 1), Paragraph(f"{title} · {round.area.name}", "large", True)]
    for entry in listed(round):
        blocks.append(Heading(f"{entry.ballot_number or '?'}. {title_of(round, entry, language)}"))
        blocks += [Paragraph(entry.summary)] if entry.summary else []
        facts = "   ·   ".join(f"{name}: {value}" for name, value in _facts(round, entry, language))
        blocks.append(Paragraph(facts, "small"))
    return Document(f"{title}: {round.title}", language, tuple(blocks), foot(round, language), day_of(round))


def _facts(round: Round, entry: Entry, language: Language) -> list[tuple[str, str]]:
    found = []
    for key, word in words.FACTS.items():
        value = getattr(entry, key)
        if value is None or value in ((), ""):
            continue
        shown = money(round, value, language) if isinstance(value, int) else value
        shown = ", ".join(map(str, value)) if isinstance(value, tuple) else shown
        found.append((word.say(language), str(shown)))
    return found


def _list(round: Round, language: Language, large: bool = False) -> Table:
    rows = tuple(
        (str(entry.ballot_number or "?"), title_of(round, entry, language), money(round, entry.cost, language))
        for entry in listed(round)
    )
    head = tuple(text.say(language) for text in words.COLUMNS_LIST)
    widths = (14, 106, 52) if large else (10, 120, 36)
    return Table(head, rows, widths, frozenset({0, 2}), size="poster" if large else "normal")


def _dates(round: Round, language: Language) -> dict[str, str]:
    return {
        "opens": moment(round.opens, round.zone, language),
        "closes": moment(round.closes, round.zone, language),
    }


def _who(round: Round, language: Language) -> str:
    named = (round.policy("eligibility") or "").split("+")
    found = [words.ELIGIBLE[one].say(language) for one in named if one in words.ELIGIBLE]
    age = round.policy("min_age")
    return ", ".join([*found, *([words.POSTER_AGE.say(language, age=age)] if age else [])]) or "-"


def _how(round: Round, language: Language) -> str:
    urns = ", ".join(round.urns)
    found = (round.policy("channels") or "code").split("+")
    return words.OR.say(language).join(words.CHANNELS[one].say(language, urns=urns) for one in found)


def _shortened(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"
