"""What people answered, as proposals: numbers, titles, or the words of a form, also when several stand joined in one cell.

Forms join what was ticked by ``, ``, and titles may hold a comma themselves.  So a cell is never split blindly: it must be
known answers, one after the other, the longest that fit first.  Where two readings fit, neither is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, product

from borgerbudget.money import format_amount, plain_amount
from borgerbudget.sheets.cells import tidy
from borgerbudget.sheets.mapping import Digits
from borgerbudget.sheets.proposals import ProposalRow

BETWEEN = re.compile(r" ?[,;|] ?| / ")
_POINTED = re.compile(r"([^:]+):(-?[0-9]{1,9})")
BLANK = ("", "-")
"""A cell of somebody who chose nothing, as a table or a person who keys paper writes it."""
_ID_MARKS = re.compile(r"[,; ]+")


class Unknown(Exception):
    """What is left of the answer where no proposal fits any more."""


class Ambiguous(Exception):
    """Two readings of one answer, each as ids; ``short``: because a number is that of one proposal and the id of another."""

    def __init__(self, one: Sequence[str], other: Sequence[str], short: bool = False) -> None:
        super().__init__(one, other)
        self.one, self.other, self.short = ", ".join(one), ", ".join(other), short


class Answers:
    """The proposals by all that may stand for them.

    ``form``: how a form writes its options, such as ``{id}. {title} ({kr} kr.)``.  ``declared``: the words of an answer -> id.
    ``separator``: what stands between several; a comma, a semicolon or a line end where none is declared.  ``digits``: see
    ``short_names``.
    """

    def __init__(
        self,
        proposals: Sequence[ProposalRow],
        form: str | None = None,
        declared: Mapping[str, str] | None = None,
        separator: str | None = None,
        digits: Digits | None = None,
    ) -> None:
        self._short = short_names(proposals, digits)
        self._known: dict[str, set[str]] = {name: set(ids) for name, ids in self._short.items()}
        for proposal in proposals:
            for words in spellings(proposal, form):
                self._known.setdefault(words, set()).add(proposal.id)
        for words, name in (declared or {}).items():
            self._known[fold(words)] = {name}
            if fold(words) in self._short:
                self._short[fold(words)] = {name}
        self._ordered = sorted(self._known, key=lambda words: (-len(words), words))
        mark = re.escape(tidy(separator or "").casefold())
        self._separator = re.compile(f" ?{mark} ?") if mark else BETWEEN
        self._read: dict[str, tuple[str, ...] | Unknown | Ambiguous] = {}

    def one(self, text: str) -> str:
        """The id of a single answer.  Raises Unknown and Ambiguous."""
        found = sorted(self._known.get(fold(text), ()))
        if not found:
            raise Unknown(text)
        if len(found) > 1:
            raise Ambiguous(found[:1], found[1:2], len(self._short.get(fold(text), ())) > 1)
        return found[0]

    def several(self, text: str) -> tuple[str, ...]:
        """The ids of all answers in a cell, in their order.  Raises Unknown and Ambiguous."""
        if text not in self._read:
            try:
                self._read[text] = self._several(text)
            except (Unknown, Ambiguous) as error:
                self._read[text] = error
        found = self._read[text]
        if isinstance(found, Exception):
            raise found
        return found

    def pointed(self, text: str) -> dict[str, int] | None:
        """Proposal -> points where the cell is ``3:2 7:1`` with numbers or ids, each once; None for all else."""
        parts = [_POINTED.fullmatch(part) for part in _ID_MARKS.split(fold(text)) if part]
        names = [sorted(self._short.get(part[1], ())) if part else [] for part in parts]
        if any(len(one) != 1 for one in names) or len({one[0] for one in names}) < len(parts):
            return None
        return {one[0]: int(part[2]) for one, part in zip(names, parts, strict=True) if part}

    def _several(self, written: str) -> tuple[str, ...]:
        text = fold(written)
        if text in BLANK:
            return ()
        parts = [part for part in _ID_MARKS.split(text) if part]
        readings = set(islice(product(*(sorted(self._short.get(part, ())) for part in parts)), 2))
        farthest, found = self._readings(text)
        ordered = sorted(readings | set(found))
        if not ordered:
            whole = _joined(written)
            raise Unknown(whole[farthest:] if len(whole) == len(text) else whole)
        if len(ordered) > 1:
            raise Ambiguous(ordered[0], ordered[1], any(len(self._short.get(part, ())) > 1 for part in parts))
        return ordered[0]

    def _readings(self, text: str) -> tuple[int, list[tuple[str, ...]]]:
        """Up to two readings of the whole text, and how far any got."""
        reached: dict[int, list[tuple[str, ...]]] = {0: [()]}
        waiting, farthest, whole = [0], 0, []
        while waiting:
            start = min(waiting)
            waiting.remove(start)
            farthest = max(farthest, start)
            for words in self._ordered:
                if not text.startswith(words, start):
                    continue
                found = [(*before, name) for before in reached[start] for name in sorted(self._known[words])]
                end = start + len(words)
                if end == len(text):
                    whole += found
                    continue
                mark = self._between(text, end)
                if mark is not None:
                    if mark not in reached:
                        waiting.append(mark)
                    reached[mark] = [*reached.get(mark, []), *found][:2]
        return farthest, list(dict.fromkeys(whole))[:2]

    def _between(self, text: str, at: int) -> int | None:
        """Where the next answer begins, if what stands at ``at`` separates two."""
        found = self._separator.match(text, at)
        return found.end() if found and found.end() < len(text) else None


def fold(text: str) -> str:
    """For comparing answers: tidy, in small letters, a line end as a semicolon."""
    return _joined(text).casefold()


def _joined(text: str) -> str:
    return tidy(re.sub(r"[\r\n]+", "; ", text.strip()))


def short_names(proposals: Iterable[ProposalRow], digits: Digits | None) -> dict[str, set[str]]:
    """Ids and numbers on the ballot, folded -> the proposals that they may mean.

    More than one where the number of one is the id of another, unless ``digits`` says which of the two is meant.
    """
    ids = {fold(proposal.id): {proposal.id} for proposal in proposals}
    numbers = {str(proposal.number): {proposal.id} for proposal in proposals if proposal.number is not None}
    if digits is not None:
        return {**ids, **numbers} if digits == "numbers" else {**numbers, **ids}
    return {name: ids.get(name, set()) | numbers.get(name, set()) for name in {**ids, **numbers}}


def spellings(proposal: ProposalRow, form: str | None = None) -> set[str]:
    """All that may stand for a proposal without anybody saying so, besides its ``short_names``."""
    title, number = proposal.title, proposal.number
    names = (proposal.id, *([] if number is None else [number]))
    texts = {title, *(f"{name}{mark}{title}" for name in names for mark in (" ", ". ", ": ", " - ", ") "))}
    if form is not None:
        values = {
            "{id}": proposal.id, "{title}": title, "{cost}": plain_amount(proposal.cost),
            "{kr}": format_amount(proposal.cost, "", "da"), **({} if number is None else {"{number}": str(number)}),
        }  # fmt: skip
        texts.add(re.sub(r"\{[a-z]+\}", lambda found: values.get(found[0], found[0]), form))
    return {fold(text) for text in texts if text}
