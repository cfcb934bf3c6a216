"""What would change: two tables of records compared by their ids, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from borgerbudget.files.pabulib_document import Document, Section
from borgerbudget.words import Language, Text

Records = Mapping[str, Mapping[str, str]]
NEW, GONE, OTHER = Text("ny", "new"), Text("væk", "gone"), Text("ændret", "changed")
SAME = Text("{what}: {count} uændret", "{what}: {count} unchanged")
BALLOTS = Text(
    "stemmesedler: {before} -> {after} ({new} nye, {gone} væk)",
    "ballots: {before} -> {after} ({new} new, {gone} gone)",
)
PROPOSALS, ROUND = Text("forslag", "proposals"), Text("oplysninger", "facts")


@dataclass(frozen=True)
class Difference:
    """``changed``: id -> field -> (before, after)."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: Mapping[str, Mapping[str, tuple[str, str]]]
    same: int

    def lines(self, what: Text, language: Language) -> list[str]:
        """One for each record that is not the same, and one for all that are."""
        told = [f"+ {name} ({NEW.say(language)})" for name in self.new]
        for name, fields in self.changed.items():
            words = "; ".join(
                f"{field}: {before or '-'} -> {after or '-'}" for field, (before, after) in fields.items()
            )
            told.append(f"~ {name} ({OTHER.say(language)}): {words}")
        told += [f"- {name} ({GONE.say(language)})" for name in self.gone]
        return [*told, SAME.say(language, what=what, count=self.same)]


def difference(before: Records, after: Records) -> Difference:
    """New ones in their order, then those that are gone; a field that one of them lacks is empty there."""
    changed = {}
    for name in after:
        if name in before:
            fields = {
                field: (before[name].get(field, ""), after[name].get(field, ""))
                for field in dict.fromkeys([*before[name], *after[name]])
                if before[name].get(field, "") != after[name].get(field, "")
            }
            if fields:
                changed[name] = fields
    return Difference(
        tuple(name for name in after if name not in before),
        tuple(name for name in before if name not in after),
        changed,
        sum(name in before for name in after) - len(changed),
    )


def document_lines(before: Document | None, after: Document, language: Language) -> list[str]:
    """What would change in a round that is written over; against nothing, everything is new."""
    empty = Document(Section(("key", "value"), ()), Section(("project_id",), ()), Section(("voter_id", "vote"), ()))
    old = before or empty
    ballots = [Counter(tuple(row[1:]) for row in document.votes.rows) for document in (old, after)]
    return [
        *difference(_records(old.meta, "key"), _records(after.meta, "key")).lines(ROUND, language),
        *difference(_records(old.projects, "project_id"), _records(after.projects, "project_id")).lines(PROPOSALS, language),
        BALLOTS.say(
            language, before=ballots[0].total(), after=ballots[1].total(), new=(ballots[1] - ballots[0]).total(),
            gone=(ballots[0] - ballots[1]).total(),
        ),
    ]  # fmt: skip


def _records(section: Section, key: str) -> dict[str, dict[str, str]]:
    at = section.columns.index(key)
    return {
        row[at]: {name: cell for name, cell in zip(section.columns, row, strict=False) if name != key}
        for row in section.rows
    }
