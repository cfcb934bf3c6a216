"""What several printed pages say alike: moments, money, limits, the foot with the freeze hash."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from borgerbudget.money import format_amount
from borgerbudget.rounds.limits import limits_of, said_of_marks
from borgerbudget.rounds.round import Entry, Round
from borgerbudget.words import Language
from tallies.prints import words


def moment(when: datetime | None, zone: str, language: Language) -> str:
    """``1. marts 2026 kl. 12.00`` where the round is held."""
    if when is None:
        return "____________"
    there = when.astimezone(ZoneInfo(zone))
    month = words.MONTHS[there.month - 1].say(language)
    return words.MOMENT.say(
        language, day=there.day, month=month, year=there.year, hour=f"{there.hour:02}", minute=f"{there.minute:02}"
    )


def money(round: Round, amount: int, language: Language) -> str:
    return format_amount(amount, round.currency, language).replace(" ", "\u00a0")


def freeze_hash(round: Round) -> str | None:
    """In groups of eight, so that two papers can be compared."""
    whole = round.chain[-1].freeze_hash
    return None if whole is None else " ".join(whole[start : start + 8] for start in range(0, 64, 8))


def foot(round: Round, language: Language) -> str:
    found = freeze_hash(round)
    if found is None:
        return f"{round.id} · {round.area.name}\n{words.DRAFT.say(language)}"
    return words.FOOT.say(language, round=round.id, area=round.area.name, hash=f"\n{found}")


def day_of(round: Round) -> str:
    """The day that a print bears as a file: of freezing, or of what happened last before it."""
    return next((event.day for event in reversed(round.chain) if event.type == "frozen"), round.chain[-1].day)


def listed(round: Round) -> list[Entry]:
    """The proposals as they stand on the ballot."""
    return sorted(round.listed, key=lambda p: (p.ballot_number is None, p.ballot_number or 0, p.id))


def title_of(round: Round, entry: Entry, language: Language) -> str:
    title = entry.title or entry.id
    return words.WITHDRAWN.say(language, title=title) if entry.id in round.withdrawn else title


def filling(round: Round, language: Language) -> list[str]:
    """How a ballot is filled in: a sentence for the method, and one for every limit."""
    method, limits = round.policy("ballot") or "approval", limits_of(round)
    pool = money(round, limits.max_sum_cost or round.pool, language)
    return [words.FILL[method].say(language, pool=pool), *(text.say(language) for text in said_of_marks(limits))]
