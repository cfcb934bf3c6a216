"""Small repairs that change no meaning, made when a round is converted to .pb or CSV.

Space around cells and list entries goes, a decimal comma becomes a point, the old column ``target`` gets its new name
``beneficiaries``, and a META key that stands twice is written once.  Reading the result gives the same election.
"""

from __future__ import annotations

from collections.abc import Iterable

from borgerbudget.files.pabulib_document import Document, Section

AMOUNTS = frozenset({"budget", "min_sum_cost", "max_sum_cost", "min_project_score_threshold"})
LISTS = frozenset({"vote", "points", "category", "beneficiaries"})


def tidied(document: Document) -> Document:
    meta = _section(document.meta)
    key, value = meta.columns.index("key"), meta.columns.index("value")
    once: dict[str, tuple[str, ...]] = {}
    for row in meta.rows:
        cells = list(row)
        if row[key] in AMOUNTS:
            cells[value] = row[value].replace(",", ".")
        once.setdefault(row[key], tuple(cells))
    return Document(Section(meta.columns, tuple(once.values())), _section(document.projects), _section(document.votes))


def _section(section: Section) -> Section:
    names = [name.strip() for name in section.columns]
    if "beneficiaries" not in names:
        names = ["beneficiaries" if name == "target" else name for name in names]
    return Section(tuple(names), tuple(tuple(_cells(names, row)) for row in section.rows))


def _cells(names: list[str], row: tuple[str, ...]) -> Iterable[str]:
    for name, cell in zip(names, row, strict=True):
        cell = cell.strip()
        if name in LISTS and " " in cell:
            cell = ",".join(map(str.strip, cell.split(",")))
        elif name in ("cost", "min_cost"):
            cell = cell.replace(",", ".")
        yield cell
