"""What stands on a sheet of paper: how a reader keys it, and whether it counts.

A sheet is keyed as it stands, also when it breaks a limit: judging it is the program's work, the same for every sheet.

    3 7 12        the numbers on it; their order matters only where ballots are ranked
    3:2 7:1       with points; ``3 3 7`` says the same where each mark is a point
    3 ? 12        a mark that stands for no proposal, or that the reader cannot tell
    -             blank
    !unreadable   laid aside by the reader, for one of ``paper_words.SEEN`` (in Danish too)

``read_sheet`` gives the one spelling of what was keyed, so that two readings can be compared as texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from borgerbudget.ballots import METHODS
from borgerbudget.errors import Place, Problem, UsageError, problem
from borgerbudget.rounds.limits import limits_of
from borgerbudget.rounds.paper_words import PROBLEMS, SEEN
from borgerbudget.rounds.round import Round
from borgerbudget.words import Text

BLANK, UNCLEAR, ASIDE = "-", "?", "!"
MOST_MARKS = 500


@dataclass(frozen=True, slots=True)
class Judged:
    """``line``: the ballot's line, empty for a blank one; ``reason``: why it does not count, None when it does."""

    line: str
    reason: str | None


def told(round: Round, code: str, **values: Any) -> Problem:
    return problem(PROBLEMS, code, Place(round.id), round=round.id, **values)


def read_sheet(round: Round, text: str) -> str:
    """The one spelling of a keyed sheet; UsageError for a slip."""
    words = text.replace(",", " ").split()
    if not words:
        raise _slip(round, text, Text("der står intet", "it is empty"))
    if words[0].startswith(ASIDE):
        return _laid_aside(round, text, words)
    if BLANK in words:
        if len(words) > 1:
            raise _slip(round, text, Text("- står alene", "- stands alone"))
        return BLANK
    if len(words) > MOST_MARKS:
        raise _slip(round, text, Text("for mange kryds", "too many marks"))
    marks = [word if word == UNCLEAR else _mark(round, text, word) for word in words]
    return _spelling(round, text, marks)


def judge(round: Round, sheet: str) -> Judged:
    """Whether a sheet (as ``read_sheet`` spells it) counts.  A blank one does, as blank ones do that are cast with a code."""
    if sheet.startswith(ASIDE):
        return Judged("", sheet[1:])
    method, limits = METHODS[round.policy("ballot") or "approval"], limits_of(round)
    words = [] if sheet == BLANK else sheet.split(" ")
    keep = round.policy("invalid_partial") == "keep-clear"
    if keep and method.name == "ranked":  # what comes after an unclear rank, or after the last one allowed, has no rank
        words = words[: words.index(UNCLEAR)] if UNCLEAR in words else words
        words = words[: limits.max_length]
    clear = [word for word in words if word != UNCLEAR]
    by_number = {str(p.ballot_number): p.id for p in round.listed}
    pairs = [word.partition(":") for word in clear]
    ids = [by_number[number] for number, _, _ in pairs]
    points = [int(mark) for _, _, mark in pairs] if method.has_points else None
    if method.name == "scoring" and points is not None:  # what is left at the default says nothing
        kept = [(i, p) for i, p in zip(ids, points, strict=True) if p != limits.default_score]
        line = method.line([i for i, _ in kept], [p for _, p in kept])
    else:
        line = method.line(ids, points)
    if len(clear) < len(words) and not keep:
        return Judged(line, "unclear")
    cost_of = {p.id: p.cost for p in round.listed}
    breaches = method.breaches(ids, points, cost_of, limits) if ids else []
    return Judged(line, breaches[0].limit.replace("_", "-") if breaches else None)


def example(round: Round) -> str:
    """How a sheet of this round is keyed, with numbers that are on it."""
    numbers = sorted(p.ballot_number for p in round.listed if p.ballot_number is not None)[:2]
    if METHODS[round.policy("ballot") or "approval"].has_points:
        return " ".join(f"{number}:1" for number in numbers)
    return " ".join(map(str, numbers))


def _laid_aside(round: Round, text: str, words: Sequence[str]) -> str:
    said = words[0][1:].casefold()
    reason = next((name for name, word in SEEN.items() if said in (name, word.da, word.en)), None)
    if reason is None or len(words) > 1:
        raise _slip(round, text, Text("grunden kendes ikke", "there is no such reason"))
    if reason == "late" and round.policy("late_ballot") == "counted":
        raise UsageError(told(round, "PAP-022"))
    return ASIDE + reason


def _mark(round: Round, text: str, word: str) -> str:
    """``3``, or with points ``3:2``."""
    method = METHODS[round.policy("ballot") or "approval"]
    found = re.fullmatch(r"([0-9]{1,9})(?::(-?[0-9]{1,9}))?", word, re.ASCII)
    if found is None or (found[2] is not None and not method.has_points):
        raise _slip(round, text, Text(f"{word[:20]} er intet nummer", f"{word[:20]} is no number"))
    number = str(int(found[1]))
    if number not in {str(p.ballot_number) for p in round.listed}:
        raise _slip(round, text, Text(f"nummer {number} står ikke på sedlen", f"number {number} is not on the ballot"))
    if not method.has_points:
        return number
    if found[2] is None and method.name != "points":
        raise _slip(round, text, Text(f"{number} mangler sin karakter", f"{number} has no score"))
    return f"{number}:{int(found[2] or 1)}"


def _spelling(round: Round, text: str, marks: list[str]) -> str:
    """Ranked ballots in order; else by number, unclear marks last, and single points for one proposal added up."""
    method = METHODS[round.policy("ballot") or "approval"]
    if method.name == "ranked":
        return " ".join(marks)
    unclear = [mark for mark in marks if mark == UNCLEAR]
    clear = [mark for mark in marks if mark != UNCLEAR]
    if method.name == "points":
        sums: dict[str, int] = {}
        for number, _, point in (mark.partition(":") for mark in clear):
            sums[number] = sums.get(number, 0) + int(point)
        clear = [f"{number}:{point}" for number, point in sums.items()]
    numbers = [mark.partition(":")[0] for mark in clear]
    twice = next((number for number in numbers if numbers.count(number) > 1), None)
    if twice is not None:
        raise _slip(round, text, Text(f"{twice} står der to gange", f"{twice} stands there twice"))
    return " ".join(sorted(clear, key=lambda mark: int(mark.partition(":")[0])) + unclear)


def _slip(round: Round, text: str, why: Text) -> UsageError:
    seen = Text(" !".join(word.da for word in SEEN.values()), " !".join(word.en for word in SEEN.values()))
    return UsageError(told(round, "PAP-015", value=text[:60], why=why, example=example(round), seen=seen))
