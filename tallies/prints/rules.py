"""The one page that a meeting approves before it votes, to print, sign and hang up: the same sentences as on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from borgerbudget.money import format_amount
from borgerbudget.rounds.round import Round
from borgerbudget.version import VERSION
from borgerbudget.words import Language
from tallies.meeting import words
from tallies.meeting.example import Worked, tell_example
from tallies.meeting.page import MOST_LINES, sections
from tallies.plan_report import settings_of
from tallies.prints.blocks import Block, Document, Heading, Paragraph, Signatures, Table
from tallies.prints.result_words import FILE_FOOT
from tallies.prints.saying import day_of, foot
from tallies.prints.words import BESIDES, SIGN


def rules_page(
    worked: Worked, language: Language, round: Round | None = None, besides: Sequence[tuple[str, str]] = ()
) -> Document:
    """``besides``: what a stored round has settled apart from its plan, and how."""
    plan, pool = worked.plan, worked.election.pool
    title = words.TITLE.say(language)
    head = words.PLAN_ALONE if worked.invented else words.PLAN
    blocks: list[Block] = [Heading(title.capitalize(), 1)]
    if round is not None:
        blocks.append(Paragraph(f"{round.title} · {round.area.name}", "large", True))
    blocks.append(
        Paragraph(head.say(language, plan=plan.name, pool=format_amount(pool.amount, pool.currency, language)))
    )
    for number, (section, sentences) in enumerate(sections(worked, language).items(), 1):
        blocks += [Heading(f"{number}. {words.SECTIONS[section].say(language)}"), Paragraph(" ".join(sentences))]
    blocks += [Heading(words.SECTIONS["example"].say(language)), *_example(worked, language)]
    written = ", ".join([plan.name, *settings_of(plan), f"ties={','.join(plan.ties)}"])
    blocks.append(Paragraph(f"{words.SECTIONS['settings'].say(language)}: {written}", "small"))
    if besides:
        blocks.append(Table((BESIDES.say(language), ""), tuple(besides), (70, 102), size="small", named=0))
    blocks.append(Signatures((SIGN[0].say(language), SIGN[3].say(language))))
    below = foot(round, language) if round else FILE_FOOT.say(language, version=VERSION, plan=plan.name)
    named = title if round is None else f"{title}: {round.title}"
    return Document(named, language, tuple(blocks), below, day_of(round) if round else None)


def _example(worked: Worked, language: Language) -> list[Block]:
    told = tell_example(worked, language, MOST_LINES)
    blocks: list[Block] = [Paragraph(line.strip()) for line in told.before]
    if told.rows:
        head, *rows = told.rows
        numbers = frozenset(range(1, len(head) - 1))
        widths = (46, *(22 for _ in numbers), 40)
        blocks.append(Table(tuple(head), tuple(map(tuple, rows)), widths, numbers, size="small", named=0))
    return [*blocks, *(Paragraph(line.strip()) for line in told.after)]
